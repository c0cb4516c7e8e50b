//! Tests of Bruno's folders.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::super::inherit;
use super::super::told::{folder, rule, told};
use super::*;

const ROOT: (&str, &str) = ("opencollection.yml", "opencollection: 1.0.0\ninfo: {name: Shop}\n");

#[track_caller]
fn same(files: &[(&str, &str)], expected: &[&str]) {
    let folder = folder(files);
    assert_eq!(told(&read(folder.path()).unwrap()), expected);
}

/// Reads one request, of which everything behind the URL is given.
#[track_caller]
fn one(members: &str, expected: &str) {
    let text = format!("info: {{name: r, type: http}}\nhttp:\n  url: u\n{members}");
    same(&[ROOT, ("r.yml", &text)], &[&format!("r: {expected}")]);
}

fn request(name: &str, seq: &str) -> String {
    format!("info: {{name: {name}, type: http{seq}}}\nhttp: {{method: get, url: u}}\n")
}

#[test]
fn folders_come_first_and_numbers_decide() {
    same(
        &[
            ROOT,
            ("z.yml", &request("first", "")),
            ("a.yml", &request("third", ", seq: 3")),
            ("b.yml", &request("second", ", seq: 2")),
            ("skip.yaml", "nonsense: ["),
            ("environments/dev.yml", "name: dev"),
            ("node_modules/x.yml", "nonsense: ["),
            ("sub/environments/e.yml", &request("e", "")),
            ("beta/x.yml", &request("x", "")),
            ("alpha/folder.yml", "info: {name: Zulu, type: folder, seq: 1}\n"),
            ("alpha/x.yml", &request("x", "")),
            ("gamma/x.yml", &request("x", "")),
        ],
        &[
            "Zulu/x: get u off",
            "beta/x: get u off",
            "gamma/x: get u off",
            "sub/environments/e: get u off",
            "first: get u off",
            "second: get u off",
            "third: get u off",
        ],
    );
}

#[test]
fn a_request_is_read() {
    one(
        "  method: POST\n  headers: [{name: A, value: '1'}, {name: B, value: 2, disabled: true}]\n  \
         params: [{name: q, value: '1', type: query}, {name: id, value: a b, type: path}]\n  \
         body: {type: json, data: '{\"a\": 1}'}\n  auth: inherit\n",
        "POST u ?q=1 :id=a b H:A=1 H:~B=2 B:json<{\"a\": 1}>",
    );
    same(
        &[ROOT, ("g.yml", "info: {name: g, type: graphql}\ngraphql: {url: u, body: {query: '{ a }'}}\n")],
        &["g: POST u G:<{ a }>NoneSome(\"{}\") off"],
    );
    same(&[ROOT, ("g.yml", "info: {name: g, type: grpc}\n")], &["g: foreign grpc"]);
}

#[test]
fn bodies_of_every_type_are_read() {
    for (body, expected) in [
        ("{type: text, data: \"a\\n\"}", " B:text<a\n>"),
        ("{type: json, data: ''}", ""),
        ("{type: form-urlencoded, data: [{name: a, value: '1'}]}", " F:a=1"),
        (
            "{type: multipart-form, data: [{name: a, type: text, value: b, contentType: x/y}, {name: f, type: file, value: [c, d]}, \
             {name: g, type: file, value: e}]}",
            " P:a=bx/y P:f<c><d> P:g<e>",
        ),
        (
            "{type: file, data: [{filePath: a, selected: false}, {filePath: b, contentType: x/y, selected: true}]}",
            " file <b>x/y",
        ),
        (
            "[{title: a, body: {type: text, data: a}}, {title: b, selected: true, body: {type: xml, data: b}}]",
            " B:xml<b>",
        ),
    ] {
        one(&format!("  body: {body}\n"), &format!("GET u{expected} off"));
    }
}

