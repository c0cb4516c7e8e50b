//! Here-documents (XCU section 2.7.4): the word behind `<<`, and the line that ends the text.

/// The word behind `<<` or `<<-`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Delimiter {
    word: Vec<u8>,
    /// True if a shell expands variables in the text: no part of the word is quoted.
    pub(super) expands: bool,
    /// True if tabs at the start of each line are dropped.
    pub(super) strips_tabs: bool,
}

impl Delimiter {
    /// Reads what stands behind `<<`, and returns the number of bytes that it takes.
    pub(super) fn read(text: &[u8]) -> (Self, usize) {
        let strips_tabs = text.first() == Some(&b'-');
        let mut at = usize::from(strips_tabs);
        at += text.iter().skip(at).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let mut delimiter = Self { word: Vec::new(), expands: true, strips_tabs };
        let mut quote = None;
        while let Some(&byte) = text.get(at) {
            match (quote, byte) {
                (Some(open), _) if open == byte => quote = None,
                (None, b'\'' | b'"') => {
                    quote = Some(byte);
                    delimiter.expands = false;
                }
                (None, b'\\') => {
                    delimiter.expands = false;
                    at += 1;
                    delimiter.word.extend(text.get(at));
                }
                (None, b' ' | b'\t' | b'\r' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')') => break,
                _ => delimiter.word.push(byte),
            }
            at += 1;
        }
        (delimiter, at.min(text.len()))
    }

    /// Returns true if no word follows, which is an error in every shell.
    pub(super) fn is_missing(&self) -> bool {
        self.word.is_empty() && self.expands
    }

    /// Returns the line as it belongs to the text.
    pub(super) fn stripped<'l>(&self, line: &'l [u8]) -> &'l [u8] {
        let tabs = if self.strips_tabs { line.iter().take_while(|byte| **byte == b'\t').count() } else { 0 };
        line.get(tabs..).unwrap_or_default()
    }

    /// Returns true if a line ends the text.
    pub(super) fn is_end(&self, line: &[u8]) -> bool {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        self.stripped(line) == self.word
    }
}
