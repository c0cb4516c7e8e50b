//! `sign verify jwt`: takes what `sign` signed and the published tokens, and says of everything else what differs first.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::keys::{ALGORITHMS, P256, RSA, pair};
use super::{claims, token};
use crate::support::random::Random;
use crate::support::{Output, sign};

const SECRET: &str = "a secret of thirty-two bytes ...";

/// Verifies lines with the right keys of an algorithm, and these options more.
fn verify(algorithm: &str, options: &[&str], input: &str) -> Output {
    let key = match pair(algorithm).1 {
        "" => ["--secret", SECRET],
        public => ["--private-key", public],
    };
    sign([&["verify", "jwt"], &key[..], options].concat()).stdin(input).run()
}

#[track_caller]
fn is_invalid(algorithm: &str, options: &[&str], line: &str, why: &str) {
    verify(algorithm, options, line).exits(1).stdout_is(&format!("invalid: {why}\n")).stderr_is("");
}

fn signed(algorithm: &str, payload: &str, options: &[&str]) -> String {
    let own =
        ["jwt", "--algorithm", algorithm, "--private-key", pair(algorithm).0, "--secret", SECRET, "--payload", payload];
    sign([&own[..], options].concat()).stdin("http://h.example/p?q=1\n").succeeds().out()
}

/// A line with this token.
fn bearing(token: &str) -> String {
    json!({"url": "http://h.example/", "headers": [{"name": "Authorization", "value": format!("Bearer {token}")}]})
        .to_string()
}

fn encoded(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

#[test]
fn what_sign_signed_is_valid() {
    let mut random = Random(0x7797);
    for algorithm in ALGORITHMS {
        let lines: String = (0..20)
            .map(|_| {
                let auth = json!({
                    "algorithm": algorithm, "secret": SECRET, "privateKey": pair(algorithm).0,
                    "header": claims::object(&mut random, &["typ", "x", "é"]),
                    "payload": claims::object(&mut random, &["sub", "iat", "x", "é"]),
                });
                format!("{}\n", json!({"url": "http://h.example/", "_auth": {"type": "jwt", "jwt": auth}}))
            })
            .collect();
        let signed = sign(["inherit"]).stdin(lines).succeeds().out();
        verify(algorithm, &[], &signed).exits(0).stdout_is(&"valid\n".repeat(20)).stderr_is("");
        verify(algorithm, &["--algorithm", algorithm], &signed).exits(0);
    }
}

#[test]
fn the_published_tokens_are_valid_at_their_time() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/jws/vectors.json");
    let vectors: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).expect("the vectors")).expect("JSON");
    for vector in vectors {
        let name = vector["name"].as_str().expect("a name");
        let key = match vector["secret"].as_str() {
            Some(secret) => vec!["--is-secret-base64-encoded", "--secret", secret],
            None => vec!["--private-key", vector["public_key"].as_str().expect("a key")],
        };
        let line = bearing(vector["jws"].as_str().expect("a token"));
        let run = |now: &str| sign([&["verify", "jwt", "--now", now], &key[..]].concat()).stdin(&line).run();
        let is_token = vector["payload"].as_str().is_some_and(|text| text.starts_with('{'));
        let verdict = if is_token { "valid\n" } else { "invalid: payload: is not a JSON object\n" };
        assert_eq!(run("@1300819379").out(), verdict, "{name}");
        if name.starts_with("rfc7515") && is_token {
            run("@1300819380").exits(1).stdout_is("invalid: exp: has passed\n");
        }
    }
}

