//! The body of a message: where it ends, and its content with the chunked coding undone (RFC 9112 sections 6 and 7).

use super::unreadable::{HEAD_LIMIT, Unreadable};

/// The longest chunk-size line, extensions included, in bytes.
const CHUNK_LINE_LIMIT: usize = 16 * 1024;

/// The rule by which the end of a body is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyFraming {
    /// There is no body, and no field announces one.
    None,
    /// `Content-Length`: this many bytes.
    Length(u64),
    /// `Transfer-Encoding: chunked`.
    Chunked,
    /// Everything until the connection ends (responses only).
    UntilClose,
}

/// Finds the content and the end of one body.
#[derive(Debug)]
pub struct Decoder(State);

#[derive(Debug)]
enum State {
    Length(u64),
    ChunkLine(ChunkLine),
    Chunk(u64),
    ChunkEnd,
    /// The trailers: bytes seen so far, and bytes in the line that is not complete yet, not counting CR.
    Trailers {
        total: usize,
        line: usize,
    },
    UntilClose,
    Done,
}

/// A chunk-size line, as far as it was read.
#[derive(Debug, Default)]
struct ChunkLine {
    size: u64,
    digits: u8,
    length: usize,
    /// True after white space, an extension or CR: digits no longer belong to the size.
    after_size: bool,
}

impl Decoder {
    /// A decoder at the start of a body.
    #[must_use]
    pub fn new(framing: BodyFraming) -> Self {
        Self(match framing {
            BodyFraming::None | BodyFraming::Length(0) => State::Done,
            BodyFraming::Length(length) => State::Length(length),
            BodyFraming::Chunked => State::ChunkLine(ChunkLine::default()),
            BodyFraming::UntilClose => State::UntilClose,
        })
    }

    /// Returns true if the body is complete.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.0, State::Done)
    }

    /// Returns true if the end of the connection would be the end of the body.
    #[must_use]
    pub fn ends_with_connection(&self) -> bool {
        matches!(self.0, State::UntilClose)
    }

    /// Takes bytes from the front of `input`, at least one if there is any. Returns how many, and the content among them.
    ///
    /// # Errors
    /// Returns [`Unreadable::BrokenChunk`] if the chunked coding is broken, and [`Unreadable::HeadTooLong`] if the trailers
    /// are too long.
    pub fn decode<'a>(&mut self, input: &'a [u8]) -> Result<(usize, &'a [u8]), Unreadable> {
        match &mut self.0 {
            State::Length(left) => {
                let content = front(input, *left);
                *left -= content.len() as u64;
                if *left == 0 {
                    self.0 = State::Done;
                }
                Ok((content.len(), content))
            }
            State::Chunk(left) => {
                let content = front(input, *left);
                *left -= content.len() as u64;
                if *left == 0 {
                    self.0 = State::ChunkEnd;
                }
                Ok((content.len(), content))
            }
            State::UntilClose => Ok((input.len(), input)),
            State::Done => Ok((0, &[])),
            State::ChunkLine(_) | State::ChunkEnd | State::Trailers { .. } => {
                let mut taken = 0;
                for byte in input {
                    taken += 1;
                    self.step(*byte)?;
                    if matches!(self.0, State::Chunk(_) | State::Done) {
                        break;
                    }
                }
                Ok((taken, &[]))
            }
        }
    }

    /// Takes one byte of what surrounds the chunks.
    fn step(&mut self, byte: u8) -> Result<(), Unreadable> {
        match &mut self.0 {
            State::ChunkEnd => match byte {
                // A bare LF ends this line too, as it does in heads: CR is skipped wherever it stands.
                b'\r' => {}
                b'\n' => self.0 = State::ChunkLine(ChunkLine::default()),
                _ => return Err(Unreadable::BrokenChunk),
            },
            State::ChunkLine(line) => {
                if let Some(size) = line.step(byte)? {
                    self.0 = if size == 0 { State::Trailers { total: 0, line: 0 } } else { State::Chunk(size) };
                }
            }
            State::Trailers { total, line } => {
                *total += 1;
                match byte {
                    b'\n' if *line == 0 => self.0 = State::Done,
                    b'\n' => *line = 0,
                    b'\r' => {}
                    _ => *line += 1,
                }
                // Trailers are bounded as heads are, or a sender could make them go on for ever.
                if matches!(self.0, State::Trailers { total, .. } if total > HEAD_LIMIT) {
                    return Err(Unreadable::HeadTooLong);
                }
            }
            State::Length(_) | State::Chunk(_) | State::UntilClose | State::Done => {}
        }
        Ok(())
    }
}

impl ChunkLine {
    /// Takes one byte of the line. Returns the size once the line is complete.
    fn step(&mut self, byte: u8) -> Result<Option<u64>, Unreadable> {
        self.length += 1;
        if self.length > CHUNK_LINE_LIMIT {
            return Err(Unreadable::BrokenChunk);
        }
        match byte {
            b'\n' if self.digits > 0 => return Ok(Some(self.size)),
            b'\r' | b' ' | b'\t' | b';' if self.digits > 0 => self.after_size = true,
            b'\n' => return Err(Unreadable::BrokenChunk),
            // A recipient must ignore extensions that it does not know (RFC 9112 section 7.1.1).
            _ if self.after_size => {}
            _ => {
                let digit = char::from(byte).to_digit(16).ok_or(Unreadable::BrokenChunk)?;
                self.digits = self.digits.saturating_add(1);
                // 15 hexadecimal digits are 60 bits: the size cannot overflow.
                if self.digits > 15 {
                    return Err(Unreadable::BrokenChunk);
                }
                self.size = self.size * 16 + u64::from(digit);
            }
        }
        Ok(None)
    }
}

/// Returns the first `most` bytes, or all.
fn front(input: &[u8], most: u64) -> &[u8] {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    input.get(..most).unwrap_or(input)
}
