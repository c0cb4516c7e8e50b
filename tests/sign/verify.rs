//! `sign verify`: what is signed right is valid, and what is not is told with the first step that differs.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::random::Random;
use crate::support::{Output, sign};

const URL: &str = "https://api.example.com/a?b=1";

fn signed(arguments: &[&str]) -> String {
    sign(arguments).stdin(format!("{URL}\n")).succeeds().out()
}

fn verified(arguments: &[&str], line: &str) -> Output {
    sign([&["verify"], arguments].concat()).stdin(line).run()
}

#[track_caller]
fn is_invalid(arguments: &[&str], line: &str, why: &str) {
    verified(arguments, line).exits(1).stdout_is(&format!("invalid: {why}\n")).stderr_is("");
}

#[test]
fn basic_credentials_are_compared_user_name_first() {
    let options = ["basic", "--username", "alice", "--password", "p:w"];
    let line = signed(&options);
    verified(&options, &line).exits(0).stdout_is("valid\n");
    is_invalid(&["basic", "--username", "bob", "--password", "x"], &line, "user name: is another one");
    is_invalid(&["basic", "--username", "alice", "--password", "p"], &line, "password: is another one");
    is_invalid(&options, URL, "Authorization: there are 0 such headers, not one");
    is_invalid(&options, &signed(&["bearer", "--token", "t"]), "Authorization: is not of the scheme Basic");
    is_invalid(
        &options,
        &line.replace("Basic ", "Basic !"),
        "Authorization: is not base64 with padding (RFC 4648 section 4)",
    );
}

const ALICE: [&str; 4] = ["--username", "alice", "--password", "secret"];

fn digest(challenge: &str) -> String {
    signed(&[&["digest", "--challenge", challenge], &ALICE[..]].concat())
}

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["digest"], &ALICE[..], more].concat()
}

#[test]
fn digest_responses_of_every_kind_are_computed_again() {
    for algorithm in ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"] {
        for qop in ["auth", "auth-int"] {
            for more in ["", ", userhash=true", ", charset=UTF-8", ", opaque=\"\\\"o\\\"\""] {
                let challenge =
                    format!("Digest realm=\"a \\\"b\\\"\", nonce=n, algorithm={algorithm}, qop=\"{qop}\"{more}");
                let line = digest(&challenge);
                verified(&with(&["--realm", "a \"b\"", "--algorithm", algorithm]), &line).exits(0).stdout_is("valid\n");
            }
        }
    }
}

#[test]
fn the_first_step_that_differs_is_told() {
    let line = digest("Digest realm=r, nonce=n, qop=auth");
    for (changed, why) in [
        (
            line.replace("b=1", "b=2").replace("uri=\\\"/a?b=2", "uri=\\\"/a?b=1"),
            "uri: is /a?b=1, but the request is for /a?b=2",
        ),
        (line.replace("\"GET\"", "\"PUT\""), "response: is not what the password and A2 = PUT:/a?b=1 make"),
        (line.replace("username=\\\"alice", "username=\\\"bob"), "username: is another one"),
        (line.replace("nc=00000001", "nc=1"), "nc: is not a count in eight hex digits"),
        (line.replace("nc=00000001", "nc=00000002"), "response: is not what the password and A2 = GET:/a?b=1 make"),
        (line.replace("qop=auth", "qop=conf"), "qop: is neither auth nor auth-int"),
        (line.replace(", qop=auth", ""), "nc: is there without qop"),
        (line.replace("uri=", "url="), "uri: is missing"),
        (line.replace(", uri=", " uri="), "Authorization: has no comma between two parameters"),
        (line.replace("nonce=\\\"n\\\"", "nonce=\\\"n"), "Authorization: has no comma between two parameters"),
    ] {
        assert_ne!(changed, line, "{why}");
        is_invalid(&with(&[]), &changed, why);
    }
    is_invalid(&with(&["--nonce", "other"]), &line, "nonce: is not the one that was given");
    is_invalid(&with(&["--qop", "auth-int"]), &line, "qop: is not the one that was given");
    verified(&with(&["--algorithm", "MD5"]), &line).exits(0);
    verified(&["digest", "--username", "alice", "--password", "wrong"], &line).exits(1).never_says("wrong");
}

#[test]
fn a_body_that_was_changed_is_found_where_it_is_protected() {
    let line = r#"{"method":"POST","url":"https://h.example/","headers":[],"postData":{"mimeType":"","text":"hello"}}"#;
    let sign_it = |qop: &str| {
        let challenge = format!("Digest realm=r, nonce=n, qop={qop}");
        let arguments = [&["digest", "--challenge", &challenge], &ALICE[..]].concat();
        sign(arguments).stdin(line).succeeds().out().replace("hello", "hallo")
    };
    verified(&with(&[]), &sign_it("auth")).exits(0);
    let why = "response: is not what the password and A2 = POST:/:598d4c200461b81522a3328565c25f7c make";
    is_invalid(&with(&[]), &sign_it("auth-int"), why);
}

