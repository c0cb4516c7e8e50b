//! Requests of version 3.

use super::super::node::{Fields, Node};
use super::super::part;
use super::super::table::{self, Values, rows, scripts, text_of};
use super::super::{Body, Bytes, Content, Part, Rest, Row, Rows, Target, Template, Wrong};
use super::auth;

/// Reads a request of the kind `http-request` into a template that has its name and its place.
///
/// # Errors
/// Returns the place if a member cannot be read.
pub(super) fn http(mut fields: Fields<'_>, template: &mut Template) -> Result<(), Wrong> {
    template.method = text(&mut fields, "method")?.unwrap_or_else(|| "GET".to_owned());
    template.target = target(&mut fields)?;
    if let Some(body) = fields.given("body") {
        template.body = content(body)?;
    }
    common(fields, template)
}

/// Reads a request of the kind `graphql-request`. It has no method and no rows of a query.
///
/// # Errors
/// Returns the place if a member cannot be read.
pub(super) fn graphql(mut fields: Fields<'_>, template: &mut Template) -> Result<(), Wrong> {
    "POST".clone_into(&mut template.method);
    template.target = target(&mut fields)?;
    let query = text(&mut fields, "query")?.unwrap_or_default();
    let operation = text(&mut fields, "operationName")?;
    let variables = text(&mut fields, "variables")?.filter(|text| !text.trim().is_empty());
    template.body.body = Body::GraphQl { query, operation, variables };
    common(fields, template)
}

fn common(mut fields: Fields<'_>, template: &mut Template) -> Result<(), Wrong> {
    template.headers = rows(fields.take("headers"), "key", Values::Text)?;
    template.auth = auth::of_request(fields.take("auth"))?;
    template.description = text_of(fields.take("description"))?;
    template.settings = fields.given("settings").map_or(Ok(Rest::new()), |node| Ok(node.fields()?.rest()))?;
    template.scripts = scripts(&fields, "scripts");
    template.rest = fields.rest();
    Ok(())
}

fn text(fields: &mut Fields<'_>, name: &str) -> Result<Option<String>, Wrong> {
    fields.given(name).map(Node::text).transpose()
}

fn target(fields: &mut Fields<'_>) -> Result<Target, Wrong> {
    let missing = fields.missing("url");
    let url = fields.given("url").ok_or(missing)?.text()?;
    let query = rows(fields.take("queryParams"), "key", Values::Text)?;
    let path = rows(fields.take("pathVariables"), "key", Values::Text)?;
    Ok(Target { url, query, rows: Rows::Added, path, ..Target::default() })
}

fn content(node: Node<'_>) -> Result<Content, Wrong> {
    let mut fields = node.fields()?;
    let missing = fields.missing("type");
    let kind = fields.given("type").ok_or(missing)?;
    let body = match kind.clone().text()?.as_str() {
        "none" => Body::Empty,
        language @ ("json" | "text" | "xml" | "html" | "javascript") => {
            let text = text(&mut fields, "content")?.unwrap_or_default();
            Body::Text { text, language: Some(language.to_owned()) }
        }
        "urlencoded" => Body::Form(rows(fields.take("content"), "key", Values::Text)?),
        "formdata" => part::form(fields.given("content"), part_of)?,
        "file" => file(fields.given("content"))?,
        other => return Err(kind.wrong(format!("is no type of body: {other}"))),
    };
    // A body that is switched off is sent by Postman all the same.
    Ok(Content { body, disabled: false, rest: fields.rest() })
}

fn part_of(node: Node<'_>) -> Result<Part, Wrong> {
    let mut fields = node.fields()?;
    let is_file = part::is_file(&mut fields)?;
    let content_type = text(&mut fields, "contentType")?;
    let file_name = text(&mut fields, "fileName")?;
    let source = fields.take("src");
    let row = table::row(&mut fields, "key", Values::Text)?;
    let files = if is_file { Some(part::files(source)?) } else { None };
    Ok(Part { row: Row { rest: fields.rest(), ..row }, files, content_type, file_name })
}

fn file(node: Option<Node<'_>>) -> Result<Body, Wrong> {
    let source = match node {
        None => Bytes::Missing,
        Some(node) => node.fields()?.take("src").map_or(Ok(Bytes::Missing), part::named)?,
    };
    Ok(Body::File { source, content_type: None })
}
