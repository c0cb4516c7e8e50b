//! Profiles: written by options, by a person on a terminal, and out of what Postman exports.

use serde_json::json;

use super::home::{Endpoint, Home, machine, numbered};
use crate::support::Tool;

#[test]
fn a_profile_says_everything_and_holds_no_secret() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    let add =
        ["profile", "add", "work", "--grant", "client_credentials", "--client-id", "id", "--access-token-url", &url];
    home.run(&add).args(["--client-secret", "text:s3cret"]).fails(2).never_says("s3cret");
    home.run(&add).args(["--client-secret", "env:S", "--scope", "a b"]).succeeds();
    home.run(&["profile", "list"]).succeeds().stdout_is("work\n");
    home.run(&["profile", "show", "work"]).succeeds().stdout_has("client-secret = \"env:S\"");
    let first =
        home.run(&["get", "work", "-v", "--audience", "x"]).env("S", "s3cret").succeeds().stdout_is("token-0\n");
    first.stderr_has("from options and their variables: audience").stderr_has("client-secret").never_says("s3cret");
    home.run(&["show", "work"]).succeeds().stdout_has("audience: x");
    assert!(endpoint.asked(0).contains("scope=a+b"));
    let file = home.path().join("config/profiles.toml");
    std::fs::write(&file, "[work]\nclient-secret = \"s3cret\"\n").expect("a file");
    home.run(&["get", "work"]).fails(2).stderr_has("client-secret holds a secret").never_says("s3cret");
    std::fs::write(&file, "[work]\nclient-sekret = \"env:X\"\n").expect("a file");
    home.run(&["get", "work"]).fails(2).stderr_has("client-sekret is not a setting");
}

#[test]
fn durations_are_written_alike_in_options_variables_and_profiles() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    let add =
        ["profile", "add", "work", "--grant", "client_credentials", "--client-id", "id", "--access-token-url", &url];
    home.run(&add).args(["--min-ttl", "500ms", "--max-time", "1d"]).succeeds();
    // The token lives for an hour.
    for token in ["token-0\n", "token-0\n"] {
        home.run(&["get", "work"]).succeeds().stdout_is(token);
    }
    home.run(&["get", "work", "--min-ttl", "1d"]).succeeds().stdout_is("token-1\n");
    home.run(&["get", "work", "--min-ttl", "0.5h", "--timeout", "500ms"]).succeeds().stdout_is("token-1\n");
    let variable = "COUNTERSIGN_OAUTH_TOKEN_MIN_TTL";
    home.run(&["get", "work"]).env(variable, "90m").succeeds().stdout_is("token-2\n");
    let file = home.path().join("config/profiles.toml");
    let profile = std::fs::read_to_string(&file).expect("a profile");
    for (ttl, token) in [("7200", "token-3\n"), ("\"1.5m\"", "token-3\n")] {
        std::fs::write(&file, profile.replace("\"500ms\"", ttl)).expect("a profile");
        home.run(&["get", "work"]).succeeds().stdout_is(token);
    }
    std::fs::write(&file, profile.replace("500ms", "1w")).expect("a profile");
    home.run(&["get", "work"]).fails(2).stderr_has("min-ttl is not a duration");
    home.run(&["get", "work", "--min-ttl", "1w"]).fails(2).stderr_has("is not a duration");
}

