//! The data that a command gives: `-d` and its kin, and the files and the standard input that they name.

use std::io::Read as _;
use std::path::Path;

use crate::encode;
use crate::error::{Error, Field, Problem};
use crate::formats::Files;

use super::options::Data;

/// The longest file that is read for a body.
const LIMIT: u64 = 128 << 20;

/// Where `@file` leads.
pub(super) struct Sources {
    /// Whether files may be read.
    pub(super) files: Files,
    /// What `printf … |` in front of the command wrote, until it is read.
    pub(super) stdin: Option<Vec<u8>>,
}

impl Sources {
    /// The content of a file, or of standard input for `-`.
    ///
    /// # Errors
    /// [`Problem::FilesNotAllowed`]; the file cannot be read; there is no standard input.
    pub(super) fn read(&mut self, name: &[u8], field: Field) -> Result<Vec<u8>, Error> {
        if name == b"-" {
            return self.stdin.take().ok_or_else(|| {
                Error::Curl("reads standard input, and no printf in front of it says what that is".to_owned())
            });
        }
        if self.files == Files::Refused {
            return Err(Error::request(field, Problem::FilesNotAllowed));
        }
        let name = std::str::from_utf8(name).map_err(|_| Error::Curl("a file name is not UTF-8".to_owned()))?;
        let path = Path::new(name);
        let fail = |source| Error::File { path: path.to_path_buf(), source };
        let mut bytes = Vec::new();
        std::fs::File::open(path).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes)).map_err(fail)?;
        if bytes.len() as u64 > LIMIT {
            return Err(fail(std::io::Error::other(format!("longer than {} MiB", LIMIT >> 20))));
        }
        Ok(bytes)
    }
}

/// The bytes that one `-d` stands for.
///
/// # Errors
/// What [`Sources::read`] says.
pub(super) fn bytes(kind: Data, value: &[u8], sources: &mut Sources) -> Result<Vec<u8>, Error> {
    match (kind, value.strip_prefix(b"@")) {
        (Data::UrlEncoded, _) => url_encoded(value, sources).map(String::into_bytes),
        (Data::Raw, _) | (_, None) => Ok(value.to_vec()),
        (Data::Binary | Data::Json, Some(file)) => sources.read(file, Field::Body),
        (Data::Ascii, Some(file)) => {
            let mut bytes = sources.read(file, Field::Body)?;
            bytes.retain(|byte| !matches!(byte, b'\r' | b'\n' | 0));
            Ok(bytes)
        }
    }
}

/// The five forms of `--data-urlencode`: `content`, `=content`, `name=content`, `@file`, `name@file`.
///
/// # Errors
/// What [`Sources::read`] says.
pub(super) fn url_encoded(value: &[u8], sources: &mut Sources) -> Result<String, Error> {
    let split = |at: usize| (value.get(..at).unwrap_or_default(), value.get(at + 1..).unwrap_or_default());
    let find = |wanted: u8| value.iter().position(|byte| *byte == wanted).map(split);
    let (name, content) = match (find(b'='), find(b'@')) {
        (Some((name, content)), _) => (name, content.to_vec()),
        (None, Some((name, file))) => (name, sources.read(file, Field::Body)?),
        (None, None) => (&[][..], value.to_vec()),
    };
    // The name stands as it is; what is not UTF-8 in it could only be a mistake.
    let mut text = String::from_utf8_lossy(name).into_owned();
    if !name.is_empty() {
        text.push('=');
    }
    text.push_str(&encode::percent_encoded(&content, &encode::UNRESERVED).replace("%20", "+"));
    Ok(text)
}
