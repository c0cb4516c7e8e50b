//! A tool's end: every bridge that is there, each with a sealed channel to its extension, for as long as the tool wants.
//!
//! ```ignore
//! let links = Links::start(Wish { tool, subscriptions, window: 1024, browser: Choice::default() }, Keys::new()?)?;
//! while let Some((link, event)) = links.next(Some(Duration::from_secs(10))) {}
//! ```
//!
//! Bridges come and go with their browsers. A link that ended is tried again, at first after a quarter of a second, later
//! every five seconds.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::channel::{Channel, ChannelError, Initiator};
use super::envelope::{Envelope, Hello, Parsed, Reason};
use super::frame::{self, FrameError, Order};
use super::key::Keys;
use super::message::{FromExtension, Subscription, ToExtension};
use super::record;
use super::socket::{self, Address, Stream};
use crate::error::Error;

/// How long a bridge and its extension may take to answer until the channel stands.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// How often is looked whether a bridge has come.
const LOOK: Duration = Duration::from_millis(200);

/// The first wait before a link is tried again, doubled each time.
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Events that wait to be taken, over all links. More stay in the sockets.
const WAITING: usize = 256;

/// What a tool asks of every bridge.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The tool's name, as the popup shows it.
    pub tool: String,
    /// What it asks for.
    pub subscriptions: Vec<Subscription>,
    /// How many messages may be under way; topped up as they are taken.
    pub window: u32,
    /// Which browsers are asked.
    pub browser: Choice,
}

/// Which browsers are asked: all, or those with this name and profile, whatever their case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The browser's name, as its extension gives it.
    pub browser: Option<String>,
    /// The profile's.
    pub profile: Option<String>,
}

impl Choice {
    /// Reads `NAME` or `NAME:PROFILE`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (browser, profile) = text.split_once(':').map_or((text, None), |(name, profile)| (name, Some(profile)));
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self { browser: given(browser), profile: profile.and_then(given) }
    }

    /// Whether the browser that says this is meant.
    #[must_use]
    pub fn takes(&self, hello: &Hello) -> bool {
        let is = |wanted: &Option<String>, given: &Option<String>| match (wanted, given) {
            (None, _) => true,
            (Some(wanted), Some(given)) => wanted.eq_ignore_ascii_case(given),
            (Some(_), None) => false,
        };
        is(&self.browser, &hello.browser) && is(&self.profile, &hello.profile)
    }
}

/// A link's number: the same browser has another one after it was away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkId(u32);

/// What happens on a link.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The channel stands, and the subscriptions are on their way.
    Connected(Hello),
    /// The extension says something.
    Message(FromExtension),
    /// There will be no channel for now. Said once until the reason changes.
    Refused(Reason),
    /// A connected link ended.
    Ended,
    /// The key cannot be read, so nothing is tried. Said once.
    NoKey(String),
}

/// All links of a tool. They end when this goes.
pub struct Links {
    events: Receiver<(LinkId, Event)>,
    shared: Arc<Shared>,
    /// Dropped, it ends the thread that looks for bridges.
    _alive: Sender<()>,
}

struct Shared {
    wish: Mutex<Wish>,
    keys: Keys,
    folders: Vec<PathBuf>,
    events: SyncSender<(LinkId, Event)>,
    links: Mutex<HashMap<LinkId, Arc<Link>>>,
    known: Mutex<HashMap<Address, Known>>,
    numbers: AtomicU32,
    has_no_key: Mutex<bool>,
}

/// What is remembered of an address.
struct Known {
    state: State,
    wait: Duration,
    refused: Option<Reason>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Linked,
    Waits(Instant),
}

/// One channel that stands.
struct Link {
    stream: Stream,
    number: u32,
    channel: Mutex<Channel>,
    /// Held from sealing to writing: messages must go out in the order in which they were sealed.
    out: Mutex<()>,
    taken: AtomicU32,
}

/// Why a link ended.
#[derive(Debug)]
enum End {
    /// Nobody is there, or the connection ended.
    Gone,
    Refused(Reason),
    /// Not the browser that is meant.
    NotMeant,
}

impl From<FrameError> for End {
    fn from(error: FrameError) -> Self {
        log::debug!("bridge: {error}");
        Self::Gone
    }
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> Self {
        log::debug!("bridge: {error}");
        Self::Gone
    }
}

