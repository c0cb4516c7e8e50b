//! The cookies of all browsers merged into one set, and the changes that this brings.

use std::collections::{BTreeMap, HashMap, HashSet};

use countersign_shared::bridge::message::{Domain, WireCookie};
use countersign_shared::cookies::{Cookie, Identity, json};
use countersign_shared::moment;
use serde_json::{Value, json};

/// The merged cookies of all browsers. If two browsers have the same cookie, the last change counts.
#[derive(Default)]
pub(crate) struct MergedCookies {
    /// The cookies of each browser, by its name.
    browsers: HashMap<String, HashMap<Identity, Cookie>>,
    merged: HashMap<Identity, Entry>,
    /// The order of the cookie that was made last.
    made: u64,
}

/// A cookie in the merged set.
struct Entry {
    cookie: Cookie,
    browser: String,
    /// The order of creation. A new value keeps it (RFC 6265 section 5.3 step 11).
    order: u64,
    /// True if the cookie had expired when the clock was last looked at. Such an entry stays, since the clock may be
    /// set back.
    has_expired: bool,
}

/// A kind of change to a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    Added,
    Changed,
    Removed,
}

/// One change to the merged set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    pub kind: ChangeKind,
    /// The cause as the browser names it, `expired`, or `missed` if the change happened while no tool listened.
    pub cause: String,
    pub browser: String,
    pub cookie: Cookie,
}

impl Change {
    /// Returns the change as a line of JSON, without the line break.
    pub(crate) fn line(&self) -> String {
        let kind = match self.kind {
            ChangeKind::Added => "added",
            ChangeKind::Changed => "changed",
            ChangeKind::Removed => "removed",
        };
        let time = moment::date_time(std::time::SystemTime::now());
        let cookie: Value = json::value(&self.cookie);
        json!({ "time": time, "change": kind, "cause": self.cause, "browser": self.browser, "cookie": cookie })
            .to_string()
    }
}

/// The cause of a change that happened while no tool listened: a snapshot shows the difference, not the reason.
const MISSED: &str = "missed";

impl MergedCookies {
    /// Takes all cookies that a browser has of a domain, and returns the changes. A cookie that is not among them is
    /// gone.
    pub(crate) fn snapshot(
        &mut self,
        browser: &str,
        domain: &Domain,
        cookies: Vec<WireCookie>,
        now: i64,
    ) -> Vec<Change> {
        let cookies: Vec<Cookie> = cookies.into_iter().filter_map(|cookie| accepted(domain, cookie)).collect();
        let there: HashSet<Identity> = cookies.iter().map(Cookie::identity).collect();
        let known = self.browsers.entry(browser.to_owned()).or_default();
        let is_gone = |(identity, cookie): &(&Identity, &Cookie)| domain.covers(cookie) && !there.contains(identity);
        let gone: Vec<Identity> = known.iter().filter(is_gone).map(|(identity, _)| identity.clone()).collect();
        let mut changes = Vec::new();
        for identity in gone {
            known.remove(&identity);
            // If another browser has set it since, the cookie is still there.
            if self.merged.get(&identity).is_some_and(|entry| entry.browser == browser) {
                changes.extend(remove(&mut self.merged, &identity, browser, MISSED));
            }
        }
        for cookie in cookies {
            // A cookie that this browser had already must not displace one that another browser has set since.
            let is_news = known.get(&cookie.identity()) != Some(&cookie);
            if is_news {
                known.insert(cookie.identity(), cookie.clone());
                changes.extend(put(&mut self.merged, &mut self.made, cookie, browser, MISSED, now));
            }
        }
        changes
    }

    /// Takes one change in a browser, and returns the change of the merged set, if there is one.
    pub(crate) fn change(
        &mut self,
        browser: &str,
        domain: &Domain,
        news: (WireCookie, bool, &str),
        now: i64,
    ) -> Option<Change> {
        let (cookie, is_removed, cause) = news;
        // Browsers report an overwrite as a removal and an addition. The addition, which follows, is the change.
        if is_removed && cause == "overwrite" {
            return None;
        }
        let cookie = accepted(domain, cookie)?;
        let known = self.browsers.entry(browser.to_owned()).or_default();
        if is_removed {
            known.remove(&cookie.identity());
            return remove(&mut self.merged, &cookie.identity(), browser, cause);
        }
        known.insert(cookie.identity(), cookie.clone());
        put(&mut self.merged, &mut self.made, cookie, browser, cause, now)
    }

