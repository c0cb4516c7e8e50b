//! The POSIX shell's language (XCU section 2), as far as commands that people copy use it: quoted words, `$'…'`,
//! continuations, comments and operators. Nothing is ever expanded or run; text that a shell would expand or run is an
//! error, since the request would not be the one that the user sees.

use crate::error::Error;
use crate::slice::Slice as _;

/// A token of a command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word without its quotes.
    Word(Vec<u8>),
    /// `;`, `&`, `&&` or the end of a line.
    End,
    /// `|`
    Pipe,
}

/// Divides a text into tokens.
///
/// # Errors
/// Returns [`Error::Curl`] if a quote is not closed, or if a shell would expand, run or redirect something.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Error> {
    let mut lexer = Lexer { rest: text.as_bytes(), word: None, tokens: Vec::new() };
    while let Some(byte) = lexer.next() {
        lexer.bare(byte)?;
    }
    lexer.finish_word();
    Ok(lexer.tokens)
}

struct Lexer<'t> {
    rest: &'t [u8],
    /// The word so far; `''` alone is an empty word.
    word: Option<Vec<u8>>,
    tokens: Vec<Token>,
}

fn problem(text: &str) -> Error {
    Error::Curl(text.to_owned())
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
            b'\n' | b';' => self.operator(Token::End),
            b'&' => {
                self.skip(b"&");
                self.operator(Token::End);
            }
            b'|' if self.skip(b"|") => {
                return Err(problem("|| runs another command on failure, which cannot be told here"));
            }
            b'|' => self.operator(Token::Pipe),
            b'<' | b'>' => return Err(problem("has a redirection")),
            b'(' | b')' => return Err(problem("has a parenthesis outside quotes")),
            b'`' => return Err(problem("has a command substitution, which is not run")),
            // Within a word, as in a URL's fragment, `#` begins no comment.
            b'#' if self.word.is_none() => {
                let end = memchr::memchr(b'\n', self.rest).unwrap_or(self.rest.len());
                self.rest = self.rest.part(end..);
            }
            b'\\' => self.escaped(),
            b'\'' => self.single()?,
            b'"' => self.double()?,
            b'$' if self.skip(b"'") => self.ansi_c()?,
            // bash translates `$"…"` by the locale's catalogue; without one the text stays as it is.
            b'$' if self.skip(b"\"") => self.double()?,
            b'$' => self.dollar()?,
            _ => self.push(byte),
        }
        Ok(())
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

    fn single(&mut self) -> Result<(), Error> {
        let end = memchr::memchr(b'\'', self.rest).ok_or_else(|| problem("a quote is not closed"))?;
        let (quoted, rest) = self.rest.split_at(end);
        self.word.get_or_insert_default().extend_from_slice(quoted);
        self.rest = rest.part(1..);
        Ok(())
    }

    fn double(&mut self) -> Result<(), Error> {
        self.word.get_or_insert_default();
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
                Err(problem("has a shell variable, which is not known here; write its value"))
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

/// Returns the byte for an escape of one letter, or of a quote, that `$'…'` and `printf` share.
fn simple_escape(byte: u8) -> Option<u8> {
    Some(match byte {
        b'a' => 7,
        b'b' => 8,
        b'e' | b'E' => 0x1b,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 0x0b,
        b'\\' | b'\'' | b'"' | b'?' => byte,
        _ => return None,
    })
}

/// Returns the output of `printf` (XCU, printf) for a format and its arguments. Of the conversions only `%s` and `%%` are
/// read, which are those that commands for curl need.
///
/// # Errors
/// Returns [`Error::Curl`] if the format has another conversion or fewer of them than there are arguments.
pub(super) fn printf(format: &[u8], arguments: &[Vec<u8>]) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(format.len());
    let mut arguments = arguments.iter();
    let mut rest = format;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'\\' => rest = printf_escape(tail, &mut out),
            b'%' => match tail.first() {
                Some(b'%') => {
                    out.push(b'%');
                    rest = tail.part(1..);
                }
                Some(b's') => {
                    out.extend_from_slice(arguments.next().map_or(&[], Vec::as_slice));
                    rest = tail.part(1..);
                }
                _ => return Err(problem("printf: only %s and %% are known")),
            },
            _ => out.push(*byte),
        }
    }
    match arguments.next() {
        None => Ok(out),
        Some(_) => Err(problem("printf: more arguments than %s")),
    }
}

