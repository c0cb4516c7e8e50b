//! `sign jwt` in the cases where others go wrong, the places of the token, and what cannot be signed.

use serde_json::{Value, json};

use super::keys::{ALGORITHMS, ED25519, P256, P256_SEC1, RSA, RSA_PKCS1, pair};
use super::{authorization, json_part, part, token};
use crate::support::{Tool, sign};

fn jwt(options: &[&str], request: &Value) -> Tool {
    sign(["jwt"]).env("COUNTERSIGN_JWT_SECRET", "s3cr3t").args(options).stdin(format!("{request}\n"))
}

/// The line that comes out of an HS256 token with these options.
fn signed(options: &[&str], request: &Value) -> Value {
    jwt(&["--algorithm", "HS256"], request).args(options).succeeds().json().remove(0)
}

fn get(url: &str) -> Value {
    json!({"method": "GET", "url": url})
}

/// A line that asks for a token with these parameters beside a good HS256 key.
fn asking(parameters: &Value) -> String {
    let mut auth = json!({"algorithm": "HS256", "secret": "s3cr3t"});
    for (name, value) in parameters.as_object().expect("an object") {
        auth[name] = value.clone();
    }
    json!({"url": "http://h.example/", "_auth": {"type": "jwt", "jwt": auth}}).to_string()
}

#[test]
fn nothing_is_added_to_header_and_claims_but_the_algorithm() {
    let token = token(&signed(&[], &get("http://h.example/")));
    assert_eq!((part(&token, 0), part(&token, 1)), ("{\"alg\":\"HS256\"}".to_owned(), "{}".to_owned()));
    for blank in ["", " \n ", "{}"] {
        let line = asking(&json!({"header": blank, "payload": blank}));
        let same = sign(["inherit"]).stdin(line).succeeds().json().remove(0);
        assert_eq!(super::token(&same), token, "{blank:?}");
    }
    let line = asking(&json!({"header": null, "payload": null}));
    assert_eq!(super::token(&sign(["inherit"]).stdin(line).succeeds().json()[0]), token);
}

