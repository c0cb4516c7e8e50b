//! Postman's command line and bru, which run collections in folders, against a server that records what they and we send.

use std::collections::BTreeSet;

use super::faults::Arrives::{self, Not, With, Without};
use super::faults::{told, tolerated};
use crate::sign::writers::collections::program;
use crate::support::recorder::{Received, Recorder};
use crate::support::{Tool, sign};

/// A request: its name and its text.
type Request = (&'static str, &'static str);

/// A fault: its name, the text of a request, what arrives of it when the other program sends it, and when we do.
type Fault = (&'static str, &'static str, Arrives, Arrives);

/// Headers that the programs add to everything, and those that say how long a message is and where it goes.
const OWN: [&str; 10] = [
    "user-agent",
    "accept",
    "cache-control",
    "postman-token",
    "host",
    "accept-encoding",
    "connection",
    "content-length",
    "request-start-time",
    "x-fault",
];

/// The lines and the body of a request, whatever the order of headers and of the parameters of OAuth 1.0.
fn plain(received: &Received) -> String {
    tolerated("postman-small-letters");
    tolerated("bru-own-headers");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut lines = received.head.iter().map(|line| text(line));
    let first = lines.next().unwrap_or_default();
    let header = |line: String| {
        let (name, value) = line.split_once(':').expect("a colon");
        let mut value = value.trim().to_owned();
        if let Some(parameters) = value.strip_prefix("OAuth ") {
            let sorted: BTreeSet<&str> = parameters.split(',').map(str::trim).collect();
            value = format!("OAuth {}", sorted.into_iter().collect::<Vec<_>>().join(","));
        }
        (name.to_ascii_lowercase(), value)
    };
    let mut headers: Vec<_> = lines.map(header).filter(|(name, _)| !OWN.contains(&name.as_str())).collect();
    headers.sort();
    let all = format!("{first}\n{headers:?}\n\n{}", text(&received.body));
    match headers.iter().find_map(|(_, value)| value.split_once("boundary=")) {
        Some((_, boundary)) => all.replace(boundary, "B"),
        None => all,
    }
}

