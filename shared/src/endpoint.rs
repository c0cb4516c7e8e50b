//! Hosts with ports, which connections are made to.

use std::fmt;

/// A host and a port. An IPv6 address is held without its brackets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// The name or address, in lower case.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl Endpoint {
    /// Parses `host:port`. If there is no port, it is `default_port`. Returns `None` if the text is not an authority, or
    /// if there is no port at all.
    pub fn parse(authority: &str, default_port: Option<u16>) -> Option<Self> {
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

    /// Returns the authority as a URL has it, without the port if it is the scheme's own.
    pub fn authority(&self, scheme_port: u16) -> String {
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
