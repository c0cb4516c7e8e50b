//! Insomnia's exports as lines.

use countersign_shared::collections::insomnia;
use serde_json::{Value, json};

use super::hostile::wrong_everywhere;
use super::told;
use crate::support::{Tool, sign};

/// The requests of both versions, which differ in how they are put together.
const EXPECTED: [&str; 8] = [
    "Users/Inner/in: GET http://h/inner [X-F: inner] off",
    "Users/list: GET http://h/items/a%20b?q=deep%20x [X-F: folder] [X-A: a] bearer{\"token\":\"T\"}",
    "json: POST http://h/j [Content-Type: application/json] <{\"a\": \"base\"}> basic{\"password\":\"p\",\"username\":\"u\"}",
    "form: POST http://h/f [Content-Type: application/x-www-form-urlencoded] <a%20b=c%20d> \
     apikey{\"in\":\"query\",\"key\":\"k\",\"value\":\"v\"}",
    "multi: POST http://h/m [Content-Type: multipart/form-data; boundary=B] \
     <--B\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nv\r\n--B\r\nContent-Disposition: form-data; name=\"f\"; \
     filename=\"f.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--B--\r\n>",
    "file: PUT http://h/b [Content-Type: application/octet-stream] <hello>",
    "graphql: POST http://h/g [Content-Type: application/json] <{\"query\":\"{ a }\"}>",
    "plain: GET http://h/%2F?a=b",
];

