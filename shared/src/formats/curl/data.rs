//! The data that a command gives with `-d` and similar options, and the files and standard input that they name.

use std::collections::BTreeSet;

use crate::encode;
use crate::error::{Error, Field, Problem};
use crate::formats::reading::{self, Files};
use crate::slice::Slice as _;

use super::options::Data;

/// The sources that `@file` may name.
#[derive(Clone)]
pub(super) struct Sources {
    /// The rule for files.
    pub(super) files: Files,
    /// The output of `printf … |` before the command, until it is read.
    pub(super) stdin: Option<Vec<u8>>,
    /// True if something follows the command that takes its output.
    pub(super) is_followed: bool,
    /// The options that were passed over.
    pub(super) passed: BTreeSet<String>,
}

impl Sources {
    /// Notes that an option changes nothing in the request.
    pub(super) fn pass_over(&mut self, name: &str) {
        if log::log_enabled!(log::Level::Info) && !self.passed.contains(name) {
            self.passed.insert(name.to_owned());
        }
    }

    /// Returns the content of a file, or of standard input for `-`.
    ///
    /// # Errors
    /// Returns [`Problem::FilesNotAllowed`] if files may not be read, [`Error::File`] if the file cannot be read, and
    /// [`Error::Curl`] if nothing is piped into the command or its name is not UTF-8.
    pub(super) fn read(&mut self, name: &[u8], field: Field) -> Result<Vec<u8>, Error> {
        if name == b"-" {
            return self.stdin.take().ok_or_else(|| {
                Error::Curl("reads standard input, and no printf or here-document says what that is".to_owned())
            });
        }
        if self.files == Files::Refused {
            return Err(Error::request(field, Problem::FilesNotAllowed));
        }
        let name = std::str::from_utf8(name).map_err(|_| Error::Curl("a file name is not UTF-8".to_owned()))?;
        reading::file(name, self.files, field)
    }
}

/// Returns the bytes that one `-d` stands for.
///
/// # Errors
/// Returns the error of [`Sources::read`] if the file that it names cannot be read.
pub(super) fn bytes(kind: Data, value: &[u8], sources: &mut Sources) -> Result<Vec<u8>, Error> {
    match (kind, value.strip_prefix(b"@")) {
        (Data::UrlEncoded, _) => url_encoded(value, sources).map(String::into_bytes),
        (Data::Raw, _) | (_, None) => Ok(value.to_vec()),
        (Data::Binary | Data::Json, Some(file)) => sources.read(file, Field::Body),
        (Data::Ascii, Some(file)) => {
            let mut bytes = sources.read(file, Field::Body)?;
            // curl drops line breaks and NULs from a file that `-d` names.
            bytes.retain(|byte| !matches!(byte, b'\r' | b'\n' | 0));
            Ok(bytes)
        }
    }
}

/// Returns the text for one of the five forms of `--data-urlencode`: `content`, `=content`, `name=content`, `@file`,
/// `name@file`.
///
/// # Errors
/// Returns the error of [`Sources::read`] if the file that it names cannot be read.
pub(super) fn url_encoded(value: &[u8], sources: &mut Sources) -> Result<String, Error> {
    let split = |at: usize| (value.part(..at), value.part(at + 1..));
    let find = |wanted: u8| value.iter().position(|byte| *byte == wanted).map(split);
    let (name, content) = match (find(b'='), find(b'@')) {
        (Some((name, content)), _) => (name, content.to_vec()),
        (None, Some((name, file))) => (name, sources.read(file, Field::Body)?),
        (None, None) => (&[][..], value.to_vec()),
    };
    // curl sends the name as it is. Bytes in it that are not UTF-8 can only be a mistake.
    let mut text = String::from_utf8_lossy(name).into_owned();
    if !name.is_empty() {
        text.push('=');
    }
    text.push_str(&encode::percent_encoded(&content, &encode::UNRESERVED).replace("%20", "+"));
    Ok(text)
}
