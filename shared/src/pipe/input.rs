//! Files and standard input as one stream of documents.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use super::frame::{Follow, Follower, Framing, Progress, starts_afresh};
use super::lines::{Cursor, Hopeless, next_line};
use crate::error::Error;
use crate::slice::Slice as _;
use crate::variables::Variables;

/// The number of bytes that are asked of the input at once.
const CHUNK: usize = 128 << 10;

/// The number of documents that came whole which a thread takes at once.
const WHOLE: usize = 64;

/// The size limit of a document in bytes. A 90 MB body fits, even in base64.
const LIMIT: usize = 128 << 20;

/// The amount of input that a thread takes at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Portion {
    /// All documents that have been read, for short work.
    #[default]
    Block,
    /// One document, for long work that the threads share.
    Document,
}

/// A source of documents.
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file, opened when its turn comes.
    File(PathBuf),
    /// Any other reader, such as standard input of which a part was read before.
    Reader(Box<dyn Read + Send>),
    /// Documents that need not be divided, such as the requests of a collection.
    Documents(Box<dyn Iterator<Item = Whole> + Send>),
}

/// A document that is whole already.
#[derive(Debug)]
pub struct Whole {
    /// The words for its place, which messages have in place of a line number.
    pub label: String,
    /// The document, or the reason why there is none.
    pub text: Result<String, Error>,
    /// Messages about it.
    pub notes: Vec<String>,
    /// The variables that it was made with. Those in its text are replaced already.
    pub variables: Variables,
}

/// All the inputs, and the way in which they divide into documents.
pub struct Source {
    /// The inputs, which are read one after another, as cat does.
    pub inputs: Vec<Input>,
    /// The way in which they divide.
    pub framing: Framing,
    /// The words for all of it, which start every message, or nothing: `row 3 of users.csv`.
    pub name: String,
}

impl Source {
    /// Returns a source of the files named, or of standard input if none is; `-` is standard input.
    #[must_use]
    pub fn from_files(files: &[PathBuf], framing: Framing) -> Self {
        let input = |path: &PathBuf| if path.as_os_str() == "-" { Input::Stdin } else { Input::File(path.clone()) };
        let inputs = if files.is_empty() { vec![Input::Stdin] } else { files.iter().map(input).collect() };
        Self { inputs, framing, name: String::new() }
    }
}

/// A block of whole documents.
#[derive(Default)]
pub(super) struct Batch {
    bytes: Vec<u8>,
    spans: Vec<Span>,
    file: Option<String>,
    trouble: Option<Error>,
    /// Documents that came whole. A block has these or spans.
    whole: Vec<Whole>,
}

#[derive(Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    line: u64,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Document,
    /// A document over [`LIMIT`], whose bytes were dropped.
    TooLong,
    /// A document that the end of the input leaves open, of which the span is the first line. That line alone may be a whole
    /// one by chance, so it is never read.
    Unfinished(fn() -> Error),
}

/// One document of a block.
pub(super) struct Document<'a> {
    pub(super) place: Place<'a>,
    pub(super) text: Result<&'a str, Error>,
}

/// The place of a document, as messages name it.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// The line on which it starts, and the file if there are several.
    Line(u64, Option<&'a str>),
    /// The words that came with it, messages about it, and the variables that it was made with.
    Label(&'a str, &'a [String], &'a Variables),
}

impl Batch {
    /// Returns the documents. The errors of those that came whole are handed over, so this is called once for a block.
    pub(super) fn documents(&mut self) -> impl Iterator<Item = Document<'_>> {
        let Self { bytes, spans, file, whole, .. } = self;
        let divided = spans
            .iter()
            .map(|span| Document { place: Place::Line(span.line, file.as_deref()), text: text(bytes, *span) });
        let whole = whole.iter_mut().map(|Whole { label, text, notes, variables }| Document {
            place: Place::Label(label, notes, variables),
            text: match text {
                Ok(text) => Ok(text.as_str()),
                Err(error) => Err(std::mem::replace(error, Error::Unfinished)),
            },
        });
        divided.chain(whole)
    }

    /// Returns the reason why the input could not be read to its end, if it could not.
    pub(super) fn take_trouble(&mut self) -> Option<Error> {
        self.trouble.take()
    }
}

