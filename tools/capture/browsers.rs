//! The browsers that are connected, what the user decided in each, and the requests that they report.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use countersign_shared::bridge::envelope::{Hello, Reason};
use countersign_shared::bridge::key::Keys;
use countersign_shared::bridge::link::{BrowserFilter, Event, LinkId, LinkOptions, Links};
use countersign_shared::bridge::message::{
    ConsentState, FromExtension, RequestFilters, Seen, Subscription, ToExtension,
};
use countersign_shared::bridge::presence::{PATIENCE, Presence, mute, name_of};
use countersign_shared::cli::once::SaidOnce;
use countersign_shared::error::Error;

use crate::captured::Detail;
use crate::exchange::Exchange as _;
use crate::notice::TOOL;
use crate::seen::SeenExchange;

/// The number of messages that a browser may send ahead of those that were taken. Each holds many requests, or one with a
/// large body, so that few of them keep both memory and waiting short.
const WINDOW: u32 = 2;

/// The number of requests of a browser, and the number of their bytes, that may wait for a response.
const UNANSWERED: (usize, usize) = (4096, 64 << 20);

/// The question that every browser is asked.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// The requests that are wanted.
    pub(crate) filters: RequestFilters,
    /// Requests, or whole exchanges.
    pub(crate) detail: Detail,
    /// The browsers that are asked.
    pub(crate) browsers: BrowserFilter,
    /// The way to deal with a question that nobody has answered.
    pub(crate) missing_consent: MissingConsent,
}

/// The way to deal with requests that nobody has allowed or refused in the browser yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MissingConsent {
    /// Wait for the user's answer in the popup.
    Wait,
    /// Exit 5 (`--no-input`).
    Fail,
}

/// All browsers that are asked.
pub(crate) struct Browsers {
    links: Links,
    keys: Keys,
    question: Question,
    peers: BTreeMap<LinkId, Peer>,
    refusals: HashMap<LinkId, Reason>,
    no_key: Option<String>,
    notices: SaidOnce,
    started: Instant,
    last_event: Instant,
    /// True once some browser was allowed to report requests. From then on, a browser that goes is waited for.
    has_begun: bool,
    dropped: u64,
}

/// One browser that is connected.
struct Peer {
    /// The browser's name in messages.
    name: String,
    /// The user's word on each scope that is asked for.
    consents: BTreeMap<String, ConsentState>,
    is_sharing: bool,
    /// True if it sends what it saw before it was asked for nothing new.
    is_draining: bool,
    unanswered: BTreeMap<u64, SeenExchange>,
    unanswered_bytes: usize,
}

impl Browsers {
    /// Starts to look for browsers in the background and asks each for requests.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if no home folder is known, since keys and sockets lie below it.
    pub(crate) fn start(question: Question) -> Result<Self, Error> {
        let responses = question.detail == Detail::Exchanges;
        let requests = Subscription::Requests { filters: question.filters.clone(), responses };
        let options = LinkOptions {
            tool: TOOL.name().to_owned(),
            subscriptions: vec![requests, Subscription::Status],
            window: WINDOW,
            filter: question.browsers.clone(),
        };
        let keys = Keys::new()?;
        Ok(Self {
            links: Links::start(options, keys.clone())?,
            keys,
            question,
            peers: BTreeMap::new(),
            refusals: HashMap::new(),
            no_key: None,
            notices: SaidOnce::new(TOOL),
            started: Instant::now(),
            last_event: Instant::now(),
            has_begun: false,
            dropped: 0,
        })
    }

    /// Waits for the next event, for so long at most. Hands the exchanges that are complete to `take`, in their order.
    /// Returns false if nothing happened.
    pub(crate) fn poll(&mut self, limit: Duration, take: &mut impl FnMut(SeenExchange)) -> bool {
        let Some((link, event)) = self.links.next(Some(limit)) else { return false };
        self.last_event = Instant::now();
        match event {
            Event::Connected(hello) => self.connect(link, &hello),
            Event::Ended => self.disconnect(link, take),
            Event::Refused(reason) => {
                self.refusals.insert(link, reason);
            }
            Event::NoKey(problem) => self.no_key = Some(problem),
            Event::Message(message) => self.message(link, message, take),
        }
        true
    }

