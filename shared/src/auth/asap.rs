//! Atlassian Service to Service Authentication (ASAP, s2sauth.bitbucket.io): a short-lived JWT for each request.

use crate::error::{AuthProblem, Error};
use crate::key::{DataUri, PrivateKey};
use crate::moment::Moment;
use crate::request::Request;

use super::claims::Object;
use super::json_token::{object, steps, unknown};
use super::jws::{Algorithm, Signer};
use super::outcome::{Exposure, Signed};
use super::parameters::Parameter;
use super::placement::Placement;
use super::scheme::{ChallengeOption, Layers, Signs, Table};

const ALG: Parameter =
    Parameter::word("alg", Algorithm::ASAP).default("RS256").short("The algorithm that signs the token");
const KID: Parameter = Parameter::identifier("kid").short("The key's id").more("The server's key repository knows it");
const ISS: Parameter = Parameter::identifier("iss").short("The issuer").more("The service that makes the token");
const AUD: Parameter = Parameter::identifier("aud").short("The audience").more("The service that the token is for");
const SUB: Parameter = Parameter::identifier("sub")
    .default("the issuer")
    .short("The subject")
    .more("The user or service on whose behalf the request is made");
const EXP: Parameter = Parameter::duration("exp")
    .default("1h")
    .short("Time for which the token is valid")
    .more("The claims may set the time itself");
const CLAIMS: Parameter = Parameter::identifier("claims")
    .default("{}")
    .short("More claims, a JSON object")
    .more("They go before the parameters");
const PRIVATE_KEY: Parameter = Parameter::secret("privateKey")
    .short("The private key")
    .more("In PEM, or as data:application/pkcs8;kid=ID;base64,DER");

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "asap",
    aliases: &[],
    about: "Atlassian's service-to-service tokens (ASAP)",
    examples: "  echo https://service.example.com/v1 |
      sign asap --iss my-service --kid my-service/key-1 --aud service \\
      --private-key file:key.pem --to curl-config | curl -K -
  sign asap --iss my-service --kid my-service/key-1 --aud service --exp 60 \\
      --private-key env:ASAP_KEY --claims '{\"sub\":\"alice\"}' < requests.ndjson",
    parameters: &[ALG, KID, ISS, AUD, SUB, EXP, CLAIMS, PRIVATE_KEY],
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(Asap::new(layers)?)),
};

/// The parts of a token that stay the same from request to request.
#[derive(Debug)]
struct Asap {
    signer: Signer,
    header: String,
    /// The claims with `iss`, `sub` and `aud`.
    claims: Object,
    /// The validity of a token in seconds.
    lifetime: u32,
}

impl Asap {
    /// Checks the parameters.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if `kid`, `iss`, `aud` or the key is missing, if the key does not fit the algorithm, or if the
    /// claims are not a JSON object.
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let name = layers.filled(&ALG).unwrap_or("RS256");
        let algorithm = if Algorithm::ASAP.contains(&name) { Algorithm::named(name) } else { None };
        let algorithm = algorithm.ok_or_else(|| unknown(layers, &ALG, Algorithm::ASAP))?;
        let mut claims = object(layers, &CLAIMS)?;
        let kid = match claims.text("kid") {
            Ok(Some(kid)) if !kid.is_empty() => kid,
            Ok(_) => layers.required(&KID)?.expose().to_owned(),
            Err(_) => return Err(layers.bad(&CLAIMS, "not usable: kid is not text")),
        };
        let lifetime = layers.seconds(&EXP)?.unwrap_or(3600);
        if lifetime == 0 {
            return Err(layers.bad(&EXP, "not a duration above 0"));
        }
        let issuer = required(layers, &claims, &ISS)?;
        let audience = required(layers, &claims, &AUD)?;
        let subject = match (filled(&claims, SUB.key), layers.filled(&SUB)) {
            (Some(json), _) => json.to_owned(),
            (None, Some(text)) => serde_json::Value::from(text).to_string(),
            (None, None) => issuer.clone(),
        };
        claims.set("iss", &issuer);
        claims.set("sub", &subject);
        claims.set("aud", &audience);
        let mut header = Object::default();
        header.set_text("alg", name);
        header.set_text("kid", &kid);
        let key = private_key(layers.required(&PRIVATE_KEY)?.expose(), &kid);
        let signer = key.and_then(|key| Signer::with_private_key(algorithm, key));
        Ok(Self {
            signer: signer.map_err(|problem| layers.bad(&PRIVATE_KEY, problem))?,
            header: header.as_json().to_owned(),
            claims,
            lifetime,
        })
    }
}

impl Signs for Asap {
    /// Each request gets a token of its own, because servers refuse a `jti` that they have seen.
    fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        let mut claims = self.claims.clone();
        if claims.get("jti").is_none() {
            claims.set_text("jti", &moment.uuid()?);
        }
        if claims.get("iat").is_none() {
            claims.set("iat", &moment.unix.to_string());
        }
        if claims.get("exp").is_none() {
            claims.set("exp", &moment.unix.saturating_add(i64::from(self.lifetime)).to_string());
        }
        let payload = claims.as_json();
        let jws = self.signer.sign(&self.header, payload, moment).map_err(|problem| Error::Auth {
            scheme: TABLE.name,
            problem: AuthProblem::Parameter { key: PRIVATE_KEY.key, problem: problem.to_string(), in_line: true },
        })?;
        Placement::Header { prefix: "Bearer".to_owned() }.put(request, &jws.compact);
        Ok(steps(&self.header, payload, &jws))
    }

    fn exposure(&self) -> Exposure {
        Exposure::Secret
    }
}

/// Returns the JSON of a claim, or `None` if it is absent or empty.
fn filled<'c>(claims: &'c Object, name: &str) -> Option<&'c str> {
    claims.get(name).filter(|json| *json != "\"\"")
}

/// Returns the claim of that name, or else the parameter, as JSON.
fn required(layers: &Layers<'_>, claims: &Object, parameter: &Parameter) -> Result<String, Error> {
    match filled(claims, parameter.key) {
        Some(json) => Ok(json.to_owned()),
        None => Ok(serde_json::Value::from(layers.required(parameter)?.expose()).to_string()),
    }
}

/// Reads a key in PEM or in a data URI.
///
/// # Errors
/// Returns a text that follows on "privateKey is" if the key cannot be read, or if the data URI has another `kid`.
fn private_key(text: &str, kid: &str) -> Result<PrivateKey, String> {
    let Some(uri) = DataUri::parse(text) else {
        return PrivateKey::from_pem(text).map_err(|problem| problem.to_string());
    };
    let uri = uri.map_err(|problem| problem.to_string())?;
    if uri.kid.as_deref().is_some_and(|own| own != kid) {
        return Err("not the key of that kid: the data URI names another".to_owned());
    }
    PrivateKey::from_pkcs8(&uri.der).map_err(|problem| problem.to_string())
}
