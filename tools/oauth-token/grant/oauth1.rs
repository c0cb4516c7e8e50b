//! OAuth 1.0a with its three legs (RFC 5849 section 2): temporary credentials, a person's consent, token credentials.
//! Requests are signed by the signer that `sign oauth1` has.

use countersign_shared::auth::oauth1::parameters::{
    ADD_PARAMS_TO_HEADER, CALLBACK, CONSUMER_KEY, CONSUMER_SECRET, PRIVATE_KEY, SIGNATURE_METHOD, TOKEN, TOKEN_SECRET,
    VERIFIER,
};
use countersign_shared::auth::{Auth, Layers, Parameter, Session, Values, oauth1};
use countersign_shared::body::Body;
use countersign_shared::error::Error;
use countersign_shared::headers::Headers;
use countersign_shared::oauth::Token;
use countersign_shared::oauth::endpoint::shown;
use countersign_shared::request::Request;
use countersign_shared::response::Response;
use countersign_shared::secret::Secret;
use countersign_shared::transport::Limits;
use countersign_shared::url::Url;

use super::Context;
use super::authorization::Answering;
use crate::callback::{self, Answer, Expected, Part};
use crate::settings::missing;

/// Credentials of either kind: a token and its secret.
struct Credentials {
    token: Secret,
    secret: Secret,
}

/// Gets a token through all three legs.
///
/// # Errors
/// An endpoint is missing or refuses, or the person denied it.
pub(super) fn get(context: &Context<'_>) -> Result<Token, Error> {
    let endpoints = &context.recipe.endpoints;
    let request_url = endpoints.request_token.as_deref().ok_or_else(|| missing("request-token-url"))?;
    let token_url = endpoints.token.as_deref().ok_or_else(|| missing("access-token-url"))?;
    let leg = Answering::start(context, Part::Query)?;
    let outcome = temporary(context, request_url, &leg).and_then(|temporary| {
        let verifier = authorize(context, &temporary, &leg)?;
        ask(context, token_url, Some(&temporary), (&VERIFIER, &verifier))
    });
    leg.finish(&outcome);
    let Credentials { token, secret } = outcome?;
    Ok(Token {
        access_token: token,
        token_type: "oauth1".to_owned(),
        expires_at: None,
        scope: context.recipe.scope.clone(),
        refresh_token: None,
        id_token: None,
        token_secret: Some(secret),
    })
}

/// Asks for temporary credentials (section 2.1).
fn temporary(context: &Context<'_>, url: &str, leg: &Answering) -> Result<Credentials, Error> {
    // Without an address to come back to, the server shows the verifier to the person.
    ask(context, url, None, (&CALLBACK, leg.redirect_uri("oob")))
}

/// Sends the person to the server (section 2.2) and gives the verifier that they came back with.
fn authorize(context: &Context<'_>, temporary: &Credentials, leg: &Answering) -> Result<String, Error> {
    let endpoint = context.recipe.endpoints.authorization.as_deref().ok_or_else(|| missing("auth-url"))?;
    let (mut url, _) = Url::parse(endpoint.into()).map_err(|error| Error::Usage(format!("--auth-url: {error}")))?;
    let mut parameters = countersign_shared::oauth::Form::default();
    parameters.set("oauth_token", temporary.token.expose());
    for (name, value) in context.settings.pairs("auth-param")? {
        parameters.set(&name, &value);
    }
    url.append_query(&parameters.encoded());
    let expected = Expected::Token(temporary.token.expose().to_owned());
    verifier(&leg.ask(context, url.as_str(), expected)?, temporary)
}

fn verifier(answer: &Answer, temporary: &Credentials) -> Result<String, Error> {
    if callback::is_denial(answer) {
        return Err(Error::Refused("the server refused: access was denied".to_owned()));
    }
    if answer.get("oauth_token").map(String::as_str) != Some(temporary.token.expose()) {
        return Err(Error::Failed("the answer is not to this request: it has another oauth_token".to_owned()));
    }
    let verifier = answer.get("oauth_verifier").filter(|verifier| !verifier.is_empty()).cloned();
    // 1.0 without the "a" has none, and with it the fault that the verifier mends: somebody else's session.
    verifier.ok_or_else(|| Error::Failed("the answer has no oauth_verifier".to_owned()))
}

/// One signed request for credentials.
fn ask(
    context: &Context<'_>,
    url: &str,
    with: Option<&Credentials>,
    parameter: (&Parameter, &str),
) -> Result<Credentials, Error> {
    let mut headers = Headers::new();
    headers.push("Accept", "application/x-www-form-urlencoded");
    let mut request = Request::from_parts("POST".into(), url.into(), headers, Body::new(&b""[..], ""))
        .map_err(|error| Error::Usage(format!("the endpoint's URL: {error}")))?;
    let options = values(context, with, parameter);
    let nothing = Values::default();
    let session = Session::default();
    let layers =
        Layers { table: &oauth1::TABLE, options: &options, line: None, environment: &nothing, session: &session };
    Auth::new(&layers)?.sign(&mut request, &context.clock.moment())?;
    let response = context.transport.send(&request, Limits::SERVICE)?;
    credentials(&response, context, with)
}

fn values(context: &Context<'_>, with: Option<&Credentials>, parameter: (&Parameter, &str)) -> Values {
    let mut values = Values::default();
    let mut set = |parameter: &Parameter, value: Option<Secret>| {
        if let Some(value) = value {
            values.set(parameter, value);
        }
    };
    set(&CONSUMER_KEY, context.client.id.as_deref().map(Secret::new));
    set(&CONSUMER_SECRET, context.client.secret.clone());
    set(&PRIVATE_KEY, context.client.private_key.clone());
    set(&SIGNATURE_METHOD, context.recipe.signature_method.as_deref().map(Secret::new));
    set(&ADD_PARAMS_TO_HEADER, Some(Secret::new("true")));
    set(&TOKEN, with.map(|credentials| credentials.token.clone()));
    set(&TOKEN_SECRET, with.map(|credentials| credentials.secret.clone()));
    set(parameter.0, Some(Secret::new(parameter.1)));
    values
}

/// The form that an endpoint answers with (section 2.1).
fn credentials(response: &Response, context: &Context<'_>, with: Option<&Credentials>) -> Result<Credentials, Error> {
    let text = String::from_utf8_lossy(&response.body);
    let secrets: Vec<&Secret> =
        with.iter().flat_map(|with| [&with.token, &with.secret]).chain(&context.client.secret).collect();
    match response.status {
        200..=299 => {}
        500..=599 => return Err(Error::Network(format!("the server failed with HTTP status {}", response.status))),
        status => {
            let said = shown(text.lines().next().unwrap_or_default(), &secrets);
            let text = format!("the server refused with HTTP status {status}: {said}");
            return Err(if matches!(status, 401 | 403) { Error::Refused(text) } else { Error::Failed(text) });
        }
    }
    let answer = callback::parse(text.trim());
    let secret = |name: &str| answer.get(name).map(|text| Secret::new(text.as_str()));
    match (secret("oauth_token").filter(|token| !token.is_empty()), secret("oauth_token_secret")) {
        (Some(token), Some(secret)) => Ok(Credentials { token, secret }),
        _ => Err(Error::Failed("the server's answer has no oauth_token and oauth_token_secret".to_owned())),
    }
}