    fn connect(&mut self, link: LinkId, hello: &Hello) {
        let name = name_of(hello, |name| self.peers.values().any(|peer| peer.name == name));
        self.notices.forget(&name);
        let peer = Peer {
            name,
            consents: BTreeMap::new(),
            is_sharing: true,
            is_draining: false,
            unanswered: BTreeMap::new(),
            unanswered_bytes: 0,
        };
        self.peers.insert(link, peer);
        // A browser is connected now, so the refusals of others no longer tell why there is none.
        self.refusals.clear();
        self.no_key = None;
    }

    fn disconnect(&mut self, link: LinkId, take: &mut impl FnMut(SeenExchange)) {
        let Some(peer) = self.peers.remove(&link) else { return };
        for scope in peer.consents.keys() {
            self.notices.forget(&format!("{} {scope}", peer.name));
        }
        let text = format!("{} is gone: what it sends is not captured until it is back", peer.name);
        self.notices.say(&peer.name, &text);
        peer.unanswered.into_values().for_each(take);
    }

    fn message(&mut self, link: LinkId, message: FromExtension, take: &mut impl FnMut(SeenExchange)) {
        let Some(peer) = self.peers.get_mut(&link) else { return };
        match message {
            FromExtension::Requests { items } => {
                for item in items {
                    peer.seen(item, self.question.detail, take);
                }
            }
            FromExtension::Consent { subject, domain: Some(domain), state } if subject == "requests" => {
                self.consent(link, domain, state);
            }
            FromExtension::Drained => peer.is_draining = false,
            FromExtension::Dropped { count } => self.dropped += count,
            FromExtension::State { sharing, .. } => self.sharing(link, sharing),
            FromExtension::Consent { .. } | FromExtension::Cookies { .. } | FromExtension::Cookie { .. } => {}
        }
    }

    fn consent(&mut self, link: LinkId, scope: String, state: ConsentState) {
        let Some(peer) = self.peers.get_mut(&link) else { return };
        let name = &peer.name;
        let what = if scope == "*" { "every website" } else { &scope };
        let text = match state {
            ConsentState::Waiting => format!(
                "waiting for consent to capture requests to {what}: press Once or Always in the Countersign popup of {name}"
            ),
            ConsentState::Granted => format!("capturing requests to {what} in {name}"),
            ConsentState::Denied => format!("{name}: capturing requests to {what} was refused"),
            ConsentState::Revoked => format!("{name}: requests to {what} are not captured any more"),
        };
        self.notices.say(&format!("{name} {scope}"), &text);
        self.has_begun |= state == ConsentState::Granted;
        peer.consents.insert(scope, state);
    }

    /// Takes the position of the popup's switch "Sharing".
    fn sharing(&mut self, link: LinkId, is_on: bool) {
        let Some(peer) = self.peers.get_mut(&link) else { return };
        peer.is_sharing = is_on;
        let subject = format!("{} sharing", peer.name);
        if is_on {
            self.notices.forget(&subject);
        } else {
            self.notices.say(&subject, &format!("sharing is switched off in the popup of {}", peer.name));
        }
    }

    /// Returns the number of parts that browsers left out since the last time, because they were read too slowly.
    pub(crate) fn take_dropped(&mut self) -> u64 {
        std::mem::take(&mut self.dropped)
    }

    /// Asks the browsers for nothing new. What they have seen already can still be polled.
    pub(crate) fn drain(&mut self) {
        let has_begun = |peer: &Peer| peer.consents.values().any(|state| *state == ConsentState::Granted);
        for (link, peer) in &mut self.peers {
            peer.is_draining = has_begun(peer);
            if peer.is_draining {
                self.links.send(*link, &ToExtension::Drain);
            }
        }
    }

    /// Returns true if some browser has more to send.
    pub(crate) fn is_draining(&self) -> bool {
        self.peers.values().any(|peer| peer.is_draining)
    }

