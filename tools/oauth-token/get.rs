//! A token that is valid now: from the store, else by refresh, else by the grant.

use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum as _;

use countersign_shared::cli::say;
use countersign_shared::error::{Error, Exit};
use countersign_shared::moment::Clock;
use countersign_shared::oauth;
use countersign_shared::oauth::keeper::{self, MIN_TTL, unknown};
use countersign_shared::oauth::recipe::Endpoints;
use countersign_shared::oauth::refresh::{Refreshed, refresh, renew};
use countersign_shared::oauth::{Authentication, Client, Entry, Grant, Recipe, Store, Token};
use countersign_shared::secret::Secret;
use countersign_shared::send;
use countersign_shared::transport::Lazy;

use crate::grant::{self, Context};
use crate::handout::Format;
use crate::kept;
use crate::profile::Profiles;
use crate::settings::Settings;
use crate::tool::TOOL;

/// What is asked for: a name, and what was told of how to get the token.
pub(crate) struct Wanted {
    /// The token's name in the store.
    pub(crate) name: String,
    settings: Settings,
    /// `None`: nothing was told, so the token in the store is meant, however it was got.
    recipe: Option<Recipe>,
    min_ttl: i64,
}

/// A token, and whether it is safe in the store.
pub(crate) struct Got {
    pub(crate) entry: Entry,
    /// The token is good, but could not be kept.
    pub(crate) lost: Option<Error>,
}

impl Wanted {
    /// Puts together what options and the profile of that name say.
    ///
    /// # Errors
    /// The profile cannot be read, or something in it is wrong.
    pub(crate) fn new(profile: Option<&str>, token_name: Option<&str>, told: Settings) -> Result<Self, Error> {
        let profiled = match profile {
            Some(name) => Profiles::read()?.settings(name)?.unwrap_or_default(),
            None => Settings::default(),
        };
        log::info!("from options and their variables: {}", told.listed());
        if let Some(name) = profile {
            log::info!("from the profile {name}: {}", profiled.listed());
        }
        let settings = told.or(profiled);
        let name = token_name.or(settings.text("token-name")).or(profile).unwrap_or("default").to_owned();
        let recipe = if settings.says_nothing() { None } else { Some(recipe_of(&settings)?) };
        let min_ttl = settings.time("min-ttl", Duration::from_secs(MIN_TTL.unsigned_abs()))?;
        let min_ttl = i64::try_from(min_ttl.as_secs()).unwrap_or(i64::MAX);
        Ok(Self { name, settings, recipe, min_ttl })
    }

    /// Where the token is kept.
    ///
    /// # Errors
    /// No home folder is known.
    pub(crate) fn store(&self) -> Result<Box<dyn Store>, Error> {
        oauth::store::open(self.settings.text("store"))
    }

    /// The token, from wherever it can be had.
    ///
    /// # Errors
    /// It can be had from nowhere.
    pub(crate) fn get(&self, transport: &Lazy, clock: &Clock) -> Result<Got, Error> {
        let store = self.store()?;
        let moment = clock.moment();
        let kept = match self.kept(&*store) {
            // A store that cannot be read keeps nobody from getting a token, where it was told how.
            Err(error) if self.recipe.is_some() => {
                say(TOOL, &format!("{error}"));
                return self.acquire(&*store, transport, clock);
            }
            kept => kept?,
        };
        if let Some(entry) = kept.filter(|entry| !entry.token.is_due(moment.unix, self.min_ttl)) {
            log::info!("the token {} is from the store", self.name);
            return Ok(Got { entry, lost: None });
        }
        let lock = store.lock(&self.name);
        // What another process got while we waited is as good as what we would get.
        let kept = self.kept(&*store)?;
        let outcome = match kept {
            Some(entry) if !entry.token.is_due(clock.moment().unix, self.min_ttl) => Ok(Got { entry, lost: None }),
            Some(entry) => self.renew(&*store, entry, transport, clock),
            None => self.acquire(&*store, transport, clock),
        };
        // A store that cannot be locked cannot be written either, and then the token says so.
        drop(lock);
        outcome
    }