#[test]
fn a_change_is_told_as_the_first_step_that_differs() {
    for algorithm in ALGORITHMS {
        let line = signed(algorithm, r#"{"sub":"1"}"#, &[]);
        let wrong = match algorithm.starts_with("HS") {
            true => "signature: is not what the secret makes of header and payload",
            false => "signature: is not the key's over header and payload",
        };
        is_invalid(algorithm, &[], &line.replace(&encoded(r#"{"sub":"1"}"#), &encoded(r#"{"sub":"2"}"#)), wrong);
        let own = token(&serde_json::from_str(&line).expect("JSON"));
        let (input, signature) = own.rsplit_once('.').expect("dots");
        let mut bytes = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
        bytes[7] ^= 1;
        is_invalid(algorithm, &[], &bearing(&format!("{input}.{}", URL_SAFE_NO_PAD.encode(&bytes))), wrong);
        bytes.pop();
        is_invalid(algorithm, &[], &bearing(&format!("{input}.{}", URL_SAFE_NO_PAD.encode(&bytes))), wrong);
        is_invalid(algorithm, &[], &bearing(&format!("{input}.")), wrong);
        let other = if algorithm == "HS256" { "HS512" } else { "HS256" };
        is_invalid(algorithm, &["--algorithm", other], &line, "header: alg is not the one that was given");
    }
}

#[test]
fn a_token_that_is_none_says_where_it_ends() {
    let token = token(&serde_json::from_str(&signed("HS256", "{}", &[])).expect("JSON"));
    let header = |text: &str| bearing(&format!("{}.e30.AAAA", encoded(text)));
    for (line, why) in [
        ("http://h.example/".to_owned(), "Authorization: is not there once"),
        (bearing(&token).replace("Bearer", "JWT"), "Authorization: does not begin with the prefix"),
        (bearing("a.b"), "token: has 2 parts, not three"),
        (bearing("a.b.c.d"), "token: has 4 parts, not three"),
        (bearing("!.e30.AAAA"), "header: is not base64url without padding"),
        (bearing("e30=.e30.AAAA"), "header: is not base64url without padding"),
        (header("7"), "header: is not a JSON object"),
        (header("{}"), "header: has no alg"),
        (header(r#"{"alg":"none"}"#), "header: alg is not one that is known, or none"),
        (header(r#"{"alg":"HS1"}"#), "header: alg is not one that is known, or none"),
        (header(r#"{"alg":"é"}"#), "header: alg is not one that is known, or none"),
        (header(r#"{"alg":"RS256"}"#), "header: alg needs a key, and none is given"),
        (
            header(r#"{"alg":"HS256","crit":["b64"]}"#),
            "header: crit names extensions, and none is known (RFC 7515 section 4.1.11)",
        ),
        (bearing(&token.replace(".e30.", ".e30.=")), "signature: is not base64url without padding"),
    ] {
        is_invalid("HS256", &[], &line, why);
    }
}

/// A public key is no secret: a token that is signed with its text as one is not valid (RFC 8725 section 2.1).
#[test]
fn a_public_key_is_not_taken_for_a_secret() {
    let public = pair("RS256").1;
    let forged =
        sign(["jwt", "--algorithm", "HS256", "--secret", public]).stdin("http://h.example/\n").succeeds().out();
    is_invalid("RS256", &[], &forged, "header: alg needs a secret, and none is given");
    is_invalid("ES256", &[], &signed("RS256", "{}", &[]), "header: alg needs a key of another kind");
}

#[test]
fn times_are_checked() {
    let verdict = |payload: &str| verify("HS256", &["--now", "@1000"], &signed("HS256", payload, &[])).out();
    for (payload, expected) in [
        (r#"{"exp":1001}"#, "valid"),
        (r#"{"exp":1000.5,"nbf":1e3}"#, "valid"),
        (r#"{"exp":1000}"#, "invalid: exp: has passed"),
        (r#"{"exp":"later"}"#, "invalid: exp: is not a number"),
        (r#"{"nbf":1001}"#, "invalid: nbf: is still to come"),
        (r#"{"nbf":null}"#, "invalid: nbf: is not a number"),
    ] {
        assert_eq!(verdict(payload), format!("{expected}\n"), "{payload}");
    }
}

#[test]
fn the_token_is_looked_for_where_it_should_be() {
    let query = signed("HS256", "{}", &["--add-token-to", "queryParam", "--query-param-key", "a b"]);
    let at = ["--add-token-to", "queryParam", "--query-param-key", "a b"];
    verify("HS256", &at, &query).exits(0).stdout_is("valid\n");
    is_invalid("HS256", &at[..2], &query, "query: does not have the token's parameter once");
    is_invalid("HS256", &at, &query.replace("?q=1", "?a+b=1"), "query: does not have the token's parameter once");
    for prefix in ["JWT", ""] {
        let line = signed("HS256", "{}", &["--header-prefix", prefix]);
        verify("HS256", &["--header-prefix", prefix], &line).exits(0).stdout_is("valid\n");
    }
}

#[test]
fn keys_of_every_form_verify_and_others_are_refused() {
    let line = signed("ES256", "{}", &[]);
    for key in [P256, include_str!("../../vectors/keys/p256-sec1.pem"), pair("ES256").1] {
        sign(["verify", "jwt", "--private-key", key]).stdin(&line).succeeds().stdout_is("valid\n");
    }
    let line = signed("RS256", "{}", &[]);
    for key in [RSA, include_str!("../../vectors/keys/rsa-pkcs1.pem"), pair("RS256").1] {
        sign(["verify", "jwt", "--private-key", key]).stdin(&line).succeeds().stdout_is("valid\n");
    }
    let refused = sign(["verify", "jwt", "--private-key", "no key"]).stdin(&line).run();
    assert!(!refused.stderr_has("privateKey is not a key in PEM").stdout_is("").err().contains("no key"));
    sign(["verify", "jwt"]).stdin(&line).fails(2).stderr_has("--secret");
}

#[test]
fn garbage_is_never_valid_and_never_a_crash() {
    let mut random = Random(4);
    let pieces =
        ["e30", "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJSUzI1NiJ9", ".", ".", "!", "=", "A", "é", " ", "AAAA", "e"];
    let lines: String = (0..2000)
        .map(|_| {
            let token: String = (0..random.below(9)).map(|_| random.pick(&pieces)).collect();
            bearing(&token) + "\n"
        })
        .collect();
    for algorithm in ["HS256", "RS256", "ES256", "ES512", "EdDSA"] {
        let output = verify(algorithm, &[], &lines).exits(1).stderr_is("");
        assert_eq!(output.lines().len(), 2000);
        assert!(output.lines().iter().all(|verdict| verdict.starts_with("invalid: ")));
    }
}
