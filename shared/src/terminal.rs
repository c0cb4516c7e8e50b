//! Prepares text for a terminal: control characters are removed, and colours added if there is a terminal.

#[cfg(feature = "cli")]
mod screen;

use std::borrow::Cow;

#[cfg(feature = "cli")]
pub use screen::{Color, Ink, stderr_is_terminal, stdin_is_terminal, stdout_is_terminal};

/// Replaces control characters: line breaks and tabs by spaces, the others by U+FFFD. Text that a server or a file wrote
/// must not move the cursor or change colours.
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

/// Replaces control characters as [`clean`] does, but keeps line breaks and tabs.
#[must_use]
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| c.is_control() && c != '\n' && c != '\t';
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_bad(c) { '\u{fffd}' } else { c }).collect())
}
