//! Files and standard input as one stream of documents.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use super::batch::{Batch, Whole};
use super::divide::Divider;
use super::frame::Framing;
use super::portion::Portion;
use crate::error::Error;
use crate::slice::Slice as _;

/// The number of bytes that are asked of the input at once.
const CHUNK: usize = 128 << 10;

/// The number of documents that came whole which a thread takes at once.
const WHOLE: usize = 64;

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
}

struct Open {
    reader: Box<dyn Read + Send>,
    name: Option<String>,
    divider: Divider,
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
        Ok(Open { reader, name, divider: Divider::new(self.framing, self.portion) })
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
            let divided = open.divider.divide(batch, scanned);
            scanned = batch.bytes.len();
            if divided.is_done || open.divider.has_ended {
                self.carry.extend_from_slice(batch.bytes.part(divided.rest..));
                if open.divider.has_ended && self.carry.is_empty() {
                    self.current = None;
                }
                return;
            }
            match read_chunk(&mut *open.reader, &mut batch.bytes) {
                Ok(0) => open.divider.has_ended = true,
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
