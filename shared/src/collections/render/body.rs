//! The bytes of a body, and the type that goes with them.

use base64::Engine as _;
use serde_json::Value;

use crate::encode;
use crate::error::{Error, Field, Problem};
use crate::headers::essence;
use crate::json::write_text;
use crate::multipart;
use crate::variables::Resolver;

use super::super::{Body, Bytes, Dialect, Part, Row, Template};
use super::files::Home;
use super::made::{Made, text};
use super::types;

/// Makes the body of a request; `stated` is the Content-Type that its headers state.
///
/// # Errors
/// Returns [`Error::Variable`] if a variable cannot be replaced, and the error of [`Home`] if a file cannot be read.
pub(super) fn made(
    template: &Template,
    dialect: Dialect,
    stated: Option<&str>,
    texts: &Resolver<'_>,
    home: &Home,
) -> Result<Made, Error> {
    let made = match &template.body.body {
        Body::Empty => Ok(Made::default()),
        Body::Text { text, language } => plain(text, language.as_deref(), (stated, dialect), texts),
        Body::Form(rows) => form(rows, dialect, texts),
        Body::Multipart(parts) => multipart(parts, stated, texts, home),
        Body::File { source, content_type } => file(source, content_type.as_deref(), texts, home),
        Body::GraphQl { query, operation, variables } => {
            graphql(query, operation.as_deref(), variables.as_deref(), texts)
        }
    }?;
    // A `.http` file says all headers itself.
    let is_bare = dialect == Dialect::HttpFile && matches!(template.body.body, Body::Text { .. } | Body::File { .. });
    Ok(if is_bare { Made { content_type: None, ..made } } else { made })
}

fn of(bytes: Vec<u8>, content_type: impl Into<String>) -> Made {
    Made { bytes: Some(bytes), content_type: Some(content_type.into()), warnings: Vec::new() }
}

fn body<'t>(texts: &Resolver<'_>, template: &'t str) -> Result<std::borrow::Cow<'t, str>, Error> {
    text(texts, Field::Body, template)
}

fn plain(
    template: &str,
    language: Option<&str>,
    (stated, dialect): (Option<&str>, Dialect),
    texts: &Resolver<'_>,
) -> Result<Made, Error> {
    // Comments go first: a name within one need not resolve, and a value is not looked into.
    let has_comments = matches!(dialect, Dialect::Postman | Dialect::PostmanFolder | Dialect::OpenCollection);
    let is_json = has_comments
        && match (language, stated) {
            (Some(language), _) => language == "json",
            (None, Some(stated)) => is_json_type(stated),
            (None, None) => false,
        };
    let template = if is_json { without_comments(template) } else { template.into() };
    // Bruno takes the blanks around JSON away.
    let template = if is_json && dialect == Dialect::OpenCollection { template.trim() } else { &template };
    let text = body(texts, template)?;
    if text.is_empty() {
        return Ok(Made::default());
    }
    let content_type = match language {
        Some("json") => "application/json",
        Some("xml") => "application/xml",
        Some("html") => "text/html",
        Some("javascript") => "application/javascript",
        Some("sparql") => "application/sparql-query",
        _ => "text/plain",
    };
    Ok(of(text.into_owned().into_bytes(), content_type))
}

fn is_json_type(value: &str) -> bool {
    let kind = essence(value);
    kind == "application/json" || kind.ends_with("+json")
}

/// Removes the comments that Postman and Bruno allow in JSON. Line breaks stay.
fn without_comments(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("//") && !text.contains("/*") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['"', '/']) {
        let (before, here) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let length = if here.starts_with('"') {
            let length = string_length(here);
            out.push_str(here.get(..length).unwrap_or_default());
            length
        } else if here.starts_with("//") {
            here.find(['\n', '\r']).unwrap_or(here.len())
        } else if here.starts_with("/*") {
            // Without its end, this is no comment.
            match here.get(2..).and_then(|comment| comment.find("*/")) {
                Some(end) => end + 4,
                None => {
                    out.push_str(here);
                    here.len()
                }
            }
        } else {
            out.push('/');
            1
        };
        rest = here.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out.into()
}

