//! OAuth 1.0 (RFC 5849), with the SHA-2 methods that providers added and the request body hash
//! (draft-eaton-oauth-bodyhash).

mod base_string;
pub mod parameters;

use std::fmt::Write as _;

use base64::Engine as _;
use zeroize::Zeroizing;

use crate::body::Body;
use crate::encode::{self, BASE64, UNRESERVED};
use crate::error::{AuthProblem, Error};
use crate::hash::Algorithm;
use crate::key::{Digest, PrivateKey, Signature};
use crate::moment::Moment;
use crate::request::Request;
use crate::secret::Secret;
use crate::url::piece_name;

use super::named_token;
use super::outcome::{Exposure, Signed};
use super::parameters::{NONCE, Parameter, TIMESTAMP, Values};
use super::scheme::{ChallengeOption, Layers, Signs, Table};
use base_string::Parameters;

const FORM: &str = "application/x-www-form-urlencoded";
use parameters::{
    ADD_EMPTY_PARAMS_TO_SIGN, ADD_PARAMS_TO_HEADER, CALLBACK, CONSUMER_KEY, CONSUMER_SECRET, DISABLE_HEADER_ENCODING,
    INCLUDE_BODY_HASH, METHODS, PRIVATE_KEY, REALM, SIGNATURE_METHOD, TOKEN, TOKEN_SECRET, VERIFIER, VERSION,
};

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "oauth1",
    aliases: &[],
    about: "OAuth 1.0 (RFC 5849)",
    examples: "  echo https://api.example.com/me |
      sign oauth1 --consumer-key app --consumer-secret env:APP_SECRET \\
      --token env:TOKEN --token-secret env:TOKEN_SECRET \\
      --add-params-to-header --to curl-config | curl -K -
  echo https://api.example.com/me |
      sign oauth1 --token-name photos --to curl-config | curl -K -
  echo https://api.example.com/me |
      sign oauth1 --consumer-key app --signature-method RSA-SHA256 \\
      --private-key file:app.pem --to url",
    parameters: parameters::ALL,
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(OAuth1::new(layers)?)),
};

/// Credentials and settings, ready to sign requests.
#[derive(Debug)]
struct OAuth1 {
    method: Method,
    consumer_key: String,
    token: String,
    callback: String,
    verifier: String,
    timestamp: Option<u64>,
    nonce: Option<String>,
    version: String,
    realm: String,
    body_hash: BodyHash,
    empty: Empty,
    place: Place,
}

/// The signature method (section 3.4).
#[derive(Debug)]
enum Method {
    /// HMAC; the key is both secrets, encoded, with `&` between.
    Hmac(Algorithm, Secret),
    /// RSASSA-PKCS1-v1_5.
    Rsa(Digest, PrivateKey),
    /// No hash: the signature is the key of HMAC itself.
    Plaintext(Secret),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BodyHash {
    Signed,
    Absent,
}

/// The treatment of protocol parameters without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Empty {
    Signed,
    LeftOut,
}

/// The place of the protocol parameters (section 3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The `Authorization` header.
    Header(HeaderEncoding),
    /// The form body of POST and PUT, else the query.
    BodyOrQuery,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HeaderEncoding {
    Percent,
    AsWritten,
}

