//! `watch`, `once` and `wait`: from the browsers to the outputs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use clap::ArgMatches;
use countersign_shared::bridge::message::{Domain, Follow};
use countersign_shared::cli::complain;
use countersign_shared::error::{Error, Exit};

use crate::browsers::{Ask, Browsers, Heard};
use crate::outputs::Outputs;
use crate::tool::TOOL;
use crate::verdict::{Verdict, denied};
use crate::{cli, domains, interrupt};

/// How often the clock and the list of added domains are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// What ends a run by itself.
#[derive(Clone, Debug)]
pub(crate) enum Goal {
    /// Nothing.
    Watch,
    /// Everything was synced.
    Once,
    /// A cookie of this name is there.
    Cookie(String),
}

/// Where domains come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Named,
    Added,
}

/// Whether somebody may be asked, in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Allowed,
    Refused,
}

/// Runs until the goal is reached.
///
/// # Errors
/// The command line is wrong, nobody is there or nothing is shared, or a file cannot be written.
pub(crate) fn run(goal: Goal, matches: &ArgMatches) -> Result<Exit, Error> {
    let named = cli::domains(matches)?;
    let origin = if named.is_empty() { Origin::Added } else { Origin::Named };
    let ask = Ask {
        domains: named_or_added(named)?,
        stores: cli::stores(matches),
        follow: if matches!(goal, Goal::Once) { Follow::Once } else { Follow::Changes },
        choice: cli::browser(matches),
    };
    let outputs = Arc::new(Mutex::new(Outputs::new(cli::wanted(matches, &goal)?)));
    let leaving = Arc::clone(&outputs);
    let waiting = interrupt::on_end(move || {
        // A file that is being written is written first.
        let kept = lock(&leaving).keep();
        if let Err(error) = kept {
            let _ = complain(TOOL, &error);
        }
        std::process::exit(Exit::Interrupted as i32);
    });
    waiting.map_err(|error| Error::Failed(format!("cannot wait for signals: {error}")))?;
    let run = Run {
        goal,
        origin,
        input: cli::input(matches),
        until: cli::timeout(matches).map(|limit| Instant::now() + limit),
        browsers: Browsers::start(ask)?,
        outputs,
        is_behind: false,
        has_written: false,
        looked: Instant::now(),
    };
    run.until_done()
}

/// The domains that are named, else those that were added.
///
/// # Errors
/// There are none.
fn named_or_added(named: Vec<Domain>) -> Result<Vec<Domain>, Error> {
    let domains = if named.is_empty() { domains::added()? } else { named };
    if domains.is_empty() { Err(of_which()) } else { Ok(domains) }
}

/// No domain is known to be meant.
pub(crate) fn of_which() -> Error {
    Error::Usage("of which domain? name it, or add it for every run: cookie-sync add example.com".to_owned())
}

/// Outputs stay whole whoever panicked.
fn lock(outputs: &Mutex<Outputs>) -> MutexGuard<'_, Outputs> {
    outputs.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Run {
    goal: Goal,
    origin: Origin,
    input: Input,
    until: Option<Instant>,
    browsers: Browsers,
    outputs: Arc<Mutex<Outputs>>,
    /// A file could not be written: it is tried again.
    is_behind: bool,
    has_written: bool,
    /// When somebody last looked after what needs no haste.
    looked: Instant,
}

impl Run {
    fn until_done(mut self) -> Result<Exit, Error> {
        loop {
            let heard = self.browsers.hear(self.limit());
            self.write(&heard)?;
            if let Some(refused) = self.is_done()? {
                lock(&self.outputs).finish()?;
                return if refused.is_empty() { Ok(Exit::Done) } else { Err(denied(&refused)) };
            }
            self.check_time()?;
            if let Err(error) = lock(&self.outputs).keep_now_and_then() {
                let _ = complain(TOOL, &error);
            }
            if self.looked.elapsed() >= LOOK {
                self.look()?;
                self.looked = Instant::now();
            }
        }
    }

