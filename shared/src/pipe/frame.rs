//! Where one document ends and the next begins.
//!
//! A line is a document by itself, unless it opens JSON or shell quotes that a later line closes. A line that
//! cannot be finished by those behind it is one bad line: it must not swallow the good ones that follow.

/// Which documents the input is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Decide by the first bytes of each document.
    Auto,
    /// JSON values, on one line or several.
    Json,
    /// Shell commands with quotes and `\` continuations.
    Shell,
    /// Every line is a document.
    Line,
}

/// What the lines so far are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// A document ends with this line.
    Complete,
    /// More lines belong to it.
    Open,
    /// No line could finish it.
    Broken,
}

/// Follows a document from line to line.
#[derive(Debug)]
pub(super) enum Follower {
    Line,
    Json(Json),
    Shell(Shell),
    Cmd(Cmd),
}

impl Follower {
    /// For a document that starts with this line (which is not blank).
    pub(super) fn new(framing: Framing, line: &[u8]) -> Self {
        let start = line.trim_ascii_start();
        match framing {
            Framing::Line => Self::Line,
            Framing::Json => Self::Json(Json::default()),
            Framing::Shell if is_for_cmd(start) => Self::Cmd(Cmd::default()),
            Framing::Shell => Self::Shell(Shell::default()),
            Framing::Auto if start.starts_with(b"{") || start.starts_with(b"[") => Self::Json(Json::default()),
            Framing::Auto if is_command(start) => Self::new(Framing::Shell, line),
            Framing::Auto => Self::Line,
        }
    }

    /// Takes one line without its line break.
    pub(super) fn line(&mut self, line: &[u8]) -> Progress {
        match self {
            Self::Line => Progress::Complete,
            Self::Json(json) => json.line(line),
            Self::Shell(shell) => shell.line(line),
            Self::Cmd(cmd) => cmd.line(line),
        }
    }
}

/// Whether a line looks like a shell command that runs curl: `curl …`, `$ curl …`, or the `printf … | curl` that we
/// write for bodies that no argument can hold.
pub(crate) fn is_command(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"$ ").unwrap_or(line).trim_ascii_start();
    [&b"curl"[..], b"printf", b"curl.exe"].iter().any(|name| {
        line.strip_prefix(*name)
            .is_some_and(|rest| rest.first().is_none_or(|b| matches!(b, b' ' | b'\t' | b'\\' | b'\r' | b'^')))
    })
}

/// Whether a line can start a document after a broken one: what is indented, or closes a bracket, is the broken
/// one's rest.
pub(super) fn starts_afresh(line: &[u8]) -> bool {
    line.first().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'{' | b'[' | b'$'))
}

/// How deep JSON may nest; the parser behind this has the same limit.
const DEPTH: usize = 128;

/// What JSON's grammar (RFC 8259 section 2) lets come next.
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

/// Enough of JSON's grammar to tell complete from open from broken.
#[derive(Debug, Default)]
pub(super) struct Json {
    open: Vec<u8>,
    expect: Expect,
}

impl Json {
    fn line(&mut self, line: &[u8]) -> Progress {
        // A whole object on a line is what nearly every line is; what is wrong inside it, the parser says.
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

    /// After a value: at the top another document may follow, inside a comma or the end.
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

/// Whether the line begins with a brace and ends with its kind.
fn is_closed(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    matches!((line.first(), line.last()), (Some(b'{'), Some(b'}'))) && line.len() > 1
}

/// Where the string ends, behind its quote; `None` where the line ends first (a string holds no raw line break).
fn string_end(rest: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr2(b'"', b'\\', rest.get(from..)?)?;
        if rest.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        from = at + 2;
    }
}

/// Where in a shell's quoting a byte stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Quote {
    #[default]
    Bare,
    Single,
    Double,
    AnsiC,
}

/// POSIX shell quoting (XCU section 2.2), `$'…'` and comments.
#[derive(Debug)]
pub(super) struct Shell {
    quote: Quote,
    previous: u8,
}

impl Default for Shell {
    fn default() -> Self {
        Self { quote: Quote::Bare, previous: b' ' }
    }
}

impl Shell {
    fn line(&mut self, line: &[u8]) -> Progress {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut bytes = line.iter().copied();
        while let Some(byte) = bytes.next() {
            match (self.quote, byte) {
                // What stands before a continuation goes on behind it.
                (Quote::Bare | Quote::Double | Quote::AnsiC, b'\\') if bytes.next().is_none() => return Progress::Open,
                (Quote::Bare, b'#') if matches!(self.previous, b' ' | b'\t' | b';' | b'&' | b'|') => break,
                (Quote::Bare, b'\'') if self.previous == b'$' => self.quote = Quote::AnsiC,
                (Quote::Bare, b'\'') => self.quote = Quote::Single,
                (Quote::Bare, b'"') => self.quote = Quote::Double,
                (Quote::Single | Quote::AnsiC, b'\'') | (Quote::Double, b'"') => self.quote = Quote::Bare,
                _ => {}
            }
            self.previous = byte;
        }
        if self.quote == Quote::Bare { Progress::Complete } else { Progress::Open }
    }
}

/// Whether a command is written for cmd.exe: its first word, or its first line's end, is escaped with `^`.
pub(crate) fn is_for_cmd(command: &[u8]) -> bool {
    let line = command.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    let mut words = line.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty());
    line.ends_with(b" ^") || words.nth(1).is_some_and(|word| word.starts_with(b"^\""))
}

/// cmd.exe goes on behind a `^` at the end of a line; an empty line there is a line break in a word.
#[derive(Debug, Default)]
pub(super) struct Cmd {
    escapes: bool,
}

impl Cmd {
    fn line(&mut self, line: &[u8]) -> Progress {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let carets = line.iter().rev().take_while(|byte| **byte == b'^').count();
        let is_break = std::mem::replace(&mut self.escapes, carets % 2 == 1) && line.is_empty();
        if self.escapes || is_break { Progress::Open } else { Progress::Complete }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(lines: &[&str]) -> Vec<Progress> {
        let mut follower = Follower::new(Framing::Auto, lines.first().unwrap_or(&"").as_bytes());
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

    #[test]
    fn quotes_and_backslashes_hold_a_command_together() {
        use Progress::{Complete, Open};
        assert_eq!(progress(&["curl 'http://h/' \\", "  -d 'a", "b'"]), [Open, Open, Complete]);
        assert_eq!(progress(&["$ curl \"http://h/\" -d $'it\\'s'"]), [Complete]);
        assert_eq!(progress(&["curl -d \"a\\\"", "\" http://h/"]), [Open, Complete]);
    }
}
