//! YAML, judged by the keys at the margin.

use super::super::Dialect;
use super::verdict::{Ahead, Known, Verdict, next_line};

/// Judges a mapping whose first key is at the beginning of the text.
#[must_use]
pub(super) fn verdict(text: &[u8], ahead: Ahead) -> Verdict {
    let (mut has_info, mut has_name) = (false, false);
    let mut likely = Verdict::Other;
    let mut rest = text;
    while let Some((line, after)) = next_line(rest, ahead) {
        rest = after;
        let Some((name, value)) = key(line) else { continue };
        let has = |word: &[u8]| memchr::memmem::find(value, word).is_some();
        match name {
            b"openapi" | b"swagger" => return Verdict::Collection(Dialect::OpenApi),
            b"paths" if has_info => return Verdict::Collection(Dialect::OpenApi),
            b"opencollection" => return Verdict::Collection(Dialect::OpenCollection),
            b"http" | b"graphql" if has_info => return Verdict::Collection(Dialect::OpenCollection),
            b"type" if has(b"insomnia.rest/") => return Verdict::Collection(Dialect::Insomnia),
            b"_type" if has(b"export") => return Verdict::Collection(Dialect::Insomnia),
            b"__export_format" => return Verdict::Collection(Dialect::Insomnia),
            b"$kind" if has(b"environment") => return Verdict::Known(Known::Environment),
            b"$kind" if has(b"globals") => return Verdict::Known(Known::Globals),
            b"$kind" if has(b"request") => return Verdict::Collection(Dialect::PostmanFolder),
            b"values" => likely = Verdict::Known(Known::Environment),
            b"variables" if has_name => likely = Verdict::Known(Known::Environment),
            b"info" => has_info = true,
            b"name" => has_name = true,
            _ => {}
        }
    }
    if ahead == Ahead::More { Verdict::Open } else { likely }
}

/// Returns the key at the margin and what follows its colon.
#[must_use]
pub(super) fn key(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    let (name, value) = (line.get(..colon)?, line.get(colon + 1..)?);
    let quoted = |quote: &[u8]| name.strip_prefix(quote).and_then(|name| name.strip_suffix(quote));
    let name = quoted(b"\"").or_else(|| quoted(b"'")).unwrap_or(name);
    let is_name = !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_$-.".contains(byte));
    let is_ended = value.first().is_none_or(u8::is_ascii_whitespace);
    (is_name && is_ended).then_some((name, value))
}
