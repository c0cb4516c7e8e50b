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
    .short("The credential helper that keeps the token")
    .more("It is the program docker-credential-STORE");

/// Returns the name of the token that is asked for, or `None` if the token itself is given in the same layer or in one that
/// goes before.
///
/// # Errors
/// Returns [`Error::Auth`] if options give both name and token.
pub(super) fn named(layers: &Layers<'_>, token: &Parameter) -> Result<Option<Named>, Error> {
    let has = |values: &Values, parameter: &Parameter| values.get(parameter).is_some_and(|value| !value.is_empty());
    let is_option = has(layers.options, &TOKEN_NAME);
    if is_option && has(layers.options, token) {
        return Err(layers.bad(&TOKEN_NAME, format!("given together with {}, of which one is enough", token.key)));
    }
    if !is_option && layers.filled(token).is_some() {
        return Ok(None);
    }
    let store = layers.filled(&STORE).map(str::to_owned);
    Ok(layers.filled(&TOKEN_NAME).map(|name| Named { name: name.to_owned(), store }))
}
