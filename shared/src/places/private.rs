//! Private files and folders: folders 0700, files 0600, replaced atomically.

use std::fs::{self, File};
use std::io::{self, Read as _, Write};
use std::path::Path;

use zeroize::Zeroizing;

use super::draft::{Draft, folder_of, sync_folder};
use super::links::{Kind, followed};
use crate::error::Error;

/// Makes a folder and those above it, 0700. A folder that exists must belong to this user; it is closed to others.
///
/// # Errors
/// Returns the system's error if the folder cannot be made, and [`io::ErrorKind::PermissionDenied`] if it belongs to
/// another user.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)?;
    // The mode above counts only for folders that are new.
    close_to_others(path)
}

#[cfg(unix)]
fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let found = fs::symlink_metadata(path)?;
    // In a folder that everyone may write to, such as /tmp, another user may have put a symbolic link in this place.
    let target = fs::metadata(path)?;
    let ours = rustix::process::getuid().as_raw();
    if found.uid() != ours || target.uid() != ours {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "belongs to another user"));
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

/// The treatment of a file that exists already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// The new file takes its place.
    Replace,
    /// It stays, and the write fails with [`io::ErrorKind::AlreadyExists`].
    Keep,
}

/// Writes a file, 0600, that appears whole or not at all, even if several processes write it at the same time.
///
/// # Errors
/// Returns the system's error if the file cannot be written, and [`io::ErrorKind::AlreadyExists`] if it exists and is to
/// be kept.
pub fn write_private(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    let draft = Draft::open(path)?;
    match existing {
        Existing::Replace => draft.replace(bytes),
        Existing::Keep => draft.place(bytes),
    }
}

/// Opens a file to append to, 0600 also if it exists. It must be a file of this user, a terminal or a pipe without a name;
/// symbolic links of this user and of root are followed.
///
/// # Errors
/// Returns [`io::ErrorKind::PermissionDenied`] if the file or a symbolic link on the way to it belongs to another user,
/// [`io::ErrorKind::InvalidInput`] if it is a named pipe, and the system's error if it cannot be opened.
pub fn append_private(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.append(true);
    // Should another user put a link there only now, the open fails.
    #[cfg(unix)]
    let options = {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
    };
    match followed(path)? {
        Kind::File(path) => {
            let file = private_file(options.create(true), &path)?;
            tighten(&file)?;
            Ok(file)
        }
        Kind::Stream(path) => fs::OpenOptions::new().append(true).open(path),
    }
}

/// Takes a file from other users.
#[cfg(unix)]
fn tighten(file: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let found = file.metadata()?;
    // Its owner could open it to others again, or read it over our shoulder.
    if found.uid() != rustix::process::geteuid().as_raw() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "belongs to another user"));
    }
    if found.mode() & 0o777 != 0o600 {
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn tighten(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Replaces a private file by way of a draft whose name is fixed, so that a writer that is killed leaves one draft at
/// most, which the next writer removes. The caller must hold a lock: two writers would share the draft.
///
/// # Errors
/// Returns the system's error if the draft cannot be written or renamed. The file then keeps its content.
pub fn replace_private(path: &Path, draft: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let outcome = write_draft(draft, bytes).and_then(|()| fs::rename(draft, path));
    match outcome {
        Ok(()) => sync_folder(folder_of(path)),
        Err(_) => drop(fs::remove_file(draft)),
    }
    outcome
}

fn write_draft(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // `create_new` fails at a link that somebody put there meanwhile, and does not follow it.
    let mut file = private_file(fs::OpenOptions::new().write(true).create_new(true), path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Opens a file; if this creates it, its mode is 0600.
///
/// # Errors
/// Returns the system's error if the file cannot be opened.
pub fn private_file(options: &mut fs::OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// Checks that an open file belongs to this user and that nobody else may write to it. A file with commands or keys that
/// somebody else has written would make that person's commands run, or that person's keys count.
///
/// # Errors
/// Returns [`io::ErrorKind::PermissionDenied`] if it belongs to another user or another user may write to it.
pub fn check_own(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let denied = |problem| Err(io::Error::new(io::ErrorKind::PermissionDenied, problem));
        let metadata = file.metadata()?;
        if metadata.uid() != rustix::process::getuid().as_raw() {
            return denied("belongs to another user, and is not used");
        }
        if metadata.mode() & 0o022 != 0 {
            return denied("can be written by other users, and is not used: look at what it says, then chmod go-w");
        }
    }
    let _ = file;
    Ok(())
}

/// Reads a file of our own that holds commands or keys.
///
/// # Errors
/// Returns the error of [`check_own`] if the file is somebody else's, and the system's error if it cannot be read, is not
/// UTF-8 or is over 1 MiB.
pub fn read_own(path: &Path) -> io::Result<Zeroizing<String>> {
    let file = File::open(path)?;
    check_own(&file)?;
    let mut text = Zeroizing::new(String::new());
    // The limit is on the read, since the metadata of a device or a growing file does not tell its length.
    file.take(LARGEST_CREDENTIALS + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST_CREDENTIALS {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "is over 1 MiB"));
    }
    Ok(text)
}

/// The size limit for credentials of other programs, in bytes: a larger file is the wrong one.
const LARGEST_CREDENTIALS: u64 = 1 << 20;

/// Reads a file in which another program keeps credentials.
///
/// # Errors
/// Returns [`Error::File`] if the file cannot be read, is not UTF-8, or is over 1 MiB.
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

/// Returns true if a file's mode lets other users read it; always false on systems where files have no mode.
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::moment;

    #[test]
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
