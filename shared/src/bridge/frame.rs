//! Frames: a length of four bytes and so many bytes of UTF-8 JSON, in both directions on both sides of the bridge.

use std::io::{self, Read, Write};

/// The longest frame, in bytes without its length. Far below what browsers take (1 MiB to the extension).
pub const LONGEST: usize = 256 << 10;

/// How the length is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As this machine stores numbers: what browsers define for stdin and stdout.
    Native,
    /// Little-endian: on the local socket.
    Little,
}

/// Why a frame cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// A frame without a byte.
    #[error("a frame of length 0")]
    Empty,
    /// Longer than [`LONGEST`].
    #[error("a frame of {0} bytes, more than 262144")]
    TooLong(usize),
    /// The stream ended within a frame.
    #[error("a frame was cut short")]
    CutShort,
    /// Not UTF-8, or not a JSON object.
    #[error("a frame is not a JSON object")]
    NotJson,
    /// The stream failed.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// Reads one frame's text; `None` where the stream ends between frames.
///
/// # Errors
/// What is wrong with the frame. Nothing that follows can be read then.
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

/// Fills the buffer; `false` where the stream ends before its first byte.
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
/// The text is empty or too long, or the stream fails.
pub fn write(writer: &mut impl Write, order: Order, text: &str) -> Result<(), FrameError> {
    if text.is_empty() {
        return Err(FrameError::Empty);
    }
    let length = u32::try_from(text.len()).ok().filter(|_| text.len() <= LONGEST);
    let length = length.ok_or(FrameError::TooLong(text.len()))?;
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
