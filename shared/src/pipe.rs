//! The pipe: how documents get in, how results get out, and when.
//!
//! A worker takes a block of whole documents off the input, works on it, waits for its turn and writes what came of it
//! at once. So order never changes, a live producer never waits for a full buffer, and memory stays bounded however
//! many threads there are and however long the stream.

mod frame;
mod input;

use std::io::{self, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::error::{Error, Exit};
use crate::terminal;

pub use frame::{Follow, Follower, Framing, Progress};
use input::{Batch, Reader};
pub use input::{Input, Portion, Source};

/// Output beyond this many bytes is written before the rest of its block is worked on.
const WRITE_AT: usize = 1 << 20;

/// What to do after a line that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnError {
    /// Say so and go on with the next line.
    GoOn,
    /// Stop.
    Stop,
}

/// What stands around the results.
#[derive(Clone, Copy, Debug, Default)]
pub struct Frame {
    /// Before the first.
    pub head: &'static str,
    /// Between two.
    pub between: &'static str,
    /// After the last.
    pub tail: &'static str,
}

/// How a tool runs its pipe.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The tool's name, which starts every message.
    pub tool: &'static str,
    /// How many threads work, at least 1.
    pub jobs: usize,
    /// What happens after a bad line.
    pub on_error: OnError,
    /// How much a thread takes at once.
    pub portion: Portion,
    /// What stands around the results.
    pub frame: Frame,
}

/// What a tool does with each document.
pub trait Filter: Sync {
    /// What one thread keeps from document to document.
    type Worker;
    /// Makes a thread's own state.
    fn worker(&self) -> Self::Worker;
    /// Turns one document into results.
    fn document(&self, worker: &mut Self::Worker, text: &str, sink: &mut Sink<'_>);
}

/// Runs every document of the input through the filter.
pub fn run<F: Filter>(
    settings: Settings,
    source: Source,
    stdout: Box<dyn Write + Send>,
    stderr: Box<dyn Write + Send>,
    filter: &F,
) -> Exit {
    let shared = Shared {
        settings,
        reader: Mutex::new((Reader::new(source, settings.portion), 0)),
        gate: Mutex::new(Gate {
            turn: 0,
            stopped: false,
            closed: false,
            exit: Exit::Done,
            began: false,
            stdout,
            stderr,
        }),
        next: Condvar::new(),
    };
    if settings.jobs <= 1 {
        shared.work(filter);
    } else {
        std::thread::scope(|scope| {
            for _ in 0..settings.jobs {
                scope.spawn(|| shared.work(filter));
            }
        });
    }
    shared.finish()
}

struct Shared {
    settings: Settings,
    reader: Mutex<(Reader, u64)>,
    gate: Mutex<Gate>,
    next: Condvar,
}

/// What only the thread whose turn it is may touch.
struct Gate {
    turn: u64,
    /// Nothing more is worked on.
    stopped: bool,
    /// Nothing more can be written.
    closed: bool,
    exit: Exit,
    began: bool,
    stdout: Box<dyn Write + Send>,
    stderr: Box<dyn Write + Send>,
}

/// A thread that panicked has reported itself; the others end in order.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn work<F: Filter>(&self, filter: &F) {
        let mut worker = filter.worker();
        let mut batch = Batch::default();
        let mut sink = Sink::new(self);
        while let Some(ticket) = self.take(&mut batch) {
            sink.ticket = ticket;
            for document in batch.documents() {
                if sink.is_stopped() {
                    break;
                }
                sink.begin(document.line, document.file);
                match document.text {
                    Ok(text) => filter.document(&mut worker, text, &mut sink),
                    Err(error) => sink.error(error),
                }
            }
            if let Some(error) = batch.take_trouble() {
                sink.begin_trouble();
                sink.error(error);
            }
            sink.end();
        }
    }

    /// The next block and its ticket, or `None` at the end of the input.
    fn take(&self, batch: &mut Batch) -> Option<u64> {
        let mut reader = lock(&self.reader);
        if lock(&self.gate).stopped || !reader.0.fill(batch) {
            return None;
        }
        reader.1 += 1;
        Some(reader.1 - 1)
    }

    /// Waits until everything before this ticket is written.
    fn wait(&self, ticket: u64) -> MutexGuard<'_, Gate> {
        let mut gate = lock(&self.gate);
        while gate.turn != ticket {
            gate = self.next.wait(gate).unwrap_or_else(PoisonError::into_inner);
        }
        gate
    }

    fn finish(&self) -> Exit {
        let mut gate = lock(&self.gate);
        let Frame { head, tail, .. } = self.settings.frame;
        // A document is whole even where a bad line stopped it.
        let head = if gate.began { "" } else { head };
        gate.write(self.settings.tool, format!("{head}{tail}").as_bytes());
        gate.exit
    }
}

