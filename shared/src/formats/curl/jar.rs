//! The cookies of a file in Netscape's format that a request would carry, as `curl -b FILE` reads it.

use std::borrow::Cow;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::error::Error;
use crate::url::{Protocol, Url};

/// Returns `name=value` for each cookie that fits the URL, longer paths first.
///
/// # Errors
/// Returns [`Error::Curl`] if the file is not UTF-8, and [`Error::Url`] if the URL is not one.
pub(super) fn cookies(content: &[u8], url: &str) -> Result<Vec<String>, Error> {
    let content = std::str::from_utf8(content).map_err(|_| Error::Curl("-b: the file is not UTF-8".to_owned()))?;
    let (url, _) = Url::parse(Cow::Borrowed(url))?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let mut cookies: Vec<(usize, String)> = content.lines().filter_map(|line| cookie(line, &url, now)).collect();
    // RFC 6265 section 5.4: longer paths first.
    cookies.sort_by_key(|(path, _)| std::cmp::Reverse(*path));
    Ok(cookies.into_iter().map(|(_, cookie)| cookie).collect())
}

/// Returns true if no other machine can read along: the protocol is HTTPS, or the server is on this machine.
fn is_secure(url: &Url<'_>) -> bool {
    url.protocol() == Protocol::Https || matches!(url.ascii_host().as_ref(), "127.0.0.1" | "[::1]" | "localhost")
}

/// Reads seven fields between tabs: domain, with subdomains or not, path, secure or not, expiry (0: with the session),
/// name, value. Returns the length of the path and the text to send, or `None` if the cookie does not fit the URL.
fn cookie(line: &str, url: &Url<'_>, now: u64) -> Option<(usize, String)> {
    // Lines with this mark look like comments, but curl reads cookies from them.
    let line = line.strip_prefix("#HttpOnly_").unwrap_or(line);
    let fields: Vec<&str> = line.split('\t').collect();
    let [domain, subdomains, path, secure, expires, name, value] = fields.as_slice() else { return None };
    if line.starts_with('#') {
        return None;
    }
    let expires: u64 = expires.parse().ok()?;
    let fits = domain_fits(domain, *subdomains == "TRUE", &url.ascii_host())
        && path_fits(path, url.path())
        && (*secure != "TRUE" || is_secure(url))
        && (expires == 0 || expires > now);
    fits.then(|| (path.len(), format!("{name}={value}")))
}

/// Returns true if a cookie's domain covers the host (RFC 6265 section 5.1.3).
fn domain_fits(domain: &str, subdomains: bool, host: &str) -> bool {
    let domain = domain.trim_start_matches('.').to_ascii_lowercase();
    let is_below = || host.strip_suffix(&domain).is_some_and(|rest| rest.ends_with('.'));
    // An IP address has no subdomains (RFC 6265 section 5.1.3).
    host == domain || (subdomains && !domain.is_empty() && host.parse::<std::net::IpAddr>().is_err() && is_below())
}

/// Returns true if a cookie's path covers the requested one (RFC 6265 section 5.1.4).
fn path_fits(path: &str, requested: &str) -> bool {
    let requested = if requested.is_empty() { "/" } else { requested };
    requested.strip_prefix(path).is_some_and(|rest| rest.is_empty() || path.ends_with('/') || rest.starts_with('/'))
}