    /// Forgets every cookie that no domain of the list covers.
    pub(crate) fn keep_only(&mut self, domains: &[Domain]) {
        let is_one = |cookie: &Cookie| domains.iter().any(|domain| domain.covers(cookie));
        self.merged.retain(|_, entry| is_one(&entry.cookie));
        self.browsers.values_mut().for_each(|known| known.retain(|_, cookie| is_one(cookie)));
    }

    /// Marks cookies that have expired by now, and those that have not any more because the clock was set back.
    /// Browsers need not report an expiry.
    pub(crate) fn expire(&mut self, now: i64) -> Vec<Change> {
        // A hash map has no order of its own, so the changes are put in the order in which the cookies were made.
        let mut changes: BTreeMap<u64, Change> = BTreeMap::new();
        for entry in self.merged.values_mut().filter(|entry| entry.cookie.is_expired(now) != entry.has_expired) {
            entry.has_expired = !entry.has_expired;
            let (kind, cause) =
                if entry.has_expired { (ChangeKind::Removed, "expired") } else { (ChangeKind::Added, MISSED) };
            let (browser, cookie) = (entry.browser.clone(), entry.cookie.clone());
            changes.insert(entry.order, Change { kind, cause: cause.to_owned(), browser, cookie });
        }
        changes.into_values().collect()
    }

    /// Returns the cookies that have not expired, in the order in which they were made.
    pub(crate) fn list(&self) -> Vec<Cookie> {
        let mut entries: Vec<&Entry> = self.merged.values().filter(|entry| !entry.has_expired).collect();
        entries.sort_unstable_by_key(|entry| entry.order);
        entries.into_iter().map(|entry| entry.cookie.clone()).collect()
    }

    /// Returns true if there is a cookie of that name in one of the domains.
    pub(crate) fn has(&self, name: &str, domains: &[Domain]) -> bool {
        let is_it = |entry: &Entry| {
            !entry.has_expired && entry.cookie.name == name && domains.iter().any(|domain| domain.covers(&entry.cookie))
        };
        self.merged.values().any(is_it)
    }
}

