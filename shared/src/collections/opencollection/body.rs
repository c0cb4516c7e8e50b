//! Bodies of `OpenCollection`.

use super::super::node::{Fields, Node};
use super::super::part;
use super::super::table::{self, Values, rows};
use super::super::{Body, Bytes, Content, Part, Row, Wrong};

/// Reads the body of an HTTP request.
///
/// # Errors
/// Returns the place if a member cannot be read.
pub(super) fn http(node: Option<Node<'_>>) -> Result<Content, Wrong> {
    let Some(node) = node.map(chosen).transpose()?.flatten() else { return Ok(Content::default()) };
    let mut fields = node.fields()?;
    let missing = fields.missing("type");
    let kind = fields.given("type").ok_or(missing)?;
    let body = match kind.clone().text()?.as_str() {
        "none" => Body::Empty,
        language @ ("json" | "text" | "xml" | "sparql") => text(&mut fields, language)?,
        "form-urlencoded" => Body::Form(rows(fields.take("data"), "name", Values::Scalars)?),
        "multipart-form" => part::form(fields.given("data"), part_of)?,
        "file" => file(fields.given("data"))?,
        other => return Err(kind.wrong(format!("is no type of body: {other}"))),
    };
    Ok(Content { body, disabled: false, rest: fields.rest() })
}

/// Reads the body of a question in GraphQL. Variables that are absent are sent as `{}`.
///
/// # Errors
/// Returns the place if a member cannot be read.
pub(super) fn graphql(node: Option<Node<'_>>) -> Result<Content, Wrong> {
    let mut content = Content::default();
    let (mut query, mut variables) = (String::new(), None);
    if let Some(node) = node.map(chosen).transpose()?.flatten() {
        let mut fields = node.fields()?;
        query = fields.given("query").map_or(Ok(None), |node| node.optional_text())?.unwrap_or_default();
        variables = fields.given("variables").map(|node| table::spelled(&node));
        content.rest = fields.rest();
    }
    let variables = variables.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| "{}".to_owned());
    content.body = Body::GraphQl { query, operation: None, variables: Some(variables) };
    Ok(content)
}

/// Returns the body that is chosen of a list of variants, `[{title, selected, body}]`.
fn chosen(node: Node<'_>) -> Result<Option<Node<'_>>, Wrong> {
    if !node.is_list() {
        return Ok(Some(node));
    }
    for variant in node.list()? {
        let mut variant = variant.fields()?;
        if variant.given("selected").map_or(Ok(false), |node| node.flag())? {
            return Ok(variant.given("body"));
        }
    }
    Ok(None)
}

fn text(fields: &mut Fields<'_>, language: &str) -> Result<Body, Wrong> {
    let Some(data) = fields.given("data") else { return Ok(Body::Empty) };
    let text = data.text()?;
    Ok(if text.trim().is_empty() && language == "json" {
        Body::Empty
    } else {
        Body::Text { text, language: Some(language.to_owned()) }
    })
}

fn part_of(node: Node<'_>) -> Result<Part, Wrong> {
    let mut fields = node.fields()?;
    let is_file = part::is_file(&mut fields)?;
    let content_type = fields.given("contentType").map_or(Ok(None), |node| node.optional_text())?;
    let content_type = content_type.filter(|text| !text.is_empty());
    let files = if is_file { Some(part::files(fields.take("value"))?) } else { None };
    let row = table::row(&mut fields, "name", Values::Scalars)?;
    Ok(Part { row: Row { rest: fields.rest(), ..row }, files, content_type, file_name: None })
}

fn file(node: Option<Node<'_>>) -> Result<Body, Wrong> {
    for node in node.map_or(Ok(Vec::new()), Node::list)? {
        let mut file = node.fields()?;
        if file.given("selected").map_or(Ok(false), |node| node.flag())? {
            let source = file.take("filePath").map_or(Ok(Bytes::Missing), part::named)?;
            let content_type = file.given("contentType").map_or(Ok(None), |node| node.optional_text())?;
            return Ok(Body::File { source, content_type: content_type.filter(|text| !text.is_empty()) });
        }
    }
    Ok(Body::Empty)
}
