//! The file of version 2.1, written while its requests come.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::value::RawValue;

use super::super::kept::merged;
use super::super::record::{Collector, Record, variables};
use super::super::tree::Tree;

/// The schema of version 2.1.
const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// A file that is being written. A folder is open as long as requests of it come, so the order of requests stays, and a
/// folder that they come back to later is there twice.
pub(crate) struct Document<W> {
    stream: W,
    /// The names of the folders that are open.
    open: Vec<String>,
    literals: BTreeSet<String>,
    has_begun: bool,
    /// True if something is there before the next item of the innermost folder.
    needs_comma: bool,
}

impl<W> Document<W> {
    /// A file without requests.
    pub(crate) const fn new(stream: W) -> Self {
        Self { stream, open: Vec::new(), literals: BTreeSet::new(), has_begun: false, needs_comma: false }
    }

    /// Begins the file, with what is kept of a collection.
    fn begin(&mut self, kept: Option<&RawValue>, out: &mut Vec<u8>) {
        if std::mem::replace(&mut self.has_begun, true) {
            return;
        }
        let kept = kept.map_or(Tree::Map(Vec::new()), Tree::parsed);
        let name = match kept.get("info").and_then(|info| info.get("name")) {
            Some(Tree::Text(name)) => name.clone(),
            _ => "Requests".to_owned(),
        };
        let info = Tree::map([("name", Tree::Text(name)), ("schema", Tree::text(SCHEMA))]);
        // The variables are written at the end.
        let file = merged(Tree::map([("info", info)]), kept.without(&["variable"]));
        out.push(b'{');
        file.write_members(out);
        out.extend_from_slice(b",\"item\":[");
    }

    /// Closes folders until so many are open.
    fn close(&mut self, count: usize, out: &mut Vec<u8>) {
        while self.open.len() > count {
            self.open.pop();
            out.extend_from_slice(b"\n]}");
            self.needs_comma = true;
        }
    }

    fn next_item(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.needs_comma { b",\n" } else { b"\n" });
        self.needs_comma = true;
    }
}

impl<W: Write> Collector for Document<W> {
    fn record(&mut self, record: &Record<'_>) -> io::Result<()> {
        let mut out = Vec::new();
        self.begin(record.outer.collection, &mut out);
        let shared = self.open.iter().zip(&record.folder).take_while(|(open, name)| open == name).count();
        self.close(shared, &mut out);
        for (depth, name) in record.folder.iter().enumerate().skip(shared) {
            self.next_item(&mut out);
            let kept = record.outer.folders.get(depth).map_or(Tree::Map(Vec::new()), |raw| Tree::parsed(raw));
            out.push(b'{');
            merged(Tree::map([("name", Tree::text(name))]), kept).write_members(&mut out);
            out.extend_from_slice(b",\"item\":[");
            self.open.push(name.clone());
            self.needs_comma = false;
        }
        self.next_item(&mut out);
        out.extend_from_slice(record.item.get().as_bytes());
        self.literals.extend(record.literals.iter().cloned());
        self.stream.write_all(&out)?;
        self.stream.flush()
    }

    fn end(&mut self) -> io::Result<()> {
        let mut out = Vec::new();
        self.begin(None, &mut out);
        self.close(0, &mut out);
        out.extend_from_slice(b"\n]");
        if !self.literals.is_empty() {
            let row =
                |(name, value): (&str, String)| Tree::map([("key", Tree::text(name)), ("value", Tree::Text(value))]);
            out.extend_from_slice(b",\"variable\":");
            Tree::List(variables(&self.literals).map(row).collect()).write_json(&mut out);
        }
        out.extend_from_slice(b"}\n");
        self.stream.write_all(&out)?;
        self.stream.flush()
    }
}
