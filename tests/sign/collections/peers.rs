//! Other programs that run the same files, against a server that records what both send.

use std::path::Path;

use serde_json::Value;

use crate::support::recorder::{Received, Recorder};
use crate::support::{Tool, sign};

/// A program that `tests/support/install heavy` puts into `target/peers`.
fn program(name: &str) -> Tool {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/runners/node_modules/.bin").join(name);
    assert!(program.is_file(), "{name} is not installed: run tests/support/install heavy, or make test-heavy");
    Tool::program(program).limit(std::time::Duration::from_secs(600))
}

/// Headers that programs add to everything, and those that say how long a message is and where it goes.
const OWN: [&str; 9] = [
    "accept",
    "accept-encoding",
    "cache-control",
    "connection",
    "content-length",
    "host",
    "postman-token",
    "request-start-time",
    "user-agent",
];

/// A request without the words of the program that sent it: the names of headers in small letters, in order; a boundary
/// is `B`, and a body of JSON is a value.
fn said(received: &Received) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut lines = received.head.iter().map(|line| text(line));
    let first = lines.next().expect("a request line");
    let spelled = |line: String| {
        let (name, value) = line.split_once(':').expect("a header");
        format!("{}: {}", name.to_ascii_lowercase(), value.trim())
    };
    let mut headers: Vec<String> = lines.map(spelled).collect();
    headers.retain(|line| !OWN.contains(&line.split(':').next().unwrap_or_default()));
    headers.sort();
    let boundary = headers.iter().find_map(|line| line.split("boundary=").nth(1)).unwrap_or("no boundary").to_owned();
    let body = text(&received.body);
    let is_json = headers.iter().any(|line| line.ends_with("json"));
    let value = || serde_json::from_str::<Value>(&body).ok().map(|value| value.to_string());
    let body = if is_json { value().unwrap_or_else(|| body.clone()) } else { body.trim_end().to_owned() };
    format!("{first}\n{}\n\n{body}", headers.join("\n")).replace(&boundary, "B")
}

/// The files of a folder, with the recorder's address for `HOST`.
fn filled(tool: Tool, files: &[(&str, &str)], host: &str) -> Tool {
    files.iter().fold(tool, |tool, (name, text)| tool.file(name, text.replace("HOST", host)))
}

/// Checks that both send the same requests.
#[track_caller]
fn same(files: &[(&str, &str)], ours: &[&str], run: impl FnOnce(Tool, &str), name: &str) {
    let recorder = Recorder::start();
    let host = recorder.host();
    let sent = filled(sign(ours).arg("--send"), files, &host).succeeds();
    let ours: Vec<String> = recorder.take().iter().map(said).collect();
    assert_eq!(ours.len(), sent.json().len());
    run(filled(program(name), files, &host), &host);
    let theirs: Vec<String> = recorder.take().iter().map(said).collect();
    let differences: Vec<_> = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours != theirs).collect();
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!(ours.len(), theirs.len(), "{ours:#?} {theirs:#?}");
}