#[test]
fn every_type_of_authorization_is_one_of_ours() {
    for (auth, expected) in [
        ("none", "off"),
        ("{type: basic, username: u, password: p}", "basic{username=u,password=p}"),
        ("{type: ntlm, username: u, password: p, domain: d}", "ntlm{username=u,password=p,domain=d}"),
        ("{type: wsse, username: u, password: p}", "wsse{username=u,password=p}"),
        ("{type: apikey, key: k, value: v, placement: query}", "apikey{key=k,value=v,in=query}"),
        (
            "{type: awsv4, accessKeyId: a, secretAccessKey: s, sessionToken: '', region: r}",
            "awsv4{accessKey=a,secretKey=s,region=r}",
        ),
        (
            "{type: oauth1, consumerKey: c, accessToken: t, accessTokenSecret: s, nonce: '', placement: query}",
            "oauth1{consumerKey=c,token=t,tokenSecret=s,addParamsToHeader=false}",
        ),
        ("{type: akamai-edgegrid, accessToken: a, headersToSign: ''}", "edgegrid{accessToken=a}"),
        (
            "{type: oauth2, flow: client_credentials, accessTokenUrl: 'http://a/', credentials: {clientId: c, clientSecret: s, \
             placement: basic_auth_header}, scope: a b, tokenConfig: {placement: {header: ''}}}",
            "oauth2{grant_type=client_credentials,accessTokenUrl=http://a/,scope=a b,clientId=c,clientSecret=s,\
             client_authentication=header,addTokenTo=header,headerPrefix=}",
        ),
        (
            "{type: oauth2, flow: resource_owner_password_credentials, resourceOwner: {username: u, password: p}, \
             tokenConfig: {placement: {query: access_token}}}",
            "oauth2{grant_type=password_credentials,username=u,password=p,addTokenTo=queryParams}",
        ),
    ] {
        one(&format!("  auth: {auth}\n"), &format!("GET u {expected}"));
    }
    for (auth, expected) in [
        ("{type: inherit}", "auth.type: is written as auth: inherit, without a type"),
        ("{type: hawk}", "auth.type: is no type of authorization: hawk"),
        ("magic", "auth: is neither inherit nor none nor an object"),
        ("{type: apikey, key: k, value: v}", "auth.placement: is missing"),
        ("{type: basic, username: [1]}", "auth.username: is not text"),
        ("{type: oauth2, flow: magic}", "auth.flow: is no flow of OAuth 2.0: magic"),
    ] {
        one(&format!("  auth: {auth}\n"), &format!("GET u wrong r.yml: line 4: http.{expected}"));
    }
}

#[test]
fn only_inherit_inherits_and_none_is_looked_through() {
    let root = |auth: &str| format!("info: {{name: c}}\nrequest: {{auth: {auth}}}\n");
    let level = |auth: &str| format!("info: {{name: f, type: folder}}\nrequest: {{auth: {auth}}}\n");
    let bearer = "{type: bearer, token: t}";
    for (outer, inner, own, expected) in [
        (bearer, "none", "inherit", Some("bearer{token=t}")),
        (bearer, "inherit", "inherit", Some("bearer{token=t}")),
        (bearer, "{type: basic}", "inherit", Some("basic{}")),
        (bearer, "inherit", "none", Some("off")),
        (
            bearer,
            "{type: magic}",
            "inherit",
            Some("wrong f/folder.yml: line 2: request.auth.type: is no type of authorization: magic"),
        ),
        ("none", "none", "inherit", Some("off")),
    ] {
        let text = format!("info: {{name: r, type: http}}\nhttp: {{url: u, auth: {own}}}\n");
        let folder =
            folder(&[("opencollection.yml", &root(outer)), ("f/folder.yml", &level(inner)), ("f/r.yml", &text)]);
        let collection = read(folder.path()).unwrap();
        let found = collection.walk().next().unwrap();
        let Item::Request(template) = found.item else { panic!("{:?}", found.item) };
        assert_eq!(rule(inherit::rule(&collection, &found.folders, template)).as_deref(), expected);
    }
}

