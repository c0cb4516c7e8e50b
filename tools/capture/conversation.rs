//! The requests and responses of one client connection, paired.

use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Instant, SystemTime};

use crate::copy::Copy;
use crate::observer::{Detail, Observer};
use countersign_shared::wire::{Framing, Head, Kind, Piece, Reader, Unreadable, text_of};

/// How many requests may wait for their response on one connection.
const WAITING_LIMIT: usize = 10_000;

/// How many bytes after a request to upgrade are kept until the answer tells what they are.
const HELD_LIMIT: usize = 64 * 1024;

/// What was captured: a request that was received whole and, where wanted, what became of it.
#[derive(Debug)]
pub(crate) struct Record {
    /// The request.
    pub(crate) request: CapturedRequest,
    /// The response as far as it came.
    pub(crate) response: Option<CapturedResponse>,
    /// Why there is no response from the origin.
    pub(crate) error: Option<String>,
}

/// A request as it was on the wire.
#[derive(Debug)]
pub(crate) struct CapturedRequest {
    /// Its head.
    pub(crate) head: Head,
    /// Where it went.
    pub(crate) url: String,
    /// `None` when it has no body, which is not the same as an empty one.
    pub(crate) body: Option<Copy>,
    /// When its head was complete.
    pub(crate) started: SystemTime,
    /// The same on the clock that is measured with.
    pub(crate) begun: Instant,
    /// When its last byte was there.
    pub(crate) ended: Option<Instant>,
}

/// A response as it was on the wire.
#[derive(Debug)]
pub(crate) struct CapturedResponse {
    /// Its head.
    pub(crate) head: Head,
    /// Its content; empty where it can't have any.
    pub(crate) body: Copy,
    /// When its head was complete.
    pub(crate) begun: Instant,
    /// When its last byte was there.
    pub(crate) ended: Option<Instant>,
}

/// What the bytes of the client were, in [`Conversation::read_client`].
#[derive(Debug)]
pub(crate) enum Taken {
    /// Part of a head that is not complete.
    Nothing,
    /// A head; [`Conversation::begin_request`] is due.
    Head(Head),
    /// Part of a body, to be relayed.
    Body,
    /// The request is complete.
    End,
}

#[derive(Debug)]
struct Exchange {
    method: Method,
    /// The URL of a request after which another protocol may be spoken.
    upgrade: Option<String>,
    /// What was copied, until it is handed out; `None` when a filter left the request out.
    request: Option<CapturedRequest>,
    response: Option<CapturedResponse>,
    sent: bool,
    answered: bool,
}

/// What the framing of a response depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Head,
    Connect,
    Other,
}

/// What a direction's bytes are taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    Messages,
    /// After an upgrade, or unreadable: relayed only.
    Opaque,
}

/// The state of one client connection.
#[derive(Debug)]
pub(crate) struct Conversation {
    observer: Rc<Observer>,
    /// Scheme and authority of every URL on a tunnelled connection (`https://host:8443`).
    base: String,
    requests: Reader,
    responses: Reader,
    client: Reading,
    origin: Reading,
    waiting: VecDeque<Exchange>,
    /// Bytes that followed a request to upgrade.
    held: Option<Vec<u8>>,
    ready: Vec<Record>,
    /// Requests without a complete response.
    unanswered: usize,
    /// Requests whose response was not yet relayed whole, as counted by the observer.
    unsettled: usize,
}

impl Conversation {
    /// A conversation whose requests say themselves where they go.
    pub(crate) fn new(observer: Rc<Observer>) -> Self {
        Self {
            observer,
            base: String::new(),
            requests: Reader::new(Kind::Request),
            responses: Reader::new(Kind::Response),
            client: Reading::Messages,
            origin: Reading::Messages,
            waiting: VecDeque::new(),
            held: None,
            ready: Vec::new(),
            unanswered: 0,
            unsettled: 0,
        }
    }

    /// From here on all requests go to this origin (`https://host:8443`), and reading starts afresh.
    pub(crate) fn enter_tunnel(&mut self, base: String) {
        self.base = base;
        self.requests = Reader::new(Kind::Request);
        self.responses = Reader::new(Kind::Response);
    }

    /// Another connection to an origin begins.
    pub(crate) fn change_origin(&mut self) {
        self.responses = Reader::new(Kind::Response);
        self.origin = Reading::Messages;
    }

    /// Reads a copy of what a client sent through a tunnel.
    pub(crate) fn client_sent(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while self.client == Reading::Messages {
            if let Some(held) = &mut self.held {
                held.extend_from_slice(rest);
                if held.len() > HELD_LIMIT {
                    self.give_up(Unreadable::Unmatched);
                }
                return;
            }
            let step = self.read_client(rest).and_then(|(count, taken)| {
                rest = rest.get(count..).unwrap_or_default();
                match taken {
                    Taken::Nothing => Ok(false),
                    Taken::Head(head) => {
                        let url = self.tunnelled_url(&head);
                        self.begin_request(head, url).map(|()| true)
                    }
                    Taken::Body | Taken::End => Ok(true),
                }
            });
            match step {
                Ok(true) => {}
                Ok(false) => return,
                Err(why) => self.give_up(why),
            }
        }
    }

