//! The values of a signature, read from the `Authorization` header or from the query of a presigned URL.

use countersign_shared::moment;
use countersign_shared::request::Request;

use super::super::form::{self, Pair};
use super::super::verifier::{Invalid, MOST, credentials, too_many};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The longest validity of a presigned URL in seconds: seven days.
const LONGEST: i64 = 7 * 24 * 60 * 60;

/// A signature with its scope, its signed headers and its time.
pub(super) struct Claim {
    pub(super) place: Place,
    pub(super) scope: Scope,
    pub(super) signed_headers: Vec<String>,
    /// The signature in hex.
    pub(super) signature: String,
    /// The time as it is signed: `20150830T123600Z`.
    pub(super) time: String,
    /// The time in seconds since 1970.
    pub(super) unix: i64,
    pub(super) token: Option<String>,
    /// The value of `X-Amz-Content-Sha256`.
    pub(super) payload: Option<String>,
}

/// The place of the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The `Authorization` header.
    Header,
    /// The query of a presigned URL.
    Query {
        /// The validity in seconds.
        expires: i64,
    },
}

/// The parts of a credential: `AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request`.
pub(super) struct Scope {
    pub(super) access_key: String,
    pub(super) day: String,
    pub(super) region: String,
    pub(super) service: String,
}

impl Claim {
    /// Reads the signature of a request.
    ///
    /// # Errors
    /// Returns [`Invalid`] if the request has no signature, or one in both places, or one with missing parts.
    pub(super) fn of(request: &Request<'_>) -> Result<Self, Invalid> {
        let pairs = form::pairs(request.url.query().unwrap_or_default().as_bytes());
        // Either one marks a presigned URL, so that a lost signature is reported as that, not as a missing header.
        if !pairs.iter().any(|(name, _)| name == b"X-Amz-Signature" || name == b"X-Amz-Algorithm") {
            return Self::in_header(request);
        }
        if request.headers.has("authorization") {
            return Err(Invalid::new("Authorization", "stands beside the signature of a presigned URL"));
        }
        Self::in_query(&pairs)
    }

    fn in_header(request: &Request<'_>) -> Result<Self, Invalid> {
        let fields = Fields::parse(credentials(request, ALGORITHM)?)?;
        // AWS documents that `X-Amz-Date` overrides `Date`, which clients may set on their own.
        let time = match request.headers.get("x-amz-date") {
            Some(time) => time.to_owned(),
            None => date(request.headers.get("date").ok_or_else(|| Invalid::new("X-Amz-Date", "is missing"))?)?,
        };
        Ok(Self {
            place: Place::Header,
            scope: Scope::parse(fields.required("Credential")?)?,
            signed_headers: names(fields.required("SignedHeaders")?),
            signature: fields.required("Signature")?.to_owned(),
            unix: seconds(&time)?,
            time,
            token: request.headers.get("x-amz-security-token").map(str::to_owned),
            payload: request.headers.get("x-amz-content-sha256").map(str::to_owned),
        })
    }

