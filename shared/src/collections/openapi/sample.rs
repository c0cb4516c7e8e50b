//! Values of examples, in their order and with their numbers as they are spelled: `1.50` is no `1.5`.

use serde_json::value::RawValue;

use crate::json::{into_text, members_of, text_of, write_list, write_map, write_text};

use super::super::Wrong;
use super::super::node::Node;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sample {
    /// A number, a flag or `null`.
    Word(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Sample>),
    /// An object.
    Map(Vec<(String, Sample)>),
}

impl Sample {
    /// Returns the value of JSON.
    ///
    /// # Errors
    /// Returns the place if the value is nested more deeply than anybody writes.
    pub(super) fn of(node: &Node<'_>) -> Result<Self, Wrong> {
        // Its parser has a bound, and raw values have none.
        match serde_json::from_str::<serde_json::Value>(node.raw().get()) {
            Ok(_) => Ok(Self::within(node.raw())),
            Err(_) => Err(node.wrong("is nested too deeply")),
        }
    }

    fn within(raw: &RawValue) -> Self {
        if let Some(text) = text_of(raw) {
            return Self::Text(text.into_owned());
        }
        if raw.get().starts_with('{') {
            let mut members: Vec<(String, Self)> = Vec::new();
            for (name, raw) in members_of(raw) {
                members.push((name.into_owned(), Self::within(raw)));
            }
            return Self::Map(members);
        }
        match serde_json::from_str::<Vec<&RawValue>>(raw.get()) {
            Ok(list) => Self::List(list.into_iter().map(Self::within).collect()),
            Err(_) => Self::Word(raw.get().to_owned()),
        }
    }

    /// Returns the value as JSON.
    pub(super) fn json(&self) -> String {
        let mut out = Vec::new();
        self.write(&mut out);
        into_text(out)
    }

    /// Returns the value as text: a string as it is, everything else as JSON.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            other => other.json(),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Word(word) => out.extend_from_slice(word.as_bytes()),
            Self::Text(text) => write_text(text, out),
            Self::List(list) => write_list(list, out, Self::write),
            Self::Map(members) => {
                write_map(members.iter().map(|(name, value)| (name.as_str(), value)), out, Self::write);
            }
        }
    }
}
