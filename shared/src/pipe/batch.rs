//! A block of documents, as a thread takes it.

use crate::error::Error;
use crate::slice::Slice as _;
use crate::variables::Variables;

/// The size limit of a document in bytes. A 90 MB body fits, even in base64.
pub(super) const LIMIT: usize = 128 << 20;

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

/// A block of whole documents.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) bytes: Vec<u8>,
    pub(super) spans: Vec<Span>,
    pub(super) file: Option<String>,
    pub(super) trouble: Option<Error>,
    /// Documents that came whole. A block has these or spans.
    pub(super) whole: Vec<Whole>,
}

/// The place of a document in a block.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The line on which it starts, or on which the file starts that it is an entry of.
    pub(super) line: u64,
    /// The number of the entry, or 0.
    pub(super) entry: u64,
    pub(super) kind: Kind,
}

impl Span {
    fn place<'f>(&self, file: Option<&'f str>) -> Place<'f> {
        if self.entry == 0 { Place::Line(self.line, file) } else { Place::Entry(self.line, self.entry, file) }
    }
}

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Document,
    /// A document over [`LIMIT`], whose bytes were dropped.
    TooLong,
    /// A text that is no document, whatever a part of it may look like. It is never read.
    Wrong(fn() -> Error),
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
    /// The line on which a HAR file starts, the number of an entry of it, and the file if there are several.
    Entry(u64, u64, Option<&'a str>),
    /// The words that came with it, messages about it, and the variables that it was made with.
    Label(&'a str, &'a [String], &'a Variables),
}

impl Batch {
    /// Returns the documents. The errors of those that came whole are handed over, so this is called once for a block.
    pub(super) fn documents(&mut self) -> impl Iterator<Item = Document<'_>> {
        let Self { bytes, spans, file, whole, .. } = self;
        let (bytes, file) = (bytes.as_slice(), file.as_deref());
        let divided = spans.iter().map(move |span| Document { place: span.place(file), text: text(bytes, *span) });
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
        Kind::Wrong(error) => return Err(error()),
    }
    let bytes = bytes.part(span.start..span.end);
    std::str::from_utf8(bytes).map_err(|error| Error::NotUtf8 { offset: error.valid_up_to() })
}
