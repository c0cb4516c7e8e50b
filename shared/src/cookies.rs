//! Cookies as browsers keep them (RFC 6265, and RFC 6265bis where browsers follow it), and the files that hold them.
//!
//! [`domain`] tells which domain a cookie belongs to, [`jar`] which cookies a request carries. The formats have a file
//! each: [`netscape`] (what curl reads), [`json`] (as the browsers' extension API has it), [`storage_state`]
//! (Playwright) and [`session`] (HTTPie and xh).

pub mod domain;
pub mod jar;
pub mod json;
pub mod netscape;
pub mod session;
pub mod storage_state;

use serde_json::{Map, Value};

use crate::bridge::message::WireCookie;
use crate::url::unbracketed;

/// A cookie that was checked, in the form that the tools work with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cookie {
    /// The name; may be empty.
    pub name: String,
    /// The value.
    pub value: String,
    /// The domain in lower case, without a leading dot. An IPv6 address has no brackets, as in a jar.
    pub domain: String,
    /// True if the cookie had no Domain attribute and goes to that host alone (RFC 6265 section 5.3, host-only-flag).
    pub host_only: bool,
    /// The path, which starts with `/`.
    pub path: String,
    /// True if the cookie is sent only over TLS or to this machine itself.
    pub secure: bool,
    /// True if scripts of a page cannot read the cookie.
    pub http_only: bool,
    /// The rule for requests that come from other sites.
    pub same_site: SameSite,
    /// The expiry in seconds since 1970. Without one the cookie ends with the browser's session.
    pub expires: Option<i64>,
    /// The browser's name for the store: the profile's own, the one of private windows, a container's.
    pub store: String,
    /// The partition of a cookie with the Partitioned attribute (CHIPS): each top-level site has a cookie of its own.
    pub partition: Option<Partition>,
}

/// A partition key, as the browser writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition(pub serde_json::Value);

impl Partition {
    /// Returns the top-level site on whose pages the cookie exists, as `https://example.com`.
    #[must_use]
    pub fn site(&self) -> &str {
        self.0.get("topLevelSite").and_then(serde_json::Value::as_str).unwrap_or_default()
    }
}

/// The SameSite attribute (RFC 6265bis section 5.6.7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SameSite {
    /// There was no such attribute. Browsers treat it much as [`SameSite::Lax`].
    #[default]
    Unspecified,
    /// `SameSite=None`
    None,
    /// `SameSite=Lax`
    Lax,
    /// `SameSite=Strict`
    Strict,
}

/// The identity of a cookie: a new cookie with the same identity replaces the old one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    domain: String,
    host_only: bool,
    path: String,
    name: String,
    store: String,
    partition: String,
}

/// The reason why a cookie is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// It has a control character. Browsers never store such a cookie (RFC 6265bis section 5.7). A tab in the value is
    /// allowed.
    #[error("has a control character")]
    Control,
    /// It has a separator, so a server would read it as several cookies.
    #[error("has a ; or, in its name, a =")]
    Separator,
    /// It has neither name nor value.
    #[error("is empty")]
    Empty,
    /// It has no domain.
    #[error("has no domain")]
    NoDomain,
    /// Its name has the prefix `__Secure-` or `__Host-`, and it does not meet the conditions (RFC 6265bis section
    /// 4.1.3).
    #[error("has a name that promises more than it is")]
    Prefix,
}

impl Cookie {
    /// Returns the identity of the cookie.
    #[must_use]
    pub fn identity(&self) -> Identity {
        Identity {
            domain: self.domain.clone(),
            host_only: self.host_only,
            path: self.path.clone(),
            name: self.name.clone(),
            store: self.store.clone(),
            partition: self.partition.as_ref().map(|partition| partition.0.to_string()).unwrap_or_default(),
        }
    }

