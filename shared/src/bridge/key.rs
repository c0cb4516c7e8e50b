//! The key that tools and extension share. Installation makes a default key; the user can type a custom one on both
//! sides.

use std::path::PathBuf;

use base64::Engine as _;
use hmac::Hmac;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::encode::BASE64;
use crate::error::Error;
use crate::moment;
use crate::places::{self, Existing, Place};
use crate::secret::Secret;

/// The number of rounds of PBKDF2-HMAC-SHA256 (RFC 8018) that make a custom key out of what the user types.
const ROUNDS: u32 = 600_000;
const SALT: &[u8] = b"countersign custom key 1";

/// A key of 32 bytes that both sides know. It is wiped from memory when dropped.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// Makes a key of these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Makes a new random key.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if the system has no randomness to give.
    pub fn random() -> Result<Self, Error> {
        let bytes = Zeroizing::new(moment::random(32)?);
        let bytes = bytes.as_slice().try_into();
        bytes.map(Self::new).map_err(|_| Error::Failed("no randomness".to_owned()))
    }

    /// Derives the key of a custom secret. This takes a noticeable part of a second.
    #[must_use]
    pub fn of_secret(secret: &Secret) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        // PBKDF2 fails only for an output longer than HMAC-SHA256 can make, and 32 bytes are not.
        let _ = pbkdf2::pbkdf2::<Hmac<Sha256>>(secret.expose().as_bytes(), SALT, ROUNDS, &mut *bytes);
        Self(bytes)
    }

    /// Returns the bytes of the key.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Returns the bytes in base64, as the bridge hands the default key to the extension.
    #[must_use]
    pub fn to_base64(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64.encode(self.bytes()))
    }

    fn from_base64(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(BASE64.decode(text.trim()).ok()?);
        bytes.as_slice().try_into().ok().map(Self::new)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(***)")
    }
}

/// Returns true if a custom secret may be set: ten or more ASCII letters and digits, and nothing else.
#[must_use]
pub fn is_custom_secret(text: &str) -> bool {
    text.len() >= 10 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The file of a custom key: the secret as typed, and the key derived from it, so that no tool has to derive it again.
#[derive(Serialize, Deserialize)]
struct Custom {
    secret: String,
    key: String,
}

/// The key files of a user.
#[derive(Clone, Debug)]
pub struct Keys {
    folder: PathBuf,
}

impl Keys {
    /// Returns the keys in the state folder.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if no home folder is known.
    pub fn new() -> Result<Self, Error> {
        Ok(Self::within(Place::State.path()?))
    }

    /// Returns the keys in this folder.
    #[must_use]
    pub const fn within(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Returns the path of the default key.
    #[must_use]
    pub fn default_path(&self) -> PathBuf {
        self.folder.join("bridge.key")
    }

    /// Returns the path of the custom key.
    #[must_use]
    pub fn custom_path(&self) -> PathBuf {
        self.folder.join("bridge-custom.key")
    }

    /// Returns the default key, and makes it if there is none yet.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the file cannot be read or written, and [`Error::Failed`] if it is not a key.
    pub fn make_default(&self) -> Result<Key, Error> {
        places::private_folder(&self.folder).map_err(|source| Error::File { path: self.folder.clone(), source })?;
        let path = self.default_path();
        // Two installations at the same time must end up with one key: the first file stays, and both read it.
        match places::write_private(&path, Key::random()?.to_base64().as_bytes(), Existing::Keep) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(source) => return Err(Error::File { path, source }),
        }
        self.default()?.ok_or_else(|| Error::Failed(format!("{}: was removed", path.display())))
    }

    /// Returns the default key, or `None` if there is no file.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the file cannot be read, and [`Error::Failed`] if it is not a key.
    pub fn default(&self) -> Result<Option<Key>, Error> {
        let path = self.default_path();
        let Some(text) = read(&path)? else { return Ok(None) };
        let key = Key::from_base64(&text);
        key.map(Some).ok_or_else(|| {
            Error::Failed(format!("{}: is not a key; `bridge-install install` makes a new one", path.display()))
        })
    }

    /// Returns the custom secret and its key, or `None` if the user set none.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the file cannot be read, and [`Error::Failed`] if it is not a key.
    pub fn custom(&self) -> Result<Option<(Secret, Key)>, Error> {
        let path = self.custom_path();
        let Some(text) = read(&path)? else { return Ok(None) };
        let bad =
            || Error::Failed(format!("{}: is not a key; set it anew with `bridge-install key set`", path.display()));
        let custom: Custom = serde_json::from_str(&text).map_err(|_| bad())?;
        let key = Key::from_base64(&custom.key).ok_or_else(bad)?;
        Ok(Some((Secret::new(custom.secret), key)))
    }

    /// Sets the custom secret.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if [`is_custom_secret`] is false for it, and [`Error::File`] if the file cannot be
    /// written.
    pub fn set_custom(&self, secret: &Secret) -> Result<(), Error> {
        if !is_custom_secret(secret.expose()) {
            return Err(Error::Usage("a custom key has ten or more letters and digits, and nothing else".to_owned()));
        }
        let key = Key::of_secret(secret);
        let custom = Custom { secret: secret.expose().to_owned(), key: key.to_base64().to_string() };
        let text = Zeroizing::new(serde_json::to_vec(&custom).unwrap_or_default());
        places::private_folder(&self.folder).map_err(|source| Error::File { path: self.folder.clone(), source })?;
        let path = self.custom_path();
        places::write_private(&path, &text, Existing::Replace).map_err(|source| Error::File { path, source })
    }

    /// Removes the custom secret, so that the default key counts again. Returns true if there was one.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the file cannot be removed.
    pub fn clear_custom(&self) -> Result<bool, Error> {
        let path = self.custom_path();
        match std::fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(source) => Err(Error::File { path, source }),
        }
    }

    /// Returns the key that tools use: the custom one if it is set, else the default one.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if there is no key or the file is not one, and [`Error::File`] if the file cannot be
    /// read.
    pub fn current(&self) -> Result<Key, Error> {
        if let Some((_, key)) = self.custom()? {
            return Ok(key);
        }
        let missing = || Error::Failed("The browser bridge is not installed: run `bridge-install install`".to_owned());
        self.default()?.ok_or_else(missing)
    }
}

fn read(path: &std::path::Path) -> Result<Option<Zeroizing<String>>, Error> {
    match places::read_own(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::File { path: path.to_owned(), source }),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn custom_secrets_make_the_keys_that_other_peoples_pbkdf2_makes() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/bridge/keys.json");
        let vectors: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        for vector in vectors.as_array().unwrap() {
            let [secret, key] = ["secret", "key"].map(|name| vector.get(name).unwrap().as_str().unwrap().to_owned());
            assert_eq!(*Key::of_secret(&Secret::new(secret)).to_base64(), key);
        }
    }
}
