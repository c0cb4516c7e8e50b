//! The signature itself: what goes into a request for given credentials and a given scope
//! (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).

use std::fmt::Write as _;

use crate::encode;
use crate::error::{AuthProblem, Error};
use crate::hash::{HmacSha256, sha256};
use crate::moment::Moment;
use crate::request::Request;
use crate::secret::Secret;
use crate::slice::Slice as _;
use crate::url::piece_name;

use super::canonical::{self, PathRule};
use super::credentials::{Credentials, SCHEME};
use crate::auth::outcome::Signed;
use crate::auth::session::Steps;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// The longest validity of a presigned URL that AWS accepts, in seconds: seven days.
pub(super) const LONGEST: u32 = 604_800;

/// The place of the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placement {
    /// In the `Authorization` header.
    Header,
    /// In the query, which makes a presigned URL.
    Query,
}

/// The part that the body has in the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Payload {
    /// The body's hash is signed.
    Signed,
    /// `UNSIGNED-PAYLOAD` stands in place of the hash.
    Unsigned,
}

/// The text for a body in frames that are not signed, with a checksum behind them.
const TRAILER: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

/// The service that takes no hash of a body.
const LATTICE: &str = "vpc-lattice-svcs";

/// The settings of a signature that are the same for every request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signature {
    pub(super) placement: Placement,
    pub(super) payload: Payload,
    /// The validity of presigned URLs in seconds; `None` takes that of the URL's own `X-Amz-Expires`, else 3600.
    pub(super) expires: Option<u32>,
    pub(super) steps: Steps,
}

impl Signature {
    /// Signs a request. The steps, where somebody sees them, are the canonical request and the string to sign.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the body is signed in chunks.
    pub(super) fn sign(&self, request: &mut Request<'_>, scope: &Scope, keys: &Credentials) -> Result<Signed, Error> {
        let rule = PathRule::of(&scope.service);
        let given = request.headers.get("x-amz-content-sha256").map(str::to_owned);
        // An earlier signature goes first, because what is left of it would be signed.
        let expires = self.clean(request);
        let payload = self.payload_hash(request, (rule, &scope.service), given.as_deref())?;
        let is_kept = given.as_deref() == Some(&*payload);
        match self.placement {
            Placement::Header => {
                add_headers(request, scope, keys);
                // S3 refuses requests without this header. Other services need it only if the payload is not hashed, but
                // for those two; and a right one that is there stays.
                let is_needed = rule == PathRule::AsSent
                    || payload == UNSIGNED_PAYLOAD
                    || matches!(scope.service.as_str(), "aoss" | LATTICE);
                if is_needed || is_kept {
                    request.headers.replace("X-Amz-Content-Sha256", payload.clone());
                }
            }
            Placement::Query => self.add_query(request, expires, scope, keys),
        }
        // The signature covers the date and the token, so both are in the request before it is made canonical.
        let canonical = canonical::request(request, rule, &payload);
        let string_to_sign = scope.string_to_sign(&canonical.text);
        let signature = encode::hex(&scope.sign(&string_to_sign));
        match self.placement {
            Placement::Header => {
                let value = authorization(&keys.access_key, &scope.text, &canonical.signed_headers, &signature);
                request.headers.replace("Authorization", value);
            }
            Placement::Query => request.url.append_query(&format!("X-Amz-Signature={signature}")),
        }
        // A session token is looked for in every line and parameter, which costs as much as all else but the hash.
        if self.steps == Steps::Unseen {
            return Ok(Signed::default());
        }
        let shown = match &keys.session_token {
            Some(token) => masked(&canonical.text, token),
            None => canonical.text,
        };
        Ok(Signed { steps: vec![("canonical request", shown), ("string to sign", string_to_sign)] })
    }

