//! `sign digest` before its judges: the reference's vectors, other people's clients on random requests, a server that
//! verifies by the letter, Apache's mod_auth_digest, and servers that mean harm. None of them shares code with the signer.
//!
//! The published vectors, at every step, are in the scheme's own tests.

mod apache;
mod differential;
mod hostile;
mod offline;
mod server;

/// A parameter of a header that has no commas or escapes within quotes.
fn field(header: &str, name: &str) -> Option<String> {
    let parameters = header.strip_prefix("Digest ").expect("digest").split(", ");
    let mut pairs = parameters.filter_map(|parameter| parameter.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.trim_matches('"').to_owned())
}
