//! A server that verifies by the letter, and counts: right is accepted, wrong refused, and a protection space costs one
//! handshake, by `--send` and by the line that curl runs.

use std::sync::LazyLock;

use serde_json::Value;

use super::field;
use crate::support::line::authorization;
use crate::support::peers::Server;
use crate::support::{Output, Tool, sign};

static SERVER: LazyLock<Server> = LazyLock::new(|| Server::start("digest_server.py"));

fn url(path: &str) -> String {
    format!("http://127.0.0.1:{}{path}", SERVER.ready["port"])
}

/// A request that came to a space: method, target, status, reason, count.
fn log(space: &str) -> Vec<(String, String, u64, String, String)> {
    let text = Tool::program("curl").args(["-sS", "--globoff", &url(&format!("/log/{space}"))]).succeeds().out();
    let rows: Vec<Vec<Value>> = serde_json::from_str(&text).expect("JSON");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    rows.iter()
        .map(|row| (text(&row[0]), text(&row[1]), row[2].as_u64().expect("a status"), text(&row[3]), text(&row[4])))
        .collect()
}

fn statuses(space: &str) -> Vec<u64> {
    log(space).into_iter().map(|row| row.2).collect()
}

fn lines(space: &str, count: usize) -> String {
    (0..count).map(|number| format!("{}\n", url(&format!("/{space}/{number}?q={number}")))).collect()
}

const ALICE: [&str; 5] = ["digest", "--username", "alice", "--password", "secret"];

fn alice(arguments: &[&str]) -> Tool {
    sign(ALICE).args(arguments)
}

fn answers(output: &Output) -> Vec<u64> {
    output.json().iter().map(|entry| entry["response"]["status"].as_u64().expect("a status")).collect()
}

/// Sends some requests to a space, and all are accepted.
#[track_caller]
fn accepted(space: &str, arguments: &[&str]) {
    let output = alice(&["--send"]).args(arguments).stdin(lines(space, 3)).run();
    assert_eq!(answers(&output), [200; 3], "{:?}", log(space));
    output.exits(0).stderr_is("");
}

/// Returns the server's answers to curl, one line per request: `accepted`, or the reason why not.
fn curl(config: &str) -> Vec<String> {
    Tool::program("curl").args(["-sS", "-K", "-"]).stdin(config).succeeds().lines()
}

#[test]
fn every_algorithm_and_qop_is_accepted_with_one_handshake() {
    for algorithm in ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"] {
        for qop in ["none", "auth", "auth-int", "auth+auth-int"] {
            if qop == "none" && algorithm.ends_with("-sess") {
                continue;
            }
            let space = format!("alg={algorithm},qop={qop},strict,each");
            accepted(&space, &[]);
            assert_eq!(statuses(&space), [401, 200, 200, 200], "{space}");
        }
    }
}

#[test]
fn the_signed_line_works_with_curl_and_the_server_is_asked_once() {
    for space in [
        "alg=SHA-256,strict,curl",
        "qop=auth-int,strict,curl",
        "qop=none,curl",
        "userhash,alg=SHA-512-256,curl",
        "domain,curl",
    ] {
        let config = alice(&["--to", "curl-config"]).stdin(lines(space, 5)).succeeds().never_says("secret").out();
        assert_eq!(curl(&config), ["accepted"; 5], "{:?}", log(space));
        assert_eq!(statuses(space), [401, 200, 200, 200, 200, 200], "{space}");
    }
}

#[test]
fn bodies_are_protected_by_auth_int_the_empty_one_too() {
    let space = "qop=auth-int,alg=SHA-256,strict,bodies";
    let mut input = String::new();
    for (method, body) in
        [("POST", "\"body\":\"hello\""), ("PUT", "\"body\":\"\""), ("GET", "\"a\":1"), ("DELETE", "\"a\":1")]
    {
        input += &format!("{{\"method\":\"{method}\",\"url\":\"{}\",{body}}}\n", url(&format!("/{space}/x")));
    }
    let output = alice(&["--send"]).stdin(&input).run();
    assert_eq!(answers(&output), [200; 4], "{:?}", log(space));
    let config = alice(&["--to", "curl-config"]).stdin(&input).succeeds().out();
    assert_eq!(curl(&config), ["accepted"; 4], "{:?}", log(space));
    let config = alice(&["--to", "curl-config"]).stdin(&input).succeeds().out();
    assert_eq!(curl(&config.replace("hello", "hallo"))[0], "response");
}

#[test]
fn a_multipart_form_is_protected_by_auth_int_as_it_is_sent() {
    let space = "qop=auth-int,strict,forms";
    let input = format!("curl '{}' -F a=hello -F 'b=x;type=text/plain'\n", url(&format!("/{space}/x")));
    let output = alice(&["--send"]).stdin(&input).run();
    assert_eq!(answers(&output), [200], "{:?}", log(space));
    let config = alice(&["--to", "curl-config"]).stdin(&input).succeeds().out();
    assert_eq!(curl(&config), ["accepted"], "{:?}", log(space));
}

