//! The entries of a HAR file, found one after another while the file is read (HAR 1.2, section 3). No more of the file is
//! held than the entry that has begun, so that a file may be longer than the memory.

use super::value::{Value, string};

/// Members that a request, an entry or a collection has at its start, and a HAR file has not.
const OF_OTHERS: [&[u8]; 12] = [
    b"url",
    b"method",
    b"headers",
    b"header",
    b"request",
    b"postData",
    b"body",
    b"startedDateTime",
    b"item",
    b"info",
    b"collection",
    b"_auth",
];

/// A judgement on the beginning of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// It is a HAR file of this shape.
    Har(Shape),
    /// It is something else.
    Other,
    /// More of it has to come first.
    Open,
}

/// The shape of a HAR file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// An object with `log` in it.
    File,
    /// The value of `log` alone.
    Log,
}

/// The number of bytes in which a HAR file must show that it is one. Few, since each line may be the first of a document that
/// nothing closes.
const HEAD: usize = 1 << 10;

/// Judges the beginning of a document that is JSON, by the members of the outermost object up to the first that decides.
pub(super) fn start(head: &[u8]) -> Start {
    // Nearly every line begins so.
    if head.starts_with(b"{\"method\"") || head.starts_with(b"{\"url\"") {
        return Start::Other;
    }
    let open = if head.len() < HEAD { Start::Open } else { Start::Other };
    let head = head.get(..HEAD).unwrap_or(head);
    let Some(mut rest) = head.trim_ascii_start().strip_prefix(b"{") else { return Start::Other };
    loop {
        rest = rest.trim_ascii_start();
        rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
        match rest.first() {
            None => return open,
            Some(b'"') => {}
            Some(_) => return Start::Other,
        }
        // No string of JSON has a line break in it: the line was cut off.
        let Some(length) = string(rest) else { return if rest.contains(&b'\n') { Start::Other } else { open } };
        let name = rest.get(1..length - 1).unwrap_or_default();
        let Some(value) = rest.get(length..).map(<[u8]>::trim_ascii_start) else { return open };
        rest = match value.split_first() {
            None => return open,
            Some((b':', value)) => value.trim_ascii_start(),
            Some(_) => return Start::Other,
        };
        match (name, rest.first()) {
            (_, None) => return open,
            (b"log", Some(b'{')) => return Start::Har(Shape::File),
            (b"entries", Some(b'[')) => return Start::Har(Shape::Log),
            _ if OF_OTHERS.contains(&name) => return Start::Other,
            _ => {}
        }
        let Some(length) = Value::default().end(rest) else { return open };
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// A place in a HAR file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In the outermost object.
    Top,
    /// In `log`.
    Log,
    /// In `entries` of `log`.
    List,
}

/// A reader of the entries of one file.
#[derive(Debug)]
pub(super) struct Entries {
    place: Place,
    /// The places that the current one is within.
    outer: Vec<Place>,
    /// The value that has begun: an entry, or one that is passed over.
    value: Option<(Value, Role)>,
    /// True once `entries` has begun.
    is_found: bool,
    /// The number of entries that have begun.
    pub(super) count: u64,
}

/// The use for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Entry,
    PassedOver,
}

/// The next thing that is found in a file. All places are counted from the start of the bytes that were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A whole entry.
    Entry { start: usize, end: usize },
    /// More bytes are needed. Those before `from` are not needed any more, and those before `seen` were looked at.
    More { from: usize, seen: usize },
    /// The file has ended.
    End { at: usize },
    /// The file has ended, and it has no list of entries.
    None { at: usize },
    /// The brackets or the commas are not those of a HAR file.
    Broken,
}

impl Entries {
    /// Starts before the outermost bracket.
    pub(super) fn new(shape: Shape) -> Self {
        let place = if shape == Shape::Log { Place::Log } else { Place::Top };
        Self { place, outer: Vec::new(), value: None, is_found: false, count: 0 }
    }

    /// Returns true if an entry has begun whose end has not come.
    pub(super) fn is_within_entry(&self) -> bool {
        matches!(self.value, Some((_, Role::Entry)))
    }

    /// Passes over the entry that has begun.
    pub(super) fn pass_over(&mut self) {
        if let Some((_, role)) = &mut self.value {
            *role = Role::PassedOver;
        }
    }

