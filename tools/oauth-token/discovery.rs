//! Reads an authorization server's metadata: `OpenID` Connect Discovery 1.0 and RFC 8414.

use serde_json::{Map, Value};

use countersign_shared::error::Error;
use countersign_shared::oauth::Endpoints;
use countersign_shared::terminal;
use countersign_shared::transport::Transport;
use countersign_shared::url::{Protocol, Url, masked};

use crate::document::{self, Document};

/// The members of a server's metadata that this tool uses.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    /// The endpoints.
    pub(crate) endpoints: Endpoints,
    /// `authorization_response_iss_parameter_supported` (RFC 9207 section 3).
    pub(crate) names_issuer: NamesIssuer,
    /// `jwks_uri`: the URL of the keys that the issuer signs ID tokens with.
    pub(crate) keys: Option<String>,
    /// `mtls_endpoint_aliases`: the endpoints for clients that show a certificate (RFC 8705 section 5).
    pub(crate) aliases: Endpoints,
    /// `token_endpoint_auth_methods_supported`.
    pub(crate) authentications: Vec<String>,
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

/// The parts of a URL at which metadata is published.
const WELL_KNOWN: [&str; 2] = ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"];

/// Fetches the metadata of an issuer from the well-known URLs, OpenID Connect's first. A well-known URL itself is taken too.
///
/// # Errors
/// Returns [`Error::Usage`] if the issuer is not an http(s) URL, [`Error::Network`] if it cannot be reached, and
/// [`Error::Failed`] if no URL has metadata, or if the metadata names another issuer, or an endpoint without https although
/// the issuer has it.
pub(crate) fn discover(issuer: &str, transport: &dyn Transport) -> Result<Metadata, Error> {
    let (url, _) = Url::parse(issuer.into()).map_err(|error| bad_issuer(issuer, &error))?;
    // Whoever can change what an issuer says of itself chooses where the secrets go.
    transport.check_way(&url)?;
    let mut tried = Vec::new();
    for place in places(issuer, &url) {
        match document::fetch(&place, "application/json", transport) {
            Ok(Document::Missing(status)) => tried.push(format!("{} (HTTP status {status})", masked(&place))),
            // If the server cannot be reached at one path, the others would only take as long to fail.
            Err(error @ Error::Network(_)) => return Err(error),
            // Many sites answer every path with a page.
            Err(error) => tried.push(error.to_string()),
            Ok(Document::Found(object)) => {
                if url.protocol() == Protocol::Https {
                    check_endpoints(&object)?;
                }
                return metadata(issuer, &place, &object);
            }
        }
    }
    Err(Error::Failed(format!("no metadata at {}: is that the issuer?", tried.join(", "))))
}

/// Returns the URLs at which the metadata may be.
fn places(issuer: &str, url: &Url<'_>) -> Vec<String> {
    if WELL_KNOWN.iter().any(|part| url.path().contains(part)) {
        return vec![issuer.split('#').next().unwrap_or(issuer).to_owned()];
    }
    let path = url.path().trim_end_matches('/');
    // Azure AD B2C names its policy in the query, which has to come along.
    let query = url.target().split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
    // OpenID Connect puts the well-known part behind the issuer's path, but RFC 8414 puts it before (section 5).
    let [openid, oauth] = WELL_KNOWN;
    let origin = url.origin();
    vec![
        format!("{origin}{path}{openid}{query}"),
        format!("{origin}{oauth}{path}{query}"),
        format!("{origin}{openid}{path}{query}"),
    ]
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
fn metadata(asked: &str, place: &str, object: &Map<String, Value>) -> Result<Metadata, Error> {
    let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    let named = text("issuer").unwrap_or_default();
    if !is_same_issuer(&named, asked, place) {
        let (shown, asked) = (terminal::clean(&named).into_owned(), masked(asked));
        return Err(Error::Failed(format!(
            "the metadata of {asked} names another issuer: {shown}; if that is the one you mean, --discover {shown}, else \
             give its endpoints as options: --auth-url and --access-token-url"
        )));
    }
    let is_true = |name: &str| object.get(name).and_then(Value::as_bool) == Some(true);
    let aliases = object.get("mtls_endpoint_aliases").and_then(Value::as_object);
    let methods = object.get("token_endpoint_auth_methods_supported").and_then(Value::as_array);
    Ok(Metadata {
        endpoints: Endpoints { issuer: Some(named), ..endpoints(object) },
        keys: text("jwks_uri"),
        names_issuer: if is_true("authorization_response_iss_parameter_supported") {
            NamesIssuer::Always
        } else {
            NamesIssuer::Unknown
        },
        aliases: aliases.map(endpoints).unwrap_or_default(),
        authentications: methods.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
    })
}

fn endpoints(object: &Map<String, Value>) -> Endpoints {
    let text = |name: &str| object.get(name).and_then(Value::as_str).filter(|url| !url.is_empty()).map(str::to_owned);
    Endpoints {
        authorization: text("authorization_endpoint"),
        token: text("token_endpoint"),
        device_authorization: text("device_authorization_endpoint"),
        revocation: text("revocation_endpoint"),
        pushed_authorization: text("pushed_authorization_request_endpoint"),
        ..Endpoints::default()
    }
}

/// Returns true if the issuer that the metadata names is the one that was asked, or that a well-known URL belongs to. An issuer
/// with a placeholder stands for each that has anything in its place, on the same origin.
fn is_same_issuer(named: &str, asked: &str, place: &str) -> bool {
    let named = named.trim_end_matches('/');
    if named == asked.trim_end_matches('/') || is_template_of(named, asked) {
        return true;
    }
    // Whoever pastes the metadata's own URL has named the issuer by it.
    WELL_KNOWN.iter().filter_map(|part| place.split_once(part)).any(|(before, behind)| {
        let behind = behind.split(['?', '#']).next().unwrap_or_default();
        asked.contains("/.well-known/") && {
            let issuer = format!("{before}{behind}");
            named == issuer.trim_end_matches('/') || is_template_of(named, &issuer)
        }
    })
}

/// Returns true if an issuer is a template, such as `https://login.microsoftonline.com/{tenantid}/v2.0`, that another one fits
/// into: the origin is the same, and the placeholder takes one segment of the path.
pub(crate) fn is_template_of(template: &str, issuer: &str) -> bool {
    let Some((before, rest)) = template.split_once('{') else { return false };
    let Some((_, behind)) = rest.split_once('}') else { return false };
    let issuer = issuer.trim_end_matches('/');
    // A placeholder in the host would let any server in.
    let is_in_path = before.splitn(4, '/').count() == 4;
    let middle = issuer.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind.trim_end_matches('/')));
    is_in_path && middle.is_some_and(|middle| !middle.is_empty() && !middle.contains(['/', '?', '#', '{', '}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_takes_one_segment_of_a_path() {
        let template = "https://login.example/{tenantid}/v2.0";
        for (issuer, is_one) in [
            ("https://login.example/common/v2.0", true),
            ("https://login.example/72f988bf-86f1/v2.0/", true),
            ("https://login.example/a/b/v2.0", false),
            ("https://login.example//v2.0", false),
            ("https://evil.example/common/v2.0", false),
            ("https://login.example/common/v1.0", false),
        ] {
            assert_eq!(is_template_of(template, issuer), is_one, "{issuer}");
        }
        assert!(!is_template_of("https://{host}/v2.0", "https://evil.example/v2.0"));
        assert!(!is_template_of("https://login.example/x", "https://login.example/x"));
    }
}
