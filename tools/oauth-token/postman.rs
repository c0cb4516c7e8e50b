//! Imports the settings of a token request from Postman.

use std::path::Path;

use serde_json::Value;
use serde_json::value::RawValue;

use countersign_shared::auth::asked::rows;
use countersign_shared::cli::say;
use countersign_shared::error::Error;
use countersign_shared::oauth::Form;
use countersign_shared::oauth::style::is_open_header;
use countersign_shared::options::{Kind, Parameter};
use countersign_shared::secret::{is_followed, is_secret_name};

use crate::parameters::{
    ACCESS_TOKEN_URL, AUDIENCE, AUTH_PARAM, AUTH_URL, CALLBACK_URL, CLIENT_AUTHENTICATION, CLIENT_ID, CLIENT_SECRET,
    CODE_CHALLENGE_METHOD, CODE_VERIFIER, GRANT, HEADER_PREFIX, PASSWORD, REFRESH_URL, RESOURCE, SCOPE, STATE,
    TOKEN_HEADER, TOKEN_NAME, TOKEN_PARAM, USE, USERNAME,
};
use crate::settings::Settings;
use crate::tool::TOOL;

/// The texts of Postman's object, each with the setting that it becomes.
const TEXTS: [(&str, &Parameter); 18] = [
    ("tokenName", &TOKEN_NAME),
    ("code_verifier", &CODE_VERIFIER),
    ("authUrl", &AUTH_URL),
    ("accessTokenUrl", &ACCESS_TOKEN_URL),
    ("clientId", &CLIENT_ID),
    ("clientSecret", &CLIENT_SECRET),
    ("username", &USERNAME),
    ("password", &PASSWORD),
    ("scope", &SCOPE),
    ("state", &STATE),
    ("redirect_uri", &CALLBACK_URL),
    ("callBackUrl", &CALLBACK_URL),
    ("challengeAlgorithm", &CODE_CHALLENGE_METHOD),
    ("headerPrefix", &HEADER_PREFIX),
    ("audience", &AUDIENCE),
    ("client_authentication", &CLIENT_AUTHENTICATION),
    ("resource", &RESOURCE),
    ("refreshTokenUrl", &REFRESH_URL),
];

/// Reads the `oauth2` auth object of a file that Postman exported: of a collection, of an item, or the object alone. Secrets
/// are left out with a message, because a profile holds only references to secrets.
///
/// # Errors
/// Returns [`Error::File`] if the file cannot be read, and [`Error::Usage`] if it has no such object.
pub(crate) fn from_postman(file: &Path) -> Result<Settings, Error> {
    let text = std::fs::read_to_string(file).map_err(|source| Error::File { path: file.to_owned(), source })?;
    let bad = || Error::Usage(format!("{}: is not an oauth2 auth object of Postman", file.display()));
    let object: Value = serde_json::from_str(&text).map_err(|_| bad())?;
    let object = object.get("collection").or_else(|| object.get("request")).unwrap_or(&object);
    let block = match object.get("auth").unwrap_or(object).get("oauth2") {
        // Rows that are not objects are skipped here; in a line's `_auth` they are an error.
        Some(Value::Array(rows)) => Value::Array(rows.iter().filter(|row| row.is_object()).cloned().collect()),
        Some(Value::Object(map)) => Value::Object(map.clone()),
        _ => return Err(bad()),
    };
    let block = RawValue::from_string(block.to_string()).map_err(|_| bad())?;
    let mut settings = Settings::default();
    let mut query = String::new();
    for (key, value) in rows(&block).map_err(|_| bad())? {
        let value: Value = serde_json::from_str(value.get()).map_err(|_| bad())?;
        if key == "tokenRequestParams" {
            let rows = pairs(&value);
            settings.set(&TOKEN_PARAM, texts(&rows, Places::Body));
            settings.set(&TOKEN_HEADER, headers(&rows));
            query = parameters_in_url(&rows);
            continue;
        }
        if key == "refreshRequestParams" && !pairs(&value).is_empty() {
            say(
                TOOL,
                "refreshRequestParams are left out: parameters and headers of token requests go with refreshes too",
            );
        }
        if let Some((parameter, values)) = imported(&key, &value) {
            settings.set(parameter, values);
        }
    }
    if let (Some(url), false) = (settings.owned(&ACCESS_TOKEN_URL), query.is_empty()) {
        let divider = if url.contains('?') { '&' } else { '?' };
        settings.set(&ACCESS_TOKEN_URL, vec![format!("{url}{divider}{query}")]);
    }
    Ok(settings)
}

