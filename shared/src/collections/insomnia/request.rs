//! Insomnia's requests, which both versions of its exports write alike.

use super::super::document::Document;
use crate::headers::essence;

use super::super::node::{Fields, Node};
use super::super::table::{self, Values, rows};
use super::super::{Body, Bytes, Content, Part, Row, Rows, Target, Template, Wrong, texts};
use super::{auth, tags};

/// Reads a request into a template that has its name and its place.
///
/// # Errors
/// Returns the place if a member cannot be read, or if it is a template that only Insomnia can run.
pub(super) fn read(mut fields: Fields<'_>, document: &Document, template: &mut Template) -> Result<(), Wrong> {
    let place = fields.place().to_owned();
    template.method =
        fields.given("method").map_or(Ok(None), |node| node.scalar())?.unwrap_or_else(|| "GET".to_owned());
    let missing = fields.missing("url");
    let url = fields.given("url").ok_or(missing)?.text()?;
    let query = parameters(fields.take("parameters"))?;
    let path = rows(fields.take("pathParameters"), "name", Values::Scalars)?;
    template.target = Target { url: with_query(&url, &query), query, rows: Rows::Repeated, path, ..Target::default() };
    template.headers = rows(fields.take("headers"), "name", Values::Scalars)?;
    template.auth = document.placed_rule(auth::rule(fields.take("authentication")));
    if let Some(node) = fields.given("body") {
        let (content, content_type) = body(node)?;
        template.body = content;
        let is_stated = |row: &Row| !row.disabled && row.name.eq_ignore_ascii_case("content-type");
        if let Some(kind) = content_type.filter(|_| !template.headers.iter().any(is_stated)) {
            template.headers.push(Row::new("Content-Type", kind));
        }
    }
    if template.description.is_none() {
        template.description = fields.given("description").map_or(Ok(None), |node| node.scalar())?;
    }
    for name in ["preRequestScript", "afterResponseScript"] {
        let code = fields.clone().given(name).and_then(|node| node.text().ok());
        template.scripts.extend(code.filter(|code| !code.trim().is_empty()).map(|_| name.to_owned()));
    }
    template.rest = fields.rest();
    let mut change = |text: &mut String| match tags::translated(text) {
        Ok(changed) => {
            *text = changed;
            Ok(())
        }
        Err(problem) => Err(Wrong { place: place.clone(), problem }),
    };
    texts::change(template, &mut change)
}

/// Returns the URL with the rows that are sent. They are added to the query that it has; none of its names goes.
fn with_query(url: &str, query: &[Row]) -> String {
    let (url, hash) = url.split_once('#').map_or((url, None), |(url, hash)| (url, Some(hash)));
    let mut out = url.to_owned();
    for row in query.iter().filter(|row| !row.disabled) {
        let is_first = !out.contains('?');
        if is_first || !out.ends_with(['?', '&']) {
            out.push(if is_first { '?' } else { '&' });
        }
        escape(&row.name, "&#=+", &mut out);
        if let Some(value) = &row.value {
            out.push('=');
            escape(value, "&#+", &mut out);
        }
    }
    if let Some(hash) = hash {
        out.push('#');
        out.push_str(hash);
    }
    out
}

/// Appends a text with these characters escaped, outside of templates.
fn escape(text: &str, escaped: &str, out: &mut String) {
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let end = match rest.get(..2) {
            Some("{{") => rest.find("}}").map(|at| at + 2),
            Some("{%") => rest.find("%}").map(|at| at + 2),
            _ => None,
        };
        if let Some((template, after)) = end.and_then(|end| rest.split_at_checked(end)) {
            out.push_str(template);
            rest = after;
            continue;
        }
        if escaped.contains(char) {
            out.push_str(&format!("%{:02X}", u32::from(char)));
        } else {
            out.push(char);
        }
        rest = rest.get(char.len_utf8()..).unwrap_or_default();
    }
}

/// Returns the rows of the query. One without a value is a name alone.
fn parameters(node: Option<Node<'_>>) -> Result<Vec<Row>, Wrong> {
    let mut rows = rows(node, "name", Values::Scalars)?;
    rows.retain(|row| !row.name.is_empty());
    Ok(rows)
}

/// Returns the body, and its type where it does not follow from the body's form.
fn body(node: Node<'_>) -> Result<(Content, Option<String>), Wrong> {
    let mut fields = node.fields()?;
    let kind = fields.given("mimeType").map_or(Ok(None), |node| node.optional_text())?.filter(|kind| !kind.is_empty());
    let text = fields.given("text").map_or(Ok(None), |node| node.optional_text())?;
    let file = fields.given("fileName").map_or(Ok(None), |node| node.optional_text())?;
    let bare = kind.as_deref().map(essence);
    let (body, content_type) = match bare.as_deref() {
        Some("application/x-www-form-urlencoded") => {
            (Body::Form(rows(fields.take("params"), "name", Values::Scalars)?), None)
        }
        Some("multipart/form-data") => (Body::Multipart(parts(fields.given("params"))?), None),
        _ if file.as_deref().is_some_and(|file| !file.is_empty()) => {
            (Body::File { source: Bytes::Named(file.unwrap_or_default()), content_type: kind.clone() }, kind)
        }
        // The text of a question is JSON with the question in it.
        Some("application/graphql") => (json(text), Some("application/json".to_owned())),
        _ => match text.filter(|text| !text.is_empty()) {
            None => (Body::Empty, None),
            Some(text) => (Body::Text { text, language: None }, kind),
        },
    };
    Ok((Content { body, disabled: false, rest: fields.rest() }, content_type))
}

fn json(text: Option<String>) -> Body {
    text.map_or(Body::Empty, |text| Body::Text { text, language: Some("json".to_owned()) })
}

fn parts(node: Option<Node<'_>>) -> Result<Vec<Part>, Wrong> {
    let part = |node: Node<'_>| {
        let mut fields = node.fields()?;
        let kind = fields.given("type").map_or(Ok(None), |node| node.optional_text())?;
        let file = fields.given("fileName").map_or(Ok(None), |node| node.optional_text())?;
        let row = table::row(&mut fields, "name", Values::Scalars)?;
        let is_file = kind.as_deref() == Some("file");
        let named = || file.filter(|name| !name.is_empty()).map_or(Bytes::Missing, Bytes::Named);
        let files = is_file.then(|| vec![named()]);
        Ok(Part { row: Row { rest: fields.rest(), ..row }, files, ..Part::default() })
    };
    node.map_or(Ok(Vec::new()), Node::list)?.into_iter().map(part).collect()
}
