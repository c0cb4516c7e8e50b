//! Providers as they are: answers and refusals of shapes that no standard knows, and the options that go with them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::home::{Endpoint, Home, WILLING, machine, numbered, provider};
use crate::support::Output;

/// Signs in with a browser that says yes, at this provider.
fn sign_in(home: &Home, server: &Endpoint, name: &str, more: &[&str]) -> Output {
    let (auth, token) = (server.at("/authorize"), server.url());
    let urls = ["--auth-url", &auth, "--access-token-url", &token, "--client-id", "app"];
    let tool = home.run(&["get", name, "--grant", "authorization_code"]).args(urls).args(more);
    tool.env("BROWSER", WILLING).run()
}

fn id_token(claims: &Value) -> String {
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.c2ln", encoded(&json!({ "alg": "RS256" })), encoded(claims))
}

#[test]
fn an_id_token_is_handed_out_in_every_format_and_ends_by_its_own_clock() {
    let end = 4_102_444_800_i64;
    let token = id_token(&json!({ "aud": "app", "exp": end, "sub": "me" }));
    let answered = token.clone();
    let server = provider(move |_, _| {
        let answer = json!({ "access_token": "opaque", "token_type": "Bearer", "expires_in": 300,
                             "refresh_token": "r", "id_token": answered });
        (200, answer)
    });
    let home = Home::new();
    sign_in(&home, &server, "kube", &["--use", "id_token"]).exits(0).stdout_is(&format!("{token}\n"));
    let get = |more: &[&str]| home.run(&["get", "kube"]).args(more).succeeds();
    get(&["--format", "header"]).stdout_is(&format!("Authorization: Bearer {token}\n"));
    get(&["--format", "env", "--variable", "ID"]).stdout_is(&format!("ID='{token}'\n"));
    let credential = get(&["--format", "exec-credential"]).json().remove(0);
    assert_eq!(credential["status"]["token"], json!(token));
    assert_eq!(credential["status"]["expirationTimestamp"], json!("2100-01-01T00:00:00Z"));
    let listed = get(&["--format", "json"]).json().remove(0);
    assert_eq!((&listed["id_token"], &listed["expires_at"]), (&json!(token), &json!("2100-01-01T00:00:00Z")));
    get(&["--use", "access_token"]).stdout_is("opaque\n");
    let revealed = get(&["--use", "access_token", "--format", "json", "--reveal"]).json().remove(0);
    assert_eq!(revealed["id_token"], json!(token));
    home.run(&["show", "kube"]).succeeds().stdout_has("use: id_token");
    // The access token alone would be due.
    assert_eq!(server.count(), 2);
    get(&["--min-ttl", "10m", "--use", "access_token"]);
    assert_eq!(server.count(), 3);
    let exec = home.run(&["exec", "kube", "--", "sh", "-c", "printf %s \"$ACCESS_TOKEN\""]);
    exec.succeeds().stdout_is(&token);
}

#[test]
fn a_server_without_an_id_token_is_named_as_such() {
    let server = provider(|_, _| (200, json!({ "access_token": "a", "token_type": "Bearer" })));
    sign_in(&Home::new(), &server, "t", &["--use", "id_token"]).exits(1).stdout_is("").stderr_has("openid");
}

