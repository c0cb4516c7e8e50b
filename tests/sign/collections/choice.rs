//! Collections are known for what they are, requests are chosen from them, and lines say what people call them.

use serde_json::{Value, json};

use super::{collection, item, with};
use crate::support::{Tool, sign};

fn shop() -> Value {
    collection(&json!([
        item("root", json!("http://h/root")),
        {"name": "Users", "description": {"content": "people", "type": "text/plain"}, "item": [
            {"name": "List", "description": "beside", "request": {"url": "http://h/list", "description": "All of them"}},
            {"name": "Admin", "item": [item("List", json!("http://h/admin"))]},
        ]},
        {"name": "Admin", "item": [item("Other", json!("http://h/other"))]},
    ]))
}

#[track_caller]
fn urls(tool: Tool) -> Vec<String> {
    let lines = tool.succeeds().json();
    lines.iter().map(|line| line["url"].as_str().expect("a URL").trim_start_matches("http://h/").to_owned()).collect()
}

#[test]
fn each_line_says_what_people_call_the_request() {
    let lines = with(&["none", "c.json"], &shop()).succeeds().json();
    let names = |line: &Value| (line["_name"].clone(), line["_folder"].clone(), line["_description"].clone());
    assert_eq!(names(&lines[0]), (json!("root"), Value::Null, Value::Null));
    assert_eq!(names(&lines[1]), (json!("List"), json!(["Users"]), json!("All of them")));
    assert_eq!(names(&lines[2]), (json!("List"), json!(["Users", "Admin"]), Value::Null));
}

#[test]
fn folders_and_names_choose() {
    for (arguments, expected) in [
        (&["--folder", "Users"][..], &["list", "admin"][..]),
        (&["--folder", "Admin"], &["admin", "other"]),
        (&["--folder", "Users/Admin"], &["admin"]),
        (&["--name", "List"], &["list", "admin"]),
        (&["--name", "Other", "--name", "root"], &["root", "other"]),
        (&["--folder", "Admin", "--name", "List"], &["admin"]),
    ] {
        assert_eq!(urls(with(&["none", "c.json"], &shop()).args(arguments)), expected, "{arguments:?}");
    }
}

#[test]
fn a_choice_that_matches_nothing_fails() {
    for (arguments, said) in [
        (&["--folder", "users"][..], "no folder is named \"users\""),
        (&["--name", "Lis"], "no request is named \"Lis\""),
        (&["--folder", "Users", "--name", "root"], "no request in \"Users\" is named \"root\""),
    ] {
        let output = with(&["none", "c.json"], &shop()).args(arguments).fails(1);
        output.stdout_is("").stderr_is(&format!("sign: c.json: {said}\n"));
    }
    sign(["none", "--name", "x"]).stdin("http://h/\n").fails(2).stderr_has("choose from a collection");
}

#[test]
fn a_collection_is_known_for_what_it_is() {
    let text = shop().to_string();
    let pretty = serde_json::to_string_pretty(&shop()).expect("JSON");
    let all = ["root", "list", "admin", "other"];
    for text in [text.clone(), pretty, format!("\u{feff}{text}"), json!({"collection": shop()}).to_string()] {
        assert_eq!(urls(sign(["none", "c.json"]).file("c.json", &text)), all);
        assert_eq!(urls(sign(["none", "--from", "postman", "c.json"]).file("c.json", &text)), all);
        assert_eq!(urls(sign(["none"]).stdin(&text)), all);
        assert_eq!(urls(sign(["none", "--from", "postman"]).stdin(&text)), all);
    }
    let both = sign(["none", "c.json", "-"]).file("c.json", &text).stdin("http://h/line\n");
    assert_eq!(urls(both), ["root", "list", "admin", "other", "line"]);
}

#[test]
fn one_item_and_one_request_are_read_too() {
    let one = |text: Value| urls(sign(["none", "--from", "postman"]).stdin(text.to_string()));
    assert_eq!(one(item("one", json!("http://h/one"))), ["one"]);
    assert_eq!(one(json!({"url": {"raw": "http://h/one"}, "method": "GET"})), ["one"]);
    assert_eq!(one(json!({"name": "f", "item": [item("one", json!("http://h/one"))]})), ["one"]);
    assert_eq!(one(json!({"info": {"name": "empty"}})), [""; 0]);
}

#[test]
fn what_is_no_collection_is_said() {
    for (text, said) in [
        ("[]", "the document is not an object"),
        ("{}", "the document is not a Postman collection: it has no item"),
        (
            r#"{"requests":[],"order":[]}"#,
            "the document is a Postman collection of version 1; export it from Postman as v2.1",
        ),
        (r#"{"item":"#, "not JSON: ends in the middle"),
        (r#"{"item":{}}"#, "item: is not a list"),
        (r#"{"item":[],"variable":7}"#, "variable: is not a list"),
        (r#"{"item":[],"info":7}"#, "info: is not an object"),
    ] {
        let output = sign(["none", "--from", "postman", "c.json"]).file("c.json", text).fails(1);
        output.stdout_is("").stderr_is(&format!("sign: c.json: {said}\n"));
    }
    sign(["none", "--from", "postman", "c.json"]).fails(1).stderr_has("sign: c.json: No such file");
}

#[test]
fn scripts_are_named_and_not_run() {
    let script = |name: &str, code: &str| json!([{"listen": name, "script": {"exec": [code]}}]);
    let mut shop = shop();
    shop["event"] = script("prerequest", "x()");
    shop["item"][1]["event"] = script("test", "y()");
    shop["item"][1]["item"][0]["event"] = script("test", "");
    shop["item"][0]["event"] = script("test", "z()");
    let output = with(&["none", "c.json"], &shop).succeeds();
    output.stderr_is(
        "sign: warning: scripts are not run: prerequest of the collection, test of \"root\", test of \"Users\"\n",
    );
}

#[test]
fn what_is_no_http_is_left_out_and_counted() {
    let items = json!([
        item("a", json!("wss://h/")),
        item("b", json!("http://h/b")),
        item("c", json!("{{n}}://h/")),
        item("d", json!("ws://h/"))
    ]);
    let mut collection = collection(&items);
    collection["variable"][2]["value"] = json!("grpc");
    let output = with(&["none", "c.json"], &collection).succeeds();
    assert_eq!(output.json().len(), 1);
    output.stderr_is("sign: warning: 3 requests are left out: no HTTP but grpc, ws, wss\n");
}

#[test]
fn a_request_that_cannot_be_read_leaves_the_others() {
    let items = json!([item("bad", json!(7)), 7, {"name": "neither"}, item("good", json!("http://h/good")), {"name": "f", "item": 7}]);
    let output = with(&["none", "c.json"], &collection(&items)).fails(1);
    assert_eq!(output.json().len(), 1);
    output.stderr_is(
        "sign: \"bad\": item[0].request: is not an object\n\
         sign: item[1]: is not an object\n\
         sign: \"neither\": item[2]: has neither a request nor an item\n\
         sign: \"f\": item[4].item: is not a list\n",
    );
}

#[test]
fn with_several_files_messages_name_the_file() {
    let bad = collection(&json!([item("bad", json!(7)), item("url", json!("http://h:x/"))]));
    let output =
        sign(["none", "a.json", "b.json"]).file("a.json", shop().to_string()).file("b.json", bad.to_string()).fails(1);
    output
        .stderr_has("sign: b.json: \"bad\": item[0].request: is not an object\n")
        .stderr_has("sign: b.json: item[1] \"url\": ");
}
