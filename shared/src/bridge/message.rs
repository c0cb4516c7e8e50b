//! The messages that tool and extension exchange inside a channel. Each is one JSON object.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A message from a tool to the extension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ToExtension {
    /// Subscribes. A channel has at most one subscription of each kind.
    Subscribe(Subscription),
    /// Grants the extension more messages, over all subscriptions of the channel. The extension stops at 0. `consent`,
    /// `dropped` and `state` are free; each other message takes one, whatever its length.
    Credit {
        /// The number of messages that is added to what is left.
        messages: u32,
    },
    /// Ends the subscription; the channel stays open.
    Unsubscribe,
    /// Asks for no more requests than those that were seen already. `drained` is the last of them.
    Drain,
}

/// A subscription of a tool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "lowercase")]
pub enum Subscription {
    /// The cookies of some domains, and their changes. For each domain the extension sends `consent` if the user has
    /// not decided yet or refused, then `cookies`, then a `cookie` for each change. A tool that needs everything anew
    /// subscribes again: after `dropped`, and when its list of domains has changed.
    Cookies {
        /// The domains.
        domains: Vec<Domain>,
        /// The browser's ids of cookie stores. An empty list stands for the default store of the profile.
        #[serde(default)]
        stores: Vec<String>,
        /// Tells if changes are sent after the snapshot.
        follow: Follow,
    },
    /// Requests as they happen. The extension applies the filters, so that nothing else leaves the browser.
    Requests {
        /// The filters.
        filters: RequestFilters,
        /// True if responses are wanted too.
        responses: bool,
    },
    /// The version of the extension and the position of its switch "Sharing".
    Status,
}

/// The filters of a subscription to requests, under the names of `capture`'s options. Repeats of one filter are
/// alternatives; different filters must all hold; an empty list holds for every request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct RequestFilters {
    /// Patterns for the URL, in which `*` stands for any text.
    pub url: Vec<String>,
    /// Patterns for URLs that are left out.
    pub not_url: Vec<String>,
    /// Methods, compared without regard to case.
    pub method: Vec<String>,
    /// The domains or hosts that requests go to.
    pub domain: Vec<Site>,
    /// Types, by the names of the webRequest API.
    #[serde(rename = "type")]
    pub resource_type: Vec<String>,
    /// Patterns for the address of the page in the tab.
    pub tab: Vec<String>,
    /// The domains or hosts of the pages that make the requests.
    pub initiator: Vec<Site>,
}

/// A domain with its subdomains, or with a scheme that host alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// `http` or `https`, if only the host itself is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// The host name, lower case, without port.
    pub name: String,
}

/// The extent of a subscription in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Follow {
    /// The snapshot only.
    Once,
    /// The snapshot, and all changes after it.
    Changes,
}

/// A domain as users add it: `example.com` with its subdomains, `https://example.com` that host alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Domain {
    /// The host name, lower case, without port.
    pub name: String,
    /// True if only the host itself is meant, without its subdomains.
    pub host_only: bool,
}

/// Writes the domain as the popup and `cookie-sync list` name it.
impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.host_only { "https://" } else { "" };
        write!(f, "{scheme}{}", self.name)
    }
}

/// A message from the extension to a tool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum FromExtension {
    /// The decision of the user, or the news that it is still open.
    Consent {
        /// The subject: `cookies` of a domain, or `requests` to one.
        #[serde(rename = "for")]
        subject: String,
        /// The domain as the popup names it: `example.com`, or `https://example.com` for a host alone. For requests `*`
        /// stands for every website.
        #[serde(default)]
        domain: Option<String>,
        /// The state of the consent.
        state: ConsentState,
    },
    /// All cookies of a domain: those that a request to it would carry, so a parent's Domain cookies too. A cookie of
    /// the domain that the tool has and that is not among them is gone. This message may come again at any time.
    Cookies {
        /// The domain as it was asked for.
        domain: Domain,
        /// The cookies in the order of the browser's API: longer paths first, then earlier creation.
        cookies: Vec<WireCookie>,
    },
    /// One change to a cookie. The removal that is half of an overwrite (cause `overwrite`) is not sent.
    Cookie {
        /// The domain as it was asked for.
        domain: Domain,
        /// The cookie, as it is now or was last.
        cookie: Box<WireCookie>,
        /// True if the cookie is gone.
        removed: bool,
        /// The cause as the browser names it: `explicit`, `expired`, `evicted`, `expired_overwrite`, or `overwrite` for
        /// a new value. Browsers report a new value as a removal and an addition, and the extension makes one change of
        /// them.
        cause: String,
    },
    /// Requests as they were sent, and responses to them, in the order in which they happened.
    Requests {
        /// One or more of them.
        items: Vec<Seen>,
    },
    /// All requests that were seen before `drain` have been sent.
    Drained,
    /// The number of messages that were left out for lack of credit, or because they were too long.
    Dropped {
        /// The number of messages.
        count: u64,
    },
    /// The state of the extension.
    State {
        /// True if the switch "Sharing" in the popup is on.
        sharing: bool,
        /// The extension's version.
        version: String,
    },
}

