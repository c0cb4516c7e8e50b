//! Files and standard input as a source of the pipe, with collections among them.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::error::Error;
use crate::formats::{Files, InputFormat, Reader};
use crate::lock::lock;
use crate::pipe::{Input, Source, Whole};
use crate::variables::Variables;

use super::documents::{self, Choice, Documents};
use super::render::{Home, Outside};
use super::sniff::{self, Ahead, Known, Verdict};
use super::{Collection, Dialect, http_file, insomnia, openapi, opencollection, postman, postman_folder};

/// The size limit of a collection in bytes, which is that of every document of the pipe.
const LIMIT: u64 = 128 << 20;

/// The number of bytes of a document in which its kind must show.
const HEAD: usize = 1 << 20;

/// A run that opens its inputs, several times if there are rows of `--data`.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// Standard input, if it was read beforehand.
    pub stdin: Option<Arc<[u8]>>,
    /// The words that start every message, or nothing.
    pub name: String,
    /// The collections that were read.
    pub shelf: Arc<Shelf>,
}

impl Opening {
    fn stdin(&self) -> Box<dyn Read + Send> {
        match &self.stdin {
            Some(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
            None => Box::new(io::stdin()),
        }
    }
}

/// The collections that a run has read, so that each is read once and said once what is left out of it.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<HashMap<PathBuf, Arc<Collection>>>);

impl Shelf {
    /// Returns a collection, and true if it is read just now.
    fn collection(
        &self,
        path: PathBuf,
        read: impl FnOnce() -> Result<Collection, Error>,
    ) -> Result<(Arc<Collection>, bool), Error> {
        let mut known = lock(&self.0);
        if let Some(collection) = known.get(&path) {
            return Ok((Arc::clone(collection), false));
        }
        let collection = Arc::new(read()?);
        known.insert(path, Arc::clone(&collection));
        Ok((collection, true))
    }
}

/// Returns a source of the files named, or of standard input if none is; `-` is standard input. Collections among them
/// become the requests in them, with the reader's variables.
///
/// # Errors
/// Returns [`Error::Usage`] if requests are chosen by name from an input that is no collection, or a file's name is a command
/// for curl, and [`Error::Read`] if standard input cannot be read.
pub fn open(files: &[PathBuf], reader: &Reader, choice: &Choice, opening: &Opening) -> Result<Source, Error> {
    let several = files.len() > 1;
    let stdin = [PathBuf::from("-")];
    let files = if files.is_empty() { &stdin } else { files };
    let input = |path: &PathBuf| {
        let input = match pasted(path)? {
            Some(url) => Kind::Lines(Input::Reader(Box::new(Cursor::new(url)))),
            None if path.as_os_str() == "-" => from_stdin(reader, opening)?,
            None => from_file(path, reader),
        };
        Ok(match input {
            Kind::Lines(_) if !choice.is_open() => {
                return Err(Error::Usage(
                    "--folder and --name choose from a collection, and the input is none".to_owned(),
                ));
            }
            Kind::Lines(input) => input,
            Kind::Known(known) => {
                let label = path.display().to_string();
                let text = Err(Error::Failed(known.words(&label)));
                let variables = Variables::default();
                Input::Documents(Box::new(std::iter::once(Whole { label, text, notes: Vec::new(), variables })))
            }
            Kind::Collection(dialect, text) => {
                let (choice, variables) = (choice.clone(), reader.variables.clone());
                let (outside, shelf) = (outside(reader.files), Arc::clone(&opening.shelf));
                let opener = Opener { several, dialect, text, outside, choice, variables, shelf };
                Input::Documents(Box::new(std::iter::once(opener).flat_map(Opener::documents)))
            }
        })
    };
    let inputs = files.iter().map(input).collect::<Result<_, Error>>()?;
    Ok(Source { inputs, framing: reader.framing(), name: opening.name.clone() })
}

/// Returns the URL that stands in the place of a file's name, if there is no such file.
///
/// # Errors
/// Returns [`Error::Usage`] if the name is a command for curl. It holds secrets, so it is not shown.
fn pasted(path: &Path) -> Result<Option<String>, Error> {
    let Some(text) = path.to_str() else { return Ok(None) };
    let begins = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start));
    if begins(&["http://", "https://"]) && !path.exists() {
        return Ok(Some(text.to_owned()));
    }
    if (text == "curl" || begins(&["curl ", "$ curl ", "curl.exe ", "fetch("])) && !path.exists() {
        let what =
            "a command is read from standard input: leave the argument out, paste the command, then press Ctrl-D";
        return Err(Error::Usage(what.to_owned()));
    }
    Ok(None)
}

