//! The reasons why bytes cannot be read as HTTP/1.1.

use std::io;

/// The longest head (start line and header section) that is read, in bytes.
pub const HEAD_LIMIT: usize = 256 * 1024;

/// The reason why bytes cannot be read as HTTP/1.1. A relay passes them on all the same where that is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The start line or a header field is not HTTP/1.
    #[error("not HTTP/1.1")]
    NotHttp,
    /// The connection preface of HTTP/2 (RFC 9113 section 3.4).
    #[error("HTTP/2 without ALPN")]
    Http2,
    /// The head is longer than [`HEAD_LIMIT`].
    #[error("a head of more than 256 KiB")]
    HeadTooLong,
    /// `Content-Length` or `Transfer-Encoding` do not say where the body ends.
    #[error("a body of unclear length")]
    UnclearLength,
    /// The chunked coding is broken.
    #[error("broken chunked coding")]
    BrokenChunk,
    /// A response that no request asked for, or more requests in flight than are kept.
    #[error("requests and responses that do not fit together")]
    Unmatched,
}

impl From<Unreadable> for io::Error {
    fn from(unreadable: Unreadable) -> Self {
        Self::new(io::ErrorKind::InvalidData, unreadable)
    }
}
