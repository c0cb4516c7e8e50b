//! JSON documents that servers publish: their metadata and their keys.

use serde_json::{Map, Value};

use countersign_shared::error::Error;
use countersign_shared::headers::Headers;
use countersign_shared::oauth::style::USER_AGENT;
use countersign_shared::request::Request;
use countersign_shared::transport::{Limits, Transport};
use countersign_shared::url::masked;

/// A document that was asked for.
pub(crate) enum Document {
    /// The document.
    Found(Map<String, Value>),
    /// The server has none there, and answered with this HTTP status.
    Missing(u16),
}

/// Fetches a document.
///
/// # Errors
/// Returns [`Error::Network`] if the server cannot be reached, and [`Error::Failed`] if the document is not a JSON object or
/// if [`Transport::check_way`] forbids the URL.
pub(crate) fn fetch(place: &str, accept: &'static str, transport: &dyn Transport) -> Result<Document, Error> {
    let mut request = Request::new("GET", place.to_owned())?;
    let mut headers = Headers::new();
    headers.push("Accept", accept);
    headers.push("User-Agent", USER_AGENT);
    request.headers = headers;
    // Whoever can change what a server says of itself chooses where the secrets go, and who can sign.
    transport.check_way(&request.url)?;
    let response = transport.send(&request, Limits::SERVICE)?;
    if response.status != 200 {
        return Ok(Document::Missing(response.status));
    }
    let text = response.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&response.body);
    let object = serde_json::from_slice(text);
    object.map(Document::Found).map_err(|_| Error::Failed(format!("{}: is not a JSON object", masked(place))))
}
