//! ID tokens that come through the browser: signed by the issuer, for this request, or refused.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::Digest as _;

use super::home::{Endpoint, Home, numbered};
use super::listener::{browse, parameter, post};
use crate::support::Output;
use crate::support::tool::sign;

const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/keys");

const SECRET: &str = "a client secret of 32 bytes or more";

/// A change of one ID token, or of the issuer's answers, against a sign-in in which everything is right.
#[derive(Clone)]
struct Case {
    alg: &'static str,
    /// The file of the private key, or the secret of an HMAC.
    key: &'static str,
    /// Changes of the header, the claims and the issuer's metadata; null removes a member.
    header: Value,
    claims: Value,
    metadata: Value,
    /// The issuer's answer for its keys.
    keys: (u16, Value),
    /// A change of the signed text.
    spoil: fn(String) -> String,
    /// The setting that tells the issuer.
    settings: &'static [&'static str],
}

/// The published keys with these members set in each.
fn published(changes: &Value) -> Value {
    let text = std::fs::read_to_string(format!("{KEYS}/jwks.json")).expect("the keys");
    let mut set: Value = serde_json::from_str(&text).expect("JSON");
    for key in set["keys"].as_array_mut().expect("a list") {
        change(key, changes);
    }
    set
}

fn change(object: &mut Value, changes: &Value) {
    for (name, value) in changes.as_object().expect("an object") {
        if value.is_null() {
            object.as_object_mut().expect("an object").remove(name);
        } else {
            object[name] = value.clone();
        }
    }
}

fn right() -> Case {
    Case {
        alg: "RS256",
        key: "rsa",
        header: json!({}),
        claims: json!({}),
        metadata: json!({}),
        keys: (200, published(&json!({}))),
        spoil: |text| text,
        settings: &["--discover"],
    }
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// The left half of a text's hash (OpenID Connect Core 3.1.3.6).
fn half(alg: &str, text: &str) -> String {
    let digest = match alg.get(2..) {
        Some("384") => sha2::Sha384::digest(text).to_vec(),
        Some("512" | "DSA") => sha2::Sha512::digest(text).to_vec(),
        _ => sha2::Sha256::digest(text).to_vec(),
    };
    URL_SAFE_NO_PAD.encode(&digest[..digest.len() / 2])
}

/// A token that `sign jwt` signs, or one with a made-up signature for what it does not sign.
fn signed(case: &Case, claims: &Value) -> String {
    let mut header = json!({ "alg": case.alg, "kid": case.key });
    change(&mut header, &case.header);
    let named = header["alg"].as_str().unwrap_or_default();
    if named != case.alg || case.alg == "none" {
        return format!("{}.{}.c2ln", encoded(&header), encoded(claims));
    }
    let (option, key) = match case.alg.get(..2) {
        Some("HS") => ("--secret", format!("text:{}", case.key)),
        _ => ("--private-key", format!("file:{KEYS}/{}.pem", case.key)),
    };
    let given = ["jwt", "--algorithm", case.alg, option, &key, "--header", &header.to_string(), "--payload"];
    let output = sign(given).args([&claims.to_string(), "--to", "header"]).stdin("https://a.example/\n").succeeds();
    output.out().trim().strip_prefix("Authorization: Bearer ").expect("a token").to_owned()
}

/// Signs in with `implicit`, or with a hybrid response type; returns the outcome and how often the keys were asked for.
fn sign_in(case: &Case, response_type: &[&str]) -> (Output, usize) {
    let asked = Arc::new(AtomicUsize::new(0));
    let (metadata, keys, count) = (case.metadata.clone(), case.keys.clone(), Arc::clone(&asked));
    let endpoint = Endpoint::new(move |_, request| {
        let host = request.to_ascii_lowercase();
        let host = host.split("\r\nhost: ").nth(1).and_then(|rest| rest.split("\r\n").next()).expect("a host");
        let issuer = format!("http://{host}");
        match request.split(' ').nth(1).expect("a target") {
            "/.well-known/openid-configuration" => {
                let mut all = json!({
                    "issuer": issuer, "authorization_endpoint": format!("{issuer}/auth"),
                    "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys"),
                });
                change(&mut all, &metadata);
                (200, all)
            }
            "/keys" => {
                count.fetch_add(1, Ordering::SeqCst);
                keys.clone()
            }
            "/token" => {
                let mut answer = numbered(0);
                let claims =
                    json!({ "iss": issuer, "sub": "other", "aud": "id", "exp": 4_000_000_000_u64, "nonce": "n0nce" });
                answer["id_token"] = format!("{}.{}.c2ln", encoded(&json!({"alg": "RS256"})), encoded(&claims)).into();
                (200, answer)
            }
            _ => (404, json!({})),
        }
    });
    let issuer = endpoint.url().trim_end_matches("/token").to_owned();
    let auth = format!("{issuer}/auth");
    let mut settings: Vec<&str> = case.settings.to_vec();
    match settings.as_slice() {
        ["--discover"] => settings.push(&issuer),
        ["--auth-url"] => settings.push(&auth),
        _ => {}
    }
    let grant = if response_type.is_empty() { "implicit" } else { "authorization_code" };
    let home = Home::new();
    let tool = home.run(&["get", "t", "--grant", grant, "--client-id", "id", "--scope", "openid", "--nonce", "n0nce"]);
    let secret = if case.alg.starts_with("HS") { &["--client-secret", "env:SECRET"][..] } else { &[] };
    let tool = tool.args(settings).args(response_type).args(secret).env("SECRET", SECRET).env("BROWSER", "true");
    let mut running = tool.start();
    let url = running.stderr_line_with("redirect_uri=");
    let address = parameter(&url, "redirect_uri").replace("http://", "").replace("/callback", "");
    let mut claims = json!({
        "iss": issuer, "sub": "alice", "aud": "id", "exp": 4_000_000_000_u64,
        "nonce": parameter(&url, "nonce"), "at_hash": half(case.alg, "token-0"), "c_hash": half(case.alg, "c0de"),
    });
    change(&mut claims, &case.claims);
    let id_token = (case.spoil)(signed(case, &claims));
    let state = parameter(&url, "state");
    let answer = format!("access_token=token-0&token_type=bearer&code=c0de&state={state}&id_token={id_token}");
    let answer = answer.trim_end_matches("&id_token=");
    let taken = post(&address, "/callback", &format!("Origin: http://{address}\r\n"), answer);
    assert!(taken.starts_with("HTTP/1.1 303"), "{taken}");
    browse(&address, "/callback/done", &address);
    let output = running.finish();
    (output, asked.load(Ordering::SeqCst))
}

