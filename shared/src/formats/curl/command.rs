//! One POSIX shell line a request, safe to paste: nothing in it is expanded, and a body that no word can hold is piped in.

use crate::error::Error;
use crate::request::Request;

use super::settings::{self, Setting};
use super::shell;

/// A body up to this size can be a word: Linux takes words of up to 128 KiB.
const WORD_LIMIT: usize = 64 << 10;

/// Appends the line.
///
/// # Errors
/// curl cannot be told to send this request.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    let settings = settings::settings(request)?;
    let body = settings::body(request)?;
    let word = body.filter(|body| body.len() <= WORD_LIMIT).and_then(|body| std::str::from_utf8(body).ok());
    let word = word.filter(|body| shell::is_plain(body));
    if let Some(body) = body.filter(|_| word.is_none()) {
        out.extend_from_slice(b"printf ");
        shell::printf_format(body, out);
        out.extend_from_slice(b" | ");
    }
    out.extend_from_slice(b"curl");
    for setting in &settings {
        write_setting(setting, out);
    }
    if let Some(word) = word {
        out.extend_from_slice(b" --data-raw ");
        shell::quoted(word, out);
    } else if body.is_some() {
        out.extend_from_slice(b" --data-binary @-");
    }
    out.push(b'\n');
    Ok(())
}

/// The short names that everybody knows; the URL needs none.
fn write_setting(setting: &Setting<'_>, out: &mut Vec<u8>) {
    let (name, value) = match setting {
        Setting::Switch(name) => (*name, None),
        Setting::Value(name, value, _) => (*name, Some(value)),
    };
    match name {
        "url" => {}
        "header" => out.extend_from_slice(b" -H"),
        "request" => out.extend_from_slice(b" -X"),
        _ => {
            out.extend_from_slice(b" --");
            out.extend_from_slice(name.as_bytes());
        }
    }
    if let Some(value) = value {
        out.push(b' ');
        shell::quoted(value, out);
    }
}
