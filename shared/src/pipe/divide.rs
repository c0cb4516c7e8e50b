//! The division of an input into documents, block by block.

use super::batch::{Batch, Kind, LIMIT, Span};
use super::entries::{self, Entries, Start, Step};
use super::frame::{Behind, Follow, Follower, Framing, Progress, starts_afresh};
use super::lines::{Cursor, next_line};
use super::portion::Portion;
use super::value::Value;
use crate::error::Error;
use crate::slice::Slice as _;

/// The state of one input between two blocks.
pub(super) struct Divider {
    framing: Framing,
    portion: Portion,
    /// True once the input has ended.
    pub(super) has_ended: bool,
    /// The line number of the next byte.
    line: u64,
    /// The bytes that are dropped, if a document was too long or wrong.
    dropped: Option<Dropped>,
    /// True while lines belong to a broken document.
    skipping: bool,
    /// The state of the document at the start of the block, if its end was not read yet.
    pending: Option<Pending>,
    /// The HAR file that the block starts in.
    file: Option<OpenFile>,
    /// The rule for the lines behind a document, and true once an error was told by it.
    behind: Option<(Behind, bool)>,
}

/// Bytes that belong to no document.
enum Dropped {
    /// The rest of a line.
    Line,
    /// The rest of a JSON value.
    Value(Value),
    /// The rest of the input.
    Rest,
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

/// A HAR file whose entries are read.
struct OpenFile {
    entries: Entries,
    /// The line on which it starts.
    line: u64,
    /// The number of bytes behind the cursor that were looked at.
    seen: usize,
}

/// The outcome of a look at a block.
pub(super) struct Divided {
    /// True if the block may be worked on.
    pub(super) is_done: bool,
    /// The start of the bytes that belong to the next block.
    pub(super) rest: usize,
}

impl Divided {
    const NOT_YET: Self = Self { is_done: false, rest: 0 };
}

/// The next thing to do with a block.
enum Flow {
    GoOn,
    NeedsMore,
}

impl Divider {
    /// Starts at the first line of an input.
    pub(super) const fn new(framing: Framing, portion: Portion) -> Self {
        Self {
            framing,
            portion,
            has_ended: false,
            line: 1,
            dropped: None,
            skipping: false,
            pending: None,
            file: None,
            behind: None,
        }
    }

    /// Finds the documents that are complete. `scanned` bytes were looked at before and hold no line break that ends
    /// a document.
    pub(super) fn divide(&mut self, batch: &mut Batch, scanned: usize) -> Divided {
        let mut cursor = Cursor { at: 0, line: self.line };
        // Some editors begin a file with a byte order mark, which is no part of its first document.
        if cursor.line == 1 && batch.bytes.starts_with(b"\xef\xbb\xbf") {
            cursor.at = 3;
        }
        if let Some(error) = self.encoding(&batch.bytes) {
            batch.spans.push(Span { start: 0, end: 0, line: 1, entry: 0, kind: Kind::Wrong(error) });
            self.dropped = Some(Dropped::Rest);
        }
        let mut is_unchanged = !self.has_ended && memchr::memchr(b'\n', batch.bytes.part(scanned..)).is_none();
        loop {
            let flow = if self.dropped.is_some() {
                self.drop_bytes(batch, &mut cursor)
            } else if self.file.is_some() {
                self.entries(batch, &mut cursor)
            } else {
                match self.start(batch.bytes.part(cursor.at..)) {
                    Start::Har(shape) => {
                        self.skipping = false;
                        self.file = Some(OpenFile { entries: Entries::new(shape), line: cursor.line, seen: 0 });
                        Flow::GoOn
                    }
                    Start::Open if !self.has_ended => Flow::NeedsMore,
                    // Only a line break ends a document: if the new bytes have none, the old ones need no second look.
                    _ if is_unchanged => Flow::NeedsMore,
                    _ => self.document(batch, &mut cursor),
                }
            };
            is_unchanged = false;
            let is_full = self.portion == Portion::Document && !batch.spans.is_empty();
            if matches!(flow, Flow::NeedsMore) || is_full {
                break;
            }
        }
        if batch.spans.is_empty() {
            return self.give_up_if_too_long(batch, cursor);
        }
        self.line = cursor.line;
        Divided { is_done: true, rest: cursor.at }
    }

