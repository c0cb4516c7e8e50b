//! Reads the requests to the listener.

use std::io::{BufRead, Read as _};

use countersign_shared::wire;

/// The limit in bytes of a request's head. It is generous because browsers send the cookies of all programs on this host:
/// cookies don't tell ports apart.
const LONGEST_HEAD: u64 = 64 << 10;

/// The limit in bytes of a body: an answer with two tokens in it has some thousand.
const LONGEST_BODY: u64 = 256 << 10;

/// A request to the listener, as far as it is looked at.
pub(super) struct Asked {
    pub(super) target: String,
    pub(super) host: String,
    /// The page that sent the request, as far as the browser tells it.
    pub(super) from: Source,
    /// The rest of the request.
    pub(super) content: Content,
}

/// The content of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A GET has none.
    Nothing,
    /// The form of a POST.
    Form(String),
    /// Something that no redirect brings.
    Other,
}

/// The page that sent a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// One of this origin (RFC 6454 section 7).
    Origin(String),
    /// One of another site or origin, whose name is not told (`Origin: null`, or `Sec-Fetch-Site` alone).
    Another,
    /// The browser does not say.
    Unknown,
}

/// Reads a GET request, or a POST of a form. Returns `None`, and the connection is closed without an answer, if it is no
/// request or too long: no browser sends that to a redirect URI.
pub(super) fn read(reader: &mut impl BufRead) -> Option<Asked> {
    let head = wire::read_head(wire::MessageKind::Request, &mut reader.take(LONGEST_HEAD)).ok()?;
    let target = std::str::from_utf8(head.target()).ok().filter(|target| target.starts_with('/'))?;
    let value = |name: &'static str| head.value(name).and_then(|value| std::str::from_utf8(value).ok());
    let host = value("host").unwrap_or_default().to_owned();
    let from = match (value("origin"), value("sec-fetch-site")) {
        (Some("null"), _) | (None, Some("cross-site" | "same-site")) => Source::Another,
        (Some(origin), _) => Source::Origin(origin.to_owned()),
        (None, _) => Source::Unknown,
    };
    let target = target.to_owned();
    let content = match head.method() {
        b"GET" => Content::Nothing,
        b"POST" => {
            // Any page may send a form or plain text anywhere, but this type names what is sent.
            let kind = value("content-type").unwrap_or_default().split(';').next().unwrap_or_default().trim();
            let length: Option<u64> = value("content-length").and_then(|length| length.trim().parse().ok());
            let length = length.filter(|length| *length <= LONGEST_BODY && head.value("transfer-encoding").is_none());
            match length {
                Some(length) if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") => {
                    let mut form = String::new();
                    reader.take(length).read_to_string(&mut form).ok().filter(|read| *read as u64 == length)?;
                    Content::Form(form)
                }
                _ => Content::Other,
            }
        }
        _ => Content::Other,
    };
    Some(Asked { target, host, from, content })
}
