//! The number of requests that a run has sent, told on a terminal while it lasts and at its end.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use countersign_shared::lock::lock;
use countersign_shared::terminal::{stderr_is_terminal, stdout_is_terminal};

/// The time after which a run tells how far it is, and the time between two such lines.
const FIRST: Duration = Duration::from_secs(2);
const NEXT: Duration = Duration::from_millis(500);

/// The outcome of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was sent, and its answer is no failure.
    Done,
    /// It could not be read, signed or sent, or its answer is a failure.
    Failed,
}

/// The count of a run.
#[derive(Debug)]
pub(crate) struct Tally {
    started: Instant,
    all: AtomicU64,
    failed: AtomicU64,
}

impl Tally {
    /// Returns a count of nothing, which begins now.
    pub(crate) fn new() -> Self {
        Self { started: Instant::now(), all: AtomicU64::new(0), failed: AtomicU64::new(0) }
    }

    /// Counts a request.
    pub(crate) fn count(&self, outcome: Outcome) {
        if outcome == Outcome::Failed {
            self.failed.fetch_add(1, Ordering::Relaxed);
        }
        self.all.fetch_add(1, Ordering::Relaxed);
    }

    /// Does the work of a run. While it lasts a terminal is told how far it is, and at its end how many requests failed.
    pub(crate) fn tell<T>(self: &Arc<Self>, screen: Screen, work: impl FnOnce() -> T) -> T {
        let progress = Progress::start(self, screen);
        let outcome = work();
        if let Some(line) = self.summary(progress.end()) {
            // Who has closed stderr does not want to know.
            let _ = io::stderr().write_all(line.as_bytes());
        }
        outcome
    }

    /// Returns how many requests there were, how fast they went, and how many failed.
    fn so_far(&self) -> String {
        let (all, failed) = (self.all.load(Ordering::Relaxed), self.failed.load(Ordering::Relaxed));
        let seconds = self.started.elapsed().as_secs().max(1);
        let failed = if failed > 0 { format!(", {failed} failed") } else { String::new() };
        format!("sign: {all} sent, {}/s{failed}", all / seconds)
    }

    /// Returns the last line of a run, if there is something to say: that of several requests some failed, or, for who has
    /// watched, that all were sent.
    fn summary(&self, watched: Watched) -> Option<String> {
        let (all, failed) = (self.all.load(Ordering::Relaxed), self.failed.load(Ordering::Relaxed));
        match (failed, watched) {
            (1.., _) if all > 1 => Some(format!("sign: {failed} of {all} requests failed\n")),
            (0, Watched::Yes) => Some(format!("sign: {all} requests sent in {} s\n", self.started.elapsed().as_secs())),
            _ => None,
        }
    }
}

/// Says if a run has told how far it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Watched {
    Yes,
    No,
}

/// The standard error, on which a line that tells how far a run is gives way to every message.
#[derive(Clone, Debug, Default)]
pub(crate) struct Screen(Arc<Mutex<Shown>>);

/// The line that is shown.
#[derive(Debug, Default)]
struct Shown {
    width: usize,
    was_there: bool,
}

impl Shown {
    /// Shows a line in place of the one that is there. The cursor stays at its beginning, so that whatever comes overwrites it.
    fn show(&mut self, line: &str) -> io::Result<()> {
        let width = std::mem::replace(&mut self.width, line.len());
        self.was_there |= !line.is_empty();
        let mut stderr = io::stderr().lock();
        write!(stderr, "{line:width$}\r")?;
        stderr.flush()
    }

    fn clear(&mut self) -> io::Result<()> {
        if self.width > 0 { self.show("").and_then(|()| write!(io::stderr(), "\r")) } else { Ok(()) }
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut shown = lock(&self.0);
        if !bytes.is_empty() {
            shown.clear()?;
        }
        io::stderr().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// The thread that tells how far a run is.
struct Progress {
    screen: Screen,
    thread: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Tells how far a run is, if somebody sits at a terminal and sees nothing else come.
    fn start(tally: &Arc<Tally>, screen: Screen) -> Self {
        let is_watched = stderr_is_terminal() && !stdout_is_terminal() && log::log_enabled!(log::Level::Warn);
        let thread = is_watched.then(|| {
            let (end, ended) = channel::<()>();
            let (tally, screen) = (Arc::clone(tally), screen.clone());
            let thread = std::thread::spawn(move || {
                let mut pause = FIRST;
                while ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                    // A terminal that has gone is nobody's loss.
                    let _ = lock(&screen.0).show(&tally.so_far());
                    pause = NEXT;
                }
            });
            (end, thread)
        });
        Self { screen, thread }
    }

    /// Ends, and takes the line away.
    fn end(self) -> Watched {
        if let Some((end, thread)) = self.thread {
            drop(end);
            let _ = thread.join();
        }
        let mut shown = lock(&self.screen.0);
        let _ = shown.clear();
        if shown.was_there { Watched::Yes } else { Watched::No }
    }
}
