//! The browsers that are connected, what they report, and what the user decided in each.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use countersign_shared::bridge::envelope::{Hello, Reason};
use countersign_shared::bridge::key::Keys;
use countersign_shared::bridge::link::{BrowserFilter, Event, LinkId, LinkOptions, Links};
use countersign_shared::bridge::message::{
    ConsentState, Domain, Follow, FromExtension, Subscription, ToExtension, WireCookie,
};
use countersign_shared::bridge::presence::{Presence, name_of};
use countersign_shared::cli::once::SaidOnce;
use countersign_shared::error::Error;

use crate::merged::{Change, MergedCookies};
use crate::plan::{BrowserOptions, MissingConsent};
use crate::status::{DomainStatus, SyncState, SyncStatus};
use crate::tool::{TOOL, now};

/// The number of messages that a browser may send ahead of those that were taken.
const WINDOW: u32 = 1024;

/// The time for which changes are collected before they are written together.
const BURST: Duration = Duration::from_millis(20);

/// The time after which the tool says that no browser is connected.
const ABSENCE: Duration = Duration::from_secs(2);

/// The subject of notices about the lack of any browser.
const NO_BROWSER: &str = "no browser";

/// A query for the cookies of some domains, and the browsers that it goes to.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    domains: Vec<Domain>,
    stores: Vec<String>,
    follow: Follow,
    filter: BrowserFilter,
}

impl Query {
    /// Makes a query for domains out of the options about browsers.
    pub(crate) fn new(domains: Vec<Domain>, follow: Follow, options: &BrowserOptions) -> Self {
        Self { domains, stores: options.stores.clone(), follow, filter: options.filter.clone() }
    }

    fn subscription(&self) -> Subscription {
        Subscription::Cookies { domains: self.domains.clone(), stores: self.stores.clone(), follow: self.follow }
    }
}

/// All browsers, and the cookies that they have sent.
pub(crate) struct Browsers {
    links: Links,
    keys: Keys,
    query: Query,
    peers: BTreeMap<LinkId, Peer>,
    refusals: HashMap<LinkId, Reason>,
    no_key: Option<String>,
    notices: SaidOnce,
    started: Instant,
    /// The time of the last event.
    last_event: Instant,
    pub(crate) cookies: MergedCookies,
    /// The domains that were synced. A domain stays here after its browser has gone.
    pub(crate) synced: Vec<Domain>,
}

/// One browser that is connected.
struct Peer {
    /// The browser's name in messages.
    name: String,
    states: HashMap<Domain, SyncState>,
    is_sharing: bool,
}

/// The news of one poll.
#[derive(Debug, Default)]
pub(crate) struct Update {
    pub changes: Vec<Change>,
    /// True if all cookies of a domain came. Then files are written even without a change, because they may have been
    /// edited or removed in between.
    pub has_snapshot: bool,
}

impl Browsers {
    /// Starts to look for browsers in the background and asks each for the cookies.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if no home folder is known, since keys and sockets lie below it.
    pub(crate) fn start(query: Query) -> Result<Self, Error> {
        let options = LinkOptions {
            tool: TOOL.name().to_owned(),
            subscriptions: vec![query.subscription(), Subscription::Status],
            window: WINDOW,
            filter: query.filter.clone(),
        };
        let keys = Keys::new()?;
        Ok(Self {
            links: Links::start(options, keys.clone())?,
            keys,
            query,
            peers: BTreeMap::new(),
            refusals: HashMap::new(),
            no_key: None,
            notices: SaidOnce::new(TOOL),
            started: Instant::now(),
            last_event: Instant::now(),
            cookies: MergedCookies::default(),
            synced: Vec::new(),
        })
    }

    /// Returns the domains that are asked for.
    pub(crate) fn domains(&self) -> &[Domain] {
        &self.query.domains
    }

    /// Asks for other domains from now on, and forgets the cookies of those that are no longer among them.
    pub(crate) fn ask_for(&mut self, domains: Vec<Domain>) {
        self.synced.retain(|domain| domains.contains(domain));
        self.cookies.keep_only(&domains);
        self.query.domains = domains;
        for peer in self.peers.values_mut() {
            peer.ask(&self.query.domains);
        }
        self.links.subscribe(vec![self.query.subscription(), Subscription::Status]);
    }

