//! Folders of files, one for each request, as Postman 12 and Bruno 4 have them.
//!
//! Names come from anyone, and become names of files only when they are safe. Nothing is written through a symbolic link,
//! and a file that exists is replaced only if it is as we wrote it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;

use crate::encode;
use crate::hash;
use crate::places::{Existing, write_private};

use super::record::{Collector, Record, variables};
use super::tree::{Tree, scalar};

/// The names of a layout's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Postman's, version 3.
    Postman,
    /// `OpenCollection`.
    OpenCollection,
}

impl Layout {
    /// Returns the end of a request's file name.
    fn suffix(self) -> &'static str {
        match self {
            Self::Postman => ".request.yaml",
            Self::OpenCollection => ".yml",
        }
    }

    /// Returns a request's file.
    fn request(self, name: &str, order: u64, text: &str) -> String {
        let name = scalar(name);
        match self {
            Self::Postman => format!("$kind: http-request\nname: {name}\n{text}order: {}\n", order * 1000),
            Self::OpenCollection => format!("info:\n  name: {name}\n  type: http\n  seq: {order}\n{text}"),
        }
    }

    /// Returns a folder's own file: its place in the folder, and its text.
    fn folder(self, name: &str, order: u64) -> (&'static str, String) {
        let name = scalar(name);
        match self {
            Self::Postman => {
                (".resources/definition.yaml", format!("$kind: collection\nname: {name}\norder: {}\n", order * 1000))
            }
            Self::OpenCollection => ("folder.yml", format!("info:\n  name: {name}\n  type: folder\n  seq: {order}\n")),
        }
    }

    /// Returns the collection's own file: its place in the folder, and its text.
    fn collection(self, name: &str, literals: &BTreeSet<String>) -> (&'static str, String) {
        match self {
            Self::Postman => {
                let variables = variables(literals).map(|(name, value)| (name.to_owned(), Tree::Text(value))).collect();
                let tree = Tree::map([("name", Tree::text(name))]);
                let tree = if literals.is_empty() { tree } else { tree.with("variables", Tree::Map(variables)) };
                (".resources/definition.yaml", format!("$kind: collection\n{}", tree.yaml()))
            }
            Self::OpenCollection => {
                let row = |(name, value): (&str, String)| {
                    Tree::map([("name", Tree::text(name)), ("value", Tree::Text(value))])
                };
                let rows = Tree::List(variables(literals).map(row).collect());
                let info = Tree::map([("name", Tree::text(name))]);
                let tree = Tree::map([("opencollection", Tree::text("1.0.0")), ("info", info)]);
                let request = Tree::map([("request", Tree::map([("variables", rows)]))]);
                let request = if literals.is_empty() { String::new() } else { request.yaml() };
                ("opencollection.yml", tree.yaml() + &request)
            }
        }
    }

    /// Returns true for a name that means something else there.
    fn is_taken(self, name: &str) -> bool {
        let taken: &[&str] = match self {
            Self::Postman => &[],
            Self::OpenCollection => &["folder", "opencollection", "environments", "node_modules", "bodies"],
        };
        taken.iter().any(|taken| name.eq_ignore_ascii_case(taken))
    }
}

/// A folder that is being filled.
pub(crate) struct FolderWriter {
    root: PathBuf,
    layout: Layout,
    /// The folders, by the names on the way to each.
    folders: HashMap<Vec<String>, Filled>,
    literals: BTreeSet<String>,
}

/// A folder, and what is in it.
#[derive(Default)]
struct Filled {
    path: PathBuf,
    /// The names of its members in lower case, since not every file system tells them apart otherwise.
    names: HashSet<String>,
    count: u64,
}

impl Filled {
    /// Returns a safe name that no other member has, and the member's number.
    fn name(&mut self, name: &str, layout: Layout) -> (String, u64) {
        let safe = safe_name(name);
        let numbered = (1_u64..).map(|number| format!("{safe} {number}"));
        let is_free = |name: &String| !layout.is_taken(name) && !self.names.contains(&name.to_lowercase());
        let name = std::iter::once(safe.clone()).chain(numbered).find(is_free).unwrap_or_default();
        self.names.insert(name.to_lowercase());
        self.count += 1;
        (name, self.count)
    }
}

impl FolderWriter {
    /// Makes the folder, if it is not there, and its own file.
    ///
    /// # Errors
    /// Returns the system's error if it cannot be written, or if a file in the way is not ours.
    pub(crate) fn new(root: &Path, layout: Layout) -> io::Result<Self> {
        fs::create_dir_all(root).map_err(|error| at(root, &error))?;
        // The user may name it by a link; below it none is followed.
        let root = fs::canonicalize(root).map_err(|error| at(root, &error))?;
        let filled = Filled { path: root.clone(), ..Filled::default() };
        let folders = HashMap::from([(Vec::new(), filled)]);
        let this = Self { root, layout, folders, literals: BTreeSet::new() };
        this.write_collection()?;
        Ok(this)
    }

