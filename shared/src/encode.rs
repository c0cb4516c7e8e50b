//! Escapes and encodings: each set of characters has a name and is in this one place.
//!
//! ```
//! use countersign_shared::encode::{self, PATH, UNRESERVED};
//!
//! assert_eq!(encode::percent_encoded(b"/a b~", &UNRESERVED), "%2Fa%20b~");
//! assert_eq!(encode::percent_encoded(b"/a b~", &PATH), "/a%20b~");
//! assert_eq!(encode::form_decoded("a+b%26c"), b"a b&c");
//! assert_eq!(encode::hex(&[0x0f, 0xa0]), "0fa0");
//! ```

use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose};

use crate::slice::Slice as _;

/// Base64 as it is written, with padding (RFC 4648 section 4).
pub const BASE64: GeneralPurpose = general_purpose::STANDARD;

/// Base64url without padding, as JWS spells it (RFC 7515 section 2).
pub const BASE64_URL: GeneralPurpose = general_purpose::URL_SAFE_NO_PAD;

/// Base64 as it is read: padding may be missing, since much of what people paste has none.
pub const BASE64_READ: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

const UPPER: &[u8; 16] = b"0123456789ABCDEF";
const LOWER: &[u8; 16] = b"0123456789abcdef";

/// A set of bytes that stay as they are; all others are escaped.
#[derive(Clone, Copy)]
pub struct Set([bool; 256]);

impl Set {
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which checks every index")]
    const fn new(also: &[u8]) -> Self {
        let mut table = [false; 256];
        let unreserved = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
        let mut index = 0;
        while index < unreserved.len() {
            table[unreserved[index] as usize] = true;
            index += 1;
        }
        let mut index = 0;
        while index < also.len() {
            table[also[index] as usize] = true;
            index += 1;
        }
        Self(table)
    }

    /// Returns the set of the printable characters of ASCII without these.
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which checks every index")]
    pub(crate) const fn printable_but(not: &[u8]) -> Self {
        let mut table = [false; 256];
        let mut byte = 0x21;
        while byte < 0x7f {
            table[byte] = true;
            byte += 1;
        }
        let mut index = 0;
        while index < not.len() {
            table[not[index] as usize] = false;
            index += 1;
        }
        Self(table)
    }

    /// Returns true if the byte stays as it is.
    #[must_use]
    pub fn keeps(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)).copied().unwrap_or(false)
    }
}

/// The unreserved characters alone (RFC 3986 section 2.3), as OAuth 1.0 (RFC 5849 section 3.6) and AWS use them.
pub const UNRESERVED: Set = Set::new(b"");

/// [`UNRESERVED`] and the slash, for a whole path at once.
pub const PATH: Set = Set::new(b"/");

/// Appends the bytes; those outside the set become `%XX` in upper case.
pub fn percent(out: &mut String, bytes: &[u8], set: &Set) {
    for stretch in bytes.chunk_by(|a, b| set.keeps(*a) == set.keeps(*b)) {
        match std::str::from_utf8(stretch) {
            // What a set keeps is ASCII, so a kept stretch is text.
            Ok(text) if stretch.first().is_some_and(|byte| set.keeps(*byte)) => out.push_str(text),
            _ => {
                for &byte in stretch {
                    out.push('%');
                    push_hex(out, byte, UPPER);
                }
            }
        }
    }
}

/// Returns the bytes as text; those outside the set become `%XX` in upper case.
#[must_use]
pub fn percent_encoded(bytes: &[u8], set: &Set) -> String {
    let mut out = String::with_capacity(bytes.len() + 8);
    percent(&mut out, bytes, set);
    out
}

/// Returns text in which each byte beyond ASCII is `%xx` in lower case, as curl sends a path.
pub(crate) fn percent_encoded_small(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 8);
    for &byte in bytes {
        if byte.is_ascii() {
            out.push(char::from(byte));
        } else {
            out.push('%');
            push_hex(&mut out, byte, LOWER);
        }
    }
    out
}

/// Appends text as `application/x-www-form-urlencoded` spells it (URL standard, section 5.2).
pub fn form(out: &mut String, text: &str) {
    form_bytes(out, text.as_bytes());
}

/// Appends bytes, which need not be text, as `application/x-www-form-urlencoded` spells them.
pub(crate) fn form_bytes(out: &mut String, bytes: &[u8]) {
    for &byte in bytes {
        match byte {
            b' ' => out.push('+'),
            // This set keeps `*` and escapes `~`, the other way round than RFC 3986's unreserved characters.
            b'*' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => {
                out.push('%');
                push_hex(out, byte, UPPER);
            }
        }
    }
}

/// Returns the bytes that percent-encoded text stands for. A `%` without two hex digits stands for itself; `+` is a plus.
#[must_use]
pub fn percent_decoded(text: &str) -> Vec<u8> {
    percent_encoding::percent_decode_str(text).collect()
}

/// Decodes as [`percent_decoded`] does, but takes `+` for a space, as form bodies and by custom queries have it.
#[must_use]
pub fn form_decoded(text: impl AsRef<[u8]>) -> Vec<u8> {
    // The plus signs go before the escapes, so that `%2B` still becomes a plus.
    let spaced: Vec<u8> = text.as_ref().iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
    percent_encoding::percent_decode(&spaced).collect()
}

/// Appends text as a quoted string (RFC 9110 section 5.6.4): `"` and `\` get a backslash before them.
pub fn quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
}

/// Returns the bytes in lower-case hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    push_hex_all(&mut out, bytes);
    out
}

/// Returns a random UUID (RFC 9562 section 5.4) made of these bytes, as text.
#[must_use]
pub fn uuid(random: [u8; 16]) -> String {
    // Version 4 and the variant are six fixed bits; the other 122 are random.
    let version_and_variant = 0x0000_0000_0000_4000_8000_0000_0000_0000;
    let number = u128::from_be_bytes(random) & !0x0000_0000_0000_f000_c000_0000_0000_0000 | version_and_variant;
    let hex = format!("{number:032x}");
    let part = |from: usize, to: usize| hex.part(from..to);
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

/// Appends the bytes in lower-case hex.
pub fn push_hex_all(out: &mut String, bytes: &[u8]) {
    // The digits are gathered in blocks, so that the string grows once for 32 bytes and not once for each digit.
    let mut digits = [0; 64];
    for chunk in bytes.chunks(digits.len() / 2) {
        for (pair, byte) in digits.chunks_exact_mut(2).zip(chunk) {
            pair.copy_from_slice(&[digit(byte >> 4, LOWER), digit(byte & 15, LOWER)]);
        }
        let text = digits.get(..chunk.len() * 2).and_then(|digits| std::str::from_utf8(digits).ok());
        out.push_str(text.unwrap_or_default());
    }
}

fn push_hex(out: &mut String, byte: u8, digits: &[u8; 16]) {
    out.push(char::from(digit(byte >> 4, digits)));
    out.push(char::from(digit(byte & 15, digits)));
}

fn digit(nibble: u8, digits: &[u8; 16]) -> u8 {
    digits.get(usize::from(nibble)).copied().unwrap_or(b'0')
}
