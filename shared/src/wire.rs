//! Reading a copy of HTTP/1.1 (RFC 9112) out of a stream of bytes that somebody else relays.
//!
//! A [`Reader`] is given the bytes of one direction, in whatever pieces they arrive, and says where messages begin and
//! end. It never changes, delays or holds back a byte. Everything that it keeps is bounded.

mod body;
mod head;

pub use body::{Decoder, Framing};
pub use head::{Head, is_proxy_field, target_text, text_of};

use std::io::{self, BufRead};

use head::Gathering;

/// The longest head (start line and header section) that is read, in bytes.
pub const HEAD_LIMIT: usize = 256 * 1024;

/// Why the bytes cannot be read as HTTP/1.1. They are relayed all the same where that is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The start line or a header field is not HTTP/1.
    #[error("not HTTP/1.1")]
    NotHttp,
    /// The connection preface of HTTP/2 (RFC 9113 section 3.4).
    #[error("HTTP/2 without ALPN")]
    Http2,
    /// The head is longer than [`HEAD_LIMIT`].
    #[error("a head of more than 256 KiB")]
    HeadTooLong,
    /// `Content-Length` or `Transfer-Encoding` do not say where the body ends.
    #[error("a body of unclear length")]
    UnclearLength,
    /// The chunked coding is broken.
    #[error("broken chunked coding")]
    BrokenChunk,
    /// A response that no request asked for, or more requests in flight than are kept.
    #[error("requests and responses that do not fit together")]
    Unmatched,
}

/// Which side's messages a [`Reader`] reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What a client sends.
    Request,
    /// What an origin sends.
    Response,
}

/// What the bytes given to [`Reader::read`] turned out to be.
#[derive(Debug)]
pub enum Piece<'a> {
    /// All of them were taken in; nothing is complete yet.
    Nothing,
    /// A head is complete. [`Reader::begin_body`] must be called before reading on.
    Head(Head),
    /// Bytes of the content, chunked coding undone (may be empty).
    Content(&'a [u8]),
    /// The message is complete; the next byte begins another one.
    End,
}

/// Finds the messages in one direction of a connection.
#[derive(Debug)]
pub struct Reader {
    kind: Kind,
    state: State,
}

#[derive(Debug)]
enum State {
    Head(Gathering),
    /// A head was handed out; where its body ends is not known yet.
    Undecided,
    Body(Decoder),
}

impl Reader {
    /// A reader at the start of a connection.
    pub fn new(kind: Kind) -> Self {
        Self { kind, state: State::Head(Gathering::new()) }
    }

    /// Takes bytes from the front of `input`: how many, and what they were. To be called again with the rest until it
    /// says [`Piece::Nothing`]; [`Piece::End`] may come without a byte.
    ///
    /// # Errors
    /// Once the bytes cannot be read, nothing that follows can.
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

    /// Says how the body is delimited whose head was just handed out.
    pub fn begin_body(&mut self, framing: Framing) {
        self.state = State::Body(Decoder::new(framing));
    }

    /// Skips the body of the head just handed out: an interim response (RFC 9110 section 15.2) has none and is not the
    /// message that was waited for.
    pub fn skip_head(&mut self) {
        self.state = State::Head(Gathering::new());
    }

    /// Whether the next byte would begin a message.
    pub fn is_between_messages(&self) -> bool {
        matches!(&self.state, State::Head(gathering) if gathering.is_empty())
    }

    /// Whether bytes that are read now belong to a body (and not to a head).
    pub fn is_in_body(&self) -> bool {
        matches!(&self.state, State::Body(_))
    }

    /// Whether the end of the connection is the end of the message.
    pub fn ends_with_connection(&self) -> bool {
        matches!(&self.state, State::Body(decoder) if decoder.ends_with_connection())
    }
}

/// Reads one head from a stream. What follows the head is left unread.
///
/// ```
/// use countersign_shared::wire::{Kind, read_head};
///
/// let mut stream: &[u8] = b"GET /callback?code=1 HTTP/1.1\r\nHost: localhost\r\n\r\nrest";
/// let head = read_head(Kind::Request, &mut stream)?;
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
pub fn read_head(kind: Kind, stream: &mut impl BufRead) -> io::Result<Head> {
    let mut gathering = Gathering::new();
    loop {
        let bytes = match stream.fill_buf() {
            Ok([]) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(bytes) => bytes,
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

impl From<Unreadable> for io::Error {
    fn from(unreadable: Unreadable) -> Self {
        Self::new(io::ErrorKind::InvalidData, unreadable)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
