//! The cookies of a file in Netscape's format that a request would carry, as `curl -b FILE` reads it.

use std::borrow::Cow;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::error::Error;
use crate::url::{Protocol, Url};

/// The cookies of a file, those with longer paths first (RFC 6265 section 5.4).
pub(super) struct File(Vec<Cookie>);

/// A cookie that has not expired.
struct Cookie {
    domain: String,
    subdomains: bool,
    path: String,
    secure: bool,
    /// `name=value`
    pair: String,
}

impl File {
    /// Reads a file.
    ///
    /// # Errors
    /// Returns [`Error::Curl`] if the file is not UTF-8.
    pub(super) fn read(content: &[u8]) -> Result<Self, Error> {
        let content = std::str::from_utf8(content).map_err(|_| Error::Curl("-b: the file is not UTF-8".to_owned()))?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let mut cookies: Vec<Cookie> = content.lines().filter_map(|line| cookie(line, now)).collect();
        // curl's order: longer paths, domains and names first, and of equal ones the newest.
        cookies.reverse();
        cookies.sort_by_key(|cookie| {
            let name = cookie.pair.find('=').unwrap_or_default();
            std::cmp::Reverse((cookie.path.len(), cookie.domain.len(), name))
        });
        Ok(Self(cookies))
    }

    /// Returns `name=value` for each cookie that fits the URL.
    ///
    /// # Errors
    /// Returns [`Error::Url`] if the URL is not one.
    pub(super) fn matching(&self, url: &str) -> Result<impl Iterator<Item = &str>, Error> {
        let (url, _) = Url::parse(Cow::Borrowed(url))?;
        let (host, path, is_secure) = (url.ascii_host().into_owned(), url.path().to_owned(), is_secure(&url));
        let fits = move |cookie: &&Cookie| {
            domain_fits(cookie, &host) && path_fits(&cookie.path, &path) && (!cookie.secure || is_secure)
        };
        Ok(self.0.iter().filter(fits).map(|cookie| cookie.pair.as_str()))
    }
}

/// Returns true if no other machine can read along: the protocol is HTTPS, or the server is on this machine.
fn is_secure(url: &Url<'_>) -> bool {
    url.protocol() == Protocol::Https || matches!(url.ascii_host().as_ref(), "127.0.0.1" | "[::1]" | "localhost")
}

/// Reads seven fields between tabs: domain, with subdomains or not, path, secure or not, expiry (0: with the session),
/// name, value. Returns `None` if the line is no cookie, or if the cookie has expired.
fn cookie(line: &str, now: u64) -> Option<Cookie> {
    const HEADER: &str = "set-cookie:";
    if line.get(..HEADER.len()).is_some_and(|start| start.eq_ignore_ascii_case(HEADER)) {
        return of_header(line.get(HEADER.len()..)?);
    }
    // Lines with this mark look like comments, but curl reads cookies from them.
    let line = line.strip_prefix("#HttpOnly_").unwrap_or(line);
    let fields: Vec<&str> = line.split('\t').collect();
    let [domain, subdomains, path, secure, expires, name, value] = fields.as_slice() else { return None };
    if line.starts_with('#') {
        return None;
    }
    let expires: u64 = expires.parse().ok()?;
    (expires == 0 || expires > now).then(|| Cookie {
        domain: domain.trim_start_matches('.').to_ascii_lowercase(),
        subdomains: *subdomains == "TRUE",
        path: (*path).to_owned(),
        secure: *secure == "TRUE",
        pair: format!("{name}={value}"),
    })
}

/// Reads the value of a `Set-Cookie` header, which a file of headers (`curl -D FILE`) has. Without a domain, the cookie is for
/// every host.
fn of_header(value: &str) -> Option<Cookie> {
    let mut parts = value.split(';').map(str::trim);
    let (name, content) = parts.next()?.split_once('=')?;
    let mut cookie = Cookie {
        domain: String::new(),
        subdomains: true,
        path: String::new(),
        secure: false,
        pair: format!("{}={}", name.trim(), content.trim()),
    };
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "domain" => cookie.domain = value.trim().trim_start_matches('.').to_ascii_lowercase(),
            "path" if value.trim().starts_with('/') => cookie.path = value.trim().to_owned(),
            "secure" => cookie.secure = true,
            "max-age" if value.trim().parse::<i64>().is_ok_and(|seconds| seconds <= 0) => return None,
            _ => {}
        }
    }
    Some(cookie)
}

/// Returns true if a cookie's domain covers the host (RFC 6265 section 5.1.3).
fn domain_fits(cookie: &Cookie, host: &str) -> bool {
    let Cookie { domain, subdomains, .. } = cookie;
    let is_below = || host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.ends_with('.'));
    // An IP address has no subdomains (RFC 6265 section 5.1.3).
    domain.is_empty()
        || host == domain
        || (*subdomains && !domain.is_empty() && host.parse::<std::net::IpAddr>().is_err() && is_below())
}

/// Returns true if a cookie's path covers the requested one (RFC 6265 section 5.1.4).
fn path_fits(path: &str, requested: &str) -> bool {
    let requested = if requested.is_empty() { "/" } else { requested };
    requested.strip_prefix(path).is_some_and(|rest| rest.is_empty() || path.ends_with('/') || rest.starts_with('/'))
}