    /// Waits for the next event, for so long at most, and takes everything that has happened by then.
    pub(crate) fn poll(&mut self, limit: Duration) -> Update {
        let mut update = Update::default();
        let mut next = self.links.next(Some(limit));
        let until = Instant::now() + BURST;
        while let Some((link, event)) = next {
            self.last_event = Instant::now();
            self.take(link, event, &mut update);
            // A page that sets twenty cookies makes one write, and an endless stream of changes cannot keep us from
            // writing.
            next = if Instant::now() < until { self.links.next(Some(Duration::ZERO)) } else { None };
        }
        update.changes.extend(self.cookies.expire(now()));
        update
    }

    fn take(&mut self, link: LinkId, event: Event, update: &mut Update) {
        match event {
            Event::Connected(hello) => self.connect(link, &hello),
            Event::Ended => self.disconnect(link),
            Event::Refused(reason) => {
                self.refusals.insert(link, reason);
            }
            Event::NoKey(problem) => self.no_key = Some(problem),
            Event::Message(message) => self.message(link, message, update),
        }
    }

    fn connect(&mut self, link: LinkId, hello: &Hello) {
        let name = name_of(hello, |name| self.peers.values().any(|peer| peer.name == name));
        log::info!("connected to {name}");
        let mut peer = Peer { name, states: HashMap::new(), is_sharing: true };
        peer.ask(&self.query.domains);
        self.peers.insert(link, peer);
        // A browser is connected now, so the refusals of others no longer tell why there is none.
        self.refusals.clear();
        self.no_key = None;
        self.notices.forget(NO_BROWSER);
    }

    fn disconnect(&mut self, link: LinkId) {
        // Its cookies stay: closing a browser ends no session on a server.
        if let Some(peer) = self.peers.remove(&link) {
            log::info!("{} is gone", peer.name);
            self.notices.forget(&peer.name);
        }
    }

    fn message(&mut self, link: LinkId, message: FromExtension, update: &mut Update) {
        let Some(peer) = self.peers.get_mut(&link) else { return };
        match message {
            FromExtension::Consent { subject, domain: Some(domain), state } if subject == "cookies" => {
                self.consent(link, &domain, state);
            }
            FromExtension::Cookies { domain, cookies } => self.snapshot(link, domain, cookies, update),
            FromExtension::Cookie { domain, cookie, removed, cause } => {
                // A change that comes before the snapshot is contained in it, and after a refusal there is none to
                // take.
                if peer.states.get(&domain) == Some(&SyncState::Synced) {
                    update.changes.extend(self.cookies.change(&peer.name, &domain, (*cookie, removed, &cause), now()));
                }
            }
            FromExtension::Dropped { count } => {
                log::info!("{} left out {count} changes: asking for everything anew", peer.name);
                self.links.send(link, &ToExtension::Subscribe(self.query.subscription()));
            }
            FromExtension::State { sharing, version } => {
                log::info!("{}: extension {version}, sharing is {}", peer.name, if sharing { "on" } else { "off" });
                self.sharing(link, sharing);
            }
            FromExtension::Consent { .. } | FromExtension::Requests { .. } | FromExtension::Drained => {}
        }
    }

    /// Takes all cookies of a domain.
    fn snapshot(&mut self, link: LinkId, domain: Domain, cookies: Vec<WireCookie>, update: &mut Update) {
        // The domain may have been removed from the list after the browser was asked.
        if !self.query.domains.contains(&domain) {
            return;
        }
        let Some(peer) = self.peers.get_mut(&link) else { return };
        log::info!("{} has {} cookies of {domain}", peer.name, cookies.len());
        peer.states.insert(domain.clone(), SyncState::Synced);
        self.notices.forget(&format!("{} {domain}", peer.name));
        update.changes.extend(self.cookies.snapshot(&peer.name, &domain, cookies, now()));
        update.has_snapshot = true;
        if !self.synced.contains(&domain) {
            self.synced.push(domain);
        }
    }

    /// Takes the position of the popup's switch "Sharing".
    fn sharing(&mut self, link: LinkId, is_on: bool) {
        let Some(peer) = self.peers.get_mut(&link) else { return };
        let was_on = std::mem::replace(&mut peer.is_sharing, is_on);
        let subject = format!("{} sharing", peer.name);
        if is_on {
            self.notices.forget(&subject);
        } else {
            self.notices.say(&subject, &format!("sharing is switched off in the popup of {}", peer.name));
        }
        // Changes that were made while sharing was off have not been reported.
        if is_on && !was_on {
            self.links.send(link, &ToExtension::Subscribe(self.query.subscription()));
        }
    }

