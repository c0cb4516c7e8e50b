//! The addresses of bridges that were found, and the time at which each is tried again.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::super::envelope::Reason;
use super::super::socket::Address;
use super::connection::End;

/// The first wait before an address is tried again. Each further wait is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// The longest wait. A browser that comes back is found within this time.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// All known addresses. Each is tried by one thread at a time.
#[derive(Default)]
pub(super) struct Schedule {
    entries: HashMap<Address, Entry>,
}

struct Entry {
    state: State,
    wait: Duration,
    refused: Option<Reason>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// A thread tries the address or has a link to it.
    Claimed,
    WaitsUntil(Instant),
}

impl Schedule {
    /// Drops the addresses that are not among those found any more, unless a thread still has a link to them.
    pub(super) fn keep(&mut self, found: &[Address]) {
        self.entries.retain(|address, entry| entry.state == State::Claimed || found.contains(address));
    }

    /// Claims an address for one attempt. Returns false if it is claimed already or its wait is not over.
    pub(super) fn claim(&mut self, address: &Address) -> bool {
        let first = || Entry { state: State::WaitsUntil(Instant::now()), wait: FIRST_WAIT, refused: None };
        let entry = self.entries.entry(address.clone()).or_insert_with(first);
        let is_due = matches!(entry.state, State::WaitsUntil(until) if until <= Instant::now());
        if is_due {
            entry.state = State::Claimed;
        }
        is_due
    }

    /// Forgets the failures of an address whose channel has stood.
    pub(super) fn reset(&mut self, address: &Address) {
        if let Some(entry) = self.entries.get_mut(address) {
            (entry.wait, entry.refused) = (FIRST_WAIT, None);
        }
    }

    /// Gives a claimed address back and sets its wait. Returns the reason of a refusal, unless the last refusal had the
    /// same.
    pub(super) fn release(&mut self, address: &Address, end: End) -> Option<Reason> {
        let entry = self.entries.get_mut(address)?;
        let mut news = None;
        if let End::Refused(reason) = end
            && entry.refused != Some(reason)
        {
            entry.refused = Some(reason);
            news = Some(reason);
        }
        // Another browser than the one that is wanted stays another one, so there is no hurry.
        let wait = if end == End::Filtered { LONGEST_WAIT } else { entry.wait };
        entry.state = State::WaitsUntil(Instant::now() + wait);
        entry.wait = (entry.wait * 2).min(LONGEST_WAIT);
        news
    }

    /// Returns how many addresses are claimed.
    pub(super) fn claimed(&self) -> usize {
        self.entries.values().filter(|entry| entry.state == State::Claimed).count()
    }

    /// Returns how many addresses are known.
    pub(super) fn found(&self) -> usize {
        self.entries.len()
    }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::bridge::socket;

    #[test]
    fn an_address_is_tried_by_one_thread_and_a_refusal_is_news_once() {
        let token = crate::encode::hex(&crate::moment::random(8).unwrap());
        let folder = std::env::temp_dir().join(format!("schedule-{token}"));
        let listener = socket::Listener::bind(&folder).unwrap();
        let address = socket::find(&folder).first().unwrap().clone();
        let mut schedule = Schedule::default();
        assert!(schedule.claim(&address));
        assert!(!schedule.claim(&address), "it is claimed already");
        let refused = End::Refused(Reason::KeysDiffer);
        assert_eq!(schedule.release(&address, refused), Some(Reason::KeysDiffer));
        assert!(!schedule.claim(&address), "it has to wait");
        assert_eq!(schedule.release(&address, refused), None, "the same again");
        schedule.reset(&address);
        assert_eq!(schedule.release(&address, refused), Some(Reason::KeysDiffer), "anew after a channel stood");
        schedule.keep(&[]);
        assert_eq!((schedule.found(), schedule.claimed()), (0, 0));
        drop(listener);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
