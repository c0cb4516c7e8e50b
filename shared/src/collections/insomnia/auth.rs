//! Insomnia's authorization in the parameters that `sign` knows.

use serde_json::{Value, json};

use super::super::node::{Fields, Node};
use super::super::{Auth, Rule, Wrong};

type Parameters = Vec<(String, Value)>;

/// The names of a type's parameters, theirs and ours.
type Names = &'static [(&'static str, &'static str)];

const BASIC: Names = &[("username", "username"), ("password", "password")];
const AWS: Names = &[
    ("accessKeyId", "accessKey"),
    ("secretAccessKey", "secretKey"),
    ("sessionToken", "sessionToken"),
    ("region", "region"),
    ("service", "service"),
];
const OAUTH1: Names = &[
    ("signatureMethod", "signatureMethod"),
    ("consumerKey", "consumerKey"),
    ("consumerSecret", "consumerSecret"),
    ("tokenKey", "token"),
    ("tokenSecret", "tokenSecret"),
    ("privateKey", "privateKey"),
    ("version", "version"),
    ("nonce", "nonce"),
    ("timestamp", "timestamp"),
    ("callback", "callback"),
    ("realm", "realm"),
    ("verifier", "verifier"),
    ("includeBodyHash", "includeBodyHash"),
];
const HAWK: Names = &[
    ("id", "authId"),
    ("key", "authKey"),
    ("algorithm", "algorithm"),
    ("ext", "extraData"),
    ("validatePayload", "includePayloadHash"),
];
const ASAP: Names = &[
    ("issuer", "iss"),
    ("subject", "sub"),
    ("audience", "aud"),
    ("additionalClaims", "claims"),
    ("keyId", "kid"),
    ("privateKey", "privateKey"),
];
const OAUTH2: Names = &[
    ("accessTokenUrl", "accessTokenUrl"),
    ("authorizationUrl", "authUrl"),
    ("clientId", "clientId"),
    ("clientSecret", "clientSecret"),
    ("scope", "scope"),
    ("resource", "resource"),
    ("audience", "audience"),
    ("state", "state"),
    ("redirectUrl", "redirect_uri"),
    ("username", "username"),
    ("password", "password"),
    ("tokenPrefix", "headerPrefix"),
];

/// Returns the rule of an `authentication`. One without a type leaves it to the folders.
#[must_use]
pub(super) fn rule(node: Option<Node<'_>>) -> Rule {
    node.filter(|node| !node.is_null()).map_or(Ok(Rule::Inherit), read).unwrap_or_else(Rule::Wrong)
}

fn read(node: Node<'_>) -> Result<Rule, Wrong> {
    let mut fields = node.fields()?;
    let Some(kind) = fields.given("type") else { return Ok(Rule::Inherit) };
    let name = kind.clone().text()?;
    if fields.given("disabled").map_or(Ok(false), |node| node.flag())? {
        return Ok(Rule::Off);
    }
    let (scheme, parameters) = match name.as_str() {
        "" | "inherit" => return Ok(Rule::Inherit),
        "none" => return Ok(Rule::Off),
        scheme @ ("basic" | "digest" | "ntlm") => (scheme, mapped(&mut fields, BASIC)?),
        "bearer" => bearer(&mut fields)?,
        "apikey" => ("apikey", api_key(&mut fields)?),
        "iam" => ("awsv4", mapped(&mut fields, AWS)?),
        "oauth1" => {
            let mut parameters = mapped(&mut fields, OAUTH1)?;
            parameters.push(("addParamsToHeader".to_owned(), json!(true)));
            ("oauth1", parameters)
        }
        "oauth2" => ("oauth2", oauth2(&mut fields)?),
        "hawk" => ("hawk", mapped(&mut fields, HAWK)?),
        "asap" => {
            let mut parameters = mapped(&mut fields, ASAP)?;
            parameters.push(("alg".to_owned(), json!("RS256")));
            ("asap", parameters)
        }
        other => return Err(kind.wrong(format!("is no type of authorization that sign has: {other}"))),
    };
    Ok(Rule::Given(Auth { scheme: scheme.to_owned(), parameters, rest: fields.rest() }))
}

fn mapped(fields: &mut Fields<'_>, names: Names) -> Result<Parameters, Wrong> {
    let mut parameters = Vec::new();
    for (theirs, ours) in names {
        let Some(node) = fields.given(theirs) else { continue };
        let value = match node.raw().get() {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => node.scalar()?.filter(|text| !text.is_empty()).map(Value::String),
        };
        parameters.extend(value.map(|value| ((*ours).to_owned(), value)));
    }
    Ok(parameters)
}

/// Returns a bearer token, or one behind another word.
fn bearer(fields: &mut Fields<'_>) -> Result<(&'static str, Parameters), Wrong> {
    let prefix = fields.given("prefix").map_or(Ok(None), |node| node.scalar())?;
    match prefix.filter(|prefix| !prefix.is_empty() && prefix != "Bearer") {
        None => Ok(("bearer", mapped(fields, &[("token", "token")])?)),
        Some(prefix) => {
            let mut parameters = mapped(fields, &[("token", "accessToken")])?;
            parameters.push(("headerPrefix".to_owned(), json!(prefix)));
            Ok(("oauth2", parameters))
        }
    }
}

fn api_key(fields: &mut Fields<'_>) -> Result<Parameters, Wrong> {
    let mut parameters = mapped(fields, &[("key", "key"), ("value", "value")])?;
    let place = match fields.given("addTo") {
        None => "header",
        Some(node) => match node.clone().text()?.as_str() {
            "header" => "header",
            "queryParams" => "query",
            _ => return Err(node.wrong("is neither header nor queryParams, where sign puts keys")),
        },
    };
    parameters.push(("in".to_owned(), json!(place)));
    Ok(parameters)
}

fn oauth2(fields: &mut Fields<'_>) -> Result<Parameters, Wrong> {
    let pkce = fields.given("usePkce").map_or(Ok(false), |node| node.flag())?;
    let grant = match fields.given("grantType") {
        None => "authorization_code",
        Some(node) => match node.clone().text()?.as_str() {
            "authorization_code" if pkce => "authorization_code_with_pkce",
            "authorization_code" => "authorization_code",
            "client_credentials" => "client_credentials",
            "password" => "password_credentials",
            "implicit" => "implicit",
            _ => return Err(node.wrong("is no grant of OAuth 2.0 that sign has")),
        },
    };
    let mut parameters = vec![("grant_type".to_owned(), json!(grant))];
    parameters.extend(mapped(fields, OAUTH2)?);
    if let Some(in_body) = fields.given("credentialsInBody") {
        let place = if in_body.flag()? { "body" } else { "header" };
        parameters.push(("client_authentication".to_owned(), json!(place)));
    }
    Ok(parameters)
}
