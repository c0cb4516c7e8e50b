//! AWS Signature Version 4: canonical request, string to sign and signature are computed again from the request
//! (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).

mod canonical;
mod claim;

use std::sync::Arc;

use countersign_shared::auth::aws::credentials::Credentials;
use countersign_shared::auth::aws::parameters::{
    ACCESS_KEY, PROFILE, REGION, SECRET_KEY, SERVICE, SESSION_TOKEN, UNSIGNED_PAYLOAD,
};
use countersign_shared::auth::aws::{self, TABLE};
use countersign_shared::auth::scheme::Layers;
use countersign_shared::encode::hex;
use countersign_shared::error::Error;
use countersign_shared::hash::{Algorithm, is_same};
use countersign_shared::moment::Clock;
use countersign_shared::request::Request;
use zeroize::Zeroizing;

use super::verifier::{Invalid, Verifier, Verifies, taken};
use canonical::{Canonical, Seen};
use claim::{Claim, Place};

/// The verifier of the scheme.
pub(super) static VERIFIER: Verifier = Verifier {
    table: &TABLE,
    examples: "  sign verify aws --profile work signed.ndjson",
    parameters: &[
        taken(ACCESS_KEY, "The expected id of the access key"),
        taken(SECRET_KEY, "The expected secret access key"),
        taken(SESSION_TOKEN, "Take only this token of temporary credentials"),
        taken(REGION, "Take only this region"),
        taken(SERVICE, "Take only this service"),
        taken(UNSIGNED_PAYLOAD, "Presigned URLs leave the body out").more("Those of S3 always do"),
        taken(PROFILE, "Take the expected keys from this profile"),
    ],
    make: |layers| Ok(Box::new(Aws::new(layers)?)),
};

const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// The seconds by which a client's clock may be ahead when it presigns a URL, the same as at AWS.
const SKEW: i64 = 15 * 60;

/// The credentials and the expected values.
struct Aws {
    credentials: Arc<Credentials>,
    region: Option<String>,
    service: Option<String>,
    presigned: Payload,
}

/// The part of the body in presigned URLs without `X-Amz-Content-Sha256`, at services other than S3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Payload {
    Signed,
    Unsigned,
}

impl Aws {
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        Ok(Self {
            credentials: aws::credentials(layers, &Clock::default().moment())?,
            region: layers.filled(&REGION).map(str::to_owned),
            service: layers.filled(&SERVICE).map(str::to_owned),
            presigned: if layers.flag(&UNSIGNED_PAYLOAD)? { Payload::Unsigned } else { Payload::Signed },
        })
    }

    fn check_credential(&self, claim: &Claim) -> Result<(), Invalid> {
        let wrong = |problem: &str| Invalid::new("Credential", problem);
        let scope = &claim.scope;
        if scope.access_key != self.credentials.access_key {
            return Err(wrong("the access key is another one"));
        }
        if claim.time.get(..8) != Some(&scope.day) {
            return Err(wrong(&format!("its day is {}, but the request is of {}", scope.day, claim.time)));
        }
        if self.region.as_ref().is_some_and(|region| *region != scope.region) {
            return Err(wrong("the region is not the one that was given"));
        }
        if self.service.as_ref().is_some_and(|service| *service != scope.service) {
            return Err(wrong("the service is not the one that was given"));
        }
        Ok(())
    }

    fn check_token(&self, claim: &Claim) -> Result<(), Invalid> {
        let Some(expected) = &self.credentials.session_token else { return Ok(()) };
        let wrong = |problem: &str| Err(Invalid::new("X-Amz-Security-Token", problem));
        match &claim.token {
            None => wrong("is missing"),
            Some(token) if !is_same(token.as_bytes(), expected.expose().as_bytes()) => wrong("is another one"),
            Some(_) => Ok(()),
        }
    }

    /// Returns the text in place of the body in the canonical request.
    fn payload(&self, request: &Request<'_>, claim: &Claim) -> Result<String, Invalid> {
        let wrong = |problem: &str| Invalid::new("X-Amz-Content-Sha256", problem);
        let body = || hex(&Algorithm::Sha256.digest(request.body.sent()));
        match claim.payload.as_deref() {
            Some(UNSIGNED) => Ok(UNSIGNED.to_owned()),
            // No chunk is signed, so that the signature says nothing of the body.
            Some(said @ "STREAMING-UNSIGNED-PAYLOAD-TRAILER") => Ok(said.to_owned()),
            Some(said) if said.starts_with("STREAMING-") => {
                Err(wrong("says that the body is signed in chunks, which cannot be verified here"))
            }
            Some(said) if is_same(said.as_bytes(), body().as_bytes()) => Ok(said.to_owned()),
            Some(_) => Err(wrong("is not the hash of the body")),
            None => {
                let is_header = claim.place == Place::Header;
                match self.presigned {
                    _ if !is_header && claim.is_s3() => Ok(UNSIGNED.to_owned()),
                    Payload::Unsigned if !is_header => Ok(UNSIGNED.to_owned()),
                    _ if is_header && claim.is_s3() => Err(wrong("is missing, and S3 needs it")),
                    _ => Ok(body()),
                }
            }
        }
    }

    fn check_signature(&self, claim: &Claim, canonical: &str) -> Result<(), Invalid> {
        let scope = &claim.scope;
        let text = format!(
            "AWS4-HMAC-SHA256\n{}\n{}/{}/{}/aws4_request\n{}",
            claim.time,
            scope.day,
            scope.region,
            scope.service,
            hex(&Algorithm::Sha256.digest(canonical.as_bytes()))
        );
        let mut key = Zeroizing::new(format!("AWS4{}", self.credentials.secret_key.expose()).into_bytes());
        for part in [scope.day.as_str(), &scope.region, &scope.service, "aws4_request"] {
            // Each key of this chain can sign within its scope, so it is wiped like the secret itself.
            key = Zeroizing::new(Algorithm::Sha256.hmac(&key, part.as_bytes()));
        }
        let expected = hex(&Algorithm::Sha256.hmac(&key, text.as_bytes()));
        if is_same(expected.as_bytes(), claim.signature.as_bytes()) {
            return Ok(());
        }
        // The string to sign has only a hash of the canonical request, but the canonical request may quote the token.
        let shown = claim.without_token(canonical);
        let problem =
            format!("is not what the secret key makes of the string to sign {text:?}; canonical request: {shown:?}");
        Err(Invalid::new("Signature", problem))
    }
}