/// A kind of folders.
struct Kind {
    /// The program and its arguments.
    run: (&'static str, &'static [&'static str]),
    /// Makes a file's name and its text of a request's name, its number and its text.
    file: fn(&str, usize, &str) -> (String, String),
    /// Files beside the requests, by name; `BASE` stands for the server.
    beside: &'static [(&'static str, &'static str)],
}

const POSTMAN: Kind = Kind {
    run: ("postman", &["collection", "run", "."]),
    file: |name, number, text| {
        let own = name.rsplit('/').next().unwrap_or_default();
        let order = (number + 1) * 1000;
        (format!("{name}.request.yaml"), format!("$kind: http-request\nname: {own}\norder: {order}\n{text}"))
    },
    beside: &[
        (
            ".resources/definition.yaml",
            "$kind: collection\nname: All\nvariables:\n  - {key: base, value: BASE}\n  - {key: n, value: '7'}\n  \
             - {key: nested, value: 'in {{n}}'}\n  - {key: twice, value: first}\n  - {key: twice, value: last}\n  \
             - {key: twice, value: off, disabled: true}\nauth:\n  \
             - {id: a, type: bearer, name: B, credentials: {token: 'outer {{n}}'}}\n",
        ),
        (
            "Folder/.resources/definition.yaml",
            "$kind: collection\nname: Folder\norder: 500000\nauth:\n  \
             - {id: b, type: basic, name: B, credentials: {username: folder, password: p}}\n",
        ),
        ("Folder/Deep/.resources/definition.yaml", "$kind: collection\nname: Deep\norder: 1\n"),
        (
            "Open/.resources/definition.yaml",
            "$kind: collection\nname: Open\norder: 600000\nauth: {id: '', type: noauth, name: No Auth}\n",
        ),
        ("f.txt", "F{{n}}"),
    ],
};

const BRU: Kind = Kind {
    run: ("bru", &["run"]),
    file: |name, number, text| {
        let own = name.rsplit('/').next().unwrap_or_default();
        let kind = if text.starts_with("graphql:") { "graphql" } else { "http" };
        (format!("{name}.yml"), format!("info: {{name: {own}, type: {kind}, seq: {}}}\n{text}", number + 1))
    },
    beside: &[
        (
            "opencollection.yml",
            "opencollection: '1.0.0'\ninfo: {name: All}\nrequest:\n  headers:\n    - {name: X-C, value: collection}\n    \
             - {name: X-D, value: collection}\n  auth: {type: bearer, token: 'outer {{n}}'}\n  variables:\n    \
             - {name: base, value: BASE}\n    - {name: n, value: '7'}\n    - {name: nested, value: 'in {{n}}'}\n    \
             - {name: f, value: collection}\n    - {name: r, value: collection}\n",
        ),
        (
            "Folder/folder.yml",
            "info: {name: Folder, type: folder, seq: 1}\nrequest:\n  headers: [{name: X-C, value: folder}]\n  \
             auth: {type: basic, username: folder, password: p}\n  \
             variables: [{name: f, value: folder}, {name: r, value: folder}]\n",
        ),
        ("Folder/Deep/folder.yml", "info: {name: Deep, type: folder, seq: 1}\nrequest:\n  auth: none\n"),
        ("f.txt", "F{{n}}"),
    ],
};

/// Writes a folder for a program that runs in it.
fn within(tool: Tool, kind: &Kind, requests: &[Request], host: &str) -> Tool {
    let base = format!("'http://{host}'");
    let requests = requests.iter().enumerate().map(|(number, (name, text))| (kind.file)(name, number, text));
    let beside = kind.beside.iter().map(|(name, text)| ((*name).to_owned(), text.replace("BASE", &base)));
    let tool = requests.chain(beside).fold(tool, |tool, (name, text)| tool.file(&format!("c/{name}"), text));
    let folder = tool.home().join("c");
    tool.within(folder)
}

/// Runs a folder with the other program and with ours. Returns what both send.
fn sent(kind: &Kind, requests: &[Request]) -> (Vec<Received>, Vec<Received>) {
    let recorder = Recorder::start();
    let (name, arguments) = kind.run;
    within(program(name).args(arguments), kind, requests, &recorder.host()).run();
    let theirs = recorder.take();
    within(sign(["inherit", "--send", "."]), kind, requests, &recorder.host()).run();
    (theirs, recorder.take())
}

#[track_caller]
fn is_same(kind: &Kind, requests: &[Request]) {
    let (theirs, ours) = sent(kind, requests);
    let (theirs, ours): (Vec<_>, Vec<_>) = (theirs.iter().map(plain).collect(), ours.iter().map(plain).collect());
    let differences: Vec<_> = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours != theirs).collect();
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!((ours.len(), theirs.len()), (requests.len(), requests.len()));
}

#[track_caller]
fn is_fault(kind: &Kind, faults: &[Fault]) {
    let requests: Vec<Request> = faults.iter().map(|(name, text, ..)| (*name, *text)).collect();
    let (theirs, ours) = sent(kind, &requests);
    for (name, _, their, our) in faults {
        let (theirs, ours) = (told(&theirs, name), told(&ours, name));
        assert!(their.fits(theirs.as_ref()), "{name}: they send {theirs:?}, which is not {their:?}");
        assert!(our.fits(ours.as_ref()), "{name}: we send {ours:?}, which is not {our:?}");
    }
}

/// The names of the faults that are tried here.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    POSTMAN_FAULTS.iter().chain(BRU_FAULTS).map(|(name, ..)| *name)
}

#[test]
#[ignore = "needs Postman's command line: make test-heavy"]
fn sends_what_postmans_command_line_sends() {
    is_same(&POSTMAN, POSTMAN_REQUESTS);
}

#[test]
#[ignore = "needs Postman's command line: make test-heavy"]
fn every_fault_of_postmans_command_line_is_one_and_is_not_ours() {
    is_fault(&POSTMAN, POSTMAN_FAULTS);
}

