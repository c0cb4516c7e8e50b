//! JSON Web Tokens (RFC 7519): the signature is checked over the token's own text, then the times of its validity.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use countersign_shared::auth::jwt::TABLE;
use countersign_shared::auth::jwt::{
    ADD_TOKEN_TO, ALGORITHM, IS_SECRET_BASE64_ENCODED, PRIVATE_KEY, QUERY_PARAM_KEY, SECRET,
};
use countersign_shared::auth::parameters::HEADER_PREFIX;
use countersign_shared::auth::scheme::Layers;
use countersign_shared::error::Error;
use countersign_shared::hash::{Algorithm, is_same};
use countersign_shared::key::public::{Method, PublicKey, Refusal};
use countersign_shared::request::Request;

use super::verifier::{Invalid, Verifier, Verifies, taken};

/// The verifier of the scheme.
pub(super) static VERIFIER: Verifier = Verifier {
    table: &TABLE,
    examples: "  sign verify jwt --private-key file:public.pem signed.ndjson",
    parameters: &[
        taken(ALGORITHM, "Take only this algorithm").more("Without it, those of the given key"),
        taken(SECRET, "The expected secret").more("For HS256, HS384 and HS512"),
        taken(IS_SECRET_BASE64_ENCODED, "The secret is bytes, given in base64"),
        taken(PRIVATE_KEY, "The public key in PEM, or the private one").more("For the other algorithms"),
        taken(ADD_TOKEN_TO, "The place of the token"),
        taken(HEADER_PREFIX, "The word before the token"),
        taken(QUERY_PARAM_KEY, "The query parameter's name"),
    ],
    make: |layers| Ok(Box::new(Jwt::new(layers)?)),
};

/// The keys and the expected values.
struct Jwt {
    algorithm: Option<String>,
    secret: Option<Zeroizing<Vec<u8>>>,
    key: Option<PublicKey>,
    place: Place,
}

/// The place of the token.
enum Place {
    /// The `Authorization` header.
    Header { prefix: String },
    /// A parameter of the query.
    Query { key: String },
}

/// The way in which a signature is checked.
enum Check {
    /// By an HMAC with the secret.
    Secret(Algorithm),
    /// With the public key.
    Key(Method),
}

impl Jwt {
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let algorithm = layers.filled(&ALGORITHM).map(str::to_owned);
        let key = layers.filled(&PRIVATE_KEY).map(|text| {
            PublicKey::parse(text).ok_or_else(|| {
                layers.bad(&PRIVATE_KEY, "not a key in PEM that is known (RSA, P-256, P-384, P-521 and Ed25519 are)")
            })
        });
        let key = key.transpose()?;
        let secret = match layers.filled(&SECRET) {
            Some(secret) if layers.flag(&IS_SECRET_BASE64_ENCODED)? => {
                Some(bytes(secret).ok_or_else(|| layers.bad(&SECRET, "not base64"))?)
            }
            Some(secret) => Some(Zeroizing::new(secret.as_bytes().to_vec())),
            None if key.is_none() => return Err(layers.missing(&SECRET)),
            None => None,
        };
        let place = match layers.filled(&ADD_TOKEN_TO) {
            Some("queryParam") => Place::Query { key: layers.filled(&QUERY_PARAM_KEY).unwrap_or("token").to_owned() },
            _ => Place::Header { prefix: layers.text(&HEADER_PREFIX).unwrap_or("Bearer").to_owned() },
        };
        Ok(Self { algorithm, secret, key, place })
    }

    fn token(&self, request: &Request<'_>) -> Result<String, Invalid> {
        match &self.place {
            Place::Header { prefix } => {
                let mut values = request.headers.iter().filter(|header| header.is("Authorization"));
                let (Some(header), None) = (values.next(), values.next()) else {
                    return Err(Invalid::new("Authorization", "is not there once"));
                };
                let rest = header.value.strip_prefix(prefix.as_str());
                let rest = if prefix.is_empty() { rest } else { rest.and_then(|rest| rest.strip_prefix(' ')) };
                rest.map(str::to_owned).ok_or_else(|| Invalid::new("Authorization", "does not begin with the prefix"))
            }
            Place::Query { key } => {
                let pairs = super::form::pairs(request.url.query().unwrap_or_default().as_bytes());
                let mut tokens = pairs.into_iter().filter(|(name, _)| name == key.as_bytes());
                match (tokens.next(), tokens.next()) {
                    (Some((_, token)), None) => Ok(String::from_utf8_lossy(&token).into_owned()),
                    _ => Err(Invalid::new("query", "does not have the token's parameter once")),
                }
            }
        }
    }

    fn check(&self, header: &Map<String, Value>) -> Result<Check, Invalid> {
        let name = header.get("alg").and_then(Value::as_str).ok_or_else(|| Invalid::new("header", "has no alg"))?;
        if self.algorithm.as_deref().is_some_and(|expected| expected != name) {
            return Err(Invalid::new("header", "alg is not the one that was given"));
        }
        if header.contains_key("crit") {
            return Err(Invalid::new("header", "crit names extensions, and none is known (RFC 7515 section 4.1.11)"));
        }
        match name {
            "HS256" => Ok(Check::Secret(Algorithm::Sha256)),
            "HS384" => Ok(Check::Secret(Algorithm::Sha384)),
            "HS512" => Ok(Check::Secret(Algorithm::Sha512)),
            // The algorithm `none` is no method either.
            _ => Method::named(name)
                .map(Check::Key)
                .ok_or_else(|| Invalid::new("header", "alg is not one that is known, or none")),
        }
    }
}

