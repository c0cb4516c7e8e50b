//! The list of domains that `watch`, `once` and the others use when none is named.

use std::path::PathBuf;

use countersign_shared::bridge::message::Domain;
use countersign_shared::cli::print;
use countersign_shared::error::{Error, Exit};
use countersign_shared::places::{self, Place};
use serde_json::json;

use crate::cli::Format;
use crate::say;

/// A domain a line, in the state folder.
const FILE: &str = "cookie-domains";

fn path() -> Result<PathBuf, Error> {
    Ok(Place::State.path()?.join(FILE))
}

/// The list as it is now, in the order in which domains were added.
///
/// # Errors
/// It cannot be read.
pub(crate) fn added() -> Result<Vec<Domain>, Error> {
    let path = path()?;
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(parse(&text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(Error::File { path, source }),
    }
}

fn parse(text: &str) -> Vec<Domain> {
    text.lines().filter_map(|line| Domain::parse(line).ok()).collect()
}

/// Replaces the list; gives what it was before.
fn change(change: impl FnOnce(&mut Vec<Domain>)) -> Result<Vec<Domain>, Error> {
    let path = Place::State.open()?.join(FILE);
    let mut before = Vec::new();
    let replaced = places::update(&path, |text| {
        let mut list = parse(&String::from_utf8_lossy(text));
        before.clone_from(&list);
        change(&mut list);
        list.iter().fold(String::new(), |text, domain| format!("{text}{domain}\n")).into_bytes()
    });
    replaced.map(|()| before).map_err(|source| Error::File { path, source })
}

/// Adds domains; those that are there already stay where they are.
///
/// # Errors
/// The list cannot be written.
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

/// Takes domains off the list. What was synced of them stays where it is.
///
/// # Errors
/// The list cannot be written.
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
/// It cannot be read or printed.
pub(crate) fn list(format: Format) -> Result<Exit, Error> {
    let domains = added()?;
    match format {
        Format::Text => print(&domains.iter().fold(String::new(), |text, domain| format!("{text}{domain}\n")))?,
        Format::Json => {
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
