//! One connection to one extension: how its channel comes to stand, and what is sent and received on it.

use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::super::channel::{Channel, ChannelError, Initiator};
use super::super::envelope::{Envelope, Hello, Parsed, Reason};
use super::super::frame::{self, FrameError, Order};
use super::super::key::Key;
use super::super::message::{FromExtension, ToExtension};
use super::super::socket::{Address, Stream};
use super::options::BrowserFilter;
use crate::lock::lock;

/// The time that a bridge and its extension have for each answer until the channel stands.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// The reason for which a connection ended or did not come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The other side does not answer, or the connection broke.
    Gone,
    /// The other side refused.
    Refused(Reason),
    /// The browser does not pass the tool's filter.
    Filtered,
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
            // Worth a warning: something between us and the extension may have changed a message.
            ChannelError::NotGenuine | ChannelError::TooLong => {
                log::warn!("bridge: {error}");
                Self::Gone
            }
        }
    }
}

/// A connection whose channel stands.
pub(super) struct Connection {
    stream: Stream,
    /// The number by which the bridge knows the channel.
    number: u32,
    channel: Mutex<Channel>,
    /// Held from sealing to writing. Each seal takes the next nonce, and the other side opens messages in that order
    /// only.
    out: Mutex<()>,
    /// The number of messages taken since the last credit.
    taken: AtomicU32,
}

impl Connection {
    /// Connects to a bridge, exchanges hellos, waits until its extension opens a channel, and seals it with the key.
    ///
    /// # Errors
    /// Returns [`End::Filtered`] if the browser does not pass the filter, [`End::Refused`] if the other side refuses or
    /// its key differs, and [`End::Gone`] if it does not answer.
    pub(super) fn open(
        address: &Address,
        tool: String,
        filter: &BrowserFilter,
        key: &Key,
    ) -> Result<(Hello, Self), End> {
        let mut stream = address.connect()?;
        // A bridge whose browser hangs takes connections and never answers. Once the channel stands, silence is normal.
        stream.limit_reads(Some(HANDSHAKE))?;
        let hello =
            Envelope::Hello(Hello { name: tool, version: env!("CARGO_PKG_VERSION").to_owned(), ..Hello::default() });
        frame::write(&mut stream, Order::Little, &hello.to_text())?;
        let hello = receive(&mut stream, |envelope| match envelope {
            Envelope::Hello(hello) => Some(hello),
            _ => None,
        })?;
        if !filter.takes(&hello) {
            return Err(End::Filtered);
        }
        let number = receive(&mut stream, |envelope| match envelope {
            Envelope::Open(opened) => Some(opened.channel),
            _ => None,
        })?;
        let channel = Mutex::new(handshake(&mut stream, number, key)?);
        stream.limit_reads(None)?;
        Ok((hello, Self { stream, number, channel, out: Mutex::default(), taken: AtomicU32::new(0) }))
    }

    /// Hands each message of the extension to `take`, until the connection ends or `take` returns false.
    pub(super) fn listen(&self, mut take: impl FnMut(FromExtension) -> bool) -> End {
        loop {
            let message = receive(&mut self.stream.clone(), |envelope| match envelope {
                Envelope::Sealed { channel, message } if channel == self.number => Some(message),
                _ => None,
            });
            // The channel is locked only while a message is opened, not while we wait for one, so that sending goes on.
            let text = message.and_then(|message| Ok(lock(&self.channel).open(&message)?));
            match text {
                // A part of a long message: the rest follows.
                Ok(None) => {}
                Ok(Some(text)) => match serde_json::from_str(&text) {
                    Ok(message) => {
                        if !take(message) {
                            return End::Gone;
                        }
                    }
                    // A newer extension may know messages that we don't.
                    Err(error) => log::debug!("bridge: a message that is not understood: {error}"),
                },
                Err(end) => return end,
            }
        }
    }

    /// Sends a message, and ends the connection if that fails. The thread that listens then reports the end.
    pub(super) fn send_or_end(&self, message: &ToExtension) {
        if self.send(message).is_err() {
            self.shut_down();
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

    /// Counts a message that was taken, and gives its credit back once half a window has been taken.
    pub(super) fn count(&self, window: u32) {
        let taken = self.taken.fetch_add(1, Ordering::Relaxed) + 1;
        // Half a window: the extension never runs dry, and not every message costs an answer.
        if taken >= window.div_ceil(2) {
            // Other threads may have counted meanwhile, so only what is given back is subtracted.
            self.taken.fetch_sub(taken, Ordering::Relaxed);
            self.send_or_end(&ToExtension::Credit { messages: taken });
        }
    }

    /// Tells the extension that the channel is closed, and ends the connection.
    pub(super) fn close(&self) {
        let text = Envelope::Close { channel: self.number }.to_text();
        let _out = lock(&self.out);
        // The connection may be gone already.
        let _ = frame::write(&mut self.stream.clone(), Order::Little, &text);
        self.shut_down();
    }

    /// Ends the connection, also for a thread that reads from it just now.
    pub(super) fn shut_down(&self) {
        self.stream.shut_down();
    }
}

/// Does the Noise handshake as the initiator.
fn handshake(stream: &mut Stream, number: u32, key: &Key) -> Result<Channel, End> {
    let (initiator, message) = Initiator::new(key)?;
    frame::write(stream, Order::Little, &Envelope::Noise { channel: number, message }.to_text())?;
    let answer = receive(stream, |envelope| match envelope {
        Envelope::Noise { channel, message } if channel == number => Some(message),
        _ => None,
    })?;
    initiator.finish(&answer).map_err(|error| {
        // The extension is told, so that its popup can say that keys differ.
        let refused = Envelope::Refused { channel: number, reason: Reason::KeysDiffer };
        let _ = frame::write(stream, Order::Little, &refused.to_text());
        error.into()
    })
}

/// Reads frames until `wanted` picks one. Other envelopes are skipped, so that later versions may add some.
///
/// # Errors
/// Returns [`End::Refused`] if the other side refuses or speaks another version, and [`End::Gone`] if it closes the
/// channel or the stream ends.
pub(super) fn receive<T>(stream: &mut Stream, wanted: impl Fn(Envelope) -> Option<T>) -> Result<T, End> {
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
