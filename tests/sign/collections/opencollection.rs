//! Bruno's folders, in OpenCollection's files and in `.bru` files, as lines.

use countersign_shared::collections::opencollection;
use serde_json::{Value, json};

use super::hostile::wrong_everywhere;
use super::told;
use crate::support::{Tool, sign};

/// A collection in OpenCollection's files.
const FILES: [(&str, &str); 12] = [
    (
        "opencollection.yml",
        "opencollection: 1.0.0\ninfo: {name: Shop}\nrequest:\n  auth: {type: bearer, token: '{{token}}'}\n  \
         headers: [{name: X-All, value: all}, {name: X-Both, value: outer}, {name: X-No, value: '1', disabled: true}]\n  \
         variables: [{name: token, value: T}, {name: base, value: 'http://h'}, {name: who, value: collection}, {name: gone, value: x, disabled: true}]\n",
    ),
    (
        "users/folder.yml",
        "info: {name: Users, type: folder, seq: 1}\nrequest:\n  auth: inherit\n  headers: [{name: X-Both, value: inner}]\n  variables: [{name: who, value: folder}]\n",
    ),
    (
        "users/admin/folder.yml",
        "info: {name: Admin, type: folder}\nrequest: {auth: {type: basic, username: u, password: '{{who}}'}}\n",
    ),
    (
        "users/admin/json.yml",
        "info: {name: json, type: http, seq: 1}\nhttp:\n  method: post\n  url: '{{base}}/items/:id?q={{who}}&off=1'\n  \
         params: [{name: q, value: '{{who}}', type: query}, {name: id, value: a b, type: path}]\n  headers: [{name: X-R, value: '{{who}}'}]\n  \
         body: {type: json, data: '{\"a\": \"{{who}}\"}'}\n  auth: inherit\nruntime: {variables: [{name: who, value: request}]}\n",
    ),
    (
        "users/form.yml",
        "info: {name: form, type: http, seq: 2}\nhttp:\n  method: POST\n  url: '{{base}}/f'\n  \
         body: {type: form-urlencoded, data: [{name: a b, value: c d}, {name: z, value: '{{who}}'}, {name: n, value: '1', disabled: true}]}\n  auth: none\n",
    ),
    (
        "users/multi.yml",
        "info: {name: multi, type: http, seq: 3}\nhttp:\n  method: POST\n  url: '{{base}}/m'\n  \
         body: {type: multipart-form, data: [{name: t, type: text, value: v}, {name: f, type: file, value: [f.txt]}, {name: n, type: text, value: x, disabled: true}]}\n",
    ),
    (
        "users/file.yml",
        "info: {name: file, type: http, seq: 4}\nhttp:\n  method: PUT\n  url: '{{base}}/file'\n  \
         body: {type: file, data: [{filePath: no.txt, contentType: a/b, selected: false}, {filePath: f.txt, contentType: text/x, selected: true}]}\n  \
         auth: {type: apikey, key: k, value: v, placement: query}\n",
    ),
    (
        "gql.yml",
        "info: {name: gql, type: graphql, seq: 1}\ngraphql: {method: POST, url: '{{base}}/g', body: {query: '{ a }', variables: '{\"x\": 1}'}, auth: inherit}\n",
    ),
    (
        "variants.yml",
        "info: {name: variants, type: http, seq: 2}\nhttp:\n  method: GET\n  url: '{{base}}/v'\n  \
         body: [{title: a, body: {type: text, data: no}}, {title: b, selected: true, body: {type: xml, data: <a/>}}]\n  auth: inherit\n",
    ),
    ("ws.yml", "info: {name: ws, type: websocket, seq: 4}\nwebsocket: {url: 'ws://h'}\n"),
    (
        "environments/prod.yml",
        "name: prod\nvariables: [{name: who, value: env}, {name: base, value: 'https://prod'}]\n",
    ),
    ("f.txt", "hello"),
];

