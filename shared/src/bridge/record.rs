//! The two records that an installation writes: one for the bridge, beside its binary, and one for the tools, in the
//! state folder.
//!
//! A browser runs in another environment than a shell (a desktop session, a sandbox). So a bridge cannot work out from
//! its own environment where the tools look for sockets, and reads it from its record instead.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::places::{self, Place};

/// The record `bridge.json` beside a bridge's binary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The extensions that may start the bridge in Chromium's family, as `chrome-extension://ID/`.
    pub origins: Vec<String>,
    /// The ids of the add-ons that may start it in Firefox's family.
    pub extensions: Vec<String>,
    /// The folder in which the bridge makes its socket.
    pub sockets: PathBuf,
    /// The path of the default key.
    pub key: PathBuf,
}

/// The record `bridges.json` in the state folder, which tells the tools about all installed bridges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installed {
    /// The folders of the bridges' binaries.
    pub bridges: Vec<PathBuf>,
    /// The folders of their sockets.
    pub sockets: Vec<PathBuf>,
    /// The native-messaging manifests that name them.
    #[serde(default)]
    pub manifests: Vec<PathBuf>,
    /// The folders that `install` had to make. `uninstall` removes those that are empty.
    #[serde(default)]
    pub folders: Vec<PathBuf>,
}

/// The file name of a [`Record`].
pub const RECORD: &str = "bridge.json";

/// The file name of an [`Installed`].
pub const INSTALLED: &str = "bridges.json";

impl Record {
    /// Reads the record in a bridge's folder. Returns `None` if there is none.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the file cannot be read, and [`Error::Failed`] if it is damaged.
    pub fn read(folder: &Path) -> Result<Option<Self>, Error> {
        read(&folder.join(RECORD))
    }
}

impl Installed {
    /// Reads the record in a state folder. Returns `None` if there is none.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the file cannot be read, and [`Error::Failed`] if it is damaged.
    pub fn read(state: &Path) -> Result<Option<Self>, Error> {
        read(&state.join(INSTALLED))
    }
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Option<T>, Error> {
    let text = match places::read_credentials(path) {
        Ok(text) => text,
        Err(Error::File { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let broken = || Error::Failed(format!("{}: is damaged; `bridge-install install` writes it anew", path.display()));
    serde_json::from_str(&text).map(Some).map_err(|_| broken())
}

/// Returns every folder in which bridges may listen: the one of this environment, and those of installed bridges.
///
/// # Errors
/// Returns [`Error::Usage`] if no home folder is known.
pub fn socket_folders() -> Result<Vec<PathBuf>, Error> {
    let mut folders = vec![Place::Runtime.path()?];
    match Installed::read(&Place::State.path()?) {
        Ok(installed) => folders.extend(installed.unwrap_or_default().sockets),
        // The folder of this environment may still have a bridge.
        Err(error) => log::warn!("{error}"),
    }
    folders.sort();
    folders.dedup();
    Ok(folders)
}
