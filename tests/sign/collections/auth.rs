//! Authorization: inherited from folders and the collection, with variables, of every type.

use serde_json::{Value, json};

use super::{collection, with};
use crate::support::line::values;

fn basic_of(user: &str) -> Value {
    json!({"type": "basic", "basic": [{"key": "username", "value": user}, {"key": "password", "value": "p"}]})
}

/// A collection with this authorization at each of its three levels.
fn levels(outer: &Value, folder: &Value, inner: &Value) -> Value {
    let with = |mut item: Value, auth: &Value| {
        if auth != "absent" {
            item["auth"] = auth.clone();
        }
        item
    };
    let request = with(json!({"url": "{{base}}/"}), inner);
    let folder = with(json!({"name": "f", "item": [{"name": "r", "request": request}]}), folder);
    with(collection(&json!([folder])), outer)
}

/// The Authorization header of the only request.
#[track_caller]
fn authorization(collection: &Value) -> Vec<String> {
    let line = with(&["inherit", "--from", "postman", "c.json"], collection).succeeds().json().remove(0);
    // "No Auth" is no secret.
    assert!(line.get("_auth").is_none_or(|auth| *auth == json!({"type": "noauth"})), "{line}");
    values(&line, "authorization").into_iter().map(str::to_owned).collect()
}

#[test]
fn a_request_has_the_authorization_of_the_innermost_that_says_one() {
    let [a, b, c] = ["a", "b", "c"].map(basic_of);
    let off = json!({"type": "noauth"});
    let sent = |user: &str| vec![super::super::basic(&format!("{user}:p"))];
    for nothing in [json!("absent"), json!(null), json!({})] {
        assert_eq!(authorization(&levels(&a, &b, &c)), sent("c"));
        assert_eq!(authorization(&levels(&a, &b, &nothing)), sent("b"), "{nothing}");
        assert_eq!(authorization(&levels(&a, &nothing, &nothing)), sent("a"), "{nothing}");
        assert_eq!(authorization(&levels(&nothing, &nothing, &nothing)), [""; 0], "{nothing}");
        assert_eq!(authorization(&levels(&a, &off, &nothing)), [""; 0], "{nothing}");
        assert_eq!(authorization(&levels(&a, &b, &off)), [""; 0], "{nothing}");
    }
}

#[test]
fn what_cannot_sign_ends_the_search_and_is_an_error() {
    for (auth, said) in [
        (json!({"type": "bearer"}), "item[0].item[0] \"r\": bearer: token is missing in _auth"),
        (json!({"type": "bearer", "bearer": []}), "item[0].item[0] \"r\": bearer: token is missing in _auth"),
        (json!({"type": "unheard-of"}), "item[0].item[0] \"r\": _auth: has no type that is known"),
        (json!({"type": ""}), "\"r\": item[0].item[0].request.auth.type: is empty"),
        (json!({"type": 7}), "\"r\": item[0].item[0].request.auth.type: is not text"),
        (json!("basic"), "\"r\": item[0].item[0].request.auth: is not an object"),
        (json!({"type": "basic", "basic": 1}), "\"r\": item[0].item[0].request.auth.basic: is not a list"),
    ] {
        let output =
            with(&["inherit", "--from", "postman", "c.json"], &levels(&basic_of("a"), &json!(null), &auth)).fails(1);
        output.stdout_is("").stderr_has(&format!("sign: {said}"));
    }
}

#[test]
fn a_folder_that_says_something_wrong_keeps_its_requests_from_being_signed_by_another() {
    let output =
        with(&["inherit", "--from", "postman", "c.json"], &levels(&basic_of("a"), &json!([]), &json!(null))).fails(1);
    output.stdout_is("").stderr_is("sign: \"r\": item[0].auth: is not an object\n");
}

