//! Checks of files that are there before we write: one that isn't of its format is someone's mistake or is damaged, and
//! what we can't read we could not keep.

use std::io;

use countersign_shared::cookies::{json, netscape};
use serde_json::{Map, Value};

use crate::plan::FileFormat;

/// Checks that the content of a file, unless it is empty, can be read as its format.
///
/// # Errors
/// Returns [`io::ErrorKind::InvalidData`] with the reason if it cannot. No reason quotes the content.
pub(crate) fn check(format: &FileFormat, content: &[u8]) -> io::Result<()> {
    if content.trim_ascii().is_empty() {
        return Ok(());
    }
    let (is_readable, name) = match format {
        FileFormat::Jar => (is_jar(content), "a cookie jar in Netscape's format"),
        FileFormat::Json => (is_list(content), "a JSON list of cookies"),
        FileFormat::StorageState => (has_lists(content, &["cookies", "origins"]), "a storage state of Playwright"),
        FileFormat::Session => (has_lists(content, &["cookies"]), "a session of HTTPie 3.1 or later"),
        FileFormat::Header(_) => (is_header(content), "a Cookie header"),
    };
    if is_readable {
        return Ok(());
    }
    let text = format!("is not {name} that can be read, and stays as it is; mend or remove it, or name another file");
    Err(io::Error::new(io::ErrorKind::InvalidData, text))
}

/// Returns true if a text is a jar: by its first line or by its cookies, or because all of it is comments. Lines that
/// nobody knows are kept in a jar, so they alone make no file unreadable.
fn is_jar(content: &[u8]) -> bool {
    // A browser's own database of cookies may hold lines that look like a jar's. NUL bytes give it away.
    if content.contains(&0) {
        return false;
    }
    let is_named = content.starts_with(b"# Netscape HTTP Cookie File") || content.starts_with(b"# HTTP Cookie File");
    let mut lines = content.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    is_named || !netscape::read(content).is_empty() || lines.all(|line| line.starts_with(b"#"))
}

fn is_list(content: &[u8]) -> bool {
    std::str::from_utf8(content).is_ok_and(|text| json::read(text).is_ok())
}

/// Returns true if a text is a JSON object in which each of these members is a list of objects, or missing.
fn has_lists(content: &[u8], names: &[&str]) -> bool {
    let Ok(object) = serde_json::from_slice::<Map<String, Value>>(content) else { return false };
    let is_list = |value: &Value| value.as_array().is_some_and(|list| list.iter().all(Value::is_object));
    names.iter().all(|name| object.get(*name).is_none_or(is_list))
}

/// Returns true if every line is a `Cookie` header: others would be lost.
fn is_header(content: &[u8]) -> bool {
    let lines = content.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    lines.into_iter().all(|line| line.get(..7).is_some_and(|start| start.eq_ignore_ascii_case(b"cookie:")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn can_be(format: &FileFormat, content: &str) -> bool {
        check(format, content.as_bytes()).is_ok()
    }

    #[test]
    fn a_jar_is_told_by_its_first_line_or_its_cookies() {
        for (content, is_it) in [
            ("", true),
            ("\n \n", true),
            ("# Netscape HTTP Cookie File\nwhat is this\n", true),
            ("# HTTP Cookie File\n", true),
            ("# a note\n", true),
            ("example.com\tFALSE\t/\tFALSE\t0\ta\t1\nwhat is this\n", true),
            ("#HttpOnly_example.com\tFALSE\t/\tFALSE\t0\ta\t1\n", true),
            ("export PATH=/bin\n# a note\n", false),
            ("[{\"name\":\"a\"}]\n", false),
            ("{}", false),
            ("example.com FALSE / FALSE 0 a 1\n", false),
            ("SQLite format 3\0example.com\tFALSE\t/\tFALSE\t0\ta\t1\n", false),
        ] {
            assert_eq!(can_be(&FileFormat::Jar, content), is_it, "{content:?}");
        }
    }
}