impl From<ChannelError> for End {
    fn from(error: ChannelError) -> Self {
        match error {
            ChannelError::KeysDiffer => Self::Refused(Reason::KeysDiffer),
            ChannelError::NotGenuine | ChannelError::TooLong => {
                log::warn!("bridge: {error}");
                Self::Gone
            }
        }
    }
}

impl Links {
    /// Starts looking for bridges, in the background, and says hello to each.
    ///
    /// # Errors
    /// No home folder is known.
    pub fn start(wish: Wish, keys: Keys) -> Result<Self, Error> {
        Ok(Self::start_in(record::socket_folders()?, wish, keys))
    }

    /// Like [`Links::start`], with these folders.
    #[must_use]
    pub fn start_in(folders: Vec<PathBuf>, wish: Wish, keys: Keys) -> Self {
        let (sender, events) = sync_channel(WAITING);
        let shared = Arc::new(Shared {
            wish: Mutex::new(wish),
            keys,
            folders,
            events: sender,
            links: Mutex::default(),
            known: Mutex::default(),
            numbers: AtomicU32::new(1),
            has_no_key: Mutex::new(false),
        });
        let (alive, ends) = channel();
        let looking = Arc::clone(&shared);
        thread::spawn(move || look(&looking, &ends));
        Self { events, shared, _alive: alive }
    }

    /// The next event; `None` when there was none for so long. Without a limit it waits for ever.
    #[must_use]
    pub fn next(&self, limit: Option<Duration>) -> Option<(LinkId, Event)> {
        let event = match limit {
            Some(limit) => self.events.recv_timeout(limit).ok(),
            None => self.events.recv().ok(),
        };
        if let Some((link, Event::Message(message))) = &event {
            self.count(*link, message);
        }
        event
    }

    /// Gives back the credit of messages that were taken, half a window at a time.
    fn count(&self, id: LinkId, message: &FromExtension) {
        let Some(link) = lock(&self.shared.links).get(&id).cloned() else { return };
        if !message.takes_credit() {
            return;
        }
        let taken = link.taken.fetch_add(1, Ordering::Relaxed) + 1;
        if taken >= lock(&self.shared.wish).window.div_ceil(2) {
            link.taken.fetch_sub(taken, Ordering::Relaxed);
            link.send_or_end(&ToExtension::Credit { messages: taken });
        }
    }

    /// Asks for something else, on all links that there are and will be. A subscription takes the place of the one of
    /// its kind.
    pub fn subscribe(&self, subscriptions: Vec<Subscription>) {
        let messages: Vec<ToExtension> = subscriptions.iter().cloned().map(ToExtension::Subscribe).collect();
        lock(&self.shared.wish).subscriptions = subscriptions;
        let links: Vec<Arc<Link>> = lock(&self.shared.links).values().cloned().collect();
        for link in links {
            messages.iter().for_each(|message| link.send_or_end(message));
        }
    }

    /// Says something to one extension. Nothing happens where that link has ended.
    pub fn send(&self, link: LinkId, message: &ToExtension) {
        let link = lock(&self.shared.links).get(&link).cloned();
        if let Some(link) = link {
            link.send_or_end(message);
        }
    }

    /// How many channels stand.
    #[must_use]
    pub fn connected(&self) -> usize {
        lock(&self.shared.links).len()
    }

    /// How many bridges are being talked to whose channel does not stand yet.
    #[must_use]
    pub fn pending(&self) -> usize {
        let tried = lock(&self.shared.known).values().filter(|known| known.state == State::Linked).count();
        tried.saturating_sub(self.connected())
    }

    /// How many bridges were found, whether they answer or not.
    #[must_use]
    pub fn found(&self) -> usize {
        lock(&self.shared.known).len()
    }
}

impl Drop for Links {
    fn drop(&mut self) {
        for link in lock(&self.shared.links).values() {
            let text = Envelope::Close { channel: link.number }.to_text();
            let _out = lock(&link.out);
            let _ = frame::write(&mut link.stream.clone(), Order::Little, &text);
            link.stream.shut_down();
        }
    }
}

