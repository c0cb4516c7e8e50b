//! The parts of forms, as Postman's and Bruno's folders both write them.

use super::node::{Fields, Node};
use super::{Body, Bytes, Part, Wrong};

/// Returns a form of the parts in a list.
pub(super) fn form(node: Option<Node<'_>>, part: fn(Node<'_>) -> Result<Part, Wrong>) -> Result<Body, Wrong> {
    let nodes = node.map_or(Ok(Vec::new()), Node::list)?;
    Ok(Body::Multipart(nodes.into_iter().map(part).collect::<Result<_, _>>()?))
}

/// Takes the `type` out of a part, and returns true if it is a file.
pub(super) fn is_file(fields: &mut Fields<'_>) -> Result<bool, Wrong> {
    let Some(kind) = fields.given("type") else { return Ok(false) };
    match kind.clone().text()?.as_str() {
        "file" => Ok(true),
        "text" => Ok(false),
        _ => Err(kind.wrong("is neither text nor file")),
    }
}

/// Returns the files of a part. A name alone stands for a list of one.
pub(super) fn files(node: Option<Node<'_>>) -> Result<Vec<Bytes>, Wrong> {
    let Some(node) = node else { return Ok(vec![Bytes::Missing]) };
    if node.is_list() { node.list()?.into_iter().map(named).collect() } else { Ok(vec![named(node)?]) }
}

/// Returns the file of a name. An empty one names none.
pub(super) fn named(node: Node<'_>) -> Result<Bytes, Wrong> {
    Ok(node.optional_text()?.filter(|name| !name.is_empty()).map_or(Bytes::Missing, Bytes::Named))
}