impl Verifies for Aws {
    // In the order in which a signature is made: credentials, canonical request, string to sign, signature; then the time.
    fn verify(&self, request: &Request<'_>, now: i64) -> Result<(), Invalid> {
        let claim = Claim::of(request)?;
        self.check_credential(&claim)?;
        self.check_token(&claim)?;
        let seen = Seen::of(request);
        check_signed_headers(&seen, &claim)?;
        let payload = self.payload(request, &claim)?;
        let canonical = Canonical { request, claim: &claim, seen: &seen, payload: &payload }.text();
        self.check_signature(&claim, &canonical)?;
        check_time(&claim, now)
    }
}

/// Checks that the signed headers are in order, are all there, and leave out none that must be signed.
fn check_signed_headers(seen: &Seen, claim: &Claim) -> Result<(), Invalid> {
    let wrong = |problem: String| Err(Invalid::new("SignedHeaders", problem));
    let names = &claim.signed_headers;
    // The order is strict, which also rules out a name that is listed twice.
    if !names.is_sorted_by(|a, b| a < b) || names.iter().any(|name| *name != name.to_lowercase()) {
        return wrong("are not lower-case names in order, each once".to_owned());
    }
    if let Some(name) = names.iter().find(|name| seen.get(name).is_none()) {
        return wrong(format!("name {name}, which the request does not have"));
    }
    let is_signed = |name: &str| names.binary_search_by(|known| known.as_str().cmp(name)).is_ok();
    if !is_signed("host") {
        return wrong("do not name host".to_owned());
    }
    // AWS wants all `x-amz-` headers signed: one added on the way could change what the request does.
    match seen.names().filter(|name| name.starts_with("x-amz-")).find(|name| !is_signed(name)) {
        Some(name) => wrong(format!("do not name {name}, which the request has")),
        None => Ok(()),
    }
}

/// Checks that a presigned URL is valid at this time.
fn check_time(claim: &Claim, now: i64) -> Result<(), Invalid> {
    let Place::Query { expires } = claim.place else { return Ok(()) };
    if claim.unix > now.saturating_add(SKEW) {
        return Err(Invalid::new("X-Amz-Date", format!("{} is still to come", claim.time)));
    }
    if claim.unix.saturating_add(expires) < now {
        return Err(Invalid::new("X-Amz-Expires", format!("{expires} seconds after {} are over", claim.time)));
    }
    Ok(())
}
