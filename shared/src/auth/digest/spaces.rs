//! Protection spaces (RFC 7616 section 3.3, `domain`): the offers that servers made, by origin and realm, for all threads of
//! a run. Many requests cost one handshake, and the count of a nonce is right across threads.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use crate::lock::{lock, unpoisoned};
use crate::url::Url;

use super::offer::{Choice, Offer, Wanted, listed};

/// The number of origins, and of nonces, that are remembered, so that an endless stream needs bounded memory.
const LIMIT: usize = 4096;

/// The number of realms that are remembered for an origin, and of folders for a realm.
const REALMS: usize = 64;

/// The time for which a request waits for the answer to another one before it asks for a challenge itself. It runs out only
/// if the other request takes longer than that.
const PATIENCE: Duration = Duration::from_secs(10);

/// The destination of a request: origin, and path with query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    origin: String,
    path: String,
}

impl Target {
    pub(super) fn of(url: &Url<'_>) -> Self {
        // The port is always written, so that `https://h` and `https://h:443` are one origin.
        let origin = format!("{}://{}:{}", url.protocol().as_str(), url.ascii_host(), url.effective_port());
        Self { origin, path: url.target().into_owned() }
    }

    /// Returns the folder that the path lies in.
    fn folder(&self) -> &str {
        // A slash in the query ends no folder.
        let path = self.path.split('?').next().unwrap_or_default();
        path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or("/")
    }
}

/// The origin of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The user gave it with options or `_auth`.
    User,
    /// A server made it in this run.
    Server,
}

/// The values that a request is signed with.
#[derive(Clone, Debug)]
pub(super) struct Ticket {
    pub(super) source: Source,
    pub(super) choice: Choice,
    /// The number of requests with this nonce, this one included.
    pub(super) count: u32,
    pub(super) client_nonce: String,
}

/// The knowledge about a request's target.
pub(super) enum Entry {
    /// An offer to answer.
    Known(Ticket),
    /// Nothing is known: the caller asks, and other threads wait until [`Asking`] is dropped.
    Ask(Asking),
    /// This origin answered without asking for digest, so no request to it waits.
    Open,
    /// The space is known and its offers do not meet the demands; the offers in words.
    NotOffered(String),
}

/// The state that all threads share.
#[derive(Debug, Default)]
pub(crate) struct Spaces {
    inner: Mutex<Inner>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Inner {
    spaces: Bounded<String, Vec<Space>>,
    counts: Bounded<Nonce, Count>,
    open: Bounded<String, ()>,
    asking: HashSet<Question>,
}

/// One realm of one origin.
#[derive(Debug)]
struct Space {
    realm: String,
    offers: Vec<Arc<Offer>>,
    /// Prefixes of path and query; an empty list is the whole origin.
    domain: Vec<String>,
    /// The folders of the requests that were challenged with this realm.
    roots: VecDeque<String>,
}

/// Origin, realm and nonce. An offer that the user gave has no origin.
type Nonce = (Option<String>, String, String);

#[derive(Debug, Default)]
struct Count {
    used: u32,
    /// The client nonce of a `-sess` algorithm. A1 is made with the first one (RFC 7616 section 3.4.2). Some servers compute
    /// it with the current one, so all requests with this nonce send the first.
    client_nonce: Option<String>,
    /// True if the user gave the nonce and the server has refused it.
    is_refused: bool,
}

/// The subject of a request for a challenge: an origin, and the realm if the user demands one.
type Question = (String, Option<String>);

/// The right to ask a server. Other threads wait until it is dropped.
#[derive(Debug)]
pub(super) struct Asking {
    spaces: Arc<Spaces>,
    question: Question,
}

impl Drop for Asking {
    fn drop(&mut self) {
        // The guard ends with this statement, so that the threads that wake up find the lock free.
        self.spaces.lock().asking.remove(&self.question);
        self.spaces.changed.notify_all();
    }
}

impl Spaces {
    /// Locks the state. A thread that panicked left at most a count that is too high, which servers accept.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        lock(&self.inner)
    }