    fn in_query(pairs: &[Pair]) -> Result<Self, Invalid> {
        // A parameter that is there twice is refused, since signer and server could each mean another one.
        let found = |name: &'static str| match pairs.iter().filter(|pair| pair.0 == name.as_bytes()).count() {
            0 => Ok(None),
            1 => Ok(pairs
                .iter()
                .find(|pair| pair.0 == name.as_bytes())
                .map(|pair| String::from_utf8_lossy(&pair.1).into_owned())),
            _ => Err(Invalid::new(name, "is there more than once")),
        };
        let required = |name: &'static str| found(name)?.ok_or_else(|| Invalid::new(name, "is missing"));
        if required("X-Amz-Algorithm")? != ALGORITHM {
            return Err(Invalid::new("X-Amz-Algorithm", format!("is not {ALGORITHM}")));
        }
        let scope = Scope::parse(&required("X-Amz-Credential")?)?;
        let time = required("X-Amz-Date")?;
        let expires = required("X-Amz-Expires")?.parse().ok().filter(|seconds| (1..=LONGEST).contains(seconds));
        let expires = expires.ok_or_else(|| Invalid::new("X-Amz-Expires", "is not from 1 to 604800 seconds"))?;
        Ok(Self {
            place: Place::Query { expires },
            scope,
            signed_headers: names(&required("X-Amz-SignedHeaders")?),
            signature: required("X-Amz-Signature")?,
            unix: seconds(&time)?,
            time,
            token: found("X-Amz-Security-Token")?,
            payload: found("X-Amz-Content-Sha256")?,
        })
    }

    /// Returns true if the service reads paths as S3 does and needs `X-Amz-Content-Sha256`.
    pub(super) fn is_s3(&self) -> bool {
        ["s3", "s3express", "s3-object-lambda", "s3-outposts"].contains(&self.scope.service.as_str())
    }

    /// Returns a text in which the session token, which is a secret, is masked.
    pub(super) fn without_token(&self, text: &str) -> String {
        match self.token.as_deref() {
            // An empty text is found between all characters, so replacing it would put a mask everywhere.
            Some(token) if !token.is_empty() => {
                // A header has the token as it is, but the query of a presigned URL has it percent-encoded.
                text.replace(token, "***").replace(&form::encoded(token.as_bytes()), "***")
            }
            _ => text.to_owned(),
        }
    }
}

impl Scope {
    fn parse(text: &str) -> Result<Self, Invalid> {
        // The parts are read from the end, so that a slash in the access key stays in it.
        let mut parts = text.rsplitn(5, '/');
        let mut part = || parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
        let (end, service, region, day, access_key) = (part(), part(), part(), part(), part());
        match (access_key, day, region, service, end.as_deref()) {
            (Some(access_key), Some(day), Some(region), Some(service), Some("aws4_request")) => {
                Ok(Self { access_key, day, region, service })
            }
            _ => Err(Invalid::new("Credential", "is not KEY/DAY/REGION/SERVICE/aws4_request")),
        }
    }
}

fn names(text: &str) -> Vec<String> {
    text.split(';').map(str::to_owned).collect()
}

/// Parses a time like `20150830T123600Z` into seconds since 1970.
fn seconds(time: &str) -> Result<i64, Invalid> {
    let wrong = || Invalid::new("X-Amz-Date", "is not like 20150830T123600Z");
    let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    // The slices below take the positions for granted, and the parser alone would accept other forms of a time.
    if shape != "99999999T999999Z" {
        return Err(wrong());
    }
    let [year, month, day] = [time.get(..4), time.get(4..6), time.get(6..8)].map(Option::unwrap_or_default);
    let [hour, minute, second] = [time.get(9..11), time.get(11..13), time.get(13..15)].map(Option::unwrap_or_default);
    moment::parse(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z")).map_err(|_| wrong())
}

/// Converts a `Date` header (RFC 9110 section 5.6.7), which gives the time if there is no `X-Amz-Date`, into its form.
fn date(text: &str) -> Result<String, Invalid> {
    let time = jiff::fmt::rfc2822::parse(text).map_err(|_| Invalid::new("Date", "is not a date of HTTP"))?;
    Ok(time.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string())
}

/// The fields of the header: `Credential=..., SignedHeaders=..., Signature=...`.
struct Fields<'t>(Vec<(&'t str, &'t str)>);

impl<'t> Fields<'t> {
    fn parse(text: &'t str) -> Result<Self, Invalid> {
        let mut fields: Vec<(&str, &str)> = Vec::new();
        for piece in text.split(',') {
            let Some((name, value)) = piece.trim().split_once('=') else {
                return Err(Invalid::new("Authorization", "has something that is not name=value"));
            };
            if fields.iter().any(|(known, _)| *known == name) {
                return Err(Invalid::new("Authorization", "has a field twice"));
            }
            if fields.len() == MOST {
                return Err(too_many("Authorization"));
            }
            fields.push((name, value));
        }
        Ok(Self(fields))
    }

    fn required(&self, name: &'static str) -> Result<&'t str, Invalid> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| *value).ok_or_else(|| Invalid::new(name, "is missing"))
    }
}
