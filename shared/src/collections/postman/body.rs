//! Postman's bodies by their mode.

use serde_json::value::RawValue;

use crate::json::{into_text, write_map, write_raw};

use super::super::node::{Fields, Node, members};
use super::super::part::{files, named};
use super::super::query::pairs;
use super::super::table::spelled;
use super::super::{Body, Bytes, Content, Part, Row, Wrong};
use super::row::{row, row_of};

/// Reads a body.
///
/// # Errors
/// Returns the place if something cannot be read.
pub(super) fn content(node: Node<'_>) -> Result<Content, Wrong> {
    let mut fields = node.fields()?;
    let disabled = fields.given("disabled").map_or(Ok(false), |node| node.flag())?;
    let Some(mode) = fields.given("mode").map(Node::text).transpose()? else {
        return Ok(Content { body: Body::Empty, disabled, rest: fields.rest() });
    };
    let body = match mode.as_str() {
        "urlencoded" => fields.given("urlencoded").map_or(Ok(Body::Empty), form)?,
        "formdata" => fields.given("formdata").map_or(Ok(Body::Empty), multipart)?,
        // What else they have stays among the members that are passed on.
        "file" => fields.clone().given("file").map_or(Ok(Body::Empty), file)?,
        "graphql" => fields.clone().given("graphql").map_or(Ok(Body::Empty), graphql)?,
        // Postman's programs take a mode that they do not know for raw.
        _ => raw(&mut fields)?,
    };
    let mut rest = fields.rest();
    for (name, value) in rest.iter_mut().filter(|(name, _)| *name == mode) {
        *value = without_body(name, value);
    }
    rest.retain(|(name, value)| *name != mode || value.get() != "{}");
    Ok(Content { body, disabled, rest })
}

/// Returns the members of a file or a question that are no part of the body.
fn without_body(mode: &str, value: &RawValue) -> Box<RawValue> {
    let known: &[&str] = if mode == "file" { &["src", "content"] } else { &["query", "operationName", "variables"] };
    let mut left = members(value);
    left.retain(|(name, _)| !known.contains(&name.as_str()));
    let mut json = Vec::new();
    write_map(left.iter().map(|(name, raw)| (name.as_str(), raw)), &mut json, |raw, out| write_raw(raw.get(), out));
    RawValue::from_string(into_text(json)).unwrap_or_else(|_| value.to_owned())
}

fn raw(fields: &mut Fields<'_>) -> Result<Body, Wrong> {
    let Some(raw) = fields.given("raw") else { return Ok(Body::Empty) };
    Ok(Body::Text { text: spelled(&raw), language: language(fields)? })
}

/// Returns `options.raw.language`. The member itself is passed on.
fn language(fields: &Fields<'_>) -> Result<Option<String>, Wrong> {
    let Some(options) = fields.clone().given("options") else { return Ok(None) };
    let Some(raw) = options.fields()?.given("raw") else { return Ok(None) };
    raw.fields()?.given("language").map_or(Ok(None), |node| node.optional_text())
}

fn form(node: Node<'_>) -> Result<Body, Wrong> {
    if node.is_text() {
        return Ok(Body::Form(pairs(&node.text()?)));
    }
    let rows: Vec<Row> =
        node.list()?.into_iter().filter(|node| !node.is_null()).map(row).collect::<Result<_, Wrong>>()?;
    Ok(Body::Form(rows))
}

fn multipart(node: Node<'_>) -> Result<Body, Wrong> {
    let parts: Vec<Part> =
        node.list()?.into_iter().filter(|node| !node.is_null()).map(part).collect::<Result<_, Wrong>>()?;
    Ok(Body::Multipart(parts))
}

fn part(node: Node<'_>) -> Result<Part, Wrong> {
    let mut fields = node.fields()?;
    let kind = fields.given("type").map_or(Ok(None), |node| node.optional_text())?;
    let source = fields.take("src");
    let content_type = fields.given("contentType").map_or(Ok(None), |node| node.scalar())?;
    let file_name = fields.given("fileName").map_or(Ok(None), |node| node.scalar())?;
    // Postman writes a part's value as an object where a program of the user's did.
    let object = fields.clone().take("value").filter(|value| value.is_object() || value.is_list());
    if object.is_some() {
        fields.take("value");
    }
    let mut row = row_of(&mut fields)?;
    row.value = object.map(|value| spelled(&value)).or(row.value);
    let is_file = match kind.as_deref() {
        Some("file") => true,
        Some(_) => false,
        None => source.as_ref().is_some_and(|source| !source.is_null()),
    };
    let files = if is_file { Some(sources(source, &mut row)?) } else { None };
    row.rest = fields.rest();
    Ok(Part { row, files, content_type, file_name })
}

/// Returns the files of a part: the names in `src`, or bytes in base64 in the part's value.
fn sources(source: Option<Node<'_>>, row: &mut Row) -> Result<Vec<Bytes>, Wrong> {
    let Some(source) = source.filter(|source| !source.is_null()) else {
        return Ok(vec![row.value.take().map_or(Bytes::Missing, Bytes::Held)]);
    };
    files(Some(source))
}

fn file(node: Node<'_>) -> Result<Body, Wrong> {
    if node.is_text() {
        return Ok(Body::File { source: named(node)?, content_type: None });
    }
    let mut fields = node.fields()?;
    let source = match (fields.given("src"), fields.given("content")) {
        (Some(source), _) => named(source)?,
        (None, Some(content)) => Bytes::Held(content.text()?),
        (None, None) => Bytes::Missing,
    };
    Ok(Body::File { source, content_type: None })
}

fn graphql(node: Node<'_>) -> Result<Body, Wrong> {
    if node.is_text() {
        return Ok(Body::GraphQl { query: node.text()?, operation: None, variables: None });
    }
    let mut fields = node.fields()?;
    let query = fields.given("query").map_or(Ok(None), |node| node.scalar())?.unwrap_or_default();
    let operation = fields.given("operationName").map_or(Ok(None), |node| node.scalar())?;
    let variables = fields.given("variables").map(|node| spelled(&node)).filter(|text| !text.trim().is_empty());
    Ok(Body::GraphQl { query, operation, variables })
}
