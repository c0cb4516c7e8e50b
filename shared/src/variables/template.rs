//! The places of names in a text.

use memchr::memmem;

use crate::slice::Slice as _;

/// A name in a text, with its braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found<'t> {
    /// The place of the first brace.
    pub(super) start: usize,
    /// The place after the last brace.
    pub(super) end: usize,
    /// The text between the braces, to the letter: blanks are a part of it.
    pub(super) name: &'t str,
}

/// Finds each `{{name}}` whose name has no braces. Of `{{{{a}}}}` that is the inner one.
pub(super) fn names(text: &str) -> impl Iterator<Item = Found<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let open = from + memmem::find(text.get(from..)?.as_bytes(), b"{{")?;
            let braces = text.part(open..).bytes().take_while(|byte| *byte == b'{').count();
            let name = open + braces;
            let close = name + memchr::memchr2(b'{', b'}', text.part(name..).as_bytes())?;
            from = close;
            if text.part(close..).starts_with("}}") {
                from = close + 2;
                return Some(Found { start: name - 2, end: from, name: text.part(name..close) });
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_has_no_braces_between_two_pairs() {
        for (text, expected) in [
            ("{{a}}", vec!["a"]),
            ("{{ a }}{{}}", vec![" a ", ""]),
            ("{{{a}}}", vec!["a"]),
            ("{{{{a}}}}", vec!["a"]),
            ("{{a}b}}{{c}}", vec!["c"]),
            ("{{a{b}}{{c", vec![]),
            ("{{a{{b}}", vec!["b"]),
            ("{a}} {{é\n\"}}", vec!["é\n\""]),
            ("{{{", vec![]),
            ("{{a}", vec![]),
        ] {
            assert_eq!(names(text).map(|found| found.name).collect::<Vec<_>>(), expected, "{text}");
            for found in names(text) {
                assert_eq!(text.part(found.start..found.end), format!("{{{{{}}}}}", found.name));
            }
        }
    }
}
