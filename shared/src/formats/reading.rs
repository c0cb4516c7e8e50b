//! The rule for files and the callback that every format's reader takes.

use crate::error::Error;
use crate::request::Request;

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
