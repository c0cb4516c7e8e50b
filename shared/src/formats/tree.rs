//! Documents in JSON and YAML, made member by member in the order in which they are to be read.

use serde_json::value::RawValue;

use crate::json::{members_of, text_of, write_list, write_map, write_text};

/// A value of a document.
#[derive(Clone, Debug)]
pub(crate) enum Tree {
    /// A text.
    Text(String),
    /// A number, a flag or `null`, as JSON spells it.
    Word(String),
    /// A list.
    List(Vec<Tree>),
    /// Members in their order.
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// Returns a text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Returns a flag that is set.
    pub(crate) fn yes() -> Self {
        Self::Word("true".to_owned())
    }

    /// Returns a flag that is not set.
    pub(crate) fn no() -> Self {
        Self::Word("false".to_owned())
    }

    /// Returns an object.
    pub(crate) fn map<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Returns the value that JSON has.
    pub(crate) fn of(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::String(text) => Self::Text(text.clone()),
            serde_json::Value::Array(list) => Self::List(list.iter().map(Self::of).collect()),
            serde_json::Value::Object(map) => {
                Self::Map(map.iter().map(|(name, value)| (name.clone(), Self::of(value))).collect())
            }
            word => Self::Word(word.to_string()),
        }
    }

    /// Returns the value that JSON has, numbers as they are spelled. One that is nested very deeply stays as it is.
    pub(crate) fn parsed(raw: &RawValue) -> Self {
        // Its parser has a bound, and raw values have none.
        match serde_json::from_str::<serde_json::Value>(raw.get()) {
            Ok(_) => Self::within(raw),
            Err(_) => Self::Word(raw.get().to_owned()),
        }
    }

    fn within(raw: &RawValue) -> Self {
        let text = raw.get();
        if let Some(text) = text_of(raw) {
            return Self::Text(text.into_owned());
        }
        if text.starts_with('{') {
            let members = members_of(raw).into_iter();
            return Self::Map(members.map(|(name, raw)| (name.into_owned(), Self::within(raw))).collect());
        }
        match serde_json::from_str::<Vec<&RawValue>>(text) {
            Ok(list) => Self::List(list.into_iter().map(Self::within).collect()),
            Err(_) => Self::Word(text.to_owned()),
        }
    }

    /// Returns a member of an object.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(members) => members.iter().find(|(own, _)| own == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Returns an object without these members.
    #[must_use]
    pub(crate) fn without(mut self, names: &[&str]) -> Self {
        if let Self::Map(members) = &mut self {
            members.retain(|(name, _)| !names.contains(&name.as_str()));
        }
        self
    }

    /// Appends the members of an object as JSON, without the braces.
    pub(crate) fn write_members(&self, out: &mut Vec<u8>) {
        let mut json = Vec::new();
        self.write_json(&mut json);
        out.extend_from_slice(json.strip_prefix(b"{").and_then(|json| json.strip_suffix(b"}")).unwrap_or_default());
    }

    /// Adds a member to an object, which comes last.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: Self) -> Self {
        if let Self::Map(members) = &mut self {
            members.push((name.to_owned(), value));
        }
        self
    }

    /// Appends the value as JSON on one line.
    pub(crate) fn write_json(&self, out: &mut Vec<u8>) {
        match self {
            Self::Text(text) => write_text(text, out),
            Self::Word(word) => out.extend_from_slice(word.as_bytes()),
            Self::List(list) => write_list(list, out, Self::write_json),
            Self::Map(members) => {
                let members = members.iter().map(|(name, value)| (name.as_str(), value));
                write_map(members, out, Self::write_json);
            }
        }
    }

    /// Returns the members of an object as lines of YAML 1.2.
    pub(crate) fn yaml(&self) -> String {
        let mut out = String::new();
        self.write_yaml(0, &mut out);
        out
    }

    fn write_yaml(&self, indent: usize, out: &mut String) {
        let space = " ".repeat(indent);
        match self {
            Self::Map(members) => members.iter().for_each(|(name, value)| {
                out.push_str(&space);
                out.push_str(&scalar(name));
                out.push(':');
                value.write_after(indent, out);
            }),
            Self::List(list) => list.iter().for_each(|value| {
                out.push_str(&space);
                out.push('-');
                match value {
                    // The first member stands on the line of the dash.
                    Self::Map(members) if !members.is_empty() => {
                        let mut inner = String::new();
                        value.write_yaml(indent + 2, &mut inner);
                        out.push(' ');
                        out.push_str(inner.trim_start());
                    }
                    _ => value.write_after(indent, out),
                }
            }),
            Self::Text(_) | Self::Word(_) => {}
        }
    }

    /// Appends the value behind a name or a dash, to the end of the line or of the lines below it.
    fn write_after(&self, indent: usize, out: &mut String) {
        match self {
            Self::Text(text) if is_block(text) => write_block(text, indent + 2, out),
            Self::Text(text) => out.push_str(&format!(" {}\n", scalar(text))),
            Self::Word(word) => out.push_str(&format!(" {word}\n")),
            Self::List(list) if list.is_empty() => out.push_str(" []\n"),
            Self::Map(members) if members.is_empty() => out.push_str(" {}\n"),
            Self::List(_) | Self::Map(_) => {
                out.push('\n');
                self.write_yaml(indent + 2, out);
            }
        }
    }
}

