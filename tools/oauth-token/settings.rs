//! What a token request can be told: one table that options, environment variables, profile keys and help come from.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use clap::parser::ValueSource;
use clap::{ArgMatches, Command};

use countersign_shared::duration::duration;
use countersign_shared::error::Error;
use countersign_shared::oauth::{Authentication, Grant, Recipe, recipe};
use countersign_shared::options::{Choice, Choices as _, Kind, Parameter, Place, variable, words};
use countersign_shared::secret::{self, Secret};
use countersign_shared::send;
use countersign_shared::trust::{Extra, Identity, Verification};

use crate::tool::TOOL;

const GRANTS: [Choice; Grant::CHOICES.len()] = words(Grant::CHOICES);

const AUTHENTICATIONS: [Choice; Authentication::CHOICES.len()] = words(Authentication::CHOICES);

/// The table. Those that the browser's page of Postman has come first, by its names.
pub(crate) const SETTINGS: &[Parameter] = &[
    Parameter::choice("grant", &GRANTS).value("GRANT").short("The OAuth grant to use"),
    Parameter::text("callback-url")
        .value("URL")
        .default("http://127.0.0.1/callback")
        .short("Where the browser comes back to")
        .more("Without a port, on any free one"),
    Parameter::text("auth-url").value("URL").short("The authorization endpoint"),
    Parameter::text("access-token-url").value("URL").short("The token endpoint"),
    Parameter::text("client-id").value("ID").short("The client's id"),
    Parameter::secret("client-secret").short("The client's secret"),
    Parameter::text("scope").value("SCOPE").short("Scopes, separated by spaces"),
    Parameter::text("state").default("random").short("The state parameter"),
    Parameter::text("username").value("NAME").short("The user's name").more("For the password grant"),
    Parameter::secret("password").short("The user's password").more("For the password grant"),
    Parameter::list("resource").value("URI").short("The resource the token is for").more("RFC 8707. May be repeated"),
    Parameter::text("audience").value("AUDIENCE").short("The audience the token is for"),
    Parameter::word("code-challenge-method", &["S256", "plain", "none"])
        .value("METHOD")
        .default("S256")
        .short("PKCE method")
        .more("RFC 7636"),
    Parameter::secret("code-verifier")
        .default("random")
        .short("The PKCE verifier")
        .more("43 to 128 unreserved characters (RFC 7636)"),
    Parameter::text("header-prefix").value("PREFIX").default("Bearer").short("The word before the token"),
    Parameter::choice("client-authentication", &AUTHENTICATIONS)
        .value("METHOD")
        .default("header with a secret, else none")
        .short("How the client authenticates"),
    Parameter::text("discover")
        .value("ISSUER")
        .short("Ask this issuer for its endpoints")
        .more("They are in its metadata (OpenID Connect Discovery, RFC 8414)"),
    Parameter::text("device-authorization-url")
        .value("URL")
        .short("The device endpoint")
        .more("Device authorization, RFC 8628"),
    Parameter::text("revocation-url").value("URL").short("The revocation endpoint (RFC 7009)"),
    Parameter::secret("refresh-token").short("The refresh token to begin with"),
    Parameter::secret("private-key")
        .short("The client's private key")
        .more("In PEM, for private_key_jwt and the RSA signatures of oauth1"),
    Parameter::text("key-id").value("ID").short("The kid of client assertions"),
    Parameter::secret("assertion").short("The assertion").more("Of the jwt_bearer grant (RFC 7523)"),
    Parameter::secret("subject-token").short("The token to exchange").more("RFC 8693"),
    Parameter::text("subject-token-type")
        .value("URN")
        .default("urn:ietf:params:oauth:token-type:access_token")
        .short("Type of the token to exchange"),
    Parameter::text("consumer-key").value("KEY").short("OAuth 1.0a: the client's key"),
    Parameter::secret("consumer-secret").short("OAuth 1.0a: the client's secret"),
    Parameter::text("request-token-url")
        .value("URL")
        .short("OAuth 1.0a: the first endpoint")
        .more("It issues temporary credentials"),
    Parameter::text("signature-method")
        .value("METHOD")
        .default("HMAC-SHA1")
        .short("OAuth 1.0a: the signature method")
        .more("HMAC-SHA1, RSA-SHA256 and so on"),
    Parameter::list("auth-param").value("NAME=VALUE").short("For the authorization request").more("May be repeated"),
    Parameter::list("token-param").value("NAME=VALUE").short("For token requests").more("May be repeated"),
    Parameter::duration("min-ttl").default("30s").short("Replace a token that ends sooner").more("60, 2m, 1h"),
    Parameter::duration("timeout").default("5m").short("Give up if nobody signs in within this time"),
    Parameter::text("store")
        .value("HELPER")
        .short("Keep tokens elsewhere")
        .more("With docker-credential-HELPER instead of in a file"),
    Parameter::switch("no-browser")
        .short("Start no browser")
        .more("Print the URL, and read the one that the browser came back to"),
    Parameter::switch("no-input").short("Never prompt").more("Exit 5 if a person is needed"),
    Parameter::text("token-name").no_option(),
    Parameter::text("format").no_option(),
    Parameter::duration("max-time").no_option(),
    Parameter::duration("connect-timeout").no_option(),
    Parameter::text("proxy").no_option(),
    Parameter::text("cacert").no_option(),
    Parameter::text("cert").no_option(),
    Parameter::text("cert-key").no_option(),
];

