//! What an installation does, a step at a time.

use std::path::PathBuf;

use serde::Serialize;

use crate::failure::Failure;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub(crate) enum Step {
    /// Makes a folder for its user alone, and those above it.
    MakeFolder { path: PathBuf },
    /// Copies the bridge, as a program.
    CopyProgram { from: PathBuf, path: PathBuf },
    /// Makes the default key, if there is none.
    MakeKey { path: PathBuf },
    /// Copies the default key to where a sandbox can read it.
    CopyKey { from: PathBuf, path: PathBuf },
    /// Writes a file for its user alone.
    WriteFile { path: PathBuf, text: String },
    /// Sets a key's default value, below `HKEY_CURRENT_USER`.
    SetRegistry { key: String, value: String },
    /// Removes a file.
    RemoveFile { path: PathBuf },
    /// Removes a folder, if it is empty by then.
    RemoveFolder { path: PathBuf },
    /// Removes a key, below `HKEY_CURRENT_USER`.
    RemoveRegistry { key: String },
}

/// What a step changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Change {
    /// Something new.
    New,
    /// Something of ours that is not as it should be.
    Repair,
    /// Nothing: it is there as it should be.
    None,
    /// What was there goes.
    Remove,
}

/// A step of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Item {
    /// Whose step it is; none is everybody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    pub change: Change,
    #[serde(flatten)]
    pub step: Step,
}

/// What is to be done, and what stands in the way.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub items: Vec<Item>,
    /// What keeps part of it from being done.
    pub failures: Vec<Failure>,
    /// What is left alone, and why.
    pub notes: Vec<String>,
}

impl Plan {
    /// Adds a step, once.
    pub(crate) fn add(&mut self, browser: Option<&str>, change: Change, step: Step) {
        if !self.items.iter().any(|item| item.step == step) {
            self.items.push(Item { browser: browser.map(str::to_owned), change, step });
        }
    }
}

impl Step {
    /// The file, folder or key that it is about.
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
