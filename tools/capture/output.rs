//! The output: one thread writes what was captured in its order, each line as soon as it is there.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use countersign_shared::cli::complain;
use countersign_shared::error::{Error, Exit};
use countersign_shared::formats::{OutputFormat, Writer};
use countersign_shared::pipe::FramedOutput;
use countersign_shared::places;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc};

use crate::captured::Detail;
use crate::exchange::Exchange;
use crate::notice::TOOL;

/// The largest number of exchanges that wait to be written.
const QUEUE: usize = 4096;

/// The largest number of bytes that the waiting exchanges hold together. A slow reader of our output then slows the traffic down.
const ROOM: usize = 64 * 1024 * 1024;

/// Output beyond this many bytes is written before more is formatted.
const WRITE_AT: usize = 1 << 20;

/// The settings of the output.
#[derive(Debug)]
pub(crate) struct OutputSettings {
    /// Requests, or whole exchanges.
    pub(crate) detail: Detail,
    /// The format.
    pub(crate) writer: Writer,
    /// The number of results after which the capture ends.
    pub(crate) count: Option<u64>,
    /// A file that every line is appended to as well.
    pub(crate) save: Option<PathBuf>,
}

/// The end of the queue that exchanges are put into.
#[derive(Clone, Debug)]
pub(crate) struct ExchangeSender {
    queue: mpsc::Sender<Waiting>,
    room: Arc<Semaphore>,
}

enum Waiting {
    Exchange {
        exchange: Box<dyn Exchange>,
        /// Given back when the exchange has been formatted.
        _room: OwnedSemaphorePermit,
    },
    /// Nothing follows.
    End,
}

impl ExchangeSender {
    /// Puts an exchange into the queue. Waits while the queue is full.
    pub(crate) async fn send(&self, exchange: Box<dyn Exchange>) {
        // An exchange that is larger than all the room would wait for ever, so it takes the whole room.
        let permits = u32::try_from(exchange.size().min(ROOM)).unwrap_or(u32::MAX);
        // Both fail only after the writing thread has ended. The exchange is then not wanted any more.
        if let Ok(room) = Arc::clone(&self.room).acquire_many_owned(permits).await {
            let _ = self.queue.send(Waiting::Exchange { exchange, _room: room }).await;
        }
    }

    /// Says that nothing follows.
    pub(crate) async fn end(&self) {
        // This fails only after the writing thread has ended, and then there is nothing left to end.
        let _ = self.queue.send(Waiting::End).await;
    }
}

/// The writing thread.
#[derive(Debug)]
pub(crate) struct Output {
    thread: JoinHandle<Exit>,
    /// Notified when nothing more will be written: enough was captured, or stdout is closed or broken.
    pub(crate) ended: Arc<Notify>,
}

impl Output {
    /// Starts the thread that writes to standard output.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the file to save to cannot be opened, and [`Error::Failed`] if the thread cannot be
    /// started.
    pub(crate) fn start(settings: OutputSettings) -> Result<(Self, ExchangeSender), Error> {
        // The file is opened before the thread starts, so that a wrong name is an error before anything is captured.
        let saved = settings.save.as_deref().map(open_saved).transpose()?;
        let (queue, exchanges) = mpsc::channel(QUEUE);
        let ended = Arc::new(Notify::new());
        let writing = Writing {
            stdout: FramedOutput::new(settings.writer.output(Box::new(io::stdout()))?, settings.writer.frame()),
            settings,
            saved,
            ended: Arc::clone(&ended),
            written: 0,
            exit: Exit::Done,
            results: Vec::new(),
            lines: Vec::new(),
        };
        // Writing to a pipe blocks for as long as its reader likes, and that must not stop the relaying.
        let thread = std::thread::Builder::new()
            .name("output".to_owned())
            .spawn(move || writing.run(exchanges))
            .map_err(|error| Error::Failed(format!("no thread can be started: {error}")))?;
        Ok((Self { thread, ended }, ExchangeSender { queue, room: Arc::new(Semaphore::new(ROOM)) }))
    }