const EXPECTED: [&str; 6] = [
    "Users/Admin/json: POST http://h/items/a%20b?q=request&off=1 [X-All: all] [X-Both: inner] [X-R: request] [Content-Type: application/json] <{\"a\": \"request\"}> \
     basic{\"password\":\"request\",\"username\":\"u\"}",
    "Users/form: POST http://h/f [X-All: all] [X-Both: inner] [Content-Type: application/x-www-form-urlencoded] <a+b=c+d&z=folder> off",
    "Users/multi: POST http://h/m [X-All: all] [X-Both: inner] [Content-Type: multipart/form-data; boundary=B] <--B\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nv\r\n\
     --B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--B--\r\n> off",
    "Users/file: PUT http://h/file [X-All: all] [X-Both: inner] [Content-Type: text/x] <hello> apikey{\"in\":\"query\",\"key\":\"k\",\"value\":\"v\"}",
    "gql: POST http://h/g [X-All: all] [X-Both: outer] [Content-Type: application/json] <{\"query\":\"{ a }\",\"variables\":{\"x\": 1}}> bearer{\"token\":\"T\"}",
    "variants: GET http://h/v [X-All: all] [X-Both: outer] [Content-Type: application/xml] <<a/>> bearer{\"token\":\"T\"}",
];

fn shop(arguments: &[&str]) -> Tool {
    FILES.iter().fold(sign(["none", "c"]).args(arguments), |tool, (name, text)| tool.file(&format!("c/{name}"), text))
}

#[test]
fn a_folder_is_its_requests_with_what_they_inherit() {
    let output = shop(&[]).succeeds();
    assert_eq!(told(&output.json()), EXPECTED);
    output.stderr_is("sign: warning: 1 request is left out: no HTTP but websocket\n");
    assert_eq!(told(&shop(&["--folder", "Users/Admin"]).succeeds().json()), EXPECTED[..1]);
}

#[test]
fn variables_of_requests_and_folders_go_before_environments() {
    let of = |arguments: &[&str]| told(&shop(arguments).succeeds().json());
    let found = of(&["--env-file", "c/environments/prod.yml"]);
    assert!(found[0].contains("https://prod/items/a%20b?q=request"), "{found:?}");
    assert!(found[1].contains("<a+b=c+d&z=folder>"), "{found:?}");
    let found = of(&["--var", "who=given", "--name", "json"]);
    assert!(found[0].contains("?q=given") && found[0].contains("\"password\":\"given\""), "{found:?}");
    let failed = shop(&["--name", "u"])
        .file(
            "c/u.yml",
            "info: {name: u, type: http}\nhttp: {method: GET, url: '{{base}}/{{process.env.HOME}}{{gone}}'}\n",
        )
        .fails(1);
    failed.stdout_is("").stderr_has("u.yml \"u\": url: {{process.env.HOME}} is not defined");
}

#[test]
fn only_what_says_so_inherits() {
    let root = "opencollection: 1.0.0\nrequest: {auth: {type: bearer, token: T}}\n";
    for (folder, request, expected) in [
        ("none", "inherit", Ok(" bearer{\"token\":\"T\"}")),
        ("inherit", "inherit", Ok(" bearer{\"token\":\"T\"}")),
        ("{type: basic, username: u, password: p}", "inherit", Ok(" basic{\"password\":\"p\",\"username\":\"u\"}")),
        ("{type: basic, username: u, password: p}", "none", Ok(" off")),
        ("{type: inherit}", "inherit", Err("f/folder.yml: line 1: request.auth.type: ")),
        ("{type: unheard}", "inherit", Err("f/folder.yml: line 1: request.auth.type: ")),
        ("none", "{type: inherit}", Err("f/r.yml: line 2: http.auth.type: ")),
        ("none", "{type: unheard}", Err("f/r.yml: line 2: http.auth.type: ")),
        ("none", "7", Err("f/r.yml: line 2: http.auth: ")),
    ] {
        let tool = sign(["none", "c"])
            .file("c/opencollection.yml", root)
            .file("c/f/folder.yml", format!("request: {{auth: {folder}}}\n"))
            .file(
                "c/f/r.yml",
                format!("info: {{name: r, type: http}}\nhttp: {{method: GET, url: 'http://h/', auth: {request}}}\n"),
            );
        match expected {
            Ok(expected) => assert_eq!(
                told(&tool.succeeds().json()),
                [format!("f/r: GET http://h/{expected}")],
                "{folder}, {request}"
            ),
            Err(said) => {
                tool.fails(1).stdout_is("").stderr_has(said);
            }
        }
    }
}

