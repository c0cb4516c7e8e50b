//! A document with the line of each value, so that an error about a value can say where it stands.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use crate::json::{write_list, write_map, write_text};

/// The number of times that aliases may repeat parts of a document, in tokens. What people write needs none of it; a file
/// that is made to fill the memory needs a great many.
const REPEATED: usize = 100_000;

/// The reason why a text is not YAML that is read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct Problem {
    /// The line, counted from 1.
    pub line: u64,
    /// The parser's words, in one line.
    pub problem: String,
}

/// The number of values in a document. The largest descriptions of interfaces that people publish have a third of it.
const VALUES: usize = 2_000_000;

/// A value and the line that it begins in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The line, counted from 1.
    pub line: u64,
    /// The value.
    pub value: Value,
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// No value.
    Null,
    /// True or false.
    Flag(bool),
    /// A number as JSON spells it; where that is possible, as the document does.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// A mapping in the order of the document.
    Map(Vec<(String, Tree)>),
}

/// Reads one document.
///
/// # Errors
/// Returns the place and the parser's words if the text is not one YAML document, repeats a key in a mapping, or is longer or
/// nested more deeply than any file that people write.
pub fn read(text: &str) -> Result<Tree, Problem> {
    let Located(located) = parsed(text)?;
    Ok(spelled(located, text))
}

fn parsed<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Problem> {
    let budget = serde_saphyr::budget! { max_nodes: VALUES, max_events: 2 * VALUES };
    let mut options = serde_saphyr::options! {
        with_snippet: false, strict_booleans: true, null_as_string: true, budget: budget,
    };
    options.alias_limits.max_total_replayed_events = REPEATED;
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let line = error.location().map_or(1, |place| place.line());
        let words = error.to_string();
        let words = words.lines().next().unwrap_or_default().trim_start_matches("error: ");
        // The parser begins with the place, which is told apart here.
        let problem =
            words.strip_prefix("line ").and_then(|rest| rest.split_once(": ")).map_or(words, |(_, rest)| rest);
        Problem { line, problem: problem.to_owned() }
    })
}

impl Tree {
    /// Returns text of this line.
    #[must_use]
    pub fn text(line: u64, text: impl Into<String>) -> Self {
        Self { line, value: Value::Text(text.into()) }
    }

    /// Appends the value as JSON.
    pub fn write(&self, out: &mut Vec<u8>) {
        match &self.value {
            Value::Null => out.extend_from_slice(b"null"),
            Value::Flag(flag) => out.extend_from_slice(if *flag { b"true" } else { b"false" }),
            Value::Number(number) => out.extend_from_slice(number.as_bytes()),
            Value::Text(text) => write_text(text, out),
            Value::List(list) => write_list(list, out, Self::write),
            Value::Map(members) => {
                let members = members.iter().map(|(name, value)| (name.as_str(), value));
                write_map(members, out, Self::write);
            }
        }
    }

    /// Returns the value at a place, `http.headers[2].name`, or the innermost one around it.
    #[must_use]
    pub fn at(&self, place: &str) -> &Self {
        self.below(place)
    }