impl Verifies for Jwt {
    // In the order in which a server checks: the token, its header, its signature, its claims.
    fn verify(&self, request: &Request<'_>, now: i64) -> Result<(), Invalid> {
        let token = self.token(request)?;
        let parts: Vec<&str> = token.split('.').collect();
        let [header, payload, signature] = parts.as_slice() else {
            return Err(Invalid::new("token", format!("has {} parts, not three", parts.len())));
        };
        let check = self.check(&object("header", header)?)?;
        let signature = URL_SAFE_NO_PAD
            .decode(signature)
            .map_err(|_| Invalid::new("signature", "is not base64url without padding"))?;
        // The signature is over the text as it came. Decoded and encoded again, it could be another text.
        let signed = token.rsplit_once('.').map_or("", |(signed, _)| signed).as_bytes();
        // A public key never serves as an HMAC secret, or whoever knows it could sign (RFC 8725 section 2.1).
        match (check, &self.secret, &self.key) {
            (Check::Secret(algorithm), Some(secret), _) => {
                if !is_same(&algorithm.hmac(secret, signed), &signature) {
                    return Err(Invalid::new("signature", "is not what the secret makes of header and payload"));
                }
            }
            // Whoever has the public key can find the private one: the signature proves nothing.
            (Check::Key(_), _, Some(key)) if key.rsa_bits().is_some_and(|bits| bits < 2048) => {
                return Err(Invalid::new("key", "is an RSA key under 2048 bits (RFC 7518 section 3.3)"));
            }
            (Check::Key(method), _, Some(key)) => match key.check(method, signed, &signature) {
                Ok(()) => {}
                Err(Refusal::OtherKey) => return Err(Invalid::new("header", "alg needs a key of another kind")),
                Err(Refusal::Wrong) => {
                    return Err(Invalid::new("signature", "is not the key's over header and payload"));
                }
            },
            (Check::Secret(_), None, _) => return Err(Invalid::new("header", "alg needs a secret, and none is given")),
            (Check::Key(_), _, None) => return Err(Invalid::new("header", "alg needs a key, and none is given")),
        }
        // The claims are read only now, because before the signature is checked they are anybody's.
        check_times(&object("payload", payload)?, now)
    }
}

/// Decodes a part of the token, base64url of a JSON object.
fn object(step: &'static str, part: &str) -> Result<Map<String, Value>, Invalid> {
    let text = URL_SAFE_NO_PAD.decode(part).map_err(|_| Invalid::new(step, "is not base64url without padding"))?;
    serde_json::from_slice(&text).map_err(|_| Invalid::new(step, "is not a JSON object"))
}

/// Checks `exp` and `nbf` (RFC 7519 sections 4.1.4 and 4.1.5), in seconds since 1970.
fn check_times(claims: &Map<String, Value>, now: i64) -> Result<(), Invalid> {
    let time = |name: &'static str| match claims.get(name) {
        None => Ok(None),
        Some(value) => value.as_f64().map(Some).ok_or_else(|| Invalid::new(name, "is not a number")),
    };
    #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are exact in a double for 285 million years")]
    let now = now as f64;
    // A token is over on the second of `exp` itself, not only after it (RFC 7519 section 4.1.4).
    if time("exp")?.is_some_and(|end| now >= end) {
        return Err(Invalid::new("exp", "has passed"));
    }
    if time("nbf")?.is_some_and(|start| now < start) {
        return Err(Invalid::new("nbf", "is still to come"));
    }
    Ok(())
}

/// Decodes base64 or base64url, with or without padding.
fn bytes(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text = text.trim().trim_end_matches('=');
    STANDARD_NO_PAD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text)).ok().map(Zeroizing::new)
}
