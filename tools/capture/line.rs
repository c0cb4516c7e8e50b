//! A captured exchange in the terms of HAR 1.2.
//!
//! The request is shown as it was received: every header field in its order, repeats and case, `Content-Length` and
//! `Transfer-Encoding` too (a reader of the line makes those anew). Only `Proxy-*` is left out, which the client wrote to
//! the proxy and not to the origin.

use std::time::{Duration, Instant};

use countersign_shared::formats::har::entry::{Entry, EntryRequest, EntryResponse, Extent, Message, ReceivedRequest};
use countersign_shared::headers::Headers;
use countersign_shared::response::Times;
use countersign_shared::wire::{Head, is_proxy_field, target_text, text_of, value_text};

use crate::body_copy::BodyCopy;
use crate::captured::{CapturedExchange, CapturedRequest, CapturedResponse};
use crate::exchange::Exchange;

impl Exchange for CapturedExchange {
    fn request(&self) -> ReceivedRequest<'_> {
        request(&self.request)
    }

    fn entry(&self) -> Entry<'_> {
        entry(self)
    }

    fn size(&self) -> usize {
        let body = self.request.body.as_ref().map_or(0, |body| body.bytes().len());
        let response = self.response.as_ref();
        let response = response.map_or(0, |response| response.head.size() + response.body.bytes().len());
        self.request.head.size() + body + response
    }
}

/// Returns the request as HAR shows it.
fn request(request: &CapturedRequest) -> ReceivedRequest<'_> {
    ReceivedRequest {
        method: target_text(request.head.method()),
        url: &request.url,
        message: message(&request.head, request.body.as_ref()),
    }
}

/// Returns the exchange as a HAR entry.
fn entry(exchange: &CapturedExchange) -> Entry<'_> {
    Entry {
        response: exchange.response.as_ref().map(|response| EntryResponse {
            status: response.head.status(),
            reason: text_of(response.head.reason()),
            message: message(&response.head, Some(&response.body)),
        }),
        times: Some(times(&exchange.request, exchange.response.as_ref())),
        error: exchange.error.as_deref(),
        ..Entry::new(EntryRequest::Received(request(&exchange.request)))
    }
}

fn message<'e>(head: &'e Head, body: Option<&'e BodyCopy>) -> Message<'e> {
    let mut headers = Headers::new();
    for (name, value) in head.fields().filter(|(name, _)| !is_proxy_field(name)) {
        headers.push(text_of(name), value_text(value));
    }
    Message {
        version: head.version(),
        headers,
        head_size: Some(head.size()),
        body: body.map(BodyCopy::bytes),
        extent: body.map_or(Extent::Whole, BodyCopy::extent),
    }
}

/// Returns the durations between the moments that were measured. A phase that never happened took no time: HAR 1.2 has
/// no other word for it.
fn times(request: &CapturedRequest, response: Option<&CapturedResponse>) -> Times {
    let between = |from: Option<Instant>, to: Option<Instant>| match (from, to) {
        // A server may answer before it has the whole request, and HAR has no negative times.
        (Some(from), Some(to)) => to.saturating_duration_since(from),
        _ => Duration::ZERO,
    };
    let begun = response.map(|response| response.begun);
    Times {
        started: request.started,
        // The client's connection to us tells nothing about ours to the origin.
        connect: None,
        tls: None,
        send: between(Some(request.begun), request.ended),
        wait: between(request.ended, begun),
        receive: between(begun, response.and_then(|response| response.ended)),
    }
}
