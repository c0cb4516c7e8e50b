//! `sign verify oauth1`: takes what `sign` and what oauthlib signed, and says of everything else what differs first.

use std::path::Path;

use serde_json::{Value, json};

use super::case::{Case, METHODS, Placement};
use super::differential::deviation;
use crate::support::random::Random;
use crate::support::{Output, peers, sign};

const KEY: &str = include_str!("../../vectors/keys/rsa.pem");
const PUBLIC_KEY: &str = include_str!("../../vectors/keys/rsa.pub.pem");
const SECRETS: [&str; 4] = ["--consumer-secret", "c&s é", "--token-secret", "t%s"];
const WHO: [&str; 4] = ["--consumer-key", "c k", "--token", "t=k"];

/// Verifies lines with the right keys, and these options more.
fn verify(options: &[&str], input: &str) -> Output {
    let key = ["--private-key", PUBLIC_KEY];
    sign([&["verify", "oauth1"], &WHO[..], &SECRETS, &key, options].concat()).stdin(input).run()
}

#[track_caller]
fn is_invalid(line: &Value, why: &str) {
    let output = verify(&[], &line.to_string()).exits(1).stderr_is("").out();
    assert!(output.starts_with(&format!("invalid: {why}")), "{output} for {line}");
}

/// Random requests that are signed with the same keys.
fn cases(seed: u64, count: usize) -> Vec<Case> {
    let mut random = Random(seed);
    let mut cases = Vec::new();
    while cases.len() < count {
        let mut case = Case::random(&mut random);
        for (name, value) in [("consumerKey", WHO[1]), ("token", WHO[3])] {
            case.auth.insert(name.to_owned(), json!(value));
        }
        for (name, value) in [("consumerSecret", SECRETS[1]), ("tokenSecret", SECRETS[3])] {
            case.auth.insert(name.to_owned(), json!(value));
        }
        // Values as they are can not be told from encoded ones, and an empty version is against section 3.1.
        case.auth.remove("disableHeaderEncoding");
        case.auth.remove("addEmptyParamsToSign");
        cases.push(case);
    }
    cases
}

#[test]
fn what_sign_signed_is_valid() {
    let input: String = cases(1, 700).iter().map(|case| format!("{}\n", case.line(KEY))).collect();
    let signed = sign(["inherit", "--allow-host", "-j", "2"]).stdin(input).succeeds().out();
    verify(&[], &signed).exits(0).stdout_is(&"valid\n".repeat(700)).stderr_is("");
}

#[test]
fn what_oauthlib_signed_is_valid() {
    let mut cases: Vec<Case> = cases(2, 700).into_iter().filter(|case| deviation(case).is_none()).collect();
    // oauthlib writes a realm as it is, quotes and all (RFC 9110 section 5.6.4).
    for case in &mut cases {
        case.auth.remove("realm");
    }
    // A body that is no form is handed to oauthlib only for its hash, and the host only as a header.
    let cases: Vec<Case> = cases.into_iter().filter(|case| case.is_form() || !case.has_body_hash()).collect();
    assert!(cases.len() > 300, "{}", cases.len());
    let questions: Vec<Value> = cases.iter().map(|case| case.question(KEY, PUBLIC_KEY, None)).collect();
    let answers = peers::ask("oauth1.py", &questions);
    let lines: String = cases
        .iter()
        .zip(&answers)
        .map(|(case, answer)| {
            let request = &answer["request"];
            let mut line = json!({"method": case.request.method, "url": request["url"], "headers": request["headers"]});
            if let Some(body) = request["body"].as_str() {
                line["postData"] = json!({"mimeType": "", "encoding": "base64", "text": body});
            }
            format!("{line}\n")
        })
        .collect();
    let output = verify(&[], &lines);
    for (verdict, (case, answer)) in output.lines().iter().zip(cases.iter().zip(&answers)) {
        assert_eq!(verdict, "valid", "{}\n{answer}", case.line(""));
    }
    output.exits(0);
}

