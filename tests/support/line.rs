//! Reads a line of JSON that `sign` wrote.

use serde_json::Value;

/// The values of a header, whatever its case.
#[track_caller]
pub(crate) fn values<'l>(line: &'l Value, name: &str) -> Vec<&'l str> {
    let headers = line["headers"].as_array().expect("headers");
    let is_named = |header: &&Value| header["name"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(name));
    headers.iter().filter(is_named).map(|header| header["value"].as_str().expect("text")).collect()
}

/// The value of the `Authorization` header, of which there is one.
#[track_caller]
pub(crate) fn authorization(line: &Value) -> String {
    let values = values(line, "authorization");
    assert_eq!(values.len(), 1, "one Authorization header in {line}");
    values[0].to_owned()
}
