//! `extension`: unpacks the browser extension, whose files are part of this binary.

use std::io::Read as _;
use std::path::{Component, Path};

use countersign_shared::bridge::manifest;
use countersign_shared::cli::print;
use countersign_shared::error::{Error, Exit};
use countersign_shared::{encode, hash};
use serde::Deserialize;

use crate::failure::Failure;

/// Embeds files of the extension with their names.
macro_rules! files {
    ($($name:literal),* $(,)?) => { &[$(($name, include_bytes!(concat!("extension/", $name)).as_slice())),*] };
}

/// The files of the extension. A test compares this list with the folder.
const FILES: &[(&str, &[u8])] = files![
    "manifest.json",
    "background.js",
    "base64.js",
    "bytes.js",
    "body.js",
    "bridge.js",
    "browser.js",
    "capture.js",
    "channel.js",
    "consents.js",
    "cookies.js",
    "domain.js",
    "filter.js",
    "icons/128.png",
    "icons/16.png",
    "icons/32.png",
    "icons/48.png",
    "icons/icon.svg",
    "key.js",
    "noise.js",
    "popup.css",
    "popup.html",
    "popup.js",
    "requests.js",
    "settings.js",
    "settle.js",
    "subscription.js",
    "suffix-list.js",
    "suffix.js",
    "tool.js",
    "view.js",
];

/// The name of the list of unpacked files, in the format of `sha256sum`. It tells a later version which files it has to
/// remove.
const SUMS: &str = "SHA256SUMS";

/// The longest list that is read, in bytes. Ours is far shorter.
const LONGEST_SUMS: u64 = 1024 * 1024;

/// The members of the extension's manifest that matter here.
#[derive(Deserialize)]
struct Manifest {
    version: String,
    #[serde(default)]
    key: String,
}

/// The way to deal with a folder that exists already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    /// Refuse it unless it is empty.
    Refuse,
    /// Replace an older copy of the extension in it (`--update`).
    Update,
}

fn manifest() -> Option<Manifest> {
    let (_, bytes) = FILES.iter().find(|(name, _)| *name == "manifest.json")?;
    serde_json::from_slice(bytes).ok()
}

/// Returns the version of the extension in this binary.
pub(crate) fn version() -> String {
    manifest().map(|manifest| manifest.version).unwrap_or_default()
}

/// Unpacks the extension into a folder and prints how to load it.
///
/// # Errors
/// Returns [`Error::Failed`] if something else is in the folder or it cannot be written, and [`Error::Write`] if the
/// advice cannot be printed.
pub(crate) fn run(folder: &Path, existing: Existing) -> Result<Exit, Error> {
    unpack(folder, existing)?;
    print(&advice(folder, existing))?;
    Ok(Exit::Done)
}

/// Writes the extension into a folder, and removes the files of an older version that it no longer has.
///
/// # Errors
/// Returns a failure if something else is in the folder, or a file cannot be written or removed.
fn unpack(folder: &Path, existing: Existing) -> Result<(), Failure> {
    check(folder, existing)?;
    // Old files are removed first, while the list of the earlier version is still there to tell which they are.
    for name in unpacked(folder).into_iter().filter(|name| FILES.iter().all(|(carried, _)| carried != name)) {
        drop_file(folder, &name)?;
    }
    let sums = sums();
    for (name, bytes) in FILES.iter().copied().chain([(SUMS, sums.as_bytes())]) {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(|error| Failure::file(parent, &error))?;
        // Readable by others, since a browser in a sandbox may run as another user. Nothing in it is secret.
        std::fs::write(&path, bytes).map_err(|error| Failure::file(&path, &error))?;
    }
    Ok(())
}

fn sums() -> String {
    FILES.iter().map(|(name, bytes)| format!("{}  {name}\n", encode::hex(&hash::sha256(bytes)))).collect()
}

/// Returns the files of the version in the folder that are still as it wrote them. A file that the user has changed
/// stays.
fn unpacked(folder: &Path) -> Vec<String> {
    let list = std::fs::File::open(folder.join(SUMS)).map(|file| file.take(LONGEST_SUMS));
    let mut text = String::new();
    if list.and_then(|mut list| list.read_to_string(&mut text)).is_err() {
        return Vec::new();
    }
    // A list that was tampered with must not make us remove files outside the folder.
    let is_below = |name: &str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    let is_as_it_was = |path: &Path, sum: &str| {
        // We wrote no links, so a link is not ours, and neither is the file that it leads to.
        let is_file = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        is_file && std::fs::read(path).is_ok_and(|bytes| encode::hex(&hash::sha256(&bytes)) == sum)
    };
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    let ours = lines.filter(|(sum, name)| is_below(name) && is_as_it_was(&folder.join(name), sum));
    ours.map(|(_, name)| name.to_owned()).collect()
}

