//! Checks the claims of an ID token (`OpenID` Connect Core 1.0 sections 3.1.3.7, 3.2.2.9 and 3.3.2.9). Where it comes from the
//! token endpoint, TLS stands for its signature (section 3.1.3.7, 6); where it comes through the browser, [`signature`] checks it.

pub(crate) mod signature;

use base64::Engine as _;
use serde_json::{Map, Value};

use countersign_shared::encode::BASE64_URL;
use countersign_shared::error::Error;
use countersign_shared::hash::Algorithm;
use countersign_shared::oauth::token::{jwt, seconds};
use countersign_shared::secret::Secret;
use countersign_shared::terminal;

use crate::discovery::is_template_of;

/// The way by which the ID token came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// From the token endpoint, over TLS.
    TokenEndpoint,
    /// Through the browser, which anybody can make come back with another one (section 3.2.2.11).
    Browser,
}

/// The thing besides the nonce that binds the answer to the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proved {
    /// PKCE, which protects as the nonce does (RFC 9700 section 2.1.1): some servers leave the nonce out.
    ByVerifier,
    /// Nothing.
    ByNonceAlone,
}

/// An ID token that was checked.
pub(crate) struct Checked {
    pub(crate) header: Map<String, Value>,
    pub(crate) claims: Map<String, Value>,
}

/// The values of the request that the ID token must repeat. `None` is not checked.
pub(crate) struct Claims<'e> {
    pub(crate) nonce: Option<&'e str>,
    pub(crate) proof: Proved,
    pub(crate) issuer: Option<&'e str>,
    pub(crate) client_id: Option<&'e str>,
    /// Seconds since 1970.
    pub(crate) now: i64,
    pub(crate) source: Source,
}

/// The values of the same answer, to each of which a hash in the ID token binds it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Bound<'b> {
    pub(crate) access_token: Option<&'b Secret>,
    pub(crate) code: Option<&'b str>,
}

/// Checks the claims of an ID token and returns them.
///
/// # Errors
/// Returns [`Error::Failed`] if it was issued for another client, request, access token or code, by another issuer, or is over.
pub(crate) fn check(id_token: &Secret, bound: Bound<'_>, expected: &Claims<'_>) -> Result<Checked, Error> {
    let forged = |what: &str| Error::Failed(format!("the ID token is not for this request: {what}"));
    let (header, claims) = jwt(id_token.expose()).ok_or_else(|| forged("it is not a JWT"))?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    match (expected.nonce, claims.get("nonce")) {
        (Some(_), None) if expected.proof == Proved::ByVerifier && expected.source == Source::TokenEndpoint => {
            log::warn!("the ID token has no nonce; PKCE binds it to this sign-in (--auth-param nonce= asks for none)");
        }
        (Some(_), _) if text("nonce") != expected.nonce => return Err(forged("another nonce")),
        _ => {}
    }
    if claims.get("exp").and_then(seconds).is_none_or(|end| end <= expected.now) {
        return Err(forged("it has expired, or does not say when it does"));
    }
    if let Some(issuer) = expected.issuer {
        // An issuer with a placeholder stands for one of many tenants, which the token names.
        let named = text("iss").unwrap_or_default();
        if named != issuer && !is_template_of(issuer, named) {
            return Err(forged(&format!("another issuer ({}, not {issuer})", terminal::clean(named))));
        }
    }
    if expected.client_id.is_some_and(|client_id| !is_audience(claims.get("aud"), client_id)) {
        return Err(forged("another audience"));
    }
    // An authorized party that is named has to be this client (section 3.1.3.7, 5). Through the browser one has to be named if
    // the token is for others too (3.1.3.7, 4): it could be one that was made for them.
    match claims.get("azp") {
        Some(azp) if expected.client_id.is_some() && azp.as_str() != expected.client_id => {
            return Err(forged("another authorized party"));
        }
        None if expected.source == Source::Browser && is_for_several(claims.get("aud")) => {
            return Err(forged("it is for several audiences and names no authorized party"));
        }
        _ => {}
    }
    for (name, value) in [("at_hash", bound.access_token.map(Secret::expose)), ("c_hash", bound.code)] {
        let Some(value) = value else { continue };
        match claims.get(name) {
            // Only the hash binds what comes through the browser to the ID token (sections 3.2.2.9 and 3.3.2.10).
            None if expected.source == Source::Browser => return Err(forged(&format!("it has no {name}"))),
            Some(hash) if hash.as_str().is_none() || hash.as_str() != hash_of(&header, value).as_deref() => {
                return Err(forged(&format!("its {name} is another's")));
            }
            _ => {}
        }
    }
    Ok(Checked { header, claims })
}

/// Checks that the ID token of the token endpoint is about the same user as the one before it (section 3.3.3.6).
///
/// # Errors
/// Returns [`Error::Failed`] if issuer or subject differ.
pub(crate) fn check_same(first: &Map<String, Value>, second: &Map<String, Value>) -> Result<(), Error> {
    match ["iss", "sub"].iter().find(|name| first.get(**name) != second.get(**name)) {
        None => Ok(()),
        Some(name) => Err(Error::Failed(format!("the two ID tokens of this sign-in differ in {name}"))),
    }
}

fn is_for_several(aud: Option<&Value>) -> bool {
    aud.and_then(Value::as_array).is_some_and(|many| many.len() > 1)
}

fn is_audience(aud: Option<&Value>, client_id: &str) -> bool {
    match aud {
        Some(Value::String(one)) => one == client_id,
        Some(Value::Array(many)) => many.iter().any(|one| one.as_str() == Some(client_id)),
        _ => false,
    }
}

/// Returns `at_hash` or `c_hash`: the left half of the value's digest, with the hash of the ID token's own algorithm (sections
/// 3.1.3.6 and 3.3.2.11).
fn hash_of(header: &Map<String, Value>, value: &str) -> Option<String> {
    let alg = header.get("alg").and_then(Value::as_str)?;
    let algorithm = match alg.get(2..) {
        Some("256") => Algorithm::Sha256,
        Some("384") => Algorithm::Sha384,
        // Ed25519 signs with SHA-512.
        Some("512" | "DSA" | "25519") => Algorithm::Sha512,
        _ => return None,
    };
    let digest = algorithm.digest(value.as_bytes());
    Some(BASE64_URL.encode(digest.get(..digest.len() / 2)?))
}