    /// Removes an earlier signature, and returns the `X-Amz-Expires` that the URL had.
    fn clean(&self, request: &mut Request<'_>) -> Option<u32> {
        for name in ["authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"] {
            request.headers.remove(name);
        }
        let expires = request.url.query_pieces().find_map(|piece| {
            let (name, value) = piece.split_once('=')?;
            name.eq_ignore_ascii_case("X-Amz-Expires").then(|| value.parse().ok())?
        });
        request.url.retain_query(|piece| !is_signature_parameter(piece_name(piece)));
        // Clients differ in how they write such a host in the Host header, so the header is set to what is signed.
        let host = request.url.host();
        if !request.headers.has("host") && (!host.is_ascii() || host.bytes().any(|b| b.is_ascii_uppercase())) {
            let host = request.url.host_header().into_owned();
            request.headers.replace("Host", host);
        }
        expires
    }

    /// Returns the text for the body in the canonical request. `given` is the one that the request has already.
    fn payload_hash(
        &self,
        request: &Request<'_>,
        (rule, service): (PathRule, &str),
        given: Option<&str>,
    ) -> Result<String, Error> {
        match given {
            // The body is framed and no frame is signed, so that the frame stays right under another signature.
            Some(TRAILER) if self.placement == Placement::Header => return Ok(TRAILER.to_owned()),
            Some(sentinel) if sentinel.starts_with("STREAMING-") => {
                let problem =
                    "the body is signed in chunks, which would be stored with its chunks under another signature";
                return Err(Error::Auth { scheme: SCHEME, problem: AuthProblem::Unsignable(problem.to_owned()) });
            }
            _ => {}
        }
        // A presigned URL of S3 is made before its body is known, so no hash of the body is signed.
        let is_unsigned = self.payload == Payload::Unsigned
            || (self.placement == Placement::Header && given == Some(UNSIGNED_PAYLOAD))
            || service == LATTICE
            || (self.placement == Placement::Query && rule == PathRule::AsSent);
        Ok(if is_unsigned { UNSIGNED_PAYLOAD.to_owned() } else { encode::hex(&sha256(request.body.sent())) })
    }

    fn add_query(&self, request: &mut Request<'_>, expires: Option<u32>, scope: &Scope, keys: &Credentials) {
        // The URL's own value may be anybody's, so one that AWS would refuse does not count.
        let expires = self.expires.or(expires.filter(|seconds| (1..=LONGEST).contains(seconds))).unwrap_or(3600);
        let credential = format!("{}/{}", keys.access_key, scope.text);
        let credential = encode::percent_encoded(credential.as_bytes(), &encode::UNRESERVED);
        let signed_headers = canonical::signed_headers(request);
        let signed_headers = encode::percent_encoded(signed_headers.as_bytes(), &encode::UNRESERVED);
        let mut query = format!(
            "X-Amz-Algorithm={ALGORITHM}&X-Amz-Credential={credential}&X-Amz-Date={}&X-Amz-Expires={expires}&X-Amz-SignedHeaders={signed_headers}",
            scope.date
        );
        if let Some(token) = &keys.session_token {
            query.push_str("&X-Amz-Security-Token=");
            encode::percent(&mut query, token.expose().as_bytes(), &encode::UNRESERVED);
        }
        request.url.append_query(&query);
    }
}

fn add_headers(request: &mut Request<'_>, scope: &Scope, keys: &Credentials) {
    request.headers.replace("X-Amz-Date", scope.date.clone());
    if let Some(token) = &keys.session_token {
        request.headers.replace("X-Amz-Security-Token", token.expose().to_owned());
    }
}

fn authorization(access_key: &str, scope: &str, signed_headers: &str, signature: &str) -> String {
    format!("{ALGORITHM} Credential={access_key}/{scope}, SignedHeaders={signed_headers}, Signature={signature}")
}

/// Returns true for the query parameters of a presigned URL.
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

/// A credential scope (date, region, service) and the key that is derived for it. It is kept from request to request,
/// because a new key costs four HMACs.
#[derive(Default)]
pub(super) struct Scope {
    region: String,
    service: String,
    /// The time of signing: `20150830T123600Z`.
    date: String,
    /// The scope as it is written: `20150830/us-east-1/service/aws4_request`.
    text: String,
    key: Option<HmacSha256>,
}