/// The members of each request, folder and environment by name, as both versions have them.
fn requests() -> Value {
    let url = |rest: &str| format!("{{{{ _.base }}}}{rest}");
    json!({
        "Users": {"environment": {"who": "folder", "nested": {"k": "deep"}}, "headers": [{"name": "X-F", "value": "{{ _.who }}"}],
            "authentication": {"type": "bearer", "token": "{{ _['token'] }}"}},
        "Inner": {"environment": {"who": "inner"}, "authentication": {"type": "none"}},
        "in": {"url": url("/{{ _.who }}"), "method": "GET"},
        "list": {"url": url("/items/:id"), "method": "get",
            "parameters": [{"name": "q", "value": "{{ _.nested.k }} x"}, {"name": "off", "value": "1", "disabled": true}],
            "pathParameters": [{"name": "id", "value": "a b"}],
            "headers": [{"name": "X-A", "value": "a"}, {"name": "X-Off", "value": "b", "disabled": true}]},
        "json": {"url": url("/j"), "method": "POST", "body": {"mimeType": "application/json", "text": "{\"a\": \"{{ _.who }}\"}"},
            "authentication": {"type": "basic", "username": "u", "password": "p"}},
        "form": {"url": url("/f"), "method": "POST", "authentication": {"type": "apikey", "key": "k", "value": "v", "addTo": "queryParams"},
            "body": {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a b", "value": "c d"}, {"name": "n", "value": "x", "disabled": true}]}},
        "multi": {"url": url("/m"), "method": "POST",
            "body": {"mimeType": "multipart/form-data", "params": [{"name": "t", "value": "v"}, {"name": "f", "type": "file", "fileName": "f.txt"}, {"name": "n", "value": "x", "disabled": true}]}},
        "file": {"url": url("/b"), "method": "PUT", "body": {"mimeType": "application/octet-stream", "fileName": "f.txt"}},
        "graphql": {"url": url("/g"), "method": "POST", "body": {"mimeType": "application/graphql", "text": "{\"query\":\"{ a }\"}"}},
        "plain": {"url": url("/%2F?a=b"), "method": "GET", "authentication": {}},
    })
}

fn base() -> Value {
    json!({"base": "http://h", "token": "T", "who": "base"})
}

/// The names in the order of an export, each with its folder.
const ORDER: [(&str, &str); 10] = [
    ("Users", ""),
    ("Inner", "Users"),
    ("in", "Inner"),
    ("list", "Users"),
    ("json", ""),
    ("form", ""),
    ("multi", ""),
    ("file", ""),
    ("graphql", ""),
    ("plain", ""),
];

fn version_4() -> Value {
    let requests = requests();
    let mut resources = vec![
        json!({"_id": "wrk_1", "_type": "workspace", "name": "Shop"}),
        json!({"_id": "env_1", "_type": "environment", "parentId": "wrk_1", "name": "Base", "data": base()}),
        json!({"_id": "env_2", "_type": "environment", "parentId": "env_1", "name": "Prod", "data": {"who": "prod"}}),
        json!({"_id": "jar_1", "_type": "cookie_jar", "parentId": "wrk_1"}),
        json!({"_id": "ws_1", "_type": "websocket_request", "parentId": "wrk_1", "name": "ws", "url": "ws://h"}),
    ];
    for (index, (name, parent)) in ORDER.iter().enumerate() {
        let mut resource = requests[name].clone();
        let is_folder = resource["url"].is_null();
        resource["_type"] = json!(if is_folder { "request_group" } else { "request" });
        resource["_id"] = json!(name);
        resource["parentId"] = json!(if parent.is_empty() { "wrk_1" } else { parent });
        resource["name"] = json!(name);
        resource["metaSortKey"] = json!(index);
        resources.push(resource);
    }
    json!({"_type": "export", "__export_format": 4, "resources": resources})
}

fn version_5() -> Value {
    fn below(folder: &str, requests: &Value) -> Vec<Value> {
        let members = ORDER.iter().enumerate().filter(|(_, (_, parent))| *parent == folder);
        let item = |(index, (name, _)): (usize, &(&str, &str))| {
            let mut item = requests[name].clone();
            let is_folder = item["url"].is_null();
            item["name"] = json!(name);
            item["meta"] =
                json!({"id": format!("{}_{index}", if is_folder { "fld" } else { "req" }), "sortKey": index});
            if is_folder {
                item["children"] = json!(below(name, requests));
            }
            item
        };
        members.map(item).collect()
    }
    let mut items = below("", &requests());
    items.push(json!({"name": "ws", "url": "ws://h", "meta": {"id": "ws-req_1", "sortKey": 99}}));
    let environments =
        json!({"name": "Base", "data": base(), "subEnvironments": [{"name": "Prod", "data": {"who": "prod"}}]});
    json!({"type": "collection.insomnia.rest/5.0", "name": "Shop", "collection": items, "environments": environments})
}

fn with(arguments: &[&str], export: &Value) -> Tool {
    // JSON is YAML too, and a comment keeps it from being taken for JSON.
    let text = export.to_string();
    let text = if export["resources"].is_null() { format!("# v5\n{text}") } else { text };
    sign(["none", "--from", "insomnia", "export"]).args(arguments).file("export", text).file("f.txt", "hello")
}

#[test]
fn both_versions_of_exports_are_the_same_requests() {
    for export in [version_4(), version_5()] {
        let output = with(&[], &export).succeeds();
        assert_eq!(told(&output.json()), EXPECTED);
        output.stderr_is("sign: warning: 1 request is left out: no HTTP but WebSocket\n");
        let users = with(&["--folder", "Users"], &export).succeeds();
        assert_eq!(told(&users.json()), EXPECTED[..2]);
    }
}

#[test]
fn variables_of_folders_go_before_those_of_files_and_after_options() {
    for export in [version_4(), version_5()] {
        let url = |arguments: &[&str]| {
            let lines = with(arguments, &export).file("e.env", "who=file\n").succeeds().json();
            let found = lines.iter().find(|line| line["_name"] == "in").expect("a request");
            (
                found["url"].clone(),
                lines.iter().find(|line| line["_name"] == "json").expect("a request")["postData"]["text"].clone(),
            )
        };
        assert_eq!(url(&["--env-file", "e.env"]), (json!("http://h/inner"), json!("{\"a\": \"file\"}")));
        assert_eq!(url(&["--var", "who=given"]), (json!("http://h/given"), json!("{\"a\": \"given\"}")));
    }
}

#[test]
fn two_workspaces_have_variables_of_their_own() {
    let workspace = |number: u32| {
        [
            json!({"_id": format!("wrk_{number}"), "_type": "workspace", "name": format!("w{number}")}),
            json!({"_id": format!("env_{number}"), "_type": "environment", "parentId": format!("wrk_{number}"), "data": {"base": format!("http://h{number}")}}),
            json!({"_id": format!("req_{number}"), "_type": "request", "parentId": format!("wrk_{number}"), "name": "r", "url": "{{ _.base }}/"}),
        ]
    };
    let resources = [workspace(1), workspace(2)].concat();
    let export = json!({"_type": "export", "resources": resources});
    assert_eq!(told(&with(&[], &export).succeeds().json()), ["w1/r: GET http://h1/", "w2/r: GET http://h2/"]);
}

#[test]
fn what_only_insomnia_can_run_is_an_error_of_its_request() {
    let mut export = version_5();
    let text = |text: &str| json!({"name": "r", "url": "http://h/", "method": "POST", "body": {"mimeType": "text/plain", "text": text}});
    export["collection"] = json!([
        text("{% response 'body', 'secret' %}"),
        text("{{ _.who | upper }}"),
        text("{% uuid 'v4' %}"),
        text("{{ _.unknown }}")
    ]);
    let output = with(&[], &export).fails(1);
    assert_eq!(output.json().len(), 1);
    assert!(!output.err().contains("secret"));
    output
        .stderr_has("collection[0]: has a tag that only Insomnia can run: {% response … %}")
        .stderr_has("collection[1]: has an expression that only Insomnia can run: {{ who | upper }}")
        .stderr_has("{{unknown}} is not defined: looked at the collection");
}

#[test]
fn folders_in_a_circle_and_lost_requests_are_named() {
    let folder = |id: &str, parent: &str| json!({"_id": id, "_type": "request_group", "parentId": parent, "name": id});
    let request = |id: &str, parent: &str| json!({"_id": id, "_type": "request", "parentId": parent, "name": id, "url": "http://h/"});
    let export = json!({"_type": "export", "resources": [
        {"_id": "wrk_1", "_type": "workspace", "name": "w"}, folder("a", "b"), folder("b", "a"), request("in a circle", "a"), request("good", "wrk_1"),
    ]});
    let output = with(&[], &export).fails(1);
    assert_eq!(told(&output.json()), ["good: GET http://h/"]);
    output.stderr_is("sign: \"in a circle\": resources[3].parentId: leads to no workspace\n");
}

#[test]
fn wrong_types_everywhere_are_errors_with_their_place() {
    for export in [version_4(), version_5()] {
        wrong_everywhere(&export, &|text| insomnia::read(text));
    }
}
