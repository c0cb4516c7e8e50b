//! OAuth 1.0a with its three legs (RFC 5849 section 2): temporary credentials, the user's consent, token credentials.
//! Requests are signed by the signer of `sign oauth1`.

use serde_json::Map;

use countersign_shared::auth::oauth1::parameters::{
    ADD_PARAMS_TO_HEADER, CALLBACK, CONSUMER_KEY, CONSUMER_SECRET, PRIVATE_KEY, SIGNATURE_METHOD, TOKEN, TOKEN_SECRET,
    VERIFIER,
};
use countersign_shared::auth::{Asker, Auth, Layers, Parameter, Session, Values, oauth1};
use countersign_shared::body::Body;
use countersign_shared::error::Error;
use countersign_shared::headers::Headers;
use countersign_shared::oauth::style::USER_AGENT;
use countersign_shared::oauth::words::shown;
use countersign_shared::oauth::{Form, Token};
use countersign_shared::request::Request;
use countersign_shared::response::Response;
use countersign_shared::secret::Secret;
use countersign_shared::transport::Limits;
use countersign_shared::url::{Url, masked};

use super::context::Context;
use super::sign_in::Answering;
use crate::callback::{self, Answer, Expected, Part};
use crate::parameters::{ACCESS_TOKEN_URL, ALLOW_UNCONFIRMED, AUTH_PARAM, AUTH_URL, REQUEST_TOKEN_URL};
use crate::settings::missing;

/// Temporary or token credentials: a token and its secret.
struct Credentials {
    token: Secret,
    secret: Secret,
}

/// Gets a token through all three legs.
///
/// # Errors
/// Returns [`Error::Usage`] if an endpoint is not given, and [`Error::Refused`] if an endpoint refuses or the user denies
/// access.
pub(super) fn get(context: &Context<'_>) -> Result<Token, Error> {
    let endpoints = &context.grant.endpoints;
    let request_url = endpoints.request_token.as_deref().ok_or_else(|| missing(&REQUEST_TOKEN_URL))?;
    let token_url = endpoints.token.as_deref().ok_or_else(|| missing(&ACCESS_TOKEN_URL))?;
    // The listener comes first, because the first request already names the callback with its port.
    let leg = Answering::start(context, Part::Query)?;
    let outcome = temporary(context, request_url, &leg).and_then(|temporary| {
        let verifier = authorize(context, &temporary, &leg)?;
        ask(context, token_url, Some(&temporary), (&VERIFIER, &verifier)).map(|(credentials, _)| credentials)
    });
    leg.finish(&outcome);
    let Credentials { token, secret } = outcome?;
    Ok(Token {
        access_token: token,
        token_type: "oauth1".to_owned(),
        expires_at: None,
        obtained_at: None,
        scope: context.grant.scope.clone(),
        refresh_token: None,
        id_token: None,
        token_secret: Some(secret),
        others: Map::new(),
    })
}

/// Requests temporary credentials (section 2.1).
fn temporary(context: &Context<'_>, url: &str, leg: &Answering) -> Result<Credentials, Error> {
    // `oob`: the server has no address to redirect to and shows the verifier to the user (section 2.1).
    let (credentials, answer) = ask(context, url, None, (&CALLBACK, leg.redirect_uri("oob")))?;
    let is_confirmed = answer.get("oauth_callback_confirmed").is_some_and(|text| text.eq_ignore_ascii_case("true"));
    if !is_confirmed && !context.settings.is_set(&ALLOW_UNCONFIRMED) {
        // A server of OAuth 1.0 without the "a" (RFC 5849 section 2.1) takes the answer of anybody.
        let problem = "the server does not confirm the callback (oauth_callback_confirmed=true)";
        return Err(Error::Failed(format!(
            "{problem}, as OAuth 1.0a wants it; --allow-unconfirmed goes on all the same"
        )));
    }
    Ok(credentials)
}

