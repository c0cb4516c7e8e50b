//! Authorization of `OpenCollection`, in the parameters that `sign` knows.

use serde_json::{Value, json};

use super::super::node::{Fields, Node};
use super::super::table::is_off;
use super::super::{Auth, Rule, Wrong};

/// The names of a type's parameters, theirs and ours.
type Names = &'static [(&'static str, &'static str)];

const BASIC: Names = &[("username", "username"), ("password", "password")];
const NTLM: Names = &[("username", "username"), ("password", "password"), ("domain", "domain")];
const BEARER: Names = &[("token", "token")];
const API_KEY: Names = &[("key", "key"), ("value", "value")];
const AWS: Names = &[
    ("accessKeyId", "accessKey"),
    ("secretAccessKey", "secretKey"),
    ("sessionToken", "sessionToken"),
    ("service", "service"),
    ("region", "region"),
];
const OAUTH1: Names = &[
    ("consumerKey", "consumerKey"),
    ("consumerSecret", "consumerSecret"),
    ("accessToken", "token"),
    ("accessTokenSecret", "tokenSecret"),
    ("signatureMethod", "signatureMethod"),
    ("timestamp", "timestamp"),
    ("nonce", "nonce"),
    ("version", "version"),
    ("realm", "realm"),
    ("callbackUrl", "callback"),
    ("verifier", "verifier"),
    ("privateKey", "privateKey"),
    ("includeBodyHash", "includeBodyHash"),
];
const EDGEGRID: Names = &[
    ("accessToken", "accessToken"),
    ("clientToken", "clientToken"),
    ("clientSecret", "clientSecret"),
    ("nonce", "nonce"),
    ("timestamp", "timestamp"),
    ("baseURL", "baseURL"),
    ("baseUrl", "baseURL"),
    ("headersToSign", "headersToSign"),
    ("maxBodySize", "maxBodySize"),
];
const OAUTH2: Names = &[
    ("accessTokenUrl", "accessTokenUrl"),
    ("authorizationUrl", "authUrl"),
    ("refreshTokenUrl", "refreshTokenUrl"),
    ("callbackUrl", "redirect_uri"),
    ("scope", "scope"),
    ("state", "state"),
];

/// Returns the rule that `auth` says; `absent` is the rule if there is none.
#[must_use]
pub(super) fn rule(node: Option<Node<'_>>, absent: Rule) -> Rule {
    let Some(node) = node.filter(|node| !node.is_null()) else { return absent };
    read(node).unwrap_or_else(Rule::Wrong)
}

fn read(node: Node<'_>) -> Result<Rule, Wrong> {
    if node.is_text() {
        return match node.clone().text()?.as_str() {
            "inherit" => Ok(Rule::Inherit),
            "none" => Ok(Rule::Off),
            _ => Err(node.wrong("is neither inherit nor none nor an object")),
        };
    }
    let mut fields = node.fields()?;
    let missing = fields.missing("type");
    let kind = fields.given("type").ok_or(missing)?;
    let (scheme, parameters) = match kind.clone().text()?.as_str() {
        "none" => return Ok(Rule::Off),
        scheme @ ("basic" | "digest" | "wsse") => (scheme.to_owned(), mapped(&mut fields, BASIC)?),
        "ntlm" => ("ntlm".to_owned(), mapped(&mut fields, NTLM)?),
        "bearer" => ("bearer".to_owned(), mapped(&mut fields, BEARER)?),
        "apikey" => ("apikey".to_owned(), api_key(&mut fields)?),
        "awsv4" => ("awsv4".to_owned(), mapped(&mut fields, AWS)?),
        "oauth1" => ("oauth1".to_owned(), oauth1(&mut fields)?),
        "akamai-edgegrid" | "edgegrid" => ("edgegrid".to_owned(), mapped(&mut fields, EDGEGRID)?),
        "oauth2" => ("oauth2".to_owned(), oauth2(&mut fields)?),
        "inherit" => return Err(kind.wrong("is written as auth: inherit, without a type")),
        other => return Err(kind.wrong(format!("is no type of authorization: {other}"))),
    };
    Ok(Rule::Given(Auth { scheme, parameters, rest: fields.rest() }))
}

/// Takes parameters out. Bruno writes those that nobody filled in as empty text.
fn mapped(fields: &mut Fields<'_>, names: Names) -> Result<Vec<(String, Value)>, Wrong> {
    let mut parameters = Vec::new();
    for (theirs, ours) in names {
        if let Some(value) = fields.given(theirs).map(|node| value(&node)).transpose()?.flatten() {
            parameters.push(((*ours).to_owned(), value));
        }
    }
    Ok(parameters)
}

fn value(node: &Node<'_>) -> Result<Option<Value>, Wrong> {
    match node.raw().get() {
        "true" => Ok(Some(Value::Bool(true))),
        "false" => Ok(Some(Value::Bool(false))),
        _ => Ok(node.scalar()?.filter(|text| !text.is_empty()).map(Value::String)),
    }
}

fn text(fields: &mut Fields<'_>, name: &str) -> Result<Option<String>, Wrong> {
    Ok(fields.given(name).map_or(Ok(None), |node| node.scalar())?.filter(|text| !text.is_empty()))
}

