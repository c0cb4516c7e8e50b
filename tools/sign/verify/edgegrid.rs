//! Akamai EdgeGrid: the signature is computed again from the request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use countersign_shared::auth::edgegrid::TABLE;
use countersign_shared::auth::edgegrid::edgerc::{self, Section};
use countersign_shared::auth::edgegrid::parameters::{
    ACCESS_TOKEN, BASE_URL, CLIENT_SECRET, CLIENT_TOKEN, EDGERC, HEADERS_TO_SIGN, MAX_BODY_SIZE, SECTION,
};
use countersign_shared::auth::parameters::Parameter;
use countersign_shared::auth::scheme::Layers;
use countersign_shared::error::Error;
use countersign_shared::hash::{Algorithm, is_same};
use countersign_shared::request::Request;
use countersign_shared::secret::Secret;
use countersign_shared::url::Url;

use super::verifier::{Invalid, Verifier, Verifies, credentials, taken};

/// The verifier of the scheme.
pub(super) static VERIFIER: Verifier = Verifier {
    table: &TABLE,
    examples: "  sign verify edgegrid --section papi signed.ndjson",
    parameters: &[
        taken(ACCESS_TOKEN, "The expected access token"),
        taken(CLIENT_TOKEN, "The expected client token"),
        taken(CLIENT_SECRET, "The expected client secret"),
        taken(HEADERS_TO_SIGN, "Names of signed headers, in order").more("With commas between"),
        taken(MAX_BODY_SIZE, "The number of bytes of a POST body that are signed").default("131072"),
        taken(BASE_URL, "The host that the signature is for"),
        taken(EDGERC, "Take what is not given from this file"),
        taken(SECTION, "Take it from this section"),
    ],
    make: |layers| Ok(Box::new(EdgeGrid::new(layers)?)),
};

/// The credentials, and the parts of requests that are signed.
struct EdgeGrid {
    client_token: String,
    access_token: String,
    client_secret: Secret,
    headers: Vec<String>,
    most: usize,
    host: Option<String>,
}

impl EdgeGrid {
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let tokens = [&CLIENT_TOKEN, &ACCESS_TOKEN, &CLIENT_SECRET];
        // If everything was given, no file is read: there may be none.
        let section = match tokens.into_iter().all(|parameter| layers.filled(parameter).is_some()) {
            true => Section::default(),
            false => edgerc::find(layers)?,
        };
        let given = |parameter: &Parameter, other: &Option<Secret>| {
            let given = layers.secret(parameter).filter(|secret| !secret.is_empty()).or(other.as_ref());
            given.cloned().ok_or_else(|| layers.missing(parameter))
        };
        let headers = layers.filled(&HEADERS_TO_SIGN).or(section.headers_to_sign.as_deref()).unwrap_or_default();
        let base = layers.filled(&BASE_URL).map(|base| {
            let url = if base.contains("://") { base.to_owned() } else { format!("https://{base}") };
            Url::parse(url.into()).map_err(|_| layers.bad(&BASE_URL, "neither a URL nor a host"))
        });
        Ok(Self {
            client_token: given(&CLIENT_TOKEN, &section.client_token)?.expose().to_owned(),
            access_token: given(&ACCESS_TOKEN, &section.access_token)?.expose().to_owned(),
            client_secret: given(&CLIENT_SECRET, &section.client_secret)?,
            headers: headers.split(',').map(|name| name.trim().to_lowercase()).collect(),
            most: layers.number(&MAX_BODY_SIZE)?.or(section.max_body).unwrap_or(128 * 1024),
            host: base.transpose()?.map(|(url, _)| url.host_header().into_owned()),
        })
    }

    /// Returns the canonical request: method, scheme, host, target, headers and the body's hash, each with a tab behind it.
    fn canonical_request(&self, request: &Request<'_>) -> String {
        let url = request.url.as_str();
        let scheme = url.split_once(':').map_or(url, |(scheme, _)| scheme).to_lowercase();
        let host = match &self.host {
            Some(host) => host.clone(),
            None => request.host().to_lowercase(),
        };
        let mut headers = Vec::new();
        for name in &self.headers {
            // Of repeated headers the first counts, and a header without a value counts as absent.
            let Some(header) = request.headers.iter().find(|header| header.is(name)) else { continue };
            let words: Vec<&str> = header.value.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            if !words.is_empty() {
                headers.push(format!("{name}:{}", words.join(" ")));
            }
        }
        let body: Vec<u8> = request.body.sent().iter().copied().take(self.most).collect();
        let hash = match request.method.as_ref() {
            // EdgeGrid signs the body of POST alone. The field stays empty for other methods, even if they have a body.
            "POST" if !body.is_empty() => STANDARD.encode(Algorithm::Sha256.digest(&body)),
            _ => String::new(),
        };
        let fields = [&request.method, scheme.as_str(), &host, &request.url.target(), &headers.join("\t"), &hash];
        fields.iter().map(|field| format!("{field}\t")).collect()
    }
}

impl Verifies for EdgeGrid {
    fn verify(&self, request: &Request<'_>, _: i64) -> Result<(), Invalid> {
        let text = credentials(request, "EG1-HMAC-SHA256")?;
        let wrong = |problem: &str| Invalid::new("Authorization", problem);
        // The signature covers the header up to here, the semicolon included.
        let (signed, signature) = text.split_once("signature=").ok_or_else(|| wrong("has no signature"))?;
        let mut fields = signed.split(';').map(|field| field.split_once('='));
        let mut field = |name: &'static str| match fields.next() {
            Some(Some((key, value))) if key == name => Ok(value),
            _ => Err(Invalid::new(name, "is missing, or not in its place")),
        };
        if field("client_token")? != self.client_token {
            return Err(Invalid::new("client_token", "is another one"));
        }
        if field("access_token")? != self.access_token {
            return Err(Invalid::new("access_token", "is another one"));
        }
        let time = field("timestamp")?;
        let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
        if shape != "99999999T99:99:99+9999" || !time.ends_with("+0000") {
            return Err(Invalid::new("timestamp", "is not like 20140321T19:34:21+0000"));
        }
        if field("nonce")?.is_empty() {
            return Err(Invalid::new("nonce", "is empty"));
        }
        let data = format!("{}EG1-HMAC-SHA256 {signed}", self.canonical_request(request));
        // EdgeGrid takes the base64 text of this HMAC as the next key, not its bytes.
        let key = sum(self.client_secret.expose(), time);
        if is_same(sum(&key, &data).as_bytes(), signature.as_bytes()) {
            return Ok(());
        }
        Err(Invalid::new("signature", format!("is not what the secret makes of {data:?}")))
    }
}

/// Returns an HMAC-SHA256 in base64.
fn sum(key: &str, text: &str) -> String {
    STANDARD.encode(Algorithm::Sha256.hmac(key.as_bytes(), text.as_bytes()))
}
