//! The steps of a plan.

use std::path::PathBuf;

use serde::Serialize;

use crate::failure::Failure;

/// An action that changes one file, folder or registry key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub(crate) enum Step {
    /// Makes a folder that only its user can enter, and the folders above it.
    MakeFolder { path: PathBuf },
    /// Copies the bridge and makes it executable.
    CopyProgram { from: PathBuf, path: PathBuf },
    /// Makes the default key, if there is none.
    MakeKey { path: PathBuf },
    /// Copies the default key to where a sandbox can read it.
    CopyKey { from: PathBuf, path: PathBuf },
    /// Writes a file that only its user can read.
    WriteFile { path: PathBuf, text: String },
    /// Sets the default value of a key below `HKEY_CURRENT_USER`.
    SetRegistry { key: String, value: String },
    /// Removes a file.
    RemoveFile { path: PathBuf },
    /// Removes a folder, if it is empty then.
    RemoveFolder { path: PathBuf },
    /// Removes a key below `HKEY_CURRENT_USER`.
    RemoveRegistry { key: String },
}

/// The kind of change that a step makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Change {
    /// It makes something new.
    New,
    /// It repairs something of ours.
    Repair,
    /// Nothing: all is as it should be already.
    None,
    /// It removes something of ours.
    Remove,
}

/// A step of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Item {
    /// The browser that the step is for, or `None` if it serves all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    pub change: Change,
    #[serde(flatten)]
    pub step: Step,
}

/// The steps to be done, and the failures that keep others from being done.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub items: Vec<Item>,
    /// The failures so far.
    pub failures: Vec<Failure>,
    /// Remarks about things that are left alone, with the reason.
    pub notes: Vec<String>,
}

impl Plan {
    /// Adds a step, unless the plan has it already.
    pub(crate) fn add(&mut self, browser: Option<&str>, change: Change, step: Step) {
        if !self.items.iter().any(|item| item.step == step) {
            self.items.push(Item { browser: browser.map(str::to_owned), change, step });
        }
    }
}

impl Step {
    /// Returns the file, folder or key that the step changes.
    pub(crate) fn place(&self) -> String {
        match self {
            Self::MakeFolder { path }
            | Self::CopyProgram { path, .. }
            | Self::MakeKey { path }
            | Self::CopyKey { path, .. }
            | Self::WriteFile { path, .. }
            | Self::RemoveFile { path }
            | Self::RemoveFolder { path } => path.display().to_string(),
            Self::SetRegistry { key, .. } | Self::RemoveRegistry { key } => format!(r"HKEY_CURRENT_USER\{key}"),
        }
    }
}
