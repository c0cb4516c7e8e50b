//! What an installation writes down: for the bridge, beside its binary, and for the tools, in the state folder.
//!
//! A browser has an environment of its own (a desktop session's, a sandbox's), so a bridge can't work out from it where the
//! tools of a shell look for sockets.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::places::{self, Place};

/// What stands beside the bridge's binary, in `bridge.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Who may start the bridge in Chromium's family: `chrome-extension://ID/`.
    pub origins: Vec<String>,
    /// Who may start it in Firefox's family: the add-on's id.
    pub extensions: Vec<String>,
    /// The folder of its socket.
    pub sockets: PathBuf,
    /// The file of the default key.
    pub key: PathBuf,
}

/// What the tools know of installed bridges, in `bridges.json` in the state folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installed {
    /// The folders of the bridges' binaries.
    pub bridges: Vec<PathBuf>,
    /// The folders of their sockets.
    pub sockets: Vec<PathBuf>,
    /// The manifests that name them.
    #[serde(default)]
    pub manifests: Vec<PathBuf>,
    /// The folders that had to be made, and go again when they are empty.
    #[serde(default)]
    pub folders: Vec<PathBuf>,
}

/// The name of a [`Record`]'s file.
pub const RECORD: &str = "bridge.json";

/// The name of an [`Installed`]'s file.
pub const INSTALLED: &str = "bridges.json";

impl Record {
    /// The record in a bridge's folder, where there is one.
    ///
    /// # Errors
    /// It cannot be read, or is something else.
    pub fn read(folder: &Path) -> Result<Option<Self>, Error> {
        read(&folder.join(RECORD))
    }
}

impl Installed {
    /// What was installed, as far as this state folder says.
    ///
    /// # Errors
    /// The file cannot be read, or is something else.
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

/// Every folder in which bridges may listen: where this environment says, and where installed bridges do.
///
/// # Errors
/// No home folder is known.
pub fn socket_folders() -> Result<Vec<PathBuf>, Error> {
    let mut folders = vec![Place::Runtime.path()?];
    match Installed::read(&Place::State.path()?) {
        Ok(installed) => folders.extend(installed.unwrap_or_default().sockets),
        Err(error) => log::warn!("{error}"),
    }
    folders.sort();
    folders.dedup();
    Ok(folders)
}
