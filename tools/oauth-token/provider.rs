//! The table of known providers, `providers.toml`: a layer of settings below the user's own.

use serde_json::Value;
use toml_edit::{DocumentMut, Item, TableLike};

use countersign_shared::error::{Error, Exit};
use countersign_shared::options::{Kind, Parameter};

use crate::parameters::{
    self, ACCESS_TOKEN_URL, AUTH_PARAM, AUTH_URL, DEVICE_AUTHORIZATION_URL, DISCOVER, GRANT, PROVIDER,
    REQUEST_TOKEN_URL, REVOCATION_URL, SCOPE, SCOPE_SEPARATOR,
};
use crate::settings::Settings;
use crate::tables::{self, Shape};

const TABLE: &str = include_str!("providers.toml");

/// The endpoints of which one that is given means another server: none of the provider's is taken then.
const ENDPOINTS: [&Parameter; 5] =
    [&DISCOVER, &AUTH_URL, &ACCESS_TOKEN_URL, &DEVICE_AUTHORIZATION_URL, &REQUEST_TOKEN_URL];

/// A row of the table, with the argument that the user gave.
pub(crate) struct Provider {
    name: String,
    row: Item,
    argument: String,
}

/// Returns the settings with those of their provider, which come after all that is given. If an endpoint is given, it and no
/// other is asked.
///
/// # Errors
/// Returns [`Error::Usage`] if the provider is not known or needs an argument.
pub(crate) fn filled(given: Settings) -> Result<Settings, Error> {
    let Some(text) = given.text(&PROVIDER) else { return Ok(given) };
    let provider = Provider::named(text)?;
    let mut known = provider.settings(given.text(&GRANT))?;
    if ENDPOINTS.iter().any(|endpoint| given.text(endpoint).is_some()) {
        for endpoint in ENDPOINTS.into_iter().chain([&REVOCATION_URL]) {
            known.remove(endpoint);
        }
    }
    // The user's parameters go beside the provider's, and over those of the same name.
    let mut merged = given.or(known.clone());
    let own = merged.list(&AUTH_PARAM).to_vec();
    let is_own = |text: &String| own.iter().any(|own| own.split('=').next() == text.split('=').next());
    let others = known.list(&AUTH_PARAM).iter().filter(|text| !is_own(text)).cloned();
    merged.set(&AUTH_PARAM, others.chain(own.iter().cloned()).collect());
    provider.rename_scope(&mut merged);
    Ok(merged)
}

impl Provider {
    /// Reads `NAME` or `NAME:ARGUMENT`.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the provider is not known, or if it needs an argument and there is none, or needs none.
    pub(crate) fn named(text: &str) -> Result<Self, Error> {
        let (name, argument) = text.split_once(':').map_or((text, ""), |(name, argument)| (name, argument.trim()));
        let document = table()?;
        let row = document.get(&name.to_ascii_lowercase()).cloned().ok_or_else(|| {
            let names: Vec<&str> = document.iter().map(|(name, _)| name).collect();
            Error::Usage(format!("--provider {name}: is not known; known are {}", names.join(", ")))
        })?;
        let provider = Self { name: name.to_ascii_lowercase(), row, argument: String::new() };
        let usual = provider.text("default").unwrap_or_default();
        let argument = if argument.is_empty() { usual } else { argument };
        let word = provider.text("argument");
        let wrong = |problem: String| Err(Error::Usage(format!("--provider {name}: {problem}")));
        match word {
            Some(word) if argument.is_empty() => wrong(format!("write {name}:{word}")),
            None if !argument.is_empty() => wrong("takes nothing behind a colon".to_owned()),
            _ if argument.chars().any(|c| c.is_whitespace() || c.is_control() || "?#@{}\"\\".contains(c)) => {
                wrong(format!("write {name}:{}, as in a URL", word.unwrap_or_default()))
            }
            Some(word) if word.contains('/') && !argument.trim_matches('/').contains('/') => {
                wrong(format!("write {name}:{word}"))
            }
            _ => {
                let argument = provider.completed(argument);
                Ok(Self { argument, ..provider })
            }
        }
    }

    /// Returns an argument with the parts of its path that are always the same.
    fn completed(&self, argument: &str) -> String {
        let argument = argument.trim_end_matches('/');
        let (scheme, rest) = argument.find("://").map_or(("", argument), |at| argument.split_at(at + 3));
        let mut rest = rest.to_owned();
        if let (Some(path), false) = (self.text("path"), rest.contains('/')) {
            rest.push_str(path);
        }
        if let Some(segment) = self.text("segment")
            && !rest.split('/').any(|part| part == segment)
            && let Some((before, last)) = rest.rsplit_once('/')
        {
            rest = format!("{before}/{segment}/{last}");
        }
        format!("{scheme}{rest}")
    }

