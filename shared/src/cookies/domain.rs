//! The rules that tell which domain or host a cookie belongs to.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::Cookie;
use crate::bridge::message::Domain;
use crate::error::Error;
use crate::url::unbracketed;

impl Domain {
    /// Parses `example.com` (with subdomains) or `https://example.com` (that host alone). A port is ignored, since
    /// cookies are shared by all ports of a host.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the text is neither, or names a public suffix such as `co.uk` with its subdomains:
    /// those are the sites of everyone.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = |problem: &str| {
            let advice = "write example.com, or https://example.com for that host alone";
            Error::Usage(format!("{text}: {problem}; {advice}"))
        };
        let (host, host_only) = match text.split_once("://") {
            Some(("http" | "https", rest)) => (rest.strip_suffix('/').unwrap_or(rest), true),
            Some(_) => return Err(wrong("is not an https URL")),
            None => (text.strip_prefix('.').unwrap_or(text), false),
        };
        let name = host_name(without_port(host)).ok_or_else(|| wrong("is not a domain"))?;
        if !host_only && is_known_suffix(&name) {
            return Err(wrong("is a public suffix, under which everybody has a domain"));
        }
        Ok(Self { name, host_only })
    }

    /// Returns the domain that stands for one host alone.
    #[must_use]
    pub fn of_host(host: &str) -> Self {
        Self { name: host.to_ascii_lowercase(), host_only: true }
    }

    /// Returns true if a cookie belongs to the domain: a request to the host would carry it, or one to a subdomain that
    /// is covered.
    #[must_use]
    pub fn covers(&self, cookie: &Cookie) -> bool {
        is_sent_to(unbracketed(&self.name), cookie) || (!self.host_only && is_below(&cookie.domain, &self.name))
    }

    /// Returns true if a host belongs to the domain.
    #[must_use]
    pub fn covers_host(&self, host: &str) -> bool {
        self.name == host || (!self.host_only && is_below(host, &self.name))
    }
}

/// Returns true if the domain of a cookie lets a request to this host carry it (RFC 6265 section 5.1.3). The host is in
/// lower case. A cookie of a public suffix goes to that host alone (section 5.3 step 5).
#[must_use]
pub fn is_sent_to(host: &str, cookie: &Cookie) -> bool {
    host == cookie.domain || (!cookie.host_only && is_below(host, &cookie.domain) && !is_public_suffix(&cookie.domain))
}

/// Returns true if a host is a subdomain of a domain. An IP address never is.
fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')) && !is_address(host)
}

/// Returns true for an IP address without brackets.
#[must_use]
pub fn is_address(host: &str) -> bool {
    host.parse::<Ipv4Addr>().is_ok() || host.parse::<Ipv6Addr>().is_ok()
}

/// Returns true for a public suffix: `com`, `co.uk`, `github.io`, and any name without a dot.
#[must_use]
pub fn is_public_suffix(domain: &str) -> bool {
    !is_address(domain) && psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.as_bytes() == domain.as_bytes())
}

/// Returns the registrable domain of a host in lower case, which is a public suffix and one label before it: `example.co.uk` of
/// `id.example.co.uk`. An IP address, a public suffix and a name without a dot have none.
#[must_use]
pub fn registrable(host: &str) -> Option<&str> {
    if is_address(unbracketed(host)) {
        return None;
    }
    psl::domain_str(host)
}

/// Returns true if the public suffix list names the domain. A name without a dot that it does not name, such as
/// `localhost`, has one owner, so its cookies may be asked for.
fn is_known_suffix(domain: &str) -> bool {
    is_public_suffix(domain) && psl::suffix(domain.as_bytes()).is_some_and(|suffix| suffix.is_known())
}

fn without_port(host: &str) -> &str {
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    match host.rsplit_once(':') {
        // In `::1` the digits after the colon are part of the address.
        Some((name, port)) if is_port(port) && (!name.contains(':') || name.ends_with(']')) => name,
        _ => host,
    }
}

/// Returns a host as browsers write it: lower case, other scripts as `xn--` (RFC 5891), IPv6 addresses in brackets.
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
