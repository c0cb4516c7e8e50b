//! The copy of a body, bounded by itself and together with all others.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The largest body that is copied, in bytes. A larger one is relayed like any other.
pub(crate) const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// How many bytes all copies together may hold that are not written yet.
pub(crate) const BUDGET: usize = 128 * 1024 * 1024;

/// What all copies together may hold.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicUsize,
    body_limit: usize,
}

impl Budget {
    /// The limits of the tool.
    pub(crate) fn new() -> Arc<Self> {
        Self::with_limits(BUDGET, BODY_LIMIT)
    }

    /// A total and a limit for each body, in bytes.
    pub(crate) fn with_limits(total: usize, body_limit: usize) -> Arc<Self> {
        Arc::new(Self { left: AtomicUsize::new(total), body_limit })
    }

    fn take(&self, count: usize) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(count)).is_ok()
    }
}

/// A body as far as it was copied.
#[derive(Debug)]
pub(crate) struct Copy {
    bytes: Vec<u8>,
    state: Copied,
    reserved: usize,
    budget: Arc<Budget>,
}

/// What the copy is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Copied {
    /// Every byte is there.
    Whole,
    /// The connection ended in the middle; what had come is there.
    Partial,
    /// Too large to be kept, or not wanted.
    Unavailable,
}

impl Copy {
    /// An empty copy that counts against a budget.
    pub(crate) fn new(budget: &Arc<Budget>) -> Self {
        Self { bytes: Vec::new(), state: Copied::Whole, reserved: 0, budget: Arc::clone(budget) }
    }

    /// Adds bytes, or gives the whole copy up when there are too many.
    pub(crate) fn push(&mut self, more: &[u8]) {
        if self.state == Copied::Unavailable || more.is_empty() {
            return;
        }
        let fits = self.bytes.len() + more.len() <= self.budget.body_limit;
        if fits && self.budget.take(more.len()) {
            self.reserved += more.len();
            self.bytes.extend_from_slice(more);
        } else {
            self.state = Copied::Unavailable;
            self.release();
        }
    }

    /// Says that the connection ended before the body did.
    pub(crate) fn cut(&mut self) {
        if self.state == Copied::Whole {
            self.state = Copied::Partial;
        }
    }

    /// What the copy is worth.
    pub(crate) fn state(&self) -> Copied {
        self.state
    }

    /// The bytes that were copied; none when the copy is [`Copied::Unavailable`].
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn release(&mut self) {
        self.bytes = Vec::new();
        self.budget.left.fetch_add(std::mem::take(&mut self.reserved), Ordering::Relaxed);
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        self.release();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_bounded_alone_and_together() {
        let budget = Budget::with_limits(10, 6);
        let mut one = Copy::new(&budget);
        one.push(b"123456");
        assert_eq!((one.bytes(), one.state()), (&b"123456"[..], Copied::Whole));
        let mut other = Copy::new(&budget);
        other.push(b"1234");
        other.push(b"5");
        assert_eq!((other.bytes(), other.state()), (&b""[..], Copied::Unavailable));
        let mut third = Copy::new(&budget);
        third.push(b"1234");
        assert_eq!(third.state(), Copied::Whole);
        drop((one, other, third));
        let mut whole = Copy::new(&budget);
        whole.push(b"1234567");
        assert_eq!(whole.state(), Copied::Unavailable);
    }
}