const fn outside(files: Files) -> Outside {
    match files {
        Files::Refused => Outside::Refused,
        Files::Allowed => Outside::Allowed,
    }
}

/// An input by its kind.
enum Kind {
    /// Documents one after another.
    Lines(Input),
    /// A collection.
    Collection(Dialect, Origin),
    /// A file that goes with collections and has no requests.
    Known(Known),
}

/// The place that a collection is read from, when its turn comes.
enum Origin {
    File(PathBuf),
    Stdin(Box<dyn Read + Send>),
}

/// Returns the format that `--from` names, if it is one of collections.
const fn named(from: InputFormat) -> Option<Dialect> {
    match from {
        InputFormat::Postman => Some(Dialect::Postman),
        InputFormat::OpenCollection => Some(Dialect::OpenCollection),
        InputFormat::OpenApi => Some(Dialect::OpenApi),
        InputFormat::Insomnia => Some(Dialect::Insomnia),
        InputFormat::HttpFile => Some(Dialect::HttpFile),
        InputFormat::Auto | InputFormat::Har | InputFormat::Curl | InputFormat::Vegeta | InputFormat::Url => None,
    }
}

fn from_file(path: &Path, reader: &Reader) -> Kind {
    let verdict = match (named(reader.from), reader.from) {
        (Some(Dialect::Postman), _) if path.is_dir() || is_request_of_postman(path) => {
            Verdict::Collection(Dialect::PostmanFolder)
        }
        (Some(dialect), _) => Verdict::Collection(dialect),
        (None, InputFormat::Auto) => recognized(path),
        (None, _) => Verdict::Other,
    };
    match verdict {
        Verdict::Collection(dialect) => Kind::Collection(dialect, Origin::File(path.to_path_buf())),
        Verdict::Known(known) => Kind::Known(known),
        Verdict::Other | Verdict::Open => Kind::Lines(Input::File(path.to_path_buf())),
    }
}

fn is_request_of_postman(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    [".request.yaml", ".request.yml"].iter().any(|ending| name.ends_with(ending))
}

/// Judges a file by its name and its beginning. One that cannot be read is reported when its turn comes.
fn recognized(path: &Path) -> Verdict {
    // A FIFO gives its bytes once, and who opens it may have to wait; only files can be looked into beforehand.
    if path.is_dir() {
        return of_folder(path);
    }
    if !std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file()) {
        return Verdict::Other;
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    if read.is_err() {
        return Verdict::Other;
    }
    let is_named = |endings: &[&str]| {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
    };
    match path.file_name().and_then(|name| name.to_str()) {
        Some("bruno.json" | "collection.bru" | "opencollection.yml") => Verdict::Collection(Dialect::OpenCollection),
        Some(name) if name.starts_with(".env") || is_named(&["env"]) => Verdict::Known(Known::Environment),
        _ if is_named(&["http", "rest"]) && sniff::is_http_file(&head) => Verdict::Collection(Dialect::HttpFile),
        _ => sniff::verdict(&head, Ahead::Nothing),
    }
}

fn of_folder(path: &Path) -> Verdict {
    if opencollection::is_one(path) {
        Verdict::Collection(Dialect::OpenCollection)
    } else if postman_folder::is_one(path) {
        Verdict::Collection(Dialect::PostmanFolder)
    } else {
        Verdict::Other
    }
}

fn from_stdin(reader: &Reader, opening: &Opening) -> Result<Kind, Error> {
    match (named(reader.from), reader.from) {
        (Some(dialect), _) => Ok(Kind::Collection(dialect, Origin::Stdin(opening.stdin()))),
        (None, InputFormat::Auto) => divided(opening.stdin()),
        (None, _) => Ok(Kind::Lines(Input::Reader(opening.stdin()))),
    }
}

