//! Where a request goes: the authority of a CONNECT, the absolute form of a target.

use std::borrow::Cow;

use countersign_shared::endpoint::Endpoint;
use countersign_shared::wire::{Head, target_text};

/// Where a request to the proxy itself goes, and how it is written there.
#[derive(Debug)]
pub(crate) struct Destination {
    /// What to connect to.
    pub(crate) endpoint: Endpoint,
    /// The target in origin form (RFC 9112 section 3.2.1), byte for byte what stood behind the authority.
    pub(crate) origin_form: Vec<u8>,
    /// The URL as the line has it: without user information, which the origin never sees.
    pub(crate) url: String,
}

/// Why a request cannot be passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoDestination {
    /// Somebody opened the proxy's address as if it were a web server.
    #[error("this is a proxy: set it as http_proxy and https_proxy (curl -x) instead of opening it")]
    NotForProxy,
    /// `https:`, `ftp:`…
    #[error("only http: URLs are asked for in full; https: goes through CONNECT")]
    OtherScheme,
    /// No host, or no port number.
    #[error("the URL names no host that could be connected to")]
    BadAuthority,
}

impl Destination {
    /// Reads the absolute form (RFC 9112 section 3.2.2).
    pub(crate) fn of(head: &Head) -> Result<Self, NoDestination> {
        let target = head.target();
        let Some(colon) = target.windows(3).position(|window| window == b"://") else {
            return Err(NoDestination::NotForProxy);
        };
        let (scheme, rest) = (target.get(..colon).unwrap_or_default(), target.get(colon + 3..).unwrap_or_default());
        if scheme.contains(&b'/') {
            return Err(NoDestination::NotForProxy);
        }
        if !scheme.eq_ignore_ascii_case(b"http") {
            return Err(NoDestination::OtherScheme);
        }
        let end = rest.iter().position(|byte| b"/?#".contains(byte)).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        let authority = std::str::from_utf8(authority).map_err(|_| NoDestination::BadAuthority)?;
        let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let endpoint = Endpoint::parse(authority, Some(80)).ok_or(NoDestination::BadAuthority)?;
        let is_asterisk = path.is_empty() && head.method() == b"OPTIONS";
        let origin_form = match path.first() {
            Some(b'/') => Cow::Borrowed(path),
            _ if is_asterisk => Cow::Borrowed(b"*".as_slice()),
            _ => Cow::Owned([b"/", path].concat()),
        };
        let shown = if is_asterisk { Cow::Borrowed("/") } else { target_text(&origin_form) };
        Ok(Self { url: format!("http://{authority}{shown}"), origin_form: origin_form.into_owned(), endpoint })
    }
}
