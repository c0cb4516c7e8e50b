//! The head of a message: start line and header section.

use std::borrow::Cow;
use std::ops::Range;

use super::body::BodyFraming;
use super::unreadable::{HEAD_LIMIT, Unreadable};
use crate::headers::is_token_byte;
use crate::response::Version;

/// The side whose messages are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// Requests, from a client.
    Request,
    /// Responses, from an origin.
    Response,
}

/// Collects bytes until the empty line that ends a head.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    raw: Vec<u8>,
    /// The position in `raw` of the line that is not complete yet.
    line: usize,
}

/// The bytes that every HTTP/2 connection begins with (RFC 9113 section 3.4). They look like the start of an HTTP/1 head.
const HTTP2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\n";

impl Gathering {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// Takes bytes up to the end of the head. Returns how many, and the head if it is complete. Empty lines before the
    /// start line are dropped (RFC 9112 section 2.2); a bare LF ends a line too.
    pub(super) fn take(&mut self, input: &[u8]) -> Result<(usize, Option<Vec<u8>>), Unreadable> {
        let mut taken = 0;
        for at in memchr::memchr_iter(b'\n', input) {
            self.raw.extend_from_slice(input.get(taken..=at).unwrap_or_default());
            taken = at + 1;
            // A line may be split over any number of calls, so it is looked up in what was gathered.
            let is_blank = matches!(self.raw.get(self.line..), Some(b"\n" | b"\r\n"));
            if self.line == 0 && is_blank {
                self.raw.clear();
            } else if is_blank {
                self.line = 0;
                return Ok((taken, Some(std::mem::take(&mut self.raw))));
            } else {
                self.line = self.raw.len();
                self.check()?;
            }
        }
        self.raw.extend_from_slice(input.get(taken..).unwrap_or_default());
        self.check()?;
        Ok((input.len(), None))
    }

    /// Refuses bytes that can never become a head, as early as possible: a client that speaks another protocol may wait
    /// for an answer before it sends a line break.
    fn check(&self) -> Result<(), Unreadable> {
        if self.raw.len() > HEAD_LIMIT {
            return Err(Unreadable::HeadTooLong);
        }
        if self.raw.starts_with(b"PRI * HTTP/2") {
            return Err(Unreadable::Http2);
        }
        match self.raw.first() {
            None | Some(b'\r') => Ok(()),
            Some(byte) if is_token_byte(*byte) => Ok(()),
            Some(_) => Err(Unreadable::NotHttp),
        }
    }
}

/// A message's head, exactly as it was on the wire.
#[derive(Debug)]
pub struct Head {
    raw: Vec<u8>,
    start: Start,
    fields: Fields,
}

/// The start line, as positions in the head.
#[derive(Clone, Debug)]
pub(super) enum Start {
    /// A request line (RFC 9112 section 3).
    Request {
        /// The method, a token.
        method: Range<usize>,
        /// The request target, in any of its four forms.
        target: Range<usize>,
        /// The minor version, 0 or 1.
        minor: u8,
    },
    /// A status line (RFC 9112 section 4).
    Response {
        /// The status code, 100 to 999.
        status: u16,
        /// The reason phrase, mostly empty nowadays.
        reason: Range<usize>,
        /// The minor version, 0 or 1.
        minor: u8,
    },
}

impl Head {
    pub(super) fn parse(kind: MessageKind, raw: Vec<u8>) -> Result<Self, Unreadable> {
        if raw == HTTP2_PREFACE {
            return Err(Unreadable::Http2);
        }
        let (start, fields) = match kind {
            MessageKind::Request => request(&raw)?,
            MessageKind::Response => response(&raw)?,
        };
        Ok(Self { raw, start, fields })
    }

    fn bytes(&self, range: &Range<usize>) -> &[u8] {
        self.raw.get(range.clone()).unwrap_or_default()
    }

    /// Returns the method of a request; empty for a response.
    pub fn method(&self) -> &[u8] {
        match &self.start {
            Start::Request { method, .. } => self.bytes(method),
            Start::Response { .. } => &[],
        }
    }

    /// Returns the target of a request; empty for a response.
    pub fn target(&self) -> &[u8] {
        match &self.start {
            Start::Request { target, .. } => self.bytes(target),
            Start::Response { .. } => &[],
        }
    }

    /// Returns the status of a response; 0 for a request.
    pub fn status(&self) -> u16 {
        match &self.start {
            Start::Response { status, .. } => *status,
            Start::Request { .. } => 0,
        }
    }

    /// Returns the reason phrase of a response; empty for a request.
    pub fn reason(&self) -> &[u8] {
        match &self.start {
            Start::Response { reason, .. } => self.bytes(reason),
            Start::Request { .. } => &[],
        }
    }

    /// Returns the version: HTTP/1.0 or HTTP/1.1.
    pub fn version(&self) -> Version {
        match &self.start {
            Start::Request { minor: 0, .. } | Start::Response { minor: 0, .. } => Version::Http10,
            _ => Version::Http11,
        }
    }

    /// Returns the length of the head on the wire in bytes, the empty line included.
    pub fn size(&self) -> usize {
        self.raw.len()
    }

