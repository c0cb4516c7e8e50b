//! A token that is valid now: the kept one, or the kept one refreshed, or a new one by the grant.

use std::sync::Arc;
use std::time::{Duration, Instant};

use countersign_shared::cli::{say, signals};
use countersign_shared::error::{Error, Exit};
use countersign_shared::moment::Clock;
use countersign_shared::oauth;
use countersign_shared::oauth::keeper::unknown;
use countersign_shared::oauth::locks::{Lock, Locked, Patience, SignIn};
use countersign_shared::oauth::refresh::{Given, Refreshed, refresh};
use countersign_shared::oauth::token::MIN_TTL;
use countersign_shared::oauth::{Entry, Grant, GrantSettings, Store};
use countersign_shared::options::{Choices as _, Parameter};
use countersign_shared::secret::Secret;
use countersign_shared::send;
use countersign_shared::transport::Lazy;
use countersign_shared::variables::Variables;

use crate::grant;
use crate::grant::context::{self, Context};
use crate::handout::{Format, Wishes};
use crate::hosts::Hosts;
use crate::parameters::{
    ASSERTION, FORMAT, FRESH, HOST, KEY_FILE, MIN_TTL as MIN_TTL_SETTING, NO_INPUT, PASSWORD, REFRESH_TOKEN, STORE,
    SUBJECT_TOKEN, TIMEOUT, TOKEN_NAME, USERNAME, VARIABLE,
};
use crate::profile::Profiles;
use crate::provider;
use crate::recipe;
use crate::revoke;
use crate::settings::Settings;
use crate::tool::TOOL;

