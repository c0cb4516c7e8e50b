//! The context that all grants work in: settings, client, endpoints.

use std::time::Duration;

use serde_json::{Map, Value};

use countersign_shared::cli::say;
use countersign_shared::error::Error;
use countersign_shared::moment::Clock;
use countersign_shared::oauth::style::Encoding;
use countersign_shared::oauth::{Authentication, Client, Form, Grant, GrantSettings, Style, Token, TokenEndpoint};
use countersign_shared::options::{Choices as _, Parameter};
use countersign_shared::terminal;
use countersign_shared::transport::Transport;
use countersign_shared::url::Url;

use crate::discovery::{self, Metadata};
use crate::parameters::{
    ACCESS_TOKEN_URL, AUTH_URL, CERT, CLIENT_AUTHENTICATION, CLIENT_ID, CLIENT_SECRET, CONSUMER_KEY, CONSUMER_SECRET,
    DEVICE_AUTHORIZATION_URL, DISCOVER, KEY_ID, NO_PAR, PRIVATE_KEY, REQUEST_TOKEN_URL, TIMEOUT, TOKEN_HEADER,
};
use crate::settings::{Settings, missing};
use crate::tool::TOOL;

/// Everything that a grant needs to get a token.
pub(crate) struct Context<'c> {
    /// The settings as they were given.
    pub(crate) settings: &'c Settings,
    /// The settings of the grant, with the endpoints that were discovered.
    pub(crate) grant: GrantSettings,
    /// The server's metadata; empty without `--discover`.
    pub(crate) metadata: Metadata,
    /// The client, its secrets resolved.
    pub(crate) client: Client,
    /// The style of token requests.
    style: Style,
    /// The HTTP client.
    pub(crate) transport: &'c dyn Transport,
    /// The clock of the run.
    pub(crate) clock: &'c Clock,
    /// The time within which the user must have signed in.
    pub(crate) timeout: Duration,
}

impl<'c> Context<'c> {
    /// Discovers the endpoints and resolves the client's secrets.
    ///
    /// # Errors
    /// Returns the error of [`discovery::discover`] if the issuer's metadata cannot be read, [`Error::Usage`] if a setting is
    /// wrong, that of [`Transport::check_way`] if secrets may not go to an endpoint, or the error of [`client`] if a reference cannot be resolved.
    pub(crate) fn new(
        settings: &'c Settings,
        mut grant: GrantSettings,
        transport: &'c dyn Transport,
        clock: &'c Clock,
    ) -> Result<Self, Error> {
        let metadata = match settings.text(&DISCOVER) {
            Some(issuer) => discovery::discover(issuer, transport)?,
            None => Metadata::default(),
        };
        check_certificate(settings, &grant)?;
        complete(&mut grant, &metadata);
        if settings.is_set(&NO_PAR) {
            grant.endpoints.pushed_authorization = None;
        }
        if settings.text(&CLIENT_AUTHENTICATION).is_none() {
            choose_authentication(settings, &mut grant, &metadata);
        }
        check_complete(&grant)?;
        check_ways(&grant, transport)?;
        let client = client(settings, &grant)?;
        let style = style(settings, &grant)?;
        let timeout = settings.time(&TIMEOUT, Duration::from_secs(300))?;
        Ok(Self { settings, grant, metadata, client, style, transport, clock, timeout })
    }

    /// Sends a grant's form to the token endpoint, with resources, audience and the user's parameters added.
    ///
    /// # Errors
    /// Returns the error of [`TokenEndpoint::ask_granted`] if the endpoint refuses, or [`Error::Usage`] if none is known.
    pub(crate) fn ask(&self, form: Form) -> Result<Token, Error> {
        self.send(self.grant.extended(form))
    }

    /// Sends a form as it is to the token endpoint.
    ///
    /// # Errors
    /// Returns the same errors as [`Context::ask`], if the request fails.
    pub(crate) fn send(&self, form: Form) -> Result<Token, Error> {
        let answer = self.endpoint()?.ask_granted(form, &self.clock.moment())?;
        self.token(&answer)
    }

    /// Reads the token of an answer. If the server does not name the scope, it granted the one requested (RFC 6749 section
    /// 5.1).
    ///
    /// # Errors
    /// Returns the error of [`Token::from_answer`] if the answer has no usable access token.
    pub(crate) fn token(&self, answer: &Map<String, Value>) -> Result<Token, Error> {
        let mut token = Token::from_answer(answer, &self.grant.dialect.reading(self.clock.moment().unix))?;
        self.tell_narrower(token.scope.as_deref());
        token.scope = token.scope.or_else(|| self.grant.scope.clone());
        Ok(token)
    }

