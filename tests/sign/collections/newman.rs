//! newman, which runs the same collections, against a server that records what both send.

use serde_json::{Value, json};

use super::faults::tolerated;
use super::{collection, item, with};
use crate::sign::writers::collections::program;
use crate::support::peers;
use crate::support::recorder::{Received, Recorder};

/// Headers that newman adds to everything, and those that say how long a message is and where it goes.
const OWN: [&str; 8] = [
    "user-agent",
    "accept",
    "cache-control",
    "postman-token",
    "host",
    "accept-encoding",
    "connection",
    "content-length",
];

/// The lines and the body of a request, without the words of the program that sent it.
fn said(received: &Received) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let lines: Vec<String> = received.head.iter().map(|line| text(line)).collect();
    let is_own = |line: &&String| {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        OWN.contains(&name.as_str())
    };
    // newman adds the Content-Type after the authorization, and leaves out the blanks between the parameters of OAuth 1.0.
    let plain = |line: &String| if line.contains("OAuth ") { line.replace("\", ", "\",") } else { line.clone() };
    let mut kept: Vec<String> = lines.iter().filter(|line| !is_own(line)).map(plain).collect();
    kept.get_mut(1..).unwrap_or_default().sort_by_key(|line| line.split(':').next().unwrap_or_default().to_owned());
    let boundary = lines.iter().find_map(|line| line.split("boundary=").nth(1)).unwrap_or("no boundary");
    format!("{}\n\n{}", kept.join("\n"), text(&received.body)).replace(boundary, "B")
}

/// Every feature that both have. What newman does wrong is in [`super::faults`].
fn items() -> Value {
    let post = |body: Value| json!({"method": "post", "url": "{{base}}/p?q=1", "body": body});
    let auth = |kind: &str, rows: Value| {
        let mut auth = json!({"type": kind});
        auth[kind] = rows;
        json!({"url": "{{base}}/auth", "auth": auth})
    };
    json!([
        item("text", json!("{{base}}/a b\"<>`|^%41%é?a b\"'<>`{|}^%41é#f")),
        item("parts", json!({"url": {"host": ["{{base}}"], "path": ["a", ":id", ":id.json", ":none"],
            "query": [{"key": "a&b=c", "value": "1&2#3=4"}, {"key": null, "value": null}, {"key": "n", "value": null},
                {"key": "e", "value": ""}, {"key": "off", "value": "1", "disabled": true}, {"key": "t", "value": "{{twice}} x"}],
            "variable": [{"key": "id", "value": "7?w"}, {"key": "none", "value": ""}]}})),
        item("off", json!({"url": {"host": ["{{base}}"], "path": "p/q", "query": [{"key": "off", "value": "1", "disabled": true}]}})),
        item("empty", json!({"url": {"host": ["{{base}}"], "path": ["p"], "query": [{"key": ""}]}})),
        item("headers", json!({"url": "{{base}}/", "header": "A: 1\r\nB:  2\r\n b2\r\nEmpty:\r\nNo colon"})),
        item("repeats", json!({"url": "{{base}}/", "header": [{"key": "X", "value": "1"}, {"key": "X", "value": "3"}, {"key": "O", "value": "o", "disabled": true}]})),
        item("json", post(json!({"mode": "raw", "raw": "// c\n{\"a\": \"//\"} /* x */", "options": {"raw": {"language": "json"}}}))),
        item("xml", post(json!({"mode": "raw", "raw": "<a/>", "options": {"raw": {"language": "xml"}}}))),
        item("html", post(json!({"mode": "raw", "raw": "x", "options": {"raw": {"language": "html"}}}))),
        item("javascript", post(json!({"mode": "raw", "raw": "x", "options": {"raw": {"language": "javascript"}}}))),
        item("plain", post(json!({"mode": "raw", "raw": "{{nested}}"}))),
        item("unknown", post(json!({"mode": "unheard-of", "raw": "x"}))),
        item("nothing", post(json!({"raw": "x"}))),
        item("object", post(json!({"mode": "raw", "raw": {"a": [1]}}))),
        item("disabled", post(json!({"mode": "raw", "raw": "x", "disabled": true}))),
        item("form", post(json!({"mode": "urlencoded", "urlencoded": [{"key": "a b", "value": "c d+e!'()*~%41&=é"}, {"key": "n", "value": null}, {"key": "d", "value": "1", "disabled": true}]}))),
        item("multipart", post(json!({"mode": "formdata", "formdata": [{"key": "t", "value": "v", "contentType": "text/q"}, {"key": "u", "type": "text", "value": "é"}]}))),
        item("bytes", post(json!({"mode": "file", "file": {"content": "aGVsbG8="}}))),
        item("graphql", post(json!({"mode": "graphql", "graphql": {"query": "{ a }", "operationName": "O", "variables": "{\"x\": 1.0}"}}))),
        item("pruned", json!({"method": "GET", "url": "{{base}}/", "body": {"mode": "raw", "raw": "x"}})),
        {"name": "kept", "protocolProfileBehavior": {"disableBodyPruning": true}, "request": {"url": "{{base}}/", "body": {"mode": "raw", "raw": "x"}}},
        {"name": "typeless", "protocolProfileBehavior": {"disabledSystemHeaders": {"content-type": true}}, "request": post(json!({"mode": "raw", "raw": "x"}))},
        item("basic", auth("basic", json!([{"key": "username", "value": "u"}, {"key": "password", "value": "{{twice}}"}]))),
        item("bearer", auth("bearer", json!([{"key": "token", "value": "t"}]))),
        item("apikey", auth("apikey", json!([{"key": "key", "value": "k"}, {"key": "value", "value": "v w"}, {"key": "in", "value": "query"}]))),
        item("no values", post(json!({"mode": "urlencoded", "urlencoded": []}))),
        item("no text", post(json!({"mode": "raw", "raw": ""}))),
        item("comments by type", json!({"method": "PUT", "url": "{{base}}/", "header": [{"key": "Content-Type", "value": "application/vnd.x+json"}], "body": {"mode": "raw", "raw": "{} // c"}})),
        item("methods", json!({"method": "m-search", "url": "{{base}}/", "body": {"mode": "raw", "raw": "x"}})),
        item("variables", post(json!({"mode": "raw", "raw": "{{n}} {{yes}} {{null}} {{fraction}} {{{{name}}}} {{nested}}"}))),
        {"name": "folder", "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "inherited"}]}, "item": [
            item("inherits", json!({"url": "{{base}}/", "auth": null})),
            item("has none", json!({"url": "{{base}}/", "auth": {"type": "noauth"}})),
        ]},
    ])
}

