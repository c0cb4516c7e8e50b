//! Members that nobody knows: they come through the pipe and are in the file that is written.

use serde_json::{Value, json};

use super::with;
use crate::support::{Tool, sign};

/// Values that a member may have, as they are spelled.
const VALUES: [&str; 12] = [
    "null",
    "true",
    "1e3",
    "12345678901234567890123",
    "-0.0",
    "\"\"",
    "\"{{x}} \\u0000 é\\n\"",
    "[]",
    "{}",
    "[1,[{\"b\":2,\"a\":1}],\"x\"]",
    "{\"z\":{\"key\":\"k\"},\"a\":[null]}",
    "\"---\\n# no: yaml\"",
];

/// Names that a member may have.
const NAMES: [&str; 6] = ["x", "x-vendor", "_postman_id", "id", "é \"quoted\"", "pre:post"];

/// The places of a collection at which a member may stand, and a body for each.
const LEVELS: [&str; 16] = [
    "",
    "/info",
    "/item/0",
    "/item/0/item/0",
    "/item/0/item/0/protocolProfileBehavior",
    "/item/0/item/0/request",
    "/item/0/item/0/request/auth",
    "/item/0/item/0/request/url",
    "/item/0/item/0/request/url/query/1",
    "/item/0/item/0/request/url/variable/0",
    "/item/0/item/0/request/header/1",
    "/item/0/item/0/request/body",
    "/item/0/item/0/request/body/options",
    "/item/0/item/0/request/body/options/raw",
    "/item/0/item/0/request/body/urlencoded/0",
    "/item/0/item/0/request/body/formdata/0",
];

fn whole(body: &Value) -> Value {
    json!({
        "info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [{"name": "f", "item": [{
            "name": "r",
            "protocolProfileBehavior": {},
            "request": {
                "method": "POST",
                "auth": {"type": "basic", "basic": [{"key": "username", "value": "u"}, {"key": "password", "value": "p"}]},
                "url": {"raw": "http://h/a", "protocol": "http", "host": ["h"], "path": ["a", ":id"],
                    "query": [{"key": "off", "value": "1", "disabled": true}, {"key": "a b", "value": "1"}, {"key": "c", "value": "2"}],
                    "variable": [{"key": "id", "value": "7"}]},
                "header": [{"key": "A", "value": "1"}, {"key": "B", "value": "2"}],
                "body": body,
            },
        }]}],
    })
}

fn bodies() -> [Value; 5] {
    [
        json!({"mode": "raw", "raw": "{}", "options": {"raw": {"language": "json"}}}),
        json!({"mode": "urlencoded", "urlencoded": [{"key": "a b", "value": "1"}, {"key": "c", "value": "2"}]}),
        json!({"mode": "formdata", "formdata": [{"key": "a", "value": "1", "type": "text"}]}),
        json!({"mode": "graphql", "graphql": {"query": "{ a }", "x": {"y": 1}}}),
        json!({"mode": "file", "file": {"content": "AAEC/w==", "x": [1]}}),
    ]
}

/// A document in which the levels that it has got members, each a text of JSON; serde_json would spell numbers anew.
fn marked(body: &Value, round: usize) -> (String, Vec<(String, String)>) {
    let mut document = whole(body);
    let mut expected = Vec::new();
    for (index, level) in LEVELS.iter().enumerate() {
        let Some(object) = document.pointer_mut(level).and_then(Value::as_object_mut) else { continue };
        let name = format!("{} {index}", NAMES[(index + round) % NAMES.len()]);
        object.insert(name.clone(), json!(format!("MARK{index}END")));
        expected.push((name, format!("MARK{index}END")));
    }
    let mut text = document.to_string();
    let mut members = Vec::new();
    for (place, (name, mark)) in expected.into_iter().enumerate() {
        let value = VALUES[(place + 5 * round) % VALUES.len()];
        text = text.replace(&format!("\"{mark}\""), value);
        members.push((format!("{}:{value}", json!(name)), name));
    }
    (text, members)
}

#[track_caller]
fn kept(text: &str, members: &[(String, String)], written: &str) {
    for (member, name) in members {
        assert!(written.contains(member), "{name}: {member}\n{text}\n{written}");
    }
}

#[test]
fn unknown_members_at_every_level_of_a_postman_collection_come_back() {
    for body in bodies() {
        for round in 0..6 {
            let (text, members) = marked(&body, round);
            assert!(members.len() >= 11, "{}", members.len());
            let tool = || sign(["none", "--from", "postman", "c.json"]).file("c.json", &text);
            let once = tool().args(["--to", "postman"]).succeeds().out();
            kept(&text, &members, &once);
            // A line keeps them on its way through another program, and they come back a second time.
            let lines = tool().succeeds().out();
            let through = sign(["none", "--to", "postman"]).stdin(&lines).succeeds().out();
            assert_eq!(through, once);
            let twice = sign(["none", "--to", "postman"]).stdin(&once).succeeds().out();
            kept(&text, &members, &twice);
            // They change nothing that is sent.
            let url = |text: &str| {
                let line = sign(["none"]).stdin(text).succeeds().json().remove(0);
                (line["url"].clone(), line["headers"].clone(), line["postData"]["text"].clone(), line["method"].clone())
            };
            assert_eq!(url(&once), url(&text));
        }
    }
}

