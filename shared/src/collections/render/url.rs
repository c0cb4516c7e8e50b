//! The URL of a request: segments and variables replaced, and encoded as Postman's programs encode it.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::encode::{self, Set};
use crate::error::{Error, Field};
use crate::variables::Resolver;

use super::super::query::{Side, escaped};
use super::super::{Row, Rows, Target};

/// The encoding of what may not stand in a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// The encoding of Postman's programs.
    Usual,
    /// None, as a setting of the request says.
    Off,
}

/// Returns the URL as it goes into the line.
///
/// # Errors
/// Returns [`Error::Variable`] if a variable cannot be replaced.
pub(super) fn made(target: &Target, encoding: Encoding, texts: &Resolver<'_>) -> Result<String, Error> {
    let template = with_segments(&target.url, &target.path);
    // Values of variables may hold host, path and query at once, so the text is resolved as a whole and divided later.
    let url = text(texts, &template)?;
    let mut url = url.trim().to_owned();
    if target.rows == Rows::Added {
        url = with_rows(&url, &target.query, texts)?;
    }
    if !has_scheme(&url) {
        url.insert_str(0, "http://");
    }
    Ok(if encoding == Encoding::Off { url } else { encoded(&url) })
}

/// Replaces the segments `:name` of a path by their values; `.json` behind a name stays. One without a value stays as it is.
fn with_segments(url: &str, values: &[Row]) -> String {
    if values.is_empty() || !url.contains("/:") {
        return url.to_owned();
    }
    let end = end_of_path(url);
    let (path, rest) = url.split_at_checked(end).unwrap_or((url, ""));
    // The last of a name counts.
    let values = values.iter().filter(|row| !row.disabled).map(|row| (row.name.as_str(), row.value.as_deref()));
    let values: HashMap<&str, Option<&str>> = values.collect();
    let segment = |segment: &str| {
        let Some(name) = segment.strip_prefix(':') else { return segment.to_owned() };
        let (name, suffix) = name.split_at_checked(name.find('.').unwrap_or(name.len())).unwrap_or((name, ""));
        match values.get(name).copied().flatten().filter(|value| !value.is_empty()) {
            Some(value) => format!("{value}{suffix}"),
            None => segment.to_owned(),
        }
    };
    let segments: Vec<String> = path.split('/').map(segment).collect();
    format!("{}{rest}", segments.join("/"))
}

/// Returns the end of a path: the first `?` or `#` that is not within `{{…}}`.
fn end_of_path(url: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = url.get(at..) {
        let Some(found) = rest.find(['?', '#', '{']) else { break };
        let here = rest.get(found..).unwrap_or_default();
        match here.strip_prefix("{{").and_then(|name| name.find("}}")) {
            Some(length) => at += found + length + 4,
            None if here.starts_with('{') => at += found + 1,
            None => return at + found,
        }
    }
    url.len()
}

