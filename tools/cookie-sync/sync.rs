//! `watch`, `once` and `wait`: syncs cookies from the browsers to the outputs.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use countersign_shared::bridge::message::{Domain, Follow};
use countersign_shared::cli::{complain, signals};
use countersign_shared::error::{Error, Exit};
use countersign_shared::lock::lock;

use crate::browsers::{Browsers, Query, Update};
use crate::domains::{self, none_given};
use crate::outputs::Outputs;
use crate::plan::{Goal, MissingConsent, SyncPlan};
use crate::status::{Decision, denied};
use crate::tool::TOOL;

/// The interval at which the list of added domains is read again, and the longest time that a poll lasts.
const REVIEW: Duration = Duration::from_secs(1);

/// The longest time that a poll of `once` lasts. The decision to give up rests on time, so it is taken more often.
const SHORT_POLL: Duration = Duration::from_millis(100);

/// The place that the domains come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DomainOrigin {
    CommandLine,
    AddedList,
}

/// Syncs until the goal of the plan is reached.
///
/// # Errors
/// Returns [`Error::Usage`] if no domain is named or added, [`Error::Network`] if no browser answers or time is up,
/// [`Error::Refused`] if the user refuses, [`Error::NeedsPerson`] if consent is missing and `--no-input` is given, and
/// the error of an output if it cannot be written.
pub(crate) fn run(plan: SyncPlan) -> Result<Exit, Error> {
    let origin = if plan.domains.is_empty() { DomainOrigin::AddedList } else { DomainOrigin::CommandLine };
    let follow = if matches!(plan.goal, Goal::Once) { Follow::Once } else { Follow::Changes };
    let query = Query::new(named_or_added(plan.domains)?, follow, &plan.browsers);
    let outputs = Arc::new(Mutex::new(Outputs::new(plan.targets)));
    end_on_signals(Arc::clone(&outputs))?;
    let run = Run {
        goal: plan.goal,
        origin,
        missing_consent: plan.browsers.missing_consent,
        until: plan.limit.map(|limit| Instant::now() + limit),
        browsers: Browsers::start(query)?,
        outputs,
        is_behind: false,
        has_written: false,
        reviewed: Instant::now(),
    };
    run.until_done()
}

/// Lets a signal end the process, once the copy for `--offline` is written.
fn end_on_signals(outputs: Arc<Mutex<Outputs>>) -> Result<(), Error> {
    signals::on_each(move |_| {
        // Taking the lock waits for a file that is being written just now.
        let kept = lock(&outputs).keep();
        if let Err(error) = kept {
            let _ = complain(TOOL, &error);
        }
        std::process::exit(Exit::Interrupted as i32);
    })
}

/// Returns the domains that are named, else those that were added.
///
/// # Errors
/// Returns [`Error::Usage`] if no domain is named on the command line and none was added with `cookie-sync add`.
fn named_or_added(named: Vec<Domain>) -> Result<Vec<Domain>, Error> {
    let domains = if named.is_empty() { domains::added()? } else { named };
    if domains.is_empty() { Err(none_given()) } else { Ok(domains) }
}

/// A run of `watch`, `once` or `wait`.
struct Run {
    goal: Goal,
    origin: DomainOrigin,
    missing_consent: MissingConsent,
    until: Option<Instant>,
    browsers: Browsers,
    outputs: Arc<Mutex<Outputs>>,
    /// True if the last attempt to write a file failed, so that it is tried again.
    is_behind: bool,
    /// True if all files were written at least once.
    has_written: bool,
    /// The time of the last [`Run::review`].
    reviewed: Instant,
}

impl Run {
    fn until_done(mut self) -> Result<Exit, Error> {
        loop {
            let update = self.browsers.poll(self.poll_limit());
            // Cookies that have come are written before anything can end the run.
            self.write(&update)?;
            if let Some(refused) = self.refused_if_done()? {
                lock(&self.outputs).finish()?;
                return if refused.is_empty() { Ok(Exit::Done) } else { Err(denied(&refused)) };
            }
            self.check_time()?;
            // The copy for `--offline` is an extra beside the files, so a failure to write it does not end the run.
            if let Err(error) = lock(&self.outputs).keep_now_and_then() {
                let _ = complain(TOOL, &error);
            }
            if self.reviewed.elapsed() >= REVIEW {
                self.review()?;
                self.reviewed = Instant::now();
            }
        }
    }

    /// Returns how long the next poll may last.
    fn poll_limit(&self) -> Duration {
        let left = self.until.map_or(REVIEW, |until| until.saturating_duration_since(Instant::now()));
        let longest = if matches!(self.goal, Goal::Once) { SHORT_POLL } else { REVIEW };
        left.min(longest).min(REVIEW.saturating_sub(self.reviewed.elapsed()))
    }

    fn write(&mut self, update: &Update) -> Result<(), Error> {
        if !update.has_snapshot && update.changes.is_empty() && !self.is_behind {
            return Ok(());
        }
        let written = lock(&self.outputs).write(&self.browsers.cookies, &update.changes, &self.browsers.synced);
        match written {
            // Standard output was closed: nobody reads on, so there is no reason to go on.
            Err(error @ Error::Write(_)) => return Err(error),
            // A file that could not be written even once has a wrong name or place, and trying again would hide that.
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

    /// Returns the domains that were refused if the goal is reached, and `None` if it is not reached yet.
    ///
    /// # Errors
    /// Returns the reason if the goal cannot be reached any more.
    fn refused_if_done(&mut self) -> Result<Option<Vec<String>>, Error> {
        self.browsers.check_consent(self.missing_consent)?;
        let status = self.browsers.status();
        let decision = match &self.goal {
            Goal::Once => status.decide_once(),
            Goal::Watch => status.decide_watch(),
            Goal::Cookie(name) if self.browsers.cookies.has(name, self.browsers.domains()) => {
                Decision::Complete(Vec::new())
            }
            Goal::Cookie(_) => status.decide_watch(),
        };
        match decision {
            Decision::Wait => Ok(None),
            Decision::Complete(refused) => Ok(Some(refused)),
            Decision::Fail(error) => {
                // Other domains may have been synced before this one failed; `--offline` is to find them.
                lock(&self.outputs).finish()?;
                Err(error)
            }
        }
    }

    /// Checks the time limit.
    ///
    /// # Errors
    /// Returns [`Error::Network`] if time is up.
    fn check_time(&self) -> Result<(), Error> {
        if self.until.is_none_or(|until| Instant::now() < until) {
            return Ok(());
        }
        lock(&self.outputs).keep()?;
        let problem = match &self.goal {
            Goal::Cookie(name) => format!("no cookie named {name} came in time"),
            Goal::Watch | Goal::Once => "time is up".to_owned(),
        };
        Err(Error::Network(problem))
    }

    /// Does what can wait for a second: reports that no browser is there, and follows changes of the added list.
    fn review(&mut self) -> Result<(), Error> {
        // `once` ends with this message as its error, so it must not say it twice.
        if !matches!(self.goal, Goal::Once) {
            self.browsers.report_absence();
        }
        if self.origin == DomainOrigin::AddedList && matches!(self.goal, Goal::Watch) {
            let added = domains::added()?;
            // An empty list would leave nothing to watch, so the last domains stay until another one is added.
            if !added.is_empty() && added != self.browsers.domains() {
                self.browsers.ask_for(added);
            }
        }
        Ok(())
    }
}