    /// Returns the settings under a grant, or under the provider's usual one.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if the table has an unknown key, which a test excludes.
    pub(crate) fn settings(&self, grant: Option<&str>) -> Result<Settings, Error> {
        let grants = self.grants();
        let grant = grant.map(str::to_ascii_lowercase).or_else(|| grants.first().cloned()).unwrap_or_default();
        let mut settings = Settings::default();
        settings.set(&GRANT, vec![grant.clone()]);
        for part in [grant.as_str(), "settings"] {
            let Some(table) = self.row.get(part).and_then(Item::as_table_like) else { continue };
            settings = settings.or(self.read(table)?);
        }
        Ok(settings)
    }

    fn read(&self, table: &dyn TableLike) -> Result<Settings, Error> {
        let mut settings = Settings::default();
        for (key, item) in table.iter().filter(|(key, _)| *key != "ask") {
            let parameter = parameters::named(key);
            let parameter = parameter.ok_or_else(|| Error::Failed(format!("{}: {key} is no setting", self.name)))?;
            let values = match item.as_array() {
                Some(list) => list.iter().filter_map(toml_edit::Value::as_str).map(|text| self.put(text)).collect(),
                None => item.as_str().map(|text| self.put(text)).into_iter().collect(),
            };
            // An empty value takes one of all grants away.
            settings.set(parameter, if values == Vec::<String>::new() { vec![String::new()] } else { values });
        }
        Ok(settings)
    }

    /// Puts the argument into a text. A whole URL replaces the scheme before the place as well.
    fn put(&self, text: &str) -> String {
        let mut parts = self.argument.splitn(2, '/');
        let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let text = text.replace("{0}", first).replace("{1}", second);
        let text = if self.argument.contains("://") { text.replace("https://{}", "{}") } else { text };
        text.replace("{}", &self.argument)
    }

    /// Returns the grants that work there, the usual one first.
    pub(crate) fn grants(&self) -> Vec<String> {
        self.texts(self.row.get("grants"))
    }

    /// Returns the settings that only the user knows.
    pub(crate) fn questions(&self, grant: &str) -> Vec<&'static Parameter> {
        let own = self.row.get(grant).and_then(|table| table.get("ask"));
        let keys = self.texts(own.or_else(|| self.row.get("ask")));
        keys.iter().filter_map(|key| parameters::named(key)).collect()
    }

    /// Returns what is to be registered there.
    pub(crate) fn register(&self) -> &str {
        self.text("register").unwrap_or_default()
    }

    /// Sends the scope as another parameter, if the provider wants that.
    fn rename_scope(&self, settings: &mut Settings) {
        let (Some(name), Some(scope)) = (self.text("scope-as"), settings.owned(&SCOPE)) else { return };
        let separator = settings.owned(&SCOPE_SEPARATOR).unwrap_or_else(|| " ".to_owned());
        let scope: Vec<&str> = scope.split_ascii_whitespace().collect();
        let mut parameters = settings.list(&AUTH_PARAM).to_vec();
        if !parameters.iter().any(|text| text.split('=').next() == Some(name)) {
            parameters.push(format!("{name}={}", scope.join(&separator)));
        }
        settings.set(&AUTH_PARAM, parameters);
        settings.remove(&SCOPE);
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.row.get(key).and_then(Item::as_str)
    }

    fn texts(&self, item: Option<&Item>) -> Vec<String> {
        let list = item.and_then(Item::as_array).into_iter().flatten();
        list.filter_map(toml_edit::Value::as_str).map(str::to_owned).collect()
    }
}

fn table() -> Result<DocumentMut, Error> {
    TABLE.parse().map_err(|error: toml_edit::TomlError| Error::Failed(format!("providers: {}", error.message())))
}

/// Prints the providers.
///
/// # Errors
/// Returns [`Error::Write`] if stdout cannot be written.
pub(crate) fn list(shape: Shape) -> Result<Exit, Error> {
    let document = table()?;
    let row = |(name, row): (&str, &Item)| {
        let provider = Provider { name: name.to_owned(), row: row.clone(), argument: String::new() };
        let written = match (provider.text("argument"), provider.text("default")) {
            (Some(word), Some(_)) => format!("{name}[:{word}]"),
            (Some(word), None) => format!("{name}:{word}"),
            (None, _) => name.to_owned(),
        };
        let grants = provider.grants().into_iter().map(Value::from).collect::<Vec<_>>();
        let about = provider.text("about").map_or(Value::Null, Value::from);
        vec![written.into(), about, grants.into()]
    };
    tables::list(shape, &["provider", "about", "grants"], &document.iter().map(row).collect::<Vec<_>>())?;
    Ok(Exit::Done)
}

