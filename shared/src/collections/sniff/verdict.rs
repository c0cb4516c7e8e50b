//! The verdict about a document.

use super::super::Dialect;

/// The kind of a document, as far as its beginning tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is a collection in this format.
    Collection(Dialect),
    /// It is a file of another kind that goes with collections, and has no requests.
    Known(Known),
    /// It is something else.
    Other,
    /// More of the document has to come first.
    Open,
}

/// A kind of file that goes with collections and has no requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// An environment.
    Environment,
    /// Postman's globals.
    Globals,
    /// All collections of a workspace, as Postman exports them together.
    Dump,
}

impl Known {
    /// Returns the words for a file of this name: its kind, and the way to use it.
    #[must_use]
    pub fn words(self, name: &str) -> String {
        let file = if name == "-" { "FILE" } else { name };
        match self {
            Self::Environment => {
                format!(
                    "is an environment and has no requests: name a collection, and --env-file {file} for its variables"
                )
            }
            Self::Globals => {
                format!("has globals and no requests: name a collection, and --globals {file} for its variables")
            }
            Self::Dump => {
                "is the dump of a Postman workspace: export the collection by itself, as v2.1, and name that file"
                    .to_owned()
            }
        }
    }
}

/// The part of a document that has not come yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ahead {
    /// More may come.
    More,
    /// Nothing that is looked at.
    Nothing,
}

/// Returns the next line and what is behind it. A line without its end counts only if nothing more comes.
pub(super) fn next_line(text: &[u8], ahead: Ahead) -> Option<(&[u8], &[u8])> {
    match memchr::memchr(b'\n', text) {
        Some(end) => Some((text.get(..end)?, text.get(end + 1..)?)),
        None if ahead == Ahead::Nothing && !text.is_empty() => Some((text, b"")),
        None => None,
    }
}
