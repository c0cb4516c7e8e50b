//! What the browsers have, put together, and how it changes.

use std::collections::{BTreeMap, HashMap, HashSet};

use countersign_shared::bridge::message::{self, Domain};
use countersign_shared::cookies::{Cookie, Identity, json};
use countersign_shared::moment;
use serde_json::{Value, json};

/// The cookies of all browsers. Of one cookie in two browsers, the last change counts.
#[derive(Default)]
pub(crate) struct View {
    /// What each browser has, by its name.
    browsers: HashMap<String, HashMap<Identity, Cookie>>,
    merged: HashMap<Identity, Entry>,
    made: u64,
}

/// A cookie that counts.
struct Entry {
    cookie: Cookie,
    browser: String,
    /// When it was made, relative to the others: a new value changes nothing about that (RFC 6265 section 5.3 step 11).
    order: u64,
    /// By the clock as it was last looked at. It is not forgotten: the clock may be set back.
    has_expired: bool,
}

/// What happened to a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Added,
    Changed,
    Removed,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    pub what: What,
    /// The browser's word, or `missed` for what happened while nobody listened.
    pub cause: String,
    pub browser: String,
    pub cookie: Cookie,
}

impl Change {
    /// A line of JSON, without its break.
    pub(crate) fn line(&self) -> String {
        let what = match self.what {
            What::Added => "added",
            What::Changed => "changed",
            What::Removed => "removed",
        };
        let time = moment::date_time(std::time::SystemTime::now());
        let cookie: Value = json::value(&self.cookie);
        json!({ "time": time, "change": what, "cause": self.cause, "browser": self.browser, "cookie": cookie })
            .to_string()
    }
}

/// What was missed while nobody listened has no cause that we know.
const MISSED: &str = "missed";

impl View {
    /// Takes all cookies of a domain in a browser: what is not among them is gone.
    pub(crate) fn snapshot(
        &mut self,
        browser: &str,
        domain: &Domain,
        cookies: Vec<message::Cookie>,
        now: i64,
    ) -> Vec<Change> {
        let cookies: Vec<Cookie> = cookies.into_iter().filter_map(|cookie| genuine(domain, cookie)).collect();
        let there: HashSet<Identity> = cookies.iter().map(Cookie::identity).collect();
        let known = self.browsers.entry(browser.to_owned()).or_default();
        let is_gone = |(identity, cookie): &(&Identity, &Cookie)| domain.covers(cookie) && !there.contains(identity);
        let gone: Vec<Identity> = known.iter().filter(is_gone).map(|(identity, _)| identity.clone()).collect();
        let mut changes = Vec::new();
        for identity in gone {
            known.remove(&identity);
            // Another browser's cookie is none of this one's business.
            if self.merged.get(&identity).is_some_and(|entry| entry.browser == browser) {
                changes.extend(remove(&mut self.merged, &identity, browser, MISSED));
            }
        }
        for cookie in cookies {
            let is_news = known.get(&cookie.identity()) != Some(&cookie);
            if is_news {
                known.insert(cookie.identity(), cookie.clone());
                changes.extend(put(&mut self.merged, &mut self.made, cookie, browser, MISSED, now));
            }
        }
        changes
    }

    /// Takes one change in a browser.
    pub(crate) fn change(
        &mut self,
        browser: &str,
        domain: &Domain,
        news: (message::Cookie, bool, &str),
        now: i64,
    ) -> Option<Change> {
        let (cookie, is_removed, cause) = news;
        // Half of an overwrite is no deletion; the other half follows.
        if is_removed && cause == "overwrite" {
            return None;
        }
        let cookie = genuine(domain, cookie)?;
        let known = self.browsers.entry(browser.to_owned()).or_default();
        if is_removed {
            known.remove(&cookie.identity());
            return remove(&mut self.merged, &cookie.identity(), browser, cause);
        }
        known.insert(cookie.identity(), cookie.clone());
        put(&mut self.merged, &mut self.made, cookie, browser, cause, now)
    }