    /// Returns true if the cookie has expired by this time, in seconds since 1970 (RFC 6265 section 5.3).
    #[must_use]
    pub fn is_expired(&self, now: i64) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }

    /// Returns the domain as Netscape's file, browsers and Playwright write it: with a leading dot if subdomains get
    /// the cookie.
    #[must_use]
    pub fn dotted_domain(&self) -> String {
        if self.host_only { self.domain.clone() } else { format!(".{}", self.domain) }
    }

    /// Checks a cookie that comes from outside.
    ///
    /// # Errors
    /// Returns [`Invalid`] if a browser would not store the cookie, or a server would not read it as one.
    pub fn check(&self) -> Result<(), Invalid> {
        let is_control = |c: char| c.is_control();
        let texts = [&self.name, &self.domain, &self.path];
        if texts.iter().any(|text| text.contains(is_control)) || self.value.contains(|c| is_control(c) && c != '\t') {
            return Err(Invalid::Control);
        }
        if self.name.contains([';', '=']) || self.value.contains(';') {
            return Err(Invalid::Separator);
        }
        if self.name.is_empty() && self.value.is_empty() {
            return Err(Invalid::Empty);
        }
        if self.domain.is_empty() {
            return Err(Invalid::NoDomain);
        }
        if self.keeps_its_promises() { Ok(()) } else { Err(Invalid::Prefix) }
    }

    /// Checks the conditions of the prefixes `__Secure-` and `__Host-`, whatever their case (RFC 6265bis section 5.7).
    fn keeps_its_promises(&self) -> bool {
        let starts = |prefix: &str| {
            let start = self.name.get(..prefix.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        if starts("__Host-") {
            return self.secure && self.host_only && self.path == "/";
        }
        self.secure || !starts("__Secure-")
    }
}

impl TryFrom<WireCookie> for Cookie {
    type Error = Invalid;

    fn try_from(cookie: WireCookie) -> Result<Self, Invalid> {
        let cookie = Self {
            domain: unbracketed(cookie.domain.trim_start_matches('.')).to_ascii_lowercase(),
            host_only: cookie.host_only,
            path: if cookie.path.starts_with('/') { cookie.path } else { "/".to_owned() },
            secure: cookie.secure,
            http_only: cookie.http_only,
            same_site: SameSite::of_browser(&cookie.same_site),
            #[allow(clippy::cast_possible_truncation, reason = "it saturates, and no cookie lasts for so long")]
            expires: if cookie.session { None } else { cookie.expiration_date.map(|date| date.floor() as i64) },
            store: cookie.store_id,
            partition: cookie.partition_key.filter(|key| !key.is_null()).map(Partition),
            name: cookie.name,
            value: cookie.value,
        };
        cookie.check().map(|()| cookie)
    }
}

impl From<&Cookie> for WireCookie {
    fn from(cookie: &Cookie) -> Self {
        Self {
            name: cookie.name.clone(),
            value: cookie.value.clone(),
            domain: cookie.dotted_domain(),
            host_only: cookie.host_only,
            path: cookie.path.clone(),
            secure: cookie.secure,
            http_only: cookie.http_only,
            same_site: cookie.same_site.browser().to_owned(),
            session: cookie.expires.is_none(),
            #[allow(clippy::cast_precision_loss, reason = "exact for the next 285 million years")]
            expiration_date: cookie.expires.map(|expires| expires as f64),
            store_id: cookie.store.clone(),
            partition_key: cookie.partition.as_ref().map(|partition| partition.0.clone()),
        }
    }
}

impl SameSite {
    /// Parses the browsers' name of the value. An unknown name counts as unspecified.
    fn of_browser(name: &str) -> Self {
        match name {
            "no_restriction" => Self::None,
            "lax" => Self::Lax,
            "strict" => Self::Strict,
            _ => Self::Unspecified,
        }
    }

    /// Returns the browsers' name of the value.
    const fn browser(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::None => "no_restriction",
            Self::Lax => "lax",
            Self::Strict => "strict",
        }
    }
}

/// Takes the cookies out of a file that is a JSON object, and returns those that are not ours, unchanged.
fn take_others(file: &mut Map<String, Value>, is_ours: impl Fn(&str) -> bool) -> impl Iterator<Item = Value> {
    let kept = file.remove("cookies").and_then(|list| list.as_array().cloned()).unwrap_or_default();
    kept.into_iter().filter(move |cookie| !cookie.get("domain").and_then(Value::as_str).is_some_and(&is_ours))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Returns a cookie of a host for all paths, without an expiry.
    pub(crate) fn cookie(domain: &str, name: &str, value: &str) -> Cookie {
        Cookie {
            name: name.to_owned(),
            value: value.to_owned(),
            domain: domain.trim_start_matches('.').to_owned(),
            host_only: !domain.starts_with('.'),
            path: "/".to_owned(),
            secure: false,
            http_only: false,
            same_site: SameSite::Unspecified,
            expires: None,
            store: String::new(),
            partition: None,
        }
    }

    #[test]
    fn a_prefix_promises_what_must_be_so() {
        let is_kept = |change: &dyn Fn(&mut Cookie), name: &str| {
            let mut cookie = cookie("example.com", name, "v");
            change(&mut cookie);
            cookie.check() == Ok(())
        };
        assert!(!is_kept(&|_| {}, "__Secure-a"));
        assert!(!is_kept(&|_| {}, "__secure-a"));
        assert!(is_kept(&|cookie| cookie.secure = true, "__Secure-a"));
        assert!(is_kept(&|cookie| cookie.secure = true, "__Host-a"));
        let changes: [fn(&mut Cookie); 2] = [|cookie| cookie.host_only = false, |cookie| cookie.path = "/a".into()];
        for change in changes {
            let with = |cookie: &mut Cookie| {
                cookie.secure = true;
                change(cookie);
            };
            assert!(!is_kept(&with, "__Host-a") && is_kept(&with, "__Secure-a"));
        }
    }

    #[test]
    fn what_would_be_read_as_something_else_is_no_cookie() {
        assert_eq!(cookie("example.com", "a", "1; b=2").check(), Err(Invalid::Separator));
        assert_eq!(cookie("example.com", "a=b", "1").check(), Err(Invalid::Separator));
        assert_eq!(cookie("example.com", "a", "1\r\nX: y").check(), Err(Invalid::Control));
        assert_eq!(cookie("example.com", "", "").check(), Err(Invalid::Empty));
        assert_eq!(cookie("", "a", "1").check(), Err(Invalid::NoDomain));
        for (name, value) in [("a", ""), ("", "v"), ("a", "x\ty"), ("a", "b=c"), ("ä", "é")] {
            assert_eq!(cookie("example.com", name, value).check(), Ok(()), "{name}={value}");
        }
    }
}
