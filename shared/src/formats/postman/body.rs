//! Bodies of version 2.1, each in a mode in which the engine sends the same bytes.

use std::collections::HashSet;

use base64::Engine as _;
use serde::de::IgnoredAny;

use crate::encode;
use crate::headers::essence;
use crate::request::Request;

use super::super::tree::Tree;

/// Returns the body, if there is one that is sent.
pub(super) fn body(request: &Request<'_>) -> Option<Tree> {
    let bytes = request.body.bytes().filter(|bytes| !bytes.is_empty())?;
    let content_type = request.headers.get("content-type").unwrap_or_default();
    // Variables are replaced in every text, and base64 has no braces.
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains("{{"));
    let Some(text) = text else {
        let content = Tree::map([("content", Tree::Text(encode::BASE64.encode(bytes)))]);
        return Some(Tree::map([("mode", Tree::text("file")), ("file", content)]));
    };
    if essence(content_type) == "application/x-www-form-urlencoded"
        && let Some(rows) = form(text)
    {
        let row = |(key, value)| Tree::map([("key", Tree::Text(key)), ("value", Tree::Text(value))]);
        let rows = Tree::List(rows.into_iter().map(row).collect());
        return Some(Tree::map([("mode", Tree::text("urlencoded")), ("urlencoded", rows)]));
    }
    let language = Tree::map([("raw", Tree::map([("language", Tree::text(language(content_type, text)))]))]);
    Some(Tree::map([("mode", Tree::text("raw")), ("raw", Tree::text(text)), ("options", language)]))
}

/// Returns the language of a text. The engine takes comments out of JSON, so what has some is text.
fn language(content_type: &str, text: &str) -> &'static str {
    let essence = essence(content_type);
    let is = |ends: &[&str]| ends.iter().any(|end| essence.ends_with(end));
    match () {
        () if is(&["/json", "+json"]) && is_json(text) => "json",
        () if is(&["/xml", "+xml"]) => "xml",
        () if is(&["/html"]) => "html",
        () if is(&["javascript"]) => "javascript",
        () => "text",
    }
}

/// Returns true if a text is JSON, which has no comments.
pub(crate) fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Returns the rows of a form from which the engine makes the same text again: it escapes all but unreserved characters,
/// puts rows of one name together, and names that are numbers first.
fn form(text: &str) -> Option<Vec<(String, String)>> {
    let decoded = |text: &str| {
        let decoded = String::from_utf8(encode::percent_decoded(text)).ok()?;
        (encode::percent_encoded(decoded.as_bytes(), &encode::UNRESERVED) == text).then_some(decoded)
    };
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut known = HashSet::new();
    for piece in text.split('&') {
        let (key, value) = piece.split_once('=')?;
        let (key, value) = (decoded(key)?, decoded(value)?);
        let is_repeated = rows.last().is_some_and(|(last, _)| *last == key);
        let is_number = key.bytes().all(|byte| byte.is_ascii_digit());
        let has_braces = key.contains("{{") || value.contains("{{");
        if is_number || has_braces || key == "__proto__" || (!known.insert(key.clone()) && !is_repeated) {
            return None;
        }
        rows.push((key, value));
    }
    Some(rows)
}