/// Prints what is known about a provider.
///
/// # Errors
/// Returns [`Error::Usage`] if it is not known, and [`Error::Write`] if stdout cannot be written.
pub(crate) fn show(text: &str, shape: Shape) -> Result<Exit, Error> {
    let document = table()?;
    let name = text.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let word = document.get(&name).and_then(|row| row.get("argument")).and_then(Item::as_str);
    // Without its argument, the places for it are shown.
    let provider = match (text.contains(':'), document.get(&name), word) {
        (false, Some(row), Some(word)) => Provider { name, row: row.clone(), argument: word.to_owned() },
        _ => Provider::named(text)?,
    };
    let row = |key: &str| provider.text(key).map_or(Value::Null, Value::from);
    let grants = provider.grants().into_iter().map(Value::from).collect::<Vec<_>>();
    let mut members = vec![
        ("provider", Value::from(text)),
        ("about", row("about")),
        ("source", row("source")),
        ("register", row("register")),
        ("grants", grants.into()),
    ];
    let settings = provider.settings(None)?;
    for (parameter, values) in settings.iter().filter(|(parameter, _)| parameter.key != GRANT.key) {
        let texts: Vec<Value> = values.iter().map(|text| text.as_str().into()).collect();
        let one = texts.first().cloned().unwrap_or_default();
        members.push((parameter.key, if parameter.kind == Kind::List { texts.into() } else { one }));
    }
    let questions: Vec<Value> =
        provider.questions(grants_first(&provider).as_str()).iter().map(|parameter| parameter.key.into()).collect();
    members.push(("asks-for", questions.into()));
    tables::record(shape, &members)?;
    Ok(Exit::Done)
}

fn grants_first(provider: &Provider) -> String {
    provider.grants().into_iter().next().unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_row_of_the_table_is_whole() {
        for (name, row) in table().unwrap().iter() {
            let provider = Provider { name: name.to_owned(), row: row.clone(), argument: "a.example/b".to_owned() };
            for key in ["about", "source", "register"] {
                assert!(provider.text(key).is_some_and(|text| !text.is_empty()), "{name}: {key}");
            }
            assert!(provider.text("source").unwrap().starts_with("https://"), "{name}");
            assert!(!provider.grants().is_empty(), "{name}");
            for grant in provider.grants() {
                let settings = provider.settings(Some(&grant)).unwrap();
                settings.grant().unwrap();
                assert!(settings.text(&ACCESS_TOKEN_URL).is_some_and(|url| url.starts_with("https://")), "{name}");
                for key in provider.texts(row.get("ask")) {
                    assert!(parameters::named(&key).is_some(), "{name}: {key}");
                }
            }
        }
    }

    #[test]
    fn an_argument_is_put_where_the_provider_has_it() {
        for (text, url) in [
            ("entra", "https://login.microsoftonline.com/common/oauth2/v2.0/token"),
            (
                "entra:contoso.onmicrosoft.com",
                "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token",
            ),
            ("okta:acme.okta.com", "https://acme.okta.com/oauth2/v1/token"),
            ("okta:acme.okta.com/oauth2/default", "https://acme.okta.com/oauth2/default/v1/token"),
            ("keycloak:sso.example/main", "https://sso.example/realms/main/protocol/openid-connect/token"),
            (
                "keycloak:http://127.0.0.1:8080/realms/main",
                "http://127.0.0.1:8080/realms/main/protocol/openid-connect/token",
            ),
            ("entra-b2c:acme/B2C_1_in", "https://acme.b2clogin.com/acme.onmicrosoft.com/B2C_1_in/oauth2/v2.0/token"),
            ("mastodon:social.example", "https://social.example/oauth/token"),
            ("GitHub", "https://github.com/login/oauth/access_token"),
        ] {
            let settings = Provider::named(text).and_then(|provider| provider.settings(None)).unwrap();
            assert_eq!(settings.text(&ACCESS_TOKEN_URL), Some(url), "{text}");
        }
        for text in ["nosuch", "okta", "github:x", "keycloak:sso.example", "okta:a b", "okta:a?b", "auth0:evil@host"] {
            assert!(Provider::named(text).is_err(), "{text}");
        }
    }
}
