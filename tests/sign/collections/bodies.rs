//! Headers, methods, and bodies of every mode.

use serde_json::{Value, json};

use super::{collection, item, line, lines, problem, with};
use crate::support::line::values;

/// The text of the body and its type, of a POST with this body.
#[track_caller]
fn body(body: Value) -> (Option<String>, Option<String>) {
    of(&line(json!({"method": "POST", "url": "{{base}}/", "body": body})))
}

fn of(line: &Value) -> (Option<String>, Option<String>) {
    let text = line["postData"]["text"].as_str().map(str::to_owned);
    (text, values(line, "content-type").first().map(|value| (*value).to_owned()))
}

#[track_caller]
fn is(given: Value, text: &str, content_type: &str) {
    let (found, found_type) = body(given.clone());
    assert_eq!((found.as_deref(), found_type.as_deref()), (Some(text), Some(content_type)), "{given}");
}

#[test]
fn headers_are_rows_or_text() {
    let rows = json!([
        {"key": "A", "value": "1"}, {"key": "a", "value": "{{n}}"}, {"key": "A", "value": "3"}, {"key": "E"},
        {"key": "Off", "value": "x", "disabled": true}, {"key": "", "value": "x"}, "T: x: y",
    ]);
    let expected = json!([
        {"name": "A", "value": "1"}, {"name": "a", "value": "7"}, {"name": "A", "value": "3"}, {"name": "E", "value": ""},
        {"name": "T", "value": "x: y"},
    ]);
    assert_eq!(line(json!({"url": "http://h/", "header": rows}))["headers"], expected);
    let text = "A: 1\r\nB:  2\r\n folded\r\nEmpty:\r\nno colon\r\n";
    let expected = json!([
        {"name": "A", "value": "1"}, {"name": "B", "value": "2 folded"}, {"name": "Empty", "value": ""},
    ]);
    assert_eq!(line(json!({"url": "http://h/", "header": text}))["headers"], expected);
    assert_eq!(line(json!({"url": "http://h/", "header": null}))["headers"], json!([]));
}

#[test]
fn methods_are_in_upper_case() {
    for (method, expected) in [(json!("post"), "POST"), (json!(null), "GET"), (json!("m-search"), "M-SEARCH")] {
        assert_eq!(line(json!({"url": "http://h/", "method": method}))["method"], expected);
    }
}

#[test]
fn raw_has_the_type_of_its_language() {
    let raw = |language: &str| json!({"mode": "raw", "raw": "{{n}}", "options": {"raw": {"language": language}}});
    for (language, content_type) in [
        ("json", "application/json"),
        ("xml", "application/xml"),
        ("html", "text/html"),
        ("javascript", "application/javascript"),
        ("text", "text/plain"),
    ] {
        is(raw(language), "7", content_type);
    }
    is(json!({"mode": "raw", "raw": "x"}), "x", "text/plain");
    is(json!({"mode": "unheard-of", "raw": "x"}), "x", "text/plain");
    is(json!({"mode": "raw", "raw": {"a": [1, null]}}), "{\"a\":[1,null]}", "text/plain");
    for nothing in
        [json!(null), json!({}), json!({"raw": "x"}), json!({"mode": "raw"}), json!({"mode": "raw", "raw": ""})]
    {
        assert_eq!(body(nothing.clone()), (None, None), "{nothing}");
    }
}

#[test]
fn a_type_that_a_header_states_stays() {
    let request = |header: &str| {
        json!({"method": "POST", "url": "http://h/", "header": [{"key": "content-type", "value": header}],
            "body": {"mode": "raw", "raw": "// note\n{\"a\": \"//\"} /* x */"}})
    };
    let stripped = "\n{\"a\": \"//\"} ";
    for (header, text) in [
        ("application/json; charset=utf-8", stripped),
        ("application/vnd.x+json", stripped),
        ("text/plain", "// note\n{\"a\": \"//\"} /* x */"),
    ] {
        let line = line(request(header));
        assert_eq!(of(&line), (Some(text.to_owned()), Some(header.to_owned())));
        assert_eq!(values(&line, "content-type").len(), 1);
    }
}

#[test]
fn comments_in_json_are_not_sent_and_need_not_resolve() {
    let body = json!({"mode": "raw", "raw": "{\"a\": {{n}}} // {{missing}}", "options": {"raw": {"language": "json"}}});
    is(body, "{\"a\": 7} ", "application/json");
}