    /// Returns the fields in their order: name and value, with surrounding white space removed.
    pub fn fields(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.fields.iter().map(|(name, value)| (self.bytes(name), self.bytes(value)))
    }

    /// Returns all values of a field, whatever the case of its name.
    pub fn values<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = &'a [u8]> {
        self.fields().filter(|(name, _)| name.eq_ignore_ascii_case(wanted.as_bytes())).map(|(_, value)| value)
    }

    /// Returns the first value of a field, whatever the case of its name.
    pub fn value<'a>(&'a self, wanted: &'a str) -> Option<&'a [u8]> {
        self.values(wanted).next()
    }

    /// Returns true if a comma-separated list field has a member, ignoring case (`Connection: Upgrade`).
    pub fn lists(&self, field: &str, member: &str) -> bool {
        self.values(field)
            .flat_map(|value| value.split(|byte| *byte == b','))
            .any(|item| item.trim_ascii().eq_ignore_ascii_case(member.as_bytes()))
    }

    /// Returns the head for the next hop: with `target` in place of the request target, without `Proxy-*` fields (which
    /// are for this hop only), with the lines of `extra` at the end, and with no other byte changed.
    pub fn rewritten(&self, target: &[u8], extra: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.raw.len() + extra.len());
        let Start::Request { target: old, .. } = &self.start else { return self.raw.clone() };
        let mut copied = old.end;
        out.extend_from_slice(self.raw.get(..old.start).unwrap_or_default());
        out.extend_from_slice(target);
        for (name, value) in &self.fields {
            if is_proxy_field(self.bytes(name)) {
                out.extend_from_slice(self.raw.get(copied..name.start).unwrap_or_default());
                let rest = self.raw.get(value.end..).unwrap_or_default();
                copied = value.end + memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
            }
        }
        let end = self.blank_line();
        out.extend_from_slice(self.raw.get(copied.min(end)..end).unwrap_or_default());
        out.extend_from_slice(extra);
        out.extend_from_slice(self.raw.get(end..).unwrap_or_default());
        out
    }

    /// Returns the position of the empty line that ends the head.
    fn blank_line(&self) -> usize {
        self.raw.len() - if self.raw.ends_with(b"\r\n") { 2 } else { 1 }
    }

    /// Returns how the end of this request's body is found (RFC 9112 section 6.3).
    ///
    /// # Errors
    /// Returns [`Unreadable::UnclearLength`] if the last transfer coding is not `chunked`, or if `Content-Length` is not
    /// one number: guessing would let one request be taken for two (request smuggling).
    pub fn request_framing(&self) -> Result<BodyFraming, Unreadable> {
        // `Transfer-Encoding` is looked at first, because it overrides a `Content-Length` (RFC 9112 section 6.3).
        match self.transfer_coding() {
            Coding::Chunked => Ok(BodyFraming::Chunked),
            // A server must answer 400 here (RFC 9112 section 6.3): the end of the request cannot be known.
            Coding::Other => Err(Unreadable::UnclearLength),
            Coding::None => Ok(self.content_length()?.map_or(BodyFraming::None, BodyFraming::Length)),
        }
    }

    /// Returns how the end of this response's body is found (RFC 9112 section 6.3); `method` is the request's.
    ///
    /// # Errors
    /// Returns [`Unreadable::UnclearLength`] if `Content-Length` is not one number.
    pub fn response_framing(&self, method: &[u8]) -> Result<BodyFraming, Unreadable> {
        let status = self.status();
        // These have no body, whatever their fields say (RFC 9112 section 6.3).
        if method == b"HEAD" || status < 200 || status == 204 || status == 304 {
            return Ok(BodyFraming::None);
        }
        match self.transfer_coding() {
            Coding::Chunked => Ok(BodyFraming::Chunked),
            // A response may end with its connection, so another coding is no error here as it is in a request.
            Coding::Other => Ok(BodyFraming::UntilClose),
            Coding::None => Ok(self.content_length()?.map_or(BodyFraming::UntilClose, BodyFraming::Length)),
        }
    }

    fn transfer_coding(&self) -> Coding {
        let Some(last) = self.values("transfer-encoding").last() else { return Coding::None };
        // Only the last coding decides, since `chunked` has to be the final one (RFC 9112 section 6.1).
        let coding = last.rsplit(|byte| *byte == b',').next().unwrap_or_default();
        if coding.trim_ascii().eq_ignore_ascii_case(b"chunked") { Coding::Chunked } else { Coding::Other }
    }

    /// Returns `Content-Length`. Several equal ones count as one (RFC 9110 section 8.6).
    fn content_length(&self) -> Result<Option<u64>, Unreadable> {
        let mut length = None;
        for item in self.values("content-length").flat_map(|value| value.split(|byte| *byte == b',')) {
            let digits = item.trim_ascii();
            // `parse` alone would also take a `+`, at which another reader of the message may see another length.
            let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
            let number = std::str::from_utf8(digits).ok().filter(|_| is_number).and_then(|text| text.parse().ok());
            let number: u64 = number.ok_or(Unreadable::UnclearLength)?;
            if length.is_some_and(|known| known != number) {
                return Err(Unreadable::UnclearLength);
            }
            length = Some(number);
        }
        Ok(length)
    }
}

