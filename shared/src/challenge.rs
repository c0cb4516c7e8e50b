//! The challenges in a server's `WWW-Authenticate` or `Proxy-Authenticate` headers (RFC 9110 section 11), read liberally
//! and within bounds.
//!
//! Servers break the grammar, so this reads more than it allows: values without quotes that are not tokens, spaces around
//! `=`, parameters without a comma between them. A challenge that cannot be read is left out and reported as [`Trouble`];
//! the others are kept.
//!
//! ```
//! use countersign_shared::challenge::List;
//!
//! let list = List::parse(r#"Negotiate, Digest realm="api", qop=auth, Basic realm="old""#);
//! let digest = list.of_scheme("digest").next().expect("a digest challenge");
//! assert_eq!(digest.parameter("realm"), Some("api"));
//! assert_eq!(list.challenges.len(), 3);
//! ```

use crate::headers::{Headers, is_token_byte};
use crate::slice::Slice as _;

/// The size limit in bytes of all challenge headers of a response together. A Kerberos ticket takes up to 64 KiB.
const LIMIT: usize = 256 << 10;

/// One challenge: a scheme with its token or its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Challenge {
    scheme: String,
    token: Option<String>,
    parameters: Vec<(String, String)>,
}

impl Challenge {
    /// Returns the parameters of a header that names no scheme, such as `Authentication-Info` (RFC 7615).
    #[must_use]
    pub fn without_scheme(text: &str) -> Self {
        let mut parser = Parser::new(if text.len() > LIMIT { "" } else { text });
        // A challenge without a name stands open, so that the parameters do not count as text without a scheme.
        parser.current = Some(Self::default());
        parser.run();
        parser.list.challenges.into_iter().next().unwrap_or_default()
    }

    /// Returns the scheme's name as the server wrote it.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// Returns true if the challenge is for the scheme of that name, whatever its case.
    #[must_use]
    pub fn is(&self, scheme: &str) -> bool {
        self.scheme.eq_ignore_ascii_case(scheme)
    }

    /// Returns the text that follows the scheme alone (`token68`, RFC 9110 section 11.2); `NTLM` and `Negotiate` have
    /// base64 there.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Returns the value of the first parameter of that name, whatever its case, without quotes and escapes. It has no
    /// control character other than tab.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Returns the names, as written, and the values in order.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The challenges of a response, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The challenges that could be read.
    pub challenges: Vec<Challenge>,
    /// The first problem with the others.
    pub trouble: Option<Trouble>,
}

/// The reason why a part of a challenge header was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// A quoted value has no end.
    #[error("a quote is never closed")]
    Unterminated,
    /// A value has a control character other than tab.
    #[error("a value has a control character")]
    Control,
    /// A part of the text is neither a scheme nor a parameter.
    #[error("there is text that is neither a scheme nor a parameter")]
    Garbage,
    /// The text is longer than the limit.
    #[error("it is over {} KiB long", LIMIT >> 10)]
    TooLong,
}

impl List {
    /// Reads one header value, which may hold several challenges.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text.len() > LIMIT {
            return Self { challenges: Vec::new(), trouble: Some(Trouble::TooLong) };
        }
        let mut parser = Parser::new(text);
        parser.run();
        parser.list
    }

    /// Reads every header of that name, in order.
    #[must_use]
    pub fn of(headers: &Headers<'_>, name: &str) -> Self {
        let mut list = Self::default();
        let mut length = 0_usize;
        for header in headers.iter().filter(|header| header.is(name)) {
            // The limit is for all headers together, because a server could repeat one that is just below it.
            length = length.saturating_add(header.value.len());
            let read = if length > LIMIT {
                Self { challenges: Vec::new(), trouble: Some(Trouble::TooLong) }
            } else {
                Self::parse(&header.value)
            };
            list.challenges.extend(read.challenges);
            list.trouble = list.trouble.or(read.trouble);
        }
        list
    }

    /// Returns the challenges for the scheme of that name, whatever its case.
    pub fn of_scheme(&self, scheme: &str) -> impl Iterator<Item = &Challenge> {
        self.challenges.iter().filter(move |challenge| challenge.is(scheme))
    }
}

/// Reads the challenges that a person copied from a response, with the header's name or without.
///
/// # Errors
/// Returns the message to show if a part cannot be read or if there is no challenge.
pub fn copied(text: &str) -> Result<Vec<Challenge>, String> {
    let text = text.trim();
    let is_name =
        |name: &&str| name.eq_ignore_ascii_case("WWW-Authenticate") || name.eq_ignore_ascii_case("Proxy-Authenticate");
    let value = text.split_once(':').filter(|(name, _)| is_name(&name.trim_end())).map_or(text, |(_, value)| value);
    match List::parse(value) {
        // A person can correct what they pasted, so a part that cannot be read is an error here. Of a server's header
        // it would only be left out.
        List { trouble: Some(trouble), .. } => Err(trouble.to_string()),
        List { challenges, .. } if challenges.is_empty() => Err("no scheme is in it".to_owned()),
        List { challenges, .. } => Ok(challenges),
    }
}

