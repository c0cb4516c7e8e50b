//! What Postman exports of a token request, as settings of ours.

use serde_json::Value;

use countersign_shared::cli::say;
use countersign_shared::error::Error;
use countersign_shared::oauth::recipe;
use countersign_shared::options::Kind;

use crate::settings::{self, Settings};
use crate::tool::TOOL;

/// The settings of an `oauth2` auth object as Postman exports it: in list or in map form, with values of odd types. What
/// holds a secret itself is left out and said; a profile keeps references only.
///
/// # Errors
/// The file cannot be read, or is no such object.
pub(crate) fn from_postman(file: &std::path::Path) -> Result<Settings, Error> {
    let text = std::fs::read_to_string(file).map_err(|source| Error::File { path: file.to_owned(), source })?;
    let bad = || Error::Usage(format!("{}: is not an oauth2 auth object of Postman", file.display()));
    let object: Value = serde_json::from_str(&text).map_err(|_| bad())?;
    // A collection, as it is or wrapped; an item of one; the object alone.
    let object = object.get("collection").or_else(|| object.get("request")).unwrap_or(&object);
    let block = object.get("auth").unwrap_or(object).get("oauth2").ok_or_else(bad)?;
    let rows: Vec<(String, &Value)> = match block {
        Value::Array(rows) => {
            rows.iter().filter_map(|row| Some((row.get("key")?.as_str()?.to_owned(), row.get("value")?))).collect()
        }
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        _ => return Err(bad()),
    };
    let mut settings = Settings::default();
    for (key, value) in rows {
        if let Some((name, values)) = imported(&key, value) {
            settings.set(name, values);
        }
    }
    Ok(settings)
}

/// One row of Postman's as a setting of ours.
fn imported(key: &str, value: &Value) -> Option<(&'static str, Vec<String>)> {
    const TEXTS: [(&str, &str); 15] = [
        ("tokenName", "token-name"),
        ("code_verifier", "code-verifier"),
        ("authUrl", "auth-url"),
        ("accessTokenUrl", "access-token-url"),
        ("clientId", "client-id"),
        ("clientSecret", "client-secret"),
        ("username", "username"),
        ("password", "password"),
        ("scope", "scope"),
        ("state", "state"),
        ("redirect_uri", "callback-url"),
        ("callBackUrl", "callback-url"),
        ("challengeAlgorithm", "code-challenge-method"),
        ("headerPrefix", "header-prefix"),
        ("audience", "audience"),
    ];
    let text = value.as_str().filter(|text| !text.is_empty());
    match key {
        "grant_type" => {
            let grant = match text? {
                "authorization_code_with_pkce" => "authorization_code",
                "password_credentials" => "password",
                other => other,
            };
            Some(("grant", vec![grant.to_owned()]))
        }
        "client_authentication" => Some(("client-authentication", vec![text?.to_owned()])),
        "resource" => Some(("resource", vec![text?.to_owned()])),
        "authRequestParams" => Some(("auth-param", pairs(value))),
        "tokenRequestParams" => Some(("token-param", pairs(value))),
        _ => {
            let name = TEXTS.iter().find(|(theirs, _)| *theirs == key).map(|(_, ours)| *ours)?;
            let setting = settings::named(name)?;
            let text = text?;
            if setting.kind == Kind::Secret && !recipe::is_reference(text) {
                say(TOOL, &format!("{name} is a secret and left out: add a reference to it"));
                return None;
            }
            Some((setting.key, vec![text.to_owned()]))
        }
    }
}

/// A list of `{key, value, enabled}` rows as `NAME=VALUE`.
fn pairs(value: &Value) -> Vec<String> {
    let rows = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let row = |row: &Value| {
        let is_on = row.get("enabled").and_then(Value::as_bool) != Some(false);
        let key = row.get("key")?.as_str()?;
        if is_on && row.get("send_as").and_then(Value::as_str) == Some("request_header") {
            say(TOOL, &format!("{key} is a header and left out: parameters go where OAuth has them"));
            return None;
        }
        is_on.then(|| Some(format!("{key}={}", row.get("value")?.as_str()?))).flatten()
    };
    rows.iter().filter_map(row).collect()
}
