//! Reads an authorization server's metadata: `OpenID` Connect Discovery 1.0 and RFC 8414.

use serde_json::{Map, Value};

use countersign_shared::error::Error;
use countersign_shared::headers::Headers;
use countersign_shared::oauth::Endpoints;
use countersign_shared::request::Request;
use countersign_shared::transport::{Limits, Transport};
use countersign_shared::url::{Protocol, Url};

/// The members of a server's metadata that this tool uses.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    /// The endpoints.
    pub(crate) endpoints: Endpoints,
    /// `authorization_response_iss_parameter_supported` (RFC 9207 section 3).
    pub(crate) names_issuer: NamesIssuer,
    /// `jwks_uri`: the URL of the keys that the issuer signs ID tokens with.
    pub(crate) keys: Option<String>,
}

/// The promise of a server about the `iss` parameter in answers of its authorization endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum NamesIssuer {
    /// Every answer names the issuer, so that one without is forged.
    Always,
    /// The server does not say.
    #[default]
    Unknown,
}

/// Fetches the metadata of an issuer from the well-known URLs, OpenID Connect's first.
///
/// # Errors
/// Returns [`Error::Usage`] if the issuer is not an http(s) URL, [`Error::Network`] if it cannot be reached, and
/// [`Error::Failed`] if no URL has metadata, or if the metadata names another issuer, or an endpoint without https although
/// the issuer has it.
pub(crate) fn discover(issuer: &str, transport: &dyn Transport) -> Result<Metadata, Error> {
    let (url, _) = Url::parse(issuer.into()).map_err(|error| bad_issuer(issuer, &error))?;
    // Whoever can change what an issuer says of itself chooses where the secrets go.
    transport.check_way(&url)?;
    let path = url.path().trim_end_matches('/');
    // OpenID Connect puts the well-known part behind the issuer's path, but RFC 8414 puts it before (section 5).
    let places = [
        format!("{}{path}/.well-known/openid-configuration", url.origin()),
        format!("{}/.well-known/oauth-authorization-server{path}", url.origin()),
        format!("{}/.well-known/openid-configuration{path}", url.origin()),
    ];
    let mut first = None;
    for place in &places {
        match fetch(place, transport) {
            Ok(object) => {
                if url.protocol() == Protocol::Https {
                    check_endpoints(&object)?;
                }
                return metadata(issuer, &object);
            }
            // If the server cannot be reached at one path, the others would only take as long to fail.
            Err(error @ Error::Network(_)) => return Err(error),
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.unwrap_or_else(|| Error::Failed("no metadata".to_owned())))
}

/// Makes the error for an issuer that is not a URL. Without a scheme the issuer is shown, but neither its userinfo nor its
/// query: they could hold a secret.
fn bad_issuer(issuer: &str, error: &Error) -> Error {
    if issuer.contains("://") {
        return Error::Usage(format!("--discover: {error}"));
    }
    let shown = issuer.split(['?', '#']).next().unwrap_or_default();
    let shown = shown.rsplit('@').next().unwrap_or_default();
    Error::Usage(format!("--discover \"{shown}\": needs http:// or https://"))
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

/// Checks that the metadata of an https issuer names https endpoints only, also among those for mutual TLS: a server behind a
/// proxy that ends TLS often publishes others (OpenID Connect Discovery section 3 requires https).
///
/// # Errors
/// Returns [`Error::Failed`], which names the member, if an endpoint is not https.
fn check_endpoints(object: &Map<String, Value>) -> Result<(), Error> {
    let aliases = object.get("mtls_endpoint_aliases").and_then(Value::as_object).into_iter().flatten();
    for (name, value) in object.iter().chain(aliases) {
        let is_endpoint = name.ends_with("_endpoint") || name == "jwks_uri";
        let Some(url) = value.as_str().filter(|url| is_endpoint && !url.is_empty()) else { continue };
        if !url.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://")) {
            let problem = "is not https, though the issuer is: give that endpoint as an option, without --discover";
            return Err(Error::Failed(format!("the metadata's {name} {problem}")));
        }
    }
    Ok(())
}

/// Reads the metadata. Its issuer must be the one that was asked, or it could be another server's (RFC 8414 section 3.3); a
/// slash at the end makes no difference, since users and servers disagree about it.
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
        keys: text("jwks_uri"),
        names_issuer: if is_true("authorization_response_iss_parameter_supported") {
            NamesIssuer::Always
        } else {
            NamesIssuer::Unknown
        },
    })
}
