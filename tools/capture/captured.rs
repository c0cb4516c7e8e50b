//! The parts of a request and of its response that a capture holds.

use std::time::{Instant, SystemTime};

use countersign_shared::wire::Head;

use crate::body_copy::BodyCopy;

/// The part of an exchange that is captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// The request alone, as soon as it has been received whole.
    Requests,
    /// The request, its response and the times, once the response is complete.
    Exchanges,
}

/// A request that was received whole and, under [`Detail::Exchanges`], the response to it.
#[derive(Debug)]
pub(crate) struct CapturedExchange {
    /// The request.
    pub(crate) request: CapturedRequest,
    /// The response as far as it came.
    pub(crate) response: Option<CapturedResponse>,
    /// The reason why the origin gave no response.
    pub(crate) error: Option<String>,
}

/// A request as it was on the wire.
#[derive(Debug)]
pub(crate) struct CapturedRequest {
    /// The request line and the header fields.
    pub(crate) head: Head,
    /// The absolute URL that the request was sent to.
    pub(crate) url: String,
    /// The content with chunked coding undone. `None` if there is no body, which is not the same as an empty one.
    pub(crate) body: Option<BodyCopy>,
    /// The time of day when the head was complete.
    pub(crate) started: SystemTime,
    /// The same moment on the monotonic clock, from which durations are measured.
    pub(crate) begun: Instant,
    /// The moment when the last byte had been received.
    pub(crate) ended: Option<Instant>,
}

/// A response as it was on the wire.
#[derive(Debug)]
pub(crate) struct CapturedResponse {
    /// The status line and the header fields.
    pub(crate) head: Head,
    /// The content with chunked coding undone; empty if the response cannot have any.
    pub(crate) body: BodyCopy,
    /// The moment when the head was complete.
    pub(crate) begun: Instant,
    /// The moment when the last byte had been received.
    pub(crate) ended: Option<Instant>,
}
