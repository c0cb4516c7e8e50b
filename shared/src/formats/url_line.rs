//! One bare URL per line, which is a GET request.

use std::borrow::Cow;

use crate::error::{Error, Field};
use crate::request::Request;
use crate::variables::Variables;

/// Reads one line.
///
/// # Errors
/// Returns [`Error::UnknownShape`] if the text does not look like a URL, [`Error::Url`] if it cannot be used as one, and
/// [`Error::Variable`] if a name in it cannot be replaced.
pub(crate) fn read<'a>(text: &'a str, variables: &Variables) -> Result<Request<'a>, Error> {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let text = variables.resolver().part(Field::Url, Cow::Borrowed(text))?;
    if !looks_like_url(&text) {
        return Err(if lacks_scheme(&text) { Error::NoScheme } else { Error::UnknownShape });
    }
    Request::new(Cow::Borrowed("GET"), text)
}

/// Appends the URL on a line of its own.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(request.url.as_str().as_bytes());
    out.push(b'\n');
}

/// Returns true if the text would be a URL with a scheme in front: it begins with a name that has a dot, or with a port.
fn lacks_scheme(text: &str) -> bool {
    let authority = text.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let is_host = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let has_port = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    is_host && !text.contains([' ', '\t']) && (has_port || host.trim_matches('.').contains('.'))
}

/// Returns true if the text begins with a scheme (RFC 3986 section 3.1) and `://`.
fn looks_like_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}
