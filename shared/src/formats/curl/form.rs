//! The parts of a multipart form that `--form` and `--form-string` give.

use crate::error::{Error, Field};
use crate::multipart::{Part, type_of};
use crate::slice::Slice as _;

use super::data::Sources;

fn problem(text: &str) -> Error {
    Error::Curl(format!("--form: {text}"))
}

impl Part {
    /// Returns the part that `--form-string` gives: `name=value`, in which no character is special.
    ///
    /// # Errors
    /// Returns [`Error::Curl`] if there is no `=` or the name is not UTF-8.
    pub(super) fn literal(field: &[u8]) -> Result<Self, Error> {
        let (name, content) = split(field)?;
        Ok(Self { name, filename: None, content_type: None, content: content.to_vec() })
    }

    /// Returns the part that `--form` gives: `name=value`, `name=@file` or `name=<file`, with `;type=` and `;filename=`
    /// after it.
    ///
    /// # Errors
    /// Returns [`Error::Curl`] if the text has another form, and the error of [`Sources::read`] if the file cannot be read.
    pub(super) fn parse(field: &[u8], sources: &mut Sources) -> Result<Self, Error> {
        let (name, value) = split(field)?;
        let start = value.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let (kind, value) = match value.split_first() {
            Some((b'@', rest)) => (b'@', rest),
            Some((b'<', rest)) => (b'<', rest),
            Some((b'(', _)) if name.is_empty() => return Err(problem("a part within a part is not taken")),
            _ => (b'=', value.part(start..)),
        };
        // Behind a comma curl takes another file, for a part of several.
        let ends: &[u8] = if kind == b'@' { b";," } else { b";" };
        let (value, parameters) = word(value, ends)?;
        if kind == b'@' && memchr::memchr(b',', parameters).is_some() {
            return Err(problem(
                "several files in one part are not taken: give each its own -F, or put a name with , in \"…\"",
            ));
        }
        let mut part = Self { name, filename: None, content_type: None, content: Vec::new() };
        part.take_parameters(parameters)?;
        if kind == b'=' {
            part.content_type = part.content_type.or_else(|| known_type(part.filename.as_deref()?));
            part.content = value;
            return Ok(part);
        }
        let text = String::from_utf8_lossy(&value).into_owned();
        if kind == b'@' {
            if part.content_type.is_none() {
                let known = part.filename.as_deref().and_then(known_type);
                part.content_type = Some(known.unwrap_or_else(|| type_of(&text).to_owned()));
            }
            part.filename.get_or_insert_with(|| text.rsplit('/').next().unwrap_or_default().to_owned());
        }
        part.content = sources.read(&value, Field::Body)?;
        Ok(part)
    }

    fn take_parameters(&mut self, parameters: &[u8]) -> Result<(), Error> {
        let mut rest = parameters;
        while let Some(parameter) = rest.strip_prefix(b";") {
            let parameter = parameter.trim_ascii_start();
            let (value, after) = if let Some(value) = parameter.strip_prefix(b"type=") {
                // The parameters of a media type belong to it.
                let end = media_type_end(value);
                let (value, after) = value.split_at(end);
                (value.trim_ascii().to_vec(), after)
            } else if let Some(value) = parameter.strip_prefix(b"filename=") {
                word(value, b";")?
            } else {
                let curls_own = [&b"headers="[..], b"encoder="].iter().any(|name| parameter.starts_with(name));
                return Err(problem(match curls_own {
                    true => ";headers= and ;encoder= are not taken",
                    false => "something other than ;type= or ;filename= follows; put text with ; in \"…\"",
                }));
            };
            let value = String::from_utf8(value).map_err(|_| problem("a parameter is not UTF-8"))?;
            if parameter.starts_with(b"type=") {
                self.content_type = Some(value);
            } else {
                self.filename = Some(value);
            }
            rest = after;
        }
        Ok(())
    }
}

/// Returns the type that the end of a name tells, if it tells one.
fn known_type(name: &str) -> Option<String> {
    Some(type_of(name)).filter(|known| *known != "application/octet-stream").map(str::to_owned)
}

fn split(field: &[u8]) -> Result<(String, &[u8]), Error> {
    let at = memchr::memchr(b'=', field).ok_or_else(|| problem("has no ="))?;
    let (name, value) = field.split_at(at);
    let name = String::from_utf8(name.to_vec()).map_err(|_| problem("a name is not UTF-8"))?;
    Ok((name, value.part(1..)))
}

/// Divides a text after its first word: text up to one of the ends, or between `"`, where `\"` and `\\` are escapes.
fn word<'t>(text: &'t [u8], ends: &[u8]) -> Result<(Vec<u8>, &'t [u8]), Error> {
    let end = || text.iter().position(|byte| ends.contains(byte)).unwrap_or(text.len());
    let Some(quoted) = text.strip_prefix(b"\"") else {
        let (word, rest) = text.split_at(end());
        return Ok((word.trim_ascii_end().to_vec(), rest));
    };
    let mut word = Vec::new();
    let mut bytes = quoted.iter().copied().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Ok((word, quoted.part(at + 1..).trim_ascii_start())),
            b'\\' => match quoted.get(at + 1) {
                Some(next @ (b'"' | b'\\')) => {
                    word.push(*next);
                    bytes.next();
                }
                _ => word.push(byte),
            },
            _ => word.push(byte),
        }
    }
    // curl takes a quote that is not closed for a part of the text.
    let (word, rest) = text.split_at(end());
    Ok((word.to_vec(), rest))
}

/// Returns the end of a media type: the `;` before one of curl's own parameters.
fn media_type_end(value: &[u8]) -> usize {
    let ours = |at: &usize| {
        let rest = value.part(at + 1..).trim_ascii_start();
        [&b"filename="[..], b"type=", b"headers=", b"encoder="].iter().any(|name| rest.starts_with(name))
    };
    memchr::memchr_iter(b';', value).find(ours).unwrap_or(value.len())
}
