//! Writes HAR 1.2 entries, for every tool that has a request, its response or both.

use std::borrow::Cow;
use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use crate::body::{Body, Fidelity};
use crate::encode::percent_decoded;
use crate::error::Error;
use crate::formats::line;
use crate::headers::Headers;
use crate::json::{write_bytes, write_list, write_text};
use crate::moment::date_time;
use crate::request::{Member, Request};
use crate::response::{Response, Times, Version};

/// A request and what became of it.
///
/// A tool fills in what it knows. For what it does not know, the writer puts what HAR 1.2 says: -1 for a size or a time,
/// status 0 for a response that never came.
#[derive(Debug)]
pub struct Entry<'e> {
    /// The request.
    pub request: EntryRequest<'e>,
    /// The response, if one came.
    pub response: Option<EntryResponse<'e>>,
    /// The start of the exchange and the durations of its phases; `None` if the request was not sent.
    pub times: Option<Times>,
    /// The address that the request was sent to.
    pub server_address: Option<IpAddr>,
    /// The number of the connection that the request was sent on.
    pub connection: Option<u64>,
    /// The reason why there is no response (`_error`).
    pub error: Option<&'e str>,
}

/// A request in one of the two forms in which tools have it.
#[derive(Debug)]
pub enum EntryRequest<'e> {
    /// A request of the pipe. Its members keep their order, and unknown ones stay.
    Line(&'e Request<'e>),
    /// A request as a client sent it.
    Received(ReceivedRequest<'e>),
}

/// A request as a client sent it, `Content-Length` and `Transfer-Encoding` included.
#[derive(Debug)]
pub struct ReceivedRequest<'e> {
    /// The method.
    pub method: Cow<'e, str>,
    /// The absolute URL.
    pub url: &'e str,
    /// The version, the header fields and the body.
    pub message: Message<'e>,
}

/// A response.
#[derive(Debug)]
pub struct EntryResponse<'e> {
    /// The status code.
    pub status: u16,
    /// The reason phrase.
    pub reason: Cow<'e, str>,
    /// The version, the header fields and the body.
    pub message: Message<'e>,
}

/// The parts that requests and responses have in common.
#[derive(Debug)]
pub struct Message<'e> {
    /// The version.
    pub version: Version,
    /// The header fields.
    pub headers: Headers<'e>,
    /// The length of the head on the wire in bytes, if it is known.
    pub head_size: Option<usize>,
    /// The bytes of the body as far as they are there; `None` if there is no body.
    pub body: Option<&'e [u8]>,
    /// The part of the body that the bytes are.
    pub extent: Extent,
}

/// The part of a body that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// All fields of a form, in bytes that may be others than those that were sent.
    Reencoded,
    /// A part: the connection ended inside the body, or a browser did not show all of it.
    Partial,
    /// Nothing: the body was too large, or a browser did not show it.
    Unavailable,
}

impl<'e> Entry<'e> {
    /// An entry for a request that was not sent.
    #[must_use]
    pub const fn new(request: EntryRequest<'e>) -> Self {
        Self { request, response: None, times: None, server_address: None, connection: None, error: None }
    }

    /// An entry for a request of the pipe and the response to it.
    #[must_use]
    pub fn of_response(request: &'e Request<'e>, response: &'e Response) -> Self {
        let mut headers = Headers::with_capacity(response.headers.len());
        response.headers.iter().for_each(|header| headers.push(&*header.name, &*header.value));
        let message = Message {
            version: response.version,
            headers,
            head_size: None,
            body: Some(&response.body),
            extent: Extent::Whole,
        };
        Self {
            response: Some(EntryResponse { status: response.status, reason: Cow::Borrowed(&response.reason), message }),
            times: Some(response.times),
            server_address: response.peer.map(|peer| peer.ip()),
            connection: Some(response.connection),
            ..Self::new(EntryRequest::Line(request))
        }
    }

    /// Appends the entry as one JSON object.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"startedDateTime\":");
        // An entry must have a time: a request that was not sent has the earliest there is.
        write_text(&date_time(self.times.map_or(SystemTime::UNIX_EPOCH, |times| times.started)), out);
        let timings = Timings::of(self.times.as_ref());
        out.extend_from_slice(format!(",\"time\":{},\"request\":", timings.total()).as_bytes());
        match &self.request {
            EntryRequest::Line(request) => write_line_request(request, out),
            EntryRequest::Received(request) => request.write(out),
        }
        out.extend_from_slice(b",\"response\":");
        match &self.response {
            Some(response) => response.write(out),
            None => out.extend_from_slice(NO_RESPONSE.as_bytes()),
        }
        out.extend_from_slice(b",\"cache\":{},\"timings\":");
        timings.write(out);
        if let Some(address) = self.server_address {
            out.extend_from_slice(format!(",\"serverIPAddress\":\"{address}\"").as_bytes());
        }
        if let Some(connection) = self.connection {
            out.extend_from_slice(format!(",\"connection\":\"{connection}\"").as_bytes());
        }
        if let Some(error) = self.error {
            out.extend_from_slice(b",\"_error\":");
            write_text(error, out);
        }
        out.push(b'}');
    }
}

