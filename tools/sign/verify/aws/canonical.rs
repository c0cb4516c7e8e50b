//! The canonical request, written down from what the server sees.

use countersign_shared::request::Request;

use super::super::form::{self, Plus};
use super::claim::{Claim, Place};

/// What goes into it.
pub(super) struct Canonical<'c> {
    pub(super) request: &'c Request<'c>,
    pub(super) claim: &'c Claim,
    /// What stands for the body.
    pub(super) payload: &'c str,
}

impl Canonical<'_> {
    /// Method, path, query, headers, their names, and the payload, a line each.
    pub(super) fn text(&self) -> String {
        let names = &self.claim.signed_headers;
        let header = |name: &String| format!("{name}:{}\n", value(self.request, name).unwrap_or_default());
        [
            self.request.method.to_string(),
            self.path(),
            self.query(),
            names.iter().map(header).collect(),
            names.join(";"),
            self.payload.to_owned(),
        ]
        .join("\n")
    }

    /// S3 takes each segment for what it stands for and writes it in the one way there is. All others walk the path first,
    /// without empty segments, and write what was sent as if it stood for itself.
    fn path(&self) -> String {
        let target = self.request.url.target();
        let path = target.split('?').next().unwrap_or_default();
        let segments = path.split('/').skip(1);
        if self.claim.is_s3() {
            let once = |segment: &str| format!("/{}", form::encoded(&form::decoded(segment.as_bytes(), Plus::Itself)));
            return segments.map(once).collect();
        }
        let mut walked: Vec<&str> = Vec::new();
        for segment in segments {
            match segment {
                "" | "." => {}
                ".." => drop(walked.pop()),
                other => walked.push(other),
            }
        }
        let again: String = walked.iter().map(|segment| format!("/{}", form::encoded(segment.as_bytes()))).collect();
        if again.is_empty() || path.ends_with('/') { again + "/" } else { again }
    }

    /// All parameters but the signature itself.
    fn query(&self) -> String {
        let pairs = form::pairs(self.request.url.query().unwrap_or_default().as_bytes());
        let is_signature = |name: &[u8]| name == b"X-Amz-Signature" && self.claim.place != Place::Header;
        let signed = pairs.iter().filter(|(name, _)| !is_signature(name));
        let mut pairs: Vec<(String, String)> =
            signed.map(|(name, value)| (form::encoded(name), form::encoded(value))).collect();
        pairs.sort();
        let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    }
}

/// What a server sees of a header: values of the same name with a comma between, one space for each stretch of white space.
/// `Host` and `Content-Length` are sent though no header of the request says them.
pub(super) fn value(request: &Request<'_>, name: &str) -> Option<String> {
    let values: Vec<String> =
        request.headers.iter().filter(|header| header.is(name)).map(|h| spaced(&h.value)).collect();
    match name {
        _ if !values.is_empty() => Some(values.join(",")),
        "host" => Some(spaced(&request.host())),
        "content-length" => Some(request.content()?.len().to_string()),
        _ => None,
    }
}

fn spaced(value: &str) -> String {
    let words: Vec<&str> = value.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
