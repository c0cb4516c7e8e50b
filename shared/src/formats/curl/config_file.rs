//! curl's config files, as `-K` reads them: an option a line, with its value behind `=`, `:` or a blank.

use crate::error::Error;
use crate::slice::Slice as _;

use super::options::{self, Arity};

/// Returns the words that stand for the lines of a file.
///
/// # Errors
/// Returns [`Error::Curl`] if an option is not known, or has a value too many or too few.
pub(super) fn words(content: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let mut words = Vec::new();
    for line in content.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
        if line.is_empty() || matches!(line.first(), Some(b'#' | b'/' | b'*')) {
            continue;
        }
        let end = line.iter().position(|byte| matches!(byte, b' ' | b'\t' | b'=' | b':')).unwrap_or(line.len());
        let (name, rest) = line.split_at(end);
        let start = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'=' | b':')).count();
        let value = rest.part(start..);
        let text = std::str::from_utf8(name).map_err(|_| Error::Curl("-K: an option is not UTF-8".to_owned()))?;
        let meaning = match (text.strip_prefix("--"), text.strip_prefix('-').map(|rest| (rest.chars().next(), rest))) {
            (Some(long), _) => options::long(long)?,
            (None, Some((Some(letter), rest))) if rest.len() == letter.len_utf8() => options::short(letter)?,
            (None, Some(_)) => return Err(Error::Curl("-K: a line has several options".to_owned())),
            (None, None) => options::long(text)?,
        };
        let dashes: &[u8] = if name.starts_with(b"-") { b"" } else { b"--" };
        words.push([dashes, name].concat());
        match (meaning.arity(), value.is_empty()) {
            (Arity::Value, false) => words.push(unquoted(value)),
            (Arity::Value, true) => return Err(Error::Curl(format!("-K: option {text} has no value"))),
            (Arity::Switch, true) => {}
            (Arity::Switch, false) if value.starts_with(b"#") || matches!(meaning, options::Meaning::Refused(_)) => {}
            (Arity::Switch, false) => return Err(Error::Curl(format!("-K: option {text} takes no value"))),
        }
    }
    Ok(words)
}

/// Returns a value without its quotes, between which a backslash escapes.
fn unquoted(value: &[u8]) -> Vec<u8> {
    let Some(quoted) = value.strip_prefix(b"\"") else {
        return value.split(u8::is_ascii_whitespace).next().unwrap_or_default().to_vec();
    };
    let mut word = Vec::with_capacity(quoted.len());
    let mut bytes = quoted.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => break,
            b'\\' => word.extend(bytes.next().map(|next| match next {
                b't' => b'\t',
                b'n' => b'\n',
                b'r' => b'\r',
                b'v' => 0x0b,
                other => other,
            })),
            _ => word.push(byte),
        }
    }
    word
}