#[test]
fn a_token_type_of_a_server_s_own_is_a_bearer_token_and_one_with_a_proof_is_not() {
    for (kind, is_sent) in [
        ("User Access Token", true),
        ("Application Access Token", true),
        ("BearerToken", true),
        ("bot", true),
        ("bearer ", true),
        ("Bearer", true),
        ("", true),
        ("DPoP", false),
        ("dpop", false),
        ("mac", false),
        ("PoP", false),
        ("N_A", false),
    ] {
        let endpoint = Endpoint::new(move |_, _| (200, json!({ "access_token": "t", "token_type": kind })));
        let (home, url) = (Home::new(), endpoint.url());
        home.run(&machine(&url)).succeeds().stdout_is("t\n");
        for format in ["header", "curl-config"] {
            let output = home.run(&["get", "m", "--format", format]).run();
            let is_usual = kind.is_empty() || kind.trim().eq_ignore_ascii_case("bearer");
            match (is_sent, is_usual) {
                (true, true) => output.exits(0).stdout_has("Authorization: Bearer t").stderr_is(""),
                (true, false) => output.exits(0).stdout_has("Authorization: Bearer t").stderr_has(kind),
                (false, _) => output.exits(1).stdout_is("").stderr_has("--header-prefix"),
            };
            let prefixed = home.run(&["get", "m", "--format", format, "--header-prefix", "DPoP"]);
            prefixed.succeeds().stdout_has("Authorization: DPoP t").stderr_is("");
        }
        let sign = |more: &[&str]| {
            let tool = crate::support::Tool::new("sign").args(["oauth2", "--token-name", "m", "--to", "header"]);
            tool.args(more).env("COUNTERSIGN_HOME", home.path()).stdin("https://api.example.com/\n").run()
        };
        if is_sent {
            sign(&[]).exits(0).stdout_is("Authorization: Bearer t\n");
        } else {
            sign(&[]).exits(1).stdout_is("");
        }
        sign(&["--header-prefix", "DPoP"]).exits(0).stdout_is("Authorization: DPoP t\n");
    }
}

#[test]
fn options_and_variables_go_over_what_was_kept_and_the_rest_is_taken_from_it() {
    let endpoint =
        Endpoint::new(|_, _| (200, json!({ "access_token": "t", "expires_in": 3600, "refresh_token": "r" })));
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).args(["--scope", "a"]).succeeds();
    assert_eq!(endpoint.count(), 1);
    for (name, value) in [
        ("CLIENT_SECRET", "other"),
        ("CLIENT_ID", "id"),
        ("SCOPE", "a"),
        ("STATE", "s"),
        ("REVOCATION_URL", "http://127.0.0.1:1/revoke"),
        ("CALLBACK_URL", "http://127.0.0.1:7/cb"),
        ("AUTH_PARAM", "a=b"),
        ("TOKEN_PARAM", "a=b"),
        ("CODE_CHALLENGE_METHOD", "plain"),
        ("KEY_ID", "k"),
        ("CLIENT_AUTHENTICATION", "body"),
        ("TIMEOUT", "1s"),
        ("NO_INPUT", "true"),
        ("HEADER_PREFIX", "x"),
    ] {
        let variable = format!("COUNTERSIGN_OAUTH_TOKEN_{name}");
        home.run(&["get", "m"]).env(&variable, value).succeeds().stdout_is("t\n");
    }
    assert_eq!(endpoint.count(), 1);
    let other = home.run(&["get", "m", "--scope", "b", "--client-secret=text:secret"]).succeeds();
    other.stderr_has("another scope").stderr_has("--token-name");
    assert!(endpoint.asked(1).contains("scope=b"));
}

#[test]
fn a_kept_token_is_refreshed_and_revoked_with_options_that_fill_in_what_is_missing() {
    let server = provider(|target, _| match target {
        "/revoke" => (200, Value::String(String::new())),
        _ => (200, json!({ "access_token": "t", "refresh_token": "r", "expires_in": 3600 })),
    });
    let home = Home::new();
    sign_in(&home, &server, "t", &["--client-secret", "text:s3cret"]).exits(0);
    home.run(&["refresh", "t"]).fails(2).stderr_has("--client-secret is missing");
    home.run(&["refresh", "t", "--client-secret", "text:s3cret"]).succeeds().stdout_is("t\n");
    home.run(&["revoke", "t", "--client-secret", "text:s3cret"]).fails(2).stderr_has("--revocation-url is missing");
    let revocation = server.at("/revoke");
    home.run(&["revoke", "t", "--client-secret", "text:s3cret", "--revocation-url", &revocation]).succeeds();
    let revoked: Vec<String> = server.log().into_iter().filter(|asked| asked.starts_with("POST /revoke")).collect();
    assert!(
        revoked[0].contains("token_type_hint=refresh_token") && revoked[1].contains("token_type_hint=access_token")
    );
    home.run(&["show", "t"]).fails(1);
}

