//! The proxies that requests go through: the one that an option names, else those of the environment (`http_proxy`,
//! `https_proxy`, `all_proxy`, `no_proxy`), read as curl reads them.

use std::net::IpAddr;

use base64::Engine as _;

use crate::encode::{BASE64, percent_decoded};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::secret::Secret;
use crate::url::Protocol;

/// A proxy.
#[derive(Clone, Debug)]
pub struct Proxy {
    /// Its host and port.
    pub endpoint: Endpoint,
    /// TLS or plain text, on the connection to the proxy itself.
    pub tls: Tls,
    credentials: Option<Secret>,
    url: Secret,
}

/// A choice whether a connection is TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Plain text.
    No,
    /// TLS.
    Yes,
}

/// The proxies for all origins.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    http: Option<Proxy>,
    https: Option<Proxy>,
    exempt: Vec<Exemption>,
}

impl Proxies {
    /// Reads `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, in lower and upper case.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a variable names a proxy of a kind that is not supported.
    pub fn from_environment() -> Result<Self, Error> {
        let all = || proxy_named(&["all_proxy", "ALL_PROXY"]);
        let http = proxy_named(&["http_proxy", "HTTP_PROXY"])?.map_or_else(all, |proxy| Ok(Some(proxy)))?;
        let https = proxy_named(&["https_proxy", "HTTPS_PROXY"])?.map_or_else(all, |proxy| Ok(Some(proxy)))?;
        Ok(Self { http, https, exempt: exempt() })
    }

    /// Parses the value of an option: one proxy for everything that `no_proxy` does not exempt. An empty text means no
    /// proxy.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the proxy is of a kind that is not supported.
    pub fn from_option(name: &str, text: &str) -> Result<Self, Error> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let proxy = Proxy::named(name, text)?;
        Ok(Self { http: Some(proxy.clone()), https: Some(proxy), exempt: exempt() })
    }

    /// Returns the same proxies without those for which `keep` returns false.
    #[must_use]
    pub fn retain(self, keep: impl Fn(&Proxy) -> bool) -> Self {
        Self { http: self.http.filter(&keep), https: self.https.filter(&keep), exempt: self.exempt }
    }

    /// Returns the proxy on the way to an origin, or `None` if the origin is connected to directly.
    #[must_use]
    pub fn get(&self, protocol: Protocol, endpoint: &Endpoint) -> Option<&Proxy> {
        let proxy = match protocol {
            Protocol::Http => &self.http,
            Protocol::Https => &self.https,
        };
        if self.exempt.iter().any(|exemption| exemption.covers(endpoint)) { None } else { proxy.as_ref() }
    }
}

fn exempt() -> Vec<Exemption> {
    variable(&["no_proxy", "NO_PROXY"]).map_or_else(Vec::new, |(_, list)| Exemption::list(&list))
}

