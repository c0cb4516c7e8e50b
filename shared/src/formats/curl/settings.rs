//! The options with which curl sends a request as it is: nothing normalised, nothing added.
//!
//! Found by experiment with curl 7.88 and a server that records bytes. Left alone, curl resolves dot segments, expands
//! `[]` and `{}`, escapes characters beyond ASCII, and adds `Accept`, `User-Agent` and, to a body, `Content-Type` and
//! `Expect`.

use std::borrow::Cow;

use crate::error::{AuthProblem, Error, Field, Problem};
use crate::headers::Header;
use crate::request::{Handshake, Member, Request};
use crate::secret::Secret;
use crate::url::{Protocol, Url, unbracketed};

/// The size limit of a URL or a header, in bytes.
pub(super) const LIMIT: usize = 100_000;

/// The size limit of URL and headers together, in bytes: curl 7.88 gives up at 1 MiB, a short body included.
const HEAD_LIMIT: usize = 980_000;

/// The size of a body, in bytes, from which on some versions of curl send `Expect: 100-continue` first.
const EXPECTS_FROM: usize = 1024;

/// An option of curl by its long name.
pub(super) enum Setting<'r> {
    /// An option without a value.
    Switch(&'static str),
    /// An option with a value, and the field of the request that the value is of.
    Value(&'static str, Cow<'r, str>, Field),
}

impl Setting<'_> {
    fn header(text: String, field: Field) -> Self {
        Self::Value("header", Cow::Owned(text), field)
    }
}

/// Returns the bytes that curl sends after the headers.
///
/// # Errors
/// Returns [`Problem::NotFor`] if a HEAD request has a body.
pub(super) fn body<'r>(request: &'r Request<'_>) -> Result<Option<&'r [u8]>, Error> {
    match request.content() {
        Some(content) if request.method == "HEAD" && !content.is_empty() => {
            Err(Error::request(Field::Body, Problem::NotFor { program: "curl", how: " with HEAD" }))
        }
        _ if request.method == "HEAD" => Ok(None),
        content => Ok(content),
    }
}

/// Returns the options for everything but the body, URL first.
///
/// # Errors
/// Returns [`Problem::TooLongFor`] or [`Problem::TooLongTogetherFor`] if URL or headers are longer than curl takes, and
/// [`Problem::NotFor`] if a HEAD request has a body or a second `Host` is there.
pub(super) fn settings<'r>(request: &'r Request<'_>) -> Result<Vec<Setting<'r>>, Error> {
    let body = body(request)?;
    let mut settings = Vec::with_capacity(request.headers.len() + 8);
    let url = request.url.as_str();
    if url.len() > LIMIT {
        return Err(Error::request(Field::Url, Problem::TooLongFor { program: "curl", limit: LIMIT }));
    }
    settings.push(Setting::Value("url", Cow::Borrowed(url), Field::Url));
    settings.push(Setting::Switch("globoff"));
    settings.push(Setting::Switch("path-as-is"));
    if is_held_to_http1(request) {
        settings.push(Setting::Switch("http1.1"));
    }
    match (request.method.as_ref(), body) {
        // curl chooses these by itself, and `--request` would hold for the requests after a redirect too.
        ("GET", None) | ("POST", Some(_)) => {}
        // With `--request HEAD` curl would wait for a body that never comes.
        ("HEAD", _) => settings.push(Setting::Switch("head")),
        (method, _) => settings.push(Setting::Value("request", Cow::Borrowed(method), Field::Method)),
    }
    if would_change(&request.url) {
        settings.push(Setting::Value("request-target", request.url.target(), Field::Url));
    }
    add_headers(request, body, &mut settings)?;
    Ok(settings)
}

/// Returns the `user:password` for a handshake that curl does by itself. It must not be in an argv.
///
/// # Errors
/// Returns [`Error::Auth`] if the user name has a colon, at which curl would end it, or if name or password have
/// characters beyond ASCII, of which curl takes each byte for a character.
pub(super) fn credentials(request: &Request<'_>) -> Result<Option<Secret>, Error> {
    let Some(Handshake { user, password }) = &request.handshake else { return Ok(None) };
    let problem = match () {
        () if user.contains(':') => "curl cannot be given a user name that has a colon",
        () if !user.is_ascii() || !password.expose().is_ascii() => "curl garbles names and passwords beyond ASCII",
        () => return Ok(Some(Secret::new(format!("{user}:{}", password.expose())))),
    };
    let problem = AuthProblem::Unsignable(format!("{problem}; --send signs in with them"));
    Err(Error::Auth { scheme: "ntlm", problem })
}

