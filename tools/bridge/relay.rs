//! Relays frames from the browser to the tools and back. It keeps nothing, and cannot read sealed messages.

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use countersign_shared::bridge::envelope::{Envelope, Hello, Opened, Parsed, Reason};
use countersign_shared::bridge::frame::{self, FrameError, Order};
use countersign_shared::bridge::process::{self, Ended, Peer, Process};
use countersign_shared::bridge::socket::{Listener, Stream};
use countersign_shared::lock::{lock, unpoisoned};

use crate::outbox::{Outbox, Patience};

/// The number of tools that may be connected at once.
const MOST_TOOLS: usize = 32;

/// The time within which a tool has to say hello, and the extension has to be there for it.
const HELLO: Duration = Duration::from_secs(10);

/// The time after which a tool that takes nothing counts as gone. The browser is held up meanwhile, and it kills a
/// bridge two seconds after closing its standard input, so this has to be shorter.
const PATIENCE: Patience = Patience::For(Duration::from_secs(1));

/// The time that tools have at the end to read their last frames.
const DRAIN: Duration = Duration::from_millis(500);

/// The stack of a thread in bytes. It is enough for JSON nested as deeply as the parser allows.
const STACK: usize = 256 << 10;

/// The longest name of a tool that is handed on to the extension.
const LONGEST_NAME: usize = 200;

/// A running bridge.
pub(crate) struct Relay {
    browser: Outbox,
    tools: Mutex<HashMap<u32, Arc<Tool>>>,
    /// The hello of the extension, once it has come.
    hello: Mutex<Option<Hello>>,
    greeted: Condvar,
    connections: AtomicUsize,
    /// The number of writers that have not written everything yet.
    writers: Mutex<usize>,
    written: Condvar,
    channels: AtomicU32,
}

/// A tool that is connected.
struct Tool {
    stream: Stream,
    outbox: Outbox,
}

