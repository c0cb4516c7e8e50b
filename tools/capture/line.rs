//! A captured request as a line of the pipe, and a captured exchange as a HAR 1.2 entry.
//!
//! The line shows the very request: every header field in its order, repeats and case, `Content-Length` and
//! `Transfer-Encoding` too (what reads the line makes those anew). Only `Proxy-*` is left out: it spoke to the proxy.

use std::time::{Duration, Instant};

use base64::Engine as _;
use countersign_shared::encode::{BASE64, percent_decoded};
use countersign_shared::moment::date_time;

use crate::conversation::{CapturedRequest, CapturedResponse, Record};
use crate::copy::{Copied, Copy};
use countersign_shared::wire::{Head, is_proxy_field, target_text, text_of};

/// What a large body is, in bytes.
const LARGE: usize = 1 << 20;

/// Appends the request as one JSON object.
pub(crate) fn write_request(request: &CapturedRequest, out: &mut Vec<u8>) {
    write_members(request, out);
    out.push(b'}');
}

/// Appends the exchange as one HAR entry.
pub(crate) fn write_entry(record: &Record, out: &mut Vec<u8>) {
    let request = &record.request;
    let times = Times::of(record);
    out.extend_from_slice(b"{\"startedDateTime\":");
    write_text(&date_time(request.started), out);
    out.extend_from_slice(format!(",\"time\":{},\"request\":", times.total()).as_bytes());
    write_members(request, out);
    write_repeats(request, out);
    out.extend_from_slice(b",\"response\":");
    match &record.response {
        Some(response) => write_response(response, out),
        None => out.extend_from_slice(NO_RESPONSE.as_bytes()),
    }
    out.extend_from_slice(b",\"cache\":{},\"timings\":");
    let Times { send, wait, receive } = times;
    out.extend_from_slice(format!("{{\"send\":{send},\"wait\":{wait},\"receive\":{receive}}}").as_bytes());
    if let Some(error) = &record.error {
        out.extend_from_slice(b",\"_error\":");
        write_text(error, out);
    }
    out.push(b'}');
}

/// What stands for a response that never came, as browsers write it.
const NO_RESPONSE: &str = r#"{"status":0,"statusText":"","httpVersion":"","cookies":[],"headers":[],"content":{"size":0,"mimeType":"x-unknown"},"redirectURL":"","headersSize":-1,"bodySize":-1}"#;

/// Everything of a request but the closing brace.
fn write_members(request: &CapturedRequest, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"method\":");
    write_text(&target_text(request.head.method()), out);
    out.extend_from_slice(b",\"url\":");
    write_text(&request.url, out);
    out.extend_from_slice(b",\"headers\":");
    write_fields(&request.head, out);
    let Some(body) = &request.body else { return };
    if body.state() == Copied::Unavailable {
        out.extend_from_slice(b",\"_body\":\"unavailable\"");
        return;
    }
    out.extend_from_slice(b",\"postData\":{\"mimeType\":");
    write_text(&text_of(request.head.value("content-type").unwrap_or_default()), out);
    out.extend_from_slice(b",\"text\":");
    write_bytes(body.bytes(), out);
    out.push(b'}');
    if body.state() == Copied::Partial {
        out.extend_from_slice(b",\"_body\":\"partial\"");
    }
}

/// What HAR 1.2 wants of a request and the line already says.
fn write_repeats(request: &CapturedRequest, out: &mut Vec<u8>) {
    let head = &request.head;
    out.extend_from_slice(format!(",\"httpVersion\":\"{}\",\"queryString\":", head.version()).as_bytes());
    let query = request.url.split('#').next().and_then(|url| url.split_once('?')).map_or("", |(_, query)| query);
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    write_pairs(pieces.map(|piece| piece.split_once('=').unwrap_or((piece, ""))), out);
    out.extend_from_slice(b",\"cookies\":");
    let cookies: Vec<_> = head.values("cookie").map(text_of).collect();
    let cookies = cookies.iter().flat_map(|value| value.split(';'));
    write_pairs(cookies.filter_map(|cookie| cookie.trim().split_once('=')), out);
    let size = request.body.as_ref().map_or("0".to_owned(), size_of);
    out.extend_from_slice(format!(",\"headersSize\":{},\"bodySize\":{size}}}", head.size()).as_bytes());
}

/// The size of a body in bytes, -1 where nobody knows it.
fn size_of(body: &Copy) -> String {
    if body.state() == Copied::Whole { body.bytes().len().to_string() } else { "-1".to_owned() }
}

