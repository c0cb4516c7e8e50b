//! The headers that a signer added, one per line, for `curl -H @-`.

use crate::request::Request;

/// Appends `Name: value` for each header that was added, and nothing if none was.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) {
    for header in request.headers.added() {
        out.extend_from_slice(header.name.as_bytes());
        out.extend_from_slice(b": ");
        out.extend_from_slice(header.value.as_bytes());
        out.push(b'\n');
    }
}
