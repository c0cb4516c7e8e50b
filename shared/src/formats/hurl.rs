//! Entries of Hurl files (hurl.dev/docs/grammar.html). A body arrives byte for byte; Hurl adds `User-Agent` and `Accept`
//! to a request that has none.

use base64::Engine as _;

use crate::encode;
use crate::error::{Error, Field, Problem};
use crate::pipe::Frame;
use crate::request::Request;

/// The frame of the format: a blank line between entries.
pub(crate) const FRAME: Frame = Frame { head: "", between: "\n", tail: "" };

/// Appends an entry.
///
/// # Errors
/// Returns [`Problem::NotFor`] if the method is not all capital letters, as Hurl's methods are.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    if !request.method.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(Error::request(
            Field::Method,
            Problem::NotFor { program: "hurl", how: ": its methods are capital letters" },
        ));
    }
    let mut text = format!("{} ", request.method);
    push_value(request.url.as_str(), &mut text);
    text.push('\n');
    for header in &request.headers {
        push_key(&header.name, &mut text);
        text.push(':');
        // libcurl, which Hurl uses, drops a header of white space alone.
        if !header.value.trim_matches([' ', '\t']).is_empty() {
            text.push(' ');
            push_value(&header.value, &mut text);
        }
        text.push('\n');
    }
    // Hurl would resolve dot segments, which were signed as they are.
    if request.url.path().split('/').any(|segment| segment == "." || segment == "..") {
        text.push_str("[Options]\npath-as-is: true\n");
    }
    match request.body.bytes() {
        None | Some([]) => {}
        Some(body) => push_body(body, &mut text),
    }
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// Appends a name. Characters other than letters, digits and a few signs are escaped.
fn push_key(name: &str, text: &mut String) {
    for c in name.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' | '.' | '$' => text.push(c),
            _ => push_code(c, text),
        }
    }
}

/// Appends a value that goes to the end of the line. Spaces at its ends are escaped, since Hurl drops them, and so is `#`,
/// which starts a comment.
fn push_value(value: &str, text: &mut String) {
    let start = value.len() - value.trim_start_matches(' ').len();
    let end = value.trim_end_matches(' ').len();
    let mut previous = ' ';
    for (at, c) in value.char_indices() {
        match c {
            '#' => text.push_str("\\#"),
            ' ' if at < start || at >= end => push_code(c, text),
            _ => push_escaped(c, previous, text),
        }
        previous = c;
    }
}

/// Appends a character with the escapes that are needed everywhere: backslashes, control characters, and `{{`, which
/// begins a variable.
fn push_escaped(c: char, previous: char, text: &mut String) {
    match c {
        '\\' => text.push_str("\\\\"),
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        '{' if previous == '{' => push_code(c, text),
        _ if c.is_control() => push_code(c, text),
        _ => text.push(c),
    }
}

fn push_code(c: char, text: &mut String) {
    text.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
}

/// Appends a body: as lines if nothing in them is syntax, else as a string with escapes, and as base64 if it is not text.
fn push_body(body: &[u8], text: &mut String) {
    let Ok(body) = std::str::from_utf8(body) else {
        text.push_str(&format!("base64,{};\n", encode::BASE64.encode(body)));
        return;
    };
    let is_lines = body.contains('\n') && !body.contains("```") && !body.contains("{{");
    if is_lines && body.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control()) {
        text.push_str(&format!("```\n{body}```\n"));
        return;
    }
    text.push('`');
    let mut previous = ' ';
    for c in body.chars() {
        match c {
            '`' => push_code(c, text),
            _ => push_escaped(c, previous, text),
        }
        previous = c;
    }
    text.push_str("`\n");
}
