//! A tool's side of the bridge in tests: what it asks browsers for, and what they say.

use std::path::PathBuf;
use std::time::Duration;

use countersign_shared::bridge::key::Keys;
use countersign_shared::bridge::link::{BrowserFilter, Event, LinkOptions, Links};
use countersign_shared::bridge::message::{ConsentState, Domain, Follow, FromExtension, Subscription, WireCookie};

const LIMIT: Duration = Duration::from_secs(60);
/// Long enough for what must not come to come.
const SILENCE: Duration = Duration::from_millis(150);

/// A domain as users write it.
pub(crate) fn domain(text: &str) -> Domain {
    let host = text.strip_prefix("https://");
    Domain { name: host.unwrap_or(text).to_owned(), host_only: host.is_some() }
}

/// A subscription to the cookies of these domains in these stores, and to their changes.
pub(crate) fn cookies_of(domains: &[&str], stores: &[&str]) -> Subscription {
    Subscription::Cookies {
        domains: domains.iter().map(|text| domain(text)).collect(),
        stores: stores.iter().map(|&store| store.to_owned()).collect(),
        follow: Follow::Changes,
    }
}

/// A tool's side.
pub(crate) struct Subscriber(Links);

impl Subscriber {
    /// Asks every browser whose bridge listens in this folder.
    pub(crate) fn start(
        folder: PathBuf,
        keys: Keys,
        name: &str,
        subscriptions: Vec<Subscription>,
        window: u32,
    ) -> Self {
        let options = LinkOptions { tool: name.to_owned(), subscriptions, window, filter: BrowserFilter::default() };
        Self(Links::start_in(vec![folder], options, keys))
    }

    /// Asks for the cookies of these domains and their changes.
    pub(crate) fn of_cookies(folder: PathBuf, keys: Keys, name: &str, domains: &[&str]) -> Self {
        Self::start(folder, keys, name, vec![cookies_of(domains, &[])], 1024)
    }

    /// Asks for something else.
    pub(crate) fn asks_instead(&self, subscriptions: Vec<Subscription>) {
        self.0.subscribe(subscriptions);
    }

    #[track_caller]
    pub(crate) fn event(&self) -> Event {
        self.0.next(Some(LIMIT)).expect("an event").1
    }

    #[track_caller]
    pub(crate) fn message(&self) -> FromExtension {
        match self.event() {
            Event::Message(message) => message,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    pub(crate) fn connected(&self) {
        assert!(matches!(self.event(), Event::Connected(_)));
    }

    /// The next message is this consent.
    #[track_caller]
    pub(crate) fn consent(&self, domain: &str, state: ConsentState) {
        let expected = FromExtension::Consent { subject: "cookies".into(), domain: Some(domain.to_owned()), state };
        assert_eq!(self.message(), expected);
    }

    /// The next message is a snapshot. Its cookies, by domain and name.
    #[track_caller]
    pub(crate) fn snapshot(&self) -> Vec<String> {
        match self.message() {
            FromExtension::Cookies { cookies, .. } => {
                let mut names: Vec<String> = cookies.iter().map(named).collect();
                names.sort();
                names
            }
            other => panic!("{other:?}"),
        }
    }

    /// The next message is a change: the cookie with its value, and what happened to it.
    #[track_caller]
    pub(crate) fn change(&self) -> (String, String, bool, String) {
        match self.message() {
            FromExtension::Cookie { cookie, removed, cause, .. } => (named(&cookie), cookie.value, removed, cause),
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    pub(crate) fn hears_nothing(&self) {
        assert_eq!(self.0.next(Some(SILENCE)), None);
    }
}

/// A cookie, by its domain and name.
pub(crate) fn named(cookie: &WireCookie) -> String {
    format!("{} {}", cookie.domain, cookie.name)
}