    /// Says if the server granted less than was asked for (RFC 6749 section 3.3 has it tell so).
    fn tell_narrower(&self, granted: Option<&str>) {
        let (Some(asked), Some(granted)) = (self.grant.scope.as_deref(), granted) else { return };
        let has = |scope: &str| granted.split([' ', ',']).any(|known| known.eq_ignore_ascii_case(scope));
        // These ask for tokens and not for rights, and many servers leave them out.
        let is_right = |scope: &&str| !["openid", "offline_access", "offline"].contains(scope);
        let lacking: Vec<&str> = asked.split([' ', ',']).filter(is_right).filter(|scope| !has(scope)).collect();
        if !lacking.is_empty() {
            let lacking = terminal::clean(&lacking.join(" ")).into_owned();
            say(TOOL, &format!("the server granted less than was asked for: not {lacking}"));
        }
    }

    /// Returns the token endpoint.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if no token endpoint is given or discovered.
    pub(crate) fn endpoint(&self) -> Result<TokenEndpoint<'_>, Error> {
        let url = self.grant.endpoints.token.as_deref().ok_or_else(|| missing(&ACCESS_TOKEN_URL))?;
        Ok(self.endpoint_at(url))
    }

    /// Returns the URL of the keys of an ID token's issuer: of `--discover`, or else of the issuer that the token names, if it
    /// lies with the authorization endpoint and says itself that this is its endpoint. Anybody else could name an issuer whose
    /// keys they have.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if no key can be had, and the error of [`discovery::discover`] if the issuer cannot be asked.
    pub(crate) fn keys_of(&self, named: &str) -> Result<String, Error> {
        let unknown = |problem: &str| Error::Failed(format!("the ID token's signature cannot be checked: {problem}"));
        let found;
        let metadata = if self.settings.text(&DISCOVER).is_some() {
            &self.metadata
        } else {
            let endpoint = self.grant.endpoints.authorization.as_deref().unwrap_or_default();
            let origin = |url: &str| Url::parse(url.into()).map(|(url, _)| url.origin().to_ascii_lowercase()).ok();
            if origin(named).is_none() || origin(named) != origin(endpoint) {
                return Err(unknown("give the issuer with --discover, since its keys are not known"));
            }
            found = discovery::discover(named, self.transport)?;
            if found.endpoints.authorization.as_deref() != Some(endpoint) {
                return Err(unknown("its issuer has another authorization endpoint; give the issuer with --discover"));
            }
            &found
        };
        metadata.keys.clone().ok_or_else(|| unknown("the issuer's metadata names no keys (jwks_uri)"))
    }

    /// Returns another endpoint at which clients authenticate in the same way.
    pub(crate) fn endpoint_at<'e>(&'e self, url: &'e str) -> TokenEndpoint<'e> {
        // An assertion is for the server and not for one endpoint, so the issuer goes before a URL if it is known.
        let audience = self.grant.endpoints.issuer.as_deref().or(self.grant.endpoints.token.as_deref());
        let audience = audience.unwrap_or(url);
        TokenEndpoint { url, client: &self.client, transport: self.transport, audience, style: &self.style }
    }
}

/// Checks that there is a certificate if the client authenticates with one.
///
/// # Errors
/// Returns [`Error::Usage`] if there is none.
fn check_certificate(settings: &Settings, grant: &GrantSettings) -> Result<(), Error> {
    if grant.client_authentication == Some(Authentication::Tls) && settings.text(&CERT).is_none() {
        return Err(Error::Usage("--client-authentication tls needs the client's certificate: --cert FILE".to_owned()));
    }
    Ok(())
}

/// Checks that the endpoints of the grant are known, before anybody signs in in vain.
///
/// # Errors
/// Returns [`Error::Usage`], which names the option, if one is not.
fn check_complete(grant: &GrantSettings) -> Result<(), Error> {
    let endpoints = &grant.endpoints;
    let (page, token) = ((&AUTH_URL, &endpoints.authorization), (&ACCESS_TOKEN_URL, &endpoints.token));
    let needed = match grant.kind {
        Grant::AuthorizationCode => vec![page, token],
        Grant::Implicit => vec![page],
        Grant::OAuth1 => vec![(&REQUEST_TOKEN_URL, &endpoints.request_token), page, token],
        Grant::DeviceCode => vec![(&DEVICE_AUTHORIZATION_URL, &endpoints.device_authorization), token],
        Grant::RefreshToken if endpoints.refresh.is_some() => Vec::new(),
        _ => vec![token],
    };
    match needed.into_iter().find(|(_, url)| url.is_none()) {
        None => Ok(()),
        Some((parameter, _)) => Err(missing(parameter)),
    }
}

