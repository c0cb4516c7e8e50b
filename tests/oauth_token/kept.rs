//! Kept tokens: the store and refreshing.

use serde_json::json;

use super::home::{Endpoint, Home, machine, numbered, refreshing, user};

#[test]
fn a_token_comes_from_the_store_until_it_is_due() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).succeeds().stdout_is("token-0\n");
    home.run(&machine(&url)).succeeds().stdout_is("token-0\n");
    home.run(&["get", "m"]).succeeds().stdout_is("token-0\n");
    assert_eq!(endpoint.count(), 1);
    home.run(&machine(&url)).args(["--min-ttl", "2h"]).succeeds().stdout_is("token-1\n");
    assert_eq!(endpoint.count(), 2);
}

#[test]
fn a_stored_token_counts_only_for_the_same_request() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).args(["--scope", "a b"]).succeeds().stdout_is("token-0\n");
    home.run(&machine(&url)).args(["--scope", "b a"]).succeeds().stdout_is("token-0\n");
    home.run(&machine(&url)).args(["--scope", "b"]).succeeds().stdout_is("token-1\n");
    home.run(&machine(&url)).args(["--scope", "b", "--audience", "x"]).succeeds().stdout_is("token-2\n");
    home.run(&machine(&url)).args(["--scope", "b", "--resource", "https://r/"]).succeeds().stdout_is("token-3\n");
}

#[test]
fn fifty_processes_at_once_refresh_once() {
    let endpoint = refreshing("second");
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).succeeds().stdout_is("token-0\n");
    let running: Vec<_> = (0..50).map(|_| home.run(&["get", "u"]).start()).collect();
    for run in running {
        run.finish().exits(0).stdout_is("token-1\n");
    }
    assert_eq!(endpoint.count(), 2);
    assert!(home.tokens().contains("\"second\""));
}

#[test]
fn a_refresh_token_that_is_not_rotated_is_kept() {
    let endpoint = refreshing("");
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).succeeds();
    home.run(&["get", "u"]).succeeds().stdout_is("token-1\n");
    assert!(home.tokens().contains("\"first\""));
    home.run(&["refresh", "u"]).succeeds().stdout_is("token-2\n");
}

#[test]
fn a_server_that_fails_during_a_refresh_costs_nothing() {
    let endpoint = Endpoint::new(|index, body| match (index, body.contains("refresh_token")) {
        (1, _) => (503, json!({})),
        (_, true) => (200, numbered(index)),
        (_, false) => (200, json!({ "access_token": "a", "refresh_token": "r", "expires_in": 0 })),
    });
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).succeeds();
    home.run(&user(&url)).fails(3).stdout_is("");
    assert!(home.tokens().contains("\"r\""));
    home.run(&user(&url)).succeeds().stdout_is("token-2\n");
    assert!(!endpoint.asked(1).contains("grant_type=password"), "a failing server must not start a new grant");
}

#[test]
fn a_refresh_token_that_is_refused_starts_a_new_grant() {
    let endpoint = Endpoint::new(|index, body| match body.contains("grant_type=refresh_token") {
        true => (400, json!({ "error": "invalid_grant" })),
        false => (200, json!({ "access_token": format!("token-{index}"), "refresh_token": "r", "expires_in": 0 })),
    });
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).succeeds().stdout_is("token-0\n");
    home.run(&user(&url)).succeeds().stdout_is("token-2\n");
    home.run(&["get", "u"]).fails(5).stdout_is("").stderr_has("invalid_grant").stderr_has("--fresh");
}

#[test]
fn a_secret_is_kept_as_a_reference_only() {
    let endpoint = refreshing("second");
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).args(["--client-secret", "env:CLIENT_SECRET"]).env("CLIENT_SECRET", "s3cret").succeeds();
    assert!(home.tokens().contains("env:CLIENT_SECRET") && !home.tokens().contains("s3cret"));
    home.run(&["get", "u"]).env("CLIENT_SECRET", "s3cret").succeeds().stdout_is("token-1\n");
    // `id:s3cret` in base64: the refresh was authenticated like the grant.
    assert!(endpoint.asked(1).contains("aWQ6czNjcmV0"));
    home.run(&["refresh", "u"]).fails(2).stderr_has("CLIENT_SECRET is not set");
}

#[test]
#[cfg(unix)]
fn what_is_kept_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    home.run(&machine(&endpoint.url())).succeeds();
    let mode = |path: &str| std::fs::metadata(home.path().join(path)).expect("a file").permissions().mode() & 0o777;
    assert_eq!((mode("state"), mode("state/tokens.json")), (0o700, 0o600));
    std::fs::set_permissions(home.path().join("state/tokens.json"), PermissionsExt::from_mode(0o644)).expect("a mode");
    home.run(&["get", "m"]).succeeds();
    assert_eq!(mode("state/tokens.json"), 0o600);
}

#[test]
fn tokens_are_listed_shown_renamed_and_forgotten() {
    let endpoint = refreshing("second");
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).succeeds();
    home.run(&["list"]).succeeds().stdout_has("u\tpassword\t");
    home.run(&["show", "u"]).succeeds().stdout_has("grant: password").never_says("token-0").never_says("first");
    home.run(&["show", "u", "--reveal"]).succeeds().stdout_has("token-0");
    home.run(&["rename", "u", "v"]).succeeds();
    home.run(&["show", "u"]).fails(1);
    home.run(&["delete", "v"]).succeeds().stderr_has("the server still accepts it");
    home.run(&["delete", "v"]).fails(1);
}

#[test]
fn an_export_opens_with_its_pass_phrase_only() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, other) = (Home::new(), Home::new());
    home.run(&machine(&endpoint.url())).succeeds();
    let file = home
        .run(&["export", "m", "--passphrase", "text:open sesame"])
        .succeeds()
        .never_says("token-0")
        .out()
        .to_owned();
    other.run(&["import", "--passphrase", "text:wrong"]).stdin(&file).fails(4);
    other.run(&["import", "--passphrase", "text:open sesame"]).stdin(&file).succeeds().stdout_is("m\n");
    other.run(&["get", "m"]).succeeds().stdout_is("token-0\n");
    other.run(&["import", "--passphrase", "text:open sesame"]).stdin(&file).fails(1).stderr_has("--force");
}

#[test]
fn a_weak_seal_is_told_and_one_that_no_export_has_is_refused() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, other) = (Home::new(), Home::new());
    home.run(&machine(&endpoint.url())).succeeds();
    let export = |phrase: &str| home.run(&["export", "m", "--passphrase", phrase]).succeeds();
    export("text:s").stderr_has("by trying").never_says("token-0");
    export("text:elevenchars").stderr_has("by trying");
    let file = export("text:open sesame!").stderr_lacks("by trying").out().to_owned();
    let mut sealed: serde_json::Value = serde_json::from_str(&file).expect("JSON");
    for (rounds, said) in [(1, "too few"), (1000, "too few"), (599_999, "too few"), (10_000_001, "more rounds")] {
        sealed["rounds"] = rounds.into();
        let import = other.run(&["import", "--passphrase", "text:open sesame!"]).stdin(sealed.to_string());
        import.fails(1).stdout_is("").stderr_has(said);
    }
    for rounds in [json!(-1), json!(0), json!("600000"), json!(1e30), json!(null)] {
        sealed["rounds"] = rounds;
        other.run(&["import", "--passphrase", "text:open sesame!"]).stdin(sealed.to_string()).fails(1).stdout_is("");
    }
    assert!(!other.path().join("state/tokens.json").exists());
}
