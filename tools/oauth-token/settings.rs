//! The values of settings, from the command line, the environment, a profile or an export, before they are interpreted.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use countersign_shared::duration::duration;
use countersign_shared::error::Error;
use countersign_shared::oauth::{Authentication, Grant, GrantSettings, is_reference};
use countersign_shared::options::{Choices, Kind, Parameter, Place, variable};
use countersign_shared::secret::{self, Secret};
use countersign_shared::send;
use countersign_shared::transport::PlainSecrets;
use countersign_shared::trust::{Extra, Identity, Verification};
use countersign_shared::variables::Variables;

use crate::parameters::{
    ALL, ALLOW_HTTP, ASSERTION, AUTH_PARAM, AUTH_URL, CACERT, CALLBACK_URL, CERT, CERT_KEY, CLIENT_AUTHENTICATION,
    CLIENT_SECRET, CODE_CHALLENGE_METHOD, CONNECT_TIMEOUT, CONSUMER_KEY, DEVICE_AUTHORIZATION_URL, DISCOVER, GRANT,
    HEADER_PREFIX, HOST, KEY_ID, MAX_TIME, MIN_TTL, NO_BROWSER, NO_INPUT, PASSWORD, PRIVATE_KEY, PROXY, REFRESH_TOKEN,
    REQUEST_TOKEN_URL, STORE, SUBJECT_TOKEN, TIMEOUT, USERNAME,
};
use crate::tool::TOOL;

/// The settings that say how this run behaves, not how a token is got.
const OF_THE_RUN: [&Parameter; 9] =
    [&HEADER_PREFIX, &MIN_TTL, &TIMEOUT, &STORE, &NO_BROWSER, &NO_INPUT, &ALLOW_HTTP, &HOST, &USERNAME];

/// Values by key. Secrets are held as they were written: a value or a reference.
#[derive(Clone, Default)]
pub(crate) struct Settings(BTreeMap<&'static str, Vec<String>>);

impl Settings {
    /// Returns the settings to go through a grant again that are not read from [`GrantSettings`] itself.
    pub(crate) fn from_grant(grant: &GrantSettings) -> Self {
        let pairs = |pairs: &[(String, String)]| pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let one = |text: &Option<String>| text.iter().cloned().collect();
        let mut settings = Self::default();
        settings.set(&DISCOVER, one(&grant.endpoints.issuer));
        settings.set(&CLIENT_SECRET, one(&grant.client_secret));
        settings.set(&PRIVATE_KEY, one(&grant.private_key));
        settings.set(&KEY_ID, one(&grant.key_id));
        settings.set(&CALLBACK_URL, one(&grant.callback));
        settings.set(&CODE_CHALLENGE_METHOD, one(&grant.code_challenge_method));
        settings.set(&AUTH_PARAM, pairs(&grant.auth_params));
        settings
    }

    /// Sets the values of a setting; an empty list changes nothing.
    pub(crate) fn set(&mut self, parameter: &Parameter, values: Vec<String>) {
        if !values.is_empty() {
            self.0.insert(parameter.key, values);
        }
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
            let is_secret = parameter.kind == Kind::Secret || parameter.key == PROXY.key;
            let values = self.0.get_mut(parameter.key).into_iter().flatten();
            for text in values.filter(|text| !(is_secret && secret::is_followed(text))) {
                let wrong = |problem| Error::Usage(format!("--{}: {problem}", parameter.key));
                let replaced = resolver.resolve(text).map_err(wrong)?.into_owned();
                let literal = if is_secret && secret::is_followed(&replaced) { "text:" } else { "" };
                *text = format!("{literal}{replaced}");
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

    /// Returns the text of a setting.
    ///
    /// # Errors
    /// Returns [`Error::Usage`], which names the option, if it is not set or empty.
    pub(crate) fn required(&self, parameter: &Parameter) -> Result<&str, Error> {
        self.text(parameter).ok_or_else(|| missing(parameter))
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
        self.list(parameter).iter().map(divide).collect()
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
    /// Returns the error of [`secret::resolve`] if the reference cannot be resolved.
    pub(crate) fn secret(&self, parameter: &Parameter) -> Result<Option<Secret>, Error> {
        self.text(parameter).map(|text| secret::resolve(&format!("--{}", parameter.key), text)).transpose()
    }

    /// Returns the secret of a setting, its reference resolved.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if it is not set, or the error of [`secret::resolve`] if the reference cannot be resolved.
    pub(crate) fn required_secret(&self, parameter: &Parameter) -> Result<Secret, Error> {
        self.secret(parameter)?.ok_or_else(|| missing(parameter))
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
            () if has(&ASSERTION) => Grant::JwtBearer,
            () if has(&SUBJECT_TOKEN) => Grant::TokenExchange,
            () if has(&DEVICE_AUTHORIZATION_URL) => Grant::DeviceCode,
            () if has(&AUTH_URL) || has(&CALLBACK_URL) => Grant::AuthorizationCode,
            () if has(&PASSWORD) => Grant::Password,
            () if has(&REFRESH_TOKEN) => Grant::RefreshToken,
            () => return Err(missing(&GRANT)),
        })
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

/// Makes the error for a setting that a grant needs and that is not set.
pub(crate) fn missing(parameter: &Parameter) -> Error {
    let key = parameter.key;
    let variable = variable(TOOL.name(), key);
    Error::Usage(format!("--{key} is missing (or {variable}, or {key} in the profile)"))
}
