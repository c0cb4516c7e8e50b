//! Header fields as a list that keeps order, repeats and case (RFC 9110 section 5).
//!
//! ```
//! use countersign_shared::headers::Headers;
//!
//! let mut headers = Headers::new();
//! headers.push("Accept", "text/html");
//! headers.push("ACCEPT", "*/*");
//! headers.replace("Authorization", "Bearer T0KEN");
//! assert_eq!(headers.get("accept"), Some("text/html"));
//! let names: Vec<&str> = headers.iter().map(|header| header.name.as_ref()).collect();
//! assert_eq!(names, ["Accept", "ACCEPT", "Authorization"]);
//! let added: Vec<&str> = headers.added().map(|header| header.value.as_ref()).collect();
//! assert_eq!(added, ["Bearer T0KEN"]);
//! ```

use std::borrow::Cow;

use crate::error::{Error, Field, Problem};

/// The origin of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The header came with the request.
    Given,
    /// A signer added the header, or it was made of the URL's userinfo; `--to header` prints it.
    Added,
}

/// One header field.
#[derive(Clone, Debug)]
pub struct Header<'a> {
    /// The name, a token (RFC 9110 section 5.1) in the case it came in.
    pub name: Cow<'a, str>,
    /// The value, without control characters other than tab.
    pub value: Cow<'a, str>,
    /// The origin: given or added.
    pub origin: Origin,
}

impl Header<'_> {
    /// Returns true if this is the header of that name, whatever its case.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The header fields of a request or a response, in order.
#[derive(Clone, Debug, Default)]
pub struct Headers<'a>(Vec<Header<'a>>);

impl<'a> Headers<'a> {
    /// Returns an empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns an empty list with room for `count` fields.
    #[must_use]
    pub fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    /// Returns the number of fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if the list has no fields.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the fields in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Header<'a>> {
        self.0.iter()
    }

    /// Returns the first value of that name, whatever its case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|header| header.is(name)).map(|header| header.value.as_ref())
    }

    /// Returns true if there is a field of that name, whatever its case.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|header| header.is(name))
    }

    /// Appends a field that came with the request.
    pub fn push(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        self.0.push(Header { name: name.into(), value: value.into(), origin: Origin::Given });
    }

    /// Removes every field of that name and appends one that is marked as added.
    pub fn replace(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        let name = name.into();
        self.remove(&name);
        self.0.push(Header { name, value: value.into(), origin: Origin::Added });
    }

    /// Gives the first field of that name this value, marked as added, and removes the others of the name. A field is
    /// appended if there is none.
    pub fn put(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        let name = name.into();
        let Some(first) = self.0.iter().position(|header| header.is(&name)) else {
            return self.replace(name, value);
        };
        let mut index = 0;
        self.0.retain(|header| {
            index += 1;
            index - 1 <= first || !header.is(&name)
        });
        if let Some(header) = self.0.get_mut(first) {
            (header.value, header.origin) = (value.into(), Origin::Added);
        }
    }

    /// Removes every field of that name, whatever its case.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|header| !header.is(name));
    }

    /// Keeps the fields for which `keep` returns true.
    pub fn retain(&mut self, keep: impl FnMut(&Header<'a>) -> bool) {
        self.0.retain(keep);
    }

    /// Returns the fields that were added, in order.
    pub fn added(&self) -> impl Iterator<Item = &Header<'a>> {
        self.0.iter().filter(|header| header.origin == Origin::Added)
    }

    /// Checks every name and value.
    ///
    /// # Errors
    /// Returns [`Error::Request`] if a header's name is not a token or its value has a control character: the first such header.
    /// [`Field::Header`] counts from 1.
    pub fn check(&self) -> Result<(), Error> {
        for (index, header) in self.0.iter().enumerate() {
            check(header).map_err(|problem| Error::request(Field::Header(index + 1), problem))?;
        }
        Ok(())
    }

    /// Returns the same fields, borrowing nothing.
    #[must_use]
    pub fn into_owned(self) -> Headers<'static> {
        let own = |header: Header<'_>| Header {
            name: Cow::Owned(header.name.into_owned()),
            value: Cow::Owned(header.value.into_owned()),
            origin: header.origin,
        };
        Headers(self.0.into_iter().map(own).collect())
    }
}

impl<'a, 'b> IntoIterator for &'b Headers<'a> {
    type Item = &'b Header<'a>;
    type IntoIter = std::slice::Iter<'b, Header<'a>>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

fn check(header: &Header<'_>) -> Result<(), Problem> {
    if !is_token(&header.name) {
        return Err(Problem::NameNotToken);
    }
    if !has_control(&header.value) {
        return Ok(());
    }
    // A line break has a message of its own, because it would smuggle another header into the request.
    if header.value.bytes().any(|b| b == b'\r' || b == b'\n') {
        return Err(Problem::LineBreak);
    }
    Err(Problem::ValueControl)
}

/// Returns the media type of a Content-Type in lower case, without its parameters.
#[must_use]
pub fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns true if a value has a byte that no field value has: a control character other than the tab. Bytes from 0x80 on
/// are allowed (`obs-text`, RFC 9110 section 5.5).
#[must_use]
pub fn has_control(value: &str) -> bool {
    // No early end: the loop over a clean value, which nearly all are, is then one that the compiler vectorizes.
    value.bytes().fold(false, |found, b| found | ((b < b' ') & (b != b'\t')) | (b == 0x7f))
}

/// Returns true if the text is a token: one or more `tchar` (RFC 9110 section 5.6.2).
#[must_use]
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_token_byte)
}

/// Returns true if the byte is a `tchar` (RFC 9110 section 5.6.2).
#[must_use]
pub fn is_token_byte(byte: u8) -> bool {
    TOKEN.get(usize::from(byte)).copied().unwrap_or(false)
}

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which checks every index")]
const TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let allowed = b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut index = 0;
    while index < allowed.len() {
        table[allowed[index] as usize] = true;
        index += 1;
    }
    table
};
