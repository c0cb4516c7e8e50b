//! Getting a new access token without the user: with a refresh token (RFC 6749 section 6), or with what the first one was got
//! with, if that needed no person.

use serde_json::{Map, Value};

use crate::error::Error;
use crate::moment::Moment;
use crate::secret::Secret;
use crate::transport::Transport;

use super::client::Client;
use super::endpoint::{Answer, TokenEndpoint};
use super::form::Form;
use super::grant::GrantSettings;
use super::store::Entry;
use super::style::Style;
use super::token::Token;
use super::unattended::{self, Materials};

/// The outcome of a refresh.
#[derive(Debug)]
pub enum Refreshed {
    /// A new token.
    Token(Token),
    /// A new grant is needed: the server no longer accepts the refresh token, or there is none.
    Over(Error),
}

/// The client and the style of requests of a run, which go over what is kept.
#[derive(Clone, Debug)]
pub struct Given {
    /// The client, its references resolved.
    pub client: Client,
    /// The style of token requests.
    pub style: Style,
}

/// Requests a new access token with the refresh token (RFC 6749 section 6). Without `given`, what is kept is used.
///
/// # Errors
/// Returns the error of [`TokenEndpoint::ask`] if there is no usable answer, and [`Error::Refused`] if the server does not
/// know the client (`invalid_client`).
pub fn refresh(
    entry: &Entry,
    given: Option<&Given>,
    transport: &dyn Transport,
    moment: &Moment,
) -> Result<Refreshed, Error> {
    let Some(refresh_token) = &entry.token.refresh_token else {
        return Ok(Refreshed::Over(Error::Failed("there is no refresh token".to_owned())));
    };
    let Some(url) = entry.grant.refresh_url() else {
        return Ok(Refreshed::Over(Error::Failed("no token endpoint is known".to_owned())));
    };
    let form = form(refresh_token, &entry.grant);
    let answer = match ask(url, form, entry, given, transport, moment)? {
        Answer::Granted(answer) => answer,
        Answer::Refused(refusal) if refusal.code == "invalid_client" => return Err(refusal.into_error()),
        // Servers have many words for a refresh token that is over, and some have none.
        Answer::Refused(refusal) => {
            let why = refusal.into_error().to_string();
            return Ok(Refreshed::Over(Error::Refused(format!("the refresh token was refused ({why})"))));
        }
    };
    let answer = match scoped_again(&answer, entry) {
        Some(form) => match ask(url, form, entry, given, transport, moment)? {
            Answer::Granted(answer) => answer,
            Answer::Refused(refusal) => return Err(refusal.into_error()),
        },
        None => answer,
    };
    let token = Token::from_answer(&answer, &entry.grant.dialect.reading(moment.unix))?;
    Ok(Refreshed::Token(entry.token.succeed(token)))
}

/// Requests a new access token with what is kept: the refresh token, or what the token was got with if that needed no person.
///
/// # Errors
/// Returns the same errors as [`refresh`] if the request fails.
pub fn renew(
    entry: &Entry,
    given: Option<&Given>,
    transport: &dyn Transport,
    moment: &Moment,
) -> Result<Refreshed, Error> {
    let is_repeatable = unattended::is_repeatable(&entry.grant);
    if entry.token.refresh_token.is_none() && is_repeatable {
        return again(entry, given, transport, moment).map(Refreshed::Token);
    }
    match refresh(entry, given, transport, moment)? {
        Refreshed::Over(why) if is_repeatable => {
            log::warn!("{why}; the token is got anew");
            again(entry, given, transport, moment).map(Refreshed::Token)
        }
        refreshed => Ok(refreshed),
    }
}

/// Goes through the grant again with what is kept.
fn again(entry: &Entry, given: Option<&Given>, transport: &dyn Transport, moment: &Moment) -> Result<Token, Error> {
    let grant = &entry.grant;
    let form = unattended::form(grant, &Materials::kept(grant, transport)?, moment)?;
    let url = grant.endpoints.token.as_deref();
    let url = url.ok_or_else(|| Error::Failed("no token endpoint is known".to_owned()))?;
    match ask(url, form, entry, given, transport, moment)? {
        Answer::Granted(answer) => {
            let mut token = Token::from_answer(&answer, &grant.dialect.reading(moment.unix))?;
            token.scope = token.scope.or_else(|| grant.scope.clone());
            Ok(token)
        }
        Answer::Refused(refusal) => Err(refusal.into_error()),
    }
}

fn ask(
    url: &str,
    form: Form,
    entry: &Entry,
    given: Option<&Given>,
    transport: &dyn Transport,
    moment: &Moment,
) -> Result<Answer, Error> {
    let own;
    let given = match given {
        Some(given) => given,
        None => {
            own = Given { client: entry.grant.client()?, style: entry.grant.style()? };
            &own
        }
    };
    let endpoints = &entry.grant.endpoints;
    let audience = endpoints.issuer.as_deref().or(endpoints.token.as_deref()).unwrap_or(url);
    TokenEndpoint { url, client: &given.client, transport, audience, style: &given.style }.ask(form, moment)
}

fn form(refresh_token: &Secret, grant: &GrantSettings) -> Form {
    let mut form = Form::of_grant("refresh_token");
    form.set_secret("refresh_token", refresh_token.clone());
    // Without `scope` the server grants the same scope as before (RFC 6749 section 6).
    for resource in &grant.resource {
        form.add("resource", resource);
    }
    for (name, value) in &grant.token_params {
        form.set_own(name, value);
    }
    form
}

/// Returns the request once more with the scope, if the answer has an ID token alone: Azure AD B2C answers so unless the scope
/// is named again. The server may have replaced the refresh token with the first answer.
fn scoped_again(answer: &Map<String, Value>, entry: &Entry) -> Option<Form> {
    let has = |name: &str| answer.get(name).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    if entry.grant.dialect.token_at.is_some() || has("access_token") || !has("id_token") {
        return None;
    }
    entry.grant.scope.as_ref()?;
    let rotated = answer.get("refresh_token").and_then(Value::as_str).map(Secret::new);
    let refresh_token = rotated.or_else(|| entry.token.refresh_token.clone())?;
    let form = form(&refresh_token, &entry.grant);
    // A scope that the user set as a parameter has been sent already.
    (!form.has("scope")).then(|| entry.grant.scoped(form))
}
