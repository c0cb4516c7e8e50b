//! The number of requests whose responses have not been relayed whole, over all connections and on each one.

use std::cell::Cell;
use std::rc::Rc;

use tokio::sync::Notify;

/// The requests in flight on all connections.
#[derive(Debug, Default)]
pub(crate) struct InFlight {
    count: Cell<usize>,
    is_zero: Notify,
}

impl InFlight {
    /// Waits until every response has been relayed.
    pub(crate) async fn none(&self) {
        // Another request may begin between the notification and the moment when this task runs again.
        while self.count.get() > 0 {
            self.is_zero.notified().await;
        }
    }

    fn subtract(&self, count: usize) {
        self.count.set(self.count.get().saturating_sub(count));
        if self.count.get() == 0 {
            self.is_zero.notify_waiters();
        }
    }
}

/// The requests in flight on one connection. They are taken off the total when the connection ends.
#[derive(Debug)]
pub(crate) struct ConnectionInFlight {
    total: Rc<InFlight>,
    count: usize,
}

impl ConnectionInFlight {
    /// A connection without requests.
    pub(crate) fn new(total: Rc<InFlight>) -> Self {
        Self { total, count: 0 }
    }

    /// Counts a request.
    pub(crate) fn begin(&mut self) {
        self.count += 1;
        self.total.count.set(self.total.count.get() + 1);
    }

    /// Says that everything received so far has been relayed, and that this many requests still wait for a response.
    pub(crate) fn settle(&mut self, unanswered: usize) {
        self.total.subtract(self.count.saturating_sub(unanswered));
        self.count = unanswered;
    }

    /// Returns true if every response has been relayed.
    pub(crate) fn is_zero(&self) -> bool {
        self.count == 0
    }
}

impl Drop for ConnectionInFlight {
    fn drop(&mut self) {
        self.total.subtract(self.count);
    }
}
