//! The parameters that name a token which `oauth-token` keeps, for the schemes that take one.

use crate::error::Error;

use super::parameters::{Parameter, Values};
use super::scheme::Layers;
use super::tokens::Named;

/// `--token-name`, the name of a kept token.
pub(super) const TOKEN_NAME: Parameter = Parameter::text("tokenName")
    .not_in_line()
    .short("The token that oauth-token keeps under this name")
    .more("It is refreshed when it is due");

/// `--store`, the credential helper that keeps the token.
pub(super) const STORE: Parameter = Parameter::text("store")
    .not_in_line()
    .default("a file of the user's own")
    .short("Where it is kept")
    .more("With docker-credential-STORE");

/// Returns the name of the token that is asked for, or `None` if the token itself is given in the same layer or in one that
/// goes before.
///
/// # Errors
/// Returns [`Error::Auth`] if options give both name and token.
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
