//! Whether what is wanted of the browsers is there, may still come, or won't.

use std::time::Duration;

use countersign_shared::bridge::envelope::Reason;
use countersign_shared::error::Error;

/// How long a browser may take to appear for somebody who asks once.
pub(crate) const BROWSER: Duration = Duration::from_secs(8);

/// How long browsers that have not answered yet may take once another one has.
pub(crate) const OTHERS: Duration = Duration::from_millis(700);

/// How a browser stands to a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It has not said anything.
    Asked,
    /// The person is being asked.
    Waiting,
    /// Its cookies are on their way.
    Granted,
    /// They are here.
    Synced,
    /// The person said no.
    Denied,
    /// The person said no after yes.
    Revoked,
}

impl Standing {
    const fn is_refused(self) -> bool {
        matches!(self, Self::Denied | Self::Revoked)
    }

    /// Whether an answer comes by itself.
    const fn is_under_way(self) -> bool {
        matches!(self, Self::Asked | Self::Granted)
    }
}

/// How all browsers stand to one domain.
#[derive(Clone, Debug)]
pub(crate) struct Hearing {
    /// As the popup names it.
    pub domain: String,
    /// Of each browser that is connected.
    pub standings: Vec<Standing>,
}

/// Everything that a verdict rests on.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub hearings: Vec<Hearing>,
    /// Why channels were refused, where that is still so.
    pub refusals: Vec<Reason>,
    /// Why there is no key.
    pub no_key: Option<String>,
    /// How many browsers are connected, and how many of them share nothing.
    pub connected: usize,
    pub silent: usize,
    /// How many bridges were found, and how many are still being talked to.
    pub found: usize,
    pub pending: usize,
    /// Whether --from-browser says which browser is meant.
    pub is_choosy: bool,
    /// Since the start, and since the last thing that happened.
    pub elapsed: Duration,
    pub quiet: Duration,
}

/// What to do.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Wait.
    Open,
    /// Everything that can be had is here. These domains were refused.
    Complete(Vec<String>),
    /// Nothing can be had.
    Hopeless(Error),
}

impl Case {
    /// For somebody who wants what is there now.
    pub(crate) fn once(&self) -> Verdict {
        if let Some(error) = self.refusal() {
            return Verdict::Hopeless(error);
        }
        if self.connected == 0 {
            return if self.elapsed >= self.patience() { Verdict::Hopeless(self.nobody()) } else { Verdict::Open };
        }
        let mut refused = Vec::new();
        let mut is_hurried = self.pending == 0;
        for hearing in &self.hearings {
            let is = |wanted: Standing| hearing.standings.contains(&wanted);
            is_hurried &= !hearing.standings.iter().any(|standing| standing.is_under_way());
            if is(Standing::Synced) {
                continue;
            }
            let is_mute = is(Standing::Asked) && self.quiet >= BROWSER;
            if is(Standing::Waiting) || is(Standing::Granted) || (is(Standing::Asked) && !is_mute) {
                return Verdict::Open;
            }
            // An extension that works says at once how it stands, even where the person has to be asked.
            if is_mute {
                return Verdict::Hopeless(mute());
            }
            refused.push(hearing.domain.clone());
        }
        if !is_hurried && self.quiet < OTHERS {
            return Verdict::Open;
        }
        if refused.len() == self.hearings.len() {
            return Verdict::Hopeless(denied(&refused));
        }
        Verdict::Complete(refused)
    }

    /// For somebody who goes on listening: only what a person decided ends that.
    pub(crate) fn watch(&self) -> Verdict {
        if self.connected == 0 && self.refusals.contains(&Reason::KeysDiffer) && self.is_settled() {
            return Verdict::Hopeless(refused(Reason::KeysDiffer));
        }
        let all_refused = |hearing: &Hearing| hearing.standings.iter().all(|standing| standing.is_refused());
        if self.connected > 0 && self.is_settled() && self.hearings.iter().all(all_refused) {
            let domains: Vec<String> = self.hearings.iter().map(|hearing| hearing.domain.clone()).collect();
            return Verdict::Hopeless(denied(&domains));
        }
        Verdict::Open
    }

    /// Why nobody is connected, as somebody who waits is told.
    pub(crate) fn nobody(&self) -> Error {
        let why = match (&self.no_key, self.found) {
            (Some(problem), _) => return Error::Network(format!("Dependencies not installed: {problem}")),
            (None, 0) => {
                "no browser has started the bridge: start one that has the extension (`bridge-install doctor` says what is wrong)"
            }
            (None, _) if self.is_choosy => "none of the browsers that are there is the one of --from-browser",
            (None, _) => return mute(),
        };
        Error::Network(format!("Not connected: {why}"))
    }

