//! Copies of bodies, with a limit for each and one for all together.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use countersign_shared::formats::har::entry::Extent;

/// The largest body that is copied, in bytes. A larger one is relayed like any other.
pub(crate) const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// The largest number of bytes that all copies that are not written yet hold together.
pub(crate) const BUDGET: usize = 128 * 1024 * 1024;

/// The limits for copies: how many bytes are left for all, and how many each may hold.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicUsize,
    body_limit: usize,
}

impl Budget {
    /// The limits that the tool runs with.
    pub(crate) fn new() -> Arc<Self> {
        Self::with_limits(BUDGET, BODY_LIMIT)
    }

    /// Limits in bytes: one for all copies together, one for each body.
    pub(crate) fn with_limits(total: usize, body_limit: usize) -> Arc<Self> {
        Arc::new(Self { left: AtomicUsize::new(total), body_limit })
    }

    /// Takes bytes off what is left. Returns false, and takes none, if there are not that many.
    fn take(&self, count: usize) -> bool {
        // The counter orders nothing else in memory, so relaxed access is enough.
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(count)).is_ok()
    }
}

/// A copy of a body, as far as it was made.
#[derive(Debug)]
pub(crate) struct BodyCopy {
    bytes: Vec<u8>,
    extent: Extent,
    reserved: usize,
    budget: Arc<Budget>,
}

impl BodyCopy {
    /// An empty copy whose bytes count against a budget.
    pub(crate) fn new(budget: &Arc<Budget>) -> Self {
        Self { bytes: Vec::new(), extent: Extent::Whole, reserved: 0, budget: Arc::clone(budget) }
    }

    /// Adds bytes, or drops the whole copy if a limit is reached: half a body would be taken for the body.
    pub(crate) fn push(&mut self, more: &[u8]) {
        // A copy that was dropped stays dropped: bytes that fit again later would be an end without its beginning.
        if self.extent == Extent::Unavailable || more.is_empty() {
            return;
        }
        let fits = self.bytes.len() + more.len() <= self.budget.body_limit;
        // The limit for one body comes first, so that a body that is too large takes nothing from the others.
        if fits && self.budget.take(more.len()) {
            self.reserved += more.len();
            self.bytes.extend_from_slice(more);
        } else {
            self.extent = Extent::Unavailable;
            self.release();
        }
    }

    /// Marks the copy as incomplete: the connection ended before the body did.
    pub(crate) fn cut(&mut self) {
        if self.extent == Extent::Whole {
            self.extent = Extent::Partial;
        }
    }

    /// Returns how much of the body the copy holds.
    pub(crate) fn extent(&self) -> Extent {
        self.extent
    }

    /// Returns the bytes that were copied; none if the copy is [`Extent::Unavailable`].
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn release(&mut self) {
        // Clearing would keep the allocation, and the budget stands for memory that is really held.
        self.bytes = Vec::new();
        self.budget.left.fetch_add(std::mem::take(&mut self.reserved), Ordering::Relaxed);
    }
}

impl Drop for BodyCopy {
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
        let mut one = BodyCopy::new(&budget);
        one.push(b"123456");
        assert_eq!((one.bytes(), one.extent()), (&b"123456"[..], Extent::Whole));
        let mut other = BodyCopy::new(&budget);
        other.push(b"1234");
        other.push(b"5");
        assert_eq!((other.bytes(), other.extent()), (&b""[..], Extent::Unavailable));
        let mut third = BodyCopy::new(&budget);
        third.push(b"1234");
        assert_eq!(third.extent(), Extent::Whole);
        drop((one, other, third));
        let mut whole = BodyCopy::new(&budget);
        whole.push(b"1234567");
        assert_eq!(whole.extent(), Extent::Unavailable);
    }
}
