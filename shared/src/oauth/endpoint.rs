//! Requests to an endpoint of an authorization server: a form out, JSON back, and no secret in any message.

use serde_json::{Map, Value};

use crate::body::Body;
use crate::encode;
use crate::error::Error;
use crate::headers::Headers;
use crate::moment::Moment;
use crate::request::Request;
use crate::response::Response;
use crate::secret::Secret;
use crate::transport::{Limits, Transport};
use crate::url::masked;

use super::client::Client;
use super::form::Form;

/// An endpoint with the client that asks it.
pub struct TokenEndpoint<'e> {
    /// Its URL.
    pub url: &'e str,
    /// The client that authenticates.
    pub client: &'e Client,
    /// The HTTP client. Redirects are not followed: the form has secrets in it.
    pub transport: &'e dyn Transport,
    /// The `aud` of client assertions: the issuer if it is known, else the endpoint's URL (RFC 7523 section 3).
    pub audience: &'e str,
}

/// An error response of an endpoint (RFC 6749 section 5.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `error` as the server wrote it, which must not be shown; empty if the response has no such member.
    pub code: String,
    /// `error` with the request's secrets masked.
    pub shown: String,
    /// `error_description`, with the request's secrets masked.
    pub description: String,
    /// The HTTP status.
    pub status: u16,
}

/// The answer of an endpoint.
#[derive(Debug)]
pub enum Answer {
    /// A JSON object with status 2xx.
    Granted(Map<String, Value>),
    /// An error response.
    Refused(Refusal),
}

impl TokenEndpoint<'_> {
    /// Sends the form with the client's authentication.
    ///
    /// # Errors
    /// Returns [`Error::Network`] if there is no answer or a status of 5xx, [`Error::Failed`] if the answer is a redirect or not
    /// a JSON object or if [`Transport::check_way`] forbids the URL, and [`Error::Usage`] if the client cannot authenticate.
    pub fn ask(&self, form: Form, moment: &Moment) -> Result<Answer, Error> {
        let (response, secrets) = self.send(form, moment)?;
        read(&response, &secrets.iter().collect::<Vec<_>>())
    }

    /// Sends the form as [`TokenEndpoint::ask`] does, and takes any body with status 200 for success: only the status counts
    /// (RFC 7009 section 2.2).
    ///
    /// # Errors
    /// Returns the same errors as [`TokenEndpoint::ask`] if the status is not 200.
    pub fn ask_for_status(&self, form: Form, moment: &Moment) -> Result<Answer, Error> {
        let (response, secrets) = self.send(form, moment)?;
        if response.status == 200 {
            return Ok(Answer::Granted(Map::new()));
        }
        read(&response, &secrets.iter().collect::<Vec<_>>())
    }

    /// Sends the form as [`TokenEndpoint::ask`] does, with a refusal as an error.
    ///
    /// # Errors
    /// Returns the same errors as [`TokenEndpoint::ask`], and that of [`Refusal::into_error`] if the server refuses.
    pub fn ask_granted(&self, form: Form, moment: &Moment) -> Result<Map<String, Value>, Error> {
        match self.ask(form, moment)? {
            Answer::Granted(answer) => Ok(answer),
            Answer::Refused(refusal) => Err(refusal.into_error()),
        }
    }

    /// Sends the form, and returns the response with the secrets that were sent, which no message may repeat.
    fn send(&self, mut form: Form, moment: &Moment) -> Result<(Response, Vec<Secret>), Error> {
        let authorization = self.client.authenticate(&mut form, self.audience, moment)?;
        let mut headers = Headers::new();
        headers.push("Content-Type", "application/x-www-form-urlencoded");
        // GitHub, for one, answers with a form unless JSON is asked for.
        headers.push("Accept", "application/json");
        if let Some(value) = &authorization {
            headers.push("Authorization", value.expose().to_owned());
        }
        let encoded = form.encoded();
        let body = Body::new(encoded.as_bytes(), "application/x-www-form-urlencoded");
        let request = Request::from_parts("POST".into(), self.url.into(), headers, body)
            .map_err(|error| Error::Usage(format!("the endpoint's URL: {error}")))?;
        self.transport.check_way(&request.url)?;
        // A server may repeat the credentials of the header without the word before them.
        let credentials = authorization.iter().map(|value| value.expose().trim_start_matches("Basic "));
        let mut secrets: Vec<Secret> = credentials.map(Secret::new).collect();
        secrets.extend(form.secrets().chain(&self.client.secret).cloned());
        let response = self.transport.send(&request, Limits::SERVICE)?;
        log::info!("{}: HTTP status {}", masked(self.url), response.status);
        Ok((response, secrets))
    }
}