#[test]
fn the_server_is_asked_without_the_body() {
    let space = "asked";
    let input = format!("{{\"method\":\"POST\",\"url\":\"{}\",\"body\":\"hello\"}}\n", url(&format!("/{space}/x")));
    let output = alice(&["--verbose"]).stdin(&input).succeeds().json();
    assert!(authorization(&output[0]).starts_with("Digest username=\"alice\""));
    assert_eq!(log(space).len(), 1);
}

#[test]
fn wrong_credentials_are_refused_after_two_requests() {
    for (name, password) in [("alice", "wrong"), ("bob", "secret"), ("alice", "")] {
        let space = format!("wrong-{name}-{password}");
        let wrong = sign(["digest", "--username", name, "--password", password, "--send"]);
        let output = wrong.stdin(lines(&space, 1)).fails(4);
        assert_eq!(answers(&output), [401]);
        assert_eq!(statuses(&space), [401, 401], "{space}");
    }
}

#[test]
fn without_retry_one_request_is_sent() {
    for option in ["--no-retry", "--disable-retry-request"] {
        let space = format!("first{option}");
        let output = alice(&["--send", option]).stdin(lines(&space, 1)).fails(4);
        assert_eq!(answers(&output), [401]);
        assert_eq!(statuses(&space), [401], "{option}");
    }
    let why = "no challenge is known, and asking the server is turned off: give --challenge";
    alice(&["--disable-retry-request"]).stdin(lines("first", 1)).fails(1).stdout_is("").stderr_has(why);
    assert_eq!(statuses("first"), [0_u64; 0]);
}

#[test]
fn an_authorization_that_was_there_does_not_go_out_on_the_first_request() {
    let space = "was-there";
    let input = format!(
        "{{\"url\":\"{}\",\"headers\":[{{\"name\":\"authorization\",\"value\":\"Bearer x\"}}]}}\n",
        url(&format!("/{space}/x"))
    );
    alice(&["--send"]).stdin(&input).succeeds();
    assert_eq!(log(space)[0].3, "bare");
}

#[test]
fn a_stale_nonce_costs_one_request_and_the_new_one_is_kept() {
    let space = "uses=2,strict,stale-once";
    accepted(space, &[]);
    assert_eq!(statuses(space), [401, 200, 200, 401, 200]);
    let counts: Vec<String> = log(space).into_iter().map(|row| row.4).collect();
    assert_eq!(counts, ["", "00000001", "00000002", "", "00000001"]);
}

#[test]
fn a_nonce_that_is_rotated_without_a_word_is_replaced() {
    let space = "uses=2,silent,strict";
    accepted(space, &[]);
    assert_eq!(statuses(space), [401, 200, 200, 401, 200]);
}

#[test]
fn the_next_nonce_is_used_without_being_refused_first() {
    let space = "next,alg=SHA-256,proof=right";
    accepted(space, &[]);
    assert_eq!(statuses(space), [401, 200, 200, 200]);
}

#[test]
fn a_server_that_is_always_stale_is_given_up() {
    let output = alice(&["--send"]).stdin(lines("stale", 1)).fails(4);
    assert_eq!(answers(&output), [401]);
    assert_eq!(statuses("stale"), [401; 4], "at most three replays");
}

#[test]
fn a_server_proves_that_it_knows_the_password() {
    for qop in ["auth", "auth-int", "none"] {
        accepted(&format!("proof=right,qop={qop}"), &[]);
        let output = alice(&["--send"]).stdin(lines(&format!("proof=wrong,qop={qop}"), 1)).fails(4);
        output.stdout_is("").stderr_has("does not prove that the server knows the password");
    }
}

#[test]
fn several_challenges_sloppy_spelling_and_a_forbidden_request_are_answered() {
    for (space, algorithm) in [
        ("alg=MD5+SHA-512-256+SHA-256,several", "SHA-512-256"),
        ("alg=MD5+SHA-256,one", "SHA-256"),
        ("alg=SHA-256,sloppy", "SHA-256"),
        ("alg=MD5,forbidden", "MD5"),
    ] {
        let output = alice(&["--send"]).stdin(lines(space, 2)).succeeds().json();
        for entry in &output {
            assert_eq!(entry["response"]["status"], 200, "{space}");
            assert_eq!(field(&authorization(&entry["request"]), "algorithm").as_deref(), Some(algorithm));
        }
    }
    accepted("alg=MD5+SHA-512-256,chosen", &["--algorithm", "MD5"]);
    let output = alice(&["--send", "--algorithm", "SHA-512-256"]).stdin(lines("alg=MD5+SHA-256,unoffered", 1)).fails(1);
    output
        .stdout_is("")
        .stderr_has("the server does not offer SHA-512-256; it offers MD5 with qop auth, SHA-256 with qop auth");
    assert_eq!(statuses("alg=MD5+SHA-256,unoffered"), [401], "nothing is sent in its place");
}