    /// Returns what is known about a target. It waits while another request to the same origin is asking.
    pub(super) fn enter(self: &Arc<Self>, target: &Target, wanted: &Wanted, client_nonce: &str) -> Entry {
        // The end is fixed before the loop, because every change wakes all threads and would begin their time anew.
        let until = Instant::now() + PATIENCE;
        let question = (target.origin.clone(), wanted.realm.clone());
        let mut inner = self.lock();
        loop {
            if let Some(entry) = inner.known(target, wanted, client_nonce) {
                return entry;
            }
            let left = until.saturating_duration_since(Instant::now());
            if inner.asking.insert(question.clone()) || left.is_zero() {
                return Entry::Ask(Asking { spaces: Arc::clone(self), question });
            }
            inner = unpoisoned(self.changed.wait_timeout(inner, left)).0;
        }
    }

    /// Returns the ticket for an offer that the user gave, counting from `first`, or `None` if the server has refused its
    /// nonce.
    pub(super) fn given(&self, choice: Choice, first: u32, client_nonce: &str) -> Option<Ticket> {
        let nonce = (None, choice.0.realm.clone(), choice.0.nonce.clone());
        let mut inner = self.lock();
        let count = inner.counts.entry(nonce);
        // Another thread may be further already, and the count of a nonce must never fall.
        count.used = count.used.max(first.saturating_sub(1));
        if count.is_refused { None } else { Some(count.ticket(Source::User, choice, client_nonce)) }
    }

    /// Returns the ticket for an offer that the server made for a target.
    pub(super) fn issue(&self, target: &Target, choice: Choice, client_nonce: &str) -> Ticket {
        self.lock().issue(target, choice, client_nonce)
    }

    /// Notes that the server has refused these credentials with a challenge. An offer that the user gave is not used again.
    pub(super) fn refuse(&self, used: &Ticket) {
        if used.source == Source::User {
            let offer = &used.choice.0;
            self.lock().counts.entry((None, offer.realm.clone(), offer.nonce.clone())).is_refused = true;
        }
    }

    /// Keeps the server's offers for a target, in place of its earlier offers for the same realm.
    pub(super) fn learn(&self, target: &Target, realm: &str, offers: &[Arc<Offer>]) {
        let mut guard = self.lock();
        let inner = &mut *guard;
        let spaces = inner.spaces.entry(target.origin.clone());
        let known = spaces.iter().position(|space| space.realm == realm).map(|at| spaces.remove(at));
        let mut space = Space::new(target, realm, offers);
        for old in known.iter().flat_map(|known| &known.offers) {
            // A nonce that the server offers again goes on counting; one that it gave up is not used any more.
            if !space.offers.iter().any(|offer| offer.nonce == old.nonce) {
                inner.counts.remove(&(Some(target.origin.clone()), realm.to_owned(), old.nonce.clone()));
            }
        }
        space.roots.extend(known.into_iter().flat_map(|known| known.roots));
        space.add_root(target);
        spaces.push(space);
        spaces.drain(..spaces.len().saturating_sub(REALMS));
        // Another path of this origin may have been answered without a challenge before.
        inner.open.remove(&target.origin);
    }

    /// Replaces the nonce by the server's next one (RFC 7616 section 3.5). A `-sess` algorithm computes A1 anew, which
    /// servers expect that take A1's nonce from the request.
    pub(super) fn rotate(&self, target: &Target, used: &Ticket, next: &str) {
        let offer = &used.choice.0;
        let rotated = Arc::new(Offer { nonce: next.to_owned(), ..(**offer).clone() });
        // A challenge that the user gave is kept for no origin, so the next nonce becomes an offer of the server.
        if used.source == Source::User {
            self.learn(target, &offer.realm, &[rotated]);
            return self.refuse(used);
        }
        let mut guard = self.lock();
        let inner = &mut *guard;
        let spaces = inner.spaces.entry(target.origin.clone());
        for known in spaces.iter_mut().flat_map(|space| &mut space.offers) {
            // Another thread may have learned a newer offer meanwhile, which must stay.
            if Arc::ptr_eq(known, offer) {
                *known = Arc::clone(&rotated);
            }
        }
        inner.counts.remove(&(Some(target.origin.clone()), offer.realm.clone(), offer.nonce.clone()));
    }

    /// Notes that the origin answered a request without authorization and did not ask for any.
    pub(super) fn open(&self, target: &Target) {
        self.lock().open.entry(target.origin.clone());
    }
}

impl Inner {
    fn known(&mut self, target: &Target, wanted: &Wanted, client_nonce: &str) -> Option<Entry> {
        let space = self.spaces.get(&target.origin).and_then(|spaces| best(spaces, target, wanted));
        // A known space goes before openness, because an origin may protect only some of its paths.
        let Some(space) = space else {
            return self.open.get(&target.origin).map(|()| Entry::Open);
        };
        let Some(choice) = wanted.choose(&space.offers) else {
            return Some(Entry::NotOffered(listed(&space.offers)));
        };
        Some(Entry::Known(self.issue(target, choice, client_nonce)))
    }