impl Refusal {
    /// Returns [`Error::Refused`] for wrong credentials and denied access, and [`Error::Failed`] for everything else.
    #[must_use]
    pub fn into_error(self) -> Error {
        let code = if self.code.is_empty() { format!("HTTP status {}", self.status) } else { self.shown.clone() };
        let text = match self.description.as_str() {
            "" => format!("the server refused: {code}"),
            description => format!("the server refused: {code}: {description}"),
        };
        match self.code.as_str() {
            "invalid_client" | "invalid_grant" | "access_denied" | "unauthorized_client" => Error::Refused(text),
            "" if matches!(self.status, 401 | 403) => Error::Refused(text),
            _ => Error::Failed(text),
        }
    }
}

fn read(response: &Response, secrets: &[&Secret]) -> Result<Answer, Error> {
    let object = std::str::from_utf8(&response.body).ok().and_then(|text| serde_json::from_str(text).ok());
    let object: Option<Map<String, Value>> = object;
    let code = object.as_ref().and_then(|object| object.get("error")).and_then(Value::as_str);
    // The member `error` is looked for under any status: some servers send it with 200.
    match (response.status, code, object.as_ref()) {
        // Without `error`, a 5xx says nothing about the credentials, so it counts as a failure on the way.
        (status @ 500..=599, None, _) => Err(Error::Network(format!("the server failed with HTTP status {status}"))),
        (status @ 300..=399, _, _) => Err(Error::Failed(format!(
            "the endpoint redirects (HTTP status {status}), which token requests do not follow"
        ))),
        (_, Some(code), Some(object)) => Ok(Answer::Refused(refusal(response.status, code, object, secrets))),
        (200..=299, None, Some(object)) => Ok(Answer::Granted(object.clone())),
        (200..=299, None, None) => Err(Error::Failed("the server's answer is not a JSON object".to_owned())),
        (status, None, _) => Ok(Answer::Refused(Refusal {
            code: String::new(),
            shown: String::new(),
            description: String::new(),
            status,
        })),
        (status, Some(_), None) => Err(Error::Failed(format!("the server answered with HTTP status {status}"))),
    }
}

/// The error codes of RFC 6749 section 5.2, RFC 7009 section 2.2.1 and RFC 8628 section 3.5.
const CODES: [&str; 12] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "invalid_target",
    "unsupported_token_type",
    "authorization_pending",
    "slow_down",
    "access_denied",
    "expired_token",
];

fn refusal(status: u16, code: &str, object: &Map<String, Value>, secrets: &[&Secret]) -> Refusal {
    let description = object.get("error_description").and_then(Value::as_str).unwrap_or_default();
    // A known code is shown as it is, even if a secret as short as a letter occurs in it.
    let is_known = CODES.contains(&code);
    let shown_code = if is_known { code.to_owned() } else { shown(code, secrets) };
    Refusal { code: code.to_owned(), shown: shown_code, description: shown(description, secrets), status }
}

/// Returns a server's text for display: at most 300 characters, with these secrets masked in plain and encoded form. Some
/// servers repeat what they were sent.
#[must_use]
pub fn shown(text: &str, secrets: &[&Secret]) -> String {
    const LONGEST: usize = 300;
    let mut text = text.to_owned();
    // An empty secret would be found between all characters.
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        let mut encoded = String::new();
        encode::form(&mut encoded, secret.expose());
        for form in
            [secret.expose(), &encoded, &encode::percent_encoded(secret.expose().as_bytes(), &encode::UNRESERVED)]
        {
            text = text.replace(form, "***");
        }
    }
    // The text is cut after masking: half a secret at its end would not be found.
    if text.chars().count() > LONGEST {
        text = text.chars().take(LONGEST).collect::<String>() + "…";
    }
    text
}
