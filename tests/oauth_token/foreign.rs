//! Settings out of files that somebody else made: no secret and no reference in them is taken over.

use serde_json::{Value, json};

use super::home::{Endpoint, Home, machine, numbered};

/// Every form of a reference, each of which would do or send something of the receiver's, and a plain secret.
fn references(home: &Home) -> Vec<String> {
    let mark = home.path().join("mark");
    vec![
        format!("cmd:touch {}; echo s", mark.display()),
        format!("file:{}", home.path().join("victim").display()),
        "env:VICTIM".to_owned(),
        "fd:0".to_owned(),
        "keyring:service/name".to_owned(),
        "text:pl4in".to_owned(),
        "-".to_owned(),
        "pl4in".to_owned(),
    ]
}

/// Returns an export of tokens, each got with one setting besides the usual ones.
fn exported(url: &str, changes: &[(String, &str, Value)]) -> String {
    let sender = Home::new();
    sender.run(&machine(url)).succeeds();
    let mut store: Value = serde_json::from_str(&sender.tokens()).expect("JSON");
    let mut usual = store["tokens"]["m"].clone();
    usual["token"]["expires_at"] = 1.into();
    usual["token"]["refresh_token"] = "r3fresh".into();
    store["tokens"] = json!({});
    for (token, name, value) in changes {
        store["tokens"][token.as_str()] = usual.clone();
        store["tokens"][token.as_str()]["recipe"][*name] = value.clone();
    }
    std::fs::write(sender.path().join("state/tokens.json"), store.to_string()).expect("a store");
    sender.run(&["export", "--passphrase", "text:p"]).succeeds().out().to_owned()
}

#[test]
fn an_import_leaves_out_and_names_every_secret_and_reference() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let receiver = Home::new();
    std::fs::write(receiver.path().join("victim"), "v1ctim").expect("a file");
    let mut changes = Vec::new();
    for name in ["client_secret", "private_key", "client_id", "key_id", "header_prefix", "callback"] {
        for reference in references(&receiver) {
            // A text that is no reference is only a secret where a secret belongs.
            if reference != "pl4in" || matches!(name, "client_secret" | "private_key") {
                changes.push((format!("t{}", changes.len()), name, Value::from(reference)));
            }
        }
    }
    let file = exported(&endpoint.url(), &changes);
    let mut import = receiver.run(&["import", "--passphrase", "text:p"]).stdin(&file).succeeds().never_says("pl4in");
    for (token, name, reference) in &changes {
        import = import.stderr_has(&format!("{token}: {name} is a secret or a reference"));
        assert!(!receiver.tokens().contains(&reference.to_string()), "{name}: {reference}");
        let before = endpoint.count();
        receiver.run(&["get", token]).env("VICTIM", "v1ctim").stdin("v1ctim\n").run();
        receiver.run(&["exec", token, "--", "true"]).env("VICTIM", "v1ctim").stdin("v1ctim\n").run();
        assert!(!receiver.path().join("mark").exists(), "{name}: {reference}");
        assert!((before..endpoint.count()).all(|index| !endpoint.asked(index).contains("v1ctim")), "{reference}");
    }
}

#[test]
fn an_import_takes_neither_secrets_nor_references_among_the_parameters() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let parameters = json!([["client_assertion", "s3cret"], ["x", "cmd:true"], ["resource_type", "kept"]]);
    for name in ["auth_params", "token_params"] {
        let changes = [("m".to_owned(), name, parameters.clone()), ("n".to_owned(), "scope", "file:read".into())];
        let file = exported(&endpoint.url(), &changes);
        let receiver = Home::new();
        let import = receiver.run(&["import", "--passphrase", "text:p"]).stdin(&file).succeeds();
        import.stderr_has("m: client_assertion is").stderr_has("m: x is").never_says("s3cret");
        let kept = receiver.tokens();
        assert!(!kept.contains("s3cret") && !kept.contains("cmd:"), "{kept}");
        assert!(kept.contains("[\"resource_type\",\"kept\"]") && kept.contains("file:read"), "{kept}");
    }
}

#[test]
fn a_profile_from_postman_has_no_secret_and_no_reference_of_the_file() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    let path = home.path().join("export.json");
    let secrets = [("clientSecret", "client-secret"), ("password", "password"), ("code_verifier", "code-verifier")];
    let texts = [
        ("clientId", "client-id"),
        ("username", "username"),
        ("state", "state"),
        ("headerPrefix", "header-prefix"),
        ("redirect_uri", "callback-url"),
        ("refreshToken", "refreshToken"),
    ];
    for (theirs, ours) in secrets.into_iter().chain(texts) {
        for reference in references(&home) {
            if reference == "pl4in" && texts.contains(&(theirs, ours)) {
                continue;
            }
            let mut object = json!({ "grant_type": "client_credentials", "accessTokenUrl": endpoint.url() });
            object["clientId"] = "app".into();
            object[theirs] = reference.clone().into();
            std::fs::write(&path, json!({ "type": "oauth2", "oauth2": object }).to_string()).expect("a file");
            let add = ["profile", "add", "work", "--force", "--from-postman", path.to_str().expect("a path")];
            let added = home.run(&add).args(["--client-id", "app"]).succeeds();
            added.stderr_has(&format!("{ours} is a ")).stderr_has("left out").never_says("pl4in");
            let profile = home.run(&["profile", "show", "work"]).succeeds().out().to_owned();
            assert!(!profile.contains(&format!("\"{reference}\"")), "{theirs}: {profile}");
            home.run(&["get", "work", "--min-ttl", "2h"]).run();
            assert!(!home.path().join("mark").exists(), "{theirs}: {reference}");
        }
    }
}

#[test]
fn a_header_from_postman_is_no_reference_whatever_stands_around_it() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    let path = home.path().join("export.json");
    for reference in references(&home).iter().filter(|reference| *reference != "pl4in") {
        for (before, after) in [("", ""), (" ", " "), ("\t", "")] {
            let value = format!("{before}{reference}{after}");
            let header = json!({ "key": "User-Agent", "value": value, "enabled": true, "send_as": "request_header" });
            let object = json!({ "grant_type": "client_credentials", "accessTokenUrl": endpoint.url(), "clientId": "app",
                "tokenRequestParams": [header] });
            std::fs::write(&path, json!({ "type": "oauth2", "oauth2": object }).to_string()).expect("a file");
            let add = ["profile", "add", "work", "--force", "--from-postman", path.to_str().expect("a path")];
            home.run(&add).succeeds().stderr_has("User-Agent is a secret or a reference and left out");
            home.run(&["get", "work", "--fresh"]).run();
            assert!(!home.path().join("mark").exists(), "{value}");
        }
    }
}
