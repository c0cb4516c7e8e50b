//! Protection spaces (RFC 7616 section 3.3, `domain`): what servers taught, by origin and realm, for all threads of a run.
//! So many requests cost one handshake, and the count of a nonce is right across threads.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::url::Url;

use super::offer::{Choice, Offer, Wanted, listed};

/// How many origins, and how many nonces, are remembered: a stream has no end, memory has.
const LIMIT: usize = 4096;

/// How many realms are remembered for each origin, and how many folders for each realm.
const REALMS: usize = 64;

/// How long a request waits for the answer to another one before it asks for a challenge of its own. Only matters where
/// that other one failed without an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a request goes: origin, and path with query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    origin: String,
    path: String,
}

impl Target {
    pub(super) fn of(url: &Url<'_>) -> Self {
        let origin = format!("{}://{}:{}", url.protocol().as_str(), url.ascii_host(), url.effective_port());
        Self { origin, path: url.target().into_owned() }
    }

    /// The folder that the path lies in.
    fn folder(&self) -> &str {
        let path = self.path.split('?').next().unwrap_or_default();
        path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or("/")
    }
}

/// Where an offer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The user gave it.
    User,
    /// A server made it in this run.
    Server,
}

/// What a request is signed with.
#[derive(Clone, Debug)]
pub(super) struct Ticket {
    pub(super) source: Source,
    pub(super) choice: Choice,
    /// How many requests carry this nonce, this one included.
    pub(super) count: u32,
    pub(super) client_nonce: String,
}

/// What is known for a request.
pub(super) enum Entry {
    /// An offer to answer.
    Known(Ticket),
    /// Nothing: whoever holds this asks, and others wait for what comes of it.
    Ask(Asking),
    /// This origin answered without asking for digest: nobody needs to wait.
    Open,
    /// The space is known and offers nothing that is as wanted; what it does offer, in words.
    NotOffered(String),
}

/// Everything that was learned.
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
    /// Prefixes of path and query; none: the whole origin.
    domain: Vec<String>,
    /// Folders in which this realm was asked for.
    roots: VecDeque<String>,
}

/// A nonce of a realm. An offer that the user gave is not tied to an origin.
type Nonce = (Option<String>, String, String);

#[derive(Debug, Default)]
struct Count {
    used: u32,
    /// The client nonce of a -sess algorithm: A1 is made with the first one (RFC 7616 section 3.4.2), so that all
    /// requests with this nonce send the same, which is right for servers that take the current one too.
    client_nonce: Option<String>,
    /// The server has refused it; only where the user gave it.
    is_refused: bool,
}

/// What is being asked: an origin, and the realm where only one will do.
type Question = (String, Option<String>);

/// The right to ask. Others wait until it goes.
#[derive(Debug)]
pub(super) struct Asking {
    spaces: Arc<Spaces>,
    question: Question,
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.spaces.lock().asking.remove(&self.question);
        self.spaces.changed.notify_all();
    }
}

