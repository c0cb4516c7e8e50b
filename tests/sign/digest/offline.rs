//! Without a server: parameters, `--challenge`, `_auth`.

use serde_json::{Value, json};

use super::field;
use crate::support::line::authorization;
use crate::support::{Tool, sign};

const ALICE: [&str; 5] = ["digest", "--username", "alice", "--password", "secret"];

fn alice(arguments: &[&str]) -> Tool {
    sign(ALICE).args(arguments).stdin("http://h.example/\n")
}

fn header(tool: Tool) -> String {
    authorization(&tool.succeeds().json()[0])
}

/// u/p, realm r, nonce n, POST `/p?a=1`, body `hello`: made with the reference, and derived again from the formula.
#[test]
fn the_references_vectors_are_met() {
    for (algorithm, qop, response) in [
        ("MD5", "auth", "40f5a9c9cc63a1909d8e28d3c3b356f8"),
        ("MD5", "", "069182433cf36fa8adec40a7ed35f127"),
        ("MD5-sess", "auth", "b0b0cedbdece21396b7e3fe2da2812e4"),
        ("MD5", "auth-int", "f1a68318665d8e485a60604c74e50fce"),
        ("SHA-256", "auth", "30f79c3a1f567f57f74dfb3f1a45e0eb4b2d1e579752ab4a2ced29cb20a64cd1"),
        ("SHA-256-sess", "auth-int", "68978e230168fb4c2b492eae1419da404da719cebe53ad16d0747c277864c226"),
        ("SHA-512-256", "auth", "2080a06e53e6f3e3c68796f7aaceb45881f1e1f1f98d0374ac369d528925d63d"),
    ] {
        let parameters = json!({
            "username": "u", "password": "p", "realm": "r", "nonce": "n", "algorithm": algorithm, "qop": qop,
            "nonceCount": "00000001", "clientNonce": "c0", "opaque": "o",
        });
        let mut line = json!({"method": "POST", "url": "http://h.example/p?a=1", "body": "hello"});
        line["_auth"] = json!({"type": "digest", "digest": parameters});
        let by_line = header(sign(["inherit"]).stdin(line.to_string()));

        let mut options = vec!["digest".to_owned()];
        for (key, option) in [
            ("username", "--username"),
            ("password", "--password"),
            ("realm", "--realm"),
            ("nonce", "--nonce"),
            ("algorithm", "--algorithm"),
            ("qop", "--qop"),
            ("nonceCount", "--nonce-count"),
            ("clientNonce", "--client-nonce"),
            ("opaque", "--opaque"),
        ] {
            let value = parameters[key].as_str().expect("text");
            if !value.is_empty() {
                options.extend([option.to_owned(), value.to_owned()]);
            }
        }
        line.as_object_mut().expect("an object").remove("_auth");
        let by_option = header(sign(options).stdin(line.to_string()));
        assert_eq!(by_line, by_option);

        let more = if qop.is_empty() { String::new() } else { format!("qop={qop}, nc=00000001, cnonce=\"c0\", ") };
        let expected = format!(
            "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/p?a=1\", algorithm={algorithm}, {more}response=\"{response}\", opaque=\"o\""
        );
        assert_eq!(by_line, expected);
    }
}

#[test]
fn parameters_come_from_the_environment_too() {
    let tool = sign(["digest"]).stdin("http://h.example/\n").env("COUNTERSIGN_DIGEST_USERNAME", "alice");
    let tool = tool.env("COUNTERSIGN_DIGEST_PASSWORD", "env:SECRET").env("SECRET", "secret");
    let tool = tool.env("COUNTERSIGN_DIGEST_REALM", "r").env("COUNTERSIGN_DIGEST_NONCE", "n");
    assert_eq!(header(tool), header(alice(&["--realm", "r", "--nonce", "n"])));
}

#[test]
fn a_line_without_a_user_name_says_where_it_could_come_from() {
    let why =
        "sign: digest: username is missing: give --username, COUNTERSIGN_DIGEST_USERNAME or \"username\" in _auth\n";
    sign(["digest", "--realm", "r", "--nonce", "n"]).stdin("http://h.example/\n").fails(2).stdout_is("").stderr_is(why);
}

