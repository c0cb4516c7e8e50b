//! JSON (RFC 8259) as requests are made of it: text that borrows from its line, values of whatever type, and the few
//! writers that no serializer is needed for.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use base64::Engine as _;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::encode;

/// Returns the text of a JSON string, borrowed if it has no escapes, or `None` if the value is not a string.
#[must_use]
pub fn text_of(raw: &RawValue) -> Option<Cow<'_, str>> {
    let inner = raw.get().strip_prefix('"')?.strip_suffix('"')?;
    if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
        return Some(Cow::Borrowed(inner));
    }
    serde_json::from_str(raw.get()).ok().map(Cow::Owned)
}

/// A JSON string, or a member's name, that borrows from the line if it has no escapes.
#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

/// A type that can be made from every JSON value.
///
/// serde reports a value of an unexpected type with an error that quotes the value, and a value may be a secret. A type
/// that takes them all remembers instead that something did not fit, and its owner words the message.
pub(crate) trait FromAny<'de>: Sized {
    /// Returns the value that stands for one of a type that does not fit.
    fn unfit() -> Self;

    /// Takes `null`.
    fn from_null() -> Self {
        Self::unfit()
    }

    /// Takes a string.
    fn from_text(_: Cow<'de, str>) -> Self {
        Self::unfit()
    }

    /// Takes an array.
    ///
    /// # Errors
    /// Returns the parser's error if the array is not valid JSON.
    fn from_array<A: SeqAccess<'de>>(mut array: A) -> Result<Self, A::Error> {
        while array.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::unfit())
    }

    /// Takes an object.
    ///
    /// # Errors
    /// Returns the parser's error if the object is not valid JSON.
    fn from_object<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::unfit())
    }
}

/// Deserializes a value of whatever type.
///
/// # Errors
/// Returns the parser's error if the value is not valid JSON.
pub(crate) fn from_any<'de, T: FromAny<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(AnyVisitor(PhantomData))
}

struct AnyVisitor<T>(PhantomData<T>);

impl<'de, T: FromAny<'de>> Visitor<'de> for AnyVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<T, E> {
        Ok(T::from_text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from_text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok(T::from_null())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<T, E> {
        Ok(T::unfit())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<T, E> {
        Ok(T::unfit())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<T, E> {
        Ok(T::unfit())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<T, E> {
        Ok(T::unfit())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<T, A::Error> {
        T::from_array(array)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T, A::Error> {
        T::from_object(object)
    }
}

/// A value that should be text, or a list of texts.
pub(crate) enum Lenient<'a> {
    /// A string.
    Text(Cow<'a, str>),
    /// An array of values.
    Texts(Vec<Lenient<'a>>),
    /// A value of any other type.
    Other,
}

impl<'a> Lenient<'a> {
    /// Returns the text, or `None` if the value is not a string.
    pub(crate) fn into_text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Texts(_) | Self::Other => None,
        }
    }
}

impl<'de: 'a, 'a> FromAny<'de> for Lenient<'a> {
    fn unfit() -> Self {
        Self::Other
    }

    fn from_text(text: Cow<'de, str>) -> Self {
        Self::Text(text)
    }

    fn from_array<A: SeqAccess<'de>>(mut array: A) -> Result<Self, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = array.next_element()? {
            texts.push(text);
        }
        Ok(Self::Texts(texts))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Lenient<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_any(deserializer)
    }
}

/// Appends a JSON string.
pub fn write_text(text: &str, out: &mut Vec<u8>) {
    // Terminals take U+0080 to U+009F for control sequences: U+009B is what ESC [ is. JSON may hold them as they are.
    let mut rest = text;
    // Nearly every text is plain ASCII, and this loop has no early end: the compiler vectorizes it.
    if !text.bytes().fold(false, |found, byte| found | (byte >= 0x7f)) || divided_at_control(rest).is_none() {
        // A vector takes every byte, so this cannot fail.
        let _ = serde_json::to_writer(out, text);
        return;
    }
    out.push(b'"');
    while let Some((before, control, after)) = divided_at_control(rest) {
        write_inner(before, out);
        out.extend_from_slice(format!("\\u{:04x}", u32::from(control)).as_bytes());
        rest = after;
    }
    write_inner(rest, out);
    out.push(b'"');
}

/// Returns what is before the first character from U+007F to U+009F, that character, and what is after it.
fn divided_at_control(text: &str) -> Option<(&str, char, &str)> {
    let mut candidates = memchr::memchr2_iter(0x7f, 0xc2, text.as_bytes());
    candidates.find_map(|at| {
        let (before, rest) = text.split_at_checked(at)?;
        let control = rest.chars().next().filter(|c| ('\u{7f}'..='\u{9f}').contains(c))?;
        Some((before, control, rest.split_at_checked(control.len_utf8())?.1))
    })
}

/// Appends a text as it stands between the quotes of a JSON string.
fn write_inner(text: &str, out: &mut Vec<u8>) {
    let quoted = serde_json::to_vec(text).unwrap_or_default();
    let inner = quoted.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    out.extend_from_slice(inner.unwrap_or_default());
}

/// The size in bytes from which on a body counts as large.
const LARGE: usize = 1 << 20;

/// Appends bytes as a JSON string, as HAR 1.2 spells bodies. Bytes that are not UTF-8, or that would be longer as text,
/// are written in base64 with `,"encoding":"base64"` after it.
pub fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    match std::str::from_utf8(bytes) {
        Ok(text) if !is_shorter_in_base64(bytes) => write_text(text, out),
        _ => {
            write_text(&encode::BASE64.encode(bytes), out);
            out.extend_from_slice(b",\"encoding\":\"base64\"");
        }
    }
}

