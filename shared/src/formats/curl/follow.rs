//! The end of a command that goes on over several lines, by the quotes and continuations of its shell.

use crate::error::Error;
use crate::pipe::{Follow, Follower, Progress};

/// Returns the follower of a command, by the shell that its first line is written for.
pub(crate) fn follower(line: &[u8]) -> Follower {
    if is_for_cmd(line.trim_ascii_start()) {
        Follower::Own(Box::new(Cmd::default()))
    } else {
        Follower::Own(Box::new(Shell::default()))
    }
}

/// Returns true if a line looks like a shell command that runs curl: `curl …`, `$ curl …`, or the `printf … | curl` that
/// we write for bodies that no argument can hold.
pub(crate) fn is_command(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"$ ").unwrap_or(line).trim_ascii_start();
    [&b"curl"[..], b"printf", b"curl.exe"].iter().any(|name| {
        line.strip_prefix(*name)
            .is_some_and(|rest| rest.first().is_none_or(|b| matches!(b, b' ' | b'\t' | b'\\' | b'\r' | b'^')))
    })
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

/// A command by POSIX shell quoting (XCU section 2.2), with `$'…'` and comments.
#[derive(Debug)]
struct Shell {
    quote: Quote,
    previous: u8,
}

impl Default for Shell {
    fn default() -> Self {
        Self { quote: Quote::Bare, previous: b' ' }
    }
}

impl Follow for Shell {
    fn line(&mut self, line: &[u8]) -> Progress {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut bytes = line.iter().copied();
        while let Some(byte) = bytes.next() {
            match (self.quote, byte) {
                // A backslash at the end of the line continues the command on the next one.
                (Quote::Bare | Quote::Double | Quote::AnsiC, b'\\') if bytes.next().is_none() => return Progress::Open,
                (Quote::Bare, b'#') if is_before_comment(self.previous) => break,
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

    fn state(&self) -> u8 {
        // Outside quotes, the byte before the next line tells if `#` begins a comment there, and what `'` begins.
        match (self.quote, self.previous) {
            (Quote::Bare, previous) if is_before_comment(previous) => 0,
            (Quote::Bare, b'$') => 1,
            (Quote::Bare, _) => 2,
            (Quote::Single, _) => 3,
            (Quote::Double, _) => 4,
            (Quote::AnsiC, _) => 5,
        }
    }

    fn end(&self) -> Result<(), fn() -> Error> {
        // A backslash at the very end continues the command with nothing.
        if self.quote == Quote::Bare { Ok(()) } else { Err(|| Error::Curl("a quote is not closed".to_owned())) }
    }
}

/// Returns true if `#` begins a comment after this byte: within a word, as in a URL's fragment, it begins none.
fn is_before_comment(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b';' | b'&' | b'|')
}

/// Returns true if a command is written for cmd.exe: its second word begins with `^"`, or its first line ends with ` ^`,
/// as browsers write it.
pub(super) fn is_for_cmd(command: &[u8]) -> bool {
    let line = command.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    let mut words = line.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty());
    line.ends_with(b" ^") || words.nth(1).is_some_and(|word| word.starts_with(b"^\""))
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

    fn state(&self) -> u8 {
        u8::from(self.escapes)
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
