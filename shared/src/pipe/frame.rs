//! The end of one document and the beginning of the next.
//!
//! A line is a document by itself, unless it opens something that a later line closes, such as JSON's brackets. A line
//! that those behind it cannot finish is one bad line: it must not swallow the good ones that follow.

use std::fmt::Debug;

use crate::error::Error;

/// A function that divides an input into documents: it returns the follower of a document by the document's first line,
/// which is not blank.
pub type Framing = fn(&[u8]) -> Follower;

/// The state of a document after one of its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The document ends with this line.
    Complete,
    /// More lines belong to it.
    Open,
    /// No further line could finish it.
    Broken,
}

/// Follows a document in a format's own syntax from line to line.
pub trait Follow: Debug + Send {
    /// Takes one line without its line break.
    fn line(&mut self, line: &[u8]) -> Progress;

    /// Checks that the input may end where the last line ended, although the document is open. If it may not, the document
    /// takes the rest of the input with it: nothing tells where another one could begin.
    ///
    /// # Errors
    /// Returns a function that makes the error of such a document, if it may not.
    fn end(&self) -> Result<(), fn() -> Error>;

    /// Returns the rule for the lines behind the document, if not each of them may begin another one.
    fn behind(&self) -> Option<Behind> {
        None
    }
}

/// A rule for the lines behind a document, up to the end of the input.
#[derive(Clone, Copy, Debug)]
pub struct Behind {
    /// Returns true if a line begins a document. Lines before such a one are an error.
    pub begins: fn(&[u8]) -> bool,
    /// Makes the error of the lines that begin none.
    pub error: fn() -> Error,
}

/// Follows a document from line to line. Lines and JSON, which most streams are made of, need no allocation.
#[derive(Debug)]
pub enum Follower {
    /// A document that is one line.
    Line,
    /// One or more JSON values.
    Json(Json),
    /// A document in a format's own syntax.
    Own(Box<dyn Follow>),
}

impl Follower {
    /// Every line is a document.
    #[must_use]
    pub fn by_line(_: &[u8]) -> Self {
        Self::Line
    }

    /// Documents are JSON values, on one line or several.
    #[must_use]
    pub fn by_json(_: &[u8]) -> Self {
        Self::Json(Json::default())
    }

    /// Returns the document's own syntax, for which an end of the input may be the end of the document. JSON that is open
    /// there is an error that its parser words.
    pub(super) fn own(&self) -> Option<&dyn Follow> {
        if let Self::Own(follow) = self { Some(follow.as_ref()) } else { None }
    }

    /// Returns true if the document is JSON.
    pub(super) fn is_json(&self) -> bool {
        matches!(self, Self::Json(_))
    }

    /// Takes one line without its line break.
    pub(super) fn line(&mut self, line: &[u8]) -> Progress {
        match self {
            Self::Line => Progress::Complete,
            Self::Json(json) => json.line(line),
            Self::Own(follow) => follow.line(line),
        }
    }
}

/// Returns true if a line can start a document after a broken one: a line that is indented, or that closes a bracket,
/// is the rest of the broken one.
pub(super) fn starts_afresh(line: &[u8]) -> bool {
    line.first().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'{' | b'[' | b'$'))
}

/// The limit of nested brackets, which is serde_json's too.
const DEPTH: usize = 128;

/// The tokens that JSON's grammar (RFC 8259 section 2) allows next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Expect {
    #[default]
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
}

/// JSON followed from line to line, by enough of its grammar to tell complete from open from broken.
#[derive(Debug, Default)]
pub struct Json {
    open: Vec<u8>,
    expect: Expect,
}

impl Json {
    fn line(&mut self, line: &[u8]) -> Progress {
        // Nearly every line is a whole object, for which this is enough: the parser reports errors inside it.
        if self.open.is_empty() && self.expect == Expect::Value && is_closed(line) {
            return Progress::Complete;
        }
        let mut rest = line;
        while let [byte, tail @ ..] = rest {
            rest = tail;
            let after = match byte {
                b' ' | b'\t' | b'\r' | b'\n' => Some(rest),
                b'"' => self.string(rest),
                b'{' | b'[' | b'}' | b']' => self.bracket(*byte).then_some(rest),
                b':' => self.step(Expect::Colon, Expect::Value).then_some(rest),
                b',' => self.comma().then_some(rest),
                _ => self.scalar(rest),
            };
            match after {
                Some(after) => rest = after,
                None => return Progress::Broken,
            }
        }
        if self.open.is_empty() { Progress::Complete } else { Progress::Open }
    }

