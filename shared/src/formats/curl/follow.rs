//! The end of a command that goes on over several lines, by the quotes and continuations of its shell.

use std::collections::VecDeque;

use crate::error::Error;
use crate::pipe::{Behind, Follow, Follower, Progress};

use super::here_document::Delimiter;

/// Returns the follower of a command, by the shell that its first line is written for.
pub(crate) fn follower(line: &[u8]) -> Follower {
    if is_for_cmd(line.trim_ascii_start()) {
        Follower::Own(Box::new(Cmd::default()))
    } else {
        Follower::Own(Box::new(Shell::default()))
    }
}

/// Returns true if a line looks like a shell command: `curl …`, what stands behind the prompt `$ `, the `printf … | curl`
/// that we write for bodies that no argument can hold, and others that the lines below may belong to. Only the first of
/// these make a request.
pub(crate) fn is_command(line: &[u8]) -> bool {
    let is_named = [&b"curl"[..], b"printf", b"curl.exe"].iter().any(|name| {
        line.strip_prefix(*name)
            .is_some_and(|rest| rest.first().is_none_or(|b| matches!(b, b' ' | b'\t' | b'\\' | b'\r' | b'\n' | b'^')))
    });
    is_named || line.starts_with(PROMPT) || leads_to_others(first_line(line))
}

/// The prompt that may have been copied along.
const PROMPT: &[u8] = b"$ ";

fn first_line(text: &[u8]) -> &[u8] {
    text.split(|byte| *byte == b'\n').next().unwrap_or_default()
}

/// Words before `curl` that leave it the command that it is.
const BEFORE_CURL: [&[u8]; 10] =
    [b"sudo", b"env", b"time", b"command", b"exec", b"nohup", b"doas", b"echo", b"cat", b"PS"];

/// Returns true if a line is no URL and no JSON, and the lines below may belong to it: it has a here-document, goes on
/// behind a backslash, or has `curl` behind another command, a variable or a prompt.
fn leads_to_others(line: &[u8]) -> bool {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let mut words = line.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    if matches!(first.first(), Some(b'{' | b'[' | b'#')) || memchr::memmem::find(first, b"://").is_some() {
        return false;
    }
    let is_lead = BEFORE_CURL.contains(&first)
        || (first.contains(&b'=') && !first.contains(&b'/'))
        || first.ends_with(b"$")
        || first.ends_with(b"%")
        || first.ends_with(b">");
    let mut is_behind_operator = false;
    let runs_curl = words.any(|word| {
        let is_curl = word == b"curl" || word == b"curl.exe";
        let runs = is_curl && (is_lead || is_behind_operator);
        is_behind_operator =
            matches!(word, b"|" | b"&&" | b";" | b"||" | b"$" | b"#" | b"%" | b">") || word.ends_with(b">");
        runs
    });
    runs_curl || memchr::memmem::find(line, b"<<").is_some() || line.ends_with(b" \\")
}

/// The quotes that a byte is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Quote {
    #[default]
    Bare,
    Single,
    Double,
    AnsiC,
}

/// A command by POSIX shell quoting (XCU section 2.2), with `$'…'`, comments and here-documents.
#[derive(Debug)]
struct Shell {
    quote: Quote,
    previous: u8,
    /// The here-documents whose text has not ended.
    texts: VecDeque<Delimiter>,
    /// True once the line that names them has ended.
    is_in_text: bool,
    /// True if the next line joins the one before it, so that it ends no text.
    is_joined: bool,
    /// `None` before the first line; then true if it begins with a prompt.
    is_prompted: Option<bool>,
}

impl Default for Shell {
    fn default() -> Self {
        Self {
            quote: Quote::Bare,
            previous: b' ',
            texts: VecDeque::new(),
            is_in_text: false,
            is_joined: false,
            is_prompted: None,
        }
    }
}

impl Shell {
    /// Takes a line of a here-document.
    fn text(&mut self, line: &[u8]) -> Progress {
        let Some(delimiter) = self.texts.front() else { return Progress::Complete };
        if !self.is_joined && delimiter.is_end(line) {
            self.texts.pop_front();
        } else {
            let backslashes = line.iter().rev().take_while(|byte| **byte == b'\\').count();
            self.is_joined = delimiter.expands && backslashes % 2 == 1;
        }
        if self.texts.is_empty() { Progress::Complete } else { Progress::Open }
    }

