//! Getting a new access token without the user: with a refresh token (RFC 6749 section 6), or with the client's credentials.

use crate::error::Error;
use crate::moment::Moment;
use crate::secret::Secret;
use crate::transport::Transport;

use super::client::Client;
use super::endpoint::{Answer, TokenEndpoint};
use super::form::Form;
use super::grant::{Grant, GrantSettings};
use super::store::Entry;
use super::token::Token;

/// The outcome of a refresh.
#[derive(Debug)]
pub enum Refreshed {
    /// A new token.
    Token(Token),
    /// A new grant is needed: the server no longer accepts the refresh token (`invalid_grant`), or there is none.
    Over(Error),
}

/// Requests a new access token with the refresh token (RFC 6749 section 6). Without `client`, the kept one is used.
///
/// # Errors
/// Returns the error of [`TokenEndpoint::ask`] if there is no usable answer, and that of the server if it refuses for another
/// reason than the refresh token.
pub fn refresh(
    entry: &Entry,
    client: Option<&Client>,
    transport: &dyn Transport,
    moment: &Moment,
) -> Result<Refreshed, Error> {
    let Some(refresh_token) = &entry.token.refresh_token else {
        return Ok(Refreshed::Over(Error::Failed("there is no refresh token".to_owned())));
    };
    ask(form(refresh_token, &entry.grant), entry, client, transport, moment)
}

/// Requests a new access token with what is kept: the refresh token, or the client's credentials if the token was got with
/// those (RFC 6749 section 4.4, which issues no refresh token).
///
/// # Errors
/// Returns the same errors as [`refresh`] if the request fails.
pub fn renew(
    entry: &Entry,
    client: Option<&Client>,
    transport: &dyn Transport,
    moment: &Moment,
) -> Result<Refreshed, Error> {
    if entry.token.refresh_token.is_none() && entry.grant.kind == Grant::ClientCredentials {
        return ask(entry.grant.extended(entry.grant.client_credentials()), entry, client, transport, moment);
    }
    refresh(entry, client, transport, moment)
}

fn ask(
    form: Form,
    entry: &Entry,
    client: Option<&Client>,
    transport: &dyn Transport,
    moment: &Moment,
) -> Result<Refreshed, Error> {
    let own;
    let client = match client {
        Some(client) => client,
        None => {
            own = entry.grant.client()?;
            &own
        }
    };
    let Some(url) = entry.grant.endpoints.token.as_deref() else {
        return Ok(Refreshed::Over(Error::Failed("no token endpoint is known".to_owned())));
    };
    let endpoint =
        TokenEndpoint { url, client, transport, audience: entry.grant.endpoints.issuer.as_deref().unwrap_or(url) };
    match endpoint.ask(form, moment)? {
        Answer::Granted(answer) => Ok(Refreshed::Token(entry.token.succeed(Token::from_answer(&answer, moment.unix)?))),
        // Only `invalid_grant` means that the refresh token is no longer good (RFC 6749 section 5.2).
        Answer::Refused(refusal) if refusal.code == "invalid_grant" => Ok(Refreshed::Over(refusal.into_error())),
        Answer::Refused(refusal) => Err(refusal.into_error()),
    }
}

fn form(refresh_token: &Secret, grant: &GrantSettings) -> Form {
    let mut form = Form::of_grant("refresh_token");
    form.set_secret("refresh_token", refresh_token.clone());
    // Without `scope` the server grants the same scope as before (RFC 6749 section 6).
    for resource in &grant.resource {
        form.add("resource", resource);
    }
    for (name, value) in &grant.token_params {
        form.set(name, value);
    }
    form
}
