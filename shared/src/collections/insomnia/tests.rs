//! Tests of exports.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::super::told::{rule, told};
use super::*;

#[test]
fn an_export_of_version_4_is_read() {
    let text = r#"{"_type": "export", "__export_format": 4, "resources": [
        {"_id": "req_2", "_type": "request", "parentId": "wrk_1", "metaSortKey": 2, "name": "Second", "url": "{{ _.base }}/b?x=1",
         "method": "POST", "parameters": [{"name": "q", "value": "a&b+"}, {"name": "off", "value": "1", "disabled": true}],
         "headers": [{"name": "A", "value": "{{_.auth.token}}"}], "body": {"mimeType": "application/json", "text": "{\"a\": 1}"},
         "authentication": {"type": "bearer", "token": "{{ _.auth.token }}"}},
        {"_id": "fld_1", "_type": "request_group", "parentId": "wrk_1", "metaSortKey": 1, "name": "Folder",
         "authentication": {"type": "basic", "username": "u", "password": "{{ _.p }}"}},
        {"_id": "req_1", "_type": "request", "parentId": "fld_1", "name": "First", "url": "http://h/:id", "authentication": {},
         "pathParameters": [{"name": "id", "value": "7"}]},
        {"_id": "req_3", "_type": "request", "parentId": "wrk_1", "metaSortKey": 3, "name": "Tag", "url": "http://h/{% response 'body' %}"},
        {"_id": "greq_1", "_type": "grpc_request", "parentId": "wrk_1", "metaSortKey": 4, "name": "Remote"},
        {"_id": "wrk_1", "_type": "workspace", "name": "Shop"},
        {"_id": "env_1", "_type": "environment", "parentId": "wrk_1", "data": {"base": "http://{{ _.host }}", "host": "h", "auth": {"token": "t"}}},
        {"_id": "env_2", "_type": "environment", "parentId": "env_1", "data": {"host": "other"}},
        {"_id": "jar_1", "_type": "cookie_jar", "parentId": "wrk_1"}]}"#;
    let collection = read(text).unwrap();
    assert_eq!(
        told(&collection),
        [
            "Folder/First: GET http://h/:id :id=7",
            "Second: POST {{base}}/b?x=1&q=a%26b%2B ?q=a&b+ ?~off=1 H:A={{auth.token}} H:Content-Type=application/json \
             B:<{\"a\": 1}> bearer{token={{auth.token}}}",
            "Tag: broken resources[3]: has a tag that only Insomnia can run: {% response … %}",
            "Remote: foreign gRPC",
        ]
    );
    let variables: Vec<_> = collection.variables.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
    assert!(
        variables.contains(&("base", "http://{{host}}")) && variables.contains(&("auth.token", "t")),
        "{variables:?}"
    );
    let found = collection.walk().next().unwrap();
    assert_eq!(rule(&found.folders[0].auth).as_deref(), Some("basic{username=u,password={{p}}}"));
}

#[test]
fn an_export_of_version_5_is_read() {
    let text = "type: collection.insomnia.rest/5.0\nname: Shop\ncollection:\n  - name: Second\n    meta: {id: req_1, sortKey: 2}\n    \
        url: http://h/\n    method: PUT\n    body:\n      mimeType: multipart/form-data\n      params:\n        - {name: a, value: b}\n        \
        - {name: f, type: file, fileName: x.txt}\n  - name: Folder\n    meta: {id: fld_1, sortKey: 1}\n    headers: [{name: A, value: b}]\n    \
        children:\n      - {name: Form, url: http://h/, method: GET, meta: {id: req_2}, body: {mimeType: application/x-www-form-urlencoded, \
        params: [{name: a, value: 1}]}, authentication: {type: iam, accessKeyId: k, secretAccessKey: s}}\n  - name: Bad\n    url: 7\n  \
        - {name: Socket, url: ws://h/, meta: {id: ws-req_1, sortKey: 9}}\nenvironments:\n  name: Base\n  data: {base: http://h}\n";
    let collection = read(text).unwrap();
    assert_eq!(
        told(&collection),
        [
            "Bad: broken line 19: collection[2].url: is not text: put it in quotes",
            "Folder/Form: GET http://h/ F:a=1 awsv4{accessKey=k,secretKey=s}",
            "Second: PUT http://h/ P:a=b P:f<x.txt>",
            "Socket: foreign WebSocket",
        ]
    );
    assert_eq!((collection.name.as_str(), collection.variables.len()), ("Shop", 1));
}

#[test]
fn nothing_vanishes_and_circles_end() {
    let text = r#"{"resources": [
        {"_id": "fld_1", "_type": "request_group", "parentId": "fld_2", "name": "A"},
        {"_id": "fld_2", "_type": "request_group", "parentId": "fld_1", "name": "B"},
        {"_id": "req_1", "_type": "request", "parentId": "fld_1", "name": "lost", "url": "http://h/"},
        {"_id": "req_2", "_type": "request", "parentId": "fld_9", "name": "orphan", "url": "http://h/"}]}"#;
    assert_eq!(
        told(&read(text).unwrap()),
        ["orphan: GET http://h/", "lost: broken resources[2].parentId: leads to no workspace"]
    );
}

#[test]
fn types_of_authorization_are_ours() {
    for (auth, expected) in [
        (r#"{"type": "bearer", "token": "t", "prefix": "Token"}"#, "oauth2{accessToken=t,headerPrefix=Token}"),
        (r#"{"type": "apikey", "key": "k", "value": "v", "addTo": "queryParams"}"#, "apikey{key=k,value=v,in=query}"),
        (
            r#"{"type": "hawk", "id": "i", "key": "k", "algorithm": "sha256"}"#,
            "hawk{authId=i,authKey=k,algorithm=sha256}",
        ),
        (r#"{"type": "basic", "disabled": true}"#, "off"),
        (
            r#"{"type": "netrc"}"#,
            "wrong resources[0].authentication.type: is no type of authorization that sign has: netrc",
        ),
        (
            r#"{"type": "oauth2", "grantType": "client_credentials", "clientId": "c", "credentialsInBody": true}"#,
            "oauth2{grant_type=client_credentials,clientId=c,client_authentication=body}",
        ),
    ] {
        let text = format!(
            r#"{{"resources": [{{"_id": "req_1", "_type": "request", "name": "r", "url": "u", "authentication": {auth}}}]}}"#
        );
        assert_eq!(told(&read(&text).unwrap()), [format!("r: GET u {expected}")]);
    }
}

#[test]
fn what_is_no_export_is_named() {
    for (text, expected) in [
        ("{}", "the document is not an export of Insomnia: it has neither resources nor a collection"),
        ("{\"resources\": 1}", "resources: is not a list"),
        ("{\"resources\": [1]}", "resources[0]: is not an object"),
        ("collection: {a: 1}\n", "line 1: collection: is not a list"),
    ] {
        assert_eq!(read(text).unwrap_err().to_string(), expected);
    }
}
