//! A token that is valid now: from the store, else by refresh.

use crate::error::Error;
use crate::moment::Moment;
use crate::secret::Secret;
use crate::transport::Transport;

use super::client::Client;
use super::endpoint::{Answer, Form, TokenEndpoint};
use super::recipe::Recipe;
use super::store::{Entry, Store};
use super::token::Token;

/// What became of a refresh.
#[derive(Debug)]
pub enum Refreshed {
    /// A new token.
    Token(Token),
    /// The server will not take the refresh token any more (`invalid_grant`), or there is none: a new grant is needed.
    Over(Error),
}

/// Hands out stored tokens and refreshes those that are due, one process at a time.
pub struct Keeper<'k> {
    /// Where tokens are kept.
    pub store: &'k dyn Store,
    /// A token that ends within so many seconds is due.
    pub min_ttl: i64,
}

/// What the store and a refresh could do.
#[derive(Debug)]
pub enum Kept {
    /// A token that is valid now.
    Valid(Box<Entry>),
    /// None: a grant is needed. Where a refresh failed for good, why.
    None(Option<Error>),
}

impl Keeper<'_> {
    /// The token of that name if it is valid now, without waiting for anybody and without the network.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn valid(&self, name: &str, moment: &Moment) -> Result<Option<Entry>, Error> {
        let entry = self.store.get(name)?;
        Ok(entry.filter(|entry| !entry.token.is_due(moment.unix, self.min_ttl)))
    }

    /// The token of that name, refreshed if it is due. `client` overrides what the store knows of the client's secrets.
    /// The caller holds the lock on the name, so that of many processes one refreshes and the others find what it got.
    ///
    /// # Errors
    /// The store or the network fails: the refresh token is kept and no new grant is started. A token that was got but
    /// cannot be kept comes with the error, in `lost`.
    pub fn refreshed(
        &self,
        name: &str,
        client: Option<&Client>,
        transport: &dyn Transport,
        moment: &Moment,
    ) -> Result<(Kept, Option<Error>), Error> {
        let Some(entry) = self.store.get(name)? else { return Ok((Kept::None(None), None)) };
        if !entry.token.is_due(moment.unix, self.min_ttl) {
            return Ok((Kept::Valid(Box::new(entry)), None));
        }
        match refresh(&entry, client, transport, moment)? {
            Refreshed::Over(error) => Ok((Kept::None(Some(error)), None)),
            Refreshed::Token(token) => {
                let entry = Entry { token, recipe: entry.recipe };
                let lost = self.store.put(name, &entry).err();
                Ok((Kept::Valid(Box::new(entry)), lost))
            }
        }
    }
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
    let endpoint = TokenEndpoint { url, client, transport };
    match endpoint.ask(form(refresh_token, &entry.recipe))? {
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
