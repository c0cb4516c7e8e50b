//! The filters that a request must pass. Repeats of one filter are alternatives; different filters must all hold.

use clap::ValueEnum as _;
use countersign_shared::bridge::message::Site;
use countersign_shared::wire::{Head, text_of};

/// The filters of the command line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// `--url`
    pub(crate) urls: Vec<Glob>,
    /// `--not-url`
    pub(crate) not_urls: Vec<Glob>,
    /// `--method`, compared without regard to case
    pub(crate) methods: Vec<String>,
    /// `--domain`
    pub(crate) domains: Vec<Domain>,
    /// `--type`
    pub(crate) types: Vec<ResourceType>,
}

impl Filter {
    /// Returns true if a request passes. Its Host header and its type are worked out only if they matter.
    ///
    /// A domain may be that of the URL or that of the Host header, as in mitmproxy's `~d`: a client that was told to
    /// connect elsewhere (`curl --connect-to`) names the address in CONNECT, and the domain there only.
    pub(crate) fn accepts(
        &self,
        method: &str,
        url: &str,
        host: impl Fn() -> Option<String>,
        resource_type: impl FnOnce() -> ResourceType,
    ) -> bool {
        let of_host = |domain: &Domain| {
            let scheme = url.split_once("://").map_or("http", |(scheme, _)| scheme);
            host().is_some_and(|host| domain.contains(&format!("{scheme}://{host}/")))
        };
        (self.methods.is_empty() || self.methods.iter().any(|wanted| wanted.eq_ignore_ascii_case(method)))
            && (self.domains.is_empty() || self.domains.iter().any(|domain| domain.contains(url) || of_host(domain)))
            && (self.urls.is_empty() || self.urls.iter().any(|glob| glob.matches(url)))
            && !self.not_urls.iter().any(|glob| glob.matches(url))
            && (self.types.is_empty() || self.types.contains(&resource_type()))
    }
}

impl ResourceType {
    /// Returns the name that the webRequest API has for the type.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// A pattern for a whole URL: `*` stands for any text (`/` too), every other character for itself.
#[derive(Clone, Debug)]
pub(crate) struct Glob(Vec<String>);

impl std::str::FromStr for Glob {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.split('*').map(str::to_owned).collect()))
    }
}

impl Glob {
    /// Returns the pattern as it was written.
    pub(crate) fn text(&self) -> String {
        self.0.join("*")
    }

    /// Returns true if the pattern matches all of the text.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let [first, middle @ .., last] = self.0.as_slice() else {
            return self.0.first().is_some_and(|only| only == text);
        };
        let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
        // Taking each part as early as possible leaves the most text for the others. So no other choice has to be
        // tried, and no pattern takes exponential time.
        for part in middle {
            let Some((_, after)) = rest.split_once(part.as_str()) else { return false };
            rest = after;
        }
        rest.ends_with(last.as_str())
    }
}

/// A domain with its subdomains or, with a scheme in front (`https://example.com`), that host alone. Ports are ignored.
#[derive(Clone, Debug)]
pub(crate) struct Domain {
    scheme: Option<String>,
    name: String,
}

/// The error for a value of `--domain` that is not a domain.
#[derive(Debug, thiserror::Error)]
#[error("not a domain: write example.com (with its subdomains) or https://example.com (that host alone)")]
pub(crate) struct NotDomain;

impl std::str::FromStr for Domain {
    type Err = NotDomain;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) if matches!(scheme, "http" | "https") => (Some(scheme.to_owned()), rest),
            Some(_) => return Err(NotDomain),
            None => (None, text),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let host = host_of_authority(rest);
        let name = host.strip_prefix("*.").unwrap_or(host);
        let name = name.strip_prefix('.').unwrap_or(name);
        let ascii = ascii_name(name);
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        if ascii.is_empty() || !ascii.bytes().all(is_host) {
            return Err(NotDomain);
        }
        Ok(Self { scheme, name: ascii })
    }
}

impl Domain {
    /// Returns the domain as the extension is told of it.
    pub(crate) fn site(&self) -> Site {
        Site { scheme: self.scheme.clone(), name: self.name.clone() }
    }

