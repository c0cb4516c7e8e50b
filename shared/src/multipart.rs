//! Multipart bodies (RFC 2046 section 5.1, RFC 7578). They are made here and not left to curl or to a server's client, since
//! the bytes that a signer hashes must be those that are sent.

use crate::encode;
use crate::hash;

/// The type of a form, without its boundary.
pub(crate) const FORM_DATA: &str = "multipart/form-data";

/// One part.
#[derive(Debug, Default)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) filename: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) content: Vec<u8>,
}

impl Part {
    fn write(&self, disposition: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("Content-Disposition: {disposition}").as_bytes());
        if !self.name.is_empty() {
            out.extend_from_slice(format!("; name=\"{}\"", escaped(&self.name)).as_bytes());
        }
        if let Some(filename) = &self.filename {
            out.extend_from_slice(format!("; filename=\"{}\"", escaped(filename)).as_bytes());
        }
        out.extend_from_slice(b"\r\n");
        if let Some(content_type) = &self.content_type {
            out.extend_from_slice(format!("Content-Type: {content_type}\r\n").as_bytes());
        }
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(&self.content);
        out.extend_from_slice(b"\r\n");
    }
}

/// Escapes a name as browsers do (HTML standard, section "Multipart form data").
fn escaped(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Returns the type of a file by the end of its name.
pub(crate) fn type_of(name: &str) -> &'static str {
    const TYPES: &[(&str, &str)] = &[
        (".gif", "image/gif"),
        (".jpg", "image/jpeg"),
        (".jpeg", "image/jpeg"),
        (".png", "image/png"),
        (".svg", "image/svg+xml"),
        (".txt", "text/plain"),
        (".htm", "text/html"),
        (".html", "text/html"),
        (".pdf", "application/pdf"),
        (".xml", "application/xml"),
    ];
    let name = name.to_ascii_lowercase();
    TYPES.iter().find(|(end, _)| name.ends_with(end)).map_or("application/octet-stream", |(_, known)| known)
}

/// Returns the body of a form and its boundary. The boundary is made of the content's hash instead of random bytes, so
/// that the same form gives the same bytes.
pub(crate) fn body(parts: &[Part], media_type: &str) -> (Vec<u8>, String) {
    let mut written = Vec::new();
    write_all(parts, media_type, &mut written);
    let mut seed = hash::sha256(&written);
    // A part may hold the boundary on purpose; then the hash is hashed once more.
    let boundary = loop {
        let boundary = format!("------------------------{}", encode::hex(seed.get(..12).unwrap_or(&seed)));
        if memchr::memmem::find(&written, boundary.as_bytes()).is_none() {
            break boundary;
        }
        seed = hash::sha256(&seed);
    };
    (with_boundary(parts, media_type, &boundary), boundary)
}

/// Returns the body of a form with a boundary that its header names already.
pub(crate) fn with_boundary(parts: &[Part], media_type: &str, boundary: &str) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        body.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        part.write(disposition(media_type), &mut body);
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

fn write_all(parts: &[Part], media_type: &str, out: &mut Vec<u8>) {
    parts.iter().for_each(|part| part.write(disposition(media_type), out));
}

fn disposition(media_type: &str) -> &'static str {
    if is_of_type(media_type, FORM_DATA) { "form-data" } else { "attachment" }
}

/// Returns true if a media type, with parameters or without, is this one.
pub(crate) fn is_of_type(media_type: &str, name: &str) -> bool {
    media_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(name)
}

/// Returns the boundary that a media type names (RFC 2046 section 5.1.1).
pub(crate) fn boundary(media_type: &str) -> Option<String> {
    let at = media_type.to_ascii_lowercase().find("boundary=")?;
    let value = media_type.get(at + "boundary=".len()..)?;
    let boundary = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([';', ' ', '\t']).next(),
    };
    boundary.filter(|boundary| !boundary.is_empty()).map(str::to_owned)
}
