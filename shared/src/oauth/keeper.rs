//! Tokens for a stream of requests, which may last longer than a token: from the store once, refreshed when due.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::auth::Values;
use crate::auth::oauth1::parameters::{
    CONSUMER_KEY, CONSUMER_SECRET, PRIVATE_KEY, SIGNATURE_METHOD, TOKEN, TOKEN_SECRET,
};
use crate::auth::tokens::{Bearer, Named, Tokens};
use crate::error::Error;
use crate::moment::Moment;
use crate::secret::Secret;
use crate::transport::Lazy;

use super::refresh::{Refreshed, renew};
use super::store::{self, Entry};

/// A token that ends within so many seconds is due.
pub const MIN_TTL: i64 = 30;

/// Hands out the tokens that are kept; what all threads of a run share.
#[derive(Debug)]
pub struct Keeper {
    services: Arc<Lazy>,
    held: Mutex<HashMap<Named, Held>>,
}

/// A token as it was last seen.
#[derive(Clone, Debug)]
struct Held {
    bearer: Arc<Bearer>,
    /// Seconds since 1970; `None` is good until refused.
    expires_at: Option<i64>,
}

impl Keeper {
    /// Asks token endpoints this way.
    #[must_use]
    pub fn new(services: Arc<Lazy>) -> Self {
        Self { services, held: Mutex::default() }
    }

    /// The token in the store, renewed if it is due. Of many processes one does that, and the others find what it got.
    fn current(&self, named: &Named, moment: &Moment) -> Result<Entry, Error> {
        let store = store::open(named.store.as_deref())?;
        let read = || store.get(&named.name)?.ok_or_else(|| unknown(&named.name));
        let is_good = |entry: &Entry| !entry.token.is_due(moment.unix, MIN_TTL);
        let entry = read()?;
        if is_good(&entry) {
            return Ok(entry);
        }
        // A store that cannot be locked cannot be written either, and a write says so.
        let _lock = store.lock(&named.name);
        let entry = read()?;
        if is_good(&entry) {
            return Ok(entry);
        }
        match renew(&entry, None, self.services.get()?, moment)? {
            Refreshed::Token(token) => {
                let entry = Entry { token, recipe: entry.recipe };
                if let Err(error) = store.put(&named.name, &entry) {
                    log::warn!("the token {} is good but could not be kept: {error}", named.name);
                }
                Ok(entry)
            }
            Refreshed::Over(error) => {
                Err(ended(&named.name, error, &format!("get another: oauth-token get {}", named.name)))
            }
        }
    }
}

impl Tokens for Keeper {
    fn bearer(&self, named: &Named, moment: &Moment) -> Result<Arc<Bearer>, Error> {
        // Threads wait here for the one that refreshes.
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let is_good = |held: &&Held| held.expires_at.is_none_or(|at| at.saturating_sub(MIN_TTL) > moment.unix);
        if let Some(held) = held.get(named).filter(is_good) {
            return Ok(Arc::clone(&held.bearer));
        }
        let Entry { token, recipe } = self.current(named, moment)?;
        if token.token_secret.is_some() {
            return Err(Error::Failed(format!("the token {} is of OAuth 1.0a: sign oauth1 signs with it", named.name)));
        }
        if !token.is_bearer() {
            let name = &named.name;
            return Err(Error::Failed(format!("the token {name} is no bearer token, and cannot be sent as one")));
        }
        let bearer = Arc::new(Bearer { token: token.access_token, prefix: recipe.header_prefix });
        held.insert(named.clone(), Held { bearer: Arc::clone(&bearer), expires_at: token.expires_at });
        Ok(bearer)
    }

    fn credentials(&self, named: &Named) -> Result<Values, Error> {
        let store = store::open(named.store.as_deref())?;
        let Entry { token, recipe } = store.get(&named.name)?.ok_or_else(|| unknown(&named.name))?;
        let Some(secret) = token.token_secret else {
            return Err(Error::Failed(format!("the token {} is of OAuth 2.0: sign oauth2 sends it", named.name)));
        };
        let client = recipe.client()?;
        let found = [
            (TOKEN, Some(token.access_token)),
            (TOKEN_SECRET, Some(secret)),
            (CONSUMER_KEY, client.id.map(Secret::new)),
            (CONSUMER_SECRET, client.secret),
            (PRIVATE_KEY, client.private_key),
            (SIGNATURE_METHOD, recipe.signature_method.map(Secret::new)),
        ];
        let mut values = Values::default();
        for (parameter, value) in found {
            if let Some(value) = value {
                values.set(&parameter, value);
            }
        }
        Ok(values)
    }
}

/// The error for a name that is not in the store.
#[must_use]
pub fn unknown(name: &str) -> Error {
    Error::Failed(format!("no token {name} is kept (`oauth-token list` names those that are)"))
}

/// The error for a token that only a new grant can replace; what to do stands at its end.
#[must_use]
pub fn ended(name: &str, error: Error, advice: &str) -> Error {
    let text = |why: String| format!("the token {name} has ended, and {why}; {advice}");
    match error {
        Error::Refused(why) => Error::Refused(text(why)),
        Error::Failed(why) => Error::Failed(text(why)),
        error => error,
    }
}
