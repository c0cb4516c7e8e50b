//! A file that several processes change: read, changed and replaced as a whole, by one of them at a time.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::{Existing, write_private};

/// What is larger is the wrong file.
const LARGEST: u64 = 256 << 20;

/// Symbolic links that lead to another one; systems themselves stop after about so many.
const MOST_LINKS: usize = 40;

/// Replaces what a file holds by what `change` makes of it (of nothing, where there is no file), and waits for other
/// processes that do so. The file is 0600 then, and whoever opens it sees the old or the new content, never half of it.
/// A symbolic link stays one. What is no file (a pipe, a terminal) is written to.
///
/// # Errors
/// It cannot be read or written, or is over 256 MiB.
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

/// Where a path leads in the end, whether there is something or not.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            // What a shell's <(…) and /dev/stdout lead to has no name in any folder.
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

/// Held until it is dropped. The folder itself is locked, so that nothing is left lying about.
#[cfg(unix)]
fn lock(folder: &Path) -> io::Result<File> {
    let folder = File::open(folder)?;
    match folder.lock() {
        // A file system without locks has no other machine's process to wait for either, as far as we can tell.
        Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(error),
        _ => Ok(folder),
    }
}

/// Folders cannot be opened there: a file beside it, which stays.
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
        super::super::private_folder(&folder).unwrap();
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
