//! `sign` with tokens that are kept.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use super::home::{Endpoint, Home, machine, numbered, refreshing, user};
use crate::support::Tool;

const REQUEST: &str = "https://api.example.com/me\n";

impl Home {
    fn sign(&self, arguments: &[&str]) -> Tool {
        Tool::new("sign").args(arguments).args(["--to", "header"]).env("COUNTERSIGN_HOME", self.path()).stdin(REQUEST)
    }
}

#[test]
fn sign_takes_a_token_from_the_store() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    home.sign(&["oauth2", "--token-name", "m"]).fails(1).stdout_is("").stderr_has("no token m is kept");
    home.run(&machine(&url)).succeeds();
    home.sign(&["oauth2", "--token-name", "m"]).succeeds().stdout_is("Authorization: Bearer token-0\n");
    home.sign(&["oauth2"])
        .env("COUNTERSIGN_OAUTH2_TOKEN_NAME", "m")
        .succeeds()
        .stdout_is("Authorization: Bearer token-0\n");
    home.sign(&["oauth2", "--token-name", "m", "--header-prefix", "Token"])
        .succeeds()
        .stdout_is("Authorization: Token token-0\n");
    let query = ["oauth2", "--token-name", "m", "--add-token-to", "queryParams", "--to", "url"];
    let output = Tool::new("sign").args(query).env("COUNTERSIGN_HOME", home.path()).stdin(REQUEST).succeeds();
    output.stdout_is(
        "https://api.example.com/me?access_token=token-0
",
    );
    home.sign(&["oauth2", "--token-name", "m", "--access-token", "text:other"]).fails(2).stderr_has("tokenName");
    assert_eq!(endpoint.count(), 1);
}

#[test]
fn sign_hands_out_what_precedence_says() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    home.run(&machine(&endpoint.url())).succeeds();
    let line =
        r#"{"url":"https://a.example/","_auth":{"type":"oauth2","oauth2":{"accessToken":"line","tokenName":"m"}}}"#;
    let sign = |arguments: &[&str]| home.sign(arguments).stdin(line);
    sign(&["oauth2"]).succeeds().stdout_is("Authorization: Bearer line\n");
    sign(&["oauth2", "--token-name", "m"]).succeeds().stdout_is("Authorization: Bearer token-0\n");
    sign(&["oauth2"]).env("COUNTERSIGN_OAUTH2_TOKEN_NAME", "m").succeeds().stdout_is("Authorization: Bearer line\n");
    // What comes through the pipe must not choose among the tokens that are kept.
    let named = r#"{"url":"https://a.example/","_auth":{"type":"oauth2","oauth2":{"tokenName":"m"}}}"#;
    home.sign(&["inherit"]).stdin(named).fails(1).stdout_is("");
}

#[test]
fn sign_refreshes_a_token_that_is_due_once_and_keeps_what_it_got() {
    let endpoint = refreshing("second");
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).succeeds();
    let many = REQUEST.repeat(500);
    let output = home.sign(&["oauth2", "--token-name", "u", "-j", "4"]).stdin(&many).succeeds();
    output.stdout_is(&"Authorization: Bearer token-1\n".repeat(500));
    assert_eq!(endpoint.count(), 2);
    assert!(home.tokens().contains("token-1") && home.tokens().contains("\"second\""));
    assert!(endpoint.asked(1).contains("refresh_token=first"));
}

#[test]
fn a_stream_that_lasts_longer_than_its_token_gets_the_next_one() {
    let count = AtomicUsize::new(0);
    let endpoint = Endpoint::new(move |_, _| {
        let index = count.fetch_add(1, Ordering::SeqCst);
        // The second token lives for less than what counts as due: each request then asks anew.
        let expires_in = if index == 0 { 3600 } else { 1 };
        (200, json!({ "access_token": format!("token-{index}"), "refresh_token": "r", "expires_in": expires_in }))
    });
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).args(["--now", "2026-01-01T00:00:00Z"]).succeeds();
    let mut live = home.sign(&["oauth2", "--token-name", "u"]).stdin("").start();
    live.write(REQUEST);
    assert_eq!(live.stdout_line(), "Authorization: Bearer token-1");
    live.write(REQUEST);
    assert_eq!(live.stdout_line(), "Authorization: Bearer token-2");
    live.finish().exits(0);
}

#[test]
fn a_client_s_own_token_is_got_again_and_a_refused_refresh_says_what_to_do() {
    let endpoint = Endpoint::new(|index, body| match body.contains("grant_type=client_credentials") {
        true => (200, json!({ "access_token": format!("token-{index}"), "expires_in": 0 })),
        false if body.contains("grant_type=password") => {
            (200, json!({ "access_token": "a", "refresh_token": "r", "expires_in": 0 }))
        }
        false => (400, json!({ "error": "invalid_grant", "error_description": "r is over" })),
    });
    let (home, url) = (Home::new(), endpoint.url());
    let arguments = ["get", "m", "--grant", "client_credentials", "--client-id", "id", "--scope", "a b"];
    let more = ["--client-secret", "env:SECRET", "--access-token-url", &url, "--resource", "https://r.example/"];
    home.run(&arguments).args(more).env("SECRET", "s").succeeds().stdout_is("token-0\n");
    let signed = home.sign(&["oauth2", "--token-name", "m"]).env("SECRET", "s").succeeds();
    signed.stdout_is("Authorization: Bearer token-1\n");
    assert!(endpoint.asked(1).contains("scope=a+b&resource=https%3A%2F%2Fr.example%2F"), "{}", endpoint.asked(1));
    home.run(&["get", "m"]).env("SECRET", "s").succeeds().stdout_is("token-2\n");
    // The secret was not kept, and is missing now.
    home.run(&["get", "m"]).fails(2).stderr_has("SECRET is not set");
    home.run(&user(&url)).succeeds();
    let refused = home.sign(&["oauth2", "--token-name", "u"]).fails(4).stdout_is("");
    refused.stderr_has("oauth-token get u").stderr_has("invalid_grant");
}

#[test]
fn a_secret_that_was_typed_as_it_is_has_to_be_given_again() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).succeeds();
    home.run(&["get", "m", "--min-ttl", "2h"]).fails(2).stderr_has("--client-secret is missing");
    assert_eq!(endpoint.count(), 1);
}
