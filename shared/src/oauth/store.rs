//! Stores of tokens: one private file, which is replaced as a whole so that an interrupted write loses no token, or a
//! docker-credential-helper.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::encode;
use crate::error::Error;
use crate::places::{self, Place};
use crate::secret::Secret;

use super::grant::GrantSettings;
use super::locks::{self, Lock, Locked, Patience};
use super::token::Token;
use super::words::shown;

/// A token with the settings that it was got with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The token.
    pub token: Token,
    /// The settings that it was got with.
    #[serde(rename = "recipe")]
    pub grant: GrantSettings,
}

/// A store that keeps tokens by name.
pub trait Store {
    /// Returns the token of that name.
    ///
    /// # Errors
    /// Returns [`Error::File`] or [`Error::Failed`] if the store cannot be read.
    fn get(&self, name: &str) -> Result<Option<Entry>, Error>;

    /// Saves a token under a name and replaces the one that has it.
    ///
    /// # Errors
    /// Returns [`Error::File`] or [`Error::Failed`] if the store cannot be written. It then holds what it held before.
    fn put(&self, name: &str, entry: &Entry) -> Result<(), Error>;

    /// Deletes the token of that name. Returns true if there was one.
    ///
    /// # Errors
    /// Returns [`Error::File`] or [`Error::Failed`] if the store cannot be written.
    fn remove(&self, name: &str) -> Result<bool, Error>;

    /// Returns all names, sorted.
    ///
    /// # Errors
    /// Returns [`Error::File`] or [`Error::Failed`] if the store cannot be read.
    fn names(&self) -> Result<Vec<String>, Error>;

    /// Waits until no other process gets or refreshes the token of that name. Other processes wait until the lock is dropped.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the lock's file cannot be made.
    fn lock(&self, name: &str) -> Result<Lock, Error> {
        loop {
            // What a holder told does not matter here: the lock itself is wanted.
            if let Locked::Held(lock) = self.lock_within(name, &Patience::default())? {
                return Ok(lock);
            }
        }
    }

    /// Waits as [`Store::lock`] does, but only as long as the patience goes.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the lock's file cannot be made.
    fn lock_within(&self, name: &str, patience: &Patience) -> Result<Locked, Error>;
}

/// Opens a store: the docker-credential-helper of that name, or else the user's file.
///
/// # Errors
/// Returns [`Error::Usage`] if the helper's name is not valid, or the error of [`Place::path`] if no home folder is known.
pub fn open(helper: Option<&str>) -> Result<Box<dyn Store>, Error> {
    Ok(match helper {
        Some(helper) => Box::new(HelperStore::new(helper)?),
        None => Box::new(FileStore::new()?),
    })
}

/// The contents of the store file.
#[derive(Default, Serialize, Deserialize)]
struct Contents {
    version: u32,
    tokens: BTreeMap<String, Entry>,
}

const VERSION: u32 = 1;

/// The limit in bytes of the store file. Tokens are small: a larger file is not ours.
const LARGEST: u64 = 64 << 20;

/// `tokens.json` in the state folder.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: PathBuf,
}

impl FileStore {
    /// Returns the store of this user.
    ///
    /// # Errors
    /// Returns the error of [`Place::path`] if no home folder is known.
    pub fn new() -> Result<Self, Error> {
        Ok(Self { folder: Place::State.path()? })
    }

