//! Servers whose metadata is as servers write it, and clients that it tells how to authenticate.

use serde_json::{Value, json};

use super::home::{Endpoint, Home, WILLING, numbered, provider};
use crate::support::Output;

/// A server whose metadata at a path names this issuer, with these changes; `{}` stands for its own origin.
fn published(path: &'static str, issuer: &'static str, changes: Value) -> Endpoint {
    provider(move |target, asked| {
        let host = asked.to_ascii_lowercase();
        let host =
            host.split_once("\r\nhost: ").and_then(|(_, rest)| rest.split("\r\n").next()).expect("a host").to_owned();
        if target.split('?').next() != Some(path) {
            return match asked.starts_with("POST ") {
                true => (200, json!({ "access_token": target, "token_type": "Bearer" })),
                false => (404, json!({})),
            };
        }
        let mut metadata =
            json!({ "issuer": issuer, "authorization_endpoint": "{}/authorize", "token_endpoint": "{}/token" });
        for (name, value) in changes.as_object().expect("an object") {
            metadata[name] = value.clone();
        }
        (200, metadata.to_string().replace("{}", &format!("http://{host}")).into())
    })
}

fn machine(home: &Home, issuer: &str, more: &[&str]) -> Output {
    let client = ["--grant", "client_credentials", "--client-id", "id"];
    home.run(&["get", "m", "--discover", issuer]).args(client).args(more).run()
}

const OIDC: &str = "/.well-known/openid-configuration";

#[test]
fn metadata_is_found_from_each_way_to_write_its_issuer() {
    for (path, issuer, asked, is_taken) in [
        ("/.well-known/openid-configuration", "{}", "", true),
        ("/.well-known/openid-configuration", "{}/", "", true),
        ("/.well-known/openid-configuration", "{}", "/.well-known/openid-configuration", true),
        ("/oidc/.well-known/openid-configuration", "{}/oidc", "/oidc/.well-known/openid-configuration", true),
        ("/.well-known/oauth-authorization-server/t", "{}/t", "/.well-known/oauth-authorization-server/t", true),
        ("/.well-known/oauth-authorization-server/t", "{}/t", "/t", true),
        ("/common/v2.0/.well-known/openid-configuration", "{}/{tenantid}/v2.0", "/common/v2.0", true),
        ("/common/v2.0/.well-known/openid-configuration", "{}/{tenantid}/v2.0", "/common/v2.0/", true),
        (
            "/common/v2.0/.well-known/openid-configuration",
            "{}/{tenantid}/v2.0",
            "/common/v2.0/.well-known/openid-configuration",
            true,
        ),
        ("/acme.example/v2.0/.well-known/openid-configuration", "{}/72f988bf/v2.0", "/acme.example/v2.0", false),
        ("/.well-known/openid-configuration", "https://other.example", "", false),
        ("/.well-known/openid-configuration", "https://evil.example/{tenantid}", "", false),
    ] {
        let server = published(path, issuer, json!({}));
        let asked = server.at(asked);
        let output = machine(&Home::new(), asked.trim_end_matches('/'), &["--client-secret", "text:s3cret"]);
        if is_taken {
            output.exits(0).stdout_is("/token\n");
        } else {
            let origin = server.at("");
            let named = issuer.replace("{}", origin.trim_end_matches('/'));
            let output = output.exits(1).stdout_is("").stderr_has(&named).stderr_has(asked.trim_end_matches('/'));
            output.stderr_has("--auth-url and --access-token-url");
        }
    }
}

#[test]
fn an_id_token_of_any_tenant_is_one_of_the_template_and_of_no_other_issuer() {
    for (iss, is_taken) in [("/72f988bf/v2.0", true), ("/a/b/v2.0", false), ("/72f988bf/v1.0", false)] {
        let path = "/common/v2.0/.well-known/openid-configuration";
        let server = provider(move |target, asked| {
            let host = asked.to_ascii_lowercase();
            let host = host
                .split_once("\r\nhost: ")
                .and_then(|(_, rest)| rest.split("\r\n").next())
                .expect("a host")
                .to_owned();
            let origin = format!("http://{host}");
            if target == path {
                return (
                    200,
                    json!({ "issuer": format!("{origin}/{{tenantid}}/v2.0"), "token_endpoint": format!("{origin}/token"),
                            "authorization_endpoint": format!("{origin}/authorize") }),
                );
            }
            let claims = json!({ "iss": format!("{origin}{iss}"), "aud": "app", "exp": 4_102_444_800_i64 });
            let encoded = |value: &Value| {
                base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, value.to_string())
            };
            let jwt = format!("{}.{}.c2ln", encoded(&json!({ "alg": "RS256" })), encoded(&claims));
            (200, json!({ "access_token": "t", "id_token": jwt }))
        });
        let home = Home::new();
        let issuer = server.at("/common/v2.0");
        let tool = home.run(&["get", "t", "--discover", &issuer, "--client-id", "app", "--scope", "openid"]);
        let output = tool.args(["--grant", "authorization_code"]).env("BROWSER", WILLING).run();
        // The nonce is missing, which PKCE stands in for.
        if is_taken {
            output.exits(0).stdout_is("t\n").stderr_has("no nonce");
        } else {
            output.exits(1).stdout_is("").stderr_has("another issuer");
        }
    }
}

