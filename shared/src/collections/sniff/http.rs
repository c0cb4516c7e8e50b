//! `.http` files, judged by their first line.

/// The methods that a first line may begin with: a word in capitals may be anything.
const METHODS: [&[u8]; 13] = [
    b"GET",
    b"HEAD",
    b"POST",
    b"PUT",
    b"PATCH",
    b"DELETE",
    b"OPTIONS",
    b"TRACE",
    b"CONNECT",
    b"GRAPHQL",
    b"WEBSOCKET",
    b"GRPC",
    b"QUERY",
];

/// Returns true if a file begins with this line. A separator, `###`, tells it from a message as it is on the wire.
#[must_use]
pub(super) fn begins(line: &[u8], is_divided: bool) -> bool {
    let line = line.trim_ascii();
    if is_variable(line) {
        return true;
    }
    match target(line) {
        Some(Target::Path) => is_divided,
        Some(Target::Open) => true,
        None => line.starts_with(b"< {%"),
    }
}

/// Returns true for a file with the name of one, unless it is a single message as it is on the wire, or something else.
#[must_use]
pub(super) fn is_file(text: &[u8]) -> bool {
    let has = |part: &[u8]| memchr::memmem::find(text, part).is_some();
    let start = text.trim_ascii_start();
    let is_other = start.first().is_none_or(|byte| matches!(byte, b'{' | b'[')) || start.starts_with(b"curl ");
    let first = start.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    let is_message = target(first) == Some(Target::Path) && has_version(first) && !has(b"\n###") && !has(b"{{");
    !is_other && !is_message
}

/// The target of a request line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    /// A path alone, which a header `Host` completes.
    Path,
    /// A whole URL, or one that begins with a variable.
    Open,
}

fn target(line: &[u8]) -> Option<Target> {
    let end = memchr::memchr2(b' ', b'\t', line)?;
    let (method, rest) = line.split_at_checked(end)?;
    if !METHODS.contains(&method) {
        return None;
    }
    let rest = rest.trim_ascii_start();
    match rest.first()? {
        b'/' => Some(Target::Path),
        _ if rest.starts_with(b"{{") || rest.get(..256).unwrap_or(rest).windows(3).any(|part| part == b"://") => {
            Some(Target::Open)
        }
        _ => None,
    }
}

fn has_version(line: &[u8]) -> bool {
    line.rsplit(|byte| *byte == b' ').next().is_some_and(|last| last.starts_with(b"HTTP/"))
}

/// Returns true for a line `@name = value`.
fn is_variable(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"@") else { return false };
    let Some(equals) = memchr::memchr(b'=', rest) else { return false };
    let name = rest.get(..equals).unwrap_or_default().trim_ascii();
    !name.is_empty()
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$'))
}
