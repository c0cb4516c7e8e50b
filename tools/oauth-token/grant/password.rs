//! The password grant (RFC 6749 section 4.3): for servers that offer nothing better.

use countersign_shared::error::Error;
use countersign_shared::oauth::{Form, Token};

use super::Context;

/// Gets a token for a user's name and password.
///
/// # Errors
/// One of them is missing, or the endpoint refuses.
pub(super) fn get(context: &Context<'_>) -> Result<Token, Error> {
    let mut form = Form::of_grant("password");
    form.set("username", context.settings.required("username")?);
    form.set_secret("password", context.settings.required_secret("password")?);
    context.ask(form)
}