#[test]
fn without_pkce_a_missing_nonce_is_refused_unless_none_was_asked_for() {
    let server = provider(|_, _| {
        let encoded = |value: &Value| {
            base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, value.to_string())
        };
        let claims = json!({ "aud": "app", "exp": 4_102_444_800_i64 });
        let jwt = format!("{}.{}.c2ln", encoded(&json!({ "alg": "RS256" })), encoded(&claims));
        (200, json!({ "access_token": "t", "id_token": jwt }))
    });
    let (auth, token) = (server.at("/authorize"), server.url());
    let sign_in = |more: &[&str]| {
        let home = Home::new();
        let urls = ["--auth-url", &auth, "--access-token-url", &token, "--client-id", "app", "--scope", "openid"];
        home.run(&["get", "t", "--grant", "authorization_code"]).args(urls).args(more).env("BROWSER", WILLING).run()
    };
    sign_in(&[]).exits(0).stderr_has("no nonce");
    sign_in(&["--code-challenge-method", "none"]).exits(1).stderr_has("another nonce");
    sign_in(&["--code-challenge-method", "none", "--auth-param", "nonce="]).exits(0);
    let asked: Vec<String> = server.log().into_iter().filter(|asked| asked.contains("/authorize?")).collect();
    assert!(asked[0].contains("&nonce=") && !asked[2].contains("nonce"), "{}", asked[2]);
}

#[test]
fn the_client_authenticates_as_the_metadata_says_and_a_certificate_goes_to_its_alias() {
    let methods = |list: Value| json!({ "token_endpoint_auth_methods_supported": list });
    let secret = ["--client-secret", "text:s3cret-of-32-bytes-or-more-for-hs256"];
    for (list, wanted) in [
        (json!(["client_secret_post"]), "client_secret=s3cret"),
        (json!(["client_secret_basic", "client_secret_post"]), "uthorization: Basic"),
        (json!(["client_secret_jwt"]), "client_assertion="),
        (json!([]), "uthorization: Basic"),
        (json!(["something_new"]), "uthorization: Basic"),
    ] {
        let server = published(OIDC, "{}", methods(list));
        machine(&Home::new(), server.at("").trim_end_matches('/'), &secret).exits(0);
        let asked = server.log().pop().expect("a request");
        assert!(asked.contains(wanted), "{wanted}: {asked}");
    }
    let server = published(OIDC, "{}", methods(json!(["client_secret_post"])));
    let chosen = [&secret[..], &["--client-authentication", "header"]].concat();
    machine(&Home::new(), server.at("").trim_end_matches('/'), &chosen).exits(0);
    assert!(server.log().pop().expect("a request").contains("uthorization: Basic"));
    let server = published(OIDC, "{}", json!({ "mtls_endpoint_aliases": { "token_endpoint": "{}/mtls/token" } }));
    let identity = crate::support::origin::Identity::new();
    let both = identity.both.to_string_lossy().into_owned();
    let certificate = ["--client-authentication", "tls", "--cert", &both];
    let home = Home::new();
    machine(&home, server.at("").trim_end_matches('/'), &certificate).exits(0).stdout_is("/mtls/token\n");
    machine(&Home::new(), server.at("").trim_end_matches('/'), &[]).exits(0).stdout_is("/token\n");
}

#[test]
fn a_pushed_request_can_be_switched_off() {
    let server = published(OIDC, "{}", json!({ "pushed_authorization_request_endpoint": "{}/par" }));
    let issuer = server.at("");
    let home = Home::new();
    let tool = home.run(&["get", "t", "--grant", "authorization_code", "--client-id", "a", "--no-par"]);
    tool.args(["--discover", issuer.trim_end_matches('/')]).env("BROWSER", WILLING).succeeds();
    assert!(!server.log().iter().any(|asked| asked.contains("/par")));
}

#[test]
fn a_client_whose_secret_is_escaped_is_told_what_to_try() {
    let endpoint = Endpoint::new(|_, _| (403, Value::String(String::new())));
    let (home, url) = (Home::new(), endpoint.url());
    let asked = ["get", "m", "--grant", "client_credentials", "--client-id", "id", "--access-token-url", &url];
    home.run(&asked).args(["--client-secret", "text:a+b/c="]).fails(4).stderr_has("--client-authentication body");
    let plain = home.run(&asked).args(["--client-secret", "text:abc"]).fails(4);
    assert!(!plain.err().contains("--client-authentication"));
    let fine = Endpoint::new(|index, _| (200, numbered(index)));
    let to = fine.url();
    let body = ["get", "--grant", "client_credentials", "--client-id", "id", "--access-token-url", &to];
    home.run(&body).args(["--client-authentication", "body", "--client-secret", "text:a+b/c="]).succeeds();
    assert!(fine.asked(0).contains("client_secret=a%2Bb%2Fc%3D"));
}