impl FromExtension {
    /// Returns true if a message uses up one message of the tool's credit.
    #[must_use]
    pub const fn takes_credit(&self) -> bool {
        matches!(self, Self::Cookies { .. } | Self::Cookie { .. } | Self::Requests { .. })
    }
}

/// A part of an exchange, as the browser saw it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Seen {
    /// A request that was sent.
    Request(SeenRequest),
    /// The response to a request, or the reason why there is none.
    Response(SeenResponse),
}

/// A request that a browser sent. Each hop of a redirected one is a request of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenRequest {
    /// A number that tells it from others of this browser.
    pub number: u64,
    /// The time at which it was sent, in milliseconds since 1970.
    pub time: f64,
    /// The method.
    pub method: String,
    /// The absolute URL. The handshake of a WebSocket has the scheme `http` or `https`, too.
    pub url: String,
    /// The header fields in the browser's order. A byte that is not UTF-8 is the character of that number.
    pub headers: Vec<(String, String)>,
    /// The type, by the name that the webRequest API has for it.
    #[serde(rename = "type")]
    pub resource_type: String,
    /// The body as far as the browser shows it; `None` if it shows none.
    #[serde(default)]
    pub body: Option<SeenBody>,
    /// The way in which the body differs from the one that was sent; `None` if it does not.
    #[serde(default)]
    pub exactness: Option<Inexact>,
}

/// The bytes of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SeenBody {
    /// Bytes that are UTF-8.
    Text(String),
    /// Any bytes.
    Base64(String),
}

/// The way in which a body differs from the one that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Inexact {
    /// All fields are there, in other bytes.
    Reencoded,
    /// Something is missing, or may be.
    Partial,
    /// Nothing is there.
    Unavailable,
}

/// The response to a request, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenResponse {
    /// The number of the request.
    pub number: u64,
    /// The status code; 0 if no response came.
    pub status: u16,
    /// The status line.
    pub line: String,
    /// The header fields in the browser's order.
    pub headers: Vec<(String, String)>,
    /// The time from the request to the response's head, in milliseconds.
    pub wait: f64,
    /// The time from the response's head to its end, in milliseconds.
    pub receive: f64,
    /// The address that the request was sent to.
    #[serde(default)]
    pub address: Option<String>,
    /// The reason why there is no response, as the browser words it.
    #[serde(default)]
    pub error: Option<String>,
}

/// The state of the user's consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConsentState {
    /// The user has not decided; the popup asks.
    Waiting,
    /// The user chose Once or Always.
    Granted,
    /// The user chose Never.
    Denied,
    /// The consent was granted and is withdrawn. As after `denied`, nothing follows until the tool subscribes again.
    Revoked,
}

/// A cookie as the bridge's messages spell it: the members of `cookies.Cookie` in the browsers' extension API.
///
/// [`crate::cookies::Cookie`] is the checked form that the tools work with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WireCookie {
    /// The name; may be empty.
    pub name: String,
    /// The value.
    pub value: String,
    /// The domain, with a leading dot if the cookie is not host-only.
    pub domain: String,
    /// True if only the host itself gets the cookie (no Domain attribute).
    pub host_only: bool,
    /// The path.
    pub path: String,
    /// True if the cookie is sent only over TLS or to a trustworthy host.
    pub secure: bool,
    /// True if scripts of a page cannot read the cookie.
    pub http_only: bool,
    /// `no_restriction`, `lax`, `strict` or `unspecified`.
    pub same_site: String,
    /// True if the cookie ends with the browser's session.
    pub session: bool,
    /// The expiry in seconds since 1970. Some browsers give a fraction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<f64>,
    /// The browser's id of the cookie store: the default one, that of private windows, a container's.
    pub store_id: String,
    /// The partition key of a partitioned cookie (CHIPS).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_key: Option<Value>,
}
