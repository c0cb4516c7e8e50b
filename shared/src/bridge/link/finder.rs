//! The threads behind a tool's links: one looks for bridges, and one for each bridge holds the link.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::super::key::{Key, Keys};
use super::super::message::ToExtension;
use super::super::socket::{self, Address};
use super::connection::{Connection, End};
use super::event::{Event, LinkId};
use super::options::LinkOptions;
use super::schedule::Schedule;
use crate::lock::lock;

/// The interval at which the folders of sockets are searched. Watching them would need another interface on each
/// system, and listing a folder with a few entries costs little.
const SEARCH: Duration = Duration::from_millis(200);

/// The state that the threads and the tool share.
pub(super) struct Shared {
    pub(super) options: Mutex<LinkOptions>,
    pub(super) connections: Mutex<HashMap<LinkId, Arc<Connection>>>,
    pub(super) schedule: Mutex<Schedule>,
    keys: Keys,
    folders: Vec<PathBuf>,
    events: SyncSender<(LinkId, Event)>,
    next_id: AtomicU32,
    /// True if the last attempt found no key, so that this is reported once.
    has_no_key: Mutex<bool>,
}

/// Looks for bridges until the tool drops the sender of `ends`.
pub(super) fn search(shared: &Arc<Shared>, ends: &Receiver<()>) {
    loop {
        let found: Vec<Address> = shared.folders.iter().flat_map(|folder| socket::find(folder)).collect();
        lock(&shared.schedule).keep(&found);
        for address in found {
            if lock(&shared.schedule).claim(&address) {
                let shared = Arc::clone(shared);
                thread::spawn(move || shared.follow(&address));
            }
        }
        // Nothing is ever sent here. The wait ends early only when the tool drops the sender.
        if ends.recv_timeout(SEARCH) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

impl Shared {
    pub(super) fn new(
        folders: Vec<PathBuf>,
        options: LinkOptions,
        keys: Keys,
        events: SyncSender<(LinkId, Event)>,
    ) -> Self {
        Self {
            options: Mutex::new(options),
            connections: Mutex::default(),
            schedule: Mutex::default(),
            keys,
            folders,
            events,
            next_id: AtomicU32::new(1),
            has_no_key: Mutex::new(false),
        }
    }

    /// Makes one attempt at a claimed address. If it succeeds, this thread holds the link for its whole life.
    fn follow(&self, address: &Address) {
        let id = LinkId(self.next_id.fetch_add(1, Ordering::Relaxed));
        let end = self.link(id, address);
        let was_connected = lock(&self.connections).remove(&id).is_some();
        if was_connected {
            self.report(id, Event::Ended);
        }
        // The lock is not held while reporting: that waits for the tool, which may be asking for the schedule just
        // then.
        let refused = {
            let mut schedule = lock(&self.schedule);
            if was_connected {
                schedule.reset(address);
            }
            schedule.release(address, end)
        };
        if let Some(reason) = refused {
            self.report(id, Event::Refused(reason));
        }
    }

    fn link(&self, id: LinkId, address: &Address) -> End {
        let Some(key) = self.key(id) else { return End::Gone };
        let (tool, filter) = {
            let options = lock(&self.options);
            (options.tool.clone(), options.filter.clone())
        };
        let (hello, connection) = match Connection::open(address, tool, &filter, &key) {
            Ok((hello, connection)) => (hello, Arc::new(connection)),
            Err(end) => return end,
        };
        // First into the map, then the subscriptions: one that the tool changes in between goes out twice rather than
        // never.
        lock(&self.connections).insert(id, Arc::clone(&connection));
        let options = lock(&self.options).clone();
        self.report(id, Event::Connected(hello));
        connection.send_or_end(&ToExtension::Credit { messages: options.window });
        for subscription in options.subscriptions {
            connection.send_or_end(&ToExtension::Subscribe(subscription));
        }
        let end = connection.listen(|message| self.events.send((id, Event::Message(message))).is_ok());
        connection.shut_down();
        end
    }

    /// Waits until the tool takes events. Once the tool has dropped its links there is no one left to report to.
    fn report(&self, id: LinkId, event: Event) {
        let _ = self.events.send((id, event));
    }

    /// Reads the key anew for each attempt, because the user may change it while a tool runs.
    fn key(&self, id: LinkId) -> Option<Key> {
        let key = self.keys.current();
        let had_none = std::mem::replace(&mut *lock(&self.has_no_key), key.is_err());
        key.inspect_err(|error| {
            if !had_none {
                self.report(id, Event::NoKey(error.to_string()));
            }
        })
        .ok()
    }
}