    /// Gives out the requests whose responses have not come.
    pub(crate) fn give_up(&mut self, take: &mut impl FnMut(SeenExchange)) {
        for peer in self.peers.values_mut() {
            std::mem::take(&mut peer.unanswered).into_values().for_each(&mut *take);
        }
    }

    /// Returns true once some browser was allowed to report requests.
    pub(crate) fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// Returns which browsers are there.
    pub(crate) fn presence(&self) -> Presence {
        let missing_key = || self.keys.current().err().map(|error| error.to_string());
        Presence {
            refusals: self.refusals.values().copied().collect(),
            // Without any bridge, the key tells if one was installed.
            no_key: self.no_key.clone().or_else(|| if self.peers.is_empty() { missing_key() } else { None }),
            connected: self.peers.len(),
            silent: self.peers.values().filter(|peer| !peer.is_sharing).count(),
            found: self.links.found(),
            pending: self.links.pending(),
            is_filtered: self.question.browsers != BrowserFilter::default(),
            elapsed: self.started.elapsed(),
            quiet: self.last_event.elapsed(),
        }
    }

    /// Checks that requests are captured, or may be later.
    ///
    /// # Errors
    /// Returns [`Error::Network`] if no browser answers, [`Error::Refused`] if the user refuses everything, and
    /// [`Error::NeedsPerson`] if consent is missing and `--no-input` is given.
    pub(crate) fn check(&self, presence: &Presence) -> Result<(), Error> {
        let states = || self.peers.values().flat_map(|peer| peer.consents.values());
        let is_refused = |state: &ConsentState| matches!(state, ConsentState::Denied | ConsentState::Revoked);
        let have_all_answered = self.peers.values().all(|peer| !peer.consents.is_empty());
        if !self.peers.is_empty() && have_all_answered && presence.is_settled() && states().all(is_refused) {
            let text =
                "capturing was refused in the browser; removing the answer from the popup's list lets it ask again";
            return Err(Error::Refused(text.to_owned()));
        }
        if self.has_begun {
            return Ok(());
        }
        if let Some(error) = presence.refusal() {
            return Err(error);
        }
        if presence.is_overdue() {
            return Err(presence.not_connected());
        }
        if !self.peers.is_empty() && states().next().is_none() && presence.quiet >= PATIENCE {
            return Err(mute());
        }
        let is_asked = states().any(|state| *state == ConsentState::Waiting);
        if self.question.missing_consent == MissingConsent::Fail && is_asked {
            let text = "capturing needs consent in the browser, and --no-input is given: run this once without it, or press \
                        Once or Always in the popup";
            return Err(Error::NeedsPerson(text.to_owned()));
        }
        Ok(())
    }
}

impl Peer {
    fn seen(&mut self, item: Seen, detail: Detail, take: &mut impl FnMut(SeenExchange)) {
        match item {
            Seen::Request(request) if detail == Detail::Requests => take(SeenExchange::new(request)),
            Seen::Request(request) => {
                let number = request.number;
                let exchange = SeenExchange::new(request);
                self.unanswered_bytes += exchange.size();
                // A number that comes again is another request's.
                if let Some(earlier) = self.unanswered.insert(number, exchange) {
                    self.unanswered_bytes = self.unanswered_bytes.saturating_sub(earlier.size());
                    take(earlier);
                }
                while self.unanswered.len() > UNANSWERED.0 || self.unanswered_bytes > UNANSWERED.1 {
                    let Some((_, oldest)) = self.unanswered.pop_first() else { break };
                    self.unanswered_bytes = self.unanswered_bytes.saturating_sub(oldest.size());
                    take(oldest);
                }
            }
            Seen::Response(response) => {
                // The request may have been given up, and then it was written without a response.
                let Some(mut exchange) = self.unanswered.remove(&response.number) else { return };
                self.unanswered_bytes = self.unanswered_bytes.saturating_sub(exchange.size());
                exchange.answer(response);
                take(exchange);
            }
        }
    }
}