#[test]
fn parameters_are_resolved_and_may_be_a_map() {
    let auth = json!({"type": "basic", "basic": {"username": "{{n}}", "password": "{{twice}}"}, "bearer": [{"key": "token", "value": "{{missing}}"}]});
    assert_eq!(authorization(&levels(&auth, &json!(null), &json!(null))), [super::super::basic("7:last")]);
    let auth = json!({"type": "bearer", "bearer": [{"key": "token", "value": "{{missing}}"}]});
    let output = with(&["inherit", "--from", "postman", "c.json"], &levels(&auth, &json!(null), &json!(null))).fails(1);
    output.stderr_has("item[0].item[0] \"r\": _auth: {{missing}} is not defined");
}

#[test]
fn a_token_that_is_there_needs_nothing_that_it_was_got_with() {
    let auth = json!({"type": "oauth2", "oauth2": [
        {"key": "accessToken", "value": "T{{n}}"}, {"key": "headerPrefix", "value": "Token"},
        {"key": "clientSecret", "value": "{{missing}}"},
        {"key": "tokenRequestParams", "value": [{"key": "a", "value": "{{missing}}"}]},
    ]});
    assert_eq!(authorization(&levels(&auth, &json!(null), &json!(null))), ["Token T7"]);
}

#[test]
fn no_authorization_is_said_in_the_line() {
    let collection = levels(&basic_of("a"), &json!({"type": "noauth"}), &json!(null));
    let line = with(&["none", "--from", "postman", "c.json"], &collection).succeeds().json().remove(0);
    assert_eq!(line["_auth"], json!({"type": "noauth"}));
    let collection = levels(&basic_of("{{n}}"), &json!(null), &json!(null));
    let line = with(&["none", "--from", "postman", "c.json"], &collection).succeeds().json().remove(0);
    assert_eq!(line["_auth"], json!({"type": "basic", "basic": {"username": "7", "password": "p"}}));
}

#[test]
fn an_auth_beside_the_request_is_none_of_its() {
    let items = json!([{"name": "r", "auth": basic_of("beside"), "request": {"url": "http://h/"}}]);
    assert_eq!(authorization(&collection(&items)), [""; 0]);
}

#[test]
fn every_type_signs() {
    let key = |pairs: &[(&str, &str)]| -> Value {
        pairs.iter().map(|(key, value)| json!({"key": key, "value": value, "type": "string"})).collect()
    };
    let types = [
        ("apikey", key(&[("key", "X-Key"), ("value", "k")])),
        ("awsv4", key(&[("accessKey", "A"), ("secretKey", "s"), ("region", "eu-west-1"), ("service", "x")])),
        ("basic", key(&[("username", "u"), ("password", "p")])),
        ("bearer", key(&[("token", "t")])),
        ("digest", key(&[("username", "u"), ("password", "p"), ("realm", "r"), ("nonce", "n")])),
        ("edgegrid", key(&[("accessToken", "a"), ("clientToken", "c"), ("clientSecret", "s")])),
        ("hawk", key(&[("authId", "i"), ("authKey", "k"), ("algorithm", "sha256")])),
        ("jwt", key(&[("algorithm", "HS256"), ("secret", "s"), ("payload", "{}")])),
        ("oauth1", key(&[("consumerKey", "c"), ("consumerSecret", "s"), ("addParamsToHeader", "true")])),
        ("oauth2", key(&[("accessToken", "t")])),
        ("ntlm", key(&[("username", "u"), ("password", "p")])),
    ];
    let item = |(kind, rows): &(&str, Value)| {
        let mut auth = json!({"type": kind});
        auth[kind] = rows.clone();
        json!({"name": kind, "request": {"url": "http://h.example/", "auth": auth}})
    };
    let items: Value = types.iter().map(item).collect();
    let lines = with(&["inherit", "c.json"], &collection(&items)).succeeds().json();
    assert_eq!(lines.len(), types.len());
    for line in lines {
        let has_key = !values(&line, "authorization").is_empty() || !values(&line, "x-key").is_empty();
        assert!(has_key || line["_name"] == "ntlm", "{line}");
    }
}
