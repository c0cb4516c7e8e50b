//! Checks the claims of an ID token (`OpenID` Connect Core 1.0 sections 3.1.3.7 and 3.2.2.9). Its signature is not verified:
//! the token endpoint sends it over TLS (section 3.1.3.7 allows that), and this tool does not use it to prove who the user is.

use base64::Engine as _;
use serde_json::{Map, Value};

use countersign_shared::encode::BASE64_URL;
use countersign_shared::error::Error;
use countersign_shared::hash::Algorithm;
use countersign_shared::oauth::Token;

/// The way by which the ID token came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// From the token endpoint, over TLS.
    TokenEndpoint,
    /// Through the browser, which anybody can make come back with another one (section 3.2.2.11).
    Browser,
}

/// The values of the request that the ID token must repeat. `None` is not checked.
pub(crate) struct Claims<'e> {
    pub(crate) nonce: Option<&'e str>,
    pub(crate) issuer: Option<&'e str>,
    pub(crate) client_id: Option<&'e str>,
    /// Seconds since 1970.
    pub(crate) now: i64,
    pub(crate) source: Source,
}

/// Checks the ID token that came with an access token; without one there is nothing to check.
///
/// # Errors
/// Returns [`Error::Failed`] if it was issued for another client, request or access token, or by another issuer.
pub(crate) fn check(token: &Token, expected: &Claims<'_>) -> Result<(), Error> {
    let Some(id_token) = &token.id_token else { return Ok(()) };
    let forged = |what: &str| Error::Failed(format!("the ID token is not for this request: {what}"));
    let (header, claims) = parts(id_token.expose()).ok_or_else(|| forged("it is not a JWT"))?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if expected.nonce.is_some() && text("nonce") != expected.nonce {
        return Err(forged("another nonce"));
    }
    if claims.get("exp").and_then(seconds).is_none_or(|end| end <= expected.now) {
        return Err(forged("it has expired, or does not say when it does"));
    }
    // The algorithm `none` is never allowed through the browser (OpenID Connect Core section 2).
    if expected.source == Source::Browser && header.get("alg").and_then(Value::as_str).is_none_or(is_unsigned) {
        return Err(forged("it is not signed"));
    }
    if expected.issuer.is_some() && text("iss") != expected.issuer {
        return Err(forged("another issuer"));
    }
    if expected.client_id.is_some_and(|client_id| !is_audience(claims.get("aud"), client_id)) {
        return Err(forged("another audience"));
    }
    // An authorized party that is named has to be this client (section 3.1.3.7, 5).
    if text("azp").is_some() && expected.client_id.is_some() && text("azp") != expected.client_id {
        return Err(forged("another authorized party"));
    }
    match text("at_hash") {
        // Only the hash binds an access token that comes through the browser to the ID token (section 3.2.2.9).
        None if expected.source == Source::Browser => Err(forged("it names no access token")),
        Some(at_hash) if Some(at_hash) != hash_of(&header, token.access_token.expose()).as_deref() => {
            Err(forged("another access token"))
        }
        _ => Ok(()),
    }
}

/// Returns the whole seconds of a date, which may have a fraction (RFC 7519 section 2, `NumericDate`).
fn seconds(date: &Value) -> Option<i64> {
    date.as_i64().or_else(|| date.as_f64().filter(|date| date.is_finite()).map(|date| date as i64))
}

fn is_unsigned(alg: &str) -> bool {
    alg.eq_ignore_ascii_case("none")
}

fn parts(jwt: &str) -> Option<(Map<String, Value>, Map<String, Value>)> {
    let mut parts = jwt.split('.');
    let mut next = || serde_json::from_slice(&BASE64_URL.decode(parts.next()?.trim_end_matches('=')).ok()?).ok();
    Some((next()?, next()?))
}

fn is_audience(aud: Option<&Value>, client_id: &str) -> bool {
    match aud {
        Some(Value::String(one)) => one == client_id,
        Some(Value::Array(many)) => many.iter().any(|one| one.as_str() == Some(client_id)),
        _ => false,
    }
}

/// Returns `at_hash`: the left half of the access token's digest, with the hash of the ID token's own algorithm (section
/// 3.1.3.6).
fn hash_of(header: &Map<String, Value>, access_token: &str) -> Option<String> {
    let alg = header.get("alg").and_then(Value::as_str)?;
    let algorithm = match alg.get(2..) {
        Some("256") => Algorithm::Sha256,
        Some("384") => Algorithm::Sha384,
        // Ed25519 signs with SHA-512.
        Some("512" | "DSA") => Algorithm::Sha512,
        _ => return None,
    };
    let digest = algorithm.digest(access_token.as_bytes());
    Some(BASE64_URL.encode(digest.get(..digest.len() / 2)?))
}
