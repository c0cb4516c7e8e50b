//! `key`: sets, shows and clears the custom key.

use countersign_shared::cli::{print, say};
use countersign_shared::error::{Error, Exit};
use countersign_shared::secret;

use crate::environment::Environment;
use crate::task::KeyTask;
use crate::tool::TOOL;

/// Does one task about the custom key.
///
/// # Errors
/// Returns [`Error::Usage`] if the key is not one that may be set, and [`Error::File`] if it cannot be read, written or
/// removed.
pub(crate) fn run(task: &KeyTask) -> Result<Exit, Error> {
    let keys = Environment::new()?.keys();
    match task {
        KeyTask::Set(reference) => {
            keys.set_custom(&secret::resolve("key set", reference)?)?;
            say(TOOL, "the custom key is set; type the same one into the extension's popup");
        }
        KeyTask::Show => match keys.custom()? {
            Some((secret, _)) => print(&format!("{}\n", secret.expose()))?,
            None => {
                say(TOOL, "no custom key is set: the default key is used");
                // A script that asks for the key must not take an empty answer for one.
                return Ok(Exit::Failed);
            }
        },
        KeyTask::Clear => {
            let text = if keys.clear_custom()? { "the custom key is cleared" } else { "no custom key was set" };
            say(TOOL, &format!("{text}; the default key is used: clear it in the extension's popup too"));
        }
    }
    Ok(Exit::Done)
}