/// Chooses the method by which the client authenticates, if the server says which ones it takes (RFC 8414 section 2).
fn choose_authentication(settings: &Settings, grant: &mut GrantSettings, metadata: &Metadata) {
    let takes = |method: &str| metadata.authentications.iter().any(|known| known == method);
    let (_, secret) = client_parameters(grant.kind);
    if metadata.authentications.is_empty() || grant.kind == Grant::OAuth1 {
        return;
    }
    let chosen = match (settings.text(secret), settings.text(&PRIVATE_KEY)) {
        (Some(_), _) if takes("client_secret_basic") => return,
        (Some(_), _) if takes("client_secret_post") => Authentication::Body,
        (Some(_), _) if takes("client_secret_jwt") => Authentication::ClientSecretJwt,
        (None, Some(_)) if takes("private_key_jwt") => Authentication::PrivateKeyJwt,
        _ => return,
    };
    log::info!("the client authenticates by {}, which the server's metadata names", chosen.word());
    grant.client_authentication = Some(chosen);
}

/// Checks the endpoints that secrets go to, before a secret is looked up and before anybody signs in in vain.
fn check_ways(grant: &GrantSettings, transport: &dyn Transport) -> Result<(), Error> {
    let endpoints = &grant.endpoints;
    // The user types a password at this one (RFC 6749 section 3.1 requires TLS).
    let page = match grant.kind {
        Grant::AuthorizationCode | Grant::Implicit | Grant::OAuth1 => &endpoints.authorization,
        _ => &None,
    };
    let asked = [
        page,
        &endpoints.token,
        &endpoints.device_authorization,
        &endpoints.pushed_authorization,
        &endpoints.request_token,
        &endpoints.refresh,
    ];
    for url in asked.into_iter().flatten() {
        // A URL that can't be read is reported when it is asked.
        if let Ok((url, _)) = Url::parse(url.as_str().into()) {
            transport.check_way(&url)?;
        }
    }
    Ok(())
}

/// Fills the endpoints that were not given with those that were discovered.
fn complete(grant: &mut GrantSettings, metadata: &Metadata) {
    let given = &mut grant.endpoints;
    let found = &metadata.endpoints;
    // The issuer is kept exactly as the metadata spells it: `iss` in answers and ID tokens is compared byte by byte.
    given.issuer = found.issuer.clone().or(given.issuer.take());
    // A client that authenticates with its certificate has to ask where the server looks at it (RFC 8705 section 5).
    let aliases = &metadata.aliases;
    if grant.client_authentication == Some(Authentication::Tls) {
        for (given, found, alias) in [
            (&mut given.token, &found.token, &aliases.token),
            (&mut given.device_authorization, &found.device_authorization, &aliases.device_authorization),
            (&mut given.revocation, &found.revocation, &aliases.revocation),
            (&mut given.pushed_authorization, &found.pushed_authorization, &aliases.pushed_authorization),
        ] {
            // One that was given stays, unless it is only the discovered one that was kept.
            if alias.is_some() && (given.is_none() || given == found) {
                given.clone_from(alias);
            }
        }
    }
    for (given, found) in [
        (&mut given.authorization, &found.authorization),
        (&mut given.token, &found.token),
        (&mut given.device_authorization, &found.device_authorization),
        (&mut given.revocation, &found.revocation),
        (&mut given.pushed_authorization, &found.pushed_authorization),
    ] {
        if given.is_none() {
            given.clone_from(found);
        }
    }
}

/// Returns the settings that hold the client's id and secret under a grant: OAuth 1.0a calls them otherwise.
pub(crate) fn client_parameters(grant: Grant) -> (&'static Parameter, &'static Parameter) {
    match grant {
        Grant::OAuth1 => (&CONSUMER_KEY, &CONSUMER_SECRET),
        _ => (&CLIENT_ID, &CLIENT_SECRET),
    }
}

/// Returns the client of the settings, its secrets resolved.
///
/// # Errors
/// Returns the error of [`Settings::secret`] if a reference cannot be resolved.
pub(crate) fn client(settings: &Settings, grant: &GrantSettings) -> Result<Client, Error> {
    let (_, secret) = client_parameters(grant.kind);
    Ok(Client {
        id: grant.client_id.clone(),
        secret: settings.secret(secret)?,
        private_key: settings.secret(&PRIVATE_KEY)?,
        key_id: settings.owned(&KEY_ID),
        authentication: grant.client_authentication,
        certificate: grant.presented.certificate.as_ref().map(std::path::PathBuf::from),
    })
}

/// Returns the style of token requests, with the headers as they were given.
///
/// # Errors
/// Returns the error of [`Style::new`] if a header is wrong or its reference cannot be resolved.
pub(crate) fn style(settings: &Settings, grant: &GrantSettings) -> Result<Style, Error> {
    let usual = if grant.kind == Grant::Login { Encoding::Json } else { Encoding::Form };
    Style::new(grant.dialect.encoding.unwrap_or(usual), settings.list(&TOKEN_HEADER))
}
