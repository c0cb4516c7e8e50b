//! A token that is valid now: the kept one, or the kept one refreshed, or a new one by the grant.

use std::sync::Arc;
use std::time::Duration;

use countersign_shared::cli::{say, signals};
use countersign_shared::error::{Error, Exit};
use countersign_shared::moment::Clock;
use countersign_shared::oauth;
use countersign_shared::oauth::keeper::{self, MIN_TTL, unknown};
use countersign_shared::oauth::refresh::{Refreshed, refresh, renew};
use countersign_shared::oauth::{Authentication, Client, Endpoints, Entry, Grant, GrantSettings, Store};
use countersign_shared::options::Choices as _;
use countersign_shared::secret::Secret;
use countersign_shared::send;
use countersign_shared::transport::Lazy;
use countersign_shared::variables::Variables;

use crate::grant;
use crate::grant::context::{self, Context};
use crate::handout::Format;
use crate::hosts::Hosts;
use crate::kept;
use crate::parameters::{
    ACCESS_TOKEN_URL, AUDIENCE, AUTH_PARAM, AUTH_URL, CALLBACK_URL, CODE_CHALLENGE_METHOD, DEVICE_AUTHORIZATION_URL,
    DISCOVER, FORMAT, HEADER_PREFIX, HOST, KEY_ID, MIN_TTL as MIN_TTL_SETTING, PRIVATE_KEY, REQUEST_TOKEN_URL,
    RESOURCE, REVOCATION_URL, SCOPE, SIGNATURE_METHOD, STORE, TOKEN_NAME, TOKEN_PARAM, USERNAME,
};
use crate::profile::Profiles;
use crate::settings::Settings;
use crate::tool::TOOL;

/// A token by its name, with the settings to get it.
pub(crate) struct TokenRequest {
    /// The token's name in the store.
    name: String,
    settings: Settings,
    /// `None` if no setting says how to get a token: then the kept token is used, whatever grant it came from.
    grant: Option<GrantSettings>,
    /// Seconds that a token must remain valid.
    min_ttl: i64,
}

/// A token that was found or obtained.
pub(crate) struct Acquired {
    pub(crate) entry: Entry,
    /// The error if the token is valid but could not be written to the store.
    pub(crate) unsaved: Option<Error>,
}

impl TokenRequest {
    /// Merges the settings of the command line with those of a profile.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the profile file cannot be read, and [`Error::Usage`] if a setting is wrong.
    pub(crate) fn new(
        profile: Option<&str>,
        token_name: Option<&str>,
        given: Settings,
        variables: &Variables,
    ) -> Result<Self, Error> {
        let profiled = match profile {
            Some(name) => Profiles::read()?.settings(name)?.unwrap_or_default(),
            None => Settings::default(),
        };
        log::info!("from options and their variables: {}", given.listed());
        if let Some(name) = profile {
            log::info!("from the profile {name}: {}", profiled.listed());
        }
        let settings = given.or(profiled).resolved(variables)?;
        let name = token_name.or(settings.text(&TOKEN_NAME)).or(profile).unwrap_or("default").to_owned();
        let grant = if settings.says_nothing() { None } else { Some(grant_settings(&settings)?) };
        let min_ttl = settings.time(&MIN_TTL_SETTING, Duration::from_secs(MIN_TTL.unsigned_abs()))?;
        let min_ttl = i64::try_from(min_ttl.as_secs()).unwrap_or(i64::MAX);
        Ok(Self { name, settings, grant, min_ttl })
    }

    /// Opens the store that keeps the token.
    ///
    /// # Errors
    /// Returns the error of [`oauth::store::open`] if no home folder is known or the helper's name is not valid.
    pub(crate) fn store(&self) -> Result<Box<dyn Store>, Error> {
        oauth::store::open(self.settings.text(&STORE))
    }

