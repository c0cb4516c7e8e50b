//! Formats that other programs run: what is written into them, what they cannot hold, and what those programs then send.

pub(crate) mod collections;
mod command_lines;

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::support::hostile::Hostile;
use crate::support::recorder::Recorder;
use crate::support::{Output, sign};

/// Returns the lines for a batch of requests.
fn lines<'b>(batch: impl IntoIterator<Item = &'b Hostile>, host: &str) -> String {
    batch.into_iter().map(|request| format!("{}\n", request.line(host))).collect()
}

/// Writes a batch in a format. Returns the output, and the requests that the format could hold.
fn written<'b>(batch: &'b [Hostile], format: &str, recorder: &Recorder) -> (Output, Vec<&'b Hostile>) {
    let output = sign(["none", "--to", format]).stdin(lines(batch, &recorder.host())).run();
    let refused = refused(&output);
    let held = batch.iter().enumerate().filter(|(index, _)| !refused.contains(&(index + 1)));
    (output, held.map(|(_, request)| request).collect())
}

/// Returns the numbers of the lines that were refused.
#[track_caller]
fn refused(output: &Output) -> HashSet<usize> {
    let text = output.err();
    let number = |line: &str| line.strip_prefix("sign: line ")?.split(':').next()?.parse().ok();
    let refused: HashSet<usize> = text.lines().filter_map(number).collect();
    assert_eq!(output.status.code(), Some(i32::from(!refused.is_empty())), "{text}");
    refused
}

/// A header line without white space around the value.
fn trimmed(line: &str) -> String {
    let (name, value) = line.split_once(':').expect("a colon");
    format!("{name}: {}", value.trim_matches([' ', '\t']))
}

/// Returns a line for `https://h.example/` with these members beside or in place of the usual ones.
fn line(members: &Value) -> String {
    let mut line = json!({"method": "GET", "url": "https://h.example/", "headers": []});
    line.as_object_mut().expect("an object").extend(members.as_object().expect("an object").clone());
    format!("{line}\n")
}

fn header(name: &str, value: &str) -> Value {
    json!({"headers": [{"name": name, "value": value}]})
}

fn body(content_type: &str, text: &str) -> Value {
    json!({
        "method": "POST",
        "headers": [{"name": "Content-Type", "value": content_type}],
        "postData": {"mimeType": content_type, "text": text},
    })
}

/// Checks that a line is written as expected.
#[track_caller]
fn is_written(format: &str, members: &Value, expected: &str) {
    sign(["none", "--to", format]).stdin(line(members)).succeeds().stdout_is(expected);
}

/// Checks that a line is refused for this reason.
#[track_caller]
fn is_refused(format: &str, members: &Value, problem: &str) {
    let run = sign(["none", "--to", format]).stdin(line(members)).fails(1);
    let written = if format == "postman" { "\"item\":[\n]" } else { "" };
    run.stdout_has(written).stderr_is(&format!("sign: line 1: {problem}\n"));
}