#[test]
fn quotes_in_values_are_escaped_and_the_algorithm_is_not_quoted() {
    let challenge = r#"Digest realm="a \"b\" \\ c", nonce="n\"", opaque="\"", algorithm="MD5", qop="auth""#;
    let header = header(
        sign(["digest", "--username", "al\"ice\\", "--client-nonce", "c\"", "--challenge", challenge])
            .stdin("http://h.example/\n"),
    );
    for part in [
        r#"username="al\"ice\\", "#,
        r#"realm="a \"b\" \\ c", "#,
        r#"nonce="n\"", "#,
        r#"cnonce="c\"", "#,
        r#"opaque="\"""#,
        "algorithm=MD5, ",
        "qop=auth, ",
    ] {
        assert!(header.contains(part), "{part} in {header}");
    }
}

#[test]
fn a_parameter_with_a_line_break_never_becomes_a_second_header() {
    let line = json!({"url": "http://h.example/", "_auth": {"type": "digest", "digest":
        {"username": "u\r\nX-Evil: 1", "realm": "r", "nonce": "n"}}});
    sign(["inherit"]).stdin(line.to_string()).fails(1).stdout_is("").stderr_has("control character");
}

#[test]
fn the_servers_algorithm_is_used_where_the_user_chose_none() {
    let header = header(alice(&["--challenge", "Digest realm=r, nonce=n, qop=auth, algorithm=SHA-256"]));
    assert_eq!(field(&header, "algorithm").as_deref(), Some("SHA-256"));
    assert_eq!(field(&header, "response").map(|response| response.len()), Some(64));
}

#[test]
fn an_algorithm_that_is_not_offered_is_an_error_and_never_another() {
    let challenge = "Digest realm=r, nonce=n, qop=auth, algorithm=\"SHA-256-sess\"";
    let why = "sign: --challenge does not offer SHA-256; it offers SHA-256-sess with qop auth\n";
    alice(&["--algorithm", "SHA-256", "--challenge", challenge]).fails(2).stdout_is("").stderr_is(why);
    let line = json!({"url": "http://h.example/", "_auth": {"type": "digest", "digest": {"username": "u", "algorithm": "SHA-256"}}});
    let lines = format!("{line}\n{}\n", line.to_string().replace("SHA-256", "SHA-256-sess"));
    let output = sign(["inherit", "--challenge", challenge]).stdin(lines).fails(1);
    assert_eq!(output.lines().len(), 1, "only the line that asked for something else fails");
    output.stderr_has("line 1: digest: --challenge does not offer SHA-256; it offers SHA-256-sess with qop auth");
}

#[test]
fn a_session_algorithm_without_qop_is_refused() {
    let why = "needed with a -sess algorithm: auth or auth-int";
    alice(&["--realm", "r", "--nonce", "n", "--algorithm", "MD5-sess"]).fails(2).stderr_has(why);
    alice(&["--challenge", "Digest realm=r, nonce=n, algorithm=SHA-256-sess"])
        .fails(2)
        .stderr_has("-sess algorithm without qop");
}