/// Takes the names of all rows out of a URL's query, and adds the rows that are not switched off.
fn with_rows(url: &str, rows: &[Row], texts: &Resolver<'_>) -> Result<String, Error> {
    if rows.is_empty() {
        return Ok(url.to_owned());
    }
    let (url, fragment) = url.split_once('#').map_or((url, None), |(url, fragment)| (url, Some(fragment)));
    let (path, query) = url.split_once('?').map_or((url, None), |(path, query)| (path, Some(query)));
    let names: Vec<_> = rows.iter().map(|row| name_of(row, texts)).collect::<Result<_, _>>()?;
    let is_kept = |piece: &&str| !names.iter().any(|name| piece.split('=').next() == Some(name));
    let mut pieces: Vec<String> =
        query.into_iter().flat_map(|query| query.split('&')).filter(is_kept).map(str::to_owned).collect();
    for row in rows.iter().filter(|row| !row.disabled) {
        let mut piece = escaped(&name_of(row, texts)?, Side::Name);
        if let Some(value) = &row.value {
            piece.push('=');
            piece.push_str(&escaped(&text(texts, value)?, Side::Value));
        }
        pieces.push(piece);
    }
    let mut out = path.to_owned();
    if !pieces.is_empty() {
        out.push('?');
        out.push_str(&pieces.join("&"));
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    Ok(out)
}

/// Returns the name of a row. A disabled one need not resolve, and one that does not names nothing in the URL.
fn name_of<'r>(row: &'r Row, texts: &Resolver<'_>) -> Result<Cow<'r, str>, Error> {
    match text(texts, &row.name) {
        Err(_) if row.disabled => Ok(Cow::Borrowed(&row.name)),
        name => name,
    }
}

fn text<'t>(texts: &Resolver<'_>, text: &'t str) -> Result<Cow<'t, str>, Error> {
    texts.part(Field::Url, Cow::Borrowed(text))
}

/// Returns the protocol of a URL that is not for HTTP.
pub(super) fn foreign(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once("://")?;
    let is_http = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    (!is_http).then(|| scheme.to_ascii_lowercase())
}

fn has_scheme(url: &str) -> bool {
    url.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// The bytes that stay as they are in a path; `%` is never encoded again.
const PATH: Set = Set::printable_but(b" \"<>`#?{}");

/// The bytes that stay as they are in a query.
const QUERY: Set = Set::printable_but(b" \"#'<>");

/// Encodes what may not stand in a URL.
fn encoded(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
    // A fragment is never sent.
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
    let mut out = format!("{scheme}://{authority}");
    // Browsers and Postman's programs take a backslash for a slash (URL standard, section 4.4).
    encode::percent(&mut out, path.replace('\\', "/").as_bytes(), &PATH);
    if let Some(query) = query {
        out.push('?');
        encode::percent(&mut out, query.as_bytes(), &QUERY);
    }
    out
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use crate::variables::{Rank, Scope, Variables};

    use super::*;

    fn of(target: &Target) -> String {
        let mut scope = Scope::new("test");
        scope.set("base", "https://h:8080/v1?k=1");
        scope.set("x", "a&b");
        let variables = Variables::default().with(Rank::Given, scope);
        made(target, Encoding::Usual, &variables.resolver()).expect("a URL")
    }

    fn url(url: &str, path: &[(&str, &str)]) -> String {
        let path = path.iter().map(|(name, value)| Row::new(*name, *value)).collect();
        of(&Target { url: url.to_owned(), path, ..Target::default() })
    }

    #[test]
    fn segments_become_their_values() {
        let values = [("id", "7"), ("n", ""), ("v", "a/b c")];
        for (template, expected) in [
            ("http://h/:id", "http://h/7"),
            ("http://h/:id.json?x=/:id", "http://h/7.json?x=/:id"),
            ("http://h/:id/x:id/:ids", "http://h/7/x:id/:ids"),
            ("http://h/:n/:none/:", "http://h/:n/:none/:"),
            ("http://h:80/:v", "http://h:80/a/b%20c"),
            ("{{base}}/:id", "https://h:8080/v1?k=1/7"),
            ("h/:id#/:id", "http://h/7"),
        ] {
            assert_eq!(url(template, &values), expected, "{template}");
        }
    }

    #[test]
    fn what_may_not_stand_in_a_url_is_encoded_and_nothing_else() {
        for (text, expected) in [
            ("http://h/a b\"<>`{}|^\\~%41%", "http://h/a%20b%22%3C%3E%60%7B%7D|^/~%41%"),
            ("http://h/?a b\"'<>`{}|#f", "http://h/?a%20b%22%27%3C%3E`{}|"),
            ("http://h/é?ü", "http://h/%C3%A9?%C3%BC"),
            (" h.example ", "http://h.example"),
            ("wss://h/", "wss://h/"),
        ] {
            assert_eq!(url(text, &[]), expected, "{text}");
        }
    }

    #[test]
    fn added_rows_take_the_place_of_their_names() {
        let off = Row { disabled: true, ..Row::new("off", "3") };
        let bare = Row { name: "n".to_owned(), ..Row::default() };
        let rows =
            vec![Row::new("q", "1"), off, Row::new("q", "2"), bare, Row::new("e", ""), Row::new("a=b", "{{x}} #")];
        let target = |url: &str, query| Target { url: url.to_owned(), query, rows: Rows::Added, ..Target::default() };
        let made = of(&target("http://h/?q=1&off=3&q=2&n&e=&z=9#f", rows));
        assert_eq!(made, "http://h/?z=9&q=1&q=2&n&e=&a%3Db=a%26b%20%23");
        assert_eq!(of(&target("http://h/?x=1", Vec::new())), "http://h/?x=1");
    }
}
