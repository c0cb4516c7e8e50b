//! The hosts that `--credentials-for` names: lines that ask for a signature get the user's own credentials for these only.

use countersign_shared::request::Request;
use countersign_shared::url::Url;

/// A host, or all hosts below a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TrustedHost {
    names: Names,
    /// The port, if only that one is meant.
    port: Option<u16>,
}

/// The names that are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Names {
    /// This host alone.
    One(String),
    /// Every host whose name ends so: `.example.com`.
    Below(String),
}

impl TrustedHost {
    /// Parses `HOST`, `HOST:PORT` or `*.DOMAIN`.
    ///
    /// # Errors
    /// Returns a text for the person who typed it if that is not a host.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (is_wild, name) = text.strip_prefix("*.").map_or((false, text), |rest| (true, rest));
        // The URL that is parsed below would take `a/b` or `user@a` for another host than the one that was typed.
        let is_plain = !name.is_empty() && !name.contains(['/', '@', '?', '#', '*']);
        let url = Url::parse(format!("http://{name}/").into()).ok().filter(|_| is_plain);
        let Some((url, _)) = url else {
            return Err("not a host, such as api.example.com or *.example.com".to_owned());
        };
        let host = url.ascii_host().into_owned();
        // A star for all of .com or for all addresses would name hosts that are anybody's.
        if is_wild && (!host.contains('.') || host.ends_with(|last: char| last.is_ascii_digit())) {
            return Err("too wide: *. needs a domain behind it, such as *.example.com".to_owned());
        }
        let names = if is_wild { Names::Below(format!(".{host}")) } else { Names::One(host) };
        Ok(Self { names, port: url.port() })
    }

    fn covers(&self, url: &Url<'_>) -> bool {
        let host = url.ascii_host();
        let is_named = match &self.names {
            Names::One(name) => *name == host,
            // The end begins with a dot, so that `evilexample.com` is not below `example.com`.
            Names::Below(end) => host.len() > end.len() && host.ends_with(end.as_str()),
        };
        is_named && self.port.is_none_or(|port| port == url.effective_port())
    }
}

/// Returns true if a request may have the user's own credentials: its URL's host is named, and so is the host of its `Host`
/// header, which is the one that is signed.
pub(crate) fn covers(hosts: &[TrustedHost], request: &Request<'_>) -> bool {
    let is_covered = |url: &Url<'_>| hosts.iter().any(|host| host.covers(url));
    let mut given = request.headers.iter().filter(|header| header.is("host"));
    is_covered(&request.url)
        && given.all(|header| {
            let protocol = request.url.protocol().as_str();
            let url = Url::parse(format!("{protocol}://{}/", header.value.trim()).into());
            // A `Host` with an `@` is no host, and programs could disagree about which side of it counts.
            url.is_ok_and(|(url, userinfo)| userinfo.is_none() && is_covered(&url))
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn is_covered(host: &str, url: &str) -> bool {
        covers(&[TrustedHost::parse(host).unwrap()], &Request::new("GET", url.to_owned()).unwrap())
    }

    #[test]
    fn a_host_is_itself_and_a_star_is_what_lies_below() {
        for (host, url) in [
            ("api.example.com", "https://API.example.com/"),
            ("API.Example.com", "https://api.example.com:8443/"),
            ("*.example.com", "https://a.b.example.com/"),
            ("bücher.example", "https://xn--bcher-kva.example/"),
            ("[::1]", "http://[::1]:80/"),
            ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
        ] {
            assert!(is_covered(host, url), "{host} {url}");
        }
        for (host, url) in [
            ("example.com", "https://api.example.com/"),
            ("*.example.com", "https://example.com/"),
            ("*.example.com", "https://badexample.com/"),
            ("*.example.com", "https://example.com.evil.example/"),
            ("api.example.com", "https://api.example.com.evil.example/"),
            ("api.example.com", "https://evil.example/api.example.com"),
            ("127.0.0.1:8080", "http://127.0.0.1:8081/"),
        ] {
            assert!(!is_covered(host, url), "{host} {url}");
        }
        for text in ["", "*", "*.", "*.com", "*.*.com", "a/b", "u@h", "https://h", "*.0.0.1", "a b"] {
            assert!(TrustedHost::parse(text).is_err(), "{text}");
        }
    }
}
