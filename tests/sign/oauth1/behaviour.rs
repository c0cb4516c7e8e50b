//! `sign oauth1` where RFC 5849 leaves a choice, where others go wrong, and with what cannot be signed.

use serde_json::{Value, json};

use super::case::{Placement, Protocol, body};
use crate::support::line::values;
use crate::support::{Output, Tool, sign};

const KEY: &str = include_str!("../../vectors/keys/rsa.pem");

fn oauth1(options: &[&str], request: &Value) -> Tool {
    sign(["oauth1", "--consumer-key", "ck", "--now", "@1318622958", "--nonce", "nnn"])
        .env("COUNTERSIGN_OAUTH1_CONSUMER_SECRET", "cs")
        .args(options)
        .stdin(format!("{request}\n"))
}

fn signed(options: &[&str], request: &Value) -> Value {
    oauth1(options, request).succeeds().json().remove(0)
}

fn get(url: &str) -> Value {
    json!({"method": "GET", "url": url})
}

fn form(method: &str, text: Option<&str>) -> Value {
    let headers = json!([{"name": "Content-Type", "value": "application/x-www-form-urlencoded; charset=utf-8"}]);
    let mut request = json!({"method": method, "url": "http://h.example/p?q=1", "headers": headers});
    if let Some(text) = text {
        request["postData"] = json!({"mimeType": "application/x-www-form-urlencoded", "text": text});
    }
    request
}

fn authorization(line: &Value) -> Vec<&str> {
    values(line, "authorization")
}

#[test]
fn without_a_method_the_signature_is_hmac_sha1_and_says_so() {
    let protocol = Protocol::of(&signed(&[], &get("http://h.example/")));
    assert_eq!(protocol.get("oauth_signature_method"), Some("HMAC-SHA1"));
    assert_eq!(protocol.get("oauth_version"), Some("1.0"));
    let with = signed(&["--signature-method", "HMAC-SHA1", "--version", "1.0"], &get("http://h.example/"));
    assert_eq!(Protocol::of(&with), protocol);
}

#[test]
fn an_authorization_header_is_replaced_whatever_its_case() {
    for name in ["Authorization", "authorization", "AUTHORIZATION"] {
        let mut request = get("http://h.example/");
        request["headers"] = json!([{"name": name, "value": "Bearer old"}, {"name": "X-A", "value": "1"}]);
        assert_eq!(authorization(&signed(&["--add-params-to-header"], &request)).len(), 1, "{name}");
        assert_eq!(authorization(&signed(&[], &request)).len(), 0, "{name}");
    }
}

#[test]
fn only_the_schemes_own_port_is_left_out_of_the_base_string() {
    for (url, uri) in [
        ("http://h.example:80/", "http%3A%2F%2Fh.example%2F"),
        ("https://h.example:443/", "https%3A%2F%2Fh.example%2F"),
        ("http://h.example:443/", "http%3A%2F%2Fh.example%3A443%2F"),
        ("https://h.example:80/", "https%3A%2F%2Fh.example%3A80%2F"),
        ("HTTPS://H.Example:8443", "https%3A%2F%2Fh.example%3A8443%2F"),
        ("http://user:secret@h.example/", "http%3A%2F%2Fh.example%2F"),
        ("http://h.example/a/../b;c//%2f", "http%3A%2F%2Fh.example%2Fa%2F..%2Fb%3Bc%2F%2F%252f"),
    ] {
        let output = oauth1(&["--explain"], &get(url)).succeeds();
        assert_eq!(output.steps("base string")[0].split('&').nth(1), Some(uri), "{url}");
    }
}

#[test]
fn the_query_stays_as_it_is_written() {
    let query = "q=a+b&e&=x&a=%7e&a=1&&[x]='y'";
    let line = signed(&["--add-params-to-header"], &get(&format!("http://h.example/?{query}")));
    assert_eq!(line["url"], format!("http://h.example/?{query}"));
    let line = signed(&[], &get(&format!("http://h.example/?{query}#part")));
    let url = line["url"].as_str().expect("a URL");
    assert!(url.starts_with(&format!("http://h.example/?{query}&oauth_consumer_key=ck&")), "{url}");
    assert!(url.ends_with("#part"), "{url}");
}