#[test]
#[ignore = "needs bru: make test-heavy"]
fn bru_sends_what_we_read_of_its_folders() {
    // What bru does wrong stays out: a key in the query, variants of bodies, numbers in variables of GraphQL.
    let run = |tool: Tool, _: &str| {
        let home = tool.home().join("c");
        tool.args(["run", "-r"]).within(&home).run();
    };
    let yaml = [
        (
            "c/opencollection.yml",
            "opencollection: 1.0.0\ninfo: {name: Shop}\nrequest:\n  auth: {type: bearer, token: '{{token}}'}\n  headers: [{name: X-All, value: all}, {name: X-Both, value: outer}, {name: X-No, value: '1', disabled: true}]\n  variables: [{name: token, value: T}, {name: base, value: 'http://HOST'}, {name: who, value: collection}, {name: gone, value: x, disabled: true}]\n",
        ),
        (
            "c/users/folder.yml",
            "info: {name: Users, type: folder, seq: 1}\nrequest:\n  auth: inherit\n  headers: [{name: X-Both, value: inner}]\n  variables: [{name: who, value: folder}]\n",
        ),
        (
            "c/users/admin/folder.yml",
            "info: {name: Admin, type: folder}\nrequest:\n  auth: {type: basic, username: u, password: '{{who}}'}\n",
        ),
        (
            "c/users/admin/json.yml",
            "info: {name: json, type: http, seq: 1}\nhttp:\n  method: post\n  url: '{{base}}/items/:id?q={{who}}&off=1'\n  params: [{name: q, value: '{{who}}', type: query}, {name: id, value: a b, type: path}]\n  headers: [{name: X-R, value: '{{who}}'}]\n  body: {type: json, data: '{\"a\": \"{{who}}\"} // comment'}\n  auth: inherit\nruntime: {variables: [{name: who, value: request}]}\n",
        ),
        (
            "c/users/admin/inherits.yml",
            "info: {name: inherits, type: http, seq: 2}\nhttp: {method: GET, url: '{{base}}/a', auth: inherit}\n",
        ),
        (
            "c/users/form.yml",
            "info: {name: form, type: http, seq: 2}\nhttp:\n  method: POST\n  url: '{{base}}/f'\n  body: {type: form-urlencoded, data: [{name: a b, value: c d}, {name: z, value: '{{who}}'}, {name: n, value: '1', disabled: true}]}\n  auth: none\n",
        ),
        (
            "c/users/multi.yml",
            "info: {name: multi, type: http, seq: 3}\nhttp:\n  method: POST\n  url: '{{base}}/m'\n  body: {type: multipart-form, data: [{name: t, type: text, value: v}, {name: f, type: file, value: [f.txt]}, {name: n, type: text, value: x, disabled: true}]}\n",
        ),
        (
            "c/users/file.yml",
            "info: {name: file, type: http, seq: 4}\nhttp:\n  method: PUT\n  url: '{{base}}/file'\n  body: {type: file, data: [{filePath: no.txt, contentType: a/b, selected: false}, {filePath: f.txt, contentType: text/x, selected: true}]}\n",
        ),
        (
            "c/users/text.yml",
            "info: {name: text, type: http, seq: 5}\nhttp:\n  method: PATCH\n  url: '{{base}}/t'\n  body: {type: text, data: 'x {{who}}'}\n",
        ),
        (
            "c/users/xml.yml",
            "info: {name: xml, type: http, seq: 6}\nhttp:\n  method: PUT\n  url: '{{base}}/x'\n  body: {type: xml, data: '<a/>'}\n",
        ),
        (
            "c/encode.yml",
            "info: {name: encode, type: http, seq: 1}\nhttp: {method: GET, url: '{{base}}/a b/é?x=a b&y=é%20%2F&z=a+b', auth: none}\n",
        ),
        (
            "c/gql.yml",
            "info: {name: gql, type: graphql, seq: 2}\ngraphql: {method: POST, url: '{{base}}/g', body: {query: '{ a }', variables: '{\"x\": 1}'}, auth: inherit}\n",
        ),
        (
            "c/key.yml",
            "info: {name: key, type: http, seq: 3}\nhttp: {method: GET, url: '{{base}}/k?a=1', auth: {type: apikey, key: k, value: v, placement: header}}\n",
        ),
        ("c/f.txt", "hello"),
    ];
    same(&yaml, &["inherit", "c"], run, "bru");
    let bru = [
        ("c/bruno.json", "{\"version\": \"1\", \"name\": \"Shop\", \"type\": \"collection\"}"),
        (
            "c/collection.bru",
            "headers {\n  X-All: all\n  ~X-No: 1\n}\n\nauth {\n  mode: bearer\n}\n\nauth:bearer {\n  token: {{token}}\n}\n\nvars:pre-request {\n  token: T\n  base: http://HOST\n  who: collection\n  ~gone: x\n}\n",
        ),
        (
            "c/users/folder.bru",
            "meta {\n  name: Users\n  seq: 1\n}\n\nheaders {\n  X-Both: inner\n}\n\nauth {\n  mode: inherit\n}\n\nvars:pre-request {\n  who: folder\n}\n",
        ),
        (
            "c/users/json.bru",
            "meta {\n  name: json\n  type: http\n  seq: 1\n}\n\npost {\n  url: {{base}}/items/:id?q={{who}}&off=1\n  body: json\n  auth: inherit\n}\n\nparams:query {\n  q: {{who}}\n}\n\nparams:path {\n  id: a b\n}\n\nheaders {\n  X-R: {{who}}\n}\n\nbody:json {\n  {\"a\": \"{{who}}\"}\n}\n\nvars:pre-request {\n  who: request\n}\n",
        ),
        (
            "c/users/form.bru",
            "meta {\n  name: form\n  type: http\n  seq: 2\n}\n\npost {\n  url: {{base}}/f\n  body: formUrlEncoded\n  auth: none\n}\n\nbody:form-urlencoded {\n  a: c d\n  z: {{who}}\n  ~n: 1\n}\n",
        ),
        (
            "c/users/basic.bru",
            "meta {\n  name: basic\n  type: http\n  seq: 3\n}\n\nget {\n  url: {{base}}/b\n  auth: basic\n}\n\nauth:basic {\n  username: u\n  password: p:q\n}\n",
        ),
        (
            "c/users/multi.bru",
            "meta {\n  name: multi\n  type: http\n  seq: 4\n}\n\npost {\n  url: {{base}}/m\n  body: multipartForm\n}\n\nbody:multipart-form {\n  t: v\n  f: @file(f.txt)\n  ~n: x\n}\n",
        ),
        (
            "c/key.bru",
            "meta {\n  name: key\n  type: http\n  seq: 1\n}\n\nget {\n  url: {{base}}/k?a=1\n  auth: apikey\n}\n\nauth:apikey {\n  key: k\n  value: v\n  placement: header\n}\n",
        ),
        ("c/f.txt", "hello"),
    ];
    same(&bru, &["inherit", "c"], run, "bru");
}