#[test]
#[ignore = "needs bru: make test-heavy"]
fn sends_what_bru_sends() {
    is_same(&BRU, BRU_REQUESTS);
}

#[test]
#[ignore = "needs bru: make test-heavy"]
fn every_fault_of_bru_is_one_and_is_not_ours() {
    is_fault(&BRU, BRU_FAULTS);
}

/// Every feature of a folder of version 3 that both have.
const POSTMAN_REQUESTS: &[Request] = &[
    ("get", "url: '{{base}}/get'\n"),
    (
        "map headers",
        "auth: {type: noauth}\nurl: '{{base}}/h'\nmethod: post\nheaders: {X-A: '1', X-B: '{{nested}}', X-E: ''}\n",
    ),
    (
        "list headers",
        "auth: {type: noauth}\nurl: '{{base}}/h'\nheaders:\n  - {key: X-A, value: '1'}\n  - {key: X-A, value: '2'}\n  - {key: X-O, value: o, disabled: true}\n",
    ),
    (
        "query",
        "auth: {type: noauth}\nurl: '{{base}}/q?q=1&off=3&q=2&n&e=&z=9#f'\nqueryParams:\n  - {key: q, value: '1'}\n  - {key: off, value: '3', disabled: true}\n  - {key: q, value: '2'}\n  - {key: n, value: null}\n  - {key: e, value: ''}\n  - {key: 'a=b&c', value: '{{n}} +%20&#='}\n",
    ),
    ("query map", "auth: {type: noauth}\nurl: '{{base}}/q?x=1&k=%20'\nqueryParams: {x: '2'}\n"),
    ("path", "auth: {type: noauth}\nurl: '{{base}}/:id/:id2/x'\npathVariables: {id: a b, id2: '{{n}}'}\n"),
    (
        "path list",
        "auth: {type: noauth}\nurl: '{{base}}/:id/:none'\npathVariables:\n  - {key: id, value: '1'}\n  - {key: id, value: '2'}\n  - {key: none, value: x, disabled: true}\n",
    ),
    (
        "json",
        "auth: {type: noauth}\nurl: '{{base}}/b'\nmethod: POST\nbody: {type: json, content: '{\"a\": \"{{n}}\"} // c'}\n",
    ),
    ("text", "auth: {type: noauth}\nurl: '{{base}}/b'\nmethod: POST\nbody: {type: text, content: '<{{n}}>'}\n"),
    ("xml", "auth: {type: noauth}\nurl: '{{base}}/b'\nmethod: POST\nbody: {type: xml, content: '<{{n}}>'}\n"),
    ("html", "auth: {type: noauth}\nurl: '{{base}}/b'\nmethod: POST\nbody: {type: html, content: '<{{n}}>'}\n"),
    (
        "javascript",
        "auth: {type: noauth}\nurl: '{{base}}/b'\nmethod: POST\nbody: {type: javascript, content: '<{{n}}>'}\n",
    ),
    (
        "urlencoded map",
        "auth: {type: noauth}\nurl: '{{base}}/b'\nmethod: POST\nbody: {type: urlencoded, content: {a: '1 2', b: '{{nested}}'}}\n",
    ),
    (
        "urlencoded list",
        "auth: {type: noauth}\nurl: '{{base}}/b'\nmethod: POST\nbody:\n  type: urlencoded\n  content:\n    - {key: a, value: '1'}\n    - {key: b, value: '2', disabled: true}\n    - {key: c, value: 'é&='}\n",
    ),
    (
        "formdata",
        "auth: {type: noauth}\nurl: '{{base}}/b'\nmethod: POST\nbody:\n  type: formdata\n  content:\n    - {type: text, key: a, value: '{{n}}'}\n    - {type: text, key: d, value: '1', disabled: true}\n",
    ),
    (
        "formdata type",
        "auth: {type: noauth}\nurl: '{{base}}/b'\nmethod: POST\nbody:\n  type: formdata\n  content:\n    - {type: text, key: a, value: 'x', contentType: a/b}\n",
    ),
    ("file", "auth: {type: noauth}\nurl: '{{base}}/b'\nmethod: POST\nbody: {type: file, content: {src: f.txt}}\n"),
    ("none body", "auth: {type: noauth}\nurl: '{{base}}/b'\nmethod: POST\nbody: {type: none}\n"),
    ("get body", "auth: {type: noauth}\nurl: '{{base}}/b'\nmethod: GET\nbody: {type: text, content: x}\n"),
    ("basic", "url: '{{base}}/a'\nauth: {type: basic, credentials: {username: u, password: '{{twice}}'}}\n"),
    (
        "basic list",
        "url: '{{base}}/a'\nauth: {type: basic, credentials: [{key: username, value: u}, {key: password, value: p}]}\n",
    ),
    ("apikey", "url: '{{base}}/a'\nauth: {type: apikey, credentials: {key: X-K, value: v, in: header}}\n"),
    (
        "oauth2",
        "url: '{{base}}/a'\nauth: {type: oauth2, credentials: {accessToken: T, headerPrefix: Tok, addTokenTo: header}}\n",
    ),
    (
        "oauth1",
        "url: '{{base}}/a?b=2'\nauth: {type: oauth1, credentials: {consumerKey: ck, consumerSecret: cs, token: tk, tokenSecret: ts, signatureMethod: HMAC-SHA1, timestamp: '1318622958', nonce: nnn, version: '1.0', addParamsToHeader: true}}\n",
    ),
    (
        "hawk",
        "url: '{{base}}/a?b=2'\nauth: {type: hawk, credentials: {authId: i, authKey: k, algorithm: sha256, nonce: nn, timestamp: '1353832234'}}\n",
    ),
    (
        "edgegrid",
        "url: '{{base}}/a?b=2'\nauth: {type: edgegrid, credentials: {accessToken: at, clientToken: ct, clientSecret: cs, nonce: n1, timestamp: '20140321T19:34:21+0000'}}\n",
    ),
    (
        "jwt",
        "url: '{{base}}/a'\nauth: {type: jwt, credentials: {algorithm: HS256, secret: '0123456789012345678901234567890123456789', payload: '{\"iat\":1}', header: '{\"kid\":\"k\"}', addTokenTo: header, headerPrefix: Bearer}}\n",
    ),
    ("Folder/inherits", "url: '{{base}}/i'\n"),
    ("Folder/has none", "auth: {type: noauth}\nurl: '{{base}}/i'\n"),
    ("Folder/Deep/deep", "url: '{{base}}/deep'\n"),
    ("Open/open", "url: '{{base}}/open'\n"),
];

