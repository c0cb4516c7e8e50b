//! Requests of `.http` files, as editors and their command-line clients run them: `###` between requests, `# @name` in
//! front, an absolute URL.
//!
//! The format has no escapes. Its programs cut a file into lines, and take some lines of a body for their own, so a body
//! is written only if each of them sends it as it is.

use crate::error::{Error, Field, Problem};
use crate::pipe::Frame;
use crate::request::Request;

use super::told;

/// The frame of the format: a separator between requests.
pub(crate) const FRAME: Frame = Frame { head: "", between: "\n###\n\n", tail: "" };

/// Appends a request.
///
/// # Errors
/// Returns [`Problem::NotFor`] if a part of the request would be read as something else.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    let refused = |field, how| Error::request(field, Problem::NotFor { program: "an .http file", how });
    if request.handshake.is_some() {
        return Err(refused(Field::Auth, " with NTLM; --send signs in"));
    }
    if request.method.starts_with('#') {
        return Err(refused(Field::Method, ": # begins a comment"));
    }
    if has_variable(request.url.as_str()) {
        return Err(refused(Field::Url, VARIABLE));
    }
    let mut text = String::new();
    if let Some(name) = told::name(request) {
        // A name with a line break would end the comment, and what follows would be read as a request.
        let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        text.push_str(&format!("# @name {}\n", name.trim()));
    }
    text.push_str(&format!("{} {}\n", request.method, request.url.as_str()));
    for (index, header) in request.headers.iter().enumerate() {
        if header.name.starts_with('#') {
            return Err(refused(Field::Header(index + 1), ": # begins a comment"));
        }
        if has_variable(&header.value) {
            return Err(refused(Field::Header(index + 1), VARIABLE));
        }
        text.push_str(&header.name);
        text.push(':');
        if !header.value.is_empty() {
            text.push(' ');
            text.push_str(&header.value);
        }
        text.push('\n');
    }
    match request.body.bytes() {
        None | Some([]) => {}
        Some(body) => {
            let body = std::str::from_utf8(body).map_err(|_| refused(Field::Body, ": it is not text"))?;
            let is_multipart = request.headers.get("content-type").is_some_and(is_multipart);
            check_body(body, is_multipart).map_err(|how| refused(Field::Body, how))?;
            text.push('\n');
            text.push_str(body);
            text.push('\n');
        }
    }
    out.extend_from_slice(text.as_bytes());
    Ok(())
}

/// The reason why braces cannot be written.
const VARIABLE: &str = ": {{ begins a variable there, and nothing escapes it";

/// Returns true if a text has `{{`, and `}}` after it.
pub(crate) fn has_variable(text: &str) -> bool {
    text.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"))
}

fn is_multipart(content_type: &str) -> bool {
    content_type.trim_start().get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
}

/// Says what of a text would not be sent as it is, if something is.
fn check_body(body: &str, is_multipart: bool) -> Result<(), &'static str> {
    if has_variable(body) {
        return Err(VARIABLE);
    }
    // The parts of a form are sent with CRLF whatever the file has, and all else with the line breaks of the system.
    let without_breaks = body.replace("\r\n", if is_multipart { "" } else { "\r" });
    if without_breaks.contains('\r') || (is_multipart && without_breaks.contains('\n')) {
        return Err(": its line breaks are not those that are sent");
    }
    let is_blank = |line: Option<&str>| line.is_some_and(|line| line.trim().is_empty());
    // The line break that ends a multipart body is the one that each line of it ends with.
    let body = if is_multipart { body.strip_suffix("\r\n").unwrap_or(body) } else { body };
    if is_blank(body.split('\n').next()) || is_blank(body.rsplit('\n').next()) {
        return Err(": blank lines at its ends are dropped");
    }
    match body.lines().any(is_syntax) {
        true => Err(": a line of it is a comment, a separator or the name of a file there"),
        false => Ok(()),
    }
}

/// Returns true for a line that the programs take for a comment (`#`, `//`), a separator (`###`), a file (`< name`,
/// `<@ name`), a former answer (`<> name`), or a script for answers (`> {%`, `>> name`).
fn is_syntax(line: &str) -> bool {
    let line = line.trim_start();
    let begins = |starts: &[&str]| starts.iter().any(|start| line.starts_with(start));
    begins(&["#", "//", "< ", "<\t", "<@", "<>", "> ", ">\t", ">>", ">{", "@"]) || line == "<" || line == ">"
}
