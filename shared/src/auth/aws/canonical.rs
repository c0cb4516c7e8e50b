//! The canonical request: the text that client and server build independently and must agree on.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::dots;
use crate::encode;
use crate::request::Request;
use crate::slice::Slice as _;

/// The way in which a service reads the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PathRule {
    /// The path as sent, encoded once. S3 and related services do that, since `..` and `//` may be parts of an object's key.
    AsSent,
    /// The path without dot segments and repeated slashes, with what was sent encoded once more. All other services do that.
    NormalizedAndEncodedAgain,
}

impl PathRule {
    /// Returns the rule of a service, by its name in credential scopes.
    pub(super) fn of(service: &str) -> Self {
        match service {
            "s3" | "s3express" | "s3-object-lambda" | "s3-outposts" => Self::AsSent,
            _ => Self::NormalizedAndEncodedAgain,
        }
    }
}

/// A canonical request and the names that go into the signature's `SignedHeaders`.
#[derive(Debug)]
pub(super) struct Canonical {
    /// The text whose hash is signed.
    pub text: String,
    /// The names of the signed headers in lower case, sorted and joined by `;`.
    pub signed_headers: String,
}

/// Builds the canonical request for a request that has all its headers and query parameters.
pub(super) fn request(request: &Request<'_>, rule: PathRule, payload_hash: &str) -> Canonical {
    let mut text = String::with_capacity(512);
    text.push_str(&request.method);
    text.push('\n');
    push_path(&mut text, request.url.path(), rule);
    text.push('\n');
    push_query(&mut text, request);
    text.push('\n');
    let host = request.host();
    let headers = Sorted::new(request, &host);
    headers.push_lines(&mut text);
    text.push('\n');
    let start = text.len();
    headers.push_names(&mut text);
    let signed_headers = text.part(start..).to_owned();
    text.push('\n');
    text.push_str(payload_hash);
    Canonical { text, signed_headers }
}

/// Returns the names of the headers that are signed. A presigned URL holds them before it is signed itself.
pub(super) fn signed_headers(request: &Request<'_>) -> String {
    let mut names = String::new();
    Sorted::new(request, &request.host()).push_names(&mut names);
    names
}

fn push_path(out: &mut String, path: &str, rule: PathRule) {
    if path.is_empty() {
        return out.push('/');
    }
    match rule {
        PathRule::AsSent => push_once_encoded(out, path),
        PathRule::NormalizedAndEncodedAgain if is_normal(path) => encode::percent(out, path.as_bytes(), &encode::PATH),
        PathRule::NormalizedAndEncodedAgain => encode::percent(out, normalized(path).as_bytes(), &encode::PATH),
    }
}

/// Appends a path with each escape and each other byte in its canonical spelling. `%2F` stays, since it is not a separator.
fn push_once_encoded(out: &mut String, path: &str) {
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        let (before, escape) = rest.split_at(at);
        encode::percent(out, before.as_bytes(), &encode::PATH);
        let length = if is_escape(escape) { 3 } else { 1 };
        let (escape, after) = escape.split_at(length);
        // Decoding and encoding again gives each byte one spelling: `%7e` and `%7E` both become `~`.
        encode::percent(out, &encode::percent_decoded(escape), &encode::UNRESERVED);
        rest = after;
    }
    encode::percent(out, rest.as_bytes(), &encode::PATH);
}

