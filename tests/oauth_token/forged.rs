//! Answers that are not what they say, and secrets that must stay where they belong.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::home::{Endpoint, Home, numbered};
use super::listener::{browse, parameter};
use crate::support::origin::Origin;
use crate::support::{Output, Tool};

/// Returns the metadata of a discovered server, with another server's words where a test wants them.
fn metadata(issuer: &str, changes: Value) -> Value {
    let mut metadata = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "pushed_authorization_request_endpoint": format!("{issuer}/par"),
        "authorization_response_iss_parameter_supported": true,
    });
    for (name, value) in changes.as_object().expect("an object") {
        metadata[name] = value.clone();
    }
    metadata
}

/// A server with metadata at this path; `token` answers the token endpoint with the pushed request in its hand.
fn server(place: &'static str, changes: Value, token: impl Fn(&str) -> Value + Send + Sync + 'static) -> Endpoint {
    let pushed = std::sync::Mutex::new(String::new());
    Endpoint::new(move |_, asked| {
        let host = asked.split_once("\r\nhost: ").or_else(|| asked.split_once("\r\nHost: ")).expect("a host").1;
        let issuer = format!("http://{}{}", host.split("\r\n").next().expect("a line"), place_path(place));
        let line = asked.split("\r\n").next().expect("a line");
        match line.split(' ').nth(1).expect("a target") {
            target if target == place => (200, metadata(&issuer, changes.clone())),
            target if target.ends_with("/par") => {
                asked.split("\r\n\r\n").nth(1).expect("a body").clone_into(&mut pushed.lock().expect("the request"));
                (201, json!({ "request_uri": "urn:example:bwc4JK-ESC0w8acc191e-Y1LTC2", "expires_in": 90 }))
            }
            target if target.ends_with("/token") => (200, token(&pushed.lock().expect("the request"))),
            _ => (404, json!({})),
        }
    })
}

/// The path that an issuer has whose metadata is at this place.
fn place_path(place: &str) -> &str {
    place.strip_prefix("/.well-known/oauth-authorization-server").unwrap_or_default()
}

const OIDC: &str = "/.well-known/openid-configuration";
const RFC_8414: &str = "/.well-known/oauth-authorization-server/tenant";

/// Signs in at this server; the browser comes back with what `answer` makes of the state.
fn sign_in(home: &Home, endpoint: &Endpoint, path: &str, scope: &str, answer: &dyn Fn(&str) -> String) -> Output {
    let issuer = format!("{}{path}", endpoint.url().trim_end_matches("/token"));
    let arguments = ["--grant", "authorization_code", "--client-id", "s6BhdRkqt3", "--scope", scope];
    let tool = home.run(&["get", "t", "--discover", &issuer]).args(arguments).env("BROWSER", "true");
    let mut running = tool.start();
    let url = running.stderr_line_with("/auth?");
    // The browser carries the request's name and nothing else (RFC 9126 section 4).
    assert!(
        url.ends_with("/auth?client_id=s6BhdRkqt3&request_uri=urn%3Aexample%3Abwc4JK-ESC0w8acc191e-Y1LTC2"),
        "{url}"
    );
    let pushed = (0..endpoint.count()).rev().map(|index| endpoint.asked(index)).find(|asked| asked.contains("/par "));
    let pushed = pushed.expect("a pushed request");
    let form = format!("?{}", pushed.split("\r\n\r\n").nth(1).expect("a body"));
    assert!(pushed.starts_with("POST ") && pushed.contains("application/x-www-form-urlencoded"));
    for (name, value) in [("response_type", "code"), ("client_id", "s6BhdRkqt3"), ("code_challenge_method", "S256")] {
        assert_eq!(parameter(&form, name), value);
    }
    let redirect = parameter(&form, "redirect_uri");
    let address = redirect.trim_start_matches("http://").trim_end_matches("/callback").to_owned();
    let taken = browse(&address, &format!("/callback?code=c&{}", answer(&parameter(&form, "state"))), &address);
    assert!(taken.starts_with("HTTP/1.1 303"), "{taken}");
    browse(&address, "/callback/done", &address);
    running.finish()
}

