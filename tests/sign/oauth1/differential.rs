//! The differential test: random requests, signed by `sign oauth1` and by oauthlib, compared step by step; then oauthlib's
//! endpoint verifies what `sign` wrote.
//!
//! Exceptions are left out by name: each name is explained in `tests/support/peers/oauth1.py`, with the section of the
//! specification that oauthlib departs from.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::case::{Case, Placement, Protocol, decoded};
use crate::support::random::Random;
use crate::support::{peers, sign};

const PRIVATE_KEY: &str = include_str!("../../vectors/keys/rsa.pem");
const PUBLIC_KEY: &str = include_str!("../../vectors/keys/rsa.pub.pem");

/// Why a request cannot be compared with oauthlib's signature, if so.
pub(crate) fn deviation(case: &Case) -> Option<&'static str> {
    let body = case.request.body.as_deref().unwrap_or_default();
    let form = if case.is_form() { String::from_utf8_lossy(body).into_owned() } else { String::new() };
    let path = case.request.target.split('?').next().unwrap_or_default();
    let query = case.request.target.split_once('?').map_or("", |(_, query)| query);
    let escapes =
        |text: &str| text.as_bytes().windows(3).any(|w| w[0] == b'%' && w[1..].iter().all(u8::is_ascii_hexdigit));
    let protocol = ["consumerKey", "token", "callback", "verifier", "nonce"];
    if query.contains("%FF") || form.contains("%FF") {
        Some("escape-not-utf8")
    } else if case.is_form() && case.request.method == "GET" {
        Some("get-with-form")
    } else if path.ends_with(';') {
        Some("path-parameters")
    } else if case.placement != Placement::Header && protocol.iter().any(|name| escapes(case.text(name))) {
        Some("twice-decoded")
    } else if case.has_body_hash() && !is_hashed_alike(case, body) {
        Some("body-hash")
    } else {
        None
    }
}

fn is_hashed_alike(case: &Case, body: &[u8]) -> bool {
    // A body of letters alone, or none, is one that could be read as a form.
    let is_no_form = body.iter().any(|byte| b"{}\"\\ \n\r\t".contains(byte) || !byte.is_ascii());
    let has_type = case.content_type().is_some_and(|value| !value.is_empty());
    case.text("signatureMethod").ends_with("SHA1") && has_type && is_no_form && std::str::from_utf8(body).is_ok()
}

/// Why a signed request cannot be verified by oauthlib's endpoint, if so.
fn unverifiable(case: &Case, signed: &Value) -> Option<&'static str> {
    let has_escape =
        |signed: &Value| Protocol::of(signed).get("oauth_signature").is_some_and(|value| value.contains('%'));
    let version = case.auth.get("version").and_then(Value::as_str).unwrap_or("1.0");
    if version.is_empty() && case.flag("addEmptyParamsToSign") {
        Some("empty-version")
    } else if case.placement == Placement::Header && case.flag("disableHeaderEncoding") {
        Some("raw-header")
    } else if case.placement == Placement::Header && !case.text("realm").is_empty() && has_realm_parameter(case) {
        Some("query-realm")
    } else if case.placement != Placement::Header && case.text("signatureMethod") == "PLAINTEXT" && has_escape(signed) {
        Some("twice-decoded")
    } else {
        None
    }
}

fn has_realm_parameter(case: &Case) -> bool {
    let form = if case.is_form() { case.request.body.as_deref().unwrap_or_default() } else { &[] };
    case.request.target.contains("realm=") || String::from_utf8_lossy(form).contains("realm=")
}

#[test]
fn oauthlib_signs_random_requests_alike_and_accepts_ours() {
    let mut random = Random(0x5849);
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    let mut cases = Vec::new();
    for _ in 0..2000 {
        let case = Case::random(&mut random);
        match deviation(&case) {
            Some(name) => *left_out.entry(name).or_default() += 1,
            None => cases.push(case),
        }
    }
    let input: String = cases.iter().map(|case| format!("{}\n", case.line(PRIVATE_KEY))).collect();
    let output = sign(["inherit", "--allow-host", "--explain", "-j", "2"]).stdin(input).succeeds();
    let signed = output.json();
    assert_eq!(signed.len(), cases.len());
    let questions: Vec<Value> = cases
        .iter()
        .zip(&signed)
        .map(|(case, signed)| {
            let signed = match unverifiable(case, signed) {
                Some(name) => {
                    *left_out.entry(name).or_default() += 1;
                    None
                }
                None => Some(signed),
            };
            case.question(PRIVATE_KEY, PUBLIC_KEY, signed)
        })
        .collect();
    let answers = peers::ask("oauth1.py", &questions);
    let parameters = output.steps("parameters");
    let mut base_strings = output.steps("base string").into_iter();
    let mut seen = BTreeSet::new();
    for (index, case) in cases.iter().enumerate() {
        let answer = &answers[index];
        let about = format!("{}\nours: {}\noauthlib: {answer}", case.line(""), signed[index]);
        if case.text("signatureMethod") != "PLAINTEXT" {
            assert_eq!(Some(parameters[index].as_str()), answer["parameters"].as_str(), "{about}");
            assert_eq!(base_strings.next().as_deref(), answer["base_string"].as_str(), "{about}");
        }
        let read = if case.flag("disableHeaderEncoding") { str::to_owned } else { decoded };
        let protocol = Protocol::read(&masked(&signed[index], case), read);
        assert_eq!(protocol.get("oauth_signature"), answer["signature"].as_str(), "{about}");
        assert_eq!(protocol.places, [case.placement], "{about}");
        assert_ne!(answer["accepted"], Value::Bool(false), "{about}");
        assert!(answer["accepted"].is_null() || answer["accepted"] == Value::Bool(true), "{about}");
        seen.insert((case.text("signatureMethod").to_owned(), case.placement));
    }
    println!("{} compared, left out: {left_out:?}", cases.len());
    assert!(cases.len() >= 1000, "too many are left out: {left_out:?}");
    assert_eq!(seen.len(), 7 * 3, "every method in every place");
}

/// The line with a header that can be taken apart at its commas: realm and unencoded values may have commas too.
fn masked(line: &Value, case: &Case) -> Value {
    let mut line = line.clone();
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    for header in line["headers"].as_array_mut().expect("headers") {
        let value = header["value"].as_str().expect("text").to_owned();
        if header["name"] != "Authorization" {
            continue;
        }
        let mut value = value.replacen(&format!("realm=\"{}\"", quoted(case.text("realm"))), "realm=\"\"", 1);
        if case.flag("disableHeaderEncoding") {
            for (name, key) in [
                ("oauth_consumer_key", "consumerKey"),
                ("oauth_token", "token"),
                ("oauth_nonce", "nonce"),
                ("oauth_callback", "callback"),
                ("oauth_verifier", "verifier"),
            ] {
                value = value.replacen(&format!("{name}=\"{}\"", quoted(case.text(key))), &format!("{name}=\"\""), 1);
            }
        }
        header["value"] = Value::String(value);
    }
    line
}
