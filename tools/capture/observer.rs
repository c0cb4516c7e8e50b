//! The state that all connections share: which requests are captured, how much of them, and where they are sent.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use countersign_shared::wire::{Head, target_text, text_of};

use crate::body_copy::Budget;
use crate::captured::{CapturedExchange, Detail};
use crate::filter::{Filter, ResourceType};
use crate::in_flight::InFlight;
use crate::notice::{Notices, say};
use crate::output::ExchangeSender;

/// The largest number of different notices that are remembered, so that each is shown once.
const NOTICE_LIMIT: usize = 1000;

/// Decides what is captured and passes it on. All tasks run on one thread and share it.
#[derive(Debug)]
pub(crate) struct Observer {
    filter: Filter,
    detail: Detail,
    notices: Notices,
    is_closed: Cell<bool>,
    budget: Arc<Budget>,
    output: ExchangeSender,
    shown: RefCell<HashSet<String>>,
    in_flight: Rc<InFlight>,
}

impl Observer {
    /// An observer for one capture.
    pub(crate) fn new(filter: Filter, detail: Detail, notices: Notices, output: ExchangeSender) -> Rc<Self> {
        Rc::new(Self {
            filter,
            detail,
            notices,
            is_closed: Cell::new(false),
            budget: Budget::new(),
            output,
            shown: RefCell::default(),
            in_flight: Rc::default(),
        })
    }

    /// Returns true if a request is to be captured.
    pub(crate) fn wants(&self, head: &Head, url: &str) -> bool {
        let method = target_text(head.method());
        let host = || head.value("host").map(|value| text_of(value).into_owned());
        !self.is_closed.get() && self.filter.accepts(&method, url, host, || ResourceType::of_head(head))
    }

    /// Captures nothing more. Requests that follow are only relayed.
    pub(crate) fn close(&self) {
        self.is_closed.set(true);
    }

    /// Tells the output that nothing follows.
    pub(crate) async fn end(&self) {
        self.output.end().await;
    }

    /// Returns how much of an exchange is captured.
    pub(crate) fn detail(&self) -> Detail {
        self.detail
    }

    /// Returns the limit that all copies of bodies share.
    pub(crate) fn budget(&self) -> &Arc<Budget> {
        &self.budget
    }

    /// Returns the count of requests in flight on all connections.
    pub(crate) fn in_flight(&self) -> &Rc<InFlight> {
        &self.in_flight
    }

    /// Passes exchanges on to the output, in their order. Waits while the reader of our output is too slow.
    pub(crate) async fn deliver(&self, exchanges: Vec<CapturedExchange>) {
        for exchange in exchanges {
            self.output.send(Box::new(exchange)).await;
        }
    }

    /// Shows a notice on stderr, unless it was shown before or notices are off.
    pub(crate) fn notice(&self, text: &str) {
        let mut shown = self.shown.borrow_mut();
        // The texts contain names that clients and origins choose, so without a limit they could fill the memory.
        if shown.len() >= NOTICE_LIMIT || !shown.insert(text.to_owned()) {
            return;
        }
        if self.notices == Notices::Shown {
            say(text);
        }
    }
}
