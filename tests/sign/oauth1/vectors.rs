//! The published examples: normalized parameters, base string and signature of each.

use std::path::Path;

use serde_json::{Value, json};

use super::case::Protocol;
use crate::support::sign;

fn vectors() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/oauth1");
    let text = std::fs::read_to_string(folder.join("vectors.json")).expect("the vectors");
    let mut vectors: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    for vector in &mut vectors {
        if let Some(file) = vector["auth"]["privateKey"]["file"].as_str() {
            let key = std::fs::read_to_string(folder.join(file)).expect("a key");
            vector["auth"]["privateKey"] = json!(key);
        }
    }
    vectors
}

#[test]
fn every_published_example_is_met_at_every_step() {
    for vector in vectors() {
        let name = vector["name"].as_str().expect("a name");
        let mut line = vector["request"].clone();
        line["_auth"] = json!({"type": "oauth1", "oauth1": vector["auth"]});
        let output = sign(["inherit", "--explain"]).stdin(line.to_string()).succeeds();
        if let Some(parameters) = vector["parameters"].as_str() {
            assert_eq!(output.steps("parameters"), [parameters], "{name}");
        }
        if let Some(base_string) = vector["base_string"].as_str() {
            assert_eq!(output.steps("base string"), [base_string], "{name}");
        }
        let protocol = Protocol::of(&output.json()[0]);
        assert_eq!(protocol.get("oauth_signature"), vector["signature"].as_str(), "{name}");
        assert_eq!(protocol.get("realm"), vector["auth"]["realm"].as_str(), "{name}");
    }
}

/// RFC 5849 section 3.4.1.2 shows two URIs.
#[test]
fn the_base_string_uri_is_that_of_the_rfcs_examples() {
    for (line, uri) in [
        (
            json!({"url": "http://EXAMPLE.COM/r%20v/X?id=123", "headers": [{"name": "Host", "value": "EXAMPLE.COM:80"}]}),
            "http%3A%2F%2Fexample.com%2Fr%2520v%2FX",
        ),
        (json!({"url": "https://www.example.net:8080/?q=1"}), "https%3A%2F%2Fwww.example.net%3A8080%2F"),
    ] {
        let output = sign(["oauth1", "--consumer-key", "k", "--consumer-secret", "s", "--explain"])
            .stdin(line.to_string())
            .succeeds();
        let base_string = output.steps("base string").remove(0);
        assert_eq!(base_string.split('&').nth(1), Some(uri), "{base_string}");
    }
}
