//! The differential tests: tokens over random claims, signed by `sign` and verified by PyJWT; where there is only one right
//! signature, PyJWT makes the same one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value, json};

use super::keys::{ALGORITHMS, pair};
use super::{claims, json_part, part, token};
use crate::support::random::Random;
use crate::support::{peers, sign};

const NAMES: &[&str] = &["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "name", "é", "a b", "\\u0061\\n", "x/y", ""];

/// Holds the claims and the key that one line asks for.
struct Case {
    algorithm: &'static str,
    secret: Vec<u8>,
    header: String,
    payload: String,
}

impl Case {
    fn random(random: &mut Random) -> Self {
        let algorithm = random.pick(&ALGORITHMS);
        let secret = (0..=random.below(100)).map(|_| random.number().to_le_bytes()[0]).collect();
        // A `kid` that is no text is refused by PyJWT, as RFC 7515 section 4.1.4 has it.
        let mut header = claims::object(random, &["typ", "cty", "é", "x"]);
        if random.percent(30) {
            header = format!("{{\"alg\": \"{}\"}}", random.pick(&["none", "HS256", "ES256"]));
        }
        Self { algorithm, secret, header, payload: claims::object(random, NAMES) }
    }

    fn line(&self) -> Value {
        let auth = json!({
            "algorithm": self.algorithm, "header": self.header, "payload": self.payload,
            "secret": BASE64.encode(&self.secret), "isSecretBase64Encoded": true, "privateKey": pair(self.algorithm).0,
        });
        json!({"url": "http://h.example/", "_auth": {"type": "jwt", "jwt": auth}})
    }

    fn question(&self, token: &str) -> Value {
        let (private, public) = pair(self.algorithm);
        let key = if public.is_empty() { BASE64.encode(&self.secret) } else { public.to_owned() };
        json!({"token": token, "algorithm": self.algorithm, "key": key, "private_key": private})
    }
}

#[test]
fn pyjwt_verifies_every_algorithm_and_the_claims_are_those_that_were_written() {
    let mut random = Random(0x7519);
    let cases: Vec<Case> = (0..1300).map(|_| Case::random(&mut random)).collect();
    let input: String = cases.iter().map(|case| format!("{}\n", case.line())).collect();
    let lines = sign(["inherit", "-j", "2"]).stdin(input).succeeds().json();
    let tokens: Vec<String> = lines.iter().map(token).collect();
    let questions: Vec<Value> = cases.iter().zip(&tokens).map(|(case, token)| case.question(token)).collect();
    let answers = peers::ask("pyjwt.py", &questions);
    assert_eq!(tokens.len(), cases.len());
    for ((case, token), answer) in cases.iter().zip(&tokens).zip(&answers) {
        let about = format!("{} {token}\n{answer}", case.line());
        assert_eq!(answer["error"], Value::Null, "{about}");
        assert_eq!(part(token, 1), case.payload, "{about}");
        assert_eq!(answer["payload"], BASE64.encode(&case.payload), "{about}");
        let mut header: Map<String, Value> = serde_json::from_str(&case.header).expect("an object");
        header.insert("alg".to_owned(), json!(case.algorithm));
        assert_eq!(json_part(token, 0), Value::Object(header), "{about}");
        let is_one_of_many = case.algorithm.starts_with("PS") || case.algorithm.starts_with("ES");
        assert_eq!(answer["signature"].is_null(), is_one_of_many, "{about}");
        if let Some(signature) = answer["signature"].as_str() {
            assert_eq!(token.rsplit('.').next(), Some(signature), "{about}");
        }
    }
}

#[test]
fn pyjwt_refuses_what_was_changed_or_signed_with_another_key() {
    for algorithm in ALGORITHMS {
        let case = Case {
            algorithm,
            secret: b"a secret of thirty-two bytes ...".to_vec(),
            header: "{}".to_owned(),
            payload: "{\"sub\":\"1\"}".to_owned(),
        };
        let token = token(&sign(["inherit"]).stdin(case.line().to_string()).succeeds().json()[0]);
        let changed = token.replacen("eyJzdWIiOiIxIn0", "eyJzdWIiOiIyIn0", 1);
        assert_ne!(token, changed);
        let other = if algorithm == "RS256" { "RS512" } else { "RS256" };
        let mut confused = case.question(&token);
        confused["algorithm"] = json!(other);
        confused["key"] = json!(pair(other).1);
        confused["private_key"] = json!(pair(other).0);
        let answers = peers::ask("pyjwt.py", &[case.question(&token), case.question(&changed), confused]);
        assert_eq!(answers[0]["error"], Value::Null, "{algorithm}");
        assert_ne!(answers[1]["error"], Value::Null, "{algorithm}");
        assert_ne!(answers[2]["error"], Value::Null, "{algorithm}");
    }
}

#[test]
fn pyjwt_verifies_asap_tokens_of_every_algorithm() {
    const ASAP: [&str; 9] = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
    let mut random = Random(0xa5a9);
    let text = "aZ09-._~ +&=%\"\\,;/:?#é☃😀";
    let cases: Vec<(&str, Map<String, Value>, String)> = (0..1100)
        .map(|_| {
            let algorithm = random.pick(&ASAP);
            let mut auth = Map::new();
            for name in ["kid", "iss", "aud"] {
                auth.insert(name.to_owned(), json!(random.word(text, 12)));
            }
            if random.percent(50) {
                auth.insert("sub".to_owned(), json!(random.word(text, 12)));
            }
            if random.percent(50) {
                auth.insert("exp".to_owned(), json!(1 + random.below(5000)));
            }
            let claims = claims::object(&mut random, &["name", "é", "x/y"]);
            auth.insert("claims".to_owned(), json!(claims));
            (algorithm, auth, claims)
        })
        .collect();
    let input: String = cases
        .iter()
        .map(|(algorithm, auth, _)| {
            let mut auth = auth.clone();
            auth.insert("alg".to_owned(), json!(algorithm));
            auth.insert("privateKey".to_owned(), json!(pair(algorithm).0));
            format!("{}\n", json!({"url": "http://h.example/", "_auth": {"type": "asap", "asap": auth}}))
        })
        .collect();
    let lines = sign(["inherit", "-j", "2", "--now", "@1700000000"]).stdin(input).succeeds().json();
    let tokens: Vec<String> = lines.iter().map(token).collect();
    let questions: Vec<Value> = cases
        .iter()
        .zip(&tokens)
        .map(|((algorithm, auth, _), token)| {
            let (private, public) = pair(algorithm);
            json!({
                "token": token, "algorithm": algorithm, "key": public, "private_key": private,
                "audience": auth["aud"], "issuer": auth["iss"],
            })
        })
        .collect();
    let answers = peers::ask("pyjwt.py", &questions);
    assert_eq!(answers.len(), cases.len());
    for (((algorithm, auth, own), token), answer) in cases.iter().zip(&tokens).zip(&answers) {
        let about = format!("{auth:?} {token}\n{answer}");
        assert_eq!(answer["error"], Value::Null, "{about}");
        assert_eq!(answer["header"], json!({"alg": algorithm, "kid": auth["kid"]}), "{about}");
        let mut expected: Map<String, Value> = serde_json::from_str(own).expect("an object");
        let lifetime = auth.get("exp").and_then(Value::as_u64).unwrap_or(3600);
        let jti = answer["claims"]["jti"].clone();
        assert!(jti.as_str().is_some_and(|jti| jti.len() == 36), "{about}");
        expected.extend(
            [
                ("iss", auth["iss"].clone()),
                ("aud", auth["aud"].clone()),
                ("sub", auth.get("sub").unwrap_or(&auth["iss"]).clone()),
                ("iat", json!(1_700_000_000)),
                ("exp", json!(1_700_000_000 + lifetime)),
                ("jti", jti),
            ]
            .map(|(name, value)| (name.to_owned(), value)),
        );
        assert_eq!(json_part(token, 1), Value::Object(expected), "{about}");
    }
}
