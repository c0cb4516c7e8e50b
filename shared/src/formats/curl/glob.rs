//! curl's URL globbing: `{one,two}`, `[1-10]`, `[001-100:5]`, `[a-z]`. Text that curl would refuse as a pattern stands for
//! itself, so that `a[]=1` and the like need no `--globoff`.

use crate::error::Error;
use crate::slice::Slice as _;

/// The most URLs that one may stand for. curl has no such limit; here a line of a few bytes may come from elsewhere, and
/// must not keep a tool busy for ever.
const LIMIT: usize = 10_000;

/// A URL divided into text and patterns. The URLs that it stands for are made one by one, because together they are longer
/// than the pattern by far: ten thousand of 90 KB come from one of 90 KB.
#[derive(Debug)]
pub(super) struct Pattern {
    pieces: Vec<Piece>,
    count: usize,
}

/// A part of a URL.
#[derive(Debug)]
enum Piece {
    Text(String),
    /// `{one,two}`
    Set(Vec<String>),
    /// `[1-10]`; numbers have at least `width` digits.
    Numbers {
        first: u64,
        step: u64,
        count: usize,
        width: usize,
    },
    /// `[a-z]`
    Letters {
        letters: Vec<u8>,
    },
}

impl Pattern {
    /// Returns a URL in which no character is special.
    pub(super) fn literal(url: &str) -> Self {
        Self { pieces: vec![Piece::Text(url.to_owned())], count: 1 }
    }

    /// Divides a URL.
    ///
    /// # Errors
    /// Returns [`Error::Curl`] if it stands for more than 10,000.
    pub(super) fn parse(url: &str) -> Result<Self, Error> {
        let mut pattern = Self { pieces: Vec::new(), count: 1 };
        let mut rest = url;
        while let Some(c) = rest.chars().next() {
            let found = match c {
                '{' => set(rest),
                '[' => range(rest)?,
                '\\' => escape(rest),
                _ => None,
            };
            let (piece, length) = found.unwrap_or_else(|| {
                // Text, up to what may be a pattern.
                let first = c.len_utf8();
                let next = rest.part(first..).find(['{', '[', '\\']);
                let length = next.map_or(rest.len(), |at| at + first);
                (Piece::Text(rest.part(..length).to_owned()), length)
            });
            pattern.add(piece)?;
            rest = rest.part(length..);
        }
        Ok(pattern)
    }

    /// Appends a piece; text joins the text before it.
    fn add(&mut self, piece: Piece) -> Result<(), Error> {
        // A few short patterns can stand for millions.
        self.count = self.count.saturating_mul(piece.count());
        if self.count > LIMIT {
            return Err(too_many());
        }
        match (self.pieces.last_mut(), piece) {
            (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
            (_, piece) => self.pieces.push(piece),
        }
        Ok(())
    }

    /// Returns the URLs; the last pattern changes first.
    pub(super) fn urls(&self) -> impl Iterator<Item = String> {
        (0..self.count).map(|index| self.url(index))
    }

    fn url(&self, index: usize) -> String {
        // The index is a number whose digits are the choices, one for each piece.
        let mut rest = index;
        let digit = |piece: &Piece| {
            let count = piece.count().max(1);
            let digit = rest % count;
            rest /= count;
            digit
        };
        let digits: Vec<usize> = self.pieces.iter().rev().map(digit).collect();
        let mut url = String::new();
        for (piece, digit) in self.pieces.iter().zip(digits.into_iter().rev()) {
            piece.push_choice(digit, &mut url);
        }
        url
    }
}

impl Piece {
    fn count(&self) -> usize {
        match self {
            Self::Text(_) => 1,
            Self::Set(choices) => choices.len(),
            Self::Numbers { count, .. } => *count,
            Self::Letters { letters } => letters.len(),
        }
    }