#[test]
fn both_kinds_of_metadata_are_found_and_only_of_the_issuer_that_was_asked() {
    for (place, path) in [(OIDC, ""), (RFC_8414, "/tenant")] {
        let endpoint = server(place, json!({}), |_| numbered(0));
        let issuer = format!("{}{path}", endpoint.url().trim_end_matches("/token"));
        let right = |state: &str| format!("state={state}&iss={}", issuer.replace(':', "%3A").replace('/', "%2F"));
        sign_in(&Home::new(), &endpoint, path, "read", &right).exits(0).stdout_is("token-0\n");
        // RFC 9207: another issuer, and none where one was promised.
        let other = |state: &str| format!("state={state}&iss=http%3A%2F%2Fevil.example");
        sign_in(&Home::new(), &endpoint, path, "read", &other).exits(1).stdout_is("").stderr_has("issuer");
        let none = |state: &str| format!("state={state}");
        sign_in(&Home::new(), &endpoint, path, "read", &none).exits(1).stdout_is("").stderr_has("issuer");
        // Nothing else in the answer stands in for it, and twice is as good as none.
        for more in ["id_token=x", "response=x", "error=x", "issuer=x", "iss=x&iss=x", "access_token=x&id_token=a.b.c"]
        {
            let answer = |state: &str| format!("state={state}&{more}");
            sign_in(&Home::new(), &endpoint, path, "read", &answer).exits(1).stdout_is("").stderr_has("no issuer");
        }
    }
    // However the user writes the end of the issuer, it is the server's own spelling that counts.
    let endpoint = server(OIDC, json!({}), |_| numbered(0));
    let issuer = endpoint.url().trim_end_matches("/token").to_owned();
    let right = |state: &str| format!("state={state}&iss={}", issuer.replace(':', "%3A").replace('/', "%2F"));
    let home = Home::new();
    sign_in(&home, &endpoint, "/", "read", &right).exits(0).stdout_is("token-0\n");
    let asked = endpoint.count();
    for spelled in [issuer.clone(), format!("{issuer}/")] {
        let again = ["get", "t", "--grant", "authorization_code", "--client-id", "s6BhdRkqt3", "--scope", "read"];
        home.run(&again).args(["--discover", &spelled]).succeeds().stdout_is("token-0\n");
        // An endpoint that is told is another request.
        home.run(&again).args(["--discover", &spelled, "--access-token-url", "http://127.0.0.1:1/"]).fails(5);
    }
    assert_eq!(endpoint.count(), asked);
    let liar = server(OIDC, json!({ "issuer": "https://other.example" }), |_| numbered(0));
    let issuer = liar.url().trim_end_matches("/token").to_owned();
    let machine = ["get", "--grant", "client_credentials", "--client-id", "id", "--discover", &issuer];
    Home::new().run(&machine).fails(1).stdout_is("").stderr_has("another issuer");
}

