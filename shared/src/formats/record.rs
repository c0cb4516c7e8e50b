//! Records: what a writer says of one request to the collection that holds them all.
//!
//! Requests come one by one, from several threads, and a collection has folders and an end. So a writer makes a line of
//! each request, the pipe puts the lines in order, and a [`Collector`] behind it makes the collection of them.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::Value;
use serde_json::value::RawValue;

use crate::pipe::Frame;

use super::kept::Outer;
use super::tree::Tree;

/// The frame of records: an empty line ends them.
pub(crate) const FRAME: Frame = Frame { head: "", between: "", tail: "\n" };

/// A request of a collection.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Record<'a> {
    /// The names of its folders, outermost first.
    pub(crate) folder: Vec<String>,
    /// Its name.
    pub(crate) name: String,
    /// The names between `{{` and `}}` that are ordinary text.
    pub(crate) literals: BTreeSet<String>,
    /// The request in the collection's form: an object, or a text of YAML.
    #[serde(borrow)]
    pub(crate) item: &'a RawValue,
    /// The name of the file that holds the body, and the body in base64.
    pub(crate) body: Option<(String, String)>,
    /// Members that are kept of its folders and its collection.
    #[serde(borrow, default)]
    pub(crate) outer: Outer<'a>,
}

impl Record<'_> {
    /// Appends a record.
    pub(crate) fn write(
        (folder, name): (&[String], &str),
        literals: &BTreeSet<String>,
        item: Tree,
        (body, outer): (Option<(String, String)>, Option<&str>),
        out: &mut Vec<u8>,
    ) {
        let record = Tree::map([
            ("folder", Tree::List(folder.iter().map(Tree::text).collect())),
            ("name", Tree::text(name)),
            ("literals", Tree::List(literals.iter().map(Tree::text).collect())),
            ("item", item),
        ]);
        let record = match body {
            Some((name, bytes)) => record.with("body", Tree::List(vec![Tree::Text(name), Tree::Text(bytes)])),
            None => record,
        };
        let record = match outer {
            Some(outer) => record.with("outer", Tree::Word(outer.to_owned())),
            None => record,
        };
        record.write_json(out);
        out.push(b'\n');
    }
}

/// Makes a collection of records.
pub(crate) trait Collector {
    /// Takes a record.
    ///
    /// # Errors
    /// Returns the system's error if it cannot be written.
    fn record(&mut self, record: &Record<'_>) -> io::Result<()>;

    /// Ends the collection.
    ///
    /// # Errors
    /// Returns the system's error if the end cannot be written.
    fn end(&mut self) -> io::Result<()>;
}

/// A stream that records are written to.
pub(crate) struct Records<C> {
    collector: C,
    pending: Vec<u8>,
}

impl<C> Records<C> {
    /// A stream without records.
    pub(crate) const fn new(collector: C) -> Self {
        Self { collector, pending: Vec::new() }
    }
}

impl<C: Collector> Write for Records<C> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        let Some(end) = memchr::memrchr(b'\n', &self.pending) else { return Ok(bytes.len()) };
        let rest = self.pending.split_off(end + 1);
        let lines = std::mem::replace(&mut self.pending, rest);
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            if line == b"\n" {
                self.collector.end()?;
            } else {
                self.collector.record(&serde_json::from_slice(line)?)?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Adds the names between `{{` and `}}` in a text, which programs would take for variables.
pub(crate) fn add_names(text: &str, names: &mut BTreeSet<String>) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("}}") {
        rest = after;
        let name = before.rfind("{{").and_then(|at| before.get(at + 2..));
        names.extend(name.filter(|name| !name.contains(['{', '}'])).map(str::to_owned));
    }
}

/// Adds the names in every text of a JSON value.
pub(crate) fn add_names_of(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => add_names(text, names),
        Value::Array(list) => list.iter().for_each(|value| add_names_of(value, names)),
        Value::Object(map) => map.values().for_each(|value| add_names_of(value, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns the variables that make names in braces ordinary text: the value of each is its own name in braces, and
/// Postman and Bruno leave that as it is.
pub(crate) fn variables(names: &BTreeSet<String>) -> impl Iterator<Item = (&str, String)> {
    names.iter().map(|name| (name.as_str(), format!("{{{{{name}}}}}")))
}
