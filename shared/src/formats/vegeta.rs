//! Targets of vegeta's JSON format: `header` is a map of lists and `body` is base64.

use base64::Engine as _;

use crate::body::Body;
use crate::encode;
use crate::error::{Error, Field, Problem};
use crate::request::Request;

use super::line::{Members, text_of};

/// The request that a target is.
///
/// # Errors
/// The first field that is wrong.
pub(crate) fn request(members: Members<'_>) -> Result<Request<'_>, Error> {
    let body = match members.body.filter(|raw| raw.get() != "null") {
        None => Body::none(),
        Some(raw) => {
            let text = text_of(raw).ok_or(Error::request(Field::Body, Problem::NotText))?;
            let bytes = encode::BASE64_READ.decode(text.as_bytes());
            let bytes = bytes.map_err(|_| Error::request(Field::Body, Problem::NotBase64))?;
            Body::new(bytes, members.content_type())
        }
    };
    members.request_with(body)
}
