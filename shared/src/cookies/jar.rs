//! Chooses the cookies that a request carries (RFC 6265 section 5.4).

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Cookie;
use super::domain::is_sent_to;
use crate::url::{Protocol, Url, unbracketed};

/// A set of cookies, indexed by their domains.
#[derive(Clone, Debug, Default)]
pub struct Jar {
    /// The cookies of each domain, each with its number in the order of creation.
    domains: HashMap<String, Vec<(usize, Cookie)>>,
    /// The length of the longest domain.
    longest: usize,
}

impl Jar {
    /// Makes a jar of cookies that come in the order of creation. Partitioned ones are left out: which of them a
    /// request carries depends on the page that it comes from, and a request in the shell comes from none.
    #[must_use]
    pub fn new(cookies: impl IntoIterator<Item = Cookie>) -> Self {
        let mut domains: HashMap<String, Vec<(usize, Cookie)>> = HashMap::new();
        for (number, cookie) in cookies.into_iter().filter(|cookie| cookie.partition.is_none()).enumerate() {
            domains.entry(cookie.domain.clone()).or_default().push((number, cookie));
        }
        let longest = domains.keys().map(String::len).max().unwrap_or_default();
        Self { domains, longest }
    }

    /// Returns the cookies for a URL at this time, in seconds since 1970. Longer paths come first, then older cookies.
    #[must_use]
    pub fn matching(&self, url: &Url<'_>, now: i64) -> Vec<&Cookie> {
        let host = url.ascii_host();
        let host = unbracketed(&host);
        let path = if url.path().starts_with('/') { url.path() } else { "/" };
        // Secure cookies may go without TLS to this machine itself, as browsers and curl have it.
        let is_safe = url.protocol() == Protocol::Https || url.is_of_this_machine();
        let matches = |(_, cookie): &&(usize, Cookie)| {
            (is_safe || !cookie.secure)
                && !cookie.is_expired(now)
                && path_matches(path, &cookie.path)
                && is_sent_to(host, cookie)
        };
        let lists = with_parents(host, self.longest).filter_map(|domain| self.domains.get(domain));
        let mut found: Vec<&(usize, Cookie)> = lists.flatten().filter(matches).collect();
        found.sort_unstable_by_key(|(number, cookie)| (Reverse(cookie.path.len()), *number));
        found.into_iter().map(|(_, cookie)| cookie).collect()
    }
}

/// Returns those of a host and the domains above it that are not longer than this. A host of a hundred thousand dots has
/// that many domains above it, and none of them is looked up that no cookie can have.
fn with_parents(host: &str, longest: usize) -> impl Iterator<Item = &str> {
    let names = std::iter::successors(Some(host), |name| name.split_once('.').map(|(_, parent)| parent));
    names.filter(move |name| name.len() <= longest)
}

/// Returns true if the path of a request matches that of a cookie (RFC 6265 section 5.1.4).
fn path_matches(path: &str, of: &str) -> bool {
    path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || of.ends_with('/') || rest.starts_with('/'))
}

/// Returns the value of a `Cookie` header with these cookies.
#[must_use]
pub fn header_value<'c>(cookies: impl IntoIterator<Item = &'c Cookie>) -> String {
    let mut value = String::new();
    for cookie in cookies {
        if !value.is_empty() {
            value.push_str("; ");
        }
        push_pair(cookie, &mut value);
    }
    value
}

/// Appends `name=value`, or the value alone if the name is empty (RFC 6265bis section 5.8.3).
pub fn push_pair(cookie: &Cookie, out: &mut String) {
    if !cookie.name.is_empty() {
        out.push_str(&cookie.name);
        out.push('=');
    }
    out.push_str(&cookie.value);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::cookie;
    use super::*;

    fn header(cookies: Vec<Cookie>, url: &str) -> String {
        let (url, _) = Url::parse(url.into()).unwrap();
        header_value(Jar::new(cookies).matching(&url, 1000))
    }

    fn with(name: &str, change: impl Fn(&mut Cookie)) -> Cookie {
        let mut cookie = cookie("example.com", name, "1");
        change(&mut cookie);
        cookie
    }

    #[test]
    fn paths_match_at_their_slashes() {
        for (path, of, matches) in [
            ("/", "/", true),
            ("/a", "/", true),
            ("/a", "/a", true),
            ("/a/b", "/a", true),
            ("/a/b", "/a/", true),
            ("/ab", "/a", false),
            ("/a", "/a/", false),
            ("/A", "/a", false),
        ] {
            assert_eq!(path_matches(path, of), matches, "{path} {of}");
        }
    }

    #[test]
    fn longer_paths_come_first_then_older_cookies() {
        let path = |path: &'static str| move |cookie: &mut Cookie| cookie.path = path.to_owned();
        let cookies = vec![with("a", path("/")), with("b", path("/x/y")), with("c", path("/x")), with("d", path("/"))];
        assert_eq!(header(cookies.clone(), "http://example.com/x/y?q"), "b=1; c=1; a=1; d=1");
        assert_eq!(header(cookies, "http://example.com"), "a=1; d=1");
    }

    #[test]
    fn secure_cookies_go_over_tls_or_nowhere_far() {
        let secure = |domain: &str| {
            let mut cookie = cookie(domain, "s", "1");
            cookie.secure = true;
            vec![cookie]
        };
        assert_eq!(header(secure("example.com"), "http://example.com/"), "");
        assert_eq!(header(secure("example.com"), "https://example.com/"), "s=1");
        for host in ["localhost", "app.localhost", "127.0.0.1"] {
            assert_eq!(header(secure(host), &format!("http://{host}:8000/")), "s=1", "{host}");
        }
        assert_eq!(header(secure("::1"), "http://[::1]:8000/"), "s=1");
    }

    #[test]
    fn what_has_ended_or_is_partitioned_is_not_sent() {
        let partition = super::super::Partition(serde_json::json!({ "topLevelSite": "https://other.example" }));
        let cookies = vec![
            with("ended", |cookie| cookie.expires = Some(1000)),
            with("lasts", |cookie| cookie.expires = Some(1001)),
            with("partitioned", |cookie| cookie.partition = Some(partition.clone())),
        ];
        assert_eq!(header(cookies, "http://example.com/"), "lasts=1");
    }

    #[test]
    fn a_cookie_without_a_name_is_its_value() {
        assert_eq!(header(vec![cookie("example.com", "", "v")], "http://EXAMPLE.com/"), "v");
    }
}