fn write_response(response: &CapturedResponse, out: &mut Vec<u8>) {
    let CapturedResponse { head, body, .. } = response;
    out.extend_from_slice(format!("{{\"status\":{},\"statusText\":", head.status()).as_bytes());
    write_text(&text_of(head.reason()), out);
    out.extend_from_slice(format!(",\"httpVersion\":\"{}\",\"cookies\":", head.version()).as_bytes());
    let cookies: Vec<_> = head.values("set-cookie").map(text_of).collect();
    let pairs = cookies.iter().filter_map(|cookie| cookie.split(';').next()?.trim().split_once('='));
    write_pairs(pairs, out);
    out.extend_from_slice(b",\"headers\":");
    write_fields(head, out);
    out.extend_from_slice(format!(",\"content\":{{\"size\":{},\"mimeType\":", size_of(body)).as_bytes());
    write_text(&text_of(head.value("content-type").unwrap_or(b"x-unknown")), out);
    if body.state() != Copied::Unavailable && !body.bytes().is_empty() {
        out.extend_from_slice(b",\"text\":");
        write_bytes(body.bytes(), out);
    }
    out.extend_from_slice(b"},\"redirectURL\":");
    write_text(&text_of(head.value("location").unwrap_or_default()), out);
    out.extend_from_slice(format!(",\"headersSize\":{},\"bodySize\":{}", head.size(), size_of(body)).as_bytes());
    match body.state() {
        Copied::Whole => {}
        Copied::Partial => out.extend_from_slice(b",\"_body\":\"partial\""),
        Copied::Unavailable => out.extend_from_slice(b",\"_body\":\"unavailable\""),
    }
    out.push(b'}');
}

fn write_fields(head: &Head, out: &mut Vec<u8>) {
    out.push(b'[');
    let start = out.len();
    for (name, value) in head.fields().filter(|(name, _)| !is_proxy_field(name)) {
        if out.len() > start {
            out.push(b',');
        }
        out.extend_from_slice(b"{\"name\":");
        write_text(&text_of(name), out);
        out.extend_from_slice(b",\"value\":");
        let value = text_of(value);
        if value.contains('\n') {
            // A folded line (responses only) is one value with spaces where it was folded.
            write_text(&value.split(['\r', '\n']).map(str::trim).collect::<Vec<_>>().join(" "), out);
        } else {
            write_text(&value, out);
        }
        out.push(b'}');
    }
    out.push(b']');
}

/// Appends a list of names and values, percent-decoded where that gives text, as browsers do.
fn write_pairs<'p>(pairs: impl Iterator<Item = (&'p str, &'p str)>, out: &mut Vec<u8>) {
    let decoded = |text: &str| String::from_utf8(percent_decoded(text)).unwrap_or_else(|_| text.to_owned());
    out.push(b'[');
    for (index, (name, value)) in pairs.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(b"{\"name\":");
        write_text(&decoded(name), out);
        out.extend_from_slice(b",\"value\":");
        write_text(&decoded(value), out);
        out.push(b'}');
    }
    out.push(b']');
}

/// Appends a JSON string.
fn write_text(text: &str, out: &mut Vec<u8>) {
    // A vector takes every byte, so this cannot fail.
    let _ = serde_json::to_writer(out, text);
}

/// Appends bytes as text where they are UTF-8, else in base64 and says so.
fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    match std::str::from_utf8(bytes) {
        Ok(text) if !is_better_in_base64(bytes) => write_text(text, out),
        _ => {
            write_text(&BASE64.encode(bytes), out);
            out.extend_from_slice(b",\"encoding\":\"base64\"");
        }
    }
}

/// Whether a large body has so many control characters (six bytes each in JSON) that base64 is the shorter form.
fn is_better_in_base64(bytes: &[u8]) -> bool {
    let is_escaped = |byte: &&u8| **byte < b' ' && !b"\t\n\r".contains(byte);
    bytes.len() > LARGE && bytes.iter().filter(is_escaped).count() > bytes.len() / 15
}

/// HAR's timings, in milliseconds; 0 where something never happened.
struct Times {
    send: f64,
    wait: f64,
    receive: f64,
}

impl Times {
    fn of(record: &Record) -> Self {
        let between = |from: Option<Instant>, to: Option<Instant>| match (from, to) {
            (Some(from), Some(to)) => milliseconds(to.saturating_duration_since(from)),
            // HAR 1.2 has no other word for "never" here.
            _ => 0.0,
        };
        let sent = record.request.ended;
        let response = record.response.as_ref();
        Self {
            send: between(Some(record.request.begun), sent),
            wait: between(sent, response.map(|response| response.begun)),
            receive: between(response.map(|response| response.begun), response.and_then(|response| response.ended)),
        }
    }

    /// All of it.
    fn total(&self) -> f64 {
        ((self.send + self.wait + self.receive) * 1000.0).round() / 1000.0
    }
}

/// With microseconds behind the point.
fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1000.0
}