/// What is guarded here stays whole whoever panicked.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Looks for bridges until the tool is done.
fn look(shared: &Arc<Shared>, ends: &Receiver<()>) {
    loop {
        let found: Vec<Address> = shared.folders.iter().flat_map(|folder| socket::find(folder)).collect();
        lock(&shared.known).retain(|address, known| known.state == State::Linked || found.contains(address));
        for address in found {
            if shared.claim(&address) {
                let shared = Arc::clone(shared);
                thread::spawn(move || shared.follow(&address));
            }
        }
        if ends.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

impl Shared {
    /// Whether an address is to be tried now; then it is ours until [`Shared::release`].
    fn claim(&self, address: &Address) -> bool {
        let mut known = lock(&self.known);
        let first = || Known { state: State::Waits(Instant::now()), wait: FIRST_WAIT, refused: None };
        let known = known.entry(address.clone()).or_insert_with(first);
        let is_due = matches!(known.state, State::Waits(until) if until <= Instant::now());
        if is_due {
            known.state = State::Linked;
        }
        is_due
    }

    /// One attempt, and the whole life of the link if it succeeds.
    fn follow(&self, address: &Address) {
        let id = LinkId(self.numbers.fetch_add(1, Ordering::Relaxed));
        let end = self.link(id, address);
        let was_connected = lock(&self.links).remove(&id).is_some();
        if was_connected {
            self.tell(id, Event::Ended);
        }
        self.release(id, address, was_connected, &end);
    }

    fn release(&self, id: LinkId, address: &Address, was_connected: bool, end: &End) {
        let mut news = None;
        if let Some(known) = lock(&self.known).get_mut(address) {
            if was_connected {
                (known.wait, known.refused) = (FIRST_WAIT, None);
            }
            if let End::Refused(reason) = end {
                news = Some(*reason).filter(|reason| known.refused != Some(*reason));
                known.refused = Some(*reason);
            }
            let wait = if matches!(end, End::NotMeant) { LONGEST_WAIT } else { known.wait };
            known.state = State::Waits(Instant::now() + wait);
            known.wait = (known.wait * 2).min(LONGEST_WAIT);
        }
        if let Some(reason) = news {
            self.tell(id, Event::Refused(reason));
        }
    }

    /// Waits until the tool takes events; what a tool that is done does not hear does not matter.
    fn tell(&self, id: LinkId, event: Event) {
        let _ = self.events.send((id, event));
    }

    fn link(&self, id: LinkId, address: &Address) -> End {
        let (hello, link) = match self.connect(id, address) {
            Ok(connected) => connected,
            Err(end) => return end,
        };
        lock(&self.links).insert(id, Arc::clone(&link));
        let wish = lock(&self.wish).clone();
        self.tell(id, Event::Connected(hello));
        link.send_or_end(&ToExtension::Credit { messages: wish.window });
        wish.subscriptions.into_iter().map(ToExtension::Subscribe).for_each(|message| link.send_or_end(&message));
        let end = self.listen(id, &link);
        link.stream.shut_down();
        end
    }

    /// Says hello, waits for the channel and makes it a sealed one.
    fn connect(&self, id: LinkId, address: &Address) -> Result<(Hello, Arc<Link>), End> {
        let Some(key) = self.key(id) else { return Err(End::Gone) };
        let mut stream = address.connect()?;
        stream.limit_reads(Some(HANDSHAKE))?;
        let hello = Envelope::Hello(Hello {
            name: lock(&self.wish).tool.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            pid: Some(std::process::id()),
            ..Hello::default()
        });
        frame::write(&mut stream, Order::Little, &hello.to_text())?;
        let hello = receive(&mut stream, |envelope| match envelope {
            Envelope::Hello(hello) => Some(hello),
            _ => None,
        })?;
        if !lock(&self.wish).browser.takes(&hello) {
            return Err(End::NotMeant);
        }
        let number = receive(&mut stream, |envelope| match envelope {
            Envelope::Open { channel, .. } => Some(channel),
            _ => None,
        })?;
        let (initiator, message) = Initiator::new(&key)?;
        frame::write(&mut stream, Order::Little, &Envelope::Noise { channel: number, message }.to_text())?;
        let answer = receive(&mut stream, |envelope| match envelope {
            Envelope::Noise { channel, message } if channel == number => Some(message),
            _ => None,
        })?;
        let channel = match initiator.finish(&answer) {
            Ok(channel) => Mutex::new(channel),
            Err(error) => {
                let refused = Envelope::Refused { channel: number, reason: Reason::KeysDiffer };
                let _ = frame::write(&mut stream, Order::Little, &refused.to_text());
                return Err(error.into());
            }
        };
        stream.limit_reads(None)?;
        Ok((hello, Arc::new(Link { stream, number, channel, out: Mutex::default(), taken: AtomicU32::new(0) })))
    }

    /// The key as it is now: the user may change it while a tool runs.
    fn key(&self, id: LinkId) -> Option<super::key::Key> {
        let key = self.keys.current();
        let had_none = std::mem::replace(&mut *lock(&self.has_no_key), key.is_err());
        key.inspect_err(|error| {
            if !had_none {
                self.tell(id, Event::NoKey(error.to_string()));
            }
        })
        .ok()
    }

    /// Hands on what the extension says, until the end.
    fn listen(&self, id: LinkId, link: &Link) -> End {
        loop {
            let message = receive(&mut link.stream.clone(), |envelope| match envelope {
                Envelope::Sealed { channel, message } if channel == link.number => Some(message),
                _ => None,
            });
            let text = message.and_then(|message| Ok(lock(&link.channel).open(&message)?));
            match text {
                Ok(None) => {}
                Ok(Some(text)) => match serde_json::from_str(&text) {
                    Ok(message) => {
                        if self.events.send((id, Event::Message(message))).is_err() {
                            return End::Gone;
                        }
                    }
                    Err(error) => log::debug!("bridge: a message that is not understood: {error}"),
                },
                Err(end) => return end,
            }
        }
    }
}

impl Link {
    fn send_or_end(&self, message: &ToExtension) {
        if self.send(message).is_err() {
            self.stream.shut_down();
        }
    }

    fn send(&self, message: &ToExtension) -> Result<(), End> {
        let json = serde_json::to_string(message).map_err(|error| End::from(io::Error::from(error)))?;
        let _out = lock(&self.out);
        let messages = lock(&self.channel).seal(&json)?;
        for message in messages {
            let text = Envelope::Sealed { channel: self.number, message }.to_text();
            frame::write(&mut self.stream.clone(), Order::Little, &text)?;
        }
        Ok(())
    }
}

/// Reads frames until one is what is waited for. A refusal, a close or the end of the stream is the end.
fn receive<T>(stream: &mut Stream, wanted: impl Fn(Envelope) -> Option<T>) -> Result<T, End> {
    loop {
        let text = frame::read(stream, Order::Little)?.ok_or(End::Gone)?;
        match Envelope::parse(&text)? {
            Parsed::Known(Envelope::Refused { reason, .. }) => return Err(End::Refused(reason)),
            Parsed::Known(Envelope::Close { .. }) => return Err(End::Gone),
            Parsed::Known(envelope) => {
                if let Some(found) = wanted(envelope) {
                    return Ok(found);
                }
            }
            Parsed::Unknown => {}
            Parsed::OtherVersion => return Err(End::Refused(Reason::Version)),
        }
    }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::super::channel::Responder;
    use super::super::key::Key;
    use super::super::message::ConsentState;
    use super::super::socket::Listener;
    use super::*;

    const LIMIT: Option<Duration> = Some(Duration::from_secs(20));

    /// A bridge and an extension in one, for one tool at a time.
    struct Fake {
        listener: Listener,
        key: Key,
    }

    /// Its end of one channel.
    struct Side {
        stream: Stream,
        channel: Channel,
    }

    impl Fake {
        fn start(folder: &std::path::Path, key: Key) -> Self {
            Self { listener: Listener::bind(folder).unwrap(), key }
        }

        fn accept(&self) -> Result<Side, End> {
            let mut stream = self.listener.accept().unwrap();
            receive(&mut stream, |envelope| matches!(envelope, Envelope::Hello(_)).then_some(()))?;
            let hello = Hello { name: "fake".into(), browser: Some("chromium".into()), ..Hello::default() };
            for envelope in [Envelope::Hello(hello), Envelope::Open { channel: 3, name: None, pid: None }] {
                frame::write(&mut stream, Order::Little, &envelope.to_text())?;
            }
            let first = receive(&mut stream, |envelope| match envelope {
                Envelope::Noise { channel: 3, message } => Some(message),
                _ => None,
            })?;
            let answer = Responder::answer(&self.key, &first).inspect_err(|_| {
                let refused = Envelope::Refused { channel: 3, reason: Reason::KeysDiffer };
                let _ = frame::write(&mut stream, Order::Little, &refused.to_text());
            });
            let (channel, message) = answer?;
            frame::write(&mut stream, Order::Little, &Envelope::Noise { channel: 3, message }.to_text())?;
            Ok(Side { stream, channel })
        }
    }

    impl Side {
        fn hear(&mut self) -> ToExtension {
            let message = receive(&mut self.stream, |envelope| match envelope {
                Envelope::Sealed { message, .. } => Some(message),
                _ => None,
            });
            serde_json::from_str(&self.channel.open(&message.unwrap()).unwrap().unwrap()).unwrap()
        }

        fn say(&mut self, message: &FromExtension) {
            for message in self.channel.seal(&serde_json::to_string(message).unwrap()).unwrap() {
                let text = Envelope::Sealed { channel: 3, message }.to_text();
                frame::write(&mut self.stream, Order::Little, &text).unwrap();
            }
        }
    }

    fn place() -> (PathBuf, Keys) {
        let token = crate::encode::hex(&crate::moment::random(8).unwrap());
        let folder = std::env::temp_dir().join(format!("link-{token}"));
        let keys = Keys::within(folder.join("state"));
        (folder, keys)
    }

    fn wish(window: u32) -> Wish {
        Wish { tool: "tool".into(), subscriptions: vec![Subscription::Status], window, browser: Choice::default() }
    }

    #[test]
    fn a_tool_hears_a_browser_gives_credit_and_comes_back_after_it() {
        let (folder, keys) = place();
        let key = keys.make_default().unwrap();
        // The tool may be there first.
        let links = Links::start_in(vec![folder.clone()], wish(2), keys);
        let fake = Fake::start(&folder, key.clone());
        let mut side = fake.accept().unwrap();
        assert_eq!(side.hear(), ToExtension::Credit { messages: 2 });
        assert_eq!(side.hear(), ToExtension::Subscribe(Subscription::Status));
        let (first, event) = links.next(LIMIT).unwrap();
        assert!(matches!(&event, Event::Connected(hello) if hello.browser.as_deref() == Some("chromium")), "{event:?}");
        let consent = FromExtension::Consent { subject: "capture".into(), domain: None, state: ConsentState::Waiting };
        let request = FromExtension::Request(serde_json::json!({ "url": "x".repeat(100_000) }));
        side.say(&consent);
        side.say(&request);
        assert_eq!(links.next(LIMIT), Some((first, Event::Message(consent))));
        assert_eq!(links.next(LIMIT), Some((first, Event::Message(request))));
        assert_eq!(side.hear(), ToExtension::Credit { messages: 1 }, "for the request, not for the consent");
        drop((side, fake));
        assert_eq!(links.next(LIMIT), Some((first, Event::Ended)));
        let fake = Fake::start(&folder, key);
        let _side = fake.accept().unwrap();
        let (second, event) = links.next(LIMIT).unwrap();
        assert!(matches!(event, Event::Connected(_)) && second != first, "{event:?}");
        drop(links);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn keys_that_differ_are_said_and_tried_again() {
        let (folder, keys) = place();
        let key = keys.make_default().unwrap();
        let mut fake = Fake::start(&folder, Key::new([9; 32]));
        let links = Links::start_in(vec![folder.clone()], wish(1), keys);
        assert!(matches!(fake.accept(), Err(End::Refused(Reason::KeysDiffer))));
        assert!(matches!(links.next(LIMIT), Some((_, Event::Refused(Reason::KeysDiffer)))));
        fake.key = key;
        let _side = fake.accept().unwrap();
        assert!(matches!(links.next(LIMIT), Some((_, Event::Connected(_)))));
        drop(links);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_choice_takes_the_browsers_that_it_names() {
        let hello = Hello { browser: Some("Firefox".into()), profile: Some("work".into()), ..Hello::default() };
        for choice in ["", "firefox", "firefox:", "firefox:work", ":work"] {
            assert!(Choice::parse(choice).takes(&hello), "{choice}");
        }
        for choice in ["chromium", "firefox:home", ":home"] {
            assert!(!Choice::parse(choice).takes(&hello), "{choice}");
        }
        assert!(!Choice::parse("firefox").takes(&Hello::default()));
    }
}
