//! Bodies of operations, made of examples.

use super::super::node::{Fields, Node};
use super::super::{Body, Bytes, Part, Row, Wrong};
use super::example;
use super::reference::References;
use super::sample::Sample;

/// The variable that stands for a body that is required and has no example.
const UNKNOWN: &str = "{{requestBody}}";

/// Returns the body, and its Content-Type where it does not follow from the body's form.
///
/// # Errors
/// Returns the place if a member cannot be read.
pub(super) fn read<'a>(node: Node<'a>, references: &References<'a>) -> Result<(Body, Option<String>), Wrong> {
    let mut fields = node.fields()?;
    let required = fields.given("required").map_or(Ok(false), |node| node.flag())?;
    let Some(content) = fields.given("content") else { return Ok((Body::Empty, None)) };
    let media: Vec<_> = content.fields()?.all().collect();
    let rank = |kind: &str| match kind {
        "application/json" => 0,
        kind if is_json(kind) => 1,
        "application/x-www-form-urlencoded" => 2,
        "multipart/form-data" => 3,
        kind if kind.contains('*') => 5,
        _ => 4,
    };
    let Some((kind, node)) = media.into_iter().min_by_key(|(kind, _)| rank(kind)) else {
        return Ok((Body::Empty, None));
    };
    let mut media = references.followed(node)?.fields()?;
    let example = example::of(&mut media, references)?;
    let open = || if required { unknown(&kind) } else { (Body::Empty, None) };
    Ok(match (&*kind, example) {
        ("application/x-www-form-urlencoded", Some(Sample::Map(map))) => (Body::Form(rows(map)), None),
        ("multipart/form-data", example) => match (example, files(&mut media, references)?) {
            (None, files) if files.is_empty() => open(),
            (example, files) => (Body::Multipart(parts(example, files)), None),
        },
        (kind, Some(example)) if is_json(kind) => {
            let language = Some("json".to_owned());
            (Body::Text { text: json(&example), language }, Some(kind.to_owned()))
        }
        (kind, Some(Sample::Text(text))) if !kind.contains('*') => {
            (Body::Text { text, language: None }, Some(kind.to_owned()))
        }
        _ => open(),
    })
}

fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind == "application/json" || kind.ends_with("+json")
}

/// Returns the body of a description that gives none: a variable, which has to be given.
fn unknown(kind: &str) -> (Body, Option<String>) {
    let content_type = (!kind.contains('*')).then(|| kind.to_owned());
    (Body::Text { text: UNKNOWN.to_owned(), language: None }, content_type)
}

/// Returns JSON. An example for a body of JSON may be written as the text of it.
fn json(example: &Sample) -> String {
    match example {
        Sample::Text(text) if text.trim_start().starts_with(['{', '[']) => text.clone(),
        other => other.json(),
    }
}

fn rows(map: Vec<(String, Sample)>) -> Vec<Row> {
    let of = |(name, value): (String, Sample)| match value {
        Sample::List(list) => list.iter().map(|value| Row::new(name.as_str(), value.text())).collect(),
        value => vec![Row::new(name, value.text())],
    };
    map.into_iter().flat_map(of).collect()
}

/// Returns the names of the properties whose values are files.
fn files<'a>(media: &mut Fields<'a>, references: &References<'a>) -> Result<Vec<String>, Wrong> {
    let Some(schema) = media.given("schema") else { return Ok(Vec::new()) };
    let Some(properties) = references.followed(schema)?.fields()?.given("properties") else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for (name, node) in properties.fields()?.all() {
        let node = references.followed(node)?;
        if !node.is_object() {
            continue;
        }
        let mut property = node.fields()?;
        let format = property.given("format").map_or(Ok(None), |node| node.scalar())?;
        if format.as_deref() == Some("binary") || property.has("contentMediaType") {
            files.push(name.into_owned());
        }
    }
    Ok(files)
}

/// Returns the parts of a form. A file has no example in a description, so that its name is a variable.
fn parts(example: Option<Sample>, files: Vec<String>) -> Vec<Part> {
    let members = match example {
        Some(Sample::Map(map)) => map,
        _ => Vec::new(),
    };
    let values = members.into_iter().filter(|(name, _)| !files.contains(name));
    let mut parts: Vec<Part> =
        values.map(|(name, value)| Part { row: Row::new(name, value.text()), ..Part::default() }).collect();
    for name in files {
        let file = Bytes::Named(format!("{{{{{name}}}}}"));
        let row = Row { name, ..Row::default() };
        parts.push(Part { row, files: Some(vec![file]), ..Part::default() });
    }
    parts
}