    /// Returns a valid token: the kept one, or a refreshed one, or a new one.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if no token is kept and no setting says how to get one, or the error of the refresh or the
    /// grant if it fails.
    pub(crate) fn get(&self, transport: &Lazy, clock: &Clock) -> Result<Acquired, Error> {
        let store = self.store()?;
        let moment = clock.moment();
        let kept = match self.kept(&*store) {
            // An unreadable store is no reason to fail if the settings say how to get a token without it.
            Err(error) if self.grant.is_some() => {
                say(TOOL, &format!("{error}"));
                return self.acquire(&*store, transport, clock);
            }
            kept => kept?,
        };
        if let Some(entry) = kept.filter(|entry| !entry.token.is_due(moment.unix, self.min_ttl)) {
            log::info!("the token {} is from the store", self.name);
            return Ok(Acquired { entry, unsaved: None });
        }
        // A failed lock is ignored on purpose: a store that cannot be locked, such as one on a read-only disk, cannot be
        // written either, and that is reported when the token is saved.
        let _lock = store.lock(&self.name);
        // Another process may have refreshed the token while this one waited for the lock.
        match self.kept(&*store)? {
            Some(entry) if !entry.token.is_due(clock.moment().unix, self.min_ttl) => {
                Ok(Acquired { entry, unsaved: None })
            }
            Some(entry) => self.renew(&*store, entry, transport, clock),
            None => self.acquire(&*store, transport, clock),
        }
    }

    /// Returns the output format.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a profile names an unknown format.
    pub(crate) fn format(&self) -> Result<Format, Error> {
        Ok(self.settings.choice(&FORMAT)?.unwrap_or_default())
    }

    /// Returns the HTTP client of the network settings. It is set up when the first request is sent.
    ///
    /// # Errors
    /// Returns the error of [`Settings::network`] if a network setting is wrong.
    pub(crate) fn transport(&self) -> Result<Lazy, Error> {
        Ok(send::services(Arc::new(self.settings.network()?)))
    }

    /// Returns the hosts that programs get the token for.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the setting names something that is no host.
    pub(crate) fn hosts(&self) -> Result<Hosts, Error> {
        Hosts::new(self.settings.list(&HOST))
    }

    /// Returns the endpoint that the token will come from, as far as it is known before it is asked for.
    ///
    /// # Errors
    /// Returns the error of the store if it cannot be read.
    pub(crate) fn endpoint(&self) -> Result<Option<String>, Error> {
        let given = self.grant.as_ref().and_then(|grant| issuing(grant).map(str::to_owned));
        if given.is_some() {
            return Ok(given);
        }
        Ok(self.store()?.get(&self.name)?.and_then(|entry| issuing(&entry.grant).map(str::to_owned)))
    }

    /// Returns the user name of the settings.
    pub(crate) fn username(&self) -> Option<&str> {
        self.settings.text(&USERNAME)
    }

    /// Marks the kept token as expired if it is this access token, which a server refused. The next `get` replaces it.
    ///
    /// # Errors
    /// Returns the error of the store if it cannot be locked, read or written.
    pub(crate) fn refused(&self, access_token: &Secret) -> Result<(), Error> {
        let store = self.store()?;
        // The token is compared and written under one lock, so that one that was refreshed in between is not marked.
        let _lock = store.lock(&self.name)?;
        match store.get(&self.name)? {
            Some(mut entry) if entry.token.access_token == *access_token => {
                entry.token.expires_at = Some(0);
                store.put(&self.name, &entry)
            }
            _ => Ok(()),
        }
    }

    /// Refreshes the kept token, even if it is still valid.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if no such token is kept or it has no refresh token, or the error of the token endpoint if
    /// it refuses.
    pub(crate) fn refresh(&self, transport: &Lazy, clock: &Clock) -> Result<Acquired, Error> {
        let store = self.store()?;
        // A server that rotates refresh tokens takes each one once, so two processes must not send the same.
        let _lock = store.lock(&self.name)?;
        let entry = store.get(&self.name)?.ok_or_else(|| unknown(&self.name))?;
        let client = self.client()?;
        match refresh(&entry, client.as_ref(), transport.get()?, &clock.moment())? {
            Refreshed::Token(token) => Ok(save(&*store, &self.name, Entry { token, grant: entry.grant })),
            Refreshed::Over(error) => Err(error),
        }
    }

