//! The task that a command line comes to, as plain data. No other module sees the command line itself.

use std::path::PathBuf;

use countersign_shared::cli::Verbosity;

use crate::environment::Selection;
use crate::extension::Existing;

/// One command with everything that it was given.
#[derive(Debug)]
pub(crate) enum Task {
    /// `install`, `uninstall` and `reset`.
    Change(ChangeTask),
    Status(Selection, ReportFormat),
    Doctor(Selection, ReportFormat),
    /// `extension`: the folder to unpack the extension into.
    Unpack(PathBuf, Existing),
    Key(KeyTask),
}

/// A task that changes what is installed.
#[derive(Debug)]
pub(crate) struct ChangeTask {
    pub goal: Goal,
    pub selection: Selection,
    pub mode: Mode,
    pub format: ReportFormat,
    pub verbosity: Verbosity,
}

/// The state that a change leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    Installed,
    /// Everything that `install` made is gone; a custom key stays.
    Uninstalled,
    /// Everything is gone, keys too.
    Reset,
}

/// The use that is made of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Execute,
    DryRun,
    PrintScript,
}

/// A format of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReportFormat {
    Text,
    Json,
}

/// A task about the custom key.
#[derive(Debug)]
pub(crate) enum KeyTask {
    /// Set it. The value is a secret or a reference to one, as in `env:NAME`; `-` asks at the terminal.
    Set(String),
    Show,
    Clear,
}
