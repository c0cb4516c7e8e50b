//! Folders of files, as collections of several programs are: what lies outside is never read, and there is an end to it.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::error::Error;

use super::{Broken, Folder, Item, Wrong};

/// The number of files and folders that are looked at.
const ENTRIES: usize = 1_000_000;

/// The number of bytes of all files together that are read, which is the size limit of a collection in one file.
const BYTES: u64 = 128 << 20;

/// The folder of a collection.
#[derive(Debug)]
pub(super) struct Root {
    path: PathBuf,
    entries: usize,
    bytes: u64,
}

/// A file or a folder below the root.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The path, without symbolic links.
    pub path: PathBuf,
    /// The name in messages: the path below the root, with `/` between, and empty for the root itself.
    pub label: String,
    /// The own name.
    pub name: String,
}

/// The kind of an entry, of what it leads to if it is a symbolic link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A folder.
    Folder,
    /// A file.
    File,
    /// A device, a pipe, a link that leads nowhere.
    Other,
}

/// An entry of a folder.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The place.
    pub place: Place,
    /// The kind.
    pub kind: Kind,
    /// The reason why it is not read.
    pub refused: Option<Wrong>,
}

impl Root {
    /// Opens a folder.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the folder cannot be found.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let real = fs::canonicalize(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
        Ok(Self { path: real, entries: 0, bytes: 0 })
    }

    /// Returns the place of the root itself.
    #[must_use]
    pub(super) fn place(&self) -> Place {
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Place { path: self.path.clone(), label: String::new(), name }
    }

    /// Returns the entries of a folder, sorted by name.
    ///
    /// # Errors
    /// Returns the folder if it cannot be read or holds more than anybody keeps in one.
    pub(super) fn list(&mut self, folder: &Place) -> Result<Vec<Entry>, Wrong> {
        let unreadable = |error: &io::Error| Wrong { place: folder.shown(), problem: cannot(error) };
        let mut entries = Vec::new();
        for entry in fs::read_dir(&folder.path).map_err(|error| unreadable(&error))? {
            let entry = entry.map_err(|error| unreadable(&error))?;
            self.entries += 1;
            if self.entries > ENTRIES {
                let problem = format!("more than {ENTRIES} files lie in the collection");
                return Err(Wrong { place: folder.shown(), problem });
            }
            entries.push(self.entry(folder, &entry));
        }
        entries.sort_by(|a, b| a.place.name.cmp(&b.place.name));
        Ok(entries)
    }

    fn entry(&self, folder: &Place, entry: &fs::DirEntry) -> Entry {
        let mut place = folder.below(&entry.file_name().to_string_lossy());
        place.path = entry.path();
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        let kind = match fs::metadata(&place.path) {
            Ok(metadata) if metadata.is_dir() => Kind::Folder,
            Ok(metadata) if metadata.is_file() => Kind::File,
            _ => Kind::Other,
        };
        let refused = if is_link { self.followed(folder, &mut place) } else { None };
        let refused = refused.or_else(|| (kind == Kind::Other).then_some("is neither a file nor a folder"));
        let refused = refused.map(|problem| Wrong { place: place.label.clone(), problem: problem.to_owned() });
        Entry { place, kind, refused }
    }

    /// Follows a symbolic link, and returns why it must not be followed.
    fn followed(&self, folder: &Place, place: &mut Place) -> Option<&'static str> {
        match fs::canonicalize(&place.path) {
            Err(_) => Some("is a symbolic link that leads nowhere"),
            // A collection that somebody else made must not show what lies elsewhere.
            Ok(real) if !real.starts_with(&self.path) => {
                Some("is a symbolic link that leads out of the collection's folder")
            }
            Ok(real) if folder.path.starts_with(&real) => Some("is a symbolic link to a folder that it is in"),
            Ok(real) => {
                place.path = real;
                None
            }
        }
    }

    /// Returns a file below a folder by its path, or `None` if there is none.
    ///
    /// # Errors
    /// Returns the file if it must not or cannot be read.
    pub(super) fn find(&mut self, folder: &Place, below: &[&str]) -> Result<Option<Place>, Wrong> {
        let mut place = folder.clone();
        for step in below {
            let within = place.clone();
            place = place.below(step);
            place.path = within.path.join(step);
            let Ok(metadata) = fs::symlink_metadata(&place.path) else { return Ok(None) };
            if metadata.is_symlink()
                && let Some(problem) = self.followed(&within, &mut place)
            {
                return Err(Wrong { place: place.label, problem: problem.to_owned() });
            }
        }
        Ok(Some(place))
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Returns the file if it cannot be read, is not UTF-8, or makes the collection too large.
    pub(super) fn text(&mut self, file: &Place) -> Result<String, Wrong> {
        let wrong = |problem: String| Wrong { place: file.shown(), problem };
        let unreadable = |error: io::Error| wrong(cannot(&error));
        // Who opens a FIFO waits for a writer.
        if !fs::metadata(&file.path).map_err(unreadable)?.is_file() {
            return Err(wrong("is not a file".to_owned()));
        }
        let opened = File::open(&file.path).map_err(unreadable)?;
        let room = BYTES.saturating_sub(self.bytes);
        let mut bytes = Vec::new();
        opened.take(room + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        self.bytes += bytes.len() as u64;
        if bytes.len() as u64 > room {
            return Err(wrong(format!("makes the collection longer than {} MiB", BYTES >> 20)));
        }
        String::from_utf8(bytes).map_err(|error| {
            let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            Wrong { place: format!("{}: line {line}", file.shown()), problem: "is not UTF-8".to_owned() }
        })
    }
}

impl Place {
    fn below(&self, name: &str) -> Self {
        let slash = if self.label.is_empty() { "" } else { "/" };
        Self { path: self.path.join(name), label: format!("{}{slash}{name}", self.label), name: name.to_owned() }
    }

    /// Returns the name in messages, also of the root.
    #[must_use]
    pub(super) fn shown(&self) -> String {
        if self.label.is_empty() { ".".to_owned() } else { self.label.clone() }
    }
}

fn cannot(error: &io::Error) -> String {
    format!("cannot be read: {error}")
}

/// Returns an item that stands for a file or folder that cannot be read.
#[must_use]
pub(super) fn broken(name: &str, wrong: Wrong) -> Item {
    Item::Broken(Broken { name: Some(name.to_owned()), wrong, source: None })
}

/// Replaces every request by an error. They depend on something that cannot be read: its authorization would be theirs.
#[must_use]
pub(super) fn poisoned(items: Vec<Item>, wrong: &Wrong) -> Vec<Item> {
    let below = |item| match item {
        Item::Folder(folder) => Item::Folder(Folder { items: poisoned(folder.items, wrong), ..folder }),
        Item::Request(template) => broken(&template.name, wrong.clone()),
        other => other,
    };
    items.into_iter().map(below).collect()
}
