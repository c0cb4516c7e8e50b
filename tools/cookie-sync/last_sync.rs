//! The tool's own copy of the cookies that were synced last, which `--offline` reads.

use std::path::PathBuf;

use countersign_shared::bridge::message::Domain;
use countersign_shared::cookies::{Cookie, json};
use countersign_shared::error::Error;
use countersign_shared::places::{self, Place};

/// The name of the copy in the state folder.
const FILE: &str = "cookies.json";

fn fail(path: PathBuf) -> impl FnOnce(std::io::Error) -> Error {
    move |source| Error::File { path, source }
}

/// Returns every cookie of the copy. Expired ones are among them.
///
/// # Errors
/// Returns [`Error::Failed`] if nothing was synced yet or the copy is damaged, and [`Error::File`] if it cannot be
/// read.
pub(crate) fn read() -> Result<Vec<Cookie>, Error> {
    let path = Place::State.path()?.join(FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::Failed("nothing was synced yet: run `cookie-sync once` first".to_owned()));
        }
        Err(error) => return Err(fail(path)(error)),
    };
    let damaged = |_| Error::Failed(format!("{}: is damaged; `cookie-sync once` writes it anew", path.display()));
    json::read(&text).map_err(damaged)
}

/// Replaces the cookies that the copy has of these domains.
///
/// # Errors
/// Returns [`Error::File`] if the copy cannot be written.
pub(crate) fn write(cookies: &[Cookie], domains: &[Domain]) -> Result<(), Error> {
    let path = Place::State.open()?.join(FILE);
    let replaced = places::update(&path, |before| {
        // A damaged copy is no loss: the next sync fills it again.
        let before = json::read(&String::from_utf8_lossy(before)).unwrap_or_default();
        let others = before.iter().filter(|cookie| !domains.iter().any(|domain| domain.covers(cookie)));
        Ok(json::write(others.chain(cookies)).into_bytes())
    });
    replaced.map_err(fail(path))
}