/// The setting of that name.
pub(crate) fn named(name: &str) -> Option<&'static Parameter> {
    SETTINGS.iter().find(|setting| setting.key == name)
}

/// Adds an option for each setting.
pub(crate) fn with_settings(command: Command) -> Command {
    command
        .next_help_heading("Token request")
        .args(SETTINGS.iter().filter(|setting| setting.place != Place::NoOption).map(|setting| TOOL.parameter(setting)))
}

/// What was told, by name. Secrets stand in it as they were written: a value or a reference.
#[derive(Clone, Default)]
pub(crate) struct Settings(BTreeMap<&'static str, Vec<String>>);

impl Settings {
    /// What options and environment say.
    pub(crate) fn from_matches(matches: &ArgMatches) -> Self {
        let mut settings = Self::default();
        for setting in SETTINGS {
            let name = setting.key;
            let values: Vec<String> = match setting.kind {
                Kind::Switch => matches.get_flag(name).then(|| "true".to_owned()).into_iter().collect(),
                Kind::Choice(choices) => {
                    let listed =
                        |text: &String| choices.iter().find(|choice| choice.is(text)).map(|choice| choice.name);
                    matches.get_one::<String>(name).and_then(listed).map(str::to_owned).into_iter().collect()
                }
                _ if setting.place == Place::NoOption => raw(matches, name),
                _ => matches.get_many::<String>(name).into_iter().flatten().cloned().collect(),
            };
            settings.set(name, values);
        }
        settings
    }

    /// What is kept of how a token was got, as far as a grant asks for it here and not in the recipe.
    pub(crate) fn from_recipe(recipe: &Recipe) -> Self {
        let pairs = |pairs: &[(String, String)]| pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let one = |text: &Option<String>| text.iter().cloned().collect();
        let mut settings = Self::default();
        settings.set("discover", one(&recipe.endpoints.issuer));
        settings.set("client-secret", one(&recipe.client_secret));
        settings.set("private-key", one(&recipe.private_key));
        settings.set("key-id", one(&recipe.key_id));
        settings.set("callback-url", one(&recipe.callback));
        settings.set("code-challenge-method", one(&recipe.code_challenge_method));
        settings.set("auth-param", pairs(&recipe.auth_params));
        settings
    }

    /// Sets one; nothing is no value at all.
    pub(crate) fn set(&mut self, name: &'static str, values: Vec<String>) {
        if !values.is_empty() {
            self.0.insert(name, values);
        }
    }

    /// These, and where they say nothing, those.
    pub(crate) fn or(mut self, others: Self) -> Self {
        for (name, values) in others.0 {
            self.0.entry(name).or_insert(values);
        }
        self
    }

    /// Whether nothing was told of how to get a token.
    pub(crate) fn says_nothing(&self) -> bool {
        const OF_THE_RUN: [&str; 7] =
            ["header-prefix", "min-ttl", "timeout", "store", "no-browser", "no-input", "username"];
        let is_of_the_run = |setting: &Parameter| setting.place == Place::NoOption || OF_THE_RUN.contains(&setting.key);
        self.iter().all(|(setting, _)| is_of_the_run(setting))
    }

    /// The names of what was told, for whoever asks with `-v`.
    pub(crate) fn listed(&self) -> String {
        let names: Vec<&str> = self.iter().map(|(setting, _)| setting.key).collect();
        if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
    }

    /// In the order of the table.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static Parameter, &[String])> {
        SETTINGS.iter().filter_map(|setting| Some((setting, self.0.get(setting.key)?.as_slice())))
    }

    /// The text, where there is one that is not empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(|values| values.first()).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The text as owned.
    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    /// The text.
    ///
    /// # Errors
    /// [`Error::Usage`], which names the option.
    pub(crate) fn required(&self, name: &str) -> Result<&str, Error> {
        self.text(name).ok_or_else(|| missing(name))
    }

    /// All values.
    pub(crate) fn list(&self, name: &str) -> &[String] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// `NAME=VALUE` values, divided.
    ///
    /// # Errors
    /// [`Error::Usage`]: one has no `=`.
    pub(crate) fn pairs(&self, name: &str) -> Result<Vec<(String, String)>, Error> {
        let divide = |text: &String| {
            let pair = text.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
            pair.ok_or_else(|| Error::Usage(format!("--{name} is written NAME=VALUE")))
        };
        self.list(name).iter().map(divide).collect()
    }

    /// Whether the switch is set.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        self.text(name) == Some("true")
    }

    /// The time.
    ///
    /// # Errors
    /// [`Error::Usage`]: it is none (a profile may say anything).
    pub(crate) fn time(&self, name: &str, default: Duration) -> Result<Duration, Error> {
        let read = |text| duration(text).map_err(|problem| Error::Usage(format!("{name} {problem}")));
        self.text(name).map_or(Ok(default), read)
    }

    /// The secret, its reference followed.
    ///
    /// # Errors
    /// The reference cannot be followed.
    pub(crate) fn secret(&self, name: &str) -> Result<Option<Secret>, Error> {
        self.text(name).map(|text| secret::resolve(&format!("--{name}"), text)).transpose()
    }

    /// The secret, its reference followed.
    ///
    /// # Errors
    /// It is missing, or the reference cannot be followed.
    pub(crate) fn required_secret(&self, name: &str) -> Result<Secret, Error> {
        self.secret(name)?.ok_or_else(|| missing(name))
    }

    /// The reference, where a reference is what was written: only that may be kept.
    pub(crate) fn reference(&self, name: &str) -> Option<String> {
        self.owned(name).filter(|text| recipe::is_reference(text))
    }

    /// The grant: the one told, else the one that what was told belongs to.
    ///
    /// # Errors
    /// [`Error::Usage`]: it is none that is known, or nothing tells.
    pub(crate) fn grant(&self) -> Result<Grant, Error> {
        if let Some(text) = self.text("grant") {
            return Grant::from_word(&text.to_ascii_lowercase())
                .ok_or_else(|| Error::Usage("grant is not one that is known".to_owned()));
        }
        let has = |name| self.text(name).is_some();
        Ok(match () {
            () if has("consumer-key") || has("request-token-url") => Grant::OAuth1,
            () if has("assertion") => Grant::JwtBearer,
            () if has("subject-token") => Grant::TokenExchange,
            () if has("device-authorization-url") => Grant::DeviceCode,
            () if has("auth-url") || has("callback-url") => Grant::AuthorizationCode,
            () if has("password") => Grant::Password,
            () if has("refresh-token") => Grant::RefreshToken,
            () => return Err(missing("grant")),
        })
    }

    /// The way to servers.
    ///
    /// # Errors
    /// A time is none, or the reference to a proxy cannot be followed.
    pub(crate) fn network(&self) -> Result<send::Settings, Error> {
        let usual = send::Settings::default();
        let path = |name| self.text(name).map(PathBuf::from);
        Ok(send::Settings {
            time: self.time("max-time", usual.time)?,
            connect: self.time("connect-timeout", usual.connect)?,
            // An empty one means none.
            proxy: self.list("proxy").first().map(|text| secret::resolve("--proxy", text)).transpose()?,
            trust: Extra {
                authorities: path("cacert"),
                identity: path("cert").map(|certificate| Identity { certificate, key: path("cert-key") }),
                verification: Verification::Needed,
            },
        })
    }

    /// How the client says who it is, where that was told.
    ///
    /// # Errors
    /// [`Error::Usage`]: it is none that is known.
    pub(crate) fn client_authentication(&self) -> Result<Option<Authentication>, Error> {
        let read = |text: &str| {
            let unknown = || Error::Usage("client-authentication is not one that is known".to_owned());
            Authentication::from_word(&text.to_ascii_lowercase()).ok_or_else(unknown)
        };
        self.text("client-authentication").map(read).transpose()
    }
}

/// What was typed for an option, or stands in its variable; a default is neither.
fn raw(matches: &ArgMatches, name: &str) -> Vec<String> {
    let is_told = matches.try_contains_id(name).unwrap_or(false)
        && matches.value_source(name).is_some_and(|source| source != ValueSource::DefaultValue);
    let values = matches.try_get_raw(name).ok().flatten().filter(|_| is_told);
    values.into_iter().flatten().map(|value| value.to_string_lossy().into_owned()).collect()
}

/// The error for an option that is needed and was not given.
pub(crate) fn missing(name: &str) -> Error {
    let variable = variable(TOOL.name(), name);
    Error::Usage(format!("--{name} is missing (or {variable}, or {name} in the profile)"))
}
