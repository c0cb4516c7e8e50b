//! The published signatures whose payloads are claims, through the tool; the others are tested where they are made.

use std::path::Path;

use serde_json::{Value, json};

use super::token;
use crate::support::{peers, sign};

fn vectors() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/jws/vectors.json");
    let vectors: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).expect("the vectors")).expect("JSON");
    vectors.into_iter().filter(|vector| vector["payload"].as_str().is_some_and(|text| text.starts_with('{'))).collect()
}

#[test]
fn every_published_token_is_met_at_every_step() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 4);
    for vector in vectors {
        let name = vector["name"].as_str().expect("a name");
        let auth = json!({
            "algorithm": vector["algorithm"], "header": vector["header"], "payload": vector["payload"],
            "secret": vector["secret"], "isSecretBase64Encoded": true, "privateKey": vector["private_key"],
        });
        let line = json!({"url": "http://h.example/", "_auth": {"type": "jwt", "jwt": auth}});
        let output = sign(["inherit", "--explain"]).stdin(line.to_string()).succeeds();
        let token = token(&output.json()[0]);
        let expected = vector["jws"].as_str().expect("a token");
        let (input, _) = expected.rsplit_once('.').expect("a signature");
        assert_eq!(output.steps("signing input"), [input], "{name}");
        if vector["deterministic"] == json!(true) {
            assert_eq!(token, expected, "{name}");
        } else {
            let question = json!({"token": token, "algorithm": vector["algorithm"], "key": vector["public_key"]});
            let answer = peers::ask("pyjwt.py", &[question]).remove(0);
            assert_eq!(answer["error"], Value::Null, "{name}");
        }
    }
}

#[test]
fn the_headers_algorithm_gives_way_in_its_place() {
    let arguments = ["jwt", "--algorithm", "HS256", "--secret", "s3cr3t", "--to", "header"];
    sign(arguments)
        .args(["--header", r#"{"kid":"k","alg":"none"}"#, "--payload", r#"{"sub":"1","iat":1}"#])
        .stdin("http://h.example/\n")
        .succeeds()
        .stdout_is(
            "Authorization: Bearer eyJraWQiOiJrIiwiYWxnIjoiSFMyNTYifQ.eyJzdWIiOiIxIiwiaWF0IjoxfQ.\
             10BgANt4uphNiyncfTtGHVDSkWout5n6GjkZkwjxWZU\n",
        );
}