/// Returns the length of a JSON string with its quotes.
fn string_length(text: &str) -> usize {
    let mut bytes = text.bytes().enumerate().skip(1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return at + 1,
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
    text.len()
}

fn form(rows: &[Row], dialect: Dialect, texts: &Resolver<'_>) -> Result<Made, Error> {
    let mut out = String::new();
    for row in rows.iter().filter(|row| !row.disabled) {
        if !out.is_empty() {
            out.push('&');
        }
        for (before, template) in [("", row.name.as_str()), ("=", row.value.as_deref().unwrap_or_default())] {
            out.push_str(before);
            let value = body(texts, template)?;
            match dialect {
                Dialect::OpenCollection => encode::form(&mut out, &value),
                _ => encode::percent(&mut out, value.as_bytes(), &encode::UNRESERVED),
            }
        }
    }
    if out.is_empty() {
        return Ok(Made::default());
    }
    Ok(of(out.into_bytes(), "application/x-www-form-urlencoded"))
}

fn multipart(parts: &[Part], stated: Option<&str>, texts: &Resolver<'_>, home: &Home) -> Result<Made, Error> {
    let (mut written, mut warnings) = (Vec::new(), Vec::new());
    for part in parts.iter().filter(|part| !part.row.disabled) {
        let name = body(texts, &part.row.name)?.into_owned();
        let content_type = part.content_type.as_deref().filter(|text| !text.is_empty());
        let content_type = content_type.map(|text| body(texts, text)).transpose()?.map(std::borrow::Cow::into_owned);
        let Some(files) = &part.files else {
            let content = body(texts, part.row.value.as_deref().unwrap_or_default())?.into_owned().into_bytes();
            written.push(multipart::Part { name, filename: None, content_type, content });
            continue;
        };
        let given = part.file_name.as_deref().filter(|text| !text.is_empty()).map(|text| body(texts, text));
        let given = given.transpose()?.map(std::borrow::Cow::into_owned);
        for source in files {
            let Some((content, file)) = bytes(source, texts, home)? else {
                warnings.push(format!("the part \"{name}\" has no file and is left out"));
                continue;
            };
            let filename = given.clone().or_else(|| file.map(|file| base_name(&file).to_owned()));
            let by_name = || types::by_name(filename.as_deref().unwrap_or_default()).to_owned();
            let content_type = Some(content_type.clone().unwrap_or_else(by_name));
            written.push(multipart::Part { name: name.clone(), filename, content_type, content });
        }
    }
    if written.is_empty() {
        return Ok(Made { warnings, ..Made::default() });
    }
    let media_type = stated.and_then(|value| value.split(';').next()).map(str::trim);
    let media_type = media_type.filter(|kind| kind.to_ascii_lowercase().starts_with("multipart/"));
    let media_type = media_type.unwrap_or(multipart::FORM_DATA);
    let (content, content_type) = match stated.and_then(boundary) {
        Some(boundary) => {
            let content = multipart::with_boundary(&written, media_type, &boundary);
            (content, stated.unwrap_or_default().to_owned())
        }
        None => {
            let (content, boundary) = multipart::body(&written, media_type);
            (content, format!("{media_type}; boundary={boundary}"))
        }
    };
    Ok(Made { warnings, ..of(content, content_type) })
}

/// Returns the boundary that a Content-Type names (RFC 2046 section 5.1.1).
fn boundary(stated: &str) -> Option<String> {
    let mut parameters = stated.split(';').map(str::trim);
    if !parameters.next()?.to_ascii_lowercase().starts_with("multipart/") {
        return None;
    }
    let value = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"').to_owned())
    });
    value.filter(|value| !value.is_empty())
}

fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The bytes of a source, and the name of the file that they come from.
type Content = (Vec<u8>, Option<String>);

/// Returns the content of a source, or `None` if nothing was chosen.
fn bytes(source: &Bytes, texts: &Resolver<'_>, home: &Home) -> Result<Option<Content>, Error> {
    match source {
        Bytes::Missing => Ok(None),
        Bytes::Named(name) => {
            let name = body(texts, name)?.into_owned();
            Ok(Some((home.read(&name)?, Some(name))))
        }
        Bytes::Held(text) => {
            let text = body(texts, text)?;
            let bytes = encode::BASE64_READ.decode(text.trim());
            let bytes = bytes.map_err(|_| Error::request(Field::Body, Problem::NotBase64))?;
            Ok(Some((bytes, None)))
        }
    }
}

fn file(source: &Bytes, content_type: Option<&str>, texts: &Resolver<'_>, home: &Home) -> Result<Made, Error> {
    let Some((content, name)) = bytes(source, texts, home)? else {
        let warnings = vec!["the body has no file and is left out".to_owned()];
        return Ok(Made { warnings, ..Made::default() });
    };
    let content_type = match content_type {
        Some(content_type) => Some(body(texts, content_type)?.into_owned()),
        // Bytes that the collection holds have no name that could tell their type.
        None => name.as_deref().map(|name| types::by_name(name).to_owned()),
    };
    Ok(Made { bytes: Some(content), content_type, warnings: Vec::new() })
}

/// Returns the JSON of a GraphQL request, in the order in which Postman writes it.
fn graphql(query: &str, operation: Option<&str>, variables: Option<&str>, texts: &Resolver<'_>) -> Result<Made, Error> {
    let mut out = b"{\"query\":".to_vec();
    write_text(&body(texts, query)?, &mut out);
    if let Some(operation) = operation {
        out.extend_from_slice(b",\"operationName\":");
        write_text(&body(texts, operation)?, &mut out);
    }
    if let Some(variables) = variables {
        let variables = body(texts, variables)?;
        // The text goes in as it is, so it must be what JSON allows there.
        if serde_json::from_str::<Value>(&variables).is_err() {
            return Err(Error::Failed("the variables of the GraphQL request are not JSON".to_owned()));
        }
        out.extend_from_slice(b",\"variables\":");
        out.extend_from_slice(variables.trim().as_bytes());
    }
    out.push(b'}');
    Ok(of(out, "application/json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_removed_outside_of_strings() {
        for (text, expected) in [
            ("{\"a\": 1} // x\n", "{\"a\": 1} \n"),
            ("{/* \" */\"a\": \"// \\\" /* */\"}", "{\"a\": \"// \\\" /* */\"}"),
            ("{\"u\": \"http://h/\"}", "{\"u\": \"http://h/\"}"),
            ("1 / 2 /* open", "1 / 2 /* open"),
            ("\"open // x", "\"open // x"),
            ("/**/1/*/*/2", "12"),
        ] {
            assert_eq!(without_comments(text), expected, "{text}");
        }
    }

    #[test]
    fn a_boundary_is_read_from_a_multipart_type_alone() {
        assert_eq!(boundary("multipart/form-data; boundary=\"a b\"").as_deref(), Some("a b"));
        assert_eq!(boundary("Multipart/Mixed;charset=x; BOUNDARY=q").as_deref(), Some("q"));
        assert_eq!(boundary("multipart/form-data; boundary="), None);
        assert_eq!(boundary("text/plain; boundary=q"), None);
    }
}
