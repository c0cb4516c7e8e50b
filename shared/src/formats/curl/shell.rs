//! The POSIX shell's language (XCU section 2), as far as commands that people copy use it: quoted words, `$'…'`,
//! continuations, comments and operators. Nothing is ever expanded or run; text that a shell would expand or run is an
//! error, since the request would not be the one that the user sees.

use crate::error::Error;
use crate::slice::Slice as _;

use super::here_document::Delimiter;
use super::printf::{PRINTF, octal_run, problem, simple_escape};

/// A token of a command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word without its quotes.
    Word(Vec<u8>),
    /// `;`, `&`, `&&` or the end of a line.
    End,
    /// `|`
    Pipe,
    /// Text on standard input: a here-document, or the word of `<<<`.
    Input(Vec<u8>),
    /// `>` and its like, whose target is not a part of the command.
    Output,
}

/// Divides a text into tokens.
///
/// # Errors
/// Returns [`Error::Curl`] if a quote is not closed, or if a shell would expand, run or redirect something.
pub(super) fn tokens(text: &str, names: Names) -> Result<Vec<Token>, Error> {
    let mut lexer = Lexer { rest: text.as_bytes(), word: None, tokens: Vec::new(), texts: Vec::new(), names };
    while let Some(byte) = lexer.next() {
        lexer.bare(byte)?;
    }
    lexer.finish_word();
    if !lexer.texts.is_empty() {
        return Err(problem("a here-document has no end"));
    }
    Ok(lexer.tokens)
}

/// The meaning of `$NAME` and `${NAME}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// They are an error: the environment is never read by itself.
    Refused,
    /// They stand for `{{NAME}}`.
    Variables,
}

struct Lexer<'t> {
    rest: &'t [u8],
    /// The word so far; `''` alone is an empty word.
    word: Option<Vec<u8>>,
    tokens: Vec<Token>,
    /// The here-documents of this line, and the place of each among the tokens.
    texts: Vec<(usize, Delimiter)>,
    names: Names,
}