#[test]
fn an_id_token_must_be_for_this_request_and_this_token() {
    let encode = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let right = json!({ "aud": "s6BhdRkqt3" });
    // RFC 7518 and OpenID Connect Core 3.1.3.6: the left half of SHA-256("token-0"), computed with sha256sum.
    for (claims, exit) in [
        (right, 0),
        (json!({ "aud": ["other", "s6BhdRkqt3"] }), 0),
        (json!({ "aud": "other" }), 1),
        (json!({ "aud": "s6BhdRkqt3", "nonce": "other" }), 1),
        (json!({ "aud": "s6BhdRkqt3", "iss": "https://other.example" }), 1),
        (json!({ "aud": "s6BhdRkqt3", "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }), 1),
        (json!({ "aud": "s6BhdRkqt3", "at_hash": AT_HASH }), 0),
        (json!({ "aud": "s6BhdRkqt3", "azp": "s6BhdRkqt3" }), 0),
        (json!({ "aud": "s6BhdRkqt3", "azp": "other" }), 1),
        (json!({ "aud": "s6BhdRkqt3", "exp": 1 }), 1),
        (json!({ "aud": "s6BhdRkqt3", "exp": null }), 1),
        (json!({ "aud": "s6BhdRkqt3", "exp": "4000000000" }), 1),
        (json!({ "aud": "s6BhdRkqt3", "exp": 4_000_000_000.5 }), 0),
    ] {
        let issuer = std::sync::Arc::new(std::sync::OnceLock::<String>::new());
        let (known, given) = (std::sync::Arc::clone(&issuer), claims.clone());
        let endpoint =
            server(OIDC, json!({ "authorization_response_iss_parameter_supported": false }), move |pushed| {
                let nonce = parameter(&format!("?{pushed}"), "nonce");
                let mut all =
                    json!({ "nonce": nonce, "iss": known.get().expect("an issuer"), "exp": 4_000_000_000_u64 });
                for (name, value) in given.as_object().expect("claims") {
                    all[name] = value.clone();
                }
                let mut answer = numbered(0);
                answer["id_token"] = format!("{}.{}.c2ln", encode(json!({ "alg": "RS256" })), encode(all)).into();
                answer
            });
        issuer.set(endpoint.url().trim_end_matches("/token").to_owned()).expect("once");
        sign_in(&Home::new(), &endpoint, "", "openid", &|state| format!("state={state}")).exits(exit);
    }
}

const AT_HASH: &str = "bALPIINGnnJ1iji-C3xuqw";

#[test]
fn no_secret_is_in_what_is_said_however_much_is_asked_for_and_however_the_server_repeats_it() {
    let endpoint = Endpoint::new(|index, asked| match index {
        0 => {
            let authorization = asked.lines().find(|line| line.to_ascii_lowercase().starts_with("authorization:"));
            let echo =
                format!("{} {}", authorization.expect("a header"), asked.split("\r\n\r\n").nth(1).expect("a body"));
            (401, json!({ "error": "invalid_client", "error_description": echo, "error_uri": echo }))
        }
        1 => (400, json!({ "error": "s3cret-of-the-client" })),
        2 => (200, json!({ "access_token": 1, "s3cret-of-the-client": "t0ken" })),
        _ => (200, json!({ "access_token": "t0ken", "refresh_token": "r3fresh" })),
    });
    let (home, url) = (Home::new(), endpoint.url());
    let client = ["--client-id", "id", "--client-secret", "env:SECRET", "--access-token-url", &url];
    let user = ["get", "u", "-vv", "--grant", "password", "--username", "alice", "--password", "env:PASSWORD"];
    let run = || {
        let tool = home.run(&user).args(client).env("SECRET", "s3cret-of-the-client").env("PASSWORD", "p4ssword");
        let output = tool.run().never_says("s3cret-of-the-client").never_says("p4ssword");
        output.never_says(&STANDARD.encode("id:s3cret-of-the-client"))
    };
    run().exits(4).stderr_has("invalid_client");
    run().exits(1);
    run().exits(1).never_says("t0ken");
    let output = run().exits(0).stdout_is("t0ken\n").never_says("r3fresh");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("t0ken"));
    for command in [&["list"][..], &["show", "u"], &["delete", "u"]] {
        home.run(command).args(["-vv"]).succeeds().never_says("t0ken").never_says("r3fresh");
    }
}

#[test]
fn a_browser_and_its_command_line_see_no_secret() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    let (report, url) = (home.path().join("report"), endpoint.url());
    let script = home.path().join("browser");
    std::fs::write(
        &script,
        "#!/bin/sh\n{ echo \"$@\"; ps -eo args; } > \"$REPORT.new\"; mv \"$REPORT.new\" \"$REPORT\"\n",
    )
    .expect("a script");
    let arguments =
        ["get", "--grant", "authorization_code", "--auth-url", "http://127.0.0.1:1/auth", "--client-id", "id"];
    let more = ["--access-token-url", &url, "--client-secret", "env:SECRET", "--code-verifier", "env:VERIFIER"];
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let tool = home.run(&arguments).args(more).env("SECRET", "s3cret-of-the-client").env("VERIFIER", verifier);
    let browser = format!("sh {} --new-window=%s", script.display());
    let mut running = tool.env("REPORT", &report).env("BROWSER", format!("/nonexistent:{browser}")).start();
    let shown = running.stderr_line_with("http://127.0.0.1:1/auth");
    // RFC 7636 appendix B.
    assert_eq!(parameter(&shown, "code_challenge"), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    let address = parameter(&shown, "redirect_uri").trim_start_matches("http://").replace("/callback", "");
    let until = std::time::Instant::now() + crate::support::tool::LIMIT;
    while !report.is_file() && std::time::Instant::now() < until {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    browse(&address, &format!("/callback?code=c&state={}", parameter(&shown, "state")), &address);
    browse(&address, "/callback/done", &address);
    running.finish().exits(0);
    let report = std::fs::read_to_string(report).expect("a report");
    assert!(report.starts_with(&format!("--new-window={}", shown.trim())), "{report}");
    for secret in ["s3cret-of-the-client", verifier] {
        assert!(!report.contains(secret), "{secret} is in a command line");
    }
    assert!(endpoint.asked(0).contains(&format!("code_verifier={verifier}")));
}

#[test]
fn a_client_assertion_says_what_rfc_7523_wants_for_one_minute() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let url = endpoint.url();
    let key = format!("file:{}/tests/vectors/keys/p256.pem", env!("CARGO_MANIFEST_DIR"));
    let arguments = ["get", "--grant", "client_credentials", "--client-id", "id", "--access-token-url", &url];
    let more = ["--client-authentication", "private_key_jwt", "--private-key", &key, "--key-id", "k", "--now", "@1000"];
    let claims = |index: usize| {
        Home::new().run(&arguments).args(more).succeeds();
        let asked = endpoint.asked(index);
        assert!(
            asked.contains("client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer")
        );
        assert!(!asked.to_ascii_lowercase().contains("authorization:"));
        let jwt = parameter(&asked, "client_assertion");
        let part = |at: usize| -> Value {
            let text = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(at).expect("a part")).expect("base64");
            serde_json::from_slice(&text).expect("JSON")
        };
        assert_eq!(part(0), json!({ "alg": "ES256", "typ": "JWT", "kid": "k" }));
        part(1)
    };
    let (first, second) = (claims(0), claims(1));
    assert_eq!((&first["iss"], &first["sub"], &first["aud"]), (&json!("id"), &json!("id"), &json!(url)));
    assert_eq!((&first["iat"], &first["exp"]), (&json!(1000), &json!(1060)));
    assert_ne!(first["jti"], second["jti"]);
}

#[test]
fn redirects_are_not_followed_and_long_answers_are_refused() {
    let secret = ["get", "--grant", "client_credentials", "--client-id", "id", "--client-secret=text:s"];
    let target = Endpoint::new(|index, _| (200, numbered(index)));
    let place = target.url();
    let answering = |head: String, body: String| {
        Origin::http(move |peer| {
            while peer.request().is_some() {
                peer.write(format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
            }
        })
    };
    let get = |origin: &Origin| Home::new().run(&secret).args(["--access-token-url", &origin.url("/token")]).run();
    let redirecting = answering(format!("307 Elsewhere\r\nLocation: {place}"), String::new());
    get(&redirecting).exits(1).stdout_is("").stderr_has("redirects");
    assert_eq!(target.count(), 0);
    let long = answering("200 OK".to_owned(), format!("{{\"access_token\":\"{}\"}}", "a".repeat(1 << 20)));
    get(&long).exits(1).stdout_is("");
    let nonsense = answering("200 OK".to_owned(), "[".repeat(100_000));
    get(&nonsense).exits(1).stdout_is("").stderr_has("not a JSON object");
    let control = answering("200 OK".to_owned(), r#"{"access_token":"a\nX-Injected: b"}"#.to_owned());
    get(&control).exits(1).stdout_is("");
    let silent = Tool::new("oauth-token").args(secret).args(["--access-token-url", "http://127.0.0.1:1/"]);
    silent.fails(3).stdout_is("");
}
