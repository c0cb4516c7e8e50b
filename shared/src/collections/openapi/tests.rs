//! Tests of descriptions.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::super::told::told;
use super::*;

/// Reads a description whose paths, and what comes behind them, are given in YAML.
fn described(rest: &str) -> Vec<String> {
    told(
        &read(&format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\nservers: [{{url: 'https://h/v1/'}}]\n{rest}"
        ))
        .unwrap(),
    )
}

#[track_caller]
fn same(rest: &str, expected: &[&str]) {
    assert_eq!(described(rest), expected);
}

/// Reads a description of one operation, of which the members are given, and what it refers to.
#[track_caller]
fn one(members: &str, components: &str, expected: &str) {
    same(
        &format!("paths:\n  /p:\n    post:\n      operationId: o\n{members}{components}"),
        &[&format!("o: POST {{{{baseUrl}}}}/p{expected}")],
    );
}

#[test]
fn every_operation_is_a_request() {
    same(
        "tags: [{name: b}, {name: empty}]\npaths:\n  /x:\n    delete: {summary: Remove, tags: [a]}\n    get: {}\n  /y:\n    \
         parameters: [{name: q, in: query, required: true, example: 1}]\n    put: {operationId: put, tags: [b, a]}\n  x-z: {get: {}}\n",
        &["b/put: PUT {{baseUrl}}/y ?q=1", "a/Remove: DELETE {{baseUrl}}/x", "GET /x: GET {{baseUrl}}/x"],
    );
}

#[test]
fn servers_are_variables() {
    for (servers, url, variables) in [
        ("[{url: 'https://h/v1/'}]", "{{baseUrl}}/x", vec![("baseUrl", "https://h/v1")]),
        (
            "[{url: 'https://{region}.h:{port}/v1', variables: {region: {default: eu}, port: {default: 8443}}}]",
            "{{baseUrl}}/x",
            vec![("baseUrl", "https://{{region}}.h:{{port}}/v1"), ("region", "eu"), ("port", "8443")],
        ),
        ("[{url: /v1}]", "{{baseUrl}}/v1/x", vec![]),
        ("[]", "{{baseUrl}}/x", vec![]),
    ] {
        let collection = read(&format!("openapi: 3.0.3\nservers: {servers}\npaths: {{/x: {{get: {{}}}}}}\n")).unwrap();
        let found: Vec<_> = collection.variables.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
        assert_eq!(found, variables);
        assert_eq!(told(&collection), [format!("GET /x: GET {url}")]);
    }
    same(
        "paths: {/x: {servers: [{url: 'https://{a}.i', variables: {a: {default: b}}}], get: {}, put: {servers: [{url: 'http://j/'}]}}}\n",
        &["GET /x: GET https://b.i/x", "PUT /x: PUT http://j/x"],
    );
}

#[test]
fn parameters_are_filled_in_by_their_examples() {
    same(
        "paths:\n  /a/{id}/{name}.json/{x}:\n    get:\n      parameters:\n        - {name: id, in: path, required: true, example: 'a b/c'}\n        \
         - {name: name, in: path, required: true, schema: {default: d}}\n        - {name: q, in: query, required: true}\n        \
         - {name: off, in: query, example: 1}\n        - {name: tags, in: query, required: true, example: [a, 'b&c']}\n        \
         - {name: list, in: query, required: true, explode: false, examples: {e: {value: [1, 2]}}}\n        \
         - {name: deep, in: query, required: true, style: deepObject, example: {k: v}}\n        \
         - {name: X-H, in: header, required: true, schema: {enum: [one, two]}}\n        - {name: Accept, in: header, required: true, example: x}\n        \
         - {name: c, in: cookie, required: true, example: 1}\n        - {$ref: '#/components/parameters/limit'}\n\
         components: {parameters: {limit: {name: limit, in: query, required: true, schema: {$ref: '#/components/schemas/n'}}}, schemas: {n: {default: 10}}}\n",
        &[
            "GET /a/{id}/{name}.json/{x}: GET {{baseUrl}}/a/a%20b%2Fc/d.json/{{x}} ?q={{q}} ?~off=1 ?tags=a ?tags=b%26c ?list=1,2 \
           ?deep[k]=v ?limit=10 H:X-H=one H:Cookie=c=1",
        ],
    );
}

#[test]
fn bodies_are_examples() {
    let body = |content: &str, required: bool| {
        format!("      requestBody: {{required: {required}, content: {{{content}}}}}\n")
    };
    for (content, expected) in [
        ("application/json: {example: {a: 1.0}}", " H:Content-Type=application/json B:json<{\"a\":1.0}>"),
        (
            "text/plain: {example: x}, application/vnd.x+json: {examples: {e: {value: [1]}}}",
            " H:Content-Type=application/vnd.x+json B:json<[1]>",
        ),
        (
            "application/json: {schema: {allOf: [{properties: {a: {example: 1}}}], properties: {b: {default: x}, c: {readOnly: true, example: 1}, d: {}}}}",
            " H:Content-Type=application/json B:json<{\"a\":1,\"b\":\"x\"}>",
        ),
        ("application/x-www-form-urlencoded: {example: {a: b, c: [1, 2]}}", " F:a=b F:c=1 F:c=2"),
        (
            "multipart/form-data: {schema: {properties: {a: {example: b}, f: {type: string, format: binary}}}}",
            " P:a=b P:f<{{f}}>",
        ),
        ("application/xml: {example: <a/>}", " H:Content-Type=application/xml B:<<a/>>"),
        (
            "application/json: {schema: {type: object, required: [a], properties: {a: {type: string}}}}",
            " H:Content-Type=application/json B:<{{requestBody}}>",
        ),
    ] {
        one(&body(content, true), "", expected);
    }
    one(&body("application/json: {schema: {type: string}}", false), "", "");
}

