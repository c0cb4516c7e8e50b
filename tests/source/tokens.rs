//! Rust source as a flat list of tokens with their lines: comments are gone, strings are one token, and doc comments are a
//! kind of their own.

use std::str::FromStr as _;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word(String),
    /// One character of an operator, or an opening or closing bracket.
    Mark(char),
    /// A string, a number or a character, as it is written.
    Literal(String),
    /// The text of a line of a doc comment.
    Doc(Side, String),
}

/// The item that a doc comment is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The one behind it: `///`.
    Outer,
    /// The one around it: `//!`.
    Inner,
}

/// A token with the line that it stands on, from 1.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) line: usize,
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.word() == Some(word)
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

/// The tokens of a file, without what `#[cfg(test)]` keeps from the program.
pub(super) fn of_program(text: &str) -> Vec<Token> {
    without_tests(&all(text))
}

fn all(text: &str) -> Vec<Token> {
    let stream = TokenStream::from_str(text).unwrap_or_else(|error| panic!("not Rust: {error}"));
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    tokens
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Ident(word) => tokens.push(Token { kind: Kind::Word(word.to_string()), line }),
            TokenTree::Punct(mark) => tokens.push(Token { kind: Kind::Mark(mark.as_char()), line }),
            TokenTree::Literal(literal) => tokens.push(Token { kind: Kind::Literal(literal.to_string()), line }),
            TokenTree::Group(group) => {
                if let Some(text) = doc(&group.stream()) {
                    // The attribute that a doc comment is: `#` or `#!` is there already.
                    let mut side = Side::Outer;
                    while let Some(mark) = tokens.pop_if(|token| token.is_mark('#') || token.is_mark('!')) {
                        if mark.is_mark('!') {
                            side = Side::Inner;
                        }
                    }
                    tokens.push(Token { kind: Kind::Doc(side, text), line });
                    continue;
                }
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::Parenthesis => ('(', ')'),
                    Delimiter::None => (' ', ' '),
                };
                tokens.push(Token { kind: Kind::Mark(open), line });
                let end = group.span_close().start().line;
                flatten(group.stream(), tokens);
                tokens.push(Token { kind: Kind::Mark(close), line: end });
            }
        }
    }
}

/// The text of `doc = "…"`.
fn doc(stream: &TokenStream) -> Option<String> {
    let trees: Vec<TokenTree> = stream.clone().into_iter().collect();
    match trees.as_slice() {
        [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(text)] if name == "doc" => {
            let text = text.to_string();
            let text = text.strip_prefix('r').unwrap_or(&text).trim_matches('#');
            Some(text.trim_matches('"').replace("\\\"", "\"").replace("\\'", "'").replace("\\\\", "\\"))
        }
        _ => None,
    }
}

/// Takes away each item behind `#[cfg(test)]`: up to its `;`, or to the end of its braces.
fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(end) = end_of_cfg_test(tokens, at) else {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        };
        at = end + 1;
        while !tokens[at].is_mark(';') && !tokens[at].is_mark('{') {
            at += 1;
        }
        at = if tokens[at].is_mark('{') { end_of_group(tokens, at) + 1 } else { at + 1 };
    }
    kept
}

/// The place of the bracket that closes `#[cfg(test)]` or `#[cfg(all(test, …))]`, if one stands here.
fn end_of_cfg_test(tokens: &[Token], at: usize) -> Option<usize> {
    let [hash, open, cfg, ..] = &tokens[at..] else { return None };
    if !(hash.is_mark('#') && open.is_mark('[') && cfg.is_word("cfg")) {
        return None;
    }
    let end = end_of_group(tokens, at + 1);
    let has = |word: &str| tokens[at..end].iter().any(|token| token.is_word(word));
    (has("test") && !has("not")).then_some(end)
}

/// The place of the bracket that closes the one at this place.
pub(super) fn end_of_group(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            Kind::Mark('{' | '(' | '[') => depth += 1,
            Kind::Mark('}' | ')' | ']') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    panic!("a bracket in line {} is not closed", tokens[open].line)
}

#[test]
fn tests_strings_and_comments_are_no_code() {
    let text = "/// A doc's line.\nfn a() { \"crate::b\"; } // crate::c\n#[cfg(test)]\nmod tests { fn b() {} }\n\
                #[cfg(all(test, unix))]\nmod more;\nfn c() {}\n";
    let words: Vec<(String, usize)> =
        of_program(text).iter().filter_map(|token| Some((token.word()?.to_owned(), token.line))).collect();
    let expected = [("fn", 2), ("a", 2), ("fn", 7), ("c", 7)];
    assert_eq!(words, expected.map(|(word, line)| (word.to_owned(), line)));
    assert_eq!(of_program(text)[0].kind, Kind::Doc(Side::Outer, " A doc's line.".to_owned()));
}