#[test]
#[ignore = "needs Postman's command line: make test-heavy"]
fn postman_sends_what_we_read_of_its_folders() {
    // It runs no folder with questions in GraphQL without an account.
    let request = |members: &str| format!("$kind: http-request\n{members}");
    let texts = [
        request(
            "name: json\nurl: \"{{base}}/j\"\nmethod: PUT\nbody:\n  type: json\n  content: '{\"a\": \"{{token}}\"}'\norder: 1000\n",
        ),
        request(
            "name: list\nurl: \"{{base}}/items/:id?a=1\"\nmethod: GET\nqueryParams:\n  - {key: b, value: \"x y\"}\n  - {key: off, value: \"1\", disabled: true}\npathVariables:\n  - {key: id, value: a7}\nheaders:\n  - {key: X-A, value: \"{{token}}\"}\n  - {key: X-Off, value: off, disabled: true}\norder: 1000\n",
        ),
        request(
            "name: form\nurl: \"{{nested}}\"\nmethod: POST\nbody:\n  type: urlencoded\n  content:\n    - {key: a, value: \"c d\"}\n    - {key: b, value: \"{{token}}\"}\n    - {key: n, value: x, disabled: true}\nauth:\n  type: noauth\norder: 2000\n",
        ),
        request(
            "name: key\nurl: \"{{base}}/k\"\nmethod: GET\nauth:\n  type: apikey\n  credentials: {key: k, value: v, in: header}\norder: 3000\n",
        ),
        request(
            "name: multi\nurl: \"{{base}}/m\"\nmethod: POST\nbody:\n  type: formdata\n  content:\n    - {key: t, type: text, value: v}\n    - {key: n, type: text, value: v, disabled: true}\norder: 4000\n",
        ),
    ];
    let files = [
        (
            "c/.resources/definition.yaml",
            "$kind: collection\nname: Shop\nauth:\n  type: bearer\n  credentials:\n    token: \"{{token}}\"\nvariables:\n  token: T\n  base: http://HOST\n  nested: \"{{base}}/n\"\n",
        ),
        (
            "c/Users/.resources/definition.yaml",
            "$kind: collection\nname: Users\norder: 2000\nauth:\n  type: basic\n  credentials:\n    username: u\n    password: \"{{token}}\"\n",
        ),
        ("c/json.request.yaml", &texts[0]),
        ("c/Users/list.request.yaml", &texts[1]),
        ("c/Users/form.request.yaml", &texts[2]),
        ("c/key.request.yaml", &texts[3]),
        ("c/multi.request.yaml", &texts[4]),
    ];
    let run = |tool: Tool, _: &str| {
        let home = tool.home().to_path_buf();
        tool.args(["collection", "run", "c"]).within(&home).run();
    };
    same(&files, &["inherit", "c"], run, "postman");
}