#[test]
fn the_published_examples_are_valid() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/oauth1");
    let text = std::fs::read_to_string(folder.join("vectors.json")).expect("the vectors");
    let vectors: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    for vector in vectors {
        let mut line = vector["request"].clone();
        let auth = &vector["auth"];
        let text = |name: &str| auth[name].as_str().unwrap_or_default();
        let key = if auth["privateKey"].is_null() { String::new() } else { "file:wiki-rsa.pem".to_owned() };
        let mut header = format!(
            "OAuth realm=\"{}\", oauth_consumer_key=\"{}\", oauth_timestamp=\"{}\", oauth_nonce=\"{}\"",
            text("realm"),
            text("consumerKey"),
            text("timestamp"),
            text("nonce"),
        );
        let method = auth["signatureMethod"].as_str().unwrap_or("HMAC-SHA1");
        let signature = vector["signature"].as_str().expect("a signature");
        for (name, value) in [
            ("signature_method", method),
            ("token", text("token")),
            ("callback", text("callback")),
            ("verifier", text("verifier")),
            ("version", auth["version"].as_str().unwrap_or("1.0")),
            ("signature", signature),
        ] {
            if !value.is_empty() {
                let value: String = value.bytes().map(|byte| format!("%{byte:02x}")).collect();
                header += &format!(",  oauth_{name}=\"{value}\"");
            }
        }
        line["headers"].as_array_mut().expect("headers").push(json!({"name": "AUTHORIZATION", "value": header}));
        let mut tool = sign(["verify", "oauth1", "--consumer-key", text("consumerKey")]);
        for (option, value) in [
            ("--consumer-secret", text("consumerSecret")),
            ("--token-secret", text("tokenSecret")),
            ("--private-key", &key),
        ] {
            if !value.is_empty() {
                tool = tool.args([option, value]);
            }
        }
        let pem = include_str!("../../vectors/oauth1/wiki-rsa.pem");
        tool.file("wiki-rsa.pem", pem).stdin(line.to_string()).succeeds().stdout_is("valid\n");
    }
}

/// A signed request of each place and method.
fn signed(method: &str, placement: Placement) -> Value {
    let mut request = json!({
        "method": "POST", "url": "http://h.example/p?a=1&b=2",
        "headers": [{"name": "Content-Type", "value": "application/x-www-form-urlencoded"}],
        "postData": {"mimeType": "application/x-www-form-urlencoded", "text": "c=3"},
    });
    if placement == Placement::Query {
        request["method"] = json!("PATCH");
    }
    let place: &[&str] = if placement == Placement::Header { &["--add-params-to-header"] } else { &[] };
    let options =
        ["oauth1", "--signature-method", method, "--private-key", KEY, "--now", "@1318622958", "--nonce", "nnn"];
    sign([&options[..], &WHO, &SECRETS, place].concat()).stdin(request.to_string()).succeeds().json().remove(0)
}

fn replaced(line: &Value, from: &str, to: &str) -> Value {
    let text = line.to_string();
    assert!(text.contains(from), "{from} in {text}");
    serde_json::from_str(&text.replace(from, to)).expect("JSON")
}

#[test]
fn a_change_is_told_as_the_first_step_that_differs() {
    for placement in [Placement::Header, Placement::Body, Placement::Query] {
        for method in METHODS {
            let line = signed(method, placement);
            verify(&["--signature-method", method], &line.to_string()).exits(0).stdout_is("valid\n");
            if method != "PLAINTEXT" {
                for (from, to) in [
                    ("a=1&b", "a=2&b"),
                    ("c=3", "c=4"),
                    ("h.example/p", "h.example/q"),
                    ("http://", "https://"),
                    ("nnn", "mmm"),
                ] {
                    is_invalid(&replaced(&line, from, to), "oauth_signature: is not what the ");
                }
            }
            is_invalid(&replaced(&line, "c%20k", "other"), "oauth_consumer_key: is another one");
            is_invalid(&replaced(&line, "t%3Dk", "other"), "oauth_token: is another one");
            is_invalid(&replaced(&line, method, "HMAC-MD5"), "oauth_signature_method: is not one that is known");
        }
    }
    let line = signed("HMAC-SHA1", Placement::Header);
    is_invalid(&replaced(&line, "oauth_version=\\\"1.0", "oauth_version=\\\"2.0"), "oauth_version: is not 1.0");
    is_invalid(&replaced(&line, "1318622958", "now"), "oauth_timestamp: is not a positive whole number");
    is_invalid(&replaced(&line, "oauth_nonce", "oauth_n"), "oauth_nonce: is missing");
    is_invalid(&replaced(&line, "oauth_consumer_key", "oauth_c"), "oauth_consumer_key: is missing");
    is_invalid(&replaced(&line, "oauth_version", "oauth_nonce"), "parameters: oauth_nonce is there twice");
    is_invalid(
        &replaced(&line, "?a=1", "?oauth_x=1&a=1"),
        "parameters: the oauth_ parameters are in more than one place",
    );
    is_invalid(&replaced(&line, "oauth_nonce=\\\"nnn\\\"", "oauth_nonce=nnn"), "Authorization: is not a list");
    is_invalid(&replaced(&line, "OAuth ", "Bearer "), "parameters: there are no oauth_ parameters");
}

