//! What a server asked for: the challenges of all its `WWW-Authenticate` or `Proxy-Authenticate` headers
//! (RFC 9110 section 11), read liberally and within bounds.
//!
//! Read though the grammar has it otherwise: values without quotes that are no token, space round `=`, parameters
//! without a comma between them, scheme and parameter names in any case. What cannot be read is left out and told as
//! a [`Trouble`]; the other challenges stand.

use crate::headers::{Headers, is_token_byte};

/// All challenge headers of a response together are read up to this many bytes. A Kerberos ticket takes up to 64 KiB.
const LIMIT: usize = 256 << 10;

/// One challenge: a scheme, and what it comes with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Challenge {
    scheme: String,
    token: Option<String>,
    parameters: Vec<(String, String)>,
}

impl Challenge {
    /// The parameters of a header that names no scheme: `Authentication-Info` (RFC 7615).
    #[must_use]
    pub fn without_scheme(text: &str) -> Self {
        let mut parser = Parser::new(if text.len() > LIMIT { "" } else { text });
        parser.current = Some(Self::default());
        parser.run();
        parser.list.challenges.into_iter().next().unwrap_or_default()
    }

    /// The scheme's name as the server wrote it.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// Whether it is for the scheme of that name, whatever the case.
    #[must_use]
    pub fn is(&self, scheme: &str) -> bool {
        self.scheme.eq_ignore_ascii_case(scheme)
    }

    /// What stands alone behind the scheme, base64 for `NTLM` and `Negotiate` (`token68`, RFC 9110 section 11.2).
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The value of the first parameter of that name, whatever the case; without quotes and escapes. It has no control
    /// character other than tab.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Names and values in order, names as written.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The challenges of a response, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Those that could be read.
    pub challenges: Vec<Challenge>,
    /// What was first wrong with the others.
    pub trouble: Option<Trouble>,
}

/// Why a part of a challenge header was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// A quoted value has no end.
    #[error("a quote is never closed")]
    Unterminated,
    /// A control character other than tab in a value.
    #[error("a value has a control character")]
    Control,
    /// Neither a scheme nor a parameter.
    #[error("there is text that is neither a scheme nor a parameter")]
    Garbage,
    /// More than is read.
    #[error("it is over {} KiB long", LIMIT >> 10)]
    TooLong,
}

impl List {
    /// The challenges of one header value, which may hold several.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text.len() > LIMIT {
            return Self { challenges: Vec::new(), trouble: Some(Trouble::TooLong) };
        }
        let mut parser = Parser::new(text);
        parser.run();
        parser.list
    }

    /// The challenges of every header of that name, in order.
    #[must_use]
    pub fn of(headers: &Headers<'_>, name: &str) -> Self {
        let mut list = Self::default();
        let mut length = 0_usize;
        for header in headers.iter().filter(|header| header.is(name)) {
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

    /// Those for the scheme of that name.
    pub fn of_scheme(&self, scheme: &str) -> impl Iterator<Item = &Challenge> {
        self.challenges.iter().filter(move |challenge| challenge.is(scheme))
    }
}

/// The challenges that a person copied from a response, with the header's name or without.
///
/// # Errors
/// What cannot be read, or that there is none.
pub fn copied(text: &str) -> Result<Vec<Challenge>, String> {
    let text = text.trim();
    let is_name =
        |name: &&str| name.eq_ignore_ascii_case("WWW-Authenticate") || name.eq_ignore_ascii_case("Proxy-Authenticate");
    let value = text.split_once(':').filter(|(name, _)| is_name(&name.trim_end())).map_or(text, |(_, value)| value);
    match List::parse(value) {
        List { trouble: Some(trouble), .. } => Err(trouble.to_string()),
        List { challenges, .. } if challenges.is_empty() => Err("no scheme is in it".to_owned()),
        List { challenges, .. } => Ok(challenges),
    }
}

/// One pass over a header value; no byte is looked at more than a fixed number of times.
struct Parser<'t> {
    text: &'t str,
    at: usize,
    list: List,
    current: Option<Challenge>,
    /// Something in the current challenge could not be read: it is left out.
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

    /// A scheme's name was read; what follows belongs to it.
    fn scheme(&mut self, name: &str) {
        self.finish();
        let token = self.token68().map(str::to_owned);
        self.current = Some(Challenge { scheme: name.to_owned(), token, parameters: Vec::new() });
        if !self.is_item_end() && !self.is_parameter() {
            self.garbage();
        }
    }

    /// A parameter's name and its `=` were read.
    fn parameter(&mut self, name: &str) {
        self.skip(is_space);
        let value = if self.peek() == Some(b'"') { self.quoted() } else { Ok(self.unquoted().to_owned()) };
        let value = value.and_then(|value| {
            let is_bad = value.chars().any(|c| c.is_control() && c != '\t');
            if is_bad { Err(Trouble::Control) } else { Ok(value) }
        });
        match (value, &mut self.current) {
            (Ok(value), Some(current)) => current.parameters.push((name.to_owned(), value)),
            (Ok(_), None) => self.trouble(Trouble::Garbage),
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

    /// What stands between quotes (RFC 9110 section 5.6.4).
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
        self.at = self.text.len();
        Err(Trouble::Unterminated)
    }

    /// A value without quotes ends at a comma, or before the next parameter where the comma was forgotten.
    fn unquoted(&mut self) -> &'t str {
        let start = self.at;
        loop {
            self.skip(|b| !is_space(b) && b != b',');
            let end = self.at;
            self.skip(is_space);
            if self.is_item_end() || self.is_parameter() {
                return self.text.get(start..end).unwrap_or_default();
            }
        }
    }

    /// What stands alone behind a scheme. `realm=` is a parameter without a value rather than base64 with padding.
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
        let complete = self.current.take().filter(|_| !self.broken);
        self.list.challenges.extend(complete);
        self.broken = false;
    }

    /// Whether a name and `=` come next.
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
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        self.at += self.rest().bytes().take_while(|&b| is_skipped(b)).count();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// `at` may stand within a character only while that character is being skipped byte by byte.
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

/// Line breaks come with a header that was pasted as a folded one.
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
