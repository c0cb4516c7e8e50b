//! JSON objects for JOSE headers and claims sets. An object keeps the text that it was read from, apart from members that
//! are set: order, white space and the spelling of numbers are signed as the user wrote them (`1e3` stays `1e3`).

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A JSON object that keeps its text.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    text: String,
    /// The name of each member and the range of its value in the text, in order.
    members: Vec<(String, Range<usize>)>,
}

/// The reason for which a text is not such an object. The message follows on "payload is".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Problem {
    /// The text is not JSON.
    #[error("not JSON: {0}")]
    NotJson(String),
    /// The text is a list, a number or another value.
    #[error("not a JSON object")]
    NotObject,
    /// A name is there twice (RFC 7515 section 4, RFC 7519 section 4).
    #[error("not usable: it has the same name twice")]
    Twice,
}

/// The error for a member that should be text and is another value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotText;

/// An object without members.
impl Default for Object {
    fn default() -> Self {
        Self { text: "{}".to_owned(), members: Vec::new() }
    }
}

impl Object {
    /// Reads an object. Blank text is an empty object, and white space around the text is dropped.
    ///
    /// # Errors
    /// Returns [`Problem`] if the text is not an object with unique names.
    pub(crate) fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim_matches([' ', '\t', '\r', '\n']);
        if text.is_empty() {
            return Ok(Self::default());
        }
        // For a text or a number, the visitor's error would quote the value, which may be a secret.
        if !text.starts_with('{') {
            return Err(match serde_json::from_str::<serde::de::IgnoredAny>(text) {
                Ok(_) => Problem::NotObject,
                Err(error) => not_json(&error),
            });
        }
        let Members(members) = serde_json::from_str(text).map_err(|error| not_json(&error))?;
        // Names are compared without their escapes, because `\u0061` is `a` to every reader.
        let names: BTreeSet<&str> = members.iter().map(|(name, _)| name.as_ref()).collect();
        if names.len() < members.len() {
            return Err(Problem::Twice);
        }
        let place = |json: &str| {
            // `RawValue` borrows from the text, so the difference of the addresses is the place in it.
            let start = (json.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
            start..start.saturating_add(json.len())
        };
        let members = members.iter().map(|(name, raw)| (name.clone().into_owned(), place(raw.get()))).collect();
        Ok(Self { text: text.to_owned(), members })
    }

    /// Returns the JSON of the member of that name, or `None` if it is absent or `null`.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let (_, place) = self.members.iter().find(|(key, _)| key == name)?;
        self.text.get(place.clone()).filter(|json| *json != "null")
    }

    /// Returns the member of that name as text, or `None` if it is absent or `null`.
    ///
    /// # Errors
    /// Returns [`NotText`] if the member is not a string.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, NotText> {
        self.get(name).map(|json| serde_json::from_str(json).map_err(|_| NotText)).transpose()
    }

    /// Sets a member to a JSON value. A member that is there keeps its place; a new one comes last.
    pub(crate) fn set(&mut self, name: &str, json: &str) {
        match self.members.iter().position(|(key, _)| key == name) {
            Some(index) => self.replace(index, json),
            None => self.append(name, json),
        }
    }

    /// Sets a member to a string.
    pub(crate) fn set_text(&mut self, name: &str, text: &str) {
        self.set(name, &serde_json::Value::from(text).to_string());
    }

    fn replace(&mut self, index: usize, json: &str) {
        let Some((_, old)) = self.members.get(index).cloned() else { return };
        self.text.replace_range(old.clone(), json);
        for (_, place) in self.members.iter_mut().skip(index + 1) {
            *place = place.start - old.len() + json.len()..place.end - old.len() + json.len();
        }
        if let Some((_, place)) = self.members.get_mut(index) {
            *place = old.start..old.start + json.len();
        }
    }

    fn append(&mut self, name: &str, json: &str) {
        // Without members, the new one goes right behind the brace.
        let (at, comma) = self.members.last().map_or((1, ""), |(_, last)| (last.end, ","));
        let before = format!("{comma}{}:", serde_json::Value::from(name));
        self.text.insert_str(at, &before);
        let start = at + before.len();
        self.text.insert_str(start, json);
        self.members.push((name.to_owned(), start..start + json.len()));
    }

    /// Returns the object as JSON.
    pub(crate) fn as_json(&self) -> &str {
        &self.text
    }
}