    fn step(&mut self, from: Expect, to: Expect) -> bool {
        let fits = self.expect == from;
        self.expect = to;
        fits
    }

    fn is_value_expected(&self) -> bool {
        matches!(self.expect, Expect::Value | Expect::ValueOrEnd)
    }

    /// Ends a value: at the top another document may follow, inside brackets a comma or the end.
    fn value_done(&mut self) {
        self.expect = if self.open.is_empty() { Expect::Value } else { Expect::CommaOrEnd };
    }

    fn string<'a>(&mut self, rest: &'a [u8]) -> Option<&'a [u8]> {
        let end = string_end(rest)?;
        match self.expect {
            Expect::Key | Expect::KeyOrEnd => self.expect = Expect::Colon,
            _ if self.is_value_expected() && !self.open.is_empty() => self.value_done(),
            _ => return None,
        }
        rest.get(end..)
    }

    fn scalar<'a>(&mut self, rest: &'a [u8]) -> Option<&'a [u8]> {
        // A bare value is no document that any tool reads, so the line is broken at once.
        if !self.is_value_expected() || self.open.is_empty() {
            return None;
        }
        self.value_done();
        let end =
            rest.iter().position(|b| matches!(b, b',' | b'}' | b']' | b' ' | b'\t' | b'\r')).unwrap_or(rest.len());
        rest.get(end..)
    }

    fn bracket(&mut self, byte: u8) -> bool {
        match byte {
            b'{' | b'[' => {
                if !self.is_value_expected() || self.open.len() == DEPTH {
                    return false;
                }
                self.open.push(byte);
                self.expect = if byte == b'{' { Expect::KeyOrEnd } else { Expect::ValueOrEnd };
                true
            }
            _ => {
                let fits = match self.open.pop() {
                    Some(b'{') => byte == b'}' && matches!(self.expect, Expect::KeyOrEnd | Expect::CommaOrEnd),
                    Some(_) => byte == b']' && matches!(self.expect, Expect::ValueOrEnd | Expect::CommaOrEnd),
                    None => false,
                };
                self.value_done();
                fits
            }
        }
    }

    fn comma(&mut self) -> bool {
        let next = if self.open.last() == Some(&b'{') { Expect::Key } else { Expect::Value };
        self.step(Expect::CommaOrEnd, next)
    }
}

/// Returns true if the line begins with `{` and ends with `}`.
fn is_closed(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    matches!((line.first(), line.last()), (Some(b'{'), Some(b'}'))) && line.len() > 1
}

/// Returns the place after a string's closing quote, or `None` if the line ends first (a string holds no raw line break).
fn string_end(rest: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr2(b'"', b'\\', rest.get(from..)?)?;
        if rest.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        // The byte after a backslash belongs to the escape, even if it is a quote.
        from = at + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(lines: &[&str]) -> Vec<Progress> {
        let mut follower = Follower::by_json(lines.first().unwrap_or(&"").as_bytes());
        lines.iter().map(|line| follower.line(line.as_bytes())).collect()
    }

    #[test]
    fn a_pretty_printed_document_is_open_until_its_last_bracket() {
        use Progress::{Complete, Open};
        assert_eq!(
            progress(&["{", "  \"a\": [1, {\"b\": \"}\"}],", "  \"c\": null", "}"]),
            [Open, Open, Open, Complete]
        );
        assert_eq!(progress(&["[", "{\"url\":\"x\"},", "{\"url\":\"y\"}", "]"]), [Open, Open, Open, Complete]);
    }

    #[test]
    fn half_a_line_is_broken_by_the_next_one() {
        for half in ["{\"method\":\"GET\"", "{\"method\":", "{\"method\":\"GE", "{\"headers\":[", "{"] {
            let lines = [half, "{\"url\":\"http://h/\"}", "{\"url\":\"http://h/\"}"];
            assert!(progress(&lines).contains(&Progress::Broken), "{half}");
        }
    }
}
