//! The grants that present one token to get another: token exchange (RFC 8693) and JWT assertions (RFC 7523 section 2.1).

use countersign_shared::error::Error;
use countersign_shared::oauth::{Form, Token};

use super::context::Context;
use crate::parameters::{ASSERTION, SUBJECT_TOKEN, SUBJECT_TOKEN_TYPE};

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

/// Exchanges the subject token (RFC 8693 section 2.1).
///
/// # Errors
/// Returns [`Error::Usage`] if no subject token is given, or the error of [`Context::ask`] if the endpoint refuses.
pub(super) fn exchange(context: &Context<'_>) -> Result<Token, Error> {
    let mut form = Form::of_grant("urn:ietf:params:oauth:grant-type:token-exchange");
    form.set_secret("subject_token", context.settings.required_secret(&SUBJECT_TOKEN)?);
    // The type is required (RFC 8693 section 2.1), so that a default has to stand in for it.
    form.set("subject_token_type", context.settings.text(&SUBJECT_TOKEN_TYPE).unwrap_or(ACCESS_TOKEN));
    context.ask(form)
}

/// Presents the assertion (RFC 7523 section 2.1).
///
/// # Errors
/// Returns [`Error::Usage`] if no assertion is given, or the error of [`Context::ask`] if the endpoint refuses.
pub(super) fn jwt_bearer(context: &Context<'_>) -> Result<Token, Error> {
    let mut form = Form::of_grant("urn:ietf:params:oauth:grant-type:jwt-bearer");
    form.set_secret("assertion", context.settings.required_secret(&ASSERTION)?);
    context.ask(form)
}
