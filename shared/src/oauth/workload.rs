//! The identity token that GitHub Actions gives each job that has the permission `id-token: write`.

use serde_json::{Map, Value};

use crate::encode;
use crate::error::Error;
use crate::headers::Headers;
use crate::request::Request;
use crate::secret::Secret;
use crate::transport::{Limits, Transport};

use super::style::USER_AGENT;

/// Returns the audience of `github-actions:AUDIENCE`, empty without one, or `None` if the text is something else.
pub(super) fn audience(text: &str) -> Option<&str> {
    match text.strip_prefix("github-actions")? {
        "" => Some(""),
        rest => rest.strip_prefix(':'),
    }
}

/// Asks GitHub for the job's token.
///
/// # Errors
/// Returns [`Error::Usage`] outside of such a job, and [`Error::Refused`] if GitHub does not give the token.
pub(super) fn token(audience: &str, transport: &dyn Transport) -> Result<Secret, Error> {
    let variable = |name: &str| {
        std::env::var(name).ok().filter(|value| !value.is_empty()).ok_or_else(|| {
            let advice = "this is no job of GitHub Actions with `permissions: id-token: write`";
            Error::Usage(format!("--subject-token github-actions: {name} is not set; {advice}"))
        })
    };
    let (mut url, secret) =
        (variable("ACTIONS_ID_TOKEN_REQUEST_URL")?, Secret::new(variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN")?));
    if !audience.is_empty() {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str("audience=");
        encode::form(&mut url, audience);
    }
    let mut request = Request::new("GET", url)?;
    let mut headers = Headers::new();
    headers.push("Accept", "application/json");
    headers.push("User-Agent", USER_AGENT);
    headers.push("Authorization", format!("Bearer {}", secret.expose()));
    request.headers = headers;
    transport.check_way(&request.url)?;
    let place = request.url.origin().to_owned();
    let response = transport.send(&request, Limits::SERVICE)?;
    let object: Option<Map<String, Value>> = serde_json::from_slice(&response.body).ok();
    let value = object.as_ref().and_then(|object| object.get("value")).and_then(Value::as_str);
    match (response.status, value) {
        (200, Some(value)) => Ok(Secret::new(value)),
        (status, _) => Err(Error::Refused(format!("{place}: GitHub gives no token (HTTP status {status})"))),
    }
}
