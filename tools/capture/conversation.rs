//! The requests and responses of one client connection, read from copies of the bytes that are relayed.

mod pairs;

use std::rc::Rc;
use std::time::{Instant, SystemTime};

use countersign_shared::wire::{
    BodyFraming, Head, MessageKind, MessageReader, Piece, Unreadable, target_text, text_of,
};

use crate::body_copy::BodyCopy;
use crate::captured::{CapturedExchange, CapturedRequest, CapturedResponse, Detail};
use crate::in_flight::ConnectionInFlight;
use crate::observer::Observer;
use pairs::{Method, Pair, Pairs};

/// The largest number of bytes after a request to upgrade that are kept until the response tells how to read them.
const HELD_LIMIT: usize = 64 * 1024;

/// A piece of the client's bytes, as [`Conversation::read_client`] finds it.
#[derive(Debug)]
pub(crate) enum ClientPiece {
    /// Part of a head that is not complete.
    Nothing,
    /// A head. The caller must call [`Conversation::begin_request`] before it reads on.
    Head(Head),
    /// Part of a body, to be relayed.
    Body,
    /// The end of the request.
    End,
}

/// The treatment of the bytes of one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// They are read as HTTP/1.1 messages.
    Messages,
    /// They are relayed only: another protocol follows an upgrade, or they cannot be read.
    Opaque,
}

/// The state of one client connection: what was read on both sides, and which requests wait for a response.
///
/// The conversation sees copies. It never changes, delays or holds back a byte that is relayed.
#[derive(Debug)]
pub(crate) struct Conversation {
    observer: Rc<Observer>,
    /// Scheme and authority of every URL on a tunnelled connection (`https://host:8443`).
    base: String,
    requests: MessageReader,
    responses: MessageReader,
    client: Reading,
    origin: Reading,
    pairs: Pairs,
    in_flight: ConnectionInFlight,
    /// Bytes that the client sent after a request to upgrade. They are HTTP if the origin declines, and another protocol
    /// if it agrees, so they are not read before its response.
    held: Option<Vec<u8>>,
    /// The last time that a byte came, or that an answer had been relayed.
    touched: Instant,
}

impl Conversation {
    /// A conversation with the proxy itself: each request names its own destination.
    pub(crate) fn new(observer: Rc<Observer>) -> Self {
        Self {
            base: String::new(),
            requests: MessageReader::new(MessageKind::Request),
            responses: MessageReader::new(MessageKind::Response),
            client: Reading::Messages,
            origin: Reading::Messages,
            pairs: Pairs::new(observer.detail()),
            in_flight: ConnectionInFlight::new(Rc::clone(observer.in_flight())),
            held: None,
            touched: Instant::now(),
            observer,
        }
    }

    /// Sends all further requests to this origin (`https://host:8443`) and starts reading afresh.
    pub(crate) fn enter_tunnel(&mut self, base: String) {
        self.base = base;
        self.requests = MessageReader::new(MessageKind::Request);
        self.responses = MessageReader::new(MessageKind::Response);
    }

    /// Starts reading the responses of another connection to an origin.
    pub(crate) fn change_origin(&mut self) {
        // Bytes of an earlier origin that could not be read say nothing about this one.
        self.responses = MessageReader::new(MessageKind::Response);
        self.origin = Reading::Messages;
    }

    /// Returns true if the client's next byte belongs to a body.
    pub(crate) fn is_in_body(&self) -> bool {
        self.requests.is_in_body()
    }

    /// Returns true if the client's bytes are only relayed: they are another protocol's, or cannot be read.
    pub(crate) fn is_opaque(&self) -> bool {
        self.client == Reading::Opaque
    }

    /// Returns true if the client's next bytes have to wait until a request to upgrade has been answered.
    pub(crate) fn awaits_upgrade(&self) -> bool {
        self.held.is_some()
    }

    /// Returns true if every request was answered and the client's next byte would begin another.
    pub(crate) fn is_idle(&self) -> bool {
        self.in_flight.is_zero() && self.requests.is_between_messages()
    }

    /// Returns true if every request was answered and every answer relayed.
    pub(crate) fn is_settled(&self) -> bool {
        self.in_flight.is_zero()
    }

