//! What all connections share: which requests are wanted, how much of them, and where they go.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::conversation::Record;
use crate::copy::Budget;
use crate::filter::{Filter, ResourceType};
use crate::output::Sink;
use countersign_shared::wire::{Head, target_text};

/// How many different notices are remembered, so that none is said twice.
const NOTICE_LIMIT: usize = 1000;

/// How much of an exchange is captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// The request, as soon as it has been received whole.
    Requests,
    /// Request, response and times, once the response is complete.
    Exchanges,
}

/// Whether anything is said that is not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// What is relayed without being read, which certificates are bad.
    Notices,
    /// `--quiet`
    Silent,
}

/// Says something on stderr.
pub(crate) fn say(text: &str) {
    countersign_shared::cli::say("capture", text);
}

/// Shared by the tasks of one thread.
#[derive(Debug)]
pub(crate) struct Observer {
    filter: Filter,
    detail: Detail,
    voice: Voice,
    closed: Cell<bool>,
    budget: Arc<Budget>,
    sink: Sink,
    said: RefCell<HashSet<String>>,
    in_flight: Cell<usize>,
    calm: Notify,
}

impl Observer {
    /// For one capture.
    pub(crate) fn new(filter: Filter, detail: Detail, voice: Voice, sink: Sink) -> Rc<Self> {
        Rc::new(Self {
            filter,
            detail,
            voice,
            closed: Cell::new(false),
            budget: Budget::new(),
            sink,
            said: RefCell::default(),
            in_flight: Cell::new(0),
            calm: Notify::new(),
        })
    }

    /// Whether a request is to be captured.
    pub(crate) fn wants(&self, head: &Head, url: &str) -> bool {
        let method = target_text(head.method());
        !self.closed.get() && self.filter.accepts(&method, url, || ResourceType::of_head(head))
    }

    /// From now on requests are only relayed.
    pub(crate) fn close(&self) {
        self.closed.set(true);
    }

    /// Says to the output that nothing will follow.
    pub(crate) async fn end(&self) {
        self.sink.end().await;
    }

    /// Requests or whole exchanges.
    pub(crate) fn detail(&self) -> Detail {
        self.detail
    }

    /// What copies of bodies may hold.
    pub(crate) fn budget(&self) -> &Arc<Budget> {
        &self.budget
    }

    /// Hands records over, in their order. Waits while the reader of our output is too slow.
    pub(crate) async fn deliver(&self, records: Vec<Record>) {
        for record in records {
            self.sink.send(record).await;
        }
    }

    /// Says something on stderr, once.
    pub(crate) fn notice(&self, text: &str) {
        let mut said = self.said.borrow_mut();
        if said.len() >= NOTICE_LIMIT || !said.insert(text.to_owned()) {
            return;
        }
        if self.voice == Voice::Notices {
            say(text);
        }
    }

    /// A request began.
    pub(crate) fn began(&self) {
        self.in_flight.set(self.in_flight.get() + 1);
    }

    /// Requests were answered, and the answers relayed (or will never be).
    pub(crate) fn settled(&self, count: usize) {
        self.in_flight.set(self.in_flight.get().saturating_sub(count));
        if self.in_flight.get() == 0 {
            self.calm.notify_waiters();
        }
    }

    /// Waits until no request is without its answer.
    pub(crate) async fn calm(&self) {
        while self.in_flight.get() > 0 {
            self.calm.notified().await;
        }
    }
}