#[test]
fn nothing_that_was_kept_for_one_server_or_client_goes_to_another() {
    let (first, second) = (Endpoint::new(|i, _| (200, numbered(i))), Endpoint::new(|i, _| (200, numbered(i))));
    let home = Home::new();
    let url = first.url();
    home.run(&["get", "m", "--grant", "client_credentials", "--client-id", "id", "--access-token-url", &url])
        .args(["--client-secret", "env:S", "--scope", "own"])
        .env("S", "s3cret")
        .succeeds();
    let to = second.url();
    let other = ["get", "m", "--grant", "client_credentials", "--client-id", "id", "--access-token-url", &to];
    home.run(&other).env("S", "s3cret").succeeds();
    let asked = second.asked(0);
    assert!(!asked.contains("own") && !asked.to_ascii_lowercase().contains("authorization:"), "{asked}");
    home.run(&["get", "m", "--fresh", "--client-id", "another"]).env("S", "s3cret").succeeds();
    assert!(!second.asked(1).to_ascii_lowercase().contains("authorization:"));
}

/// Refusals of a refresh token, as providers word them.
fn refusals() -> Vec<(u16, Value)> {
    vec![
        (403, json!({ "error": "unauthorized_client", "error_description": "refresh_token is invalid" })),
        (200, json!({ "error": "bad_refresh_token" })),
        (400, json!({ "error": "invalid_request", "error_description": "Value passed for the token was invalid" })),
        (200, json!({ "ok": false, "error": "invalid_refresh_token" })),
        (200, json!({ "error": "invalid_code" })),
        (400, json!({ "message": "Bad Request", "errors": [{ "resource": "RefreshToken", "code": "invalid" }] })),
        (400, json!({ "status": 400, "message": "Invalid refresh token" })),
        (400, json!({ "errorCode": "E0000011", "errorSummary": "Invalid token provided" })),
        (401, json!({ "error": "invalid_token" })),
        (400, json!({ "error": "invalid_grant" })),
        (404, Value::String("<html><h1>Not found</h1></html>".to_owned())),
    ]
}

#[test]
fn a_refused_refresh_token_asks_the_person_anew_or_says_how() {
    for (status, refusal) in refusals() {
        let answer = refusal.clone();
        let server = provider(move |_, asked| match asked.contains("grant_type=refresh_token") {
            true => (status, answer.clone()),
            false => (200, json!({ "access_token": "t", "refresh_token": "r", "expires_in": 0 })),
        });
        let home = Home::new();
        sign_in(&home, &server, "x", &[]).exits(0);
        let nobody = home.run(&["get", "x"]).fails(5).stdout_is("");
        nobody.stderr_has("the refresh token was refused").stderr_has("oauth-token get x --fresh");
        home.run(&["get", "x", "--no-input"]).env("BROWSER", WILLING).fails(5).stderr_has("--fresh");
        assert!(home.tokens().contains("\"r\""), "the old token stays until the new one is there");
        home.run(&["refresh", "x"]).fails(4).stdout_is("");
        let again = home.run(&["get", "x"]).env("BROWSER", WILLING).succeeds().stdout_is("t\n");
        again.stderr_has("the refresh token was refused");
    }
}

#[test]
fn a_server_that_is_busy_or_a_wrong_client_starts_no_new_sign_in() {
    for (status, answer, exit) in [
        (503, json!({}), 3),
        (500, json!({ "error": "server_error" }), 3),
        (408, json!({}), 3),
        (425, json!({}), 3),
        (429, Value::String("Too many requests".to_owned()), 3),
        (401, json!({ "error": "invalid_client" }), 4),
    ] {
        let server = provider(move |_, asked| match asked.contains("grant_type=refresh_token") {
            true => (status, answer.clone()),
            false => (200, json!({ "access_token": "t", "refresh_token": "r", "expires_in": 0 })),
        });
        let home = Home::new();
        sign_in(&home, &server, "x", &[]).exits(0);
        home.run(&["get", "x"]).env("BROWSER", WILLING).fails(exit).stdout_is("").stderr_has(&server.url());
        assert_eq!(server.log().iter().filter(|asked| asked.contains("/authorize")).count(), 1, "{status}");
        assert!(home.tokens().contains("\"r\""));
    }
}