#[test]
fn what_another_signature_left_is_replaced_wherever_it_stood() {
    let mut request = form("POST", Some("a=1&oauth_token=old&b&oauth%5Fnonce=old"));
    request["url"] = json!("http://h.example/p?oauth_signature=old&q=1&oauth_callback=old");
    request["headers"]
        .as_array_mut()
        .expect("headers")
        .push(json!({"name": "Authorization", "value": "OAuth x=\"y\""}));
    let line = signed(&[], &request);
    assert_eq!(line["url"], "http://h.example/p?q=1");
    let text = String::from_utf8(body(&line)).expect("text");
    assert!(text.starts_with("a=1&b&oauth_consumer_key=ck&"), "{text}");
    assert!(!line.to_string().contains("old"), "{line}");
    let again = signed(&[], &line);
    assert_eq!(again, line, "signing again changes nothing");
}

#[test]
fn parameters_go_into_the_body_of_post_and_put_forms_and_else_into_the_query() {
    for (method, placement) in
        [("POST", Placement::Body), ("PUT", Placement::Body), ("PATCH", Placement::Query), ("DELETE", Placement::Query)]
    {
        let line = signed(&[], &form(method, Some("a=1")));
        assert_eq!(Protocol::of(&line).places, [placement], "{method}");
    }
    let mut other = form("POST", Some("{}"));
    other["headers"] = json!([{"name": "Content-Type", "value": "application/json"}]);
    assert_eq!(Protocol::of(&signed(&[], &other)).places, [Placement::Query]);
    let line = signed(&[], &form("POST", None));
    assert_eq!(Protocol::of(&line).places, [Placement::Body]);
    assert!(line["postData"]["text"].as_str().is_some_and(|text| text.starts_with("oauth_consumer_key=ck&")), "{line}");
}

#[test]
fn each_placement_can_be_written_as_header_or_url() {
    let url = "http://h.example/p?q=1";
    oauth1(&["--to", "header", "--add-params-to-header"], &get(url))
        .succeeds()
        .stdout_has("Authorization: OAuth oauth_consumer_key=\"ck\", oauth_signature_method=\"HMAC-SHA1\", ");
    oauth1(&["--to", "url", "--add-params-to-header"], &get(url)).succeeds().stdout_is("http://h.example/p?q=1\n");
    oauth1(&["--to", "url"], &get(url)).succeeds().stdout_has("http://h.example/p?q=1&oauth_consumer_key=ck&");
}

