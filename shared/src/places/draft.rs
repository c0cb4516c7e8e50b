//! A draft that takes the place of a file. It is the lock of the file as well: of the processes that want to replace it,
//! one at a time holds the draft.
//!
//! The draft's name follows from the file's, and only this user can open it. So no other user can hold the lock, nothing is
//! left behind in the end, and a writer that is killed leaves one draft at most, which the next writer uses up.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::encode;
use crate::hash::sha256;

/// The longest wait for another process of this user. It holds the lock as long as it takes to write a file.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// The pause between two attempts to get a lock.
const PAUSE: Duration = Duration::from_millis(5);

/// The beginning of every draft's name; 16 hexadecimal digits follow.
const PREFIX: &str = ".draft-";

/// After this time a draft that nobody holds was left behind by a process that was killed.
#[cfg(unix)]
const FORGOTTEN: Duration = Duration::from_secs(60 * 60);

/// True once the process has been asked to end.
static IS_ENDING: AtomicBool = AtomicBool::new(false);

/// Ends every wait for a lock with [`io::ErrorKind::Interrupted`], now and from now on, since the process is to end.
pub fn stop_waiting() {
    IS_ENDING.store(true, Ordering::Relaxed);
}

/// A draft that this process holds. It is removed when it is dropped.
#[derive(Debug)]
pub(super) struct Draft {
    file: File,
    path: PathBuf,
    /// The file whose place it takes.
    target: PathBuf,
    is_placed: bool,
}

impl Draft {
    /// Waits until this process alone may replace the file.
    ///
    /// # Errors
    /// Returns [`io::ErrorKind::TimedOut`] if another process does not let go, [`io::ErrorKind::Interrupted`] if this one is
    /// to end meanwhile, [`io::ErrorKind::PermissionDenied`] if another user has put a file in the draft's place, and the
    /// system's error if the draft cannot be made.
    pub(super) fn open(target: &Path) -> io::Result<Self> {
        let folder = folder_of(target);
        let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let digest = encode::hex(&sha256(name.as_encoded_bytes()));
        let path = folder.join(format!("{PREFIX}{}", digest.get(..16).unwrap_or(&digest)));
        let until = Instant::now() + LONGEST_WAIT;
        loop {
            let file = match create(&path) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    pause(until)?;
                    continue;
                }
                created => created?,
            };
            acquire(&file, until)?;
            // Whoever held it may have renamed or removed it while we waited.
            if is_at(&file, &path) {
                sweep(folder);
                return Ok(Self { file, path, target: target.to_owned(), is_placed: false });
            }
        }
    }

    /// Puts the draft with this content in the file's place.
    ///
    /// # Errors
    /// Returns the system's error if it cannot be written. The file then keeps its content.
    pub(super) fn replace(mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes)?;
        fs::rename(&self.path, &self.target)?;
        self.is_placed = true;
        sync_folder(folder_of(&self.target));
        Ok(())
    }

    /// Puts the draft with this content in the place of a file that does not exist yet.
    ///
    /// # Errors
    /// Returns [`io::ErrorKind::AlreadyExists`] if it does, and the system's error if it cannot be written.
    pub(super) fn place(mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes)?;
        // A rename replaces what is there; a hard link fails if anything is.
        fs::hard_link(&self.path, &self.target)?;
        sync_folder(folder_of(&self.target));
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        // A writer that was killed may have left more than is written now.
        self.file.set_len(0)?;
        self.file.write_all(bytes)?;
        // The content has to be on the disk before the name is, or a loss of power could leave an empty file.
        self.file.sync_all()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_placed {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Returns the folder that a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a rename last through a loss of power: without it a rotated refresh token could be lost. Some systems cannot do
/// that for folders, and the file is written all the same.
pub(super) fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// Opens the draft, 0600, or makes it. A link in its place is not followed, and a file of another user is refused.
#[cfg(unix)]
fn create(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
    // A named pipe that somebody put there would hang the open without `NONBLOCK`.
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false).mode(0o600).custom_flags(flags.bits().cast_signed());
    let in_the_way = || {
        let text = format!("{}, which is in the way, does not belong to you or is no file", path.display());
        io::Error::new(io::ErrorKind::PermissionDenied, text)
    };
    let file = match options.open(path) {
        Err(_) if fs::symlink_metadata(path).is_ok_and(|found| !is_ours(&found)) => return Err(in_the_way()),
        opened => opened?,
    };
    let found = file.metadata()?;
    if !is_ours(&found) {
        return Err(in_the_way());
    }
    if found.mode() & 0o777 != 0o600 {
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

#[cfg(unix)]
fn is_ours(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    found.is_file() && found.uid() == rustix::process::geteuid().as_raw()
}

/// Opens the draft or makes it. Nobody else can open it for writing meanwhile (a sharing violation, error 32), which is lock
/// enough.
#[cfg(windows)]
fn create(path: &Path) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt as _;
    const READ_AND_DELETE: u32 = 1 | 4;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false).share_mode(READ_AND_DELETE);
    options.open(path).map_err(|error| match error.raw_os_error() {
        Some(32) => io::ErrorKind::WouldBlock.into(),
        _ => error,
    })
}

fn acquire(file: &File, until: Instant) -> io::Result<()> {
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(fs::TryLockError::WouldBlock) => {}
            // Some file systems have no locks. Writing without one is better than not writing at all.
            Err(fs::TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(()),
            Err(fs::TryLockError::Error(error)) => return Err(error),
        }
        pause(until)?;
    }
}

/// Lets the holder of the lock go on for a moment.
fn pause(until: Instant) -> io::Result<()> {
    if IS_ENDING.load(Ordering::Relaxed) {
        return Err(io::Error::new(io::ErrorKind::Interrupted, "another process is writing it, and this one ends"));
    }
    if Instant::now() >= until {
        let text = format!("another process of yours has kept it locked for {} s", LONGEST_WAIT.as_secs());
        return Err(io::Error::new(io::ErrorKind::TimedOut, text));
    }
    std::thread::sleep(PAUSE);
    Ok(())
}

/// Returns true if an open file is the one that this path leads to.
#[cfg(unix)]
#[must_use]
pub fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(found)) => (open.dev(), open.ino()) == (found.dev(), found.ino()),
        _ => false,
    }
}

/// Returns true: on this system whoever holds a file keeps others from removing it, so nobody waits for one that has gone.
#[cfg(not(unix))]
#[must_use]
pub fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// Removes drafts of this user that were left behind in a folder, those with random names of earlier versions too.
#[cfg(unix)]
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let digits = name.to_str().and_then(|name| name.strip_prefix(PREFIX)).unwrap_or_default();
        if digits.len() != 16 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            continue;
        }
        let path = entry.path();
        let is_forgotten = |found: &fs::Metadata| {
            is_ours(found) && found.modified().is_ok_and(|at| at.elapsed().is_ok_and(|age| age > FORGOTTEN))
        };
        // Under its lock, so that nobody is about to write it: who waits for it sees that it has gone.
        if fs::symlink_metadata(&path).is_ok_and(|found| is_forgotten(&found))
            && let Ok(file) = File::open(&path)
            && file.try_lock().is_ok()
            && is_at(&file, &path)
        {
            let _ = fs::remove_file(&path);
        }
    }
}

#[cfg(not(unix))]
fn sweep(_folder: &Path) {}
