//! OpenAPI descriptions as lines.

use countersign_shared::collections::openapi;
use serde_json::{Value, json};

use super::hostile::wrong_everywhere;
use super::told;
use crate::support::sign;

/// A description with these members beside the server, in JSON.
fn description(members: &Value) -> Value {
    let mut whole = json!({"openapi": "3.1.0", "info": {"title": "Shop"}, "servers": [{"url": "http://h"}]});
    whole.as_object_mut().expect("an object").extend(members.as_object().expect("an object").clone());
    whole
}

#[track_caller]
fn same(description: &Value, options: &[&str], expected: &[&str]) {
    let text = description.to_string();
    let lines = sign(["none", "api.json"]).args(options).file("api.json", &text).succeeds().json();
    assert_eq!(told(&lines), expected);
    // JSON is YAML too.
    let lines =
        sign(["none", "--from", "openapi", "api.yaml"]).args(options).file("api.yaml", format!("# YAML\n{text}"));
    assert_eq!(told(&lines.succeeds().json()), expected);
}

/// A description whose one operation, `POST /p`, is this one.
fn operation(operation: &Value) -> Value {
    description(&json!({"paths": {"/p": {"post": operation}}}))
}

#[test]
fn each_operation_is_a_request_in_the_folder_of_its_first_tag() {
    let paths = json!({
        "/b": {"post": {"operationId": "add", "tags": ["items", "x"], "description": "d"}, "get": {"tags": ["late"]}},
        "/a": {"delete": {"summary": "Remove it"}, "x-more": {}, "parameters": []},
    });
    let whole = description(&json!({"paths": paths, "tags": [{"name": "unused"}, {"name": "items"}]}));
    let expected = ["items/add: POST http://h/b", "late/GET /b: GET http://h/b", "Remove it: DELETE http://h/a"];
    same(&whole, &[], &expected);
    same(&whole, &["--folder", "items"], &expected[..1]);
}

#[test]
fn parameters_are_where_the_description_says() {
    let parameter = |name: &str, place: &str, more: Value| {
        let mut parameter = json!({"name": name, "in": place, "required": true});
        parameter.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        parameter
    };
    let whole = description(&json!({"paths": {"/items/{id}/{sub}": {
        "parameters": [
            parameter("id", "path", json!({"example": "of the path"})),
            parameter("q", "query", json!({"example": "of the path"})),
            parameter("X-A", "header", json!({"schema": {"default": "a"}})),
        ],
        "get": {"operationId": "o", "parameters": [
            parameter("id", "path", json!({"example": "a b/c"})),
            parameter("list", "query", json!({"example": ["x", "y z"]})),
            parameter("flat", "query", json!({"example": ["x", "y"], "explode": false})),
            parameter("pipe", "query", json!({"example": ["x", "y"], "explode": false, "style": "pipeDelimited"})),
            parameter("deep", "query", json!({"example": {"k": "v"}, "style": "deepObject"})),
            parameter("raw", "query", json!({"example": "a/b?c", "allowReserved": true})),
            parameter("json", "query", json!({"content": {"application/json": {"example": {"n": 1.0}}}})),
            parameter("off", "query", json!({"example": "1", "required": false})),
            parameter("X-Off", "header", json!({"example": "1", "required": false})),
            parameter("sid", "cookie", json!({"example": "c"})),
            parameter("lang", "cookie", json!({"schema": {"enum": ["de", "en"]}})),
            // OpenAPI, Parameter Object: headers of these names shall be ignored.
            parameter("Authorization", "header", json!({"example": "no"})),
            parameter("content-type", "header", json!({"example": "no"})),
            parameter("ACCEPT", "header", json!({"example": "no"})),
        ]},
    }}}));
    let url = "http://h/items/a%20b%2Fc/S?q=of%20the%20path&list=x&list=y%20z&flat=x,y&pipe=x%7Cy&deep[k]=v&raw=a/b?c\
               &json=%7B%22n%22%3A1.0%7D";
    same(&whole, &["--var", "sub=S"], &[&format!("o: GET {url} [X-A: a] [Cookie: sid=c; lang=de]")]);
}

#[test]
fn a_required_parameter_without_an_example_has_to_be_given() {
    let whole = operation(&json!({"parameters": [{"name": "q", "in": "query", "required": true}]}));
    same(&whole, &["--var", "q=a"], &["POST /p: POST http://h/p?q=a"]);
    let failed = sign(["none", "a.json"]).file("a.json", whole.to_string()).fails(1);
    failed.stdout_is("").stderr_has("paths./p.post \"POST /p\": url: {{q}} is not defined");
}