    /// Forgets what is of none of these domains.
    pub(crate) fn keep_only(&mut self, domains: &[Domain]) {
        let is_one = |cookie: &Cookie| domains.iter().any(|domain| domain.covers(cookie));
        self.merged.retain(|_, entry| is_one(&entry.cookie));
        self.browsers.values_mut().for_each(|known| known.retain(|_, cookie| is_one(cookie)));
    }

    /// Looks at the clock: cookies end without a word from the browser, and come back when it is set back.
    pub(crate) fn look_at_clock(&mut self, now: i64) -> Vec<Change> {
        let mut changes: BTreeMap<u64, Change> = BTreeMap::new();
        for entry in self.merged.values_mut().filter(|entry| entry.cookie.is_expired(now) != entry.has_expired) {
            entry.has_expired = !entry.has_expired;
            let (what, cause) = if entry.has_expired { (What::Removed, "expired") } else { (What::Added, MISSED) };
            let (browser, cookie) = (entry.browser.clone(), entry.cookie.clone());
            changes.insert(entry.order, Change { what, cause: cause.to_owned(), browser, cookie });
        }
        changes.into_values().collect()
    }

    /// The cookies that count, in the order in which they were made.
    pub(crate) fn cookies(&self) -> Vec<Cookie> {
        let mut entries: Vec<&Entry> = self.merged.values().filter(|entry| !entry.has_expired).collect();
        entries.sort_unstable_by_key(|entry| entry.order);
        entries.into_iter().map(|entry| entry.cookie.clone()).collect()
    }

    /// Whether there is a cookie of that name in one of the domains.
    pub(crate) fn has(&self, name: &str, domains: &[Domain]) -> bool {
        let is_it = |entry: &Entry| {
            !entry.has_expired && entry.cookie.name == name && domains.iter().any(|domain| domain.covers(&entry.cookie))
        };
        self.merged.values().any(is_it)
    }
}

/// What an extension says of another domain than it was asked about, or of something that is no cookie, does not count.
fn genuine(domain: &Domain, cookie: message::Cookie) -> Option<Cookie> {
    match Cookie::try_from(cookie) {
        Ok(cookie) if domain.covers(&cookie) => Some(cookie),
        Ok(_) => {
            log::debug!("a cookie that is not one of {domain} is left out");
            None
        }
        Err(invalid) => {
            log::debug!("a cookie of {domain} {invalid}, and is left out");
            None
        }
    }
}

fn put(
    merged: &mut HashMap<Identity, Entry>,
    made: &mut u64,
    cookie: Cookie,
    browser: &str,
    cause: &str,
    now: i64,
) -> Option<Change> {
    let old = merged.get(&cookie.identity());
    let (was_there, order) = match old {
        Some(old) if !old.has_expired => (true, old.order),
        _ => {
            *made += 1;
            (false, *made)
        }
    };
    let is_same = old.is_some_and(|old| old.cookie == cookie);
    let has_expired = cookie.is_expired(now);
    let entry = Entry { cookie: cookie.clone(), browser: browser.to_owned(), order, has_expired };
    merged.insert(cookie.identity(), entry);
    let what = match (was_there, has_expired) {
        (true, false) if is_same => return None,
        (true, false) => What::Changed,
        (true, true) => What::Removed,
        (false, false) => What::Added,
        (false, true) => return None,
    };
    Some(Change { what, cause: cause.to_owned(), browser: browser.to_owned(), cookie })
}

