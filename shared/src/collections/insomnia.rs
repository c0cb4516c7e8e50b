//! Insomnia's exports: version 4 in JSON, a list of resources that name their parents, and version 5 in YAML, a tree.

mod auth;
mod request;
mod resources;
mod tags;
mod tree;

use serde_json::Value;

use crate::error::Error;

use super::document::Document;
use super::node::Node;
use super::{Collection, Variable, Wrong, texts};

/// Reads an export. The base environment gives the collection's variables.
///
/// # Errors
/// Returns [`Error::Json`] or [`Error::Unfinished`] if the text begins as JSON and is none, and [`Error::Place`] if it is no
/// YAML or no export. A request that cannot be read is an [`Item::Broken`](super::Item::Broken).
pub fn read(text: &str) -> Result<Collection, Error> {
    let document = Document::read(text)?;
    let node = document.node()?;
    Ok(root(&node, &document).map_err(|wrong| document.placed(wrong))?)
}

fn root(node: &Node<'_>, document: &Document) -> Result<Collection, Wrong> {
    let mut fields = node.clone().fields()?;
    if fields.has("resources") {
        return resources::read(fields, document);
    }
    if fields.has("collection") {
        return tree::read(fields, document);
    }
    match fields.given("type").map_or(Ok(None), |node| node.optional_text())? {
        Some(kind) if kind.ends_with("insomnia.rest/5.0") => {
            Err(node.wrong("is an export of Insomnia without a collection"))
        }
        _ => Err(node.wrong("is not an export of Insomnia: it has neither resources nor a collection")),
    }
}

/// Returns the variables of an environment. What lies within an object is named by a path, `auth.token`.
fn variables(node: Option<Node<'_>>) -> Result<Vec<Variable>, Wrong> {
    let Some(node) = node.filter(|node| !node.is_null()) else { return Ok(Vec::new()) };
    if !node.is_object() {
        return Err(node.wrong("is not an object"));
    }
    let place = node.place().to_owned();
    let mut data = serde_json::from_str(node.raw().get()).map_err(|_| node.wrong("is nested too deeply"))?;
    // A tag in a variable that no request needs is nobody's error, so that it stays as it is.
    let mut change = |text: &mut String| {
        if let Ok(changed) = tags::translated(text) {
            *text = changed;
        }
        Ok(())
    };
    texts::value(&mut data, &mut change).map_err(|wrong: Wrong| Wrong { place, ..wrong })?;
    let mut variables = Vec::new();
    flatten("", data, &mut variables);
    Ok(variables)
}

fn flatten(path: &str, value: Value, variables: &mut Vec<Variable>) {
    let dot = if path.is_empty() { "" } else { "." };
    match value {
        Value::Object(map) => {
            if !path.is_empty() {
                variables.push(variable(path, Value::Object(map.clone()).to_string()));
            }
            for (name, value) in map {
                flatten(&format!("{path}{dot}{name}"), value, variables);
            }
        }
        Value::Array(list) => {
            variables.push(variable(path, Value::Array(list.clone()).to_string()));
            for (index, value) in list.into_iter().enumerate() {
                flatten(&format!("{path}[{index}]"), value, variables);
            }
        }
        Value::String(text) => variables.push(variable(path, text)),
        other => variables.push(variable(path, other.to_string())),
    }
}

fn variable(name: &str, value: String) -> Variable {
    Variable { name: name.to_owned(), value, ..Variable::default() }
}

#[cfg(test)]
mod tests;