impl Spaces {
    /// A thread that panicked left at most a count too high.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known for a target. Waits while another request to the same origin is asking.
    pub(super) fn enter(self: &Arc<Self>, target: &Target, wanted: &Wanted, client_nonce: &str) -> Entry {
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
            inner = self.changed.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Signs with an offer that the user gave, counting from `first`. `None`: the server has refused its nonce.
    pub(super) fn given(&self, choice: Choice, first: u32, client_nonce: &str) -> Option<Ticket> {
        let nonce = (None, choice.0.realm.clone(), choice.0.nonce.clone());
        let mut inner = self.lock();
        let count = inner.counts.entry(nonce);
        count.used = count.used.max(first.saturating_sub(1));
        if count.is_refused { None } else { Some(count.ticket(Source::User, choice, client_nonce)) }
    }

    /// Signs with an offer that the server made for a target.
    pub(super) fn issue(&self, target: &Target, choice: Choice, client_nonce: &str) -> Ticket {
        self.lock().issue(target, choice, client_nonce)
    }

    /// The server has refused these credentials and said what it wants: an offer that the user gave is not used again.
    pub(super) fn refuse(&self, used: &Ticket) {
        if used.source == Source::User {
            let offer = &used.choice.0;
            self.lock().counts.entry((None, offer.realm.clone(), offer.nonce.clone())).is_refused = true;
        }
    }

    /// Keeps what the server offered for a target, in place of what it offered before for the same realm.
    pub(super) fn learn(&self, target: &Target, realm: &str, offers: &[Arc<Offer>]) {
        let mut guard = self.lock();
        let inner = &mut *guard;
        let spaces = inner.spaces.entry(target.origin.clone());
        let known = spaces.iter().position(|space| space.realm == realm).map(|at| spaces.remove(at));
        let mut space = Space::new(target, realm, offers);
        for old in known.iter().flat_map(|known| &known.offers) {
            if !space.offers.iter().any(|offer| offer.nonce == old.nonce) {
                inner.counts.remove(&(Some(target.origin.clone()), realm.to_owned(), old.nonce.clone()));
            }
        }
        space.roots.extend(known.into_iter().flat_map(|known| known.roots));
        space.add_root(target);
        spaces.push(space);
        spaces.drain(..spaces.len().saturating_sub(REALMS));
        inner.open.remove(&target.origin);
    }

    /// The server wants its next nonce used (RFC 7616 section 3.5). A -sess algorithm makes its A1 anew then, as every
    /// server expects that reads A1's nonce from the request.
    pub(super) fn rotate(&self, target: &Target, used: &Ticket, next: &str) {
        let offer = &used.choice.0;
        let rotated = Arc::new(Offer { nonce: next.to_owned(), ..(**offer).clone() });
        if used.source == Source::User {
            self.learn(target, &offer.realm, &[rotated]);
            return self.refuse(used);
        }
        let mut guard = self.lock();
        let inner = &mut *guard;
        let spaces = inner.spaces.entry(target.origin.clone());
        for known in spaces.iter_mut().flat_map(|space| &mut space.offers) {
            if Arc::ptr_eq(known, offer) {
                *known = Arc::clone(&rotated);
            }
        }
        inner.counts.remove(&(Some(target.origin.clone()), offer.realm.clone(), offer.nonce.clone()));
    }

    /// The origin answered a request without authorization, and did not ask for any.
    pub(super) fn open(&self, target: &Target) {
        self.lock().open.entry(target.origin.clone());
    }
}

impl Inner {
    fn known(&mut self, target: &Target, wanted: &Wanted, client_nonce: &str) -> Option<Entry> {
        let space = self.spaces.get(&target.origin).and_then(|spaces| best(spaces, target, wanted));
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

/// The space that covers a target most closely; of equally close ones the one learned last.
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

    /// How long a prefix of the target this space is known to cover, if it covers it.
    fn covers(&self, target: &Target) -> Option<usize> {
        let prefixes = self.domain.iter().chain(&self.roots).filter(|prefix| target.path.starts_with(*prefix));
        let longest = prefixes.map(String::len).max();
        longest.or_else(|| self.domain.is_empty().then_some(0))
    }

    /// A target within the domain says nothing new of where the space lies.
    fn add_root(&mut self, target: &Target) {
        let folder = target.folder();
        let is_told = self.domain.iter().any(|prefix| target.path.starts_with(prefix));
        if !is_told && !self.roots.iter().any(|root| root == folder) {
            self.roots.push_front(folder.to_owned());
            self.roots.truncate(REALMS);
        }
    }
}

/// The path of a `domain` URI of the target's own origin. Other origins ask for themselves: what one of them says must
/// not decide what another one gets.
fn own_path(target: &Target, uri: &str) -> Option<String> {
    if uri.starts_with('/') && !uri.starts_with("//") {
        return Some(uri.to_owned());
    }
    let (url, _) = Url::parse(uri.into()).ok()?;
    let other = Target::of(&url);
    (other.origin == target.origin).then_some(other.path)
}

impl Count {
    fn ticket(&mut self, source: Source, choice: Choice, client_nonce: &str) -> Ticket {
        // A count that is full cannot go on: the server will say that the nonce is stale.
        self.used = self.used.saturating_add(1);
        let client_nonce = if choice.0.algorithm.is_session() {
            self.client_nonce.get_or_insert_with(|| client_nonce.to_owned()).clone()
        } else {
            client_nonce.to_owned()
        };
        Ticket { source, choice, count: self.used, client_nonce }
    }
}

/// A map that forgets the oldest entry when it is full.
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