impl Method {
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        Ok(match layers.filled(&SIGNATURE_METHOD) {
            None | Some("HMAC-SHA1") => Self::Hmac(Algorithm::Sha1, secrets(layers)?),
            Some("HMAC-SHA256") => Self::Hmac(Algorithm::Sha256, secrets(layers)?),
            Some("HMAC-SHA512") => Self::Hmac(Algorithm::Sha512, secrets(layers)?),
            Some("RSA-SHA1") => Self::Rsa(Digest::Sha1, private_key(layers)?),
            Some("RSA-SHA256") => Self::Rsa(Digest::Sha256, private_key(layers)?),
            Some("RSA-SHA512") => Self::Rsa(Digest::Sha512, private_key(layers)?),
            Some("PLAINTEXT") => Self::Plaintext(secrets(layers)?),
            Some(_) => {
                let known = METHODS.join(", ");
                return Err(layers.bad(&SIGNATURE_METHOD, format!("not a method that is known ({known})")));
            }
        })
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Hmac(Algorithm::Sha256, _) => "HMAC-SHA256",
            Self::Hmac(Algorithm::Sha512, _) => "HMAC-SHA512",
            Self::Hmac(..) => "HMAC-SHA1",
            Self::Rsa(Digest::Sha256, _) => "RSA-SHA256",
            Self::Rsa(Digest::Sha512, _) => "RSA-SHA512",
            Self::Rsa(..) => "RSA-SHA1",
            Self::Plaintext(_) => "PLAINTEXT",
        }
    }

    /// Returns the digest of the signature, which hashes the body too. PLAINTEXT has none.
    const fn digest(&self) -> Option<Algorithm> {
        match self {
            Self::Hmac(algorithm, _) => Some(*algorithm),
            Self::Rsa(digest, _) => Some(digest.algorithm()),
            Self::Plaintext(_) => None,
        }
    }

    fn sign(&self, base_string: &str, moment: &Moment) -> Result<Zeroizing<String>, Error> {
        let signature = match self {
            Self::Hmac(algorithm, key) => algorithm.hmac(key.expose().as_bytes(), base_string.as_bytes()),
            Self::Rsa(digest, key) => key
                .sign(Signature::Pkcs1v15(*digest), base_string.as_bytes(), moment)
                .map_err(|problem| bad(&PRIVATE_KEY, problem.to_string()))?,
            Self::Plaintext(key) => return Ok(Zeroizing::new(key.expose().to_owned())),
        };
        Ok(Zeroizing::new(BASE64.encode(signature)))
    }
}

/// Returns both secrets, encoded, with `&` between (section 3.4.2). Either may be empty, but the consumer's must be given.
fn secrets(layers: &Layers<'_>) -> Result<Secret, Error> {
    let consumer = layers.secret(&CONSUMER_SECRET).ok_or_else(|| layers.missing(&CONSUMER_SECRET))?;
    let token = layers.text(&TOKEN_SECRET).unwrap_or_default();
    // Each byte takes three characters at most. A string that had to grow would leave copies of the secrets behind,
    // unwiped.
    let mut key = Zeroizing::new(String::with_capacity(3 * (consumer.expose().len() + token.len()) + 1));
    encode::percent(&mut key, consumer.expose().as_bytes(), &UNRESERVED);
    key.push('&');
    encode::percent(&mut key, token.as_bytes(), &UNRESERVED);
    Ok(Secret::new(std::mem::take(&mut *key)))
}

fn private_key(layers: &Layers<'_>) -> Result<PrivateKey, Error> {
    let key = PrivateKey::from_pem(layers.required(&PRIVATE_KEY)?.expose());
    let key = key.map_err(|problem| layers.bad(&PRIVATE_KEY, problem.to_string()))?;
    match key.rsa_bits() {
        Some(bits) => {
            if bits < 2048 {
                layers.session.warn(format!("oauth1: an RSA key of {bits} bits can be broken; 2048 is the least"));
            }
            Ok(key)
        }
        None => {
            Err(layers.bad(&PRIVATE_KEY, format!("a key for {}; this signatureMethod needs one for RSA", key.kind())))
        }
    }
}

/// Adds the values of a kept token to options. An option that is given replaces the kept value.
fn with_kept(options: &Values, kept: Values) -> Values {
    let mut values = kept;
    for parameter in TABLE.parameters {
        if let Some(value) = options.get(parameter) {
            values.set(parameter, value.clone());
        }
    }
    values
}

fn bad(parameter: &Parameter, problem: String) -> Error {
    Error::Auth { scheme: TABLE.name, problem: AuthProblem::Parameter { key: parameter.key, problem, in_line: true } }
}