    /// How the token is handed out.
    ///
    /// # Errors
    /// [`Error::Usage`]: a profile names a format that there is not.
    pub(crate) fn format(&self) -> Result<Format, Error> {
        let unknown = |_| Error::Usage("format is not one that is known".to_owned());
        self.settings.text("format").map_or(Ok(Format::default()), |text| Format::from_str(text, true).map_err(unknown))
    }

    /// The way to servers.
    ///
    /// # Errors
    /// What a profile or an option says of it is wrong.
    pub(crate) fn way(&self) -> Result<Lazy, Error> {
        Ok(send::services(Arc::new(self.settings.network()?)))
    }

    /// The user name that was told.
    pub(crate) fn username(&self) -> Option<&str> {
        self.settings.text("username")
    }

    /// Takes note that a server refused this access token: if it is the one that is kept, it is due from now on.
    ///
    /// # Errors
    /// The store cannot be read or written.
    pub(crate) fn refused(&self, access_token: &Secret) -> Result<(), Error> {
        let store = self.store()?;
        let _lock = store.lock(&self.name)?;
        match store.get(&self.name)? {
            Some(mut entry) if entry.token.access_token == *access_token => {
                entry.token.expires_at = Some(0);
                store.put(&self.name, &entry)
            }
            _ => Ok(()),
        }
    }

    /// Refreshes the token, due or not.
    ///
    /// # Errors
    /// There is none of that name, it has no refresh token, or the server refuses.
    pub(crate) fn refresh(&self, transport: &Lazy, clock: &Clock) -> Result<Got, Error> {
        let store = self.store()?;
        let _lock = store.lock(&self.name)?;
        let entry = store.get(&self.name)?.ok_or_else(|| unknown(&self.name))?;
        let client = self.client()?;
        match refresh(&entry, client.as_ref(), transport.get()?, &clock.moment())? {
            Refreshed::Token(token) => Ok(keep(&*store, &self.name, Entry { token, recipe: entry.recipe })),
            Refreshed::Over(error) => Err(error),
        }
    }

    /// Has the server take the token back.
    ///
    /// # Errors
    /// There is none of that name, or the server does not agree.
    pub(crate) fn revoke(&self, transport: &Lazy, clock: &Clock) -> Result<Exit, Error> {
        let store = self.store()?;
        kept::revoke(&*store, &self.name, self.client()?, self.settings.text("revocation-url"), transport, clock)
    }

    /// The token in the store, where it is the one that is asked for.
    fn kept(&self, store: &dyn Store) -> Result<Option<Entry>, Error> {
        let entry = store.get(&self.name)?;
        let mut entry = entry.filter(|entry| self.recipe.as_ref().is_none_or(|asked| entry.recipe.serves(asked)));
        // How the token is handed out is this run's business.
        if let (Some(entry), Some(prefix)) = (&mut entry, self.settings.list("header-prefix").first()) {
            entry.recipe.header_prefix = Some(prefix.clone());
        }
        Ok(entry)
    }

    /// Renews a token that is due; where the server will not have the refresh token any more, gets another.
    fn renew(&self, store: &dyn Store, entry: Entry, transport: &Lazy, clock: &Clock) -> Result<Got, Error> {
        if entry.token.refresh_token.is_none() && self.recipe.is_some() {
            return self.acquire(store, transport, clock);
        }
        let client = self.client()?;
        log::info!("the token {} is due: another is asked for without a person", self.name);
        match renew(&entry, client.as_ref(), transport.get()?, &clock.moment())? {
            Refreshed::Token(token) => Ok(keep(store, &self.name, Entry { token, recipe: entry.recipe })),
            Refreshed::Over(error) if self.recipe.is_none() => {
                self.acquire_again(store, entry, error, transport, clock)
            }
            Refreshed::Over(error) => {
                say(TOOL, &format!("the refresh token is not taken any more: {error}"));
                self.acquire(store, transport, clock)
            }
        }
    }

