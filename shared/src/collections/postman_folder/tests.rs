//! Tests of version 3.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::super::told::{folder, rule, told};
use super::*;

const GET: &str = "$kind: http-request\nurl: http://h/\n";

#[track_caller]
fn same(files: &[(&str, &str)], expected: &[&str]) {
    let folder = folder(files);
    assert_eq!(told(&read(folder.path()).unwrap()), expected);
}

/// Reads one request.
#[track_caller]
fn one(text: &str, expected: &str) {
    same(&[("r.request.yaml", text)], &[&format!("r: {expected}")]);
}

#[test]
fn requests_and_folders_stand_in_their_order_and_have_their_names() {
    let at = |order: &str| format!("{GET}order: {order}\n");
    same(
        &[
            ("a9.request.yaml", GET),
            ("a10.request.yaml", GET),
            ("_u.request.yaml", GET),
            ("B2.REQUEST.YML", GET),
            ("last.request.yaml", &at("1.5")),
            ("un-safe.request.yaml", &format!("{GET}name: un/safe\norder: -1\n")),
            ("dir/.resources/definition.yaml", "$kind: collection\nname: The folder\norder: 1\n"),
            ("dir/x.request.yaml", GET),
            (".dot/y.request.yaml", GET),
            (".resources/z.request.yaml", GET),
            (".resources/r.resources/examples/e.example.yaml", "nonsense: ["),
            ("notes.yaml", "nonsense: ["),
        ],
        &[
            "un/safe: GET http://h/",
            ".dot/y: GET http://h/",
            "B2: GET http://h/",
            "_u: GET http://h/",
            "a10: GET http://h/",
            "a9: GET http://h/",
            "The folder/x: GET http://h/",
            "last: GET http://h/",
        ],
    );
}

#[test]
fn a_request_is_read() {
    one(
        "$kind: http-request\nurl: http://h/:id?x=1\nmethod: post\nheaders:\n  - {key: X-A, value: 'no'}\n  \
         - {key: X-B, value: b, disabled: true}\nqueryParams: {y: '2', n: null}\npathVariables: {id: a b}\n\
         body: {type: json, content: '{\"a\": 1}'}\nauth: {type: bearer, credentials: {token: '{{t}}'}}\nunknown: [1]\n",
        "post http://h/:id?x=1 ?y=2 ?n :id=a b H:X-A=no H:~X-B=b B:json<{\"a\": 1}> bearer{token={{t}}}",
    );
    one("$kind: http-request\nurl: http://h/\nheaders: {A: no, B: 'x'}\n", "GET http://h/ H:A=no H:B=x");
    one(
        "$kind: graphql-request\nurl: http://h/\nquery: '{ a }'\nvariables: '{\"b\": 1.0}'\n",
        "POST http://h/ G:<{ a }>NoneSome(\"{\\\"b\\\": 1.0}\")",
    );
    same(&[("w.request.yaml", "$kind: websocket-request\nurl: ws://h/\n")], &["w: foreign websocket"]);
}

#[test]
fn bodies_of_every_type_are_read() {
    for (body, expected) in [
        ("{type: none}", ""),
        ("{type: text, content: \"a\\r\\n\"}", " B:text<a\r\n>"),
        ("{type: urlencoded, content: {a: '1', b: '2'}}", " F:a=1 F:b=2"),
        ("{type: urlencoded, content: [{key: a, value: '1'}, {key: a, value: '2', disabled: true}]}", " F:a=1 F:~a=2"),
        (
            "{type: formdata, content: [{type: text, key: a, value: b, contentType: x/y}, {type: file, key: f, src: [c, d]}]}",
            " P:a=bx/y P:f<c><d>",
        ),
        ("{type: file, content: {src: './{{x}}'}}", " file <./{{x}}>"),
        ("{type: file, content: {src: ''}}", " file <missing>"),
    ] {
        one(&format!("{GET}body: {body}\n"), &format!("GET http://h/{expected}"));
    }
}

#[test]
fn what_is_invalid_is_an_error_with_its_line() {
    for (text, expected) in [
        ("url: http://h/\n", "line 1: $kind: is missing"),
        ("$kind: http-request\n", "line 1: url: is missing"),
        ("$kind: http-request\nurl: 7\n", "line 2: url: is not text: put it in quotes"),
        ("$kind: http-request\nurl: u\nheaders:\n  A: 1\n", "line 4: headers.A: is not text: put it in quotes"),
        ("$kind: http-request\nurl: u\nheaders: x\n", "line 3: headers: is neither a list nor a map"),
        ("$kind: http-request\nurl: u\nheaders: [1]\n", "line 3: headers[0]: is not an object"),
        ("$kind: http-request\nurl: u\nbody: {type: graphql}\n", "line 3: body.type: is no type of body: graphql"),
        ("$kind: http-request\nurl: u\nbody: {type: json, content: {a: 1}}\n", "line 3: body.content: is not text"),
        ("$kind: http-request\nurl: u\nauth: {type: magic}\n", "line 3: auth.type: is no type of authorization: magic"),
        ("$kind: http-request\nurl: u\nauth: basic\n", "line 3: auth: is not an object"),
        ("$kind: http-request\nurl: u\norder: x\n", "line 3: order: is not a number"),
        ("$kind: collection\nurl: u\n", "line 1: $kind: is no kind of request"),
        ("- a\n", "line 1: is not an object"),
    ] {
        one(text, &format!("broken r.request.yaml: {expected}"));
    }
    let folder =
        folder(&[("u/r.request.yaml", "$kind: http-request\nurl: a\nurl: b\n"), ("u/s.request.yaml", "a: [\n")]);
    for line in told(&read(folder.path()).unwrap()) {
        assert!(
            line.contains("broken u/r.request.yaml: line 3: ") || line.contains("broken u/s.request.yaml: line 1: "),
            "{line}"
        );
    }
}

