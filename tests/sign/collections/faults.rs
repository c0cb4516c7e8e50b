//! Faults of other runners: each has a name on the page for people who come from newman, and nothing else is tolerated.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{runners, with as sign_with};
use crate::support::peers;
use crate::support::recorder::{Received, Recorder};

const PAGE: &str = "docs/from-newman.md";

/// The names of the faults on the page: `- **newman-form-order**: ...`.
fn page() -> BTreeSet<String> {
    let text = include_str!("../../../docs/from-newman.md");
    let names = text.lines().filter_map(|line| line.strip_prefix("- **")?.split_once("**:").map(|(name, _)| name));
    names.map(str::to_owned).collect()
}

/// Tolerates a fault: a test that overlooks a difference says here which one it is.
#[track_caller]
pub(crate) fn tolerated(name: &str) {
    assert!(page().contains(name), "{name} is no fault that {PAGE} names");
}

/// The trace that a request leaves at the server.
#[derive(Debug, PartialEq)]
pub(super) enum Arrives {
    /// A request with this text in it.
    With(&'static str),
    /// A request without this text.
    Without(&'static str),
    /// Nothing.
    Not,
}

use Arrives::{Not, With, Without};

impl Arrives {
    pub(super) fn fits(&self, request: Option<&String>) -> bool {
        match (self, request) {
            (Self::With(text), Some(request)) => request.contains(text),
            (Self::Without(text), Some(request)) => !request.contains(text),
            (Self::Not, request) => request.is_none(),
            (_, None) => false,
        }
    }
}

/// A fault of newman: its name, a request, what arrives of it when newman sends it, and when we do.
type Fault = (&'static str, Value, Arrives, Arrives);

fn auth(kind: &str, parameters: Value) -> Value {
    let mut auth = json!({"type": kind});
    auth[kind] =
        parameters.as_object().into_iter().flatten().map(|(key, value)| json!({"key": key, "value": value})).collect();
    json!({"url": "{{base}}/p", "auth": auth})
}

fn post(body: Value) -> Value {
    json!({"method": "POST", "url": "{{base}}/p", "body": body})
}

fn faults() -> Vec<Fault> {
    let with = |parameters: &Value, more: &[(&str, Value)]| {
        let mut all = parameters.clone();
        more.iter().for_each(|(name, value)| all[*name] = value.clone());
        all
    };
    let with_header = |mut request: Value, name: &str, value: &str| {
        request["header"] = json!([{"key": name, "value": value}]);
        request
    };
    let get = || json!({"url": "{{base}}/p"});
    let fields = json!([{"key": "a", "value": "1"}, {"key": "b", "value": "2"}, {"key": "a", "value": "3"}]);
    let oauth1 =
        json!({"consumerKey": "k", "consumerSecret": "s", "timestamp": "1", "nonce": "n", "addParamsToHeader": true});
    let aws = || auth("awsv4", json!({"accessKey": "a", "secretKey": "s", "region": "r", "service": "s"}));
    let mut pruned = aws();
    pruned["body"] = json!({"mode": "raw", "raw": "x"});
    let mut repeated = aws();
    repeated["header"] = json!([{"key": "X-B", "value": "1"}, {"key": "X-B", "value": "2"}]);
    let mut signed_query =
        auth("oauth1", with(&oauth1, &[("addParamsToHeader", json!(false)), ("signatureMethod", json!("HMAC-SHA1"))]));
    signed_query["url"] = json!("{{base}}/p?q=a+b");
    let empty_token = auth(
        "oauth1",
        with(
            &oauth1,
            &[("addEmptyParamsToSign", json!(true)), ("token", json!("")), ("signatureMethod", json!("HMAC-SHA1"))],
        ),
    );
    let digest = json!({"username": "u", "password": "p", "realm": "r", "nonce": "f", "qop": "auth"});
    let typed_form = with_header(
        post(json!({"mode": "urlencoded", "urlencoded": [{"key": "a", "value": "1"}]})),
        "Content-Type",
        "text/x",
    );
    let twins = json!([{"key": "X-A", "value": "1"}, {"key": "x-a", "value": "2"}]);
    let number = json!({"host": ["{{base}}"], "path": [":id"], "variable": [{"key": "id", "value": 7}]});
    vec![
        (
            "newman-form-order",
            post(json!({"mode": "urlencoded", "urlencoded": fields})),
            With("a=1&a=3&b=2"),
            With("a=1&b=2&a=3"),
        ),
        ("newman-raw-url", json!({"url": {"raw": "{{base}}/p"}}), Not, With("GET /p ")),
        (
            "newman-object-value",
            post(json!({"mode": "raw", "raw": "{{object}}"})),
            With("[object Object]"),
            With(r#"{"a":[1]}"#),
        ),
        ("newman-enabled-false", json!({"url": "{{base}}/p?{{off}}"}), With("?environment "), With("?collection ")),
        ("newman-path-number", json!({"url": number}), With("GET /:id "), With("GET /7 ")),
        ("newman-twin-headers", json!({"url": "{{base}}/p", "header": twins}), Without("X-A: 1"), With("X-A: 1")),
        (
            "newman-signature-method",
            auth("oauth1", oauth1.clone()),
            Without("oauth_signature_method"),
            With("oauth_signature_method=\"HMAC-SHA1\""),
        ),
        (
            "newman-look-alike-headers",
            with_header(auth("apikey", json!({"key": "X-Key", "value": "v"})), "X_Key", "mine"),
            Without("mine"),
            With("X_Key: mine"),
        ),
        ("newman-key-anywhere", auth("apikey", json!({"key": "k", "value": "v", "in": "cookie"})), With("k: v"), Not),
        ("newman-nameless-key", auth("apikey", json!({"key": "", "value": "v"})), Without(": v\n"), Not),
        (
            "newman-token-anywhere",
            auth("oauth2", json!({"accessToken": "T", "addTokenTo": "body"})),
            Without("T\n"),
            Not,
        ),
        (
            "newman-unsigned-oauth2",
            auth("oauth2", json!({"grant_type": "implicit", "authUrl": "http://127.0.0.1:1/"})),
            Without("Authorization"),
            Not,
        ),
        ("newman-unsigned-bearer", auth("bearer", json!({})), Without("Authorization"), Not),
        ("newman-unsigned-unknown", auth("unheard-of", json!({})), Without("Authorization"), Not),
        (
            "newman-empty-authorization",
            auth("hawk", json!({"authId": "i", "authKey": "k"})),
            Without("Hawk"),
            With("Authorization: Hawk id=\"i\""),
        ),
        ("newman-unresolved", with_header(get(), "X-A", "{{unknown}}"), With("X-A: {{unknown}}"), Not),
        // The hash of `x`, which is not sent.
        (
            "newman-pruned-hash",
            pruned,
            With("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"),
            Without("2d711642b726b044"),
        ),
        ("newman-aws-repeated", repeated, With("X-B: 1\nX-B: 2\nX-B: 2"), With("X-B: 1\nX-B: 2\nX-Amz")),
        ("newman-query-rewritten", signed_query, With("q=a%20b&"), With("q=a+b&")),
        ("newman-signed-not-sent", empty_token, Without("oauth_token="), With("oauth_token=\"\"")),
        (
            "newman-unsigned-mac",
            auth("oauth2", json!({"accessToken": "T", "tokenType": "mac"})),
            Without("Authorization"),
            Not,
        ),
        (
            "newman-key-plus",
            auth("apikey", json!({"key": "k", "value": "a+b", "in": "query"})),
            With("?k=a+b "),
            With("?k=a%2Bb "),
        ),
        ("newman-empty-basic", auth("basic", json!({})), With("Authorization: Basic Og=="), Not),
        ("newman-quoted-algorithm", auth("digest", digest), With("algorithm=\"MD5\""), With("algorithm=MD5,")),
        (
            "newman-graphql-numbers",
            post(json!({"mode": "graphql", "graphql": {"query": "q", "variables": {"x": 1.0}}})),
            With("{\"x\":1}"),
            With("{\"x\":1.0}"),
        ),
        ("newman-raw-number", post(json!({"mode": "raw", "raw": 7})), Without("\n\n7"), With("\n\n7")),
        ("newman-form-type", typed_form, Without("text/x"), With("Content-Type: text/x")),
        (
            "newman-empty-part",
            post(
                json!({"mode": "formdata", "formdata": [{"key": "f", "type": "file", "src": null}, {"key": "t", "value": "x"}]}),
            ),
            With("filename=\"\""),
            Without("name=\"f\""),
        ),
        (
            "newman-quotes-in-names",
            post(json!({"mode": "formdata", "formdata": [{"key": "a\"b", "value": "v"}]})),
            With("name=\"a\"b\""),
            With("name=\"a%22b\""),
        ),
    ]
}

#[test]
fn every_fault_on_the_page_is_tried_and_no_other_is_tolerated() {
    let of_newman = faults().into_iter().map(|(name, ..)| name);
    let tried: BTreeSet<String> = of_newman.chain(runners::names()).map(str::to_owned).collect();
    let sources = ["tests/sign/writers/collections.rs", "tests/sign/collections/runners.rs"];
    let source: String = sources.iter().map(|path| std::fs::read_to_string(path).expect("a source file")).collect();
    let is_tolerated = |name: &&String| source.contains(&format!("tolerated(\"{name}\")"));
    let page = page();
    let untried: Vec<&String> = page.iter().filter(|name| !tried.contains(*name) && !is_tolerated(name)).collect();
    assert_eq!((untried, tried.difference(&page).collect::<Vec<_>>()), (Vec::new(), Vec::new()));
    assert!(std::panic::catch_unwind(|| tolerated("newman-unheard-of")).is_err());
}

/// The text of each request, by the fault that it is for.
pub(super) fn told(received: &[Received], name: &str) -> Option<String> {
    let of = received.iter().find(|received| received.values("x-fault") == [name])?;
    let lines: Vec<_> = of.head.iter().map(|line| String::from_utf8_lossy(line)).collect();
    Some(format!("{}\n\n{}", lines.join("\n"), String::from_utf8_lossy(&of.body)))
}

#[test]
#[ignore = "needs newman: make test-heavy"]
fn every_fault_of_newman_is_one_and_is_not_ours() {
    let recorder = Recorder::start();
    let faults = faults();
    let item = |(name, request, ..): &Fault| {
        let mut request = request.clone();
        let mut headers = request["header"].as_array().cloned().unwrap_or_default();
        headers.insert(0, json!({"key": "X-Fault", "value": name}));
        request["header"] = json!(headers);
        json!({"name": name, "request": request})
    };
    let variables = json!([{"key": "base", "value": format!("http://{}", recorder.host())}, {"key": "object", "value": {"a": [1]}},
        {"key": "off", "value": "collection"}]);
    let collection = json!({"info": {"name": "Faults", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "variable": variables, "item": faults.iter().map(item).collect::<Value>()});
    let environment = json!({"values": [{"key": "off", "value": "environment", "enabled": false}]});
    peers::ask("newman.js", &[json!({"collection": collection, "environment": environment})]);
    let theirs = recorder.take();
    sign_with(&["inherit", "c.json", "--send", "--env-file", "e.json"], &collection)
        .file("e.json", environment.to_string())
        .fails(5);
    let ours = recorder.take();
    for (name, _, their, our) in &faults {
        let (theirs, ours) = (told(&theirs, name), told(&ours, name));
        assert!(their.fits(theirs.as_ref()), "{name}: newman sends {theirs:?}, which is not {their:?}");
        assert!(our.fits(ours.as_ref()), "{name}: we send {ours:?}, which is not {our:?}");
    }
}
