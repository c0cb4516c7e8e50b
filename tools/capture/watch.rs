//! One capture from browsers, from its start to its end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use countersign_shared::error::{Error, Exit};
use countersign_shared::formats::har::entry::Extent;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::browsers::{Browsers, Question};
use crate::notice::{Notices, say};
use crate::output::{ExchangeSender, Output, OutputSettings};
use crate::seen::SeenExchange;
use crate::session::signals::Signals;

/// The longest time that a poll lasts.
const POLL: Duration = Duration::from_millis(50);

/// The time for which a browser is looked for before it is said that none is there, if none was asked for by name.
const GLANCE: Duration = Duration::from_millis(600);

/// The time between two messages about requests that were left out.
const DROPPED: Duration = Duration::from_secs(1);

/// The time that browsers have at the end to send what they have seen, as long as they send it: all of it, and the pause
/// after which they count as stuck.
const DRAIN: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(3));

/// The time that the last of what was captured may wait for room in the output.
const DELIVERY: Duration = Duration::from_secs(2);

/// The plan of a capture from browsers.
pub(crate) struct WatchPlan {
    /// The question that every browser is asked.
    pub(crate) question: Question,
    /// The way in which this source was chosen.
    pub(crate) choice: Choice,
    /// The output.
    pub(crate) output: OutputSettings,
    /// The time after which the capture ends.
    pub(crate) duration: Option<Duration>,
    /// The choice whether notices are shown.
    pub(crate) notices: Notices,
}

/// The way in which a source was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Named on the command line.
    Named,
    /// The default.
    Default,
}

/// Captures until one of the reasons to stop comes. Returns the exit code.
///
/// # Errors
/// Returns [`Error::Usage`] if no browser is there and none was asked for, the errors of [`Browsers::check`], and
/// [`Error::Failed`] or [`Error::File`] if the runtime, the signals or the output cannot be set up.
pub(crate) fn run(plan: WatchPlan) -> Result<u8, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::Failed(format!("cannot start: {error}")))?;
    let ended = runtime.block_on(capture(plan));
    // The thread that listens to browsers may still wait for room in the output, and nobody waits for it.
    runtime.shutdown_background();
    ended
}

async fn capture(plan: WatchPlan) -> Result<u8, Error> {
    let mut signals = Signals::new()?;
    let browsers = Browsers::start(plan.question)?;
    let (output, sender) = Output::start(plan.output)?;
    let stop = Arc::new(AtomicBool::new(false));
    let listening = Listening {
        browsers,
        choice: plan.choice,
        notices: plan.notices,
        stop: Arc::clone(&stop),
        sender: sender.clone(),
        runtime: Handle::current(),
        tally: Tally::default(),
    };
    let (end, mut ended) = oneshot::channel();
    std::thread::spawn(move || {
        // Nobody waits for the outcome after the process was told to end twice.
        let _ = end.send(listening.run());
    });
    let enough = async {
        match plan.duration {
            Some(duration) => drop(timeout(duration, output.ended.notified()).await),
            None => output.ended.notified().await,
        }
    };
    let early = tokio::select! {
        () = signals.any() => None,
        () = enough => None,
        outcome = &mut ended => outcome.ok(),
    };
    stop.store(true, Ordering::Relaxed);
    let outcome = match early {
        Some(outcome) => outcome,
        None => tokio::select! {
            outcome = ended => outcome.unwrap_or(Ok(())),
            // The user does not want to wait for what browsers have still to send.
            () = signals.any() => std::process::exit(Exit::Interrupted as i32),
        },
    };
    // The queue may be full because nobody reads our output.
    let _ = timeout(DELIVERY, sender.end()).await;
    let finished = tokio::task::spawn_blocking(|| output.finish());
    let written = tokio::select! {
        written = finished => written.unwrap_or(Exit::Failed),
        () = signals.any() => std::process::exit(Exit::Interrupted as i32),
    };
    outcome.map(|()| written as u8)
}

/// The thread that listens to browsers.
struct Listening {
    browsers: Browsers,
    choice: Choice,
    notices: Notices,
    stop: Arc<AtomicBool>,
    sender: ExchangeSender,
    runtime: Handle,
    tally: Tally,
}