/// Every feature of an `OpenCollection` folder that both have.
const BRU_REQUESTS: &[Request] = &[
    ("get", "http:\n  method: GET\n  url: '{{base}}/get'\n  auth: inherit\n"),
    (
        "headers",
        "http:\n  method: post\n  url: '{{base}}/h'\n  headers:\n    - {name: X-A, value: '1'}\n    - {name: X-D, value: '{{nested}}'}\n    - {name: X-O, value: o, disabled: true}\n",
    ),
    (
        "params",
        "http:\n  method: GET\n  url: '{{base}}/:id/:id2/x?q=1&b=%2F é c'\n  params:\n    - {name: q, value: '1', type: query}\n    - {name: id, value: a b, type: path}\n    - {name: id2, value: '{{n}}', type: path}\n",
    ),
    ("json", "http:\n  method: POST\n  url: '{{base}}/b'\n  body: {type: json, data: '{\"a\": \"{{n}}\"}'}\n"),
    ("jsonc", "http:\n  method: POST\n  url: '{{base}}/b'\n  body: {type: json, data: \"{\\\"a\\\": 1 // c\\n}\"}\n"),
    ("text", "http:\n  method: POST\n  url: '{{base}}/b'\n  body: {type: text, data: '<{{n}}>'}\n"),
    ("xml", "http:\n  method: POST\n  url: '{{base}}/b'\n  body: {type: xml, data: '<{{n}}>'}\n"),
    ("sparql", "http:\n  method: POST\n  url: '{{base}}/b'\n  body: {type: sparql, data: '<{{n}}>'}\n"),
    (
        "form",
        "http:\n  method: POST\n  url: '{{base}}/b'\n  body:\n    type: form-urlencoded\n    data:\n      - {name: a, value: '1 2'}\n      - {name: b, value: '2', disabled: true}\n      - {name: c, value: 'é&=+'}\n      - {name: a, value: '{{nested}}'}\n",
    ),
    (
        "multipart",
        "http:\n  method: POST\n  url: '{{base}}/b'\n  body:\n    type: multipart-form\n    data:\n      - {name: a, type: text, value: '{{n}}'}\n      - {name: d, type: text, value: '1', disabled: true}\n      - {name: f, type: file, value: [f.txt]}\n",
    ),
    (
        "file",
        "http:\n  method: POST\n  url: '{{base}}/b'\n  body:\n    type: file\n    data:\n      - {filePath: f.txt, contentType: text/x, selected: true}\n",
    ),
    (
        "gql",
        "graphql:\n  method: POST\n  url: '{{base}}/g'\n  body: {query: '{ a }', variables: '{\"x\":\"{{n}}\"}'}\n",
    ),
    ("get body", "http:\n  method: GET\n  url: '{{base}}/b'\n  body: {type: text, data: x}\n"),
    (
        "basic",
        "http:\n  method: GET\n  url: '{{base}}/a'\n  auth: {type: basic, username: u, password: '{{nested}}'}\n",
    ),
    (
        "apikey",
        "http:\n  method: GET\n  url: '{{base}}/a'\n  auth: {type: apikey, key: X-K, value: v, placement: header}\n",
    ),
    ("none", "http:\n  method: GET\n  url: '{{base}}/a'\n  auth: none\n"),
    (
        "oauth1",
        "http:\n  method: GET\n  url: '{{base}}/a?b=2'\n  auth: {type: oauth1, consumerKey: ck, consumerSecret: cs, accessToken: tk, accessTokenSecret: ts, signatureMethod: HMAC-SHA1, timestamp: '1318622958', nonce: nnn, version: '1.0', placement: header}\n",
    ),
    (
        "edgegrid",
        "http:\n  method: GET\n  url: '{{base}}/a?b=2'\n  auth: {type: akamai-edgegrid, accessToken: at, clientToken: ct, clientSecret: cs, nonce: n1, timestamp: '20140321T19:34:21+0000'}\n",
    ),
    (
        "vars",
        "http:\n  method: GET\n  url: '{{base}}/{{f}}/{{r}}/{{n}}'\nruntime:\n  variables: [{name: r, value: request}]\n",
    ),
    ("Folder/inherits", "http:\n  method: GET\n  url: '{{base}}/{{f}}/{{r}}'\n  auth: inherit\n"),
    (
        "Folder/own",
        "http:\n  method: GET\n  url: '{{base}}/{{f}}/{{r}}'\nruntime:\n  variables: [{name: r, value: request}]\n",
    ),
    ("Folder/Deep/deep", "http:\n  method: GET\n  url: '{{base}}/deep/{{f}}'\n  auth: inherit\n"),
];

