//! Files that are known for what they are, without `--from`.

use serde_json::Value;

use crate::support::sign;

/// A collection in each format, with one request for `http://h/one`, and the name that `--from` has for it.
const FILES: [(&str, &str, &str); 11] = [
    (
        "openapi",
        "api.json",
        r#"{"openapi":"3.0.3","info":{"title":"t"},"servers":[{"url":"http://h"}],"paths":{"/one":{"get":{}}}}"#,
    ),
    (
        "openapi",
        "late.json",
        r#"{"info":{"title":"t"},"servers":[{"url":"http://h"}],"paths":{"/one":{"get":{}}},"openapi":"3.1.0"}"#,
    ),
    (
        "openapi",
        "api.yaml",
        "# made by hand\n---\nopenapi: 3.1.0\nservers:\n- url: http://h\npaths:\n  /one:\n    get: {}\n",
    ),
    (
        "openapi",
        "late.yml",
        "info:\n  title: t\nservers: [{url: 'http://h'}]\npaths:\n  /one:\n    get: {}\nopenapi: '3.0.0'\n",
    ),
    (
        "insomnia",
        "insomnia.json",
        r#"{"_type":"export","__export_format":4,"resources":[{"_id":"wrk_1","_type":"workspace","name":"w"},
            {"_id":"req_1","_type":"request","parentId":"wrk_1","name":"one","method":"GET","url":"http://h/one"}]}"#,
    ),
    (
        "insomnia",
        "insomnia.yaml",
        "type: collection.insomnia.rest/5.0\nname: w\ncollection:\n  - name: one\n    url: http://h/one\n    method: GET\n",
    ),
    ("http-file", "a.http", "GET http://h/one\n"),
    ("http-file", "a.rest", "# a comment\n\nhttp://h/one\n"),
    ("http-file", "divided", "### One\nGET http://h/one HTTP/1.1\n"),
    ("http-file", "variables", "@base = http://h\n\nGET {{base}}/one\n"),
    ("http-file", "path", "GET /one HTTP/1.1\nHost: h\n\n###\n"),
];

#[track_caller]
fn url_of(lines: &[Value]) -> String {
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines[0]["url"].as_str().expect("a URL").to_owned()
}

#[test]
fn files_are_known_for_what_they_are() {
    for (format, name, text) in FILES {
        let with_option = sign(["none", "--from", format, name]).file(name, text).succeeds().json();
        assert_eq!(url_of(&with_option), "http://h/one", "{name}");
        for text in [text.to_owned(), format!("\u{feff}{text}")] {
            let known = sign(["none", name]).file(name, &text).succeeds().json();
            assert_eq!(known, with_option, "{name}");
        }
    }
}

#[test]
fn standard_input_is_known_too() {
    // What only its name tells is not.
    for (format, name, text) in FILES.into_iter().filter(|(_, name, _)| *name != "a.rest") {
        assert_eq!(url_of(&sign(["none"]).stdin(text).succeeds().json()), "http://h/one", "{name}");
        assert_eq!(
            url_of(&sign(["none", "--from", format, "-"]).stdin(text).succeeds().json()),
            "http://h/one",
            "{name}"
        );
    }
}

#[test]
fn folders_are_known_by_the_files_in_them() {
    let yaml = "info: {name: one, type: http}\nhttp: {method: GET, url: 'http://h/one'}\n";
    let bru = "meta {\n  name: one\n  type: http\n}\n\nget {\n  url: http://h/one\n}\n";
    for (files, single, format) in [
        (
            [("c/opencollection.yml", "info: {name: c}\n"), ("c/one.yml", yaml)],
            "c/opencollection.yml",
            "opencollection",
        ),
        ([("c/bruno.json", "{\"name\":\"c\"}"), ("c/one.bru", bru)], "c/bruno.json", "opencollection"),
        (
            [
                ("c/.resources/definition.yaml", "$kind: collection\nname: c\n"),
                ("c/one.request.yaml", "$kind: http-request\nurl: http://h/one\nmethod: GET\n"),
            ],
            "c/one.request.yaml",
            "postman",
        ),
    ] {
        let tool = |arguments: &[&str]| {
            files.iter().fold(sign(arguments), |tool, (name, text)| tool.file(name, text)).succeeds().json()
        };
        for arguments in [&["none", "c"][..], &["none", single], &["none", "--from", format, "c"]] {
            assert_eq!(url_of(&tool(arguments)), "http://h/one", "{arguments:?}");
        }
    }
    for format in ["opencollection", "bruno"] {
        let output = sign(["none", "--from", format]).stdin(yaml).fails(1);
        output.stderr_is("sign: -: a collection in this format is a folder: name it as FILE\n");
    }
}

