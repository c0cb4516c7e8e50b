//! Random requests with a seed, and what others make of them: the formula of RFC 7616 written down with Python's hashlib, and
//! two clients, aiohttp (no SHA-512-256) and digest-fetch (no auth-int).

use serde_json::{Value, json};

use super::field;
use crate::support::line::authorization;
use crate::support::random::{Random, Request};
use crate::support::{peers, sign};

const ALGORITHMS: [&str; 6] = ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"];

/// Returns the combinations of RFC 7616: a -sess algorithm without qop cannot be verified.
fn combinations() -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = ALGORITHMS.into_iter().flat_map(|algorithm| ["", "auth", "auth-int"].map(|qop| (algorithm, qop)));
    all.filter(|(algorithm, qop)| !(algorithm.ends_with("-sess") && qop.is_empty()))
}

/// A request with everything that a peer needs to know.
fn question(random: &mut Random, peer: &str, algorithm: &str, qop: &str) -> (Request, Value) {
    const LETTERS: &str = "abcXYZ0189 .-_@/\\'é😀ß";
    let request = Request::random(random);
    let question = json!({
        "peer": peer,
        "algorithm": algorithm,
        "qop": qop,
        "username": random.word(LETTERS, 12),
        "password": random.text(LETTERS, 20),
        "realm": random.word(LETTERS, 20),
        "nonce": random.word("abcdef0123456789+/=", 40),
        "opaque": random.text("abcdef0123456789", 20),
        "method": request.method,
        "url": request.url(),
        "target": request.wire_target(),
        "body": request.body_base64(),
        "nc": format!("{:08x}", 1 + random.below(0xffff)),
        "cnonce": random.word("abcdef0123456789", 32),
    });
    (request, question)
}

/// Compares the responses of one run of `sign inherit` with a peer's, which may have made its own count and client nonce.
#[track_caller]
fn compare(cases: &[(Request, Value)], answers: &[Value]) {
    let mut lines = String::new();
    for ((request, question), answer) in cases.iter().zip(answers) {
        let mut line = request.line();
        let mut parameters = question.clone();
        parameters["nonceCount"] = answer["nc"].clone();
        parameters["clientNonce"] = answer["cnonce"].clone();
        line["_auth"] = json!({"type": "digest", "digest": parameters});
        lines += &format!("{line}\n");
    }
    let signed = sign(["inherit", "--allow-host"]).stdin(lines).succeeds().json();
    assert_eq!(signed.len(), cases.len());
    for ((line, (_, question)), answer) in signed.iter().zip(cases).zip(answers) {
        let response = authorization(line).rsplit_once("response=\"").expect("a response").1.to_owned();
        let response = response.split('"').next().expect("a response");
        assert_eq!(Some(response), answer["response"].as_str(), "{question}");
    }
}

/// Digest's parameters belong to the nonce: one that comes twice would count on.
fn cases(
    seed: u64,
    count: usize,
    peer: &str,
    of: impl Iterator<Item = (&'static str, &'static str)>,
) -> Vec<(Request, Value)> {
    let mut random = Random(seed);
    let mut cases = Vec::new();
    for (algorithm, qop) in of {
        cases.extend((0..count).map(|number| {
            let (request, mut question) = question(&mut random, peer, algorithm, qop);
            question["nonce"] =
                json!(format!("{}{number:x}.{algorithm}{qop}", question["nonce"].as_str().expect("text")));
            (request, question)
        }));
    }
    cases
}

fn questions(cases: &[(Request, Value)]) -> Vec<Value> {
    cases.iter().map(|(_, question)| question.clone()).collect()
}

#[test]
fn a_thousand_requests_of_every_algorithm_and_qop_are_signed_as_the_formula_has_it() {
    let cases = cases(7616, 1000, "formula", combinations());
    assert_eq!(cases.len(), 15_000);
    compare(&cases, &peers::ask("digest.py", &questions(&cases)));
}

#[test]
fn aiohttp_makes_the_same_responses() {
    let known = combinations().filter(|(algorithm, _)| !algorithm.starts_with("SHA-512"));
    let mut cases = cases(2617, 300, "aiohttp", known);
    // empty-query: it sends no `?` before an empty query, which is part of the URI (RFC 3986 section 3.4).
    cases.retain(|(request, _)| !request.target.ends_with('?'));
    assert!(cases.len() > 1000, "{}", cases.len());
    compare(&cases, &peers::ask("digest.py", &questions(&cases)));
}

#[test]
fn digest_fetch_makes_the_same_responses() {
    let known = combinations().filter(|(_, qop)| *qop != "auth-int");
    let mut cases = cases(2069, 300, "digest-fetch", known);
    // query-without-path: it takes `/` for the whole target where a query follows on the host (RFC 9112 section 3.2.1).
    cases.retain(|(request, _)| !request.target.starts_with('?'));
    assert!(cases.len() > 1000, "{}", cases.len());
    compare(&cases, &peers::ask("digest.js", &questions(&cases)));
}

#[test]
fn counts_are_part_of_the_response() {
    let question = json!({"peer": "formula", "algorithm": "MD5", "qop": "auth", "username": "u", "password": "p", "realm": "r",
        "nonce": "n", "method": "GET", "target": "/", "body": "", "nc": "0000000a", "cnonce": "c"});
    let options = ["--realm", "r", "--nonce", "n", "--qop", "auth", "--nonce-count", "a", "--client-nonce", "c"];
    let signed = sign(["digest", "--username", "u", "--password", "p"]).args(options).stdin("http://h/\n").succeeds();
    let response = field(&authorization(&signed.json()[0]), "response");
    assert_eq!(response.as_deref(), peers::ask("digest.py", &[question])[0]["response"].as_str());
}