    /// Returns since when the client has kept its connection for nothing, or `None` while an answer is waited for or
    /// relayed, or another protocol is spoken. A request that is not whole keeps nobody else waiting but its client.
    pub(crate) fn idle_since(&self) -> Option<Instant> {
        let sends = self.requests.is_in_body() && self.pairs.unanswered() <= 1 && self.responses.is_between_messages();
        let is_idle = !self.is_opaque() && (self.is_settled() || sends);
        is_idle.then_some(self.touched)
    }

    /// Says that everything received so far has been relayed.
    pub(crate) fn settle(&mut self) {
        self.touched = Instant::now();
        self.in_flight.settle(self.pairs.unanswered());
    }

    /// Takes the exchanges that are complete and were not taken yet.
    pub(crate) fn take_complete(&mut self) -> Vec<CapturedExchange> {
        self.pairs.take_complete()
    }

    /// Ends the conversation. Returns every request that was received whole, with as much of its response as came.
    pub(crate) fn abandon(&mut self) -> Vec<CapturedExchange> {
        self.pairs.hand_out_unanswered();
        self.settle();
        self.pairs.take_complete()
    }
}

/// The direction from the client to the origin.
impl Conversation {
    /// Reads a copy of what a client sent through a tunnel.
    pub(crate) fn client_sent(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while self.client == Reading::Messages {
            if let Some(held) = &mut self.held {
                held.extend_from_slice(rest);
                // An origin that never answers the request to upgrade must not make the copy grow without end.
                if held.len() > HELD_LIMIT {
                    self.give_up(Unreadable::Unmatched);
                }
                return;
            }
            let step = self.read_client(rest).and_then(|(count, piece)| {
                rest = rest.get(count..).unwrap_or_default();
                match piece {
                    ClientPiece::Nothing => Ok(false),
                    ClientPiece::Head(head) => {
                        let url = self.tunnelled_url(&head);
                        self.begin_request(head, url).map(|()| true)
                    }
                    ClientPiece::Body | ClientPiece::End => Ok(true),
                }
            });
            match step {
                Ok(true) => {}
                Ok(false) => return,
                Err(why) => self.give_up(why),
            }
        }
    }

    /// Reads one piece of what a client sent. Returns how many bytes it took, and what they were.
    ///
    /// # Errors
    /// Returns an [`Unreadable`] if the bytes are not HTTP/1.1. Nothing after them can be read.
    pub(crate) fn read_client(&mut self, input: &[u8]) -> Result<(usize, ClientPiece), Unreadable> {
        if !input.is_empty() {
            self.touched = Instant::now();
        }
        let (count, piece) = self.requests.read(input)?;
        let piece = match piece {
            Piece::Head(head) => ClientPiece::Head(head),
            Piece::Content(content) => {
                if let Some(body) = self.pairs.newest_request().and_then(|request| request.body.as_mut()) {
                    body.push(content);
                }
                ClientPiece::Body
            }
            Piece::Nothing => ClientPiece::Nothing,
            Piece::End => {
                // An opaque origin cannot answer: nothing would ever release the bytes.
                if self.pairs.end_request() && self.origin == Reading::Messages {
                    self.held = Some(Vec::new());
                }
                ClientPiece::End
            }
        };
        Ok((count, piece))
    }

    /// Returns the URL of a request that came through the tunnel.
    pub(crate) fn tunnelled_url(&self, head: &Head) -> String {
        let target = target_text(head.target());
        if target.starts_with('/') {
            format!("{}{target}", self.base)
        } else if target.contains("://") {
            // Some clients write the absolute form to origins too; servers must accept it (RFC 9112 section 3.2.2).
            target.into_owned()
        } else {
            // `OPTIONS *`
            format!("{}/{target}", self.base)
        }
    }

    /// Enters a request whose head was just read.
    ///
    /// # Errors
    /// Returns [`Unreadable::UnclearLength`] if the head does not tell where the body ends, and
    /// [`Unreadable::Unmatched`] if too many requests wait for a response.
    pub(crate) fn begin_request(&mut self, head: Head, url: String) -> Result<(), Unreadable> {
        let framing = head.request_framing()?;
        self.requests.begin_body(framing);
        if self.origin == Reading::Opaque {
            // No response can be matched any more, so nothing is gained by waiting for one.
            self.pairs.hand_out_unanswered();
        } else if self.pairs.is_full() {
            return Err(Unreadable::Unmatched);
        }
        let method = Method::of(head.method());
        // Some clients, Java's for one, offer h2c with `Upgrade` and go on with HTTP/1.1 if the origin ignores it.
        let is_upgrade = method == Method::Connect || head.value("upgrade").is_some();
        let upgrade = is_upgrade.then(|| url.clone());
        // A CONNECT has no URL: its target is a host and a port (RFC 9112 section 3.2.3).
        let is_wanted = method != Method::Connect && self.observer.wants(&head, &url);
        let request = is_wanted.then(|| CapturedRequest {
            body: (framing != BodyFraming::None).then(|| BodyCopy::new(self.observer.budget())),
            head,
            url,
            started: SystemTime::now(),
            begun: Instant::now(),
            ended: None,
        });
        self.pairs.begin(Pair::new(method, upgrade, request));
        // Requests that no filter wants count too, since their responses also have to be relayed before the end.
        self.in_flight.begin();
        Ok(())
    }

