//! The file of `--save history`, and how `capture history` reads it back.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Write};
use std::path::{Path, PathBuf};

use countersign_shared::cli::complain;
use countersign_shared::error::{Error, Exit};
use countersign_shared::formats::{Files, InputFormat, OutputFormat, Reader, Writer};
use countersign_shared::pipe::FramedOutput;
use countersign_shared::places::Place;
use serde_json::value::RawValue;

use crate::captured::Detail;
use crate::filter::{Filter, ResourceType};
use crate::notice::TOOL;

/// The file in the state folder.
const FILE: &str = "capture-history.ndjson";

/// The name of the file once it is full. The one that had this name before is lost then.
const OLDER: &str = "capture-history.old.ndjson";

/// The size of the file, in bytes, from which on a new one is begun when a capture starts.
const LIMIT: u64 = 256 * 1024 * 1024;

/// Output beyond this many bytes is written before more is read.
const WRITE_AT: usize = 1 << 17;

/// Returns the file that `--save history` appends to. A full one is set aside first.
///
/// # Errors
/// Returns [`Error::File`] if the state folder cannot be made, or if a full file cannot be renamed.
pub(crate) fn file() -> Result<PathBuf, Error> {
    let folder = Place::State.open()?;
    let path = folder.join(FILE);
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > LIMIT) {
        fs::rename(&path, folder.join(OLDER)).map_err(|source| Error::File { path: path.clone(), source })?;
    }
    Ok(path)
}

/// The plan of `capture history`: what is read back, and how it is written.
pub(crate) struct Query {
    /// The filters that a request must pass.
    pub(crate) filter: Filter,
    /// Requests, or whole exchanges.
    pub(crate) detail: Detail,
    /// The output format.
    pub(crate) writer: Writer,
    /// The number of results after which reading ends.
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
    method: Cow<'a, str>,
    #[serde(borrow)]
    url: Cow<'a, str>,
    #[serde(borrow)]
    headers: Vec<Field<'a>>,
}

#[derive(serde::Deserialize)]
struct Field<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    value: Cow<'a, str>,
}

/// Writes what was saved and passes the filters, oldest first.
///
/// # Errors
/// Returns [`Error::File`] if a file cannot be read, and [`Error::Write`] if stdout cannot be written.
pub(crate) fn run(query: &Query) -> Result<Exit, Error> {
    let folder = Place::State.path()?;
    let output = FramedOutput::new(query.writer.output(Box::new(io::stdout()))?, query.writer.frame());
    let mut reading = Reading { query, output, batch: Vec::new(), written: 0, exit: Exit::Done };
    for name in [OLDER, FILE] {
        reading.file(&folder.join(name))?;
    }
    reading.output.write(&mut reading.batch)?;
    reading.output.finish()?;
    Ok(reading.exit)
}

struct Reading<'q> {
    query: &'q Query,
    output: FramedOutput<Box<dyn Write + Send>>,
    /// Results that are not written yet.
    batch: Vec<u8>,
    written: u64,
    exit: Exit,
}

impl Reading<'_> {
    fn file(&mut self, path: &Path) -> Result<(), Error> {
        let in_file = |source| Error::File { path: path.to_owned(), source };
        let file = match File::open(path) {
            // Nothing was saved yet, or no file was ever full.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            opened => opened.map_err(in_file)?,
        };
        let mut reader = BufReader::new(file);
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            if self.is_over() || reader.read_until(b'\n', &mut line).map_err(in_file)? == 0 {
                break;
            }
            // A line that is not UTF-8 becomes an empty one, which is no JSON and is reported like other damage.
            let text = std::str::from_utf8(line.trim_ascii_end()).unwrap_or_default();
            if let Err(error) = self.line(text) {
                if error.is_fatal() {
                    return Err(error);
                }
                let place = format!("{}: line {number}: {error}", path.display());
                self.exit = self.exit.max(complain(TOOL, &Error::Failed(place)));
            }
            if self.batch.len() > WRITE_AT {
                self.output.write(&mut self.batch)?;
            }
        }
        Ok(())
    }

    fn is_over(&self) -> bool {
        self.output.is_closed() || self.query.count.is_some_and(|count| self.written >= count)
    }

    /// Reads one saved line: a request, or an entry with its response.
    fn line(&mut self, text: &str) -> Result<(), Error> {
        let entry: Entry<'_> = serde_json::from_str(text)?;
        let request = entry.request.map_or(text, RawValue::get);
        let saved: Saved<'_> = serde_json::from_str(request)?;
        let field = |name: &'static str| {
            let found = saved.headers.iter().find(|field| field.name.eq_ignore_ascii_case(name));
            found.map(|field| field.value.to_ascii_lowercase())
        };
        let resource_type = || ResourceType::of_fields(saved.method.as_bytes(), field);
        if !self.query.filter.accepts(&saved.method, &saved.url, || field("host"), resource_type) {
            return Ok(());
        }
        match self.query.detail {
            Detail::Requests => self.write(request),
            // A request that was saved without its response makes no entry.
            Detail::Exchanges if entry.response.is_some() => self.write(text),
            Detail::Exchanges => Ok(()),
        }
    }

    fn write(&mut self, text: &str) -> Result<(), Error> {
        let before = self.batch.len();
        self.output.separate(&mut self.batch);
        match (self.query.writer.to, self.query.detail) {
            (OutputFormat::Json, _) => {
                self.batch.extend_from_slice(text.as_bytes());
                self.batch.push(b'\n');
            }
            (OutputFormat::Har, Detail::Exchanges) => self.batch.extend_from_slice(text.as_bytes()),
            _ => {
                if let Err(error) = convert(&self.query.writer, text, &mut self.batch) {
                    // The separator goes as well, since no result follows it.
                    self.batch.truncate(before);
                    return Err(error);
                }
            }
        }
        self.written += 1;
        Ok(())
    }
}

/// Writes a saved line in another format, as `sign none` would.
fn convert(writer: &Writer, line: &str, out: &mut Vec<u8>) -> Result<(), Error> {
    let reader = Reader { from: InputFormat::Har, files: Files::Refused, ..Reader::default() };
    let mut outcome = Ok(());
    reader.read(line, &mut |request| {
        outcome = request.and_then(|request| writer.write(&request, out));
    });
    outcome
}