/// Starts a thread. If the system has none left, its work is not done.
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
    /// Makes a bridge whose first frames to the extension are its hello and the default key, if there is one.
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

    /// Relays until the browser closes standard input.
    ///
    /// # Errors
    /// Returns an error if a frame of the browser is malformed, or the system has no threads left.
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

    /// Starts a thread that writes, and that is waited for at the end.
    fn writer(self: &Arc<Self>, write: impl FnOnce(&Arc<Self>) + Send + 'static) -> io::Result<()> {
        // The writer counts before its thread runs. Otherwise `end` could find no writer and not wait for this one.
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
                // This frees those who wait for room, and the next `take` ends the loop.
                outbox.abandon();
            }
        }
    }

    fn to_browser(&self, envelope: &Envelope) {
        let _ = self.browser.push(envelope.to_text(), Patience::Endless);
    }

    /// Takes one frame of the browser.
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
                // Only bridges and tools send the other kinds.
                Parsed::Known(_) | Parsed::Unknown => {}
                Parsed::OtherVersion => self.refuse_browser(),
            }
        }
        Ok(())
    }

    /// Tells the extension that the versions differ, unless it has gone.
    fn refuse_browser(&self) {
        let refused = Envelope::Refused { channel: 0, reason: Reason::Version };
        let _ = self.browser.push(refused.to_text(), Patience::For(Duration::ZERO));
    }

    fn greet(&self, hello: Hello) {
        let short = |text: String| text.chars().take(LONGEST_NAME).collect::<String>();
        // Name, version and process id are the bridge's own, whatever the extension claims.
        let hello = Hello { browser: hello.browser.map(short), profile: hello.profile.map(short), ..own_hello() };
        *lock(&self.hello) = Some(hello);
        self.greeted.notify_all();
    }

    /// Hands a frame to a tool, and disconnects a tool that does not take it in time.
    fn to_tool(&self, channel: u32, envelope: &Envelope) {
        // The lock is let go before the push, which may wait for this tool while others come and go.
        let Some(tool) = lock(&self.tools).get(&channel).cloned() else { return };
        if tool.outbox.push(envelope.to_text(), PATIENCE).is_err() {
            tool.outbox.abandon();
            tool.stream.shut_down();
            return self.forget(channel);
        }
        // The outbox is closed and not abandoned, because the tool has to read this last frame.
        if matches!(envelope, Envelope::Refused { .. } | Envelope::Close { .. }) {
            lock(&self.tools).remove(&channel);
            tool.outbox.close();
        }
    }

    /// Forgets a tool that is gone, and tells the extension once.
    fn forget(&self, channel: u32) {
        if lock(&self.tools).remove(&channel).is_some() {
            self.to_browser(&Envelope::Close { channel });
        }
    }

    fn accept(self: &Arc<Self>, listener: &Listener) {
        while let Ok(stream) = listener.accept() {
            let relay = Arc::clone(self);
            // Counting here and not in the thread keeps connections that come together from passing the limit.
            let is_full = self.connections.fetch_add(1, Ordering::Relaxed) >= MOST_TOOLS;
            // The closure takes the stream with it, even if its thread never starts.
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

    /// Serves one tool from its hello to its end.
    fn serve(self: &Arc<Self>, stream: &Stream) {
        let mut reader = stream.clone();
        // Asked before the first read, while the process that connected has hardly had time to end.
        let process = match process::peer(stream) {
            Peer::Known(process) => Some(process),
            Peer::Unknown => None,
            // A child that inherited the socket cannot speak in the name of its parent.
            Peer::Gone => return,
        };
        // A silent tool without the limit would only keep one of the places for tools.
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
        // These are queued before the browser hears of the channel, so that its first frame cannot overtake them.
        for envelope in [Envelope::Hello(browser), Envelope::Open(Opened { channel, ..Opened::default() })] {
            let _ = tool.outbox.push(envelope.to_text(), PATIENCE);
        }
        self.to_browser(&Envelope::Open(opened(channel, &hello, process.as_ref())));
        if self.watch(channel, process, stream).is_err() {
            let busy = Envelope::Refused { channel, reason: Reason::Busy };
            let _ = tool.outbox.push(busy.to_text(), PATIENCE);
        } else if let Some(reason) = self.follow(channel, &mut reader) {
            let _ = tool.outbox.push(Envelope::Refused { channel, reason }.to_text(), PATIENCE);
        }
        self.forget(channel);
        tool.outbox.close();
    }

    /// Starts a thread that ends the channel when the tool's process ends, whoever still holds the socket.
    fn watch(self: &Arc<Self>, channel: u32, process: Option<Process>, stream: &Stream) -> io::Result<()> {
        let Some(process) = process else { return Ok(()) };
        let (relay, stream) = (Arc::clone(self), stream.clone());
        start(move || {
            if process.wait(&stream) != Ended::Process {
                return;
            }
            if lock(&relay.tools).remove(&channel).is_some() {
                relay.to_browser(&Envelope::Ended { channel });
            }
            stream.shut_down();
        })
    }

    /// Waits for the hello of the extension.
    fn browser_hello(&self) -> Option<Hello> {
        let until = Instant::now() + HELLO;
        let mut hello = lock(&self.hello);
        while hello.is_none() {
            let left = until.checked_duration_since(Instant::now())?;
            hello = unpoisoned(self.greeted.wait_timeout(hello, left)).0;
        }
        hello.clone()
    }

    /// Hands on the frames of a tool until it is gone, closes its channel, or sends a frame that tools must not send.
    fn follow(&self, channel: u32, reader: &mut Stream) -> Option<Reason> {
        loop {
            let envelope = match read(reader)? {
                Parsed::Known(envelope) => envelope,
                // A newer tool may send kinds of frames that this bridge does not know.
                Parsed::Unknown => continue,
                Parsed::OtherVersion => return Some(Reason::Version),
            };
            match envelope {
                // A tool that could name another channel could speak for another tool.
                Envelope::Noise { channel: of, .. } | Envelope::Sealed { channel: of, .. } if of == channel => {
                    self.to_browser(&envelope);
                }
                Envelope::Refused { channel: of, .. } if of == channel => {
                    self.to_browser(&envelope);
                    return None;
                }
                Envelope::Hello(_) => {}
                // A close, a frame for another tool's channel, or a kind that only bridges send.
                _ => return None,
            }
        }
    }

    /// Closes all tools after the browser has closed standard input. Those that still read get their last frames.
    fn end(&self) {
        for tool in lock(&self.tools).values() {
            tool.outbox.close();
        }
        self.browser.close();
        let until = Instant::now() + DRAIN;
        let mut writers = lock(&self.writers);
        while let (true, Some(left)) = (*writers > 0, until.checked_duration_since(Instant::now())) {
            writers = unpoisoned(self.written.wait_timeout(writers, left)).0;
        }
    }
}

/// Returns what the extension is told of a tool: its own word for its name, and the system's for the rest.
fn opened(channel: u32, hello: &Hello, process: Option<&Process>) -> Opened {
    Opened {
        channel,
        name: Some(hello.name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()),
        pid: process.map(Process::pid),
        started: process.map(|process| process.started().to_owned()),
        program: process.and_then(Process::program).map(str::to_owned),
    }
}

/// Reads the next frame of a tool. Returns `None` if the tool is gone or the frame is malformed.
fn read(reader: &mut Stream) -> Option<Parsed> {
    let text = frame::read(reader, Order::Little).ok()??;
    Envelope::parse(&text).ok()
}

fn refuse(stream: &mut Stream, reason: Reason) {
    let _ = frame::write(stream, Order::Little, &Envelope::Refused { channel: 0, reason }.to_text());
}