#[test]
#[cfg(target_os = "linux")]
fn lists_end_quietly_when_nobody_reads_and_say_that_a_disk_is_full() {
    let home = Home::new();
    let add = ["profile", "add", "work", "--grant", "client_credentials", "--client-id", "id"];
    home.run(&add).args(["--access-token-url", "http://127.0.0.1/token"]).succeeds();
    for list in [&["profile", "list"][..], &["profile", "show", "work"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        home.run(list).stdout_to(writer).exits(0).stderr_is("");
        let full = std::fs::File::options().write(true).open("/dev/full").expect("/dev/full");
        home.run(list).stdout_to(full).exits(1).stderr_has("No space left");
    }
}

/// A run on a terminal of its own, on which these lines are typed.
fn on_terminal(home: &Home, arguments: &str, lines: &str) -> Tool {
    let command = format!("stty -echo cols 80; exec oauth-token {arguments}");
    let tool = Tool::program("script").args(["-qec", &command, "/dev/null"]).env("COUNTERSIGN_HOME", home.path());
    tool.env("TERM", "xterm").env("SHELL", "/bin/sh").stdin(lines)
}

#[test]
#[cfg(target_os = "linux")]
fn a_person_is_asked_what_the_grant_needs_and_for_no_secret() {
    let home = Home::new();
    let lines = "nonsense\nclient_credentials\n\nhttps://id.example/token\napp\ns3cret\nenv:APP\nread write\n\n";
    let asked = on_terminal(&home, "profile add work", lines).succeeds().stdout_has("That is not one of them.");
    asked.stdout_has("cannot hold the secret").stdout_has("access-token-url: ");
    home.run(&["profile", "show", "work"]).succeeds().stdout_is(
        "[work]\ngrant = \"client_credentials\"\naccess-token-url = \"https://id.example/token\"\nclient-id = \"app\"\n\
         client-secret = \"env:APP\"\nscope = \"read write\"\n",
    );
    let browser = "\n\nhttps://id.example\napp\n\n\nopenid\n\n";
    on_terminal(&home, "profile add me", browser).succeeds();
    home.run(&["profile", "show", "me"]).succeeds().stdout_has("discover = \"https://id.example\"");
    on_terminal(&home, "profile add cut", "\n\n\u{4}").fails(5);
    home.run(&["profile", "show", "cut"]).fails(1).stderr_has("no profile cut");
}

#[test]
#[cfg(target_os = "linux")]
fn a_device_s_code_is_a_picture_on_a_terminal_only() {
    let endpoint = Endpoint::new(|index, _| match index {
        0 | 2 => {
            let device = json!({ "device_code": "d", "user_code": "WDJB-MJHT", "expires_in": 60, "interval": 1 });
            let mut device = device;
            device["verification_uri"] = "https://example.com/device".into();
            (200, device)
        }
        _ => (200, numbered(index)),
    });
    let home = Home::new();
    let url = endpoint.url();
    let arguments =
        format!("get --grant device_code --client-id x --device-authorization-url {url} --access-token-url {url}");
    let shown = on_terminal(&home, &arguments, "").succeeds().stdout_has("\u{2588}").stdout_has("\u{1b}[30;107m");
    shown.stdout_has("Open https://example.com/device and enter the code WDJB-MJHT").stdout_has("token-1");
    let piped: Vec<&str> = arguments.split(' ').collect();
    let piped = Home::new().run(&piped).succeeds().stdout_is("token-3\n");
    piped.stderr_is("Open https://example.com/device and enter the code WDJB-MJHT\n");
}

#[test]
fn what_postman_exports_becomes_a_profile_without_its_secrets() {
    let home = Home::new();
    let rows = json!([
        { "key": "tokenName", "value": "mine" },
        { "key": "grant_type", "value": "authorization_code_with_pkce" },
        { "key": "authUrl", "value": "https://id.example/auth" },
        { "key": "accessTokenUrl", "value": "https://id.example/token" },
        { "key": "clientId", "value": "app" },
        { "key": "clientSecret", "value": "s3cret" },
        { "key": "scope", "value": "read write" },
        { "key": "redirect_uri", "value": "http://127.0.0.1/cb" },
        { "key": "challengeAlgorithm", "value": "S256" },
        { "key": "client_authentication", "value": "body" },
        { "key": "useBrowser", "value": true },
        { "key": "authRequestParams", "value": [
            { "key": "prompt", "value": "login", "enabled": true, "send_as": "request_url" },
            { "key": "off", "value": "1", "enabled": false, "send_as": "request_url" },
        ] },
        { "key": "tokenRequestParams", "value": [
            { "key": "resource", "value": "r", "enabled": true, "send_as": "request_body" },
            { "key": "X-Secret", "value": "h3ader", "enabled": true, "send_as": "request_header" },
        ] },
        { "key": "expires_in", "value": 3600 },
    ]);
    let expected = "[work]\ngrant = \"authorization_code\"\ncallback-url = \"http://127.0.0.1/cb\"\n\
        auth-url = \"https://id.example/auth\"\naccess-token-url = \"https://id.example/token\"\nclient-id = \"app\"\n\
        scope = \"read write\"\ncode-challenge-method = \"S256\"\nclient-authentication = \"body\"\n\
        auth-param = [\"prompt=login\"]\ntoken-param = [\"resource=r\"]\ntoken-name = \"mine\"\n";
    let object = json!({ "type": "oauth2", "oauth2": rows });
    let map: serde_json::Map<_, _> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["key"].as_str().unwrap().to_owned(), row["value"].clone()))
        .collect();
    for file in [
        object.clone(),
        json!({ "info": {}, "auth": object, "item": [] }),
        json!({ "collection": { "auth": object } }),
        json!({ "type": "oauth2", "oauth2": map }),
    ] {
        let path = home.path().join("export.json");
        std::fs::write(&path, file.to_string()).expect("a file");
        let add = ["profile", "add", "work", "--force", "--from-postman", path.to_str().unwrap()];
        let add = home.run(&add).succeeds();
        add.stderr_has("client-secret is a secret and left out")
            .stderr_has("X-Secret is a header")
            .never_says("s3cret");
        home.run(&["profile", "show", "work"]).succeeds().stdout_is(expected);
    }
    let path = home.path().join("other.json");
    std::fs::write(&path, "{\"auth\":{\"type\":\"basic\"}}").expect("a file");
    home.run(&["profile", "add", "x", "--from-postman", path.to_str().unwrap()]).fails(2).stderr_has("oauth2");
}

