//! Against oidc-provider, a certified authorization server.

use std::path::Path;

use super::home::Home;
use crate::support::Output;
use crate::support::peers::{Server, peer};

// Against oidc-provider.

pub(crate) fn provider() -> Server {
    Server::start("oidc.js")
}

/// The command that stands for a person in a browser.
pub(crate) fn person(what: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/peers/person.js");
    format!("node {} {what}", script.display())
}

fn sign_in(home: &Home, server: &Server, what: &str, arguments: &[&str]) -> Output {
    let common = ["get", "t", "--discover", server.text("/issuer"), "--timeout", "30"];
    home.run(&common).args(arguments).env("BROWSER", person(what)).run()
}

pub(crate) const NATIVE: [&str; 8] = [
    "--grant",
    "authorization_code",
    "--client-id",
    "native",
    "--scope",
    "openid offline_access",
    "--auth-param",
    "prompt=consent",
];

#[test]
fn a_code_becomes_a_token_that_refreshes_rotates_and_is_revoked() {
    let (server, home) = (provider(), Home::new());
    let first = sign_in(&home, &server, "accept", &NATIVE).exits(0).out().to_owned();
    assert_eq!(home.run(&["get", "t"]).succeeds().out(), first);
    let second = home.run(&["refresh", "t"]).succeeds().out().to_owned();
    assert_ne!(first, second);
    assert_ne!(home.run(&["refresh", "t"]).succeeds().out(), second);
    home.run(&["revoke", "t"]).succeeds();
    home.run(&["show", "t"]).fails(1);
}

#[test]
fn a_token_whose_refresh_token_is_over_is_got_by_name_as_it_was_got_before() {
    let (server, home) = (provider(), Home::new());
    let first = sign_in(&home, &server, "accept", &NATIVE).exits(0).out().to_owned();
    // Due, with a refresh token that the server does not know.
    let file = home.path().join("state/tokens.json");
    let mut kept: serde_json::Value = serde_json::from_str(&home.tokens()).expect("a store");
    kept["tokens"]["t"]["token"]["expires_at"] = 0.into();
    kept["tokens"]["t"]["token"]["refresh_token"] = "over".into();
    std::fs::write(&file, kept.to_string()).expect("a file");
    home.run(&["get", "t"]).fails(5).stdout_is("").stderr_has("invalid_grant");
    let again = home.run(&["get", "t"]).env("BROWSER", person("accept")).succeeds();
    assert_ne!(again.out(), first);
    // What was asked for before was asked for again, so there is a refresh token again.
    home.run(&["refresh", "t"]).succeeds();
}

#[test]
fn denied_access_is_refused_and_says_so() {
    sign_in(&Home::new(), &provider(), "deny", &NATIVE).exits(4).stdout_is("").stderr_has("access_denied");
}

#[test]
fn confidential_pushing_and_implicit_clients_get_tokens_too() {
    let server = provider();
    let code = ["--grant", "authorization_code", "--scope", "openid"];
    let web = ["--client-id", "web app", "--client-secret", "text:s:e/c r%et"];
    sign_in(&Home::new(), &server, "accept", &[code, web].concat()).exits(0);
    let wrong = ["--client-id", "web app", "--client-secret", "text:wrong"];
    sign_in(&Home::new(), &server, "accept", &[code, wrong].concat()).exits(4);
    sign_in(&Home::new(), &server, "accept", &[&code[..], &["--client-id", "pushing"]].concat()).exits(0);
    sign_in(&Home::new(), &server, "accept", &["--grant", "implicit", "--scope", "openid", "--client-id", "implicit"])
        .exits(0);
}

#[test]
fn without_pkce_a_server_that_requires_it_refuses() {
    let arguments = [&NATIVE[..], &["--code-challenge-method", "none"]].concat();
    sign_in(&Home::new(), &provider(), "accept", &arguments).exits(1).stderr_has("PKCE");
}

#[test]
fn clients_authenticate_in_the_header_or_in_the_body() {
    let server = provider();
    let get = |arguments: &[&str]| {
        let common = ["get", "--grant", "client_credentials", "--discover", server.text("/issuer")];
        Home::new().run(&common).args(arguments).run()
    };
    get(&["--client-id", "machine", "--client-secret", "text:s:e/c r%et"]).exits(0);
    get(&["--client-id", "machine", "--client-secret", "text:wrong"]).exits(4);
    get(&["--client-id", "posting", "--client-secret", "text:posted", "--client-authentication", "body"]).exits(0);
    get(&["--client-id", "posting", "--client-secret", "text:wrong", "--client-authentication", "body"]).exits(4);
    let hmac = |secret: &str| {
        get(&["--client-id", "hmac", "--client-secret", secret, "--client-authentication", "client_secret_jwt"])
    };
    hmac("text:a secret of 32 bytes or more, for HS256").exits(0);
    hmac("text:another secret of 32 bytes or more, it is").exits(4);
    let signing = |key: &str| {
        get(&[
            "--client-id",
            "signing",
            "--key-id",
            "k1",
            "--private-key",
            key,
            "--client-authentication",
            "private_key_jwt",
        ])
    };
    signing(&format!("text:{}", server.text("/private_key"))).exits(0);
    signing(&format!("text:{}", server.text("/other_key"))).exits(4);
}

#[test]
fn a_device_gets_its_token_when_somebody_has_typed_the_code() {
    let (server, home) = (provider(), Home::new());
    let arguments = [
        "get",
        "--grant",
        "device_code",
        "--discover",
        server.text("/issuer"),
        "--client-id",
        "native",
        "--scope",
        "openid",
    ];
    let mut running = home.run(&arguments).start();
    let line = running.stderr_line_with("or open ");
    let url = line.split_once("or open ").expect("a URL").1.trim().to_owned();
    peer("person.js").args(["accept", &url]).succeeds();
    running.finish().exits(0);
}