fn text(bytes: &[u8], span: Span) -> Result<&str, Error> {
    match span.kind {
        Kind::Document => {}
        Kind::TooLong => return Err(Error::TooLong { limit: LIMIT >> 20 }),
        Kind::Unfinished(error) => return Err(error()),
    }
    let bytes = bytes.part(span.start..span.end);
    std::str::from_utf8(bytes).map_err(|error| Error::NotUtf8 { offset: error.valid_up_to() })
}

/// A reader that takes blocks off the inputs and divides them into documents.
pub(super) struct Reader {
    waiting: VecDeque<Input>,
    framing: Framing,
    portion: Portion,
    /// True if there are several inputs, so that messages name the file.
    several: bool,
    current: Option<Open>,
    /// The input whose documents are whole, while its turn lasts.
    documents: Option<Box<dyn Iterator<Item = Whole> + Send>>,
    /// Bytes that were read and belong to a later block.
    carry: Vec<u8>,
    /// The line number of the next byte of a block.
    line: u64,
}

struct Open {
    reader: Box<dyn Read + Send>,
    name: Option<String>,
    ended: bool,
    /// True while the rest of a line that was too long is dropped.
    discarding: bool,
    /// True while lines belong to a broken document.
    skipping: bool,
    /// The state of the document at the start of the block, if its end was not read yet.
    pending: Option<Pending>,
    /// The states in which no document is finished.
    hopeless: Hopeless,
}

/// A document whose end has not been read yet. It keeps the place up to which the document was followed, so that no byte is
/// looked at twice, however slowly the document arrives.
struct Pending {
    follower: Follower,
    /// The number of bytes from the document's start to the first line that was not looked at.
    length: usize,
    /// The number of lines from the document's start to that line.
    lines: u64,
}

impl Reader {
    pub(super) fn new(source: Source, portion: Portion) -> Self {
        Self {
            portion,
            several: source.inputs.len() > 1,
            waiting: source.inputs.into(),
            framing: source.framing,
            current: None,
            documents: None,
            carry: Vec::new(),
            line: 1,
        }
    }

    /// Fills the block with at least one document, or with an error. Returns false at the end of all inputs.
    pub(super) fn fill(&mut self, batch: &mut Batch) -> bool {
        loop {
            batch.spans.clear();
            batch.bytes.clear();
            batch.whole.clear();
            batch.trouble = None;
            if self.fill_whole(batch) {
                return true;
            }
            if self.current.is_none() {
                let Some(input) = self.waiting.pop_front() else { return false };
                if let Input::Documents(documents) = input {
                    self.documents = Some(documents);
                    continue;
                }
                match self.open(input) {
                    Ok(open) => self.current = Some(open),
                    Err(error) => {
                        batch.trouble = Some(error);
                        return true;
                    }
                }
            }
            self.fill_from_current(batch);
            if !batch.spans.is_empty() || batch.trouble.is_some() {
                return true;
            }
        }
    }

    /// Takes documents that are whole already. Returns false if there are none.
    fn fill_whole(&mut self, batch: &mut Batch) -> bool {
        let Some(documents) = &mut self.documents else { return false };
        let most = if self.portion == Portion::Document { 1 } else { WHOLE };
        let mut bytes = 0;
        while batch.whole.len() < most && bytes < CHUNK {
            let Some(document) = documents.next() else {
                self.documents = None;
                break;
            };
            bytes += document.text.as_ref().map_or(0, String::len);
            batch.whole.push(document);
        }
        !batch.whole.is_empty()
    }

