//! The connections to the listener. Their number is bounded, so that nobody who opens many keeps the user's browser out or
//! takes all file descriptors: the one that has been idle longest makes room for the next.

use std::collections::VecDeque;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use countersign_shared::lock::lock;

/// The largest number of connections. A browser opens about six.
const MOST: usize = 64;

/// The file descriptors that are left to the rest of the tool, among them those of the token request.
#[cfg(unix)]
const OTHER_FILES: u64 = 40;

/// The connections that are open, the oldest first.
pub(super) struct Crowd {
    most: usize,
    next: AtomicU64,
    held: Mutex<VecDeque<Held>>,
}

struct Held {
    id: u64,
    stream: Arc<TcpStream>,
    phase: Phase,
}

/// The phase that a connection is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Its request is not whole.
    Idle,
    /// Its request is being answered.
    Answered,
}

impl Crowd {
    pub(super) fn new() -> Self {
        Self { most: most(), next: AtomicU64::new(0), held: Mutex::default() }
    }

    /// Takes a connection in and returns its number. If there are too many, one of the others is closed.
    pub(super) fn enter(&self, stream: &Arc<TcpStream>) -> u64 {
        // The numbers only have to differ, and nothing else depends on their order.
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        // Room is made and taken under one lock, or two listeners could both take the last place.
        let mut held = lock(&self.held);
        while held.len() >= self.most {
            close_one(&mut held);
        }
        held.push_back(Held { id, stream: Arc::clone(stream), phase: Phase::Idle });
        id
    }

    /// Notes that a connection has sent a whole request: it is closed only if there is no idle one.
    pub(super) fn asked(&self, id: u64) {
        if let Some(held) = lock(&self.held).iter_mut().find(|held| held.id == id) {
            held.phase = Phase::Answered;
        }
    }

    /// Notes that a connection has ended.
    pub(super) fn leave(&self, id: u64) {
        lock(&self.held).retain(|held| held.id != id);
    }

    /// Closes the connection that has been idle longest.
    pub(super) fn make_room(&self) {
        close_one(&mut lock(&self.held));
    }
}

fn close_one(held: &mut VecDeque<Held>) {
    // If every connection is being answered, the oldest goes: it has had the most time.
    let idle = held.iter().position(|held| held.phase == Phase::Idle).unwrap_or(0);
    if let Some(held) = held.remove(idle) {
        // The thread that reads it ends when the read fails, and gives the descriptor back.
        let _ = held.stream.shutdown(Shutdown::Both);
    }
}

#[cfg(unix)]
fn most() -> usize {
    let files = rustix::process::getrlimit(rustix::process::Resource::Nofile).current.unwrap_or(u64::MAX);
    usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(MOST).clamp(4, MOST)
}

#[cfg(not(unix))]
fn most() -> usize {
    MOST
}
