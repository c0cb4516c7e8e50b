//! The canonical request, built from the request as the server receives it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use countersign_shared::request::Request;

use super::super::form::{self, Plus};
use super::claim::{Claim, Place};

/// The inputs of a canonical request.
pub(super) struct Canonical<'c> {
    pub(super) request: &'c Request<'c>,
    pub(super) claim: &'c Claim,
    pub(super) seen: &'c Seen,
    /// The text in place of the body.
    pub(super) payload: &'c str,
}

impl Canonical<'_> {
    /// Returns the text: method, path, query, headers, their names, and the payload, a line each.
    pub(super) fn text(&self) -> String {
        let names = &self.claim.signed_headers;
        let header = |name: &String| format!("{name}:{}\n", self.seen.get(name).unwrap_or_default());
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

    /// Returns the path. S3 decodes each segment and encodes it again. All other services remove dot segments and empty
    /// segments first, and encode what was sent without decoding it.
    fn path(&self) -> String {
        let target = self.request.url.target();
        let path = target.split('?').next().unwrap_or_default();
        let segments = path.split('/').skip(1);
        if self.claim.is_s3() {
            // An S3 key may hold `//` and `..`, and without them the path names another object. So nothing is removed.
            let once = |segment: &str| format!("/{}", form::encoded(&form::decoded(segment.as_bytes(), Plus::Itself)));
            return segments.map(once).collect();
        }
        let mut kept: Vec<&str> = Vec::new();
        for segment in segments {
            match segment {
                "" | "." => {}
                // At the root nothing is left to remove, and `..` changes nothing there (RFC 3986 section 5.2.4).
                ".." => drop(kept.pop()),
                other => kept.push(other),
            }
        }
        let again: String = kept.iter().map(|segment| format!("/{}", form::encoded(segment.as_bytes()))).collect();
        if again.is_empty() || path.ends_with('/') { again + "/" } else { again }
    }

    /// Returns all parameters but the signature itself.
    fn query(&self) -> String {
        let pairs = form::pairs(self.request.url.query().unwrap_or_default().as_bytes());
        let is_signature = |name: &[u8]| name == b"X-Amz-Signature" && self.claim.place != Place::Header;
        let signed = pairs.iter().filter(|(name, _)| !is_signature(name));
        let mut pairs: Vec<(String, String)> =
            signed.map(|(name, value)| (form::encoded(name), form::encoded(value))).collect();
        // AWS sorts the encoded names. Before encoding, the order of the characters can be another one.
        pairs.sort();
        let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    }
}

/// The headers as a server receives them, by lower-case name: values of the same name with commas between, and one space for
/// each run of white space. `Host` and `Content-Length` are among them, since they are sent even if the request has no such
/// header.
pub(super) struct Seen(BTreeMap<String, String>);

impl Seen {
    pub(super) fn of(request: &Request<'_>) -> Self {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for header in &request.headers {
            let value = spaced(&header.value);
            match seen.entry(header.name.to_lowercase()) {
                Entry::Vacant(entry) => drop(entry.insert(value)),
                Entry::Occupied(mut entry) => *entry.get_mut() += &format!(",{value}"),
            }
        }
        seen.entry("host".to_owned()).or_insert_with(|| spaced(&request.host()));
        if let Some(content) = request.content() {
            seen.entry("content-length".to_owned()).or_insert_with(|| content.len().to_string());
        }
        Self(seen)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

fn spaced(value: &str) -> String {
    let words: Vec<&str> = value.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
