//! The end of a JSON value (RFC 8259) in bytes that come piece by piece.

/// A value that has begun, followed by its brackets and quotes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Value {
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
    /// True within a number, `true`, `false` or `null`, which end before the byte behind them.
    is_bare: bool,
}

impl Value {
    /// Takes the next bytes, of which none was taken before. Returns the number of those that belong to the value if it ends
    /// in them.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if self.is_escaped {
                self.is_escaped = false;
                at += 1;
            } else if self.is_in_string {
                at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)? + 1;
                self.is_escaped = bytes.get(at - 1) == Some(&b'\\');
                self.is_in_string = self.is_escaped;
                if !self.is_in_string && self.depth == 0 {
                    return Some(at);
                }
            } else {
                match byte {
                    b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n' if self.is_bare => return Some(at),
                    b'"' => self.is_in_string = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => {
                        self.depth = self.depth.saturating_sub(1);
                        if self.depth == 0 {
                            return Some(at + 1);
                        }
                    }
                    _ => self.is_bare = self.depth == 0,
                }
                at += 1;
            }
        }
        None
    }
}

/// Returns the length of a string with its quotes, or `None` if its end has not come.
pub(super) fn string(text: &[u8]) -> Option<usize> {
    let mut value = Value::default();
    value.end(text)
}