/// The same token, with another user in it.
fn of_another_user(text: String) -> String {
    let parts: Vec<&str> = text.split('.').collect();
    let claims = String::from_utf8(URL_SAFE_NO_PAD.decode(parts[1]).expect("base64")).expect("JSON");
    assert!(claims.contains("alice"), "{claims}");
    format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(claims.replace("alice", "malice")), parts[2])
}

#[test]
fn every_algorithm_of_an_issuer_s_key_is_checked_and_taken() {
    for (alg, key) in [
        ("RS256", "rsa"),
        ("RS384", "rsa"),
        ("RS512", "rsa"),
        ("PS256", "rsa"),
        ("PS512", "rsa"),
        ("ES256", "p256"),
        ("ES384", "p384"),
        ("ES512", "p521"),
        ("EdDSA", "ed25519"),
        ("HS256", SECRET),
        ("HS512", SECRET),
    ] {
        let case = Case { alg, key, ..right() };
        let (output, asked) = sign_in(&case, &[]);
        output.exits(0).stdout_is("token-0\n");
        assert_eq!(asked, usize::from(!alg.starts_with("HS")), "{alg}");
        let spoiled = Case { spoil: of_another_user, ..case };
        sign_in(&spoiled, &[]).0.exits(1).stdout_is("");
    }
    // Without a `kid` each key that fits is tried, and members of a key that agree change nothing.
    for header in [json!({ "kid": null }), json!({ "typ": "JWT" })] {
        sign_in(&Case { header, ..right() }, &[]).0.exits(0);
    }
    for members in [json!({ "use": "sig" }), json!({ "alg": "RS256" }), json!({ "key_ops": ["verify"] })] {
        sign_in(&Case { keys: (200, published(&members)), ..right() }, &[]).0.exits(0);
    }
}

/// A token whose signature, and nothing else, is taken from another one.
fn without_signature(text: String) -> String {
    text.rsplit_once('.').map(|(signed, _)| format!("{signed}.")).expect("a token")
}