#[test]
fn claims_are_signed_as_they_are_written_as_text_or_as_an_object() {
    let payload = r#"{ "n":1e3, "exp": 1.0, "big":12345678901234567890123, "b":1, "a":"\u00e9" }"#;
    let token = token(&signed(&["--payload", payload], &get("http://h.example/")));
    assert_eq!(part(&token, 1), payload);
    let line = asking(&json!({"payload": "PAYLOAD", "header": {"typ": "JWT"}})).replace("\"PAYLOAD\"", payload);
    let same = super::token(&sign(["inherit"]).stdin(line).succeeds().json()[0]);
    assert_eq!(part(&same, 1), payload);
    assert_eq!(part(&same, 0), r#"{"typ":"JWT","alg":"HS256"}"#);
}

#[test]
fn the_root_algorithm_goes_before_the_headers() {
    let header = r#"{"typ":"JWT","alg":"ES256","kid":"1"}"#;
    let token = token(&signed(&["--header", header], &get("http://h.example/")));
    assert_eq!(part(&token, 0), r#"{"typ":"JWT","alg":"HS256","kid":"1"}"#);
}

#[test]
fn the_token_goes_into_the_header_behind_the_prefix() {
    let mut request = get("http://h.example/");
    request["headers"] = json!([{"name": "authorization", "value": "Basic old"}, {"name": "X-A", "value": "1"}]);
    for (options, prefix) in [
        (&[][..], "Bearer "),
        (&["--header-prefix", "JWT"], "JWT "),
        (&["--header-prefix", ""], ""),
        (&["--header-prefix", " My  Prefix"], " My  Prefix "),
    ] {
        let line = signed(options, &request);
        let values = authorization(&line);
        assert_eq!(values.len(), 1, "{line}");
        assert!(values[0].strip_prefix(prefix).is_some_and(|rest| rest.starts_with("eyJ")), "{line}");
    }
    let line = asking(&json!({"headerPrefix": null}));
    assert!(authorization(&sign(["inherit"]).stdin(line).succeeds().json()[0])[0].starts_with("Bearer eyJ"));
    jwt(&["--algorithm", "HS256", "--header-prefix", "a\nb"], &request).fails(1).stdout_is("");
}

#[test]
fn the_token_goes_into_the_query_in_place_of_one_that_is_there() {
    let mut request = get("http://h.example/p?token=old&q=a+b&token&tok%65n=x&tokens=1#part");
    request["headers"] = json!([{"name": "Authorization", "value": "Bearer old"}]);
    let line = signed(&["--add-token-to", "queryParam"], &request);
    let url = line["url"].as_str().expect("a URL");
    assert!(url.starts_with("http://h.example/p?q=a+b&tokens=1&token=eyJ"), "{url}");
    assert!(url.ends_with("#part"), "{url}");
    assert_eq!(authorization(&line).len(), 0);
    let url = signed(&["--add-token-to", "queryParam", "--query-param-key", "a b&"], &get("http://h.example/p"));
    assert!(url["url"].as_str().is_some_and(|url| url.starts_with("http://h.example/p?a%20b%26=eyJ")), "{url}");
}

#[test]
fn each_placement_can_be_written_as_header_or_url() {
    let request = get("http://h.example/p?q=1");
    jwt(&["--algorithm", "HS256", "--to", "header"], &request).succeeds().stdout_has("Authorization: Bearer eyJ");
    jwt(&["--algorithm", "HS256", "--to", "url"], &request).succeeds().stdout_is("http://h.example/p?q=1\n");
    let query = ["--algorithm", "HS256", "--add-token-to", "queryParam", "--to", "url"];
    jwt(&query, &request).succeeds().stdout_has("http://h.example/p?q=1&token=eyJ");
}

#[test]
fn a_base64_secret_is_bytes() {
    let request = get("http://h.example/");
    let expected = signed(&["--secret", "a?b>"], &request);
    for secret in ["YT9iPg==", "YT9iPg", " YT9iPg==\n"] {
        assert_eq!(signed(&["--secret", secret, "--is-secret-base64-encoded"], &request), expected, "{secret}");
    }
    // 0xFB 0xFF is no UTF-8, and `-_8` in base64url.
    let standard = signed(&["--secret", "+/8=", "--is-secret-base64-encoded"], &request);
    assert_eq!(signed(&["--secret", "-_8", "--is-secret-base64-encoded=true"], &request), standard);
    assert_ne!(signed(&["--secret", "+/8="], &request), standard);
    let line = asking(&json!({"secret": "top*secret", "isSecretBase64Encoded": true}));
    sign(["inherit"]).stdin(line).fails(1).stderr_has("jwt: secret is not base64").never_says("top*secret");
}

#[test]
fn keys_are_read_in_every_form() {
    let sign_with = |algorithm: &str, reference: &str| {
        jwt(&["--algorithm", algorithm, "--private-key", reference], &get("http://h.example/"))
            .file("rsa.pem", RSA)
            .file("rsa-pkcs1.pem", RSA_PKCS1)
            .file("p256.pem", P256)
            .file("p256-sec1.pem", P256_SEC1)
            .succeeds()
            .out()
    };
    assert_eq!(sign_with("RS256", "file:rsa.pem"), sign_with("RS256", "file:rsa-pkcs1.pem"));
    assert_eq!(sign_with("ES256", "file:p256.pem"), sign_with("ES256", "file:p256-sec1.pem"));
    assert_eq!(sign_with("ES256", "file:p256.pem"), sign_with("ES256", P256));
    let pasted = format!("\"{}\"", P256.replace('\n', "\\n"));
    assert_eq!(sign_with("ES256", "file:p256.pem"), sign_with("ES256", &pasted));
}

#[test]
fn a_key_that_does_not_fit_says_why_and_shows_nothing() {
    for (algorithm, key, problem) in [
        ("RS256", P256, "privateKey is a key for P-256; this algorithm needs one for RSA"),
        ("ES256", RSA, "privateKey is a key for RSA; this algorithm needs one for P-256"),
        ("ES384", P256, "privateKey is a key for P-256; this algorithm needs one for P-384"),
        ("EdDSA", P256, "privateKey is a key for P-256; this algorithm needs one for Ed25519"),
        ("PS256", ED25519, "privateKey is a key for Ed25519; this algorithm needs one for RSA"),
        ("RS256", include_str!("../../vectors/keys/rsa-1024.pem"), "privateKey is an RSA key under 2048 bits"),
        ("RS256", include_str!("../../vectors/keys/rsa-encrypted.pem"), "privateKey is encrypted"),
        ("RS256", include_str!("../../vectors/keys/rsa.pub.pem"), "privateKey is not a private key"),
        ("EdDSA", include_str!("../../vectors/keys/ed448.pem"), "privateKey is of a kind that is not supported"),
        ("EdDSA", include_str!("../../vectors/keys/openssh.pem"), "privateKey is an OpenSSH key"),
        ("ES256", "s3cr3t", "privateKey is not a private key in PEM"),
    ] {
        let output = sign(["inherit"]).stdin(asking(&json!({"algorithm": algorithm, "privateKey": key}))).fails(1);
        let body = key.lines().nth(2).unwrap_or("s3cr3t");
        output.stdout_is("").stderr_has(&format!("line 1: jwt: {problem}")).never_says(body);
    }
}

#[test]
fn what_is_missing_or_unknown_is_an_error_and_never_unsigned() {
    let without = |name: &str, parameters: Value| {
        let mut line: Value = serde_json::from_str(&asking(&parameters)).expect("JSON");
        line["_auth"]["jwt"].as_object_mut().expect("an object").remove(name);
        line.to_string()
    };
    for (line, problem) in [
        (without("algorithm", json!({})), "algorithm is missing"),
        (without("secret", json!({})), "secret is missing"),
        (asking(&json!({"secret": ""})), "secret is missing"),
        (asking(&json!({"algorithm": "RS256"})), "privateKey is missing"),
        (asking(&json!({"algorithm": "none"})), "algorithm is not an algorithm that is known (HS256, "),
        (asking(&json!({"algorithm": "HS1"})), "algorithm is not an algorithm that is known"),
        (asking(&json!({"addTokenTo": "body"})), "addTokenTo is neither header nor queryParam"),
        (asking(&json!({"payload": "{\"a\":"})), "payload is not JSON: EOF while parsing a value at line 1 column 5"),
        (asking(&json!({"payload": "[1]"})), "payload is not a JSON object"),
        (asking(&json!({"payload": 7})), "payload is not a JSON object"),
        (asking(&json!({"payload": "text"})), "payload is not JSON"),
        (asking(&json!({"payload": "{\"a\":1,\"a\":2}"})), "payload is not usable: it has the same name twice"),
        (
            asking(&json!({"header": "{\"alg\":\"x\",\"alg\":\"y\"}"})),
            "header is not usable: it has the same name twice",
        ),
        (asking(&json!({"header": "typ"})), "header is not JSON"),
        (asking(&json!({"isSecretBase64Encoded": "maybe"})), "isSecretBase64Encoded is neither"),
    ] {
        sign(["inherit"]).stdin(&line).fails(1).stdout_is("").stderr_has(&format!("line 1: jwt: {problem}"));
    }
    sign(["jwt"]).stdin("http://h.example/\n").fails(2).stdout_is("").stderr_has("--algorithm");
    sign(["jwt", "--algorithm", "none"]).fails(2).stdout_is("");
}

#[test]
fn a_file_is_read_for_an_option_and_never_for_a_line() {
    let options = ["--payload", "file:claims.json", "--header", "file:header.json"];
    let line = jwt(&["--algorithm", "HS256"], &get("http://h.example/"))
        .args(options)
        .file("claims.json", "{\"sub\":\"alice\"}\n")
        .file("header.json", "{\"kid\":\"k\"}\n")
        .succeeds()
        .json()
        .remove(0);
    assert_eq!(json_part(&token(&line), 1), json!({"sub": "alice"}));
    assert_eq!(part(&token(&line), 0), "{\"kid\":\"k\",\"alg\":\"HS256\"}");
    for (name, value) in [("payload", "file:claims.json"), ("header", "file:claims.json")] {
        sign(["inherit"])
            .file("claims.json", "{}")
            .stdin(asking(&json!({name: value})))
            .fails(1)
            .stdout_is("")
            .stderr_has(&format!("{name} is not JSON"));
    }
    sign(["inherit"])
        .file("key.pem", RSA)
        .stdin(asking(&json!({"algorithm": "RS256", "privateKey": "file:key.pem"})))
        .fails(1)
        .stderr_has("privateKey is not a private key in PEM");
    let literal = sign(["inherit"]).file("s", "x").stdin(asking(&json!({"secret": "file:s"}))).succeeds().json();
    let option = ["jwt", "--algorithm", "HS256", "--secret", "text:file:s"];
    assert_eq!(literal, sign(option).stdin(get("http://h.example/").to_string()).succeeds().json());
}

#[test]
fn a_fixed_nonce_gives_the_same_bytes_for_every_algorithm() {
    for algorithm in ALGORITHMS {
        let options = ["--algorithm", algorithm, "--private-key", pair(algorithm).0, "--nonce", "n", "--now", "@1"];
        let once = || jwt(&options, &get("http://h.example/")).succeeds().out();
        assert_eq!(once(), once(), "{algorithm}");
    }
}

#[test]
fn one_stream_signs_once_and_each_line_with_its_own_parameters() {
    let lines: String = (1..=4).map(|n| asking(&json!({"payload": {"n": n / 2}})) + "\n").collect();
    let tokens: Vec<String> = sign(["inherit"]).stdin(lines).succeeds().json().iter().map(token).collect();
    let numbers: Vec<Value> = tokens.iter().map(|token| json_part(token, 1)["n"].clone()).collect();
    assert_eq!(numbers, [json!(0), json!(1), json!(1), json!(2)]);
}

#[test]
fn no_secret_is_shown() {
    let request = get("http://h.example/");
    let options = ["--algorithm", "HS256", "--secret", "top-secret", "--explain", "-v"];
    let output = jwt(&options, &request).succeeds().stderr_lacks("top-secret").stderr_has("{\"alg\":\"HS256\"}");
    let (input, signature) =
        token(&output.json()[0]).rsplit_once('.').map(|(i, s)| (i.to_owned(), s.to_owned())).expect("dots");
    assert_eq!(output.steps("signing input"), [input]);
    output.stderr_lacks(&signature);
    let options = ["--algorithm", "RS256", "--private-key", RSA, "--explain", "-v"];
    jwt(&options, &request).succeeds().stderr_lacks(RSA.lines().nth(3).expect("a line of the key"));
}
