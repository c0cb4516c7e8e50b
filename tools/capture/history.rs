//! What was captured earlier with `--save history`, read back.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};

use countersign_shared::error::{Error, Exit};
use countersign_shared::formats::{OutputFormat, Writer};
use countersign_shared::places::Place;
use serde_json::value::RawValue;

use crate::filter::{Filter, ResourceType};
use crate::observer::Detail;
use crate::output::convert;

/// The file in the state folder.
const FILE: &str = "capture-history.ndjson";

/// What the file is called once it is full; the one before it is gone then.
const OLDER: &str = "capture-history.old.ndjson";

/// How large the file may be when a capture starts, in bytes.
const LIMIT: u64 = 256 * 1024 * 1024;

/// The file that `--save history` appends to.
///
/// # Errors
/// There is no place for it.
pub(crate) fn file() -> Result<PathBuf, Error> {
    let folder = Place::State.open()?;
    let path = folder.join(FILE);
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > LIMIT) {
        fs::rename(&path, folder.join(OLDER)).map_err(|source| Error::File { path: path.clone(), source })?;
    }
    Ok(path)
}

/// What is read back, and how it is written.
pub(crate) struct Query {
    pub(crate) filter: Filter,
    pub(crate) detail: Detail,
    pub(crate) writer: Writer,
    pub(crate) count: Option<u64>,
}

#[derive(serde::Deserialize)]
struct Entry<'a> {
    #[serde(borrow)]
    request: Option<&'a RawValue>,
    #[serde(borrow)]
    response: Option<&'a RawValue>,
}

#[derive(serde::Deserialize)]
struct Saved<'a> {
    #[serde(borrow)]
    method: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    url: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    headers: Vec<Field<'a>>,
}

#[derive(serde::Deserialize)]
struct Field<'a> {
    #[serde(borrow)]
    name: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    value: std::borrow::Cow<'a, str>,
}

/// Writes what was saved and fits, oldest first.
///
/// # Errors
/// A file cannot be read, or stdout not written.
pub(crate) fn run(query: &Query) -> Result<Exit, Error> {
    let folder = Place::State.path()?;
    let mut reading = Reading { query, out: io::BufWriter::new(io::stdout().lock()), written: 0, exit: Exit::Done };
    let outcome = [OLDER, FILE].iter().try_for_each(|name| reading.file(&folder.join(name)));
    match outcome.and_then(|()| reading.finish()) {
        // The reader has what it wanted (`| head -1`).
        Err(Error::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(reading.exit),
        outcome => outcome.map(|()| reading.exit),
    }
}

struct Reading<'q> {
    query: &'q Query,
    out: io::BufWriter<io::StdoutLock<'static>>,
    written: u64,
    exit: Exit,
}

impl Reading<'_> {
    fn file(&mut self, path: &Path) -> Result<(), Error> {
        let in_file = |source| Error::File { path: path.to_owned(), source };
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            opened => opened.map_err(in_file)?,
        };
        let mut reader = BufReader::new(file);
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            if self.query.count.is_some_and(|count| self.written >= count)
                || reader.read_until(b'\n', &mut line).map_err(in_file)? == 0
            {
                break;
            }
            let text = std::str::from_utf8(line.trim_ascii_end()).unwrap_or_default();
            if let Err(error) = self.line(text) {
                if error.is_fatal() {
                    return Err(error);
                }
                let place = format!("{}: line {number}: {error}", path.display());
                self.exit = self.exit.max(countersign_shared::cli::complain("capture", &Error::Failed(place)));
            }
        }
        Ok(())
    }

    /// One saved line: a request, or an entry with its response.
    fn line(&mut self, text: &str) -> Result<(), Error> {
        let entry: Entry<'_> = serde_json::from_str(text)?;
        let request = entry.request.map_or(text, RawValue::get);
        let saved: Saved<'_> = serde_json::from_str(request)?;
        let field = |name: &'static str| {
            let found = saved.headers.iter().find(|field| field.name.eq_ignore_ascii_case(name));
            found.map(|field| field.value.to_ascii_lowercase())
        };
        let resource_type = || ResourceType::of_fields(saved.method.as_bytes(), field);
        if !self.query.filter.accepts(&saved.method, &saved.url, resource_type) {
            return Ok(());
        }
        match self.query.detail {
            Detail::Requests => self.write(request),
            // What was saved without its response has none to show.
            Detail::Exchanges if entry.response.is_some() => self.write(text),
            Detail::Exchanges => Ok(()),
        }
    }

    fn write(&mut self, text: &str) -> Result<(), Error> {
        let frame = self.query.writer.frame();
        let mut out = if self.written == 0 { frame.head } else { frame.between }.as_bytes().to_vec();
        match (self.query.writer.to, self.query.detail) {
            (OutputFormat::Json, _) => {
                out.extend_from_slice(text.as_bytes());
                out.push(b'\n');
            }
            (OutputFormat::Har, Detail::Exchanges) => out.extend_from_slice(text.as_bytes()),
            _ => convert(&self.query.writer, text.as_bytes(), &mut out)?,
        }
        self.written += 1;
        self.out.write_all(&out).map_err(Error::Write)
    }

    fn finish(&mut self) -> Result<(), Error> {
        let frame = self.query.writer.frame();
        let head = if self.written == 0 { frame.head } else { "" };
        write!(self.out, "{head}{}", frame.tail).and_then(|()| self.out.flush()).map_err(Error::Write)
    }
}
