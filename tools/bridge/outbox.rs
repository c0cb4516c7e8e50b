//! A bounded queue of frames that wait to be written.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant};

use countersign_shared::lock::{lock, unpoisoned};

/// The number of bytes that may wait for one reader.
const MOST: usize = 4 << 20;

/// The frames for one reader, in their order.
#[derive(Default)]
pub(crate) struct Outbox {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<String>,
    bytes: usize,
    /// The number of frames taken so far. A reader that takes some is slow, and not gone.
    taken: u64,
    is_closed: bool,
}

/// The time that a frame may wait for room.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    /// Without a limit.
    Endless,
    /// This long after the last frame was taken.
    For(Duration),
}

/// The error for a reader that takes nothing or is gone.
#[derive(Debug)]
pub(crate) struct Stuck;

impl Outbox {
    /// Waits for room and adds a frame.
    ///
    /// # Errors
    /// Returns an error if there is no room in time, or the reader is gone.
    pub(crate) fn push(&self, text: String, patience: Patience) -> Result<(), Stuck> {
        let mut state = lock(&self.state);
        let mut since = (Instant::now(), state.taken);
        while !state.is_closed && state.bytes + text.len() > MOST {
            if state.taken != since.1 {
                since = (Instant::now(), state.taken);
            }
            state = match patience {
                Patience::Endless => unpoisoned(self.changed.wait(state)),
                Patience::For(limit) => {
                    let left = limit.checked_sub(since.0.elapsed()).ok_or(Stuck)?;
                    unpoisoned(self.changed.wait_timeout(state, left)).0
                }
            };
        }
        if state.is_closed {
            return Err(Stuck);
        }
        state.bytes += text.len();
        state.waiting.push_back(text);
        // Readers and writers wait on the same condition, so waking one alone might wake the wrong one.
        self.changed.notify_all();
        Ok(())
    }

    /// Waits for the next frame and takes it. Returns `None` if there will be no more.
    pub(crate) fn take(&self) -> Option<String> {
        let mut state = lock(&self.state);
        loop {
            // Frames that wait are given out after `close` too, so the end is looked for second.
            if let Some(text) = state.waiting.pop_front() {
                state.bytes -= text.len();
                state.taken += 1;
                self.changed.notify_all();
                return Some(text);
            }
            if state.is_closed {
                return None;
            }
            state = unpoisoned(self.changed.wait(state));
        }
    }

    /// Lets no more frames in. Those that wait can still be taken.
    pub(crate) fn close(&self) {
        lock(&self.state).is_closed = true;
        self.changed.notify_all();
    }

    /// Drops the frames that wait, because the reader is gone.
    pub(crate) fn abandon(&self) {
        let mut state = lock(&self.state);
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