    /// Returns the value at a place whose start led here: `[2].name` or `.name`, or `name` at the beginning.
    fn below(&self, place: &str) -> &Self {
        match &self.value {
            Value::List(list) => {
                let step = place.strip_prefix('[').and_then(|rest| rest.split_once(']'));
                let found = step.and_then(|(index, rest)| Some((list.get(index.parse::<usize>().ok()?)?, rest)));
                found.map_or(self, |(tree, rest)| tree.below(rest))
            }
            Value::Map(members) => {
                // A name may have dots itself.
                let place = place.strip_prefix('.').unwrap_or(place);
                let led = |name: &str| {
                    place.strip_prefix(name).filter(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
                };
                let mut found = members.iter().filter_map(|(name, tree)| Some((tree, led(name)?)));
                found.next().map_or(self, |(tree, rest)| tree.below(rest))
            }
            _ => self,
        }
    }
}

/// A value as it is parsed.
struct Located(Spanned<Parsed>);

enum Parsed {
    Null,
    Flag(bool),
    Number(String),
    Text(String),
    List(Vec<Located>),
    Map(Vec<(String, Located)>),
}

/// Returns the tree, in which numbers are spelled as in the document if JSON allows it: `1.0` is no `1`.
fn spelled(located: Spanned<Parsed>, text: &str) -> Tree {
    let span = located.defined.span();
    let source = || {
        let start = usize::try_from(span.byte_offset()?).ok()?;
        let end = start.checked_add(usize::try_from(span.byte_len()?).ok()?)?;
        spelling(text.get(start..end)?)
    };
    let value = match located.value {
        Parsed::Null => Value::Null,
        Parsed::Flag(flag) => Value::Flag(flag),
        Parsed::Number(number) => Value::Number(source().unwrap_or(number)),
        Parsed::Text(text) => Value::Text(text),
        Parsed::List(list) => Value::List(list.into_iter().map(|Located(inner)| spelled(inner, text)).collect()),
        Parsed::Map(members) => {
            Value::Map(members.into_iter().map(|(name, Located(inner))| (name, spelled(inner, text))).collect())
        }
    };
    Tree { line: located.referenced.line(), value }
}

/// Returns a number as JSON has it, if it can keep its spelling but for zeros at its beginning: `007` is the number 7.
fn spelling(source: &str) -> Option<String> {
    let (sign, digits) = source.strip_prefix('-').map_or(("", source), |digits| ("-", digits));
    let bare = digits.trim_start_matches('0');
    let zero = if bare.starts_with(|first: char| first.is_ascii_digit()) { "" } else { "0" };
    let number = format!("{sign}{zero}{bare}");
    serde_json::from_str::<serde_json::Number>(&number).is_ok().then_some(number)
}

impl<'de> Deserialize<'de> for Located {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Located)
    }
}

impl<'de> Deserialize<'de> for Parsed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ParsedVisitor)
    }
}

struct ParsedVisitor;

impl<'de> Visitor<'de> for ParsedVisitor {
    type Value = Parsed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Parsed, E> {
        Ok(Parsed::Null)
    }

    fn visit_none<E>(self) -> Result<Parsed, E> {
        Ok(Parsed::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Parsed, D::Error> {
        Parsed::deserialize(deserializer)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Parsed, E> {
        Ok(Parsed::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Parsed, E> {
        Ok(Parsed::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Parsed, E> {
        Ok(Parsed::Number(number.to_string()))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Parsed, E> {
        Ok(Parsed::Number(number.to_string()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Parsed, E> {
        Ok(Parsed::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Parsed, E> {
        let number = serde_json::Number::from_f64(number);
        Ok(number.map_or(Parsed::Null, |number| Parsed::Number(number.to_string())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Parsed, E> {
        Ok(Parsed::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Parsed, E> {
        Ok(Parsed::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Parsed, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(Parsed::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parsed, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Parsed::Map(members))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn json(text: &str) -> String {
        let mut out = Vec::new();
        read(text).unwrap().write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_keep_their_spelling_where_json_has_it() {
        let text = "a: 1.0\nb: 1e3\nc: 007\nd: 0x1F\ne: 12345678901234567890123\nf: -0\n200: x\n~: y\n";
        let expected = r#"{"a":1.0,"b":1e3,"c":7,"d":31,"e":12345678901234567890123,"f":-0,"200":"x","~":"y"}"#;
        assert_eq!(json(text), expected);
    }

    #[test]
    fn anchors_and_merge_keys_are_followed() {
        let text = "base: &b {x: 1.50, y: no}\nuse: *b\nmore:\n  <<: *b\n  y: on\n";
        let expected = r#"{"base":{"x":1.50,"y":"no"},"use":{"x":1.50,"y":"no"},"more":{"y":"on","x":1.50}}"#;
        assert_eq!(json(text), expected);
    }

    #[test]
    fn places_have_lines() {
        let tree = read("# é\na:\n  - x: 1\n    y.z: 2\n  - - 3\nb: {c: 4}\n").unwrap();
        for (place, line) in [
            ("", 2),
            ("a", 3),
            ("a[0].x", 3),
            ("a[0].y.z", 4),
            ("a[1][0]", 5),
            ("a[1][7]", 5),
            ("b.c", 6),
            ("b.d", 6),
            ("nothing", 2),
        ] {
            assert_eq!(tree.at(place).line, line, "{place}");
        }
    }
}
