//! Lines of INI files. Programs differ in what an INI file is, so the readers (`~/.aws/config`, `~/.edgerc`) build on lines
//! and decide themselves what indentation and repeated headings mean.

/// A line that is neither blank nor a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    /// The line's number in the file, from 1.
    pub(crate) number: usize,
    /// True if the line starts with a space or a tab.
    pub(crate) is_indented: bool,
    /// The line without white space at its ends.
    pub(crate) text: &'t str,
}

/// A heading, `[name]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heading<'t> {
    /// The text between the brackets, or behind the opening one if there is no other.
    pub(crate) name: &'t str,
    /// True if there is a closing bracket. What follows it is ignored.
    pub(crate) is_closed: bool,
}

/// Returns the lines of a file that say something. Comments are lines that start with `#` or `;`.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let lines = text.lines().enumerate().map(|(index, line)| Line {
        number: index + 1,
        is_indented: line.starts_with([' ', '\t']),
        text: line.trim(),
    });
    lines.filter(|line| !line.text.is_empty() && !line.text.starts_with(['#', ';']))
}

impl<'t> Line<'t> {
    /// Returns the heading if the line starts with a bracket.
    pub(crate) fn heading(&self) -> Option<Heading<'t>> {
        let inside = self.text.strip_prefix('[')?;
        let (name, is_closed) = inside.split_once(']').map_or((inside, false), |(name, _)| (name, true));
        Some(Heading { name: name.trim(), is_closed })
    }

    /// Returns name and value of a setting, `name = value` or `name: value`.
    pub(crate) fn setting(&self) -> Option<(&'t str, &'t str)> {
        let (name, value) = self.text.split_once(['=', ':'])?;
        Some((name.trim(), value.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_and_comments_are_left_out_and_still_counted() {
        let numbers: Vec<usize> = lines("; a\n\n[b]\r\n  # c\n\td = e\n").map(|line| line.number).collect();
        assert_eq!(numbers, [3, 5]);
    }

    #[test]
    fn a_heading_ends_at_its_bracket_and_a_setting_is_divided_once() {
        let read = |text| lines(text).next().map(|line| (line.heading(), line.setting(), line.is_indented));
        let heading = |name, is_closed| Some(Heading { name, is_closed });
        assert_eq!(read("[ a b ] # c\n"), Some((heading("a b", true), None, false)));
        assert_eq!(read("[open"), Some((heading("open", false), None, false)));
        assert_eq!(read("\ta : b = c"), Some((None, Some(("a", "b = c")), true)));
        assert_eq!(read("word"), Some((None, None, false)));
    }
}
