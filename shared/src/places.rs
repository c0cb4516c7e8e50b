//! The folders that things are kept in, and private files in them.

mod draft;
mod links;
mod private;
mod update;

use std::ffi::OsString;
use std::path::PathBuf;

use crate::error::Error;

pub use draft::{is_at, stop_waiting};
pub use private::{
    Existing, append_private, check_own, is_open_to_others, private_file, private_folder, read_credentials, read_own,
    replace_private, write_private,
};
pub use update::update;

/// The name of the folders of all tools.
const NAME: &str = "countersign";

/// A kind of folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Files that people write: profiles.
    Config,
    /// Files that tools keep: tokens, histories, the capturing proxy's authority.
    State,
    /// Files that live as long as a session: sockets, bodies for curl.
    Runtime,
}

impl Place {
    /// Returns the folder's absolute path, whether it exists or not. A relative one would lead elsewhere in the bridge,
    /// which browsers start in another folder.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if no variable of the environment leads to a home folder, and [`Error::File`] if the
    /// current folder of a relative path is not known.
    pub fn path(self) -> Result<PathBuf, Error> {
        let path = self
            .path_in(&|name| std::env::var_os(name).filter(|value| !value.is_empty()))
            .ok_or_else(|| Error::Usage("no home folder is known: set HOME or COUNTERSIGN_HOME".to_owned()))?;
        std::path::absolute(&path).map_err(|source| Error::File { path, source })
    }

    /// Returns the folder's path, and makes the folder, 0700, if it is missing.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the folder cannot be made or belongs to another user, or an error of [`Place::path`] if
    /// its place is not known.
    pub fn open(self) -> Result<PathBuf, Error> {
        let path = self.path()?;
        private_folder(&path).map_err(|source| Error::File { path: path.clone(), source })?;
        Ok(path)
    }

    fn path_in(self, variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
        // The XDG specification says that relative paths are ignored.
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
            // Users may share this folder, so the name has the user's number. `private_folder` refuses one that another
            // user made.
            Self::Runtime => Some(std::env::temp_dir().join(format!("{NAME}-{}", rustix::process::getuid().as_raw()))),
            _ if cfg!(target_os = "macos") => {
                Some(home()?.join("Library/Application Support").join(NAME).join(self.name()))
            }
            Self::Config => Some(home()?.join(".config").join(NAME)),
            Self::State => Some(home()?.join(".local/state").join(NAME)),
        }
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
}
