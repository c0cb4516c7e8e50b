//! What waits to be written, bounded.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many bytes may wait for one reader.
const MOST: usize = 4 << 20;

/// Frames for one reader, in their order.
#[derive(Default)]
pub(crate) struct Outbox {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<String>,
    bytes: usize,
    /// How many frames were taken so far: a reader that takes some is slow, not gone.
    taken: u64,
    is_closed: bool,
}

/// How long a frame may wait for room.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    /// As long as it takes.
    Endless,
    /// So long after the last frame that was taken.
    For(Duration),
}

/// The reader takes nothing, or is gone.
#[derive(Debug)]
pub(crate) struct Stuck;

impl Outbox {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a frame, once there is room.
    ///
    /// # Errors
    /// There was no room for so long, or the reader is gone.
    pub(crate) fn push(&self, text: String, patience: Patience) -> Result<(), Stuck> {
        let mut state = self.lock();
        let mut since = (Instant::now(), state.taken);
        while !state.is_closed && state.bytes + text.len() > MOST {
            if state.taken != since.1 {
                since = (Instant::now(), state.taken);
            }
            state = match patience {
                Patience::Endless => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Patience::For(limit) => {
                    let left = limit.checked_sub(since.0.elapsed()).ok_or(Stuck)?;
                    self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        if state.is_closed {
            return Err(Stuck);
        }
        state.bytes += text.len();
        state.waiting.push_back(text);
        self.changed.notify_all();
        Ok(())
    }

    /// Takes the next frame, once there is one; `None` when there will be no more.
    pub(crate) fn take(&self) -> Option<String> {
        let mut state = self.lock();
        loop {
            if let Some(text) = state.waiting.pop_front() {
                state.bytes -= text.len();
                state.taken += 1;
                self.changed.notify_all();
                return Some(text);
            }
            if state.is_closed {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Nothing more goes in; what waits can still be taken.
    pub(crate) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    /// The reader is gone: what waits is dropped.
    pub(crate) fn abandon(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        state.waiting.clear();
        state.bytes = 0;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_outbox_waits_for_its_reader_and_gives_up_on_one_that_takes_nothing() {
        let outbox = Outbox::default();
        let patience = Patience::For(Duration::from_millis(20));
        while outbox.push("x".repeat(100_000), patience).is_ok() {}
        assert!(outbox.take().is_some());
        assert!(outbox.push("x".into(), patience).is_ok());
        outbox.close();
        assert!(outbox.push("x".into(), Patience::Endless).is_err());
        assert!(std::iter::from_fn(|| outbox.take()).count() > 40, "what waits is still given out");
    }
}
