//! The body of a request: the bytes that are sent, and how HAR 1.2 spells them (`postData`).

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::value::RawValue;

/// A request's body. An absent body and an empty one differ: the second sends `Content-Length: 0`.
#[derive(Clone, Debug, Default)]
pub struct Body<'a> {
    bytes: Option<Cow<'a, [u8]>>,
    mime_type: Option<Cow<'a, str>>,
    /// `postData` as it came, which is written again as it is unless the body changes.
    raw: Option<&'a RawValue>,
}

impl<'a> Body<'a> {
    /// Returns an absent body.
    #[must_use]
    pub const fn none() -> Self {
        Self { bytes: None, mime_type: None, raw: None }
    }

    /// Returns a body of these bytes. `mime_type` is only shown in HAR; the headers alone decide what is sent.
    #[must_use]
    pub fn new(bytes: impl Into<Cow<'a, [u8]>>, mime_type: impl Into<Cow<'a, str>>) -> Self {
        Self { bytes: Some(bytes.into()), mime_type: Some(mime_type.into()), raw: None }
    }

    /// Returns a body that was read from `postData`, which `raw` still describes if it is there.
    pub(crate) fn read(bytes: Cow<'a, [u8]>, mime_type: Option<Cow<'a, str>>, raw: Option<&'a RawValue>) -> Self {
        Self { bytes: Some(bytes), mime_type, raw }
    }

    /// Returns the bytes that are sent, or `None` if the body is absent.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        self.bytes.as_deref()
    }

    /// Returns the bytes that go on the wire and that hashes cover; they are empty if there is no body.
    #[must_use]
    pub fn sent(&self) -> &[u8] {
        self.bytes.as_deref().unwrap_or_default()
    }

    /// Returns true if the body is absent.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.bytes.is_none()
    }

    /// Returns the type that HAR shows as `mimeType`.
    #[must_use]
    pub fn mime_type(&self) -> Option<&str> {
        self.mime_type.as_deref()
    }

    /// Returns `postData` as it came, if it still describes the bytes that are sent.
    #[must_use]
    pub(crate) fn raw(&self) -> Option<&'a RawValue> {
        self.raw
    }

    /// Returns the same body, borrowing nothing.
    #[must_use]
    pub fn into_owned(self) -> Body<'static> {
        Body {
            bytes: self.bytes.map(|bytes| Cow::Owned(bytes.into_owned())),
            mime_type: self.mime_type.map(|text| Cow::Owned(text.into_owned())),
            raw: None,
        }
    }
}

/// The likeness of a body that was read to the one that was sent: `_body`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fidelity {
    /// The bytes are those that were sent, as far as anybody knows.
    Exact,
    /// All fields are there, in other bytes.
    Reencoded,
    /// Something of the content is missing.
    Partial,
    /// All of the content is missing.
    Unavailable,
}

impl Fidelity {
    /// Returns the likeness that a name stands for.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "reencoded" => Some(Self::Reencoded),
            "partial" => Some(Self::Partial),
            "unavailable" => Some(Self::Unavailable),
            _ => None,
        }
    }

    /// Returns the JSON text of the name, or `None` for an exact body, of which nothing is said.
    #[must_use]
    pub(crate) const fn json(self) -> Option<&'static str> {
        match self {
            Self::Exact => None,
            Self::Reencoded => Some("\"reencoded\""),
            Self::Partial => Some("\"partial\""),
            Self::Unavailable => Some("\"unavailable\""),
        }
    }

    /// Judges the bytes that were read by the number of bytes that were sent.
    #[must_use]
    pub(crate) fn of(read: &[u8], sent: u64) -> Self {
        let length = read.len() as u64;
        match length.cmp(&sent) {
            Ordering::Equal => Self::Exact,
            Ordering::Less if read.is_empty() => Self::Unavailable,
            Ordering::Less => Self::Partial,
            // A recorder that takes a body for text puts U+FFFD where other bytes were, which are lost.
            Ordering::Greater if memchr::memmem::find(read, "\u{fffd}".as_bytes()).is_some() => Self::Partial,
            Ordering::Greater => Self::Reencoded,
        }
    }
}
