//! The browsers that are connected, what each says, and what the person there decided.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use countersign_shared::bridge::envelope::{Hello, Reason};
use countersign_shared::bridge::key::Keys;
use countersign_shared::bridge::link::{Choice, Event, LinkId, Links, Wish};
use countersign_shared::bridge::message::{
    self, ConsentState, Domain, Follow, FromExtension, Subscription, ToExtension,
};
use countersign_shared::error::Error;

use crate::news::News;
use crate::now;
use crate::tool::TOOL;
use crate::verdict::{Case, Hearing, Standing};
use crate::view::{Change, View};

/// How many messages may be under way.
const WINDOW: u32 = 1024;

/// What is asked of which browsers.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub domains: Vec<Domain>,
    pub stores: Vec<String>,
    pub follow: Follow,
    pub choice: Choice,
}

impl Ask {
    fn subscription(&self) -> Subscription {
        Subscription::Cookies { domains: self.domains.clone(), stores: self.stores.clone(), follow: self.follow }
    }
}

/// All browsers, and what they have.
pub(crate) struct Browsers {
    links: Links,
    keys: Keys,
    ask: Ask,
    peers: BTreeMap<LinkId, Peer>,
    refusals: HashMap<LinkId, Reason>,
    no_key: Option<String>,
    news: News,
    started: Instant,
    heard: Instant,
    /// The cookies.
    pub(crate) view: View,
    /// The domains that were synced, whether their browser is still there or not.
    pub(crate) synced: Vec<Domain>,
}

/// One browser.
struct Peer {
    /// As messages name it.
    name: String,
    standings: HashMap<Domain, Standing>,
    is_sharing: bool,
}

/// What came of a while of listening.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    pub changes: Vec<Change>,
    /// Whether all cookies of a domain came: even where nothing changed, files are to be what they say.
    pub has_snapshot: bool,
}

impl Browsers {
    /// Starts looking for them.
    ///
    /// # Errors
    /// No home folder is known.
    pub(crate) fn start(ask: Ask) -> Result<Self, Error> {
        let wish = Wish {
            tool: TOOL.name().to_owned(),
            subscriptions: vec![ask.subscription(), Subscription::Status],
            window: WINDOW,
            browser: ask.choice.clone(),
        };
        let keys = Keys::new()?;
        Ok(Self {
            links: Links::start(wish, keys.clone())?,
            keys,
            ask,
            peers: BTreeMap::new(),
            refusals: HashMap::new(),
            no_key: None,
            news: News::default(),
            started: Instant::now(),
            heard: Instant::now(),
            view: View::default(),
            synced: Vec::new(),
        })
    }

    /// The domains that are asked for.
    pub(crate) fn domains(&self) -> &[Domain] {
        &self.ask.domains
    }

    /// Asks for other domains from now on.
    pub(crate) fn ask_for(&mut self, domains: Vec<Domain>) {
        self.synced.retain(|domain| domains.contains(domain));
        self.view.keep_only(&domains);
        self.ask.domains = domains;
        for peer in self.peers.values_mut() {
            peer.ask(&self.ask.domains);
        }
        self.links.subscribe(vec![self.ask.subscription(), Subscription::Status]);
    }

    /// Waits for the next thing that happens, for so long at most, and takes everything that has happened by then.
    pub(crate) fn hear(&mut self, limit: Duration) -> Heard {
        let mut heard = Heard::default();
        let mut next = self.links.next(Some(limit));
        let until = Instant::now() + Duration::from_millis(20);
        while let Some((link, event)) = next {
            self.heard = Instant::now();
            self.take(link, event, &mut heard);
            // Many changes in a row are written once; a stream without end does not stop us from writing.
            next = if Instant::now() < until { self.links.next(Some(Duration::ZERO)) } else { None };
        }
        heard.changes.extend(self.view.look_at_clock(now()));
        heard
    }

    fn take(&mut self, link: LinkId, event: Event, heard: &mut Heard) {
        match event {
            Event::Connected(hello) => self.connect(link, &hello),
            Event::Ended => self.disconnect(link),
            Event::Refused(reason) => {
                self.refusals.insert(link, reason);
            }
            Event::NoKey(problem) => self.no_key = Some(problem),
            Event::Message(message) => self.message(link, message, heard),
        }
    }

    fn connect(&mut self, link: LinkId, hello: &Hello) {
        let mut name = hello.browser.clone().unwrap_or_else(|| "a browser".to_owned());
        if let Some(profile) = &hello.profile {
            name += &format!(", profile {profile}");
        }
        // Two profiles that say the same are still two.
        let base = name.clone();
        let mut number = 1;
        while self.peers.values().any(|peer| peer.name == name) {
            number += 1;
            name = format!("{base} ({number})");
        }
        log::info!("connected to {name}");
        let mut peer = Peer { name, standings: HashMap::new(), is_sharing: true };
        peer.ask(&self.ask.domains);
        self.peers.insert(link, peer);
        self.refusals.clear();
        self.no_key = None;
        self.news.forget("nobody");
    }

    fn disconnect(&mut self, link: LinkId) {
        if let Some(peer) = self.peers.remove(&link) {
            log::info!("{} is gone", peer.name);
            self.news.forget(&peer.name);
        }
    }

