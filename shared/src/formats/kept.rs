//! Members that only one format has, as a line carries them in `_kept`: a writer of that format puts them back.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};

use serde_json::value::RawValue;

use crate::encode::percent_decoded;
use crate::json::{into_text, members_of, text_of};
use crate::request::Request;

use super::told;
use super::tree::Tree;

/// Members that a line's `_kept` never brings in by itself, because they say what is sent.
const SENT: [&str; 18] = [
    "auth",
    "url",
    "method",
    "header",
    "headers",
    "body",
    "query",
    "protocol",
    "host",
    "port",
    "path",
    "mode",
    "disabled",
    "enabled",
    "item",
    "data",
    "params",
    "queryParams",
];

/// Members that are kept of a request, its folders and its collection.
#[derive(Debug, Default)]
pub(crate) struct Kept<'r> {
    /// The members of the item.
    item: Option<&'r RawValue>,
    /// The folders and the collection, as JSON for the writer behind the pipe.
    pub(crate) outer: Option<String>,
}

/// The folders and the collection around a request, as far as something is kept of them.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Outer<'a> {
    /// The folders, outermost first.
    #[serde(borrow)]
    pub(crate) folders: Vec<&'a RawValue>,
    /// The collection.
    #[serde(borrow)]
    pub(crate) collection: Option<&'a RawValue>,
}

impl<'r> Kept<'r> {
    /// Returns what a line keeps for this format.
    pub(crate) fn of(request: &'r Request<'_>, format: &str) -> Self {
        let mut kept = Self::default();
        let Some(raw) = told::member(request, "_kept") else { return kept };
        let members: HashMap<Cow<'_, str>, &RawValue> = members_of(raw).into_iter().collect();
        let is_own = members.get("format").and_then(|raw| text_of(raw)).is_some_and(|own| own == format);
        if !is_own {
            return kept;
        }
        kept.item = members.get("item").copied();
        let folders = members.get("folders").filter(|raw| raw.get().starts_with('['));
        let outer: Vec<(String, Tree)> = [("folders", folders), ("collection", members.get("collection"))]
            .into_iter()
            .filter_map(|(name, raw)| Some((name.to_owned(), Tree::parsed(raw?))))
            .collect();
        if !outer.is_empty() {
            let mut json = Vec::new();
            Tree::Map(outer).write_json(&mut json);
            kept.outer = Some(into_text(json));
        }
        kept
    }

    /// Puts the members of the item back.
    pub(crate) fn restored(&self, item: Tree) -> Tree {
        match self.item {
            Some(raw) => merged(item, Tree::parsed(raw)),
            None => item,
        }
    }
}

/// Returns a value with what is kept of it. What is written already stays.
pub(crate) fn merged(written: Tree, kept: Tree) -> Tree {
    match (written, kept) {
        (Tree::Map(mut members), Tree::Map(kept)) => {
            let mut places: HashMap<String, usize> = HashMap::new();
            for (at, (own, _)) in members.iter().enumerate() {
                places.entry(own.clone()).or_insert(at);
            }
            for (name, kept) in kept {
                match places.get(&name).and_then(|at| members.get_mut(*at)) {
                    Some((_, own)) => {
                        let value = std::mem::replace(own, Tree::List(Vec::new()));
                        *own = merged(value, kept);
                    }
                    None if SENT.contains(&name.as_str()) => {}
                    None => {
                        places.insert(name.clone(), members.len());
                        members.push((name, kept));
                    }
                }
            }
            Tree::Map(members)
        }
        (Tree::List(rows), Tree::List(kept)) => Tree::List(with_rows(rows, kept)),
        (written, _) => written,
    }
}

/// Returns rows with what is kept of those that are there, in their order.
fn with_rows(mut rows: Vec<Tree>, kept: Vec<Tree>) -> Vec<Tree> {
    let mut places: HashMap<Vec<u8>, VecDeque<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(name) = name(row) {
            places.entry(name).or_default().push_back(at);
        }
    }
    let mut next = 0;
    for kept in kept {
        let Some(found) = name(&kept).and_then(|name| places.get_mut(&name)) else { continue };
        while found.front().is_some_and(|at| *at < next) {
            found.pop_front();
        }
        let Some(at) = found.pop_front() else { continue };
        if let Some(row) = rows.get_mut(at) {
            let value = std::mem::replace(row, Tree::List(Vec::new()));
            *row = merged(value, kept);
        }
        next = at + 1;
    }
    rows
}

/// Returns the name of a row as it is meant, whatever is escaped in it.
fn name(row: &Tree) -> Option<Vec<u8>> {
    let Tree::Map(members) = row else { return None };
    let text = members.iter().find_map(|(name, value)| match value {
        Tree::Text(text) if name == "key" || name == "name" => Some(text),
        _ => None,
    });
    text.map(|text| percent_decoded(text).to_ascii_lowercase())
}
