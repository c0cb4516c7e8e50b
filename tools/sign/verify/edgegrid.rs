//! Akamai EdgeGrid: the signature is computed again from the request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use countersign_shared::auth::edgegrid::TABLE;
use countersign_shared::auth::edgegrid::edgerc::{self, Section};
use countersign_shared::auth::scheme::Layers;
use countersign_shared::error::Error;
use countersign_shared::hash::{Algorithm, is_same};
use countersign_shared::request::Request;
use countersign_shared::secret::Secret;
use countersign_shared::url::Url;

use super::verifier::{Invalid, Parameters, Verifier, Verifies, credentials};

/// The verifier of the scheme.
pub(super) static VERIFIER: Verifier = Verifier {
    table: &TABLE,
    examples: "  sign verify edgegrid --section papi signed.ndjson",
    parameters: PARAMETERS,
    make: |layers| Ok(Box::new(EdgeGrid::new(layers)?)),
};

const PARAMETERS: Parameters = &[
    ("accessToken", "The access token that is right"),
    ("clientToken", "The client token that is right"),
    ("clientSecret", "The client secret that is right"),
    ("headersToSign", "Names of headers that are signed; with commas between them, in order"),
    ("maxBodySize", "How many bytes of a POST body are signed [default: 131072]"),
    ("baseURL", "The host that the signature is for"),
    ("edgerc", "Take what is not given from this file"),
    ("section", "Take it from this section"),
];

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
        let keys = ["clientToken", "accessToken", "clientSecret"];
        let section = match keys.iter().all(|key| layers.filled(key).is_some()) {
            true => Section::default(),
            false => edgerc::find(layers)?,
        };
        let given = |key: &'static str, other: &Option<Secret>| {
            let given = layers.secret(key).filter(|secret| !secret.is_empty()).or(other.as_ref());
            given.cloned().ok_or_else(|| layers.missing(key))
        };
        let headers = layers.filled("headersToSign").or(section.headers_to_sign.as_deref()).unwrap_or_default();
        let base = layers.filled("baseURL").map(|base| {
            let url = if base.contains("://") { base.to_owned() } else { format!("https://{base}") };
            Url::parse(url.into()).map_err(|_| layers.bad("baseURL", "neither a URL nor a host"))
        });
        Ok(Self {
            client_token: given("clientToken", &section.client_token)?.expose().to_owned(),
            access_token: given("accessToken", &section.access_token)?.expose().to_owned(),
            client_secret: given("clientSecret", &section.client_secret)?,
            headers: headers.split(',').map(|name| name.trim().to_lowercase()).collect(),
            most: layers.number("maxBodySize")?.or(section.max_body).unwrap_or(128 * 1024),
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
