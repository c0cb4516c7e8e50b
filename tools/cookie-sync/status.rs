//! The status of a sync over all browsers, and the decision that follows: wait, go on or give up.

use countersign_shared::bridge::envelope::Reason;
use countersign_shared::bridge::presence::{OTHERS, PATIENCE, Presence, mute, refused};
use countersign_shared::error::Error;

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
    /// The browsers that are there, and those that are not.
    pub presence: Presence,
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
        let presence = &self.presence;
        if let Some(error) = presence.refusal() {
            return Decision::Fail(error);
        }
        if presence.connected == 0 {
            return if presence.is_overdue() { Decision::Fail(presence.not_connected()) } else { Decision::Wait };
        }
        let mut refused = Vec::new();
        // With several browsers, the first answer is not yet the last one, so the others get a moment.
        let mut all_answered = presence.pending == 0;
        for status in &self.domains {
            let is = |wanted: SyncState| status.states.contains(&wanted);
            all_answered &= !status.states.iter().any(|state| state.is_under_way());
            if is(SyncState::Synced) {
                continue;
            }
            let is_mute = is(SyncState::Asked) && presence.quiet >= PATIENCE;
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
        if !all_answered && presence.quiet < OTHERS {
            return Decision::Wait;
        }
        if refused.len() == self.domains.len() {
            return Decision::Fail(denied(&refused));
        }
        Decision::Complete(refused)
    }

    /// Decides for a command that goes on listening: only a decision of the user ends it.
    pub(crate) fn decide_watch(&self) -> Decision {
        let presence = &self.presence;
        if presence.connected == 0 && presence.refusals.contains(&Reason::KeysDiffer) && presence.is_settled() {
            return Decision::Fail(refused(Reason::KeysDiffer));
        }
        let all_refused = |status: &DomainStatus| status.states.iter().all(|state| state.is_refused());
        if presence.connected > 0 && presence.is_settled() && self.domains.iter().all(all_refused) {
            let domains: Vec<String> = self.domains.iter().map(|status| status.domain.clone()).collect();
            return Decision::Fail(denied(&domains));
        }
        Decision::Wait
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
            presence: Presence {
                connected: states.first().map_or(0, |states| states.len()),
                found: 1,
                ..Presence::default()
            },
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
        status.presence.quiet = OTHERS;
        assert_eq!(told(status.decide_once()), "complete");
    }

    #[test]
    fn without_a_browser_once_gives_up_and_watch_does_not() {
        let mut status = status(&[&[]]);
        assert_eq!((told(status.decide_once()), told(status.decide_watch())), ("wait".into(), "wait".into()));
        status.presence.elapsed = PATIENCE;
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
            status.presence.quiet = PATIENCE;
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
            status.presence.refusals.push(reason);
            assert_eq!(told(status.decide_once()), format!("exit {}", once as u8));
            assert_eq!(told(status.decide_watch()), watch);
            status.presence.pending = 1;
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
