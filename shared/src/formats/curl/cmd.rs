//! Commands as browsers copy them for Windows: first cmd.exe's `^` is read, then the quoting of the C runtime's arguments.

use crate::error::Error;

use super::shell::Token;

/// Divides a text into tokens.
///
/// # Errors
/// Returns [`Error::Curl`] if a quote is not closed or output is redirected.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Error> {
    let mut tokens = Vec::new();
    let mut command = String::new();
    for piece in pieces(text)? {
        match piece {
            Piece::Character(c) => command.push(c),
            Piece::Operator(token) => {
                words(&std::mem::take(&mut command), &mut tokens)?;
                tokens.push(token);
            }
        }
    }
    words(&command, &mut tokens)?;
    Ok(tokens)
}

/// A piece of a line as cmd.exe sees it.
enum Piece {
    Character(char),
    Operator(Token),
}

/// Divides a text as cmd.exe does. `^` makes the next character an ordinary one; between quotes it is one itself. A line
/// break after `^` is dropped, unless another one follows.
fn pieces(text: &str) -> Result<Vec<Piece>, Error> {
    let text = text.replace("\r\n", "\n");
    let mut pieces = Vec::new();
    let mut is_quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let piece = match c {
            '^' if !is_quoted => {
                characters.next_if_eq(&'\n');
                match characters.next() {
                    Some(escaped) => Piece::Character(escaped),
                    None => break,
                }
            }
            '"' => {
                is_quoted = !is_quoted;
                Piece::Character(c)
            }
            '\n' => {
                is_quoted = false;
                Piece::Operator(Token::End)
            }
            '&' if !is_quoted => Piece::Operator(Token::End),
            '|' if !is_quoted => Piece::Operator(Token::Pipe),
            '<' | '>' if !is_quoted => return Err(Error::Curl("has a redirection".to_owned())),
            _ => Piece::Character(c),
        };
        pieces.push(piece);
    }
    Ok(pieces)
}

/// Appends the words of one command. `\"` is a quote, and so is `""` between quotes. `\\` is one backslash everywhere, as
/// browsers write it, although the C runtime reads it so only before a quote.
fn words(command: &str, tokens: &mut Vec<Token>) -> Result<(), Error> {
    let mut word: Option<String> = None;
    let mut is_quoted = false;
    let mut characters = command.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            ' ' | '\t' if !is_quoted => tokens.extend(word.take().map(|word| Token::Word(word.into_bytes()))),
            '\\' => {
                let escaped = characters.next_if(|next| matches!(next, '"' | '\\')).unwrap_or(c);
                word.get_or_insert_default().push(escaped);
            }
            '"' if is_quoted && characters.next_if_eq(&'"').is_some() => word.get_or_insert_default().push('"'),
            '"' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            _ => word.get_or_insert_default().push(c),
        }
    }
    if is_quoted {
        return Err(Error::Curl("a quote is not closed".to_owned()));
    }
    tokens.extend(word.map(|word| Token::Word(word.into_bytes())));
    Ok(())
}
