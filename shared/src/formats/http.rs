//! Raw HTTP/1.1 messages (RFC 9112), one after another; the `Content-Length` of each tells where the next begins.

use crate::request::Request;

/// Appends a message. `Host` comes first unless it was given; `Content-Length` comes last.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(request.method.as_bytes());
    out.push(b' ');
    out.extend_from_slice(request.url.target().as_bytes());
    out.extend_from_slice(b" HTTP/1.1\r\n");
    if !request.headers.has("host") {
        write_header("Host", &request.host(), out);
    }
    for header in &request.headers {
        write_header(&header.name, &header.value, out);
    }
    if let Some(content) = request.content() {
        write_header("Content-Length", &content.len().to_string(), out);
    }
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(request.content().unwrap_or_default());
}

fn write_header(name: &str, value: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(name.as_bytes());
    out.push(b':');
    if !value.is_empty() {
        out.push(b' ');
        out.extend_from_slice(value.as_bytes());
    }
    out.extend_from_slice(b"\r\n");
}