impl OAuth1 {
    /// Checks the parameters.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the consumer's key, its secret or the private key is missing, or if a value is unknown.
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        match named_token::named(layers, &TOKEN)? {
            None => Self::given(layers),
            Some(named) => {
                let kept = layers.session.tokens()?.credentials(&named)?;
                let options = with_kept(layers.options, kept);
                Self::given(&Layers { options: &options, ..*layers })
            }
        }
    }

    fn given(layers: &Layers<'_>) -> Result<Self, Error> {
        let text = |parameter: &Parameter| layers.text(parameter).unwrap_or_default().to_owned();
        let encoding =
            if layers.flag(&DISABLE_HEADER_ENCODING)? { HeaderEncoding::AsWritten } else { HeaderEncoding::Percent };
        Ok(Self {
            method: Method::new(layers)?,
            consumer_key: layers.required(&CONSUMER_KEY)?.expose().to_owned(),
            token: text(&TOKEN),
            callback: text(&CALLBACK),
            verifier: text(&VERIFIER),
            timestamp: layers.number(&TIMESTAMP)?,
            nonce: layers.filled(&NONCE).map(str::to_owned),
            version: layers.text(&VERSION).unwrap_or("1.0").to_owned(),
            realm: text(&REALM),
            body_hash: if layers.flag(&INCLUDE_BODY_HASH)? { BodyHash::Signed } else { BodyHash::Absent },
            empty: if layers.flag(&ADD_EMPTY_PARAMS_TO_SIGN)? { Empty::Signed } else { Empty::LeftOut },
            place: if layers.flag(&ADD_PARAMS_TO_HEADER)? { Place::Header(encoding) } else { Place::BodyOrQuery },
        })
    }

    /// Returns the protocol parameters (section 3.1) without the signature, decoded.
    fn protocol_parameters(
        &self,
        request: &Request<'_>,
        is_form: bool,
        moment: &Moment,
    ) -> Result<Vec<(&'static str, String)>, Error> {
        let timestamp = self.timestamp.map_or_else(|| moment.unix.to_string(), |timestamp| timestamp.to_string());
        let mut parameters = vec![
            ("oauth_consumer_key", self.consumer_key.clone()),
            ("oauth_token", self.token.clone()),
            ("oauth_signature_method", self.method.name().to_owned()),
            ("oauth_timestamp", timestamp),
            ("oauth_nonce", self.fresh_nonce(moment)?),
            ("oauth_version", self.version.clone()),
        ];
        if self.empty == Empty::LeftOut {
            parameters.retain(|(_, value)| !value.is_empty());
        }
        // The draft forbids the hash for form bodies, whose parameters are signed themselves.
        if let (BodyHash::Signed, Some(digest), false) = (self.body_hash, self.method.digest(), is_form) {
            parameters.push(("oauth_body_hash", BASE64.encode(digest.digest(request.body.sent()))));
        }
        let given = [("oauth_callback", &self.callback), ("oauth_verifier", &self.verifier)];
        parameters.extend(given.into_iter().filter(|(_, value)| !value.is_empty()).map(|(n, v)| (n, v.clone())));
        Ok(parameters)
    }

    fn fresh_nonce(&self, moment: &Moment) -> Result<String, Error> {
        match (moment.fixed_nonce(), &self.nonce) {
            (None, Some(nonce)) => Ok(nonce.clone()),
            // Twelve bytes are 24 characters. Servers that use oauthlib take 20 to 30 by default.
            _ => moment.nonce(12),
        }
    }

    fn place(&self, request: &mut Request<'_>, protocol: &[(&'static str, String)], is_form: bool) {
        let is_in_body = is_form && matches!(request.method.as_ref(), "POST" | "PUT");
        match self.place {
            Place::Header(encoding) => {
                request.headers.replace("Authorization", header(&self.realm, protocol, encoding));
            }
            Place::BodyOrQuery if is_in_body => {
                let mut body = request.body.sent().to_vec();
                if !body.is_empty() {
                    body.push(b'&');
                }
                body.extend_from_slice(form(protocol).as_bytes());
                replace_body(request, body);
            }
            Place::BodyOrQuery => request.url.append_query(&form(protocol)),
        }
    }
}

