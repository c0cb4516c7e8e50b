//! The results and messages of one block, collected by the thread that works on it and written in their turn.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use super::batch::Place;
use super::order::Ordered;
use super::output::FramedOutput;
use super::settings::{OnError, Settings};
use crate::error::{Error, Exit};
use crate::request::Note;
use crate::terminal;
use crate::variables::Variables;

/// Results beyond this many bytes are written before the rest of their block is worked on.
const WRITE_AT: usize = 1 << 20;

/// The room that a block's results start with, in bytes.
const ROOM: usize = 1 << 17;

/// The streams of a run. Only the thread whose turn it is writes to them.
pub(super) struct Streams {
    stdout: FramedOutput<Box<dyn Write + Send>>,
    stderr: Box<dyn Write + Send>,
    /// True once nothing more is to be worked on.
    pub(super) is_stopped: bool,
    exit: Exit,
    left_out: LeftOut,
}

/// The number of entries of each kind that were left out because they are no requests.
type LeftOut = BTreeMap<&'static str, u64>;

impl Streams {
    /// Streams that nothing was written to.
    pub(super) fn new(stdout: FramedOutput<Box<dyn Write + Send>>, stderr: Box<dyn Write + Send>) -> Self {
        Self { stdout, stderr, is_stopped: false, exit: Exit::Done, left_out: LeftOut::new() }
    }

    /// Writes the end of the document, and returns the exit code of the run.
    pub(super) fn finish(&mut self, tool: &str) -> Exit {
        let finished = self.stdout.finish();
        self.report(tool, finished);
        if !self.left_out.is_empty() && log::log_enabled!(log::Level::Warn) {
            let kinds: Vec<String> = self.left_out.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            let count: u64 = self.left_out.values().sum();
            let entries =
                if count == 1 { "entry is no HTTP request and was" } else { "entries are no HTTP requests and were" };
            let _ = writeln!(self.stderr, "{tool}: {count} {entries} left out ({})", kinds.join(", "));
        }
        self.exit
    }

    fn write(&mut self, tool: &str, batch: &mut Vec<u8>) {
        let written = self.stdout.write(batch);
        self.report(tool, written);
        self.is_stopped |= self.stdout.is_closed();
    }

    fn report(&mut self, tool: &str, written: Result<(), Error>) {
        if let Err(error) = written {
            self.exit = Exit::Failed;
            let _ = writeln!(self.stderr, "{tool}: {error}");
        }
    }
}

/// The results and messages of one block.
pub struct Sink<'s> {
    settings: Settings,
    /// The words for the source, which start every message.
    source: &'s str,
    order: &'s Ordered<Streams>,
    ticket: u64,
    /// The position of the current document, which starts its messages.
    place: String,
    /// The variables that the current document was made with, if it came whole.
    variables: Option<Variables>,
    out: Vec<u8>,
    messages: String,
    left_out: LeftOut,
    exit: Exit,
    is_stopped: bool,
}

