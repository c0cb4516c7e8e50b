//! The differential test: random requests, signed by `sign aws` and by botocore, compared step by step.
//!
//! Exceptions are left out by name: each name is explained in `tests/support/peers/aws.py`, with the section of the
//! specification that botocore departs from.

use std::collections::BTreeMap;

use serde_json::Value;

use super::random::{Case, Random};
use super::steps::{Steps, header, masked, query_pairs};
use crate::support::{peers, sign};

const NOW: &str = "2026-02-28T23:59:59Z";

/// Why a request cannot be compared with botocore's signature, if so.
pub(crate) fn deviation(case: &Case, payload: &str) -> Option<&'static str> {
    let has = |name: &str| case.headers.iter().any(|(n, _)| n.eq_ignore_ascii_case(name));
    let any_value = |check: fn(char) -> bool| case.headers.iter().any(|(_, value)| value.contains(check));
    let query = case.url.split_once('?').map_or("", |(_, query)| query);
    let stale = ["authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"];
    if case.method.contains(|c: char| c.is_ascii_lowercase()) {
        Some("method-case")
    } else if has("date") && !case.in_query {
        Some("date-header")
    } else if any_value(|c| c != ' ' && c.is_whitespace()) {
        Some("white-space")
    } else if query.contains("%FF") {
        Some("escape-not-utf8")
    } else if case.in_query && case.headers.iter().any(is_form_type) {
        Some("form-presigned")
    } else if query.contains("X-Amz-") {
        Some("stale-query")
    } else if case.in_query && stale.iter().any(|name| has(name)) {
        Some("stale-presigned")
    } else if case.session_token.is_none() && has("x-amz-security-token") {
        Some("stale-token")
    } else if case.service != "s3" && has("x-amz-content-sha256") {
        Some("given-hash")
    } else if payload == "unsigned" && case.in_query && case.service != "s3" && case.url.starts_with("http:") {
        Some("unsigned-http")
    } else {
        None
    }
}

fn is_form_type((name, value): &(String, String)) -> bool {
    name.eq_ignore_ascii_case("content-type") && value == "application/x-www-form-urlencoded; charset=utf-8"
}

/// Signs and compares `count` random requests under these options; how many were compared.
fn compare(seed: u64, count: usize, payload: &str, expires: u32) -> usize {
    let mut random = Random(seed);
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    let mut cases = Vec::new();
    for _ in 0..count {
        let case = Case::random(&mut random);
        match deviation(&case, payload) {
            Some(name) => *left_out.entry(name).or_default() += 1,
            None => cases.push(case),
        }
    }
    println!("{payload} payload: {} compared, left out: {left_out:?}", cases.len());
    let input: String = cases.iter().map(|case| format!("{}\n", case.line())).collect();
    let expires_text = expires.to_string();
    let mut arguments = vec!["aws", "--explain", "--now", NOW, "--expires", &expires_text];
    if payload == "unsigned" {
        arguments.push("--unsigned-payload");
    }
    let output = sign(arguments).arg("--allow-host").stdin(input).succeeds();
    let signed = output.json();
    let steps = Steps::read(&output.err());
    let questions: Vec<Value> = cases.iter().map(|case| case.question(payload, expires, NOW)).collect();
    let answers = peers::ask("aws.py", &questions);
    assert_eq!((signed.len(), steps.len()), (cases.len(), cases.len()), "a request and its steps for each line");
    let mut differences = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let found = difference(case, &steps[index], &signed[index], &answers[index]);
        differences.extend(found.map(|found| format!("{found}\n--- for {}", case.line())));
    }
    let total = differences.len();
    assert_eq!(
        total,
        0,
        "{total} of {} differ; the first ones:\n{}",
        cases.len(),
        differences[..total.min(3)].join("\n\n")
    );
    cases.len()
}

/// Returns the difference, if there is one.
fn difference(case: &Case, steps: &Steps, signed: &Value, answer: &Value) -> Option<String> {
    let Some(canonical_request) = answer["canonical_request"].as_str() else {
        return Some(format!("botocore failed: {answer}"));
    };
    if steps.canonical_request != masked(canonical_request, case.session_token.as_deref()) {
        return Some(format!("--- ours\n{}\n--- botocore's\n{canonical_request}", steps.canonical_request));
    }
    if Some(steps.string_to_sign.as_str()) != answer["string_to_sign"].as_str() {
        return Some(format!("--- ours\n{}\n--- botocore's\n{}", steps.string_to_sign, answer["string_to_sign"]));
    }
    let same = if case.in_query { same_query(case, signed, answer) } else { same_headers(signed, answer) };
    (!same).then(|| format!("--- ours\n{signed}\n--- botocore's\n{answer}"))
}

/// The headers that the signature consists of.
fn same_headers(signed: &Value, answer: &Value) -> bool {
    let theirs = |name: &str| {
        let headers = answer["headers"].as_array()?;
        headers.iter().find(|header| header[0].as_str().is_some_and(|n| n.eq_ignore_ascii_case(name)))?[1].as_str()
    };
    let names = ["authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"];
    names.iter().all(|name| header(signed, name) == theirs(name))
}

/// The URL that was there, untouched, with the same parameters behind it.
fn same_query(case: &Case, signed: &Value, answer: &Value) -> bool {
    let url = signed["url"].as_str().unwrap_or_default();
    let added = |url: &str| {
        let mut pairs: Vec<String> =
            query_pairs(url).into_iter().filter(|pair| pair.starts_with("X-Amz-")).map(str::to_owned).collect();
        pairs.sort_unstable();
        pairs
    };
    url.starts_with(&case.url) && added(url) == added(answer["url"].as_str().unwrap_or_default())
}

#[test]
fn random_requests_are_signed_as_botocore_signs_them() {
    let mut compared = 0;
    compared += compare(1, 3000, "signed", 900);
    compared += compare(2, 1000, "unsigned", 604_800);
    assert!(compared >= 2000, "only {compared} requests could be compared");
}
