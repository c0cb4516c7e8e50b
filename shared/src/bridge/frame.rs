//! Frames: a length of four bytes, followed by that many bytes of UTF-8 JSON. Both sides of the bridge use them in both
//! directions, as native messaging defines them.

use std::io::{self, Read, Write};

/// The longest frame in bytes, without its length. Browsers take up to 1 MiB towards the extension.
pub const LONGEST: usize = 256 << 10;

/// The byte order of the length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// This machine's order, which browsers use on stdin and stdout.
    Native,
    /// Little-endian, used on the local socket.
    Little,
}

/// The reason why a frame cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// The length is 0.
    #[error("a frame of length 0")]
    Empty,
    /// The frame is longer than [`LONGEST`].
    #[error("a frame of {0} bytes, more than 262144")]
    TooLong(usize),
    /// The stream ended within a frame.
    #[error("a frame was cut short")]
    CutShort,
    /// The frame is not UTF-8 or not a JSON object.
    #[error("a frame is not a JSON object")]
    NotJson,
    /// The stream failed.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// Reads one frame and returns its text, or `None` if the stream ends between frames.
///
/// # Errors
/// Returns an error if the frame is empty, too long, cut short or not UTF-8, or the stream fails. Nothing can be read
/// after that, because the start of the next frame is not known.
pub fn read(reader: &mut impl Read, order: Order) -> Result<Option<String>, FrameError> {
    let mut length = [0; 4];
    if !fill(reader, &mut length)? {
        return Ok(None);
    }
    let length = match order {
        Order::Native => u32::from_ne_bytes(length),
        Order::Little => u32::from_le_bytes(length),
    };
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    // The length is checked before memory is reserved: the other side could claim up to 4 GiB.
    match length {
        0 => return Err(FrameError::Empty),
        _ if length > LONGEST => return Err(FrameError::TooLong(length)),
        _ => {}
    }
    let mut bytes = vec![0; length];
    if !fill(reader, &mut bytes)? {
        return Err(FrameError::CutShort);
    }
    String::from_utf8(bytes).map(Some).map_err(|_| FrameError::NotJson)
}

/// Fills the buffer. Returns false if the stream ends before its first byte.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> Result<bool, FrameError> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) if filled == 0 => return Ok(false),
            Ok(0) => return Err(FrameError::CutShort),
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(true)
}

/// Writes one frame in one piece and flushes it.
///
/// # Errors
/// Returns [`FrameError::Empty`] or [`FrameError::TooLong`] if the text has such a length, and [`FrameError::Io`] if
/// the stream fails.
pub fn write(writer: &mut impl Write, order: Order, text: &str) -> Result<(), FrameError> {
    if text.is_empty() {
        return Err(FrameError::Empty);
    }
    if text.len() > LONGEST {
        return Err(FrameError::TooLong(text.len()));
    }
    let length = u32::try_from(text.len()).map_err(|_| FrameError::TooLong(text.len()))?;
    // One write: a browser that reads the length alone would wait for the rest, and so would threads that share the
    // stream.
    let mut bytes = Vec::with_capacity(4 + text.len());
    bytes.extend_from_slice(&match order {
        Order::Native => length.to_ne_bytes(),
        Order::Little => length.to_le_bytes(),
    });
    bytes.extend_from_slice(text.as_bytes());
    writer.write_all(&bytes)?;
    Ok(writer.flush()?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read_all(mut bytes: &[u8]) -> Result<Vec<String>, FrameError> {
        let mut frames = Vec::new();
        while let Some(text) = read(&mut bytes, Order::Little)? {
            frames.push(text);
        }
        Ok(frames)
    }

    #[test]
    fn frames_come_back_as_they_were_written() {
        let mut bytes = Vec::new();
        write(&mut bytes, Order::Little, "{}").unwrap();
        write(&mut bytes, Order::Little, "{\"a\":\"é\"}").unwrap();
        assert_eq!(read_all(&bytes).unwrap(), ["{}", "{\"a\":\"é\"}"]);
        assert_eq!(read_all(b"").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn bad_frames_are_errors() {
        assert!(matches!(read_all(&[0, 0, 0, 0]), Err(FrameError::Empty)));
        assert!(matches!(read_all(&[0xff, 0xff, 0xff, 0xff, b'{']), Err(FrameError::TooLong(_))));
        assert!(matches!(read_all(&[1, 0, 4, 0, b'{']), Err(FrameError::TooLong(_))));
        assert!(matches!(read_all(&[3, 0, 0, 0, b'{']), Err(FrameError::CutShort)));
        assert!(matches!(read_all(&[3, 0, 0, 0]), Err(FrameError::CutShort)));
        assert!(matches!(read_all(&[3, 0]), Err(FrameError::CutShort)));
        assert!(matches!(read_all(&[1, 0, 0, 0, 0xff]), Err(FrameError::NotJson)));
        assert!(matches!(write(&mut Vec::new(), Order::Native, &"x".repeat(LONGEST + 1)), Err(FrameError::TooLong(_))));
    }
}
