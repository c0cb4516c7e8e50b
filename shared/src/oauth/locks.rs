//! Locks on tokens: one process at a time gets or refreshes a token, and the others learn how its sign-in went.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Exit};
use crate::places;

/// A lock that one process at a time holds. The system releases it when the process ends, even if it crashes.
#[derive(Debug)]
#[must_use = "the lock is released when it is dropped"]
pub struct Lock {
    file: File,
    /// The lock's file, if it goes with the lock.
    passing: Option<PathBuf>,
}

/// Removes the file of a token's lock, or one would stay for every name that there ever was. It is removed while the lock is
/// still held: `passing` then sees that the file it has waited for is no longer the one at the path.
impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(path) = &self.passing {
            // If it stays, the next process that locks the token removes it.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// The patience of a process that waits for a lock.
#[derive(Clone, Copy, Debug, Default)]
pub struct Patience {
    /// The moment when it ends.
    pub until: Option<Instant>,
    /// The choice whether it lasts while somebody signs in.
    pub sign_in: SignIn,
}

/// A choice whether a sign-in of another process is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignIn {
    /// It is waited for.
    #[default]
    AwaitIt,
    /// It is not: a person may take minutes.
    LeaveIt,
}

/// The outcome of waiting for a lock.
#[derive(Debug)]
pub enum Locked {
    /// The lock is held.
    Held(Lock),
    /// The sign-in that was waited for has failed, with this error.
    Told(Error),
    /// Another process waits for a person.
    SigningIn,
    /// Another process has held the lock for too long.
    Late,
}

/// The words of a lock's holder for those who wait.
#[derive(Serialize, Deserialize)]
enum Told {
    /// Somebody is asked to sign in.
    SigningIn,
    /// The sign-in failed.
    Failed { exit: u8, message: String },
}

impl Lock {
    /// Tells those who wait that somebody is asked to sign in.
    pub fn tell_sign_in(&self) {
        self.tell(&Told::SigningIn);
    }

    /// Tells those who wait that the sign-in has failed.
    pub fn tell_failure(&self, error: &Error) {
        self.tell(&Told::Failed { exit: error.exit() as u8, message: error.to_string() });
    }

    /// Writes into the lock's file. Whoever has waited has it open and can read it, even when it is removed.
    fn tell(&self, told: &Told) {
        let text = serde_json::to_vec(told).unwrap_or_default();
        let mut file = &self.file;
        // If the disk is full, the others do not learn it, and ask for themselves.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(&text));
    }
}

/// The first pause between two looks at a lock.
const SHORTEST_PAUSE: Duration = Duration::from_millis(2);

/// The longest pause between two looks at a lock.
const LONGEST_PAUSE: Duration = Duration::from_millis(50);

/// The most bytes that a holder tells.
const LONGEST_TOLD: u64 = 16 << 10;

/// Locks a file that stays when the lock is released.
///
/// # Errors
/// Returns [`Error::File`] if the file cannot be made or locked.
pub(super) fn staying(path: &Path) -> Result<Lock, Error> {
    let file = open(path)?;
    file.lock().map_err(|source| Error::File { path: path.to_owned(), source })?;
    Ok(Lock { file, passing: None })
}

/// Locks a file that is removed with the lock, where a file can be told from another at the same path.
///
/// # Errors
/// Returns [`Error::File`] if the file cannot be made or locked.
pub(super) fn passing(path: &Path, patience: &Patience) -> Result<Locked, Error> {
    loop {
        let file = open(path)?;
        if let Some(given_up) = wait(&file, path, patience)? {
            return Ok(given_up);
        }
        // While this process waited, the holder may have removed the file, and another process may hold a lock on a new
        // one: only the file at the path counts.
        if !cfg!(unix) || places::is_at(&file, path) {
            // A process that was killed may have left its words in the file.
            let _ = file.set_len(0);
            return Ok(Locked::Held(Lock { file, passing: cfg!(unix).then(|| path.to_owned()) }));
        }
        if let Some(Told::Failed { exit, message }) = told(&file) {
            return Ok(Locked::Told(failure(exit, message)));
        }
    }
}

fn open(path: &Path) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    places::private_file(options.read(true).write(true).create(true).truncate(false), path)
        .map_err(|source| Error::File { path: path.to_owned(), source })
}

/// Waits for the lock of a file, and returns how that ended if the patience did.
fn wait(file: &File, path: &Path, patience: &Patience) -> Result<Option<Locked>, Error> {
    let mut pause = SHORTEST_PAUSE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(None),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(source)) => return Err(Error::File { path: path.to_owned(), source }),
        }
        if patience.sign_in == SignIn::LeaveIt && matches!(told(file), Some(Told::SigningIn)) {
            return Ok(Some(Locked::SigningIn));
        }
        if patience.until.is_some_and(|until| Instant::now() >= until) {
            return Ok(Some(Locked::Late));
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

fn told(mut file: &File) -> Option<Told> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(LONGEST_TOLD).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

/// Returns an error of another process as one of this.
fn failure(exit: u8, message: String) -> Error {
    let is = |known: Exit| exit == known as u8;
    match () {
        () if is(Exit::Network) => Error::Network(message),
        () if is(Exit::Refused) => Error::Refused(message),
        () if is(Exit::NeedsPerson) => Error::NeedsPerson(message),
        () if is(Exit::Usage) => Error::Usage(message),
        () => Error::Failed(message),
    }
}