fn api_key(fields: &mut Fields<'_>) -> Result<Vec<(String, Value)>, Wrong> {
    let mut parameters = mapped(fields, API_KEY)?;
    let missing = fields.missing("placement");
    let node = fields.given("placement").ok_or(missing)?;
    match node.clone().text()?.as_str() {
        place @ ("header" | "query") => parameters.push(("in".to_owned(), json!(place))),
        _ => return Err(node.wrong("is neither header nor query")),
    }
    Ok(parameters)
}

fn oauth1(fields: &mut Fields<'_>) -> Result<Vec<(String, Value)>, Wrong> {
    let mut parameters = mapped(fields, OAUTH1)?;
    let is_header = match fields.given("placement") {
        None => true,
        Some(node) => match node.clone().text()?.as_str() {
            "header" | "" => true,
            "query" | "body" => false,
            _ => return Err(node.wrong("is neither header nor query nor body")),
        },
    };
    parameters.push(("addParamsToHeader".to_owned(), json!(is_header)));
    Ok(parameters)
}

fn oauth2(fields: &mut Fields<'_>) -> Result<Vec<(String, Value)>, Wrong> {
    let mut parameters = vec![("grant_type".to_owned(), json!(grant(fields)?))];
    parameters.extend(mapped(fields, OAUTH2)?);
    if let Some(credentials) = fields.given("credentials") {
        let mut credentials = credentials.fields()?;
        parameters.extend(mapped(&mut credentials, &[("clientId", "clientId"), ("clientSecret", "clientSecret")])?);
        if let Some(node) = credentials.given("placement") {
            let place = match node.clone().text()?.as_str() {
                "basic_auth_header" | "" => "header",
                "body" => "body",
                _ => return Err(node.wrong("is neither basic_auth_header nor body")),
            };
            parameters.push(("client_authentication".to_owned(), json!(place)));
        }
    }
    if let Some(owner) = fields.given("resourceOwner") {
        parameters.extend(mapped(&mut owner.fields()?, BASIC)?);
    }
    if let Some(config) = fields.given("tokenConfig") {
        parameters.extend(token_place(config.fields()?)?);
    }
    if let Some(additional) = fields.given("additionalParameters") {
        let mut additional = additional.fields()?;
        for (theirs, ours) in [
            ("authorizationRequest", "authRequestParams"),
            ("accessTokenRequest", "tokenRequestParams"),
            ("refreshTokenRequest", "refreshRequestParams"),
        ] {
            if let Some(node) = additional.given(theirs) {
                parameters.push((ours.to_owned(), additions(node)?));
            }
        }
    }
    Ok(parameters)
}

fn grant(fields: &mut Fields<'_>) -> Result<&'static str, Wrong> {
    let missing = fields.missing("flow");
    let flow = fields.given("flow").ok_or(missing)?;
    let pkce = fields.given("pkce");
    let has_pkce = match pkce {
        Some(node) if node.is_object() => node.fields()?.given("enabled").map_or(Ok(true), |node| node.flag())?,
        Some(node) => node.flag()?,
        None => false,
    };
    match flow.clone().text()?.as_str() {
        "client_credentials" => Ok("client_credentials"),
        "resource_owner_password_credentials" | "resource_owner_password" | "password" => Ok("password_credentials"),
        "authorization_code" if has_pkce => Ok("authorization_code_with_pkce"),
        "authorization_code" => Ok("authorization_code"),
        "implicit" => Ok("implicit"),
        other => Err(flow.wrong(format!("is no flow of OAuth 2.0: {other}"))),
    }
}

/// Returns the parameters that say where the token goes in a request.
fn token_place(mut config: Fields<'_>) -> Result<Vec<(String, Value)>, Wrong> {
    let mut parameters = Vec::new();
    if let Some(node) = config.given("source")
        && !matches!(node.clone().text()?.as_str(), "access_token" | "")
    {
        return Err(node.wrong("is not access_token, which alone is put on requests"));
    }
    let Some(place) = config.given("placement") else { return Ok(parameters) };
    let mut place = place.fields()?;
    if let Some(node) = place.given("header") {
        // An empty prefix is one: the token then stands alone.
        parameters.push(("addTokenTo".to_owned(), json!("header")));
        parameters.push(("headerPrefix".to_owned(), json!(node.text()?)));
    } else if let Some(node) = place.given("query") {
        if !matches!(node.clone().text()?.as_str(), "access_token" | "") {
            return Err(node.wrong("is not access_token, the name that a token has in a query (RFC 6750 section 2.3)"));
        }
        parameters.push(("addTokenTo".to_owned(), json!("queryParams")));
    }
    Ok(parameters)
}

/// Returns parameters of a request to the token endpoint in Postman's form.
fn additions(node: Node<'_>) -> Result<Value, Wrong> {
    let mut rows = Vec::new();
    for row in node.list()? {
        let mut row = row.fields()?;
        if is_off(&mut row)? {
            continue;
        }
        let key = text(&mut row, "name")?.unwrap_or_default();
        let value = text(&mut row, "value")?.unwrap_or_default();
        let place = row.given("placement");
        let name = place.clone().map(Node::text).transpose()?;
        let send_as = match (name.as_deref(), place) {
            (Some("body") | None, _) => "request_body",
            (Some("header"), _) => "request_header",
            (Some("query"), _) => "request_url",
            (_, place) => {
                return Err(
                    place.map_or_else(Wrong::default, |place| place.wrong("is neither body nor header nor query"))
                );
            }
        };
        rows.push(json!({"key": key, "value": value, "enabled": true, "send_as": send_as}));
    }
    Ok(Value::Array(rows))
}