#[test]
fn each_request_gets_its_line_and_one_that_is_invalid_decides_the_exit_code() {
    let good = digest("Digest realm=r, nonce=n, qop=auth");
    let lines = format!("{good}{}{good}", good.replace("GET", "PUT"));
    let output = verified(&with(&[]), &lines).exits(1);
    let words: Vec<String> = output.lines().iter().map(|line| line[..5].to_owned()).collect();
    assert_eq!(words, ["valid", "inval", "valid"]);
    let output = verified(&with(&["--strict"]), &lines).exits(1);
    assert_eq!(output.lines().len(), 2);
    verified(&with(&[]), &format!("{good}not a request\n{good}"))
        .exits(1)
        .stdout_is("valid\nvalid\n")
        .stderr_has("line 2");
}

const DIGEST: [&str; 5] = ["digest", "--username", "alice", "--password", "secret"];
const HAWK: [&str; 6] = ["hawk", "--auth-id", "id", "--auth-key", "key", "--include-payload-hash"];
const OAUTH1: [&str; 5] = ["oauth1", "--consumer-key", "ck", "--consumer-secret", "cs"];

/// Lists the schemes that cover bodies, each with its commands for signing and verifying.
fn covering() -> Vec<(Vec<&'static str>, Vec<&'static str>)> {
    const KEY: [&str; 9] =
        ["aws", "--access-key", "AK", "--secret-key", "SK", "--region", "us-east-1", "--service", "execute-api"];
    vec![
        (
            [&DIGEST[..], &["--challenge", "Digest realm=r, nonce=n, qop=auth-int, algorithm=SHA-256"]].concat(),
            DIGEST.to_vec(),
        ),
        (KEY.to_vec(), KEY.to_vec()),
        ([&KEY[..], &["--add-auth-data-to-query"]].concat(), KEY.to_vec()),
        (HAWK.to_vec(), HAWK.to_vec()),
        ([&OAUTH1[..], &["--include-body-hash", "--add-params-to-header"]].concat(), OAUTH1.to_vec()),
    ]
}

const EDGEGRID: [&str; 7] = ["edgegrid", "--access-token", "at", "--client-token", "ct", "--client-secret", "cs"];

/// Checks that a signed request is valid as it is, and not with another body.
#[track_caller]
fn covers_the_body(signing: &[&str], verifying: &[&str], input: &str) {
    let line = sign(signing).stdin(input).succeeds().out();
    let verified = |line: &str| sign([&["verify"], verifying].concat()).stdin(line).run();
    verified(&line).exits(0).stdout_is("valid\n");
    let changed = line.replace("hello", "hallo");
    assert_ne!(changed, line);
    verified(&changed).exits(1);
}

#[test]
fn a_multipart_body_is_signed_as_it_is_sent() {
    let input = "curl https://h.example/p -F 'a=hello' -F 'b=x;type=text/plain'";
    for (signing, verifying) in covering() {
        covers_the_body(&signing, &verifying, input);
    }
    covers_the_body(&EDGEGRID, &EDGEGRID, input);
}

#[test]
fn a_body_is_signed_whatever_the_method_since_it_is_sent() {
    for method in ["GET", "HEAD", "COPY", "PURGE", "UNLOCK", "DELETE", "PATCH"] {
        let input = format!(
            r#"{{"method":"{method}","url":"https://h.example/","headers":[{{"name":"Content-Type","value":"text/plain"}}],"postData":{{"mimeType":"text/plain","text":"hello"}}}}"#
        );
        for (signing, verifying) in covering() {
            covers_the_body(&signing, &verifying, &input);
        }
    }
}

/// Returns the part of a signed line that holds its signature: the header's value, else the URL.
fn signature_of(line: &mut Value) -> &mut Value {
    let headers = line["headers"].as_array().expect("headers");
    match headers.iter().position(|header| header["name"] == "Authorization") {
        Some(at) => &mut line["headers"][at]["value"],
        None => &mut line["url"],
    }
}

/// A text with some of its characters changed, left out, doubled or cut off.
fn spoilt(random: &mut Random, text: &str) -> String {
    const ODD: &[&str] = &["\"", "\\", ",", "=", ";", "/", " ", "%", "%zz", "é", "😀", "0", "A", "", "&", "?", "\t"];
    let mut characters: Vec<String> = text.chars().map(String::from).collect();
    for _ in 0..=random.below(3) {
        let at = random.below(characters.len());
        match random.below(5) {
            0 => characters.truncate(at.max(1)),
            1 => characters[at] = characters[at].repeat(2),
            _ => characters[at] = random.pick(ODD).to_owned(),
        }
    }
    characters.concat()
}

