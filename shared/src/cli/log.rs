//! Prints `log` records on stderr, one line each, as `sign: text`; `--quiet` and `-v` choose the level.

use std::io::Write as _;

use ::log::{Level, LevelFilter, Log, Metadata, Record};

use crate::terminal::{self, Ink};

/// The amount of messages on stderr.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Errors only.
    Quiet,
    /// Warnings too.
    Normal,
    /// `-v`: the sources of values and each step too (`log::info`).
    Verbose,
    /// `-vv`: details for finding a fault, and the messages of libraries.
    Debug,
}

struct Printer {
    tool: &'static str,
    verbosity: Verbosity,
    ink: Ink,
}

/// Installs the printer as the process's logger. A second call changes nothing.
pub(super) fn start(tool: &'static str, verbosity: Verbosity, ink: Ink) {
    let level = match verbosity {
        Verbosity::Quiet => LevelFilter::Error,
        Verbosity::Normal => LevelFilter::Warn,
        Verbosity::Verbose => LevelFilter::Info,
        Verbosity::Debug => LevelFilter::Debug,
    };
    if ::log::set_boxed_logger(Box::new(Printer { tool, verbosity, ink })).is_ok() {
        ::log::set_max_level(level);
    }
}

impl Printer {
    /// Returns true if the record comes from one of our crates: the core or the tool.
    fn is_ours(&self, target: &str) -> bool {
        let root = target.split("::").next().unwrap_or_default();
        root == "countersign_shared" || root == self.tool.replace('-', "_")
    }
}

impl Log for Printer {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.verbosity == Verbosity::Debug || self.is_ours(metadata.target())
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let kind = match record.level() {
            Level::Error => self.ink.red("error: "),
            Level::Warn => self.ink.bold("warning: "),
            Level::Info | Level::Debug | Level::Trace => String::new(),
        };
        let text = record.args().to_string();
        let _ = writeln!(std::io::stderr(), "{}: {kind}{}", self.tool, terminal::clean(&text));
    }

    fn flush(&self) {}
}
