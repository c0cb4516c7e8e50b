//! JSON, judged by the members of the outermost object, up to the first that decides.

use super::super::Dialect;
use super::verdict::{Ahead, Known, Verdict};

/// Members that a request, an entry or a HAR file has and a collection has not.
const OF_REQUESTS: [&[u8]; 9] =
    [b"url", b"method", b"log", b"headers", b"header", b"request", b"postData", b"body", b"startedDateTime"];

/// Judges an object.
#[must_use]
pub(super) fn verdict(head: &[u8], ahead: Ahead) -> Verdict {
    let mut seen = Seen::default();
    match judged(head, &mut seen) {
        Verdict::Open if ahead == Ahead::Nothing => seen.likely,
        verdict => verdict,
    }
}

/// The members that came so far, as far as they tell something.
struct Seen {
    /// True if there is an `info`, which collections and descriptions of interfaces have.
    has_info: bool,
    /// The verdict if no other member decides.
    likely: Verdict,
}

impl Default for Seen {
    fn default() -> Self {
        Self { has_info: false, likely: Verdict::Other }
    }
}

fn judged(head: &[u8], seen: &mut Seen) -> Verdict {
    let mut rest = head.trim_ascii_start();
    match rest.split_first() {
        None => return Verdict::Open,
        Some((b'{', inner)) => rest = inner,
        Some(_) => return Verdict::Other,
    }
    loop {
        rest = rest.trim_ascii_start();
        rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
        let key = match rest.first() {
            None => return Verdict::Open,
            Some(b'"') => string(rest),
            Some(b'}') => return seen.likely,
            Some(_) => return Verdict::Other,
        };
        let Some(key) = key else { return Verdict::Open };
        let name = key.get(1..key.len().saturating_sub(1)).unwrap_or_default();
        rest = rest.get(key.len()..).unwrap_or_default().trim_ascii_start();
        let Some((colon, value)) = rest.split_first() else { return Verdict::Open };
        if *colon != b':' {
            return Verdict::Other;
        }
        rest = value.trim_ascii_start();
        let Some(first) = rest.first() else { return Verdict::Open };
        if let Some(verdict) = seen.by_start(name, *first) {
            return verdict;
        }
        let Some(length) = length(rest) else { return Verdict::Open };
        let (value, after) = rest.split_at_checked(length).unwrap_or((rest, b""));
        if let Some(verdict) = by_value(name, value) {
            return verdict;
        }
        rest = after;
    }
}

impl Seen {
    /// Judges a member by its name and the first character of its value.
    fn by_start(&mut self, name: &[u8], first: u8) -> Option<Verdict> {
        match (name, first) {
            (b"item", b'[') | (b"collection", b'{') => return Some(Verdict::Collection(Dialect::Postman)),
            (b"openapi" | b"swagger", _) => return Some(Verdict::Collection(Dialect::OpenApi)),
            (b"paths", b'{') if self.has_info => return Some(Verdict::Collection(Dialect::OpenApi)),
            (b"__export_format", _) => return Some(Verdict::Collection(Dialect::Insomnia)),
            _ if OF_REQUESTS.contains(&name) => return Some(Verdict::Other),
            (b"info", b'{') => self.has_info = true,
            // Collections of version 1, about which the reader says what to do.
            (b"order", b'[') => self.likely = Verdict::Collection(Dialect::Postman),
            (b"collections", b'[') => self.likely = Verdict::Known(Known::Dump),
            (b"values", b'[') if self.likely == Verdict::Other => {
                self.likely = Verdict::Known(Known::Environment);
            }
            _ => {}
        }
        None
    }
}

/// Judges a member by its name and its value.
fn by_value(name: &[u8], value: &[u8]) -> Option<Verdict> {
    let has = |text: &[u8]| memchr::memmem::find(value, text).is_some();
    match name {
        b"info" if value.starts_with(b"{") && has(b"postman.com/") => Some(Verdict::Collection(Dialect::Postman)),
        b"type" if has(b"insomnia.rest/") => Some(Verdict::Collection(Dialect::Insomnia)),
        b"_type" if value == b"\"export\"" => Some(Verdict::Collection(Dialect::Insomnia)),
        b"_postman_variable_scope" if value == b"\"globals\"" => Some(Verdict::Known(Known::Globals)),
        b"_postman_variable_scope" => Some(Verdict::Known(Known::Environment)),
        _ => None,
    }
}

/// Judges a list: rows of an environment may stand in one by themselves.
#[must_use]
pub(super) fn of_list(head: &[u8]) -> Verdict {
    let inner = head.trim_ascii_start().strip_prefix(b"[").unwrap_or_default().trim_ascii_start();
    let member = inner.strip_prefix(b"{").unwrap_or_default().trim_ascii_start();
    if member.starts_with(b"\"key\"") { Verdict::Known(Known::Environment) } else { Verdict::Other }
}

/// Returns a string with its quotes, or `None` if its end has not come.
fn string(text: &[u8]) -> Option<&[u8]> {
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
        if text.get(at) == Some(&b'"') {
            return text.get(..=at);
        }
        // The byte after a backslash belongs to the escape, even if it is a quote.
        at += 2;
    }
}

/// Returns the length of a value, or `None` if its end has not come.
fn length(text: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0_usize, 0_usize);
    loop {
        match text.get(at)? {
            b'"' => at += string(text.get(at..)?)?.len(),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            // The end of the object that the value is in.
            b'}' | b']' if depth == 0 => return Some(at),
            b'}' | b']' => {
                depth -= 1;
                at += 1;
            }
            b',' if depth == 0 => return Some(at),
            _ => at += 1,
        }
        let is_closed = depth == 0 && text.get(at - 1).is_some_and(|last| b"\"}]".contains(last));
        if is_closed {
            return Some(at);
        }
    }
}