/// Reads as much of a stream as tells its kind. A request on a line is known by its first member, so that a producer never
/// waits for an answer longer than its line takes.
fn divided(mut stream: Box<dyn Read + Send>) -> Result<Kind, Error> {
    let mut head = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    let verdict = loop {
        let count = match stream.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read.map_err(Error::Read)?,
        };
        head.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let ahead = if count > 0 && head.len() < HEAD { Ahead::More } else { Ahead::Nothing };
        match sniff::verdict(&head, ahead) {
            Verdict::Open if ahead == Ahead::More => {}
            verdict => break verdict,
        }
    };
    let whole: Box<dyn Read + Send> = Box::new(Cursor::new(head).chain(stream));
    Ok(match verdict {
        Verdict::Collection(dialect) => Kind::Collection(dialect, Origin::Stdin(whole)),
        Verdict::Known(known) => Kind::Known(known),
        Verdict::Other | Verdict::Open => Kind::Lines(Input::Reader(whole)),
    })
}

/// A collection that is read when its turn comes.
struct Opener {
    several: bool,
    dialect: Dialect,
    text: Origin,
    outside: Outside,
    choice: Choice,
    variables: Variables,
    shelf: Arc<Shelf>,
}

impl Opener {
    fn documents(self) -> Box<dyn Iterator<Item = Whole> + Send> {
        let name = match &self.text {
            Origin::File(path) => path.display().to_string(),
            Origin::Stdin(_) => "-".to_owned(),
        };
        let (label, variables) = (name.clone(), self.variables.clone());
        match self.read(&name) {
            Ok(documents) => Box::new(documents),
            Err(error) => Box::new(std::iter::once(Whole { label, text: Err(error), notes: Vec::new(), variables })),
        }
    }

    fn read(self, name: &str) -> Result<Documents, Error> {
        let (dialect, origin) = (self.dialect, self.text);
        // The name is for messages: two paths that are not UTF-8 may have the same.
        let path = match &origin {
            Origin::File(path) => path.clone(),
            Origin::Stdin(_) => PathBuf::from("-"),
        };
        let (collection, is_new) = self.shelf.collection(path, || read(dialect, origin))?;
        if is_new && let Some(message) = documents::scripts(&collection) {
            log::warn!("{message}");
        }
        let home = Home { folder: collection.home.clone(), outside: self.outside };
        let prefix = if self.several { format!("{name}: ") } else { String::new() };
        let documents = Documents::new(collection, (&self.choice, &self.variables), home, prefix)?;
        Ok(if is_new { documents } else { documents.once_more() })
    }
}

/// Reads a collection.
fn read(dialect: Dialect, origin: Origin) -> Result<Collection, Error> {
    let (stream, home): (Box<dyn Read + Send>, _) = match (dialect, origin) {
        (Dialect::OpenCollection, Origin::File(path)) => return opencollection::read(&path),
        (Dialect::PostmanFolder, Origin::File(path)) => return postman_folder::read(&path),
        (Dialect::OpenCollection | Dialect::PostmanFolder, Origin::Stdin(_)) => {
            return Err(Error::Failed("a collection in this format is a folder: name it as FILE".to_owned()));
        }
        (_, Origin::Stdin(stream)) => (stream, None),
        (_, Origin::File(path)) => {
            let home = path.parent().map(Path::to_path_buf);
            (Box::new(File::open(&path).map_err(unreadable)?), home)
        }
    };
    let text = text(stream).map_err(unreadable)?;
    let collection = match dialect {
        Dialect::OpenApi => openapi::read(&text)?,
        Dialect::Insomnia => insomnia::read(&text)?,
        Dialect::HttpFile => http_file::read(&text)?,
        Dialect::Postman | Dialect::PostmanFolder | Dialect::OpenCollection => postman::read(&text)?,
    };
    Ok(Collection { home, ..collection })
}

/// Returns the error for a collection that cannot be read. Its label names the file already.
#[allow(clippy::needless_pass_by_value, reason = "the signature of map_err")]
fn unreadable(error: io::Error) -> Error {
    Error::Failed(error.to_string())
}

/// Reads a whole text, up to the limit.
fn text(stream: Box<dyn Read + Send>) -> io::Result<String> {
    let mut bytes = Vec::new();
    stream.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Err(io::Error::other(format!("longer than {} MiB", LIMIT >> 20)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        io::Error::other(format!("not UTF-8 at byte {offset}"))
    })
}
