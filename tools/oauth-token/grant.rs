//! The grants: one file each, and what they all need.

mod assertion;
mod authorization;
mod device;
mod oauth1;
mod password;

use std::time::Duration;

use serde_json::{Map, Value};

use countersign_shared::error::Error;
use countersign_shared::moment::Clock;
use countersign_shared::oauth::{Client, Form, Grant, Recipe, Token, TokenEndpoint};
use countersign_shared::terminal;
use countersign_shared::transport::Transport;

use crate::browser;
use crate::discovery::{self, Metadata};
use crate::settings::{Settings, missing};

/// What a grant works with.
pub(crate) struct Context<'c> {
    /// What the user told.
    pub(crate) settings: &'c Settings,
    /// How the token is got, endpoints found.
    pub(crate) recipe: Recipe,
    /// What the server says of itself, where it was asked.
    pub(crate) metadata: Metadata,
    /// Who asks.
    pub(crate) client: Client,
    /// The way to the server.
    pub(crate) transport: &'c dyn Transport,
    /// What time it is.
    pub(crate) clock: &'c Clock,
    /// How long a person may take.
    pub(crate) timeout: Duration,
}

/// How a person can be asked to authorize.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leg {
    /// A browser is started and comes back to our listener.
    Browser,
    /// The person opens the URL somewhere and pastes the one that the browser came back to.
    Paste,
}

impl<'c> Context<'c> {
    /// Finds the endpoints and the client's secrets.
    ///
    /// # Errors
    /// The issuer cannot be asked, or a reference cannot be followed.
    pub(crate) fn new(
        settings: &'c Settings,
        mut recipe: Recipe,
        transport: &'c dyn Transport,
        clock: &'c Clock,
    ) -> Result<Self, Error> {
        let metadata = match settings.text("discover") {
            Some(issuer) => discovery::discover(issuer, transport)?,
            None => Metadata::default(),
        };
        complete(&mut recipe, &metadata);
        let client = client(settings, &recipe)?;
        let timeout = settings.time("timeout", Duration::from_secs(300))?;
        Ok(Self { settings, recipe, metadata, client, transport, clock, timeout })
    }

    /// Gets a token.
    ///
    /// # Errors
    /// What the grant says.
    pub(crate) fn get(&self) -> Result<Token, Error> {
        match self.recipe.grant {
            Grant::AuthorizationCode => authorization::code(self),
            Grant::Implicit => authorization::implicit(self),
            Grant::Password => password::get(self),
            Grant::ClientCredentials => self.ask_as_it_is(self.recipe.client_credentials()),
            Grant::RefreshToken => {
                let mut form = Form::of_grant("refresh_token");
                form.set_secret("refresh_token", self.settings.required_secret("refresh-token")?);
                let token = self.ask(form)?;
                let given = self.settings.secret("refresh-token")?;
                Ok(Token { refresh_token: token.refresh_token.clone().or(given), ..token })
            }
            Grant::DeviceCode => device::get(self),
            Grant::TokenExchange => assertion::exchange(self),
            Grant::JwtBearer => assertion::jwt_bearer(self),
            Grant::OAuth1 => oauth1::get(self),
        }
    }

    /// Asks the token endpoint with a grant's form, to which scope, resources, audience and own parameters are added.
    ///
    /// # Errors
    /// What the endpoint says.
    pub(crate) fn ask(&self, mut form: Form) -> Result<Token, Error> {
        if let Some(scope) = &self.recipe.scope {
            form.set("scope", scope);
        }
        self.ask_as_it_is(form)
    }

    /// Like [`Context::ask`], where the scope was asked for before.
    ///
    /// # Errors
    /// What the endpoint says.
    pub(crate) fn ask_as_it_is(&self, form: Form) -> Result<Token, Error> {
        let answer = self.endpoint()?.ask_granted(self.recipe.extended(form), &self.clock.moment())?;
        self.token(&answer)
    }

    /// The token of an answer; what was asked for is what was granted where the server does not say.
    pub(crate) fn token(&self, answer: &Map<String, Value>) -> Result<Token, Error> {
        let mut token = Token::from_answer(answer, self.clock.moment().unix)?;
        token.scope = token.scope.or_else(|| self.recipe.scope.clone());
        Ok(token)
    }

    /// The token endpoint.
    ///
    /// # Errors
    /// None is known.
    pub(crate) fn endpoint(&self) -> Result<TokenEndpoint<'_>, Error> {
        let url = self.recipe.endpoints.token.as_deref().ok_or_else(|| missing("access-token-url"))?;
        Ok(self.endpoint_at(url))
    }

    /// Another endpoint that clients authenticate at.
    pub(crate) fn endpoint_at<'e>(&'e self, url: &'e str) -> TokenEndpoint<'e> {
        let audience = self.recipe.endpoints.issuer.as_deref().or(self.recipe.endpoints.token.as_deref());
        TokenEndpoint { url, client: &self.client, transport: self.transport, audience: audience.unwrap_or(url) }
    }
}

/// Whether the person that a grant needs can be asked; known before any server is.
///
/// # Errors
/// [`Error::NeedsPerson`]: nobody can.
pub(crate) fn check_person(grant: Grant, settings: &Settings) -> Result<(), Error> {
    match grant {
        Grant::AuthorizationCode | Grant::Implicit | Grant::OAuth1 => leg(settings).map(|_| ()),
        Grant::DeviceCode if settings.is_set("no-input") => {
            Err(Error::NeedsPerson("somebody must type a code on another device, and --no-input is set".to_owned()))
        }
        _ => Ok(()),
    }
}

/// How a person can be asked to authorize in a browser.
///
/// # Errors
/// [`Error::NeedsPerson`]: nobody can.
fn leg(settings: &Settings) -> Result<Leg, Error> {
    let nobody = |why: &str| Err(Error::NeedsPerson(format!("somebody must authorize in a browser, and {why}")));
    if settings.is_set("no-input") {
        return nobody("--no-input is set");
    }
    match (settings.is_set("no-browser"), browser::is_there(), terminal::stdin_is_terminal()) {
        (false, true, _) => Ok(Leg::Browser),
        // The URL that is pasted may also come through a pipe.
        (true, _, _) | (false, false, true) => Ok(Leg::Paste),
        (false, false, false) => {
            nobody("there is neither a browser nor a terminal (--no-browser takes its answer by hand)")
        }
    }
}

/// Endpoints that were told go before those that were discovered.
fn complete(recipe: &mut Recipe, metadata: &Metadata) {
    let told = &mut recipe.endpoints;
    let found = &metadata.endpoints;
    // As the server writes it: so it stands in what the server answers.
    told.issuer = found.issuer.clone().or(told.issuer.take());
    for (told, found) in [
        (&mut told.authorization, &found.authorization),
        (&mut told.token, &found.token),
        (&mut told.device_authorization, &found.device_authorization),
        (&mut told.revocation, &found.revocation),
        (&mut told.pushed_authorization, &found.pushed_authorization),
    ] {
        if told.is_none() {
            told.clone_from(found);
        }
    }
}

/// The client as it was told.
///
/// # Errors
/// A reference cannot be followed.
pub(crate) fn client(settings: &Settings, recipe: &Recipe) -> Result<Client, Error> {
    let secret = if recipe.grant == Grant::OAuth1 { "consumer-secret" } else { "client-secret" };
    Ok(Client {
        id: recipe.client_id.clone(),
        secret: settings.secret(secret)?,
        private_key: settings.secret("private-key")?,
        key_id: settings.owned("key-id"),
        authentication: recipe.client_authentication,
    })
}
