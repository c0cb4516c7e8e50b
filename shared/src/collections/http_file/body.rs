//! Bodies in `.http` files: text, a file, or parts that have either.

use super::super::{Body, Bytes, Part, Row, Template, Wrong};
use super::head::{Head, wrong};

type Lines<'l, 't> = &'l [(usize, &'t str)];

/// Reads the lines behind the headers. What editors do with the response is left out.
///
/// # Errors
/// Returns the line if a file is mixed with text.
pub(super) fn read(head: &mut Head, lines: Lines<'_, '_>, template: &mut Template) -> Result<(), Wrong> {
    let end = lines.iter().position(|(_, line)| is_behind(line)).unwrap_or(lines.len());
    let (mut body, behind) = lines.split_at_checked(end).unwrap_or((lines, &[]));
    if behind.iter().any(|(_, line)| line.starts_with('>') && !line.starts_with(">>")) {
        template.scripts.push("after the response".to_owned());
    }
    // Blank lines before the next request belong to nobody.
    while let Some(((_, last), before)) = body.split_last()
        && last.trim().is_empty()
    {
        body = before;
    }
    let content_type = head.header("content-type").unwrap_or_default().to_ascii_lowercase();
    template.body.body = if is_graphql(head) {
        graphql(&text(body)?)
    } else if content_type.starts_with("multipart/form-data") && body.iter().any(|(_, line)| file(line).is_some()) {
        multipart(&content_type, body)?
    } else if content_type.starts_with("multipart/") && !body.is_empty() {
        // The lines of parts end so on the wire (RFC 2046 section 4.1.1).
        Body::Text { text: text(body)?.replace('\n', "\r\n") + "\r\n", language: None }
    } else if let [(number, line)] = body
        && let Some(name) = file(line)
    {
        Body::File { source: named(name, *number)?, content_type: None }
    } else if content_type.starts_with("application/x-www-form-urlencoded") {
        // Pairs of a form stand in lines of their own, and the lines end where the pairs do.
        form(body)?
    } else if body.is_empty() {
        Body::Empty
    } else {
        Body::Text { text: text(body)?, language: None }
    };
    Ok(())
}

/// Returns true for a line that says what to do with the response.
fn is_behind(line: &str) -> bool {
    line.starts_with("> ") || line.starts_with(">>") || line.starts_with("<> ") || line.starts_with(">{%")
}

/// Returns the name of the file in a line `< ./name`. `<a>` is the beginning of XML.
fn file(line: &str) -> Option<&str> {
    let name = line.strip_prefix("<@").or_else(|| line.strip_prefix('<'))?;
    let is_name = name.starts_with([' ', '\t']) && !name.trim().is_empty();
    is_name.then_some(line)
}

fn named(line: &str, number: usize) -> Result<Bytes, Wrong> {
    if line.starts_with("<@") {
        return Err(wrong(number, "asks for a file in which variables are replaced; < alone sends it as it is"));
    }
    Ok(Bytes::Named(line.trim_start_matches('<').trim().to_owned()))
}

fn text(lines: Lines<'_, '_>) -> Result<String, Wrong> {
    if let Some((number, _)) = lines.iter().find(|(_, line)| file(line).is_some()) {
        return Err(wrong(*number, "mixes a file with text, which is read in multipart/form-data alone"));
    }
    Ok(lines.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n"))
}

fn form(lines: Lines<'_, '_>) -> Result<Body, Wrong> {
    let text = text(lines)?;
    let text: String = text.lines().map(str::trim).collect();
    Ok(if text.is_empty() { Body::Empty } else { Body::Text { text, language: None } })
}

fn is_graphql(head: &mut Head) -> bool {
    if head.method == "GRAPHQL" {
        "POST".clone_into(&mut head.method);
        return true;
    }
    let is_stated = head.header("x-request-type").is_some_and(|kind| kind.eq_ignore_ascii_case("graphql"));
    if is_stated {
        head.take("x-request-type");
    }
    is_stated
}

/// Returns a question and its variables, which stand behind a blank line.
fn graphql(text: &str) -> Body {
    let split = text.rsplit_once("\n\n").filter(|(_, variables)| variables.trim_start().starts_with('{'));
    // A question in braces alone may have blank lines too; variables are JSON.
    let is_json = |text: &&str| serde_json::from_str::<serde_json::Value>(text).is_ok() || text.contains("{{");
    match split.filter(|(_, variables)| is_json(variables)) {
        Some((query, variables)) => Body::GraphQl {
            query: query.trim().to_owned(),
            operation: None,
            variables: Some(variables.trim().to_owned()),
        },
        None => Body::GraphQl { query: text.trim().to_owned(), operation: None, variables: None },
    }
}

/// Returns the parts between the boundaries that the Content-Type names.
fn multipart(content_type: &str, lines: Lines<'_, '_>) -> Result<Body, Wrong> {
    let number = lines.first().map_or(0, |(number, _)| *number);
    let boundary = content_type.split_once("boundary=").map(|(_, rest)| rest.split(';').next().unwrap_or_default());
    let Some(boundary) = boundary.map(|text| text.trim().trim_matches('"').to_owned()).filter(|text| !text.is_empty())
    else {
        return Err(wrong(number, "has parts, and the Content-Type names no boundary"));
    };
    let is_boundary = |line: &str| {
        let name = line.trim_end().strip_prefix("--").unwrap_or_default();
        name.eq_ignore_ascii_case(&boundary)
            || name.strip_suffix("--").is_some_and(|name| name.eq_ignore_ascii_case(&boundary))
    };
    let mut parts = Vec::new();
    for piece in lines.split(|(_, line)| is_boundary(line)) {
        if piece.iter().all(|(_, line)| line.trim().is_empty()) {
            continue;
        }
        parts.push(part(piece)?);
    }
    Ok(Body::Multipart(parts))
}

fn part(lines: Lines<'_, '_>) -> Result<Part, Wrong> {
    let number = lines.first().map_or(0, |(number, _)| *number);
    let blank = lines.iter().position(|(_, line)| line.trim().is_empty()).unwrap_or(lines.len());
    let (headers, body) = lines.split_at_checked(blank).unwrap_or((lines, &[]));
    let body = body.get(1..).unwrap_or_default();
    let mut part = Part::default();
    for (_, line) in headers {
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.trim().eq_ignore_ascii_case("content-type") {
            part.content_type = Some(value.trim().to_owned());
        } else if name.trim().eq_ignore_ascii_case("content-disposition") {
            part.row = Row { name: parameter(value, "name").unwrap_or_default(), ..Row::default() };
            part.file_name = parameter(value, "filename");
        } else {
            return Err(wrong(number, "is a part with a header that is neither Content-Disposition nor Content-Type"));
        }
    }
    if part.row.name.is_empty() {
        return Err(wrong(number, "is a part without Content-Disposition: form-data; name=\"…\""));
    }
    match body.iter().filter(|(_, line)| !line.trim().is_empty()).collect::<Vec<_>>().as_slice() {
        [(number, line)] if file(line).is_some() => part.files = Some(vec![named(line, *number)?]),
        _ => part.row.value = Some(text(body)?),
    }
    Ok(part)
}

/// Returns a parameter of a header, `name="value"`.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|piece| {
        let (known, value) = piece.split_once('=')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}