    /// Finds the next entry. `from` is where the last step ended; of a value that has begun, the bytes before `seen` were
    /// looked at before.
    pub(super) fn next(&mut self, bytes: &[u8], from: usize, seen: usize) -> Step {
        let (mut at, mut seen) = (from, seen.max(from));
        loop {
            if let Some((value, role)) = &mut self.value {
                let Some(length) = value.end(bytes.get(seen..).unwrap_or_default()) else {
                    let from = if *role == Role::Entry { at } else { bytes.len() };
                    return Step::More { from, seen: bytes.len() };
                };
                let (start, end) = (at, seen + length);
                let role = *role;
                self.value = None;
                (at, seen) = (end, end);
                if role == Role::Entry {
                    return Step::Entry { start, end };
                }
                continue;
            }
            let rest = bytes.get(at..).unwrap_or_default();
            let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b',').count();
            at += blanks;
            let rest = rest.get(blanks..).unwrap_or_default();
            let Some(first) = rest.first() else { return Step::More { from: at, seen: at } };
            match self.take(*first, rest) {
                Taken::Bytes(length) => at += length,
                Taken::More => return Step::More { from: at, seen: at },
                Taken::End => return if self.is_found { Step::End { at: at + 1 } } else { Step::None { at: at + 1 } },
                Taken::Broken => return Step::Broken,
            }
            seen = at;
        }
    }

    fn take(&mut self, first: u8, rest: &[u8]) -> Taken {
        match (self.place, first) {
            (Place::List, b']') | (Place::Top | Place::Log, b'}') => match self.outer.pop() {
                // The first bracket is the one of the outermost object.
                None => Taken::Broken,
                Some(place) => {
                    self.place = place;
                    if self.outer.is_empty() { Taken::End } else { Taken::Bytes(1) }
                }
            },
            (Place::Top | Place::Log, b'{') if self.outer.is_empty() => {
                self.outer.push(self.place);
                Taken::Bytes(1)
            }
            (Place::Top | Place::Log, b'"') if !self.outer.is_empty() => self.member(rest),
            (Place::List, b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                self.count += 1;
                self.value = Some((Value::default(), Role::Entry));
                Taken::Bytes(0)
            }
            _ => Taken::Broken,
        }
    }

    /// Takes the name of a member, and the bracket of one that is gone into.
    fn member(&mut self, rest: &[u8]) -> Taken {
        let Some(length) = string(rest) else { return Taken::More };
        let name = rest.get(1..length - 1).unwrap_or_default();
        let after = rest.get(length..).unwrap_or_default();
        let value = after.trim_ascii_start();
        let Some((colon, value)) = value.split_first() else { return Taken::More };
        if *colon != b':' {
            return Taken::Broken;
        }
        let value = value.trim_ascii_start();
        let start = rest.len() - value.len();
        let inner = match (self.place, name, value.first()) {
            (_, _, None) => return Taken::More,
            (Place::Top, b"log", Some(b'{')) => Place::Log,
            (Place::Log, b"entries", Some(b'[')) => Place::List,
            _ => {
                self.value = Some((Value::default(), Role::PassedOver));
                return Taken::Bytes(start);
            }
        };
        self.outer.push(self.place);
        self.place = inner;
        self.is_found |= inner == Place::List;
        Taken::Bytes(start + 1)
    }
}

/// The outcome of taking one piece of a file.
enum Taken {
    Bytes(usize),
    More,
    End,
    Broken,
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::string_slice)]
mod tests {
    use super::*;

    /// Returns the entries of a text that comes in pieces of this size, and whether it ended as a file should.
    fn entries(text: &str, size: usize) -> (Vec<String>, bool) {
        let mut found = Vec::new();
        let mut bytes = Vec::new();
        let (mut from, mut seen) = (0, 0);
        let shape = if text.contains("\"log\"") { Shape::File } else { Shape::Log };
        let mut entries = Entries::new(shape);
        for piece in text.as_bytes().chunks(size) {
            bytes.extend_from_slice(piece);
            loop {
                match entries.next(&bytes, from, seen) {
                    Step::Entry { start, end } => {
                        found.push(String::from_utf8_lossy(&bytes[start..end]).into_owned());
                        (from, seen) = (end, end);
                    }
                    Step::More { from: rest, seen: looked } => {
                        bytes.drain(..rest);
                        (from, seen) = (0, looked - rest);
                        break;
                    }
                    Step::End { .. } => return (found, true),
                    Step::None { .. } | Step::Broken => return (found, false),
                }
            }
        }
        (found, false)
    }

    #[test]
    fn entries_are_the_same_however_the_file_is_divided() {
        let text = r#"{"a":"{\"log\":","log":{"version":"1.2","pages":[{"x":[1,"]"]}],"entries":[ {"r":"}\\"} ,
            {"r":{"s":[]}},null,7 ],"comment":"x"},"z":1} "#;
        let expected = [r#"{"r":"}\\"}"#, r#"{"r":{"s":[]}}"#, "null", "7"].map(str::to_owned).to_vec();
        for size in 1..text.len() {
            assert_eq!(entries(text, size), (expected.clone(), true), "{size}");
        }
    }

    #[test]
    fn a_log_may_stand_alone_and_a_file_may_be_cut_short() {
        assert_eq!(entries(r#"{"version":"1.2","entries":[{}]}"#, 3), (vec!["{}".to_owned()], true));
        let text = r#"{"log":{"entries":[{"a":1},{"b":"#;
        assert_eq!(entries(text, 4), (vec![r#"{"a":1}"#.to_owned()], false));
        assert_eq!(entries(r#"{"log":{"entries":[{"a":1}}"#, 4), (vec![r#"{"a":1}"#.to_owned()], false));
    }

    #[test]
    fn files_are_known_by_their_members() {
        for (text, expected) in [
            ("{\"log\":{", Start::Har(Shape::File)),
            ("{\n \"_x\":[1,{\"log\":2}], \"log\" : {", Start::Har(Shape::File)),
            ("{\"version\":\"1.2\",\"entries\":[", Start::Har(Shape::Log)),
            ("{\"url\":\"http://h/\",\"log\":{}}", Start::Other),
            ("{\"log\":1,\"url\":\"x\"}", Start::Other),
            ("{\"a\":1}", Start::Other),
            ("{\"a\n", Start::Other),
            ("{\"_x\":[", Start::Open),
            ("{", Start::Open),
        ] {
            assert_eq!(start(text.as_bytes()), expected, "{text}");
        }
    }
}