impl Signs for OAuth1 {
    fn covers_body(&self, request: &Request<'_>) -> bool {
        self.body_hash == BodyHash::Signed || is_form(request)
    }

    /// An earlier signature is removed. Everything else in the request stays as it is written.
    fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        let is_form = is_form(request);
        // An earlier signature goes first, because the new one would cover it as a parameter.
        clear(request, is_form);
        let mut protocol = self.protocol_parameters(request, is_form, moment)?;
        let mut parameters = Parameters::default();
        parameters.extend(request.url.query().unwrap_or_default().as_bytes());
        if is_form {
            parameters.extend(request.body.sent());
        }
        for (name, value) in &protocol {
            parameters.push(name.as_bytes(), value.as_bytes());
        }
        let normalized = parameters.normalized();
        let base_string = base_string::base_string(request, &normalized);
        let signature = self.method.sign(&base_string, moment)?;
        // The signature joins the parameters only now, because it does not cover itself (section 3.4.1.3.1).
        protocol.push(("oauth_signature", signature.to_string()));
        self.place(request, &protocol, is_form);
        let mut steps = vec![("parameters", normalized)];
        if !matches!(self.method, Method::Plaintext(_)) {
            steps.push(("base string", base_string));
        }
        Ok(Signed { steps })
    }

    /// A PLAINTEXT signature is both secrets (section 3.4.4).
    fn exposure(&self) -> Exposure {
        match self.method {
            Method::Plaintext(_) => Exposure::Secret,
            Method::Hmac(..) | Method::Rsa(..) => Exposure::Proof,
        }
    }
}

/// Returns true if the body is a form, whose parameters are signed too (section 3.4.1.3.1).
fn is_form(request: &Request<'_>) -> bool {
    let content_type = request.headers.get("content-type").unwrap_or_default();
    content_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(FORM)
}

/// Removes an earlier signature, because protocol parameters may be in one place only (section 3.5).
fn clear(request: &mut Request<'_>, is_form: bool) {
    let is_protocol = |name: &[u8]| encode::form_decoded(name).starts_with(b"oauth_");
    request.headers.remove("authorization");
    request.url.retain_query(|piece| !is_protocol(piece_name(piece).as_bytes()));
    if is_form {
        // The whole piece may be compared in place of its name, which is its beginning.
        let pieces = || request.body.sent().split(|&byte| byte == b'&');
        if pieces().any(is_protocol) {
            let kept: Vec<&[u8]> = pieces().filter(|piece| !is_protocol(piece)).collect();
            let kept = kept.join(&b'&');
            replace_body(request, kept);
        }
    }
}

fn replace_body(request: &mut Request<'_>, bytes: Vec<u8>) {
    let mime_type = request.body.mime_type().unwrap_or(FORM).to_owned();
    request.body = Body::new(bytes, mime_type);
}

/// Returns the parameters as a query or a form (sections 3.5.2 and 3.5.3).
fn form(protocol: &[(&'static str, String)]) -> String {
    let mut out = String::new();
    for (name, value) in protocol {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        encode::percent(&mut out, value.as_bytes(), &UNRESERVED);
    }
    out
}

/// Returns the header's value (section 3.5.1): the realm, which is not encoded, then the parameters.
fn header(realm: &str, protocol: &[(&'static str, String)], encoding: HeaderEncoding) -> String {
    let mut out = "OAuth ".to_owned();
    if !realm.is_empty() {
        // Writing to a string cannot fail.
        let _ = write!(out, "realm=\"{}\", ", quoted(realm));
    }
    for (index, (name, value)) in protocol.iter().enumerate() {
        let value = match encoding {
            HeaderEncoding::Percent => encode::percent_encoded(value.as_bytes(), &UNRESERVED),
            HeaderEncoding::AsWritten => quoted(value),
        };
        let comma = if index == 0 { "" } else { ", " };
        let _ = write!(out, "{comma}{name}=\"{value}\"");
    }
    out
}

/// Returns the inside of a quoted string (RFC 9110 section 5.6.4).
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
