//! Targets of vegeta's JSON format: `header` is a map of lists and `body` is base64.

use std::collections::HashMap;

use base64::Engine as _;

use crate::body::Body;
use crate::encode;
use crate::error::{Error, Field, Problem};
use crate::json::{text_of, write_list, write_map, write_text};
use crate::request::Request;
use crate::variables::Variables;

use super::line::Members;

/// Returns the request that a target is.
///
/// # Errors
/// Returns [`Error::Request`] for the first field that is wrong, if there is one.
pub(crate) fn request<'a>(members: Members<'a>, variables: &Variables) -> Result<Request<'a>, Error> {
    let variables = members.scopes(variables)?;
    let body = match members.body.filter(|raw| raw.get() != "null") {
        None => Body::none(),
        Some(raw) => {
            let text = text_of(raw).ok_or(Error::request(Field::Body, Problem::NotText))?;
            let bytes = encode::BASE64_READ.decode(text.as_bytes());
            let bytes = bytes.map_err(|_| Error::request(Field::Body, Problem::NotBase64))?;
            Body::new(bytes, members.content_type())
        }
    };
    members.request_with(body, &variables.resolver())
}

/// Appends a target on one line. Headers of one name are joined in the place of the first. `header` is written even if it
/// is empty, since readers tell the format by it.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"method\":");
    write_text(&request.method, out);
    out.extend_from_slice(b",\"url\":");
    write_text(request.url.as_str(), out);
    if let Some(body) = request.body.bytes() {
        out.extend_from_slice(b",\"body\":");
        write_text(&encode::BASE64.encode(body), out);
    }
    out.extend_from_slice(b",\"header\":");
    write_map(grouped(request), out, |values, out| write_list(values, out, write_text));
    out.extend_from_slice(b"}\n");
}

/// Returns the values of each name, in the order in which the names first occur.
fn grouped<'r>(request: &'r Request<'_>) -> Vec<(&'r str, Vec<&'r str>)> {
    let mut places: HashMap<&str, usize> = HashMap::with_capacity(request.headers.len());
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::with_capacity(request.headers.len());
    for header in &request.headers {
        let place = *places.entry(&header.name).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, values)) => values.push(&header.value),
            None => groups.push((&header.name, vec![&header.value])),
        }
    }
    groups
}