enum Coding {
    None,
    Chunked,
    Other,
}

type Fields = Vec<(Range<usize>, Range<usize>)>;

/// Parses `METHOD SP target SP HTTP/1.x` and the fields. httparse wants the target to be UTF-8. Here it may have any byte
/// but controls and spaces, because the origin must get what the client sent.
fn request(raw: &[u8]) -> Result<(Start, Fields), Unreadable> {
    let end = memchr::memchr(b'\n', raw).ok_or(Unreadable::NotHttp)?;
    let line = raw.get(..end).unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let space = memchr::memchr(b' ', line).ok_or(Unreadable::NotHttp)?;
    let last = memchr::memrchr(b' ', line).filter(|last| *last > space + 1).ok_or(Unreadable::NotHttp)?;
    let method = line.get(..space).unwrap_or_default();
    let target = line.get(space + 1..last).unwrap_or_default();
    let minor = match line.get(last + 1..) {
        Some(b"HTTP/1.1") => 1,
        Some(b"HTTP/1.0") => 0,
        _ => return Err(Unreadable::NotHttp),
    };
    let is_method = !method.is_empty() && method.iter().copied().all(is_token_byte);
    if !is_method || target.iter().any(|byte| *byte <= b' ' || *byte == 0x7f) {
        return Err(Unreadable::NotHttp);
    }
    let section = raw.get(end + 1..).unwrap_or_default();
    let mut slots = slots_for(section);
    match httparse::parse_headers(section, &mut slots) {
        Ok(httparse::Status::Complete((_, fields))) => {
            let start = Start::Request { method: 0..space, target: space + 1..last, minor };
            Ok((start, places(raw, fields)))
        }
        _ => Err(Unreadable::NotHttp),
    }
}

/// Parses `HTTP/1.x SP status [SP reason]` and the fields. Some servers write header sections that RFC 9112 forbids and
/// clients accept (folded lines, a space before the colon), so this accepts them too.
fn response(raw: &[u8]) -> Result<(Start, Fields), Unreadable> {
    let mut slots = slots_for(raw);
    let mut response = httparse::Response::new(&mut slots);
    let parsed = httparse::ParserConfig::default()
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_spaces_after_header_name_in_responses(true)
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .parse_response(&mut response, raw);
    match (parsed, response.code, response.version) {
        (Ok(httparse::Status::Complete(_)), Some(status @ 100..), Some(minor)) => {
            let reason = response.reason.map_or(0..0, |reason| place(raw, reason.as_bytes()));
            Ok((Start::Response { status, reason, minor }, places(raw, response.headers)))
        }
        _ => Err(Unreadable::NotHttp),
    }
}

/// Returns as many slots as there can be fields: one for each line.
fn slots_for(section: &[u8]) -> Vec<httparse::Header<'_>> {
    vec![httparse::EMPTY_HEADER; memchr::memchr_iter(b'\n', section).count()]
}

fn places(raw: &[u8], fields: &[httparse::Header<'_>]) -> Fields {
    fields.iter().map(|field| (place(raw, field.name.as_bytes()), place(raw, field.value))).collect()
}

/// Returns the position in `raw` of a part of it.
fn place(raw: &[u8], part: &[u8]) -> Range<usize> {
    // httparse hands out slices of `raw`, so the difference of the addresses is the position.
    let start = (part.as_ptr() as usize).wrapping_sub(raw.as_ptr() as usize);
    start..start.wrapping_add(part.len())
}

/// Returns true for `Proxy-Connection`, `Proxy-Authorization` and other fields that are for a proxy alone.
pub fn is_proxy_field(name: &[u8]) -> bool {
    name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case(b"proxy-"))
}

/// Returns a field value as text. What is UTF-8 stays as it is, and any other byte becomes the character of that number,
/// so that no byte is lost.
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.utf8_chunks().fold(String::new(), |mut text, chunk| {
            text.push_str(chunk.valid());
            text.extend(chunk.invalid().iter().copied().map(char::from));
            text
        })),
    }
}

/// Returns a field value as text, as [`text_of`] does. A value that was folded over several lines, which only responses
/// may hold, becomes one line with a space in place of each fold (RFC 9112 section 5.2).
pub fn value_text(value: &[u8]) -> Cow<'_, str> {
    let text = text_of(value);
    if !text.contains(['\r', '\n']) {
        return text;
    }
    Cow::Owned(text.split(['\r', '\n']).map(str::trim).collect::<Vec<_>>().join(" "))
}

/// Returns a request target as the text of a URL. Bytes that are not UTF-8 cannot stand in one and are percent-encoded.
/// The rest stays as it was.
pub fn target_text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.utf8_chunks().fold(String::new(), |mut text, chunk| {
            text.push_str(chunk.valid());
            for byte in chunk.invalid() {
                text.push_str(&format!("%{byte:02X}"));
            }
            text
        })),
    }
}
