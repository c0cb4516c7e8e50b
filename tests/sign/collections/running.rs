//! Collections that are sent.

use std::sync::Mutex;
use std::sync::mpsc::channel;

use serde_json::json;

use super::{collection, item, with};
use crate::support::Origin;

/// A server that answers `/NUMBER` with that status.
fn statuses() -> Origin {
    Origin::http(|peer| {
        while let Some(head) = peer.request() {
            let status = head.split(['/', ' ']).nth(2).unwrap_or_default().to_owned();
            peer.write(format!("HTTP/1.1 {status} Said\r\nContent-Length: 0\r\n\r\n"));
        }
    })
}

#[test]
fn each_entry_comes_when_its_request_is_answered() {
    let (go_on, wait) = channel();
    let wait = Mutex::new(wait);
    let server = Origin::http(move |peer| {
        while let Some(head) = peer.request() {
            if head.contains("/second") {
                wait.lock().expect("no panic").recv().expect("a word");
            }
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
    });
    let items = json!([item("first", json!(server.url("/first"))), item("second", json!(server.url("/second")))]);
    let mut running = with(&["inherit", "--from", "postman", "c.json", "--send"], &collection(&items)).start();
    let first: serde_json::Value = serde_json::from_str(&running.stdout_line()).expect("an entry");
    assert_eq!((&first["request"]["_name"], &first["response"]["status"]), (&json!("first"), &json!(200)));
    go_on.send(()).expect("a server");
    assert!(running.stdout_line().contains("/second"));
    running.finish().exits(0);
}

#[test]
fn fail_makes_errors_of_statuses() {
    let server = statuses();
    let run = |statuses: &[u16], arguments: &[&str]| {
        let items = statuses.iter().map(|status| item("r", json!(server.url(&format!("/{status}"))))).collect();
        with(&["inherit", "c.json", "--send"], &collection(&items)).args(arguments).run()
    };
    assert_eq!(run(&[200, 302, 404, 500], &[]).exits(0).json().len(), 4);
    let output = run(&[200, 302, 404, 500], &["--fail"]).exits(1);
    assert_eq!(output.json().len(), 4);
    output.stderr_has("item[2] \"r\": ").stderr_has("answered with 404").stderr_has("answered with 500");
    run(&[200, 302], &["--fail"]).exits(0).stderr_is("");
    run(&[401, 404], &["--fail"]).exits(4);
    run(&[403], &[]).exits(4);
    with(&["inherit", "c.json", "--fail"], &collection(&json!([]))).fails(2).stderr_has("--fail is about sending");
}

#[test]
fn ten_thousand_requests_are_quick() {
    let one = |index: usize| {
        item(
            &format!("r{index}"),
            json!({
                "method": "POST", "url": {"raw": "", "host": ["{{base}}"], "path": ["items", ":id"], "variable": [{"key": "id", "value": index}]},
                "header": [{"key": "X-A", "value": "{{n}}"}], "body": {"mode": "raw", "raw": "{\"n\": {{n}}}", "options": {"raw": {"language": "json"}}},
            }),
        )
    };
    let items = (0..10_000).map(one).collect();
    let started = std::time::Instant::now();
    let output = with(&["inherit", "c.json"], &collection(&items)).succeeds();
    // A second is for the optimized tool on a quiet machine.
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
    assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count(), 10_000);
}

/// An `oauth2` block without a token, for a token endpoint at this URL.
fn block(grant: &str, endpoint: &str) -> serde_json::Value {
    let rows = [
        ("grant_type", grant),
        ("accessTokenUrl", endpoint),
        ("clientId", "c"),
        ("clientSecret", "{{secret}}"),
        ("username", "u"),
        ("password", "p"),
        ("scope", "a b"),
    ];
    let rows: serde_json::Value = rows.iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
    json!({"type": "oauth2", "oauth2": rows})
}

/// A collection of two requests that inherit this authorization.
fn shared(auth: &serde_json::Value) -> serde_json::Value {
    let mut collection = collection(&json!([item("a", json!("http://h/a")), item("b", json!("http://h/b"))]));
    collection["auth"] = auth.clone();
    collection["variable"].as_array_mut().expect("a list").push(json!({"key": "secret", "value": "s"}));
    collection
}

/// A token endpoint.
fn endpoint() -> Origin {
    Origin::http(|peer| {
        if peer.whole_request().is_some() {
            let body = r#"{"access_token":"T","token_type":"Bearer","expires_in":3600}"#;
            peer.write(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()));
        }
    })
}

#[test]
fn a_block_without_a_token_gets_one_where_no_person_is_needed() {
    for (grant, form) in [
        ("client_credentials", "grant_type=client_credentials&scope=a+b"),
        ("password_credentials", "grant_type=password&username=u&password=p&scope=a+b"),
    ] {
        let server = endpoint();
        let output = with(&["inherit", "c.json"], &shared(&block(grant, &server.url("/token")))).succeeds();
        for line in output.json() {
            assert_eq!(crate::support::line::authorization(&line), "Bearer T");
        }
        // One request for both, with the client's credentials as Postman sends them.
        let received = String::from_utf8(server.received()).expect("UTF-8");
        assert!(received.ends_with(form), "{received}");
        assert!(received.contains(&super::super::basic("c:s")), "{received}");
        output.never_says("client_secret");
    }
}

#[test]
fn a_block_that_needs_a_person_says_what_to_do() {
    for grant in ["authorization_code", "authorization_code_with_pkce", "implicit"] {
        let collection = shared(&block(grant, "https://h.example/token"));
        let output = with(&["inherit", "c.json"], &collection).fails(5);
        output.stdout_is("").stderr_has("item[0] \"a\": oauth2: no token").stderr_has("oauth-token get NAME");
    }
}

#[test]
fn a_line_gets_a_token_only_when_the_user_says_so() {
    let server = endpoint();
    let mut auth = block("client_credentials", &server.url("/token"));
    auth["oauth2"][3]["value"] = json!("s");
    let line = json!({"url": "http://h/", "_auth": auth}).to_string();
    crate::support::sign(["inherit"]).stdin(&line).fails(1).stdout_is("").stderr_has("with --ask one is got");
    let output = crate::support::sign(["inherit", "--ask"]).stdin(&line).succeeds();
    assert_eq!(crate::support::line::authorization(&output.json()[0]), "Bearer T");
}