/// Returns true if a text that starts with `%` starts with a complete escape.
fn is_escape(escape: &str) -> bool {
    escape.as_bytes().get(1..3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

fn is_normal(path: &str) -> bool {
    // A name that begins with a dot is no dot segment. It takes the longer way too, which leaves it as it is.
    !path.as_bytes().windows(2).any(|pair| matches!(pair, b"//" | b"/."))
}

/// Returns the path without dot segments (RFC 3986 section 5.2.4) and with repeated slashes as one, which is how AWS's
/// services read it. As in botocore, a dot segment at the end leaves no slash.
fn normalized(path: &str) -> String {
    let kept = dots::resolved(path.split('/').filter(|segment| !segment.is_empty()));
    let mut out = format!("/{}", kept.join("/"));
    if path.ends_with('/') && !kept.is_empty() {
        out.push('/');
    }
    out
}

/// Appends every parameter with name and value in their canonical spelling, sorted by name, then by value.
fn push_query(out: &mut String, request: &Request<'_>) {
    let mut pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> = request
        .url
        .query_pieces()
        .filter(|piece| !piece.is_empty())
        .map(|piece| {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            (respelled(name), respelled(value))
        })
        .collect();
    // AWS sorts the encoded names, so the sort comes after the encoding.
    pairs.sort_unstable();
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        out.push_str(value);
    }
}

/// Returns a name or a value in its canonical spelling: decoded as services decode a query (`+` is a space) and encoded.
fn respelled(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| encode::UNRESERVED.keeps(b)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(encode::percent_encoded(&encode::form_decoded(text), &encode::UNRESERVED))
}

/// Returns true for the header that holds the signature, and for headers that a proxy or an HTTP library may change or drop
/// on the way, so that a signature over them would not hold.
fn is_unsigned(name: &str) -> bool {
    const NAMES: [&str; 18] = [
        "accept-encoding",
        "authorization",
        "baggage",
        "connection",
        "expect",
        "forwarded",
        "keep-alive",
        "max-forwards",
        "proxy-connection",
        "te",
        "traceparent",
        "tracestate",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "via",
        "x-amzn-trace-id",
    ];
    const FORWARDED: &str = "x-forwarded-";
    NAMES.iter().any(|unsigned| unsigned.eq_ignore_ascii_case(name))
        || name.get(..FORWARDED.len()).is_some_and(|start| start.eq_ignore_ascii_case(FORWARDED))
}

/// The headers that are signed, in the order of their lower-case names; repeats keep the order they are sent in.
struct Sorted<'r>(Vec<(&'r str, &'r str)>);

impl<'r> Sorted<'r> {
    fn new(request: &'r Request<'_>, host: &'r str) -> Self {
        let mut list = Vec::with_capacity(request.headers.len() + 1);
        let headers = request.headers.iter().filter(|header| !is_unsigned(&header.name));
        list.extend(headers.map(|header| (header.name.as_ref(), header.value.as_ref())));
        // The program that sends the request adds this header, and AWS demands that it be signed.
        if !request.headers.has("host") {
            list.push(("host", host));
        }
        // The sort is stable, because repeated headers must keep the order in which they are sent.
        list.sort_by(|a, b| compare(a.0, b.0));
        Self(list)
    }

    /// Appends `name:value` lines, with the values of repeated headers joined by commas.
    fn push_lines(&self, out: &mut String) {
        for group in self.0.chunk_by(|a, b| a.0.eq_ignore_ascii_case(b.0)) {
            for (index, (name, value)) in group.iter().enumerate() {
                if index == 0 {
                    push_lower(out, name);
                    out.push(':');
                } else {
                    out.push(',');
                }
                push_trimmed(out, value);
            }
            out.push('\n');
        }
    }

    fn push_names(&self, out: &mut String) {
        for (index, group) in self.0.chunk_by(|a, b| a.0.eq_ignore_ascii_case(b.0)).enumerate() {
            if index > 0 {
                out.push(';');
            }
            if let Some((name, _)) = group.first() {
                push_lower(out, name);
            }
        }
    }
}

fn compare(a: &str, b: &str) -> Ordering {
    a.bytes().map(|b| b.to_ascii_lowercase()).cmp(b.bytes().map(|b| b.to_ascii_lowercase()))
}

fn push_lower(out: &mut String, name: &str) {
    let start = out.len();
    out.push_str(name);
    if let Some(added) = out.get_mut(start..) {
        added.make_ascii_lowercase();
    }
}

/// Appends a value without white space at its ends and with one space for each run of it inside.
fn push_trimmed(out: &mut String, value: &str) {
    // Most values have no run of white space and are copied at once.
    let is_blank = |b: &u8| matches!(b, b' ' | b'\t');
    if !value.as_bytes().windows(2).any(|pair| pair.iter().all(is_blank)) && !value.contains('\t') {
        return out.push_str(value.trim_matches(' '));
    }
    for (index, word) in value.split([' ', '\t']).filter(|word| !word.is_empty()).enumerate() {
        if index > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}
