//! Where captured requests go: one thread that writes them in their order, each as soon as it is there.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use countersign_shared::cli;
use countersign_shared::error::{Error, Exit};
use countersign_shared::formats::{Files, InputFormat, OutputFormat, Reader, Writer};
use countersign_shared::places;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc};

use crate::conversation::Record;
use crate::line;
use crate::observer::Detail;

/// How many records may wait to be written.
const QUEUE: usize = 4096;

/// How many bytes the waiting records may hold together; a slow reader of our output then slows the traffic down.
const ROOM: usize = 64 * 1024 * 1024;

/// Output beyond this many bytes is written before more is formatted.
const WRITE_AT: usize = 1 << 20;

/// What is written.
#[derive(Debug)]
pub(crate) struct Form {
    /// Requests or whole exchanges.
    pub(crate) detail: Detail,
    /// The format.
    pub(crate) writer: Writer,
    /// After how many the capture ends.
    pub(crate) count: Option<u64>,
    /// Where a copy of every line goes.
    pub(crate) save: Option<PathBuf>,
}

/// The end that records are put into.
#[derive(Clone, Debug)]
pub(crate) struct Sink {
    queue: mpsc::Sender<Waiting>,
    room: Arc<Semaphore>,
}

enum Waiting {
    Record {
        record: Box<Record>,
        /// Given back when the record was formatted.
        _room: OwnedSemaphorePermit,
    },
    /// Nothing comes after this.
    End,
}

impl Sink {
    /// Puts a record in its place in the order. Waits while too much is waiting already.
    pub(crate) async fn send(&self, record: Record) {
        let size = |body: Option<&crate::copy::Copy>| body.map_or(0, |body| body.bytes().len());
        let response = record.response.as_ref();
        let heads = record.request.head.size() + response.map_or(0, |response| response.head.size());
        let bodies = size(record.request.body.as_ref()) + size(response.map(|response| &response.body));
        let permits = u32::try_from((heads + bodies).min(ROOM)).unwrap_or(u32::MAX);
        // Both fail only after the writing thread has ended, and then nobody wants the record.
        if let Ok(room) = Arc::clone(&self.room).acquire_many_owned(permits).await {
            let _ = self.queue.send(Waiting::Record { record: Box::new(record), _room: room }).await;
        }
    }

    /// Says that no record will follow.
    pub(crate) async fn end(&self) {
        let _ = self.queue.send(Waiting::End).await;
    }
}

/// The writing thread.
#[derive(Debug)]
pub(crate) struct Output {
    thread: JoinHandle<Exit>,
    /// Told when nothing more will be written: enough was captured, or stdout is closed or broken.
    pub(crate) ended: Arc<Notify>,
}

impl Output {
    /// Starts writing to standard output.
    ///
    /// # Errors
    /// The file to save to cannot be opened.
    pub(crate) fn start(form: Form) -> Result<(Self, Sink), Error> {
        let saved = form.save.as_deref().map(open_saved).transpose()?;
        let (queue, records) = mpsc::channel(QUEUE);
        let ended = Arc::new(Notify::new());
        let writing = Writing {
            form,
            saved,
            ended: Arc::clone(&ended),
            state: State::Open,
            written: 0,
            exit: Exit::Done,
            out: Vec::new(),
            lines: Vec::new(),
        };
        let thread = std::thread::Builder::new()
            .name("output".to_owned())
            .spawn(move || writing.run(records))
            .map_err(|error| Error::Failed(format!("no thread can be started: {error}")))?;
        Ok((Self { thread, ended }, Sink { queue, room: Arc::new(Semaphore::new(ROOM)) }))
    }

    /// Waits until everything is written, after [`Sink::end`].
    pub(crate) fn finish(self) -> Exit {
        // A panic has been reported by its thread.
        self.thread.join().unwrap_or(Exit::Failed)
    }
}

/// Opens a file to append to, 0600 if it is new.
fn open_saved(path: &Path) -> Result<File, Error> {
    places::private_file(fs::OpenOptions::new().append(true).create(true), path)
        .map_err(|source| Error::File { path: path.to_owned(), source })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    /// Enough was written.
    Complete,
    /// Nothing can be written any more.
    Closed,
}