    fn contains(&self, url: &str) -> bool {
        let Some((scheme, rest)) = url.split_once("://") else { return false };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = ascii_name(host_of_authority(authority));
        match &self.scheme {
            Some(wanted) => scheme.eq_ignore_ascii_case(wanted) && host == self.name,
            // The dot keeps badexample.com out of example.com.
            None => host.strip_suffix(self.name.as_str()).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')),
        }
    }
}

/// Returns the host of `user@host:port`.
fn host_of_authority(authority: &str) -> &str {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => {
            // A bare IPv6 address may end in digits after a colon, and they are no port.
            if name.contains(':') && !name.starts_with('[') { host } else { name }
        }
        _ => host,
    }
}

/// Returns a host name in the form in which names are compared: punycode, lower case, no dot at the end.
pub(crate) fn ascii_name(name: &str) -> String {
    let name = name.strip_suffix('.').unwrap_or(name);
    idna::domain_to_ascii(name).unwrap_or_else(|_| name.to_ascii_lowercase())
}

/// The purpose of a browser's request, by the names of the webRequest API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum ResourceType {
    /// A page
    #[value(alias = "document")]
    MainFrame,
    /// A frame in a page
    SubFrame,
    /// A style sheet
    Stylesheet,
    /// A script or worker
    Script,
    /// An image
    Image,
    /// A font
    Font,
    /// A plug-in's content
    Object,
    /// `fetch` and `XMLHttpRequest`
    #[value(alias = "xhr")]
    Xmlhttprequest,
    /// `sendBeacon` and `<a ping>`
    #[value(alias = "beacon")]
    Ping,
    /// A report of a policy violation
    CspReport,
    /// Sound and video
    Media,
    /// The handshake of a WebSocket
    Websocket,
    /// Anything else, such as requests that no browser made
    Other,
}

impl ResourceType {
    /// Returns the type that the headers of a request tell.
    ///
    /// Browsers send `Sec-Fetch-Dest` and `Sec-Fetch-Mode` to `https:` and `localhost` only. For other requests the type
    /// is a guess from `Upgrade`, `X-Requested-With` and `Accept`.
    pub(crate) fn of_head(head: &Head) -> Self {
        let field = |name| head.value(name).map(|value| text_of(value).to_ascii_lowercase());
        Self::of_fields(&head.method().to_ascii_uppercase(), field)
    }

