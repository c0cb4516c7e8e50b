//! The rounds of a run: one for each row of `--data`, in each of which all requests are made.

use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use countersign_shared::collections::documents::Choice;
use countersign_shared::collections::source::{self, Opening};
use countersign_shared::error::{Error, Exit};
use countersign_shared::formats::Reader;
use countersign_shared::lock::lock;
use countersign_shared::pipe::{self, Filter, Frame, OnError, Settings};
use countersign_shared::variables::{Rank, Scope, Variables};

use crate::tally::Screen;

/// The rounds of a run, which write one document together.
pub(crate) struct Rounds<'f> {
    settings: Settings,
    /// The files, and what is chosen of collections.
    input: Named<'f>,
    rows: Vec<Scope>,
    /// The inputs that every round opens.
    opening: Opening,
    /// The stream for the results of all rounds.
    stdout: Shared,
    /// The stream for their messages.
    stderr: Screen,
}

/// A stream that all rounds write to.
type Shared = Arc<Mutex<Box<dyn Write + Send>>>;

/// The files that are named, and what is chosen of collections in them.
type Named<'f> = (&'f [PathBuf], &'f Choice);

impl<'f> Rounds<'f> {
    /// Returns the rounds for these rows, or a single one without any.
    ///
    /// # Errors
    /// Returns [`Error::Read`] if the standard input is to be read several times and cannot be read, and [`Error::Usage`] if a
    /// file is to be that can be read only once.
    pub(crate) fn new(
        settings: Settings,
        input: Named<'f>,
        rows: Vec<Scope>,
        (stdout, stderr): (Box<dyn Write + Send>, Screen),
    ) -> Result<Self, Error> {
        let (files, _) = input;
        if let Some(file) = files.iter().find(|file| rows.len() > 1 && is_read_once(file)) {
            let file = file.display();
            let problem =
                format!("--data reads the input for each row, and {file} can be read only once: give it on stdin");
            return Err(Error::Usage(problem));
        }
        let reads_stdin = files.is_empty() || files.iter().any(|file| is_stdin(file));
        let stdin = if reads_stdin && rows.len() > 1 { Some(all_of_stdin()?) } else { None };
        let opening = Opening { stdin, ..Opening::default() };
        Ok(Self { settings, input, rows, opening, stdout: Arc::new(Mutex::new(stdout)), stderr })
    }

    /// Runs each round with its variables.
    ///
    /// # Errors
    /// Returns the error of `work` if a round cannot be started.
    pub(crate) fn run(
        self,
        variables: &Variables,
        mut work: impl FnMut(Variables, &Round<'_>) -> Result<Exit, Error>,
    ) -> Result<Exit, Error> {
        let written = Arc::new(AtomicUsize::new(0));
        let count = self.rows.len().max(1);
        let mut exit = Exit::Done;
        let mut rows = self.rows.into_iter();
        for index in 0..count {
            let row = rows.next();
            let name = row.as_ref().map(|row| row.label().to_owned()).unwrap_or_default();
            let opening = Opening { name, ..self.opening.clone() };
            let variables = row.map_or_else(|| variables.clone(), |row| variables.with(Rank::Row, row));
            let whole = self.settings.frame;
            let head = match (index, written.load(Ordering::SeqCst) > whole.head.len()) {
                (0, _) => whole.head,
                (_, true) => whole.between,
                (_, false) => "",
            };
            let tail = if index + 1 == count { whole.tail } else { "" };
            let settings = Settings { frame: Frame { head, tail, ..whole }, ..self.settings };
            let streams = (&self.stdout, &self.stderr);
            let round = Round { settings, input: self.input, opening, streams, written: &written };
            let outcome = work(variables, &round)?;
            exit = exit.max(outcome);
            if outcome != Exit::Done && self.settings.on_error == OnError::Stop {
                break;
            }
        }
        Ok(exit)
    }
}

/// One round.
pub(crate) struct Round<'r> {
    settings: Settings,
    input: Named<'r>,
    opening: Opening,
    streams: (&'r Shared, &'r Screen),
    written: &'r Arc<AtomicUsize>,
}

impl Round<'_> {
    /// Runs every document of the input through the filter.
    ///
    /// # Errors
    /// Returns the error of [`source::open`] if the input cannot be opened.
    pub(crate) fn with<F: Filter>(&self, filter: &F, reader: &Reader) -> Result<Exit, Error> {
        let (files, choice) = self.input;
        let source = source::open(files, reader, choice, &self.opening)?;
        let (stdout, stderr) = self.streams;
        let stdout = Box::new(Counted { stream: Arc::clone(stdout), written: Arc::clone(self.written) });
        Ok(pipe::run(self.settings, source, stdout, Box::new(stderr.clone()), filter))
    }
}

/// A stream that counts what is written to it, so that a later round knows if there are results before its own.
struct Counted {
    stream: Shared,
    written: Arc<AtomicUsize>,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = lock(&self.stream).write(bytes)?;
        self.written.fetch_add(count, Ordering::SeqCst);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        lock(&self.stream).flush()
    }
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// Returns true for what a shell makes of `<(command)`.
fn is_read_once(file: &Path) -> bool {
    !is_stdin(file) && std::fs::metadata(file).is_ok_and(|file| !file.is_file() && !file.is_dir())
}

fn all_of_stdin() -> Result<Arc<[u8]>, Error> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(Error::Read)?;
    Ok(bytes.into())
}
