//! `sign verify aws`: takes what botocore signed, and says of everything that was changed what differs first.

use serde_json::{Value, json};

use super::differential::deviation;
use super::random::{Case, Random};
use crate::support::{Output, peers, sign};

const NOW: &str = "2026-02-28T23:59:59Z";
const KEYS: [&str; 4] = ["--access-key", "AKIDEXAMPLE", "--secret-key", "wJalr/+K7MDENG"];
const TOKEN: &str = "FQoG/+==\u{7e}a";

fn verify(options: &[&str], input: &str) -> Output {
    sign([&["verify", "aws", "--now", NOW], &KEYS[..], options].concat()).stdin(input).run()
}

#[track_caller]
fn is_invalid(options: &[&str], line: &str, why: &str) {
    let output = verify(options, line).exits(1).stderr_is("");
    let said = output.out();
    assert!(said.starts_with(&format!("invalid: {why}")), "{said}not {why}\n{line}");
    output.never_says("wJalr/+K7MDENG").never_says(TOKEN).never_says("FQoG%2F%2B%3D%3D~a");
}

fn signed(options: &[&str], request: &Value) -> Value {
    sign([&["aws", "--allow-host", "--now", NOW], &KEYS[..], options].concat())
        .stdin(format!("{request}\n"))
        .succeeds()
        .json()
        .remove(0)
}

/// Random requests as botocore signs them.
fn by_botocore(seed: u64, count: usize, payload: &str) -> Vec<Value> {
    let mut random = Random(seed);
    let mut cases: Vec<Case> = Vec::new();
    while cases.len() < count {
        let mut case = Case::random(&mut random);
        case.access_key = KEYS[1].to_owned();
        case.secret_key = KEYS[3].to_owned();
        case.session_token = case.session_token.map(|_| TOKEN.to_owned());
        // date-header: what botocore makes of it is right, though not what we make.
        let mut undated = case.clone();
        let dates = undated.headers.iter_mut().filter(|(name, _)| name.eq_ignore_ascii_case("date"));
        dates.for_each(|(name, _)| *name = "X-Date".to_owned());
        if deviation(&undated, payload).is_none() {
            cases.push(case);
        }
    }
    let questions: Vec<Value> = cases.iter().map(|case| case.question(payload, 900, NOW)).collect();
    let line = |(case, answer): (&Case, &Value)| {
        let mut line = case.line();
        line.as_object_mut().expect("a request").remove("_auth");
        if case.in_query {
            line["url"] = answer["url"].clone();
        }
        let header = |header: &Value| json!({"name": header[0], "value": header[1]});
        line["headers"] =
            answer["headers"].as_array().unwrap_or_else(|| panic!("{answer}")).iter().map(header).collect();
        line
    };
    cases.iter().zip(&peers::ask("aws.py", &questions)).map(line).collect()
}

#[test]
fn what_botocore_signed_is_valid() {
    for (seed, count, payload, options) in
        [(11, 1000, "signed", &[][..]), (12, 300, "unsigned", &["--unsigned-payload"])]
    {
        let lines = by_botocore(seed, count, payload);
        let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let output = verify(options, &input);
        for (verdict, line) in output.out().lines().zip(&lines) {
            assert_eq!(verdict, "valid", "{line}");
        }
        assert_eq!(output.exits(0).lines().len(), count);
    }
}

#[test]
fn what_botocore_signed_is_invalid_once_anything_of_it_is_changed() {
    let lines = by_botocore(13, 300, "signed");
    let mut changed = Vec::new();
    for line in &lines {
        let mut change = |pointer: &str, change: &dyn Fn(&str) -> String| {
            let mut other = line.clone();
            let old = other.pointer(pointer).and_then(Value::as_str).expect("text").to_owned();
            let new = change(&old);
            if new != old {
                *other.pointer_mut(pointer).expect("text") = json!(new);
                changed.push(other);
            }
        };
        change("/method", &|method| format!("{method}X"));
        change("/url", &|url| if url.contains("://[") { url.to_owned() } else { url.replacen("://", "://x", 1) });
        change("/url", &|url| match url.split_once('?') {
            Some((path, query)) => format!("{path}/x?{query}"),
            None => format!("{url}/x"),
        });
        change("/url", &|url| format!("{url}{}x=1", if url.contains('?') { '&' } else { '?' }));
        for index in 0..line["headers"].as_array().expect("headers").len() {
            let name = line["headers"][index]["name"].as_str().expect("a name").to_lowercase();
            let signed = line.to_string().to_lowercase();
            // What no signature covers may change: what comes after the names is the signature.
            if signed.contains(&format!(";{name};")) || signed.contains(&format!(";{name},")) {
                change(&format!("/headers/{index}/value"), &|value| format!("x{value}"));
            }
        }
    }
    // A Host header decides about the host; what stands in the URL is another matter.
    changed.retain(|line| !(line["url"].as_str().is_some_and(|url| url.contains("://x")) && has(line, "host")));
    assert!(changed.len() > 1000, "{}", changed.len());
    let input: String = changed.iter().map(|line| format!("{line}\n")).collect();
    let output = verify(&[], &input).exits(1);
    for (verdict, line) in output.out().lines().zip(&changed) {
        assert!(verdict.starts_with("invalid: "), "{verdict}: {line}");
    }
    assert_eq!(output.lines().len(), changed.len());
}

