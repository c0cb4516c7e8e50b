//! The destination of a plain HTTP request, read from the absolute form of its target.

use std::borrow::Cow;

use countersign_shared::endpoint::Endpoint;
use countersign_shared::wire::{Head, target_text};

/// The destination of a request to the proxy itself.
#[derive(Debug)]
pub(crate) struct Destination {
    /// The host and port to connect to.
    pub(crate) endpoint: Endpoint,
    /// The target in origin form (RFC 9112 section 3.2.1), byte for byte what followed the authority.
    pub(crate) origin_form: Vec<u8>,
    /// The URL as the line shows it, without user information, which the origin never sees.
    pub(crate) url: String,
}

/// The reason why a request cannot be passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoDestination {
    /// The target has no scheme and authority: the client uses the proxy's address as if it were a web server.
    #[error("this is a proxy: set it as http_proxy and https_proxy (curl -x) instead of opening it")]
    NotForProxy,
    /// The scheme is `https`, `ftp` or another that is not sent to proxies in absolute form.
    #[error("only http URLs can be requested from a proxy like this; https goes through CONNECT")]
    OtherScheme,
    /// The host is missing, or the port is not a number.
    #[error("the URL names no valid host")]
    BadAuthority,
}

impl Destination {
    /// Reads the absolute form (RFC 9112 section 3.2.2).
    ///
    /// # Errors
    /// Returns a [`NoDestination`] if the target is not an `http` URL with a valid host and port.
    pub(crate) fn of(head: &Head) -> Result<Self, NoDestination> {
        let target = head.target();
        let Some(colon) = target.windows(3).position(|window| window == b"://") else {
            return Err(NoDestination::NotForProxy);
        };
        let (scheme, rest) = (target.get(..colon).unwrap_or_default(), target.get(colon + 3..).unwrap_or_default());
        // The `://` stands in a path or query: the target is in origin form, which is for web servers.
        if scheme.contains(&b'/') {
            return Err(NoDestination::NotForProxy);
        }
        if !scheme.eq_ignore_ascii_case(b"http") {
            return Err(NoDestination::OtherScheme);
        }
        let end = rest.iter().position(|byte| b"/?#".contains(byte)).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        let authority = std::str::from_utf8(authority).map_err(|_| NoDestination::BadAuthority)?;
        // A host has no `@`, but a carelessly written password may, so the last one counts.
        let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let endpoint = Endpoint::parse(authority, Some(80)).ok_or(NoDestination::BadAuthority)?;
        // `OPTIONS http://host` asks about the whole server (RFC 9112 section 3.2.4).
        let is_asterisk = path.is_empty() && head.method() == b"OPTIONS";
        let origin_form = match path.first() {
            Some(b'/') => Cow::Borrowed(path),
            _ if is_asterisk => Cow::Borrowed(b"*".as_slice()),
            // An empty path is sent as `/` (RFC 9112 section 3.2.1), before a query too.
            _ => Cow::Owned([b"/", path].concat()),
        };
        let shown = if is_asterisk { Cow::Borrowed("/") } else { target_text(&origin_form) };
        Ok(Self { url: format!("http://{authority}{shown}"), origin_form: origin_form.into_owned(), endpoint })
    }
}