    /// Returns the path of the file.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join("tokens.json")
    }

    fn read(&self) -> Result<Contents, Error> {
        let path = self.path();
        let text = match read_private(&path) {
            Ok(text) => text,
            // A folder that does not or cannot exist holds no tokens. A write reports the reason.
            Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
                return Ok(Contents::default());
            }
            Err(source) => return Err(Error::File { path, source }),
        };
        let unreadable = |why: &str| Error::Failed(format!("{}: {why}", path.display()));
        // The parser's message is left out: it could quote a token.
        let contents: Contents =
            serde_json::from_str(&text).map_err(|_| unreadable("is not a token store that can be read"))?;
        // A newer version may keep members that this one would drop when it writes the file.
        if contents.version > VERSION {
            return Err(unreadable("was written by a newer version"));
        }
        Ok(contents)
    }

    /// Reads, changes and replaces the file under a lock, so that no change of another process is lost.
    fn change<T>(&self, change: impl FnOnce(&mut Contents) -> T) -> Result<T, Error> {
        self.open()?;
        // The lock is a file of its own: the store is replaced by a new file, and a lock on the old one would guard
        // nothing.
        let _lock = locks::staying(&self.folder.join("tokens.lock"))?;
        let mut contents = self.read()?;
        let before = Zeroizing::new(serde_json::to_vec(&contents).unwrap_or_default());
        let outcome = change(&mut contents);
        contents.version = VERSION;
        let fail = |source| Error::File { path: self.path(), source };
        let text = Zeroizing::new(serde_json::to_vec(&contents).map_err(|error| fail(error.into()))?);
        if *text != *before {
            let draft = self.folder.join(".tokens.draft");
            places::replace_private(&self.path(), &draft, &text).map_err(fail)?;
        }
        Ok(outcome)
    }

    fn open(&self) -> Result<(), Error> {
        places::private_folder(&self.folder).map_err(|source| Error::File { path: self.folder.clone(), source })
    }

    fn lock_path(&self, name: &str) -> PathBuf {
        // A token's name may have any character and length, a file's name may not.
        let name = encode::percent_encoded(name.as_bytes(), &encode::UNRESERVED);
        let name = if name.len() > 100 { encode::hex(&crate::hash::sha256(name.as_bytes())) } else { name };
        self.folder.join(format!("token-{name}.lock"))
    }
}

impl Store for FileStore {
    fn get(&self, name: &str) -> Result<Option<Entry>, Error> {
        Ok(self.read()?.tokens.remove(name))
    }

    fn put(&self, name: &str, entry: &Entry) -> Result<(), Error> {
        self.change(|contents| {
            contents.tokens.insert(name.to_owned(), entry.clone());
        })
    }

    fn remove(&self, name: &str) -> Result<bool, Error> {
        self.change(|contents| contents.tokens.remove(name).is_some())
    }

    fn names(&self) -> Result<Vec<String>, Error> {
        Ok(self.read()?.tokens.into_keys().collect())
    }

    fn lock_within(&self, name: &str, patience: &Patience) -> Result<Locked, Error> {
        self.open()?;
        locks::passing(&self.lock_path(name), patience)
    }
}

/// A docker-credential-helper (`docker-credential-pass`, `-secretservice`, `-osxkeychain`, `-wincred`): a program that keeps
/// credentials by URL, with JSON on its stdin and stdout.
#[derive(Clone, Debug)]
pub struct HelperStore {
    program: String,
    locks: FileStore,
}

/// A credential in the helpers' JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct HelperCredentials {
    #[serde(rename = "ServerURL", default)]
    server_url: String,
    #[serde(default)]
    username: String,
    secret: String,
}

/// The start of our tokens' URLs, which tells them from other programs' credentials.
const HELPER_PREFIX: &str = "https://countersign.invalid/";

