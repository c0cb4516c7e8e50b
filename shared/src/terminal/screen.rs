//! Decides whether output is coloured, and colours it.

use std::ffi::{OsStr, OsString};

use crate::options::{Choice, Choices};

/// A value of `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// Colour on a terminal that has colours, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Colour in any case.
    Always,
    /// No colour.
    Never,
}

impl Choices for Color {
    const CHOICES: &'static [(Choice, Self)] = &[
        (Choice::new("auto", "On a terminal that has colours, unless NO_COLOR is set"), Self::Auto),
        (Choice::new("always", "Always"), Self::Always),
        (Choice::new("never", "Never"), Self::Never),
    ];
}

/// The choice whether the text of one stream is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Plain text.
    Plain,
    /// Text with ANSI escape sequences (ECMA-48, SGR).
    Colored,
}

impl Color {
    /// Returns the value on a command line that could not be parsed, or else that of the environment variable. Help and errors
    /// need it before there is a parsed command line.
    #[must_use]
    pub fn asked(arguments: &[OsString], variable: Option<&OsStr>) -> Self {
        let words: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
        let is = |value: &str| {
            let joined = format!("--color={value}");
            words.iter().any(|word| **word == joined) || words.windows(2).any(|pair| pair == ["--color", value])
        };
        match (is("always"), is("never")) {
            (true, false) => Self::Always,
            (false, true) => Self::Never,
            _ if words.iter().any(|word| word.starts_with("--color")) => Self::Auto,
            _ => {
                let value = variable.and_then(OsStr::to_str);
                value.and_then(Self::from_word).unwrap_or_default()
            }
        }
    }

    /// Returns whether stdout is coloured.
    #[must_use]
    pub fn stdout(self) -> Ink {
        self.ink(stdout_is_terminal)
    }

    /// Returns whether stderr is coloured.
    #[must_use]
    pub fn stderr(self) -> Ink {
        self.ink(stderr_is_terminal)
    }

    fn ink(self, is_terminal: fn() -> bool) -> Ink {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let is_colored = match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => !is_set("NO_COLOR") && !is_dumb() && is_terminal(),
        };
        if is_colored { Ink::Colored } else { Ink::Plain }
    }
}

impl Ink {
    /// Returns the text in bold.
    #[must_use]
    pub fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// Returns the text in bold red, for errors.
    #[must_use]
    pub fn red(self, text: &str) -> String {
        self.with("1;31", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Colored => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

/// Returns true if stdout is a terminal.
#[must_use]
pub fn stdout_is_terminal() -> bool {
    // The only place that names atty.
    atty::is(atty::Stream::Stdout)
}

/// Returns true if stderr is a terminal.
#[must_use]
pub fn stderr_is_terminal() -> bool {
    atty::is(atty::Stream::Stderr)
}

/// Returns true if stdin is a terminal.
#[must_use]
pub fn stdin_is_terminal() -> bool {
    atty::is(atty::Stream::Stdin)
}