#[test]
fn examples_are_bodies() {
    let reference = json!({"components": {
        "examples": {"e": {"value": {"from": "components"}}},
        "requestBodies": {"b": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/s"}}}}},
        "schemas": {"s": {"type": "object", "required": ["a"], "properties": {
            "a": {"type": "string", "example": "x"}, "b": {"type": "array", "items": {"default": 1}},
            "id": {"readOnly": true, "example": 7}, "next": {"$ref": "#/components/schemas/s"},
        }}},
    }});
    for (body, expected) in [
        (
            json!({"content": {"application/json": {"example": {"a": 1.0, "b": [null]}}}}),
            "[Content-Type: application/json] <{\"a\":1.0,\"b\":[null]}>",
        ),
        (
            json!({"content": {"application/json": {"example": "{\"raw\": true}"}}}),
            "[Content-Type: application/json] <{\"raw\": true}>",
        ),
        (
            json!({"content": {"text/plain": {"example": "no"}, "application/vnd.x+json": {"example": 1}}}),
            "[Content-Type: application/vnd.x+json] <1>",
        ),
        (
            json!({"content": {"application/json": {"examples": {"one": {"$ref": "#/components/examples/e"}}}}}),
            "[Content-Type: application/json] <{\"from\":\"components\"}>",
        ),
        (json!({"$ref": "#/components/requestBodies/b"}), "[Content-Type: application/json] <{\"a\":\"x\",\"b\":[1]}>"),
        (
            json!({"content": {"application/x-www-form-urlencoded": {"example": {"a b": "c&d", "l": [1, 2]}}}}),
            "[Content-Type: application/x-www-form-urlencoded] <a%20b=c%26d&l=1&l=2>",
        ),
        (json!({"content": {"application/xml": {"example": "<a/>"}}}), "[Content-Type: application/xml] <<a/>>"),
        (json!({"content": {"application/json": {"schema": {"type": "object"}}}}), ""),
    ] {
        let mut whole = operation(&json!({"requestBody": body}));
        whole["components"] = reference["components"].clone();
        same(&whole, &[], &[format!("POST /p: POST http://h/p {expected}").trim_end()]);
    }
    let body = json!({"content": {"multipart/form-data": {"schema": {"properties": {"t": {"example": "v"}, "f": {"type": "string", "format": "binary"}}}}}});
    let tool = sign(["none", "api.json", "--var", "f=a.txt"])
        .file("a.txt", "text")
        .file("api.json", operation(&json!({"requestBody": body})).to_string());
    assert_eq!(
        told(&tool.succeeds().json()),
        [
            "POST /p: POST http://h/p [Content-Type: multipart/form-data; boundary=B] <--B\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nv\r\n\
          --B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\ntext\r\n--B--\r\n>"
        ]
    );
    let required = operation(
        &json!({"requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}}}}}),
    );
    sign(["none", "a.json"])
        .file("a.json", required.to_string())
        .fails(1)
        .stdout_is("")
        .stderr_has("{{requestBody}} is not defined");
    same(&required, &["--var", "requestBody={}"], &["POST /p: POST http://h/p [Content-Type: application/json] <{}>"]);
}

#[test]
fn examples_keep_their_order_and_the_spelling_of_their_numbers() {
    let yaml = "openapi: 3.0.0\nservers: [{url: 'http://h'}]\npaths:\n  /p:\n    post:\n      requestBody:\n        content:\n          application/json:\n            \
                example: {z: 1.50, a: 12345678901234567890123, m: [1e3, 'text', ~]}\n";
    let json = r#"{"openapi":"3.0.0","servers":[{"url":"http://h"}],"paths":{"/p":{"post":{"requestBody":{"content":{"application/json":{
        "schema":{"properties":{"z":{"example":1.50},"a":{"default":12345678901234567890123},"m":{"enum":[[1e3,"text",null]]}}}}}}}}}}"#;
    for (name, text) in [("a.yaml", yaml), ("a.json", json)] {
        let line = &sign(["none", name]).file(name, text).succeeds().json()[0];
        assert_eq!(
            line["postData"]["text"], "{\"z\":1.50,\"a\":12345678901234567890123,\"m\":[1e3,\"text\",null]}",
            "{name}"
        );
    }
}