#[test]
fn garbage_is_never_valid_and_never_a_crash() {
    let mut schemes = covering();
    schemes.push((EDGEGRID.to_vec(), EDGEGRID.to_vec()));
    let basic = vec!["basic", "--username", "alice", "--password", "secret"];
    schemes.push((basic.clone(), basic));
    schemes.push((vec!["hawk", "--auth-id", "id", "--auth-key", "key", "--bewit", "600"], covering()[3].1.clone()));
    let mut random = Random(0x6761);
    for (signing, verifying) in schemes {
        let signed = sign(&signing).args(["--now", "@1800000000", "--nonce", "aCJ7Q6"]);
        let signed = signed.stdin("https://h.example/p?q=1\n").succeeds().json().remove(0);
        let mut input = String::new();
        let mut lines = Vec::new();
        while lines.len() < 400 {
            let mut line = signed.clone();
            let signature = signature_of(&mut line);
            let old = signature.as_str().expect("text").to_owned();
            // What is no URL is an error and no matter of verifying.
            let (kept, rest) = old.split_at(if old.starts_with("https:") { "https://h.example/p?".len() } else { 0 });
            let spoilt = spoilt(&mut random, rest);
            let new = kept.to_owned() + &if kept.is_empty() { spoilt } else { spoilt.replace([' ', '\t'], "") };
            // Names may be in any case; spaces, quotes and empty elements of lists are nobody's business.
            if squeezed(&new) != squeezed(&old) {
                *signature = json!(new);
                input += &format!("{line}\n");
                lines.push(line);
            }
        }
        let output = sign([&["verify"], &verifying[..], &["--now", "@1800000000"]].concat()).stdin(input).run();
        let verdicts = output.exits(1).stderr_is("").lines();
        assert_eq!(verdicts.len(), lines.len(), "{signing:?}");
        let valid = verdicts.iter().position(|verdict| verdict == "valid");
        assert_eq!(valid.map(|at| lines[at].to_string()), None, "{signing:?}");
    }
}

fn squeezed(text: &str) -> String {
    let text = text.to_lowercase().replace([' ', '\t', '"'], "");
    text.replace(",,", ",").replace("&&", "&").trim_matches([',', '&']).to_owned()
}

#[test]
fn a_request_with_no_end_of_parameters_is_answered_at_once() {
    let many = |each: fn(usize) -> String| (0..200_000).map(each).collect::<Vec<_>>();
    let authorization = |value: String| {
        format!("{}\n", json!({"url": "https://h.example/", "headers": [{"name": "Authorization", "value": value}]}))
    };
    let names: Vec<String> = (0..50_000).map(|number| format!("x-amz-{number:06}")).collect();
    let signed = format!(
        "AWS4-HMAC-SHA256 Credential=AK/20260228/us-east-1/iam/aws4_request, SignedHeaders=host;{};x-amz-date, Signature=0",
        names.join(";")
    );
    let mut headers = vec![
        json!({"name": "Authorization", "value": signed}),
        json!({"name": "X-Amz-Date", "value": "20260228T000000Z"}),
    ];
    headers.extend(names.iter().map(|name| json!({"name": name, "value": "v"})));
    let aws = ["aws", "--access-key", "AK", "--secret-key", "SK"];
    for (scheme, line) in [
        (&DIGEST[..], authorization(format!("Digest {}", many(|number| format!("a{number}=b")).join(",")))),
        (&OAUTH1[..], authorization(format!("OAuth {}", many(|number| format!("oauth_{number}=\"b\"")).join(",")))),
        (&OAUTH1[..], format!("https://h.example/?{}\n", many(|number| format!("oauth_{number}=b")).join("&"))),
        (&HAWK[..], authorization(format!("Hawk {}", many(|number| format!("a{number}=\"b\"")).join(",")))),
        (&EDGEGRID[..], authorization(format!("EG1-HMAC-SHA256 {}", many(|number| format!("a{number}=b")).join(";")))),
        (&aws[..], authorization(format!("AWS4-HMAC-SHA256 {}", many(|number| format!("a{number}=b")).join(",")))),
        (&aws[..], format!("{}\n", json!({"url": "https://h.example/", "headers": headers}))),
    ] {
        let tool = sign([&["verify"], scheme].concat()).stdin(line).limit(Duration::from_secs(10));
        let output = tool.run().exits(1);
        assert!(output.out().starts_with("invalid: "), "{scheme:?}: {}", output.err());
    }
}
