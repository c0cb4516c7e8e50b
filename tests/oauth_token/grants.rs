//! What token requests say, and what is said of their answers.

use serde_json::json;

use crate::home::{Endpoint, Home, numbered};

#[test]
fn the_client_form_encodes_id_and_secret_before_basic() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let url = endpoint.url();
    let arguments = [
        "get",
        "--grant",
        "client_credentials",
        "--client-id",
        "a:b c",
        "--client-secret",
        "text:s/é",
        "--access-token-url",
        &url,
    ];
    Home::new().run(&arguments).succeeds();
    // RFC 6749 section 2.3.1 by hand: a%3Ab+c and s%2F%C3%A9.
    assert!(endpoint.asked(0).contains("YSUzQWIrYzpzJTJGJUMzJUE5"), "{}", endpoint.asked(0));
}

#[test]
fn what_the_server_repeats_of_our_secrets_is_masked() {
    let endpoint = Endpoint::new(|_, body| {
        (401, json!({ "error": "invalid_client", "error_description": format!("bad: {body} s3cret\u{1b}[31m") }))
    });
    let url = endpoint.url();
    let arguments =
        ["get", "--grant", "password", "--username", "alice", "--password", "text:pass word&", "--client-id", "id"];
    let more = ["--client-secret", "text:s3cret", "--client-authentication", "body", "--access-token-url", &url];
    let output = Home::new().run(&arguments).args(more).fails(4);
    output
        .never_says("s3cret")
        .never_says("pass+word")
        .never_says("pass word")
        .never_says("\u{1b}")
        .stderr_has("invalid_client");
}

#[test]
fn where_nobody_can_be_asked_it_ends_at_once() {
    let browser = [
        "get",
        "--grant",
        "authorization_code",
        "--auth-url",
        "http://127.0.0.1:1/",
        "--access-token-url",
        "http://127.0.0.1:1/",
        "--client-id",
        "id",
    ];
    Home::new().run(&browser).fails(5).stdout_is("");
    Home::new().run(&browser).args(["--no-input"]).env("BROWSER", "true").fails(5);
    Home::new()
        .run(&browser)
        .args(["--code-verifier", "text:short"])
        .env("BROWSER", "true")
        .fails(2)
        .never_says("text:short");
    Home::new().run(&browser).args(["--timeout", "1s"]).env("BROWSER", "true").fails(3).stderr_has("in time");
    Home::new().run(&["get", "nothing"]).fails(1);
    Home::new().run(&["get", "--grant", "client_credentials"]).fails(2).stderr_has("--access-token-url is missing");
}
