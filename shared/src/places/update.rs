//! A file that several processes change: read, changed and replaced as a whole, by one of them at a time.

#[cfg(unix)]
use std::fs;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use super::draft::Draft;
use super::links::{Kind, followed};

/// The size limit in bytes: a larger file is the wrong one.
const LARGEST: u64 = 256 << 20;

/// Replaces the content of a file by what `change` makes of it, or of nothing if there is no file, and waits for other
/// processes that do the same. The file's mode becomes 0600, and a reader sees the old or the new content, never half of
/// it. A symbolic link of this user or of root stays one. A terminal or a pipe without a name (`/dev/stdout`, a shell's
/// `>(…)`) is written to instead.
///
/// # Errors
/// Returns the system's error if the file cannot be read, locked or written, [`io::ErrorKind::FileTooLarge`] if it
/// is over 256 MiB, [`io::ErrorKind::PermissionDenied`] if a symbolic link on the way to it belongs to another user,
/// [`io::ErrorKind::InvalidInput`] if it is a named pipe, [`io::ErrorKind::TimedOut`] if another process keeps it locked,
/// and the error of `change`, which leaves the file as it is.
pub fn update(path: &Path, change: impl FnOnce(&[u8]) -> io::Result<Vec<u8>>) -> io::Result<()> {
    let path = match followed(path)? {
        Kind::File(path) => path,
        Kind::Stream(path) => return File::options().write(true).open(path)?.write_all(&change(&[])?),
    };
    let draft = Draft::open(&path)?;
    // The file is read while the draft is held, so that no change of another process is lost.
    let before = read(&path)?;
    let after = change(before.as_deref().unwrap_or_default())?;
    // A file that would stay the same is not replaced, so that programs that watch it see no change.
    if before.as_ref() == Some(&after) && is_private(&path) {
        return Ok(());
    }
    draft.replace(&after)
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
    use std::path::PathBuf;

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
        update(&folder.join("link"), |before| Ok([before, b" new"].concat())).unwrap();
        update(&folder.join("dangling"), |before| Ok([before, b"made"].concat())).unwrap();
        assert!(fs::symlink_metadata(folder.join("link")).unwrap().is_symlink());
        assert_eq!(fs::read(folder.join("there/file")).unwrap(), b"old new");
        assert_eq!(fs::read(folder.join("there/none")).unwrap(), b"made");
        assert_eq!(fs::metadata(folder.join("there/file")).unwrap().mode() & 0o777, 0o600);
        symlink("round", folder.join("round")).unwrap();
        assert!(update(&folder.join("round"), |_| Ok(Vec::new())).is_err());
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
                    (0..20).for_each(|_| update(path, |before| Ok([before, &[b'0' + number]].concat())).unwrap());
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