#[test]
fn scripts_examples_and_descriptions_come_back() {
    let mut collection = whole(&json!(null));
    let event = json!([{"listen": "test", "script": {"type": "text/javascript", "exec": ["pm.test('x')", ""]}}]);
    let responses =
        json!([{"name": "ok", "code": 200, "header": [], "body": "{}", "originalRequest": {"url": "http://h/"}}]);
    collection["event"] = event.clone();
    collection["info"]["description"] = json!("of the collection");
    collection["item"][0]["event"] = event.clone();
    collection["item"][0]["description"] = json!("of the folder");
    let item = &mut collection["item"][0]["item"][0];
    item["event"] = event.clone();
    item["response"] = responses.clone();
    item["request"]["description"] = json!("of the request");
    item["request"]["header"][0]["description"] = json!("of the header");
    let mut second = item.clone();
    second["name"] = json!("second");
    collection["item"][0]["item"].as_array_mut().expect("a list").push(second);
    let found: Value =
        serde_json::from_str(&with(&["none", "--to", "postman", "c.json"], &collection).succeeds().out())
            .expect("JSON");
    assert_eq!((&found["info"]["name"], &found["info"]["description"]), (&json!("Shop"), &json!("of the collection")));
    assert_eq!((&found["event"], &found["item"][0]["event"]), (&event, &event));
    assert_eq!(
        (&found["item"][0]["description"], found["item"].as_array().map(Vec::len)),
        (&json!("of the folder"), Some(1))
    );
    for item in found["item"][0]["item"].as_array().expect("a list") {
        assert_eq!((&item["event"], &item["response"]), (&event, &responses));
        assert_eq!(item["request"]["description"], "of the request");
        assert_eq!(item["request"]["header"][0]["description"], "of the header");
    }
}

/// A signed line has no secret of the collection in what it keeps.
#[test]
fn what_may_be_a_secret_is_not_kept() {
    let mut collection =
        whole(&json!({"mode": "urlencoded", "urlencoded": [{"key": "off", "value": "s3cret", "disabled": true}]}));
    collection["variable"] = json!([{"key": "v", "value": "s3cret", "x": 1}]);
    collection["auth"] = json!({"type": "bearer", "bearer": [{"key": "token", "value": "s3cret"}], "basic": [{"key": "password", "value": "s3cret"}]});
    let item = &mut collection["item"][0]["item"][0];
    item["auth"] = json!({"type": "bearer", "bearer": [{"key": "token", "value": "s3cret"}]});
    item["request"]["auth"]["digest"] = json!([{"key": "password", "value": "s3cret"}]);
    item["request"]["header"][0] = json!({"key": "Authorization", "value": "s3cret", "disabled": true, "x": 1});
    let line = with(&["inherit", "c.json"], &collection).succeeds().out();
    assert!(!line.contains("s3cret"), "{line}");
}

/// A folder with these files, read from its format and written in it again; the files of `out` by name.
fn again(format: &str, files: &[(&str, &str)]) -> crate::support::Output {
    let tool: Tool = files.iter().fold(sign(["none", "c", "--to", format, "--out", "out"]), |tool, (name, text)| {
        tool.file(&format!("c/{name}"), text)
    });
    tool.succeeds()
}

#[test]
fn unknown_members_of_a_folder_for_postman_come_back() {
    let request = "$kind: http-request\nname: r\nurl: http://h/?a=1\nmethod: POST\ndescription: d\nx-item: {a: [1.50, 'no']}\n\
        headers:\n  - {key: A, value: '1', x-header: yes it is}\nbody:\n  type: text\n  content: b\n  x-body: 1e3\n\
        settings: {x-setting: true}\nscripts:\n  - {type: http:beforeRequest, code: x(), language: text/javascript}\norder: 7\n";
    let output = again(
        "postman",
        &[(".resources/definition.yaml", "$kind: collection\nname: c\n"), ("r.request.yaml", request)],
    );
    let written = std::fs::read_to_string(output.home().join("out/r.request.yaml")).expect("a file");
    for member in
        ["x-item:", "1.50", "x-header: yes it is", "x-body: 1e3", "x-setting: true", "code: x()", "description: d"]
    {
        assert!(written.replace('"', "").contains(member), "{member}:\n{written}");
    }
    assert_eq!(written.matches("order:").count(), 1, "{written}");
}