#[test]
fn files_of_both_languages_are_the_same_requests() {
    let bru = [
        ("bruno.json", "{\"version\": \"1\", \"name\": \"Shop\", \"type\": \"collection\"}"),
        (
            "collection.bru",
            "headers {\n  X-All: all\n  X-Both: outer\n  ~X-No: 1\n}\n\nauth {\n  mode: bearer\n}\n\nauth:bearer {\n  token: {{token}}\n}\n\nvars:pre-request {\n  token: T\n  base: http://h\n  who: collection\n  ~gone: x\n}\n",
        ),
        (
            "users/folder.bru",
            "meta {\n  name: Users\n  seq: 1\n}\n\nheaders {\n  X-Both: inner\n}\n\nauth {\n  mode: inherit\n}\n\nvars:pre-request {\n  who: folder\n}\n",
        ),
        (
            "users/admin/folder.bru",
            "meta {\n  name: Admin\n}\n\nauth {\n  mode: basic\n}\n\nauth:basic {\n  username: u\n  password: {{who}}\n}\n",
        ),
        (
            "users/admin/json.bru",
            "meta {\n  name: json\n  type: http\n  seq: 1\n}\n\npost {\n  url: {{base}}/items/:id?q={{who}}&off=1\n  body: json\n  auth: inherit\n}\n\nparams:query {\n  q: {{who}}\n}\n\nparams:path {\n  id: a b\n}\n\nheaders {\n  X-R: {{who}}\n}\n\nbody:json {\n  {\"a\": \"{{who}}\"}\n}\n\nvars:pre-request {\n  who: request\n}\n",
        ),
        (
            "users/form.bru",
            "meta {\n  name: form\n  type: http\n  seq: 2\n}\n\npost {\n  url: {{base}}/f\n  body: formUrlEncoded\n  auth: none\n}\n\nbody:form-urlencoded {\n  a b: c d\n  z: {{who}}\n  ~n: 1\n}\n",
        ),
        (
            "users/multi.bru",
            "meta {\n  name: multi\n  type: http\n  seq: 3\n}\n\npost {\n  url: {{base}}/m\n  body: multipartForm\n}\n\nbody:multipart-form {\n  t: v\n  f: @file(f.txt)\n  ~n: x\n}\n",
        ),
        (
            "users/file.bru",
            "meta {\n  name: file\n  type: http\n  seq: 4\n}\n\nput {\n  url: {{base}}/file\n  body: file\n  auth: apikey\n}\n\nauth:apikey {\n  key: k\n  value: v\n  placement: queryparams\n}\n\nbody:file {\n  file: @file(f.txt) @contentType(text/x)\n  ~file: @file(no.txt) @contentType(a/b)\n}\n",
        ),
        (
            "gql.bru",
            "meta {\n  name: gql\n  type: graphql\n  seq: 1\n}\n\npost {\n  url: {{base}}/g\n  body: graphql\n  auth: inherit\n}\n\nbody:graphql {\n  { a }\n}\n\nbody:graphql:vars {\n  {\"x\": 1}\n}\n",
        ),
        ("f.txt", "hello"),
    ];
    let tool = bru.iter().fold(sign(["none", "c"]), |tool, (name, text)| tool.file(&format!("c/{name}"), text));
    assert_eq!(told(&tool.succeeds().json()), EXPECTED[..5]);
}

