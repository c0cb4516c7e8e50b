//! Whose cookies: a domain with its subdomains, or one host.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::Cookie;
use crate::bridge::message::Domain;
use crate::error::Error;

impl Domain {
    /// Reads `example.com` (with subdomains) or `https://example.com` (that host alone). Ports are ignored.
    ///
    /// # Errors
    /// It is neither, or a public suffix: nobody's cookies are those of all of `co.uk`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = |problem: &str| {
            let advice = "write example.com, or https://example.com for that host alone";
            Error::Usage(format!("{text}: {problem}; {advice}"))
        };
        let (host, host_only) = match text.split_once("://") {
            Some(("http" | "https", rest)) => (rest.strip_suffix('/').unwrap_or(rest), true),
            Some(_) => return Err(wrong("is no https URL")),
            None => (text.strip_prefix('.').unwrap_or(text), false),
        };
        let name = host_name(without_port(host)).ok_or_else(|| wrong("is not a domain"))?;
        if !host_only && is_known_suffix(&name) {
            return Err(wrong("is a public suffix, under which everybody has a domain"));
        }
        Ok(Self { name, host_only })
    }

    /// The host alone that a URL is of.
    #[must_use]
    pub fn of_host(host: &str) -> Self {
        Self { name: host.to_ascii_lowercase(), host_only: true }
    }

    /// Whether a cookie is one of its: those that a request to the host would carry, and those of hosts below.
    #[must_use]
    pub fn covers(&self, cookie: &Cookie) -> bool {
        is_sent_to(unbracketed(&self.name), cookie) || (!self.host_only && is_below(&cookie.domain, &self.name))
    }

    /// Whether the cookies of a host are among its.
    #[must_use]
    pub fn covers_host(&self, host: &str) -> bool {
        self.name == host || (!self.host_only && is_below(host, &self.name))
    }
}

/// Whether a request to this host, in lower case, gets the cookie, as far as its domain goes (RFC 6265 section 5.1.3). A
/// cookie of a public suffix is for that host alone (section 5.3 step 5).
#[must_use]
pub fn is_sent_to(host: &str, cookie: &Cookie) -> bool {
    host == cookie.domain || (!cookie.host_only && is_below(host, &cookie.domain) && !is_public_suffix(&cookie.domain))
}

/// Whether a host is below a domain. Addresses are below nothing.
fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')) && !is_address(host)
}

/// An IP address, without brackets.
#[must_use]
pub fn is_address(host: &str) -> bool {
    host.parse::<Ipv4Addr>().is_ok() || host.parse::<Ipv6Addr>().is_ok()
}

/// Whether it is a public suffix: `com`, `co.uk`, `github.io`, and any name without a dot.
#[must_use]
pub fn is_public_suffix(domain: &str) -> bool {
    !is_address(domain) && psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.as_bytes() == domain.as_bytes())
}

/// Whether the list itself names it: `localhost` and the names of an intranet are of no use to anybody else.
fn is_known_suffix(domain: &str) -> bool {
    is_public_suffix(domain) && psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.is_known())
}

/// An IPv6 address without its brackets; any other host as it is.
#[must_use]
pub fn unbracketed(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

fn without_port(host: &str) -> &str {
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    match host.rsplit_once(':') {
        // `::1` is an address.
        Some((name, port)) if is_port(port) && (!name.contains(':') || name.ends_with(']')) => name,
        _ => host,
    }
}

/// A host as browsers write it: lower case, other scripts as `xn--` (RFC 5891), IPv6 addresses in brackets.
fn host_name(host: &str) -> Option<String> {
    if let Ok(address) = unbracketed(host).parse::<Ipv6Addr>() {
        return Some(format!("[{address}]"));
    }
    let name = idna::domain_to_ascii(host).ok()?;
    let is_label = |label: &str| {
        let is_inner = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        (1..=63).contains(&label.len()) && label.bytes().all(is_inner)
    };
    (name.len() <= 253 && name.split('.').all(is_label)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::tests::cookie;
    use super::*;

    fn domain(text: &str) -> Domain {
        Domain::parse(text).unwrap_or_else(|_| Domain { name: String::new(), host_only: false })
    }

    #[test]
    fn a_domain_is_what_people_type() {
        for (typed, name, host_only) in [
            ("example.com", "example.com", false),
            (".Example.COM", "example.com", false),
            ("example.com:8080", "example.com", false),
            ("https://example.com", "example.com", true),
            ("https://example.com:8443/", "example.com", true),
            ("http://localhost:3000", "localhost", true),
            ("localhost", "localhost", false),
            ("127.0.0.1:80", "127.0.0.1", false),
            ("https://[::1]:80", "[::1]", true),
            ("::1", "[::1]", false),
            ("bücher.example", "xn--bcher-kva.example", false),
            ("https://github.io", "github.io", true),
            ("me.github.io", "me.github.io", false),
            ("intranet", "intranet", false),
        ] {
            assert_eq!(domain(typed), Domain { name: name.to_owned(), host_only }, "{typed}");
        }
        for wrong in [
            "",
            "com",
            "co.uk",
            "github.io",
            "ftp://example.com",
            "a b",
            "https://",
            "*.example.com",
            "a..b",
            "https://example.com/path",
            "a@b.example",
        ] {
            assert!(matches!(Domain::parse(wrong), Err(Error::Usage(_))), "{wrong}");
        }
    }

    #[test]
    fn a_domain_is_printed_as_it_is_typed() {
        for text in ["example.com", "https://example.com", "localhost"] {
            assert_eq!(domain(text).to_string(), text);
        }
    }

    #[test]
    fn a_domain_covers_what_a_request_to_it_would_carry() {
        let with_subdomains = domain("www.example.com");
        let host_alone = domain("https://www.example.com");
        for (of, in_domain, in_host) in [
            ("www.example.com", true, true),
            (".www.example.com", true, true),
            (".example.com", true, true),
            ("a.www.example.com", true, false),
            (".a.www.example.com", true, false),
            ("example.com", false, false),
            ("other.example.com", false, false),
            (".wwww.example.com", false, false),
            ("xwww.example.com", false, false),
            (".com", false, false),
        ] {
            let cookie = cookie(of, "a", "1");
            assert_eq!((with_subdomains.covers(&cookie), host_alone.covers(&cookie)), (in_domain, in_host), "{of}");
        }
    }

    #[test]
    fn a_cookie_of_a_public_suffix_is_for_that_host_alone() {
        assert!(!is_sent_to("a.co.uk", &cookie(".co.uk", "a", "1")));
        assert!(is_sent_to("co.uk", &cookie(".co.uk", "a", "1")));
        assert!(!is_sent_to("me.github.io", &cookie(".github.io", "a", "1")));
        assert!(is_sent_to("a.me.github.io", &cookie(".me.github.io", "a", "1")));
        assert!(!is_sent_to("1.2.3.4", &cookie(".3.4", "a", "1")));
    }

    #[test]
    fn an_address_is_a_host() {
        assert!(domain("[::1]").covers(&cookie("::1", "a", "1")));
        assert!(domain("127.0.0.1").covers(&cookie("127.0.0.1", "a", "1")));
        assert!(domain("https://[::1]:8080").covers_host("[::1]"));
    }
}
