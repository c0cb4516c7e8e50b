//! URLs: text and parts, path variables, rows of the query, encoding.

use serde_json::{Value, json};

use super::{line, problem};

#[track_caller]
fn url(url: Value) -> String {
    line(json!({"url": url}))["url"].as_str().expect("a URL").to_owned()
}

#[test]
fn text_is_the_url_of_a_get() {
    let line = line(json!("{{base}}/items"));
    assert_eq!((line["method"].as_str(), line["url"].as_str()), (Some("GET"), Some("https://h.example/items")));
    assert_eq!(url(json!("{{nested}}/items?x=1#part")), "https://h.example/v1/items?x=1");
    assert_eq!(url(json!("h.example:8080/a")), "http://h.example:8080/a");
}

#[test]
fn parts_go_before_raw() {
    for (parts, expected) in [
        (json!({"raw": "http://raw/?off=1", "host": ["h", "example"], "path": ["a", "b"]}), "http://h.example/a/b"),
        (json!({"protocol": "https", "host": "h.example", "port": 8443, "path": "/a"}), "https://h.example:8443/a"),
        (json!({"protocol": "https://", "host": "{{n}}.example", "port": "1", "path": "a/"}), "https://7.example:1/a/"),
        (json!({"host": ["{{base}}"], "path": ["", {"type": "string", "value": "o"}, null]}), "https://h.example//o/"),
        (json!({"host": "h", "path": [], "hash": "x"}), "http://h/"),
        (json!({"raw": "http://raw/a?b"}), "http://raw/a?b"),
        (json!({"raw": "http://raw/:id", "host": [], "variable": [{"key": "id", "value": "1"}]}), "http://raw/1"),
    ] {
        assert_eq!(url(parts.clone()), expected, "{parts}");
    }
}

#[test]
fn rows_of_the_query_are_sent_as_they_are_written() {
    let query = |rows: Value| url(json!({"host": "h", "path": ["p"], "query": rows}));
    for (rows, expected) in [
        (json!([{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]), "http://h/p?a=1&a=2"),
        (json!([{"key": "off", "value": "1", "disabled": true}]), "http://h/p"),
        (json!([{"key": "n", "value": null}, {"key": "e", "value": ""}]), "http://h/p?n&e="),
        (json!([{"key": null, "value": null}, {"key": "a"}]), "http://h/p?&a"),
        (json!([{"key": ""}]), "http://h/p?"),
        (json!([{"key": "a&b=c#", "value": "1&2#3=4 5+6%20"}]), "http://h/p?a%26b%3Dc%23=1%262%233=4%205+6%20"),
        (json!([{"key": "n", "value": 1.50}, "x=1&y"]), "http://h/p?n=1.5&x=1&y"),
        (json!([]), "http://h/p"),
        (json!("a=1&b"), "http://h/p?a=1&b"),
    ] {
        assert_eq!(query(rows.clone()), expected, "{rows}");
    }
}

#[test]
fn segments_of_the_path_take_their_values() {
    let path = |path: &str, variables: Value| {
        url(json!({"protocol": "http", "host": "h", "path": path, "variable": variables}))
    };
    for (template, variables, expected) in [
        ("a/:id", json!([{"key": "id", "value": "7"}]), "http://h/a/7"),
        (":id.json/:id", json!([{"id": "id", "value": 7}]), "http://h/7.json/7"),
        (":id/:other/x:id", json!([{"key": "id", "value": "{{n}}"}]), "http://h/7/:other/x:id"),
        (":id/:none", json!([{"key": "id", "value": ""}, {"key": "none", "value": null}]), "http://h/:id/:none"),
        (":id", json!([{"key": "id", "value": "1"}, {"key": "id", "value": "2/3"}]), "http://h/2/3"),
        (":id", json!({"id": "map"}), "http://h/map"),
    ] {
        assert_eq!(path(template, variables.clone()), expected, "{template} {variables}");
    }
}

#[test]
fn what_may_not_stand_in_a_url_is_encoded_once() {
    assert_eq!(
        url(json!("{{base}}/a b\"<>`|^%41%é?a b\"'<>`{|}^%41é")),
        "https://h.example/a%20b%22%3C%3E%60|^%41%%C3%A9?a%20b%22%27%3C%3E`{|}^%41%C3%A9"
    );
}

#[test]
fn an_encoding_that_is_switched_off_is_left_out() {
    let items =
        json!([{"name": "r", "protocolProfileBehavior": {"disableUrlEncoding": true}, "request": "{{base}}/{a}?\"'"}]);
    assert_eq!(super::lines(&items)[0]["url"], "https://h.example/{a}?\"'");
}

#[test]
fn userinfo_becomes_basic() {
    let made =
        line(json!({"url": {"protocol": "http", "auth": {"user": "u", "password": "p:q"}, "host": "h", "path": ""}}));
    assert_eq!(made["url"], "http://h/");
    assert_eq!(crate::support::line::authorization(&made), super::super::basic("u:p:q"));
}

#[test]
fn values_are_spelled_as_text() {
    assert_eq!(
        url(json!("{{base}}/{{n}}/{{yes}}/{{twice}}?{{object}}")),
        "https://h.example/7/true/last?{%22a%22:[1]}"
    );
}

#[test]
fn an_unknown_name_is_an_error_that_names_the_request_and_the_scopes() {
    let said = problem(json!("{{base}}/{{missing}}"));
    assert!(said.starts_with("sign: item[0] \"one\": url: {{missing}} is not defined"), "{said}");
    assert!(said.contains("the collection"), "{said}");
    let said = problem(json!({"url": "http://h/", "header": [{"key": "A", "value": "{{ n }}"}]}));
    assert!(said.contains("header 1: {{ n }} is not defined, but {{n}} is"), "{said}");
    // What is switched off need not resolve.
    line(json!({
        "url": {"host": "h", "query": [{"key": "{{missing}}", "value": "", "disabled": true}]},
        "header": [{"key": "{{missing}}", "value": "", "disabled": true}],
    }));
}

#[test]
fn wrong_types_are_named_with_their_place() {
    for (url, place) in [
        (json!(7), "item[0].request.url: is not text"),
        (json!([]), "item[0].request.url: is not text"),
        (json!(null), "item[0].request.url: is missing"),
        (json!({}), "item[0].request.url: has neither raw nor host"),
        (json!({"host": {}}), "item[0].request.url.host: is not text"),
        (json!({"host": ["h", {"value": []}]}), "item[0].request.url.host[1].value: is not text"),
        (json!({"host": "h", "query": 1}), "item[0].request.url.query: is not a list"),
        (json!({"host": "h", "query": [{"key": []}]}), "item[0].request.url.query[0].key: is not text"),
        (
            json!({"host": "h", "query": [{"disabled": "x"}]}),
            "item[0].request.url.query[0].disabled: is neither true nor false",
        ),
        (json!({"host": "h", "variable": "x"}), "item[0].request.url.variable: is not a list"),
        (json!({"host": "h", "auth": "x"}), "item[0].request.url.auth: is not an object"),
    ] {
        assert_eq!(problem(json!({"url": url.clone()})), format!("sign: \"one\": {place}\n"), "{url}");
    }
}