    /// Reads one piece of what a client sent: how many bytes, and what they were.
    ///
    /// # Errors
    /// When the bytes are not HTTP/1.1; nothing after them can be read.
    pub(crate) fn read_client(&mut self, input: &[u8]) -> Result<(usize, Taken), Unreadable> {
        let (count, piece) = self.requests.read(input)?;
        let taken = match piece {
            Piece::Head(head) => Taken::Head(head),
            Piece::Content(content) => {
                if let Some(body) = self.newest_body() {
                    body.push(content);
                }
                Taken::Body
            }
            Piece::Nothing => Taken::Nothing,
            Piece::End => {
                self.end_request();
                Taken::End
            }
        };
        Ok((count, taken))
    }

    fn newest_body(&mut self) -> Option<&mut Copy> {
        self.waiting.back_mut()?.request.as_mut()?.body.as_mut()
    }

    /// Where a request goes that came through the tunnel.
    pub(crate) fn tunnelled_url(&self, head: &Head) -> String {
        let target = countersign_shared::wire::target_text(head.target());
        if target.starts_with('/') {
            format!("{}{target}", self.base)
        } else if target.contains("://") {
            target.into_owned()
        } else {
            format!("{}/{target}", self.base)
        }
    }

    /// Enters a request whose head was just read.
    ///
    /// # Errors
    /// When nobody can say where its body ends.
    pub(crate) fn begin_request(&mut self, head: Head, url: String) -> Result<(), Unreadable> {
        let framing = head.request_framing()?;
        self.requests.begin_body(framing);
        if self.origin == Reading::Opaque {
            self.hand_out_unanswered();
        } else if self.waiting.len() >= WAITING_LIMIT {
            return Err(Unreadable::Unmatched);
        }
        let method = match head.method() {
            b"HEAD" => Method::Head,
            b"CONNECT" => Method::Connect,
            _ => Method::Other,
        };
        let is_upgrade = method == Method::Connect || head.value("upgrade").is_some();
        let upgrade = is_upgrade.then(|| url.clone());
        let wanted = method != Method::Connect && self.observer.wants(&head, &url);
        let request = wanted.then(|| CapturedRequest {
            body: (framing != Framing::None).then(|| Copy::new(self.observer.budget())),
            head,
            url,
            started: SystemTime::now(),
            begun: Instant::now(),
            ended: None,
        });
        self.waiting.push_back(Exchange { method, upgrade, request, response: None, sent: false, answered: false });
        self.unanswered += 1;
        self.unsettled += 1;
        self.observer.began();
        Ok(())
    }

    fn end_request(&mut self) {
        let Some(exchange) = self.waiting.back_mut() else { return };
        exchange.sent = true;
        if let Some(request) = &mut exchange.request {
            request.ended = Some(Instant::now());
        }
        if exchange.upgrade.is_some() && !exchange.answered && self.origin == Reading::Messages {
            self.held = Some(Vec::new());
        }
        if self.observer.detail() == Detail::Requests {
            let request = exchange.request.take();
            self.ready.extend(request.map(|request| Record { request, response: None, error: None }));
        }
        self.retire();
    }

    /// Whether the client's next bytes have to wait until a request to upgrade was answered.
    pub(crate) fn awaits_upgrade(&self) -> bool {
        self.held.is_some()
    }

    /// Reads a copy of what an origin sent.
    pub(crate) fn origin_sent(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while self.origin == Reading::Messages {
            let step = self.responses.read(rest).and_then(|(count, piece)| {
                rest = rest.get(count..).unwrap_or_default();
                match piece {
                    Piece::Nothing => return Ok(false),
                    Piece::Head(head) => self.begin_response(head)?,
                    Piece::Content(content) => {
                        if let Some(response) = self.answering().and_then(|exchange| exchange.response.as_mut()) {
                            response.body.push(content);
                        }
                    }
                    Piece::End => self.end_response(),
                }
                Ok(true)
            });
            match step {
                Ok(true) => {}
                Ok(false) => return,
                Err(_) => {
                    self.origin = Reading::Opaque;
                    self.release_held();
                }
            }
        }
    }

    /// The exchange that the next response belongs to.
    fn answering(&mut self) -> Option<&mut Exchange> {
        self.waiting.iter_mut().find(|exchange| !exchange.answered)
    }

