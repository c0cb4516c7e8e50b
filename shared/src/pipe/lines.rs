//! The lines of a block, and what is known of those in which no document ends.

use super::frame::{Follow, Framing};
use crate::error::Error;

/// The start of a line.
#[derive(Clone, Copy)]
pub(super) struct Cursor {
    /// The number of bytes before it in the block.
    pub(super) at: usize,
    /// The number of the line.
    pub(super) line: u64,
}

/// Returns one line without its line break, and the start of the next. The last line of an input needs no line break.
pub(super) fn next_line(bytes: &[u8], from: Cursor, has_ended: bool) -> Option<(&[u8], Cursor)> {
    let rest = bytes.get(from.at..)?;
    let (length, with_break) = match memchr::memchr(b'\n', rest) {
        Some(length) => (length, length + 1),
        None if has_ended && !rest.is_empty() => (rest.len(), rest.len()),
        None => return None,
    };
    Some((rest.get(..length)?, Cursor { at: from.at + with_break, line: from.line + 1 }))
}

/// The states, line by line, in which a document stays open up to the end of its input.
///
/// The lines of a document that nothing finishes are read as documents of their own, and each of them may stay open up to the
/// end as well. Two documents that are in the same state at the same place go the same way from there, so one that meets the
/// way of an earlier one is not followed any further, and the time is in proportion to the input.
#[derive(Debug, Default)]
pub(super) struct Hopeless {
    /// The line of the first set.
    first: u64,
    /// A set of states for each line at which a document may be.
    states: Vec<u8>,
    /// The error of such a document, once there is one.
    pub(super) error: Option<fn() -> Error>,
}

impl Hopeless {
    /// Returns the error of a document that is in this state before a line, if it is known to stay open.
    pub(super) fn at(&self, line: u64, state: u8) -> Option<fn() -> Error> {
        let states = self.states.get(usize::try_from(line.checked_sub(self.first)?).ok()?)?;
        self.error.filter(|_| states & 1 << state != 0)
    }

    /// Learns the way of a document that stays open, up to where it is known already.
    pub(super) fn learn(&mut self, bytes: &[u8], from: Cursor, framing: Framing) {
        let Some((first, _)) = next_line(bytes, from, true) else { return };
        if self.states.is_empty() {
            self.first = from.line;
        }
        let (mut follower, mut after) = (framing(first), from);
        while let Some((line, after_line)) = next_line(bytes, after, true) {
            after = after_line;
            let _ = follower.line(line);
            let Some(state) = follower.own().map(Follow::state) else { return };
            let Ok(place) = usize::try_from(after.line.saturating_sub(self.first)) else { return };
            if self.states.len() <= place {
                self.states.resize(place + 1, 0);
            }
            let Some(states) = self.states.get_mut(place).filter(|states| **states & 1 << state == 0) else { return };
            *states |= 1 << state;
        }
    }
}
