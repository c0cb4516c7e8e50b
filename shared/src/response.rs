//! What comes back for a request.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use crate::headers::Headers;

/// A response, read to its end.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The status code (RFC 9110 section 15).
    pub status: u16,
    /// The reason phrase; empty for HTTP/2.
    pub reason: String,
    /// The protocol that was spoken.
    pub version: Version,
    /// The header fields in order. A byte that is not UTF-8 stands as the character of its number.
    pub headers: Headers<'static>,
    /// The body as received, content coding and all.
    pub body: Vec<u8>,
    /// When it was asked for and how long it took.
    pub times: Times,
    /// Who was connected to: the server, or a proxy in between.
    pub peer: Option<SocketAddr>,
    /// Which connection it came on: a number that no other connection of this run has.
    pub connection: u64,
    /// The server's own certificate (DER), on TLS: what channel bindings are made of (RFC 5929).
    pub certificate: Option<Vec<u8>>,
}

/// The HTTP version of a response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// HTTP/1.0
    Http10,
    /// HTTP/1.1 (RFC 9112)
    #[default]
    Http11,
    /// HTTP/2 (RFC 9113)
    Http2,
}

impl Version {
    /// As HAR writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http10 => "HTTP/1.0",
            Self::Http11 => "HTTP/1.1",
            Self::Http2 => "HTTP/2",
        }
    }
}

/// When a request was sent, and how long its parts took.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// When the request was begun.
    pub started: SystemTime,
    /// Finding the address and connecting, a proxy's tunnel too; `None` on a connection that was there already.
    pub connect: Option<Duration>,
    /// The TLS handshake behind that.
    pub tls: Option<Duration>,
    /// Writing the request.
    pub send: Duration,
    /// From there until the head of the response was read.
    pub wait: Duration,
    /// From there until the body was read.
    pub receive: Duration,
}

impl Times {
    /// All of them together.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.connect.unwrap_or_default() + self.tls.unwrap_or_default() + self.send + self.wait + self.receive
    }
}

impl Default for Times {
    fn default() -> Self {
        let none = Duration::ZERO;
        Self { started: SystemTime::UNIX_EPOCH, connect: None, tls: None, send: none, wait: none, receive: none }
    }
}