    /// Returns the error for an input that is not text as it is.
    fn encoding(&self, bytes: &[u8]) -> Option<fn() -> Error> {
        let is_start = self.line == 1 && self.pending.is_none() && self.file.is_none() && self.dropped.is_none();
        match bytes {
            _ if !is_start => None,
            [0xff, 0xfe, ..]
            | [0xfe, 0xff, ..]
            | [b'{' | b'[' | b'c' | b'h', 0, ..]
            | [0, b'{' | b'[' | b'c' | b'h', ..] => {
                Some(|| Error::Encoded { what: "is UTF-16; iconv -f UTF-16 -t UTF-8 makes it readable" })
            }
            [0x1f, 0x8b, ..] => Some(|| Error::Encoded { what: "is gzip; zcat or gunzip -c makes it readable" }),
            _ => None,
        }
    }

    /// Judges what begins here: a HAR file is divided at its entries.
    fn start(&self, bytes: &[u8]) -> Start {
        let begins_here = self.pending.is_none() && self.behind.is_none() && bytes.first() == Some(&b'{');
        if begins_here && (self.framing)(bytes).is_json() { entries::start(bytes) } else { Start::Other }
    }

    /// Takes the next document, or a line that is none.
    fn document(&mut self, batch: &mut Batch, cursor: &mut Cursor) -> Flow {
        let Some(found) = self.next_document(&batch.bytes, *cursor) else { return Flow::NeedsMore };
        let Found { start, end, line, kind, after } = found;
        if start < end {
            batch.spans.push(Span { start, end, line, entry: 0, kind });
        }
        *cursor = after;
        Flow::GoOn
    }

    /// Drops bytes that belong to no document.
    fn drop_bytes(&mut self, batch: &Batch, cursor: &mut Cursor) -> Flow {
        let rest = batch.bytes.part(cursor.at..);
        let end = match &mut self.dropped {
            Some(Dropped::Line) => memchr::memchr(b'\n', rest).map(|at| at + 1),
            Some(Dropped::Value(value)) => value.end(rest),
            Some(Dropped::Rest) | None => None,
        };
        if end.is_some() {
            self.dropped = None;
        }
        pass(cursor, rest.part(..end.unwrap_or(rest.len())));
        if end.is_some() { Flow::GoOn } else { Flow::NeedsMore }
    }

    /// Takes the next entry of a HAR file.
    fn entries(&mut self, batch: &mut Batch, cursor: &mut Cursor) -> Flow {
        let Some(file) = &mut self.file else { return Flow::GoOn };
        let span = |kind, entry| Span { start: 0, end: 0, line: file.line, entry, kind };
        let step = file.entries.next(&batch.bytes, cursor.at, cursor.at + file.seen);
        let (to, wrong) = match step {
            Step::Entry { start, end } => {
                batch.spans.push(Span { start, end, ..span(Kind::Document, file.entries.count) });
                (end, None)
            }
            Step::More { from, .. } if self.has_ended => {
                let entry = if file.entries.is_within_entry() { file.entries.count } else { 0 };
                (batch.bytes.len().max(from), Some(span(Kind::Wrong(|| Error::Unfinished), entry)))
            }
            Step::More { from, seen } => {
                pass(cursor, batch.bytes.part(cursor.at..from));
                file.seen = seen - from;
                if seen - from > LIMIT {
                    batch.spans.push(span(Kind::TooLong, file.entries.count));
                    file.entries.pass_over();
                    pass(cursor, batch.bytes.part(from..seen));
                    file.seen = 0;
                }
                return Flow::NeedsMore;
            }
            Step::End { at } => (at, None),
            Step::None { at } => (at, Some(span(Kind::Wrong(no_list), 0))),
            Step::Broken => (batch.bytes.len(), Some(span(Kind::Wrong(broken_file), 0))),
        };
        pass(cursor, batch.bytes.part(cursor.at..to));
        file.seen = 0;
        batch.spans.extend(wrong);
        if step == Step::Broken {
            // What comes behind may be a part of an entry, and is never taken for a request.
            self.dropped = Some(Dropped::Rest);
        }
        if !matches!(step, Step::Entry { .. }) {
            self.file = None;
        }
        Flow::GoOn
    }

