//! How a token is handed out.

use serde_json::json;

use crate::home::{Endpoint, Home, machine, numbered};

#[test]
fn a_token_is_handed_out_in_every_format() {
    let endpoint = Endpoint::new(|_, _| {
        (
            200,
            json!({ "access_token": "a'b\"", "token_type": "bearer", "expires_in": "3600.9", "scope": "s", "refresh_token": "r" }),
        )
    });
    let (home, url) = (Home::new(), endpoint.url());
    let format =
        |name: &str| home.run(&machine(&url)).args(["--now", "2026-01-01T00:00:00Z", "--format", name]).succeeds();
    format("json").stdout_is("{\"access_token\":\"a'b\\\"\",\"token_type\":\"bearer\",\"expires_at\":\"2026-01-01T01:00:00Z\",\"scope\":\"s\"}\n");
    format("header").stdout_is("Authorization: Bearer a'b\"\n");
    format("curl-config").stdout_is("header = \"Authorization: Bearer a'b\\\"\"\n");
    format("env").stdout_is("ACCESS_TOKEN='a'\\''b\"'\n");
    format("exec-credential").stdout_has("\"expirationTimestamp\":\"2026-01-01T01:00:00Z\"");
    let revealed =
        home.run(&machine(&url)).args(["--now", "2026-01-01T00:00:00Z", "--format", "json", "--reveal"]).succeeds();
    revealed.stdout_has("\"refresh_token\":\"r\"");
    home.run(&machine(&url))
        .args(["--now", "2026-01-01T00:00:00Z", "--header-prefix", "", "--format", "header"])
        .succeeds()
        .stdout_is("Authorization: a'b\"\n");
}

#[test]
fn a_token_that_is_no_bearer_token_goes_into_no_header() {
    let endpoint = Endpoint::new(|_, _| (200, json!({ "access_token": "a", "token_type": "DPoP", "expires_in": 9 })));
    let url = endpoint.url();
    Home::new().run(&machine(&url)).args(["--format", "header"]).fails(1).stdout_is("");
}

#[test]
fn exec_gives_the_token_to_one_command_and_takes_its_exit_code() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).succeeds();
    home.run(&["exec", "m", "--", "sh", "-c", "echo $ACCESS_TOKEN; exit 7"]).fails(7).stdout_is("token-0\n");
}
