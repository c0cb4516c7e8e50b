//! What curl must be told so that it sends a request as it is: nothing normalised, nothing added.
//!
//! Found by experiment with curl 7.88 and a server that records bytes. Left alone, curl resolves dot segments, expands
//! `[]` and `{}`, escapes what is not ASCII, and adds `Accept`, `User-Agent` and, to a body, `Content-Type` and
//! `Expect`.

use std::borrow::Cow;

use crate::error::{AuthProblem, Error, Field, Problem};
use crate::headers::Header;
use crate::request::{Handshake, Member, Request};
use crate::secret::Secret;
use crate::url::{Protocol, Url, unbracketed};

/// The longest URL or header, in bytes.
const LIMIT: usize = 100_000;

/// The longest URL and headers together: curl 7.88 gives up at 1 MiB, a short body included.
const HEAD_LIMIT: usize = 980_000;

/// From this size on some curl asks with `Expect: 100-continue` before it sends a body.
const EXPECTS_FROM: usize = 1024;

/// One option of curl by its long name.
pub(super) enum Setting<'r> {
    /// An option without a value.
    Switch(&'static str),
    /// An option with one.
    Value(&'static str, Cow<'r, str>, Field),
}

impl Setting<'_> {
    fn header(text: String, field: Field) -> Self {
        Self::Value("header", Cow::Owned(text), field)
    }
}

/// What curl sends after the headers.
///
/// # Errors
/// [`Problem::HeadWithBody`]
pub(super) fn body<'r>(request: &'r Request<'_>) -> Result<Option<&'r [u8]>, Error> {
    match request.content() {
        Some(content) if request.method == "HEAD" && !content.is_empty() => {
            Err(Error::request(Field::Body, Problem::HeadWithBody))
        }
        _ if request.method == "HEAD" => Ok(None),
        content => Ok(content),
    }
}

/// Everything but the body, URL first.
///
/// # Errors
/// [`Problem::TooLongForCurl`], [`Problem::HeadTooLongForCurl`], [`Problem::NotForCurl`], [`Problem::HeadWithBody`]
pub(super) fn settings<'r>(request: &'r Request<'_>) -> Result<Vec<Setting<'r>>, Error> {
    let body = body(request)?;
    let mut settings = Vec::with_capacity(request.headers.len() + 8);
    let url = request.url.as_str();
    if url.len() > LIMIT {
        return Err(Error::request(Field::Url, Problem::TooLongForCurl));
    }
    settings.push(Setting::Value("url", Cow::Borrowed(url), Field::Url));
    settings.push(Setting::Switch("globoff"));
    settings.push(Setting::Switch("path-as-is"));
    if is_held_to_http1(request) {
        settings.push(Setting::Switch("http1.1"));
    }
    match (request.method.as_ref(), body) {
        ("GET", None) | ("POST", Some(_)) => {}
        ("HEAD", _) => settings.push(Setting::Switch("head")),
        (method, _) => settings.push(Setting::Value("request", Cow::Borrowed(method), Field::Method)),
    }
    if would_change(&request.url) {
        settings.push(Setting::Value("request-target", request.url.target(), Field::Url));
    }
    add_headers(request, body, &mut settings)?;
    Ok(settings)
}

/// What curl is to sign in with by itself, `user:password`: it must not get into an argv.
///
/// # Errors
/// curl ends the user name at the first colon, and takes each byte of a name for a character.
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

/// HTTP/2 has no header case and no `Connection`: only a request that was made with it goes out with it.
fn is_held_to_http1(request: &Request<'_>) -> bool {
    let version = request.members.iter().find_map(|member| match member {
        Member::Other(name, raw) if name == "httpVersion" => Some(raw.get().to_ascii_lowercase()),
        _ => None,
    });
    let is_later = |version: String| ["2", "3"].iter().any(|digit| version.contains(digit));
    request.url.protocol() == Protocol::Https && !version.is_some_and(is_later)
}

/// Whether curl would send another path or query than the URL's in spite of `path-as-is`: it escapes what is not ASCII,
/// and versions differ on a query that is empty.
fn would_change(url: &Url<'_>) -> bool {
    !url.target().is_ascii() || url.query() == Some("")
}

/// The headers that are there, and those that curl would put in where they are not.
fn add_headers<'r>(
    request: &'r Request<'_>,
    body: Option<&[u8]>,
    settings: &mut Vec<Setting<'r>>,
) -> Result<(), Error> {
    let has = |name| request.headers.has(name);
    // curl makes the whole handshake itself; the first message of another would be in its way.
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
        // curl sends the first alone.
        if header.is("host") && std::mem::replace(&mut has_host, true) {
            return Err(Error::request(field, Problem::NotForCurl));
        }
        let written = header.name.len() + 2 + header.value.len();
        if written > LIMIT {
            return Err(Error::request(field, Problem::TooLongForCurl));
        }
        length += written + 2;
        settings.push(Setting::header(spelled(header), field));
    }
    if length > HEAD_LIMIT {
        return Err(Error::request(Field::Headers, Problem::HeadTooLongForCurl));
    }
    Ok(())
}

/// `Name: value`; `Name;` where there is no value, since `Name:` takes a header away. White space alone is no value
/// (RFC 9110 section 5.5), and curl would drop the header.
fn spelled(header: &Header<'_>) -> String {
    if header.value.bytes().all(|b| b == b' ' || b == b'\t') {
        format!("{};", header.name)
    } else {
        format!("{}: {}", header.name, header.value)
    }
}

/// Whether curl's own `Host` is the one that was signed. It keeps capitals, has its own idea of names in other scripts,
/// and writes odd spellings of addresses out.
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
