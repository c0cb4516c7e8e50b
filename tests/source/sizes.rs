//! The lengths of files and functions.

use super::tokens::{Token, end_of_group};

/// Each function: the line it begins in, its name, and how many lines it takes, its signature too.
pub(super) fn functions(tokens: &[Token]) -> Vec<(usize, String, usize)> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(name) = tokens.get(at + 1).and_then(Token::word).filter(|_| token.is_word("fn")) else { continue };
        let Some(body) = body(tokens, at) else { continue };
        let lines = tokens[end_of_group(tokens, body)].line - token.line + 1;
        found.push((token.line, name.to_owned(), lines));
    }
    found
}

/// The brace that opens a function's body, or `None` where a trait asks for the function only.
fn body(tokens: &[Token], function: usize) -> Option<usize> {
    let mut at = function;
    loop {
        let token = tokens.get(at)?;
        if token.is_mark('{') {
            return Some(at);
        }
        if token.is_mark(';') {
            return None;
        }
        at = if token.is_mark('(') || token.is_mark('[') { end_of_group(tokens, at) + 1 } else { at + 1 };
    }
}

/// Counts the lines of a file that are no tests.
pub(super) fn lines(text: &str, tokens: &[Token]) -> usize {
    let last = tokens.last().map_or(0, |token| token.line);
    text.lines().count().min(last)
}

mod checks {
    use super::*;
    use crate::source::tokens::of_program;

    #[test]
    fn functions_are_measured_from_their_signature_to_their_brace() {
        let text =
            "trait A {\n fn asked(a: [u8; 2]);\n fn given(&self)\n where\n  Self: B,\n {\n  c();\n }\n}\nfn f() {}\n";
        let found = functions(&of_program(text));
        assert_eq!(found, [(3, "given".to_owned(), 6), (10, "f".to_owned(), 1)]);
    }

    #[test]
    fn tests_at_the_end_of_a_file_do_not_count() {
        let text = "fn f() {}\nfn g() {}\n\n#[cfg(test)]\nmod tests {\n fn h() {}\n}\n";
        assert_eq!(lines(text, &of_program(text)), 2);
    }
}
