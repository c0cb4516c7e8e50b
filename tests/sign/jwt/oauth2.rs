//! The places where `sign oauth2` puts a token that is given.

use serde_json::{Value, json};

use super::authorization;
use crate::support::{Tool, sign};

fn oauth2(options: &[&str], request: &Value) -> Tool {
    sign(["oauth2", "--access-token", "tok/en+1="]).args(options).stdin(format!("{request}\n"))
}

fn signed(options: &[&str], request: &Value) -> Value {
    oauth2(options, request).succeeds().json().remove(0)
}

/// A run on a line that asks for this.
fn asking(auth: &Value) -> Tool {
    sign(["inherit"])
        .stdin(json!({"url": "http://h.example/", "_auth": {"type": "oauth2", "oauth2": auth}}).to_string())
}

/// A request that carries a token in either place already.
fn with_token() -> Value {
    let headers = json!([{"name": "authorization", "value": "Bearer old"}, {"name": "X-A", "value": "1"}]);
    json!({"url": "http://h.example/p?access_token=old&q=a+b&access%5Ftoken&access_tokens=1#part", "headers": headers})
}

#[test]
fn the_token_goes_into_the_header_and_one_in_the_query_goes() {
    let line = signed(&[], &with_token());
    assert_eq!(authorization(&line), ["Bearer tok/en+1="]);
    assert_eq!(line["url"], "http://h.example/p?q=a+b&access_tokens=1#part");
}

#[test]
fn the_token_goes_into_the_query_and_one_in_the_header_goes() {
    let line = signed(&["--add-token-to", "queryParams"], &with_token());
    assert_eq!(authorization(&line), [""; 0]);
    assert_eq!(line["url"], "http://h.example/p?q=a+b&access_tokens=1&access_token=tok%2Fen%2B1%3D#part");
}

#[test]
fn the_prefix_is_bearer_unless_told_otherwise_and_trimmed() {
    let request = json!({"url": "http://h.example/"});
    for (options, value) in [
        (&[][..], "Bearer tok/en+1="),
        (&["--header-prefix", "token"], "token tok/en+1="),
        (&["--header-prefix", "  My Prefix "], "My Prefix tok/en+1="),
        (&["--header-prefix", ""], "tok/en+1="),
        (&["--header-prefix", "  "], "tok/en+1="),
    ] {
        assert_eq!(authorization(&signed(options, &request)), [value]);
    }
    let line = asking(&json!({"accessToken": "t", "headerPrefix": null})).succeeds().json().remove(0);
    assert_eq!(authorization(&line), ["Bearer t"]);
}

#[test]
fn each_placement_can_be_written_as_header_or_url() {
    let request = json!({"url": "http://h.example/p?q=1"});
    oauth2(&["--to", "header"], &request).succeeds().stdout_is("Authorization: Bearer tok/en+1=\n");
    oauth2(&["--to", "url"], &request).succeeds().stdout_is("http://h.example/p?q=1\n");
    oauth2(&["--to", "url", "--add-token-to", "queryParams"], &request)
        .succeeds()
        .stdout_is("http://h.example/p?q=1&access_token=tok%2Fen%2B1%3D\n");
}

#[test]
fn what_is_missing_or_unknown_is_an_error_and_never_unsigned() {
    for (auth, problem) in [
        (json!({}), "accessToken is missing"),
        (json!({"accessToken": ""}), "accessToken is missing"),
        (json!({"accessToken": "t", "addTokenTo": "body"}), "addTokenTo is neither header nor queryParams"),
        (json!({"accessToken": "t", "addTokenTo": "queryParam"}), "addTokenTo is neither header nor queryParams"),
        (json!({"accessToken": "t", "tokenType": "MAC"}), "tokenType is mac"),
        (json!({"accessToken": "t\nX: y"}), "Authorization would have a control character"),
    ] {
        asking(&auth).fails(1).stdout_is("").stderr_has(&format!("line 1: oauth2: {problem}"));
    }
    sign(["oauth2"]).stdin("http://h.example/\n").fails(2).stdout_is("").stderr_has("--access-token");
}

#[test]
fn other_token_types_are_bearer_tokens() {
    for kind in ["bearer", "Bearer", "JWT", ""] {
        let line = asking(&json!({"accessToken": "t", "tokenType": kind})).succeeds().json().remove(0);
        assert_eq!(authorization(&line), ["Bearer t"], "{kind}");
    }
}

#[test]
fn keys_of_the_flow_that_got_the_token_are_no_error() {
    let auth = json!([
        {"key": "accessToken", "value": "t"}, {"key": "grant_type", "value": "authorization_code"},
        {"key": "tokenRequestParams", "value": [{"key": "a", "value": "b", "enabled": true}]}, {"key": "clientSecret", "value": "cs"},
    ]);
    let output = asking(&auth).succeeds().never_says("cs");
    assert_eq!(authorization(&output.json()[0]), ["Bearer t"]);
}

#[test]
fn the_token_is_not_shown() {
    oauth2(&["--explain", "-v"], &json!({"url": "http://h.example/"})).succeeds().stderr_lacks("tok/en");
    let env = sign(["oauth2", "--access-token", "env:TOKEN"]).env("TOKEN", "from-env").stdin("http://h.example/\n");
    env.succeeds().stdout_has("Bearer from-env").stderr_is("");
    sign(["oauth2", "--access-token", "env:NOT_SET"]).stdin("http://h.example/\n").fails(2).stderr_has("NOT_SET");
}
