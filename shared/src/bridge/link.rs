//! A tool's end of the bridge: finds every bridge that runs, and keeps a sealed channel to each one's extension.
//!
//! ```ignore
//! let options = LinkOptions { tool, subscriptions, window: 1024, filter: BrowserFilter::default() };
//! let links = Links::start(options, Keys::new()?)?;
//! while let Some((link, event)) = links.next(Some(Duration::from_secs(10))) {}
//! ```
//!
//! Bridges come and go with their browsers. A link that ended is tried again after a quarter of a second at first, and
//! every five seconds later on.

mod connection;
mod event;
mod finder;
mod options;
mod schedule;
#[cfg(all(test, unix))]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread;
use std::time::Duration;

use super::key::Keys;
use super::message::{FromExtension, Subscription, ToExtension};
use super::record;
use crate::error::Error;
use crate::lock::lock;
use connection::Connection;
use finder::Shared;

pub use event::{Event, LinkId};
pub use options::{BrowserFilter, LinkOptions};

/// The number of events of all links that may wait for the tool. Beyond that the links stop reading, so memory stays
/// bounded and the sockets hold the rest.
const WAITING: usize = 256;

/// All links of a tool. Dropping it closes them.
pub struct Links {
    events: Receiver<(LinkId, Event)>,
    shared: Arc<Shared>,
    /// Its drop ends the thread that looks for bridges.
    _alive: Sender<()>,
}

impl Links {
    /// Starts to look for bridges in the background, and says hello to each.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if no home folder is known, since sockets may lie below it.
    pub fn start(options: LinkOptions, keys: Keys) -> Result<Self, Error> {
        Ok(Self::start_in(record::socket_folders()?, options, keys))
    }

    /// Starts like [`Links::start`], and looks for sockets in these folders.
    #[must_use]
    pub fn start_in(folders: Vec<PathBuf>, options: LinkOptions, keys: Keys) -> Self {
        let (sender, events) = sync_channel(WAITING);
        let shared = Arc::new(Shared::new(folders, options, keys, sender));
        let (alive, ends) = channel();
        let searching = Arc::clone(&shared);
        thread::spawn(move || finder::search(&searching, &ends));
        Self { events, shared, _alive: alive }
    }

    /// Waits for the next event and returns it, or `None` if there is none within the limit. Without a limit it waits
    /// for ever.
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

    /// Counts a message that the tool takes. Credit is given back here and not on arrival, so that a tool that is slow
    /// to take messages slows the extension down.
    fn count(&self, id: LinkId, message: &FromExtension) {
        if !message.takes_credit() {
            return;
        }
        if let Some(connection) = self.connection(id) {
            let window = lock(&self.shared.options).window;
            connection.count(window);
        }
    }

    /// Replaces the subscriptions of all links, also of those to come. Extensions keep one subscription of each kind,
    /// so a new one takes the place of the old one.
    pub fn subscribe(&self, subscriptions: Vec<Subscription>) {
        let messages: Vec<ToExtension> = subscriptions.iter().cloned().map(ToExtension::Subscribe).collect();
        lock(&self.shared.options).subscriptions = subscriptions;
        // Sending may block on a slow browser, so the map is not locked meanwhile.
        let connections: Vec<Arc<Connection>> = lock(&self.shared.connections).values().cloned().collect();
        for connection in connections {
            messages.iter().for_each(|message| connection.send_or_end(message));
        }
    }

    /// Sends a message to one extension. Does nothing if that link has ended.
    pub fn send(&self, link: LinkId, message: &ToExtension) {
        if let Some(connection) = self.connection(link) {
            connection.send_or_end(message);
        }
    }

    fn connection(&self, link: LinkId) -> Option<Arc<Connection>> {
        lock(&self.shared.connections).get(&link).cloned()
    }

    /// Returns how many channels stand.
    #[must_use]
    pub fn connected(&self) -> usize {
        lock(&self.shared.connections).len()
    }

    /// Returns how many bridges are being talked to whose channel does not stand yet.
    #[must_use]
    pub fn pending(&self) -> usize {
        let claimed = lock(&self.shared.schedule).claimed();
        claimed.saturating_sub(self.connected())
    }

    /// Returns how many bridges were found, whether they answer or not.
    #[must_use]
    pub fn found(&self) -> usize {
        lock(&self.shared.schedule).found()
    }
}

impl Drop for Links {
    fn drop(&mut self) {
        for connection in lock(&self.shared.connections).values() {
            connection.close();
        }
    }
}
