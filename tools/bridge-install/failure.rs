//! What can go wrong with an installation, by the names that Interceptor's users know, each with the place and the advice.

use std::fmt;

use countersign_shared::error::Error;

/// The names of errors.
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

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// One of the errors that have a name.
    #[error("{name}: {place}: {problem}; {advice}")]
    Named { name: Name, place: String, problem: String, advice: String },
    /// One that has none.
    #[error("{place}: {problem}; {advice}")]
    Other { place: String, problem: String, advice: String },
    /// The command line is wrong.
    #[error("{0}")]
    Usage(String),
}

impl Failure {
    /// A file or folder that cannot be read, written or removed.
    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::Named {
            name: Name::FilePermissionsRequired,
            place: path.display().to_string(),
            problem: error.to_string(),
            advice: "let this user write there (chown, chmod), then run this again".to_owned(),
        }
    }

    /// A key of the registry that cannot be read, written or removed.
    pub(crate) fn registry(key: &str, error: &std::io::Error) -> Self {
        Self::Named {
            name: Name::RegistryAccessNeeded,
            place: format!(r"HKEY_CURRENT_USER\{key}"),
            problem: error.to_string(),
            advice: "let this user write that key (regedit, Permissions), then run this again".to_owned(),
        }
    }

    /// The error's name, where it has one.
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
