//! Parameters and claims of `sign asap`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use super::keys::{P256, RSA};
use super::{authorization, json_part, part, token};
use crate::support::{Output, Tool, peers, sign};

/// A run on a line that asks for a token with these parameters beside good ones; `null` takes one away.
fn asap(parameters: &Value) -> Tool {
    let mut auth = json!({"alg": "ES256", "kid": "k/1", "iss": "me", "aud": "you", "privateKey": P256});
    for (name, value) in parameters.as_object().expect("an object") {
        auth[name] = value.clone();
    }
    let line = json!({"url": "http://h.example/", "_auth": {"type": "asap", "asap": auth}});
    sign(["inherit", "--now", "@1700000000", "--nonce", "n"]).stdin(line.to_string())
}

fn claims(parameters: &Value) -> Value {
    json_part(&asap_token(parameters), 1)
}

fn asap_token(parameters: &Value) -> String {
    token(&asap(parameters).succeeds().json()[0])
}

#[test]
fn a_token_says_who_it_is_for_and_how_long() {
    let token = asap_token(&json!({}));
    assert_eq!(part(&token, 0), r#"{"alg":"ES256","kid":"k/1"}"#);
    let expected = r#"{"iss":"me","sub":"me","aud":"you","jti":"n","iat":1700000000,"exp":1700003600}"#;
    assert_eq!(part(&token, 1), expected);
}

#[test]
fn the_algorithm_is_rs256_unless_told_otherwise() {
    let token = asap_token(&json!({"alg": null, "privateKey": RSA}));
    assert_eq!(json_part(&token, 0), json!({"alg": "RS256", "kid": "k/1"}));
}

#[test]
fn every_request_gets_a_new_identifier() {
    let options = ["asap", "--kid", "k", "--iss", "me", "--aud", "you", "--alg", "ES256", "--private-key", P256];
    let lines = sign(options).stdin("http://h.example/\nhttp://h.example/\n").succeeds().json();
    let identifiers: Vec<Value> = lines.iter().map(|line| json_part(&token(line), 1)["jti"].clone()).collect();
    assert_ne!(identifiers[0], identifiers[1]);
    for identifier in &identifiers {
        let text = identifier.as_str().expect("text");
        let is_uuid4 = |(at, c): (usize, char)| match at {
            8 | 13 | 18 | 23 => c == '-',
            14 => c == '4',
            19 => "89ab".contains(c),
            _ => c.is_ascii_hexdigit() && !c.is_ascii_uppercase(),
        };
        assert!(text.len() == 36 && text.char_indices().all(is_uuid4), "{text}");
    }
}

#[test]
fn the_subject_is_the_issuer_unless_it_is_given() {
    assert_eq!(claims(&json!({"sub": "alice"}))["sub"], "alice");
    assert_eq!(claims(&json!({"sub": ""}))["sub"], "me");
    assert_eq!(claims(&json!({"claims": {"iss": "other"}}))["sub"], "other");
    assert_eq!(claims(&json!({"sub": "alice", "claims": {"sub": "bob"}}))["sub"], "bob");
}

#[test]
fn claims_go_before_parameters_and_stay_as_they_are_written() {
    let text =
        r#"{ "exp": 17e8, "aud":["a","b"], "iss":"i", "sub":"s", "kid":"other", "jti":"j", "iat":1.5, "x":{"y":1} }"#;
    for given in [json!(text), serde_json::from_str(text).expect("JSON")] {
        let token = asap_token(&json!({"claims": given, "sub": "alice", "exp": 60}));
        assert_eq!(json_part(&token, 1), serde_json::from_str::<Value>(text).expect("JSON"));
        assert_eq!(json_part(&token, 0)["kid"], "other");
    }
    assert_eq!(part(&asap_token(&json!({"claims": text})), 1), text);
    let claims = claims(&json!({"claims": " {\"iss\":null,\"aud\":\"\",\"x\":1} "}));
    assert_eq!((&claims["iss"], &claims["aud"], &claims["x"]), (&json!("me"), &json!("you"), &json!(1)));
}

#[test]
fn exp_is_a_duration_of_whole_seconds() {
    for (exp, expected) in [
        (json!(60), 1_700_000_060),
        (json!("60"), 1_700_000_060),
        (json!("60s"), 1_700_000_060),
        (json!("1.5m"), 1_700_000_090),
        (json!("1h"), 1_700_003_600),
        (json!(null), 1_700_003_600),
    ] {
        assert_eq!(claims(&json!({"exp": exp}))["exp"], expected);
    }
    for exp in [json!(0), json!("-1"), json!("1h30m"), json!("500ms"), json!(1.5)] {
        asap(&json!({"exp": exp})).fails(1).stdout_is("").stderr_has("asap: exp is not a");
    }
}

#[test]
fn what_is_missing_or_unknown_is_an_error_and_never_unsigned() {
    for (parameters, problem) in [
        (json!({"kid": null}), "kid is missing"),
        (json!({"kid": ""}), "kid is missing"),
        (json!({"iss": null}), "iss is missing"),
        (json!({"aud": null}), "aud is missing"),
        (json!({"privateKey": null}), "privateKey is missing"),
        (json!({"alg": "HS256"}), "alg is not an algorithm that is known (RS256, "),
        (json!({"alg": "EdDSA"}), "alg is not an algorithm that is known"),
        (json!({"alg": "none"}), "alg is not an algorithm that is known"),
        (json!({"alg": "ES384"}), "privateKey is a key for P-256; this algorithm needs one for P-384"),
        (json!({"claims": "{"}), "claims is not JSON"),
        (json!({"claims": "[]"}), "claims is not a JSON object"),
        (json!({"claims": {"kid": 1}}), "claims is not usable: kid is not text"),
    ] {
        asap(&parameters).fails(1).stdout_is("").stderr_has(&format!("line 1: asap: {problem}"));
    }
    sign(["asap"]).stdin("http://h.example/\n").fails(2).stdout_is("").stderr_has("--kid");
}

/// The data URI of a key, with this id in it.
fn data_uri(kid: &str) -> String {
    let body: String = P256.lines().filter(|line| !line.contains(['-', ':'])).collect();
    assert!(BASE64.decode(&body).is_ok());
    format!("data:application/pkcs8;kid={kid};base64,{body}")
}

#[test]
fn a_data_uri_is_a_key_whose_id_must_match() {
    let expected = asap_token(&json!({}));
    for text in [data_uri("k%2F1"), data_uri("k/1"), format!("\"{}\"", data_uri("k%2f1")), P256.replace('\n', "\\n")] {
        assert_eq!(asap_token(&json!({"privateKey": text})), expected, "{text}");
    }
    let refused = |text: String| -> Output { asap(&json!({"privateKey": text})).fails(1).stdout_is("") };
    refused(data_uri("k2")).stderr_has("asap: privateKey is not the key of that kid");
    refused("data:application/pkcs8;kid=k%2F1;base64,AAAA".to_owned()).stderr_has("privateKey is damaged");
    refused("data:application/pkcs8;kid=k%2F1,AAAA".to_owned()).stderr_has("privateKey is a damaged data URI");
}

#[test]
fn the_header_is_replaced_and_can_be_written_alone() {
    let options =
        ["asap", "--kid", "k", "--iss", "me", "--aud", "you", "--alg", "ES256", "--private-key", "file:key.pem"];
    let request = json!({"url": "http://h.example/", "headers": [{"name": "AUTHORIZATION", "value": "Bearer old"}]});
    let run = |to: &str| sign(options).file("key.pem", P256).args(["--to", to]).stdin(request.to_string()).succeeds();
    assert_eq!(authorization(&run("json").json()[0]).len(), 1);
    run("header").stdout_has("Authorization: Bearer eyJ");
    run("url").stdout_is("http://h.example/\n");
    let token = token(&run("json").json()[0]);
    let question = json!({
        "token": token, "algorithm": "ES256", "key": include_str!("../../vectors/keys/p256.pub.pem"),
        "audience": "you", "issuer": "me",
    });
    assert_eq!(peers::ask("pyjwt.py", &[question]).remove(0)["error"], Value::Null);
}

#[test]
fn no_secret_is_shown() {
    let line = P256.lines().nth(2).expect("a line of the key");
    let output = asap(&json!({})).args(["--explain", "-v"]).succeeds().stderr_lacks(line);
    let signed = token(&output.json()[0]);
    let (input, signature) = signed.rsplit_once('.').expect("dots");
    assert_eq!(output.steps("signing input"), [input]);
    assert_eq!(output.steps("payload").len(), 1);
    output.stderr_lacks(signature);
}