#[test]
fn forms_keep_their_order() {
    let rows = json!([
        {"key": "b", "value": "1"}, {"key": "a", "value": "2"}, {"key": "b", "value": "3"}, {"key": "n", "value": null},
        {"key": "off", "value": "{{missing}}", "disabled": true}, {"key": "a b", "value": "c+d!'()*~%41&=é"},
    ]);
    is(
        json!({"mode": "urlencoded", "urlencoded": rows}),
        "b=1&a=2&b=3&n=&a%20b=c%2Bd%21%27%28%29%2A~%2541%26%3D%C3%A9",
        "application/x-www-form-urlencoded",
    );
    is(json!({"mode": "urlencoded", "urlencoded": "a=b&c"}), "a=b&c=", "application/x-www-form-urlencoded");
    assert_eq!(body(json!({"mode": "urlencoded", "urlencoded": []})), (None, None));
}

/// The body of a request to be signed with files beside the collection, with the boundary as `B`.
#[track_caller]
fn multipart(parts: Value, header: Option<&str>) -> (String, String) {
    let header = header.map(|value| json!([{"key": "Content-Type", "value": value}]));
    let request = json!({"method": "POST", "url": "http://h/", "header": header, "body": {"mode": "formdata", "formdata": parts}});
    let output = with(&["none", "--from", "postman", "c.json"], &collection(&json!([item("one", request)])))
        .file("a.txt", "hello")
        .file("data/b.json", "{}")
        .succeeds();
    let line = output.json().remove(0);
    let (text, content_type) = of(&line);
    let content_type = content_type.expect("a type");
    let boundary = content_type.split("boundary=").nth(1).expect("a boundary").to_owned();
    (text.expect("a body").replace(&boundary, "B"), content_type.replace(&boundary, "B"))
}

#[test]
fn multipart_bodies_are_made_before_they_are_signed() {
    let parts = json!([
        {"key": "t", "value": "v{{n}}", "type": "text", "contentType": "text/q"},
        {"key": "off", "value": "x", "disabled": true},
        {"key": "f", "type": "file", "src": "a.txt"},
        {"key": "g", "type": "file", "src": ["a.txt", "data/b.json"], "fileName": "x\"y", "contentType": "a/b"},
        {"key": "h", "type": "file", "value": "aGk="},
        {"key": "o", "value": {"a": 1}},
    ]);
    let part =
        |disposition: &str, rest: &str| format!("--B\r\nContent-Disposition: form-data; {disposition}\r\n{rest}\r\n");
    let expected = [
        part("name=\"t\"", "Content-Type: text/q\r\n\r\nv7"),
        part("name=\"f\"; filename=\"a.txt\"", "Content-Type: text/plain\r\n\r\nhello"),
        part("name=\"g\"; filename=\"x%22y\"", "Content-Type: a/b\r\n\r\nhello"),
        part("name=\"g\"; filename=\"x%22y\"", "Content-Type: a/b\r\n\r\n{}"),
        part("name=\"h\"", "Content-Type: application/octet-stream\r\n\r\nhi"),
        part("name=\"o\"", "\r\n{\"a\":1}"),
    ];
    let (body, content_type) = multipart(parts, None);
    assert_eq!(body, format!("{}--B--\r\n", expected.concat()));
    assert_eq!(content_type, "multipart/form-data; boundary=B");
}

#[test]
fn a_boundary_that_a_header_states_is_used() {
    let parts = json!([{"key": "t", "value": "v"}]);
    assert_eq!(multipart(parts.clone(), Some("multipart/form-data")).1, "multipart/form-data; boundary=B");
    let (body, content_type) = multipart(parts, Some("multipart/form-data; boundary=own"));
    assert_eq!(content_type, "multipart/form-data; boundary=B");
    assert_eq!(body, "--B\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nv\r\n--B--\r\n");
}

#[test]
fn a_part_without_a_file_is_left_out_with_a_warning() {
    let parts = json!([{"key": "t", "value": "v"}, {"key": "f", "type": "file", "src": null}, {"key": "g", "type": "file", "src": []}]);
    let request = json!({"method": "POST", "url": "http://h/", "body": {"mode": "formdata", "formdata": parts}});
    let output = with(&["none", "--from", "postman", "c.json"], &collection(&json!([item("one", request)]))).succeeds();
    output.stderr_is("sign: item[0] \"one\": the part \"f\" has no file and is left out\n");
}

#[test]
fn files_are_bodies() {
    let send = |file: Value| {
        let request = json!({"method": "POST", "url": "http://h/", "body": {"mode": "file", "file": file}});
        with(&["none", "--from", "postman", "c.json"], &collection(&json!([item("one", request)])))
            .file("d/a.json", "{}")
    };
    let line = send(json!({"src": "d/a.json"})).succeeds().json().remove(0);
    assert_eq!(of(&line), (Some("{}".to_owned()), Some("application/json".to_owned())));
    let line = send(json!({"content": "aGVsbG8="})).succeeds().json().remove(0);
    assert_eq!(of(&line), (Some("hello".to_owned()), None));
    send(json!({"src": null})).succeeds().stderr_has("the body has no file and is left out");
    send(json!({"src": "d/missing"})).fails(1).stdout_is("").stderr_has("d/missing: No such file");
}

