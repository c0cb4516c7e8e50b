//! Tokens that are kept under a name: what `--token-name` asks for. Who keeps them is not this module's business.

use std::fmt::Debug;
use std::sync::Arc;

use crate::error::Error;
use crate::moment::Moment;
use crate::secret::Secret;

use super::{Kind, Layers, Parameter, Place, Values};

/// `--token-name`
pub(super) const TOKEN_NAME: Parameter = Parameter {
    key: "tokenName",
    kind: Kind::Text,
    place: Place::NotInLine,
    default: None,
    help: "The token that oauth-token keeps under this name; it is refreshed when it is due",
};

/// `--store`
pub(super) const STORE: Parameter = Parameter {
    key: "store",
    kind: Kind::Text,
    place: Place::NotInLine,
    default: Some("a file of the user's own"),
    help: "Where it is kept; with docker-credential-STORE",
};

/// Which token.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// The docker-credential-helper that keeps it; `None` is the file of `oauth-token`.
    pub store: Option<String>,
}

/// A token that goes into a header as it is.
#[derive(Debug)]
pub struct Bearer {
    /// The token.
    pub token: Secret,
    /// What goes before it, where the user said so when it was got.
    pub prefix: Option<String>,
}

/// Hands out the tokens that are kept.
pub trait Tokens: Debug + Send + Sync {
    /// An OAuth 2.0 token that is valid at that moment.
    ///
    /// # Errors
    /// There is none of that name, it is of another kind, or it has ended and cannot be had anew.
    fn bearer(&self, named: &Named, moment: &Moment) -> Result<Arc<Bearer>, Error>;

    /// OAuth 1.0a credentials, by the keys of the scheme's table. They do not end.
    ///
    /// # Errors
    /// There are none of that name, or it is a token of another kind.
    fn credentials(&self, named: &Named) -> Result<Values, Error>;
}

/// The token that is asked for by name, where none is given at the same place or at one that goes before.
///
/// # Errors
/// Options give both.
pub(super) fn named(layers: &Layers<'_>, token: &'static str) -> Result<Option<Named>, Error> {
    let has = |values: &Values, key: &str| values.get(key).is_some_and(|value| !value.is_empty());
    let is_option = has(layers.options, TOKEN_NAME.key);
    if is_option && has(layers.options, token) {
        return Err(layers.bad(TOKEN_NAME.key, format!("given together with {token}, of which one is enough")));
    }
    if !is_option && layers.filled(token).is_some() {
        return Ok(None);
    }
    let store = layers.filled(STORE.key).map(str::to_owned);
    Ok(layers.filled(TOKEN_NAME.key).map(|name| Named { name: name.to_owned(), store }))
}
