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
use crate::terminal;
use crate::transport::{Limits, Transport};
use crate::url::masked;

use super::client::{Authentication, Client};
use super::form::Form;
use super::style::{Style, USER_AGENT};
use super::words;

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
    /// The encoding of the request, and the user's own headers.
    pub style: &'e Style,
}

/// An error response of an endpoint (RFC 6749 section 5.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `error` as the server wrote it, which must not be shown; empty if the response has no such member.
    pub code: String,
    /// `error` with the request's secrets masked.
    pub shown: String,
    /// The server's sentences, with the request's secrets masked.
    pub description: String,
    /// The HTTP status.
    pub status: u16,
    /// The endpoint's URL, without what may be secret in it.
    pub place: String,
    /// Words about what the user may try.
    pub advice: &'static str,
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
    /// Returns [`Error::Network`] if there is no answer, or one that says nothing about the request (5xx, 408, 425, 429),
    /// [`Error::Failed`] if the answer is a redirect or no object or if [`Transport::check_way`] forbids the URL, and
    /// [`Error::Usage`] if the client cannot authenticate.
    pub fn ask(&self, form: Form, moment: &Moment) -> Result<Answer, Error> {
        let sent = self.send(form, moment)?;
        self.read(&sent)
    }

    /// Sends the form as [`TokenEndpoint::ask`] does, and takes any body with status 200 for success: only the status counts
    /// (RFC 7009 section 2.2).
    ///
    /// # Errors
    /// Returns the same errors as [`TokenEndpoint::ask`] if the status is not 200.
    pub fn ask_for_status(&self, form: Form, moment: &Moment) -> Result<Answer, Error> {
        let sent = self.send(form, moment)?;
        if sent.response.status == 200 {
            return Ok(Answer::Granted(Map::new()));
        }
        self.read(&sent)
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
    fn send(&self, mut form: Form, moment: &Moment) -> Result<Sent, Error> {
        let authorization = self.client.authenticate(&mut form, self.audience, moment)?;
        let authorization = form.take_bearer().or(authorization);
        let (kind, text) = self.style.body(&form);
        let mut headers = Headers::new();
        headers.push("Content-Type", kind);
        // GitHub, for one, answers with a form unless JSON is asked for.
        headers.push("Accept", "application/json");
        headers.push("User-Agent", USER_AGENT);
        if let Some(value) = &authorization {
            headers.push("Authorization", value.expose().to_owned());
        }
        self.style.add(&mut headers);
        let body = Body::new(text.as_bytes(), kind);
        let request = Request::from_parts("POST".into(), self.url.into(), headers, body)
            .map_err(|error| Error::Usage(format!("the endpoint's URL: {error}")))?;
        self.transport.check_way(&request.url)?;
        // A server may repeat the credentials of the header without the word before them.
        let credentials = authorization.iter().flat_map(|value| value.expose().split_once(' ')).map(|(_, value)| value);
        let mut secrets: Vec<Secret> = credentials.map(Secret::new).collect();
        secrets.extend(form.secrets().chain(&self.client.secret).chain(self.style.secrets()).cloned());
        let response = self.transport.send(&request, Limits::SERVICE)?;
        log::info!("{}: HTTP status {}", masked(self.url), response.status);
        Ok(Sent { response, secrets })
    }

    fn read(&self, sent: &Sent) -> Result<Answer, Error> {
        let Sent { response, secrets } = sent;
        let secrets: Vec<&Secret> = secrets.iter().collect();
        let place = masked(self.url).into_owned();
        let object = object(response);
        let code = object.as_ref().and_then(error_code);
        let is_pending = matches!(code.as_deref(), Some("authorization_pending" | "slow_down"));
        if !(200..=299).contains(&response.status) && !is_pending {
            log::info!(
                "{place}: {}",
                terminal::clean(&words::masked(&String::from_utf8_lossy(&response.body), &secrets))
            );
        }
        // The member `error` is looked for under any status: some servers send it with 200.
        match (response.status, code, object) {
            (status @ 300..=399, ..) => Err(Error::Failed(format!(
                "{place}: the endpoint redirects (HTTP status {status}), which token requests do not follow"
            ))),
            // These say nothing about what was asked, so they count as a failure on the way.
            (500..=599 | 407 | 408 | 425 | 429, code, _) if !is_pending => {
                Err(Error::Network(self.trouble(response, code.as_deref(), &secrets)))
            }
            (_, Some(code), Some(object)) => {
                // The words of a form are read as those of an object.
                let body = serde_json::to_vec(&object).unwrap_or_default();
                Ok(Answer::Refused(self.refusal(response.status, &body, &code, &secrets)))
            }
            (200..=299, None, Some(object)) => Ok(Answer::Granted(named_safely(object, &secrets))),
            (200..=299, None, None) => {
                let said = words::of(&response.body, &secrets);
                let said = if said.is_empty() { String::new() } else { format!(": {said}") };
                Err(Error::Failed(format!("{place}: the answer is not a JSON object{said}")))
            }
            (status, code, _) => {
                let code = code.unwrap_or_default();
                Ok(Answer::Refused(self.refusal(status, &response.body, &code, &secrets)))
            }
        }
    }

    /// Returns the words for a server that fails.
    fn trouble(&self, response: &Response, code: Option<&str>, secrets: &[&Secret]) -> String {
        let said = words::of(&response.body, secrets);
        let code = code.map(|code| words::shown(code, secrets)).unwrap_or_default();
        let status = format!("the server failed with HTTP status {}", response.status);
        let texts: Vec<&str> = [&*status, &*code, &*said].into_iter().filter(|text| !text.is_empty()).collect();
        let proxy = if response.status == 407 {
            "; the proxy wants credentials: --proxy http://USER:PASSWORD@HOST"
        } else {
            ""
        };
        // The header may be a date, or text that a terminal must not see.
        let again = response.headers.get("retry-after").filter(|value| value.len() < 60);
        let again = again.map(|value| format!(" (Retry-After: {})", terminal::clean(value))).unwrap_or_default();
        format!("{}: {}{again}{proxy}", masked(self.url), texts.join(": "))
    }

    fn refusal(&self, status: u16, body: &[u8], code: &str, secrets: &[&Secret]) -> Refusal {
        // A known code is shown as it is, even if a secret as short as a letter occurs in it.
        let shown = if CODES.contains(&code) { code.to_owned() } else { words::shown(code, secrets) };
        Refusal {
            code: code.to_owned(),
            shown,
            description: words::of(body, secrets),
            status,
            place: masked(self.url).into_owned(),
            advice: self.advice(code, status),
        }
    }

    /// Returns what to try if the client was refused. Some servers compare id and secret as they come, without decoding them
    /// (RFC 6749 section 2.3.1 has them encoded).
    fn advice(&self, code: &str, status: u16) -> &'static str {
        let is_about_client = code == "invalid_client" || (matches!(status, 400 | 401 | 403) && !CODES.contains(&code));
        match self.client.authentication() {
            Authentication::Header if is_about_client && self.client.is_changed_by_encoding() => {
                "id or secret have characters that HTTP Basic escapes, which not every server undoes: try \
                 --client-authentication body"
            }
            Authentication::Header if code == "invalid_client" => {
                "if id and secret are right, the server may want them elsewhere: --client-authentication body"
            }
            Authentication::Body if code == "invalid_client" => {
                "if id and secret are right, the server may want them elsewhere: --client-authentication header"
            }
            _ => "",
        }
    }
}

