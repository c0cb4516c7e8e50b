//! The values of settings, from the command line, the environment, a profile or an export, before they are interpreted.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use countersign_shared::cli::say;
use countersign_shared::duration::duration;
use countersign_shared::error::Error;
use countersign_shared::oauth::{Authentication, Grant, is_reference};
use countersign_shared::options::{Choices, Kind, Parameter, Place, variable};
use countersign_shared::secret::{self, Secret};
use countersign_shared::send;
use countersign_shared::terminal;
use countersign_shared::transport::PlainSecrets;
use countersign_shared::trust::{Extra, Identity, Verification};
use countersign_shared::variables::Variables;

use crate::browser;
use crate::parameters::{
    ACCESS_TOKEN_URL, ALL, ALLOW_HTTP, ASSERTION, AUTH_URL, CACERT, CALLBACK_URL, CERT, CERT_KEY,
    CLIENT_AUTHENTICATION, CLIENT_ID, CLIENT_SECRET, CONNECT_TIMEOUT, CONSUMER_KEY, DEVICE_AUTHORIZATION_URL, DISCOVER,
    FRESH, GRANT, HEADER_PREFIX, HOST, KEY_FILE, LISTEN, LOGIN_FIELDS, MAX_TIME, MIN_TTL, NO_BROWSER, NO_INPUT,
    PASSWORD, PRIVATE_KEY, PROXY, REFRESH_TOKEN, REQUEST_TOKEN_URL, STORE, SUBJECT_TOKEN, TIMEOUT, TOKEN_HEADER, USE,
    USERNAME, VARIABLE,
};
use crate::tool::TOOL;

/// The settings that say how this run behaves, not how a token is got.
const OF_THE_RUN: [&Parameter; 13] = [
    &HEADER_PREFIX,
    &USE,
    &VARIABLE,
    &MIN_TTL,
    &TIMEOUT,
    &FRESH,
    &STORE,
    &LISTEN,
    &NO_BROWSER,
    &NO_INPUT,
    &ALLOW_HTTP,
    &HOST,
    &USERNAME,
];