    fn issue(&mut self, target: &Target, choice: Choice, client_nonce: &str) -> Ticket {
        let nonce = (Some(target.origin.clone()), choice.0.realm.clone(), choice.0.nonce.clone());
        self.counts.entry(nonce).ticket(Source::Server, choice, client_nonce)
    }
}

/// Returns the space with the longest prefix of a target; of equal ones the one learned last.
fn best<'s>(spaces: &'s [Space], target: &Target, wanted: &Wanted) -> Option<&'s Space> {
    let is_wanted = |space: &&Space| wanted.realm.as_ref().is_none_or(|realm| *realm == space.realm);
    let covering = spaces.iter().filter(is_wanted).filter_map(|space| Some((space.covers(target)?, space)));
    covering.max_by_key(|(length, _)| *length).map(|(_, space)| space)
}

impl Space {
    fn new(target: &Target, realm: &str, offers: &[Arc<Offer>]) -> Self {
        let offers: Vec<Arc<Offer>> = offers.iter().filter(|offer| offer.realm == realm).map(Arc::clone).collect();
        let uris = offers.iter().flat_map(|offer| &offer.domain);
        let domain = uris.filter_map(|uri| own_path(target, uri)).collect();
        Self { realm: realm.to_owned(), offers, domain, roots: VecDeque::new() }
    }

    /// Returns the length of the longest known prefix of the target, or `None` if the space does not cover it.
    fn covers(&self, target: &Target) -> Option<usize> {
        let prefixes = self.domain.iter().chain(&self.roots).filter(|prefix| target.path.starts_with(*prefix));
        let longest = prefixes.map(String::len).max();
        longest.or_else(|| self.domain.is_empty().then_some(0))
    }

    /// Adds a target's folder, unless the target is within the domain already.
    fn add_root(&mut self, target: &Target) {
        let folder = target.folder();
        let is_told = self.domain.iter().any(|prefix| target.path.starts_with(prefix));
        if !is_told && !self.roots.iter().any(|root| root == folder) {
            self.roots.push_front(folder.to_owned());
            self.roots.truncate(REALMS);
        }
    }
}

/// Returns the path of a `domain` URI that is of the target's own origin. URIs of other origins are ignored, because one
/// server must not decide which credentials another server gets.
fn own_path(target: &Target, uri: &str) -> Option<String> {
    // Two slashes begin the name of another host (RFC 3986 section 4.2).
    if uri.starts_with('/') && !uri.starts_with("//") {
        return Some(uri.to_owned());
    }
    let (url, _) = Url::parse(uri.into()).ok()?;
    let other = Target::of(&url);
    (other.origin == target.origin).then_some(other.path)
}

impl Count {
    fn ticket(&mut self, source: Source, choice: Choice, client_nonce: &str) -> Ticket {
        // `nc` has eight hex digits. A full count stays, and the server answers that the nonce is stale.
        self.used = self.used.saturating_add(1);
        let client_nonce = if choice.0.algorithm.is_session() {
            self.client_nonce.get_or_insert_with(|| client_nonce.to_owned()).clone()
        } else {
            client_nonce.to_owned()
        };
        Ticket { source, choice, count: self.used, client_nonce }
    }
}

/// A map of [`LIMIT`] entries that forgets the oldest one when it is full.
#[derive(Debug)]
struct Bounded<K, V> {
    map: HashMap<K, V>,
    order: VecDeque<K>,
}

impl<K, V> Default for Bounded<K, V> {
    fn default() -> Self {
        Self { map: HashMap::new(), order: VecDeque::new() }
    }
}

impl<K: Clone + Eq + Hash, V: Default> Bounded<K, V> {
    fn get(&self, key: &K) -> Option<&V> {
        self.map.get(key)
    }

    fn remove(&mut self, key: &K) {
        if self.map.remove(key).is_some() {
            self.order.retain(|other| other != key);
        }
    }

    fn entry(&mut self, key: K) -> &mut V {
        if !self.map.contains_key(&key) {
            if self.order.len() >= LIMIT {
                self.order.pop_front().map(|oldest| self.map.remove(&oldest));
            }
            self.order.push_back(key.clone());
        }
        self.map.entry(key).or_default()
    }
}