    /// Waits, after [`ExchangeSender::end`], until everything is written. Returns the exit code.
    pub(crate) fn finish(self) -> Exit {
        // A panic has been reported by its thread.
        self.thread.join().unwrap_or(Exit::Failed)
    }
}

/// Opens the file to append to.
fn open_saved(path: &Path) -> Result<File, Error> {
    places::append_private(path).map_err(|source| Error::File { path: path.to_owned(), source })
}

/// Empties a buffer. One that a large body made large gives its memory back.
fn empty(buffer: &mut Vec<u8>) {
    buffer.clear();
    buffer.shrink_to(2 * WRITE_AT);
}

/// The state of the writing thread.
struct Writing {
    settings: OutputSettings,
    stdout: FramedOutput<Box<dyn Write + Send>>,
    saved: Option<File>,
    ended: Arc<Notify>,
    /// The number of results that were formatted.
    written: u64,
    exit: Exit,
    /// Results for stdout that are not written yet.
    results: Vec<u8>,
    /// Lines for the file that are not written yet.
    lines: Vec<u8>,
}

impl Writing {
    fn run(mut self, mut exchanges: mpsc::Receiver<Waiting>) -> Exit {
        while let Some(Waiting::Exchange { exchange, .. }) = exchanges.blocking_recv() {
            self.take(&*exchange);
            // Exchanges that wait already are written together. None is waited for, so that a line is out at once.
            while self.results.len() < WRITE_AT {
                match exchanges.try_recv() {
                    Ok(Waiting::Exchange { exchange, .. }) => self.take(&*exchange),
                    Ok(Waiting::End) => return self.finish(),
                    Err(_) => break,
                }
            }
            self.flush();
        }
        self.finish()
    }

    fn is_over(&self) -> bool {
        self.stdout.is_closed() || self.settings.count.is_some_and(|count| self.written >= count)
    }

    fn take(&mut self, exchange: &dyn Exchange) {
        if self.is_over() {
            return;
        }
        // The line is saved before the result is formatted, so that a request that the format cannot hold is still in
        // the file.
        if self.saved.is_some() {
            write_line(exchange, self.settings.detail, &mut self.lines);
        }
        let before = self.results.len();
        self.stdout.separate(&mut self.results);
        if let Err(error) = self.format(exchange) {
            self.results.truncate(before);
            self.exit = self.exit.max(complain(TOOL, &error));
            return;
        }
        self.written += 1;
    }

    fn format(&mut self, exchange: &dyn Exchange) -> Result<(), Error> {
        match self.settings.writer.to {
            OutputFormat::Json => write_line(exchange, self.settings.detail, &mut self.results),
            // An entry holds the time, which a line does not.
            OutputFormat::Har => exchange.entry().write(&mut self.results),
            _ => {
                let request = exchange.request();
                self.settings.writer.write(&request.to_request()?, &mut self.results)?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) {
        if let Some(file) = &mut self.saved
            && let Err(source) = file.write_all(&self.lines)
        {
            let path = self.settings.save.clone().unwrap_or_default();
            self.exit = self.exit.max(complain(TOOL, &Error::File { path, source }));
            // A full disk would fail for every further line too, so the capture goes on without the file.
            self.saved = None;
        }
        empty(&mut self.lines);
        let written = self.stdout.write(&mut self.results);
        self.report(written);
        empty(&mut self.results);
        if self.is_over() {
            // Unlike `notify_waiters`, this is not lost on a capture that does not wait yet.
            self.ended.notify_one();
        }
    }

    fn report(&mut self, written: Result<(), Error>) {
        if let Err(error) = written {
            self.exit = self.exit.max(complain(TOOL, &error));
        }
    }

    fn finish(mut self) -> Exit {
        self.flush();
        let finished = self.stdout.finish();
        self.report(finished);
        self.exit
    }
}

/// Appends a line as `json` has it: a request, or a HAR entry.
fn write_line(exchange: &dyn Exchange, detail: Detail, out: &mut Vec<u8>) {
    match detail {
        Detail::Requests => exchange.request().write_line(out),
        Detail::Exchanges => exchange.entry().write(out),
    }
    out.push(b'\n');
}
