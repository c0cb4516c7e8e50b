//! Variables in the parts of a line that are more than one text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::error::{Error, Field, VariableProblem};
use crate::headers::Headers;
use crate::json::{text_of, write_text};
use crate::request::Asks;
use crate::variables::Resolver;

/// Returns headers with the variables in names and values replaced.
///
/// # Errors
/// Returns [`Error::Variable`], which names the header, if a name cannot be replaced.
pub(super) fn headers<'a>(headers: Headers<'a>, resolver: &Resolver<'_>) -> Result<Headers<'a>, Error> {
    if !headers.iter().any(|header| resolver.changes(&header.name) || resolver.changes(&header.value)) {
        return Ok(headers);
    }
    let mut resolved = Headers::with_capacity(headers.len());
    for (index, header) in headers.iter().enumerate() {
        let field = Field::Header(index + 1);
        let name = resolver.part(field, header.name.clone())?;
        resolved.push(name, resolver.part(field, header.value.clone())?);
    }
    Ok(resolved)
}

/// Returns `_auth` with the variables in its texts replaced. A name that cannot be replaced is kept for whoever takes the
/// object: a scheme that passes it over does not need it.
pub(super) fn auth<'a>(raw: &'a RawValue, resolver: &Resolver<'_>) -> Asks<'a> {
    let asks = |raw, problem| Asks { raw, problem };
    // A brace may be escaped, as any character of a JSON string may be.
    let has_names = || resolver.changes(raw.get()) || raw.get().contains("\\u007");
    if resolver.variables().is_idle() || !has_names() {
        return asks(Cow::Borrowed(raw), None);
    }
    let Ok(members) = serde_json::from_str::<BTreeMap<String, &RawValue>>(raw.get()) else {
        return asks(Cow::Borrowed(raw), None);
    };
    let kind = members.get("type").and_then(|raw| text_of(raw)).unwrap_or_default();
    let mut out = b"{".to_vec();
    let mut problem = None;
    for (name, value) in &members {
        if out.len() > 1 {
            out.push(b',');
        }
        write_text(name, &mut out);
        out.push(b':');
        let before = out.len();
        if let Err(found) = value_with(value.get(), resolver, &mut out) {
            out.truncate(before);
            out.extend_from_slice(value.get().as_bytes());
            // Blocks of other schemes than the one that `type` names do not count.
            if *name == kind || name == "type" || !members.contains_key(kind.as_ref()) {
                problem = Some(found);
            }
        }
    }
    out.push(b'}');
    let resolved = String::from_utf8(out).ok().and_then(|text| RawValue::from_string(text).ok());
    asks(resolved.map_or(Cow::Borrowed(raw), Cow::Owned), problem)
}

/// Appends a JSON value with the variables in its strings replaced. Everything between strings stays as it is written.
fn value_with(json: &str, resolver: &Resolver<'_>, out: &mut Vec<u8>) -> Result<(), VariableProblem> {
    let mut rest = json;
    while let Some((between, string)) = rest.split_once('"') {
        out.extend_from_slice(between.as_bytes());
        // A quote ends a string unless an odd number of backslashes is before it.
        let is_end = |at: &usize| {
            let before = string.get(..*at).unwrap_or_default();
            (before.len() - before.trim_end_matches('\\').len()) % 2 == 0
        };
        let end = string.match_indices('"').map(|(at, _)| at).find(is_end).unwrap_or(string.len());
        let inner = string.get(..end).unwrap_or_default();
        let quoted = format!("\"{inner}\"");
        let text: String = serde_json::from_str(&quoted).unwrap_or_default();
        match resolver.resolve(&text)? {
            Cow::Borrowed(_) => out.extend_from_slice(quoted.as_bytes()),
            Cow::Owned(text) => write_text(&text, out),
        }
        rest = string.get(end + 1..).unwrap_or_default();
    }
    out.extend_from_slice(rest.as_bytes());
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::variables::{Rank, Scope, Variables};

    #[test]
    fn each_string_of_the_block_that_counts_is_resolved() {
        let mut scope = Scope::new("--var");
        scope.set("a", "x\"y\\");
        let variables = Variables::default().with(Rank::Given, scope);
        let json = r#"{"type":"bearer","bearer":[{"key":"token","value":"{{a}}\\"},{"n":1e3}],"basic":{"p":"{{b}}"}}"#;
        let raw: &RawValue = serde_json::from_str(json).unwrap();
        let Asks { raw, problem } = auth(raw, &variables.resolver());
        let expected =
            r#"{"basic":{"p":"{{b}}"},"bearer":[{"key":"token","value":"x\"y\\\\"},{"n":1e3}],"type":"bearer"}"#;
        assert_eq!((raw.get(), problem), (expected, None));
        let json = r#"{"type":"basic","basic":{"p":"\u007b{b}}"}}"#;
        let raw: &RawValue = serde_json::from_str(json).unwrap();
        assert!(auth(raw, &variables.resolver()).problem.is_some());
    }
}
