//! OAuth 1.0 (RFC 5849 section 3.2): the base string is built again from the request, and the signature over it checked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use countersign_shared::auth::oauth1::TABLE;
use countersign_shared::auth::oauth1::parameters::{
    CONSUMER_KEY, CONSUMER_SECRET, PRIVATE_KEY, SIGNATURE_METHOD, TOKEN, TOKEN_SECRET,
};
use countersign_shared::auth::scheme::Layers;
use countersign_shared::error::Error;
use countersign_shared::hash::{Algorithm, is_same};
use countersign_shared::headers::is_token;
use countersign_shared::key::public::{Method, PublicKey, Refusal};
use countersign_shared::request::Request;
use countersign_shared::url::Protocol;

use super::form::{Pair, Plus, decoded, encoded, pairs};
use super::verifier::{Invalid, MOST, Verifier, Verifies, taken, too_many};

/// The verifier of the scheme.
pub(super) static VERIFIER: Verifier = Verifier {
    table: &TABLE,
    examples: "  sign verify oauth1 --consumer-key app --consumer-secret env:APP_SECRET \\
      --token-secret env:TOKEN_SECRET signed.ndjson",
    parameters: &[
        taken(SIGNATURE_METHOD, "Take only this method"),
        taken(CONSUMER_KEY, "The expected identifier of the client"),
        taken(CONSUMER_SECRET, "The client's secret").more("For HMAC and PLAINTEXT"),
        taken(TOKEN, "Take only this token"),
        taken(TOKEN_SECRET, "The token's secret").more("For HMAC and PLAINTEXT"),
        taken(PRIVATE_KEY, "The client's public key in PEM, or the private one").more("For the RSA methods"),
    ],
    make: |layers| Ok(Box::new(OAuth1::new(layers)?)),
};

/// The secrets, the key and the expected values.
struct OAuth1 {
    method: Option<String>,
    consumer_key: String,
    token: Option<String>,
    /// Both secrets, encoded, with `&` between; `None` if no consumer secret is given.
    secrets: Option<Zeroizing<String>>,
    key: Option<PublicKey>,
}

/// The places where protocol parameters may be. They must all be in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Header,
    Body,
    Query,
}

/// A parameter with its place, its name and its value, decoded.
struct Parameter {
    place: Place,
    name: Vec<u8>,
    value: Vec<u8>,
}

impl OAuth1 {
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let key = layers.filled(&PRIVATE_KEY).map(|text| match PublicKey::parse(text) {
            Some(key @ PublicKey::Rsa(_)) => Ok(key),
            _ => Err(layers.bad(&PRIVATE_KEY, "not an RSA key in PEM")),
        });
        let key = key.transpose()?;
        let secrets = layers.text(&CONSUMER_SECRET).map(|consumer| {
            let token = layers.text(&TOKEN_SECRET).unwrap_or_default();
            // The `&` is there even if there is no token secret (RFC 5849 section 3.4.2).
            Zeroizing::new(format!("{}&{}", encoded(consumer.as_bytes()), encoded(token.as_bytes())))
        });
        if secrets.is_none() && key.is_none() {
            return Err(layers.missing(&CONSUMER_SECRET));
        }
        Ok(Self {
            method: layers.filled(&SIGNATURE_METHOD).map(str::to_owned),
            consumer_key: layers.required(&CONSUMER_KEY)?.expose().to_owned(),
            token: layers.filled(&TOKEN).map(str::to_owned),
            secrets,
            key,
        })
    }

    fn check_signature(&self, method: &str, signature: &str, base_string: &str) -> Result<(), Invalid> {
        let wrong = |key: &str| {
            Invalid::new("oauth_signature", format!("is not what {key} and this base string make: {base_string}"))
        };
        let needs = |what: &str| Invalid::new("oauth_signature_method", format!("needs {what}, and none is given"));
        if method == "PLAINTEXT" {
            let secrets = self.secrets.as_ref().ok_or_else(|| needs("a consumer secret"))?;
            let is_right = is_same(secrets.as_bytes(), signature.as_bytes());
            return if is_right { Ok(()) } else { Err(Invalid::new("oauth_signature", "is not the two secrets")) };
        }
        let hash = hash(method)?;
        let signature = STANDARD
            .decode(signature)
            .map_err(|_| Invalid::new("oauth_signature", "is not base64 with padding (RFC 4648 section 4)"))?;
        if method.starts_with("HMAC-") {
            let secrets = self.secrets.as_ref().ok_or_else(|| needs("a consumer secret"))?;
            let is_right = is_same(&hash.hmac(secrets.as_bytes(), base_string.as_bytes()), &signature);
            return if is_right { Ok(()) } else { Err(wrong("the secrets")) };
        }
        let key = self.key.as_ref().ok_or_else(|| needs("a key"))?;
        key.check(Method::Pkcs1v15(hash), base_string.as_bytes(), &signature).map_err(|refusal| match refusal {
            Refusal::OtherKey => needs("an RSA key"),
            Refusal::Wrong => wrong("the key"),
        })
    }
}