#[test]
fn what_has_no_requests_says_how_it_is_used() {
    let environment = "is an environment and has no requests: name a collection, and --env-file FILE for its variables";
    let globals = "has globals and no requests: name a collection, and --globals FILE for its variables";
    let dump = "is the dump of a Postman workspace: export the collection by itself, as v2.1, and name that file";
    for (name, text, said) in [
        (
            "e.json",
            r#"{"id":"1","name":"e","values":[{"key":"a","value":"1"}],"_postman_variable_scope":"environment"}"#,
            environment,
        ),
        ("e.json", r#"{"name":"e","values":[]}"#, environment),
        ("e.json", r#"[{"key":"a","value":"1","enabled":true}]"#, environment),
        ("g.json", r#"{"name":"g","values":[{"key":"a","value":"1"}],"_postman_variable_scope":"globals"}"#, globals),
        ("e.environment.yaml", "$kind: environment\nname: e\nvalues:\n  - key: a\n    value: 1\n", environment),
        ("e.yml", "name: e\nvariables:\n  - name: a\n    value: 1\n", environment),
        ("e.bru", "vars {\n  a: 1\n}\n", environment),
        (".env", "A=1\n", environment),
        ("prod.env", "export A=1\n", environment),
        (
            "dump.json",
            r#"{"version":1,"collections":[{"item":[]}],"environments":[],"headerPresets":[],"globals":[]}"#,
            dump,
        ),
    ] {
        let output = sign(["inherit", name]).file(name, text).fails(1);
        output.stdout_is("").stderr_is(&format!("sign: {name}: {}\n", said.replace("FILE", name)));
        if !name.ends_with("env") {
            let output = sign(["inherit"]).stdin(text).fails(1);
            output.stdout_is("").stderr_is(&format!("sign: -: {said}\n"));
        }
    }
}

#[test]
fn older_versions_say_what_to_do() {
    for (name, text, said) in [
        (
            "a.json",
            r#"{"swagger":"2.0","paths":{}}"#,
            "is a description of version 2 (Swagger): convert it to OpenAPI 3 first",
        ),
        ("a.yaml", "swagger: '2.0'\npaths: {}\n", "convert it to OpenAPI 3 first"),
        (
            "c.json",
            r#"{"id":"1","name":"c","order":[],"requests":[]}"#,
            "a Postman collection of version 1; export it from Postman as v2.1",
        ),
    ] {
        let output = sign(["inherit", name]).file(name, text).fails(1);
        output.stdout_is("").stderr_has(&format!("sign: {name}: ")).stderr_has(said);
    }
}

/// Lines that look a little like one of these stay what they were.
#[test]
fn lines_stay_lines() {
    for text in [
        "{\"values\":[1],\"url\":\"http://h/one\"}\n",
        "{\"info\":{\"x\":1},\"url\":\"http://h/one\",\"paths\":{}}\n",
        "{\"type\":\"x\",\"order\":[],\"collections\":[],\"method\":\"GET\",\"url\":\"http://h/one\"}\n",
        "### some URLs\nhttp://h/one\n",
        "# name: value\nhttp://h/one\n",
        "curl http://h/one -H 'openapi: 3'\n",
        "[{\"url\":\"http://h/one\"}]\n",
    ] {
        assert_eq!(url_of(&sign(["none"]).stdin(text).succeeds().json()), "http://h/one", "{text}");
        assert_eq!(url_of(&sign(["none", "f"]).file("f", text).succeeds().json()), "http://h/one", "{text}");
    }
    // A message as it is on the wire has a body to the last byte, which the reader of files for editors would trim.
    for name in ["m.http", "m"] {
        let output = sign(["none", name]).file(name, "POST /one HTTP/1.1\r\nHost: h\r\n\r\nbody\n\n").run();
        assert!(!output.out().contains("\"text\":\"body\""), "{}", output.out());
    }
}

#[test]
fn a_request_is_chosen_by_its_name_from_each_format() {
    let text = "GET http://h/one\n# @name a\n\n###\n# @name b\nGET http://h/two\n";
    let output = sign(["none", "--name", "b", "a.http"]).file("a.http", text).succeeds();
    assert_eq!(url_of(&output.json()), "http://h/two");
    sign(["none", "--name", "c", "a.http"]).file("a.http", text).fails(1).stderr_has("no request is named \"c\"");
}
