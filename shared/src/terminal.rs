//! Prepares text for a terminal: what a reader cannot see is replaced, and colours are added if there is a terminal.

#[cfg(feature = "cli")]
mod screen;

use std::borrow::Cow;

#[cfg(feature = "cli")]
pub use screen::{Color, Ink, stderr_is_terminal, stdin_is_terminal, stdout_is_terminal};

/// Replaces what a reader cannot see: line breaks and tabs by spaces, other control characters and those that are invisible or
/// change the direction of text by U+FFFD. Text that a server or a file wrote must not move the cursor, change colours, or look
/// like another text.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unseen) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        _ if is_unseen(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    Cow::Owned(text.chars().map(shown).collect())
}

/// Replaces characters as [`clean`] does, but keeps line breaks and tabs.
#[must_use]
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| is_unseen(c) && c != '\n' && c != '\t';
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_bad(c) { char::REPLACEMENT_CHARACTER } else { c }).collect())
}

/// Returns true for a character that shows nothing of its own: a control character, a format character (Unicode 16, general
/// categories Cc, Cf, Zl and Zp) or a default-ignorable one. Bidirectional ones reorder the text around them ("Trojan Source",
/// CVE-2021-42574), invisible ones make two names look alike, and tags (U+E0000) carry a hidden text. Variation selectors of
/// the basic plane stay: they belong to the emoji before them.
fn is_unseen(c: char) -> bool {
    // Nearly all text is ASCII.
    if c < '\u{80}' {
        return c.is_ascii_control();
    }
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
            | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The blocks in which Unicode keeps characters that show nothing, a sample of which no text may bring to a terminal.
    const UNSEEN: [std::ops::RangeInclusive<u32>; 12] = [
        0x00..=0x1f,
        0x7f..=0x9f,
        0xad..=0xad,
        0x61c..=0x61c,
        0x180e..=0x180e,
        0x200b..=0x200f,
        0x2028..=0x202e,
        0x2060..=0x206f,
        0xfeff..=0xfeff,
        0xfff9..=0xfffb,
        0x1d173..=0x1d17a,
        0xe0000..=0xe0fff,
    ];

    #[test]
    fn of_all_characters_those_that_show_nothing_are_replaced_and_letters_stay() {
        let is_replaced = |c: char, text: &str| !text.contains(c) && text.chars().count() == 3;
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let given = format!("a{c}b");
            let (line, lines) = (clean(&given), clean_lines(&given));
            if UNSEEN.iter().any(|range| range.contains(&u32::from(c))) {
                assert!(is_replaced(c, &line), "{c:?} in {line}");
                assert!(matches!(c, '\n' | '\t') || is_replaced(c, &lines), "{c:?} in {lines}");
                assert_eq!(line.contains(' '), matches!(c, '\n' | '\r' | '\t'), "{c:?}");
            }
            if c.is_alphanumeric() && !matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}') {
                assert_eq!((&*line, &*lines), (given.as_str(), given.as_str()), "{c:?}");
            }
        }
    }

    #[test]
    fn words_emoji_and_other_scripts_stay_as_they_are() {
        for text in [
            "Zugriff verweigert \u{2764}\u{fe0f}",
            "\u{645}\u{631}\u{62d}\u{628}\u{627}",
            "\u{1f44d}\u{1f3fd} 10 \u{20ac}",
        ] {
            assert_eq!(clean(text), text);
        }
    }
}