fn has(line: &Value, name: &str) -> bool {
    let headers = line["headers"].as_array().expect("headers");
    headers.iter().any(|header| header["name"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(name)))
}

const REQUEST: &str = r#"{"method":"PUT","url":"https://bucket.s3.eu-west-1.amazonaws.com/a%20b?x=1","headers":[{"name":"X-Amz-Acl","value":"private"}],"postData":{"mimeType":"","text":"hello"}}"#;

fn request() -> Value {
    serde_json::from_str(REQUEST).expect("JSON")
}

#[test]
fn the_first_step_that_differs_in_the_headers_is_told() {
    let line = signed(&["--session-token", TOKEN], &request()).to_string();
    verify(&[], &line).exits(0).stdout_is("valid\n");
    verify(&["--session-token", TOKEN, "--region", "eu-west-1", "--service", "s3"], &line).exits(0);
    for (from, to, why) in [
        ("AWS4-HMAC-SHA256 ", "AWS4-ECDSA-P256-SHA256 ", "Authorization: is not of the scheme AWS4-HMAC-SHA256\n"),
        ("Credential=AKIDEXAMPLE", "Credential=AKIDOTHER", "Credential: the access key is another one\n"),
        (
            "AKIDEXAMPLE/20260228",
            "AKIDEXAMPLE/20260227",
            "Credential: its day is 20260227, but the request is of 20260228T235959Z\n",
        ),
        ("/aws4_request", "/aws5_request", "Credential: is not KEY/DAY/REGION/SERVICE/aws4_request\n"),
        ("20260228T235959Z\"", "2026-02-28T23:59:59Z\"", "X-Amz-Date: is not like 20150830T123600Z\n"),
        ("20260228T235959Z\"", "20260228T256060Z\"", "X-Amz-Date: is not like 20150830T123600Z\n"),
        ("X-Amz-Date", "X-Date", "X-Amz-Date: is missing\n"),
        (
            "SignedHeaders=host;x-amz-acl",
            "SignedHeaders=host",
            "SignedHeaders: do not name x-amz-acl, which the request has\n",
        ),
        ("SignedHeaders=host;", "SignedHeaders=", "SignedHeaders: do not name host\n"),
        (
            "SignedHeaders=host;",
            "SignedHeaders=x;host;",
            "SignedHeaders: are not lower-case names in order, each once\n",
        ),
        ("SignedHeaders=host;", "SignedHeaders=a;host;", "SignedHeaders: name a, which the request does not have\n"),
        ("\"hello\"", "\"hallo\"", "X-Amz-Content-Sha256: is not the hash of the body\n"),
        (
            "X-Amz-Content-Sha256",
            "X-Amz-Content-Md5",
            "SignedHeaders: name x-amz-content-sha256, which the request does not have\n",
        ),
        (
            "\"PUT\"",
            "\"POST\"",
            "Signature: is not what the secret key makes of the string to sign \"AWS4-HMAC-SHA256\\n20260228T235959Z\\n20260228/eu-west-1/s3/aws4_request\\n",
        ),
        ("\"private\"", "\"public\"", "Signature: is not what the secret key makes"),
        ("Signature=", "Signature=0", "Signature: is not what the secret key makes"),
        (", Signature=", ", Sig=", "Signature: is missing\n"),
        (", SignedHeaders", ", Signature=0, SignedHeaders", "Authorization: has a field twice\n"),
        ("Credential=", "Credential ", "Authorization: has something that is not name=value\n"),
    ] {
        let changed = line.replacen(from, to, 1);
        assert_ne!(changed, line, "{from}");
        is_invalid(&[], &changed, why);
    }
    is_invalid(&["--region", "eu-west-2"], &line, "Credential: the region is not the one that was given\n");
    is_invalid(&["--service", "s3express"], &line, "Credential: the service is not the one that was given\n");
    is_invalid(&["--session-token", "x"], &line, "X-Amz-Security-Token: is another one\n");
    let untold = signed(&[], &request()).to_string();
    is_invalid(&["--session-token", TOKEN], &untold, "X-Amz-Security-Token: is missing\n");
    is_invalid(&[], REQUEST, "Authorization: there are 0 such headers, not one\n");
    let wrong = sign(["verify", "aws", "--access-key", "AKIDEXAMPLE", "--secret-key", "wrong"]).stdin(line.as_str());
    wrong.run().exits(1).never_says(": wrong").stdout_has("canonical request: \"PUT\\n/a%20b\\nx=1\\nhost:bucket.s3");
}

