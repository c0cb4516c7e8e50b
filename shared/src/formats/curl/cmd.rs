//! Commands as browsers copy them for Windows: first cmd.exe's `^` is read, then the quoting of the C runtime's arguments.

use crate::error::Error;
use crate::slice::Slice as _;

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
    /// A line break in data, as Firefox writes it.
    const BREAK: &str = "\"^\n\n\"";
    let text = text.replace("\r\n", "\n");
    let mut pieces = Vec::new();
    let mut is_quoted = false;
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        if !is_quoted && rest.starts_with(BREAK) {
            pieces.push(Piece::Character('\n'));
            rest = rest.part(BREAK.len()..);
            continue;
        }
        rest = rest.part(c.len_utf8()..);
        let piece = match c {
            '^' if !is_quoted => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                let Some(escaped) = rest.chars().next() else { break };
                rest = rest.part(escaped.len_utf8()..);
                Piece::Character(escaped)
            }
            // Between plain quotes a caret escapes nothing, and yet older browsers wrote it so.
            '^' if rest.starts_with(['\\', '%', '&', '^', '"', '<', '>', '|', '!', '{']) => {
                return Err(Error::Curl(OLDER.to_owned()));
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
            '<' if !is_quoted => return Err(Error::Curl("reads a file with <".to_owned())),
            '>' if !is_quoted => {
                // The digit before it names a stream, and the word behind it the target.
                if matches!(pieces.last(), Some(Piece::Character('0'..='9'))) {
                    pieces.pop();
                }
                rest = rest.trim_start_matches(['>', '&', ' ']);
                rest = rest.part(rest.find([' ', '\n', '&', '|', '>']).unwrap_or(rest.len())..);
                Piece::Operator(Token::Output)
            }
            _ => Piece::Character(c),
        };
        pieces.push(piece);
    }
    Ok(pieces)
}

/// The problem with a command whose quotes cannot be read for certain.
const OLDER: &str =
    "is a copy of an older browser for Windows, which cannot be read for certain; copy it as cURL (bash)";

/// Appends the words of one command. `\"` is a quote, and so is `""` between quotes. For `curl`, `\\` is one backslash
/// everywhere, as Chrome writes it; for `curl.exe` only before a quote, as the C runtime reads it and Firefox writes it.
fn words(command: &str, tokens: &mut Vec<Token>) -> Result<(), Error> {
    let is_runtimes = command.trim_start().split(' ').next().is_some_and(|program| program.ends_with("curl.exe"));
    let mut word: Option<String> = None;
    let mut is_quoted = false;
    let mut characters = command.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            ' ' | '\t' if !is_quoted => tokens.extend(word.take().map(|word| Token::Word(word.into_bytes()))),
            '\\' if is_runtimes => {
                let mut count = 1;
                while characters.next_if_eq(&'\\').is_some() {
                    count += 1;
                }
                let is_before_quote = characters.peek() == Some(&'"');
                let written = if is_before_quote { count / 2 } else { count };
                word.get_or_insert_default().extend(std::iter::repeat_n('\\', written));
                if is_before_quote && count % 2 == 1 {
                    word.get_or_insert_default().extend(characters.next());
                }
            }
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