const POSTMAN_FAULTS: &[Fault] = &[
    (
        "postman-key-in-query",
        "headers: {X-Fault: postman-key-in-query}\nurl: '{{base}}/p'\nauth: {type: apikey, credentials: {key: k, value: v, in: query}}\n",
        With("k: v"),
        With("GET /p?k=v "),
    ),
    (
        "postman-number-unsigned",
        "headers: {X-Fault: postman-number-unsigned}\nurl: '{{base}}/p'\nauth: {type: bearer, credentials: {token: 12345}}\n",
        Without("uthorization"),
        With("Authorization: Bearer 12345"),
    ),
    (
        "postman-unsigned-oauth2",
        "headers: {X-Fault: postman-unsigned-oauth2}\nurl: '{{base}}/p'\nauth: {type: oauth2, credentials: {grant_type: implicit, authUrl: 'http://127.0.0.1:1/'}}\n",
        Without("uthorization"),
        Not,
    ),
    (
        "postman-empty-bearer",
        "headers: {X-Fault: postman-empty-bearer}\nurl: '{{base}}/p'\nauth: {type: bearer, credentials: {}}\n",
        With("uthorization: Bearer"),
        Not,
    ),
    (
        "postman-unsigned-apikey",
        "headers: {X-Fault: postman-unsigned-apikey}\nurl: '{{base}}/p'\nauth: {type: apikey, credentials: {}}\n",
        Without("uthorization"),
        Not,
    ),
    (
        "postman-unsigned-inherit",
        "headers: {X-Fault: postman-unsigned-inherit}\nurl: '{{base}}/p'\nauth: {type: inherit}\n",
        Without("uthorization"),
        With("Authorization: Bearer outer 7"),
    ),
    (
        "postman-unresolved",
        "headers: {X-Fault: postman-unresolved}\nurl: '{{base}}/p'\nauth: {type: basic, credentials: {username: u, password: '{{unknown}}'}}\n",
        With("dTp7e3Vua25vd259fQ=="),
        Not,
    ),
    (
        "postman-latin",
        "headers: {X-Fault: postman-latin}\nurl: '{{base}}/p'\nauth: {type: basic, credentials: {username: 'ü', password: p}}\n",
        With("Basic /Dpw"),
        With("Basic w7w6cA=="),
    ),
    (
        "postman-path-suffix",
        "headers: {X-Fault: postman-path-suffix}\nurl: '{{base}}/:id.json'\npathVariables: {id: '1'}\nauth: {type: noauth}\n",
        With("GET /:id.json "),
        With("GET /1.json "),
    ),
    (
        "postman-part-type",
        "headers: {X-Fault: postman-part-type}\nurl: '{{base}}/p'\nmethod: POST\nauth: {type: noauth}\nbody:\n  type: formdata\n  content:\n    - {type: file, key: f, src: f.txt}\n",
        With("application/octet-stream"),
        With("text/plain"),
    ),
    (
        "postman-hand-written",
        "headers: {X-Fault: postman-hand-written, Authorization: mine}\nurl: '{{base}}/p'\nauth: {type: bearer, credentials: {token: T}}\n",
        With("uthorization: mine"),
        With("Authorization: Bearer T"),
    ),
];

