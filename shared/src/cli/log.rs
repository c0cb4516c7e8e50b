//! What `--quiet` and `-v` choose: everything that is said by `log` goes to stderr, a line each, as `sign: text`.

use std::io::Write as _;

use ::log::{Level, LevelFilter, Log, Metadata, Record};

use crate::terminal::{self, Ink};

/// How much is said on stderr.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Errors only.
    Quiet,
    /// Warnings too.
    Normal,
    /// `-v`: also where values come from and what is done (`log::info`).
    Verbose,
    /// `-vv`: also what is only of use to whoever looks for a fault, and what libraries say.
    Debug,
}

struct Printer {
    tool: &'static str,
    verbosity: Verbosity,
    ink: Ink,
}

/// Starts the printer; a second start in one process changes nothing.
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
    /// Whether one of our own crates speaks: the core, or the tool itself.
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
