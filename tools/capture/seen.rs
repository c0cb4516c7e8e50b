//! Exchanges as a browser's extension sees them, in the terms of HAR 1.2.

use std::borrow::Cow;
use std::time::{Duration, UNIX_EPOCH};

use base64::Engine as _;
use countersign_shared::bridge::message::{Inexact, SeenBody, SeenRequest, SeenResponse};
use countersign_shared::encode::BASE64;
use countersign_shared::formats::har::entry::{Entry, EntryRequest, EntryResponse, Extent, Message, ReceivedRequest};
use countersign_shared::headers::Headers;
use countersign_shared::response::{Times, Version};

use crate::exchange::Exchange;

/// A request that a browser sent, and the response to it if that is wanted and has come.
#[derive(Debug)]
pub(crate) struct SeenExchange {
    request: SeenRequest,
    body: Option<Vec<u8>>,
    extent: Extent,
    response: Option<SeenResponse>,
}

impl SeenExchange {
    /// An exchange without a response.
    pub(crate) fn new(mut request: SeenRequest) -> Self {
        let (body, is_readable) = match request.body.take() {
            None => (None, true),
            Some(SeenBody::Text(text)) => (Some(text.into_bytes()), true),
            Some(SeenBody::Base64(text)) => {
                let bytes = BASE64.decode(text).ok();
                let is_readable = bytes.is_some();
                (bytes, is_readable)
            }
        };
        let extent = match request.exactness {
            _ if !is_readable => Extent::Unavailable,
            None => Extent::Whole,
            Some(Inexact::Reencoded) => Extent::Reencoded,
            Some(Inexact::Partial) => Extent::Partial,
            Some(Inexact::Unavailable) => Extent::Unavailable,
        };
        Self { request, body, extent, response: None }
    }

    /// Returns how far the body is the one that was sent.
    pub(crate) fn extent(&self) -> Extent {
        self.extent
    }

    /// Adds the response.
    pub(crate) fn answer(&mut self, response: SeenResponse) {
        self.response = Some(response);
    }
}

impl Exchange for SeenExchange {
    fn request(&self) -> ReceivedRequest<'_> {
        ReceivedRequest {
            method: Cow::Borrowed(&self.request.method),
            url: &self.request.url,
            message: Message {
                version: self.response.as_ref().map(|response| version(&response.line)).unwrap_or_default(),
                headers: headers(&self.request.headers),
                head_size: None,
                body: self.body.as_deref(),
                extent: self.extent,
            },
        }
    }

    fn entry(&self) -> Entry<'_> {
        let response = self.response.as_ref();
        let span = |of: fn(&SeenResponse) -> f64| milliseconds(response.map_or(0.0, of));
        Entry {
            response: response.filter(|response| response.status > 0).map(|response| entry_response(response, self)),
            times: Some(Times {
                started: UNIX_EPOCH + milliseconds(self.request.time),
                connect: None,
                tls: None,
                send: Duration::ZERO,
                wait: span(|response| response.wait),
                receive: span(|response| response.receive),
            }),
            server_address: response.and_then(|response| response.address.as_deref()?.parse().ok()),
            error: response.and_then(|response| response.error.as_deref()),
            ..Entry::new(EntryRequest::Received(self.request()))
        }
    }

    fn size(&self) -> usize {
        let of_pair = |(name, value): &(String, String)| name.len() + value.len() + size_of::<(String, String)>();
        let of = |headers: &[(String, String)]| headers.iter().map(of_pair).sum::<usize>();
        let of_response = |response: &SeenResponse| {
            of(&response.headers) + response.line.len() + response.error.as_ref().map_or(0, String::len)
        };
        let Self { request, body, response, .. } = self;
        let head = request.method.len() + request.url.len() + of(&request.headers);
        head + body.as_ref().map_or(0, Vec::len) + response.as_ref().map_or(0, of_response)
    }
}

fn entry_response<'e>(response: &'e SeenResponse, exchange: &SeenExchange) -> EntryResponse<'e> {
    let headers = headers(&response.headers);
    let is_empty = exchange.request.method == "HEAD"
        || matches!(response.status, 101 | 204 | 304)
        || headers.get("content-length") == Some("0");
    EntryResponse {
        status: response.status,
        reason: Cow::Borrowed(response.line.splitn(3, ' ').nth(2).unwrap_or_default()),
        message: Message {
            version: version(&response.line),
            headers,
            head_size: None,
            body: None,
            extent: if is_empty { Extent::Whole } else { Extent::Unavailable },
        },
    }
}

fn headers(pairs: &[(String, String)]) -> Headers<'_> {
    let mut headers = Headers::with_capacity(pairs.len());
    for (name, value) in pairs {
        headers.push(name.as_str(), value.as_str());
    }
    headers
}

/// Returns the version that a status line names. Chromium names HTTP/1.1 whatever was spoken.
fn version(line: &str) -> Version {
    match line.split(' ').next() {
        Some("HTTP/1.0") => Version::Http10,
        Some("HTTP/2" | "HTTP/2.0") => Version::Http2,
        _ => Version::Http11,
    }
}

/// Returns a time out of a browser's number. One that is none counts as zero.
fn milliseconds(number: f64) -> Duration {
    Duration::try_from_secs_f64(number / 1000.0).unwrap_or_default()
}