const BRU_FAULTS: &[Fault] = &[
    (
        "bru-key-in-query",
        "http:\n  method: GET\n  headers: [{name: X-Fault, value: bru-key-in-query}]\n  url: '{{base}}/p'\n  auth: {type: apikey, key: k, value: v, placement: query}\n",
        Without("k=v"),
        With("GET /p?k=v "),
    ),
    (
        "bru-unsigned-unknown",
        "http:\n  method: GET\n  headers: [{name: X-Fault, value: bru-unsigned-unknown}]\n  url: '{{base}}/p'\n  auth: {type: unheard-of}\n",
        Without("uthorization"),
        Not,
    ),
    (
        "bru-unsigned-inherit",
        "http:\n  method: GET\n  headers: [{name: X-Fault, value: bru-unsigned-inherit}]\n  url: '{{base}}/p'\n  auth: {type: inherit}\n",
        Without("uthorization"),
        Not,
    ),
    (
        "bru-empty-bearer",
        "http:\n  method: GET\n  headers: [{name: X-Fault, value: bru-empty-bearer}]\n  url: '{{base}}/p'\n  auth: {type: bearer, token: ''}\n",
        With("uthorization: Bearer"),
        Not,
    ),
    (
        "bru-unresolved",
        "http:\n  method: GET\n  headers: [{name: X-Fault, value: bru-unresolved}]\n  url: '{{base}}/p'\n  auth: {type: basic, username: u, password: '{{unknown}}'}\n",
        With("dTp7e3Vua25vd259fQ=="),
        Not,
    ),
    (
        "bru-no-placement",
        "http:\n  method: GET\n  headers: [{name: X-Fault, value: bru-no-placement}]\n  url: '{{base}}/p'\n  auth: {type: apikey, key: k, value: v}\n",
        Without("k: v"),
        Not,
    ),
];
