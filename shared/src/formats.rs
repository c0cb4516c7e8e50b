//! The formats that requests are read from and written to: one file each, and one `match` per direction.
//!
//! ```
//! use countersign_shared::formats::{InputFormat, OutputFormat, Reader, Writer};
//!
//! let reader = Reader { from: InputFormat::Auto, ..Reader::default() };
//! let writer = Writer { to: OutputFormat::Http, ..Writer::default() };
//! let mut out = Vec::new();
//! reader.read("curl -H 'Accept: text/html' https://api.example/a", &mut |request| {
//!     let request = request.expect("a request");
//!     writer.write(&request, &mut out).expect("HTTP holds every request");
//! });
//! assert_eq!(out, b"GET /a HTTP/1.1\r\nHost: api.example\r\nAccept: text/html\r\n\r\n");
//! ```

mod authorization;
mod curl;
mod foreign;
pub mod har;
mod header;
mod http;
mod http_file;
mod httpie;
mod hurl;
mod json;
mod kept;
mod layout;
mod line;
mod opencollection;
mod postman;
mod reading;
mod record;
mod told;
mod tree;
mod url_line;
mod vegeta;

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::options::{Choice, Choices};
use crate::pipe::{Follower, Frame, Framing};
use crate::request::Request;
use crate::variables::Variables;

use foreign::Foreign;
use layout::{FolderWriter, Layout};
use postman::document::Document;
use reading::{Lengths, Reading};
use record::Records;

pub use curl::Spool;
pub use curl::config::line as curl_config_line;
pub use reading::{Each, Files};

/// An input format, as `--from` takes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputFormat {
    /// Detect the format of each document
    #[default]
    Auto,
    /// HAR 1.2: a request object, an entry or a whole file; also requests written by hand
    Har,
    /// curl command lines, as browsers copy them
    Curl,
    /// Targets of vegeta (`header` a map of lists, `body` in base64)
    Vegeta,
    /// One URL per line; sent as GET
    Url,
    /// Postman's collections: a file (version 2), or the folder of one (version 3)
    Postman,
    /// A folder of OpenCollection or .bru files, as Bruno writes it
    OpenCollection,
    /// OpenAPI 3 in JSON or YAML: a request for each operation
    OpenApi,
    /// Insomnia's exports: version 4 in JSON, version 5 in YAML
    Insomnia,
    /// A .http file, as editors run it
    HttpFile,
}

impl Choices for InputFormat {
    const CHOICES: &'static [(Choice, Self)] = &[
        (Choice::new("auto", "Detect the format of each document"), Self::Auto),
        (
            Choice::new("har", "HAR 1.2: a request object, an entry or a whole file; also requests written by hand")
                .aliases(&["json"]),
            Self::Har,
        ),
        (Choice::new("curl", "curl command lines, as browsers copy them"), Self::Curl),
        (Choice::new("vegeta", "Targets of vegeta (`header` a map of lists, `body` in base64)"), Self::Vegeta),
        (Choice::new("url", "One URL per line; sent as GET"), Self::Url),
        (
            Choice::new("postman", "Postman's collections: a file (version 2), or the folder of one (version 3)"),
            Self::Postman,
        ),
        (
            Choice::new("opencollection", "A folder of OpenCollection or .bru files, as Bruno writes it")
                .aliases(&["bruno"]),
            Self::OpenCollection,
        ),
        (Choice::new("openapi", "OpenAPI 3 in JSON or YAML: a request for each operation"), Self::OpenApi),
        (Choice::new("insomnia", "Insomnia's exports: version 4 in JSON, version 5 in YAML"), Self::Insomnia),
        (Choice::new("http-file", "A .http file, as editors run it"), Self::HttpFile),
    ];
}

/// An output format, as `--to` takes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputFormat {
    /// One HAR request object per line
    #[default]
    Json,
    /// For curl -K -: no shell, no secret in any argv
    CurlConfig,
    /// A POSIX shell line, safe to paste
    Curl,
    /// Only the headers that were added, for `curl -H @-`
    Header,
    /// Only the URL
    Url,
    /// One HAR 1.2 document
    Har,
    /// Raw HTTP/1.1 messages, one after another
    Http,
    /// Targets of vegeta, one per line
    Vegeta,
    /// Entries of a Hurl file
    Hurl,
    /// A .http file, as editors run it
    HttpFile,
    /// A POSIX shell line for HTTPie or xh, safe to paste
    Httpie,
    /// One collection of Postman; with --out a folder of Postman 12
    Postman,
    /// With --out, an OpenCollection folder, as Bruno 4 writes
    OpenCollection,
}