/// Returns the cookie if it is valid and belongs to the domain that was asked for.
fn accepted(domain: &Domain, cookie: WireCookie) -> Option<Cookie> {
    // The user agreed to share this domain, so a cookie of another one must not come along.
    match Cookie::try_from(cookie) {
        Ok(cookie) if domain.covers(&cookie) => Some(cookie),
        Ok(_) => {
            log::debug!("a cookie that is not one of {domain} is left out");
            None
        }
        Err(invalid) => {
            log::debug!("a cookie of {domain} is left out: it {invalid}");
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
        // An expired cookie was gone, so the one that takes its place is new and comes last.
        _ => {
            *made += 1;
            (false, *made)
        }
    };
    let is_same = old.is_some_and(|old| old.cookie == cookie);
    let has_expired = cookie.is_expired(now);
    let entry = Entry { cookie: cookie.clone(), browser: browser.to_owned(), order, has_expired };
    merged.insert(cookie.identity(), entry);
    let kind = match (was_there, has_expired) {
        (true, false) if is_same => return None,
        (true, false) => ChangeKind::Changed,
        (true, true) => ChangeKind::Removed,
        (false, false) => ChangeKind::Added,
        (false, true) => return None,
    };
    Some(Change { kind, cause: cause.to_owned(), browser: browser.to_owned(), cookie })
}

fn remove(merged: &mut HashMap<Identity, Entry>, identity: &Identity, browser: &str, cause: &str) -> Option<Change> {
    let entry = merged.remove(identity).filter(|entry| !entry.has_expired)?;
    Some(Change {
        kind: ChangeKind::Removed,
        cause: cause.to_owned(),
        browser: browser.to_owned(),
        cookie: entry.cookie,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn domain() -> Domain {
        Domain { name: "example.com".to_owned(), host_only: false }
    }

    fn cookie(name: &str, value: &str, expires: Option<f64>) -> WireCookie {
        WireCookie {
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

    fn told(changes: impl IntoIterator<Item = Change>) -> Vec<(ChangeKind, String, String)> {
        changes.into_iter().map(|change| (change.kind, change.cookie.name, change.cause)).collect()
    }

    fn values(merged: &MergedCookies) -> String {
        merged.list().iter().map(|cookie| format!("{}={} ", cookie.name, cookie.value)).collect()
    }

    #[test]
    fn an_overwrite_is_a_change_and_no_deletion() {
        let mut merged = MergedCookies::default();
        merged.snapshot("b", &domain(), vec![cookie("a", "1", None), cookie("b", "1", None)], 0);
        assert_eq!(merged.change("b", &domain(), (cookie("a", "1", None), true, "overwrite"), 0), None);
        let change = merged.change("b", &domain(), (cookie("a", "2", None), false, "explicit"), 0);
        assert_eq!(told(change), [(ChangeKind::Changed, "a".into(), "explicit".into())]);
        assert_eq!(values(&merged), "a=2 b=1 ", "it stays where it was");
        let again = merged.change("b", &domain(), (cookie("a", "2", None), false, "explicit"), 0);
        assert_eq!(again, None, "nothing is new");
    }

    #[test]
    fn what_is_missing_from_a_snapshot_is_gone() {
        let mut merged = MergedCookies::default();
        merged.snapshot("b", &domain(), vec![cookie("a", "1", None), cookie("b", "1", None)], 0);
        let changes = merged.snapshot("b", &domain(), vec![cookie("b", "2", None)], 0);
        let expected =
            [(ChangeKind::Removed, "a".into(), MISSED.into()), (ChangeKind::Changed, "b".into(), MISSED.into())];
        assert_eq!(told(changes), expected);
    }

    #[test]
    fn cookies_end_by_the_clock_and_come_back_with_it() {
        let mut merged = MergedCookies::default();
        merged.snapshot("b", &domain(), vec![cookie("a", "1", Some(100.5)), cookie("old", "1", Some(5.0))], 50);
        assert_eq!(values(&merged), "a=1 ", "what ended before was never there");
        assert_eq!(merged.expire(99), []);
        assert_eq!(told(merged.expire(100)), [(ChangeKind::Removed, "a".into(), "expired".into())]);
        assert_eq!(values(&merged), "");
        assert_eq!(told(merged.change("b", &domain(), (cookie("a", "1", Some(100.5)), true, "expired"), 101)), []);
        merged.snapshot("b", &domain(), vec![cookie("c", "1", Some(100.0))], 50);
        merged.expire(1000);
        assert_eq!(told(merged.expire(60)), [(ChangeKind::Added, "c".into(), MISSED.into())]);
    }

    #[test]
    fn of_two_browsers_the_last_change_wins() {
        let mut merged = MergedCookies::default();
        merged.snapshot("one", &domain(), vec![cookie("a", "1", None)], 0);
        merged.snapshot("two", &domain(), vec![cookie("a", "2", None)], 0);
        assert_eq!(values(&merged), "a=2 ");
        assert_eq!(merged.snapshot("one", &domain(), vec![cookie("a", "1", None)], 0), [], "that is no news");
        assert_eq!(values(&merged), "a=2 ");
        assert_eq!(merged.snapshot("one", &domain(), vec![], 0), [], "it is the other one's by now");
        merged.change("one", &domain(), (cookie("a", "3", None), false, "explicit"), 0);
        assert_eq!(values(&merged), "a=3 ");
        merged.change("two", &domain(), (cookie("a", "2", None), true, "explicit"), 0);
        assert_eq!(values(&merged), "");
    }

    #[test]
    fn what_was_not_asked_for_does_not_count() {
        let mut merged = MergedCookies::default();
        let mut other = cookie("a", "1", None);
        other.domain = "other.test".to_owned();
        let mut broken = cookie("b", "1\n2", None);
        broken.session = true;
        assert_eq!(merged.snapshot("b", &domain(), vec![other, broken], 0), []);
    }
}
