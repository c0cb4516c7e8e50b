//! What a token request can be told: one table that options, environment variables, profile keys and help come from.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum as _};

use countersign_shared::cli::network::seconds;
use countersign_shared::cli::{option, switch};
use countersign_shared::error::Error;
use countersign_shared::oauth::{Authentication, Grant, Recipe, recipe};
use countersign_shared::secret::{self, Secret};
use countersign_shared::send;
use countersign_shared::trust::{Extra, Identity, Verification};

/// One thing that can be told.
pub(crate) struct Setting {
    /// The option without dashes, and the key in a profile.
    pub(crate) name: &'static str,
    value: &'static str,
    pub(crate) kind: Kind,
    help: &'static str,
}

/// What its values are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// Never shown; a reference may stand for it.
    Secret,
    /// May be given several times.
    List,
    /// Given or not.
    Switch,
    Grant,
    Authentication,
    Choice(&'static [&'static str]),
    /// A time: `300`, `2s`, `5m`, `1h`.
    Time,
    /// Text whose option is made elsewhere, for a profile to hold too.
    Elsewhere,
}

const fn text(name: &'static str, value: &'static str, help: &'static str) -> Setting {
    Setting { name, value, kind: Kind::Text, help }
}

const fn secret(name: &'static str, help: &'static str) -> Setting {
    Setting { name, value: "SECRET", kind: Kind::Secret, help }
}

const fn elsewhere(name: &'static str) -> Setting {
    Setting { name, value: "", kind: Kind::Elsewhere, help: "" }
}

/// The table. Those that the browser's page of Postman has come first, by its names.
pub(crate) const SETTINGS: &[Setting] = &[
    Setting { name: "grant", value: "GRANT", kind: Kind::Grant, help: "How the token is got" },
    text(
        "callback-url",
        "URL",
        "Where the browser comes back to; without a port, on any free one [default: http://127.0.0.1/callback]",
    ),
    text("auth-url", "URL", "The authorization endpoint"),
    text("access-token-url", "URL", "The token endpoint"),
    text("client-id", "ID", "The client's id"),
    secret("client-secret", "The client's secret"),
    text("scope", "SCOPE", "Scopes, separated by spaces"),
    text("state", "TEXT", "The state parameter [default: random]"),
    text("username", "NAME", "The user's name; for the password grant"),
    secret("password", "The user's password; for the password grant"),
    Setting {
        name: "resource",
        value: "URI",
        kind: Kind::List,
        help: "The resource the token is for; RFC 8707, may be repeated",
    },
    text("audience", "AUDIENCE", "The audience the token is for"),
    Setting {
        name: "code-challenge-method",
        value: "METHOD",
        kind: Kind::Choice(&["S256", "plain", "none"]),
        help: "How the code is bound to us; PKCE, RFC 7636 [default: S256]",
    },
    secret("code-verifier", "The PKCE verifier; 43 to 128 unreserved characters (RFC 7636) [default: random]"),
    text("header-prefix", "PREFIX", "What goes before the token [default: Bearer]"),
    Setting {
        name: "client-authentication",
        value: "HOW",
        kind: Kind::Authentication,
        help: "How the client says who it is [default: header with a secret, else none]",
    },
    text("discover", "ISSUER", "Ask this issuer for its endpoints; its metadata (OpenID Connect Discovery, RFC 8414)"),
    text("device-authorization-url", "URL", "The device endpoint; device authorization, RFC 8628"),
    text("revocation-url", "URL", "The revocation endpoint (RFC 7009)"),
    secret("refresh-token", "The refresh token to begin with"),
    secret("private-key", "The client's private key; in PEM, for private_key_jwt and the RSA signatures of oauth1"),
    text("key-id", "ID", "The kid of client assertions"),
    secret("assertion", "The assertion; of the jwt_bearer grant (RFC 7523)"),
    secret("subject-token", "The token to exchange; RFC 8693"),
    text("subject-token-type", "URN", "What it is [default: urn:ietf:params:oauth:token-type:access_token]"),
    text("consumer-key", "KEY", "OAuth 1.0a: the client's key"),
    secret("consumer-secret", "OAuth 1.0a: the client's secret"),
    text("request-token-url", "URL", "OAuth 1.0a: the first endpoint; where temporary credentials are asked for"),
    text(
        "signature-method",
        "METHOD",
        "OAuth 1.0a: how it is signed; HMAC-SHA1, RSA-SHA256 and so on [default: HMAC-SHA1]",
    ),
    Setting {
        name: "auth-param",
        value: "NAME=VALUE",
        kind: Kind::List,
        help: "For the authorization request; may be repeated",
    },
    Setting { name: "token-param", value: "NAME=VALUE", kind: Kind::List, help: "For token requests; may be repeated" },
    Setting {
        name: "min-ttl",
        value: "TIME",
        kind: Kind::Time,
        help: "A token that ends sooner is replaced; 60, 2m, 1h [default: 30s]",
    },
    Setting { name: "timeout", value: "TIME", kind: Kind::Time, help: "Wait this long for the person [default: 5m]" },
    text("store", "HELPER", "Keep tokens elsewhere; with docker-credential-HELPER instead of in a file"),
    Setting {
        name: "no-browser",
        value: "",
        kind: Kind::Switch,
        help: "Start no browser; print the URL, and read the one that the browser came back to",
    },
    Setting { name: "no-input", value: "", kind: Kind::Switch, help: "Ask nobody; exit 5 where a person is needed" },
    elsewhere("token-name"),
    elsewhere("format"),
    elsewhere("max-time"),
    elsewhere("connect-timeout"),
    elsewhere("proxy"),
    elsewhere("cacert"),
    elsewhere("cert"),
    elsewhere("cert-key"),
];

