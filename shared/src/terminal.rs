//! Text that is shown on a terminal.

#[cfg(feature = "cli")]
mod screen;

use std::borrow::Cow;

#[cfg(feature = "cli")]
pub use screen::{Color, Ink, stderr_is_terminal, stdin_is_terminal, stdout_is_terminal};

/// Text without control characters: what a server or a file wrote must not move the cursor or change colours. Line
/// breaks become spaces, the others U+FFFD.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(char::is_control) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        _ if c.is_control() => '\u{fffd}',
        _ => c,
    };
    Cow::Owned(text.chars().map(shown).collect())
}

/// Like [`clean`], for text of several lines: line breaks and tabs stay.
#[must_use]
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| c.is_control() && c != '\n' && c != '\t';
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_bad(c) { '\u{fffd}' } else { c }).collect())
}