#[test]
fn the_realm_comes_first_and_is_not_signed() {
    let request = get("http://h.example/");
    let plain = signed(&["--add-params-to-header"], &request);
    let with = signed(&["--add-params-to-header", "--realm", r#"a "b" \c, http://x/"#], &request);
    let value = authorization(&with)[0];
    let rest = value.strip_prefix(r#"OAuth realm="a \"b\" \\c, http://x/", "#).expect(value);
    assert_eq!(Some(rest), authorization(&plain)[0].strip_prefix("OAuth "));
    oauth1(&["--add-params-to-header", "--realm", "a\nb"], &request).fails(1).stdout_is("");
}

#[test]
fn header_values_are_encoded_unless_told_otherwise() {
    let request = get("http://h.example/");
    let options = ["--add-params-to-header", "--token", "a/b+c é"];
    let value = authorization(&signed(&options, &request))[0].to_owned();
    assert!(value.contains("oauth_token=\"a%2Fb%2Bc%20%C3%A9\""), "{value}");
    let line = oauth1(&options, &request).arg("--disable-header-encoding").succeeds().json().remove(0);
    let raw = authorization(&line)[0].to_owned();
    assert!(raw.contains("oauth_token=\"a/b+c é\""), "{raw}");
    assert!(raw.ends_with("=\""), "the signature's base64 is as it is: {raw}");
}

#[test]
fn empty_parameters_are_signed_and_sent_only_when_asked_for() {
    let request = get("http://h.example/");
    let options = ["--token", "", "--version", "", "--callback", "", "--verifier", "", "--explain"];
    for place in [&[][..], &["--add-params-to-header"]] {
        let without = oauth1(&options, &request).args(place).succeeds();
        assert!(!without.steps("parameters")[0].contains("oauth_token"), "{}", without.err());
        assert!(!without.out().contains("oauth_version"), "{}", without.out());
        let with = oauth1(&options, &request).args(place).arg("--add-empty-params-to-sign").succeeds();
        let parameters = with.steps("parameters").remove(0);
        assert!(parameters.contains("&oauth_token=&oauth_version="), "{parameters}");
        let protocol = Protocol::of(&with.json()[0]);
        assert_eq!((protocol.get("oauth_token"), protocol.get("oauth_version")), (Some(""), Some("")));
        assert_eq!((protocol.get("oauth_callback"), protocol.get("oauth_verifier")), (None, None));
    }
}

#[test]
fn a_body_hash_is_made_of_what_is_sent_with_the_signatures_own_digest() {
    let mut document =
        json!({"method": "POST", "url": "http://h.example/", "postData": {"mimeType": "", "text": "Hello World!"}});
    let hash = |method: &str, request: &Value| {
        let options = ["--include-body-hash", "--signature-method", method, "--private-key", KEY];
        Protocol::of(&signed(&options, request)).get("oauth_body_hash").map(str::to_owned)
    };
    // draft-eaton-oauth-bodyhash, appendix A; the others are `openssl dgst -binary | base64`.
    let sha1 = Some("Lve95gjOVATpfV8EL5X4nxwjKHE=".to_owned());
    let sha256 = Some("f4OxZX/x/FO5LcGBSKHWXfwtSx+j1ncoSt3SABJtkGk=".to_owned());
    assert_eq!(hash("HMAC-SHA1", &document), sha1);
    assert_eq!(hash("RSA-SHA1", &document), sha1);
    assert_eq!(hash("HMAC-SHA256", &document), sha256);
    assert_eq!(hash("RSA-SHA256", &document), sha256);
    assert_eq!(hash("PLAINTEXT", &document), None, "a plain signature guards no body");
    let empty = Some("2jmj7l5rSw0yVb/vlWAYkK/YBwk=".to_owned());
    assert_eq!(hash("HMAC-SHA1", &get("http://h.example/")), empty);
    assert_eq!(hash("HMAC-SHA1", &form("POST", Some("a=1"))), None, "a form's fields are signed themselves");
    document["headers"] = json!([{"name": "Content-Type", "value": "multipart/form-data; boundary=b"}]);
    assert_eq!(hash("HMAC-SHA1", &document), sha1);
    assert_eq!(Protocol::of(&signed(&[], &document)).get("oauth_body_hash"), None);
}

#[test]
fn time_and_nonce_are_new_for_each_request_unless_they_are_given() {
    let tool = sign(["oauth1", "--consumer-key", "ck", "--consumer-secret", "cs"]);
    let lines = tool.stdin("http://h.example/\nhttp://h.example/\n").succeeds().json();
    let nonces: Vec<String> =
        lines.iter().map(|line| Protocol::of(line).get("oauth_nonce").expect("a nonce").to_owned()).collect();
    assert_ne!(nonces[0], nonces[1]);
    assert!(nonces.iter().all(|nonce| (20..=30).contains(&nonce.len())), "what providers take by default: {nonces:?}");
    let auth = json!({"type": "oauth1", "oauth1": {"consumerKey": "ck", "consumerSecret": "cs", "timestamp": 17, "nonce": "own"}});
    let line = json!({"url": "http://h.example/", "_auth": auth}).to_string();
    let protocol = Protocol::of(&sign(["inherit"]).stdin(&line).succeeds().json()[0]);
    assert_eq!((protocol.get("oauth_timestamp"), protocol.get("oauth_nonce")), (Some("17"), Some("own")));
    let fixed = sign(["inherit", "--nonce", "fixed"]).stdin(&line).succeeds().json().remove(0);
    assert_eq!(Protocol::of(&fixed).get("oauth_nonce"), Some("fixed"), "the option wins");
}

#[test]
fn the_same_moment_gives_the_same_bytes() {
    let options = ["--signature-method", "RSA-SHA256", "--private-key", KEY];
    let request = get("http://h.example/");
    assert_eq!(signed(&options, &request), signed(&options, &request));
}

#[test]
fn what_is_missing_or_unknown_is_an_error_and_never_unsigned() {
    let line =
        |auth: Value| json!({"url": "http://h.example/", "_auth": {"type": "oauth1", "oauth1": auth}}).to_string();
    for (auth, problem) in [
        (json!({}), "consumerSecret is missing"),
        (json!({"consumerSecret": "s"}), "consumerKey is missing"),
        (json!({"consumerKey": "k"}), "consumerSecret is missing"),
        (json!({"consumerKey": "k", "signatureMethod": "PLAINTEXT"}), "consumerSecret is missing"),
        (json!({"consumerKey": "k", "signatureMethod": "RSA-SHA1"}), "privateKey is missing"),
        (
            json!({"consumerKey": "k", "consumerSecret": "s", "signatureMethod": "HMAC-MD5"}),
            "signatureMethod is not a method",
        ),
        (json!({"consumerKey": "k", "consumerSecret": "s", "timestamp": "now"}), "timestamp is not a whole number"),
        (json!({"consumerKey": "k", "consumerSecret": "s", "timestamp": "-1"}), "timestamp is not a whole number"),
        (json!({"consumerKey": "k", "consumerSecret": "s", "includeBodyHash": "maybe"}), "includeBodyHash is neither"),
    ] {
        sign(["inherit"])
            .stdin(line(auth.clone()))
            .fails(1)
            .stdout_is("")
            .stderr_has(&format!("line 1: oauth1: {problem}"));
    }
    sign(["oauth1"]).stdin("http://h.example/\n").fails(2).stdout_is("").stderr_has("--consumer-secret");
    sign(["oauth1", "--signature-method", "MD5"]).fails(2).stdout_is("");
}

#[test]
fn an_empty_consumer_secret_that_is_given_is_a_secret() {
    let options = ["--consumer-secret", "", "--signature-method", "PLAINTEXT"];
    assert_eq!(Protocol::of(&signed(&options, &get("http://h.example/"))).get("oauth_signature"), Some("&"));
}

#[test]
fn a_key_is_read_from_a_file_in_both_forms_and_never_by_a_line() {
    let rsa = |reference: &str| {
        oauth1(&["--signature-method", "RSA-SHA1", "--private-key", reference], &get("http://h.example/"))
            .file("pkcs8.pem", KEY)
            .file("pkcs1.pem", include_str!("../../vectors/keys/rsa-pkcs1.pem"))
            .file("empty.pem", "")
    };
    let both = ["file:pkcs8.pem", "file:pkcs1.pem"].map(|reference| rsa(reference).succeeds().out());
    assert_eq!(both[0], both[1]);
    rsa("file:empty.pem").fails(2).stderr_has("privateKey is missing");
    let auth = json!({"consumerKey": "k", "signatureMethod": "RSA-SHA1", "privateKey": "file:pkcs8.pem"});
    sign(["inherit"])
        .file("pkcs8.pem", KEY)
        .stdin(json!({"url": "http://h.example/", "_auth": {"type": "oauth1", "oauth1": auth}}).to_string())
        .fails(1)
        .stdout_is("")
        .stderr_has("privateKey is not a private key in PEM");
}

/// A run on a line that asks for a signature with this key.
fn with_key(key: &str) -> Output {
    let auth = json!({"consumerKey": "k", "signatureMethod": "RSA-SHA1", "privateKey": key});
    sign(["inherit"])
        .stdin(json!({"url": "http://h.example/", "_auth": {"type": "oauth1", "oauth1": auth}}).to_string())
        .run()
}

#[test]
fn a_key_that_does_not_fit_says_why_and_shows_nothing() {
    let damaged = KEY.replace("-----END", "!-----END");
    for (key, problem) in [
        (include_str!("../../vectors/keys/p256.pem"), "a key for P-256; this signatureMethod needs one for RSA"),
        (include_str!("../../vectors/keys/rsa-encrypted.pem"), "encrypted"),
        (&damaged, "cut short or damaged"),
        ("not\na\nk3y", "not a private key in PEM"),
    ] {
        let output = with_key(key).exits(1).stdout_is("").stderr_has(&format!("oauth1: privateKey is {problem}"));
        output.never_says(key.lines().nth(2).expect("a line of the key"));
    }
}

#[test]
fn no_secret_is_shown() {
    let secrets = ["top-secret-1", "top-secret-2"];
    for method in ["HMAC-SHA1", "PLAINTEXT", "RSA-SHA1"] {
        let options = [
            "--consumer-secret",
            secrets[0],
            "--token-secret",
            secrets[1],
            "--private-key",
            KEY,
            "--signature-method",
            method,
            "--explain",
            "-v",
        ];
        let output = oauth1(&options, &get("http://h.example/")).succeeds();
        let key_line = KEY.lines().nth(3).expect("a line of the key");
        output.stderr_lacks(secrets[0]).stderr_lacks(secrets[1]).stderr_lacks(key_line);
    }
}
