//! Assertions of the grant `jwt_bearer` (RFC 7523): one that somebody else signed, or one that is signed here with the key of a
//! Google service account, of a GitHub App or of any other client.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::moment::Moment;
use crate::secret::{self, Secret};

use super::client::signer_of;
use super::dialect::AssertionPlace;
use super::form::Form;
use super::grant::GrantSettings;

const OPTION: &str = "--key-file";

/// The seconds that an assertion is valid for. Google and GitHub take an hour and ten minutes at most.
const LIFE: i64 = 300;

/// The seconds that an assertion is dated back, for servers whose clock is behind.
const BACK: i64 = 30;

/// A key, and what its file says about it.
struct Key {
    pem: Secret,
    id: Option<String>,
    issuer: Option<String>,
    token_uri: Option<String>,
}

/// Returns the request that presents an assertion.
///
/// # Errors
/// Returns [`Error::Usage`] if there is neither an assertion nor a key, or if the key cannot be used.
pub(super) fn form(grant: &GrantSettings, given: Option<&Secret>, moment: &Moment) -> Result<Form, Error> {
    let (assertion, is_scoped) = match (given, &grant.presented.key_file) {
        (Some(given), _) => (given.clone(), false),
        (None, Some(file)) => signed(grant, Path::new(file), moment)?,
        (None, None) => {
            return Err(Error::Usage("--assertion is missing, or --key-file, with whose key one is signed".to_owned()));
        }
    };
    if grant.presented.assertion_in == AssertionPlace::Header {
        let mut form = grant.extended(Form::default());
        form.set_bearer(&assertion);
        return Ok(form);
    }
    let mut form = Form::of_grant("urn:ietf:params:oauth:grant-type:jwt-bearer");
    form.set_secret("assertion", assertion);
    Ok(grant.extended(if is_scoped { form } else { grant.scoped(form) }))
}

/// Returns the token endpoint that a key's file names, as those of Google do.
///
/// # Errors
/// Returns the error of the file if it cannot be read.
pub fn token_uri(file: &Path) -> Result<Option<String>, Error> {
    Ok(read(file)?.token_uri)
}

/// Signs an assertion, and returns true with it if the scope is in it.
fn signed(grant: &GrantSettings, file: &Path, moment: &Moment) -> Result<(Secret, bool), Error> {
    let key = read(file)?;
    let (algorithm, signer) = signer_of(OPTION, &key.pem)?;
    let mut header = json!({ "alg": algorithm, "typ": "JWT" });
    if let (Some(id), Some(header)) = (grant.key_id.as_ref().or(key.id.as_ref()), header.as_object_mut()) {
        header.insert("kid".to_owned(), id.as_str().into());
    }
    let issuer = grant.client_id.as_ref().or(key.issuer.as_ref());
    let issuer = issuer.ok_or_else(|| Error::Usage("--client-id is missing: the key's file names none".to_owned()))?;
    let audience = grant.endpoints.issuer.as_ref().filter(|_| key.token_uri.is_none());
    let audience = audience.or(key.token_uri.as_ref()).or(grant.endpoints.token.as_ref());
    let mut claims = Map::new();
    claims.insert("iss".to_owned(), issuer.as_str().into());
    claims.insert("aud".to_owned(), audience.map_or("", String::as_str).into());
    claims.insert("iat".to_owned(), moment.unix.saturating_sub(BACK).into());
    claims.insert("exp".to_owned(), moment.unix.saturating_add(LIFE).into());
    // Google wants the scope in the assertion; others read it from the form.
    let is_scoped = key.token_uri.is_some() && grant.scope.is_some();
    if let Some(scope) = grant.scope.as_ref().filter(|_| is_scoped) {
        claims.insert("scope".to_owned(), grant.dialect.scope(scope).into());
    }
    if grant.presented.assertion_in == AssertionPlace::Body && key.token_uri.is_none() {
        claims.insert("jti".to_owned(), moment.nonce(16)?.into());
    }
    for (name, value) in &grant.presented.claims {
        claims.insert(name.clone(), value.as_str().into());
    }
    let signed = signer.sign(&header.to_string(), &Value::Object(claims).to_string(), moment);
    let signed = signed.map_err(|problem| Error::Usage(format!("{OPTION}: {problem}")))?;
    Ok((Secret::new(signed.compact), is_scoped))
}

/// Reads a key: a service account's JSON, or a private key in PEM.
fn read(file: &Path) -> Result<Key, Error> {
    let text = secret::resolve(OPTION, &format!("file:{}", file.display()))?;
    if !text.expose().trim_start().starts_with('{') {
        return Ok(Key { pem: text, id: None, issuer: None, token_uri: None });
    }
    let bad = |problem: &str| Error::Usage(format!("{OPTION} {}: {problem}", file.display()));
    // The parser's message is left out: it could quote the key.
    let object: Map<String, Value> = serde_json::from_str(text.expose()).map_err(|_| bad("is no JSON"))?;
    let member = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    match member("type").as_deref() {
        None | Some("service_account") => {}
        Some(other) => return Err(bad(&format!("is a file of the type {other}, and no service account's key"))),
    }
    let pem = member("private_key").ok_or_else(|| bad("has no private_key: is it a service account's key?"))?;
    Ok(Key {
        pem: Secret::new(pem),
        id: member("private_key_id"),
        issuer: member("client_email"),
        token_uri: member("token_uri"),
    })
}