    fn push_choice(&self, index: usize, url: &mut String) {
        match self {
            Self::Text(text) => url.push_str(text),
            Self::Set(choices) => url.push_str(choices.get(index).map_or("", String::as_str)),
            Self::Numbers { first, step, width, .. } => {
                let number = (first + index as u64 * step).to_string();
                // The width comes from the command and may be more than the formatter takes.
                url.extend(std::iter::repeat_n('0', width.saturating_sub(number.len())));
                url.push_str(&number);
            }
            Self::Letters { letters } => url.extend(letters.get(index).copied().map(char::from)),
        }
    }
}

fn too_many() -> Error {
    Error::Curl(format!("the URL stands for more than {LIMIT}; --globoff takes it as it is"))
}

/// A piece, and the length of its text.
type Found = Option<(Piece, usize)>;

/// Reads `\[`, `\]`, `\{` or `\}`, which stand for the character without the backslash.
fn escape(text: &str) -> Found {
    let c = text.chars().nth(1).filter(|c| "{}[]".contains(*c))?;
    Some((Piece::Text(c.to_string()), 2))
}

fn set(text: &str) -> Found {
    let mut choices = vec![String::new()];
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        let last = choices.last_mut()?;
        match c {
            '}' => return Some((Piece::Set(choices), at + 1)),
            ',' => choices.push(String::new()),
            // No text is looked at twice: the next set begins at the bracket that ends this one.
            '{' | '[' | ']' => return None,
            '\\' => match characters.next_if(|(_, next)| "{}[],".contains(*next)) {
                Some((_, next)) => last.push(next),
                None => last.push(c),
            },
            _ => last.push(c),
        }
    }
    None
}

fn range(text: &str) -> Result<Found, Error> {
    // The search ends at another bracket, at which the next one begins, so that no text is looked at twice.
    let end = text.part(1..).find(['[', ']']).map(|at| at + 1).filter(|at| text.part(*at..).starts_with(']'));
    let Some(end) = end else { return Ok(None) };
    let inner = text.part(1..end);
    // The brackets may be those of an IPv6 host.
    if inner.contains(':') && inner.split('%').next().unwrap_or_default().parse::<std::net::Ipv6Addr>().is_ok() {
        return Ok(None);
    }
    let (bounds, step) = inner.split_once(':').unwrap_or((inner, "1"));
    let Some((low, high)) = bounds.split_once('-') else { return Ok(None) };
    let Some(step) = step.parse::<u64>().ok().filter(|step| *step > 0) else { return Ok(None) };
    let piece = numbers(low, high, step)?.or_else(|| letters(low, high, step));
    Ok(piece.map(|piece| (piece, end + 1)))
}

/// Returns the numbers of a range; leading zeros of the first set the width of all.
fn numbers(low: &str, high: &str, step: u64) -> Result<Option<Piece>, Error> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(low) || !digits(high) {
        return Ok(None);
    }
    let (Ok(first), Ok(last)) = (low.parse::<u64>(), high.parse::<u64>()) else { return Ok(None) };
    if first > last {
        return Ok(None);
    }
    let further = usize::try_from((last - first) / step).ok().filter(|further| *further < LIMIT);
    let count = further.ok_or_else(too_many)? + 1;
    let width = if low.starts_with('0') { low.len() } else { 0 };
    Ok(Some(Piece::Numbers { first, step, count, width }))
}

fn letters(low: &str, high: &str, step: u64) -> Option<Piece> {
    let letter = |text: &str| match text.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => Some(*letter),
        _ => None,
    };
    let (first, last) = (letter(low)?, letter(high)?);
    if first > last || first.is_ascii_lowercase() != last.is_ascii_lowercase() {
        return None;
    }
    let step = usize::try_from(step).ok()?;
    Some(Piece::Letters { letters: (first..=last).step_by(step).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(url: &str) -> Vec<String> {
        Pattern::parse(url).map(|pattern| pattern.urls().collect()).unwrap_or_default()
    }

    #[test]
    fn the_last_pattern_changes_first() {
        assert_eq!(urls("{a,b}[1-2]x"), ["a1x", "a2x", "b1x", "b2x"]);
        assert_eq!(urls("[08-12:2][a-c:2]"), ["08a", "08c", "10a", "10c", "12a", "12c"]);
        assert_eq!(urls("[18446744073709551614-18446744073709551615]").len(), 2);
    }

    #[test]
    fn what_is_no_pattern_stands_for_itself() {
        for url in ["", "a[]=1", "[1-", "{a", "{a{b,c", "[::1]/x", "[z-a]", "[2-1]", "\\a", "a\\", "[1-2:0]", "é{ü"] {
            assert_eq!(urls(url), [url], "{url}");
        }
        assert_eq!(urls("\\[1-2\\]"), ["[1-2]"]);
    }

    #[test]
    fn a_width_of_any_length_is_kept() {
        let zeros = "0".repeat(70_000);
        assert_eq!(urls(&format!("[{zeros}1-2]")), [format!("{zeros}1"), format!("{zeros}2")]);
    }
}
