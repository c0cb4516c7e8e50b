//! The browsers that a tool looks for: whether any is there, and what to tell the user if none is.

use std::time::Duration;

use super::envelope::{Hello, Reason};
use crate::error::Error;

/// The time that a tool waits for a browser to connect, and for its extension to give a first sign.
pub const PATIENCE: Duration = Duration::from_secs(8);

/// The time that browsers without an answer get after another one has answered.
pub const OTHERS: Duration = Duration::from_millis(700);

/// The state of a tool's links at a moment.
#[derive(Clone, Debug, Default)]
pub struct Presence {
    /// The reasons for which bridges refused a channel and still do.
    pub refusals: Vec<Reason>,
    /// The reason why there is no key, if there is none.
    pub no_key: Option<String>,
    /// The number of browsers that are connected.
    pub connected: usize,
    /// The number of connected browsers whose popup has sharing switched off.
    pub silent: usize,
    /// The number of bridges that were found.
    pub found: usize,
    /// The number of bridges whose channel is still being set up.
    pub pending: usize,
    /// True if `--from-browser` names a browser.
    pub is_filtered: bool,
    /// The time since the start.
    pub elapsed: Duration,
    /// The time since the last event.
    pub quiet: Duration,
}

impl Presence {
    /// Returns the error that says why no browser is connected and what to do about it.
    #[must_use]
    pub fn not_connected(&self) -> Error {
        let why = match (&self.no_key, self.found) {
            (Some(problem), _) => return Error::Network(problem.clone()),
            (None, 0) => {
                "no browser has started the bridge: start one that has the extension (`bridge-install doctor` says what is wrong)"
            }
            (None, _) if self.is_filtered => "none of the browsers that are there is the one of --from-browser",
            (None, _) => return mute(),
        };
        Error::Network(format!("Not connected: {why}"))
    }

    /// Returns the error to end with if every browser that is there refuses.
    #[must_use]
    pub fn refusal(&self) -> Option<Error> {
        if self.connected > self.silent || !self.is_settled() {
            return None;
        }
        if self.silent > 0 {
            return Some(refused(Reason::Off));
        }
        // Several browsers may refuse for several reasons. Those that the user can mend come first.
        let order = [Reason::KeysDiffer, Reason::Off, Reason::Version, Reason::Busy];
        order.into_iter().find(|reason| self.refusals.contains(reason)).map(refused)
    }

    /// Returns true if no other browser is about to connect.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.pending == 0 || self.quiet >= OTHERS
    }

    /// Returns true if a first browser was waited for long enough.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        // `install` makes the key, so without one no bridge can answer however long we wait.
        let patience = if self.no_key.is_some() { Duration::from_secs(1) } else { PATIENCE };
        self.connected == 0 && self.elapsed >= patience
    }
}

/// Returns the error for an extension that never says anything.
#[must_use]
pub fn mute() -> Error {
    let text = "Not connected: a browser has started the bridge, but its extension does not answer: reload it";
    Error::Network(text.to_owned())
}

/// Returns the error for a channel that was refused.
#[must_use]
pub fn refused(reason: Reason) -> Error {
    let text = format!("Not connected: {}", reason.advice());
    match reason {
        Reason::KeysDiffer | Reason::Off => Error::Refused(text),
        Reason::Version | Reason::Busy => Error::Failed(text),
    }
}

/// Returns the name of a browser in messages. Two profiles may report the same name, which is told apart by a number.
#[must_use]
pub fn name_of(hello: &Hello, is_taken: impl Fn(&str) -> bool) -> String {
    let mut base = hello.browser.clone().unwrap_or_else(|| "a browser".to_owned());
    if let Some(profile) = &hello.profile {
        base += &format!(", profile {profile}");
    }
    let mut name = base.clone();
    let mut number = 1;
    while is_taken(&name) {
        number += 1;
        name = format!("{base} ({number})");
    }
    name
}