    fn message(&mut self, link: LinkId, message: FromExtension, heard: &mut Heard) {
        let Some(peer) = self.peers.get_mut(&link) else { return };
        match message {
            FromExtension::Consent { subject, domain: Some(domain), state } if subject == "cookies" => {
                self.consent(link, &domain, state);
            }
            FromExtension::Cookies { domain, cookies } => self.snapshot(link, domain, cookies, heard),
            FromExtension::Cookie { domain, cookie, removed, cause } => {
                if peer.standings.get(&domain) == Some(&Standing::Synced) {
                    heard.changes.extend(self.view.change(&peer.name, &domain, (*cookie, removed, &cause), now()));
                }
            }
            FromExtension::Dropped { count } => {
                log::info!("{} left out {count} changes: asking for everything anew", peer.name);
                self.links.send(link, &ToExtension::Subscribe(self.ask.subscription()));
            }
            FromExtension::State { sharing, version } => {
                log::info!("{}: extension {version}, sharing is {}", peer.name, if sharing { "on" } else { "off" });
                self.sharing(link, sharing);
            }
            FromExtension::Consent { .. } | FromExtension::Request(_) | FromExtension::Response(_) => {}
        }
    }

    /// All cookies of a domain.
    fn snapshot(&mut self, link: LinkId, domain: Domain, cookies: Vec<message::Cookie>, heard: &mut Heard) {
        let Some(peer) = self.peers.get_mut(&link).filter(|_| self.ask.domains.contains(&domain)) else { return };
        log::info!("{} has {} cookies of {domain}", peer.name, cookies.len());
        peer.standings.insert(domain.clone(), Standing::Synced);
        self.news.forget(&format!("{} {domain}", peer.name));
        heard.changes.extend(self.view.snapshot(&peer.name, &domain, cookies, now()));
        heard.has_snapshot = true;
        if !self.synced.contains(&domain) {
            self.synced.push(domain);
        }
    }

    /// The switch in the popup.
    fn sharing(&mut self, link: LinkId, is_on: bool) {
        let Some(peer) = self.peers.get_mut(&link) else { return };
        let was_on = std::mem::replace(&mut peer.is_sharing, is_on);
        let subject = format!("{} sharing", peer.name);
        if is_on {
            self.news.forget(&subject);
        } else {
            self.news.say(&subject, &format!("sharing is switched off in the popup of {}", peer.name));
        }
        if is_on && !was_on {
            self.links.send(link, &ToExtension::Subscribe(self.ask.subscription()));
        }
    }

    fn consent(&mut self, link: LinkId, name: &str, state: ConsentState) {
        let Some(domain) = self.ask.domains.iter().find(|domain| domain.to_string() == name).cloned() else { return };
        let Some(peer) = self.peers.get_mut(&link) else { return };
        let subject = format!("{} {domain}", peer.name);
        let standing = peer.standings.entry(domain.clone()).or_insert(Standing::Asked);
        match state {
            ConsentState::Waiting => {
                *standing = Standing::Waiting;
                let text = format!(
                    "waiting for consent to the cookies of {domain}: press Once or Always in the Countersign popup of {}",
                    peer.name
                );
                self.news.say(&subject, &text);
            }
            ConsentState::Granted if *standing == Standing::Synced => {}
            ConsentState::Granted => *standing = Standing::Granted,
            ConsentState::Denied => {
                *standing = Standing::Denied;
                self.news.say(&subject, &format!("{}: sharing the cookies of {domain} was refused", peer.name));
            }
            ConsentState::Revoked => {
                *standing = Standing::Revoked;
                self.news.say(&subject, &format!("{}: the cookies of {domain} are not shared any more", peer.name));
            }
        }
    }

    /// Says once what is missing while nobody is there.
    pub(crate) fn say_who_is_missing(&mut self) {
        let case = self.case();
        if case.connected == 0 && case.elapsed >= Duration::from_secs(2) && case.pending == 0 {
            let why = case.refusals.first().map(|reason| format!("Not connected: {}", reason.advice()));
            let why = why.unwrap_or_else(|| case.nobody().to_string());
            self.news.say("nobody", &format!("{why}; waiting"));
        }
    }

    /// What a verdict rests on.
    pub(crate) fn case(&self) -> Case {
        let standing = |peer: &Peer, domain: &Domain| peer.standings.get(domain).copied().unwrap_or(Standing::Asked);
        let hearing = |domain: &Domain| Hearing {
            domain: domain.to_string(),
            standings: self.peers.values().map(|peer| standing(peer, domain)).collect(),
        };
        let is_silent = |peer: &&Peer| !peer.is_sharing;
        let (found, is_keyless) = (self.links.found(), || self.keys.current().err().map(|error| error.to_string()));
        Case {
            hearings: self.ask.domains.iter().map(hearing).collect(),
            refusals: self.refusals.values().copied().collect(),
            no_key: self.no_key.clone().or_else(|| if self.peers.is_empty() { is_keyless() } else { None }),
            connected: self.peers.len(),
            silent: self.peers.values().filter(is_silent).count(),
            found,
            pending: self.links.pending(),
            is_choosy: self.ask.choice != Choice::default(),
            elapsed: self.started.elapsed(),
            quiet: self.heard.elapsed(),
        }
    }

    /// Whether the person is being asked somewhere, and nobody has said yes anywhere.
    pub(crate) fn awaits_consent(&self) -> Option<String> {
        let is_open = |hearing: &Hearing| {
            hearing.standings.contains(&Standing::Waiting) && !hearing.standings.contains(&Standing::Synced)
        };
        self.case().hearings.into_iter().find(is_open).map(|hearing| hearing.domain)
    }
}

impl Peer {
    /// Everything is asked for anew.
    fn ask(&mut self, domains: &[Domain]) {
        self.standings = domains.iter().map(|domain| (domain.clone(), Standing::Asked)).collect();
    }
}