/// Every scheme whose signature does not depend on the time, with the nonces that it would make itself.
fn signed() -> Vec<Value> {
    let item = |name: &str, mut request: Value, kind: &str, parameters: Value| {
        let rows = parameters.as_object().into_iter().flatten().map(|(key, value)| json!({"key": key, "value": value}));
        request["auth"] = json!({"type": kind, kind: rows.collect::<Vec<_>>()});
        json!({"name": name, "request": request})
    };
    let with = |parameters: &Value, more: Value| {
        let mut all = parameters.clone();
        all.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        all
    };
    let get = |query: &str| json!({"url": format!("{{{{base}}}}/p{query}")});
    let send = |method: &str, body: Value| json!({"method": method, "url": "{{base}}/p?a=1", "body": body});
    let form = || json!({"mode": "urlencoded", "urlencoded": [{"key": "x", "value": "1 {{n}}"}]});
    let old = |name: &str| json!({"url": "{{base}}/", "header": [{"key": name, "value": "old"}]});
    let (oauth1, hawk, edgegrid, jwt) = parameters();
    let elsewhere = with(&oauth1, json!({"addParamsToHeader": false}));
    let mut items = vec![
        item("basic", old("authorization"), "basic", json!({"username": "\u{fc}", "password": "p:{{nested}}"})),
        item("blanks", get(""), "bearer", json!({"token": " t "})),
        item("key", old("x-key"), "apikey", json!({"key": "X-Key", "value": ""})),
        item("key in the query", get("?k=old&x=1"), "apikey", json!({"key": "k", "value": "v w&#", "in": "query"})),
        item(
            "in the query",
            get("?access_token=old"),
            "oauth2",
            json!({"accessToken": "T {{n}}", "addTokenTo": "queryParams"}),
        ),
        item("prefix", get(""), "oauth2", json!({"accessToken": "T", "headerPrefix": " Tok ", "addTokenTo": "header"})),
        item("no prefix", get(""), "oauth2", json!({"accessToken": "T", "headerPrefix": "", "addTokenTo": "header"})),
        item("another type", get(""), "oauth2", json!({"accessToken": "T", "tokenType": "Whatever"})),
        item("oauth1 in a form", send("POST", form()), "oauth1", elsewhere.clone()),
        item("oauth1 in the query", get("?b=2&a=1%20x&e"), "oauth1", elsewhere.clone()),
        item("oauth1 by PATCH", send("PATCH", form()), "oauth1", elsewhere),
        item("realm", get(""), "oauth1", with(&oauth1, json!({"realm": "r"}))),
        item("plain header", get(""), "oauth1", with(&oauth1, json!({"disableHeaderEncoding": true}))),
        item("verifier", get(""), "oauth1", with(&oauth1, json!({"callback": "http://c/", "verifier": "v"}))),
        item("hawk by GET", get("?b=2&a"), "hawk", hawk.clone()),
        item("edgegrid by GET", get("?x=1"), "edgegrid", edgegrid.clone()),
        item(
            "jwt in the query",
            get("?a=1"),
            "jwt",
            with(&jwt, json!({"addTokenTo": "queryParam", "queryParamKey": "tok"})),
        ),
        item("jwt prefix", get(""), "jwt", with(&jwt, json!({"headerPrefix": "JWT", "isSecretBase64Encoded": true}))),
    ];
    for method in ["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "PLAINTEXT"] {
        let own = with(&oauth1, json!({"signatureMethod": method}));
        items.push(item("oauth1", get("?b=2&a=1%20x&e"), "oauth1", own));
    }
    for algorithm in ["HS256", "HS384", "HS512"] {
        items.push(item("jwt", get(""), "jwt", with(&jwt, json!({"algorithm": algorithm}))));
    }
    let raw = json!({"mode": "raw", "raw": "{\"a\": \"{{twice}}\"}", "options": {"raw": {"language": "json"}}});
    let graphql = json!({"mode": "graphql", "graphql": {"query": "{ a }", "operationName": "O", "variables": "{}"}});
    for body in [raw, form(), graphql] {
        let with_hash = with(&oauth1, json!({"includeBodyHash": true}));
        items.push(item("oauth1 of a body", send("POST", body.clone()), "oauth1", with_hash));
        let short = with(&edgegrid, json!({"maxBodySize": 5}));
        items.push(item("edgegrid of a body", send("POST", body.clone()), "edgegrid", short));
        items.push(item("edgegrid by PUT", send("PUT", body.clone()), "edgegrid", edgegrid.clone()));
        let is_form = body["mode"] == "urlencoded";
        for algorithm in ["sha256", "sha1"].into_iter().filter(|_| !is_form) {
            let mut request = send("POST", body.clone());
            request["header"] = json!([{"key": "Content-Type", "value": "Text/Plain; charset=x"}]);
            let own = with(&hawk, json!({"algorithm": algorithm, "includePayloadHash": true}));
            items.push(item("hawk of a body", request, "hawk", own));
        }
    }
    items
}