    fn begin_response(&mut self, head: Head) -> Result<(), Unreadable> {
        let status = head.status();
        if status < 200 && status != 101 {
            self.responses.skip_head();
            return Ok(());
        }
        let (detail, budget) = (self.observer.detail(), Rc::clone(&self.observer));
        let exchange = self.answering().ok_or(Unreadable::Unmatched)?;
        let (method, upgrade) = (exchange.method, exchange.upgrade.clone());
        let framing = head.response_framing(if method == Method::Head { b"HEAD" } else { b"" })?;
        let protocol = head.value("upgrade").map_or("a tunnel".into(), |name| text_of(name).into_owned());
        if detail == Detail::Exchanges && exchange.request.is_some() {
            let body = Copy::new(budget.budget());
            exchange.response = Some(CapturedResponse { head, body, begun: Instant::now(), ended: None });
        }
        let is_tunnel = status == 101 || (method == Method::Connect && (200..300).contains(&status));
        if is_tunnel {
            self.end_response();
            // A query may hold a token.
            let url = upgrade.as_deref().and_then(|url| url.split('?').next()).unwrap_or_default();
            self.observer.notice(&format!("{url}: {protocol} from here on, relayed untouched"));
            self.become_opaque();
        } else {
            self.responses.begin_body(framing);
            if upgrade.is_some() {
                self.release_held();
            }
        }
        Ok(())
    }

    fn end_response(&mut self) {
        self.unanswered = self.unanswered.saturating_sub(1);
        if let Some(exchange) = self.answering() {
            exchange.answered = true;
            if let Some(response) = &mut exchange.response {
                response.ended = Some(Instant::now());
            }
        }
        self.retire();
    }

    /// Hands out what is complete on both sides, in order.
    fn retire(&mut self) {
        while self.waiting.front().is_some_and(|exchange| exchange.sent && exchange.answered) {
            let exchange = self.waiting.pop_front();
            self.ready.extend(exchange.and_then(|exchange| {
                let response = exchange.response;
                exchange.request.map(|request| Record { request, response, error: None })
            }));
        }
    }

    fn release_held(&mut self) {
        if let Some(held) = self.held.take() {
            self.client_sent(&held);
        }
    }

    fn become_opaque(&mut self) {
        self.client = Reading::Opaque;
        self.origin = Reading::Opaque;
        self.held = None;
        self.unanswered = 0;
    }

    /// Stops reading, not relaying.
    pub(crate) fn give_up(&mut self, why: Unreadable) {
        self.client = Reading::Opaque;
        self.held = None;
        let name = if self.base.is_empty() { "a request" } else { &self.base };
        self.observer.notice(&format!("{name}: {why}, relayed without being read"));
    }

    /// Whether the client's next byte belongs to a body.
    pub(crate) fn is_in_body(&self) -> bool {
        self.requests.is_in_body()
    }

    /// Whether nothing is read any more: the bytes are another protocol's.
    pub(crate) fn is_opaque(&self) -> bool {
        self.client == Reading::Opaque
    }

    /// The origin ended its side.
    pub(crate) fn origin_closed(&mut self) {
        if self.origin == Reading::Messages && self.responses.ends_with_connection() {
            self.end_response();
        }
    }

    /// What was received so far has been relayed.
    pub(crate) fn settle(&mut self) {
        let settled = self.unsettled.saturating_sub(self.unanswered);
        self.unsettled = self.unanswered;
        self.observer.settled(settled);
    }

    /// Whether every request was answered and the client's next byte would begin another.
    pub(crate) fn is_idle(&self) -> bool {
        self.unsettled == 0 && self.requests.is_between_messages()
    }

    /// Whether every request was answered and relayed.
    pub(crate) fn is_settled(&self) -> bool {
        self.unsettled == 0
    }

    /// The proxy answers in place of the origin.
    pub(crate) fn answered_here(&mut self, error: &str) {
        let Some(mut exchange) = self.waiting.pop_back() else { return };
        self.unanswered = self.unanswered.saturating_sub(1);
        if let Some(request) = exchange.request.take().filter(|_| exchange.sent) {
            self.ready.push(Record { request, response: None, error: Some(error.to_owned()) });
        }
    }

    /// What is complete and not handed out yet.
    pub(crate) fn take_ready(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.ready)
    }

    /// The connection is over: every request that was received whole, with as much of its response as came.
    pub(crate) fn abandon(&mut self) -> Vec<Record> {
        self.hand_out_unanswered();
        self.settle();
        self.take_ready()
    }

    fn hand_out_unanswered(&mut self) {
        self.unanswered = 0;
        for exchange in std::mem::take(&mut self.waiting) {
            let Some(request) = exchange.request.filter(|_| exchange.sent) else { continue };
            let mut response = exchange.response;
            if let Some(response) = response.as_mut().filter(|response| response.ended.is_none()) {
                response.body.cut();
            }
            let error = response.is_none().then(|| "the connection ended without a response".to_owned());
            self.ready.push(Record { request, response, error });
        }
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        self.observer.settled(self.unsettled);
    }
}
