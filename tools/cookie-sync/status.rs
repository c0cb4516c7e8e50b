//! The status of a sync over all browsers, and the decision that follows: wait, go on or give up.

use std::time::Duration;

use countersign_shared::bridge::envelope::Reason;
use countersign_shared::error::Error;

/// The time that `once` waits for a browser to connect, and for its extension to give a first sign.
pub(crate) const BROWSER: Duration = Duration::from_secs(8);

/// The time that browsers without an answer get after another one has answered.
pub(crate) const OTHERS: Duration = Duration::from_millis(700);

/// The state of one domain's sync with one browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SyncState {
    /// The browser was asked and has not said anything.
    Asked,
    /// The user has not decided yet; the popup shows the question.
    AwaitsConsent,
    /// The user agreed. The cookies are on their way.
    Granted,
    /// The cookies are here.
    Synced,
    /// The user refused.
    Denied,
    /// The user agreed first and took it back later.
    Revoked,
}

impl SyncState {
    /// Returns true if the user refuses to share.
    const fn is_refused(self) -> bool {
        matches!(self, Self::Denied | Self::Revoked)
    }

    /// Returns true if the browser's next message comes without anything that the user has to do.
    const fn is_under_way(self) -> bool {
        matches!(self, Self::Asked | Self::Granted)
    }
}

/// The states of one domain in all connected browsers.
#[derive(Clone, Debug)]
pub(crate) struct DomainStatus {
    /// The domain as the popup names it: `example.com`, or `https://example.com` for that host alone.
    pub domain: String,
    /// One state for each browser that is connected.
    pub states: Vec<SyncState>,
}

/// Everything that the decision rests on.
#[derive(Clone, Debug)]
pub(crate) struct SyncStatus {
    pub domains: Vec<DomainStatus>,
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

/// The next step of a sync.
#[derive(Debug)]
pub(crate) enum Decision {
    Wait,
    /// Everything that can be had is here; these domains were refused.
    Complete(Vec<String>),
    /// Nothing can be had.
    Fail(Error),
}

impl SyncStatus {
    /// Decides for a command that wants the cookies as they are now.
    pub(crate) fn decide_once(&self) -> Decision {
        if let Some(error) = self.refusal() {
            return Decision::Fail(error);
        }
        if self.connected == 0 {
            return if self.elapsed >= self.patience() { Decision::Fail(self.not_connected()) } else { Decision::Wait };
        }
        let mut refused = Vec::new();
        // With several browsers, the first answer is not yet the last one, so the others get a moment.
        let mut all_answered = self.pending == 0;
        for status in &self.domains {
            let is = |wanted: SyncState| status.states.contains(&wanted);
            all_answered &= !status.states.iter().any(|state| state.is_under_way());
            if is(SyncState::Synced) {
                continue;
            }
            let is_mute = is(SyncState::Asked) && self.quiet >= BROWSER;
            if is(SyncState::AwaitsConsent) || is(SyncState::Granted) || (is(SyncState::Asked) && !is_mute) {
                return Decision::Wait;
            }
            // A working extension reports its state at once, even where the user has to be asked, so a mute one is
            // broken.
            if is_mute {
                return Decision::Fail(mute());
            }
            refused.push(status.domain.clone());
        }
        if !all_answered && self.quiet < OTHERS {
            return Decision::Wait;
        }
        if refused.len() == self.domains.len() {
            return Decision::Fail(denied(&refused));
        }
        Decision::Complete(refused)
    }

    /// Decides for a command that goes on listening: only a decision of the user ends it.
    pub(crate) fn decide_watch(&self) -> Decision {
        if self.connected == 0 && self.refusals.contains(&Reason::KeysDiffer) && self.is_settled() {
            return Decision::Fail(refused(Reason::KeysDiffer));
        }
        let all_refused = |status: &DomainStatus| status.states.iter().all(|state| state.is_refused());
        if self.connected > 0 && self.is_settled() && self.domains.iter().all(all_refused) {
            let domains: Vec<String> = self.domains.iter().map(|status| status.domain.clone()).collect();
            return Decision::Fail(denied(&domains));
        }
        Decision::Wait
    }

