//! One POSIX shell line per request, safe to paste: nothing in it is expanded, and a body that no word can hold is piped
//! in.

use crate::error::Error;
use crate::request::Request;
use crate::secret::Secret;

use super::config::write_value;
use super::quoting;
use super::settings::{self, Setting};

/// The most bytes of a body that is written as a word: Linux takes words of up to 128 KiB.
const WORD_LIMIT: usize = 64 << 10;

/// Appends the line.
///
/// # Errors
/// Returns [`Error::Request`] or [`Error::Auth`] if curl cannot send this request.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    let settings = settings::settings(request)?;
    let body = settings::body(request)?;
    let word = body.filter(|body| body.len() <= WORD_LIMIT).and_then(|body| std::str::from_utf8(body).ok());
    let word = word.filter(|body| quoting::is_plain(body));
    let piped = if word.is_none() { body } else { None };
    let config = settings::credentials(request)?.as_ref().map(config);
    if let Some(config) = &config {
        write_pipe(config, out);
    }
    // Standard input takes one of the two; if there are both, the config comes through descriptor 3.
    let is_both = config.is_some() && piped.is_some();
    if is_both {
        out.extend_from_slice(b"{ exec 3<&0; ");
    }
    if let Some(body) = piped {
        write_pipe(body, out);
    }
    out.extend_from_slice(b"curl");
    if config.is_some() {
        out.extend_from_slice(if is_both { b" --ntlm -K /dev/fd/3" } else { b" --ntlm -K -" });
    }
    for setting in &settings {
        write_setting(setting, out);
    }
    if let Some(word) = word {
        out.extend_from_slice(b" --data-raw ");
        quoting::quoted(word, out);
    } else if body.is_some() {
        out.extend_from_slice(b" --data-binary @-");
    }
    out.extend_from_slice(if is_both { b"; }\n" } else { b"\n" });
    Ok(())
}

/// Returns the config with what must not be on a command line. It is piped in by `printf`, which is a part of the shell
/// and not a program with an argv that other users could read.
fn config(credentials: &Secret) -> Vec<u8> {
    let mut config = Vec::new();
    write_value("user", credentials.expose().as_bytes(), &mut config);
    config
}

fn write_pipe(bytes: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(b"printf ");
    quoting::printf_format(bytes, out);
    out.extend_from_slice(b" | ");
}

/// Appends an option, by its short name if that is well known; the URL needs none.
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
        quoting::quoted(value, out);
    }
}
