//! Authorization server metadata: `OpenID` Connect Discovery 1.0 and RFC 8414.

use serde_json::{Map, Value};

use countersign_shared::error::Error;
use countersign_shared::headers::Headers;
use countersign_shared::oauth::recipe::Endpoints;
use countersign_shared::request::Request;
use countersign_shared::transport::{Limits, Transport};
use countersign_shared::url::Url;

/// What a server says of itself, as far as it matters here.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    /// Its endpoints.
    pub(crate) endpoints: Endpoints,
    /// RFC 9207: answers of the authorization endpoint name the issuer.
    pub(crate) names_issuer: NamesIssuer,
}

/// Whether the authorization endpoint's answers name the issuer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum NamesIssuer {
    /// One that does not is forged.
    Always,
    #[default]
    Unknown,
}

/// Asks an issuer for its metadata, at both places where it may be.
///
/// # Errors
/// It is at neither place, or names another issuer.
pub(crate) fn discover(issuer: &str, transport: &dyn Transport) -> Result<Metadata, Error> {
    let (url, _) = Url::parse(issuer.into()).map_err(|error| Error::Usage(format!("--discover: {error}")))?;
    let path = url.path().trim_end_matches('/');
    let places = [
        format!("{}{path}/.well-known/openid-configuration", url.origin()),
        format!("{}/.well-known/oauth-authorization-server{path}", url.origin()),
        format!("{}/.well-known/openid-configuration{path}", url.origin()),
    ];
    let mut first = None;
    for place in &places {
        match fetch(place, transport) {
            Ok(object) => return metadata(issuer, &object),
            Err(error @ Error::Network(_)) => return Err(error),
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.unwrap_or_else(|| Error::Failed("no metadata".to_owned())))
}

fn fetch(place: &str, transport: &dyn Transport) -> Result<Map<String, Value>, Error> {
    let mut request = Request::new("GET", place.to_owned())?;
    let mut headers = Headers::new();
    headers.push("Accept", "application/json");
    request.headers = headers;
    let response = transport.send(&request, Limits::SERVICE)?;
    match response.status {
        200 => serde_json::from_slice(&response.body)
            .map_err(|_| Error::Failed(format!("{place}: the metadata is not a JSON object"))),
        status => Err(Error::Failed(format!(
            "{place}: no metadata there (HTTP status {status}), nor where RFC 8414 has it: is that the issuer?"
        ))),
    }
}

/// The issuer must be the one that was asked, to the letter, or somebody else answers for it (RFC 8414 section 3.3).
fn metadata(issuer: &str, object: &Map<String, Value>) -> Result<Metadata, Error> {
    let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    let named = text("issuer").unwrap_or_default();
    if named.trim_end_matches('/') != issuer.trim_end_matches('/') {
        return Err(Error::Failed("the metadata names another issuer than the one that was asked".to_owned()));
    }
    let is_true = |name: &str| object.get(name).and_then(Value::as_bool) == Some(true);
    Ok(Metadata {
        endpoints: Endpoints {
            issuer: Some(named),
            authorization: text("authorization_endpoint"),
            token: text("token_endpoint"),
            device_authorization: text("device_authorization_endpoint"),
            revocation: text("revocation_endpoint"),
            pushed_authorization: text("pushed_authorization_request_endpoint"),
            request_token: None,
        },
        names_issuer: if is_true("authorization_response_iss_parameter_supported") {
            NamesIssuer::Always
        } else {
            NamesIssuer::Unknown
        },
    })
}
