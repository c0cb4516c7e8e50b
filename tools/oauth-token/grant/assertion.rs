//! Grants that hand in one token for another: token exchange (RFC 8693) and JWT assertions (RFC 7523 section 2.1).

use countersign_shared::error::Error;
use countersign_shared::oauth::{Form, Token};

use super::Context;

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

/// Exchanges the subject token.
///
/// # Errors
/// It is missing, or the endpoint refuses.
pub(super) fn exchange(context: &Context<'_>) -> Result<Token, Error> {
    let mut form = Form::of_grant("urn:ietf:params:oauth:grant-type:token-exchange");
    form.set_secret("subject_token", context.settings.required_secret("subject-token")?);
    form.set("subject_token_type", context.settings.text("subject-token-type").unwrap_or(ACCESS_TOKEN));
    context.ask(form)
}

/// Hands in the assertion.
///
/// # Errors
/// It is missing, or the endpoint refuses.
pub(super) fn jwt_bearer(context: &Context<'_>) -> Result<Token, Error> {
    let mut form = Form::of_grant("urn:ietf:params:oauth:grant-type:jwt-bearer");
    form.set_secret("assertion", context.settings.required_secret("assertion")?);
    context.ask(form)
}
