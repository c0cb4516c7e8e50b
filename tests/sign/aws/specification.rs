//! The specification's words where botocore does otherwise, by the names of `tests/support/peers/aws.py`, and where the
//! published vectors are silent. Expectations are written out by hand.

use serde_json::{Value, json};

use super::steps::{Steps, header, query_pairs};
use crate::support::{Output, Tool, sign};

const EMPTY_HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// `sign aws` on a request, for a service.
fn aws(service: &str, request: &Value) -> Tool {
    sign(["aws", "--explain", "--now", "2015-08-30T12:36:00Z", "--region", "us-east-1", "--service", service])
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        .stdin(format!("{request}\n"))
}

fn get(url: &str, headers: &[(&str, &str)]) -> Value {
    let headers: Vec<Value> = headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    json!({"method": "GET", "url": url, "headers": headers})
}

fn canonical_request(output: &Output) -> String {
    Steps::read(&output.err()).remove(0).canonical_request
}

/// The canonical URI and the canonical query of a URL.
fn canonical_target(service: &str, url: &str) -> (String, String) {
    let text = canonical_request(&aws(service, &get(url, &[])).succeeds());
    let mut lines = text.lines().skip(1).map(str::to_owned);
    (lines.next().expect("a canonical URI"), lines.next().expect("a canonical query"))
}

fn canonical_uri(service: &str, path: &str) -> String {
    canonical_target(service, &format!("https://example.amazonaws.com{path}")).0
}

fn canonical_query(query: &str) -> String {
    canonical_target("service", &format!("https://example.amazonaws.com/?{query}")).1
}

/// date-header
#[test]
fn a_date_header_is_kept_and_signed_beside_x_amz_date() {
    let date = "Fri, 24 May 2013 00:00:00 GMT";
    let output = aws("service", &get("https://example.amazonaws.com/", &[("Date", date)])).succeeds();
    let expected = format!(
        "GET\n/\n\ndate:{date}\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\ndate;host;x-amz-date\n{EMPTY_HASH}"
    );
    assert_eq!(canonical_request(&output), expected);
    assert_eq!(header(&output.json()[0], "date"), Some(date));
}

/// method-case
#[test]
fn a_method_is_signed_in_the_case_it_is_sent_in() {
    let mut request = get("https://example.amazonaws.com/", &[]);
    request["method"] = json!("get");
    assert!(canonical_request(&aws("service", &request).succeeds()).starts_with("get\n"));
}

/// white-space
#[test]
fn white_space_beyond_ascii_is_part_of_a_header_value() {
    let request = get("https://example.amazonaws.com/", &[("A", "\u{3000}b\u{a0} \u{a0}c")]);
    assert!(canonical_request(&aws("service", &request).succeeds()).contains("\na:\u{3000}b\u{a0} \u{a0}c\n"));
}

/// escape-not-utf8
#[test]
fn an_escape_that_is_no_utf8_stays_the_byte_it_is() {
    assert_eq!(canonical_query("a=%FF%fe&%C3=1"), "%C3=1&a=%FF%FE");
    assert_eq!(canonical_uri("s3", "/%FF%fe"), "/%FF%FE");
}

/// form-presigned
#[test]
fn a_form_content_type_is_part_of_a_presigned_request() {
    let kind = "application/x-www-form-urlencoded; charset=utf-8";
    let request = get("https://example.amazonaws.com/", &[("Content-Type", kind)]);
    let output = aws("service", &request).arg("--add-auth-data-to-query").succeeds();
    assert!(canonical_request(&output).contains(&format!("\ncontent-type:{kind}\n")));
}

/// stale-query, stale-presigned, stale-token, given-hash
#[test]
fn nothing_of_an_earlier_signature_stays() {
    let clean = get("https://example.amazonaws.com/?a=1&b", &[("X-Kept", "1")]);
    let signed_before = get(
        "https://example.amazonaws.com/?X-Amz-Algorithm=x&a=1&X-Amz-Credential=x&X-Amz-Date=x&X-Amz-SignedHeaders=host\
         &X-Amz-Security-Token=x&b&X-Amz-Signature=x",
        &[
            ("AUTHORIZATION", "x"),
            ("x-amz-date", "x"),
            ("X-Kept", "1"),
            ("X-AMZ-Security-Token", "x"),
            ("x-amz-content-sha256", "x"),
            ("authorization", "y"),
        ],
    );
    for options in [[].as_slice(), &["--add-auth-data-to-query"]] {
        for service in ["s3", "service"] {
            let expected = aws(service, &clean).args(options).succeeds();
            aws(service, &signed_before).args(options).succeeds().stdout_is(&expected.out());
        }
    }
}