    /// Takes a line of the command. Returns false if the command goes on behind a backslash.
    fn command(&mut self, line: &[u8]) -> bool {
        let mut rest = line;
        while let [byte, tail @ ..] = rest {
            rest = tail;
            match (self.quote, byte) {
                // A backslash at the end of the line continues the command on the next one. With blanks behind it, it
                // was meant to.
                (Quote::Bare, b'\\') if rest.iter().all(u8::is_ascii_whitespace) => return false,
                (Quote::Double | Quote::AnsiC, b'\\') if rest.is_empty() => return false,
                (Quote::Bare | Quote::Double | Quote::AnsiC, b'\\') => rest = rest.get(1..).unwrap_or_default(),
                (Quote::Bare, b'#') if is_before_comment(self.previous) => break,
                (Quote::Bare, b'\'') if self.previous == b'$' => self.quote = Quote::AnsiC,
                (Quote::Bare, b'\'') => self.quote = Quote::Single,
                (Quote::Bare, b'"') => self.quote = Quote::Double,
                (Quote::Single | Quote::AnsiC, b'\'') | (Quote::Double, b'"') => self.quote = Quote::Bare,
                (Quote::Bare, b'<') if rest.starts_with(b"<<") => rest = rest.get(2..).unwrap_or_default(),
                (Quote::Bare, b'<') if rest.starts_with(b"<") => {
                    let (delimiter, length) = Delimiter::read(rest.get(1..).unwrap_or_default());
                    if !delimiter.is_missing() {
                        self.texts.push_back(delimiter);
                    }
                    rest = rest.get(1 + length..).unwrap_or_default();
                }
                _ => {}
            }
            self.previous = *byte;
        }
        true
    }
}

impl Follow for Shell {
    fn line(&mut self, line: &[u8]) -> Progress {
        if self.is_in_text {
            return self.text(line);
        }
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        self.is_prompted.get_or_insert_with(|| line.trim_ascii_start().starts_with(PROMPT));
        if !self.command(line) || self.quote != Quote::Bare {
            return Progress::Open;
        }
        self.is_in_text = !self.texts.is_empty();
        if self.is_in_text { Progress::Open } else { Progress::Complete }
    }

    fn end(&self) -> Result<(), fn() -> Error> {
        match (self.quote, self.texts.is_empty()) {
            // A backslash at the very end continues the command with nothing.
            (Quote::Bare, true) => Ok(()),
            (Quote::Bare, false) => Err(|| Error::Curl("a here-document has no end".to_owned())),
            _ => Err(|| Error::Curl("a quote is not closed".to_owned())),
        }
    }

    fn behind(&self) -> Option<Behind> {
        let error =
            || Error::Curl("what stands below a line with a prompt is taken for output; it is not read".to_owned());
        let begins = |line: &[u8]| {
            let line = line.trim_ascii_start();
            let is_named = |name: &&[u8]| line.starts_with(name);
            line.starts_with(PROMPT) || [&b"curl "[..], b"curl.exe ", b"printf ", b"#"].iter().any(is_named)
        };
        (self.is_prompted == Some(true)).then_some(Behind { begins, error })
    }
}

/// Returns true if `#` begins a comment after this byte: within a word, as in a URL's fragment, it begins none.
fn is_before_comment(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b';' | b'&' | b'|')
}

/// Returns true if a command is written for cmd.exe: a word of its first line begins with `^"`, or its first line ends with ` ^`,
/// as browsers write it.
pub(super) fn is_for_cmd(command: &[u8]) -> bool {
    let line = command.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    let words = line.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty());
    line.ends_with(b" ^") || words.skip(1).any(|word| word.starts_with(b"^\""))
}

/// A command by the rules of cmd.exe: it goes on after a `^` at the end of a line, and an empty line there is a line
/// break in a word.
#[derive(Debug, Default)]
struct Cmd {
    escapes: bool,
}

impl Follow for Cmd {
    fn line(&mut self, line: &[u8]) -> Progress {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let carets = line.iter().rev().take_while(|byte| **byte == b'^').count();
        let is_break = std::mem::replace(&mut self.escapes, carets % 2 == 1) && line.is_empty();
        if self.escapes || is_break { Progress::Open } else { Progress::Complete }
    }

    fn end(&self) -> Result<(), fn() -> Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(lines: &[&str]) -> Vec<Progress> {
        let mut shell = Shell::default();
        lines.iter().map(|line| shell.line(line.as_bytes())).collect()
    }

    #[test]
    fn quotes_and_backslashes_hold_a_command_together() {
        use Progress::{Complete, Open};
        assert_eq!(progress(&["curl 'http://h/' \\", "  -d 'a", "b'"]), [Open, Open, Complete]);
        assert_eq!(progress(&["$ curl \"http://h/\" -d $'it\\'s'"]), [Complete]);
        assert_eq!(progress(&["curl -d \"a\\\"", "\" http://h/"]), [Open, Complete]);
    }
}