#[test]
fn servers_are_variables() {
    let server = json!([{"url": "https://{region}.h:{port}/v1/", "variables": {"region": {"default": "eu"}, "port": {"default": 8443}}}, {"url": "http://no"}]);
    let paths = json!({"/p": {"get": {"servers": [{"url": "http://own/{x}", "variables": {"x": {"default": "y"}}}]}, "put": {"servers": [{"url": "/relative"}]}, "post": {}}});
    let mut whole = description(&json!({"paths": paths}));
    whole["servers"] = server;
    same(
        &whole,
        &[],
        &[
            "GET /p: GET http://own/y/p",
            "POST /p: POST https://eu.h:8443/v1/p",
            "PUT /p: PUT https://eu.h:8443/v1/relative/p",
        ],
    );
    let options = ["--var", "region=us", "--name", "POST /p"];
    same(&whole, &options, &["POST /p: POST https://us.h:8443/v1/p"]);
    same(
        &whole,
        &["--var", "baseUrl=http://localhost:1", "--name", "POST /p"],
        &["POST /p: POST http://localhost:1/p"],
    );
    whole.as_object_mut().expect("an object").remove("servers");
    same(&whole, &["--var", "baseUrl=http://b", "--name", "POST /p"], &["POST /p: POST http://b/p"]);
    sign(["none", "a.json"]).file("a.json", whole.to_string()).fails(1).stderr_has("{{baseUrl}} is not defined");
}

#[test]
fn security_schemes_are_authorization_with_variables_for_the_secrets() {
    let schemes = json!({
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"}, "query": {"type": "apiKey", "in": "query", "name": "k"},
        "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"}, "basic": {"type": "http", "scheme": "Basic"},
        "digest": {"type": "http", "scheme": "digest"}, "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        "oidc": {"type": "openIdConnect", "openIdConnectUrl": "https://i"}, "mutual": {"type": "mutualTLS"},
        "code": {"type": "oauth2", "flows": {"authorizationCode": {"authorizationUrl": "https://a", "tokenUrl": "https://t"}}},
        "client": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://t", "scopes": {"a": ""}}}},
    });
    for (security, variables, expected) in [
        (json!(null), &["bearer=B"][..], " bearer{\"token\":\"B\"}"),
        (json!([]), &[], " off"),
        (json!([{}]), &[], " off"),
        (json!([{"key": []}]), &["key=K"], " apikey{\"in\":\"header\",\"key\":\"X-Key\",\"value\":\"K\"}"),
        (json!([{"query": []}, {"key": []}]), &["query=Q"], " apikey{\"in\":\"query\",\"key\":\"k\",\"value\":\"Q\"}"),
        (json!([{"cookie": []}]), &["cookie=C"], " [Cookie: sid=C] off"),
        (
            json!([{"basic": []}]),
            &["basic.username=u", "basic.password=p"],
            " basic{\"password\":\"p\",\"username\":\"u\"}",
        ),
        (
            json!([{"digest": []}]),
            &["digest.username=u", "digest.password=p"],
            " digest{\"password\":\"p\",\"username\":\"u\"}",
        ),
        (json!([{"oidc": ["a"]}]), &["oidc=T"], " oauth2{\"accessToken\":\"T\"}"),
        (json!([{"code": ["a"]}]), &["code=T"], " oauth2{\"accessToken\":\"T\"}"),
        (
            json!([{"client": ["a", "b"]}]),
            &["client.clientId=i", "client.clientSecret=s"],
            " oauth2{\"accessTokenUrl\":\"https://t\",\"clientId\":\"i\",\"clientSecret\":\"s\",\"grant_type\":\"client_credentials\",\"scope\":\"a b\"}",
        ),
        (
            json!([{"key": [], "bearer": [], "cookie": []}]),
            &["key=K", "bearer=B", "cookie=C"],
            " [X-Key: K] [Cookie: sid=C] bearer{\"token\":\"B\"}",
        ),
    ] {
        let members = if security.is_null() { json!({}) } else { json!({"security": security}) };
        let mut whole = operation(&members);
        whole["components"] = json!({"securitySchemes": schemes});
        whole["security"] = json!([{"bearer": []}]);
        let options: Vec<&str> = variables.iter().flat_map(|variable| ["--var", *variable]).collect();
        same(&whole, &options, &[&format!("POST /p: POST http://h/p{expected}")]);
        // Without the secret there is no request.
        if !variables.is_empty() {
            sign(["inherit", "a.json"])
                .file("a.json", whole.to_string())
                .fails(1)
                .stdout_is("")
                .stderr_has("}} is not defined");
        }
    }
    let mut whole = operation(&json!({"security": [{"mutual": []}]}));
    whole["components"] = json!({"securitySchemes": schemes});
    let failed = sign(["inherit", "a.json"]).file("a.json", whole.to_string()).fails(1);
    failed.stdout_is("").stderr_has("components.securitySchemes.mutual.type: is nothing that sign can do: mutualTLS");
}

#[test]
fn a_signed_request_has_what_its_scheme_says() {
    let mut whole = operation(
        &json!({"parameters": [{"name": "Authorization", "in": "header", "required": true, "example": "no"}]}),
    );
    whole["components"] = json!({"securitySchemes": {"api_token": {"type": "http", "scheme": "bearer"}}});
    whole["security"] = json!([{"api_token": []}]);
    let tool = sign(["inherit", "a.json", "--var", "api_token=env:TOKEN"])
        .env("TOKEN", "secret")
        .file("a.json", whole.to_string());
    assert_eq!(told(&tool.succeeds().json()), ["POST /p: POST http://h/p [Authorization: Bearer secret]"]);
}

