//! The pipe: how documents get in, how results get out, and when.
//!
//! A worker takes a block of whole documents off the input, works on it, waits for its turn and writes the results at
//! once. So the order never changes, a live producer never waits for a full buffer, and memory stays bounded however
//! many threads there are and however long the stream.

mod batch;
mod divide;
mod entries;
mod frame;
mod input;
mod lines;
mod order;
mod output;
mod portion;
mod settings;
mod sink;
mod value;

use std::io::Write;
use std::sync::Mutex;

use crate::error::Exit;
use crate::lock::lock;

use batch::Batch;
pub use batch::Whole;
pub use frame::{Behind, Follow, Follower, Framing, Progress};
use input::Reader;
pub use input::{Input, Source};
use order::Ordered;
pub use order::{Proceed, in_order};
pub use output::{Frame, FramedOutput};
pub use portion::Portion;
pub use settings::{OnError, Settings};
pub use sink::Sink;
use sink::Streams;

/// The work of a tool on each document.
pub trait Filter: Sync {
    /// The state that one thread keeps from document to document.
    type Worker;
    /// Makes a thread's state.
    fn worker(&self) -> Self::Worker;
    /// Turns one document into results.
    fn document(&self, worker: &mut Self::Worker, text: &str, sink: &mut Sink<'_>);
    /// Takes notice of a document that cannot be read, which is reported already.
    fn unreadable(&self) {}
}

/// Runs every document of the input through the filter.
pub fn run<F: Filter>(
    settings: Settings,
    source: Source,
    stdout: Box<dyn Write + Send>,
    stderr: Box<dyn Write + Send>,
    filter: &F,
) -> Exit {
    let pool = Pool {
        settings,
        name: source.name.clone(),
        input: Mutex::new((Reader::new(source, settings.portion), 0)),
        order: Ordered::new(Streams::new(FramedOutput::new(stdout, settings.frame), stderr)),
    };
    if settings.jobs <= 1 {
        pool.work(filter);
    } else {
        std::thread::scope(|scope| {
            for _ in 0..settings.jobs {
                scope.spawn(|| pool.work(filter));
            }
        });
    }
    pool.order.now(|streams| streams.finish(settings.tool))
}

/// The parts of a run that its threads share.
struct Pool {
    settings: Settings,
    /// The words for the source.
    name: String,
    /// The input, and the ticket of the next block.
    input: Mutex<(Reader, u64)>,
    order: Ordered<Streams>,
}

impl Pool {
    fn work<F: Filter>(&self, filter: &F) {
        let mut worker = filter.worker();
        let mut batch = Batch::default();
        let mut sink = Sink::new((self.settings, &self.name), &self.order);
        while let Some(ticket) = self.take(&mut batch) {
            sink.begin_block(ticket);
            for document in batch.documents() {
                if sink.is_stopped() {
                    break;
                }
                sink.begin(document.place);
                match document.text {
                    Ok(text) => filter.document(&mut worker, text, &mut sink),
                    Err(error) => {
                        sink.error(error);
                        filter.unreadable();
                    }
                }
            }
            if let Some(error) = batch.take_trouble() {
                sink.begin_trouble();
                sink.error(error);
            }
            sink.end_block();
        }
    }

    /// Takes the next block and draws its ticket. Returns `None` at the end of the input, or if the run was stopped.
    fn take(&self, batch: &mut Batch) -> Option<u64> {
        // The lock is held while the block is read, so that tickets have the order of the input.
        let mut input = lock(&self.input);
        let (reader, next) = &mut *input;
        if self.order.now(|streams| streams.is_stopped) || !reader.fill(batch) {
            return None;
        }
        *next += 1;
        Some(*next - 1)
    }
}
