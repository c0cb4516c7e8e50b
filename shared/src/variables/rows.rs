//! Rows of `--data`, CSV (RFC 4180) or JSON: each is a scope of its own.

use std::collections::HashMap;
use std::path::Path;

use serde_json::value::RawValue;

use crate::error::Error;

use super::file;
use super::scope::{Scope, spelled};

/// Reads the rows of a file.
///
/// # Errors
/// Returns [`Error::Usage`], which names the file and quotes no value, if the file is neither a list of JSON objects nor CSV
/// with a line of names, or has no row.
pub fn read(path: &Path) -> Result<Vec<Scope>, Error> {
    let wrong = |problem: String| Error::Usage(format!("--data {}: {problem}", path.display()));
    let text = file::text(path).map_err(wrong)?;
    let is_json = file::ends_in(path, &["json", "ndjson", "jsonl"]) || text.trim_start().starts_with(['[', '{']);
    let name = path.display().to_string();
    let rows = if is_json { from_json(&name, &text) } else { from_csv(&name, &text) };
    let rows = rows.map_err(wrong)?;
    if rows.is_empty() { Err(wrong("has no row".to_owned())) } else { Ok(rows) }
}

fn scope(name: &str, number: usize) -> Scope {
    Scope::new(format!("row {number} of {name}"))
}

/// Reads a list of objects, or an object a line.
fn from_json(name: &str, text: &str) -> Result<Vec<Scope>, String> {
    let mut rows = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        let value = value.map_err(|error| format!("line {}: {}", error.line(), Error::from(error)))?;
        let list: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_else(|_| vec![value]);
        for row in list {
            let number = rows.len() + 1;
            let members: HashMap<String, &RawValue> =
                serde_json::from_str(row.get()).map_err(|_| format!("row {number} is not an object"))?;
            let mut scope = scope(name, number);
            members.into_iter().for_each(|(name, value)| scope.set(name, spelled(value)));
            rows.push(scope);
        }
    }
    Ok(rows)
}

/// Reads a line of names, and rows of as many values. Blanks around names and values are dropped.
fn from_csv(name: &str, text: &str) -> Result<Vec<Scope>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| worded(&error))?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| worded(&error))?;
        let mut scope = scope(name, rows.len() + 1);
        names.iter().zip(&record).for_each(|(name, value)| scope.set(name, value));
        rows.push(scope);
    }
    Ok(rows)
}

/// Words an error without the values of the row.
fn worded(error: &csv::Error) -> String {
    let line = error.position().map_or(1, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("line {line}: has {len} values for {expected_len} names")
        }
        _ => format!("line {line}: is not CSV"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(rows: Result<Vec<Scope>, String>, expected: &[&[(&str, &str)]]) {
        let rows = rows.unwrap();
        assert_eq!(rows.len(), expected.len());
        for (row, pairs) in rows.iter().zip(expected) {
            for (name, value) in *pairs {
                assert_eq!(row.get(name).map(super::super::scope::Value::expose), Some(*value), "{}", row.label());
            }
        }
    }

    #[test]
    fn values_are_the_text_of_the_file() {
        let csv = "id, name\r\n007,\"a \"\"b\"\", c\"\n1.0, x\n\n";
        same(from_csv("d", csv), &[&[("id", "007"), ("name", "a \"b\", c")], &[("id", "1.0"), ("name", "x")]]);
        let json = r#"[{"id": 1.0, "ok": true}, {"id": null, "l": [1, 2]}]"#;
        same(from_json("d", json), &[&[("id", "1.0"), ("ok", "true")], &[("id", "null"), ("l", "[1, 2]")]]);
        same(from_json("d", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n"), &[&[("id", "a")], &[("id", "b")]]);
    }

    #[test]
    fn a_wrong_row_is_named() {
        assert_eq!(from_csv("d", "a,b\n1,2\n3\n").err().as_deref(), Some("line 3: has 1 values for 2 names"));
        assert_eq!(from_json("d", "[{}, 1]").err().as_deref(), Some("row 2 is not an object"));
        assert_eq!(from_json("d", "[{},\n}").err().as_deref(), Some("line 2: not JSON: expected value at column 1"));
    }
}
