//! The rule for files and the callback that every format's reader takes.

use std::io::Read as _;
use std::path::Path;

use crate::error::{Error, Field, Problem};
use crate::request::Request;
use crate::variables::Variables;

/// The size limit in bytes of a file that the input names.
const LIMIT: u64 = 128 << 20;

/// The rule for files that the input names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Files {
    /// A file that the input names is an error: what comes from outside must not choose what is read here.
    #[default]
    Refused,
    /// The file is read, as `--allow-files` says.
    Allowed,
}

/// The function that a reader calls with each request, or with the reason why it cannot be read.
pub type Each<'e, 'a> = dyn FnMut(Result<Request<'a>, Error>) + 'e;

/// The settings that readers of all formats share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading<'v> {
    pub(crate) variables: &'v Variables,
    pub(crate) files: Files,
    pub(crate) lengths: Lengths,
}

/// The rule for lengths of bodies that stand beside them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Lengths {
    /// They were recorded, and the body is compared with them.
    #[default]
    Recorded,
    /// They say nothing: the request was written and not sent.
    Ignored,
}

/// Returns the content of a file that the input names.
///
/// # Errors
/// Returns [`Problem::FilesNotAllowed`] if files may not be read, and [`Error::File`] if the file cannot be read.
pub(crate) fn file(name: &str, files: Files, field: Field) -> Result<Vec<u8>, Error> {
    if files == Files::Refused {
        return Err(Error::request(field, Problem::FilesNotAllowed));
    }
    let path = Path::new(name);
    let fail = |source| Error::File { path: path.to_path_buf(), source };
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes)).map_err(fail)?;
    if bytes.len() as u64 > LIMIT {
        return Err(fail(std::io::Error::other(format!("longer than {} MiB", LIMIT >> 20))));
    }
    Ok(bytes)
}