#[test]
fn wrong_types_everywhere_are_errors_with_their_place() {
    let whole = json!({
        "openapi": "3.0.0", "info": {"title": "t", "description": "d"},
        "servers": [{"url": "http://h/{v}", "variables": {"v": {"default": "1"}}}],
        "tags": [{"name": "t", "description": "d"}], "security": [{"key": []}],
        "paths": {"/users": {"parameters": [{"name": "id", "in": "query", "required": true, "schema": {"default": 1}}], "get": {
            "operationId": "o", "summary": "s", "description": "d", "tags": ["t"], "servers": [{"url": "http://o"}],
            "parameters": [{"$ref": "#/components/parameters/p"}, {"name": "l", "in": "query", "style": "form", "explode": true, "examples": {"e": {"value": [1]}}}],
            "security": [{"key": []}],
            "requestBody": {"required": false, "content": {"multipart/form-data": {"schema": {"allOf": [{"properties": {"a": {"enum": ["x"]}}, "required": ["a"]}]}, "example": {"a": 1}}}},
        }}},
        "components": {"parameters": {"p": {"name": "X", "in": "header", "required": true, "example": "1"}},
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "K"}}},
    });
    wrong_everywhere(&whole, &|text| openapi::read(text));
}

#[test]
fn the_place_of_a_wrong_member_is_named() {
    let mut whole = description(&json!({"paths": {"/users": {"get": {"parameters": [7]}, "put": {}}}}));
    let failed = sign(["none", "a.json"]).file("a.json", whole.to_string()).fails(1);
    assert_eq!(told(&failed.json()), ["PUT /users: PUT http://h/users"]);
    failed.stderr_is("sign: \"GET /users\": paths./users.get.parameters[0]: is not an object\n");
    whole["paths"] = json!([]);
    sign(["none", "a.json"])
        .file("a.json", whole.to_string())
        .fails(1)
        .stderr_is("sign: a.json: paths: is not an object\n");
    let yaml =
        "openapi: 3.0.0\nservers: [{url: 'http://h'}]\npaths:\n  /users:\n    get:\n      parameters:\n        - 7\n";
    let failed = sign(["none", "a.yaml"]).file("a.yaml", yaml).fails(1);
    failed.stderr_is("sign: \"GET /users\": line 7: paths./users.get.parameters[0]: is not an object\n");
}

#[test]
fn circles_and_bombs_end() {
    let schema = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let mut schemas = serde_json::Map::new();
    schemas.insert("circle".to_owned(), schema("circle"));
    schemas.insert(
        "tree".to_owned(),
        json!({"properties": {"l": schema("tree"), "r": schema("tree"), "v": {"example": 1}}}),
    );
    for level in 0..15 {
        let next = schema(&format!("b{}", level + 1));
        schemas.insert(format!("b{level}"), json!({"properties": {"a": next, "b": next, "c": next}}));
    }
    schemas.insert("b15".to_owned(), json!({"example": 1}));
    for (name, said) in [
        ("circle", Err("refers to itself in a circle")),
        ("tree", Ok(" [Content-Type: application/json] <{\"v\":1}>")),
        ("b0", Err("is made of more than 10000 schemas")),
        ("nothing", Err("refers to nothing: #/components/schemas/nothing")),
    ] {
        let mut whole = operation(&json!({"requestBody": {"content": {"application/json": {"schema": schema(name)}}}}));
        whole["components"] = json!({"schemas": schemas});
        match said {
            Ok(said) => same(&whole, &[], &[&format!("POST /p: POST http://h/p{said}")]),
            Err(said) => {
                sign(["none", "a.json"]).file("a.json", whole.to_string()).fails(1).stdout_is("").stderr_has(said);
            }
        }
    }
    let deep = operation(&json!({"requestBody": {"content": {"application/json": {"example": "DEEP"}}}})).to_string();
    let deep = deep.replace("\"DEEP\"", &format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)));
    let failed = sign(["none", "a.json"]).file("a.json", deep).fails(1);
    failed.stdout_is("").stderr_has("application/json.example: is nested too deeply");
    for reference in ["other.yaml#/x", "/etc/passwd", "https://h/x"] {
        let whole = operation(&json!({"requestBody": {"$ref": reference}}));
        let failed = sign(["none", "a.json"]).file("a.json", whole.to_string()).fails(1);
        failed.stdout_is("").stderr_has(&format!("refers to another file ({reference})"));
    }
}
