//! Where things are kept, and how private files are made: folders 0700, files 0600, replaced atomically.

mod update;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::error::Error;
use crate::moment;

pub use update::update;

/// What the folders of all tools are called.
const NAME: &str = "countersign";

/// A kind of folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What people write: profiles.
    Config,
    /// What tools remember: tokens, histories, the capturing proxy's authority.
    State,
    /// What lives as long as a session: sockets, bodies for curl.
    Runtime,
}

impl Place {
    /// The folder, whether it exists or not. It is absolute: browsers start the bridge somewhere else.
    ///
    /// # Errors
    /// The environment names no place: no home folder is known.
    pub fn path(self) -> Result<PathBuf, Error> {
        let path = self
            .path_in(&|name| std::env::var_os(name).filter(|value| !value.is_empty()))
            .ok_or_else(|| Error::Usage("no home folder is known: set HOME or COUNTERSIGN_HOME".to_owned()))?;
        std::path::absolute(&path).map_err(|source| Error::File { path, source })
    }

    /// The folder, made 0700 if it was missing.
    ///
    /// # Errors
    /// It cannot be made, or belongs to somebody else.
    pub fn open(self) -> Result<PathBuf, Error> {
        let path = self.path()?;
        private_folder(&path).map_err(|source| Error::File { path: path.clone(), source })?;
        Ok(path)
    }

    fn path_in(self, variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
        // The XDG specification has relative paths ignored.
        let absolute = |name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        if let Some(home) = variable("COUNTERSIGN_HOME") {
            return Some(PathBuf::from(home).join(self.name()));
        }
        let xdg = match self {
            Self::Config => "XDG_CONFIG_HOME",
            Self::State => "XDG_STATE_HOME",
            Self::Runtime => "XDG_RUNTIME_DIR",
        };
        absolute(xdg).map(|base| base.join(NAME)).or_else(|| self.by_system(variable))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::State => "state",
            Self::Runtime => "run",
        }
    }

    #[cfg(windows)]
    fn by_system(self, variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
        let base = if self == Self::Config { "APPDATA" } else { "LOCALAPPDATA" };
        Some(PathBuf::from(variable(base)?).join(NAME).join(self.name()))
    }

    #[cfg(not(windows))]
    fn by_system(self, variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
        let home = || variable("HOME").map(PathBuf::from);
        match self {
            Self::Runtime => Some(std::env::temp_dir().join(format!("{NAME}-{}", rustix::process::getuid().as_raw()))),
            _ if cfg!(target_os = "macos") => {
                Some(home()?.join("Library/Application Support").join(NAME).join(self.name()))
            }
            Self::Config => Some(home()?.join(".config").join(NAME)),
            Self::State => Some(home()?.join(".local/state").join(NAME)),
        }
    }
}

/// Makes a folder and those above it, 0700. One that is there already must be ours; what others may do in it is taken
/// away.
///
/// # Errors
/// It cannot be made, is no folder, or belongs to somebody else.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)?;
    close_to_others(path)
}

#[cfg(unix)]
fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let found = fs::symlink_metadata(path)?;
    // In a folder that everybody may write to, a symbolic link could be anybody's; elsewhere it is its owner's wish.
    let target = fs::metadata(path)?;
    let ours = rustix::process::getuid().as_raw();
    if found.uid() != ours || target.uid() != ours {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "belongs to somebody else"));
    }
    if target.mode() & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn close_to_others(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// What happens when a file is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// The new one takes its place.
    Replace,
    /// It stays, and the write fails with [`io::ErrorKind::AlreadyExists`].
    Keep,
}

/// Writes a file, 0600, that appears whole or not at all, whoever else writes it at the same time.
///
/// # Errors
/// It cannot be written, or is there and is to be kept.
pub fn write_private(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let token = moment::random(8).map_err(|error| io::Error::other(error.to_string()))?;
    let draft = folder.join(format!(".draft-{}", crate::encode::hex(&token)));
    let outcome = write_draft(&draft, bytes).and_then(|()| match existing {
        Existing::Replace => fs::rename(&draft, path),
        Existing::Keep => fs::hard_link(&draft, path),
    });
    if outcome.is_err() || existing == Existing::Keep {
        let _ = fs::remove_file(&draft);
    }
    outcome
}

/// Replaces a private file by way of a draft whose name is fixed, so that a writer that was killed leaves one draft at
/// most, which the next one takes away. Whoever calls this keeps others from doing so at the same time.
///
/// # Errors
/// What the system says. Then the file holds what it held.
pub fn replace_private(path: &Path, draft: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let outcome = write_draft(draft, bytes).and_then(|()| fs::rename(draft, path));
    if outcome.is_err() {
        let _ = fs::remove_file(draft);
    }
    outcome
}

fn write_draft(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private_file(fs::OpenOptions::new().write(true).create_new(true), path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Opens a file that is 0600 if this makes it.
///
/// # Errors
/// What opening it says.
pub fn private_file(options: &mut fs::OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Credentials of other programs are small; what is larger is the wrong file.
const LARGEST_CREDENTIALS: u64 = 1 << 20;

/// Reads a file in which another program keeps credentials.
///
/// # Errors
/// It cannot be read, is not UTF-8, or is over 1 MiB.
pub fn read_credentials(path: &Path) -> Result<Zeroizing<String>, Error> {
    let fail = |source| Error::File { path: path.to_owned(), source };
    let mut text = Zeroizing::new(String::new());
    let file = File::open(path).map_err(fail)?;
    file.take(LARGEST_CREDENTIALS + 1).read_to_string(&mut text).map_err(fail)?;
    if text.len() as u64 > LARGEST_CREDENTIALS {
        return Err(fail(io::Error::new(io::ErrorKind::FileTooLarge, "is over 1 MiB, too long for credentials")));
    }
    Ok(text)
}

/// Whether a file's mode lets anybody but its owner read it. Always false where files have no mode.
#[must_use]
pub fn is_open_to_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.mode() & 0o044 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(place: Place, variables: &[(&str, &str)]) -> Option<PathBuf> {
        place.path_in(&|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()))
    }

    #[test]
    #[cfg(not(windows))]
    fn countersign_home_goes_before_xdg_and_xdg_before_home() {
        let all = [("COUNTERSIGN_HOME", "/c"), ("XDG_STATE_HOME", "/x"), ("HOME", "/h")];
        assert_eq!(path(Place::State, &all), Some("/c/state".into()));
        assert_eq!(path(Place::Runtime, &all), Some("/c/run".into()));
        assert_eq!(path(Place::State, &all[1..]), Some("/x/countersign".into()));
        assert_eq!(path(Place::State, &[("XDG_STATE_HOME", "relative")]), None);
        assert_eq!(path(Place::Config, &[]), None);
    }

    #[test]
    #[cfg(unix)]
    fn a_kept_file_is_never_overwritten_and_leaves_no_draft() -> io::Result<()> {
        let token = moment::random(8).map_err(|error| io::Error::other(error.to_string()))?;
        let folder = std::env::temp_dir().join(format!("places-{}", crate::encode::hex(&token)));
        private_folder(&folder)?;
        let file = folder.join("f");
        write_private(&file, b"one", Existing::Keep)?;
        let again = write_private(&file, b"two", Existing::Keep).map_err(|error| error.kind());
        assert_eq!(again, Err(io::ErrorKind::AlreadyExists));
        assert_eq!(fs::read(&file)?, b"one");
        write_private(&file, b"three", Existing::Replace)?;
        assert_eq!(fs::read(&file)?, b"three");
        assert_eq!(fs::read_dir(&folder)?.count(), 1);
        fs::remove_dir_all(&folder)
    }
}