    /// How long nothing may happen before somebody looks whether something should.
    fn limit(&self) -> Duration {
        let left = self.until.map_or(LOOK, |until| until.saturating_duration_since(Instant::now()));
        // Verdicts rest on time too.
        let often = if matches!(self.goal, Goal::Once) { Duration::from_millis(100) } else { LOOK };
        left.min(often).min(LOOK.saturating_sub(self.looked.elapsed()))
    }

    fn write(&mut self, heard: &Heard) -> Result<(), Error> {
        if !heard.has_snapshot && heard.changes.is_empty() && !self.is_behind {
            return Ok(());
        }
        let written = lock(&self.outputs).write(&self.browsers.view, &heard.changes, &self.browsers.synced);
        match written {
            // Somebody who reads no more has what they wanted; a file that never could be written never will.
            Err(error @ Error::Write(_)) => return Err(error),
            Err(error) if !self.has_written || !matches!(self.goal, Goal::Watch) => return Err(error),
            Err(error) => {
                if !self.is_behind {
                    let _ = complain(TOOL, &error);
                }
                self.is_behind = true;
            }
            Ok(()) => {
                self.is_behind = false;
                self.has_written = true;
            }
        }
        Ok(())
    }

    /// Whether the goal is reached; then, which domains were refused.
    fn is_done(&mut self) -> Result<Option<Vec<String>>, Error> {
        if self.input == Input::Refused
            && let Some(domain) = self.browsers.awaits_consent()
        {
            let text =
                format!("the cookies of {domain} need consent in the browser, and --no-input lets nobody be asked");
            return Err(Error::NeedsPerson(text));
        }
        let case = self.browsers.case();
        let verdict = match &self.goal {
            Goal::Once => case.once(),
            Goal::Watch => case.watch(),
            Goal::Cookie(name) if self.browsers.view.has(name, self.browsers.domains()) => {
                Verdict::Complete(Vec::new())
            }
            Goal::Cookie(_) => case.watch(),
        };
        match verdict {
            Verdict::Open => Ok(None),
            Verdict::Complete(refused) => Ok(Some(refused)),
            Verdict::Hopeless(error) => {
                // What there was of it is kept.
                lock(&self.outputs).finish()?;
                Err(error)
            }
        }
    }

    fn check_time(&self) -> Result<(), Error> {
        if self.until.is_none_or(|until| Instant::now() < until) {
            return Ok(());
        }
        lock(&self.outputs).keep()?;
        let what = match &self.goal {
            Goal::Cookie(name) => format!("no cookie named {name} came in time"),
            Goal::Watch | Goal::Once => "time is up".to_owned(),
        };
        Err(Error::Network(what))
    }

    /// What needs no haste.
    fn look(&mut self) -> Result<(), Error> {
        if !matches!(self.goal, Goal::Once) {
            self.browsers.say_who_is_missing();
        }
        if self.origin == Origin::Added && matches!(self.goal, Goal::Watch) {
            let added = domains::added()?;
            if !added.is_empty() && added != self.browsers.domains() {
                self.browsers.ask_for(added);
            }
        }
        Ok(())
    }
}

/// Gets everything once, for whoever goes on from there.
///
/// # Errors
/// Nobody is there, or something is not shared.
pub(crate) fn gather(ask: Ask, input: Input) -> Result<Browsers, Error> {
    let mut browsers = Browsers::start(ask)?;
    loop {
        browsers.hear(Duration::from_millis(100));
        if input == Input::Refused
            && let Some(domain) = browsers.awaits_consent()
        {
            let text =
                format!("the cookies of {domain} need consent in the browser, and --no-input lets nobody be asked");
            return Err(Error::NeedsPerson(text));
        }
        match browsers.case().once() {
            Verdict::Open => {}
            Verdict::Complete(refused) if refused.is_empty() => return Ok(browsers),
            Verdict::Complete(refused) => return Err(denied(&refused)),
            Verdict::Hopeless(error) => return Err(error),
        }
    }
}