impl<'s> Sink<'s> {
    /// A sink without results. It serves one block after another.
    pub(super) fn new((settings, source): (Settings, &'s str), order: &'s Ordered<Streams>) -> Self {
        Self {
            settings,
            source,
            order,
            ticket: 0,
            place: String::new(),
            variables: None,
            out: Vec::with_capacity(ROOM),
            messages: String::new(),
            left_out: LeftOut::new(),
            exit: Exit::Done,
            is_stopped: false,
        }
    }

    /// Takes one result. If `write` fails, what it had written is taken back and the error is reported.
    pub fn write(&mut self, write: impl FnOnce(&mut Vec<u8>) -> Result<(), Error>) {
        if self.is_stopped {
            return;
        }
        let before = self.out.len();
        if before > 0 {
            self.out.extend_from_slice(self.settings.frame.between.as_bytes());
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
        if self.is_stopped {
            return;
        }
        if let Error::LeftOut { kind } = error.innermost() {
            *self.left_out.entry(kind).or_default() += 1;
            return;
        }
        let is_fatal = error.is_fatal();
        self.exit = self.exit.max(error.exit());
        self.is_stopped = is_fatal || self.settings.on_error == OnError::Stop;
        let place = if is_fatal { "" } else { self.place.as_str() };
        let text = format!("{}: {place}{error}", self.settings.tool);
        self.messages.push_str(&terminal::clean(&text));
        self.messages.push('\n');
        // A document of a few bytes may stand for thousands of requests, each of which may fail.
        if self.messages.len() > WRITE_AT {
            self.flush();
        }
    }

    /// Takes an exit code for a result that itself says that something is wrong.
    pub fn fail(&mut self, exit: Exit) {
        if !self.is_stopped {
            self.exit = self.exit.max(exit);
            self.is_stopped = self.settings.on_error == OnError::Stop;
        }
    }

    /// Takes what a reader noticed in a request. It is shown with the place of the document.
    pub fn notes(&mut self, notes: &[Note]) {
        for note in notes.iter().filter(|note| note.level <= log::max_level()) {
            let text = format!("{}: {}{}", self.settings.tool, self.place, note.text);
            self.note(&format!("{}\n", terminal::clean(&text)));
        }
    }

    /// Takes text for the user, which is written to stderr unchanged.
    pub fn note(&mut self, text: &str) {
        if !self.is_stopped {
            self.messages.push_str(text);
        }
    }

    /// Waits until the results of all earlier blocks are written: what follows happens in the order of the input.
    pub fn await_turn(&self) {
        self.order.in_turn(self.ticket, |_| {});
    }

    /// Writes the results so far if it is this block's turn, for results that take long to make.
    pub fn hand_out(&mut self) {
        if self.order.is_turn_of(self.ticket) {
            self.flush();
        }
    }

    /// Returns true if no more results of this run are wanted.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// Returns true if the current document came whole, from a collection that the user named.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.variables.is_some()
    }

    /// Returns the variables that the current document was made with if it came whole: they are replaced in its text.
    #[must_use]
    pub fn variables(&self) -> Option<&Variables> {
        self.variables.as_ref()
    }

    /// Begins a block.
    pub(super) fn begin_block(&mut self, ticket: u64) {
        self.ticket = ticket;
    }

    /// Begins a document of the block.
    pub(super) fn begin(&mut self, place: Place<'_>) {
        self.place.clear();
        if !self.source.is_empty() {
            let _ = write!(self.place, "{}: ", self.source);
        }
        self.variables = match place {
            Place::Label(_, _, variables) => Some(variables.clone()),
            Place::Line(..) | Place::Entry(..) => None,
        };
        match place {
            Place::Line(line, file) => self.begin_line(line, file),
            Place::Entry(line, entry, file) => {
                self.begin_line(line, file);
                let _ = write!(self.place, "entry {entry}: ");
            }
            Place::Label("", ..) => {}
            Place::Label(label, ..) => {
                let _ = write!(self.place, "{label}: ");
            }
        }
        if let Place::Label(_, notes, _) = place
            && log::log_enabled!(log::Level::Warn)
        {
            for note in notes {
                let text = format!("{}: {}{note}", self.settings.tool, self.place);
                self.note(&format!("{}\n", terminal::clean(&text)));
            }
        }
    }

    fn begin_line(&mut self, line: u64, file: Option<&str>) {
        if let Some(file) = file {
            let _ = write!(self.place, "{file}: ");
        }
        let _ = write!(self.place, "line {line}: ");
    }

    /// Begins an error of the input itself, which has no position.
    pub(super) fn begin_trouble(&mut self) {
        self.place.clear();
    }

    /// Writes the rest of the block and ends its turn.
    pub(super) fn end_block(&mut self) {
        self.flush();
        self.order.end_turn(self.ticket);
        self.exit = Exit::Done;
        self.is_stopped = false;
    }

    /// Writes the results so far, once it is this block's turn.
    fn flush(&mut self) {
        let order = self.order;
        order.in_turn(self.ticket, |streams| {
            if streams.is_stopped {
                self.is_stopped = true;
                return;
            }
            let _ = streams.stderr.write_all(self.messages.as_bytes());
            streams.write(self.settings.tool, &mut self.out);
            for (kind, count) in std::mem::take(&mut self.left_out) {
                *streams.left_out.entry(kind).or_default() += count;
            }
            streams.exit = streams.exit.max(self.exit);
            streams.is_stopped |= self.is_stopped;
        });
        self.out.clear();
        self.messages.clear();
    }
}