#[test]
fn what_cannot_be_checked_is_not_valid() {
    let hmac = signed("HMAC-SHA1", Placement::Header).to_string();
    let rsa = signed("RSA-SHA1", Placement::Header).to_string();
    let only_key = ["verify", "oauth1", "--consumer-key", "c k", "--private-key", KEY];
    sign(only_key).stdin(&rsa).succeeds().stdout_is("valid\n");
    sign(only_key).stdin(&hmac).fails(1).stdout_has("needs a consumer secret, and none is given");
    let only_secret =
        ["verify", "oauth1", "--consumer-key", "c k", "--consumer-secret", "c&s é", "--token-secret", "t%s"];
    sign(only_secret).stdin(&hmac).succeeds().stdout_is("valid\n");
    sign(only_secret).stdin(&rsa).fails(1).stdout_has("needs a key, and none is given");
    verify(&["--signature-method", "HMAC-SHA256"], &hmac).exits(1).stdout_has("is not the one that was given");
    let plain = signed("PLAINTEXT", Placement::Header).to_string();
    let other = ["verify", "oauth1", "--consumer-key", "c k", "--consumer-secret", "x"];
    sign(other).stdin(&plain).fails(1).stdout_is("invalid: oauth_signature: is not the two secrets\n");
    sign(["verify", "oauth1", "--consumer-key", "c k"]).stdin(&hmac).fails(2).stderr_has("--consumer-secret");
}

#[test]
fn a_body_hash_is_checked() {
    let request =
        json!({"method": "POST", "url": "http://h.example/", "postData": {"mimeType": "", "text": "Hello World!"}});
    for method in METHODS.into_iter().filter(|method| *method != "PLAINTEXT") {
        let options = ["oauth1", "--signature-method", method, "--private-key", KEY, "--include-body-hash"];
        let line = sign([&options[..], &WHO, &SECRETS].concat()).stdin(request.to_string()).succeeds().json().remove(0);
        verify(&[], &line.to_string()).exits(0).stdout_is("valid\n");
        is_invalid(&replaced(&line, "Hello", "Hallo"), "oauth_body_hash: is not that of the body");
    }
}

#[test]
fn garbage_is_never_valid_and_never_a_crash() {
    let mut random = Random(3);
    let pieces = "OAuth |oauth_nonce|oauth_signature|realm|=|\"|\"|,|, |%|%4|%zz|\\|é| |x|oauth_version=\"1.0\"|&|+";
    let pieces: Vec<&str> = pieces.split('|').collect();
    let lines: String = (0..2000)
        .map(|_| {
            let text: String = (0..random.below(12)).map(|_| random.pick(&pieces)).collect();
            let query: String = (0..random.below(6)).map(|_| random.pick(&pieces)).collect();
            let query = query.replace([' ', '"'], "");
            let headers = json!([{"name": "Authorization", "value": format!("OAuth {text}")}]);
            format!("{}\n", json!({"url": format!("http://h.example/?{query}"), "headers": headers}))
        })
        .collect();
    let output = verify(&[], &lines).exits(1).stderr_is("");
    assert_eq!(output.lines().len(), 2000);
    assert!(output.lines().iter().all(|verdict| verdict.starts_with("invalid: ")));
}