/// Returns the problem with the parser's own words, which give line and column and quote nothing of the input.
fn not_json(error: &serde_json::Error) -> Problem {
    Problem::NotJson(error.to_string())
}

struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

/// The name of a member, which is borrowed if it has no escapes.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor(std::marker::PhantomData))
    }
}

struct MembersVisitor<'a>(std::marker::PhantomData<&'a ()>);

impl<'de: 'a, 'a> Visitor<'de> for MembersVisitor<'a> {
    type Value = Members<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'a>, A::Error> {
        let mut members = Vec::new();
        while let Some((Name(name), json)) = map.next_entry::<Name<'a>, &'a RawValue>()? {
            members.push((name, json));
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    #[test]
    fn what_is_not_set_stays_as_it_was_written() {
        let text = "{ \"b\" : 1e3 ,\r\n\t\"a\": [1.0, -0, 12345678901234567890123],\"s\":\"\\u00e9 \\/ { }\" }";
        assert_eq!(Object::parse(&format!(" {text}\n")).unwrap().as_json(), text);
        assert_eq!(Object::parse(" \n").unwrap().as_json(), "{}");
    }

    #[test]
    fn a_member_is_set_in_its_place_or_behind_the_others() {
        let mut object = Object::parse("{ \"typ\":\"JWT\",\r\n \"alg\" : \"none\", \"kid\":\"k\" }").unwrap();
        object.set_text("alg", "HS256");
        object.set("crit", "[]");
        object.set_text("kid", "");
        object.set_text("typ", "a\"b");
        let expected = "{ \"typ\":\"a\\\"b\",\r\n \"alg\" : \"HS256\", \"kid\":\"\",\"crit\":[] }";
        assert_eq!(object.as_json(), expected);
        assert_eq!((object.get("crit"), object.get("kid")), (Some("[]"), Some("\"\"")));
        let mut object = Object::parse("{ }").unwrap();
        object.set("a", "1");
        object.set("b", "2");
        assert_eq!(object.as_json(), "{\"a\":1,\"b\":2 }");
    }

    #[test]
    fn what_is_no_object_with_unique_names_says_why() {
        assert_eq!(Object::parse("[1]").unwrap_err(), Problem::NotObject);
        assert_eq!(Object::parse("7").unwrap_err(), Problem::NotObject);
        assert_eq!(Object::parse("null").unwrap_err(), Problem::NotObject);
        assert_eq!(Object::parse("{\"a\":1,\"\\u0061\":2}").unwrap_err(), Problem::Twice);
        for text in ["{", "{\"a\"}", "{\"a\":1}x", "{a:1}", "secret", "{\"a\":\"secret"] {
            let problem = Object::parse(text).unwrap_err();
            assert!(matches!(problem, Problem::NotJson(_)), "{text}: {problem}");
            assert!(!problem.to_string().contains("secret"), "{problem}");
        }
    }

    #[test]
    fn text_is_read_without_its_escapes() {
        let object = Object::parse("{\"a\":\"\\u00e9\",\"b\":1,\"c\":null}").unwrap();
        assert_eq!(object.text("a"), Ok(Some("é".to_owned())));
        assert_eq!(object.text("b"), Err(NotText));
        assert_eq!(object.text("c"), Ok(None));
        assert_eq!(object.text("d"), Ok(None));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_makes_the_reader_panic(text in "[{}\\[\\]\",:0-9a\\\\u \n.e-]{0,40}") {
            if let Ok(mut object) = Object::parse(&text) {
                object.set("a", "1");
                object.set("é", "[ ]");
                prop_assert!(serde_json::from_str::<Value>(object.as_json()).is_ok());
            }
        }

        #[test]
        fn setting_members_changes_them_and_nothing_else(
            names in prop::collection::btree_set("[a-c\"é]{0,2}", 0..6),
            set in prop::collection::vec(("[a-c\"é]{0,2}", ".{0,9}"), 0..6),
        ) {
            let mut expected: serde_json::Map<String, Value> = names.into_iter().map(|name| (name, 1.into())).collect();
            let text = serde_json::to_string_pretty(&expected).unwrap();
            let mut object = Object::parse(&text).unwrap();
            for (name, value) in set {
                object.set_text(&name, &value);
                prop_assert_eq!(object.text(&name), Ok(Some(value.clone())));
                expected.insert(name, value.into());
            }
            prop_assert_eq!(serde_json::from_str::<Value>(object.as_json()).unwrap(), Value::Object(expected));
        }
    }
}