#[test]
#[ignore = "needs httpYac: make test-heavy"]
fn httpyac_sends_what_we_read_of_its_files() {
    // It reads no operation's name out of an unnamed question, and a question stays out for that.
    let text = "@host = HOST\n@base = http://{{host}}\n@x = X\n\n### List\n# @name list\nGET {{base}}/items\n    ?a=1\n    &b={{x}}\nX-One: {{x}}\n\n\
        ### login\nPOST {{base}}/login HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\na=1\n&b=2\n\n### basic\nGET {{base}}/basic\nAuthorization: Basic user pass\n\n\
        ### json\nPOST {{base}}/json\nContent-Type: application/json\n\n{\n  \"a\": \"{{x}}\"\n}\n\n### file\nPUT {{base}}/f\nContent-Type: text/plain\n\n< ./f.txt\n\n\
        ### without a type\nPUT {{base}}/f\n\n< ./f.txt\n\n### parts with a file\nPOST {{base}}/multi\nContent-Type: multipart/form-data; boundary=Bd\n\n--Bd\nContent-Disposition: form-data; name=\"t\"\n\nv\n--Bd\n\
        Content-Disposition: form-data; name=\"f\"; filename=\"f.txt\"\nContent-Type: text/plain\n\n< ./f.txt\n--Bd--\n\n\
        ### parts\nPOST {{base}}/multi\nContent-Type: multipart/form-data; boundary=Bd\n\n--Bd\nContent-Disposition: form-data; name=\"t\"\nX-Part: 1\n\nv\n--Bd--\n\n\
        ###\nDELETE {{base}}/last?a=b%20c\n";
    let run = |tool: Tool, _: &str| {
        let home = tool.home().to_path_buf();
        tool.args(["send", "a.http", "--all", "-s"]).within(&home).run();
    };
    same(&[("a.http", text), ("f.txt", "hello")], &["inherit", "a.http"], run, "httpyac");
}

#[test]
#[ignore = "needs openapi-to-postmanv2 and newman: make test-heavy"]
fn a_description_is_what_postmans_converter_makes_of_it() {
    let parameter = |name: &str, place: &str, example: &str| {
        format!(
            "        - {{name: {name}, in: {place}, required: true, schema: {{type: string}}, example: {example}}}\n"
        )
    };
    let answers = "      responses: {'200': {description: ok}}\n";
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Shop, version: '1'}}\nservers: [{{url: 'http://HOST/v1'}}]\npaths:\n  /items/{{id}}:\n    get:\n      parameters:\n{}{}{}        \
         - {{name: list, in: query, required: true, schema: {{type: array, items: {{type: string}}}}, example: [a, b]}}\n{answers}    \
         put:\n      parameters:\n{}      requestBody: {{content: {{application/json: {{example: {{b: 1.5, a: [x]}}, schema: {{type: object}}}}}}}}\n{answers}  \
         /login:\n    post:\n      requestBody: {{content: {{application/x-www-form-urlencoded: {{example: {{user: alice, pass: s t}}, schema: {{type: object, properties: {{user: {{type: string, example: alice}}, pass: {{type: string, example: s t}}}}}}}}}}}}\n{answers}  \
         /key:\n    get:\n      security: [{{k: []}}]\n{answers}components: {{securitySchemes: {{k: {{type: apiKey, in: header, name: X-Key}}}}}}\n",
        parameter("id", "path", "seven"),
        parameter("q", "query", "x"),
        parameter("X-A", "header", "one"),
        parameter("id", "path", "seven"),
    );
    let run = |tool: Tool, _: &str| {
        let home = tool.home().to_path_buf();
        let options = "parametersResolution=Example,requestParametersResolution=Example";
        let converted = tool.args(["-s", "a.yaml", "-o", "made.json", "-O", options]).within(&home).succeeds();
        let collection = std::fs::read_to_string(converted.home().join("made.json")).expect("a collection");
        program("newman").file("c.json", collection).args(["run", "c.json", "--env-var", "apiKey=KEY"]).succeeds();
    };
    same(&[("a.yaml", &text)], &["inherit", "a.yaml", "--var", "k=KEY"], run, "openapi2postmanv2");
}
