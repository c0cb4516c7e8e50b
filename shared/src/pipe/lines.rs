//! The lines of a block.

/// The start of a line.
#[derive(Clone, Copy)]
pub(super) struct Cursor {
    /// The number of bytes before it in the block.
    pub(super) at: usize,
    /// The number of the line.
    pub(super) line: u64,
}

/// Returns one line without its line break, and the start of the next. The last line of an input needs no line break.
pub(super) fn next_line(bytes: &[u8], from: Cursor, has_ended: bool) -> Option<(&[u8], Cursor)> {
    let rest = bytes.get(from.at..)?;
    let (length, with_break) = match memchr::memchr(b'\n', rest) {
        Some(length) => (length, length + 1),
        None if has_ended && !rest.is_empty() => (rest.len(), rest.len()),
        None => return None,
    };
    Some((rest.get(..length)?, Cursor { at: from.at + with_break, line: from.line + 1 }))
}