    fn consent(&mut self, link: LinkId, name: &str, state: ConsentState) {
        let Some(domain) = self.query.domains.iter().find(|domain| domain.to_string() == name).cloned() else { return };
        let Some(peer) = self.peers.get_mut(&link) else { return };
        let subject = format!("{} {domain}", peer.name);
        let current = peer.states.entry(domain.clone()).or_insert(SyncState::Asked);
        match state {
            ConsentState::Waiting => {
                *current = SyncState::AwaitsConsent;
                let text = format!(
                    "waiting for consent to the cookies of {domain}: press Once or Always in the Countersign popup of {}",
                    peer.name
                );
                self.notices.say(&subject, &text);
            }
            // A browser that restarts its subscription says this again; the cookies that came before still count.
            ConsentState::Granted if *current == SyncState::Synced => {}
            ConsentState::Granted => *current = SyncState::Granted,
            ConsentState::Denied => {
                *current = SyncState::Denied;
                self.notices.say(&subject, &format!("{}: sharing the cookies of {domain} was refused", peer.name));
            }
            ConsentState::Revoked => {
                *current = SyncState::Revoked;
                self.notices.say(&subject, &format!("{}: the cookies of {domain} are not shared any more", peer.name));
            }
        }
    }

    /// Says once why no browser is connected, if that has been so for a while.
    pub(crate) fn report_absence(&mut self) {
        let status = self.status().presence;
        if status.connected == 0 && status.elapsed >= ABSENCE && status.pending == 0 {
            let why = status.refusals.first().map(|reason| format!("Not connected: {}", reason.advice()));
            let why = why.unwrap_or_else(|| status.not_connected().to_string());
            self.notices.say(NO_BROWSER, &format!("{why}; waiting"));
        }
    }

    /// Returns the status of the sync over all browsers.
    pub(crate) fn status(&self) -> SyncStatus {
        let state_of = |peer: &Peer, domain: &Domain| peer.states.get(domain).copied().unwrap_or(SyncState::Asked);
        let domain_status = |domain: &Domain| DomainStatus {
            domain: domain.to_string(),
            states: self.peers.values().map(|peer| state_of(peer, domain)).collect(),
        };
        let is_silent = |peer: &&Peer| !peer.is_sharing;
        // The links report a missing key only when they find a bridge; without any bridge the key tells if one was
        // installed.
        let missing_key = || self.keys.current().err().map(|error| error.to_string());
        let presence = Presence {
            refusals: self.refusals.values().copied().collect(),
            no_key: self.no_key.clone().or_else(|| if self.peers.is_empty() { missing_key() } else { None }),
            connected: self.peers.len(),
            silent: self.peers.values().filter(is_silent).count(),
            found: self.links.found(),
            pending: self.links.pending(),
            is_filtered: self.query.filter != BrowserFilter::default(),
            elapsed: self.started.elapsed(),
            quiet: self.last_event.elapsed(),
        };
        SyncStatus { domains: self.query.domains.iter().map(domain_status).collect(), presence }
    }

    /// Checks that no domain lacks consent, where waiting for it is not wanted.
    ///
    /// # Errors
    /// Returns [`Error::NeedsPerson`] if `missing_consent` is [`MissingConsent::Fail`], the popup asks about a domain,
    /// and no other browser has synced that domain.
    pub(crate) fn check_consent(&self, missing_consent: MissingConsent) -> Result<(), Error> {
        if missing_consent == MissingConsent::Wait {
            return Ok(());
        }
        let is_open = |status: &DomainStatus| {
            status.states.contains(&SyncState::AwaitsConsent) && !status.states.contains(&SyncState::Synced)
        };
        match self.status().domains.into_iter().find(is_open) {
            None => Ok(()),
            Some(DomainStatus { domain, .. }) => Err(Error::NeedsPerson(format!(
                "the cookies of {domain} need consent in the browser, and --no-input is given: run this once without it, or \
                 press Once or Always in the popup"
            ))),
        }
    }
}

impl Peer {
    /// Forgets the states, because all domains are asked for anew.
    fn ask(&mut self, domains: &[Domain]) {
        self.states = domains.iter().map(|domain| (domain.clone(), SyncState::Asked)).collect();
    }
}