impl Lexer<'_> {
    fn next(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn skip(&mut self, prefix: &[u8]) -> bool {
        match self.rest.strip_prefix(prefix) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn push(&mut self, byte: u8) {
        self.word.get_or_insert_default().push(byte);
    }

    fn finish_word(&mut self) {
        if let Some(word) = self.word.take() {
            self.tokens.push(Token::Word(word));
        }
    }

    fn operator(&mut self, token: Token) {
        self.finish_word();
        self.tokens.push(token);
    }

    /// Takes one byte outside quotes.
    fn bare(&mut self, byte: u8) -> Result<(), Error> {
        match byte {
            b' ' | b'\t' => self.finish_word(),
            // Text that was copied on Windows ends its lines with CR LF; a CR within a line is a byte like any other.
            b'\r' if self.rest.first().is_none_or(|next| *next == b'\n') => {}
            b'\n' => {
                self.operator(Token::End);
                self.here_documents()?;
            }
            b';' => self.operator(Token::End),
            b'&' if self.rest.first() == Some(&b'>') => {
                self.finish_word();
                self.next();
                self.output()?;
            }
            b'&' => {
                self.skip(b"&");
                self.operator(Token::End);
            }
            b'|' if self.skip(b"|") => {
                return Err(problem("|| runs another command on failure, which cannot be told here"));
            }
            b'|' => self.operator(Token::Pipe),
            b'<' => self.input()?,
            b'>' => {
                // The number before it names a file descriptor and is no word.
                if self.word.as_ref().is_some_and(|word| !word.is_empty() && word.iter().all(u8::is_ascii_digit)) {
                    self.word = None;
                }
                self.finish_word();
                self.output()?;
            }
            b'(' | b')' => return Err(problem("has a parenthesis outside quotes")),
            b'`' => return Err(problem("has a command substitution, which is not run")),
            // Within a word, as in a URL's fragment, `#` begins no comment.
            b'#' if self.word.is_none() => {
                let end = memchr::memchr(b'\n', self.rest).unwrap_or(self.rest.len());
                self.rest = self.rest.part(end..);
            }
            b'\\' if is_followed_by_blanks(self.rest) => {
                return Err(problem(
                    "a blank follows the backslash at the end of a line, so that the command ends there",
                ));
            }
            b'\\' => self.escaped(),
            b'\'' => self.single()?,
            b'"' => self.double()?,
            b'$' if self.skip(b"'") => self.ansi_c()?,
            // bash translates `$"…"` by the locale's catalogue; without one the text stays as it is.
            b'$' if self.skip(b"\"") => self.double()?,
            b'$' => self.dollar()?,
            0xc2 | 0xe2 => {
                self.check_typography(byte)?;
                self.push(byte);
            }
            _ => self.push(byte),
        }
        Ok(())
    }

    /// Checks a character beyond ASCII outside quotes. Word processors and web pages put such ones in the place of those
    /// that a shell knows.
    fn check_typography(&self, byte: u8) -> Result<(), Error> {
        let is_first = self.word.is_none();
        let is_last = |length: usize| self.rest.get(length).is_none_or(|next| b" \t\r\n;&|".contains(next));
        match (byte, self.rest) {
            (0xc2, [0xa0, ..]) | (0xe2, [0x80, 0x87 | 0xaf, ..]) => {
                Err(problem("has a no-break space, which separates no words; write a space"))
            }
            (0xe2, [0x80, 0x98..=0x9f, ..]) if is_first || is_last(2) => {
                Err(problem("has a typographic quote (\u{201c} \u{201d} \u{2018} \u{2019}); write \" or '"))
            }
            (0xe2, [0x80, 0x90..=0x95, ..]) | (0xe2, [0x88, 0x92, ..]) if is_first || is_last(2) => {
                Err(problem("has a long dash (\u{2013} \u{2014}); write - or --"))
            }
            _ => Ok(()),
        }
    }

    /// Takes the byte after a backslash outside quotes: a line break is dropped, any other byte stands for itself. At the
    /// end of the text the backslash continues the command with nothing.
    fn escaped(&mut self) {
        if self.skip(b"\n") || self.skip(b"\r\n") {
            return;
        }
        if let Some(byte) = self.next() {
            self.push(byte);
        }
    }

    /// Takes what stands behind `<`.
    fn input(&mut self) -> Result<(), Error> {
        self.finish_word();
        if self.skip(b"<<") {
            let text = self.target()?;
            self.tokens.push(Token::Input([text.as_slice(), b"\n"].concat()));
            return Ok(());
        }
        if !self.skip(b"<") {
            return Err(problem("reads a file with <; --data @FILE with --allow-files does too"));
        }
        let (delimiter, length) = Delimiter::read(self.rest);
        if delimiter.is_missing() {
            return Err(problem("a here-document has no end"));
        }
        self.rest = self.rest.part(length..);
        self.texts.push((self.tokens.len(), delimiter));
        self.tokens.push(Token::Input(Vec::new()));
        Ok(())
    }

    /// Takes what stands behind `>`, up to the target.
    fn output(&mut self) -> Result<(), Error> {
        let _ = self.skip(b">") || self.skip(b"|") || self.skip(b"&");
        self.target()?;
        self.tokens.push(Token::Output);
        Ok(())
    }

    /// Takes the word behind a redirection.
    fn target(&mut self) -> Result<Vec<u8>, Error> {
        while self.skip(b" ") || self.skip(b"\t") {}
        while let Some(byte) = self.rest.first().copied().filter(|byte| !b" \t\r\n;&|<>".contains(byte)) {
            self.next();
            self.bare(byte)?;
        }
        self.word.take().ok_or_else(|| problem("has a redirection without a target"))
    }

    /// Takes the texts of the here-documents that the line before names.
    fn here_documents(&mut self) -> Result<(), Error> {
        for (place, delimiter) in std::mem::take(&mut self.texts) {
            let mut text = Vec::new();
            let mut is_joined = false;
            loop {
                if self.rest.is_empty() {
                    return Err(problem("a here-document has no end"));
                }
                let end = memchr::memchr(b'\n', self.rest).unwrap_or(self.rest.len());
                let (line, rest) = self.rest.split_at(end);
                self.rest = rest.get(1..).unwrap_or_default();
                if !is_joined && delimiter.is_end(line) {
                    break;
                }
                let line = delimiter.stripped(line);
                is_joined = delimiter.expands && literal(line, self.names, &mut text)? == Joins::Next;
                if !delimiter.expands {
                    text.extend_from_slice(line);
                }
                if !is_joined {
                    text.push(b'\n');
                }
            }
            if let Some(token) = self.tokens.get_mut(place) {
                *token = Token::Input(text);
            }
        }
        Ok(())
    }

    fn single(&mut self) -> Result<(), Error> {
        let end = memchr::memchr(b'\'', self.rest).ok_or_else(|| problem("a quote is not closed"))?;
        let (quoted, rest) = self.rest.split_at(end);
        self.word.get_or_insert_default().extend_from_slice(quoted);
        self.rest = rest.part(1..);
        Ok(())
    }

    fn double(&mut self) -> Result<(), Error> {
        let is_first = self.word.is_none();
        self.word.get_or_insert_default();
        if is_first && [&b"{\"\""[..], b"[\"\"", b"[{\"\""].iter().any(|start| self.rest.starts_with(start)) {
            return Err(problem("has JSON with \"\" for each quote, as copied for Windows; copy it as cURL (bash)"));
        }
        while let Some(byte) = self.next() {
            match byte {
                b'"' => return Ok(()),
                b'`' => return Err(problem("has a command substitution, which is not run")),
                b'$' => self.dollar()?,
                // Between double quotes a backslash escapes only what is special there (XCU section 2.2.3).
                b'\\' => match self.rest.first() {
                    Some(b'$' | b'`' | b'"' | b'\\' | b'\n') => self.escaped(),
                    _ => self.push(b'\\'),
                },
                _ => self.push(byte),
            }
        }
        Err(problem("a quote is not closed"))
    }

    /// Takes a dollar sign outside `'…'`, which stands for itself if nothing follows that a shell would expand. The one
    /// substitution that is read is the one that [`quoted`] writes, so that our own output can be read back.
    fn dollar(&mut self) -> Result<(), Error> {
        // The shell drops continuations first, so a variable's name may follow on the next line.
        while self.skip(b"\\\n") {}
        match self.rest.first() {
            Some(b'(') => match self.rest.strip_prefix(PRINTF).and_then(octal_run) {
                Some((bytes, rest)) => {
                    self.word.get_or_insert_default().extend_from_slice(&bytes);
                    self.rest = rest;
                    Ok(())
                }
                None => Err(problem("has a command substitution, which is not run")),
            },
            Some(byte) if byte.is_ascii_alphanumeric() || b"_{@*#?-$!".contains(byte) => {
                let Some((name, length)) = variable(self.rest).filter(|_| self.names == Names::Variables) else {
                    return Err(problem("has a shell variable; --var NAME=VALUE gives it, or write its value"));
                };
                self.word.get_or_insert_default().extend_from_slice(&[b"{{", name, b"}}"].concat());
                self.rest = self.rest.part(length..);
                Ok(())
            }
            _ => {
                self.push(b'$');
                Ok(())
            }
        }
    }

    /// Reads `$'…'`, as bash, zsh and POSIX.1-2024 (section 2.2.4) have it.
    fn ansi_c(&mut self) -> Result<(), Error> {
        self.word.get_or_insert_default();
        while let Some(byte) = self.next() {
            match byte {
                b'\'' => return Ok(()),
                b'\\' => self.ansi_c_escape()?,
                _ => self.push(byte),
            }
        }
        Err(problem("a quote is not closed"))
    }

    fn ansi_c_escape(&mut self) -> Result<(), Error> {
        let byte = self.next().ok_or_else(|| problem("a quote is not closed"))?;
        match byte {
            b'x' => match self.digits(16, 2) {
                Some(number) => self.push_number(number),
                None => self.word.get_or_insert_default().extend_from_slice(b"\\x"),
            },
            b'u' | b'U' => match self.digits(16, if byte == b'u' { 4 } else { 8 }) {
                Some(number) => self.push_code(number),
                None => self.word.get_or_insert_default().extend_from_slice(&[b'\\', byte]),
            },
            b'0'..=b'7' => {
                // Up to three octal digits, of which this is the first.
                let high = u32::from(byte - b'0');
                let before = self.rest.len();
                let low = self.digits(8, 2).unwrap_or(0);
                let shift = 3 * (before - self.rest.len());
                self.push_number((high << shift) | low);
            }
            b'c' => {
                let control = self.next().ok_or_else(|| problem("a quote is not closed"))?;
                self.push(control.to_ascii_uppercase() & 0x1f);
            }
            _ => match simple_escape(byte) {
                Some(byte) => self.push(byte),
                None => self.word.get_or_insert_default().extend_from_slice(&[b'\\', byte]),
            },
        }
        Ok(())
    }

    /// Reads up to `most` digits, and returns `None` if there is none.
    fn digits(&mut self, base: u32, most: usize) -> Option<u32> {
        let mut number = None;
        for _ in 0..most {
            let Some(digit) = self.rest.first().and_then(|byte| char::from(*byte).to_digit(base)) else { break };
            number = Some(number.unwrap_or(0_u32).wrapping_mul(base) | digit);
            self.next();
        }
        number
    }

    fn push_number(&mut self, number: u32) {
        self.push(u8::try_from(number & 0xff).unwrap_or_default());
    }

    /// Appends a character by its code. Browsers write a character outside the basic plane as two surrogates.
    fn push_code(&mut self, code: u32) {
        let code = match code {
            0xd800..=0xdbff => {
                self.low_surrogate().map_or(code, |low| 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00))
            }
            _ => code,
        };
        let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        let mut buffer = [0; 4];
        self.word.get_or_insert_default().extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
    }

    fn low_surrogate(&mut self) -> Option<u32> {
        let before = self.rest;
        let low = if self.skip(b"\\u") { self.digits(16, 4) } else { None };
        let low = low.filter(|low| (0xdc00..0xe000).contains(low));
        if low.is_none() {
            self.rest = before;
        }
        low
    }
}

