//! A new access token without a person: for a refresh token (RFC 6749 section 6), or for the client's credentials again.

use crate::error::Error;
use crate::moment::Moment;
use crate::secret::Secret;
use crate::transport::Transport;

use super::client::Client;
use super::endpoint::{Answer, Form, TokenEndpoint};
use super::recipe::{Grant, Recipe};
use super::store::Entry;
use super::token::Token;

/// What became of a refresh.
#[derive(Debug)]
pub enum Refreshed {
    /// A new token.
    Token(Token),
    /// The server will not take the refresh token any more (`invalid_grant`), or there is none: a new grant is needed.
    Over(Error),
}

/// Asks for a new access token with the refresh token (RFC 6749 section 6).
///
/// # Errors
/// The network fails, or the server does in a way that says nothing of the refresh token.
pub fn refresh(
    entry: &Entry,
    client: Option<&Client>,
    transport: &dyn Transport,
    moment: &Moment,
) -> Result<Refreshed, Error> {
    let Some(refresh_token) = &entry.token.refresh_token else {
        return Ok(Refreshed::Over(Error::Failed("there is no refresh token".to_owned())));
    };
    ask(form(refresh_token, &entry.recipe), entry, client, transport, moment)
}

/// Asks for a new access token with whatever is kept and needs no person: the refresh token, or the client's own
/// credentials where the token was got with those (section 4.4).
///
/// # Errors
/// As [`refresh`].
pub fn renew(
    entry: &Entry,
    client: Option<&Client>,
    transport: &dyn Transport,
    moment: &Moment,
) -> Result<Refreshed, Error> {
    if entry.token.refresh_token.is_none() && entry.recipe.grant == Grant::ClientCredentials {
        return ask(entry.recipe.extended(entry.recipe.client_credentials()), entry, client, transport, moment);
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
            own = entry.recipe.client()?;
            &own
        }
    };
    let Some(url) = entry.recipe.endpoints.token.as_deref() else {
        return Ok(Refreshed::Over(Error::Failed("no token endpoint is known".to_owned())));
    };
    let endpoint =
        TokenEndpoint { url, client, transport, audience: entry.recipe.endpoints.issuer.as_deref().unwrap_or(url) };
    match endpoint.ask(form, moment)? {
        Answer::Granted(answer) => Ok(Refreshed::Token(entry.token.succeed(Token::from_answer(&answer, moment.unix)?))),
        Answer::Refused(refusal) if refusal.code == "invalid_grant" => Ok(Refreshed::Over(refusal.into_error())),
        Answer::Refused(refusal) => Err(refusal.into_error()),
    }
}

fn form(refresh_token: &Secret, recipe: &Recipe) -> Form {
    let mut form = Form::of_grant("refresh_token");
    form.set_secret("refresh_token", refresh_token.clone());
    // Scope is left out: the server then grants what it granted before (RFC 6749 section 6).
    for resource in &recipe.resource {
        form.add("resource", resource);
    }
    for (name, value) in &recipe.token_params {
        form.set(name, value);
    }
    form
}