#[test]
fn files_are_read_below_the_own_folder_alone() {
    for name in ["../secret", "/etc/hostname", "users/../../secret", "link"] {
        let request = format!(
            "info: {{name: r, type: http}}\nhttp: {{method: PUT, url: 'http://h/', body: {{type: file, data: [{{filePath: '{name}', selected: true}}]}}}}\n"
        );
        let tool = |options: &[&str]| {
            let tool = shop(options).arg("--name").arg("r").file("secret", "s").file("c/users/r.yml", &request);
            #[cfg(unix)]
            std::os::unix::fs::symlink("../secret", tool.home().join("c/link")).expect("a link");
            tool
        };
        tool(&[])
            .fails(1)
            .stdout_is("")
            .stderr_has(&format!("{name} is outside the collection's folder; --allow-files lets it be read"));
        if name != "/etc/hostname" {
            assert!(told(&tool(&["--allow-files"]).succeeds().json())[0].contains("<s>"), "{name}");
        }
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_are_errors_and_nothing_is_read() {
    for (link, target) in [
        ("c/evil.yml", "../evil.yml"),
        ("c/out", "../out"),
        ("c/round", "."),
        ("c/lost.yml", "nowhere"),
        ("c/opencollection.yml", "../evil.yml"),
    ] {
        let tool = FILES
            .iter()
            .filter(|(name, _)| format!("c/{name}") != link)
            .fold(sign(["none", "c"]), |tool, (name, text)| tool.file(&format!("c/{name}"), text));
        let request = "info: {name: evil, type: http}\nhttp: {method: GET, url: 'http://h/evil'}\n";
        let tool = tool.file("evil.yml", request).file("out/r.yml", request);
        std::os::unix::fs::symlink(target, tool.home().join(link)).expect("a link");
        let output = tool.fails(1);
        assert!(!output.out().contains("/evil"), "{link}");
        output.stderr_has("is a symbolic link");
    }
}

#[test]
fn a_file_that_cannot_be_read_never_vanishes() {
    for (text, said) in [
        ("info: {name: r}\nhttp: {url: 'http://h/'}\n", "r.yml"),
        ("info: {name: r, type: http}\nhttp: [\n", "r.yml: line "),
        ("info: {name: r, type: http}\nhttp: {method: GET}\n", "r.yml: line 2: http.url: is missing"),
        ("a: 1\na: 2\n", "r.yml: line 2"),
        ("- 1\n", "r.yml: line 1"),
        ("a: &a [1, 2]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\n", "r.yml"),
    ] {
        let output = shop(&[]).file("c/r.yml", text).fails(1);
        assert_eq!(output.json().len(), EXPECTED.len(), "{text}");
        output.stderr_has(said);
    }
}

#[test]
fn a_thousand_folders_within_each_other_are_refused() {
    let deep = "d/".repeat(100);
    let request = "info: {name: r, type: http}\nhttp: {method: GET, url: 'http://h/deep'}\n";
    let output = shop(&[]).file(&format!("c/{deep}r.yml"), request).fails(1);
    assert_eq!(output.json().len(), EXPECTED.len());
    output.stderr_has("is below more than 64 folders");
}

#[test]
fn wrong_types_everywhere_are_errors_with_their_place() {
    let root = json!({"opencollection": "1.0.0", "info": {"name": "c"}, "docs": "d", "request": {
        "auth": {"type": "basic", "username": "u", "password": "p"}, "headers": [{"name": "A", "value": "1", "disabled": false}],
        "variables": [{"name": "v", "value": {"type": "number", "data": "1"}}], "scripts": [{"type": "before-request", "code": "x"}],
    }});
    let request = json!({"info": {"name": "r", "type": "http", "seq": 1, "tags": ["a"]}, "http": {
        "method": "POST", "url": "http://h/:id?q=1", "headers": [{"name": "A", "value": "1"}],
        "params": [{"name": "id", "value": "1", "type": "path"}, {"name": "q", "value": "1", "type": "query", "disabled": false}],
        "body": {"type": "multipart-form", "data": [{"name": "f", "type": "file", "value": ["f.txt"], "contentType": "a/b"}]}, "auth": "inherit",
    }, "runtime": {"variables": [{"name": "x", "value": "1"}], "scripts": [{"type": "tests", "code": "x"}]}, "settings": {"encodeUrl": true}});
    let home = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(home.path().join("f")).expect("a folder");
    let read = |files: &[(&str, String)]| {
        for (name, text) in files {
            std::fs::write(home.path().join(name), text).expect("a file");
        }
        opencollection::read(home.path())
    };
    let folder = json!({"info": {"name": "f", "type": "folder", "seq": 2}, "request": {"auth": "inherit", "headers": [{"name": "B", "value": "1"}]}});
    let file = |name, value: &Value| (name, value.to_string());
    wrong_everywhere(&root, &|text| {
        read(&[("opencollection.yml", text.to_owned()), file("r.yml", &request), ("f.txt", "x".to_owned())])
    });
    wrong_everywhere(&request, &|text| {
        read(&[file("opencollection.yml", &root), ("r.yml", text.to_owned()), ("f.txt", "x".to_owned())])
    });
    wrong_everywhere(&folder, &|text| {
        read(&[
            file("opencollection.yml", &root),
            ("f/folder.yml", text.to_owned()),
            file("f/r.yml", &request),
            ("f.txt", "x".to_owned()),
        ])
    });
}
