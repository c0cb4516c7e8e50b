//! Tokens for a stream of requests: read from the store once, and refreshed whenever they expire while the stream runs.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::auth::Values;
use crate::auth::oauth1::parameters::{
    CONSUMER_KEY, CONSUMER_SECRET, PRIVATE_KEY, SIGNATURE_METHOD, TOKEN, TOKEN_SECRET,
};
use crate::auth::tokens::{Bearer, Named, Tokens};
use crate::error::Error;
use crate::lock::lock;
use crate::moment::Moment;
use crate::secret::{self, Secret};
use crate::send::{self, Settings};
use crate::transport::Lazy;
use crate::trust::Identity;

use super::dialect::Network;
use super::refresh::{Refreshed, renew};
use super::store::{self, Entry};
use super::token::{Carrier, MIN_TTL};

/// The kept tokens that a run uses. All threads share it.
#[derive(Debug)]
pub struct Keeper {
    services: Arc<Lazy>,
    network: Arc<Settings>,
    held: Mutex<HashMap<Named, Held>>,
}

/// A token as it was last read or refreshed.
#[derive(Clone, Debug)]
struct Held {
    bearer: Arc<Bearer>,
    /// Seconds since 1970; `None` if the token is valid until a server refuses it.
    expires_at: Option<i64>,
}

impl Keeper {
    /// Makes a keeper that sends requests to token endpoints with this client, which has these settings.
    #[must_use]
    pub fn new(services: Arc<Lazy>, network: Arc<Settings>) -> Self {
        Self { services, network, held: Mutex::default() }
    }

    /// Returns the client for a token: the run's own, or, if the token was got with network options that this run does not
    /// have, one with those.
    fn transport(&self, kept: &Network) -> Result<Option<Lazy>, Error> {
        if kept.is_empty() {
            return Ok(None);
        }
        let mut settings = Settings::clone(&self.network);
        if settings.proxy.is_none() {
            settings.proxy = kept.proxy.as_deref().map(|proxy| secret::resolve("--proxy", proxy)).transpose()?;
        }
        let path = |text: &Option<String>| text.as_ref().map(PathBuf::from);
        settings.trust.authorities = settings.trust.authorities.or_else(|| path(&kept.cacert));
        let identity = || Some(Identity { certificate: path(&kept.cert)?, key: path(&kept.cert_key) });
        settings.trust.identity = settings.trust.identity.or_else(identity);
        Ok(Some(send::services(Arc::new(settings))))
    }

    /// Returns the token in the store, refreshed if it has expired. If several processes need it, one of them refreshes it and
    /// the others read the result.
    fn current(&self, named: &Named, moment: &Moment) -> Result<Entry, Error> {
        let store = store::open(named.store.as_deref())?;
        let read = || store.get(&named.name)?.ok_or_else(|| unknown(&named.name));
        let is_good = |entry: &Entry| !entry.token.is_due(moment.unix, MIN_TTL, entry.grant.dialect.used);
        // A token that is good needs no lock, so only a refresh makes other processes wait.
        let entry = read()?;
        if is_good(&entry) {
            return Ok(entry);
        }
        // A failed lock is ignored on purpose: a store that cannot be locked cannot be written either, and `put` reports that.
        let _lock = store.lock(&named.name);
        // Another process may have refreshed it while this one waited for the lock.
        let entry = read()?;
        if is_good(&entry) {
            return Ok(entry);
        }
        let own = self.transport(&entry.grant.network)?;
        match renew(&entry, None, own.as_ref().unwrap_or(&self.services).get()?, moment)? {
            Refreshed::Token(token) => {
                let entry = Entry { token, grant: entry.grant };
                // The request can still be sent with the token, so a store that cannot be written is only warned about.
                if let Err(error) = store.put(&named.name, &entry) {
                    log::warn!("the token {} is valid but could not be saved: {error}", named.name);
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
        // The lock is held while a token is refreshed, so that the other threads wait for it instead of refreshing too.
        let mut held = lock(&self.held);
        let is_good = |held: &&Held| held.expires_at.is_none_or(|at| at.saturating_sub(MIN_TTL) > moment.unix);
        if let Some(held) = held.get(named).filter(is_good) {
            return Ok(Arc::clone(&held.bearer));
        }
        let Entry { token, grant } = self.current(named, moment)?;
        if token.token_secret.is_some() {
            return Err(Error::Failed(format!(
                "the token {} is an OAuth 1.0a token: use `sign oauth1 --token-name`",
                named.name
            )));
        }
        let (used, prefix) = (grant.dialect.used, grant.header_prefix);
        let name = &named.name;
        let kind = &token.token_type;
        let refusal = match token.carrier(used) {
            Carrier::Refused => Some(format!(
                "the token {name} is of the type {kind} and cannot be sent as a bearer token; --header-prefix sends it all \
                 the same"
            )),
            Carrier::Assumed if prefix.is_none() => {
                log::warn!("the token {name} is of the type {kind} and is sent as a bearer token");
                None
            }
            _ => None,
        };
        let bearer = Arc::new(Bearer { token: token.used(used)?.clone(), prefix, refusal });
        held.insert(named.clone(), Held { bearer: Arc::clone(&bearer), expires_at: token.ends_at(used) });
        Ok(bearer)
    }

    fn credentials(&self, named: &Named) -> Result<Values, Error> {
        let store = store::open(named.store.as_deref())?;
        let Entry { token, grant } = store.get(&named.name)?.ok_or_else(|| unknown(&named.name))?;
        let Some(secret) = token.token_secret else {
            return Err(Error::Failed(format!(
                "the token {} is an OAuth 2.0 token: use `sign oauth2 --token-name`",
                named.name
            )));
        };
        let client = grant.client()?;
        let found = [
            (TOKEN, Some(token.access_token)),
            (TOKEN_SECRET, Some(secret)),
            (CONSUMER_KEY, client.id.map(Secret::new)),
            (CONSUMER_SECRET, client.secret),
            (PRIVATE_KEY, client.private_key),
            (SIGNATURE_METHOD, grant.signature_method.map(Secret::new)),
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

/// Makes the error for a name that is not in the store.
#[must_use]
pub fn unknown(name: &str) -> Error {
    Error::Failed(format!("no token {name} is kept (`oauth-token list` shows the names)"))
}

/// Makes the error for a token that only a new grant can replace. It ends in `advice`; errors of the network stay as they are.
#[must_use]
pub fn ended(name: &str, error: Error, advice: &str) -> Error {
    let text = |why: String| format!("the token {name} has expired, and {why}; {advice}");
    match error {
        Error::Refused(why) => Error::Refused(text(why)),
        Error::Failed(why) => Error::Failed(text(why)),
        Error::NeedsPerson(why) => Error::NeedsPerson(text(why)),
        error => error,
    }
}
