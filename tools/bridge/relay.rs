//! Frames from the browser to the tools and back. Nothing is kept, and nothing that is sealed can be read here.

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use countersign_shared::bridge::envelope::{Envelope, Hello, Parsed, Reason};
use countersign_shared::bridge::frame::{self, FrameError, Order};
use countersign_shared::bridge::socket::{Listener, Stream};

use crate::outbox::{Outbox, Patience};

/// As many tools as may be connected at once.
const MOST_TOOLS: usize = 32;

/// How long a tool may take to say hello, and the extension to be there for it.
const HELLO: Duration = Duration::from_secs(10);

/// A tool that takes nothing for so long is gone. The browser waits meanwhile, and kills a bridge two seconds after it let
/// go of it.
const PATIENCE: Patience = Patience::For(Duration::from_secs(1));

/// How long tools may take to read the last words.
const FAREWELL: Duration = Duration::from_millis(500);

/// Deep enough for JSON nested as far as the parser goes.
const STACK: usize = 256 << 10;

/// The longest name that is handed on.
const LONGEST_NAME: usize = 200;

/// A bridge at work.
pub(crate) struct Relay {
    browser: Outbox,
    tools: Mutex<HashMap<u32, Arc<Tool>>>,
    /// What the extension said of itself, once it has.
    hello: Mutex<Option<Hello>>,
    greeted: Condvar,
    connections: AtomicUsize,
    /// Writers that have not written all yet.
    writers: Mutex<usize>,
    written: Condvar,
    channels: AtomicU32,
}

