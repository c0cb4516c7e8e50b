//! The password grant (RFC 6749 section 4.3), for servers that support no other grant.

use countersign_shared::error::Error;
use countersign_shared::oauth::{Form, Token};

use super::context::Context;
use crate::parameters::{PASSWORD, USERNAME};

/// Gets a token for the user's name and password.
///
/// # Errors
/// Returns [`Error::Usage`] if the name or the password is not given, or the error of [`Context::ask`] if the endpoint
/// refuses.
pub(super) fn get(context: &Context<'_>) -> Result<Token, Error> {
    let mut form = Form::of_grant("password");
    form.set("username", context.settings.required(&USERNAME)?);
    form.set_secret("password", context.settings.required_secret(&PASSWORD)?);
    context.ask(form)
}
