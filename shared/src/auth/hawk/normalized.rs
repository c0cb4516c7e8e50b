//! The normalized forms that Hawk's MAC and payload hash cover: values, each followed by a newline.

use crate::headers::essence;
use crate::request::Request;

/// The purpose of a MAC, which is in the first line of the text that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Message {
    /// A request with an `Authorization` header.
    Header,
    /// A signed URL.
    Bewit,
    /// The server's `Server-Authorization` header.
    Response,
}

impl Message {
    const fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Bewit => "bewit",
            Self::Response => "response",
        }
    }
}

/// The values that a MAC covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Artifacts {
    /// The time of signing, or for a bewit of its end, in seconds since 1970.
    pub timestamp: i64,
    /// The nonce; empty in a bewit.
    pub nonce: String,
    /// The method in upper case.
    pub method: String,
    /// Path and query as they are sent.
    pub resource: String,
    /// The host of the `Host` header, in lower case.
    pub host: String,
    /// The port of the `Host` header, else the protocol's.
    pub port: u16,
    /// The payload hash in base64; empty if the body is not signed.
    pub hash: String,
    /// The application's own data.
    pub ext: String,
    /// `app` and `dlg`; the second may be empty.
    pub app: Option<(String, String)>,
}

impl Artifacts {
    /// Returns the values that are in the request itself; the others are empty.
    pub(super) fn of(request: &Request<'_>) -> Self {
        let (host, port) = host_and_port(request);
        Self {
            method: request.method.to_ascii_uppercase(),
            resource: request.url.target().into_owned(),
            host,
            port,
            ..Self::default()
        }
    }

    /// Returns the normalized string, which the MAC covers.
    pub(super) fn normalized(&self, message: Message) -> String {
        // A raw line break would end this value and begin the next one, so that two requests could have one text.
        let ext = self.ext.replace('\\', "\\\\").replace('\n', "\\n");
        let (kind, time) = (message.name(), self.timestamp);
        let Self { nonce, method, resource, host, port, hash, .. } = self;
        let mut text = format!("hawk.1.{kind}\n{time}\n{nonce}\n{method}\n{resource}\n{host}\n{port}\n{hash}\n{ext}\n");
        // Without an application both lines are absent, not empty.
        if let Some((app, dlg)) = &self.app {
            text.push_str(&format!("{app}\n{dlg}\n"));
        }
        text
    }
}

/// Returns host and port as the server finds them: those of the `Host` header, and if that has no port the protocol's.
fn host_and_port(request: &Request<'_>) -> (String, u16) {
    let authority = request.host().to_ascii_lowercase();
    let default = request.url.protocol().default_port();
    // The colons within an IPv6 address begin no port.
    let after_address = authority.rfind(']').unwrap_or(0);
    let port = authority.rfind(':').filter(|colon| *colon > after_address);
    match port.and_then(|colon| Some((authority.get(..colon)?, authority.get(colon + 1..)?.parse().ok()?))) {
        Some((host, port)) => (host.to_owned(), port),
        None => (authority, default),
    }
}

/// Returns the text that the payload hash covers: the media type in lower case without parameters, and the body.
pub(super) fn payload(content_type: &str, body: &[u8]) -> Vec<u8> {
    let mut text = format!("hawk.1.payload\n{}\n", essence(content_type)).into_bytes();
    text.extend_from_slice(body);
    text.push(b'\n');
    text
}
