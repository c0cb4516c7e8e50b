//! Several threads on one list: results come in the order of the list, and none is further ahead than there are threads.

use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Whose turn it is to hand its result out.
struct Turn<'t> {
    index: usize,
    next: &'t Mutex<usize>,
    changed: &'t Condvar,
}

impl Turn<'_> {
    /// Waits until everything before is done.
    fn wait(&self) {
        drop(self.guard());
    }

    fn guard(&self) -> MutexGuard<'_, usize> {
        let mut next = lock(self.next);
        while *next != self.index {
            next = self.changed.wait(next).unwrap_or_else(PoisonError::into_inner);
        }
        next
    }

    fn end(self) {
        *self.guard() += 1;
        self.changed.notify_all();
    }
}

/// A thread that panicked has reported itself.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Works on a list. Each thread keeps a state of its own; `take` gets every result in order, and says whether to go on.
pub(crate) fn in_order<T: Send, S: Default, R: Send>(
    list: Vec<T>,
    threads: usize,
    work: impl Fn(&mut S, T) -> R + Sync,
    mut take: impl FnMut(R) -> Proceed,
) {
    let list = Mutex::new(list.into_iter().enumerate());
    let (next, changed) = (Mutex::new(0), Condvar::new());
    let (sender, receiver) = sync_channel(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (list, next, changed, work) = (&list, &next, &changed, &work);
            scope.spawn(move || {
                let mut state = S::default();
                loop {
                    let Some((index, item)) = lock(list).next() else { return };
                    let turn = Turn { index, next, changed };
                    let result = work(&mut state, item);
                    turn.wait();
                    let is_taken = sender.send(result).is_ok();
                    turn.end();
                    // Nobody wants the rest.
                    if !is_taken {
                        return lock(list).by_ref().for_each(drop);
                    }
                }
            });
        }
        drop(sender);
        for result in receiver {
            if take(result) == Proceed::Stop {
                return;
            }
        }
    });
}

/// Whether more results are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proceed {
    Further,
    Stop,
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_are_in_order_and_the_threads_work_at_once() {
        let together = Barrier::new(3);
        let mut results = Vec::new();
        let work = |_: &mut (), number: usize| {
            together.wait();
            number * 2
        };
        in_order((0..30).collect(), 3, work, |result| {
            results.push(result);
            Proceed::Further
        });
        assert_eq!(results, (0..30).map(|number| number * 2).collect::<Vec<_>>());
    }

    #[test]
    fn little_is_done_that_nobody_wants() {
        let done = AtomicUsize::new(0);
        let work = |(): &mut (), _: usize| done.fetch_add(1, Ordering::SeqCst);
        let mut taken = 0;
        in_order((0..1000).collect(), 4, work, |_| {
            taken += 1;
            if taken == 10 { Proceed::Stop } else { Proceed::Further }
        });
        assert!(taken == 10 && done.load(Ordering::SeqCst) <= 20);
    }
}
