//! The response to a request.

use std::fmt;
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
    /// The header fields in order. A byte that is not UTF-8 becomes the character of its number.
    pub headers: Headers<'static>,
    /// The body as it was received, with its content coding.
    pub body: Vec<u8>,
    /// The time when it was asked for, and the durations of the phases.
    pub times: Times,
    /// The address that was connected to: the server's, or that of a proxy in between.
    pub peer: Option<SocketAddr>,
    /// The number of the connection that it came on. No other connection of this run has it.
    pub connection: u64,
    /// On TLS, the server's own certificate (DER). Channel bindings are made of it (RFC 5929).
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
    /// Returns the version as HAR writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http10 => "HTTP/1.0",
            Self::Http11 => "HTTP/1.1",
            Self::Http2 => "HTTP/2",
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The time when a request was sent, and the durations of its phases.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// The time when the request was begun.
    pub started: SystemTime,
    /// Finding the address and connecting, a proxy's tunnel included. `None` if the connection was open already.
    pub connect: Option<Duration>,
    /// The TLS handshake after that.
    pub tls: Option<Duration>,
    /// Writing the request.
    pub send: Duration,
    /// From there until the head of the response was read.
    pub wait: Duration,
    /// From there until the body was read.
    pub receive: Duration,
}

impl Times {
    /// Returns the sum of all durations.
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