    fn open(&mut self, input: Input) -> Result<Open, Error> {
        self.line = 1;
        self.carry.clear();
        let named = |name: String| self.several.then_some(name);
        let (reader, name): (Box<dyn Read + Send>, _) = match input {
            // Blocks are large, so that `Stdin`'s own buffer is bypassed.
            Input::Stdin => (Box::new(io::stdin()), named("-".to_owned())),
            Input::Reader(reader) => (reader, named("-".to_owned())),
            // These are taken before anything is opened.
            Input::Documents(_) => (Box::new(io::empty()), None),
            Input::File(path) => match File::open(&path) {
                Ok(file) => (Box::new(file), named(path.display().to_string())),
                Err(source) => return Err(Error::File { path, source }),
            },
        };
        Ok(Open {
            reader,
            name,
            ended: false,
            discarding: false,
            skipping: false,
            pending: None,
            hopeless: Hopeless::default(),
        })
    }

    /// Reads until a document is complete or the input ends.
    fn fill_from_current(&mut self, batch: &mut Batch) {
        std::mem::swap(&mut batch.bytes, &mut self.carry);
        self.carry.clear();
        let Some(open) = self.current.as_mut() else { return };
        batch.file.clone_from(&open.name);
        // A block that already holds a line break is divided before more is read: its producer may wait for our answer.
        let mut scanned = 0;
        loop {
            let divided = divide(batch, open, (self.framing, self.portion), &mut self.line, scanned);
            scanned = batch.bytes.len();
            if divided.is_done || open.ended {
                self.carry.extend_from_slice(batch.bytes.part(divided.rest..));
                if open.ended && self.carry.is_empty() {
                    self.current = None;
                }
                return;
            }
            match read_chunk(&mut *open.reader, &mut batch.bytes) {
                Ok(0) => open.ended = true,
                Ok(_) => {}
                Err(error) => {
                    batch.trouble = Some(match &open.name {
                        Some(name) => Error::File { path: PathBuf::from(name), source: error },
                        None => Error::Read(error),
                    });
                    self.current = None;
                    return;
                }
            }
        }
    }
}

fn read_chunk(reader: &mut dyn Read, bytes: &mut Vec<u8>) -> io::Result<usize> {
    let before = bytes.len();
    bytes.resize(before + CHUNK, 0);
    loop {
        let outcome = reader.read(bytes.get_mut(before..).unwrap_or_default());
        match outcome {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(count) => {
                bytes.truncate(before + count);
                return Ok(count);
            }
            Err(error) => {
                bytes.truncate(before);
                return Err(error);
            }
        }
    }
}

struct Divided {
    /// True if the block may be worked on.
    is_done: bool,
    /// The start of the bytes that belong to the next block.
    rest: usize,
}

/// Finds the documents that are complete. `scanned` bytes were looked at before and hold no line break that ends
/// a document.
fn divide(
    batch: &mut Batch,
    open: &mut Open,
    (framing, portion): (Framing, Portion),
    line: &mut u64,
    scanned: usize,
) -> Divided {
    let mut cursor = Cursor { at: 0, line: *line };
    // Some editors begin a file with a byte order mark, which is no part of its first document.
    if cursor.line == 1 && batch.bytes.starts_with(b"\xef\xbb\xbf") {
        cursor.at = 3;
    }
    if open.discarding && !discard(batch, open, &mut cursor) {
        *line = cursor.line;
        return Divided { is_done: false, rest: 0 };
    }
    // Only a line break ends a document: if the new bytes have none, the old ones need no second look.
    if !open.ended && memchr::memchr(b'\n', batch.bytes.part(scanned..)).is_none() {
        return give_up_if_too_long(batch, open, cursor, line);
    }
    while let Some(document) = next_document(&batch.bytes, cursor, open, framing) {
        if document.start < document.end {
            let Found { start, end, line, kind, .. } = document;
            batch.spans.push(Span { start, end, line, kind });
        }
        cursor = document.after;
        if portion == Portion::Document && !batch.spans.is_empty() {
            break;
        }
    }
    if batch.spans.is_empty() {
        return give_up_if_too_long(batch, open, cursor, line);
    }
    *line = cursor.line;
    Divided { is_done: true, rest: cursor.at }
}

