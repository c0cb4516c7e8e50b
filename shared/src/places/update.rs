//! A file that several processes change: read, changed and replaced as a whole, by one of them at a time.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::private::{Existing, write_private};

/// The size limit in bytes: a larger file is the wrong one.
const LARGEST: u64 = 256 << 20;

/// The most symbolic links that are followed one after another, as many as Linux follows.
const MOST_LINKS: usize = 40;

/// Replaces the content of a file by what `change` makes of it, or of nothing if there is no file, and waits for other
/// processes that do the same. The file's mode becomes 0600, and a reader sees the old or the new content, never half of
/// it. A symbolic link stays one. A pipe or a terminal is written to instead.
///
/// # Errors
/// Returns the system's error if the file cannot be read, locked or written, and [`io::ErrorKind::FileTooLarge`] if it
/// is over 256 MiB.
pub fn update(path: &Path, change: impl FnOnce(&[u8]) -> Vec<u8>) -> io::Result<()> {
    let path = followed(path)?;
    if fs::metadata(&path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return File::options().write(true).open(&path)?.write_all(&change(&[]));
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _lock = lock(folder)?;
    let before = read(&path)?;
    let after = change(before.as_deref().unwrap_or_default());
    if before.as_ref() == Some(&after) && is_private(&path) {
        return Ok(());
    }
    write_private(&path, &after, Existing::Replace)
}

/// Returns the path at the end of a chain of symbolic links, whether a file is there or not.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            // The target of /dev/stdout or of a shell's <(…) may be a pipe, which has no name in any folder.
            Ok(_) if fs::metadata(&path).is_ok_and(|found| !found.is_file()) => return Ok(path),
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    if file.take(LARGEST + 1).read_to_end(&mut bytes)? as u64 > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "is over 256 MiB"));
    }
    Ok(Some(bytes))
}

/// Locks a folder until the result is dropped. The folder itself is locked, so that no lock file is left behind.
#[cfg(unix)]
fn lock(folder: &Path) -> io::Result<File> {
    let folder = File::open(folder)?;
    match folder.lock() {
        // Some file systems have no locks. Writing without one is better than not writing at all.
        Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(error),
        _ => Ok(folder),
    }
}

/// Locks a file in the folder until the result is dropped, since Windows does not open folders. The lock file stays.
#[cfg(not(unix))]
fn lock(folder: &Path) -> io::Result<File> {
    let file = File::options().write(true).create(true).truncate(false).open(folder.join(".countersign.lock"))?;
    file.lock().map(|()| file)
}

#[cfg(unix)]
fn is_private(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(path).is_ok_and(|found| found.mode() & 0o777 == 0o600)
}

#[cfg(not(unix))]
fn is_private(_path: &Path) -> bool {
    true
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    fn folder() -> PathBuf {
        let token = crate::moment::random(8).unwrap();
        let folder = std::env::temp_dir().join(format!("update-{}", crate::encode::hex(&token)));
        super::super::private::private_folder(&folder).unwrap();
        folder
    }

    #[test]
    fn a_symbolic_link_stays_one_and_its_file_becomes_private() {
        let folder = folder();
        fs::create_dir(folder.join("there")).unwrap();
        fs::write(folder.join("there/file"), "old").unwrap();
        fs::set_permissions(folder.join("there/file"), fs::Permissions::from_mode(0o644)).unwrap();
        symlink("there/file", folder.join("link")).unwrap();
        symlink("there/none", folder.join("dangling")).unwrap();
        update(&folder.join("link"), |before| [before, b" new"].concat()).unwrap();
        update(&folder.join("dangling"), |before| [before, b"made"].concat()).unwrap();
        assert!(fs::symlink_metadata(folder.join("link")).unwrap().is_symlink());
        assert_eq!(fs::read(folder.join("there/file")).unwrap(), b"old new");
        assert_eq!(fs::read(folder.join("there/none")).unwrap(), b"made");
        assert_eq!(fs::metadata(folder.join("there/file")).unwrap().mode() & 0o777, 0o600);
        symlink("round", folder.join("round")).unwrap();
        assert!(update(&folder.join("round"), |_| Vec::new()).is_err());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn nothing_that_one_of_many_writes_is_lost() {
        let folder = folder();
        let path = folder.join("file");
        std::thread::scope(|scope| {
            for number in 0..8_u8 {
                let path = &path;
                scope.spawn(move || {
                    (0..20).for_each(|_| update(path, |before| [before, &[b'0' + number]].concat()).unwrap());
                });
            }
        });
        let mut bytes = fs::read(&path).unwrap();
        bytes.sort_unstable();
        assert_eq!(bytes, (b'0'..b'8').flat_map(|byte| [byte; 20]).collect::<Vec<u8>>());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no draft is left");
        fs::remove_dir_all(folder).unwrap();
    }
}