/// A tool that is connected.
struct Tool {
    stream: Stream,
    outbox: Outbox,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A thread; where the system has none left, what it was for does not happen.
fn start(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().stack_size(STACK).spawn(work).map(drop)
}

fn own_hello() -> Hello {
    Hello {
        name: env!("CARGO_BIN_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        pid: Some(std::process::id()),
        ..Hello::default()
    }
}

impl Relay {
    /// A bridge whose first words to the extension are who it is and, where there is one, the default key.
    pub(crate) fn new(key: Option<Envelope>) -> Arc<Self> {
        let relay = Arc::new(Self {
            browser: Outbox::default(),
            tools: Mutex::default(),
            hello: Mutex::default(),
            greeted: Condvar::new(),
            connections: AtomicUsize::new(0),
            writers: Mutex::new(0),
            written: Condvar::new(),
            channels: AtomicU32::new(1),
        });
        relay.to_browser(&Envelope::Hello(own_hello()));
        if let Some(key) = key {
            relay.to_browser(&key);
        }
        relay
    }

    /// Relays until the browser lets go.
    ///
    /// # Errors
    /// The browser's frames are not what they should be, or the system has no threads.
    pub(crate) fn run(
        self: &Arc<Self>,
        listener: &Arc<Listener>,
        browser: &mut impl Read,
        to_browser: impl Write + Send + 'static,
    ) -> Result<(), FrameError> {
        let mut to_browser = to_browser;
        self.writer(move |relay| relay.write(&relay.browser, &mut to_browser, Order::Native))?;
        let (relay, accepting) = (Arc::clone(self), Arc::clone(listener));
        start(move || relay.accept(&accepting))?;
        let outcome = self.listen(browser);
        self.end();
        outcome
    }

    /// A thread that writes, and is waited for at the end.
    fn writer(self: &Arc<Self>, write: impl FnOnce(&Arc<Self>) + Send + 'static) -> io::Result<()> {
        *lock(&self.writers) += 1;
        let relay = Arc::clone(self);
        let outcome = start(move || {
            write(&relay);
            *lock(&relay.writers) -= 1;
            relay.written.notify_all();
        });
        if outcome.is_err() {
            *lock(&self.writers) -= 1;
        }
        outcome
    }

    fn write(&self, outbox: &Outbox, writer: &mut impl Write, order: Order) {
        while let Some(text) = outbox.take() {
            if frame::write(writer, order, &text).is_err() {
                outbox.abandon();
            }
        }
    }

    fn to_browser(&self, envelope: &Envelope) {
        let _ = self.browser.push(envelope.to_text(), Patience::Endless);
    }

    /// Takes what the browser says.
    fn listen(&self, browser: &mut impl Read) -> Result<(), FrameError> {
        while let Some(text) = frame::read(browser, Order::Native)? {
            match Envelope::parse(&text)? {
                Parsed::Known(Envelope::Hello(hello)) => self.greet(hello),
                Parsed::Known(
                    envelope @ (Envelope::Noise { channel, .. }
                    | Envelope::Sealed { channel, .. }
                    | Envelope::Refused { channel, .. }
                    | Envelope::Close { channel }),
                ) => self.to_tool(channel, &envelope),
                // The others are only ever said by bridges and tools.
                Parsed::Known(_) | Parsed::Unknown => {}
                Parsed::OtherVersion => self.refuse_browser(),
            }
        }
        Ok(())
    }

    /// Says that this is another version, unless the browser does not listen anyway.
    fn refuse_browser(&self) {
        let refused = Envelope::Refused { channel: 0, reason: Reason::Version };
        let _ = self.browser.push(refused.to_text(), Patience::For(Duration::ZERO));
    }

    fn greet(&self, hello: Hello) {
        let short = |text: String| text.chars().take(LONGEST_NAME).collect::<String>();
        let hello = Hello { browser: hello.browser.map(short), profile: hello.profile.map(short), ..own_hello() };
        *lock(&self.hello) = Some(hello);
        self.greeted.notify_all();
    }

    /// Hands on to a tool. One that does not take it in time is let go.
    fn to_tool(&self, channel: u32, envelope: &Envelope) {
        let Some(tool) = lock(&self.tools).get(&channel).cloned() else { return };
        if tool.outbox.push(envelope.to_text(), PATIENCE).is_err() {
            tool.outbox.abandon();
            tool.stream.shut_down();
            return self.forget(channel);
        }
        if matches!(envelope, Envelope::Refused { .. } | Envelope::Close { .. }) {
            lock(&self.tools).remove(&channel);
            tool.outbox.close();
        }
    }

    /// A tool is gone; the extension is told, once.
    fn forget(&self, channel: u32) {
        if lock(&self.tools).remove(&channel).is_some() {
            self.to_browser(&Envelope::Close { channel });
        }
    }

    fn accept(self: &Arc<Self>, listener: &Listener) {
        while let Ok(stream) = listener.accept() {
            let relay = Arc::clone(self);
            let is_full = self.connections.fetch_add(1, Ordering::Relaxed) >= MOST_TOOLS;
            let mut refusing = stream.clone();
            let serving = start(move || {
                if is_full {
                    refuse(&mut stream.clone(), Reason::Busy);
                } else {
                    relay.serve(&stream);
                }
                stream.shut_down();
                relay.connections.fetch_sub(1, Ordering::Relaxed);
            });
            if serving.is_err() {
                self.connections.fetch_sub(1, Ordering::Relaxed);
                refuse(&mut refusing, Reason::Busy);
                refusing.shut_down();
            }
        }
    }

    /// One tool, from its hello to its end.
    fn serve(self: &Arc<Self>, stream: &Stream) {
        let mut reader = stream.clone();
        let _ = stream.limit_reads(Some(HELLO));
        let hello = match read(&mut reader) {
            Some(Parsed::Known(Envelope::Hello(hello))) => hello,
            Some(Parsed::OtherVersion) => return refuse(&mut reader, Reason::Version),
            _ => return,
        };
        let _ = stream.limit_reads(None);
        let Some(browser) = self.browser_hello() else { return };
        let channel = self.channels.fetch_add(1, Ordering::Relaxed);
        let tool = Arc::new(Tool { stream: stream.clone(), outbox: Outbox::default() });
        let written = Arc::clone(&tool);
        let writing = self.writer(move |relay| {
            relay.write(&written.outbox, &mut written.stream.clone(), Order::Little);
            written.stream.shut_down();
        });
        if writing.is_err() {
            return refuse(&mut reader, Reason::Busy);
        }
        lock(&self.tools).insert(channel, Arc::clone(&tool));
        for envelope in [Envelope::Hello(browser), Envelope::Open { channel, name: None, pid: None }] {
            let _ = tool.outbox.push(envelope.to_text(), PATIENCE);
        }
        let name = hello.name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        self.to_browser(&Envelope::Open { channel, name: Some(name), pid: hello.pid });
        if let Some(reason) = self.follow(channel, &mut reader) {
            let _ = tool.outbox.push(Envelope::Refused { channel, reason }.to_text(), PATIENCE);
        }
        self.forget(channel);
        tool.outbox.close();
    }

    /// Waits for the extension to say who it is.
    fn browser_hello(&self) -> Option<Hello> {
        let until = Instant::now() + HELLO;
        let mut hello = lock(&self.hello);
        while hello.is_none() {
            let left = until.checked_duration_since(Instant::now())?;
            hello = self.greeted.wait_timeout(hello, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        hello.clone()
    }

    /// Hands on what a tool says of its own channel, until it is gone or says something that cannot be.
    fn follow(&self, channel: u32, reader: &mut Stream) -> Option<Reason> {
        loop {
            let envelope = match read(reader)? {
                Parsed::Known(envelope) => envelope,
                Parsed::Unknown => continue,
                Parsed::OtherVersion => return Some(Reason::Version),
            };
            match envelope {
                Envelope::Noise { channel: of, .. } | Envelope::Sealed { channel: of, .. } if of == channel => {
                    self.to_browser(&envelope);
                }
                Envelope::Refused { channel: of, .. } if of == channel => {
                    self.to_browser(&envelope);
                    return None;
                }
                Envelope::Hello(_) => {}
                // A close, another tool's channel, or what only bridges say.
                _ => return None,
            }
        }
    }

    /// The browser has let go: whoever still listens hears the last words.
    fn end(&self) {
        for tool in lock(&self.tools).values() {
            tool.outbox.close();
        }
        self.browser.close();
        let until = Instant::now() + FAREWELL;
        let mut writers = lock(&self.writers);
        while let (true, Some(left)) = (*writers > 0, until.checked_duration_since(Instant::now())) {
            writers = self.written.wait_timeout(writers, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// A tool's next frame; `None` when it is gone or sends rubbish.
fn read(reader: &mut Stream) -> Option<Parsed> {
    let text = frame::read(reader, Order::Little).ok()??;
    Envelope::parse(&text).ok()
}

fn refuse(stream: &mut Stream, reason: Reason) {
    let _ = frame::write(stream, Order::Little, &Envelope::Refused { channel: 0, reason }.to_text());
}