/// Returns true for a large body with so many control characters, six bytes each in JSON, that base64 is the shorter
/// form. 64 MiB of zeros would make a line of 384 MiB, longer than the tools read.
fn is_shorter_in_base64(bytes: &[u8]) -> bool {
    let is_escaped = |byte: &&u8| **byte < b' ' && !b"\t\n\r".contains(byte);
    bytes.len() > LARGE && bytes.iter().filter(is_escaped).count() > bytes.len() / 15
}

/// Returns what this module's writers have written, all of which is UTF-8, as text.
#[must_use]
pub fn into_text(json: Vec<u8>) -> String {
    String::from_utf8(json).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Returns the members of an object in their order, and none of anything else.
#[must_use]
pub(crate) fn members_of(raw: &RawValue) -> Vec<(Cow<'_, str>, &RawValue)> {
    serde_json::from_str::<Members<'_>>(raw.get()).map(|Members(members)| members).unwrap_or_default()
}

/// The members of an object in their order.
pub(crate) struct Members<'a>(pub(crate) Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(Text(name)) = map.next_key::<Text<'de>>()? {
            members.push((name, map.next_value()?));
        }
        Ok(Members(members))
    }
}

/// Appends a list; `write` appends each item.
pub fn write_list<T>(items: impl IntoIterator<Item = T>, out: &mut Vec<u8>, mut write: impl FnMut(T, &mut Vec<u8>)) {
    out.push(b'[');
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(b']');
}

/// Appends an object; `write` appends the value of each member.
pub fn write_map<'n, T>(
    members: impl IntoIterator<Item = (&'n str, T)>,
    out: &mut Vec<u8>,
    mut write: impl FnMut(T, &mut Vec<u8>),
) {
    out.push(b'{');
    for (index, (name, value)) in members.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_text(name, out);
        out.push(b':');
        write(value, out);
    }
    out.push(b'}');
}

/// Appends a JSON value as it came, on one line: the line breaks and indents between its tokens are left out.
pub fn write_raw(json: &str, out: &mut Vec<u8>) {
    if memchr::memchr2(b'\n', b'\r', json.as_bytes()).is_none() {
        out.extend_from_slice(json.as_bytes());
        return;
    }
    let mut in_string = false;
    let mut is_escaped = false;
    for &byte in json.as_bytes() {
        if in_string {
            in_string = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
        } else if matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
            continue;
        } else {
            in_string = byte == b'"';
        }
        out.push(byte);
    }
}
