//! Each provider that is known, against a server that plays it.

use serde_json::{Value, json};

use super::home::{Endpoint, Home, WILLING, provider};

/// The texts that requests have to carry at a provider, by its name and grant.
const QUIRKS: [(&str, &str, &str); 17] = [
    ("google", "authorization_code", "access_type=offline"),
    ("google", "authorization_code", "prompt=consent"),
    ("google", "authorization_code", "&client_secret=s3cret"),
    ("slack", "authorization_code", "scope=read%2Cwrite"),
    ("slack-user", "authorization_code", "user_scope=read%2Cwrite"),
    ("zoom", "client_credentials", "grant_type=account_credentials&account_id=arg.example"),
    ("atlassian", "authorization_code", "\"grant_type\":\"authorization_code\""),
    ("atlassian", "authorization_code", "audience=api.atlassian.com"),
    ("dropbox", "authorization_code", "token_access_type=offline"),
    ("reddit", "authorization_code", "duration=permanent"),
    ("github-app", "jwt_bearer", "authorization: Bearer ey"),
    ("google-service-account", "jwt_bearer", "assertion=ey"),
    ("salesforce", "jwt_bearer", "assertion=ey"),
    ("twitch", "device_code", "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"),
    ("mastodon", "authorization_code", "&client_secret=s3cret"),
    ("shopify", "authorization_code", "scope=read%2Cwrite"),
    ("discord", "client_credentials", "grant_type=client_credentials"),
];

/// A server that answers as all providers do at once: each takes what it knows.
fn played() -> Endpoint {
    provider(|target, _| match target {
        "/device" => {
            let answer = json!({ "device_code": "d", "user_code": "U", "verification_uri": "http://127.0.0.1/", "interval": "1",
                                 "expires_in": "60" });
            (200, answer)
        }
        _ => {
            let user = json!({ "id": "U", "access_token": "t0ken", "token_type": "user" });
            let answer = json!({ "access_token": "t0ken", "token": "t0ken", "token_type": "bearer", "expires_in": 3600,
                                 "refresh_token": "r", "authed_user": user });
            (200, answer)
        }
    })
}

/// The providers as the tool lists them: name, with an argument where one is wanted, and grants.
fn listed() -> Vec<(String, Vec<String>)> {
    let list = Home::new().run(&["provider", "list", "--json"]).succeeds().json().remove(0);
    let rows = list.as_array().expect("a list").iter().map(|row| {
        let text = row["provider"].as_str().expect("a name");
        let name = text.split(['[', ':']).next().expect("a name");
        let argument = if text.contains('/') { ":arg.example/part" } else { ":arg.example" };
        let argument = if text.contains(':') { argument } else { "" };
        let grants = row["grants"].as_array().expect("grants").iter().filter_map(Value::as_str).map(str::to_owned);
        (format!("{name}{argument}"), grants.collect())
    });
    rows.collect()
}

#[test]
fn each_provider_gives_a_token_by_each_of_its_grants_and_is_never_contacted_itself() {
    let key = crate::support::peers::Server::start("oidc.js").text("/private_key").to_owned();
    for (name, grants) in listed() {
        for grant in grants {
            let server = played();
            let home = Home::new();
            let file = home.path().join("key.pem");
            std::fs::write(&file, &key).expect("a key");
            let (auth, token, device) = (server.at("/authorize"), server.url(), server.at("/device"));
            let urls = ["--auth-url", &auth, "--access-token-url", &token, "--device-authorization-url", &device];
            let mut more =
                vec!["--client-id", "app", "--scope", "read write", "--callback-url", "http://127.0.0.1/callback"];
            let file = file.to_string_lossy().into_owned();
            match grant.as_str() {
                "jwt_bearer" => more.extend(["--key-file", &file]),
                "password" => {
                    more.extend(["--username", "u", "--password", "text:p", "--client-secret", "text:s3cret"])
                }
                _ => more.extend(["--client-secret", "text:s3cret"]),
            }
            let profile = home.run(&["profile", "add", "p", "--provider", &name, "--grant", &grant]);
            profile.succeeds().stderr_has("oauth-token get p");
            // Nothing but this server can be reached, so that whatever else is asked fails.
            let tool = home.run(&["get", "p"]).args(urls).args(&more).env("BROWSER", WILLING);
            tool.env("https_proxy", "http://127.0.0.1:1").succeeds().stdout_is("t0ken\n");
            let asked = server.log().join("\n");
            let bare = name.split(':').next().expect("a name");
            for (_, _, wanted) in QUIRKS.iter().filter(|(of, by, _)| *of == bare && *by == grant) {
                let lower = asked.replace("Authorization:", "authorization:");
                assert!(lower.contains(wanted), "{name} {grant}: no {wanted} in {asked}");
            }
        }
    }
}

