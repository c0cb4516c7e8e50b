//! Postman's request: text, which is the URL of a GET, or an object.

use super::super::node::Node;
use super::super::table::text_of;
use super::super::{Row, Target, Template, Wrong};
use super::row::row;
use super::{auth, body, url};

/// Reads a request into a template that has its name and its place already.
///
/// # Errors
/// Returns the place if something cannot be read.
pub fn request(node: Node<'_>, template: &mut Template) -> Result<(), Wrong> {
    "GET".clone_into(&mut template.method);
    if node.is_text() {
        template.target = Target { url: node.text()?, ..Target::default() };
        return Ok(());
    }
    let missing = |name: &str| {
        let place = if node.place().is_empty() { name.to_owned() } else { format!("{}.{name}", node.place()) };
        Wrong { place, problem: "is missing".to_owned() }
    };
    let no_url = missing("url");
    let mut fields = node.fields()?;
    if let Some(method) = fields.given("method") {
        template.method = method.text()?;
    }
    template.target = url::target(fields.given("url").ok_or(no_url)?)?;
    template.headers = fields.given("header").map_or(Ok(Vec::new()), headers)?;
    template.body = fields.given("body").map_or(Ok(Default::default()), body::content)?;
    template.auth = auth::rule(fields.take("auth"));
    template.description = text_of(fields.take("description"))?;
    template.inner = fields.rest();
    Ok(())
}

/// Reads headers, which are a list of rows or text.
fn headers(node: Node<'_>) -> Result<Vec<Row>, Wrong> {
    if node.is_text() {
        return Ok(header_lines(&node.text()?));
    }
    let mut headers = Vec::new();
    for element in node.list()? {
        if element.is_null() {
            continue;
        }
        if element.is_text() {
            headers.extend(header_lines(&element.text()?));
        } else {
            headers.push(row(element)?);
        }
    }
    Ok(headers)
}

/// Returns the rows of headers that are written as text, a line each. A line that is indented goes on with the one before
/// it (RFC 9112 section 5.2).
#[must_use]
pub fn header_lines(text: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in text.split('\n').map(|line| line.trim_end_matches('\r')) {
        let is_continued = line.starts_with([' ', '\t']);
        match (rows.last_mut().and_then(|row| row.value.as_mut()), line.split_once(':')) {
            (Some(value), _) if is_continued => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, Some((name, value))) => rows.push(Row::new(name.trim(), value.trim())),
            // A line without a colon is no header to Postman's programs.
            (_, None) => {}
        }
    }
    rows
}