/// The number of requests, and of those whose body is not as it was sent.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    all: u64,
    reencoded: u64,
    partial: u64,
    unavailable: u64,
}

impl Tally {
    fn add(&mut self, exchange: &SeenExchange) {
        self.all += 1;
        match exchange.extent() {
            Extent::Whole => {}
            Extent::Reencoded => self.reencoded += 1,
            Extent::Partial => self.partial += 1,
            Extent::Unavailable => self.unavailable += 1,
        }
    }

    /// Returns what there is to say about bodies; `None` if all are exact.
    fn text(self) -> Option<String> {
        let Self { all, reencoded, partial, unavailable } = self;
        let inexact = reencoded + partial + unavailable;
        let kinds = [(reencoded, "reencoded"), (partial, "partial"), (unavailable, "unavailable")];
        let kinds: Vec<String> =
            kinds.iter().filter(|(number, _)| *number > 0).map(|(number, kind)| format!("{number} {kind}")).collect();
        let of_all = requests(all);
        (inexact > 0).then(|| format!("{inexact} of {of_all}: not the body that was sent ({})", kinds.join(", ")))
    }
}

impl Listening {
    fn run(mut self) -> Result<(), Error> {
        let mut said = Instant::now();
        let mut dropped = 0;
        let ended = loop {
            if self.stop.load(Ordering::Relaxed) {
                break Ok(());
            }
            self.poll(POLL);
            if let Err(error) = self.check() {
                break Err(error);
            }
            dropped += self.browsers.take_dropped();
            if dropped > 0 && said.elapsed() >= DROPPED {
                self.say_dropped(std::mem::take(&mut dropped));
                said = Instant::now();
            }
        };
        self.drain();
        self.give_up();
        dropped += self.browsers.take_dropped();
        self.say_dropped(dropped);
        if let Some(text) = self.tally.text() {
            self.say(&text);
        }
        ended
    }

    fn poll(&mut self, limit: Duration) -> bool {
        let Self { browsers, sender, runtime, tally, .. } = self;
        browsers.poll(limit, &mut |exchange| deliver(exchange, sender, runtime, tally))
    }

    /// Takes what browsers have seen already.
    fn drain(&mut self) {
        self.browsers.drain();
        let (begun, mut heard) = (Instant::now(), Instant::now());
        while self.browsers.is_draining() && begun.elapsed() < DRAIN.0 && heard.elapsed() < DRAIN.1 {
            if self.poll(POLL) {
                heard = Instant::now();
            }
        }
        while begun.elapsed() < DRAIN.0 && self.poll(Duration::ZERO) {}
        if self.browsers.is_draining() {
            self.say("the last requests may be missing: the browser was too slow");
        }
    }

    fn give_up(&mut self) {
        let Self { browsers, sender, runtime, tally, .. } = self;
        browsers.give_up(&mut |exchange| deliver(exchange, sender, runtime, tally));
    }

    fn check(&self) -> Result<(), Error> {
        let presence = self.browsers.presence();
        let is_nobody_there = presence.found == 0 && presence.connected == 0 && presence.elapsed >= GLANCE;
        if self.choice == Choice::Default && is_nobody_there && !self.browsers.has_begun() {
            let text = "nothing to capture from: no browser is connected (`bridge-install doctor` says why); run a command \
                        (`capture -- CMD`) or start a proxy (`capture --source proxy`)";
            return Err(Error::Usage(text.to_owned()));
        }
        self.browsers.check(&presence)
    }

    fn say_dropped(&self, number: u64) {
        if number > 0 {
            // Never silent: what is lost here is in no line.
            say(&format!("{} left out: the browser sent more than was read", requests(number)));
        }
    }

    fn say(&self, text: &str) {
        if self.notices == Notices::Shown {
            say(text);
        }
    }
}

/// Returns a number of requests in words.
fn requests(number: u64) -> String {
    if number == 1 { "1 request".to_owned() } else { format!("{number} requests") }
}

/// Passes an exchange on to the output. Waits while the reader of our output is too slow; the browser then waits too.
fn deliver(exchange: SeenExchange, sender: &ExchangeSender, runtime: &Handle, tally: &mut Tally) {
    tally.add(&exchange);
    runtime.block_on(sender.send(Box::new(exchange)));
}