    /// Revokes the token at the server and deletes it from the store.
    ///
    /// # Errors
    /// Returns the error of [`kept::revoke`] if no such token is kept or the server refuses.
    pub(crate) fn revoke(&self, transport: &Lazy, clock: &Clock) -> Result<Exit, Error> {
        let store = self.store()?;
        kept::revoke(&*store, &self.name, self.client()?, self.settings.text(&REVOCATION_URL), transport, clock)
    }

    /// Returns the token in the store if it was issued with the settings that are asked for.
    fn kept(&self, store: &dyn Store) -> Result<Option<Entry>, Error> {
        let entry = store.get(&self.name)?;
        let mut entry = entry.filter(|entry| self.grant.as_ref().is_none_or(|asked| entry.grant.serves(asked)));
        // The header's prefix does not change what the token is: this run's prefix goes before the kept one.
        if let (Some(entry), Some(prefix)) = (&mut entry, self.settings.list(&HEADER_PREFIX).first()) {
            entry.grant.header_prefix = Some(prefix.clone());
        }
        Ok(entry)
    }

    /// Refreshes an expired token. If the server does not accept the refresh token any more, goes through the grant again.
    fn renew(&self, store: &dyn Store, entry: Entry, transport: &Lazy, clock: &Clock) -> Result<Acquired, Error> {
        if entry.token.refresh_token.is_none() && self.grant.is_some() {
            return self.acquire(store, transport, clock);
        }
        let client = self.client()?;
        log::info!("the token {} has expired and is refreshed", self.name);
        match renew(&entry, client.as_ref(), transport.get()?, &clock.moment())? {
            Refreshed::Token(token) => Ok(save(store, &self.name, Entry { token, grant: entry.grant })),
            Refreshed::Over(error) if self.grant.is_none() => self.acquire_again(store, entry, error, transport, clock),
            Refreshed::Over(error) => {
                say(TOOL, &format!("the refresh token is no longer accepted: {error}"));
                self.acquire(store, transport, clock)
            }
        }
    }

    /// Goes through the grant again with the kept settings.
    ///
    /// Only for grants in which the user signs in: other grants need a secret that is not kept, such as a password.
    fn acquire_again(
        &self,
        store: &dyn Store,
        entry: Entry,
        error: Error,
        transport: &Lazy,
        clock: &Clock,
    ) -> Result<Acquired, Error> {
        if !matches!(entry.grant.kind, Grant::AuthorizationCode | Grant::Implicit | Grant::DeviceCode) {
            let advice = "give the grant's options, or a profile, to get another";
            return Err(keeper::ended(&self.name, error, advice));
        }
        say(TOOL, &format!("the token {} has expired: {error}", self.name));
        let settings = self.settings.clone().or(Settings::from_grant(&entry.grant));
        let again = Self { name: self.name.clone(), settings, grant: Some(entry.grant), min_ttl: self.min_ttl };
        again.acquire(store, transport, clock)
    }

    /// Returns the client of the settings if they describe one.
    fn client(&self) -> Result<Option<Client>, Error> {
        self.grant.as_ref().map(|grant| context::client(&self.settings, grant)).transpose()
    }

