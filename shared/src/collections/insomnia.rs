//! Insomnia's exports: version 4 in JSON, a list of resources that name their parents, and version 5 in YAML, a tree.

mod auth;
mod environment;
mod request;
mod resources;
mod tags;
mod tree;

use crate::error::Error;

use super::document::Document;
use super::node::Node;
use super::{Collection, Wrong};

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

#[cfg(test)]
mod tests;