#[test]
fn credentials_keep_their_types_and_numbers_are_text() {
    for (auth, expected) in [
        ("{type: bearer, credentials: {token: 12345}}", "bearer{token=12345}"),
        ("{type: basic, credentials: [{key: username, value: a}, {key: username, value: b}]}", "basic{username=b}"),
        ("{type: jwt, credentials: {isSecretBase64Encoded: true}}", "jwt{isSecretBase64Encoded=true}"),
        ("{type: noauth}", "off"),
        ("{type: digest}", "digest{}"),
    ] {
        one(&format!("{GET}auth: {auth}\n"), &format!("GET http://h/ {expected}"));
    }
    one(&format!("{GET}auth: {{type: inherit}}\n"), "GET http://h/");
}

#[test]
fn definitions_have_a_list_of_authorizations_or_one() {
    for (auth, expected) in [
        ("[{id: '1', type: bearer, name: n, credentials: {token: t}}]", Some("bearer{token=t}")),
        ("[{id: '1', type: bearer, name: n}, {id: '', type: noauth, name: No Auth}]", Some("off")),
        ("{type: basic, credentials: {username: u}}", Some("basic{username=u}")),
        ("{type: inherit}", None),
        ("[]", None),
    ] {
        let definition = format!("$kind: collection\nauth: {auth}\nvariables: {{a: 'x', b: 2}}\n");
        let folder = folder(&[(".resources/definition.yaml", &definition), ("r.request.yaml", GET)]);
        let collection = read(folder.path()).unwrap();
        assert_eq!(rule(&collection.auth).as_deref(), expected);
        let variables: Vec<_> =
            collection.variables.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
        assert_eq!(variables, [("a", "x"), ("b", "2")]);
    }
}

#[test]
fn nothing_below_a_broken_definition_is_sent() {
    for (auth, problem) in [
        ("auth: [{type: bearer, name: n}]\n", "line 2: auth[0].id: is missing"),
        ("auth: {type: magic}\n", "line 2: auth.type: is no type of authorization: magic"),
        ("auth: 'x\n", ""),
    ] {
        let definition = format!("$kind: collection\n{auth}");
        for below in ["", "a/"] {
            let folder = folder(&[
                (&format!("{below}.resources/definition.yaml"), &definition),
                (&format!("{below}r.request.yaml"), &format!("{GET}auth: {{type: noauth}}\n")),
                (&format!("{below}b/s.request.yaml"), GET),
            ]);
            let told = told(&read(folder.path()).unwrap());
            let place = format!("broken {below}.resources/definition.yaml: {problem}");
            assert!(told.len() == 2 && told.iter().all(|line| line.contains(&place)), "{told:?}");
        }
    }
}

#[test]
fn a_folder_without_requests_is_no_collection() {
    let folder = folder(&[("notes.txt", "x")]);
    assert!(read(folder.path()).unwrap_err().to_string().contains("no file in the folder ends in .request.yaml"));
    assert!(!is_one(folder.path()));
    let missing = read(&folder.path().join("missing")).unwrap_err().to_string();
    assert!(missing.contains("missing"), "{missing}");
}

#[test]
fn one_request_is_read_by_its_file() {
    let folder = folder(&[("a/r.request.yaml", GET)]);
    assert_eq!(told(&read(&folder.path().join("a/r.request.yaml")).unwrap()), ["r: GET http://h/"]);
}

#[cfg(unix)]
#[test]
fn what_lies_outside_is_not_read() {
    use std::os::unix::fs::symlink;

    let outside = folder(&[("secret.request.yaml", GET), ("d/x.request.yaml", GET)]);
    let folder = folder(&[("r.request.yaml", GET), ("in/s.request.yaml", GET), ("b/t.request.yaml", GET)]);
    let at = |name: &str| folder.path().join(name);
    symlink(outside.path().join("secret.request.yaml"), at("l.request.yaml")).unwrap();
    symlink(outside.path().join("d"), at("out")).unwrap();
    symlink(outside.path().join("d"), at("b/.resources")).unwrap();
    symlink("nowhere", at("n.request.yaml")).unwrap();
    symlink("in/s.request.yaml", at("within.request.yaml")).unwrap();
    symlink("..", at("in/up")).unwrap();
    rustix::fs::mknodat(rustix::fs::CWD, at("p.request.yaml"), rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0)
        .unwrap();
    let out = "is a symbolic link that leads out of the collection's folder";
    assert_eq!(
        told(&read(folder.path()).unwrap()),
        [
            &format!("b/t: broken b/.resources: {out}"),
            "in/s: GET http://h/",
            "in/up: broken in/up: is a symbolic link to a folder that it is in",
            &format!("l: broken l.request.yaml: {out}"),
            "n: broken n.request.yaml: is a symbolic link that leads nowhere",
            &format!("out: broken out: {out}"),
            "p: broken p.request.yaml: is neither a file nor a folder",
            "r: GET http://h/",
            "within: GET http://h/",
        ]
    );
}

#[test]
fn folders_without_end_end() {
    let path = "a/".repeat(200);
    same(
        &[(&format!("{path}r.request.yaml"), GET)],
        &[&format!("{}: broken a/a/a/…: is below more than 64 folders", "a/".repeat(64) + "a")],
    );
}