    /// Returns the type that header fields tell; `field` looks up a value by name, in lower case.
    pub(crate) fn of_fields(method: &[u8], field: impl Fn(&'static str) -> Option<String>) -> Self {
        if field("upgrade").is_some_and(|value| value == "websocket") {
            return Self::Websocket;
        }
        if field("ping-to").is_some() || field("content-type").is_some_and(|value| value.starts_with("text/ping")) {
            return Self::Ping;
        }
        match field("sec-fetch-dest").as_deref() {
            Some("document") => Self::MainFrame,
            Some("iframe" | "frame" | "fencedframe") => Self::SubFrame,
            Some("style" | "xslt") => Self::Stylesheet,
            Some("script" | "worker" | "sharedworker" | "serviceworker" | "audioworklet" | "paintworklet") => {
                Self::Script
            }
            Some("image") => Self::Image,
            Some("font") => Self::Font,
            Some("audio" | "video" | "track") => Self::Media,
            Some("object" | "embed") => Self::Object,
            Some("report") => Self::CspReport,
            Some("empty") => match field("sec-fetch-mode").as_deref() {
                // A beacon cannot read its answer; `fetch` in that mode looks the same but is rare with POST.
                Some("no-cors") if method == b"POST" => Self::Ping,
                Some("websocket") => Self::Websocket,
                _ => Self::Xmlhttprequest,
            },
            Some(_) => Self::Other,
            None => Self::of_accept(field("x-requested-with").as_deref(), field("accept").as_deref()),
        }
    }

    fn of_accept(requested_with: Option<&str>, accept: Option<&str>) -> Self {
        if requested_with == Some("xmlhttprequest") {
            return Self::Xmlhttprequest;
        }
        let accept = accept.unwrap_or_default();
        // Browsers name the type that they want first. The rest are fallbacks such as `*/*`.
        match accept.split([',', ';']).next().unwrap_or_default().trim() {
            "text/html" => Self::MainFrame,
            "text/css" => Self::Stylesheet,
            "application/json" => Self::Xmlhttprequest,
            "text/javascript" | "application/javascript" => Self::Script,
            first if first.starts_with("image/") => Self::Image,
            first if first.starts_with("font/") => Self::Font,
            first if first.starts_with("audio/") || first.starts_with("video/") => Self::Media,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glob(pattern: &str, text: &str) -> bool {
        let Ok(glob) = pattern.parse::<Glob>();
        glob.matches(text)
    }

    #[test]
    fn a_glob_matches_the_whole_url() {
        assert!(glob("https://a.example/*", "https://a.example/x/y?z"));
        assert!(glob("*/v1/*.json", "http://h/api/v1/a/b.json"));
        assert!(glob("*", ""));
        assert!(glob("http://h/", "http://h/"));
        assert!(!glob("http://h/", "http://h/x"));
        assert!(!glob("/x", "http://h/x"));
        assert!(glob("*a*a", "aa"));
        assert!(!glob("*a*a", "a"));
        assert!(!glob("ab*ba", "aba"));
    }

    #[test]
    fn brackets_question_marks_and_backslashes_are_ordinary_characters() {
        assert!(glob("http://h/[a]?b\\*", "http://h/[a]?b\\c"));
        assert!(!glob("http://h/[ab]", "http://h/a"));
        assert!(!glob("http://h/?", "http://h/x"));
    }

    fn domain(name: &str, url: &str) -> bool {
        name.parse::<Domain>().is_ok_and(|domain| domain.contains(url))
    }

    #[test]
    fn a_domain_takes_its_subdomains_and_ignores_ports_and_case() {
        assert!(domain("example.com", "https://example.com/"));
        assert!(domain("Example.com", "http://a.b.EXAMPLE.com:8080/x"));
        assert!(domain(".example.com", "http://www.example.com?x"));
        assert!(!domain("example.com", "https://badexample.com/"));
        assert!(!domain("example.com", "https://example.com.evil.test/"));
        assert!(!domain("example.com", "https://evil.test/example.com"));
        assert!(domain("127.0.0.1", "http://127.0.0.1:99/"));
        assert!(domain("[::1]", "http://[::1]:99/"));
        assert!(domain("bücher.example", "https://www.xn--bcher-kva.example/"));
    }

    #[test]
    fn a_domain_with_a_scheme_is_one_host() {
        assert!(domain("https://example.com", "https://example.com:8443/"));
        assert!(!domain("https://example.com", "https://www.example.com/"));
        assert!(!domain("https://example.com", "http://example.com/"));
        assert!("ftp://x".parse::<Domain>().is_err());
        assert!("".parse::<Domain>().is_err());
        assert!("a b".parse::<Domain>().is_err());
    }

    #[test]
    fn types_come_from_fetch_metadata_then_from_accept() {
        let of = |method: &[u8], fields: &[(&str, &str)]| {
            let field = |name: &'static str| {
                fields.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            };
            ResourceType::of_fields(method, field)
        };
        assert_eq!(of(b"GET", &[("sec-fetch-dest", "document")]), ResourceType::MainFrame);
        assert_eq!(
            of(b"GET", &[("sec-fetch-dest", "empty"), ("sec-fetch-mode", "cors")]),
            ResourceType::Xmlhttprequest
        );
        assert_eq!(of(b"POST", &[("sec-fetch-dest", "empty"), ("sec-fetch-mode", "no-cors")]), ResourceType::Ping);
        assert_eq!(of(b"GET", &[("accept", "text/html,*/*")]), ResourceType::MainFrame);
        assert_eq!(of(b"GET", &[("accept", "image/avif,*/*")]), ResourceType::Image);
        assert_eq!(of(b"GET", &[("accept", "*/*")]), ResourceType::Other);
        assert_eq!(of(b"GET", &[("upgrade", "websocket")]), ResourceType::Websocket);
    }
}