#[test]
fn unknown_members_of_a_folder_for_bruno_come_back() {
    let request = "info: {name: r, type: http, seq: 1}\nhttp:\n  method: POST\n  url: http://h/?a=1\n  x-http: [1.50]\n  headers: [{name: A, value: '1', description: why}]\n\
        runtime:\n  variables: [{name: v, value: s3cret}]\n  assertions: [{expression: res.status, operator: eq, value: '200'}]\n  scripts: [{type: tests, code: x()}]\n\
        settings: {timeout: 5}\nexamples: [{name: e}]\ndocs: d\nx-item: {a: b}\n";
    let output = again(
        "opencollection",
        &[("opencollection.yml", "opencollection: 1.0.0\ninfo: {name: c}\n"), ("r.yml", request)],
    );
    let written = std::fs::read_to_string(output.home().join("out/r.yml")).expect("a file");
    for member in [
        "x-http:",
        "1.50",
        "description: why",
        "expression: res.status",
        "code: x()",
        "timeout: 5",
        "examples:",
        "docs: d",
        "x-item:",
    ] {
        assert!(written.replace('"', "").contains(member), "{member}:\n{written}");
    }
    assert!(!written.contains("s3cret") && written.matches("info:").count() == 1, "{written}");
}

/// Another format has no place for them, and a line from elsewhere cannot have them say what is sent.
#[test]
fn what_is_kept_says_nothing_about_what_is_sent() {
    let line = json!({"method": "GET", "url": "http://h/", "_kept": {"format": "postman", "item": {
        "name": "evil", "x": 1, "auth": {"type": "bearer"}, "request": {"method": "PUT", "auth": {"type": "bearer"},
        "url": {"host": ["evil"], "port": "1", "query": [{"key": "a", "value": "b"}], "auth": {"user": "u"}},
        "header": [{"key": "X", "value": "1"}], "body": {"mode": "raw", "raw": "x"}}}}});
    let found: Value =
        serde_json::from_str(&sign(["none", "--to", "postman"]).stdin(line.to_string()).succeeds().out())
            .expect("JSON");
    let item = &found["item"][0];
    assert_eq!((&item["x"], &item["name"]), (&json!(1), &json!("GET /")));
    let request = &item["request"];
    assert_eq!(
        (&request["method"], &request["url"]["host"], &request["header"]),
        (&json!("GET"), &json!(["h"]), &json!([]))
    );
    assert_eq!(
        (&request["url"]["query"], &request["url"]["port"], &request["body"]),
        (&json!(null), &json!(null), &json!(null))
    );
    assert_eq!(request["auth"], json!({"type": "noauth"}));
    for other in [
        json!(null),
        json!(7),
        json!({"format": 7}),
        json!({"format": "postman", "item": 7, "folders": 7, "collection": 7}),
    ] {
        let line = json!({"url": "http://h/", "_folder": ["f"], "_kept": other});
        sign(["none", "--to", "postman"]).stdin(line.to_string()).succeeds().stdout_has("\"raw\":\"http://h/\"");
    }
    let deep = format!("{{\"format\":\"postman\",\"item\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    for kept in [deep.clone(), format!("{{\"format\":\"postman\",\"folders\":[{deep}],\"collection\":{deep}}}")] {
        let line = format!("{{\"url\":\"http://h/\",\"_folder\":[\"f\"],\"_kept\":{kept}}}");
        let output = sign(["none", "--to", "postman"]).stdin(line).run();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{:?}", output.status);
    }
    let one = "info: {name: r, type: http}\nhttp: {url: 'http://h/'}\nx-item: 1\n";
    let lines = sign(["none", "c"]).file("c/opencollection.yml", "info: {name: c}\n").file("c/r.yml", one).succeeds();
    let found = sign(["none", "--to", "postman"]).stdin(lines.out()).succeeds();
    assert!(!found.out().contains("x-item"));
}

#[test]
fn members_around_a_request_come_with_the_first_one_that_is_made() {
    let bad = json!({"name": "bad", "request": {"url": "http://h/{{missing}}"}});
    let good = json!({"name": "good", "request": "http://h/"});
    let folder = json!({"name": "f", "x-folder": 7, "item": [bad, good]});
    let text = json!({"info": {"name": "c", "x-info": 8}, "item": [folder]}).to_string();
    let tool = sign(["none", "--from", "postman", "c.json", "--to", "postman"]).file("c.json", text);
    let written: Value = serde_json::from_str(&tool.fails(1).out()).unwrap();
    assert_eq!((&written["info"]["x-info"], &written["item"][0]["x-folder"]), (&json!(8), &json!(7)), "{written}");
}