/// A response, and the secrets of its request.
struct Sent {
    response: Response,
    secrets: Vec<Secret>,
}

impl Refusal {
    /// Returns [`Error::Refused`] for wrong credentials and denied access, and [`Error::Failed`] for everything else.
    #[must_use]
    pub fn into_error(self) -> Error {
        let text = self.text();
        match self.code.as_str() {
            "invalid_client" | "invalid_grant" | "access_denied" | "authorization_declined" | "unauthorized_client" => {
                Error::Refused(text)
            }
            code if matches!(self.status, 401 | 403) && !CODES.contains(&code) => Error::Refused(text),
            _ => Error::Failed(text),
        }
    }

    /// Returns the refusal in words.
    #[must_use]
    pub fn text(&self) -> String {
        let code = if self.code.is_empty() { format!("HTTP status {}", self.status) } else { self.shown.clone() };
        let mut text = format!("{}: the server refused: {code}", self.place);
        for (divider, more) in [(": ", self.description.as_str()), ("; ", self.advice)] {
            if !more.is_empty() {
                text.push_str(divider);
                text.push_str(more);
            }
        }
        text
    }
}

/// Reads an answer: JSON, with a byte order mark or without, or a form as some servers send it whatever they are asked for.
fn object(response: &Response) -> Option<Map<String, Value>> {
    let text = std::str::from_utf8(&response.body).ok()?.trim_start_matches('\u{feff}');
    if let Ok(object) = serde_json::from_str(text) {
        return Some(object);
    }
    let has_form = |name: &str| text.starts_with(&format!("{name}=")) || text.contains(&format!("&{name}="));
    if text.contains(['<', '{']) || !(has_form("access_token") || has_form("error") || has_form("device_code")) {
        return None;
    }
    let decoded = |text: &str| String::from_utf8_lossy(&encode::form_decoded(text)).into_owned();
    let pairs = text.trim().split('&').filter_map(|piece| piece.split_once('='));
    Some(pairs.map(|(name, value)| (decoded(name), Value::from(decoded(value)))).collect())
}

/// Masks the secrets of the request in the names of members, which messages show.
fn named_safely(object: Map<String, Value>, secrets: &[&Secret]) -> Map<String, Value> {
    let name = |name: String| match NAMES.contains(&name.as_str()) {
        true => name,
        false => words::masked(&name, secrets).into_owned(),
    };
    object.into_iter().map(|(member, value)| (name(member), value)).collect()
}

/// The members that are looked for in an answer. A secret that is part of one of these words is none.
const NAMES: [&str; 7] =
    ["access_token", "refresh_token", "id_token", "token_type", "expires_in", "device_code", "request_uri"];

/// Returns the word in `error`. Some servers put it into an object.
fn error_code(object: &Map<String, Value>) -> Option<String> {
    match object.get("error")? {
        Value::String(code) if !code.is_empty() => Some(code.clone()),
        Value::Object(inner) => {
            let word = ["code", "status", "type"].into_iter().find_map(|name| inner.get(name).and_then(Value::as_str));
            Some(word.unwrap_or("error").to_owned())
        }
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(true) => Some("error".to_owned()),
        _ => None,
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