#[test]
fn a_fresh_token_is_got_in_any_case_and_the_old_one_stays_until_then() {
    let endpoint = Endpoint::new(|index, _| match index {
        2 => (400, json!({ "error": "invalid_scope" })),
        index => (200, numbered(index)),
    });
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).succeeds().stdout_is("token-0\n");
    let fresh = || home.run(&["get", "m", "--fresh", "--client-secret=text:secret"]);
    fresh().succeeds().stdout_is("token-1\n");
    fresh().fails(1).stdout_is("");
    home.run(&["get", "m"]).succeeds().stdout_is("token-1\n");
}

#[test]
fn the_server_s_words_are_shown_whatever_their_shape_and_secrets_are_not() {
    for (status, body, words) in [
        (400, r#"{"status":400,"message":"Invalid refresh token"}"#, "Invalid refresh token"),
        (400, r#"{"error":{"message":"Bad code s3cret-text","type":"OAuthException"}}"#, "Bad code ***"),
        (400, r#"{"errorCode":"E7","errorSummary":"Not an app"}"#, "Not an app"),
        (400, r#"{"error_type":"x","error_message":"Code was used"}"#, "Code was used"),
        (401, r#"{"error":"invalid_client","reason":"Invalid client_id or client_secret"}"#, "Invalid client_id or"),
        (
            403,
            "<html><head><title>no</title></head><body><h1>Blocked by the WAF</h1></body></html>",
            "Blocked by the WAF",
        ),
        (400, "plain words", "plain words"),
        (200, "<html><body>Sign in to the WiFi</body></html>", "Sign in to the WiFi"),
        (200, r#"{"token":"x","expiry":7}"#, "expiry, token"),
        (502, r#"{"error":"upstream","message":"no route"}"#, "no route"),
    ] {
        let endpoint = Endpoint::new(move |_, _| (status, Value::String(body.to_owned())));
        let (home, url) = (Home::new(), endpoint.url());
        let asked = ["get", "m", "--grant", "client_credentials", "--client-id", "id", "--access-token-url", &url];
        let output = home.run(&asked).args(["--client-secret", "text:s3cret-text"]).run();
        let output = output.stdout_is("").stderr_has(words).never_says("s3cret-text");
        if status != 200 || body.starts_with('<') {
            output.stderr_has(&url);
        }
        home.run(&asked).args(["-v", "--client-secret", "text:s3cret-text"]).run().never_says("s3cret-text");
    }
}

#[test]
fn a_short_secret_leaves_the_server_s_words_readable() {
    let endpoint = Endpoint::new(|_, _| (400, json!({ "error": "bad_thing", "message": "a bad letter, abc" })));
    let (home, url) = (Home::new(), endpoint.url());
    let asked = ["get", "m", "--grant", "client_credentials", "--client-id", "id", "--access-token-url", &url];
    home.run(&asked).args(["--client-secret", "text:a"]).fails(1).stderr_has("bad_thing: a bad letter, abc");
}

#[test]
fn answers_that_are_forms_or_have_a_mark_before_them_are_read() {
    for body in [
        "access_token=t&token_type=bearer&expires_in=3600&scope=a%20b",
        "\u{feff}{\"access_token\":\"t\",\"scope\":\"a b\",\"expires_in\":\"3600\"}",
        r#"{"access_token":"t","scope":["a","b"],"expires_in":3599.9}"#,
    ] {
        let endpoint = Endpoint::new(move |_, _| (200, Value::String(body.to_owned())));
        let (home, url) = (Home::new(), endpoint.url());
        let answer = home.run(&machine(&url)).args(["--format", "json"]).succeeds().json().remove(0);
        assert_eq!((&answer["access_token"], &answer["scope"]), (&json!("t"), &json!("a b")), "{body}");
        assert!(answer["expires_at"].is_string());
    }
    let endpoint =
        Endpoint::new(|_, _| (200, Value::String("error=bad_verification_code&error_description=old".into())));
    Home::new().run(&machine(&endpoint.url())).fails(1).stderr_has("bad_verification_code: old");
}

#[test]
fn the_other_members_are_kept_without_secrets_and_a_token_may_be_anywhere() {
    let server = provider(|_, _| {
        let answer = json!({
            "ok": true, "access_token": "bot", "instance_url": "https://eu9.example", "hook_secret": "hidden",
            "authed_user": { "id": "U1", "access_token": "user", "token_type": "user", "scope": "read" },
        });
        (200, answer)
    });
    let home = Home::new();
    let all = sign_in(&home, &server, "s", &["--format", "json", "--all"]).exits(0).json().remove(0);
    assert_eq!((&all["instance_url"], &all["realmId"]), (&json!("https://eu9.example"), &json!("r7")));
    assert!(home.run(&["get", "s", "--format", "json"]).succeeds().json()[0].get("instance_url").is_none());
    home.run(&["show", "s"]).succeeds().stdout_has("instance_url").never_says("hidden");
    assert!(!home.tokens().contains("hidden") && !home.tokens().contains("\"user\",\"id\""));
    let pointer = ["--access-token-at", "/authed_user/access_token"];
    sign_in(&home, &server, "u", &pointer).exits(0).stdout_is("user\n");
    sign_in(&home, &server, "v", &["--access-token-at", "authed_user.access_token"]).exits(2).stderr_has("RFC 6901");
    sign_in(&home, &server, "w", &["--access-token-at", "/nowhere"]).exits(1).stderr_has("/nowhere");
}

#[test]
fn requests_say_who_asks_and_carry_the_user_s_headers_which_are_kept_as_references() {
    let endpoint = Endpoint::new(|_, _| (200, json!({ "access_token": "t", "refresh_token": "r", "expires_in": 0 })));
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).succeeds();
    assert!(endpoint.asked(0).to_ascii_lowercase().contains("user-agent: countersign/"));
    let headers = [
        "--token-header",
        "Origin: https://spa.example",
        "--token-header",
        "X-Key: env:K",
        "--token-header",
        "X-Lit: l1t",
    ];
    home.run(&machine(&url)).args(["--fresh"]).args(headers).env("K", "s3cret-key").succeeds();
    let asked = endpoint.asked(1).to_ascii_lowercase();
    assert!(asked.contains("origin: https://spa.example") && asked.contains("x-key: s3cret-key"), "{asked}");
    let kept = home.tokens();
    assert!(kept.contains("X-Key: env:K") && !kept.contains("s3cret-key") && !kept.contains("l1t"), "{kept}");
    home.run(&["get", "m", "--client-secret=text:secret"]).env("K", "s3cret-key").succeeds();
    let asked = endpoint.asked(2).to_ascii_lowercase();
    assert!(asked.contains("grant_type=refresh_token") && asked.contains("x-key: s3cret-key"), "{asked}");
    for wrong in ["Host: evil.example", "Content-Length: 5", "no colon", "a b: c", "Transfer-Encoding: chunked"] {
        home.run(&machine(&url)).args(["--fresh", "--token-header", wrong]).fails(2).stdout_is("");
    }
}

#[test]
fn a_revocation_is_done_when_nothing_is_left_to_revoke() {
    let server = provider(|target, asked| match (target, asked.contains("token_type_hint=refresh_token")) {
        ("/revoke", true) => (200, json!({})),
        ("/revoke", false) => {
            (400, json!({ "error": "invalid_token", "error_description": "Token expired or revoked" }))
        }
        _ => (200, json!({ "access_token": "t", "refresh_token": "r", "expires_in": 3600 })),
    });
    let home = Home::new();
    let revocation = server.at("/revoke");
    sign_in(&home, &server, "g", &["--revocation-url", &revocation]).exits(0);
    home.run(&["revoke", "g"]).succeeds().stderr_is("");
    home.run(&["list"]).succeeds().stdout_is("");
    let stubborn = provider(|target, _| match target {
        "/revoke" => (401, json!({ "error": "invalid_client" })),
        _ => (200, json!({ "access_token": "t", "expires_in": 3600 })),
    });
    let revocation = stubborn.at("/revoke");
    sign_in(&home, &stubborn, "g", &["--revocation-url", &revocation]).exits(0);
    home.run(&["revoke", "g"]).fails(4).stderr_has("oauth-token delete g");
    home.run(&["show", "g"]).succeeds();
}

#[test]
fn what_needs_no_person_is_got_again_by_name_and_by_sign() {
    let endpoint =
        Endpoint::new(|index, _| (200, json!({ "access_token": format!("token-{index}"), "expires_in": 0 })));
    let url = endpoint.url();
    let exchange = ["--subject-token", "env:SECRET", "--subject-token-type", "urn:x"];
    for (grant, more) in [
        ("jwt_bearer", &["--assertion", "env:SECRET"][..]),
        ("token_exchange", &exchange),
        ("password", &["--username", "alice", "--password", "env:SECRET"]),
        ("login", &["--username", "alice", "--password", "env:SECRET"]),
        ("client_credentials", &["--client-id", "id", "--client-secret", "env:SECRET"]),
    ] {
        let home = Home::new();
        let before = endpoint.count();
        home.run(&["get", "sa", "--grant", grant, "--access-token-url", &url])
            .args(more)
            .env("SECRET", "s3")
            .succeeds();
        home.run(&["get", "sa"]).env("SECRET", "s3").succeeds().stdout_is(&format!("token-{}\n", before + 1));
        let sign = crate::support::Tool::new("sign").args(["oauth2", "--token-name", "sa", "--to", "header"]);
        let sign = sign.env("COUNTERSIGN_HOME", home.path()).env("SECRET", "s3").stdin("https://api.example.com/\n");
        sign.succeeds().stdout_is(&format!("Authorization: Bearer token-{}\n", before + 2));
        let body = |index: usize| endpoint.asked(index).split("\r\n\r\n").nth(1).expect("a body").to_owned();
        assert_eq!((body(before), body(before)), (body(before + 1), body(before + 2)), "{grant}");
        assert!(!home.tokens().contains("\"s3\""));
    }
}

#[test]
fn a_lifetime_of_the_user_s_and_the_end_of_a_jwt_count_where_the_server_says_none() {
    let jwt = id_token(&json!({ "exp": 4_102_444_800_i64 }));
    let endpoint = Endpoint::new(move |index, _| match index {
        0 => (200, json!({ "access_token": jwt })),
        index => (200, json!({ "access_token": format!("token-{index}") })),
    });
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).args(["--format", "json"]).succeeds().stdout_has("2100-01-01T00:00:00Z");
    let short = home.run(&machine(&url)).args(["--fresh", "--lifetime", "10s"]).succeeds();
    short.stdout_is("token-1\n");
    home.run(&machine(&url)).succeeds().stdout_is("token-2\n");
}

#[test]
fn a_token_of_a_clock_that_was_ahead_is_replaced_and_a_narrower_scope_is_told() {
    let endpoint = Endpoint::new(|index, _| {
        (200, json!({ "access_token": format!("token-{index}"), "expires_in": 3600, "scope": "read" }))
    });
    let (home, url) = (Home::new(), endpoint.url());
    let told = home.run(&machine(&url)).args(["--now", "2090-01-01T00:00:00Z", "--scope", "read write"]).succeeds();
    told.stderr_has("not write");
    home.run(&machine(&url)).succeeds().stdout_is("token-1\n");
}
