//! A JSON value and its place in a document, so that each error says where it is: `item[0].request.url: is not text`.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::error::Error;
use crate::json::{Members, members_of, text_of};

use super::{Rest, Wrong};

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    raw: &'a RawValue,
    place: String,
}

impl<'a> Node<'a> {
    /// Returns the value of a whole document, whose place is an empty text.
    ///
    /// # Errors
    /// Returns [`Error::Json`] or [`Error::Unfinished`] if the text is not one JSON value.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        Ok(Self { raw: serde_json::from_str(text)?, place: String::new() })
    }

    /// Returns a value that stands at this place.
    #[must_use]
    pub fn at(raw: &'a RawValue, place: String) -> Self {
        Self { raw, place }
    }

    /// Returns the value as it was spelled.
    #[must_use]
    pub fn raw(&self) -> &'a RawValue {
        self.raw
    }

    /// Returns the place.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Returns true for `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.raw.get() == "null"
    }

    /// Returns true for a list.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.raw.get().starts_with('[')
    }

    /// Returns true for an object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.raw.get().starts_with('{')
    }

    /// Returns true for a string.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.raw.get().starts_with('"')
    }

    /// Returns the reason why this value cannot be used.
    #[must_use]
    pub fn wrong(&self, problem: impl Into<String>) -> Wrong {
        Wrong { place: self.place.clone(), problem: problem.into() }
    }

    /// Returns the members of an object.
    ///
    /// # Errors
    /// Returns the place if the value is not an object.
    pub fn fields(self) -> Result<Fields<'a>, Wrong> {
        if !self.is_object() {
            return Err(self.wrong("is not an object"));
        }
        match serde_json::from_str::<Members<'a>>(self.raw.get()) {
            Ok(Members(members)) => Ok(Fields { members, place: self.place }),
            // The text was read as a value before, so only a name in it can be wrong.
            Err(_) => Err(self.wrong("has a name that is not text")),
        }
    }

    /// Returns the elements of a list.
    ///
    /// # Errors
    /// Returns the place if the value is not a list.
    pub fn list(self) -> Result<Vec<Self>, Wrong> {
        let list: Vec<&'a RawValue> =
            if self.is_list() { serde_json::from_str(self.raw.get()) } else { Ok(Vec::new()) }
                .map_err(|_| self.wrong("is not a list"))?;
        if !self.is_list() {
            return Err(self.wrong("is not a list"));
        }
        let place = |index| format!("{}[{index}]", self.place);
        Ok(list.into_iter().enumerate().map(|(index, raw)| Self { raw, place: place(index) }).collect())
    }

    /// Returns the text of a string.
    ///
    /// # Errors
    /// Returns the place if the value is not a string.
    pub fn text(self) -> Result<String, Wrong> {
        self.optional_text().and_then(|text| text.ok_or_else(|| self.wrong("is not text")))
    }

    /// Returns the text of a string, and `None` for `null`.
    ///
    /// # Errors
    /// Returns the place if the value is neither.
    pub fn optional_text(&self) -> Result<Option<String>, Wrong> {
        match text_of(self.raw) {
            Some(text) => Ok(Some(text.into_owned())),
            None if self.is_null() => Ok(None),
            None => Err(self.wrong("is not text")),
        }
    }

    /// Returns a string, a number or a flag as text, and `None` for `null`.
    ///
    /// # Errors
    /// Returns the place if the value is a list or an object.
    pub fn scalar(&self) -> Result<Option<String>, Wrong> {
        match text_of(self.raw) {
            Some(text) => Ok(Some(text.into_owned())),
            None if self.is_null() => Ok(None),
            None if self.is_list() || self.is_object() => Err(self.wrong("is not text")),
            None => Ok(Some(self.raw.get().to_owned())),
        }
    }

    /// Returns a flag, and false for `null`.
    ///
    /// # Errors
    /// Returns the place if the value is neither `true` nor `false`.
    pub fn flag(&self) -> Result<bool, Wrong> {
        match self.raw.get() {
            "true" => Ok(true),
            "false" | "null" => Ok(false),
            _ => Err(self.wrong("is neither true nor false")),
        }
    }
}

/// The members of an object. Each is taken out as it is read, so that what is left is what nobody knows.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    members: Vec<(Cow<'a, str>, &'a RawValue)>,
    place: String,
}

impl<'a> Fields<'a> {
    /// Returns the place of the object.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Returns the reason why the object cannot be used without a member that it has not.
    #[must_use]
    pub fn missing(&self, name: &str) -> Wrong {
        Wrong { place: self.below(name), problem: "is missing".to_owned() }
    }

    /// Returns true if the object has this member.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.members.iter().any(|(known, _)| known == name)
    }

    /// Takes a member out. Of several with one name the last counts, as in every program that reads these files.
    pub fn take(&mut self, name: &str) -> Option<Node<'a>> {
        let at = self.members.iter().rposition(|(known, _)| known == name)?;
        let (_, raw) = self.members.remove(at);
        self.members.retain(|(known, _)| known != name);
        Some(Node { raw, place: self.below(name) })
    }

    /// Takes a member out unless it is `null`, which then counts as absent.
    pub fn given(&mut self, name: &str) -> Option<Node<'a>> {
        self.take(name).filter(|node| !node.is_null())
    }

    /// Takes out every member that is left, in the order of the document.
    pub fn all(self) -> impl Iterator<Item = (Cow<'a, str>, Node<'a>)> {
        let place = self.place;
        self.members.into_iter().map(move |(name, raw)| {
            let place = joined(&place, &name);
            (name, Node { raw, place })
        })
    }

    /// Returns the members that are left.
    #[must_use]
    pub fn rest(self) -> Rest {
        self.members.into_iter().map(|(name, raw)| (name.into_owned(), raw.to_owned())).collect()
    }

    fn below(&self, name: &str) -> String {
        joined(&self.place, name)
    }
}

fn joined(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}

/// Returns the members of an object, and none of anything else.
#[must_use]
pub(super) fn members(raw: &RawValue) -> Rest {
    members_of(raw).into_iter().map(|(name, raw)| (name.into_owned(), raw.to_owned())).collect()
}
