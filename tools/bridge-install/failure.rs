//! The failures of an installation, each with its place and what to do about it. Some have the names that Interceptor
//! gives them.

use std::fmt;

use countersign_shared::error::Error;

/// The name of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    ChromeNotInstalled,
    BrowserNotInstalled,
    FilePermissionsRequired,
    RegistryAccessNeeded,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ChromeNotInstalled => "CHROME_NOT_INSTALLED",
            Self::BrowserNotInstalled => "BROWSER_NOT_INSTALLED",
            Self::FilePermissionsRequired => "FILE_PERMISSIONS_REQUIRED",
            Self::RegistryAccessNeeded => "REGISTRY_ACCESS_NEEDED",
        })
    }
}

/// A failure of a check or a step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// A failure that has a name.
    #[error("{name}: {place}: {problem}; {advice}")]
    Named { name: Name, place: String, problem: String, advice: String },
    /// A failure without a name.
    #[error("{place}: {problem}; {advice}")]
    Other { place: String, problem: String, advice: String },
    /// A mistake in the command line.
    #[error("{0}")]
    Usage(String),
}

impl Failure {
    /// Returns the failure for a file or folder that cannot be read, written or removed.
    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::Named {
            name: Name::FilePermissionsRequired,
            place: path.display().to_string(),
            problem: error.to_string(),
            advice: "let this user write there (chown, chmod), then run this again".to_owned(),
        }
    }

    /// Returns the failure for a registry key that cannot be read, written or removed.
    pub(crate) fn registry(key: &str, error: &std::io::Error) -> Self {
        Self::Named {
            name: Name::RegistryAccessNeeded,
            place: format!(r"HKEY_CURRENT_USER\{key}"),
            problem: error.to_string(),
            advice: "let this user write that key (regedit, Permissions), then run this again".to_owned(),
        }
    }

    /// Returns the name of the failure, if it has one.
    pub(crate) const fn name(&self) -> Option<Name> {
        match self {
            Self::Named { name, .. } => Some(*name),
            Self::Other { .. } | Self::Usage(_) => None,
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Usage(text) => Self::Usage(text),
            Failure::Named { .. } | Failure::Other { .. } => Self::Failed(failure.to_string()),
        }
    }
}
