//! What every format's reader is given besides the text.

use crate::error::Error;
use crate::request::Request;

/// Whether data may name files that are then read.
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
