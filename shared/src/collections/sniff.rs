//! The recognition of collections by the beginning of a document, before the rest has come.

/// The kind of a document, as far as its beginning tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is one of Postman's collections.
    Postman,
    /// It is something else.
    Other,
    /// More of the document has to come first.
    Open,
}

/// Members that a request, an entry or a HAR file has and a collection has not.
const OF_REQUESTS: [&[u8]; 9] =
    [b"url", b"method", b"log", b"headers", b"header", b"request", b"postData", b"body", b"startedDateTime"];

/// Judges the beginning of a document. It looks at the members of the outermost object, up to the first that decides.
#[must_use]
pub fn verdict(head: &[u8]) -> Verdict {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut rest = head.trim_ascii_start();
    match rest.split_first() {
        None => return Verdict::Open,
        Some((b'{', inner)) => rest = inner,
        Some(_) => return Verdict::Other,
    }
    loop {
        rest = rest.trim_ascii_start();
        rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
        let key = match rest.first() {
            None => return Verdict::Open,
            Some(b'"') => string(rest),
            Some(_) => return Verdict::Other,
        };
        let Some(key) = key else { return Verdict::Open };
        let name = key.get(1..key.len().saturating_sub(1)).unwrap_or_default();
        rest = rest.get(key.len()..).unwrap_or_default().trim_ascii_start();
        let Some((colon, value)) = rest.split_first() else { return Verdict::Open };
        if *colon != b':' {
            return Verdict::Other;
        }
        rest = value.trim_ascii_start();
        let Some(first) = rest.first() else { return Verdict::Open };
        match (name, first) {
            (b"item", b'[') | (b"collection", b'{') => return Verdict::Postman,
            _ if OF_REQUESTS.contains(&name) => return Verdict::Other,
            _ => {}
        }
        let Some(length) = length(rest) else { return Verdict::Open };
        let (value, after) = rest.split_at_checked(length).unwrap_or((rest, b""));
        let is_schema = || memchr::memmem::find(value, b"postman.com/").is_some();
        if name == b"info" && *first == b'{' && is_schema() {
            return Verdict::Postman;
        }
        rest = after;
    }
}

/// Returns a string with its quotes, or `None` if its end has not come.
fn string(text: &[u8]) -> Option<&[u8]> {
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
        if text.get(at) == Some(&b'"') {
            return text.get(..=at);
        }
        // The byte after a backslash belongs to the escape, even if it is a quote.
        at += 2;
    }
}

/// Returns the length of a value, or `None` if its end has not come.
fn length(text: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0_usize, 0_usize);
    loop {
        match text.get(at)? {
            b'"' => at += string(text.get(at..)?)?.len(),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            // The end of the object that the value is in.
            b'}' | b']' if depth == 0 => return Some(at),
            b'}' | b']' => {
                depth -= 1;
                at += 1;
            }
            b',' if depth == 0 => return Some(at),
            _ => at += 1,
        }
        let is_closed = depth == 0 && text.get(at - 1).is_some_and(|last| b"\"}]".contains(last));
        if is_closed {
            return Some(at);
        }
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
            (format!("\u{feff}{{\n  \"info\": {{{schema}}}, "), Verdict::Postman),
            ("{\"auth\":{\"a\":[\"}\"]},\"item\": [".to_owned(), Verdict::Postman),
            ("{\"collection\":{".to_owned(), Verdict::Postman),
            (format!("{{\"info\":{{{schema}"), Verdict::Open),
            ("{\"info\":{\"name\":\"x\"},\"url\":\"http://h/\"}".to_owned(), Verdict::Other),
            ("{\"item\":1,\"url\":\"http://h/\"}".to_owned(), Verdict::Other),
            ("{\"_name\":\"item\",\"x\\\"\":1.5,\"method\":\"GET\"}".to_owned(), Verdict::Other),
            ("{\"log\":{\"entries\":[".to_owned(), Verdict::Other),
            ("{\"a\":1}\n{\"item\":[]}".to_owned(), Verdict::Other),
            ("curl https://h/".to_owned(), Verdict::Other),
            ("[{\"item\":[]}]".to_owned(), Verdict::Other),
            ("\n\n".to_owned(), Verdict::Open),
            ("{\"a\":true,".to_owned(), Verdict::Open),
            ("{\"a\":\"\\".to_owned(), Verdict::Open),
        ] {
            assert_eq!(verdict(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn no_beginning_of_a_collection_is_taken_for_something_else() {
        let text = r#"{"event":[{"a":"\"}"}],"n":12,"info":{"name":"x","schema":"https://schema.postman.com/v2.1"},"item":[]}"#;
        for end in 0..text.len() {
            assert_ne!(verdict(&text.as_bytes()[..end]), Verdict::Other, "{}", &text[..end]);
        }
        assert_eq!(verdict(text.as_bytes()), Verdict::Postman);
    }
}
