//! What comes back for a request.

use crate::headers::Headers;

/// A response, read to its end.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The status code (RFC 9110 section 15).
    pub status: u16,
    /// The reason phrase; empty for HTTP/2.
    pub reason: String,
    /// The header fields in order. A byte that is not UTF-8 stands as the character of its number.
    pub headers: Headers<'static>,
    /// The body as received, content coding and all.
    pub body: Vec<u8>,
}
