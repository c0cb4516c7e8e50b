//! The place of a token in a request: behind a prefix in the `Authorization` header, or in the query.

use crate::request::Request;

/// A place for a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Placement {
    /// `Authorization: PREFIX TOKEN`; without a prefix there is no space either.
    Header {
        /// The word before the token.
        prefix: String,
    },
    /// `KEY=TOKEN` at the end of the query.
    Query {
        /// The name of the parameter.
        key: String,
    },
}

impl Placement {
    /// Puts the token into a request. A request carries one authorization, so the header that was there goes in either case.
    pub(super) fn put(&self, request: &mut Request<'_>, token: &str) {
        match self {
            Self::Header { prefix } if prefix.is_empty() => request.headers.replace("Authorization", token.to_owned()),
            Self::Header { prefix } => request.headers.replace("Authorization", format!("{prefix} {token}")),
            Self::Query { key } => {
                request.headers.remove("authorization");
                request.url.replace_parameter(key, token);
            }
        }
    }
}
