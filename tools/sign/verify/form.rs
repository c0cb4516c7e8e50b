//! `application/x-www-form-urlencoded`, taken apart (URL standard, section 5.1), and percent-encoding (RFC 3986).

/// A name and its value, decoded.
pub(super) type Pair = (Vec<u8>, Vec<u8>);

/// Names and values in order.
pub(super) fn pairs(form: &[u8]) -> Vec<Pair> {
    let pieces = form.split(|&byte| byte == b'&').filter(|piece| !piece.is_empty());
    pieces
        .map(|piece| {
            let mut parts = piece.splitn(2, |&byte| byte == b'=');
            let mut part = || decoded(parts.next().unwrap_or_default(), Plus::Space);
            (part(), part())
        })
        .collect()
}

/// What a plus sign stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plus {
    /// In forms
    Space,
    /// Elsewhere
    Itself,
}

/// The bytes that percent-encoded text stands for; a `%` without two hex digits stands for itself.
pub(super) fn decoded(text: &[u8], plus: Plus) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        let code = after.first_chunk::<2>().and_then(|[high, low]| Some(hex(*high)? << 4 | hex(*low)?));
        rest = match (first, code) {
            (b'%', Some(byte)) => {
                out.push(byte);
                after.get(2..).unwrap_or_default()
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

/// The text with everything but unreserved characters (RFC 3986 section 2.3) as `%XX`.
pub(super) fn encoded(bytes: &[u8]) -> String {
    let one = |&byte: &u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    bytes.iter().map(one).collect()
}
