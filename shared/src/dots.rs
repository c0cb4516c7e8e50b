//! Dot segments of a URL's path (RFC 3986 section 5.2.4).

/// Returns the segments that are left when `.` and `..` among them have been applied. A `..` at the root is dropped.
///
/// Callers differ in what they do with empty segments and with the slash after a dot segment at the end, so they split and
/// join the path themselves.
pub(crate) fn resolved<'p>(segments: impl Iterator<Item = &'p str>) -> Vec<&'p str> {
    let mut kept = Vec::new();
    for segment in segments {
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_applied_and_never_lead_above_the_root() {
        let kept = |path: &'static str| resolved(path.split('/').skip(1)).join("/");
        assert_eq!(kept("/a/./b/../c"), "a/c");
        assert_eq!(kept("/../../a"), "a");
        assert_eq!(kept("/a//../b"), "a/b");
        assert_eq!(kept("/..."), "...");
    }
}
