//! A bare URL a line: a request that gets it.

use std::borrow::Cow;

use crate::error::Error;
use crate::request::Request;

/// Reads one line.
///
/// # Errors
/// What is wrong with the URL; [`Error::UnknownShape`] for text that is not like one.
pub fn read(text: &str) -> Result<Request<'_>, Error> {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    if !looks_like_url(text) {
        return Err(Error::UnknownShape);
    }
    Request::new(Cow::Borrowed("GET"), Cow::Borrowed(text))
}

/// A scheme (RFC 3986 section 3.1) and `://`.
fn looks_like_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}
