//! Locks that go on after a panic.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex, also one that is poisoned.
///
/// A lock is poisoned if a thread panicked while it held it. That thread has reported its panic already, and the values
/// that we keep behind locks (queues, caches, counters) are whole after every single step, so the other threads go on
/// and end in order instead of panicking too.
pub fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    unpoisoned(mutex.lock())
}

/// Returns the guard of a lock or of a wait on a condition variable, also if it is poisoned, for the reason that
/// [`lock`] gives.
pub fn unpoisoned<G>(result: Result<G, PoisonError<G>>) -> G {
    result.unwrap_or_else(PoisonError::into_inner)
}
