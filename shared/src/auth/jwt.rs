//! JSON Web Tokens made for the request (RFC 7519), signed and put where a bearer token goes.

use std::sync::OnceLock;

use base64::Engine as _;
use zeroize::Zeroizing;

use crate::encode::BASE64_READ;
use crate::error::{AuthProblem, Error};
use crate::key::PrivateKey;
use crate::moment::Moment;
use crate::request::Request;

use super::json_token::{object, steps, unknown};
use super::jws::{Algorithm, Jws, Signer};
use super::outcome::{Exposure, Signed};
use super::parameters::{HEADER_PREFIX, Parameter};
use super::placement::Placement;
use super::scheme::{ChallengeOption, Layers, Signs, Table};

/// The algorithm.
pub const ALGORITHM: Parameter = Parameter::word("algorithm", Algorithm::NAMES)
    .short("The algorithm that signs the token")
    .more("It goes before alg in the header");
/// The shared secret.
pub const SECRET: Parameter = Parameter::secret("secret").short("The shared secret").more("For HS256, HS384 and HS512");
/// The flag for a secret in base64.
pub const IS_SECRET_BASE64_ENCODED: Parameter =
    Parameter::flag("isSecretBase64Encoded").default("false").short("The secret is bytes, given in base64");
/// The private key.
pub const PRIVATE_KEY: Parameter = Parameter::secret("privateKey")
    .short("The private key in PEM")
    .more("PKCS#8, PKCS#1 or SEC1, for the other algorithms");
const PAYLOAD: Parameter =
    Parameter::identifier("payload").default("{}").short("The claims, a JSON object").more("Nothing is added to them");
const HEADER: Parameter = Parameter::identifier("header")
    .default("{}")
    .short("The token's header, a JSON object")
    .more("Only alg is added to it");
/// The place of the token.
pub const ADD_TOKEN_TO: Parameter =
    Parameter::word("addTokenTo", &["header", "queryParam"]).default("header").short("The place of the token");
/// The name of the query parameter.
pub const QUERY_PARAM_KEY: Parameter =
    Parameter::text("queryParamKey").default("token").short("The query parameter's name");

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "jwt",
    aliases: &[],
    about: "A JSON Web Token, made and signed here (RFC 7519)",
    examples: "  echo https://api.example.com/me |
      sign jwt --algorithm HS256 --secret env:SECRET \\
      --payload '{\"sub\":\"alice\"}' --to curl-config | curl -K -
  echo https://api.example.com/me |
      sign jwt --algorithm ES256 --private-key file:key.pem \\
      --header '{\"kid\":\"key-1\"}' --payload file:claims.json \\
      --add-token-to queryParam --to url",
    parameters: &[
        ALGORITHM,
        SECRET,
        IS_SECRET_BASE64_ENCODED,
        PRIVATE_KEY,
        PAYLOAD,
        HEADER,
        ADD_TOKEN_TO,
        HEADER_PREFIX,
        QUERY_PARAM_KEY,
    ],
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(Jwt::new(layers)?)),
};

/// A token that is signed once, and its place in requests.
#[derive(Debug)]
struct Jwt {
    signer: Signer,
    header: String,
    payload: String,
    placement: Placement,
    /// The signed token. Nothing in it depends on the request or the time, so it is signed at the first request only.
    signed: OnceLock<Jws>,
}

impl Jwt {
    /// Checks the parameters.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the algorithm or its key is missing or not usable, or if header or payload is not a JSON
    /// object.
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let name = layers.required(&ALGORITHM)?.expose();
        let algorithm = Algorithm::named(name).ok_or_else(|| unknown(layers, &ALGORITHM, Algorithm::NAMES))?;
        let mut header = object(layers, &HEADER)?;
        // A header that names another algorithm than the one that signs could not be verified.
        header.set_text("alg", name);
        let placement = match layers.filled(&ADD_TOKEN_TO) {
            None | Some("header") => {
                Placement::Header { prefix: layers.text(&HEADER_PREFIX).unwrap_or("Bearer").to_owned() }
            }
            Some("queryParam") => {
                Placement::Query { key: layers.filled(&QUERY_PARAM_KEY).unwrap_or("token").to_owned() }
            }
            Some(_) => return Err(layers.bad(&ADD_TOKEN_TO, "neither header nor queryParam")),
        };
        Ok(Self {
            signer: signer(layers, algorithm)?,
            header: header.as_json().to_owned(),
            payload: object(layers, &PAYLOAD)?.as_json().to_owned(),
            placement,
            signed: OnceLock::new(),
        })
    }
}

impl Signs for Jwt {
    fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        let jws = match self.signed.get() {
            Some(jws) => jws,
            None => {
                let signed = self.signer.sign(&self.header, &self.payload, moment).map_err(|problem| Error::Auth {
                    scheme: TABLE.name,
                    problem: AuthProblem::Parameter {
                        key: PRIVATE_KEY.key,
                        problem: problem.to_string(),
                        in_line: true,
                    },
                })?;
                self.signed.get_or_init(|| signed)
            }
        };
        self.placement.put(request, &jws.compact);
        Ok(steps(&self.header, &self.payload, jws))
    }

    fn exposure(&self) -> Exposure {
        Exposure::Secret
    }
}

fn signer(layers: &Layers<'_>, algorithm: Algorithm) -> Result<Signer, Error> {
    let Algorithm::Hs(digest) = algorithm else {
        let key = PrivateKey::from_pem(layers.required(&PRIVATE_KEY)?.expose());
        let key = key.map_err(|problem| layers.bad(&PRIVATE_KEY, problem.to_string()))?;
        return Signer::with_private_key(algorithm, key).map_err(|problem| layers.bad(&PRIVATE_KEY, problem));
    };
    let secret = layers.required(&SECRET)?.expose();
    let secret = if layers.flag(&IS_SECRET_BASE64_ENCODED)? {
        decoded(secret).ok_or_else(|| layers.bad(&SECRET, "not base64"))?
    } else {
        Zeroizing::new(secret.as_bytes().to_vec())
    };
    let needed = digest.algorithm().digest(b"").len();
    if secret.len() < needed {
        // Servers that take such secrets exist, so it is signed.
        layers.session.warn(format!(
            "jwt: the secret has fewer than the {needed} bytes that HS{} needs, so it can be guessed (RFC 7518 section 3.2)",
            needed * 8
        ));
    }
    Ok(Signer::with_secret(digest, secret))
}

/// Decodes base64 or base64url, with or without padding, since consoles show secrets in either form.
fn decoded(secret: &str) -> Option<Zeroizing<Vec<u8>>> {
    let plain = |c: char| match c {
        '-' => '+',
        '_' => '/',
        other => other,
    };
    let text: Zeroizing<String> = Zeroizing::new(secret.trim().chars().map(plain).collect());
    BASE64_READ.decode(text.as_bytes()).ok().map(Zeroizing::new)
}
