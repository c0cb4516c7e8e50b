//! The header list of a request line, in every shape that is read.

use std::borrow::Cow;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess};

use crate::error::{Error, Field, Problem};
use crate::headers::Headers;
use crate::json::{FromAny, Lenient, Text, from_any};

/// Headers as HAR has them, as `[name, value]` pairs, or as a map of values or lists of values.
///
/// A value that does not fit is remembered instead of refused at once: only the owner knows if the object is a request.
#[derive(Default)]
pub(crate) struct HeaderList<'a> {
    headers: Headers<'a>,
    problem: Option<(Field, Problem)>,
    /// The number of headers seen, HTTP/2 pseudo headers included, so that messages count as the line does.
    seen: usize,
}

impl<'a> HeaderList<'a> {
    /// Returns the headers.
    ///
    /// # Errors
    /// Returns [`Error::Request`] if the list or one of its headers does not have the type that it should.
    pub(super) fn into_headers(self) -> Result<Headers<'a>, Error> {
        match self.problem {
            Some((field, problem)) => Err(Error::request(field, problem)),
            None => Ok(self.headers),
        }
    }

    /// Returns the first value of that name, whatever its case.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// Takes one header; `None` stands for a name or value that is not text.
    fn take(&mut self, name: Option<Cow<'a, str>>, value: Option<Cow<'a, str>>) {
        self.seen += 1;
        let field = Field::Header(self.seen);
        match (name, value) {
            // `:authority` and its like repeat method and URL (RFC 9113 section 8.3.1).
            (Some(name), _) if name.starts_with(':') => {}
            (Some(name), Some(value)) => self.headers.push(name, value),
            _ => {
                self.problem.get_or_insert((field, Problem::NotText));
            }
        }
    }
}

impl<'de: 'a, 'a> FromAny<'de> for HeaderList<'a> {
    fn unfit() -> Self {
        Self { problem: Some((Field::Headers, Problem::NotPairs)), ..Self::default() }
    }

    fn from_null() -> Self {
        Self::default()
    }

    fn from_array<A: SeqAccess<'de>>(mut array: A) -> Result<Self, A::Error> {
        let mut list = Self { headers: Headers::with_capacity(8), ..Self::default() };
        while let Some(entry) = array.next_element::<Entry<'a>>()? {
            list.take(entry.name, entry.value);
        }
        Ok(list)
    }

    fn from_object<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        let mut list = Self::default();
        while let Some((Text(name), values)) = object.next_entry::<Text<'a>, Lenient<'a>>()? {
            match values {
                Lenient::Text(value) => list.take(Some(name), Some(value)),
                Lenient::Texts(values) => {
                    for value in values {
                        list.take(Some(name.clone()), value.into_text());
                    }
                }
                Lenient::Other => list.take(Some(name), None),
            }
        }
        Ok(list)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for HeaderList<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_any(deserializer)
    }
}

/// One header of a list: `{name, value}` or `[name, value]`. A part that is missing or not text is `None`.
#[derive(Default)]
struct Entry<'a> {
    name: Option<Cow<'a, str>>,
    value: Option<Cow<'a, str>>,
}

impl<'de: 'a, 'a> FromAny<'de> for Entry<'a> {
    fn unfit() -> Self {
        Self::default()
    }

    fn from_object<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        let mut entry = Self::default();
        while let Some(Text(key)) = object.next_key::<Text<'a>>()? {
            match key.as_ref() {
                "name" => entry.name = object.next_value::<Lenient<'a>>()?.into_text(),
                "value" => entry.value = object.next_value::<Lenient<'a>>()?.into_text(),
                _ => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(entry)
    }

    fn from_array<A: SeqAccess<'de>>(mut array: A) -> Result<Self, A::Error> {
        let name = array.next_element::<Lenient<'a>>()?.and_then(Lenient::into_text);
        let value = array.next_element::<Lenient<'a>>()?.and_then(Lenient::into_text);
        let mut is_pair = true;
        while array.next_element::<IgnoredAny>()?.is_some() {
            is_pair = false;
        }
        Ok(if is_pair { Self { name, value } } else { Self::default() })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Entry<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_any(deserializer)
    }
}
