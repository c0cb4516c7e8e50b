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
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `scheme token name=value|name=value` a challenge.
    fn shown(text: &str) -> Vec<String> {
        let show = |challenge: &Challenge| {
            let pairs: Vec<String> = challenge.parameters().map(|(name, value)| format!("{name}={value}")).collect();
            let parts = [challenge.scheme(), challenge.token().unwrap_or_default(), &pairs.join("|")];
            parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
        };
        List::parse(text).challenges.iter().map(show).collect()
    }

    fn trouble(text: &str) -> Option<Trouble> {
        List::parse(text).trouble
    }

    #[test]
    fn several_challenges_stand_in_one_header() {
        let text = r#"Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple""#;
        assert_eq!(shown(text), [r#"Newauth realm=apps|type=1|title=Login to "apps""#, "Basic realm=simple"]);
        assert_eq!(shown("Negotiate, NTLM,Basic realm=x"), ["Negotiate", "NTLM", "Basic realm=x"]);
        assert_eq!(
            shown("Digest realm=\"r\", nonce=\"a, Basic realm=b\",\tDigest realm=\"s\""),
            ["Digest realm=r|nonce=a, Basic realm=b", "Digest realm=s"]
        );
        assert_eq!(trouble(text), None);
    }

    #[test]
    fn several_headers_are_one_list() {
        let mut headers = Headers::new();
        headers.push("WWW-Authenticate", "Basic realm=\"a\"");
        headers.push("Date", "Digest realm=\"not a challenge\"");
        headers.push("www-authenticate", "DIGEST Realm = \"b\"");
        let list = List::of(&headers, "WWW-Authenticate");
        let schemes: Vec<&str> = list.challenges.iter().map(Challenge::scheme).collect();
        assert_eq!(schemes, ["Basic", "DIGEST"]);
        assert_eq!(list.of_scheme("digest").next().unwrap().parameter("realm"), Some("b"));
    }

    #[test]
    fn tokens_behind_a_scheme_are_told_from_parameters() {
        assert_eq!(shown("NTLM TlRMTVNTUAACAAAA"), ["NTLM TlRMTVNTUAACAAAA"]);
        assert_eq!(shown("Negotiate a+/b~-._c==, Basic realm=x"), ["Negotiate a+/b~-._c==", "Basic realm=x"]);
        assert_eq!(shown("Digest realm=, nonce=n"), ["Digest realm=|nonce=n"]);
        assert_eq!(shown("Digest qop=, nonce=n"), ["Digest qop=|nonce=n"]);
        assert_eq!(shown("Digest opaque="), ["Digest opaque="]);
        assert_eq!(shown("Bearer"), ["Bearer"]);
    }

    #[test]
    fn sloppy_spelling_is_understood() {
        let expected = ["dIGEST Realm=a b|NONCE=x==|qop=auth,auth-int|algorithm=SHA-256"];
        for text in [
            r#"dIGEST Realm="a b", NONCE="x==", qop="auth,auth-int", algorithm=SHA-256"#,
            r#"dIGEST Realm = "a b" ,NONCE= x== , qop ="auth,auth-int",, algorithm="SHA-256","#,
            r#"dIGEST Realm=a b, NONCE=x==, qop="auth,auth-int" algorithm=SHA-256"#,
            "\tdIGEST\r\n  Realm=\"a b\"\r\n  NONCE=x== qop=\"auth,auth-int\"\r\n  algorithm=SHA-256\r\n",
        ] {
            assert_eq!(shown(text), expected, "{text}");
            assert_eq!(trouble(text), None, "{text}");
        }
        assert_eq!(shown("Digest realm=\"é\", title=\u{3a9}, nonce=n"), ["Digest realm=é|title=\u{3a9}|nonce=n"]);
    }

    #[test]
    fn the_first_of_two_equal_parameters_counts() {
        let list = List::parse("Digest nonce=a, Nonce=b");
        assert_eq!(list.challenges.first().unwrap().parameter("nonce"), Some("a"));
    }

    #[test]
    fn what_cannot_be_read_is_told_and_the_rest_stands() {
        let text = r#"Basic realm="b", Digest realm="never closed, nonce=x"#;
        assert_eq!(shown(text), ["Basic realm=b"]);
        assert_eq!(trouble(text), Some(Trouble::Unterminated));
        assert_eq!(trouble("Digest nonce=\"a\\"), Some(Trouble::Unterminated));

        assert_eq!(shown("Digest nonce=\"a\r\nSet-Cookie: b\", Basic realm=b"), ["Basic realm=b"]);
        assert_eq!(trouble("Digest nonce=\"a\0\""), Some(Trouble::Control));
        assert_eq!(trouble("Digest nonce=a\r\nb"), Some(Trouble::Control));

        assert_eq!(shown("\u{3a9}=1, realm=\"x, y\", Basic realm=b"), ["Basic realm=b"]);
        assert_eq!(trouble("realm=x"), Some(Trouble::Garbage));
        assert_eq!(shown("Digest nonce=\"n\" \u{3a9}\",\", realm=r"), ["Digest nonce=n|realm=r"]);
    }

    #[test]
    fn a_copied_challenge_may_have_its_header_name() {
        for text in
            ["Digest nonce=a:b", "WWW-Authenticate: Digest nonce=a:b\r\n", "proxy-authenticate :Digest nonce=a:b"]
        {
            assert_eq!(copied(text).unwrap().first().unwrap().parameter("nonce"), Some("a:b"), "{text}");
        }
        assert!(copied("").is_err());
        assert!(copied("Digest nonce=\"a").is_err());
    }

    #[test]
    fn a_million_parameters_are_too_many() {
        let text = format!("Digest {}", "a=b,".repeat(1_000_000));
        assert_eq!(trouble(&text), Some(Trouble::TooLong));
        let mut headers = Headers::new();
        for _ in 0..1000 {
            headers.push("WWW-Authenticate", format!("Digest {}", "a=b,".repeat(1000)));
        }
        let list = List::of(&headers, "WWW-Authenticate");
        assert_eq!(list.trouble, Some(Trouble::TooLong));
        assert!(list.challenges.len() < 70);
    }

    #[test]
    fn repetition_costs_no_more_than_its_length() {
        let started = std::time::Instant::now();
        for piece in [" ", ",", "a", "a ", "a=", "=", "\"", "\"\"", "\\", "a=b ", "a b,", "a b c=", "é", "=,", "a\t, ,"]
        {
            for head in ["", "Digest ", "Digest a=", "Digest a=\""] {
                let _ = List::parse(&format!("{head}{}", piece.repeat(LIMIT / piece.len() - 16)));
            }
        }
        assert!(started.elapsed() < std::time::Duration::from_secs(20));
    }

    #[test]
    fn a_header_without_scheme_has_parameters_alone() {
        let info = Challenge::without_scheme(r#"qop=auth, rspauth="00ff", nc=00000001"#);
        assert_eq!(info.parameter("rspauth"), Some("00ff"));
        assert_eq!(info.parameter("nc"), Some("00000001"));
        assert_eq!(Challenge::without_scheme("").parameters().count(), 0);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,200}", pieces in proptest::collection::vec(
            prop_oneof![Just("Digest "), Just("realm"), Just("="), Just("\""), Just("\\"), Just(","), Just(" "), Just("é"), Just("\r\n"), Just("NTLM a=")], 0..60)
        ) {
            for text in [text, pieces.concat()] {
                let list = List::parse(&text);
                for challenge in &list.challenges {
                    prop_assert!(crate::headers::is_token(challenge.scheme()));
                    for (name, value) in challenge.parameters() {
                        prop_assert!(crate::headers::is_token(name));
                        prop_assert!(!value.chars().any(|c| c.is_control() && c != '\t'));
                    }
                }
                let _ = Challenge::without_scheme(&text);
            }
        }

        #[test]
        fn quoted_values_come_back_as_they_were(values in proptest::collection::vec("[^\\p{C}]{0,20}", 1..5)) {
            let mut text = "Digest ".to_owned();
            for (index, value) in values.iter().enumerate() {
                text.push_str(&format!("p{index}="));
                crate::encode::quoted(&mut text, value);
                text.push_str(", ");
            }
            let list = List::parse(&text);
            let read: Vec<&str> = list.challenges.first().unwrap().parameters().map(|(_, value)| value).collect();
            prop_assert_eq!(read, values);
        }
    }
}
