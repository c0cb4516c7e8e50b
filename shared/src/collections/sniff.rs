//! The recognition of collections by the beginning of a document, before the rest has come.

mod http;
mod object;
mod verdict;
mod yaml;

use super::Dialect;
use verdict::next_line;

pub use verdict::{Ahead, Known, Verdict};

/// Judges the beginning of a document.
#[must_use]
pub fn verdict(head: &[u8], ahead: Ahead) -> Verdict {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match head.trim_ascii_start().first() {
        Some(b'{') => object::verdict(head, ahead),
        Some(b'[') => object::of_list(head),
        _ => lines(head, ahead),
    }
}

/// Returns true if a file of `.http` or `.rest` is one that editors run: a single message as it is on the wire is none.
#[must_use]
pub fn is_http_file(head: &[u8]) -> bool {
    http::is_file(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head))
}

/// Judges a text by its first line that says something.
fn lines(head: &[u8], ahead: Ahead) -> Verdict {
    let mut rest = head;
    let mut is_divided = false;
    loop {
        let Some((line, after)) = next_line(rest, ahead) else {
            return if ahead == Ahead::More { Verdict::Open } else { Verdict::Other };
        };
        let text = line.trim_ascii();
        is_divided |= text.starts_with(b"###");
        let is_passed = text.is_empty() || text.starts_with(b"#") || text.starts_with(b"//") || text == b"---";
        if !is_passed {
            break;
        }
        rest = after;
    }
    let first = next_line(rest, Ahead::Nothing).map_or(rest, |(line, _)| line);
    match first.trim_ascii() {
        b"vars {" => return Verdict::Known(Known::Environment),
        b"meta {" => return Verdict::Collection(Dialect::OpenCollection),
        _ => {}
    }
    if http::begins(first, is_divided || memchr::memmem::find(rest, b"\n###").is_some()) {
        Verdict::Collection(Dialect::HttpFile)
    } else if yaml::key(first).is_some() {
        yaml::verdict(rest, ahead)
    } else {
        Verdict::Other
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn collections_are_known_by_their_members() {
        let schema = r#""schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json""#;
        for (text, expected) in [
            (format!("\u{feff}{{\n  \"info\": {{{schema}}}, "), Verdict::Collection(Dialect::Postman)),
            ("{\"auth\":{\"a\":[\"}\"]},\"item\": [".to_owned(), Verdict::Collection(Dialect::Postman)),
            ("{\"collection\":{".to_owned(), Verdict::Collection(Dialect::Postman)),
            (format!("{{\"info\":{{{schema}"), Verdict::Open),
            ("{\"info\":{\"name\":\"x\"},\"url\":\"http://h/\"}".to_owned(), Verdict::Other),
            ("{\"item\":1,\"url\":\"http://h/\"}".to_owned(), Verdict::Other),
            ("{\"_name\":\"item\",\"x\\\"\":1.5,\"method\":\"GET\"}".to_owned(), Verdict::Other),
            ("{\"log\":{\"entries\":[".to_owned(), Verdict::Other),
            ("{\"a\":1}\n{\"item\":[]}".to_owned(), Verdict::Other),
            ("curl https://h/\n".to_owned(), Verdict::Other),
            ("[{\"item\":[]}]".to_owned(), Verdict::Other),
            ("\n\n".to_owned(), Verdict::Open),
            ("{\"a\":true,".to_owned(), Verdict::Open),
            ("{\"a\":\"\\".to_owned(), Verdict::Open),
        ] {
            assert_eq!(verdict(text.as_bytes(), Ahead::More), expected, "{text}");
        }
    }

    #[test]
    fn no_beginning_of_a_collection_is_taken_for_something_else() {
        let text = r#"{"event":[{"a":"\"}"}],"n":12,"info":{"name":"x","schema":"https://schema.postman.com/v2.1"},"item":[]}"#;
        for end in 0..text.len() {
            assert_ne!(verdict(&text.as_bytes()[..end], Ahead::More), Verdict::Other, "{}", &text[..end]);
        }
        assert_eq!(verdict(text.as_bytes(), Ahead::More), Verdict::Collection(Dialect::Postman));
    }
}
