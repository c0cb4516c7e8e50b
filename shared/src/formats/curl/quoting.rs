//! Words of POSIX shells (XCU section 2.2), written so that they can be pasted.

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
