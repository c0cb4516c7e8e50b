//! Command lines of HTTPie, which xh reads too: one line of POSIX shell per request, safe to paste.
//!
//! The libraries behind both rewrite URLs, and both read `\`, `@` and `=` in a header as syntax. What either would send
//! differently is refused.

use crate::error::{Error, Field, Problem};
use crate::headers::Header;
use crate::request::Request;
use crate::url::Url;

use super::curl::quoting;

/// The most bytes of a word: Linux takes words of up to 128 KiB.
const WORD_LIMIT: usize = 100_000;

/// The headers that both add unless they are told not to.
const OWN: &[&str] = &["Accept", "Accept-Encoding", "Connection", "User-Agent"];

/// Appends the line.
///
/// # Errors
/// Returns [`Problem::NotFor`], [`Problem::TooLongFor`] or [`Problem::WouldChange`] if HTTPie or xh would send another
/// request.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    check(request)?;
    let body = request.body.bytes().filter(|body| !body.is_empty());
    let word = body.filter(|body| body.len() <= WORD_LIMIT).and_then(|body| std::str::from_utf8(body).ok());
    let word = word.filter(|body| quoting::is_plain(body));
    let piped = if word.is_none() { body } else { None };
    if let Some(body) = piped {
        out.extend_from_slice(b"printf ");
        quoting::printf_format(body, out);
        out.extend_from_slice(b" | ");
    }
    out.extend_from_slice(b"http");
    if piped.is_none() {
        // In a script HTTPie would wait for a body on its standard input.
        out.extend_from_slice(b" --ignore-stdin");
    }
    // An account of ~/.netrc would take the place of the Authorization header.
    out.extend_from_slice(b" --ignore-netrc ");
    out.extend_from_slice(request.method.as_bytes());
    out.push(b' ');
    quoting::quoted(&format!("{}{}", request.url.origin(), request.url.target()), out);
    for name in OWN.iter().filter(|name| !request.headers.has(name)) {
        out.extend_from_slice(format!(" {name}:").as_bytes());
    }
    if body.is_some() && !request.headers.has("content-type") {
        out.extend_from_slice(b" Content-Type:");
    }
    for (index, header) in request.headers.iter().enumerate() {
        let item = item(header).map_err(|problem| Error::request(Field::Header(index + 1), problem))?;
        out.push(b' ');
        quoting::quoted(&item, out);
    }
    if let Some(word) = word {
        // With `=`, a body that begins with a dash is no option.
        out.extend_from_slice(b" --raw=");
        quoting::quoted(word, out);
    }
    out.push(b'\n');
    Ok(())
}

/// Says which part of the request cannot be sent, if there is one, headers aside.
fn check(request: &Request<'_>) -> Result<(), Error> {
    let refused = |field, how| Err(Error::request(field, Problem::NotFor { program: "httpie", how }));
    if request.handshake.is_some() {
        return refused(Field::Auth, " with NTLM; --send signs in");
    }
    if !request.method.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return refused(Field::Method, ": its methods are capital letters");
    }
    if request.method == "CONNECT" {
        return refused(Field::Method, ": it asks for a tunnel");
    }
    if request.headers.iter().filter(|header| header.is("host")).count() > 1 {
        return refused(Field::Headers, ": it sends one Host");
    }
    if request.method == "HEAD" && !request.body.sent().is_empty() {
        return refused(Field::Body, " with HEAD");
    }
    if request.url.as_str().len() > WORD_LIMIT {
        return Err(Error::request(Field::Url, Problem::TooLongFor { program: "httpie", limit: WORD_LIMIT }));
    }
    if is_sent_as_written(&request.url) { Ok(()) } else { Err(Error::request(Field::Url, Problem::WouldChange)) }
}

/// Returns true if the libraries behind HTTPie (requests, urllib3) and xh (the URL standard's parser) leave a URL as it is.
fn is_sent_as_written(url: &Url<'_>) -> bool {
    let host = url.host();
    let is_host = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'[' | b']' | b':')
    };
    let is_dots = |segment: &str| segment == "." || segment == "..";
    host.bytes().all(is_host)
        && !url.path().split('/').any(is_dots)
        && url.query() != Some("")
        && are_kept(url.target().as_bytes())
}

/// Returns true if every character of a target is one that stays, and every escape is needed and has capital letters: the
/// libraries write it so.
fn are_kept(target: &[u8]) -> bool {
    let mut rest = target;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        if *byte != b'%' {
            if !byte.is_ascii_alphanumeric() && !b"-._~!$&()*+,;=:@/?".contains(byte) {
                return false;
            }
            continue;
        }
        let [high, low, tail @ ..] = rest else { return false };
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'A'..=b'F' => Some(byte - b'A' + 10),
            _ => None,
        };
        let (Some(high), Some(low)) = (digit(*high), digit(*low)) else { return false };
        let meant = high << 4 | low;
        if meant.is_ascii_alphanumeric() || b"-._~".contains(&meant) {
            return false;
        }
        rest = tail;
    }
    true
}

/// Returns the word for a header: `Name:value`, or `Name;` for an empty value, since `Name:` takes a header away.
///
/// # Errors
/// Returns the problem if the header would be read as something else.
fn item(header: &Header<'_>) -> Result<String, Problem> {
    let refused = |how| Err(Problem::NotFor { program: "httpie", how });
    let value = header.value.trim_matches([' ', '\t']);
    if header.name.len() + value.len() > WORD_LIMIT {
        return Err(Problem::TooLongFor { program: "httpie", limit: WORD_LIMIT });
    }
    if header.name.starts_with('-') {
        return refused(": its name looks like an option");
    }
    let after_backslashes = value.split('\\').skip(1);
    if after_backslashes.into_iter().any(|rest| rest.is_empty() || rest.starts_with([':', '=', '@', ';'])) {
        return refused(": a backslash there escapes what is after it");
    }
    match value.chars().next() {
        None => Ok(format!("{};", header.name)),
        // `:@` would name a file, and `:=` a JSON value. White space around a value is no part of it.
        Some('@' | '=') => Ok(format!("{}: {value}", header.name)),
        Some(_) => Ok(format!("{}:{value}", header.name)),
    }
}