    fn give_up_if_too_long(&mut self, batch: &mut Batch, cursor: Cursor) -> Divided {
        self.line = cursor.line;
        if batch.bytes.len() - cursor.at <= LIMIT {
            // The bytes before the cursor are blank lines and dropped ones.
            batch.bytes.drain(..cursor.at);
            return Divided::NOT_YET;
        }
        let rest = batch.bytes.part(cursor.at..);
        let is_json = (self.framing)(rest).is_json();
        self.dropped = match self.pending.take().map(|pending| pending.follower) {
            Some(Follower::Own(_)) => Some(Dropped::Rest),
            _ if is_json => {
                let mut value = Value::default();
                match value.end(rest.trim_ascii_start()) {
                    None => Some(Dropped::Value(value)),
                    Some(_) => Some(Dropped::Line),
                }
            }
            _ => Some(Dropped::Line),
        };
        batch.spans.push(Span { start: 0, end: 0, line: cursor.line, entry: 0, kind: Kind::TooLong });
        self.line += memchr::memchr_iter(b'\n', rest).count() as u64;
        batch.bytes.clear();
        batch.bytes.shrink_to(LIMIT >> 10);
        Divided { is_done: true, rest: 0 }
    }

    /// Returns the next complete document, or an empty one for a blank line and for the rest of a broken document.
    fn next_document(&mut self, bytes: &[u8], from: Cursor) -> Option<Found> {
        let (first, after_first) = next_line(bytes, from, self.has_ended)?;
        let (mut follower, mut after) = match self.pending.take() {
            Some(pending) => {
                let after = Cursor { at: from.at + pending.length, line: from.line + pending.lines };
                (pending.follower, after)
            }
            None if first.trim_ascii().is_empty() || (self.skipping && !starts_afresh(first)) => {
                return Some(Found { start: 0, end: 0, line: from.line, kind: Kind::Document, after: after_first });
            }
            None => {
                if let Some(found) = self.told_by_rule(bytes, first, (from, after_first)) {
                    return Some(found);
                }
                ((self.framing)(first), from)
            }
        };
        self.skipping = false;
        loop {
            match next_line(bytes, after, self.has_ended) {
                Some((line, after_line)) => {
                    after = after_line;
                    match follower.line(line) {
                        Progress::Complete => break,
                        Progress::Broken => return Some(self.broken(bytes, from, after_first)),
                        Progress::Open => {}
                    }
                }
                // The input has ended, so that no line will finish the document.
                None if self.has_ended => match follower.own().map(Follow::end) {
                    Some(Ok(())) => break,
                    Some(Err(error)) => {
                        let end = trimmed(bytes, from.at, after_first.at);
                        return Some(Found { start: from.at, end, line: from.line, kind: Kind::Wrong(error), after });
                    }
                    None => return Some(self.broken(bytes, from, after_first)),
                },
                None => {
                    let pending = Pending { follower, length: after.at - from.at, lines: after.line - from.line };
                    self.pending = Some(pending);
                    return None;
                }
            }
        }
        if let Some(behind) = follower.own().and_then(Follow::behind) {
            self.behind = Some((behind, false));
        }
        let end = trimmed(bytes, from.at, after.at);
        Some(Found { start: from.at, end, line: from.line, kind: Kind::Document, after })
    }

    /// Returns a line that is no document because of the one before it. Of several such lines, the first is an error.
    fn told_by_rule(&mut self, bytes: &[u8], first: &[u8], (from, after): (Cursor, Cursor)) -> Option<Found> {
        let (behind, is_told) = self.behind.as_mut()?;
        if (behind.begins)(first) {
            *is_told = false;
            return None;
        }
        let is_first = !std::mem::replace(is_told, true);
        let end = if is_first { trimmed(bytes, from.at, after.at) } else { from.at };
        Some(Found { start: from.at, end, line: from.line, kind: Kind::Wrong(behind.error), after })
    }

    /// Returns the first line alone as the bad document; the lines after it are read as documents of their own.
    fn broken(&mut self, bytes: &[u8], from: Cursor, after: Cursor) -> Found {
        self.skipping = true;
        let end = trimmed(bytes, from.at, after.at);
        Found { start: from.at, end, line: from.line, kind: Kind::Document, after }
    }
}

fn no_list() -> Error {
    Error::NotFormat { format: "a HAR file: log.entries is not a list" }
}

fn broken_file() -> Error {
    Error::NotFormat { format: "a HAR file from here on, and the rest is not read" }
}

struct Found {
    start: usize,
    end: usize,
    line: u64,
    kind: Kind,
    after: Cursor,
}

/// Moves the cursor over bytes.
fn pass(cursor: &mut Cursor, bytes: &[u8]) {
    cursor.at += bytes.len();
    cursor.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
}

fn trimmed(bytes: &[u8], start: usize, end: usize) -> usize {
    start + bytes.part(start..end).trim_ascii_end().len()
}
