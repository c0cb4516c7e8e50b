//! Connections that are open and unused, for later requests to the same server.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::endpoint::Endpoint;
use crate::lock::lock;
use crate::transport::Route;
use crate::url::{Protocol, Url, unbracketed};

use super::connection::Connection;

/// An unused connection is kept for this long.
const IDLE: Duration = Duration::from_secs(60);

/// The largest number of unused connections to one server that are kept for all threads.
const SHARED: usize = 256;

/// The requests that a connection can be used for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) endpoint: Endpoint,
    pub(super) is_tls: bool,
    pub(super) is_direct: bool,
}

impl Key {
    /// Returns the key for requests to a URL.
    pub(super) fn of(url: &Url<'_>, route: Route) -> Self {
        let host = unbracketed(&url.ascii_host()).to_owned();
        Self {
            endpoint: Endpoint { host, port: url.effective_port() },
            is_tls: url.protocol() == Protocol::Https,
            is_direct: route == Route::Direct,
        }
    }
}

/// The unused connections of one transport.
pub(super) struct Pool {
    idle: Mutex<HashMap<Key, Vec<Idle>>>,
    /// The largest number of connections to one server that are kept.
    size: usize,
}

struct Idle {
    connection: Connection,
    since: Instant,
}

impl Pool {
    /// A pool for requests of any thread.
    pub(super) fn shared() -> Self {
        Self { idle: Mutex::default(), size: SHARED }
    }

    /// A pool of one connection to each server, for credentials that authorize a connection: the next request gets the
    /// same one.
    pub(super) fn single() -> Self {
        Self { idle: Mutex::default(), size: 1 }
    }

    /// Takes a connection that is still open.
    pub(super) fn take(&self, key: &Key) -> Option<Connection> {
        let mut idle = lock(&self.idle);
        let list = idle.get_mut(key)?;
        // The connection that was used last is the likeliest to be open.
        while let Some(Idle { connection, since }) = list.pop() {
            if since.elapsed() < IDLE && connection.is_quiet() {
                return Some(connection);
            }
        }
        None
    }

    /// Keeps a connection for later, or closes it if there are enough.
    pub(super) fn keep(&self, key: Key, connection: Connection) {
        let mut idle = lock(&self.idle);
        let list = idle.entry(key).or_default();
        // A connection beyond the limit is closed by being dropped.
        if list.len() < self.size {
            list.push(Idle { connection, since: Instant::now() });
        }
    }
}
