//! The folder for bodies that curl's config cannot hold: one private file per body, named by its hash, so that the same
//! input gives the same output.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use crate::encode;
use crate::error::Error;
use crate::hash;
use crate::moment;
use crate::places::{self, Place};

/// The age at which a body is removed, long after curl has read it.
const KEPT: Duration = Duration::from_hours(24);

/// The folder, which is opened with the first body.
#[derive(Clone, Debug, Default)]
pub struct Spool {
    given: Option<PathBuf>,
    opened: Arc<OnceLock<PathBuf>>,
}

impl Spool {
    /// Returns a spool in the folder of `--body-dir`, or in `body/` in the runtime folder.
    #[must_use]
    pub fn new(given: Option<PathBuf>) -> Self {
        Self { given, opened: Arc::default() }
    }

    /// Writes a body into a file, 0600, and returns the file's absolute path.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the folder or the file cannot be made.
    pub(super) fn keep(&self, body: &[u8]) -> Result<PathBuf, Error> {
        let path = self.folder()?.join(encode::hex(&hash::sha256(body)));
        replace(&path, body).map_err(|source| Error::File { path: path.clone(), source })?;
        Ok(path)
    }

    fn folder(&self) -> Result<&Path, Error> {
        if let Some(folder) = self.opened.get() {
            return Ok(folder);
        }
        let folder = match &self.given {
            Some(folder) => given(folder).map_err(|source| Error::File { path: folder.clone(), source })?,
            None => default()?,
        };
        // Another thread may have been faster; it opened the same folder.
        Ok(self.opened.get_or_init(|| folder))
    }
}

/// Returns the absolute path of the user's own folder. It is made if it is missing; its mode is not changed.
fn given(folder: &Path) -> io::Result<PathBuf> {
    // curl may be started in another folder.
    let folder = std::path::absolute(folder)?;
    if !folder.is_dir() {
        places::private_folder(&folder)?;
    }
    Ok(folder)
}

fn default() -> Result<PathBuf, Error> {
    let folder = Place::Runtime.open()?.join("body");
    places::private_folder(&folder).map_err(|source| Error::File { path: folder.clone(), source })?;
    sweep(&folder);
    Ok(folder)
}

/// Removes old bodies. A file that cannot be removed is left for the next time.
fn sweep(folder: &Path) {
    let Some(before) = SystemTime::now().checked_sub(KEPT) else { return };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let written = entry.metadata().ok().filter(fs::Metadata::is_file).and_then(|data| data.modified().ok());
        if written.is_some_and(|written| written < before) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes a file whole or not at all. It is not synced to the disk, since no body is kept longer than a day.
fn replace(path: &Path, body: &[u8]) -> io::Result<()> {
    // Several processes may write the same body at the same time, so each has a draft of its own.
    let token = moment::random(8).map_err(|error| io::Error::other(error.to_string()))?;
    let draft = path.with_extension(encode::hex(&token));
    let mut file = places::private_file(fs::OpenOptions::new().write(true).create_new(true), &draft)?;
    let outcome = file.write_all(body).and_then(|()| fs::rename(&draft, path));
    if outcome.is_err() {
        let _ = fs::remove_file(&draft);
    }
    outcome
}