impl HelperStore {
    /// Returns the helper of that name: `pass` is `docker-credential-pass`.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the name has other characters than letters, digits, `-` and `_`.
    pub fn new(helper: &str) -> Result<Self, Error> {
        if helper.is_empty() || !helper.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
            return Err(Error::Usage(
                "--store is the name of a docker-credential-helper: pass, secretservice".to_owned(),
            ));
        }
        Ok(Self { program: format!("docker-credential-{helper}"), locks: FileStore::new()? })
    }

    fn url(name: &str) -> String {
        format!("{HELPER_PREFIX}{}", encode::percent_encoded(name.as_bytes(), &encode::UNRESERVED))
    }

    /// Runs the helper and returns its output, or `None` if it has no such credentials.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] with the first line of its output, these secrets masked, if it fails otherwise.
    fn run(&self, action: &str, input: &str, secrets: &[&Secret]) -> Result<Option<Zeroizing<String>>, Error> {
        use std::io::{Read as _, Write as _};
        use std::process::{Command, Stdio};
        let fail = |what: String| Error::Failed(format!("{} {action}: {what}", self.program));
        let mut child = Command::new(&self.program)
            .arg(action)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(|error| fail(error.to_string()))?;
        if let Some(mut stdin) = child.stdin.take() {
            // A failed write is ignored: a helper that ends without reading explains that in its output.
            let _ = stdin.write_all(input.as_bytes());
        }
        let mut output = Zeroizing::new(String::new());
        if let Some(stdout) = child.stdout.take() {
            // A helper that prints without end must not use up the memory.
            stdout.take(LARGEST).read_to_string(&mut output).map_err(|error| fail(error.to_string()))?;
        }
        let status = child.wait().map_err(|error| fail(error.to_string()))?;
        match status.success() {
            true => Ok(Some(output)),
            // Helpers have no exit status for this and say it in words.
            false if output.contains("credentials not found") => Ok(None),
            false => {
                let said = shown(output.lines().next().unwrap_or_default(), secrets);
                Err(fail(format!("{status}: {said}")))
            }
        }
    }
}

impl Store for HelperStore {
    fn get(&self, name: &str) -> Result<Option<Entry>, Error> {
        let Some(answer) = self.run("get", &Self::url(name), &[])? else { return Ok(None) };
        let bad = |_| Error::Failed(format!("{}: its entry {name} is not one of our tokens", self.program));
        let credentials: HelperCredentials = serde_json::from_str(&answer).map_err(bad)?;
        let secret = Zeroizing::new(credentials.secret);
        serde_json::from_str(&secret).map(Some).map_err(bad)
    }

    fn put(&self, name: &str, entry: &Entry) -> Result<(), Error> {
        let secret = serde_json::to_string(entry).unwrap_or_default();
        let credentials = HelperCredentials { server_url: Self::url(name), username: name.to_owned(), secret };
        let input = Zeroizing::new(serde_json::to_string(&credentials).unwrap_or_default());
        // A helper that fails may repeat what it was given.
        let token = &entry.token;
        let optional = [&token.refresh_token, &token.id_token, &token.token_secret].into_iter().flatten();
        let secrets: Vec<&Secret> = optional.chain([&token.access_token]).collect();
        self.run("store", &input, &secrets).map(|_| ())
    }

    fn remove(&self, name: &str) -> Result<bool, Error> {
        if self.run("get", &Self::url(name), &[])?.is_none() {
            return Ok(false);
        }
        self.run("erase", &Self::url(name), &[]).map(|_| true)
    }

    fn names(&self) -> Result<Vec<String>, Error> {
        let Some(answer) = self.run("list", "", &[])? else { return Ok(Vec::new()) };
        let urls: BTreeMap<String, String> = serde_json::from_str(&answer).unwrap_or_default();
        let name = |url: &String| url.strip_prefix(HELPER_PREFIX).map(encode::percent_decoded);
        Ok(urls.keys().filter_map(name).filter_map(|name| String::from_utf8(name).ok()).collect())
    }

    fn lock_within(&self, name: &str, patience: &Patience) -> Result<Locked, Error> {
        self.locks.lock_within(name, patience)
    }
}

/// Reads a file that only its owner may read. If others can read it, its mode is set to 0600 first, which is said.
///
/// # Errors
/// Returns [`std::io::ErrorKind::PermissionDenied`] if the file belongs to another user or another user may write to it, and
/// [`std::io::ErrorKind::FileTooLarge`] if it is longer than [`LARGEST`].
fn read_private(path: &Path) -> std::io::Result<Zeroizing<String>> {
    use std::io::Read as _;
    let file = File::open(path)?;
    // The open file is checked and not its path, which could lead to another file a moment later.
    places::check_own(&file)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        if file.metadata()?.mode() & 0o077 != 0 {
            log::warn!("{}: other users could read it; now only its owner can", path.display());
            file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        }
    }
    let mut text = Zeroizing::new(String::new());
    if file.take(LARGEST + 1).read_to_string(&mut text)? as u64 > LARGEST {
        return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, "is too large for a token store"));
    }
    Ok(text)
}