    /// Gets a new token by the grant and saves it.
    fn acquire(&self, store: &dyn Store, transport: &Lazy, clock: &Clock) -> Result<Acquired, Error> {
        let grant = self.grant.clone().ok_or_else(|| {
            let name = &self.name;
            Error::Failed(format!("no token {name} is kept, and neither options nor a profile say how to get one"))
        })?;
        grant::check_person(grant.kind, &self.settings)?;
        interruptible();
        log::info!("the token {} is requested with the grant {}", self.name, grant.kind.word());
        let context = Context::new(&self.settings, grant, transport.get()?, clock)?;
        let token = grant::get(&context)?;
        Ok(save(store, &self.name, Entry { token, grant: context.grant }))
    }
}

/// Returns the endpoint that issues the tokens of a grant: with `implicit`, that is the one for authorization.
pub(crate) fn issuing(grant: &GrantSettings) -> Option<&str> {
    grant.endpoints.token.as_deref().or(grant.endpoints.authorization.as_deref())
}

fn save(store: &dyn Store, name: &str, entry: Entry) -> Acquired {
    // A token that cannot be saved is valid all the same, and it may have cost a sign-in. So it is handed out.
    let unsaved = store.put(name, &entry).err();
    Acquired { entry, unsaved }
}

fn grant_settings(settings: &Settings) -> Result<GrantSettings, Error> {
    let kind = settings.grant()?;
    let (id, secret) = context::client_parameters(kind);
    Ok(GrantSettings {
        kind,
        client_id: settings.owned(id),
        client_secret: settings.reference(secret),
        // The secret itself may not be kept. The method is kept, so that the next refresh reports a
        // missing secret instead of taking the client for a public one.
        client_authentication: settings
            .client_authentication()?
            .or(settings.text(secret).map(|_| Authentication::Header)),
        private_key: settings.reference(&PRIVATE_KEY),
        key_id: settings.owned(&KEY_ID),
        scope: settings.owned(&SCOPE),
        resource: resources(settings)?,
        audience: settings.owned(&AUDIENCE),
        endpoints: Endpoints {
            issuer: settings.owned(&DISCOVER),
            authorization: settings.owned(&AUTH_URL),
            token: settings.owned(&ACCESS_TOKEN_URL),
            device_authorization: settings.owned(&DEVICE_AUTHORIZATION_URL),
            revocation: settings.owned(&REVOCATION_URL),
            // There is no option for this endpoint: only discovery finds it.
            pushed_authorization: None,
            request_token: settings.owned(&REQUEST_TOKEN_URL),
        },
        header_prefix: settings.list(&HEADER_PREFIX).first().cloned(),
        callback: settings.owned(&CALLBACK_URL),
        code_challenge_method: settings.owned(&CODE_CHALLENGE_METHOD),
        auth_params: settings.pairs(&AUTH_PARAM)?,
        token_params: settings.pairs(&TOKEN_PARAM)?,
        signature_method: settings.owned(&SIGNATURE_METHOD),
    })
}

/// Returns the resource indicators, which must be absolute URIs without a fragment (RFC 8707 section 2).
fn resources(settings: &Settings) -> Result<Vec<String>, Error> {
    let list = settings.list(&RESOURCE);
    match list.iter().find(|resource| !resource.contains(':') || resource.contains('#')) {
        None => Ok(list.to_vec()),
        Some(_) => Err(Error::Usage("--resource is an absolute URI without a fragment (RFC 8707)".to_owned())),
    }
}

/// Returns the exit code for a token that was handed out, and prints the error if it could not be saved.
pub(crate) fn settle(acquired: &Acquired) -> Exit {
    match &acquired.unsaved {
        None => Exit::Done,
        Some(error) => {
            say(TOOL, &format!("the token is valid but could not be saved: {error}"));
            Exit::Failed
        }
    }
}

/// Prints a line and exits with code 130 if the user interrupts the tool while it waits for a sign-in.
fn interruptible() {
    let interrupted = |_| {
        say(TOOL, "interrupted");
        std::process::exit(i32::from(Exit::Interrupted as u8));
    };
    // Without the handler a signal ends the process too, only without the message, so that a failure is no reason to stop.
    let _ = signals::on_each(interrupted);
}