#[test]
fn unquoted_values_and_capital_names_are_understood() {
    let plain = header(alice(&[
        "--client-nonce",
        "c",
        "--challenge",
        r#"Digest realm="r", nonce="n==", qop="auth", opaque="o""#,
    ]));
    for challenge in
        ["DIGEST REALM=r,NONCE=n==,QOP=auth,OPAQUE=o", "digest realm = r , nonce = n== , qop = auth , opaque = o"]
    {
        assert_eq!(header(alice(&["--client-nonce", "c", "--challenge", challenge])), plain, "{challenge}");
    }
    let pasted = format!("WWW-Authenticate: {}", r#"Digest realm="r", nonce="n==", qop="auth", opaque="o""#);
    assert_eq!(header(alice(&["--client-nonce", "c", "--challenge", &pasted])), plain);
}

#[test]
fn a_list_of_qops_is_answered_with_auth() {
    for (list, chosen) in [("auth,auth-int", "auth"), ("auth-int, auth", "auth"), ("auth-int", "auth-int")] {
        let header = header(alice(&["--challenge", &format!("Digest realm=r, nonce=n, qop=\"{list}\"")]));
        assert_eq!(field(&header, "qop").as_deref(), Some(chosen), "{list}");
    }
}

#[test]
fn a_challenge_behind_another_scheme_is_found() {
    let header =
        header(alice(&["--challenge", r#"Negotiate, Basic realm="Digest nonce=x", Digest realm="r", nonce="n""#]));
    assert_eq!(field(&header, "nonce").as_deref(), Some("n"));
}

#[test]
fn of_several_challenges_the_strongest_is_answered() {
    let challenges = [
        "--challenge",
        "Digest realm=r, nonce=1, qop=auth",
        "--challenge",
        "Digest realm=r, nonce=2, qop=auth, algorithm=SHA-256",
    ];
    assert_eq!(field(&header(alice(&challenges)), "nonce").as_deref(), Some("2"));
    let chosen = [&challenges[..], &["--algorithm", "MD5"]].concat();
    assert_eq!(field(&header(alice(&chosen)), "nonce").as_deref(), Some("1"));
}

#[test]
fn counts_follow_the_order_of_the_output_in_hex_whatever_the_threads() {
    let lines: String = (0..20_000).map(|number| format!("http://h.example/{number}\n")).collect();
    let options = ["--challenge", "Digest realm=r, nonce=n, qop=auth", "--client-nonce", "c"];
    let one = alice(&options).stdin(&lines).succeeds();
    let counts: Vec<String> = one.json().iter().map(|line| field(&authorization(line), "nc").expect("nc")).collect();
    let expected: Vec<String> = (1..=20_000).map(|count| format!("{count:08x}")).collect();
    assert_eq!(counts, expected);
    let many = alice(&options).args(["-j", "8"]).stdin(&lines).succeeds();
    assert!(many.stdout == one.stdout, "threads change nothing");
}

#[test]
fn explain_shows_every_step_and_no_secret() {
    let output =
        alice(&["--realm", "r", "--nonce", "n", "--qop", "auth", "--client-nonce", "c", "--explain"]).succeeds();
    output
        .never_says("secret")
        .stderr_is("A1:\n  alice:r:***\nA2:\n  GET:/\nH(A1):…:H(A2):\n  ***:n:00000001:c:auth:71998c64aea37ae77020c49c00f73fa8\nresponse:\n  5e0658ad976e4bc6969ea517a1fe80f9\n");
}

#[test]
fn a_header_that_was_there_is_replaced_whatever_its_case() {
    let line = r#"{"url":"http://h.example/","headers":[{"name":"aUTHORIZATION","value":"Bearer x"},{"name":"a","value":"b"}]}"#;
    let output = alice(&["--realm", "r", "--nonce", "n"]).stdin(line).succeeds().json();
    assert!(authorization(&output[0]).starts_with("Digest "));
    let names: Vec<&Value> =
        output[0]["headers"].as_array().expect("headers").iter().map(|header| &header["name"]).collect();
    assert_eq!(names, ["a", "Authorization"]);
}

#[test]
fn a_challenge_that_cannot_be_read_is_a_usage_error() {
    for challenge in ["", "Digest realm=\"r", "Digest realm=\"r\", nonce=\"a\u{7}\""] {
        alice(&["--challenge", challenge]).fails(2).stdout_is("");
    }
    alice(&["--challenge", "Digest realm=r"]).fails(2).stderr_is("sign: --challenge has no nonce\n");
}

#[test]
fn a_fixed_moment_gives_the_same_bytes_also_where_the_nonce_is_the_servers() {
    let given = ["--realm", "r", "--nonce", "n", "--qop", "auth"];
    let fixed = || header(alice(&given).args(["--now", "2026-01-02T03:04:05Z"]));
    assert_eq!(fixed(), fixed());
    assert_ne!(header(alice(&given)), header(alice(&given)), "else the client's nonce is random");
}