struct Found {
    start: usize,
    end: usize,
    line: u64,
    kind: Kind,
    after: Cursor,
}

/// Drops bytes up to the end of a line that was too long. Returns true if the line has ended.
fn discard(batch: &mut Batch, open: &mut Open, cursor: &mut Cursor) -> bool {
    match memchr::memchr(b'\n', &batch.bytes) {
        Some(at) => {
            cursor.at = at + 1;
            cursor.line += 1;
            open.discarding = false;
            true
        }
        None => {
            batch.bytes.clear();
            open.ended
        }
    }
}

fn give_up_if_too_long(batch: &mut Batch, open: &mut Open, cursor: Cursor, line: &mut u64) -> Divided {
    if batch.bytes.len() - cursor.at <= LIMIT {
        // The bytes before the cursor are blank lines and skipped ones.
        batch.bytes.drain(..cursor.at);
        *line = cursor.line;
        return Divided { is_done: false, rest: 0 };
    }
    batch.spans.push(Span { start: 0, end: 0, line: cursor.line, kind: Kind::TooLong });
    batch.bytes.clear();
    batch.bytes.shrink_to(CHUNK);
    open.discarding = true;
    // The lines that come next are the rest of the document, unless they look like another one.
    open.skipping = open.pending.take().is_some();
    *line = cursor.line;
    Divided { is_done: true, rest: 0 }
}

/// Returns the next complete document, or an empty one for a blank line and for the rest of a broken document.
fn next_document(bytes: &[u8], from: Cursor, open: &mut Open, framing: Framing) -> Option<Found> {
    let (first, after_first) = next_line(bytes, from, open.ended)?;
    let (mut follower, mut after) = match open.pending.take() {
        Some(pending) => {
            let after = Cursor { at: from.at + pending.length, line: from.line + pending.lines };
            (pending.follower, after)
        }
        None if first.trim_ascii().is_empty() || (open.skipping && !starts_afresh(first)) => {
            return Some(Found { start: 0, end: 0, line: from.line, kind: Kind::Document, after: after_first });
        }
        None => (framing(first), from),
    };
    open.skipping = false;
    loop {
        match next_line(bytes, after, open.ended) {
            Some((line, after_line)) => {
                after = after_line;
                match follower.line(line) {
                    Progress::Complete => break,
                    Progress::Broken => return Some(broken(bytes, from, after_first, open, Kind::Document)),
                    Progress::Open => {
                        if let Some(error) = follower.own().and_then(|own| open.hopeless.at(after.line, own.state())) {
                            open.hopeless.learn(bytes, from, framing);
                            return Some(broken(bytes, from, after_first, open, Kind::Unfinished(error)));
                        }
                    }
                }
            }
            // The input has ended, so that no line will finish the document.
            None if open.ended => match follower.own().map(Follow::end) {
                Some(Ok(())) => break,
                Some(Err(error)) => {
                    open.hopeless.error = Some(error);
                    open.hopeless.learn(bytes, from, framing);
                    return Some(broken(bytes, from, after_first, open, Kind::Unfinished(error)));
                }
                None => return Some(broken(bytes, from, after_first, open, Kind::Document)),
            },
            None => {
                let pending = Pending { follower, length: after.at - from.at, lines: after.line - from.line };
                open.pending = Some(pending);
                return None;
            }
        }
    }
    Some(Found { start: from.at, end: trimmed(bytes, from.at, after.at), line: from.line, kind: Kind::Document, after })
}

/// Returns the first line alone as the bad document; the lines after it are read as documents of their own.
fn broken(bytes: &[u8], from: Cursor, after_first: Cursor, open: &mut Open, kind: Kind) -> Found {
    open.skipping = true;
    Found { start: from.at, end: trimmed(bytes, from.at, after_first.at), line: from.line, kind, after: after_first }
}

fn trimmed(bytes: &[u8], start: usize, end: usize) -> usize {
    start + bytes.part(start..end).trim_ascii_end().len()
}