#[test]
fn schemas_that_name_themselves_end() {
    let components = "components:\n  schemas:\n    t: {properties: {l: {$ref: '#/components/schemas/t'}, r: {$ref: '#/components/schemas/t'}}}\n    \
        u: {$ref: '#/components/schemas/v'}\n    v: {$ref: '#/components/schemas/u'}\n";
    let body = |name: &str| {
        format!(
            "      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}\n"
        )
    };
    let found = described(&format!("paths:\n  /p:\n    post:\n{}{components}", body("t")));
    assert!(found[0].starts_with("POST /p: POST"), "{found:?}");
    for (name, expected) in [("u", "refers to itself in a circle"), ("w", "refers to nothing: #/components/schemas/w")]
    {
        let found = described(&format!("paths:\n  /p:\n    post:\n{}{components}", body(name)));
        assert!(found[0].starts_with("POST /p: broken line ") && found[0].ends_with(expected), "{found:?}");
    }
    let found = described("paths: {/p: {get: {parameters: [{$ref: 'other.yaml#/x'}]}}}\n");
    assert!(found[0].contains("refers to another file (other.yaml#/x)"), "{found:?}");
}

#[test]
fn security_schemes_have_variables_for_their_secrets() {
    let schemes = "components:\n  securitySchemes:\n    key: {type: apiKey, name: X-Key, in: header}\n    \
        query: {type: apiKey, name: k, in: query}\n    cookie: {type: apiKey, name: sid, in: cookie}\n    \
        basic: {type: http, scheme: Basic}\n    bearer: {type: http, scheme: bearer}\n    \
        client: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://t/', scopes: {}}}}\n    \
        code: {type: oauth2, flows: {authorizationCode: {}}}\n    mutual: {type: mutualTLS}\nsecurity: [{bearer: []}]\n";
    for (security, expected) in [
        ("", " bearer{token={{bearer}}}"),
        ("[]", " off"),
        ("[{}]", " off"),
        ("[{key: []}]", " apikey{value={{key}},key=X-Key,in=header}"),
        ("[{cookie: []}]", " H:Cookie=sid={{cookie}} off"),
        ("[{basic: []}, {key: []}]", " basic{username={{basic.username}},password={{basic.password}}}"),
        ("[{key: [], bearer: [], query: []}]", " ?k={{query}} H:X-Key={{key}} bearer{token={{bearer}}}"),
        (
            "[{client: [a, b]}]",
            " oauth2{grant_type=client_credentials,clientId={{client.clientId}},clientSecret={{client.clientSecret}},\
             accessTokenUrl=https://t/,scope=a b}",
        ),
        ("[{code: []}]", " oauth2{accessToken={{code}}}"),
        (
            "[{mutual: []}]",
            " wrong line 18: components.securitySchemes.mutual.type: is nothing that sign can do: mutualTLS",
        ),
    ] {
        let members = if security.is_empty() { String::new() } else { format!("      security: {security}\n") };
        let found = described(&format!("paths:\n  /p:\n    post:\n      operationId: o\n{members}{schemes}"));
        let expected = format!("o: POST {{{{baseUrl}}}}/p{expected}");
        assert_eq!(found, [expected]);
    }
    let found = described("paths: {/p: {post: {security: [{none: []}]}}}\n");
    assert!(found[0].ends_with("is no scheme of the description: none"), "{found:?}");
}

#[test]
fn what_is_no_description_is_named() {
    for (text, expected) in [
        ("swagger: '2.0'\n", "line 1: is a description of version 2 (Swagger): convert it to OpenAPI 3 first"),
        ("openapi: 4.0.0\n", "line 1: openapi: is not version 3"),
        ("a: 1\n", "line 1: openapi: is missing"),
        ("{\"openapi\": \"3.0.0\", \"paths\": []}", "paths: is not an object"),
        ("{\"openapi\": \"3.0.0\", \"servers\": {}}", "servers: is not a list"),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), expected);
    }
    let text = r#"{"openapi": "3.0.0", "paths": {"/p": {"get": 1, "put": {"parameters": [{"name": "x"}]}}, "/q": []}}"#;
    assert_eq!(
        told(&read(text).unwrap()),
        [
            "GET /p: broken paths./p.get: is not an object",
            "PUT /p: broken paths./p.put.parameters[0].in: is missing",
            "/q (all methods): broken paths./q: is not an object",
        ]
    );
}
