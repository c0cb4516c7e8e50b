//! The signature base string (RFC 5849 section 3.4.1).

use crate::encode::{self, UNRESERVED};
use crate::request::Request;

/// The parameters that a signature covers, encoded, in any order.
#[derive(Debug, Default)]
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Adds a parameter, given decoded.
    pub(super) fn push(&mut self, name: &[u8], value: &[u8]) {
        self.0.push((encode::percent_encoded(name, &UNRESERVED), encode::percent_encoded(value, &UNRESERVED)));
    }

    /// Adds the parameters of a query or a form (section 3.4.1.3.1): `+` is a space, a name without `=` has an empty value.
    pub(super) fn extend(&mut self, form: &[u8]) {
        for piece in pieces(form) {
            let mut parts = piece.splitn(2, |&byte| byte == b'=');
            let (name, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            self.push(&encode::form_decoded(name), &encode::form_decoded(value));
        }
    }

    /// Returns the normalized request parameters (section 3.4.1.3.2), sorted by encoded name, then by encoded value.
    pub(super) fn normalized(mut self) -> String {
        self.0.sort_unstable();
        let mut out = String::new();
        for (name, value) in &self.0 {
            if !out.is_empty() {
                out.push('&');
            }
            out.push_str(name);
            out.push('=');
            out.push_str(value);
        }
        out
    }
}

/// Returns the pieces of a form between `&` that are not empty.
pub(super) fn pieces(form: &[u8]) -> impl Iterator<Item = &[u8]> {
    form.split(|&byte| byte == b'&').filter(|piece| !piece.is_empty())
}

/// Returns the base string of a request with these normalized parameters.
pub(super) fn base_string(request: &Request<'_>, normalized: &str) -> String {
    let mut out = encode::percent_encoded(request.method.to_ascii_uppercase().as_bytes(), &UNRESERVED);
    out.push('&');
    encode::percent(&mut out, uri(request).as_bytes(), &UNRESERVED);
    out.push('&');
    encode::percent(&mut out, normalized.as_bytes(), &UNRESERVED);
    out
}

/// Returns the base string URI (section 3.4.1.2): scheme, `Host` header in lower case without the default port, and path.
fn uri(request: &Request<'_>) -> String {
    let protocol = request.url.protocol();
    let authority = request.host().trim().to_ascii_lowercase();
    let default_port = format!(":{}", protocol.default_port());
    let authority = authority.strip_suffix(&default_port).unwrap_or(&authority);
    let path = request.url.path();
    let path = if path.is_empty() { "/" } else { path };
    format!("{}://{authority}{path}", protocol.as_str())
}
