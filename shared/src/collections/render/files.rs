//! Files that a collection names. It is data from elsewhere, so by itself it reads only what lies in its own folder.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The size limit in bytes of a file that is read for a body.
const LIMIT: u64 = 128 << 20;

/// The folder that files named by a collection are looked up in, and the rule for those outside it.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// The collection's own folder, or `None` for a collection that came through a pipe.
    pub folder: Option<PathBuf>,
    /// The rule for files outside the folder.
    pub outside: Outside,
}

/// The rule for files outside a collection's own folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outside {
    /// They are not read: a collection could have a file of the user's sent to whoever wrote it.
    #[default]
    Refused,
    /// They are read, as `--allow-files` says.
    Allowed,
}

impl Home {
    /// Returns the content of a file. A relative name is looked up in the collection's folder, then in the current one.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if the file is outside the folder and may not be read, and [`Error::File`] if it cannot be
    /// read.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, Error> {
        let path = self.find(name)?;
        let fail = |source| Error::File { path: path.clone(), source };
        let file = File::open(&path).map_err(fail)?;
        // A FIFO would wait for somebody to write into it, and a device may never end.
        if !file.metadata().map_err(fail)?.is_file() {
            return Err(fail(io::Error::other("not a regular file")));
        }
        let mut bytes = Vec::new();
        file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(fail)?;
        if bytes.len() as u64 > LIMIT {
            return Err(fail(io::Error::other(format!("longer than {} MiB", LIMIT >> 20))));
        }
        Ok(bytes)
    }

    /// Returns the file's path with every symbolic link followed, so that what is checked is what is opened.
    fn find(&self, name: &str) -> Result<PathBuf, Error> {
        let Some(folder) = &self.folder else {
            return match self.outside {
                Outside::Allowed => canonical(Path::new(name)),
                Outside::Refused => Err(refused(name)),
            };
        };
        let inside = canonical(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?;
        let found = match canonical(&inside.join(name)) {
            Err(Error::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => canonical(Path::new(name)),
            found => found,
        };
        match found {
            Ok(path) if self.outside == Outside::Allowed || path.starts_with(&inside) => Ok(path),
            Ok(_) => Err(refused(name)),
            // The message names the place at which the file was expected first.
            Err(Error::File { source, .. }) => Err(Error::File { path: inside.join(name), source }),
            Err(error) => Err(error),
        }
    }
}

fn canonical(path: &Path) -> Result<PathBuf, Error> {
    std::fs::canonicalize(path).map_err(|source| Error::File { path: path.to_path_buf(), source })
}

fn refused(name: &str) -> Error {
    Error::Failed(format!("{name} is outside the collection's folder; --allow-files lets it be read"))
}