/// Values by key. Secrets are held as they were written: a value or a reference.
#[derive(Clone, Default)]
pub(crate) struct Settings(BTreeMap<&'static str, Vec<String>>);

/// Returns true if a setting is followed as a reference: as a whole, or a header by its value.
fn has_reference(parameter: &Parameter, text: &str) -> bool {
    if parameter.key == TOKEN_HEADER.key {
        return text.split_once(':').is_some_and(|(_, value)| secret::is_followed(value.trim()));
    }
    (parameter.kind == Kind::Secret || parameter.key == PROXY.key) && secret::is_followed(text)
}

/// Returns a setting that looks like a reference, spelled so that it is taken as it stands.
fn literal(parameter: &Parameter, text: &str) -> String {
    match text.split_once(':') {
        Some((name, value)) if parameter.key == TOKEN_HEADER.key => format!("{name}: text:{}", value.trim()),
        _ => format!("text:{text}"),
    }
}

impl Settings {
    /// Sets the values of a setting; an empty list changes nothing.
    pub(crate) fn set(&mut self, parameter: &Parameter, values: Vec<String>) {
        if !values.is_empty() {
            self.0.insert(parameter.key, values);
        }
    }

    /// Takes a setting away.
    pub(crate) fn remove(&mut self, parameter: &Parameter) {
        self.0.remove(parameter.key);
    }

    /// Returns these settings, with those of `others` that are not set here.
    pub(crate) fn or(mut self, others: Self) -> Self {
        for (key, values) in others.0 {
            self.0.entry(key).or_insert(values);
        }
        self
    }

    /// Returns these settings with the variables in them replaced. A reference stays as the user wrote it, and a value that
    /// comes out of a file never becomes one: it must not choose what is read or run.
    ///
    /// # Errors
    /// Returns [`Error::Usage`], which names the option, if a name cannot be replaced.
    pub(crate) fn resolved(mut self, variables: &Variables) -> Result<Self, Error> {
        if variables.is_idle() {
            return Ok(self);
        }
        let resolver = variables.resolver();
        for parameter in ALL {
            let values = self.0.get_mut(parameter.key).into_iter().flatten();
            for text in values.filter(|text| !has_reference(parameter, text)) {
                let wrong = |problem| Error::Usage(format!("--{}: {problem}", parameter.key));
                let replaced = resolver.resolve(text).map_err(wrong)?.into_owned();
                *text = if has_reference(parameter, &replaced) { literal(parameter, &replaced) } else { replaced };
            }
        }
        Ok(self)
    }

    /// Returns true if no setting says how to get a token.
    pub(crate) fn says_nothing(&self) -> bool {
        let is_of_the_run = |parameter: &Parameter| {
            parameter.place == Place::NoOption || OF_THE_RUN.iter().any(|of_run| of_run.key == parameter.key)
        };
        self.iter().all(|(parameter, _)| is_of_the_run(parameter))
    }

    /// Returns the keys that are set, separated by commas, for `-v`.
    pub(crate) fn listed(&self) -> String {
        let keys: Vec<&str> = self.iter().map(|(parameter, _)| parameter.key).collect();
        if keys.is_empty() { "nothing".to_owned() } else { keys.join(", ") }
    }

    /// Returns an iterator over all settings that are set, in the order of the table.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static Parameter, &[String])> {
        ALL.iter().filter_map(|parameter| Some((*parameter, self.0.get(parameter.key)?.as_slice())))
    }

    /// Returns the text of a setting if it is set and not empty.
    pub(crate) fn text(&self, parameter: &Parameter) -> Option<&str> {
        self.list(parameter).first().map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Returns a copy of the text of a setting if it is set and not empty.
    pub(crate) fn owned(&self, parameter: &Parameter) -> Option<String> {
        self.text(parameter).map(str::to_owned)
    }

    /// Returns all values of a setting that may be repeated.
    pub(crate) fn list(&self, parameter: &Parameter) -> &[String] {
        self.0.get(parameter.key).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the values of a setting of the form `NAME=VALUE`, split at the first `=`.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a value has no `=`.
    pub(crate) fn pairs(&self, parameter: &Parameter) -> Result<Vec<(String, String)>, Error> {
        let divide = |text: &String| {
            let pair = text.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
            pair.ok_or_else(|| Error::Usage(format!("--{} is written NAME=VALUE", parameter.key)))
        };
        self.list(parameter).iter().filter(|text| !text.is_empty()).map(divide).collect()
    }

    /// Returns true if the switch is set.
    pub(crate) fn is_set(&self, parameter: &Parameter) -> bool {
        self.text(parameter) == Some("true")
    }

    /// Returns the duration of a setting, or `default` if it is not set.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the value is not a duration. An option is checked when it is parsed, but a profile may
    /// hold any text.
    pub(crate) fn time(&self, parameter: &Parameter, default: Duration) -> Result<Duration, Error> {
        let read = |text| duration(text).map_err(|problem| Error::Usage(format!("{} {problem}", parameter.key)));
        self.text(parameter).map_or(Ok(default), read)
    }

    /// Returns the secret of a setting, its reference resolved.
    ///
    /// # Errors
    /// Returns the error of [`secret::resolve`] if the reference cannot be resolved, and [`Error::NeedsPerson`] if it has to be
    /// typed under `--no-input`.
    pub(crate) fn secret(&self, parameter: &Parameter) -> Result<Option<Secret>, Error> {
        if self.text(parameter) == Some("-") && self.is_set(&NO_INPUT) {
            return Err(Error::NeedsPerson(format!("--{} has to be typed, but --no-input is set", parameter.key)));
        }
        self.text(parameter).map(|text| secret::resolve(&format!("--{}", parameter.key), text)).transpose()
    }

    /// Returns the reference that a secret was written as. A value that is the secret itself must not be kept.
    pub(crate) fn reference(&self, parameter: &Parameter) -> Option<String> {
        self.owned(parameter).filter(|text| is_reference(text))
    }

    /// Returns the grant: the one that is set, or the one that the other settings belong to.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the grant is unknown, or if neither it nor a setting of a single grant is set.
    pub(crate) fn grant(&self) -> Result<Grant, Error> {
        if let Some(grant) = self.choice(&GRANT)? {
            return Ok(grant);
        }
        let has = |parameter: &Parameter| self.text(parameter).is_some();
        // From the most specific setting to the least: an assertion belongs to one grant alone, a callback to several.
        Ok(match () {
            () if has(&CONSUMER_KEY) || has(&REQUEST_TOKEN_URL) => Grant::OAuth1,
            () if has(&ASSERTION) || has(&KEY_FILE) => Grant::JwtBearer,
            () if has(&SUBJECT_TOKEN) => Grant::TokenExchange,
            () if has(&DEVICE_AUTHORIZATION_URL) => Grant::DeviceCode,
            () if has(&AUTH_URL) || has(&CALLBACK_URL) => Grant::AuthorizationCode,
            () if has(&LOGIN_FIELDS) => Grant::Login,
            () if has(&PASSWORD) => Grant::Password,
            () if has(&REFRESH_TOKEN) => Grant::RefreshToken,
            () if has(&CLIENT_ID) && (has(&DISCOVER) || has(&ACCESS_TOKEN_URL)) => self.grant_of_client(),
            () => return Err(no_grant()),
        })
    }

    /// Returns the grant that is meant by a client and a server alone: the user signs in, unless there is only the client.
    fn grant_of_client(&self) -> Grant {
        let has_person = !self.is_set(&NO_INPUT) && (terminal::stdin_is_terminal() || browser::is_there());
        let has_secret = self.text(&CLIENT_SECRET).or(self.text(&PRIVATE_KEY)).is_some();
        let is_page_known = self.text(&DISCOVER).is_some();
        let grant = if has_secret && !(has_person && is_page_known) {
            Grant::ClientCredentials
        } else {
            Grant::AuthorizationCode
        };
        say(TOOL, &format!("no grant is given, so {} is taken; --grant takes another", grant.word()));
        grant
    }

    /// Returns the client's authentication method if one is set.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the method is unknown.
    pub(crate) fn client_authentication(&self) -> Result<Option<Authentication>, Error> {
        self.choice(&CLIENT_AUTHENTICATION)
    }

    /// Returns the value of a setting that is one of a few words, in any case.
    ///
    /// # Errors
    /// Returns [`Error::Usage`], which lists the words, if the value is not one of them: a profile may hold any text.
    pub(crate) fn choice<T: Choices>(&self, parameter: &Parameter) -> Result<Option<T>, Error> {
        let Some(text) = self.text(parameter) else { return Ok(None) };
        let value = T::from_word(&text.to_ascii_lowercase());
        let unknown = || {
            let words: Vec<&str> = T::CHOICES.iter().map(|(choice, _)| choice.name).collect();
            Error::Usage(format!("{} is not one that is known: write {}", parameter.key, words.join(", ")))
        };
        value.ok_or_else(unknown).map(Some)
    }

    /// Returns the settings of the HTTP client.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a value is not a duration, or the error of [`secret::resolve`] if the reference to a
    /// proxy cannot be resolved.
    pub(crate) fn network(&self) -> Result<send::Settings, Error> {
        let usual = send::Settings::default();
        let path = |parameter| self.text(parameter).map(PathBuf::from);
        Ok(send::Settings {
            time: self.time(&MAX_TIME, usual.time)?,
            connect: self.time(&CONNECT_TIMEOUT, usual.connect)?,
            // An empty proxy is a proxy setting too: it switches those of the environment off.
            proxy: self.list(&PROXY).first().map(|text| secret::resolve("--proxy", text)).transpose()?,
            trust: Extra {
                authorities: path(&CACERT),
                identity: path(&CERT).map(|certificate| Identity { certificate, key: path(&CERT_KEY) }),
                // These servers get the client's secrets, so no setting turns their verification off.
                verification: Verification::Needed,
            },
            plain: if self.is_set(&ALLOW_HTTP) { PlainSecrets::Allowed } else { PlainSecrets::Refused },
        })
    }
}

/// Makes the error for settings from which no grant follows.
fn no_grant() -> Error {
    let Error::Usage(text) = missing(&GRANT) else { return missing(&GRANT) };
    let grants: Vec<String> =
        Grant::CHOICES.iter().map(|(choice, _)| format!("  {:<20}{}", choice.name, choice.meaning)).collect();
    let advice = "a known provider needs no grant: --provider github (`oauth-token provider list` names them)";
    Error::Usage(format!("{text}. The grants are:\n{}\n{advice}", grants.join("\n")))
}

/// Makes the error for a setting that a grant needs and that is not set.
pub(crate) fn missing(parameter: &Parameter) -> Error {
    let key = parameter.key;
    let variable = variable(TOOL.name(), key);
    Error::Usage(format!("--{key} is missing (or {variable}, or {key} in the profile)"))
}