/// Returns true if only blanks are before the end of a line, and there are some.
fn is_followed_by_blanks(rest: &[u8]) -> bool {
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    blanks > 0 && matches!(rest.get(blanks..), Some([] | [b'\n', ..] | [b'\r', b'\n', ..]))
}

/// Returns the name of the variable whose `$` stands before this text, and the number of bytes that it takes.
fn variable(text: &[u8]) -> Option<(&[u8], usize)> {
    let is_braced = text.first() == Some(&b'{');
    let start = usize::from(is_braced);
    let length = text.iter().skip(start).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let name = text.get(start..start + length)?;
    let is_name = name.first().is_some_and(|first| !first.is_ascii_digit());
    let is_closed = !is_braced || text.get(start + length) == Some(&b'}');
    (is_name && is_closed).then_some((name, start + length + usize::from(is_braced)))
}

/// The line that a line of a here-document ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joins {
    Nothing,
    Next,
}

/// Appends a line of a here-document in which a shell would expand variables. A backslash escapes what is special there (XCU
/// section 2.7.4).
///
/// # Errors
/// Returns [`Error::Curl`] if there is something to expand.
fn literal(line: &[u8], names: Names, text: &mut Vec<u8>) -> Result<Joins, Error> {
    let mut bytes = line.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        let at = line.len() - bytes.len();
        if byte == b'$'
            && names == Names::Variables
            && let Some((name, length)) = variable(line.part(at..))
        {
            text.extend_from_slice(&[b"{{", name, b"}}"].concat());
            bytes = line.part(at + length..).iter().copied().peekable();
            continue;
        }
        match byte {
            b'\\' => match bytes.next_if(|next| matches!(next, b'$' | b'`' | b'\\')) {
                Some(next) => text.push(next),
                None if bytes.peek().is_none() => return Ok(Joins::Next),
                None => text.push(byte),
            },
            b'`' => return Err(problem("has a command substitution, which is not run")),
            b'$' if bytes.peek().is_some_and(|next| next.is_ascii_alphanumeric() || b"_{(@*#?-$!".contains(next)) => {
                return Err(problem(
                    "has a shell variable in a here-document; write its value, or quote the word behind <<",
                ));
            }
            _ => text.push(byte),
        }
    }
    Ok(Joins::Nothing)
}