impl Verifies for OAuth1 {
    // In the order of section 3.2: the parameters, their owner, and the signature over them.
    fn verify(&self, request: &Request<'_>, _: i64) -> Result<(), Invalid> {
        let parameters = collected(request)?;
        let protocol = Own::of(&parameters)?;
        let method = protocol.required("oauth_signature_method")?;
        if self.method.as_ref().is_some_and(|expected| *expected != method) {
            return Err(Invalid::new("oauth_signature_method", "is not the one that was given"));
        }
        if protocol.required("oauth_consumer_key")? != self.consumer_key {
            return Err(Invalid::new("oauth_consumer_key", "is another one"));
        }
        if self.token.as_ref().is_some_and(|token| protocol.get("oauth_token").as_ref() != Some(token)) {
            return Err(Invalid::new("oauth_token", "is another one"));
        }
        // The version may be left out, but if it is there it has to be 1.0 (RFC 5849 section 3.1).
        if protocol.get("oauth_version").is_some_and(|version| version != "1.0") {
            return Err(Invalid::new("oauth_version", "is not 1.0"));
        }
        // PLAINTEXT may go without time and nonce, because it signs neither (RFC 5849 section 3.1).
        if method != "PLAINTEXT" {
            let timestamp = protocol.required("oauth_timestamp")?;
            if timestamp.is_empty() || !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(Invalid::new("oauth_timestamp", "is not a positive whole number"));
            }
            protocol.required("oauth_nonce")?;
        }
        let base_string = base_string(request, &parameters);
        self.check_signature(&method, &protocol.required("oauth_signature")?, &base_string)?;
        check_body_hash(&method, &protocol, request)
    }
}

fn hash(method: &str) -> Result<Algorithm, Invalid> {
    match method {
        "HMAC-SHA1" | "RSA-SHA1" => Ok(Algorithm::Sha1),
        "HMAC-SHA256" | "RSA-SHA256" => Ok(Algorithm::Sha256),
        "HMAC-SHA512" | "RSA-SHA512" => Ok(Algorithm::Sha512),
        _ => Err(Invalid::new("oauth_signature_method", "is not one that is known")),
    }
}

/// The protocol parameters, which are all in one place.
struct Own<'p>(Vec<&'p Parameter>);

impl<'p> Own<'p> {
    fn of(parameters: &'p [Parameter]) -> Result<Self, Invalid> {
        let own: Vec<&Parameter> = parameters.iter().filter(|p| p.name.starts_with(b"oauth_")).collect();
        let Some(first) = own.first() else {
            return Err(Invalid::new("parameters", "there are no oauth_ parameters in header, body or query"));
        };
        if own.len() > MOST {
            return Err(too_many("parameters"));
        }
        if own.iter().any(|parameter| parameter.place != first.place) {
            return Err(Invalid::new("parameters", "the oauth_ parameters are in more than one place (section 3.5)"));
        }
        // Each name is compared with all before it. The limit above keeps that cheap.
        for (index, parameter) in own.iter().enumerate() {
            if own.iter().take(index).any(|earlier| earlier.name == parameter.name) {
                let name = String::from_utf8_lossy(&parameter.name);
                return Err(Invalid::new("parameters", format!("{name} is there twice")));
            }
        }
        Ok(Self(own))
    }

    fn get(&self, name: &str) -> Option<String> {
        let found = self.0.iter().find(|parameter| parameter.name == name.as_bytes())?;
        Some(String::from_utf8_lossy(&found.value).into_owned())
    }

    fn required(&self, name: &'static str) -> Result<String, Invalid> {
        self.get(name).ok_or_else(|| Invalid::new(name, "is missing"))
    }
}

