//! A parser of `application/x-www-form-urlencoded` (URL standard, section 5.1), and percent-encoding (RFC 3986).

/// A name and its value, decoded.
pub(super) type Pair = (Vec<u8>, Vec<u8>);

/// Returns names and values in order.
pub(super) fn pairs(form: &[u8]) -> Vec<Pair> {
    // The URL standard skips empty pieces: `a=1&&b=2` has two parameters.
    let pieces = form.split(|&byte| byte == b'&').filter(|piece| !piece.is_empty());
    pieces
        .map(|piece| {
            // Only the first `=` divides: more of them belong to the value, such as the padding of base64.
            let mut parts = piece.splitn(2, |&byte| byte == b'=');
            let mut part = || decoded(parts.next().unwrap_or_default(), Plus::Space);
            (part(), part())
        })
        .collect()
}

/// The meaning of a plus sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plus {
    /// A space, as in forms.
    Space,
    /// A plus sign, as everywhere else.
    Itself,
}

/// Decodes percent-encoded text. A `%` without two hex digits behind it stays.
pub(super) fn decoded(text: &[u8], plus: Plus) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        let code = after.split_first_chunk::<2>();
        let code = code.and_then(|([high, low], rest)| Some((hex(*high)? << 4 | hex(*low)?, rest)));
        rest = match (first, code) {
            (b'%', Some((byte, rest))) => {
                out.push(byte);
                rest
            }
            (b'+', _) if plus == Plus::Space => {
                out.push(b' ');
                after
            }
            _ => {
                out.push(*first);
                after
            }
        };
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Returns the text with every byte as `%XX` that is not an unreserved character (RFC 3986 section 2.3).
pub(super) fn encoded(bytes: &[u8]) -> String {
    let one = |&byte: &u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        // The digits are in upper case because the text is signed, and both AWS and RFC 5849 section 3.6 demand that.
        _ => format!("%{byte:02X}"),
    };
    bytes.iter().map(one).collect()
}
