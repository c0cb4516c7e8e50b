//! curl's config format, for `curl -K -`: no shell reads it, and no secret is in an argv.

use std::path::Path;

use crate::error::{Error, Problem};
use crate::pipe::Frame;
use crate::request::Request;

use super::settings::{self, Setting};
use super::spool::Spool;

/// The frame of the format: requests are separated by `next`.
pub(crate) const FRAME: Frame = Frame { head: "", between: "next\n", tail: "" };

/// The most bytes of a line: curl 7.88 reads lines of up to 100 KiB.
const LINE_LIMIT: usize = 102_000;

/// The most bytes of a body's line; a longer body goes into a file.
const BODY_LIMIT: usize = 64 << 10;

/// Appends one request.
///
/// # Errors
/// Returns [`Error::Request`] or [`Error::Auth`] if curl cannot send this request, and [`Error::File`] if the file for
/// its body cannot be written.
pub(crate) fn write(request: &Request<'_>, spool: &Spool, out: &mut Vec<u8>) -> Result<(), Error> {
    for setting in settings::settings(request)? {
        match setting {
            Setting::Switch(name) => {
                out.extend_from_slice(name.as_bytes());
                out.push(b'\n');
            }
            Setting::Value(name, value, field) => {
                let start = out.len();
                write_value(name, value.as_bytes(), out);
                if out.len() - start > LINE_LIMIT {
                    return Err(Error::request(field, Problem::TooLongFor { program: "curl", limit: settings::LIMIT }));
                }
            }
        }
    }
    if let Some(credentials) = settings::credentials(request)? {
        out.extend_from_slice(b"ntlm\n");
        write_value("user", credentials.expose().as_bytes(), out);
    }
    match settings::body(request)? {
        Some(body) => write_body(body, spool, out),
        None => Ok(()),
    }
}

fn write_body(body: &[u8], spool: &Spool, out: &mut Vec<u8>) -> Result<(), Error> {
    let start = out.len();
    // The format has no escape for NUL.
    if body.len() <= BODY_LIMIT && memchr::memchr(0, body).is_none() {
        write_value("data-raw", body, out);
        if out.len() - start <= BODY_LIMIT {
            return Ok(());
        }
        out.truncate(start);
    }
    let mut value = b"@".to_vec();
    value.extend_from_slice(path_bytes(&spool.keep(body)?));
    write_value("data-binary", &value, out);
    Ok(())
}

#[cfg(unix)]
fn path_bytes(path: &Path) -> &[u8] {
    use std::os::unix::ffi::OsStrExt as _;
    path.as_os_str().as_bytes()
}

#[cfg(not(unix))]
fn path_bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

/// Returns one line of the format with its line break: `name = "value"`, escaped.
#[must_use]
pub fn line(name: &str, value: &str) -> String {
    let mut line = Vec::new();
    write_value(name, value.as_bytes(), &mut line);
    String::from_utf8_lossy(&line).into_owned()
}

/// Appends `name = "value"`, with the escapes that curl knows.
pub(crate) fn write_value(name: &str, value: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b" = \"");
    for &byte in value {
        match byte {
            b'\\' | b'"' => out.extend_from_slice(&[b'\\', byte]),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            0x0b => out.extend_from_slice(b"\\v"),
            _ => out.push(byte),
        }
    }
    out.extend_from_slice(b"\"\n");
}