impl std::fmt::Debug for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scope").field("text", &self.text).finish_non_exhaustive()
    }
}

impl Scope {
    /// Returns the scope of a region and a service; [`Scope::renew`] must be called before it signs.
    pub(super) fn new(region: &str, service: &str) -> Self {
        Self { region: region.to_owned(), service: service.to_owned(), ..Self::default() }
    }

    /// Returns true if no key has been derived, or the last one was forgotten.
    pub(super) const fn is_without_key(&self) -> bool {
        self.key.is_none()
    }

    /// Forgets the key, which belongs to other credentials than those that sign next.
    pub(super) fn forget_key(&mut self) {
        self.key = None;
    }

    /// Sets the region and the service. The key is derived anew by [`Scope::renew`] if they differ.
    pub(super) fn set(&mut self, region: String, service: &str) {
        self.region = region;
        service.clone_into(&mut self.service);
    }

    /// Brings date, scope and key up to a moment.
    pub(super) fn renew(&mut self, keys: &Credentials, moment: &Moment) {
        self.date = moment.utc().chars().filter(|c| !matches!(c, '-' | ':')).chain(['Z']).collect();
        let day = self.date.part(..8);
        let text = format!("{day}/{}/{}/aws4_request", self.region, self.service);
        if text != self.text || self.key.is_none() {
            self.key = Some(signing_key(&keys.secret_key, day, &self.region, &self.service));
            self.text = text;
        }
    }

    fn string_to_sign(&self, canonical: &str) -> String {
        let mut text = String::with_capacity(160);
        // Writing to a string cannot fail.
        let _ = write!(text, "{ALGORITHM}\n{}\n{}\n", self.date, self.text);
        encode::push_hex_all(&mut text, &sha256(canonical.as_bytes()));
        text
    }

    fn sign(&self, string_to_sign: &str) -> [u8; 32] {
        debug_assert!(self.key.is_some(), "`renew` goes before `sign`");
        self.key.as_ref().map(|key| key.code(string_to_sign.as_bytes())).unwrap_or_default()
    }
}

/// Derives the key for a day, a region and a service, a chain of four HMACs.
fn signing_key(secret: &Secret, day: &str, region: &str, service: &str) -> HmacSha256 {
    let start = zeroize::Zeroizing::new(format!("AWS4{}", secret.expose()));
    let mut key = HmacSha256::new(start.as_bytes());
    for part in [day, region, service, "aws4_request"] {
        key = HmacSha256::new(&key.code(part.as_bytes()));
    }
    key
}

/// Returns the canonical request without the session token, the only secret that is in it: the value of each header and each
/// query parameter of its name, and the token itself wherever else it stands.
fn masked(canonical: &str, token: &Secret) -> String {
    const NAME: &str = "X-Amz-Security-Token";
    let is_name = |name: &str| encode::percent_decoded(name).eq_ignore_ascii_case(NAME.as_bytes());
    let hidden = |text: &str, divider: char| match text.split_once(divider) {
        Some((name, _)) if is_name(name) => format!("{name}{divider}***"),
        _ => text.to_owned(),
    };
    let line = |(number, line): (usize, &str)| match number {
        // The method, the path, and then the query.
        2 => line.split('&').map(|piece| hidden(piece, '=')).collect::<Vec<_>>().join("&"),
        _ => hidden(line, ':'),
    };
    let text = canonical.split('\n').enumerate().map(line).collect::<Vec<_>>().join("\n");
    let token = token.expose();
    // A shorter one is no token of AWS's and would hide parts of other words.
    if token.len() < 8 {
        return text;
    }
    let encoded = encode::percent_encoded(token.as_bytes(), &encode::UNRESERVED);
    // A + that stands in a query as it is counts as a space.
    let spaced = encoded.replace("%2B", "%20");
    text.replace(&encoded, "***").replace(&spaced, "***").replace(token, "***")
}
