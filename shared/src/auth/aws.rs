//! AWS Signature Version 4, in headers or in the query
//! (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).

pub mod canonical;
mod client;
pub mod credentials;
pub mod host;
mod keys;
mod metadata;
mod process;
mod profile;
mod sso;
mod sts;

use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::encode;
use crate::error::Error;
use crate::hash::{HmacSha256, sha256};
use crate::moment::Moment;
use crate::request::Request;
use crate::secret::Secret;
use crate::url::{Url, piece_name};

use super::{Kind, Layers, Parameter, Place, Signed, Table};
use canonical::PathRule;
use credentials::{Credentials, Held, Wanted};
use keys::Keys;

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "aws",
    aliases: &["awsv4"],
    about: "AWS Signature Version 4",
    examples: "  echo https://abc123.execute-api.eu-west-1.amazonaws.com/prod/items |
      sign aws --to curl-config | curl -K -
  echo https://bucket.s3.amazonaws.com/key |
      sign aws --add-auth-data-to-query --expires 600 --to url",
    parameters: &[
        Parameter {
            key: "accessKey",
            kind: Kind::Identifier,
            place: Place::Everywhere,
            default: Some("where AWS's own tools look"),
            help: "The access key's id",
        },
        Parameter {
            key: "secretKey",
            kind: Kind::Secret,
            place: Place::Everywhere,
            default: Some("where AWS's own tools look"),
            help: "The secret access key",
        },
        Parameter {
            key: "sessionToken",
            kind: Kind::Secret,
            place: Place::Everywhere,
            default: None,
            help: "The token of temporary credentials",
        },
        Parameter {
            key: "region",
            kind: Kind::Text,
            place: Place::Everywhere,
            default: Some("what the host name says, else AWS_REGION, the profile's, us-east-1"),
            help: "The region",
        },
        Parameter {
            key: "service",
            kind: Kind::Text,
            place: Place::Everywhere,
            default: Some("what the host name says, else execute-api"),
            help: "The service, as credential scopes name it; s3, execute-api, es",
        },
        Parameter {
            key: "addAuthDataToQuery",
            kind: Kind::Flag,
            place: Place::Everywhere,
            default: Some("false"),
            help: "Sign in the query, not in headers; makes a presigned URL",
        },
        Parameter {
            key: "expires",
            kind: Kind::Measure("SECONDS"),
            place: Place::NotInLine,
            default: Some("X-Amz-Expires of the URL, else 3600"),
            help: "Seconds for which a presigned URL is valid; up to 604800",
        },
        Parameter {
            key: "unsignedPayload",
            kind: Kind::Flag,
            place: Place::NotInLine,
            default: Some("false"),
            help: "Leave the body out of the signature; UNSIGNED-PAYLOAD",
        },
        Parameter {
            key: "profile",
            kind: Kind::Text,
            place: Place::NotInLine,
            default: Some("AWS_PROFILE, else default"),
            help: "The profile to take credentials from; of ~/.aws/config and ~/.aws/credentials, where no keys are given; AWS_ACCESS_KEY_ID is not looked at then",
        },
        Parameter {
            key: "metadata",
            kind: Kind::Choice(&["container", "instance"]),
            place: Place::NotInLine,
            default: Some("neither is asked"),
            help: "Ask the metadata service for credentials; of this container or virtual machine",
        },
    ],
};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// Seven days: the longest that AWS lets a presigned URL live.
const LONGEST: u32 = 604_800;

/// Credentials and settings, ready to sign requests.
#[derive(Debug)]
pub struct Aws {
    keys: Keys,
    /// Which profile may say the region.
    wanted: Wanted,
    region: Option<String>,
    service: Option<String>,
    placement: Placement,
    payload: Payload,
    expires: Option<u32>,
    derived: RefCell<Derived>,
}

/// The credentials that the parameters give, or that are found where AWS's own tools look.
///
/// # Errors
/// One of two keys is given without the other, or there are none to be found.
pub fn credentials(layers: &Layers<'_>, moment: &Moment) -> Result<Arc<Credentials>, Error> {
    Ok(Keys::new(layers)?.get(moment)?.credentials)
}

/// Where the signature goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placement {
    Header,
    Query,
}

/// Whether the body is part of the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Payload {
    Signed,
    Unsigned,
}