fn printf_escape<'t>(rest: &'t [u8], out: &mut Vec<u8>) -> &'t [u8] {
    if let Some((byte, rest)) = octal(rest) {
        out.push(byte);
        return rest;
    }
    match rest.split_first() {
        Some((byte, tail)) => {
            match simple_escape(*byte) {
                Some(byte) => out.push(byte),
                None => out.extend_from_slice(&[b'\\', *byte]),
            }
            tail
        }
        None => {
            out.push(b'\\');
            rest
        }
    }
}

/// Reads one to three octal digits.
fn octal(text: &[u8]) -> Option<(u8, &[u8])> {
    let count = text.iter().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
    if count == 0 {
        return None;
    }
    let (digits, rest) = text.split_at_checked(count)?;
    let number = digits.iter().fold(0_u32, |number, digit| number * 8 + u32::from(digit - b'0'));
    Some((u8::try_from(number & 0xff).ok()?, rest))
}

/// The text after `$` where [`quoted`] could not write a character as it is.
const PRINTF: &[u8] = b"(printf '";

/// Reads `\ooo` again and again up to `')`.
fn octal_run(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(tail) = rest.strip_prefix(b"\\") {
        let (byte, tail) = octal(tail)?;
        bytes.push(byte);
        rest = tail;
    }
    Some((bytes, rest.strip_prefix(b"')")?))
}

/// Returns true if a character can be pasted into a terminal and seen there: it is not a control character, and not an
/// invisible one that reorders or joins the text around it.
fn is_visible(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns true if a text can be put between `'…'` as it is.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) || text.chars().all(is_visible)
}

/// Appends a word in `'…'`. A character that cannot be pasted as it is becomes `"$(printf '\ooo')"`, since not every
/// shell knows `$'…'`. The text must have no line break: a substitution loses a final one.
pub(crate) fn quoted(text: &str, out: &mut Vec<u8>) {
    out.push(b'\'');
    let mut rest = text;
    while !rest.is_empty() {
        let visible = rest.find(|c| !is_visible(c)).unwrap_or(rest.len());
        let (plain, tail) = rest.split_at(visible);
        for byte in plain.bytes() {
            if byte == b'\'' {
                out.extend_from_slice(b"'\\''");
            } else {
                out.push(byte);
            }
        }
        let hidden = tail.find(is_visible).unwrap_or(tail.len());
        let (hidden, tail) = tail.split_at(hidden);
        if !hidden.is_empty() {
            out.extend_from_slice(b"'\"$(printf '");
            hidden.bytes().for_each(|byte| push_octal(byte, out));
            out.extend_from_slice(b"')\"'");
        }
        rest = tail;
    }
    out.push(b'\'');
}

/// Appends the format, in `'…'`, for which `printf` writes these bytes. Any bytes can be written, on one line.
pub(crate) fn printf_format(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'\'');
    // Some shells take a format that begins with a dash for an option.
    let bytes = match bytes.strip_prefix(b"-") {
        Some(rest) => {
            push_octal(b'-', out);
            rest
        }
        None => bytes,
    };
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\\' => out.extend_from_slice(b"\\\\"),
                '%' => out.extend_from_slice(b"%%"),
                '\'' => out.extend_from_slice(b"'\\''"),
                '\n' => out.extend_from_slice(b"\\n"),
                '\r' => out.extend_from_slice(b"\\r"),
                '\t' => out.extend_from_slice(b"\\t"),
                _ => {
                    let mut buffer = [0; 4];
                    let encoded = c.encode_utf8(&mut buffer).as_bytes();
                    if is_visible(c) {
                        out.extend_from_slice(encoded);
                    } else {
                        encoded.iter().for_each(|byte| push_octal(*byte, out));
                    }
                }
            }
        }
        chunk.invalid().iter().for_each(|byte| push_octal(*byte, out));
    }
    out.push(b'\'');
}

/// Appends an octal escape. It always has three digits, so that a digit after it is a character of its own.
fn push_octal(byte: u8, out: &mut Vec<u8>) {
    out.extend_from_slice(&[b'\\', b'0' + (byte >> 6), b'0' + (byte >> 3 & 7), b'0' + (byte & 7)]);
}