/// unsigned-http
#[test]
fn an_unsigned_payload_is_unsigned_over_http_too() {
    let request = get("http://example.amazonaws.com/", &[]);
    for options in [["--unsigned-payload"].as_slice(), &["--unsigned-payload", "--add-auth-data-to-query"]] {
        let output = aws("service", &request).args(options).succeeds();
        assert!(canonical_request(&output).ends_with("\nUNSIGNED-PAYLOAD"), "{options:?}");
    }
}

#[test]
fn paths_of_services_other_than_s3_are_normalized_and_encoded_again() {
    for (path, canonical) in [
        (
            "/2015-03-31/functions/arn%3Aaws%3Alambda/invocations",
            "/2015-03-31/functions/arn%253Aaws%253Alambda/invocations",
        ),
        ("/test/@connections/JBDvjfGEIAMCERw%3D", "/test/%40connections/JBDvjfGEIAMCERw%253D"),
        ("/data-*/_mapping", "/data-%2A/_mapping"),
        ("//a/./b/../c//", "/a/c/"),
        ("/%2e%2e/a", "/%252e%252e/a"),
        ("", "/"),
    ] {
        assert_eq!(canonical_uri("es", path), canonical, "{path}");
    }
}

#[test]
fn paths_of_s3_keep_every_segment_and_are_encoded_once() {
    for (path, canonical) in [
        ("//a/./b/../c//", "//a/./b/../c//"),
        ("/a%2Fb%2fc", "/a%2Fb%2Fc"),
        ("/dt=2024-05-22/a:b*(1)", "/dt%3D2024-05-22/a%3Ab%2A%281%29"),
        ("/a+b%20c%7Ed", "/a%2Bb%20c~d"),
        ("/100%", "/100%25"),
        ("", "/"),
    ] {
        assert_eq!(canonical_uri("s3", path), canonical, "{path}");
    }
}

#[test]
fn every_parameter_of_the_query_is_signed_in_its_one_spelling() {
    for (query, canonical) in [
        ("b=2&a=z&a=b&B=1", "B=1&a=b&a=z&b=2"),
        ("v", "v="),
        ("=x&&a", "=x&a="),
        ("a=b=c", "a=b%3Dc"),
        ("q=a+b&q=a%2Bb&q=a%20b", "q=a%20b&q=a%20b&q=a%2Bb"),
        ("graph=urn:uuid/6*&t=%7e", "graph=urn%3Auuid%2F6%2A&t=~"),
        // Sorted as encoded, not as written: `%5B` comes before `a`, `[` would not come before `Z`.
        ("Z=1&[=2&a=3", "%5B=2&Z=1&a=3"),
        ("", ""),
    ] {
        assert_eq!(canonical_query(query), canonical, "{query}");
    }
}

#[test]
fn a_presigned_url_keeps_the_url_as_written() {
    let url = "https://bucket.s3.amazonaws.com/a//../%7e?x=a+b&&x&y=%7e";
    let output = aws("s3", &get(url, &[])).args(["--add-auth-data-to-query", "--expires", "60"]).succeeds();
    let signed = output.json().remove(0);
    let signed = signed["url"].as_str().expect("a URL");
    assert!(signed.starts_with(&format!("{url}&")), "{signed}");
    assert!(query_pairs(signed).contains(&"X-Amz-Expires=60"), "{signed}");
}

#[test]
fn the_steps_show_no_secret() {
    let request = get("https://example.amazonaws.com/?a=1", &[]);
    for options in [[].as_slice(), &["--add-auth-data-to-query"]] {
        let tool = aws("service", &request).args(options).env("AWS_SESSION_TOKEN", "session token");
        let output = tool.succeeds().stderr_lacks("session").stderr_lacks("EXAMPLEKEY").stderr_has("***");
        assert!(output.out().contains("session"), "the token itself goes out");
    }
}

