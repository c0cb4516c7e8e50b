//! The output of `printf` (XCU, printf), and the escapes that it shares with the shell.

use crate::error::Error;
use crate::slice::Slice as _;

/// Returns the error for a command with this problem.
pub(super) fn problem(text: &str) -> Error {
    Error::Curl(text.to_owned())
}

/// Returns the byte for an escape of one letter, or of a quote, that `$'…'` and `printf` share.
pub(super) fn simple_escape(byte: u8) -> Option<u8> {
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

/// The text after `$` where `quoting::quoted` could not write a character as it is.
pub(super) const PRINTF: &[u8] = b"(printf '";

/// Reads `\ooo` again and again up to `')`.
pub(super) fn octal_run(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(tail) = rest.strip_prefix(b"\\") {
        let (byte, tail) = octal(tail)?;
        bytes.push(byte);
        rest = tail;
    }
    Some((bytes, rest.strip_prefix(b"')")?))
}