/// Parameters of OAuth 1.0, Hawk, EdgeGrid and JWT.
fn parameters() -> (Value, Value, Value, Value) {
    let oauth1 = json!({"consumerKey": "c {{n}}", "consumerSecret": "c&s", "token": "tk", "tokenSecret": "ts",
        "signatureMethod": "HMAC-SHA1", "timestamp": "1318622958", "nonce": "nnn", "version": "1.0", "addParamsToHeader": true});
    let hawk = json!({"authId": "i", "authKey": "k", "algorithm": "sha256", "nonce": "nn", "timestamp": "1353832234",
        "extraData": "e", "app": "app", "delegation": "d"});
    let edgegrid = json!({"accessToken": "at", "clientToken": "ct", "clientSecret": "cs", "nonce": "n1",
        "timestamp": "20140321T19:34:21+0000", "headersToSign": "x-a"});
    let jwt = json!({"algorithm": "HS256", "secret": "01234567890123456789012345678901234567890123456789012345678901234567",
        "payload": "{\"sub\":\"{{twice}}\",\"iat\":1}", "header": "{\"kid\":\"k\"}"});
    (oauth1, hawk, edgegrid, jwt)
}

/// A collection of all these requests for a server.
fn whole(recorder: &Recorder) -> Value {
    let mut items = items();
    items.as_array_mut().expect("a list").extend(signed());
    let mut collection = collection(&items);
    collection["variable"][0]["value"] = json!(format!("http://{}", recorder.host()));
    let more = [("null", json!(null)), ("fraction", json!(1.5)), ("name", json!("twice"))];
    let more = more.iter().map(|(key, value)| json!({"key": key, "value": value}));
    let variables = collection["variable"].as_array_mut().expect("a list");
    variables.extend(more);
    // newman takes a variable that is not enabled for one that is.
    tolerated("newman-enabled-false");
    variables.retain(|variable| variable.get("enabled").is_none());
    collection
}

#[track_caller]
fn is_what_we_send(recorder: &Recorder, collection: &Value) {
    let theirs: Vec<String> = recorder.take().iter().map(said).collect();
    let sent = with(&["inherit", "--from", "postman", "c.json", "--send"], collection).succeeds();
    let ours: Vec<String> = recorder.take().iter().map(said).collect();
    assert_eq!(ours.len(), sent.json().len());
    let differences: Vec<_> = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours != theirs).collect();
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!(ours.len(), theirs.len());
}

#[test]
#[ignore = "needs newman: make test-heavy"]
fn sends_what_newman_sends() {
    let recorder = Recorder::start();
    let collection = whole(&recorder);
    let answer = peers::ask("newman.js", &[json!({"collection": collection})]);
    assert_eq!(answer[0]["failures"], json!([]), "{answer:?}");
    is_what_we_send(&recorder, &collection);
}

#[test]
#[ignore = "needs Postman's command line: make test-heavy"]
fn sends_what_postmans_command_line_sends_of_a_file() {
    let recorder = Recorder::start();
    let collection = whole(&recorder);
    program("postman").args(["collection", "run", "c.json"]).file("c.json", collection.to_string()).succeeds();
    is_what_we_send(&recorder, &collection);
}
