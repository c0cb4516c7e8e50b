//! The formats that requests are read from and written to: one file each, and one `match` per direction.

pub mod curl;
pub mod har;
pub mod http;
pub mod hurl;
pub mod line;
pub mod url_line;
pub mod vegeta;

use crate::error::Error;
use crate::pipe::{Frame, Framing, is_command};
use crate::request::Request;

pub use curl::Spool;

/// What `--from` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum InputFormat {
    /// Tell by what each document looks like
    #[default]
    Auto,
    /// HAR 1.2: a request object, an entry or a whole file; also requests written by hand
    #[value(alias = "json")]
    Har,
    /// curl command lines, as browsers copy them
    Curl,
    /// Targets of vegeta (`header` a map of lists, `body` in base64)
    Vegeta,
    /// A URL a line, to be got
    Url,
}

/// What `--to` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum OutputFormat {
    /// One HAR request object a line
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
    /// Targets of vegeta, one a line
    Vegeta,
    /// Entries of a Hurl file
    Hurl,
}

/// Whether data may name files that are then read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Files {
    /// A file named in the input is an error.
    #[default]
    Refused,
    /// `--allow-files`
    Allowed,
}

/// How documents are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reader {
    /// The format.
    pub from: InputFormat,
    /// What happens to files that the input names.
    pub files: Files,
}

/// What a reader hands each request, or what is wrong with it, to.
pub type Each<'e, 'a> = dyn FnMut(Result<Request<'a>, Error>) + 'e;

impl Reader {
    /// How the input divides into documents.
    #[must_use]
    pub const fn framing(&self) -> Framing {
        match self.from {
            InputFormat::Auto => Framing::Auto,
            InputFormat::Har | InputFormat::Vegeta => Framing::Json,
            InputFormat::Curl => Framing::Shell,
            InputFormat::Url => Framing::Line,
        }
    }

    /// Reads every request of a document.
    pub fn read<'a>(&self, text: &'a str, each: &mut Each<'_, 'a>) {
        match self.from {
            InputFormat::Auto => self.read_auto(text, each),
            InputFormat::Har => har::read(text, har::Shape::Har, each),
            InputFormat::Vegeta => har::read(text, har::Shape::Vegeta, each),
            InputFormat::Curl => curl::read(text, self.files, each),
            InputFormat::Url if text.starts_with('#') => {}
            InputFormat::Url => each(url_line::read(text)),
        }
    }

    fn read_auto<'a>(&self, text: &'a str, each: &mut Each<'_, 'a>) {
        let start = text.trim_start().as_bytes();
        match start.first() {
            Some(b'{' | b'[') => har::read(text, har::Shape::Any, each),
            Some(b'#') => {}
            Some(_) if is_command(start) => curl::read(text, self.files, each),
            Some(_) => each(url_line::read(text)),
            None => {}
        }
    }
}

/// How requests are written.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    /// The format.
    pub to: OutputFormat,
    /// Where bodies go that the format cannot hold.
    pub spool: Spool,
}

impl Writer {
    /// What stands before, between and after requests.
    #[must_use]
    pub fn frame(&self) -> Frame {
        match self.to {
            OutputFormat::Har => har::FRAME,
            OutputFormat::CurlConfig => curl::config::FRAME,
            OutputFormat::Hurl => hurl::FRAME,
            _ => Frame::default(),
        }
    }

    /// Appends one request, with its line break.
    ///
    /// # Errors
    /// The format cannot hold this request.
    pub fn write(&self, request: &Request<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
        match self.to {
            OutputFormat::Json => {
                line::write(request, out);
                out.push(b'\n');
            }
            OutputFormat::CurlConfig => curl::config::write(request, &self.spool, out)?,
            OutputFormat::Curl => curl::command::write(request, out)?,
            OutputFormat::Header => write_added_headers(request, out),
            OutputFormat::Url => {
                out.extend_from_slice(request.url.as_str().as_bytes());
                out.push(b'\n');
            }
            OutputFormat::Har => har::write(request, out),
            OutputFormat::Http => http::write(request, out),
            OutputFormat::Vegeta => vegeta::write(request, out),
            OutputFormat::Hurl => hurl::write(request, out)?,
        }
        Ok(())
    }
}

fn write_added_headers(request: &Request<'_>, out: &mut Vec<u8>) {
    for header in request.headers.added() {
        out.extend_from_slice(header.name.as_bytes());
        out.extend_from_slice(b": ");
        out.extend_from_slice(header.value.as_bytes());
        out.push(b'\n');
    }
}

/// Appends a JSON string.
pub(crate) fn write_text(text: &str, out: &mut Vec<u8>) {
    // A vector takes every byte, so this cannot fail.
    let _ = serde_json::to_writer(out, text);
}

/// Appends bytes as a JSON string, in base64 with `,"encoding":"base64"` behind it where they are not UTF-8.
pub(crate) fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    use base64::Engine as _;
    match std::str::from_utf8(bytes) {
        Ok(text) => write_text(text, out),
        Err(_) => {
            write_text(&crate::encode::BASE64.encode(bytes), out);
            out.extend_from_slice(b",\"encoding\":\"base64\"");
        }
    }
}

/// Appends a JSON value as it came; the line breaks that a pretty-printed one has between its tokens go.
pub(crate) fn write_raw(json: &str, out: &mut Vec<u8>) {
    if memchr::memchr2(b'\n', b'\r', json.as_bytes()).is_none() {
        out.extend_from_slice(json.as_bytes());
        return;
    }
    let mut in_string = false;
    let mut is_escaped = false;
    for &byte in json.as_bytes() {
        if in_string {
            in_string = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
        } else if matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
            continue;
        } else {
            in_string = byte == b'"';
        }
        out.push(byte);
    }
}

/// One line of curl's config format: `name = "value"`, escaped, with its line break.
#[must_use]
pub fn curl_config_line(name: &str, value: &str) -> String {
    let mut line = Vec::new();
    curl::config::write_value(name, value.as_bytes(), &mut line);
    String::from_utf8_lossy(&line).into_owned()
}
