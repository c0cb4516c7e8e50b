//! The words of doc comments, and the names of types.

use super::tokens::{Kind, Token};

/// A doc comment that opens with one of these is half a sentence: "What is signed" in place of "The bytes that are signed."
const FRAGMENTS: [&str; 8] = ["What", "Whether", "Where", "How", "Who", "Whom", "Of", "As"];

/// Words of which a section on errors needs one, so that it says when they come.
const CONDITIONS: [&str; 4] = ["if", "when", "where", "unless"];

/// The types and traits that every Rust file has without importing them.
#[rustfmt::skip]
const PRELUDE: [&str; 32] = [
    "AsMut", "AsRef", "Box", "Clone", "Copy", "Default", "DoubleEndedIterator", "Drop", "Eq", "ExactSizeIterator",
    "Extend", "Fn", "FnMut", "FnOnce", "From", "FromIterator", "Into", "IntoIterator", "Iterator", "Option", "Ord",
    "PartialEq", "PartialOrd", "Result", "Send", "Sized", "String", "Sync", "ToOwned", "ToString", "TryFrom", "TryInto",
];

/// A doc comment: its first line's number, and its lines.
fn comments(tokens: &[Token]) -> Vec<(usize, Vec<&str>)> {
    let mut comments: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut before = None;
    for token in tokens {
        let Kind::Doc(side, text) = &token.kind else {
            before = None;
            continue;
        };
        // The comment of a module may stand right before that of its first item.
        match comments.last_mut() {
            Some((_, lines)) if before == Some(*side) => lines.push(text.trim()),
            _ => comments.push((token.line, vec![text.trim()])),
        }
        before = Some(*side);
    }
    comments
}

/// The doc comments that open with half a sentence.
pub(super) fn fragments(tokens: &[Token]) -> Vec<(usize, String)> {
    let opening = |(line, text): (usize, Vec<&str>)| {
        let first = *text.first()?;
        let word = first.split(|character: char| !character.is_alphanumeric()).next()?;
        FRAGMENTS.contains(&word).then(|| (line, first.to_owned()))
    };
    comments(tokens).into_iter().filter_map(opening).collect()
}

/// The sections on errors that do not say when they come.
pub(super) fn errors(tokens: &[Token]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, text) in comments(tokens) {
        let Some(heading) = text.iter().position(|line| *line == "# Errors") else { continue };
        let section: Vec<&str> =
            text[heading + 1..].iter().copied().take_while(|line| !line.starts_with("# ")).collect();
        let section = section.join(" ");
        let mut words = section.split(|character: char| !character.is_alphanumeric()).map(str::to_lowercase);
        if !words.any(|word| CONDITIONS.contains(&word.as_str())) {
            found.push((line + heading, section.trim().to_owned()));
        }
    }
    found
}

/// The types, traits and aliases that hide one of the standard library's.
pub(super) fn hiding(tokens: &[Token]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, pair) in tokens.windows(2).enumerate() {
        let [keyword, name] = pair else { continue };
        let is_definition = matches!(keyword.word(), Some("struct" | "enum" | "trait" | "union"))
            // An associated type is one of a trait, whose name is not free to choose.
            || keyword.is_word("type") && is_top_level(tokens, index);
        if let Some(word) = name.word().filter(|word| is_definition && PRELUDE.contains(word)) {
            found.push((name.line, word.to_owned()));
        }
    }
    found
}

fn is_top_level(tokens: &[Token], end: usize) -> bool {
    let open = tokens[..end].iter().filter(|token| token.is_mark('{')).count();
    open == tokens[..end].iter().filter(|token| token.is_mark('}')).count()
}

mod checks {
    use super::*;
    use crate::source::tokens::of_program;

    fn lines(found: &[(usize, String)]) -> Vec<usize> {
        found.iter().map(|(line, _)| *line).collect()
    }

    #[test]
    fn half_a_sentence_is_found_wherever_it_opens_a_comment() {
        let text = "//! What a module does.\n\n/// A whole sentence.\n/// What follows is another line of it.\nstruct A {\n\
                    /// Whether it is.\n a: bool,\n /// Whatever it takes, it takes.\n b: u8,\n}\n/** As it stands. */\nfn f() {}\n";
        assert_eq!(lines(&fragments(&of_program(text))), [1, 6, 11]);
        let together = "//! A module.\n\n/// What an item does.\nstruct A;\n";
        assert_eq!(lines(&fragments(&of_program(together))), [3]);
    }

    #[test]
    fn a_section_on_errors_needs_a_condition() {
        let bad = "/// Sends.\n///\n/// # Errors\n/// Those of the network, iffy ones too.\n///\n/// # Panics\n/// If it can.\nfn f() {}\n";
        assert_eq!(lines(&errors(&of_program(bad))), [3]);
        let good = "/// Sends.\n///\n/// # Errors\n///\n/// Returns [`Error::Network`] if the\n/// server is gone.\nfn f() {}\n";
        assert_eq!(errors(&of_program(good)), []);
        assert_eq!(lines(&errors(&of_program("/// # Errors\nfn f() {}\n"))), [1]);
    }

    #[test]
    fn a_type_that_hides_one_of_the_standard_library_is_found() {
        let text = "enum From { A }\nstruct Fromage;\nimpl Iterator for A {\n type Option = u8;\n}\npub(crate) trait Into {}\n\
                    type Result = u8;\nfn f() -> Option<u8> { None }\n";
        assert_eq!(lines(&hiding(&of_program(text))), [1, 6, 7]);
    }
}
