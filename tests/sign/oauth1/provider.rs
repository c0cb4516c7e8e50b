//! A provider that verifies: what `sign oauth1` signs and curl sends is accepted with the right keys and refused with others.

use std::sync::OnceLock;

use serde_json::{Value, json};

use super::case::METHODS;
use crate::support::peers::Server;
use crate::support::{Tool, sign};

const KEY: &str = include_str!("../../vectors/keys/rsa.pem");
const OTHER_KEY: &str = include_str!("../../vectors/oauth1/wiki-rsa.pem");

/// One provider for all tests of this file.
fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start("oauth1_server.py"))
}

fn url(target: &str) -> String {
    format!("http://127.0.0.1:{}{target}", server().ready["port"])
}

/// `sign oauth1` with the client's keys, and the user's token where there is to be one.
fn oauth1(options: &[&str]) -> Tool {
    sign(["oauth1", "--consumer-key", server().text("/consumer_key")])
        .args(options)
        .env("COUNTERSIGN_OAUTH1_CONSUMER_SECRET", server().text("/consumer_secret"))
        .env("COUNTERSIGN_OAUTH1_PRIVATE_KEY", KEY)
}

fn with_token(options: &[&str]) -> Tool {
    oauth1(options)
        .args(["--token", server().text("/token")])
        .env("COUNTERSIGN_OAUTH1_TOKEN_SECRET", server().text("/token_secret"))
}

/// Signs a request for curl, which sends it: the status, and what came back.
fn send(tool: Tool, request: &Value) -> (u16, String) {
    let config = tool.args(["--to", "curl-config"]).stdin(request.to_string()).succeeds().out();
    curl(&config)
}

fn curl(config: &str) -> (u16, String) {
    let output = Tool::program("curl")
        .args(["-sS", "-q", "--noproxy", "*", "-w", "\n%{http_code}", "-K", "-"])
        .stdin(config)
        .succeeds()
        .out();
    let (body, status) = output.rsplit_once('\n').expect("a status");
    (status.parse().expect("a status"), body.to_owned())
}

fn form(method: &str) -> Value {
    json!({
        "method": method, "url": url("/photos?size=original&a=b+c&e&a=1&%5Bx%5D=y"),
        "headers": [{"name": "Content-Type", "value": "application/x-www-form-urlencoded"}],
        "postData": {"mimeType": "application/x-www-form-urlencoded", "text": "title=A+day&title=%26&x"},
    })
}

fn document() -> Value {
    json!({
        "method": "POST", "url": url("/photos?a=1"), "headers": [{"name": "Content-Type", "value": "application/json"}],
        "postData": {"mimeType": "application/json", "text": "{\"title\":\"A day\"}"},
    })
}

#[test]
fn every_method_in_every_place_is_accepted() {
    for method in METHODS {
        for (request, options) in [
            (
                json!({"url": url("/photos?size=original&a=b+c&e")}),
                &["--add-params-to-header", "--realm", "Photos"][..],
            ),
            (json!({"url": url("/photos")}), &[][..]),
            (form("POST"), &[][..]),
            (form("PUT"), &[][..]),
            (form("PATCH"), &[][..]),
            (form("POST"), &["--add-params-to-header"][..]),
        ] {
            let (status, body) = send(with_token(&["--signature-method", method]).args(options), &request);
            assert_eq!(status, 200, "{method} {options:?} {request}: {body}");
        }
    }
}

#[test]
fn other_keys_and_tokens_are_refused() {
    let request = json!({"url": url("/photos?a=1")});
    for (tool, what) in [
        (with_token(&["--consumer-secret", "other"]), "consumer secret"),
        (with_token(&["--token-secret", "other"]), "token secret"),
        (oauth1(&["--token", "countersignTestToken9999"]), "token"),
        (with_token(&["--signature-method", "PLAINTEXT", "--token-secret", "other"]), "plain secret"),
        (with_token(&["--signature-method", "RSA-SHA256", "--private-key", OTHER_KEY]), "private key"),
        (with_token(&["--now", "@1318622958"]), "time"),
        (with_token(&["--nonce", "short"]), "nonce"),
    ] {
        let (status, body) = send(tool, &request);
        assert_eq!(status, 401, "{what}: {body}");
    }
}

