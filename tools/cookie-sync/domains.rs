//! The list of added domains, which `watch`, `once` and the other commands use if the command line names none.

use std::path::PathBuf;

use countersign_shared::bridge::message::Domain;
use countersign_shared::cli::print;
use countersign_shared::error::{Error, Exit};
use countersign_shared::places::{self, Place};
use serde_json::json;

use crate::plan::ListFormat;
use crate::tool::say;

/// The name of the list in the state folder. It holds one domain per line.
const FILE: &str = "cookie-domains";

fn path() -> Result<PathBuf, Error> {
    Ok(Place::State.path()?.join(FILE))
}

/// Returns the list as it is now, in the order in which domains were added. It is empty if there is no file yet.
///
/// # Errors
/// Returns [`Error::File`] if the list exists and cannot be read.
pub(crate) fn added() -> Result<Vec<Domain>, Error> {
    let path = path()?;
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(parse(&text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(Error::File { path, source }),
    }
}

/// Returns the error for a command line that names no domain while the list of added domains is empty.
pub(crate) fn none_given() -> Error {
    let text = "no domain given: name one, or `cookie-sync add example.com` to use it in every run";
    Error::Usage(text.to_owned())
}

fn parse(text: &str) -> Vec<Domain> {
    // A line that an edit by hand has spoilt must not take the others with it.
    text.lines().filter_map(|line| Domain::parse(line).ok()).collect()
}

/// Changes the list under a lock, and returns it as it was before.
fn change(change: impl FnOnce(&mut Vec<Domain>)) -> Result<Vec<Domain>, Error> {
    let path = Place::State.open()?.join(FILE);
    let mut before = Vec::new();
    let replaced = places::update(&path, |text| {
        let mut list = parse(&String::from_utf8_lossy(text));
        before.clone_from(&list);
        change(&mut list);
        Ok(list.iter().fold(String::new(), |text, domain| format!("{text}{domain}\n")).into_bytes())
    });
    replaced.map(|()| before).map_err(|source| Error::File { path, source })
}

/// Adds domains to the list. Those that are on it already keep their place.
///
/// # Errors
/// Returns [`Error::File`] if the list cannot be written.
pub(crate) fn add(domains: &[Domain]) -> Result<Exit, Error> {
    let before = change(|list| {
        for domain in domains {
            if !list.contains(domain) {
                list.push(domain.clone());
            }
        }
    })?;
    domains
        .iter()
        .filter(|domain| before.contains(domain))
        .for_each(|domain| say(&format!("{domain} was added already")));
    Ok(Exit::Done)
}

/// Removes domains from the list. Their cookies stay where they were synced to.
///
/// # Errors
/// Returns [`Error::Failed`] if a domain is not on the list, and [`Error::File`] if the list cannot be written.
pub(crate) fn remove(domains: &[Domain]) -> Result<Exit, Error> {
    let before = change(|list| list.retain(|domain| !domains.contains(domain)))?;
    let unknown: Vec<String> =
        domains.iter().filter(|domain| !before.contains(domain)).map(ToString::to_string).collect();
    if unknown.is_empty() {
        return Ok(Exit::Done);
    }
    Err(Error::Failed(format!("{}: was not added; `cookie-sync list` says what is", unknown.join(", "))))
}

/// Prints the list.
///
/// # Errors
/// Returns [`Error::File`] if the list cannot be read, and [`Error::Write`] if it cannot be printed.
pub(crate) fn list(format: ListFormat) -> Result<Exit, Error> {
    let domains = added()?;
    match format {
        ListFormat::Text => print(&domains.iter().fold(String::new(), |text, domain| format!("{text}{domain}\n")))?,
        ListFormat::Json => {
            let list: Vec<_> = domains
                .iter()
                .map(
                    |domain| json!({ "domain": domain.to_string(), "name": domain.name, "hostOnly": domain.host_only }),
                )
                .collect();
            print(&format!("{}\n", json!(list)))?;
        }
    }
    Ok(Exit::Done)
}