#[test]
fn the_lifetime_is_the_options_else_the_urls_else_an_hour() {
    let with = get("https://bucket.s3.amazonaws.com/k?X-Amz-Expires=120", &[]);
    let without = get("https://bucket.s3.amazonaws.com/k", &[]);
    for (request, options, lifetime) in [
        (&with, [].as_slice(), "X-Amz-Expires=120"),
        (&with, &["--expires", "60"], "X-Amz-Expires=60"),
        (&without, &["--expires", "604800"], "X-Amz-Expires=604800"),
        (&without, &["--expires", "7d"], "X-Amz-Expires=604800"),
        (&without, &["--expires", "1.5m"], "X-Amz-Expires=90"),
        (&without, &[], "X-Amz-Expires=3600"),
    ] {
        let signed = aws("s3", request).arg("--add-auth-data-to-query").args(options).succeeds().json().remove(0);
        let url = signed["url"].as_str().expect("a URL");
        let lifetimes: Vec<&str> = query_pairs(url).into_iter().filter(|pair| pair.contains("Expires")).collect();
        assert_eq!(lifetimes, [lifetime], "{options:?}");
    }
    for refused in ["0", "604801", "8d", "500ms", "1h30m", "soon"] {
        aws("s3", &without).args(["--add-auth-data-to-query", "--expires", refused]).fails(2).stdout_is("");
    }
}

#[test]
fn a_presigned_url_signs_the_body_that_there_is() {
    let mut request = get("https://example.amazonaws.com/", &[]);
    request["method"] = json!("POST");
    request["postData"] = json!({"mimeType": "", "text": "hello"});
    let hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    let output = aws("execute-api", &request).arg("--add-auth-data-to-query").succeeds();
    assert!(canonical_request(&output).ends_with(&format!("\n{hello}")));
}

#[test]
fn a_repeated_header_is_signed_with_each_value_once() {
    let request = get("https://example.amazonaws.com/", &[("X", "a"), ("x", "b"), ("X", "a")]);
    let output = aws("service", &request).succeeds();
    assert!(canonical_request(&output).contains("\nx:a,b,a\nx-amz-date:"));
}

#[test]
fn every_value_of_a_repeated_parameter_is_signed_for_s3_too() {
    let url = "https://bucket.s3.amazonaws.com/k?a=2&a=1&a";
    assert_eq!(canonical_target("s3", url).1, "a=&a=1&a=2");
}

#[test]
fn a_host_header_is_signed_and_a_default_port_of_the_url_is_not() {
    for (url, headers, host) in [
        ("https://example.amazonaws.com:443/", [].as_slice(), "example.amazonaws.com"),
        ("https://example.amazonaws.com:8443/", &[], "example.amazonaws.com:8443"),
        ("https://example.amazonaws.com/", &[("Host", "other.example:443")], "other.example:443"),
    ] {
        let output = aws("service", &get(url, headers)).arg("--allow-host").succeeds();
        assert!(canonical_request(&output).contains(&format!("\nhost:{host}\n")), "{url}");
    }
}

#[test]
fn empty_keys_sign_nothing() {
    let line = get("https://example.amazonaws.com/", &[]).to_string();
    for keys in [["", ""], ["AKIDEXAMPLE", ""], ["", "secret"]] {
        let auth = json!({"type": "awsv4", "awsv4": {"accessKey": keys[0], "secretKey": keys[1]}});
        let line = line.replacen('{', &format!("{{\"_auth\":{auth},"), 1);
        let output = sign(["inherit"]).stdin(line).run();
        assert_ne!(output.stdout_is("").status.code(), Some(0));
    }
}

#[test]
fn a_content_type_that_a_body_brings_along_is_signed() {
    let output = aws("service", &json!({})).stdin("curl https://example.amazonaws.com/ -d a=1").succeeds();
    let kind = "application/x-www-form-urlencoded";
    assert_eq!(header(&output.json()[0], "content-type"), Some(kind));
    assert!(canonical_request(&output).contains(&format!("\ncontent-type:{kind}\nhost:")));
}