#[test]
fn a_request_that_was_changed_or_sent_before_is_refused() {
    let config =
        with_token(&["--to", "curl-config", "--add-params-to-header"]).stdin(url("/photos?a=1")).succeeds().out();
    assert_eq!(curl(&config.replace("a=1", "a=2")).0, 401);
    let config = with_token(&["--to", "curl-config"]).stdin(url("/photos?a=1")).succeeds().out();
    assert_eq!(curl(&config).0, 200);
    assert_eq!(curl(&config).0, 401, "the nonce was used");
}

#[test]
fn a_signed_body_hash_guards_a_body_that_is_no_form() {
    for method in METHODS {
        let options = ["--signature-method", method, "--include-body-hash", "--to", "curl-config"];
        let config = with_token(&options).stdin(document().to_string()).succeeds().out();
        let tampered = config.replace("A day", "A year");
        assert_ne!(config, tampered);
        let is_hashed = method != "PLAINTEXT";
        let (status, body) = curl(&config);
        assert_eq!(status, 200, "{method}: {body}");
        assert_eq!(serde_json::from_str::<Value>(&body).expect("JSON")["hashed"], json!(is_hashed), "{method}");
        let config = with_token(&options).stdin(document().to_string()).succeeds().out();
        assert_eq!(curl(&config.replace("A day", "A year")).0, if is_hashed { 401 } else { 200 }, "{method}");
    }
}

#[test]
fn the_query_and_the_form_arrive_as_they_were_written() {
    let (status, body) = send(with_token(&["--add-params-to-header"]), &form("POST"));
    assert_eq!(status, 200);
    let received: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(received["target"], "/photos?size=original&a=b+c&e&a=1&%5Bx%5D=y");
    assert_eq!(received["body"], "dGl0bGU9QStkYXkmdGl0bGU9JTI2Jng=");
}

#[test]
fn callback_and_verifier_lead_to_a_token_that_works() {
    let form_values = |text: &str| -> (String, String) {
        let value = |name: &str| {
            let piece = text.split('&').find_map(|piece| piece.strip_prefix(&format!("{name}=")));
            piece.unwrap_or_else(|| panic!("{name} in {text}")).to_owned()
        };
        (value("oauth_token"), value("oauth_token_secret"))
    };
    for placement in [&[][..], &["--add-params-to-header"]] {
        let ask = json!({"method": "POST", "url": url("/request-token")});
        let tool = oauth1(&["--callback", "https://app.example/back?a=b&c"]).args(placement);
        let (status, body) = send(tool, &ask);
        assert_eq!(status, 200, "{body}");
        let (token, secret) = form_values(&body);
        let (_, agreed) = curl(&format!("url = \"{}\"\n", url(&format!("/authorize?oauth_token={token}"))));
        let agreed: Value = serde_json::from_str(&agreed).expect("JSON");
        assert_eq!(agreed["callback"], "https://app.example/back?a=b&c");
        let exchange = json!({"method": "POST", "url": url("/access-token")});
        let verifier = agreed["verifier"].as_str().expect("a verifier");
        let temporary =
            |verifier: &str| oauth1(&["--token", &token, "--token-secret", &secret, "--verifier", verifier]);
        assert_eq!(send(temporary("wrongVerifier000000000").args(placement), &exchange).0, 401);
        let (status, body) = send(temporary(verifier).args(placement), &exchange);
        assert_eq!(status, 200, "{body}");
        let (token, secret) = form_values(&body);
        let tool = oauth1(&["--token", &token, "--token-secret", &secret]).args(placement);
        assert_eq!(send(tool, &json!({"url": url("/photos")})).0, 200);
    }
}
