//! HAR 1.2 documents, written (softwareishard.com/blog/har-12-spec). [`json`](super::json) reads them.

use std::time::Duration;

use crate::json::{write_bytes, write_text};
use crate::moment::date_time;
use crate::pipe::Frame;
use crate::request::Request;
use crate::response::Response;

use super::line;

/// What stands around the entries of a document.
pub(crate) const FRAME: Frame = Frame {
    head: concat!(
        r#"{"log":{"version":"1.2","creator":{"name":"countersign","version":""#,
        env!("CARGO_PKG_VERSION"),
        "\"},\"entries\":[\n"
    ),
    between: ",\n",
    tail: "\n]}}\n",
};

/// The earliest time there is: an entry must have one, and this request was never sent.
const UNSENT: &str = "1970-01-01T00:00:00.000Z";

/// Appends an entry for a request that was not sent: response status 0, all times -1 or 0.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"startedDateTime\":");
    write_text(UNSENT, out);
    out.extend_from_slice(b",\"time\":0,\"request\":");
    write_request(request, out);
    out.extend_from_slice(
        br#","response":{"status":0,"statusText":"","httpVersion":"","cookies":[],"headers":[],"content":{"size":0,"mimeType":"x-unknown"},"redirectURL":"","headersSize":-1,"bodySize":-1},"cache":{},"timings":{"send":-1,"wait":-1,"receive":-1}}"#,
    );
}

/// Appends an entry for a request and the response to it.
pub fn write_entry(request: &Request<'_>, response: &Response, out: &mut Vec<u8>) {
    let times = &response.times;
    out.extend_from_slice(b"{\"startedDateTime\":");
    write_text(&date_time(times.started), out);
    out.extend_from_slice(format!(",\"time\":{},\"request\":", milliseconds(times.total())).as_bytes());
    write_request(request, out);
    out.extend_from_slice(b",\"response\":");
    write_response(response, out);
    // HAR counts the TLS handshake as a part of connecting, too.
    let connect = times.connect.map(|connect| connect + times.tls.unwrap_or_default());
    let or_none = |time: Option<Duration>| time.map_or(-1.0, milliseconds);
    let timings = format!(
        ",\"cache\":{{}},\"timings\":{{\"connect\":{},\"ssl\":{},\"send\":{},\"wait\":{},\"receive\":{}}}",
        or_none(connect),
        or_none(times.tls),
        milliseconds(times.send),
        milliseconds(times.wait),
        milliseconds(times.receive)
    );
    out.extend_from_slice(timings.as_bytes());
    if let Some(peer) = response.peer {
        out.extend_from_slice(b",\"serverIPAddress\":");
        write_text(&peer.ip().to_string(), out);
    }
    out.extend_from_slice(format!(",\"connection\":\"{}\"}}", response.connection).as_bytes());
}

/// With microseconds behind the point.
fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

fn write_response(response: &Response, out: &mut Vec<u8>) {
    let headers = &response.headers;
    out.extend_from_slice(format!("{{\"status\":{},\"statusText\":", response.status).as_bytes());
    write_text(&response.reason, out);
    out.extend_from_slice(format!(",\"httpVersion\":\"{}\",\"cookies\":[", response.version.as_str()).as_bytes());
    let cookies = headers.iter().filter(|header| header.is("set-cookie"));
    write_pairs(cookies.filter_map(|cookie| cookie.value.split(';').next()?.trim().split_once('=')), out);
    out.extend_from_slice(b"],");
    line::write_headers(headers, out);
    let size = response.body.len();
    out.extend_from_slice(format!(",\"content\":{{\"size\":{size},\"mimeType\":").as_bytes());
    write_text(headers.get("content-type").unwrap_or("x-unknown"), out);
    if size > 0 {
        out.extend_from_slice(b",\"text\":");
        write_bytes(&response.body, out);
    }
    out.extend_from_slice(b"},\"redirectURL\":");
    write_text(headers.get("location").unwrap_or_default(), out);
    out.extend_from_slice(format!(",\"headersSize\":-1,\"bodySize\":{size}}}").as_bytes());
}

/// Appends a request with every member that HAR 1.2 asks for.
pub fn write_request(request: &Request<'_>, out: &mut Vec<u8>) {
    let start = out.len();
    line::write(request, out);
    // Behind the members of the line come those that repeat what it says.
    if out.len() > start {
        out.pop();
    }
    if !has_member(request, "httpVersion") {
        out.extend_from_slice(b",\"httpVersion\":\"HTTP/1.1\"");
    }
    out.extend_from_slice(b",\"queryString\":[");
    write_pairs(request.url.query_pieces().map(|piece| piece.split_once('=').unwrap_or((piece, ""))), out);
    out.extend_from_slice(b"],\"cookies\":[");
    let cookies = request.headers.iter().filter(|header| header.is("cookie"));
    let cookies = cookies.flat_map(|header| header.value.split(';'));
    write_pairs(cookies.filter_map(|cookie| cookie.trim().split_once('=')), out);
    let body_size = request.body.bytes().map_or(0, <[u8]>::len);
    out.extend_from_slice(format!("],\"headersSize\":-1,\"bodySize\":{body_size}}}").as_bytes());
}

fn has_member(request: &Request<'_>, name: &str) -> bool {
    request.members.iter().any(|member| matches!(member, crate::request::Member::Other(key, _) if key == name))
}

fn write_pairs<'p>(pairs: impl Iterator<Item = (&'p str, &'p str)>, out: &mut Vec<u8>) {
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
}

/// Browsers write query strings and cookies percent-decoded where that gives text.
fn decoded(text: &str) -> String {
    String::from_utf8(crate::encode::percent_decoded(text)).unwrap_or_else(|_| text.to_owned())
}