/// Returns a text of one line: bare if nobody could take it for something else, else in quotes.
pub(crate) fn scalar(text: &str) -> String {
    let is_bare = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte));
    // YAML 1.1, which some readers still speak, has more words for flags.
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    if is_bare && !is_word.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if is_hidden(c) => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns true for a character that YAML does not allow as it is, or that readers take for a line break.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Returns true if a text of several lines can stand below its name as it is.
fn is_block(text: &str) -> bool {
    let is_kept = |c: char| c == '\n' || !is_hidden(c);
    text.contains('\n') && text.chars().all(is_kept) && !text.starts_with([' ', '\n']) && !text.ends_with("\n\n")
}

/// Appends a text as it is, each line behind blanks. `|-` says that no line break ends it.
fn write_block(text: &str, indent: usize, out: &mut String) {
    out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(line);
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_says_what_json_says() {
        let rows = Tree::List(vec![Tree::map([("key", Tree::text("1")), ("value", Tree::text("no"))])]);
        let tree = Tree::map([("a", rows), ("b", Tree::text("x\n y\n")), ("c", Tree::List(Vec::new()))])
            .with("d", Tree::map([("e f", Tree::yes()), ("g", Tree::text("\u{0}\u{2028}: #"))]));
        assert_eq!(
            tree.yaml(),
            "a:\n  - key: \"1\"\n    value: \"no\"\nb: |\n  x\n   y\nc: []\nd:\n  \"e f\": true\n  g: \"\\u0000\\u2028: #\"\n"
        );
        let mut json = Vec::new();
        tree.write_json(&mut json);
        let expected = serde_json::json!({
            "a": [{"key": "1", "value": "no"}], "b": "x\n y\n", "c": [], "d": {"e f": true, "g": "\u{0}\u{2028}: #"}
        });
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&json).ok(), Some(expected));
    }

    #[test]
    fn only_what_stays_as_it_is_stands_below_its_name() {
        for text in ["a\nb", "a\nb\n", "a\n\n  b", "a\tb\n"] {
            assert!(!Tree::map([("x", Tree::text(text))]).yaml().contains('\t') || text.contains('\t'), "{text:?}");
        }
        for text in [" a\nb", "\na", "a\n\n", "a\r\nb", "a\n\u{85}", "a\nb\tc"] {
            assert!(Tree::map([("x", Tree::text(text))]).yaml().starts_with("x: \""), "{text:?}");
        }
    }
}
