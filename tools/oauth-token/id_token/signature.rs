//! Checks the signature of an ID token that came through the browser (`OpenID` Connect Core 1.0 section 3.2.2.11): anybody can
//! make a browser come back with another one, so only the issuer's key tells that the issuer wrote it.

use base64::Engine as _;
use serde_json::{Map, Value};

use countersign_shared::encode::BASE64_URL;
use countersign_shared::error::Error;
use countersign_shared::hash::{Algorithm, is_same};
use countersign_shared::key::public::{Method, PublicKey};
use countersign_shared::secret::Secret;
use countersign_shared::transport::Transport;
use countersign_shared::url::masked;

use crate::document::{self, Document};

/// The largest number of keys that are read. Issuers publish a handful, and each is tried on a token without `kid`.
const MOST_KEYS: usize = 100;

/// The keys that the signature may be made with.
pub(crate) struct Keys<'k> {
    /// The client's secret, for HS256, HS384 and HS512.
    pub(crate) secret: Option<&'k Secret>,
    /// The URL of the issuer's keys (`jwks_uri`).
    pub(crate) url: &'k dyn Fn() -> Result<String, Error>,
    pub(crate) transport: &'k dyn Transport,
}

/// Checks the signature of a token with this header.
///
/// # Errors
/// Returns [`Error::Failed`] if the token is not signed, or not by one of these keys, or if no key can be had; and
/// [`Error::Network`] if the issuer cannot be asked for its keys.
pub(crate) fn check(id_token: &Secret, header: &Map<String, Value>, keys: &Keys<'_>) -> Result<(), Error> {
    let (signed, signature) = id_token.expose().rsplit_once('.').ok_or_else(|| forged("it is not a JWT"))?;
    // An extension that is not known may change what the signature says (RFC 7515 section 4.1.11).
    if header.contains_key("crit") {
        return Err(forged("its header needs extensions, and none is known"));
    }
    let signature = BASE64_URL.decode(signature).map_err(|_| forged("its signature is not base64url"))?;
    let alg = header.get("alg").and_then(Value::as_str).unwrap_or_default();
    if let Some(algorithm) = hmac(alg) {
        let secret = keys.secret.filter(|secret| !secret.is_empty());
        let secret = secret.ok_or_else(|| forged("it is signed with a client secret, and this client has none"))?;
        // The key is the secret's own bytes (OpenID Connect Core section 10.1).
        let is_right = is_same(&algorithm.hmac(secret.expose().as_bytes(), signed.as_bytes()), &signature);
        return if is_right { Ok(()) } else { Err(forged("its signature is not made with the client secret")) };
    }
    // A public key never serves as a secret, since everybody has it (RFC 8725 section 2.1).
    let method =
        Method::named(alg).ok_or_else(|| forged("it is not signed, or with an algorithm that is not known"))?;
    let is_signed = candidates(header, alg, keys)?
        .iter()
        .filter_map(PublicKey::from_jwk)
        .any(|key| key.check(method, signed.as_bytes(), &signature).is_ok());
    if is_signed { Ok(()) } else { Err(forged("its signature is not the issuer's")) }
}

fn forged(what: &str) -> Error {
    Error::Failed(format!("the ID token is not to be trusted: {what}"))
}

fn hmac(alg: &str) -> Option<Algorithm> {
    match alg {
        "HS256" => Some(Algorithm::Sha256),
        "HS384" => Some(Algorithm::Sha384),
        "HS512" => Some(Algorithm::Sha512),
        _ => None,
    }
}

/// Returns the issuer's keys that the header may mean. If it names a key that is not there, the issuer is asked once more: it
/// may have changed its keys a moment ago, with a cache between (OpenID Connect Core section 10.1.1).
fn candidates(header: &Map<String, Value>, alg: &str, keys: &Keys<'_>) -> Result<Vec<Map<String, Value>>, Error> {
    let url = (keys.url)()?;
    for _ in 0..2 {
        let mut found = fetch(&url, keys.transport)?;
        found.retain(|key| is_meant(key, header, alg));
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Err(forged("the issuer has no such key"))
}

/// Returns true if a key is one that the header may mean (RFC 7517 sections 4.2 to 4.5).
fn is_meant(key: &Map<String, Value>, header: &Map<String, Value>, alg: &str) -> bool {
    let is_or_absent = |name: &str, wanted: &Value| key.get(name).is_none_or(|value| value == wanted);
    let verifies = match key.get("key_ops") {
        None => true,
        Some(operations) => operations.as_array().is_some_and(|all| all.iter().any(|one| one == "verify")),
    };
    // Without `kid` every key that fits is tried: the signature decides.
    header.get("kid").is_none_or(|kid| is_or_absent("kid", kid))
        && is_or_absent("use", &Value::from("sig"))
        && is_or_absent("alg", &Value::from(alg))
        && verifies
}

/// Fetches the issuer's keys (RFC 7517 section 5). What is no object among them is left out.
fn fetch(url: &str, transport: &dyn Transport) -> Result<Vec<Map<String, Value>>, Error> {
    let bad = |problem: String| Error::Failed(format!("{}: the issuer's keys {problem}", masked(url)));
    let mut set = match document::fetch(url, "application/jwk-set+json, application/json", transport)? {
        Document::Found(set) => set,
        Document::Missing(status) => return Err(bad(format!("are not there (HTTP status {status})"))),
    };
    let Some(Value::Array(keys)) = set.remove("keys") else { return Err(bad("are not a JSON Web Key Set".to_owned())) };
    if keys.len() > MOST_KEYS {
        return Err(bad(format!("are more than {MOST_KEYS}")));
    }
    let object = |key| if let Value::Object(key) = key { Some(key) } else { None };
    Ok(keys.into_iter().filter_map(object).collect())
}