#[test]
fn folders_and_requests_have_headers_and_variables() {
    let level = "info: {name: f}\nrequest:\n  headers: [{name: A, value: b}]\n  variables:\n    - {name: v, value: 1}\n    \
        - {name: w, value: {type: string, data: x}, disabled: true}\n    - {name: s, secret: true}\n";
    let request = "info: {name: r, type: http}\nhttp: {url: u}\nruntime: {variables: [{name: v, value: 1.0}]}\n";
    let folder = folder(&[("opencollection.yml", level), ("f/folder.yml", level), ("f/r.yml", request)]);
    let collection = read(folder.path()).unwrap();
    let found = collection.walk().next().unwrap();
    let Item::Request(template) = found.item else { panic!("{:?}", found.item) };
    let told = |variables: &[Variable]| {
        variables
            .iter()
            .map(|one| format!("{}={}{}", one.name, one.value, if one.disabled { "~" } else { "" }))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&collection.variables), ["v=1", "w=x~", "s=~"]);
    assert_eq!(told(&found.folders[0].variables), ["v=1", "w=x~", "s=~"]);
    assert_eq!(told(&template.variables), ["v=1.0"]);
    assert_eq!((collection.headers.len(), found.folders[0].headers.len()), (1, 1));
}

#[test]
fn what_is_invalid_is_an_error_with_its_line() {
    for (text, expected) in [
        ("http: {url: u}\n", "line 1: info: is missing"),
        ("info: {name: r}\nhttp: {url: u}\n", "line 1: info.type: is missing"),
        ("info: {name: r, type: http}\nhttp: {}\n", "line 2: http.url: is missing"),
        (
            "info: {name: r, type: http}\nhttp:\n  url: u\n  body: {type: x}\n",
            "line 4: http.body.type: is no type of body: x",
        ),
        (
            "info: {name: r, type: http}\nhttp:\n  url: u\n  headers: 1\n",
            "line 4: http.headers: is neither a list nor a map",
        ),
    ] {
        same(&[ROOT, ("r.yml", text)], &[&format!("r: broken r.yml: {expected}")]);
    }
    let told = {
        let folder = folder(&[ROOT, ("f/folder.yml", "info: [\n"), ("f/r.yml", &request("r", ""))]);
        told(&read(folder.path()).unwrap())
    };
    assert!(told.len() == 1 && told[0].starts_with("f/r: broken f/folder.yml: line 1: "), "{told:?}");
}

#[test]
fn the_older_language_is_read_alike() {
    same(
        &[
            (
                "bruno.json",
                r#"{"version": "1", "name": "Shop", "type": "collection", "ignore": ["node_modules", "old"]}"#,
            ),
            ("collection.bru", "auth {\n  mode: bearer\n}\nauth:bearer {\n  token: {{t}}\n}\n"),
            ("old/x.bru", "nonsense"),
            ("environments/dev.bru", "vars {\n}\n"),
            ("f/folder.bru", "meta {\n  name: Users\n}\n"),
            (
                "f/get.bru",
                "meta {\n  name: Get\n  type: http\n}\nget {\n  url: u\n  body: none\n  auth: apikey\n}\nauth:apikey {\n  key: k\n  value: v\n  placement: queryparams\n}\n",
            ),
            ("bad.bru", "meta {\n  name: Bad\n}\nget {\n  url: u\n  auth: magic\n}\n"),
        ],
        &[
            "Users/Get: get u apikey{key=k,value=v,in=query}",
            "Bad: get u wrong bad.bru: line 6: http.auth.type: is no type of authorization: magic",
        ],
    );
}

#[test]
fn items_within_the_root_are_read() {
    same(
        &[(
            "opencollection.yml",
            "info: {name: c}\nbundled: true\nitems:\n  - info: {name: r, type: http}\n    http: {url: u}\n  \
             - info: {name: f, type: folder}\n    items:\n      - info: {name: s, type: http}\n        http: {url: v}\n",
        )],
        &["f/s: GET v off", "r: GET u off"],
    );
}

#[test]
fn a_request_alone_does_not_lose_what_it_inherits() {
    let folder = folder(&[("r.bru", "meta {\n  name: r\n}\nget {\n  url: u\n  auth: inherit\n}\n")]);
    let collection = read(&folder.path().join("r.bru")).unwrap();
    assert!(
        rule(&collection.auth)
            .unwrap()
            .ends_with("inherits its authorization from a collection: give the collection's folder")
    );
    assert!(read(folder.path()).unwrap_err().to_string().contains("neither opencollection.yml nor bruno.json"));
}