impl Choices for OutputFormat {
    const CHOICES: &'static [(Choice, Self)] = &[
        (Choice::new("json", "One HAR request object per line"), Self::Json),
        (Choice::new("curl-config", "For curl -K -: no shell, no secret in any argv"), Self::CurlConfig),
        (Choice::new("curl", "A POSIX shell line, safe to paste"), Self::Curl),
        (Choice::new("header", "Only the headers that were added, for `curl -H @-`"), Self::Header),
        (Choice::new("url", "Only the URL"), Self::Url),
        (Choice::new("har", "One HAR 1.2 document"), Self::Har),
        (Choice::new("http", "Raw HTTP/1.1 messages, one after another"), Self::Http),
        (Choice::new("vegeta", "Targets of vegeta, one per line"), Self::Vegeta),
        (Choice::new("hurl", "Entries of a Hurl file"), Self::Hurl),
        (Choice::new("http-file", "A .http file, as editors run it"), Self::HttpFile),
        (Choice::new("postman", "One collection of Postman; with --out a folder of Postman 12"), Self::Postman),
        (
            Choice::new("opencollection", "With --out, an OpenCollection folder, as Bruno 4 writes"),
            Self::OpenCollection,
        ),
        (Choice::new("httpie", "A POSIX shell line for HTTPie or xh, safe to paste"), Self::Httpie),
    ];
}

/// A reader of documents in one format, or in any.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The format.
    pub from: InputFormat,
    /// The rule for files that the input names.
    pub files: Files,
    /// The values of `{{name}}`; while they are idle, that is ordinary text.
    pub variables: Variables,
}

impl Reader {
    /// Returns how the input divides into documents.
    #[must_use]
    pub fn framing(&self) -> Framing {
        match self.from {
            InputFormat::Auto if self.variables.is_idle() => by_first_line,
            // JSON never begins with two braces.
            InputFormat::Auto => |line| match is_name(line.trim_ascii_start()) {
                true => Follower::by_line(line),
                false => by_first_line(line),
            },
            // The requests of a collection come as lines of JSON.
            InputFormat::Har
            | InputFormat::Vegeta
            | InputFormat::Postman
            | InputFormat::OpenCollection
            | InputFormat::OpenApi
            | InputFormat::Insomnia
            | InputFormat::HttpFile => Follower::by_json,
            InputFormat::Curl => curl::follow::follower,
            InputFormat::Url => Follower::by_line,
        }
    }

    /// Reads a document as [`Reader::read`] does, or one that was made with variables: they are replaced in its text, and what
    /// is left in braces there is ordinary text.
    pub fn read_document<'a>(&self, text: &'a str, made_with: Option<&Variables>, each: &mut Each<'_, 'a>) {
        let Some(variables) = made_with else { return self.read(text, each) };
        let reading = Reading { variables: &Variables::default(), files: self.files, lengths: Lengths::Ignored };
        json::read(text, (json::Shape::Har, reading), &mut |request| {
            let request = request.map(|mut request| {
                request.scopes = Some(Box::new(variables.clone()));
                request
            });
            each(request.map_err(|error| masked(error, variables)));
        });
    }

    /// Reads every request of a document, and calls `each` with it or with the reason why it cannot be read.
    pub fn read<'a>(&self, text: &'a str, each: &mut Each<'_, 'a>) {
        if self.variables.is_idle() {
            return self.read_as_is(text, each);
        }
        self.read_as_is(text, &mut |request| {
            let request = request.map(|mut request| {
                request.scopes.get_or_insert_with(|| Box::new(self.variables.clone()));
                request
            });
            each(request.map_err(|error| masked(error, &self.variables)));
        });
    }

    fn read_as_is<'a>(&self, text: &'a str, each: &mut Each<'_, 'a>) {
        let reading = self.reading();
        match self.from {
            InputFormat::Auto => self.read_auto(text, each),
            InputFormat::Har
            | InputFormat::Postman
            | InputFormat::OpenCollection
            | InputFormat::OpenApi
            | InputFormat::Insomnia
            | InputFormat::HttpFile => json::read(text, (json::Shape::Har, reading), each),
            InputFormat::Vegeta => json::read(text, (json::Shape::Vegeta, reading), each),
            InputFormat::Curl => curl::read(text, reading, each),
            InputFormat::Url if text.starts_with('#') => {}
            InputFormat::Url => each(url_line::read(text, reading.variables)),
        }
    }

    const fn reading(&self) -> Reading<'_> {
        Reading { variables: &self.variables, files: self.files, lengths: Lengths::Recorded }
    }

    fn read_auto<'a>(&self, text: &'a str, each: &mut Each<'_, 'a>) {
        let start = text.trim_start().as_bytes();
        let variables = &self.variables;
        match start.first() {
            Some(b'{') if !variables.is_idle() && is_name(start) => each(url_line::read(text, variables)),
            Some(b'{' | b'[') => json::read(text, (json::Shape::Any, self.reading()), each),
            Some(b'#') => {}
            Some(_) if Foreign::of(start).is_some() => {
                each(Err(Foreign::of(start).map_or(Error::UnknownShape, Foreign::error)))
            }
            Some(_) if curl::follow::is_command(start) => curl::read(text, self.reading(), each),
            Some(_) => each(url_line::read(text, variables)),
            None => {}
        }
    }
}

/// Takes secret values out of an error that shows the start of a URL.
fn masked(error: Error, variables: &Variables) -> Error {
    match error {
        Error::Url { start, problem } => Error::Url { start: variables.masked(&start), problem },
        Error::Part { part, index, source } => {
            Error::Part { part, index, source: Box::new(masked(*source, variables)) }
        }
        other => other,
    }
}