/// Returns all parameters of the request (section 3.4.1.3.1).
fn collected(request: &Request<'_>) -> Result<Vec<Parameter>, Invalid> {
    let mut parameters = Vec::new();
    let mut take = |place, pairs: Vec<Pair>| {
        parameters.extend(pairs.into_iter().map(|(name, value)| Parameter { place, name, value }));
    };
    take(Place::Query, pairs(request.url.query().unwrap_or_default().as_bytes()));
    let header = request.headers.iter().filter(|header| header.is("Authorization"));
    for value in header.filter_map(|header| header.value.split_once(' ')) {
        if value.0.eq_ignore_ascii_case("OAuth") {
            take(Place::Header, header_pairs(value.1)?);
        }
    }
    // Only a form is signed with the parameters (RFC 5849 section 3.4.1.3.1). Other bodies have `oauth_body_hash`.
    if is_form(request) {
        take(Place::Body, pairs(request.body.sent()));
    }
    Ok(parameters)
}

fn is_form(request: &Request<'_>) -> bool {
    let value = request.headers.get("Content-Type").unwrap_or_default();
    let (kind, _) = value.split_once(';').unwrap_or((value, ""));
    kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Returns names and values of the header (section 3.5.1), without the realm.
fn header_pairs(text: &str) -> Result<Vec<Pair>, Invalid> {
    let broken = || Invalid::new("Authorization", "is not a list of name=\"value\" with commas between");
    let mut pairs = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").filter(|(name, _)| is_token(name.trim())).ok_or_else(broken)?;
        let end = closing_quote(after).ok_or_else(broken)?;
        let (value, after) = (after.split_at(end).0, after.split_at(end + 1).1);
        if !name.trim().eq_ignore_ascii_case("realm") {
            // A plus sign means itself here: the header encodes a space as `%20` (RFC 5849 section 3.6).
            pairs.push((decoded(name.trim().as_bytes(), Plus::Itself), decoded(value.as_bytes(), Plus::Itself)));
        }
        rest = after.trim_start();
        match rest.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None if rest.is_empty() => {}
            None => return Err(broken()),
        }
    }
    Ok(pairs)
}

/// Returns the index of the quote that ends a quoted string. A quote behind a backslash does not end it.
fn closing_quote(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.bytes().position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    })
}

/// Returns the signature base string (section 3.4.1.1).
fn base_string(request: &Request<'_>, parameters: &[Parameter]) -> String {
    // The signature cannot cover itself (RFC 5849 section 3.4.1.3.1).
    let signed = parameters.iter().filter(|parameter| parameter.name != b"oauth_signature");
    let mut pairs: Vec<(String, String)> =
        signed.map(|parameter| (encoded(&parameter.name), encoded(&parameter.value))).collect();
    // The encoded names are sorted, not the plain ones (RFC 5849 section 3.4.1.3.2).
    pairs.sort();
    let normalized: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let (scheme, default) = match request.url.protocol() {
        Protocol::Http => ("http", ":80"),
        Protocol::Https => ("https", ":443"),
    };
    let mut host = request.host().to_lowercase();
    // A default port is not signed, whether or not the header names it (RFC 5849 section 3.4.1.2).
    if host.ends_with(default) {
        host.truncate(host.len() - default.len());
    }
    let target = request.url.target();
    let path = target.split('?').next().unwrap_or_default();
    [request.method.to_uppercase(), format!("{scheme}://{host}{path}"), normalized.join("&")]
        .map(|part| encoded(part.as_bytes()))
        .join("&")
}

/// Checks `oauth_body_hash` (draft-eaton-oauth-bodyhash), the hash of a body that is not a form with the method's own digest.
fn check_body_hash(method: &str, protocol: &Own<'_>, request: &Request<'_>) -> Result<(), Invalid> {
    let Some(said) = protocol.get("oauth_body_hash") else { return Ok(()) };
    if is_form(request) {
        return Err(Invalid::new("oauth_body_hash", "is there for a form"));
    }
    if method == "PLAINTEXT" {
        return Err(Invalid::new("oauth_body_hash", "is there though PLAINTEXT has no digest"));
    }
    let hash = STANDARD.encode(hash(method)?.digest(request.body.sent()));
    if said == hash { Ok(()) } else { Err(Invalid::new("oauth_body_hash", "is not that of the body")) }
}
