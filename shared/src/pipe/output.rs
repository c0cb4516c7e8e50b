//! Writes results with a frame around them, for as long as there is a reader.

use std::io::{self, Write};

use crate::error::Error;

/// The text around results.
#[derive(Clone, Copy, Debug, Default)]
pub struct Frame {
    /// The text before the first.
    pub head: &'static str,
    /// The text between two.
    pub between: &'static str,
    /// The text after the last.
    pub tail: &'static str,
}

/// A stream that framed results are written to.
#[derive(Debug)]
pub struct FramedOutput<W> {
    stream: W,
    frame: Frame,
    has_begun: bool,
    is_closed: bool,
}

impl<W: Write> FramedOutput<W> {
    /// An output without results.
    pub const fn new(stream: W, frame: Frame) -> Self {
        Self { stream, frame, has_begun: false, is_closed: false }
    }

    /// Returns true if nothing can be written any more: the reader has gone, or writing failed.
    pub const fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Puts what belongs between two results at the end of a batch that already holds one.
    pub fn separate(&self, batch: &mut Vec<u8>) {
        if !batch.is_empty() {
            batch.extend_from_slice(self.frame.between.as_bytes());
        }
    }

    /// Writes a batch of results and empties it.
    ///
    /// # Errors
    /// Returns [`Error::Write`] if the stream cannot be written, unless its reader has closed it.
    pub fn write(&mut self, batch: &mut Vec<u8>) -> Result<(), Error> {
        if batch.is_empty() {
            return Ok(());
        }
        let lead = if self.has_begun { self.frame.between } else { self.frame.head };
        // One write instead of two.
        if !lead.is_empty() {
            batch.splice(0..0, lead.bytes());
        }
        self.has_begun = true;
        let written = self.write_bytes(batch);
        batch.clear();
        written
    }

    /// Writes the end of the document. One without results has its beginning too, so that it is whole.
    ///
    /// # Errors
    /// Returns [`Error::Write`] if the stream cannot be written, unless its reader has closed it.
    pub fn finish(&mut self) -> Result<(), Error> {
        let head = if self.has_begun { "" } else { self.frame.head };
        self.write_bytes(format!("{head}{}", self.frame.tail).as_bytes())
    }

    fn write_bytes(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if bytes.is_empty() || self.is_closed {
            return Ok(());
        }
        let Err(error) = self.stream.write_all(bytes).and_then(|()| self.stream.flush()) else { return Ok(()) };
        self.is_closed = true;
        // The reader closed the pipe because it has what it wanted (`| head -1`): not an error.
        if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(Error::Write(error)) }
    }
}
