//! Text that people paste and that is no request here: code that a browser copies in other languages.

use crate::error::Error;
use crate::pipe::{Follow, Follower, Progress};

/// Code in another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    Fetch,
    PowerShell,
}

impl Foreign {
    /// Tells the language by the first line.
    pub(super) fn of(start: &[u8]) -> Option<Self> {
        let begins = |word: &&[u8]| start.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let fetch = [&b"fetch("[..], b"await fetch(", b"const response = await fetch("];
        let shell = [&b"invoke-webrequest"[..], b"invoke-restmethod", b"$session", b"$headers = @", b"iwr ", b"irm "];
        if fetch.iter().any(begins) {
            return Some(Self::Fetch);
        }
        shell.iter().any(begins).then_some(Self::PowerShell)
    }

    /// Returns the follower of such code, which goes on to a blank line.
    pub(super) fn follower() -> Follower {
        Follower::Own(Box::new(UpToBlank))
    }

    /// Returns the error that says what it is.
    pub(super) const fn error(self) -> Error {
        Error::Foreign {
            what: match self {
                Self::Fetch => "JavaScript, which fetch() runs",
                Self::PowerShell => "PowerShell",
            },
        }
    }
}

#[derive(Debug)]
struct UpToBlank;

impl Follow for UpToBlank {
    fn line(&mut self, line: &[u8]) -> Progress {
        if line.trim_ascii().is_empty() { Progress::Complete } else { Progress::Open }
    }

    fn end(&self) -> Result<(), fn() -> Error> {
        Ok(())
    }
}
