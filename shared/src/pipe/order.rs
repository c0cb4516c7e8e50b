//! Work on several threads whose results come in the order of the input.

use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, MutexGuard};

use crate::lock::{lock, unpoisoned};

/// A value that threads use one after another, in the order of the tickets that they drew.
#[derive(Debug)]
pub(super) struct Ordered<T> {
    state: Mutex<State<T>>,
    turn_ended: Condvar,
}

#[derive(Debug)]
struct State<T> {
    /// The ticket whose turn it is.
    turn: u64,
    value: T,
}

impl<T> Ordered<T> {
    /// Starts with the turn of ticket 0.
    pub(super) const fn new(value: T) -> Self {
        Self { state: Mutex::new(State { turn: 0, value }), turn_ended: Condvar::new() }
    }

    /// Uses the value whosever turn it is.
    pub(super) fn now<R>(&self, use_value: impl FnOnce(&mut T) -> R) -> R {
        use_value(&mut lock(&self.state).value)
    }

    /// Uses the value once the turn of every earlier ticket has ended.
    pub(super) fn in_turn<R>(&self, ticket: u64, use_value: impl FnOnce(&mut T) -> R) -> R {
        use_value(&mut self.wait(ticket).value)
    }

    /// Returns true if the turn of every earlier ticket has ended.
    pub(super) fn is_turn_of(&self, ticket: u64) -> bool {
        lock(&self.state).turn == ticket
    }

    /// Ends the turn of this ticket, once it has come.
    pub(super) fn end_turn(&self, ticket: u64) {
        self.wait(ticket).turn += 1;
        self.turn_ended.notify_all();
    }

    fn wait(&self, ticket: u64) -> MutexGuard<'_, State<T>> {
        let mut state = lock(&self.state);
        while state.turn != ticket {
            state = unpoisoned(self.turn_ended.wait(state));
        }
        state
    }
}

/// A choice whether more results are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proceed {
    /// The next result is wanted.
    Further,
    /// No result is wanted any more.
    Stop,
}

/// Works on a list with several threads, each with a state of its own. `take` gets every result in the order of the list,
/// and says whether to go on. No thread is further ahead than there are threads.
pub fn in_order<T: Send, S: Default, R: Send>(
    list: Vec<T>,
    threads: usize,
    work: impl Fn(&mut S, T) -> R + Sync,
    mut take: impl FnMut(R) -> Proceed,
) {
    let list = Mutex::new((0..).zip(list));
    let order = Ordered::new(());
    // Without room in the channel, a thread waits until its result is taken before it begins another item.
    let (sender, receiver) = sync_channel(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (list, order, work) = (&list, &order, &work);
            scope.spawn(move || {
                let mut state = S::default();
                loop {
                    let Some((ticket, item)) = lock(list).next() else { return };
                    let result = work(&mut state, item);
                    order.in_turn(ticket, |()| {});
                    let is_taken = sender.send(result).is_ok();
                    order.end_turn(ticket);
                    if !is_taken {
                        // No more results are wanted: no thread shall begin another item.
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
