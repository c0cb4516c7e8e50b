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

#[test]
fn several_requests_of_which_some_fail_end_in_a_count() {
    let server = statuses();
    let run = |items: serde_json::Value, arguments: &[&str]| {
        with(&["inherit", "c.json", "--send"], &collection(&items)).args(arguments).run()
    };
    let status = |status: u16| item("r", json!(server.url(&format!("/{status}"))));
    let unread = || item("r", json!({"url": server.url("/{{unknown}}")}));
    let output = run(json!([status(200), status(404), unread(), 7, status(403)]), &["--fail"]).exits(4);
    assert!(output.err().ends_with("\nsign: 4 of 5 requests failed\n"), "{}", output.err());
    let output = run(json!([status(200), status(404), unread()]), &[]).exits(1);
    assert!(output.err().ends_with("\nsign: 1 of 3 requests failed\n"), "{}", output.err());
    let output = run(json!([status(404), status(200)]), &["--fail", "--quiet"]).exits(1);
    assert!(output.err().ends_with("\nsign: 1 of 2 requests failed\n"), "{}", output.err());
    // Who sends one request knows how many there were, and who sees no failure needs no count.
    assert_eq!(run(json!([status(404)]), &["--fail"]).exits(1).err().lines().count(), 1);
    run(json!([status(200), status(404)]), &[]).exits(0).stderr_is("");
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_takes_long_tells_on_a_terminal_how_far_it_is() {
    let server = Origin::http(|peer| {
        while let Some(head) = peer.request() {
            if head.contains("/slow") {
                std::thread::sleep(std::time::Duration::from_secs(3));
            }
            let status = if head.contains("/bad") { 500 } else { 200 };
            peer.write(format!("HTTP/1.1 {status} Said\r\nContent-Length: 0\r\n\r\n"));
        }
    });
    let seen = |paths: &[&str], arguments: &str| {
        let items = paths.iter().map(|path| item("r", json!(server.url(path)))).collect();
        let command = format!("sign inherit c.json --send {arguments}");
        let tool = crate::support::Tool::program("script").args(["-qec", &command, "/dev/null"]);
        tool.file("c.json", collection(&items).to_string()).env("TERM", "dumb").run().out()
    };
    let said = seen(&["/bad", "/slow", "/quick"], "--fail > out");
    assert!(said.contains("sign: 1 sent, 0/s, 1 failed"), "{said:?}");
    assert!(said.ends_with("\rsign: 1 of 3 requests failed\r\n"), "{said:?}");
    let said = seen(&["/quick", "/slow"], "> out");
    assert!(said.contains("sign: 1 sent, 0/s") && said.ends_with("\rsign: 2 requests sent in 3 s\r\n"), "{said:?}");
    assert_eq!(seen(&["/quick", "/quick"], "> out"), "");
    assert_eq!(seen(&["/quick", "/slow"], "--quiet > out"), "");
    // Entries that come are what a person sees of the run.
    assert!(!seen(&["/quick", "/slow"], "").contains(" sent"));
}

#[test]
fn threads_send_at_once_and_entries_keep_their_order() {
    let together = std::sync::Arc::new(std::sync::Barrier::new(4));
    let server = Origin::http(move |peer| {
        while peer.request().is_some() {
            // Nobody gets an answer before all have asked.
            together.wait();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
    });
    let items = (0..8).map(|index| item(&index.to_string(), json!(server.url("/")))).collect();
    let output = with(&["inherit", "c.json", "--send", "-j", "4"], &collection(&items)).succeeds();
    let names: Vec<String> = output.json().iter().map(|entry| entry["request"]["_name"].to_string()).collect();
    assert_eq!(names, (0..8).map(|index| format!("\"{index}\"")).collect::<Vec<_>>());
}

/// A server that wants digest, with the number of requests that came without an answer and with one.
fn digest() -> (Origin, std::sync::Arc<Mutex<(usize, usize)>>) {
    let counts = std::sync::Arc::new(Mutex::new((0, 0)));
    let shared = std::sync::Arc::clone(&counts);
    let server = Origin::http(move |peer| {
        while let Some(head) = peer.request() {
            let mut counts = shared.lock().expect("no panic");
            if head.to_ascii_lowercase().contains("authorization: digest") {
                counts.1 += 1;
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            } else {
                counts.0 += 1;
                let challenge = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";
                peer.write(format!("HTTP/1.1 401 No\r\nWWW-Authenticate: {challenge}\r\nContent-Length: 0\r\n\r\n"));
            }
        }
    });
    (server, counts)
}

#[test]
fn what_is_learned_of_a_server_is_kept_for_it_and_not_for_a_block() {
    let block =
        json!({"type": "digest", "digest": [{"key": "username", "value": "u"}, {"key": "password", "value": "p"}]});
    let (server, counts) = digest();
    let (other, others) = digest();
    // Each request has a block of its own, another one comes between, and two servers share what they inherit.
    let own = |index: usize| json!({"name": index.to_string(), "request": {"url": server.url("/"), "auth": block}});
    let between = json!({"name": "b", "request": {"url": server.url("/"), "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "t"}]}}});
    let inherits = |server: &Origin| item("i", json!({"url": server.url("/")}));
    let items = json!([
        own(0),
        own(1),
        between,
        own(2),
        inherits(&server),
        inherits(&other),
        inherits(&server),
        inherits(&other)
    ]);
    let mut collection = collection(&items);
    collection["auth"] = block.clone();
    let output = with(&["inherit", "c.json", "--send"], &collection).fails(4);
    assert_eq!(output.json().len(), 8);
    // The bearer's request is refused, and counts as one without an answer.
    assert_eq!(*counts.lock().expect("no panic"), (2, 5));
    assert_eq!(*others.lock().expect("no panic"), (1, 2));
}

#[test]
fn the_connection_that_ntlm_authorizes_outlives_other_requests() {
    let connections = std::sync::Arc::new(Mutex::new(0));
    let shared = std::sync::Arc::clone(&connections);
    let server = Origin::http(move |peer| {
        let mut is_first = true;
        while let Some(head) = peer.request() {
            if head.contains("/ntlm") && std::mem::take(&mut is_first) {
                *shared.lock().expect("no panic") += 1;
            }
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
    });
    let ntlm = json!({"type": "ntlm", "ntlm": [{"key": "username", "value": "u"}, {"key": "password", "value": "p"}]});
    let one = || json!({"name": "n", "request": {"url": server.url("/ntlm"), "auth": ntlm}});
    let items = json!([one(), item("r", json!(server.url("/"))), one(), item("r", json!(server.url("/"))), one()]);
    with(&["inherit", "c.json", "--send"], &collection(&items)).succeeds();
    assert_eq!(*connections.lock().expect("no panic"), 1);
}

#[test]
fn one_warning_names_the_scripts_of_every_kind_of_collection() {
    let (run, kept) = (["inherit", "c", "--send"], "scripts are not run: ");
    let server = statuses();
    let url = server.url("/200");
    let postman = crate::support::sign(run)
        .file("c/.resources/definition.yaml", "$kind: collection\nscripts: [{type: 'http:beforeRequest', code: a}]\n")
        .file(
            "c/One.request.yaml",
            format!("$kind: http-request\nurl: '{url}'\nscripts: [{{type: afterResponse, code: b}}]\n"),
        )
        .file(
            "c/Two.request.yaml",
            format!("$kind: http-request\nurl: '{url}'\nscripts: [{{type: afterResponse, code: ''}}]\n"),
        );
    let bruno = crate::support::sign(run)
        .file("c/opencollection.yml", "opencollection: '1.0.0'\ninfo: {name: c}\n")
        .file(
            "c/one.yml",
            format!("info: {{name: One, type: http, seq: 1}}\nhttp: {{url: '{url}'}}\nruntime:\n  scripts: [{{type: tests, code: b}}]\n"),
        )
        .file("c/two.yml", format!("info: {{name: Two, type: http, seq: 2}}\nhttp: {{url: '{url}'}}\n"));
    for (tool, names) in
        [(postman, "http:beforeRequest of the collection, afterResponse of \"One\""), (bruno, "tests of \"One\"")]
    {
        let output = tool.succeeds();
        assert_eq!(output.json().len(), 2);
        output.stderr_is(&format!("sign: warning: {kept}{names}\n"));
    }
}