/// The member for a response that never came, as browsers write it.
const NO_RESPONSE: &str = r#"{"status":0,"statusText":"","httpVersion":"","cookies":[],"headers":[],"content":{"size":0,"mimeType":"x-unknown"},"redirectURL":"","headersSize":-1,"bodySize":-1}"#;

/// Appends a request of the pipe with every member that HAR 1.2 asks for.
fn write_line_request(request: &Request<'_>, out: &mut Vec<u8>) {
    line::write(request, out);
    let is_version = |member: &Member<'_>| matches!(member, Member::Other(name, _) if name == "httpVersion");
    let version = if request.members.iter().any(is_version) { None } else { Some(Version::Http11) };
    let body_size = request.body.bytes().map_or(0, <[u8]>::len);
    write_repeats(version, request.url.query_pieces(), &request.headers, (None, Some(body_size)), out);
}

/// Appends to a request the members that HAR 1.2 asks for and that repeat what the others say: they come last.
fn write_repeats<'r>(
    version: Option<Version>,
    query: impl Iterator<Item = &'r str>,
    headers: &Headers<'_>,
    (head_size, body_size): (Option<usize>, Option<usize>),
    out: &mut Vec<u8>,
) {
    let brace = out.pop();
    debug_assert_eq!(brace, Some(b'}'), "the members join an object that is complete");
    if let Some(version) = version {
        out.extend_from_slice(format!(",\"httpVersion\":\"{}\"", version.as_str()).as_bytes());
    }
    out.extend_from_slice(b",\"queryString\":");
    write_pairs(query.map(|piece| piece.split_once('=').unwrap_or((piece, ""))), out);
    out.extend_from_slice(b",\"cookies\":");
    let cookies = headers.iter().filter(|header| header.is("cookie")).flat_map(|header| header.value.split(';'));
    write_pairs(cookies.filter_map(|cookie| cookie.trim().split_once('=')), out);
    let (head_size, body_size) = (size(head_size), size(body_size));
    out.extend_from_slice(format!(",\"headersSize\":{head_size},\"bodySize\":{body_size}}}").as_bytes());
}

impl ReceivedRequest<'_> {
    /// Appends the request as a line of the pipe, without the line break.
    pub fn write_line(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"method\":");
        write_text(&self.method, out);
        out.extend_from_slice(b",\"url\":");
        write_text(self.url, out);
        out.push(b',');
        line::write_headers(&self.message.headers, out);
        if let Some(body) = self.message.body
            && self.message.extent != Extent::Unavailable
        {
            out.extend_from_slice(b",\"postData\":{\"mimeType\":");
            write_text(self.message.headers.get("content-type").unwrap_or_default(), out);
            out.extend_from_slice(b",\"text\":");
            write_bytes(body, out);
            out.push(b'}');
        }
        self.message.extent.write(out);
        out.push(b'}');
    }

    /// Returns the request that a reader of its line would get.
    ///
    /// # Errors
    /// Returns [`Error::Request`] if the method, the URL or a header field cannot stand in a line of the pipe.
    pub fn to_request(&self) -> Result<Request<'_>, Error> {
        let headers = &self.message.headers;
        let body = match (self.message.body, self.message.extent) {
            (None, _) | (_, Extent::Unavailable) => Body::none(),
            (Some(body), _) => Body::new(body, headers.get("content-type").unwrap_or_default()),
        };
        let (method, url) = (Cow::Borrowed(self.method.as_ref()), Cow::Borrowed(self.url));
        let mut request = Request::from_parts(method, url, headers.clone(), body)?;
        request.mark_body(match self.message.extent {
            Extent::Whole => Fidelity::Exact,
            Extent::Reencoded => Fidelity::Reencoded,
            Extent::Partial => Fidelity::Partial,
            Extent::Unavailable => Fidelity::Unavailable,
        });
        Ok(request)
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.write_line(out);
        let Message { version, headers, head_size, .. } = &self.message;
        let url = self.url.split('#').next().unwrap_or_default();
        let query = url.split_once('?').map_or("", |(_, query)| query).split('&').filter(|piece| !piece.is_empty());
        write_repeats(Some(*version), query, headers, (*head_size, self.message.body_size()), out);
    }
}