#[derive(Clone, Copy)]
enum Target {
    Stdout,
    File,
}

/// Empties a buffer; one that a large body made large gives its memory back.
fn empty(buffer: &mut Vec<u8>) {
    buffer.clear();
    buffer.shrink_to(2 * WRITE_AT);
}

struct Writing {
    form: Form,
    saved: Option<File>,
    ended: Arc<Notify>,
    state: State,
    written: u64,
    exit: Exit,
    /// For stdout.
    out: Vec<u8>,
    /// For the file.
    lines: Vec<u8>,
}

impl Writing {
    fn run(mut self, mut records: mpsc::Receiver<Waiting>) -> Exit {
        while let Some(Waiting::Record { record, .. }) = records.blocking_recv() {
            self.take(&record);
            while self.out.len() < WRITE_AT {
                match records.try_recv() {
                    Ok(Waiting::Record { record, .. }) => self.take(&record),
                    Ok(Waiting::End) => return self.finish(),
                    Err(_) => break,
                }
            }
            self.flush();
        }
        self.finish()
    }

    fn take(&mut self, record: &Record) {
        if self.state != State::Open {
            return;
        }
        if self.saved.is_some() {
            self.write_line(record, Target::File);
        }
        let frame = self.form.writer.frame();
        let before = self.out.len();
        self.out.extend_from_slice(if self.written == 0 { frame.head } else { frame.between }.as_bytes());
        match self.form.writer.to {
            OutputFormat::Json => self.write_line(record, Target::Stdout),
            // An entry, with the time that a line does not have.
            OutputFormat::Har => line::write_entry(record, &mut self.out),
            _ => {
                let mut line = Vec::new();
                line::write_request(&record.request, &mut line);
                if let Err(error) = convert(&self.form.writer, &line, &mut self.out) {
                    self.out.truncate(before);
                    self.exit = self.exit.max(cli::complain("capture", &error));
                    return;
                }
            }
        }
        self.written += 1;
        if self.form.count.is_some_and(|count| self.written >= count) {
            self.state = State::Complete;
        }
    }

    fn write_line(&mut self, record: &Record, target: Target) {
        let out = match target {
            Target::Stdout => &mut self.out,
            Target::File => &mut self.lines,
        };
        match self.form.detail {
            Detail::Requests => line::write_request(&record.request, out),
            Detail::Exchanges => line::write_entry(record, out),
        }
        out.push(b'\n');
    }

    fn flush(&mut self) {
        if let Some(file) = &mut self.saved
            && let Err(source) = file.write_all(&self.lines)
        {
            let path = self.form.save.clone().unwrap_or_default();
            self.exit = self.exit.max(cli::complain("capture", &Error::File { path, source }));
            self.saved = None;
        }
        empty(&mut self.lines);
        if self.state != State::Closed && !self.out.is_empty() {
            let mut stdout = io::stdout().lock();
            if let Err(error) = stdout.write_all(&self.out).and_then(|()| stdout.flush()) {
                self.state = State::Closed;
                // The reader has what it wanted (`| head -1`).
                if error.kind() != io::ErrorKind::BrokenPipe {
                    self.exit = self.exit.max(cli::complain("capture", &Error::Write(error)));
                }
            }
        }
        empty(&mut self.out);
        if self.state != State::Open {
            self.ended.notify_one();
        }
    }

    fn finish(mut self) -> Exit {
        let frame = self.form.writer.frame();
        if self.written == 0 {
            self.out.extend_from_slice(frame.head.as_bytes());
        }
        self.out.extend_from_slice(frame.tail.as_bytes());
        self.flush();
        self.exit
    }
}

/// Writes a line in another format, just as `sign none` would.
pub(crate) fn convert(writer: &Writer, line: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
    let text = std::str::from_utf8(line).map_err(|error| Error::NotUtf8 { offset: error.valid_up_to() })?;
    let reader = Reader { from: InputFormat::Har, files: Files::Refused };
    let mut outcome = Ok(());
    reader.read(text, &mut |request| {
        outcome = request.and_then(|request| writer.write(&request, out));
    });
    outcome
}