#[test]
fn a_profile_is_replaced_only_by_force_and_changed_key_by_key_with_its_comments() {
    let home = Home::new();
    let file = home.path().join("config/profiles.toml");
    let add = |more: &[&str]| home.run(&["profile", "add", "w", "--scope", "read"]).args(more);
    add(&["--client-id", "app", "--audience", "api"]).succeeds().stderr_has("now: oauth-token get w");
    let head = "# The head of the file.\n";
    let text =
        std::fs::read_to_string(&file).expect("profiles").replace("audience = \"api\"", "audience = \"api\" # why");
    std::fs::write(&file, format!("{head}{text}\n# Another's.\n[v]\nclient-id = \"v\"\n")).expect("profiles");
    add(&[]).fails(1).stderr_has("--force").stderr_has("profile set");
    assert!(std::fs::read_to_string(&file).expect("profiles").contains("audience = \"api\" # why"));
    home.run(&["profile", "set", "w", "--scope", "read write", "--unset", "client-id"]).succeeds();
    let changed = std::fs::read_to_string(&file).expect("profiles");
    assert_eq!(
        changed,
        "# The head of the file.\n[w]\nscope = \"read write\"\naudience = \"api\" # why\n\n# Another's.\n[v]\nclient-id = \"v\"\n"
    );
    home.run(&["profile", "set", "w"]).fails(2).stderr_has("nothing to change");
    home.run(&["profile", "set", "nosuch", "--scope", "x"]).fails(1).stderr_has("no profile nosuch");
    home.run(&["profile", "set", "w", "--unset", "nosuch"]).fails(2).stderr_has("is not a setting");
    home.run(&["profile", "set", "w", "--client-secret", "s3cret"]).fails(2).never_says("s3cret");
    add(&["--force"]).succeeds();
    let forced = std::fs::read_to_string(&file).expect("profiles");
    assert!(forced.starts_with("# The head of the file.\n[w]\nscope = \"read\"\n"), "{forced}");
    assert!(!forced.contains("audience") && forced.contains("# Another's.\n[v]"));
    home.run(&["profile", "remove", "w"]).succeeds();
    let removed = std::fs::read_to_string(&file).expect("profiles");
    assert!(
        removed.contains("# The head of the file.") && removed.contains("[v]") && !removed.contains("[w]"),
        "{removed}"
    );
    home.run(&["profile", "remove", "w"]).fails(1).stderr_has("no profile w");
}

#[test]
fn the_tool_alone_names_profiles_and_tokens_and_lists_are_json_on_request() {
    let home = Home::new();
    home.run(&[]).succeeds().stdout_has("Profiles: none").stdout_has("oauth-token profile add");
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    home.run(&machine(&endpoint.url())).succeeds();
    home.run(&["profile", "add", "w", "--provider", "github", "--client-id", "app"]).succeeds();
    home.run(&[]).succeeds().stdout_has("Profiles: w\nTokens: m\n");
    let listed = home.run(&["list", "--json"]).succeeds().json().remove(0);
    assert_eq!((&listed[0]["name"], &listed[0]["grant"]), (&"m".into(), &"client_credentials".into()));
    assert_eq!((&listed[0]["is_valid"], &listed[0]["host"]), (&true.into(), &"127.0.0.1".into()));
    let shown = home.run(&["show", "m", "--json"]).succeeds().json().remove(0);
    assert!(shown["kept_in"].as_str().is_some_and(|place| place.ends_with("tokens.json")));
    assert!(shown["access_token"].as_str().is_some_and(|text| text.ends_with("***")));
    let profiles = home.run(&["profile", "list", "--json"]).succeeds().json().remove(0);
    assert_eq!(profiles[0]["provider"], "github");
    assert_eq!(home.run(&["profile", "show", "w", "--json"]).succeeds().json()[0]["client-id"], "app");
    let missing = home.run(&["get", "x", "--scope", "a"]).fails(2);
    missing.stderr_has("authorization_code").stderr_has("device_code").stderr_has("--provider");
}