#[test]
fn names_beyond_ascii_reach_every_kind_of_server() {
    for space in ["plain-name", "charset,name", "userhash,charset,alg=SHA-512-256,name"] {
        let jason = sign(["digest", "--username", "J\u{e4}s\u{f8}n Doe", "--password", "Secret, or not?"]);
        let output = jason.arg("--send").stdin(lines(space, 2)).succeeds();
        assert_eq!(answers(&output), [200; 2], "{space}: {:?}", log(space));
    }
    let decomposed = sign(["digest", "--username", "Ja\u{308}s\u{f8}n Doe", "--password", "Secret, or not?", "--send"]);
    decomposed.stdin(lines("charset,decomposed", 1)).succeeds();
}

#[test]
fn threads_share_one_handshake() {
    for (space, arguments) in [("threads,written", vec!["-j", "8"]), ("threads,sent", vec!["-j", "8", "--send"])] {
        let output = alice(&arguments).stdin(lines(space, 200)).succeeds();
        let asked = statuses(space).into_iter().filter(|status| *status == 401).count();
        assert_eq!(asked, 1, "{space}");
        assert_eq!(output.lines().len(), 200);
    }
    assert_eq!(statuses("threads,sent").len(), 201);
}

#[test]
fn requests_that_inherit_share_a_handshake_and_each_host_has_its_own() {
    let auth = r#"{"type":"digest","digest":[{"key":"username","value":"alice"},{"key":"password","value":"secret"}]}"#;
    let line =
        |space: &str, path: &str| format!("{{\"url\":\"{}\",\"_auth\":{auth}}}\n", url(&format!("/{space}/{path}")));
    let input: String = (0..4).map(|number| line("domain,inherit", &number.to_string())).collect();
    let output = sign(["inherit", "--send"]).stdin(&input).succeeds();
    assert_eq!(answers(&output), [200; 4]);
    assert_eq!(statuses("domain,inherit"), [401, 200, 200, 200, 200]);

    let other = Server::start("digest_server.py");
    let elsewhere = |line: String| line.replace(&SERVER.ready["port"].to_string(), &other.ready["port"].to_string());
    let input: String = (0..3).map(|_| line("hosts", "a") + &elsewhere(line("hosts", "a"))).collect();
    let output = sign(["inherit", "--send"]).stdin(&input).succeeds();
    assert_eq!(answers(&output), [200; 6]);
    assert_eq!(statuses("hosts"), [401, 200, 200, 200]);
}

#[test]
fn realms_on_one_host_do_not_disturb_each_other() {
    let spaces = ["realm-one,domain", "realm-two,domain", "realm-three,domain"];
    let input: String = (0..4).flat_map(|_| spaces.map(|space| lines(space, 1))).collect();
    let output = alice(&["--send"]).stdin(&input).succeeds();
    assert_eq!(answers(&output), [200; 12]);
    let config = alice(&["--to", "curl-config"]).stdin(&input).succeeds().out();
    assert_eq!(curl(&config), ["accepted"; 12]);
    for space in spaces {
        assert_eq!(statuses(space), [401, 200, 200, 200, 200, 401, 200, 200, 200, 200], "{space}");
    }
}

#[test]
fn a_given_nonce_is_used_and_gives_way_when_it_is_refused() {
    let space = "given";
    let probe = Tool::program("curl").args(["-sSi", "--globoff", &url(&format!("/{space}/probe"))]).succeeds().out();
    let challenge = probe.lines().find(|line| line.starts_with("WWW-Authenticate:")).expect("a challenge").to_owned();
    let output = alice(&["--send", "--challenge", &challenge]).stdin(lines(space, 3)).succeeds();
    assert_eq!(answers(&output), [200; 3]);
    assert_eq!(statuses(space), [401, 200, 200, 200], "only curl was asked for credentials");

    let old = r#"Digest realm="space \\ \"old\"", nonce="gone", opaque="gone", qop="auth""#;
    let output = alice(&["--send", "--challenge", old]).stdin(lines("old", 3)).succeeds();
    assert_eq!(answers(&output), [200; 3]);
    assert_eq!(statuses("old"), [401, 200, 200, 200]);
}

#[test]
fn curl_as_a_client_is_judged_the_same() {
    // What the server makes of curl shows that it accepts the right and refuses the wrong from others than us.
    for (space, password, status) in [
        ("curl,alg=SHA-256", "secret", "200"),
        ("curl,alg=MD5-sess", "secret", "200"),
        ("curl,alg=SHA-256", "wrong", "401"),
    ] {
        let curl =
            Tool::program("curl").args(["-sS", "-o", "/dev/null", "-w", "%{http_code}", "--digest", "--globoff"]);
        curl.args(["-u", &format!("alice:{password}"), &url(&format!("/{space}/x?y"))]).succeeds().stdout_is(status);
    }
}