#[test]
fn what_the_issuer_did_not_sign_for_this_request_is_refused() {
    let header = |header: Value| Case { header, ..right() };
    let claims = |claims: Value| Case { claims, ..right() };
    let keys = |keys: Value| Case { keys: (200, keys), ..right() };
    let many: Vec<Value> = (0..101).map(|_| published(&json!({}))["keys"][0].clone()).collect();
    let cases = [
        Case { alg: "none", ..right() },
        header(json!({ "alg": "NONE" })),
        header(json!({ "alg": null })),
        header(json!({ "alg": "RS1" })),
        header(json!({ "alg": "ES256" })),
        header(json!({ "crit": ["exp"], "exp": 1 })),
        Case { spoil: without_signature, ..right() },
        Case { spoil: |text| format!("{text}.x"), ..right() },
        Case { spoil: |_| "x".repeat(70_000), ..right() },
        Case { spoil: |_| String::new(), ..right() },
        Case { key: "rsa-pss", header: json!({ "kid": "rsa" }), alg: "PS256", ..right() },
        Case { alg: "ES256", key: "p256", header: json!({ "kid": "rsa" }), ..right() },
        Case { alg: "HS256", key: "another secret of 32 bytes, or more", ..right() },
        keys(published(&json!({ "use": "enc" }))),
        keys(published(&json!({ "alg": "PS256" }))),
        keys(published(&json!({ "key_ops": ["sign"] }))),
        keys(published(&json!({ "kty": "oct" }))),
        keys(published(&json!({ "n": "AQAB" }))),
        keys(json!({ "keys": many })),
        keys(json!({ "keys": "x" })),
        keys(json!([])),
        keys(json!({ "keys": [], "padding": "x".repeat(1 << 20) })),
        Case { keys: (404, json!({})), ..right() },
        Case { keys: (302, json!({})), ..right() },
        Case { metadata: json!({ "jwks_uri": null }), ..right() },
        claims(json!({ "exp": 1 })),
        claims(json!({ "exp": null })),
        claims(json!({ "at_hash": null })),
        claims(json!({ "at_hash": 5 })),
        claims(json!({ "at_hash": half("RS384", "token-0") })),
        claims(json!({ "nonce": null })),
        claims(json!({ "nonce": "other" })),
        claims(json!({ "aud": "other" })),
        claims(json!({ "aud": [] })),
        claims(json!({ "aud": ["id", "other"] })),
        claims(json!({ "azp": "other" })),
        claims(json!({ "azp": 1 })),
        claims(json!({ "iss": "https://other.example" })),
        claims(json!({ "iss": null })),
    ];
    for (index, case) in cases.into_iter().enumerate() {
        let (output, _) = sign_in(&case, &[]);
        assert_eq!((output.status.code(), output.out().as_str()), (Some(1), ""), "case {index}: {}", output.err());
    }
    sign_in(&claims(json!({ "aud": ["id", "other"], "azp": "id" })), &[]).0.exits(0);
}

#[test]
fn an_unknown_key_is_asked_for_once_more_and_weak_keys_are_none() {
    let unknown = Case { header: json!({ "kid": "new" }), ..right() };
    let (output, asked) = sign_in(&unknown, &[]);
    output.exits(1).stderr_has("has no such key");
    assert_eq!(asked, 2);
    // RFC 7518 section 3.3: whoever has an RSA key of 1024 bits can find the private one.
    let small: Vec<Value> = published(&json!({ "kid": "rsa" }))["keys"].as_array().expect("keys")[1..2].to_vec();
    sign_in(&Case { keys: (200, json!({ "keys": small })), ..right() }, &[]).0.exits(1).stdout_is("");
}

#[test]
fn without_a_known_issuer_only_the_authorization_server_s_own_keys_count() {
    let own = Case { settings: &["--auth-url"], ..right() };
    sign_in(&own, &[]).0.exits(0).stdout_is("token-0\n");
    // Another server could name keys that it has.
    let other = Case { claims: json!({ "iss": "http://127.0.0.1:1" }), ..own.clone() };
    sign_in(&other, &[]).0.exits(1).stdout_is("").stderr_has("--discover");
    let tenant = Case { metadata: json!({ "authorization_endpoint": "http://127.0.0.1:1/other" }), ..own.clone() };
    sign_in(&tenant, &[]).0.exits(1).stdout_is("").stderr_has("--discover");
    sign_in(&Case { claims: json!({ "iss": null }), ..own }, &[]).0.exits(1).stdout_is("").stderr_has("--discover");
}

#[test]
fn a_hybrid_answer_is_checked_before_its_code_is_used() {
    let hybrid = ["--auth-param", "response_type=code id_token"];
    let same = Case { claims: json!({ "sub": "other" }), ..right() };
    sign_in(&same, &hybrid).0.exits(0).stdout_is("token-0\n");
    // The token endpoint speaks of another user.
    sign_in(&right(), &hybrid).0.exits(1).stdout_is("").stderr_has("sub");
    for claims in [json!({ "c_hash": null }), json!({ "c_hash": half("RS256", "other") }), json!({ "exp": 1 })] {
        sign_in(&Case { claims, ..right() }, &hybrid).0.exits(1).stdout_is("");
    }
    let unsigned = Case { spoil: without_signature, ..same };
    sign_in(&unsigned, &hybrid).0.exits(1).stdout_is("");
    sign_in(&Case { spoil: |_| String::new(), ..right() }, &hybrid).0.exits(1).stdout_is("").stderr_has("no ID token");
}