impl Aws {
    /// Checks the parameters. Credentials that are not among them are looked for when the first request is signed.
    ///
    /// # Errors
    /// One of two keys is given without the other, or `expires` is no number from 1 to 604800.
    pub fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let expires = layers.number::<u32>("expires")?;
        if expires.is_some_and(|seconds| seconds == 0 || seconds > LONGEST) {
            return Err(layers.bad("expires", "not from 1 to 604800 seconds"));
        }
        Ok(Self {
            keys: Keys::new(layers)?,
            wanted: keys::wanted(layers)?,
            region: scope_part(layers, "region")?,
            service: scope_part(layers, "service")?,
            placement: if layers.flag("addAuthDataToQuery")? { Placement::Query } else { Placement::Header },
            payload: if layers.flag("unsignedPayload")? { Payload::Unsigned } else { Payload::Signed },
            expires,
            derived: RefCell::default(),
        })
    }

    /// With these credentials and this scope, in headers.
    fn with(credentials: Credentials, region: &str, service: &str) -> Self {
        Self {
            keys: Keys::Given(Arc::new(credentials)),
            wanted: Wanted::default(),
            region: Some(region.to_owned()),
            service: Some(service.to_owned()),
            placement: Placement::Header,
            payload: Payload::Signed,
            expires: None,
            derived: RefCell::default(),
        }
    }

    /// Signs a request. Steps: the canonical request and the string to sign.
    ///
    /// # Errors
    /// No credentials are to be found.
    pub fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        let mut derived = self.derived.borrow_mut();
        let keys = derived.renew(self, &request.url, moment)?;
        let rule = PathRule::of(&derived.service);
        let expires = self.clean(request);
        let payload = self.payload_hash(request, rule);
        match self.placement {
            Placement::Header => self.add_headers(request, rule, &payload, &derived, &keys),
            Placement::Query => self.add_query(request, expires, &derived, &keys),
        }
        let canonical = canonical::request(request, rule, &payload);
        let string_to_sign = derived.string_to_sign(&canonical.text);
        let signature = encode::hex(&derived.sign(&string_to_sign));
        match self.placement {
            Placement::Header => {
                let value = authorization(&keys.access_key, &derived.scope, &canonical.signed_headers, &signature);
                request.headers.replace("Authorization", value);
            }
            Placement::Query => request.url.append_query(&format!("X-Amz-Signature={signature}")),
        }
        let shown = if keys.session_token.is_some() { self.masked(canonical.text) } else { canonical.text };
        Ok(Signed { steps: vec![("canonical request", shown), ("string to sign", string_to_sign)] })
    }

    /// The canonical request without the session token, the only secret that is in it.
    fn masked(&self, mut canonical: String) -> String {
        let (name, end) = match self.placement {
            Placement::Header => ("\nx-amz-security-token:", '\n'),
            Placement::Query => ("X-Amz-Security-Token=", '&'),
        };
        if let Some(start) = canonical.find(name).map(|at| at + name.len()) {
            let length = canonical.get(start..).and_then(|rest| rest.find(end)).unwrap_or(canonical.len() - start);
            canonical.replace_range(start..start + length, "***");
        }
        canonical
    }

    /// Takes away what an earlier signature left, and gives back the `X-Amz-Expires` that the URL had.
    fn clean(&self, request: &mut Request<'_>) -> Option<u32> {
        for name in ["authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"] {
            request.headers.remove(name);
        }
        let expires = request.url.query_pieces().find_map(|piece| {
            let (name, value) = piece.split_once('=')?;
            name.eq_ignore_ascii_case("X-Amz-Expires").then(|| value.parse().ok())?
        });
        request.url.retain_query(|piece| !is_signature_parameter(piece_name(piece)));
        // Clients differ in how they spell such a host in the Host header: fix what is signed.
        let host = request.url.host();
        if !request.headers.has("host") && (!host.is_ascii() || host.bytes().any(|b| b.is_ascii_uppercase())) {
            let host = request.url.host_header().into_owned();
            request.headers.replace("Host", host);
        }
        expires
    }

    fn payload_hash(&self, request: &Request<'_>, rule: PathRule) -> String {
        let is_unsigned =
            self.payload == Payload::Unsigned || (self.placement == Placement::Query && rule == PathRule::AsSent);
        if is_unsigned { UNSIGNED_PAYLOAD.to_owned() } else { encode::hex(&sha256(request.body.hashed())) }
    }

    fn add_headers(
        &self,
        request: &mut Request<'_>,
        rule: PathRule,
        payload: &str,
        derived: &Derived,
        keys: &Credentials,
    ) {
        request.headers.replace("X-Amz-Date", derived.date.clone());
        if let Some(token) = &keys.session_token {
            request.headers.replace("X-Amz-Security-Token", token.expose().to_owned());
        }
        // S3 insists on it; elsewhere only a payload that is not hashed must be told.
        if rule == PathRule::AsSent || payload == UNSIGNED_PAYLOAD {
            request.headers.replace("X-Amz-Content-Sha256", payload.to_owned());
        }
    }

    fn add_query(&self, request: &mut Request<'_>, expires: Option<u32>, derived: &Derived, keys: &Credentials) {
        let expires = self.expires.or(expires.filter(|seconds| (1..=LONGEST).contains(seconds))).unwrap_or(3600);
        let credential = format!("{}/{}", keys.access_key, derived.scope);
        let credential = encode::percent_encoded(credential.as_bytes(), &encode::UNRESERVED);
        let signed_headers = canonical::signed_headers(request);
        let signed_headers = encode::percent_encoded(signed_headers.as_bytes(), &encode::UNRESERVED);
        let mut query = format!(
            "X-Amz-Algorithm={ALGORITHM}&X-Amz-Credential={credential}&X-Amz-Date={}&X-Amz-Expires={expires}&X-Amz-SignedHeaders={signed_headers}",
            derived.date
        );
        if let Some(token) = &keys.session_token {
            query.push_str("&X-Amz-Security-Token=");
            encode::percent(&mut query, token.expose().as_bytes(), &encode::UNRESERVED);
        }
        request.url.append_query(&query);
    }
}