/// Removes a file, and the folders above it that are empty then.
fn drop_file(folder: &Path, name: &str) -> Result<(), Failure> {
    let path = folder.join(name);
    std::fs::remove_file(&path).map_err(|error| Failure::file(&path, &error))?;
    for parent in path.ancestors().skip(1).take_while(|parent| *parent != folder) {
        // This fails for a folder that holds something else. It stays then, and so do those above it.
        if std::fs::remove_dir(parent).is_err() {
            break;
        }
    }
    Ok(())
}

fn check(folder: &Path, existing: Existing) -> Result<(), Failure> {
    let is_empty = std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if is_empty {
        return Ok(());
    }
    let failure = |problem: &str, advice: &str| {
        Err(Failure::Other {
            place: folder.display().to_string(),
            problem: problem.to_owned(),
            advice: advice.to_owned(),
        })
    };
    let found = std::fs::read(folder.join("manifest.json")).ok();
    let found = found.and_then(|text| serde_json::from_slice::<Manifest>(&text).ok());
    // The key makes the id of the extension, so it is the same in every version and in no other extension.
    let is_ours = found.is_some_and(|found| manifest().is_some_and(|ours| ours.key == found.key));
    match (is_ours, existing) {
        (false, _) => failure("is not empty, and not this extension", "choose another folder"),
        (true, Existing::Refuse) => failure("has the extension already", "--update replaces it"),
        (true, Existing::Update) => Ok(()),
    }
}

/// Returns how to load the extension in each family of browsers.
fn advice(folder: &Path, existing: Existing) -> String {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let folder = folder.display();
    let (id, add_on) = (manifest::EXTENSION, manifest::ADD_ON);
    if existing == Existing::Update {
        return format!(
            "updated {folder}\n\
             Chrome, Chromium, Edge, Brave and others: open chrome://extensions and press the reload button (↻) of Countersign.\n\
             Firefox: open about:debugging#/runtime/this-firefox and press Reload below Countersign.\n"
        );
    }
    format!(
        "unpacked into {folder}\n\
         Chrome, Chromium, Edge, Brave and others: open chrome://extensions, switch on \"Developer mode\", press \
         \"Load unpacked\" and choose that folder. Its id there is {id}.\n\
         Firefox: open about:debugging#/runtime/this-firefox, press \"Load Temporary Add-on…\" and choose \
         {folder}/manifest.json; it stays until Firefox ends. Its id there is {add_on}.\n"
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use std::path::PathBuf;

    fn names(folder: &Path, below: &Path) -> Vec<String> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder.join(below)).unwrap() {
            let path: PathBuf = below.join(entry.unwrap().file_name());
            if folder.join(&path).is_dir() {
                names.extend(self::names(folder, &path));
            } else {
                names.push(path.to_str().unwrap().replace('\\', "/"));
            }
        }
        names.sort();
        names
    }

    #[test]
    fn every_file_of_the_folder_is_carried() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/bridge-install/extension");
        let mut carried: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        carried.sort_unstable();
        assert_eq!(carried, names(&folder, Path::new("")));
    }

    #[test]
    fn the_ids_are_those_that_browsers_work_out() {
        let manifest: serde_json::Value = serde_json::from_slice(FILES.first().unwrap().1).unwrap();
        let key = base64::engine::general_purpose::STANDARD.decode(manifest["key"].as_str().unwrap()).unwrap();
        // Chromium: the first half of the key's SHA-256, its hexadecimal digits written a to p.
        let digest = countersign_shared::hash::Algorithm::Sha256.digest(&key);
        let letters = |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from(b'a' + digit));
        let id: String = digest.iter().take(16).flat_map(letters).collect();
        assert_eq!(id, countersign_shared::bridge::manifest::EXTENSION);
        assert_eq!(manifest["browser_specific_settings"]["gecko"]["id"], countersign_shared::bridge::manifest::ADD_ON);
        assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"), "bridge and extension go together");
    }
}
