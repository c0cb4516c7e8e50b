//! Tokens that are kept under a name, which `--token-name` gives. The store itself is behind a trait.

use std::fmt::Debug;
use std::sync::Arc;

use crate::error::Error;
use crate::moment::Moment;
use crate::secret::Secret;

use super::parameters::Values;

/// The name of a token and the store that keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Named {
    /// The token's name.
    pub name: String,
    /// The docker-credential-helper that keeps the token; `None` is the file of `oauth-token`.
    pub store: Option<String>,
}

/// A token that is sent without being signed with.
#[derive(Debug)]
pub struct Bearer {
    /// The token.
    pub token: Secret,
    /// The word before the token, if the user chose one when the token was fetched.
    pub prefix: Option<String>,
    /// The reason why the token may not be sent as it is, unless the user chooses a prefix.
    pub refusal: Option<String>,
}

/// A keeper of tokens.
pub trait Tokens: Debug + Send + Sync {
    /// Returns an OAuth 2.0 token that is valid at that moment.
    ///
    /// # Errors
    /// Returns an error if there is no token of that name, if it is of another kind, or if it has expired and cannot be
    /// renewed.
    fn bearer(&self, named: &Named, moment: &Moment) -> Result<Arc<Bearer>, Error>;

    /// Returns OAuth 1.0a credentials by the keys of the scheme's table. They do not expire.
    ///
    /// # Errors
    /// Returns an error if there is no token of that name, or if it is of another kind.
    fn credentials(&self, named: &Named) -> Result<Values, Error>;
}
