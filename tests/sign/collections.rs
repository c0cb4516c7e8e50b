//! Collections: Postman's files and those of other programs as lines of the pipe.

mod auth;
mod bodies;
mod choice;
pub(crate) mod faults;
mod hostile;
mod http_files;
mod insomnia;
mod kept;
mod migration;
mod newman;
mod openapi;
mod opencollection;
mod peers;
mod recognized;
mod runners;
mod running;
mod urls;
mod variables;

use serde_json::{Value, json};

use crate::support::{Output, Tool, sign};

/// A collection of these items, with the variables that the tests use.
fn collection(items: &Value) -> Value {
    json!({
        "info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "variable": [
            {"key": "base", "value": "https://h.example"},
            {"key": "nested", "value": "{{base}}/v1"},
            {"key": "n", "value": 7},
            {"key": "yes", "value": true},
            {"key": "object", "value": {"a": [1]}},
            {"key": "twice", "value": "first"},
            {"key": "twice", "value": "last"},
            {"key": "twice", "value": "off", "disabled": true},
            {"key": "twice", "value": "off", "enabled": false},
        ],
        "item": items,
    })
}

/// An item of this name with this request.
fn item(name: &str, request: Value) -> Value {
    json!({"name": name, "request": request})
}

/// `sign` with these arguments and a file `c.json` that is this collection.
fn with(arguments: &[&str], collection: &Value) -> Tool {
    sign(arguments).file("c.json", collection.to_string())
}

/// The lines of a collection with these items.
#[track_caller]
fn lines(items: &Value) -> Vec<Value> {
    with(&["none", "--from", "postman", "c.json"], &collection(items)).succeeds().json()
}

/// The line of one request.
#[track_caller]
fn line(request: Value) -> Value {
    let mut lines = lines(&json!([item("one", request)]));
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.remove(0)
}

/// The words on stderr about one request that fails.
#[track_caller]
fn problem(request: Value) -> String {
    let items = json!([item("one", request)]);
    let output: Output = with(&["none", "--from", "postman", "c.json"], &collection(&items)).fails(1);
    output.stdout_is("").err()
}

/// Each line in a few words: `Folder/name: METHOD URL [Header: value] <body> auth`. A boundary is `B`.
fn told(lines: &[Value]) -> Vec<String> {
    lines.iter().map(told_one).collect()
}

fn told_one(line: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |member: &str| line[member].as_array().cloned().unwrap_or_default();
    let way: Vec<String> = list("_folder").iter().chain([&line["_name"]]).map(text).collect();
    let mut out = format!("{}: {} {}", way.join("/"), text(&line["method"]), text(&line["url"]));
    for header in list("headers") {
        out.push_str(&format!(" [{}: {}]", text(&header["name"]), text(&header["value"])));
    }
    if let Some(body) = line["postData"]["text"].as_str() {
        out.push_str(&format!(" <{body}>"));
    }
    let boundary = out.split("boundary=").nth(1).and_then(|rest| rest.split(']').next()).map(str::to_owned);
    let out = boundary.map_or_else(|| out.clone(), |boundary| out.replace(&boundary, "B"));
    match line["_auth"]["type"].as_str() {
        None => out,
        Some("noauth") => out + " off",
        Some(kind) => format!("{out} {kind}{}", line["_auth"][kind]),
    }
}