#[test]
fn the_first_step_that_differs_in_a_presigned_url_is_told() {
    let options = ["--add-auth-data-to-query", "--expires", "600", "--session-token", TOKEN];
    let line = signed(&options, &request()).to_string();
    verify(&["--session-token", TOKEN], &line).exits(0).stdout_is("valid\n");
    verify(&[], &line.replace("hello", "S3 leaves the body out")).exits(0);
    for (from, to, why) in [
        ("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Algorithm=AWS4-X", "X-Amz-Algorithm: is not AWS4-HMAC-SHA256\n"),
        ("X-Amz-Algorithm", "X-Algorithm", "X-Amz-Algorithm: is missing\n"),
        ("X-Amz-Expires=600", "X-Amz-Expires=604801", "X-Amz-Expires: is not from 1 to 604800 seconds\n"),
        ("X-Amz-Expires=600", "X-Amz-Expires=6000", "Signature: is not what the secret key makes"),
        ("?x=1", "?x=1&X-Amz-Date=20260228T235959Z", "X-Amz-Date: is there more than once\n"),
        ("?x=1", "?x=2", "Signature: is not what the secret key makes"),
        (
            "\"headers\":[",
            "\"headers\":[{\"name\":\"authorization\",\"value\":\"Basic eDp5\"},",
            "Authorization: stands beside",
        ),
    ] {
        let changed = line.replacen(from, to, 1);
        assert_ne!(changed, line, "{from}");
        is_invalid(&[], &changed, why);
    }
    let at = |now: &str| sign([&["verify", "aws", "--now", now], &KEYS[..]].concat()).stdin(line.as_str()).run();
    at("2026-03-01T00:09:59Z").exits(0);
    at("2026-03-01T00:10:00Z")
        .exits(1)
        .stdout_is("invalid: X-Amz-Expires: 600 seconds after 20260228T235959Z are over\n");
    at("2026-02-28T23:44:59Z").exits(0);
    at("2026-02-28T23:44:58Z").exits(1).stdout_is("invalid: X-Amz-Date: 20260228T235959Z is still to come\n");
}

#[test]
fn a_body_that_is_left_out_may_be_any_and_one_that_is_not_may_not() {
    let elsewhere =
        json!({"method": "POST", "url": "https://h.example/a", "postData": {"mimeType": "", "text": "hello"}});
    let scope = ["--region", "us-east-1", "--service", "execute-api"];
    for (more, verifying) in [
        (vec!["--unsigned-payload"], vec![]),
        (vec!["--unsigned-payload", "--add-auth-data-to-query"], vec!["--unsigned-payload"]),
    ] {
        let line = signed(&[&scope[..], &more].concat(), &elsewhere).to_string();
        verify(&verifying, &line.replace("hello", "hallo")).exits(0).stdout_is("valid\n");
    }
    for more in [vec![], vec!["--add-auth-data-to-query"]] {
        let line = signed(&[&scope[..], &more].concat(), &elsewhere).to_string();
        verify(&[], &line).exits(0).stdout_is("valid\n");
        is_invalid(&[], &line.replace("hello", "hallo"), "Signature: is not what the secret key makes");
    }
}

#[test]
fn the_keys_come_from_where_signing_finds_them() {
    let line = signed(&[], &request()).to_string();
    let profile = "[work]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = wJalr/+K7MDENG\n";
    let verify =
        |name: &str| sign(["verify", "aws", "--profile", name]).file(".aws/credentials", profile).stdin(line.as_str());
    verify("work").succeeds().stdout_is("valid\n");
    verify("none").fails(2).stdout_is("");
    sign(["verify", "aws"])
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "x")
        .stdin(line.as_str())
        .fails(1)
        .stdout_has("invalid: Signature");
    sign(["verify", "aws", "--access-key", "AKIDEXAMPLE"]).stdin(line.as_str()).fails(2).stdout_is("");
}