#[test]
fn each_provider_is_shown_with_its_source_and_a_wrong_name_with_those_that_are_known() {
    for (name, grants) in listed() {
        let shown = Home::new().run(&["provider", "show", &name, "--json"]).succeeds().json().remove(0);
        assert!(shown["source"].as_str().is_some_and(|source| source.starts_with("https://")), "{name}");
        assert!(shown["access-token-url"].as_str().is_some_and(|url| url.starts_with("https://")), "{name}");
        assert_eq!(shown["grants"].as_array().map(Vec::len), Some(grants.len()));
    }
    let wrong = Home::new().run(&["get", "--provider", "nosuch", "--client-id", "a"]).fails(2);
    wrong.stderr_has("github").stderr_has("mastodon");
    Home::new().run(&["get", "--provider", "okta", "--client-id", "a"]).fails(2).stderr_has("okta:DOMAIN");
}

/// Returns the page about providers, out of what the tool knows.
fn page() -> String {
    let mut page = String::from(
        "# Providers\n\n\
         What `--provider` knows, and what is to be registered there. `oauth-token provider show NAME` prints all of it; every\n\
         option goes over it, and where an endpoint is given, the provider itself is never asked. Each row is tried against a\n\
         server that plays it. This page is made from the same table (`make docs`).\n",
    );
    for (name, grants) in listed() {
        let bare = name.split(':').next().expect("a name");
        let shown = Home::new().run(&["provider", "show", bare, "--json"]).succeeds().json().remove(0);
        let text = |key: &str| shown[key].as_str().unwrap_or_default().to_owned();
        let list = Home::new().run(&["provider", "list", "--json"]).succeeds().json().remove(0);
        let rows = list.as_array().expect("a list");
        let written = rows.iter().filter_map(|row| row["provider"].as_str());
        let written = written.into_iter().find(|text| text.split(['[', ':']).next() == Some(bare)).expect("a row");
        let asked = shown["asks-for"].as_array().expect("a list").iter().filter_map(Value::as_str);
        let options: String = asked.map(|key| format!(" --{key} {}", value(key))).collect();
        let argument = written.replace(['[', ']'], "");
        page.push_str(&format!(
            "\n## {}\n\nRegister: {}.\n\n```sh\noauth-token profile add NAME --provider {argument}{options}\noauth-token get NAME\n```\n\n\
             Grants: {}. Source: <{}>\n",
            text("about"),
            text("register"),
            grants.join(", "),
            text("source"),
        ));
    }
    page
}

/// Returns what stands for the value of an option on the page.
fn value(key: &str) -> &str {
    match key {
        "client-id" => "ID",
        "client-secret" => "env:SECRET",
        "scope" => "'SCOPES'",
        "audience" => "API",
        "key-file" => "FILE",
        other => other,
    }
}

#[test]
fn generated_page_about_providers_is_what_the_tool_knows() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/providers.md");
    let page = page();
    if std::env::var_os("COUNTERSIGN_WRITE_DOCUMENTS").is_some() {
        std::fs::write(&path, &page).expect("the page");
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), page, "make docs writes it");
}