/// A token by its name, with the settings to get it.
pub(crate) struct TokenRequest {
    /// The token's name in the store.
    name: String,
    /// The settings that are given, those of the profile and the provider, and those that are kept with the token.
    settings: Settings,
    /// `None` if nothing says how to get a token.
    grant: Option<GrantSettings>,
    /// The token as it was kept when the tool started.
    kept: Option<Entry>,
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
    /// Merges the settings of the command line with those of a profile, of its provider, and of the kept token.
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
        let said = provider::filled(given.or(profiled).resolved(variables)?)?;
        let name = token_name.or(said.text(&TOKEN_NAME)).or(profile).unwrap_or("default").to_owned();
        let kept = match oauth::store::open(said.text(&STORE))?.get(&name) {
            Ok(kept) => kept,
            Err(error) if said.says_nothing() => return Err(error),
            // An unreadable store is no reason to fail if the settings say how to get a token without it.
            Err(error) => {
                say(TOOL, &error.to_string());
                None
            }
        };
        let from_kept = kept.as_ref().map(|entry| recipe::kept(&entry.grant, &said)).unwrap_or_default();
        let settings = said.or(from_kept);
        let grant = if settings.says_nothing() { None } else { Some(recipe::of(&settings)?) };
        let min_ttl = settings.time(&MIN_TTL_SETTING, Duration::from_secs(MIN_TTL.unsigned_abs()))?;
        let min_ttl = i64::try_from(min_ttl.as_secs()).unwrap_or(i64::MAX);
        Ok(Self { name, settings, grant, kept, min_ttl })
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
        if let Some(entry) = self.good(self.kept.clone(), clock) {
            log::info!("the token {} is from the store", self.name);
            return Ok(Acquired { entry, unsaved: None });
        }
        let store = self.store()?;
        let lock = self.lock(&*store)?;
        // Another process may have replaced the token while this one waited for the lock.
        let kept = match store.get(&self.name) {
            Err(_) if self.grant.is_some() => None,
            kept => kept?,
        };
        match self.good(kept.clone(), clock) {
            Some(entry) => Ok(Acquired { entry, unsaved: None }),
            None => self.replace(&*store, kept, transport, clock, lock.as_ref()),
        }
    }

    /// Returns a kept token if it is what is asked for and is not due.
    fn good(&self, kept: Option<Entry>, clock: &Clock) -> Option<Entry> {
        if self.settings.is_set(&FRESH) {
            return None;
        }
        let entry = self.asked(kept.filter(|entry| self.is_served_by(entry))?);
        let is_due = entry.token.is_due(clock.moment().unix, self.min_ttl, entry.grant.dialect.used);
        (!is_due).then_some(entry)
    }

    fn is_served_by(&self, entry: &Entry) -> bool {
        self.grant.as_ref().is_none_or(|asked| entry.grant.serves(asked))
    }

    /// Returns a kept token with the settings of this run, which go over what was kept. What was discovered stays.
    fn asked(&self, entry: Entry) -> Entry {
        let Some(asked) = &self.grant else { return entry };
        let mut grant = asked.clone();
        let (own, found) = (&mut grant.endpoints, entry.grant.endpoints);
        for (own, found) in [
            (&mut own.authorization, found.authorization),
            (&mut own.token, found.token),
            (&mut own.device_authorization, found.device_authorization),
            (&mut own.revocation, found.revocation),
            (&mut own.pushed_authorization, found.pushed_authorization),
        ] {
            if own.is_none() {
                *own = found;
            }
        }
        Entry { token: entry.token, grant }
    }

    /// Waits for the lock of the token. It is `None` if the store cannot be locked, such as one on a read-only disk: it
    /// cannot be written either, and that is reported when the token is saved.
    fn lock(&self, store: &dyn Store) -> Result<Option<Lock>, Error> {
        let name = &self.name;
        let timeout = self.settings.time(&TIMEOUT, Duration::from_secs(300))?;
        let sign_in = if self.settings.is_set(&NO_INPUT) { SignIn::LeaveIt } else { SignIn::AwaitIt };
        let patience = Patience { until: Instant::now().checked_add(timeout), sign_in };
        match store.lock_within(name, &patience) {
            Err(_) => Ok(None),
            Ok(Locked::Held(lock)) => Ok(Some(lock)),
            Ok(Locked::Told(error)) => Err(error),
            Ok(Locked::SigningIn) => Err(Error::NeedsPerson(format!(
                "another process waits for a sign-in for the token {name}, and --no-input is set"
            ))),
            Ok(Locked::Late) => {
                Err(Error::Network(format!("another process still gets the token {name}; --timeout allows more")))
            }
        }
    }

    /// Returns the output format.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a profile names an unknown format.
    pub(crate) fn format(&self) -> Result<Format, Error> {
        Ok(self.settings.choice(&FORMAT)?.unwrap_or_default())
    }

    /// Returns the user's choices about the output.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a name cannot be a variable's.
    pub(crate) fn wishes(&self) -> Result<Wishes, Error> {
        let is_name = |name: &str| {
            name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
                && !name.starts_with(|c: char| c.is_ascii_digit())
        };
        let variable = self.settings.text(&VARIABLE).unwrap_or("ACCESS_TOKEN");
        if !is_name(variable) {
            return Err(Error::Usage("--variable is a name of letters, digits and _".to_owned()));
        }
        Ok(Wishes { variable: variable.to_owned(), host: self.settings.list(&HOST).first().cloned() })
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
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.grant.as_ref().and_then(issuing)
    }

    /// Returns true if the token is kept or something says how to get it.
    pub(crate) fn is_known(&self) -> bool {
        self.grant.is_some()
    }

    /// Returns the user name of the settings.
    pub(crate) fn username(&self) -> Option<&str> {
        self.settings.text(&USERNAME)
    }

    /// Marks the kept token as expired if it is the one that a server refused. The next `get` replaces it.
    ///
    /// # Errors
    /// Returns the error of the store if it cannot be locked, read or written.
    pub(crate) fn refused(&self, token: &Secret) -> Result<(), Error> {
        let store = self.store()?;
        // The token is compared and written under one lock, so that one that was refreshed in between is not marked.
        let _lock = store.lock(&self.name)?;
        match store.get(&self.name)? {
            Some(mut entry)
                if [Some(&entry.token.access_token), entry.token.id_token.as_ref()].contains(&Some(token)) =>
            {
                entry.token.expires_at = Some(0);
                store.put(&self.name, &entry)
            }
            _ => Ok(()),
        }
    }

    /// Refreshes the kept token, even if it is still valid.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if no such token is kept or it has no refresh token, and [`Error::Refused`] if the token
    /// endpoint refuses.
    pub(crate) fn refresh(&self, transport: &Lazy, clock: &Clock) -> Result<Acquired, Error> {
        let store = self.store()?;
        // A server that rotates refresh tokens takes each one once, so two processes must not send the same.
        let _lock = store.lock(&self.name)?;
        let entry = self.asked(store.get(&self.name)?.ok_or_else(|| unknown(&self.name))?);
        match refresh(&entry, Some(&self.given(&entry.grant)?), transport.get()?, &clock.moment())? {
            Refreshed::Token(token) => Ok(self.renewed(&*store, Entry { token, grant: entry.grant })),
            Refreshed::Over(error) => Err(error),
        }
    }

    /// Revokes the token at the server and deletes it from the store.
    ///
    /// # Errors
    /// Returns the error of [`revoke::revoke`] if no such token is kept or the server refuses.
    pub(crate) fn revoke(&self, transport: &Lazy, clock: &Clock) -> Result<Exit, Error> {
        let store = self.store()?;
        // The lock is held until the token is gone, so that no other process refreshes it between revocation and removal.
        let _lock = store.lock(&self.name)?;
        let entry = self.asked(store.get(&self.name)?.ok_or_else(|| unknown(&self.name))?);
        revoke::revoke(&*store, &self.name, &entry, &self.given(&entry.grant)?, transport, clock)
    }

    /// Returns the client and the style of this run.
    fn given(&self, grant: &GrantSettings) -> Result<Given, Error> {
        Ok(Given { client: context::client(&self.settings, grant)?, style: context::style(&self.settings, grant)? })
    }

    /// Replaces a token that is due or other than asked for: by a refresh, or by the grant.
    fn replace(
        &self,
        store: &dyn Store,
        kept: Option<Entry>,
        transport: &Lazy,
        clock: &Clock,
        lock: Option<&Lock>,
    ) -> Result<Acquired, Error> {
        let Some(kept) = kept.filter(|_| !self.settings.is_set(&FRESH)) else {
            return self.acquire(store, transport, clock, lock);
        };
        if let Some(difference) = self.grant.as_ref().and_then(|asked| kept.grant.difference(asked)) {
            let name = &self.name;
            let advice = "--token-name keeps both";
            say(TOOL, &format!("the kept token {name} has another {difference}: a new one takes its place; {advice}"));
            return self.acquire(store, transport, clock, lock);
        }
        let entry = self.asked(kept);
        if entry.token.refresh_token.is_none() {
            self.explain_missing_refresh_token(&entry);
            return self.acquire(store, transport, clock, lock);
        }
        log::info!("the token {} has expired and is refreshed", self.name);
        match refresh(&entry, Some(&self.given(&entry.grant)?), transport.get()?, &clock.moment())? {
            Refreshed::Token(token) => Ok(self.renewed(store, Entry { token, grant: entry.grant })),
            Refreshed::Over(why) => self.start_over(store, &why, transport, clock, lock),
        }
    }

    /// Saves a token that was refreshed. The choices of this run about the output are not those that it was got with.
    fn renewed(&self, store: &dyn Store, entry: Entry) -> Acquired {
        let mut kept = entry.clone();
        if let Some(own) = &self.kept {
            kept.grant.dialect.used = own.grant.dialect.used;
            kept.grant.header_prefix.clone_from(&own.grant.header_prefix);
        }
        Acquired { entry, unsaved: store.put(&self.name, &kept).err() }
    }

    /// Goes through the grant after the refresh token was refused.
    fn start_over(
        &self,
        store: &dyn Store,
        why: &Error,
        transport: &Lazy,
        clock: &Clock,
        lock: Option<&Lock>,
    ) -> Result<Acquired, Error> {
        let name = &self.name;
        let kind = self.grant.as_ref().map(|grant| grant.kind);
        let can_start = kind.is_some_and(|kind| grant::check_person(kind, &self.settings).is_ok());
        if can_start && !self.lacks_secret() {
            say(TOOL, &format!("the token {name} has expired, and {why}"));
            return self.acquire(store, transport, clock, lock);
        }
        let what =
            if kind.is_some_and(Grant::needs_person) { "sign in again" } else { "give what it was got with again" };
        let advice = format!("{what}: oauth-token get {name} --fresh");
        Err(Error::NeedsPerson(format!("the token {name} has expired, and {why}; {advice}")))
    }

    /// Returns true if the grant presents a secret that was not kept and is not given.
    fn lacks_secret(&self) -> bool {
        let needed: &[&Parameter] = match self.grant.as_ref().map(|grant| grant.kind) {
            Some(Grant::Password | Grant::Login) => &[&PASSWORD],
            Some(Grant::JwtBearer) => &[&ASSERTION, &KEY_FILE],
            Some(Grant::TokenExchange) => &[&SUBJECT_TOKEN],
            Some(Grant::RefreshToken) => &[&REFRESH_TOKEN],
            _ => return false,
        };
        !needed.iter().any(|parameter| self.settings.text(parameter).is_some())
    }

    /// Says why somebody has to sign in again though a token was kept: many servers send a refresh token only if asked.
    fn explain_missing_refresh_token(&self, entry: &Entry) {
        if entry.grant.kind.needs_person() && entry.grant.kind != Grant::OAuth1 {
            let advice = "many servers want the scope offline_access for one, Google --auth-param access_type=offline \
                          --auth-param prompt=consent";
            say(TOOL, &format!("the token {} has ended, and no refresh token came with it: {advice}", self.name));
        }
    }

    /// Gets a new token by the grant and saves it.
    fn acquire(
        &self,
        store: &dyn Store,
        transport: &Lazy,
        clock: &Clock,
        lock: Option<&Lock>,
    ) -> Result<Acquired, Error> {
        let name = &self.name;
        let grant = self.grant.clone().ok_or_else(|| {
            let advice = "oauth-token list shows the names, oauth-token profile add makes a profile";
            Error::Failed(format!(
                "no token {name} is kept, and neither options nor a profile say how to get one ({advice})"
            ))
        })?;
        if self.kept.is_some() && self.lacks_secret() {
            let advice = "give it again, or a reference to it (env:NAME, file:PATH), which is kept";
            return Err(Error::Failed(format!(
                "the token {name} has ended, there is no refresh token, and what it was got with was not kept; {advice}"
            )));
        }
        grant::check_person(grant.kind, &self.settings)?;
        let kind = grant.kind;
        if let Some(lock) = lock.filter(|_| kind.needs_person()) {
            lock.tell_sign_in();
        }
        let outcome = self.obtain(store, grant, transport, clock);
        if let (Err(error), Some(lock), true) = (&outcome, lock, kind.needs_person()) {
            lock.tell_failure(error);
        }
        outcome
    }

    fn obtain(
        &self,
        store: &dyn Store,
        grant: GrantSettings,
        transport: &Lazy,
        clock: &Clock,
    ) -> Result<Acquired, Error> {
        interruptible();
        log::info!("the token {} is requested with the grant {}", self.name, grant.kind.word());
        let context = Context::new(&self.settings, grant, transport.get()?, clock)?;
        let token = grant::get(&context)?;
        for option in recipe::unkept(&self.settings) {
            let advice = "written as env:NAME, file:PATH, cmd:COMMAND or keyring:SERVICE/NAME it would be";
            say(TOOL, &format!("--{option} is a secret itself and is not kept with the token; {advice}"));
        }
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
