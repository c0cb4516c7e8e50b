//! The ways in which a token is handed out.

use serde_json::json;

use super::home::{Endpoint, Home, machine, numbered};

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

#[test]
fn kubectl_and_netrc_get_what_they_read() {
    let endpoint = Endpoint::new(|_, _| (200, json!({ "access_token": "t", "expires_in": 60 })));
    let (home, url) = (Home::new(), endpoint.url());
    let get = |format: &str| home.run(&machine(&url)).args(["--now", "2026-01-01T00:00:00Z", "--format", format]);
    get("netrc").succeeds().stdout_is("machine 127.0.0.1 login oauth2 password t\n");
    let status = json!({ "token": "t", "expirationTimestamp": "2026-01-01T00:01:00Z" });
    for (asked, version) in [
        ("", "client.authentication.k8s.io/v1"),
        ("not JSON", "client.authentication.k8s.io/v1"),
        (r#"{"apiVersion":"client.authentication.k8s.io/v1"}"#, "client.authentication.k8s.io/v1"),
        (r#"{"apiVersion":"client.authentication.k8s.io/v1beta1"}"#, "client.authentication.k8s.io/v1beta1"),
    ] {
        let answer = get("exec-credential").env("KUBERNETES_EXEC_INFO", asked).succeeds().json().remove(0);
        assert_eq!(answer, json!({ "apiVersion": version, "kind": "ExecCredential", "status": status }));
    }
}

#[test]
fn exec_hands_over_all_of_the_terminal_and_says_what_cannot_run() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).succeeds();
    let exec = |arguments: &[&str]| home.run(&["exec", "m", "--"]).args(arguments);
    exec(&["cat"]).stdin("through\n").succeeds().stdout_is("through\n").stderr_is("");
    exec(&["sh", "-c", "kill -TERM $$"]).run();
    exec(&["sh", "-c", "echo $*", "sh", "--token-name", "-x", "--"]).succeeds().stdout_is("--token-name -x --\n");
    exec(&["/nonexistent"]).fails(127).stderr_has("/nonexistent");
    exec(&["/dev/null"]).fails(126).stderr_has("/dev/null");
    home.run(&["exec", "m", "--"]).fails(2);
    home.run(&["exec", "nothing", "--", "true"]).fails(1).stderr_has("no token nothing is kept");
}
