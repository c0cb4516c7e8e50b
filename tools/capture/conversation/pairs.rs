//! The requests of one connection that wait for their responses, in the order in which they were sent.

use std::collections::VecDeque;
use std::time::Instant;

use crate::captured::{CapturedExchange, CapturedRequest, CapturedResponse, Detail};

/// The largest number of requests that wait for their response on one connection.
const WAITING_LIMIT: usize = 10_000;

/// The methods that change how a response is framed (RFC 9112 section 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Head,
    Connect,
    Other,
}

impl Method {
    /// Returns the method of a request line.
    pub(super) fn of(method: &[u8]) -> Self {
        match method {
            b"HEAD" => Self::Head,
            b"CONNECT" => Self::Connect,
            _ => Self::Other,
        }
    }
}

/// A request and the response to it, as far as both have come.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) method: Method,
    /// The URL of a request after which another protocol may be spoken.
    pub(super) upgrade: Option<String>,
    /// The copy of the request, until it is handed out. `None` if a filter left the request out.
    pub(super) request: Option<CapturedRequest>,
    /// The copy of the response, if responses are captured.
    pub(super) response: Option<CapturedResponse>,
    is_sent: bool,
    is_answered: bool,
}

impl Pair {
    /// A request whose head was just read.
    pub(super) fn new(method: Method, upgrade: Option<String>, request: Option<CapturedRequest>) -> Self {
        Self { method, upgrade, request, response: None, is_sent: false, is_answered: false }
    }
}

/// The queue of pairs that are not complete. HTTP/1.1 answers in the order of the requests (RFC 9112 section 9.3.2), so
/// a response always belongs to the oldest request without one.
#[derive(Debug)]
pub(super) struct Pairs {
    detail: Detail,
    waiting: VecDeque<Pair>,
    complete: Vec<CapturedExchange>,
    unanswered: usize,
}

impl Pairs {
    /// An empty queue.
    pub(super) fn new(detail: Detail) -> Self {
        Self { detail, waiting: VecDeque::new(), complete: Vec::new(), unanswered: 0 }
    }

    /// Returns true if no other request may be added. A client that pipelines without end must not fill the memory.
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() >= WAITING_LIMIT
    }

    /// Returns how many requests have no complete response.
    pub(super) fn unanswered(&self) -> usize {
        self.unanswered
    }

    /// Adds a request.
    pub(super) fn begin(&mut self, pair: Pair) {
        self.waiting.push_back(pair);
        self.unanswered += 1;
    }

    /// Returns the copy of the request that is being received.
    pub(super) fn newest_request(&mut self) -> Option<&mut CapturedRequest> {
        self.waiting.back_mut()?.request.as_mut()
    }

    /// Marks the newest request as received whole. Returns true if it asks for an upgrade and has no answer yet.
    pub(super) fn end_request(&mut self) -> bool {
        let Some(pair) = self.waiting.back_mut() else { return false };
        pair.is_sent = true;
        if let Some(request) = &mut pair.request {
            request.ended = Some(Instant::now());
        }
        let awaits_upgrade = pair.upgrade.is_some() && !pair.is_answered;
        // The request is all that is wanted, so it is out before its response. The pair stays to be matched with that.
        if self.detail == Detail::Requests {
            let request = pair.request.take();
            self.complete.extend(request.map(|request| CapturedExchange { request, response: None, error: None }));
        }
        self.hand_out_complete();
        awaits_upgrade
    }

    /// Returns the pair that the next response belongs to.
    pub(super) fn next_unanswered(&mut self) -> Option<&mut Pair> {
        self.waiting.iter_mut().find(|pair| !pair.is_answered)
    }

    /// Marks the oldest unanswered request as answered whole.
    pub(super) fn end_response(&mut self) {
        self.unanswered = self.unanswered.saturating_sub(1);
        if let Some(pair) = self.next_unanswered() {
            pair.is_answered = true;
            if let Some(response) = &mut pair.response {
                response.ended = Some(Instant::now());
            }
        }
        self.hand_out_complete();
    }

    /// Hands out, in order, what is complete on both sides. A server may answer before it has the whole request (413,
    /// say), so neither side alone tells that a pair is complete.
    fn hand_out_complete(&mut self) {
        while self.waiting.front().is_some_and(|pair| pair.is_sent && pair.is_answered) {
            let pair = self.waiting.pop_front();
            self.complete.extend(pair.and_then(|pair| {
                let response = pair.response;
                pair.request.map(|request| CapturedExchange { request, response, error: None })
            }));
        }
    }

    /// Takes the newest request back because the proxy itself answers it. It is handed out if it was received whole.
    pub(super) fn answer_newest(&mut self, error: &str) {
        // Nothing was sent to an origin, so the pair is not one that a response could belong to.
        let Some(pair) = self.waiting.pop_back() else { return };
        self.unanswered = self.unanswered.saturating_sub(1);
        if let (Some(request), true) = (pair.request, pair.is_sent) {
            self.complete.push(CapturedExchange { request, response: None, error: Some(error.to_owned()) });
        }
    }

    /// Stops waiting for responses: what the origin sends from now on is not read. The requests stay in the queue.
    pub(super) fn expect_no_response(&mut self) {
        self.unanswered = 0;
    }

    /// Hands out every request that was received whole, with as much of its response as came, and forgets the others.
    pub(super) fn hand_out_unanswered(&mut self) {
        self.unanswered = 0;
        for pair in std::mem::take(&mut self.waiting) {
            let (Some(request), true) = (pair.request, pair.is_sent) else { continue };
            let mut response = pair.response;
            if let Some(response) = &mut response
                && response.ended.is_none()
            {
                response.body.cut();
            }
            let error = response.is_none().then(|| "the connection ended without a response".to_owned());
            self.complete.push(CapturedExchange { request, response, error });
        }
    }

    /// Takes what is complete and was not taken yet.
    pub(super) fn take_complete(&mut self) -> Vec<CapturedExchange> {
        std::mem::take(&mut self.complete)
    }
}