#[test]
fn graphql_is_json_in_postmans_order() {
    let graphql = |inner: Value| json!({"mode": "graphql", "graphql": inner});
    for (inner, text) in [
        (json!({"query": "{ a }"}), r#"{"query":"{ a }"}"#),
        (
            json!({"variables": "", "query": "{ \"{{n}}\" }", "operationName": "O"}),
            r#"{"query":"{ \"7\" }","operationName":"O"}"#,
        ),
        (
            json!({"query": "q", "variables": "{\"x\": {{n}}, \"y\": 1.0}"}),
            r#"{"query":"q","variables":{"x": 7, "y": 1.0}}"#,
        ),
        (json!({"query": "q", "variables": {"x": [1]}}), r#"{"query":"q","variables":{"x":[1]}}"#),
    ] {
        is(graphql(inner), text, "application/json");
    }
    let request =
        json!({"method": "POST", "url": "http://h/", "body": graphql(json!({"query": "q", "variables": "{"}))});
    assert!(problem(request).contains("variables of the GraphQL request are not JSON"));
}

#[test]
fn bodies_stay_at_home_where_postman_leaves_them() {
    let raw = |disabled: bool| json!({"mode": "raw", "raw": "x", "disabled": disabled});
    let request = |method: &str| json!({"method": method, "url": "http://h/", "body": raw(false)});
    for method in ["GET", "HEAD", "COPY", "PURGE", "UNLOCK"] {
        assert_eq!(of(&line(request(method))), (None, None), "{method}");
        let items = json!([{"name": "f", "protocolProfileBehavior": {"disableBodyPruning": true}, "item": [item("r", request(method))]}]);
        assert_eq!(of(&lines(&items)[0]).0.as_deref(), Some("x"), "{method}");
    }
    for method in ["POST", "DELETE", "OPTIONS", "OWN"] {
        assert_eq!(of(&line(request(method))).0.as_deref(), Some("x"), "{method}");
    }
    assert_eq!(of(&line(json!({"method": "POST", "url": "http://h/", "body": raw(true)}))), (None, None));
}

#[test]
fn a_type_that_is_switched_off_is_not_added() {
    let behaviour = json!({"disabledSystemHeaders": {"content-type": true}});
    let request = json!({"method": "POST", "url": "http://h/", "body": {"mode": "raw", "raw": "x"}});
    let items = json!([{"name": "r", "protocolProfileBehavior": behaviour, "request": request}]);
    assert_eq!(of(&lines(&items)[0]), (Some("x".to_owned()), None));
}

#[test]
fn wrong_types_are_named_with_their_place() {
    for (body, place) in [
        (json!("x"), "body: is not an object"),
        (json!({"mode": 1}), "body.mode: is not text"),
        (json!({"mode": "raw", "raw": "", "options": 1}), "body.options: is not an object"),
        (json!({"mode": "urlencoded", "urlencoded": 1}), "body.urlencoded: is not a list"),
        (json!({"mode": "urlencoded", "urlencoded": [1]}), "body.urlencoded[0]: is not an object"),
        (json!({"mode": "formdata", "formdata": {}}), "body.formdata: is not a list"),
        (json!({"mode": "formdata", "formdata": [{"type": "file", "src": 7}]}), "body.formdata[0].src: is not text"),
        (json!({"mode": "file", "file": []}), "body.file: is not an object"),
        (json!({"mode": "graphql", "graphql": []}), "body.graphql: is not an object"),
        (json!({"mode": "graphql", "graphql": {"query": []}}), "body.graphql.query: is not text"),
    ] {
        let said = problem(json!({"url": "http://h/", "body": body.clone()}));
        assert_eq!(said, format!("sign: \"one\": item[0].request.{place}\n"), "{body}");
    }
    for (request, place) in [
        (json!({"url": "http://h/", "header": 1}), "request.header: is not a list"),
        (json!({"url": "http://h/", "header": [[]]}), "request.header[0]: is not an object"),
        (json!({"url": "http://h/", "method": 1}), "request.method: is not text"),
        (json!([]), "request: is not an object"),
        (json!(1), "request: is not an object"),
    ] {
        assert_eq!(problem(request.clone()), format!("sign: \"one\": item[0].{place}\n"), "{request}");
    }
}