/// Sends the user to the server (section 2.2) and returns the verifier of the answer.
fn authorize(context: &Context<'_>, temporary: &Credentials, leg: &Answering) -> Result<String, Error> {
    let endpoint = context.grant.endpoints.authorization.as_deref().ok_or_else(|| missing(&AUTH_URL))?;
    let (mut url, _) = Url::parse(endpoint.into()).map_err(|error| Error::Usage(format!("--auth-url: {error}")))?;
    let mut parameters = Form::default();
    parameters.set("oauth_token", temporary.token.expose());
    for (name, value) in context.settings.pairs(&AUTH_PARAM)? {
        parameters.set(&name, &value);
    }
    url.append_query(&parameters.encoded());
    let expected = Expected::Token(temporary.token.expose().to_owned());
    verifier(&leg.ask(context, url.as_str(), expected)?, temporary)
}

fn verifier(answer: &Answer, temporary: &Credentials) -> Result<String, Error> {
    // A refusal is told before the token is compared: it has no verifier, and some name the token as `denied` only.
    if callback::is_denial(answer) {
        return Err(Error::Refused("the server refused: access was denied".to_owned()));
    }
    if answer.get("oauth_token").map(String::as_str) != Some(temporary.token.expose()) {
        return Err(Error::Failed("the answer is not to this request: it has another oauth_token".to_owned()));
    }
    let verifier = answer.get("oauth_verifier").filter(|verifier| !verifier.is_empty()).cloned();
    // OAuth 1.0 without the "a" has no verifier, and so cannot tell whether the same user came back (session fixation).
    verifier.ok_or_else(|| Error::Failed("the answer has no oauth_verifier".to_owned()))
}

/// Sends a signed request for credentials, with one protocol parameter of its own.
fn ask(
    context: &Context<'_>,
    url: &str,
    with: Option<&Credentials>,
    parameter: (&Parameter, &str),
) -> Result<(Credentials, Answer), Error> {
    let mut headers = Headers::new();
    headers.push("Accept", "application/x-www-form-urlencoded");
    headers.push("User-Agent", USER_AGENT);
    let mut request = Request::from_parts("POST".into(), url.into(), headers, Body::new(&b""[..], ""))
        .map_err(|error| Error::Usage(format!("the endpoint's URL: {error}")))?;
    let options = values(context, with, parameter);
    let nothing = Values::default();
    let session = Session::default();
    let layers = Layers {
        table: &oauth1::TABLE,
        options: &options,
        line: None,
        environment: &nothing,
        session: &session,
        asker: Asker::User,
    };
    Auth::new(&layers)?.sign(&mut request, &context.clock.moment())?;
    let response = context.transport.send(&request, Limits::SERVICE)?;
    credentials(&response, context, with, url)
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
    set(&SIGNATURE_METHOD, context.grant.signature_method.as_deref().map(Secret::new));
    set(&ADD_PARAMS_TO_HEADER, Some(Secret::new("true")));
    set(&TOKEN, with.map(|credentials| credentials.token.clone()));
    set(&TOKEN_SECRET, with.map(|credentials| credentials.secret.clone()));
    set(parameter.0, Some(Secret::new(parameter.1)));
    values
}

/// Reads the credentials of an answer, which is form-encoded (section 2.1).
fn credentials(
    response: &Response,
    context: &Context<'_>,
    with: Option<&Credentials>,
    url: &str,
) -> Result<(Credentials, Answer), Error> {
    let place = masked(url);
    let text = String::from_utf8_lossy(&response.body);
    let secrets: Vec<&Secret> =
        with.iter().flat_map(|with| [&with.token, &with.secret]).chain(&context.client.secret).collect();
    match response.status {
        200..=299 => {}
        // A server that fails says nothing about the credentials, so this counts as a failure of the network.
        500..=599 => {
            return Err(Error::Network(format!("{place}: the server failed with HTTP status {}", response.status)));
        }
        status => {
            // Servers may repeat what they were sent, so the secrets are masked in their text.
            let said = shown(text.lines().next().unwrap_or_default(), &secrets);
            let text = format!("{place}: the server refused with HTTP status {status}: {said}");
            return Err(if matches!(status, 401 | 403) { Error::Refused(text) } else { Error::Failed(text) });
        }
    }
    let answer = callback::parse(text.trim());
    let secret = |name: &str| answer.get(name).map(|text| Secret::new(text.as_str()));
    match (secret("oauth_token").filter(|token| !token.is_empty()), secret("oauth_token_secret")) {
        (Some(token), Some(secret)) => Ok((Credentials { token, secret }, answer)),
        _ => Err(Error::Failed("the server's answer has no oauth_token and oauth_token_secret".to_owned())),
    }
}