    /// Records that the proxy answers the newest request in place of the origin, with this error.
    pub(crate) fn answered_here(&mut self, error: &str) {
        self.pairs.answer_newest(error);
    }

    /// Stops reading the client's bytes and says why. They are relayed all the same.
    pub(crate) fn give_up(&mut self, why: Unreadable) {
        self.client = Reading::Opaque;
        // The bytes that are held are a copy, so dropping them takes nothing from the origin.
        self.held = None;
        let name = if self.base.is_empty() { "a request" } else { &self.base };
        self.observer.notice(&format!("{name}: {why}, relayed without being read"));
    }
}

/// The direction from the origin to the client.
impl Conversation {
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
                        // A response that nobody wants is read all the same: only its framing tells where the next one
                        // begins.
                        if let Some(response) = self.pairs.next_unanswered().and_then(|pair| pair.response.as_mut()) {
                            response.body.push(content);
                        }
                    }
                    Piece::End => self.pairs.end_response(),
                }
                Ok(true)
            });
            match step {
                Ok(true) => {}
                Ok(false) => return,
                Err(_) => {
                    // What cannot be read is relayed all the same. The client's side is still read.
                    self.origin = Reading::Opaque;
                    self.release_held();
                }
            }
        }
    }

    /// Says that the origin ended its side of the connection.
    pub(crate) fn origin_closed(&mut self) {
        // A response without a length ends with the connection (RFC 9112 section 6.3). Any other one is incomplete now.
        if self.origin == Reading::Messages && self.responses.ends_with_connection() {
            self.pairs.end_response();
        }
    }

    fn begin_response(&mut self, head: Head) -> Result<(), Unreadable> {
        let status = head.status();
        // An interim response (100, 103) is not the one that the request waits for. 101 is final: another protocol follows.
        if status < 200 && status != 101 {
            self.responses.skip_head();
            return Ok(());
        }
        let pair = self.pairs.next_unanswered().ok_or(Unreadable::Unmatched)?;
        let (method, upgrade) = (pair.method, pair.upgrade.clone());
        // A response to HEAD has the fields of a body and no body (RFC 9110 section 9.3.2).
        let framing = head.response_framing(if method == Method::Head { b"HEAD" } else { b"" })?;
        let protocol = head.value("upgrade").map_or("a tunnel".into(), |name| text_of(name).into_owned());
        if self.observer.detail() == Detail::Exchanges && pair.request.is_some() {
            let body = BodyCopy::new(self.observer.budget());
            pair.response = Some(CapturedResponse { head, body, begun: Instant::now(), ended: None });
        }
        let is_tunnel = status == 101 || (method == Method::Connect && (200..300).contains(&status));
        if is_tunnel {
            self.pairs.end_response();
            // A query may hold a token.
            let url = upgrade.as_deref().and_then(|url| url.split('?').next()).unwrap_or_default();
            self.observer.notice(&format!("{url}: {protocol} from here on, relayed untouched"));
            self.become_opaque();
        } else {
            self.responses.begin_body(framing);
            if upgrade.is_some() {
                // The origin declined: what the client sent in the meantime is HTTP.
                self.release_held();
            }
        }
        Ok(())
    }

    fn release_held(&mut self) {
        // They are taken out first, because `client_sent` would add them to the held bytes again.
        if let Some(held) = self.held.take() {
            self.client_sent(&held);
        }
    }

    /// Says that what follows is relayed without being read.
    pub(crate) fn become_opaque(&mut self) {
        self.client = Reading::Opaque;
        self.origin = Reading::Opaque;
        self.held = None;
        // The end of an exchange in another protocol is not seen, so nothing may wait for it.
        self.pairs.expect_no_response();
    }
}
