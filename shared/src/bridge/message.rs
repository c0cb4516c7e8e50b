//! What tool and extension say to each other inside a channel: one JSON object each.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// From a tool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ToExtension {
    /// Asks for something. A channel has at most one subscription of a kind.
    Subscribe(Subscription),
    /// How many more messages the tool takes, over all its subscriptions. The extension stops at 0. `consent`, `dropped`
    /// and `state` are free; each other message takes one, whatever its length.
    Credit {
        /// Added to what is left.
        messages: u32,
    },
    /// Ends the subscription; the channel stays open.
    Unsubscribe,
}

/// What a tool asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "lowercase")]
pub enum Subscription {
    /// The cookies of some domains, and their changes. For each domain comes `consent` where the person has not said
    /// anything yet or said no, then `cookies`, then a `cookie` for each change. Subscribing again is how a tool gets
    /// everything anew: it does so after `dropped`, and when its list of domains changed.
    Cookies {
        /// The domains.
        domains: Vec<Domain>,
        /// Cookie stores by the browser's id; empty is the default store of the profile.
        #[serde(default)]
        stores: Vec<String>,
        /// Whether the tool goes on listening after the snapshot.
        follow: Follow,
    },
    /// Requests as they happen. The filters are the tool's own: the extension uses them to send less.
    Requests {
        /// Filters, by the names of `capture`'s options.
        filters: Value,
        /// Whether bodies must be exact, which needs the debugger.
        exact: bool,
        /// Whether responses are wanted.
        responses: bool,
    },
    /// Who is there and whether sharing is on.
    Status,
}

/// Whether a subscription outlives its snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Follow {
    /// The snapshot only.
    Once,
    /// Changes too.
    Changes,
}

/// A domain as users add it: `example.com` with its subdomains, `https://example.com` that host alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Domain {
    /// The host name, lower case, without port.
    pub name: String,
    /// Whether only the host itself is meant.
    pub host_only: bool,
}

/// As the popup and `cookie-sync list` name it.
impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.host_only { "https://" } else { "" };
        write!(f, "{scheme}{}", self.name)
    }
}

/// From the extension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum FromExtension {
    /// What the person said, or that nobody has said anything yet.
    Consent {
        /// For what: `cookies` of a domain, or `capture`.
        #[serde(rename = "for")]
        subject: String,
        /// The domain as the popup names it, for cookies: `example.com`, `https://example.com` for a host alone.
        #[serde(default)]
        domain: Option<String>,
        /// What it is.
        state: ConsentState,
    },
    /// All cookies of a domain: those that a request to it would carry, so a parent's Domain cookies too. What the tool
    /// has of the domain and is not among them is gone. It may come again at any time.
    Cookies {
        /// The domain as it was asked for.
        domain: Domain,
        /// As the browser's API gives them, in its order: longer paths first, then earlier creation.
        cookies: Vec<WireCookie>,
    },
    /// One change. The removal that is half of an overwrite (cause `overwrite`) is not sent.
    Cookie {
        /// The domain as it was asked for.
        domain: Domain,
        /// The cookie, as it is now or was last.
        cookie: Box<WireCookie>,
        /// Whether it is gone.
        removed: bool,
        /// The browser's word: `explicit`, `expired`, `evicted`, `expired_overwrite`; `overwrite` for a new value, of
        /// which browsers make a deletion and a cookie, and the extension one change.
        cause: String,
    },
    /// A request (HAR) as it happened.
    Request(Value),
    /// A response to a request (HAR).
    Response(Value),
    /// What was left out for want of credit, or because it was too long.
    Dropped {
        /// How many messages.
        count: u64,
    },
    /// What the extension is and whether it shares.
    State {
        /// The switch in the popup.
        sharing: bool,
        /// The extension's version.
        version: String,
    },
}

impl FromExtension {
    /// Whether a message takes one of the tool's credit.
    #[must_use]
    pub const fn takes_credit(&self) -> bool {
        matches!(self, Self::Cookies { .. } | Self::Cookie { .. } | Self::Request(_) | Self::Response(_))
    }
}

/// What a person has said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConsentState {
    /// Nothing yet; the popup asks.
    Waiting,
    /// Once or Always.
    Granted,
    /// Never.
    Denied,
    /// It was granted and is not any more. As with `denied`, nothing follows for it until the tool subscribes again.
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
    /// With a leading dot where it is not host-only.
    pub domain: String,
    /// Whether only the host itself gets it (no Domain attribute).
    pub host_only: bool,
    /// The path.
    pub path: String,
    /// Only over TLS, or to a trustworthy host.
    pub secure: bool,
    /// Not for scripts.
    pub http_only: bool,
    /// `no_restriction`, `lax`, `strict` or `unspecified`.
    pub same_site: String,
    /// Whether it ends with the browser's session.
    pub session: bool,
    /// Seconds since 1970; a fraction in some browsers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<f64>,
    /// The store: the default one, a private window's, a container's.
    pub store_id: String,
    /// CHIPS: the site that it is partitioned by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_key: Option<Value>,
}
