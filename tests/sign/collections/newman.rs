//! newman, which runs the same collections, against a server that records what both send.

use serde_json::{Value, json};

use super::{collection, item, with};
use crate::support::peers;
use crate::support::recorder::{Received, Recorder};

/// Headers that newman adds to everything, and those that say how long a message is and where it goes.
const OWN: [&str; 8] = [
    "user-agent",
    "accept",
    "cache-control",
    "postman-token",
    "host",
    "accept-encoding",
    "connection",
    "content-length",
];

/// The lines and the body of a request, without the words of the program that sent it.
fn said(received: &Received) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let lines: Vec<String> = received.head.iter().map(|line| text(line)).collect();
    let is_own = |line: &&String| {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        OWN.contains(&name.as_str())
    };
    let kept: Vec<&str> = lines.iter().filter(|line| !is_own(line)).map(String::as_str).collect();
    let boundary = lines.iter().find_map(|line| line.split("boundary=").nth(1)).unwrap_or("no boundary");
    format!("{}\n\n{}", kept.join("\n"), text(&received.body)).replace(boundary, "B")
}

/// Every feature that both have. What newman does wrong stands in other tests: object values, `{raw}` alone, the order of
/// repeated form fields, quotes in names of files, variables of numbers in paths, `enabled: false`.
fn items() -> Value {
    let post = |body: Value| json!({"method": "post", "url": "{{base}}/p?q=1", "body": body});
    let auth = |kind: &str, rows: Value| {
        let mut auth = json!({"type": kind});
        auth[kind] = rows;
        json!({"url": "{{base}}/auth", "auth": auth})
    };
    json!([
        item("text", json!("{{base}}/a b\"<>`|^%41%é?a b\"'<>`{|}^%41é#f")),
        item("parts", json!({"url": {"host": ["{{base}}"], "path": ["a", ":id", ":id.json", ":none"],
            "query": [{"key": "a&b=c", "value": "1&2#3=4"}, {"key": null, "value": null}, {"key": "n", "value": null},
                {"key": "e", "value": ""}, {"key": "off", "value": "1", "disabled": true}, {"key": "t", "value": "{{twice}} x"}],
            "variable": [{"key": "id", "value": "7?w"}, {"key": "none", "value": ""}]}})),
        item("off", json!({"url": {"host": ["{{base}}"], "path": "p/q", "query": [{"key": "off", "value": "1", "disabled": true}]}})),
        item("empty", json!({"url": {"host": ["{{base}}"], "path": ["p"], "query": [{"key": ""}]}})),
        item("headers", json!({"url": "{{base}}/", "header": "A: 1\r\nB:  2\r\n b2\r\nEmpty:\r\nNo colon"})),
        item("repeats", json!({"url": "{{base}}/", "header": [{"key": "X", "value": "1"}, {"key": "X", "value": "3"}, {"key": "O", "value": "o", "disabled": true}]})),
        item("json", post(json!({"mode": "raw", "raw": "// c\n{\"a\": \"//\"} /* x */", "options": {"raw": {"language": "json"}}}))),
        item("xml", post(json!({"mode": "raw", "raw": "<a/>", "options": {"raw": {"language": "xml"}}}))),
        item("html", post(json!({"mode": "raw", "raw": "x", "options": {"raw": {"language": "html"}}}))),
        item("javascript", post(json!({"mode": "raw", "raw": "x", "options": {"raw": {"language": "javascript"}}}))),
        item("plain", post(json!({"mode": "raw", "raw": "{{nested}}"}))),
        item("unknown", post(json!({"mode": "unheard-of", "raw": "x"}))),
        item("nothing", post(json!({"raw": "x"}))),
        item("object", post(json!({"mode": "raw", "raw": {"a": [1]}}))),
        item("disabled", post(json!({"mode": "raw", "raw": "x", "disabled": true}))),
        item("form", post(json!({"mode": "urlencoded", "urlencoded": [{"key": "a b", "value": "c d+e!'()*~%41&=é"}, {"key": "n", "value": null}, {"key": "d", "value": "1", "disabled": true}]}))),
        item("multipart", post(json!({"mode": "formdata", "formdata": [{"key": "t", "value": "v", "contentType": "text/q"}, {"key": "u", "type": "text", "value": "é"}]}))),
        item("bytes", post(json!({"mode": "file", "file": {"content": "aGVsbG8="}}))),
        item("graphql", post(json!({"mode": "graphql", "graphql": {"query": "{ a }", "operationName": "O", "variables": "{\"x\": 1.0}"}}))),
        item("pruned", json!({"method": "GET", "url": "{{base}}/", "body": {"mode": "raw", "raw": "x"}})),
        {"name": "kept", "protocolProfileBehavior": {"disableBodyPruning": true}, "request": {"url": "{{base}}/", "body": {"mode": "raw", "raw": "x"}}},
        {"name": "typeless", "protocolProfileBehavior": {"disabledSystemHeaders": {"content-type": true}}, "request": post(json!({"mode": "raw", "raw": "x"}))},
        item("basic", auth("basic", json!([{"key": "username", "value": "u"}, {"key": "password", "value": "{{twice}}"}]))),
        item("bearer", auth("bearer", json!([{"key": "token", "value": "t"}]))),
        item("apikey", auth("apikey", json!([{"key": "key", "value": "k"}, {"key": "value", "value": "v w"}, {"key": "in", "value": "query"}]))),
        {"name": "folder", "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "inherited"}]}, "item": [
            item("inherits", json!({"url": "{{base}}/", "auth": null})),
            item("has none", json!({"url": "{{base}}/", "auth": {"type": "noauth"}})),
        ]},
    ])
}

#[test]
#[ignore = "needs newman: make test-heavy"]
fn sends_what_newman_sends() {
    let recorder = Recorder::start();
    let mut collection = collection(&items());
    collection["variable"][0]["value"] = json!(format!("http://{}", recorder.host()));
    // newman takes a variable that is not enabled for one that is.
    collection["variable"].as_array_mut().expect("a list").retain(|variable| variable.get("enabled").is_none());
    let answer = peers::ask("newman.js", &[json!({"collection": collection})]);
    assert_eq!(answer[0]["failures"], json!([]), "{answer:?}");
    let theirs: Vec<String> = recorder.take().iter().map(said).collect();
    let sent = with(&["inherit", "--from", "postman", "c.json", "--send"], &collection).succeeds();
    let ours: Vec<String> = recorder.take().iter().map(said).collect();
    assert_eq!(ours.len(), sent.json().len());
    let differences: Vec<_> = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours != theirs).collect();
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!(ours.len(), theirs.len());
}
