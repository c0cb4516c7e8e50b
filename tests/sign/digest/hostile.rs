//! Servers that mean harm, or know no better: an error each time, never a crash and never a hang.

use std::time::Duration;

use crate::support::line::authorization;
use crate::support::{Origin, sign};

/// A server that answers everything with 401 and these header lines.
fn asking(headers: String) -> Origin {
    Origin::http(move |peer| {
        while peer.request().is_some() {
            peer.write(format!("HTTP/1.1 401 Unauthorized\r\n{headers}Content-Length: 2\r\n\r\nno"));
        }
    })
}

/// Asks such a server, sends to it, and returns the errors. Neither ends with 0 or by a signal.
fn refused(headers: &str) -> Vec<String> {
    let mut errors = Vec::new();
    for send in [&["--send"][..], &[]] {
        let origin = asking(headers.to_owned());
        let tool = sign(["digest", "--username", "u", "--password", "secret"]).args(send);
        let output = tool.stdin(format!("{}\n", origin.url("/x"))).limit(Duration::from_secs(20)).run();
        let code = output.status.code().expect("no signal");
        assert!(matches!(code, 1 | 3 | 4), "{code}: {}", output.err());
        assert!(!output.err().is_empty());
        errors.push(output.never_says("secret").err());
    }
    errors
}

fn challenge(text: &str) -> String {
    format!("WWW-Authenticate: {text}\r\n")
}

#[test]
fn challenges_that_make_no_sense_are_errors() {
    for (text, why) in [
        ("Digest realm=\"r\", nonce=\"never closed", "a quote is never closed"),
        ("Digest realm=\"r\", nonce=\"ends in \\", "a quote is never closed"),
        ("Digest realm=\"r\"", "has no nonce"),
        ("Digest", "has no nonce"),
        ("Digest nonce=n, algorithm=TOKEN", "has an algorithm other than MD5, SHA-256, SHA-512-256 and their -sess"),
        ("Digest nonce=n, qop=\"x,y\"", "has no qop that is known"),
        ("Digest nonce=n, algorithm=MD5-sess", "-sess algorithm without qop"),
        ("= = =, \"\"\", ,, \\", ""),
        (",,,,,,,,", ""),
        ("\u{e9}\u{1f600} nonce=x", ""),
        ("Basic realm=\"x\"", ""),
        ("", ""),
    ] {
        for error in refused(&challenge(text)) {
            assert!(error.contains(why), "{text}: {error}");
        }
    }
    refused("");
}

#[test]
fn bytes_that_are_no_text_are_errors_or_values() {
    for bytes in ["\u{0}", "\u{1}", "\u{7f}", "\u{85}"] {
        refused(&challenge(&format!("Digest realm=\"r\", nonce=\"a{bytes}b\"")));
    }
}

#[test]
fn a_million_parameters_are_too_many() {
    refused(&challenge(&format!("Digest {}", "a=b,".repeat(1_000_000))));
    refused(&challenge(&format!("Digest realm=\"{}\", nonce=n", "x".repeat(300_000))));
    refused(&challenge(&format!("Digest {}", "a=b,".repeat(12_000))));
    refused(&challenge(&format!("Digest realm=r, nonce=n, algorithm={}", "x".repeat(50_000))));
}

#[test]
fn a_nonce_with_quotes_comes_back_as_it_was_and_never_as_a_second_header() {
    let origin = asking(challenge(r#"Digest realm="\"\\", nonce="a\"\\, X-Evil: 1", qop="auth""#));
    let output = sign(["digest", "--username", "u", "--send"]).stdin(format!("{}\n", origin.url("/x"))).fails(4);
    let entry = &output.json()[0]["request"];
    assert!(authorization(entry).contains(r#"realm="\"\\", nonce="a\"\\, X-Evil: 1", "#));
    assert_eq!(
        entry["headers"].as_array().expect("headers").iter().filter(|header| header["name"] == "X-Evil").count(),
        0
    );
}

#[test]
fn a_server_that_does_not_ask_is_told_apart() {
    let origin = Origin::http(Origin::ok);
    let tool = || sign(["digest", "--username", "u", "--password", "p"]).stdin(format!("{}\n", origin.url("/x")));
    tool().fails(1).stdout_is("").stderr_has("the server does not ask for digest: it answers 200");
    let output = tool().arg("--send").succeeds();
    assert_eq!(output.json()[0]["response"]["status"], 200);
}

#[test]
fn a_server_that_is_not_there_fails_that_line() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let tool = sign(["digest", "--username", "u", "--password", "p"]);
    tool.stdin(format!("http://{gone}/\n")).fails(3).stdout_is("");
}