/// Returns true if curl must not use HTTP/2, which has no header case and no `Connection`: only a request that was made
/// with it is sent with it.
fn is_held_to_http1(request: &Request<'_>) -> bool {
    let version = request.members.iter().find_map(|member| match member {
        Member::Other(name, raw) if name == "httpVersion" => Some(raw.get().to_ascii_lowercase()),
        _ => None,
    });
    let is_later = |version: String| ["2", "3"].iter().any(|digit| version.contains(digit));
    request.url.protocol() == Protocol::Https && !version.is_some_and(is_later)
}

/// Returns true if curl would change path or query in spite of `path-as-is`: it escapes characters beyond ASCII, and
/// versions differ on an empty query.
fn would_change(url: &Url<'_>) -> bool {
    !url.target().is_ascii() || url.query() == Some("")
}

/// Adds the request's headers, and removes those that curl would add on its own.
fn add_headers<'r>(
    request: &'r Request<'_>,
    body: Option<&[u8]>,
    settings: &mut Vec<Setting<'r>>,
) -> Result<(), Error> {
    let has = |name| request.headers.has(name);
    // curl does the whole handshake itself; a first message that is sent along would disturb it.
    let is_message = |header: &Header<'_>| request.handshake.is_some() && header.is("authorization");
    let mut suppress = |name: &str| settings.push(Setting::header(format!("{name}:"), Field::Headers));
    for name in ["Accept", "User-Agent"] {
        if !has(name) {
            suppress(name);
        }
    }
    if let Some(body) = body {
        if !has("Content-Type") {
            suppress("Content-Type");
        }
        if body.len() >= EXPECTS_FROM && !has("Expect") {
            suppress("Expect");
        }
    }
    if !has("Host") && !is_sent_as_written(&request.url) {
        settings.push(Setting::header(format!("Host: {}", request.url.host_header()), Field::Url));
    }
    let mut length = request.url.as_str().len();
    let mut has_host = false;
    for (index, header) in request.headers.iter().enumerate() {
        let field = Field::Header(index + 1);
        if is_message(header) {
            continue;
        }
        // curl sends only the first of several.
        if header.is("host") && std::mem::replace(&mut has_host, true) {
            return Err(Error::request(field, Problem::NotFor { program: "curl", how: " as written" }));
        }
        let written = header.name.len() + 2 + header.value.len();
        if written > LIMIT {
            return Err(Error::request(field, Problem::TooLongFor { program: "curl", limit: LIMIT }));
        }
        length += written + 2;
        settings.push(Setting::header(spelled(header), field));
    }
    if length > HEAD_LIMIT {
        return Err(Error::request(Field::Headers, Problem::TooLongTogetherFor { program: "curl", limit: HEAD_LIMIT }));
    }
    Ok(())
}

/// Returns `Name: value`, or `Name;` for an empty value, since `Name:` removes a header. White space alone counts as empty
/// (RFC 9110 section 5.5): curl would drop the header.
fn spelled(header: &Header<'_>) -> String {
    if header.value.bytes().all(|b| b == b' ' || b == b'\t') {
        format!("{};", header.name)
    } else {
        format!("{}: {}", header.name, header.value)
    }
}

/// Returns true if curl's own `Host` is the one that was signed. curl keeps capitals, encodes names in other scripts in its
/// own way, and normalizes unusual spellings of addresses.
fn is_sent_as_written(url: &Url<'_>) -> bool {
    let host = url.host();
    let is_name = host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'));
    let last = host.rsplit('.').next().unwrap_or_default();
    let host_fits = match host.parse::<std::net::Ipv4Addr>() {
        Ok(address) => address.to_string() == host,
        Err(_) if host.starts_with('[') => {
            let address = unbracketed(host);
            address.parse::<std::net::Ipv6Addr>().is_ok_and(|known| known.to_string() == address)
        }
        Err(_) => is_name && last.starts_with(|c: char| c.is_ascii_lowercase()),
    };
    let authority = url.origin().split_once("://").map_or("", |(_, authority)| authority);
    let written = authority.strip_prefix(host).unwrap_or_default();
    let port_fits = url.port().map_or(written.is_empty(), |port| written == format!(":{port}"));
    host_fits && port_fits
}