/// Returns the headers among the rows that a profile may hold.
fn headers(rows: &[Pair]) -> Vec<String> {
    let rows = rows.iter().filter(|row| row.place == "request_header");
    let kept = rows.filter_map(|row| {
        if is_open_header(&row.name) {
            return Some(format!("{}: {}", row.name, row.value));
        }
        let advice = format!("add a reference to its value: --token-header '{}: env:NAME'", row.name);
        say(TOOL, &format!("{} is a header and left out: {advice}", row.name));
        None
    });
    kept.collect()
}

/// Returns the rows that go into the URL as a query.
fn parameters_in_url(rows: &[Pair]) -> String {
    let mut form = Form::default();
    rows.iter().filter(|row| row.place == "request_url").for_each(|row| form.add(&row.name, &row.value));
    form.encoded().to_string()
}

/// The places of the rows that are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Places {
    /// Each but the headers: an authorization request has a URL alone.
    All,
    /// The body.
    Body,
}

/// Returns the rows that go into a request as `NAME=VALUE`.
fn texts(rows: &[Pair], places: Places) -> Vec<String> {
    let is_other = |row: &&Pair| match row.place.as_str() {
        "request_header" => false,
        "request_url" => places == Places::All,
        _ => true,
    };
    rows.iter().filter(is_other).map(|row| format!("{}={}", row.name, row.value)).collect()
}

/// Returns the setting for one row, or `None` if the row is empty, unknown, a secret or a reference to one.
fn imported(key: &str, value: &Value) -> Option<(&'static Parameter, Vec<String>)> {
    match key {
        "authRequestParams" => return Some((&AUTH_PARAM, texts(&pairs(value), Places::All))),
        "tokenType" if value.as_str() == Some("id_token") => return Some((&USE, vec!["id_token".to_owned()])),
        _ => {}
    }
    let parameter = TEXTS.iter().find(|(theirs, _)| *theirs == key).map(|(_, parameter)| *parameter);
    let shown = parameter.map_or(key, |parameter| parameter.key);
    let is_secret = parameter.map_or_else(|| is_secret_name(key), |parameter| parameter.kind == Kind::Secret);
    let is_empty = value.is_null() || value.as_str() == Some("");
    if is_secret && !is_empty {
        say(TOOL, &format!("{shown} is a secret and left out: add a reference to it"));
    }
    let text = value.as_str().filter(|text| !text.is_empty() && !is_secret)?;
    // A value of somebody else's file is data. Names of scopes, resources and audiences are never followed, and
    // `file:read` is a common one.
    let is_name = [&SCOPE, &RESOURCE, &AUDIENCE].iter().any(|name| name.key == shown);
    if is_followed(text) && !is_name {
        say(TOOL, &format!("{shown} is a reference and left out: references of a file are not followed"));
        return None;
    }
    if key == "grant_type" {
        let grant = match text {
            "authorization_code_with_pkce" => "authorization_code",
            "password_credentials" => "password",
            other => other,
        };
        return Some((&GRANT, vec![grant.to_owned()]));
    }
    Some((parameter?, vec![text.to_owned()]))
}

/// A row of a list of parameters.
struct Pair {
    name: String,
    value: String,
    /// The part of the request that the row goes into, as Postman names it.
    place: String,
}

/// Returns the `{key, value, enabled, send_as}` rows of a list, without secrets and references.
fn pairs(value: &Value) -> Vec<Pair> {
    let rows = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let row = |row: &Value| {
        let text = |name: &str| row.get(name).and_then(Value::as_str);
        let (name, value) = (text("key").filter(|name| !name.is_empty())?, text("value")?);
        if row.get("enabled").and_then(Value::as_bool) == Some(false) {
            return None;
        }
        // A header that a profile cannot hold is told as such, whatever its name.
        let is_told = text("send_as") == Some("request_header") && !is_open_header(name);
        if !is_told && (is_secret_name(name) || is_followed(value.trim())) {
            say(TOOL, &format!("{name} is a secret or a reference and left out"));
            return None;
        }
        let place = text("send_as").unwrap_or_default().to_owned();
        Some(Pair { name: name.to_owned(), value: value.to_owned(), place })
    };
    rows.iter().filter_map(row).collect()
}
