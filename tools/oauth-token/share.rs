//! Exports and imports tokens as a file that is encrypted with a pass phrase (PBKDF2-HMAC-SHA256, then AES-256-GCM).

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::Path;

use aes_gcm::aead::{Aead as _, Payload};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use base64::Engine as _;
use hmac::Hmac;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use countersign_shared::cli::say;
use countersign_shared::encode::BASE64;
use countersign_shared::error::{Error, Exit};
use countersign_shared::moment;
use countersign_shared::oauth::keeper::unknown;
use countersign_shared::oauth::{Entry, Store};
use countersign_shared::secret::Secret;

use crate::tool::TOOL;

/// The rounds of PBKDF2 for new files.
// This is the count that OWASP recommends for PBKDF2-HMAC-SHA256.
const ROUNDS: u32 = 600_000;

/// The limit of rounds: a file that asks for more would only keep us busy.
const MOST_ROUNDS: u32 = 10_000_000;

/// The characters of a pass phrase that is long enough: a shorter one can be found by trying, whatever the rounds.
const LEAST_PHRASE: usize = 12;

/// The limit in bytes of a file.
const LARGEST: u64 = 16 << 20;

/// The name of the format. It is authenticated with the contents, so that it cannot be exchanged.
const FORMAT: &str = "countersign tokens 1";

/// The file: JSON with base64 members.
#[derive(Serialize, Deserialize)]
struct Sealed {
    format: String,
    rounds: u32,
    salt: String,
    nonce: String,
    tokens: String,
}

/// The treatment of a token whose name exists already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It is kept, and the import fails.
    Kept,
    /// It is replaced, with `--force`.
    Replaced,
}

/// Prints tokens, encrypted.
///
/// # Errors
/// Returns [`Error::Failed`] if a name is not in the store, and [`Error::Write`] if stdout cannot be written.
pub(crate) fn export(store: &dyn Store, names: &[String], phrase: &Secret) -> Result<Exit, Error> {
    // The user may have chosen the phrase for a test or for a file that goes nowhere, so this is advice only.
    if phrase.expose().chars().count() < LEAST_PHRASE {
        let problem = "whoever gets the file can find a pass phrase this short by trying";
        say(TOOL, &format!("{problem}: {LEAST_PHRASE} characters or more are better"));
    }
    let names = if names.is_empty() { store.names()? } else { names.to_vec() };
    let mut tokens = BTreeMap::new();
    for name in names {
        let entry = store.get(&name)?.ok_or_else(|| unknown(&name))?;
        tokens.insert(name, entry);
    }
    let plain = Zeroizing::new(serde_json::to_vec(&tokens).unwrap_or_default());
    // Each file has a salt and thus a key of its own, so that a random nonce never meets the same key twice.
    let (salt, nonce) = (moment::random(16)?, moment::random(12)?);
    let payload = Payload { msg: &plain, aad: FORMAT.as_bytes() };
    let sealed = cipher(phrase, &salt, ROUNDS).encrypt(Nonce::from_slice(&nonce), payload);
    let sealed = sealed.map_err(|_| Error::Failed("the tokens cannot be encrypted".to_owned()))?;
    let file = Sealed {
        format: FORMAT.to_owned(),
        rounds: ROUNDS,
        salt: BASE64.encode(salt),
        nonce: BASE64.encode(nonce),
        tokens: BASE64.encode(sealed),
    };
    let text = serde_json::to_string(&file).unwrap_or_default();
    writeln!(std::io::stdout(), "{text}").map_err(Error::Write)?;
    Ok(Exit::Done)
}

/// Decrypts the tokens of a file, saves them and prints their names. Secrets of clients and references to secrets are left
/// out and named: whoever made the file chose them, and the pass phrase says nothing about intent.
///
/// # Errors
/// Returns [`Error::File`] if the file cannot be read, [`Error::Refused`] if the pass phrase is wrong, and [`Error::Failed`]
/// if the file is not an export or a token of that name exists already.
pub(crate) fn import(store: &dyn Store, file: &Path, phrase: &Secret, existing: Existing) -> Result<Exit, Error> {
    let mut tokens = open(&read(file)?, phrase)?;
    // All names are checked before the first token is saved, so that a failed import changes nothing.
    if existing == Existing::Kept {
        for name in tokens.keys() {
            if store.get(name)?.is_some() {
                return Err(Error::Failed(format!("a token {name} exists already: --force replaces it")));
            }
        }
    }
    for (name, entry) in &mut tokens {
        for removed in entry.grant.remove_secrets() {
            let problem = "is a secret or a reference and left out: give it anew, as an option or in a profile";
            say(TOOL, &format!("{name}: {removed} {problem}"));
        }
        store.put(name, entry)?;
        let _ = writeln!(std::io::stdout(), "{}", countersign_shared::terminal::clean(name));
    }
    Ok(Exit::Done)
}

fn read(file: &Path) -> Result<Sealed, Error> {
    let fail = |source| Error::File { path: file.to_owned(), source };
    let mut text = String::new();
    if file.as_os_str() == "-" {
        std::io::stdin().take(LARGEST).read_to_string(&mut text).map_err(fail)?;
    } else {
        std::fs::File::open(file).map_err(fail)?.take(LARGEST).read_to_string(&mut text).map_err(fail)?;
    }
    let sealed: Option<Sealed> = serde_json::from_str(&text).ok();
    let bad = |problem: &str| Error::Failed(format!("{}: {problem}", file.display()));
    let sealed = sealed.filter(|sealed| sealed.format == FORMAT);
    let sealed = sealed.ok_or_else(|| bad("is not a file of `oauth-token export`"))?;
    // `export` never writes fewer: a file with less was made by something else, and its phrase may have been guessed by anybody.
    match sealed.rounds {
        ROUNDS..=MOST_ROUNDS => Ok(sealed),
        ..ROUNDS => Err(bad("is sealed with too few rounds to trust: export the tokens again")),
        _ => Err(bad("asks for more rounds than any export has")),
    }
}

fn open(sealed: &Sealed, phrase: &Secret) -> Result<BTreeMap<String, Entry>, Error> {
    // A wrong pass phrase and a changed file look the same to AES-GCM, so one message says both.
    let bad = || Error::Refused("the pass phrase is wrong, or the file was changed".to_owned());
    let decode = |text: &str| BASE64.decode(text).map_err(|_| bad());
    let (salt, nonce, message) = (decode(&sealed.salt)?, decode(&sealed.nonce)?, decode(&sealed.tokens)?);
    let nonce: [u8; 12] = nonce.try_into().map_err(|_| bad())?;
    let payload = Payload { msg: &message, aad: FORMAT.as_bytes() };
    let plain = cipher(phrase, &salt, sealed.rounds).decrypt(Nonce::from_slice(&nonce), payload).map_err(|_| bad())?;
    serde_json::from_slice(&Zeroizing::new(plain)).map_err(|_| bad())
}

fn cipher(phrase: &Secret, salt: &[u8], rounds: u32) -> Aes256Gcm {
    let mut key = Zeroizing::new([0; 32]);
    // The only error is a key longer than the hash allows, and 32 bytes are not.
    let _ = pbkdf2::pbkdf2::<Hmac<Sha256>>(phrase.expose().as_bytes(), salt, rounds, &mut *key);
    Aes256Gcm::new(aes_gcm::Key::<Aes256Gcm>::from_slice(&*key))
}