    fn write_collection(&self) -> io::Result<()> {
        let name = self.root.file_name().map(|name| name.to_string_lossy().into_owned());
        let (place, text) = self.layout.collection(&name.unwrap_or_else(|| "Requests".to_owned()), &self.literals);
        write(&self.root.join(place), &text)
    }

    /// Makes the folders on the way to a request.
    fn folder(&mut self, names: &[String]) -> io::Result<&mut Filled> {
        for depth in 1..=names.len() {
            let (Some(way), Some(above)) = (names.get(..depth), names.get(..depth - 1)) else { continue };
            if self.folders.contains_key(way) {
                continue;
            }
            let Some((parent, name)) = self.folders.get_mut(above).zip(way.last()) else { continue };
            let (safe, order) = parent.name(name, self.layout);
            let path = parent.path.join(safe);
            make_folder(&path)?;
            let (place, text) = self.layout.folder(name, order);
            write(&path.join(place), &text)?;
            self.folders.insert(way.to_vec(), Filled { path, ..Filled::default() });
        }
        self.folders.get_mut(names).ok_or_else(|| io::Error::other("a folder is missing"))
    }
}

impl Collector for FolderWriter {
    fn record(&mut self, record: &Record<'_>) -> io::Result<()> {
        let text: String = serde_json::from_str(record.item.get())?;
        let layout = self.layout;
        if let Some((place, bytes)) = &record.body {
            let bytes = encode::BASE64.decode(bytes).map_err(io::Error::other)?;
            write_bytes(&self.root.join(place), &bytes)?;
        }
        let folder = self.folder(&record.folder)?;
        let (name, order) = folder.name(&record.name, layout);
        write(&folder.path.join(name + layout.suffix()), &layout.request(&record.name, order, &text))?;
        self.literals.extend(record.literals.iter().cloned());
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        if self.literals.is_empty() { Ok(()) } else { self.write_collection() }
    }
}

/// Returns the system's error with the path.
fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Makes a folder. One that is there must be one itself: a symbolic link may lead out.
fn make_folder(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(at(path, &io::Error::new(io::ErrorKind::AlreadyExists, "is no folder, and is left as it is"))),
        Err(_) => fs::create_dir(path).map_err(|error| at(path, &error)),
    }
}

/// Writes a text behind a line with its hash, by which it is known later.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let existing = match is_ours(path) {
        Ok(true) => Existing::Replace,
        Ok(false) => {
            let problem = "was changed or not written by --out, and is left as it is; choose another folder";
            return Err(at(path, &io::Error::new(io::ErrorKind::AlreadyExists, problem)));
        }
        Err(_) => Existing::Keep,
    };
    write_private(path, format!("{}{text}", mark(text)).as_bytes(), existing).map_err(|error| at(path, &error))
}

/// Writes the bytes of a body, whose hash is in the name.
fn write_bytes(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    match write_private(path, bytes, Existing::Keep) {
        Err(_) if is_file(path) && fs::read(path).is_ok_and(|found| found == bytes) => Ok(()),
        outcome => outcome.map_err(|error| at(path, &error)),
    }
}

fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}

/// Returns the first line of a file with this text.
fn mark(text: &str) -> String {
    let digest = encode::hex(&hash::sha256(text.as_bytes()));
    format!("# countersign {}\n", digest.get(..32).unwrap_or_default())
}

/// Returns true if a file is as we wrote it.
///
/// # Errors
/// Returns the system's error if there is no file.
fn is_ours(path: &Path) -> io::Result<bool> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Ok(false);
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    Ok(text.split_once('\n').is_some_and(|(first, rest)| format!("{first}\n") == mark(rest)))
}

/// The most bytes of a name. File systems take 255, and an ending is added.
const NAME_LIMIT: usize = 120;

/// Returns a name that stays in its folder on every system: no separators, no control characters, nothing that hides a
/// file or leads up, no name of a device of Windows.
fn safe_name(name: &str) -> String {
    let mut safe = String::new();
    for c in name.chars() {
        let c = if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c };
        if safe.len() + c.len_utf8() > NAME_LIMIT {
            break;
        }
        if c != '-' || !safe.ends_with('-') {
            safe.push(c);
        }
    }
    let safe = safe.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let stem = safe.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_port =
        |stem: &str| matches!(stem.as_bytes(), [b'c', b'o', b'm', b'0'..=b'9'] | [b'l', b'p', b't', b'0'..=b'9']);
    match stem.as_str() {
        "" => "request".to_owned(),
        "con" | "prn" | "aux" | "nul" => format!("_{safe}"),
        stem if is_port(stem) => format!("_{safe}"),
        _ => safe.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_safe_name_stays_in_its_folder() {
        for (name, safe) in [
            ("GET /a/b", "GET -a-b"),
            ("../../etc/passwd", "-..-etc-passwd"),
            ("..", "request"),
            (".hidden", "hidden"),
            ("", "request"),
            (" . ", "request"),
            ("a\nb\u{0}", "a-b-"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("com1", "_com1"),
            ("C:\\x", "C-x"),
            ("//", "-"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
        assert!(safe_name(&"é".repeat(500)).len() <= NAME_LIMIT);
    }
}