fn authorization(access_key: &str, scope: &str, signed_headers: &str, signature: &str) -> String {
    format!("{ALGORITHM} Credential={access_key}/{scope}, SignedHeaders={signed_headers}, Signature={signature}")
}

/// The query parameters of a presigned URL.
fn is_signature_parameter(name: &str) -> bool {
    const NAMES: [&str; 8] = [
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Signature",
        "X-Amz-Security-Token",
        "X-Amz-Content-Sha256",
    ];
    name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("X-Amz-"))
        && NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// A part of the scope, which is divided by slashes and stands in a header: what would break it is refused.
fn scope_part(layers: &Layers<'_>, key: &'static str) -> Result<Option<String>, Error> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'*');
    match layers.filled(key) {
        Some(text) if !text.bytes().all(is_plain) => {
            Err(layers.bad(key, "not usable: it has a character other than letters, digits, - _ . *"))
        }
        text => Ok(text.map(str::to_owned)),
    }
}

/// What depends on the host, the second and the scope only, kept from request to request.
#[derive(Default)]
struct Derived {
    host: String,
    region: String,
    service: String,
    unix: i64,
    /// `20150830T123600Z`
    date: String,
    /// `20150830/us-east-1/service/aws4_request`
    scope: String,
    key: Option<HmacSha256>,
    held: Option<Held>,
}

impl std::fmt::Debug for Derived {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Derived").field("scope", &self.scope).finish_non_exhaustive()
    }
}

impl Derived {
    /// Brings everything up to this host and moment, and gives the credentials.
    fn renew(&mut self, aws: &Aws, url: &Url<'_>, moment: &Moment) -> Result<Arc<Credentials>, Error> {
        let is_same_host = self.key.is_some() && self.host == url.host();
        if let Some(held) = self.held.as_ref().filter(|_| is_same_host && self.unix == moment.unix) {
            return Ok(Arc::clone(&held.credentials));
        }
        let keys = self.renew_keys(aws, moment)?;
        if !is_same_host {
            let found = host::scope(&url.ascii_host());
            self.region = match aws.region.clone().or(found.region) {
                Some(region) => region,
                None => credentials::region(&aws.wanted)?.unwrap_or_else(|| "us-east-1".to_owned()),
            };
            aws.service.as_deref().or(found.service.as_deref()).unwrap_or("execute-api").clone_into(&mut self.service);
        }
        self.date = moment.utc().chars().filter(|c| !matches!(c, '-' | ':')).chain(['Z']).collect();
        let day = self.date.get(..8).unwrap_or_default();
        let scope = format!("{day}/{}/{}/aws4_request", self.region, self.service);
        if scope != self.scope || self.key.is_none() {
            self.key = Some(signing_key(&keys.secret_key, day, &self.region, &self.service));
            self.scope = scope;
        }
        url.host().clone_into(&mut self.host);
        self.unix = moment.unix;
        Ok(keys)
    }

    /// The credentials for this moment; other ones make the derived key worthless.
    fn renew_keys(&mut self, aws: &Aws, moment: &Moment) -> Result<Arc<Credentials>, Error> {
        if let Some(held) = self.held.as_ref().filter(|held| moment.unix < held.until) {
            return Ok(Arc::clone(&held.credentials));
        }
        let held = aws.keys.get(moment)?;
        self.key = None;
        Ok(Arc::clone(&self.held.insert(held).credentials))
    }

    fn string_to_sign(&self, canonical: &str) -> String {
        let mut text = String::with_capacity(160);
        let _ = write!(text, "{ALGORITHM}\n{}\n{}\n", self.date, self.scope);
        encode::push_hex_all(&mut text, &sha256(canonical.as_bytes()));
        text
    }

    fn sign(&self, string_to_sign: &str) -> [u8; 32] {
        self.key.as_ref().map(|key| key.code(string_to_sign.as_bytes())).unwrap_or_default()
    }
}

/// The chain of four codes that ties the key to a day, a region and a service.
fn signing_key(secret: &Secret, day: &str, region: &str, service: &str) -> HmacSha256 {
    let start = zeroize::Zeroizing::new(format!("AWS4{}", secret.expose()));
    let mut key = HmacSha256::new(start.as_bytes());
    for part in [day, region, service, "aws4_request"] {
        key = HmacSha256::new(&key.code(part.as_bytes()));
    }
    key
}