fn variable(names: &[&'static str]) -> Option<(&'static str, String)> {
    names.iter().find_map(|name| Some((*name, std::env::var(name).ok().filter(|value| !value.trim().is_empty())?)))
}

fn proxy_named(names: &[&'static str]) -> Result<Option<Proxy>, Error> {
    let Some((name, value)) = variable(names) else { return Ok(None) };
    Proxy::named(name, value.trim()).map(Some)
}

impl Proxy {
    fn named(name: &str, text: &str) -> Result<Self, Error> {
        Self::parse(text).ok_or_else(|| {
            Error::Usage(format!("{name}: not a proxy that is known: write http://HOST:PORT or https://HOST:PORT"))
        })
    }

    /// Parses `[http[s]://][user[:password]@]host[:port][/]`. Without a port it is curl's default, 1080, or 443 for
    /// `https`.
    fn parse(text: &str) -> Option<Self> {
        let (tls, rest) = match text.split_once("://") {
            None => (Tls::No, text),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (Tls::No, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (Tls::Yes, rest),
            Some(_) => return None,
        };
        // The last `@` ends the userinfo, since a password may have one that is not escaped.
        let (user, authority) = match rest.rsplit_once('@') {
            Some((user, authority)) => (Some(user), authority),
            None => (None, rest),
        };
        let default_port = if tls == Tls::Yes { 443 } else { 1080 };
        let endpoint = Endpoint::parse(authority.trim_end_matches('/'), Some(default_port))?;
        let credentials = user.map(|user| {
            let (name, password) = user.split_once(':').unwrap_or((user, ""));
            let plain = [percent_decoded(name), percent_decoded(password)].join(&b':');
            Secret::new(format!("Basic {}", BASE64.encode(plain)))
        });
        let scheme = if tls == Tls::Yes { "https" } else { "http" };
        let userinfo = user.map(|user| format!("{user}@")).unwrap_or_default();
        let url = Secret::new(format!("{scheme}://{userinfo}{endpoint}"));
        Some(Self { endpoint, tls, credentials, url })
    }

    /// Returns the proxy as a URL, credentials included.
    #[must_use]
    pub fn url(&self) -> &Secret {
        &self.url
    }

    /// Returns the header line that identifies us, with its line break; empty if the user gave no credentials.
    #[must_use]
    pub fn authorization(&self) -> Vec<u8> {
        let line = |secret: &Secret| format!("Proxy-Authorization: {}\r\n", secret.expose()).into_bytes();
        self.credentials.as_ref().map(line).unwrap_or_default()
    }
}

/// One entry of `no_proxy`, as curl reads it.
#[derive(Clone, Debug)]
enum Exemption {
    Everything,
    /// A name and its subdomains, perhaps only for one port.
    Name(String, Option<u16>),
    /// An address range: address and number of leading bits.
    Range(IpAddr, u8),
}

impl Exemption {
    fn list(text: &str) -> Vec<Self> {
        text.split([',', ' ']).map(str::trim).filter(|entry| !entry.is_empty()).map(Self::parse).collect()
    }

    fn parse(entry: &str) -> Self {
        if entry == "*" {
            return Self::Everything;
        }
        let (address, bits) = entry.split_once('/').map_or((entry, None), |(address, bits)| (address, Some(bits)));
        let bare = address.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>() {
            let all = if address.is_ipv4() { 32 } else { 128 };
            return Self::Range(address, bits.and_then(|bits| bits.parse().ok()).unwrap_or(all).min(all));
        }
        // A dot in front makes no difference to curl: the name itself is covered too.
        let name = entry.strip_prefix("*.").or_else(|| entry.strip_prefix('.')).unwrap_or(entry);
        match Endpoint::parse(name, Some(0)) {
            Some(Endpoint { host, port }) => Self::Name(host, Some(port).filter(|port| *port != 0)),
            None => Self::Name(name.to_ascii_lowercase(), None),
        }
    }

    fn covers(&self, endpoint: &Endpoint) -> bool {
        match self {
            Self::Everything => true,
            Self::Name(name, port) => {
                let is_port = port.is_none_or(|port| port == endpoint.port);
                let sub = endpoint.host.strip_suffix(name.as_str());
                is_port && sub.is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
            }
            Self::Range(range, bits) => endpoint.host.parse().is_ok_and(|address| in_range(address, *range, *bits)),
        }
    }
}

fn in_range(address: IpAddr, range: IpAddr, bits: u8) -> bool {
    // A shift by all 128 bits, as for `::/0`, overflows; such a range holds every address.
    let leading = |value: u128, width: u32| value.checked_shr(width - u32::from(bits)).unwrap_or(0);
    match (address, range) {
        (IpAddr::V4(a), IpAddr::V4(b)) => leading(a.to_bits().into(), 32) == leading(b.to_bits().into(), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => leading(a.to_bits(), 128) == leading(b.to_bits(), 128),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exempt(list: &str, authority: &str) -> bool {
        let Some(endpoint) = Endpoint::parse(authority, Some(443)) else { return false };
        Exemption::list(list).iter().any(|exemption| exemption.covers(&endpoint))
    }

    #[test]
    fn no_proxy_is_read_as_curl_reads_it() {
        assert!(exempt("example.com, other.test", "www.example.com"));
        assert!(exempt(".example.com", "example.com"));
        assert!(!exempt("example.com", "badexample.com"));
        assert!(exempt("*", "anything"));
        assert!(exempt("10.0.0.0/8", "10.1.2.3"));
        assert!(!exempt("10.0.0.0/8", "11.1.2.3"));
        assert!(exempt("::1", "[::1]"));
        assert!(exempt("0.0.0.0/0", "1.2.3.4"));
        assert!(exempt("h:8443", "h:8443"));
        assert!(!exempt("h:8443", "h:443"));
    }

    #[test]
    fn a_proxy_is_read_with_scheme_port_and_credentials() {
        let proxy = Proxy::parse("http://us%3Aer:p%40ss@h:3128/");
        let proxy = proxy.as_ref();
        assert_eq!(proxy.map(|proxy| proxy.endpoint.to_string()).as_deref(), Some("h:3128"));
        let line = proxy.map(Proxy::authorization).unwrap_or_default();
        assert_eq!(line, format!("Proxy-Authorization: Basic {}\r\n", BASE64.encode("us:er:p@ss")).into_bytes());
        assert!(Proxy::parse("h:1").is_some_and(|proxy| proxy.authorization().is_empty()));
        assert!(Proxy::parse("https://h").is_some_and(|proxy| proxy.tls == Tls::Yes && proxy.endpoint.port == 443));
        assert!(Proxy::parse("socks5://h:1").is_none());
    }
}