impl EntryResponse<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        let Message { version, headers, head_size, body, extent } = &self.message;
        out.extend_from_slice(format!("{{\"status\":{},\"statusText\":", self.status).as_bytes());
        write_text(&self.reason, out);
        out.extend_from_slice(format!(",\"httpVersion\":\"{}\",\"cookies\":", version.as_str()).as_bytes());
        let cookies = headers.iter().filter(|header| header.is("set-cookie"));
        write_pairs(cookies.filter_map(|cookie| cookie.value.split(';').next()?.trim().split_once('=')), out);
        out.push(b',');
        line::write_headers(headers, out);
        let body_size = size(self.message.body_size());
        out.extend_from_slice(format!(",\"content\":{{\"size\":{body_size},\"mimeType\":").as_bytes());
        write_text(headers.get("content-type").unwrap_or("x-unknown"), out);
        if let Some(body) = body
            && !body.is_empty()
        {
            out.extend_from_slice(b",\"text\":");
            write_bytes(body, out);
        }
        out.extend_from_slice(b"},\"redirectURL\":");
        write_text(headers.get("location").unwrap_or_default(), out);
        let head_size = size(*head_size);
        out.extend_from_slice(format!(",\"headersSize\":{head_size},\"bodySize\":{body_size}").as_bytes());
        extent.write(out);
        out.push(b'}');
    }
}

impl Message<'_> {
    /// Returns the length of the body in bytes, or `None` if not all of it is there.
    fn body_size(&self) -> Option<usize> {
        (self.extent == Extent::Whole).then_some(self.body.map_or(0, <[u8]>::len))
    }
}

impl Extent {
    /// Appends `_body` if the bytes are not the body that was sent.
    fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Whole => {}
            Self::Reencoded => out.extend_from_slice(b",\"_body\":\"reencoded\""),
            Self::Partial => out.extend_from_slice(b",\"_body\":\"partial\""),
            Self::Unavailable => out.extend_from_slice(b",\"_body\":\"unavailable\""),
        }
    }
}

/// HAR's timings in milliseconds. -1 stands for a phase that does not apply.
struct Timings {
    connect: f64,
    ssl: f64,
    send: f64,
    wait: f64,
    receive: f64,
}

impl Timings {
    fn of(times: Option<&Times>) -> Self {
        let written = |time: Option<Duration>| time.map_or(-1.0, milliseconds);
        Self {
            // HAR counts the TLS handshake as a part of connecting, too.
            connect: written(times.and_then(|times| Some(times.connect? + times.tls.unwrap_or_default()))),
            ssl: written(times.and_then(|times| times.tls)),
            send: written(times.map(|times| times.send)),
            wait: written(times.map(|times| times.wait)),
            receive: written(times.map(|times| times.receive)),
        }
    }

    /// Returns the sum of the phases as they are written. `ssl` is not added, because `connect` holds it.
    fn total(&self) -> f64 {
        let phases = [self.connect, self.send, self.wait, self.receive];
        // `sum` makes -0 of no phases at all, which JSON would show.
        let total = phases.into_iter().filter(|phase| *phase > 0.0).fold(0.0, |total, phase| total + phase);
        (total * 1000.0).round() / 1000.0
    }

    fn write(&self, out: &mut Vec<u8>) {
        let Self { connect, ssl, send, wait, receive } = self;
        out.push(b'{');
        // Both are optional, and nothing is known of a request that was not sent.
        if *send >= 0.0 {
            out.extend_from_slice(format!("\"connect\":{connect},\"ssl\":{ssl},").as_bytes());
        }
        out.extend_from_slice(format!("\"send\":{send},\"wait\":{wait},\"receive\":{receive}}}").as_bytes());
    }
}

/// Returns a duration in milliseconds, HAR's unit, to the microsecond.
fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1_000_000.0).round() / 1000.0
}

/// Returns a size as HAR writes it: -1 if it is not known.
fn size(size: Option<usize>) -> String {
    size.map_or("-1".to_owned(), |size| size.to_string())
}

/// Appends a list of names and values, percent-decoded where that gives text, as browsers do.
fn write_pairs<'p>(pairs: impl Iterator<Item = (&'p str, &'p str)>, out: &mut Vec<u8>) {
    let decoded = |text: &str| String::from_utf8(percent_decoded(text)).unwrap_or_else(|_| text.to_owned());
    write_list(pairs, out, |(name, value), out| {
        out.extend_from_slice(b"{\"name\":");
        write_text(&decoded(name), out);
        out.extend_from_slice(b",\"value\":");
        write_text(&decoded(value), out);
        out.push(b'}');
    });
}