/// The setting of that name.
pub(crate) fn named(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

/// Adds an option for each setting.
pub(crate) fn with_settings(command: Command) -> Command {
    command
        .next_help_heading("Token request")
        .args(SETTINGS.iter().filter(|setting| setting.kind != Kind::Elsewhere).map(argument))
}

fn argument(setting: &Setting) -> Arg {
    if setting.kind == Kind::Switch {
        return switch(setting.name, setting.help);
    }
    let argument = option(setting.name, setting.value, setting.help);
    match setting.kind {
        Kind::List => argument.action(ArgAction::Append),
        Kind::Grant => argument.value_parser(clap::value_parser!(Grant)).ignore_case(false),
        Kind::Authentication => argument.value_parser(clap::value_parser!(Authentication)),
        Kind::Choice(values) => argument.value_parser(PossibleValuesParser::new(values)),
        Kind::Secret | Kind::Text => argument.allow_hyphen_values(true),
        Kind::Time => argument.value_parser(|text: &str| seconds(text).map(|_| text.to_owned())),
        Kind::Switch | Kind::Elsewhere => argument,
    }
}

/// What was told, by name. Secrets stand in it as they were written: a value or a reference.
#[derive(Clone, Default)]
pub(crate) struct Settings(BTreeMap<&'static str, Vec<String>>);

impl Settings {
    /// What options and environment say.
    pub(crate) fn from_matches(matches: &ArgMatches) -> Self {
        let mut settings = Self::default();
        for setting in SETTINGS {
            let name = setting.name;
            let values: Vec<String> = match setting.kind {
                Kind::Switch => matches.get_flag(name).then(|| "true".to_owned()).into_iter().collect(),
                Kind::Grant => matches.get_one::<Grant>(name).map(spelled).into_iter().collect(),
                Kind::Authentication => matches.get_one::<Authentication>(name).map(spelled).into_iter().collect(),
                Kind::Elsewhere => raw(matches, name),
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
        let is_of_the_run = |setting: &Setting| setting.kind == Kind::Elsewhere || OF_THE_RUN.contains(&setting.name);
        self.iter().all(|(setting, _)| is_of_the_run(setting))
    }

    /// The names of what was told, for whoever asks with `-v`.
    pub(crate) fn listed(&self) -> String {
        let names: Vec<&str> = self.iter().map(|(setting, _)| setting.name).collect();
        if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
    }

    /// In the order of the table.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static Setting, &[String])> {
        SETTINGS.iter().filter_map(|setting| Some((setting, self.0.get(setting.name)?.as_slice())))
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
        let read = |text| seconds(text).map_err(|problem| Error::Usage(format!("{name} {problem}")));
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
            return Grant::from_str(text, true).map_err(|_| Error::Usage("grant is not one that is known".to_owned()));
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
        let read = |text| Authentication::from_str(text, true);
        let unknown = |_| Error::Usage("client-authentication is not one that is known".to_owned());
        self.text("client-authentication").map(read).transpose().map_err(unknown)
    }
}

/// What was typed for an option, or stands in its variable; a default is neither.
fn raw(matches: &ArgMatches, name: &str) -> Vec<String> {
    let is_told = matches.try_contains_id(name).unwrap_or(false)
        && matches.value_source(name).is_some_and(|source| source != ValueSource::DefaultValue);
    let values = matches.try_get_raw(name).ok().flatten().filter(|_| is_told);
    values.into_iter().flatten().map(|value| value.to_string_lossy().into_owned()).collect()
}

fn spelled(value: &impl clap::ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// The error for an option that is needed and was not given.
pub(crate) fn missing(name: &str) -> Error {
    let variable = name.to_ascii_uppercase().replace('-', "_");
    Error::Usage(format!("--{name} is missing (or COUNTERSIGN_{variable}, or {name} in the profile)"))
}
