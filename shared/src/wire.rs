//! Reads HTTP/1.1 (RFC 9112) out of a stream of bytes.
//!
//! A [`MessageReader`] is given the bytes of one direction, in whatever pieces they arrive, and finds where messages begin
//! and end. It works on bytes, not on a connection, so that a proxy can relay every byte at once and read a copy.
//! Everything that it keeps is bounded. [`read_head`] is for callers that only want one head from a stream.
//!
//! Heads are parsed by httparse, except for the request line: httparse wants the target to be UTF-8.

mod body;
mod head;
mod unreadable;

use std::io::{self, BufRead};

pub use body::{BodyFraming, Decoder};
pub use head::{Head, MessageKind, is_proxy_field, target_text, text_of, value_text};
pub use unreadable::{HEAD_LIMIT, Unreadable};

use head::Gathering;

/// A piece of a message, as [`MessageReader::read`] finds it.
#[derive(Debug)]
pub enum Piece<'a> {
    /// All bytes were taken in, and nothing is complete yet.
    Nothing,
    /// A complete head. [`MessageReader::begin_body`] must be called before reading on.
    Head(Head),
    /// Bytes of the content with chunked coding undone; may be empty.
    Content(&'a [u8]),
    /// The end of the message. The next byte begins another one.
    End,
}

/// Finds the messages in one direction of a connection.
#[derive(Debug)]
pub struct MessageReader {
    kind: MessageKind,
    state: State,
}

#[derive(Debug)]
enum State {
    Head(Gathering),
    /// A head was handed out, and the caller has not said yet where its body ends.
    Undecided,
    Body(Decoder),
}

impl MessageReader {
    /// A reader at the start of a connection.
    pub fn new(kind: MessageKind) -> Self {
        Self { kind, state: State::Head(Gathering::new()) }
    }

    /// Takes bytes from the front of `input`, and returns how many and what they were.
    ///
    /// The caller passes the rest again until [`Piece::Nothing`] comes. [`Piece::End`] may come without a byte.
    ///
    /// # Errors
    /// Returns an [`Unreadable`] if the bytes are not HTTP/1.1. Nothing that follows them can be read either.
    pub fn read<'a>(&mut self, input: &'a [u8]) -> Result<(usize, Piece<'a>), Unreadable> {
        match &mut self.state {
            State::Head(gathering) => {
                let (taken, raw) = gathering.take(input)?;
                let Some(raw) = raw else { return Ok((taken, Piece::Nothing)) };
                self.state = State::Undecided;
                Ok((taken, Piece::Head(Head::parse(self.kind, raw)?)))
            }
            State::Undecided => Ok((0, Piece::Nothing)),
            State::Body(decoder) if decoder.is_done() => {
                self.state = State::Head(Gathering::new());
                Ok((0, Piece::End))
            }
            State::Body(_) if input.is_empty() => Ok((0, Piece::Nothing)),
            State::Body(decoder) => {
                let (taken, content) = decoder.decode(input)?;
                Ok((taken, Piece::Content(content)))
            }
        }
    }

    /// Begins the body of the head that was just handed out. Its framing depends, for responses, on the request.
    pub fn begin_body(&mut self, framing: BodyFraming) {
        self.state = State::Body(Decoder::new(framing));
    }

    /// Goes on to the next head without a body or an end of message: for an interim response (RFC 9110 section 15.2),
    /// which has no body and is followed by the final one.
    pub fn skip_head(&mut self) {
        self.state = State::Head(Gathering::new());
    }

    /// Returns true if the next byte would begin a message.
    pub fn is_between_messages(&self) -> bool {
        matches!(&self.state, State::Head(gathering) if gathering.is_empty())
    }

    /// Returns true if the next byte belongs to a body, and not to a head.
    pub fn is_in_body(&self) -> bool {
        matches!(&self.state, State::Body(_))
    }

    /// Returns true if the end of the connection would be the end of the message.
    pub fn ends_with_connection(&self) -> bool {
        matches!(&self.state, State::Body(decoder) if decoder.ends_with_connection())
    }
}

/// Reads one head from a stream. What follows the head is left unread.
///
/// ```
/// use countersign_shared::wire::{MessageKind, read_head};
///
/// let mut stream: &[u8] = b"GET /callback?code=1 HTTP/1.1\r\nHost: localhost\r\n\r\nrest";
/// let head = read_head(MessageKind::Request, &mut stream)?;
/// assert_eq!(head.method(), b"GET");
/// assert_eq!(head.target(), b"/callback?code=1");
/// assert_eq!(head.value("host"), Some(b"localhost".as_slice()));
/// assert_eq!(stream, b"rest");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Returns an error of kind [`io::ErrorKind::UnexpectedEof`] if the stream ends inside the head, of kind
/// [`io::ErrorKind::InvalidData`] (an [`Unreadable`] is inside) if the bytes are not HTTP/1, and the stream's own error
/// if reading fails.
pub fn read_head(kind: MessageKind, stream: &mut impl BufRead) -> io::Result<Head> {
    let mut gathering = Gathering::new();
    loop {
        let bytes = match stream.fill_buf() {
            Ok([]) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(bytes) => bytes,
            // A signal that interrupts a read is no error of the stream.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let (taken, raw) = gathering.take(bytes)?;
        stream.consume(taken);
        if let Some(raw) = raw {
            return Ok(Head::parse(kind, raw)?);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
