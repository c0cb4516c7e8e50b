//! The way to a file that we write: symbolic links and named pipes of others are not followed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The most symbolic links that are followed one after another, as many as Linux follows.
const MOST_LINKS: usize = 40;

/// The end of a chain of symbolic links.
#[derive(Debug)]
pub(super) enum Kind {
    /// A file, whether it exists or not. The path is no link.
    File(PathBuf),
    /// A terminal, another device, or a pipe without a name.
    Stream(PathBuf),
}

/// Follows the symbolic links of this user and of root. In a folder that everyone may write to, such as /tmp, another user
/// may have put a link in the place of a file: what we write, which a web site may have chosen, would land in a file of ours
/// that a shell runs. We open the link's end, so the kernel's own guard (`fs.protected_symlinks`) doesn't see the link.
///
/// # Errors
/// Returns [`io::ErrorKind::PermissionDenied`] if a link belongs to another user, [`io::ErrorKind::InvalidInput`] if there
/// is a named pipe or a socket at the end, which may never be read, and another error if there are too many links.
pub(super) fn followed(path: &Path) -> io::Result<Kind> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        // A link on the way is as dangerous as one at the end.
        path.ancestors().try_for_each(check_owner)?;
        if fs::metadata(&path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
            return stream(path);
        }
        match fs::read_link(&path) {
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => return Ok(Kind::File(path)),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

/// Refuses a path that is a symbolic link of another user.
#[cfg(unix)]
fn check_owner(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let Ok(found) = fs::symlink_metadata(path) else { return Ok(()) };
    let ours = rustix::process::geteuid().as_raw();
    if found.is_symlink() && found.uid() != ours && found.uid() != 0 {
        let text = "is or lies behind a symbolic link that belongs to another user; name the file itself";
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, text));
    }
    Ok(())
}

#[cfg(not(unix))]
fn check_owner(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Tells a named pipe, which hangs whoever opens it until somebody reads it, from one without a name, which has a reader.
#[cfg(unix)]
fn stream(path: PathBuf) -> io::Result<Kind> {
    use std::os::unix::fs::FileTypeExt as _;
    let end = fs::canonicalize(&path);
    let found = end.and_then(fs::symlink_metadata);
    if found.is_ok_and(|found| found.file_type().is_fifo() || found.file_type().is_socket()) {
        let text = "is a named pipe or a socket; give a file, or /dev/stdout and a shell's pipe";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
    }
    Ok(Kind::Stream(path))
}

#[cfg(not(unix))]
fn stream(path: PathBuf) -> io::Result<Kind> {
    Ok(Kind::Stream(path))
}