/// A parser that makes one pass over a header value and looks at no byte more than a fixed number of times, so that a
/// hostile server cannot make it slow.
struct Parser<'t> {
    text: &'t str,
    at: usize,
    list: List,
    current: Option<Challenge>,
    /// True if something in the current challenge could not be read, so that it is left out.
    broken: bool,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, list: List::default(), current: None, broken: false }
    }

    fn run(&mut self) {
        loop {
            self.skip(|b| is_space(b) || b == b',');
            if self.at >= self.text.len() {
                break;
            }
            let token = self.token();
            self.skip(is_space);
            match self.peek() {
                Some(b'=') if !token.is_empty() => {
                    self.at += 1;
                    self.parameter(token);
                }
                _ if token.is_empty() => self.garbage(),
                _ => self.scheme(token),
            }
        }
        self.finish();
    }

    /// Begins a challenge, after its scheme's name was read.
    fn scheme(&mut self, name: &str) {
        self.finish();
        let token = self.token68().map(str::to_owned);
        self.current = Some(Challenge { scheme: name.to_owned(), token, parameters: Vec::new() });
        if !self.is_item_end() && !self.is_parameter() {
            self.garbage();
        }
    }

    /// Reads a parameter's value, after its name and `=` were read.
    fn parameter(&mut self, name: &str) {
        self.skip(is_space);
        let value = if self.peek() == Some(b'"') { self.quoted() } else { Ok(self.unquoted().to_owned()) };
        let value = value.and_then(|value| {
            // Realm and nonce go back to the server in a header, where a line break would begin another header.
            let is_bad = value.chars().any(|c| c.is_control() && c != '\t');
            if is_bad { Err(Trouble::Control) } else { Ok(value) }
        });
        match (value, &mut self.current) {
            (Ok(value), Some(current)) => current.parameters.push((name.to_owned(), value)),
            (Ok(_), None) => self.trouble(Trouble::Garbage),
            // A challenge without one of its parameters may mean something else, so it is left out as a whole.
            (Err(trouble), _) => {
                self.trouble(trouble);
                self.broken = true;
            }
        }
        self.skip(is_space);
        if !self.is_item_end() && !self.is_parameter() {
            self.garbage();
        }
    }

    /// Reads a quoted value (RFC 9110 section 5.6.4).
    fn quoted(&mut self) -> Result<String, Trouble> {
        self.at += 1;
        let mut value = String::new();
        let mut characters = self.rest().char_indices();
        while let Some((offset, c)) = characters.next() {
            match c {
                '"' => {
                    self.at += offset + 1;
                    return Ok(value);
                }
                '\\' => value.extend(characters.next().map(|(_, c)| c)),
                _ => value.push(c),
            }
        }
        // The quote may hold everything that follows, so nothing behind it can be trusted to be a challenge.
        self.at = self.text.len();
        Err(Trouble::Unterminated)
    }

    /// Reads a value without quotes, which ends at a comma, or before the next parameter if the comma is missing.
    fn unquoted(&mut self) -> &'t str {
        let start = self.at;
        loop {
            self.skip(|b| !is_space(b) && b != b',');
            let end = self.at;
            self.skip(is_space);
            if self.is_item_end() || self.is_parameter() {
                return self.text.part(start..end);
            }
        }
    }

    /// Reads the token of a challenge that has no parameters. `realm=` is a parameter without a value rather than base64
    /// with padding, so the padding must fit the length.
    fn token68(&mut self) -> Option<&'t str> {
        let start = self.at;
        self.skip(|b| b.is_ascii_alphanumeric() || b"-._~+/".contains(&b));
        let body = self.at - start;
        self.skip(|b| b == b'=');
        let end = self.at;
        self.skip(is_space);
        let is_padding = end - start - body != 1 || (end - start).is_multiple_of(4);
        let is_token = body > 0 && self.is_item_end() && is_padding;
        let item_end = self.at;
        self.skip(|b| is_space(b) || b == b',');
        // A challenge has either a token or parameters (RFC 9110 section 11.3), so a word before a parameter is no
        // token.
        if is_token && !self.is_parameter() {
            self.at = item_end;
            return self.text.get(start..end);
        }
        self.at = start;
        None
    }

    fn garbage(&mut self) {
        self.trouble(Trouble::Garbage);
        // A comma between quotes ends nothing.
        while let Some(byte) = self.peek() {
            match byte {
                b',' => return,
                b'"' => drop(self.quoted()),
                _ => self.at += 1,
            }
        }
    }

    fn trouble(&mut self, trouble: Trouble) {
        self.list.trouble.get_or_insert(trouble);
    }

    fn finish(&mut self) {
        let current = self.current.take();
        if !std::mem::take(&mut self.broken) {
            self.list.challenges.extend(current);
        }
    }

    /// Returns true if a name and `=` come next.
    fn is_parameter(&mut self) -> bool {
        let start = self.at;
        let is_named = !self.token().is_empty();
        self.skip(is_space);
        let is_parameter = is_named && self.peek() == Some(b'=');
        self.at = start;
        is_parameter
    }

    fn is_item_end(&self) -> bool {
        matches!(self.peek(), None | Some(b','))
    }

    fn token(&mut self) -> &'t str {
        let start = self.at;
        self.skip(is_token_byte);
        self.text.part(start..self.at)
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        self.at += self.rest().bytes().take_while(|&b| is_skipped(b)).count();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Returns the text from `at` on, or nothing while `at` is within a character that is skipped byte by byte.
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

/// Returns true for white space. Line breaks are in a header that was pasted in its folded form.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
