//! The members of a line that are about the request and no part of it: `_name`, `_folder` and `_description`, as readers
//! of collections write them.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::error::Error;
use crate::json::text_of;
use crate::request::{Member, Request};

/// Returns the text of `_name`.
pub(crate) fn name<'r>(request: &'r Request<'_>) -> Option<Cow<'r, str>> {
    member(request, "_name").and_then(text_of).filter(|name| !name.is_empty())
}

/// Returns the name, or else the method and the path, which is how Postman names a request.
pub(crate) fn name_or_target<'r>(request: &'r Request<'_>) -> Cow<'r, str> {
    name(request).unwrap_or_else(|| {
        let path = if request.url.path().is_empty() { "/" } else { request.url.path() };
        Cow::Owned(format!("{} {path}", request.method))
    })
}

/// Returns the text of `_description`.
pub(crate) fn description<'r>(request: &'r Request<'_>) -> Option<Cow<'r, str>> {
    member(request, "_description").and_then(text_of).filter(|text| !text.is_empty())
}

/// The most folders within each other, which is what readers of collections take.
const DEPTH: usize = 64;

/// Returns the names of `_folder`, outermost first.
///
/// # Errors
/// Returns [`Error::Failed`] if it is not a list of names, or one of too many.
pub(crate) fn folder(request: &Request<'_>) -> Result<Vec<String>, Error> {
    let Some(raw) = member(request, "_folder") else { return Ok(Vec::new()) };
    let names: Option<Vec<String>> = serde_json::from_str(raw.get()).ok();
    names
        .filter(|names| names.len() <= DEPTH)
        .ok_or_else(|| Error::Failed(format!("_folder: is not a list of at most {DEPTH} names")))
}

/// Returns a member that the request itself has no use for.
pub(crate) fn member<'r>(request: &'r Request<'_>, name: &str) -> Option<&'r RawValue> {
    request.members.iter().find_map(|member| match member {
        Member::Other(own, raw) if own == name => Some(raw.as_ref()),
        _ => None,
    })
}
