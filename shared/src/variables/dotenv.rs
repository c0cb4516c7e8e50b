//! `.env` files: `NAME=VALUE` a line, as dotenv libraries read them. `$NAME` in a value is text.

/// Reads the lines.
///
/// # Errors
/// Returns the message to show, with the line, if one is not `NAME=VALUE` or a quote is never closed.
pub(super) fn pairs(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::new();
    let mut rest = text;
    let mut number = 1;
    while !rest.is_empty() {
        let line = rest.split(['\n']).next().unwrap_or_default();
        let content = line.trim();
        let mut taken = line.len() + 1;
        if !content.is_empty() && !content.starts_with('#') {
            let start = line.len() - line.trim_start().len();
            let (pair, length) = assignment(rest.get(start..).unwrap_or_default())
                .map_err(|problem| format!("line {number}: {problem}"))?;
            pairs.push(pair);
            taken = start + length;
        }
        let (done, left) = rest.split_at_checked(taken).unwrap_or((rest, ""));
        number += done.matches('\n').count();
        rest = left;
    }
    Ok(pairs)
}

/// Reads one assignment, and returns the length of its lines too.
fn assignment(text: &str) -> Result<((String, String), usize), &'static str> {
    let (name, value) = text.split_once('=').filter(|(name, _)| !name.contains('\n')).ok_or("is not NAME=VALUE")?;
    let name_length = name.len() + 1;
    let name = name.trim();
    let name = name.strip_prefix("export ").map_or(name, str::trim_start);
    if name.is_empty() || name.contains(char::is_whitespace) {
        return Err("is not NAME=VALUE");
    }
    let line = value.split('\n').next().unwrap_or_default();
    let blank = line.len() - line.trim_start().len();
    let quoted = value.get(blank..).unwrap_or_default();
    let (value, length) = match quoted.chars().next() {
        Some(quote @ ('"' | '\'' | '`')) => {
            let (value, length) = quoted_value(quoted.get(1..).unwrap_or_default(), quote)?;
            let after = quoted.get(1 + length..).unwrap_or_default();
            (value, blank + 1 + length + after.find('\n').map_or(after.len(), |at| at + 1))
        }
        _ => (bare(line).to_owned(), line.len() + 1),
    };
    Ok(((name.to_owned(), value), name_length + length))
}

/// Returns a value without quotes: a `#` after a blank begins a comment.
fn bare(line: &str) -> &str {
    let comment = line.match_indices('#').find(|(at, _)| {
        line.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
    });
    line.get(..comment.map_or(line.len(), |(at, _)| at)).unwrap_or_default().trim()
}

/// Returns a value that a quote ends, and its length with the quote. Only double quotes have escapes.
fn quoted_value(text: &str, quote: char) -> Result<(String, usize), &'static str> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            _ if character == quote => return Ok((value.replace("\r\n", "\n"), at + quote.len_utf8())),
            '\\' if quote == '"' => match characters.next().map(|(_, escaped)| escaped) {
                Some('n') => value.push('\n'),
                Some('r') => value.push('\r'),
                Some('t') => value.push('\t'),
                Some(escaped @ ('"' | '\\' | '$')) => value.push(escaped),
                Some(other) => value.extend(['\\', other]),
                None => break,
            },
            _ => value.push(character),
        }
    }
    Err("has a quote that is never closed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_names_and_values() {
        let text = "# comment\nA=1\r\nexport B = two words # three\n\nC=\"x\\n\\\"y\\\" #\" # c\nD='$A \\n'\nE=\nF=a#b\nG=\"one\n\
            two\"\nH={{A}}=x\nI=#c\n";
        let expected = [
            ("A", "1"),
            ("B", "two words"),
            ("C", "x\n\"y\" #"),
            ("D", "$A \\n"),
            ("E", ""),
            ("F", "a#b"),
            ("G", "one\ntwo"),
            ("H", "{{A}}=x"),
            ("I", ""),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(pairs(text), Ok(expected.to_vec()));
    }

    #[test]
    fn a_wrong_line_is_named() {
        for (text, expected) in [
            ("A=1\nB", "line 2: is not NAME=VALUE"),
            ("=1", "line 1: is not NAME=VALUE"),
            ("A B=1", "line 1: is not NAME=VALUE"),
            ("A=\"x\ny\"\nB='", "line 3: has a quote that is never closed"),
        ] {
            assert_eq!(pairs(text), Err(expected.to_owned()));
        }
    }
}