/// Returns true if a text begins with the name of a variable.
fn is_name(start: &[u8]) -> bool {
    start.starts_with(b"{{")
}

/// Follows a document whose format is told by its first line.
fn by_first_line(line: &[u8]) -> Follower {
    let start = line.trim_ascii_start();
    if matches!(start.first(), Some(b'{' | b'[')) {
        Follower::by_json(line)
    } else if Foreign::of(start).is_some() {
        Foreign::follower()
    } else if curl::follow::is_command(start) {
        curl::follow::follower(line)
    } else {
        Follower::by_line(line)
    }
}

/// A writer of requests in one format.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    /// The format.
    pub to: OutputFormat,
    /// The folder for bodies that the format cannot hold.
    pub spool: Spool,
    /// The folder that a collection is written into.
    pub out: Option<PathBuf>,
    /// The rule for bodies of which a part is missing.
    pub partial: PartialBodies,
}

/// The rule for bodies of which a part is known to be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartialBodies {
    /// Formats that are made to be sent do not take them, and no signature covers them.
    #[default]
    Refused,
    /// They are taken as they are, as `--allow-partial` says.
    Allowed,
}

impl Writer {
    /// Returns the text before, between and after requests.
    #[must_use]
    pub fn frame(&self) -> Frame {
        match self.to {
            OutputFormat::Har => har::FRAME,
            OutputFormat::CurlConfig => curl::config::FRAME,
            OutputFormat::Hurl => hurl::FRAME,
            OutputFormat::HttpFile => http_file::FRAME,
            OutputFormat::Postman | OutputFormat::OpenCollection => record::FRAME,
            OutputFormat::Json
            | OutputFormat::Curl
            | OutputFormat::Header
            | OutputFormat::Url
            | OutputFormat::Http
            | OutputFormat::Vegeta
            | OutputFormat::Httpie => Frame::default(),
        }
    }

    /// Returns the stream for what [`Writer::write`] appends: this one, or one that makes a collection of the requests.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the format needs a folder that is not named, or has none, and [`Error::Write`] if the
    /// folder cannot be written.
    pub fn output(&self, stream: Box<dyn Write + Send>) -> Result<Box<dyn Write + Send>, Error> {
        let folder = |root: &Path, layout| -> Result<Box<dyn Write + Send>, Error> {
            Ok(Box::new(Records::new(FolderWriter::new(root, layout).map_err(Error::Write)?)))
        };
        match (self.to, &self.out) {
            (OutputFormat::Postman, Some(root)) => folder(root, Layout::Postman),
            (OutputFormat::OpenCollection, Some(root)) => folder(root, Layout::OpenCollection),
            (OutputFormat::Postman, None) => Ok(Box::new(Records::new(Document::new(stream)))),
            (OutputFormat::OpenCollection, None) => {
                Err(Error::Usage("--to opencollection writes a folder: name it with --out DIR".to_owned()))
            }
            (_, Some(_)) => Err(Error::Usage("--out is for --to postman and --to opencollection".to_owned())),
            (_, None) => Ok(stream),
        }
    }

    /// Returns true if programs that send requests read the format, and it has no place for `_body`.
    const fn is_for_senders(&self) -> bool {
        match self.to {
            OutputFormat::Json | OutputFormat::Har | OutputFormat::Url | OutputFormat::Header => false,
            OutputFormat::CurlConfig
            | OutputFormat::Curl
            | OutputFormat::Http
            | OutputFormat::Vegeta
            | OutputFormat::Hurl
            | OutputFormat::HttpFile
            | OutputFormat::Httpie
            | OutputFormat::Postman
            | OutputFormat::OpenCollection => true,
        }
    }

    /// Appends one request, with its line break.
    ///
    /// # Errors
    /// Returns [`Error::Request`] or [`Error::Auth`] if the format cannot hold this request, and [`Error::File`] if a body
    /// that goes into a file cannot be written there.
    pub fn write(&self, request: &Request<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
        if self.partial == PartialBodies::Refused && self.is_for_senders() {
            request.check_body()?;
        }
        match self.to {
            OutputFormat::Json => {
                line::write(request, out);
                out.push(b'\n');
            }
            OutputFormat::CurlConfig => curl::config::write(request, &self.spool, out)?,
            OutputFormat::Curl => curl::command::write(request, out)?,
            OutputFormat::Header => header::write(request, out),
            OutputFormat::Url => url_line::write(request, out),
            OutputFormat::Har => har::write(request, out),
            OutputFormat::Http => http::write(request, out),
            OutputFormat::Vegeta => vegeta::write(request, out),
            OutputFormat::Hurl => hurl::write(request, out)?,
            OutputFormat::HttpFile => http_file::write(request, out)?,
            OutputFormat::Httpie => httpie::write(request, out)?,
            OutputFormat::Postman if self.out.is_some() => postman::folder::write(request, out)?,
            OutputFormat::Postman => postman::write(request, out)?,
            OutputFormat::OpenCollection => opencollection::write(request, out)?,
        }
        Ok(())
    }
}