    /// Returns the error that says why no browser is connected and what to do about it.
    pub(crate) fn not_connected(&self) -> Error {
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
    fn refusal(&self) -> Option<Error> {
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
    fn is_settled(&self) -> bool {
        self.pending == 0 || self.quiet >= OTHERS
    }

    /// Returns how long to wait for a first browser.
    fn patience(&self) -> Duration {
        // `install` makes the key, so without one no bridge can answer however long we wait.
        if self.no_key.is_some() { Duration::from_secs(1) } else { BROWSER }
    }
}

fn mute() -> Error {
    let text = "Not connected: a browser has started the bridge, but its extension does not answer: reload it";
    Error::Network(text.to_owned())
}

fn refused(reason: Reason) -> Error {
    let text = format!("Not connected: {}", reason.advice());
    match reason {
        Reason::KeysDiffer | Reason::Off => Error::Refused(text),
        Reason::Version | Reason::Busy => Error::Failed(text),
    }
}

/// Returns the error for domains that the user refused to share.
pub(crate) fn denied(domains: &[String]) -> Error {
    let list = domains.join(", ");
    Error::Refused(format!(
        "sharing the cookies of {list} was refused in the browser; removing it from the popup's list lets it ask again"
    ))
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::SyncState::{Asked, AwaitsConsent, Denied, Granted, Revoked, Synced};
    use super::*;
    use countersign_shared::error::Exit;

    fn status(states: &[&[SyncState]]) -> SyncStatus {
        let domain = |(index, states): (usize, &&[SyncState])| DomainStatus {
            domain: format!("{index}.test"),
            states: states.to_vec(),
        };
        SyncStatus {
            domains: states.iter().enumerate().map(domain).collect(),
            refusals: Vec::new(),
            no_key: None,
            connected: states.first().map_or(0, |states| states.len()),
            silent: 0,
            found: 1,
            pending: 0,
            is_filtered: false,
            elapsed: Duration::ZERO,
            quiet: Duration::ZERO,
        }
    }

    fn told(decision: Decision) -> String {
        match decision {
            Decision::Wait => "wait".to_owned(),
            Decision::Complete(refused) => format!("complete{}", refused.concat()),
            Decision::Fail(error) => format!("exit {}", error.exit() as u8),
        }
    }

    #[test]
    fn once_is_complete_when_every_domain_has_an_answer() {
        for (states, expected) in [
            (vec![&[Asked][..]], "wait"),
            (vec![&[AwaitsConsent]], "wait"),
            (vec![&[Granted]], "wait"),
            (vec![&[Synced]], "complete"),
            (vec![&[Denied]], "exit 4"),
            (vec![&[Revoked]], "exit 4"),
            (vec![&[Synced], &[AwaitsConsent]], "wait"),
            (vec![&[Synced], &[Denied]], "complete1.test"),
            (vec![&[Synced, AwaitsConsent]], "complete"),
            (vec![&[Synced, Denied]], "complete"),
            (vec![&[Denied, AwaitsConsent]], "wait"),
            (vec![&[Denied, Denied]], "exit 4"),
        ] {
            assert_eq!(told(status(&states).decide_once()), expected, "{states:?}");
        }
    }

    #[test]
    fn browsers_that_have_not_answered_yet_get_a_moment() {
        let mut status = status(&[&[Synced, Asked]]);
        assert_eq!(told(status.decide_once()), "wait");
        status.quiet = OTHERS;
        assert_eq!(told(status.decide_once()), "complete");
    }

    #[test]
    fn without_a_browser_once_gives_up_and_watch_does_not() {
        let mut status = status(&[&[]]);
        assert_eq!((told(status.decide_once()), told(status.decide_watch())), ("wait".into(), "wait".into()));
        status.elapsed = BROWSER;
        assert_eq!((told(status.decide_once()), told(status.decide_watch())), ("exit 3".into(), "wait".into()));
    }

    #[test]
    fn an_extension_that_says_nothing_is_not_waited_for_without_end() {
        for (states, expected) in [
            (&[Asked][..], "exit 3"),
            (&[Denied, Asked], "exit 3"),
            (&[AwaitsConsent, Asked], "wait"),
            (&[AwaitsConsent], "wait"),
            (&[Granted], "wait"),
        ] {
            let mut status = status(&[states]);
            assert_eq!(told(status.decide_once()), "wait", "{states:?}");
            status.quiet = BROWSER;
            assert_eq!(told(status.decide_once()), expected, "{states:?}");
        }
    }

    #[test]
    fn refusals_count_when_nobody_else_is_there() {
        for (reason, once, watch) in [
            (Reason::KeysDiffer, Exit::Refused, "exit 4"),
            (Reason::Off, Exit::Refused, "wait"),
            (Reason::Version, Exit::Failed, "wait"),
        ] {
            let mut status = status(&[&[]]);
            status.refusals.push(reason);
            assert_eq!(told(status.decide_once()), format!("exit {}", once as u8));
            assert_eq!(told(status.decide_watch()), watch);
            status.pending = 1;
            assert_eq!((told(status.decide_once()), told(status.decide_watch())), ("wait".into(), "wait".into()));
        }
    }

    #[test]
    fn watching_ends_when_every_domain_was_refused() {
        assert_eq!(told(status(&[&[Denied], &[Synced]]).decide_watch()), "wait");
        assert_eq!(told(status(&[&[Denied], &[Revoked]]).decide_watch()), "exit 4");
        assert_eq!(told(status(&[&[Denied, AwaitsConsent]]).decide_watch()), "wait");
    }
}