fn remove(merged: &mut HashMap<Identity, Entry>, identity: &Identity, browser: &str, cause: &str) -> Option<Change> {
    let entry = merged.remove(identity).filter(|entry| !entry.has_expired)?;
    Some(Change { what: What::Removed, cause: cause.to_owned(), browser: browser.to_owned(), cookie: entry.cookie })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn domain() -> Domain {
        Domain { name: "example.com".to_owned(), host_only: false }
    }

    fn cookie(name: &str, value: &str, expires: Option<f64>) -> message::Cookie {
        message::Cookie {
            name: name.to_owned(),
            value: value.to_owned(),
            domain: "example.com".to_owned(),
            host_only: true,
            path: "/".to_owned(),
            secure: false,
            http_only: false,
            same_site: "lax".to_owned(),
            session: expires.is_none(),
            expiration_date: expires,
            store_id: "0".to_owned(),
            partition_key: None,
        }
    }

    fn told(changes: impl IntoIterator<Item = Change>) -> Vec<(What, String, String)> {
        changes.into_iter().map(|change| (change.what, change.cookie.name, change.cause)).collect()
    }

    fn values(view: &View) -> String {
        view.cookies().iter().map(|cookie| format!("{}={} ", cookie.name, cookie.value)).collect()
    }

    #[test]
    fn an_overwrite_is_a_change_and_no_deletion() {
        let mut view = View::default();
        view.snapshot("b", &domain(), vec![cookie("a", "1", None), cookie("b", "1", None)], 0);
        assert_eq!(view.change("b", &domain(), (cookie("a", "1", None), true, "overwrite"), 0), None);
        let change = view.change("b", &domain(), (cookie("a", "2", None), false, "explicit"), 0);
        assert_eq!(told(change), [(What::Changed, "a".into(), "explicit".into())]);
        assert_eq!(values(&view), "a=2 b=1 ", "it stays where it was");
        let again = view.change("b", &domain(), (cookie("a", "2", None), false, "explicit"), 0);
        assert_eq!(again, None, "nothing is new");
    }

    #[test]
    fn what_is_missing_from_a_snapshot_is_gone() {
        let mut view = View::default();
        view.snapshot("b", &domain(), vec![cookie("a", "1", None), cookie("b", "1", None)], 0);
        let changes = view.snapshot("b", &domain(), vec![cookie("b", "2", None)], 0);
        let expected = [(What::Removed, "a".into(), MISSED.into()), (What::Changed, "b".into(), MISSED.into())];
        assert_eq!(told(changes), expected);
    }

    #[test]
    fn cookies_end_by_the_clock_and_come_back_with_it() {
        let mut view = View::default();
        view.snapshot("b", &domain(), vec![cookie("a", "1", Some(100.5)), cookie("old", "1", Some(5.0))], 50);
        assert_eq!(values(&view), "a=1 ", "what ended before was never there");
        assert_eq!(view.look_at_clock(99), []);
        assert_eq!(told(view.look_at_clock(100)), [(What::Removed, "a".into(), "expired".into())]);
        assert_eq!(values(&view), "");
        assert_eq!(told(view.change("b", &domain(), (cookie("a", "1", Some(100.5)), true, "expired"), 101)), []);
        view.snapshot("b", &domain(), vec![cookie("c", "1", Some(100.0))], 50);
        view.look_at_clock(1000);
        assert_eq!(told(view.look_at_clock(60)), [(What::Added, "c".into(), MISSED.into())]);
    }

    #[test]
    fn of_two_browsers_the_last_change_wins() {
        let mut view = View::default();
        view.snapshot("one", &domain(), vec![cookie("a", "1", None)], 0);
        view.snapshot("two", &domain(), vec![cookie("a", "2", None)], 0);
        assert_eq!(values(&view), "a=2 ");
        assert_eq!(view.snapshot("one", &domain(), vec![cookie("a", "1", None)], 0), [], "that is no news");
        assert_eq!(values(&view), "a=2 ");
        assert_eq!(view.snapshot("one", &domain(), vec![], 0), [], "it is the other one's by now");
        view.change("one", &domain(), (cookie("a", "3", None), false, "explicit"), 0);
        assert_eq!(values(&view), "a=3 ");
        view.change("two", &domain(), (cookie("a", "2", None), true, "explicit"), 0);
        assert_eq!(values(&view), "");
    }

    #[test]
    fn what_was_not_asked_for_does_not_count() {
        let mut view = View::default();
        let mut other = cookie("a", "1", None);
        other.domain = "other.test".to_owned();
        let mut broken = cookie("b", "1\n2", None);
        broken.session = true;
        assert_eq!(view.snapshot("b", &domain(), vec![other, broken], 0), []);
    }
}
