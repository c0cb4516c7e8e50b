//! The parts of a request as they are made.

use std::borrow::Cow;

use crate::error::{Error, Field};
use crate::variables::Resolver;

/// The body as it is sent, and the type that goes with it unless a header says one.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) bytes: Option<Vec<u8>>,
    pub(super) content_type: Option<String>,
    pub(super) warnings: Vec<String>,
}

/// Returns a text with its variables replaced.
///
/// # Errors
/// Returns [`Error::Variable`] if one cannot be replaced.
pub(super) fn text<'t>(texts: &Resolver<'_>, field: Field, text: &'t str) -> Result<Cow<'t, str>, Error> {
    texts.part(field, Cow::Borrowed(text))
}