    /// Goes through the grant as it was gone through before, where all that it needs is kept: what a person does in a
    /// browser.
    fn acquire_again(
        &self,
        store: &dyn Store,
        entry: Entry,
        error: Error,
        transport: &Lazy,
        clock: &Clock,
    ) -> Result<Got, Error> {
        if !matches!(entry.recipe.grant, Grant::AuthorizationCode | Grant::Implicit | Grant::DeviceCode) {
            let advice = "say how to get another, by options or in a profile";
            return Err(keeper::ended(&self.name, error, advice));
        }
        say(TOOL, &format!("the token {} has ended: {error}", self.name));
        let settings = self.settings.clone().or(Settings::from_recipe(&entry.recipe));
        let again = Self { name: self.name.clone(), settings, recipe: Some(entry.recipe), min_ttl: self.min_ttl };
        again.acquire(store, transport, clock)
    }

    /// The client, where it was told.
    fn client(&self) -> Result<Option<Client>, Error> {
        self.recipe.as_ref().map(|recipe| grant::client(&self.settings, recipe)).transpose()
    }

    /// Gets a token by the grant.
    fn acquire(&self, store: &dyn Store, transport: &Lazy, clock: &Clock) -> Result<Got, Error> {
        let recipe = self.recipe.clone().ok_or_else(|| {
            let name = &self.name;
            Error::Failed(format!("no token {name} is kept, and neither options nor a profile say how to get one"))
        })?;
        grant::check_person(recipe.grant, &self.settings)?;
        interruptible();
        log::info!("the token {} is got by its grant, {}", self.name, kept::grant_name(recipe.grant));
        let context = Context::new(&self.settings, recipe, transport.get()?, clock)?;
        let token: Token = context.get()?;
        Ok(keep(store, &self.name, Entry { token, recipe: context.recipe }))
    }
}

fn keep(store: &dyn Store, name: &str, entry: Entry) -> Got {
    let lost = store.put(name, &entry).err();
    Got { entry, lost }
}

/// How a token is got, as far as settings tell.
fn recipe_of(settings: &Settings) -> Result<Recipe, Error> {
    let grant = settings.grant()?;
    let (id, secret) = match grant {
        Grant::OAuth1 => ("consumer-key", "consumer-secret"),
        _ => ("client-id", "client-secret"),
    };
    Ok(Recipe {
        grant,
        client_id: settings.owned(id),
        client_secret: settings.reference(secret),
        // A secret that may not be kept is missing the next time, and that is to be said then.
        client_authentication: settings
            .client_authentication()?
            .or(settings.text(secret).map(|_| Authentication::Header)),
        private_key: settings.reference("private-key"),
        key_id: settings.owned("key-id"),
        scope: settings.owned("scope"),
        resource: resources(settings)?,
        audience: settings.owned("audience"),
        endpoints: Endpoints {
            issuer: settings.owned("discover"),
            authorization: settings.owned("auth-url"),
            token: settings.owned("access-token-url"),
            device_authorization: settings.owned("device-authorization-url"),
            revocation: settings.owned("revocation-url"),
            pushed_authorization: None,
            request_token: settings.owned("request-token-url"),
        },
        header_prefix: settings.list("header-prefix").first().cloned(),
        callback: settings.owned("callback-url"),
        code_challenge_method: settings.owned("code-challenge-method"),
        auth_params: settings.pairs("auth-param")?,
        token_params: settings.pairs("token-param")?,
        signature_method: settings.owned("signature-method"),
    })
}

/// RFC 8707 section 2: absolute, without a fragment.
fn resources(settings: &Settings) -> Result<Vec<String>, Error> {
    let list = settings.list("resource");
    match list.iter().find(|resource| !resource.contains(':') || resource.contains('#')) {
        None => Ok(list.to_vec()),
        Some(_) => Err(Error::Usage("--resource is an absolute URI without a fragment (RFC 8707)".to_owned())),
    }
}

/// Says what became of a token that could not be kept, after it was handed out.
pub(crate) fn settle(got: &Got) -> Exit {
    match &got.lost {
        None => Exit::Done,
        Some(error) => {
            say(TOOL, &format!("the token is good but could not be kept: {error}"));
            Exit::Failed
        }
    }
}

/// Ctrl-C while somebody is waited for: said, and 130.
fn interruptible() {
    // A second handler is none that we set; then the system's own serves as well.
    let _ = ctrlc::set_handler(|| {
        eprintln!("oauth-token: interrupted");
        std::process::exit(i32::from(Exit::Interrupted as u8));
    });
}