    /// Where everybody who is there refuses.
    fn refusal(&self) -> Option<Error> {
        if self.connected > self.silent || !self.is_settled() {
            return None;
        }
        if self.silent > 0 {
            return Some(refused(Reason::Off));
        }
        // What a person can do something about comes first.
        let order = [Reason::KeysDiffer, Reason::Off, Reason::Version, Reason::Busy];
        order.into_iter().find(|reason| self.refusals.contains(reason)).map(refused)
    }

    fn is_settled(&self) -> bool {
        self.pending == 0 || self.quiet >= OTHERS
    }

    /// Without a key no bridge was ever installed: none will answer.
    fn patience(&self) -> Duration {
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

/// The person said no.
pub(crate) fn denied(domains: &[String]) -> Error {
    let list = domains.join(", ");
    Error::Refused(format!(
        "sharing the cookies of {list} was refused in the browser; removing it from the popup's list lets it ask again"
    ))
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::Standing::{Asked, Denied, Granted, Revoked, Synced, Waiting};
    use super::*;
    use countersign_shared::error::Exit;

    fn case(standings: &[&[Standing]]) -> Case {
        let hearing = |(index, standings): (usize, &&[Standing])| Hearing {
            domain: format!("{index}.test"),
            standings: standings.to_vec(),
        };
        Case {
            hearings: standings.iter().enumerate().map(hearing).collect(),
            refusals: Vec::new(),
            no_key: None,
            connected: standings.first().map_or(0, |standings| standings.len()),
            silent: 0,
            found: 1,
            pending: 0,
            is_choosy: false,
            elapsed: Duration::ZERO,
            quiet: Duration::ZERO,
        }
    }

    fn told(verdict: Verdict) -> String {
        match verdict {
            Verdict::Open => "open".to_owned(),
            Verdict::Complete(refused) => format!("complete{}", refused.concat()),
            Verdict::Hopeless(error) => format!("exit {}", error.exit() as u8),
        }
    }

    #[test]
    fn once_is_complete_when_every_domain_has_an_answer() {
        for (standings, expected) in [
            (vec![&[Asked][..]], "open"),
            (vec![&[Waiting]], "open"),
            (vec![&[Granted]], "open"),
            (vec![&[Synced]], "complete"),
            (vec![&[Denied]], "exit 4"),
            (vec![&[Revoked]], "exit 4"),
            (vec![&[Synced], &[Waiting]], "open"),
            (vec![&[Synced], &[Denied]], "complete1.test"),
            (vec![&[Synced, Waiting]], "complete"),
            (vec![&[Synced, Denied]], "complete"),
            (vec![&[Denied, Waiting]], "open"),
            (vec![&[Denied, Denied]], "exit 4"),
        ] {
            assert_eq!(told(case(&standings).once()), expected, "{standings:?}");
        }
    }

    #[test]
    fn browsers_that_have_not_answered_yet_get_a_moment() {
        let mut case = case(&[&[Synced, Asked]]);
        assert_eq!(told(case.once()), "open");
        case.quiet = OTHERS;
        assert_eq!(told(case.once()), "complete");
    }

    #[test]
    fn without_a_browser_once_gives_up_and_watch_does_not() {
        let mut case = case(&[&[]]);
        assert_eq!((told(case.once()), told(case.watch())), ("open".into(), "open".into()));
        case.elapsed = BROWSER;
        assert_eq!((told(case.once()), told(case.watch())), ("exit 3".into(), "open".into()));
    }

    #[test]
    fn an_extension_that_says_nothing_is_not_waited_for_without_end() {
        for (standings, expected) in [
            (&[Asked][..], "exit 3"),
            (&[Denied, Asked], "exit 3"),
            (&[Waiting, Asked], "open"),
            (&[Waiting], "open"),
            (&[Granted], "open"),
        ] {
            let mut case = case(&[standings]);
            assert_eq!(told(case.once()), "open", "{standings:?}");
            case.quiet = BROWSER;
            assert_eq!(told(case.once()), expected, "{standings:?}");
        }
    }

    #[test]
    fn refusals_count_when_nobody_else_is_there() {
        for (reason, once, watch) in [
            (Reason::KeysDiffer, Exit::Refused, "exit 4"),
            (Reason::Off, Exit::Refused, "open"),
            (Reason::Version, Exit::Failed, "open"),
        ] {
            let mut case = case(&[&[]]);
            case.refusals.push(reason);
            assert_eq!(told(case.once()), format!("exit {}", once as u8));
            assert_eq!(told(case.watch()), watch);
            case.pending = 1;
            assert_eq!((told(case.once()), told(case.watch())), ("open".into(), "open".into()));
        }
    }

    #[test]
    fn watching_ends_when_every_domain_was_refused() {
        assert_eq!(told(case(&[&[Denied], &[Synced]]).watch()), "open");
        assert_eq!(told(case(&[&[Denied], &[Revoked]]).watch()), "exit 4");
        assert_eq!(told(case(&[&[Denied, Waiting]]).watch()), "open");
    }
}
