//! `sign jwt`, `sign asap` and `sign oauth2`: tokens that go where bearer tokens go. Before their judges: the published
//! signatures, and PyJWT verifying every algorithm on random claims. None of them shares code with the signer.

mod asap;
mod claims;
mod differential;
mod keys;
mod oauth2;
mod signing;
mod vectors;
mod verifier;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::support::line::values;

/// The values of a line's `Authorization` headers, whatever their case.
fn authorization(line: &Value) -> Vec<&str> {
    values(line, "authorization")
}

/// The bearer token of a signed line.
#[track_caller]
fn token(line: &Value) -> String {
    let headers = authorization(line);
    assert_eq!(headers.len(), 1, "one Authorization header in {line}");
    headers[0].strip_prefix("Bearer ").expect("a bearer token").to_owned()
}

/// The JSON text of a part of a token: header 0, payload 1.
fn part(token: &str, index: usize) -> String {
    let part = token.split('.').nth(index).expect("three parts");
    String::from_utf8(URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("UTF-8")
}

/// The same as JSON.
fn json_part(token: &str, index: usize) -> Value {
    serde_json::from_str(&part(token, index)).expect("JSON")
}
