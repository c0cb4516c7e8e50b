//! curl's URL globbing: `{one,two}`, `[1-10]`, `[001-100:5]`, `[a-z]`. Text that curl would refuse as a pattern stands for
//! itself, so that `a[]=1` and the like need no `--globoff`.

use crate::error::Error;
use crate::slice::Slice as _;

/// The most URLs that one pattern may stand for.
const LIMIT: usize = 10_000;

/// Returns the URLs that one stands for; the last pattern changes first.
///
/// # Errors
/// Returns [`Error::Curl`] if it stands for more than 10,000.
pub(super) fn expanded(url: &str) -> Result<Vec<String>, Error> {
    let mut urls = vec![String::new()];
    let mut rest = url;
    while let Some(c) = rest.chars().next() {
        let choices = match c {
            '{' => set(rest),
            '[' => range(rest)?,
            '\\' => escape(rest),
            _ => None,
        };
        let (choices, length) = choices.unwrap_or_else(|| {
            // Text, up to what may be a pattern.
            let first = c.len_utf8();
            let length =
                rest.get(first..).and_then(|tail| tail.find(['{', '[', '\\'])).map_or(rest.len(), |at| at + first);
            (vec![rest.part(..length).to_owned()], length)
        });
        // The limit is checked before the URLs are made: a few short patterns can stand for millions.
        if urls.len().saturating_mul(choices.len()) > LIMIT {
            return Err(Error::Curl(format!("the URL stands for more than {LIMIT}; --globoff takes it as it is")));
        }
        urls = urls.iter().flat_map(|start| choices.iter().map(move |choice| format!("{start}{choice}"))).collect();
        rest = rest.part(length..);
    }
    Ok(urls)
}

type Choices = Option<(Vec<String>, usize)>;

/// Reads `\[`, `\]`, `\{` or `\}`, which stand for the character without the backslash.
fn escape(text: &str) -> Choices {
    let c = text.chars().nth(1).filter(|c| "{}[]".contains(*c))?;
    Some((vec![c.to_string()], 2))
}

fn set(text: &str) -> Choices {
    let mut choices = vec![String::new()];
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        let last = choices.last_mut()?;
        match c {
            '}' => return Some((choices, at + 1)),
            ',' => choices.push(String::new()),
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

fn range(text: &str) -> Result<Choices, Error> {
    let Some(end) = text.find(']') else { return Ok(None) };
    let inner = text.part(1..end);
    // The brackets may be those of an IPv6 host.
    if inner.contains(':') && inner.split('%').next().unwrap_or_default().parse::<std::net::Ipv6Addr>().is_ok() {
        return Ok(None);
    }
    let (bounds, step) = inner.split_once(':').unwrap_or((inner, "1"));
    let Some((low, high)) = bounds.split_once('-') else { return Ok(None) };
    let Some(step) = step.parse::<u64>().ok().filter(|step| *step > 0) else { return Ok(None) };
    let choices = numbers(low, high, step)?.or_else(|| letters(low, high, step));
    Ok(choices.map(|choices| (choices, end + 1)))
}

/// Returns the numbers of a range; leading zeros of the first set the width of all.
fn numbers(low: &str, high: &str, step: u64) -> Result<Option<Vec<String>>, Error> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(low) || !digits(high) {
        return Ok(None);
    }
    let (Ok(first), Ok(last)) = (low.parse::<u64>(), high.parse::<u64>()) else { return Ok(None) };
    if first > last {
        return Ok(None);
    }
    if (last - first) / step >= LIMIT as u64 {
        return Err(Error::Curl(format!("the URL stands for more than {LIMIT}; --globoff takes it as it is")));
    }
    let width = if low.starts_with('0') { low.len() } else { 0 };
    let count = (last - first) / step;
    Ok(Some((0..=count).map(|index| format!("{:0width$}", first + index * step)).collect()))
}

fn letters(low: &str, high: &str, step: u64) -> Option<Vec<String>> {
    let letter = |text: &str| match text.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => Some(*letter),
        _ => None,
    };
    let (first, last) = (letter(low)?, letter(high)?);
    if first > last || first.is_ascii_lowercase() != last.is_ascii_lowercase() {
        return None;
    }
    let step = usize::try_from(step).ok()?;
    Some((first..=last).step_by(step).map(|letter| char::from(letter).to_string()).collect())
}
