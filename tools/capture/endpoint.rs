//! Where a request goes: the authority of a CONNECT, the absolute form of a target.

use std::borrow::Cow;
use std::fmt;

use crate::wire::{Head, target_text};

/// A host and a port. An IPv6 address is held without its brackets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Endpoint {
    /// Name or address, in lower case.
    pub(crate) host: String,
    /// The port.
    pub(crate) port: u16,
}

impl Endpoint {
    /// Reads `host:port`; `default_port` is for when there is none.
    pub(crate) fn parse(authority: &str, default_port: Option<u16>) -> Option<Self> {
        let (host, port) = match authority.strip_prefix('[') {
            Some(rest) => {
                let (address, after) = rest.split_once(']')?;
                address.parse::<std::net::Ipv6Addr>().ok()?;
                (address, after.strip_prefix(':').or(after.is_empty().then_some(""))?)
            }
            None => authority.split_once(':').unwrap_or((authority, "")),
        };
        let is_host = |byte: u8| byte > b' ' && byte != 0x7f && !b"/?#@[]\\<>\"".contains(&byte);
        if host.is_empty() || host.len() > 255 || !host.bytes().all(is_host) {
            return None;
        }
        let port = match port {
            "" => default_port?,
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok()?,
            _ => return None,
        };
        Some(Self { host: host.to_ascii_lowercase(), port })
    }

    /// The authority as a URL has it; the scheme's own port is left out.
    pub(crate) fn authority(&self, scheme_port: u16) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == scheme_port { host } else { format!("{host}:{}", self.port) }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_is_a_host_and_a_port() {
        let parse = |text| Endpoint::parse(text, Some(80)).map(|endpoint| endpoint.to_string());
        assert_eq!(parse("Example.com").as_deref(), Some("example.com:80"));
        assert_eq!(parse("example.com:8080").as_deref(), Some("example.com:8080"));
        assert_eq!(parse("example.com:").as_deref(), Some("example.com:80"));
        assert_eq!(parse("[::1]:443").as_deref(), Some("[::1]:443"));
        assert_eq!(parse("[::1]").as_deref(), Some("[::1]:80"));
        for bad in ["", ":80", "h:x", "h:99999", "h:80:80", "[::1]x", "[x]:1", "a b", "a/b", "::1"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
        assert_eq!(Endpoint::parse("h", None), None);
    }
}