impl Gate {
    fn write(&mut self, tool: &str, bytes: &[u8]) {
        if bytes.is_empty() || self.closed {
            return;
        }
        let Err(error) = self.stdout.write_all(bytes).and_then(|()| self.stdout.flush()) else { return };
        self.stopped = true;
        self.closed = true;
        // Else the reader has what it wanted (`| head -1`).
        if error.kind() != io::ErrorKind::BrokenPipe {
            self.exit = Exit::Failed;
            let _ = writeln!(self.stderr, "{tool}: {}", Error::Write(error));
        }
    }

    fn say(&mut self, text: &str) {
        let _ = self.stderr.write_all(text.as_bytes());
    }
}

/// Where the results and complaints of one block go.
pub struct Sink<'s> {
    shared: &'s Shared,
    ticket: u64,
    place: String,
    out: Vec<u8>,
    messages: String,
    exit: Exit,
    stop: bool,
}

impl<'s> Sink<'s> {
    fn new(shared: &'s Shared) -> Self {
        Self {
            shared,
            ticket: 0,
            place: String::new(),
            out: Vec::with_capacity(1 << 17),
            messages: String::new(),
            exit: Exit::Done,
            stop: false,
        }
    }

    /// Takes one result; what was written before an error is taken back.
    pub fn write(&mut self, write: impl FnOnce(&mut Vec<u8>) -> Result<(), Error>) {
        if self.stop {
            return;
        }
        let before = self.out.len();
        if before > 0 {
            self.out.extend_from_slice(self.shared.settings.frame.between.as_bytes());
        }
        let start = self.out.len();
        match write(&mut self.out) {
            Ok(()) if self.out.len() == start => self.out.truncate(before),
            Ok(()) => {}
            Err(error) => {
                self.out.truncate(before);
                self.error(error);
            }
        }
        if self.out.len() > WRITE_AT {
            self.flush();
        }
    }

    /// Takes a failure of the current document.
    #[allow(clippy::needless_pass_by_value, reason = "an error is used up by being reported")]
    pub fn error(&mut self, error: Error) {
        if self.stop {
            return;
        }
        let fatal = error.is_fatal();
        self.exit = self.exit.max(error.exit());
        self.stop = fatal || self.shared.settings.on_error == OnError::Stop;
        let place = if fatal { "" } else { self.place.as_str() };
        let text = format!("{}: {place}{error}", self.shared.settings.tool);
        self.messages.push_str(&terminal::clean(&text));
        self.messages.push('\n');
    }

    /// The result that was just written says itself that something is wrong: only the exit code remains.
    pub fn fail(&mut self, exit: Exit) {
        if !self.stop {
            self.exit = self.exit.max(exit);
            self.stop = self.shared.settings.on_error == OnError::Stop;
        }
    }

    /// Takes text for the person, written to stderr as it is.
    pub fn note(&mut self, text: &str) {
        if !self.stop {
            self.messages.push_str(text);
        }
    }

    /// Waits until all that was read before this block is written: what follows happens in the order of the input.
    pub fn await_turn(&self) {
        drop(self.shared.wait(self.ticket));
    }

    /// Writes what there is if it is this block's turn: for results that are long in the making.
    pub fn hand_out(&mut self) {
        let is_our_turn = lock(&self.shared.gate).turn == self.ticket;
        if is_our_turn {
            self.flush();
        }
    }

    /// Whether nothing more of this run is wanted.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop
    }

    fn begin(&mut self, line: u64, file: Option<&str>) {
        use std::fmt::Write as _;
        self.place.clear();
        if let Some(file) = file {
            self.place.push_str(file);
            self.place.push_str(": ");
        }
        let _ = write!(self.place, "line {line}: ");
    }

    fn begin_trouble(&mut self) {
        self.place.clear();
    }

    /// Writes what there is, once it is this block's turn.
    fn flush(&mut self) {
        let shared = self.shared;
        let mut gate = shared.wait(self.ticket);
        if gate.stopped {
            self.stop = true;
        } else {
            gate.say(&self.messages);
            if !self.out.is_empty() {
                let Frame { head, between, .. } = shared.settings.frame;
                let before = if gate.began { between } else { head };
                if !before.is_empty() {
                    self.out.splice(0..0, before.bytes());
                }
                gate.began = true;
                gate.write(shared.settings.tool, &self.out);
            }
            gate.exit = gate.exit.max(self.exit);
            gate.stopped |= self.stop;
        }
        self.out.clear();
        self.messages.clear();
    }

    /// Writes the rest of the block and lets the next one have its turn.
    fn end(&mut self) {
        self.flush();
        lock(&self.shared.gate).turn += 1;
        self.shared.next.notify_all();
        self.exit = Exit::Done;
        self.stop = false;
    }
}
