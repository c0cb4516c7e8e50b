//! Bruno's environments in its own language: `vars { … }` and `vars:secret [ … ]`.

/// The rule for showing a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Showing {
    /// It may be shown.
    Open,
    /// It must not be shown.
    Masked,
}

/// Reads the variables of an environment. Secret ones have no value in the file, so that they are not defined by it.
///
/// # Errors
/// Returns the message to show, with the line, if a block does not end or a line in it is not `name: value`.
pub(super) fn pairs(text: &str) -> Result<Vec<(String, String, Showing)>, String> {
    let mut pairs = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((start, line)) = lines.next() {
        let Some((name, end)) = block(line) else { continue };
        loop {
            let Some((index, line)) = lines.next() else {
                return Err(format!("line {}: the block never ends", start + 1));
            };
            // A block ends at a bracket in the first column.
            if line.trim_end() == end {
                break;
            }
            if name != "vars" || line.trim().is_empty() {
                continue;
            }
            let (key, value) = line.split_once(':').ok_or_else(|| format!("line {}: is not name: value", index + 1))?;
            let value = match value.trim() {
                "'''" => multiline(&mut lines).ok_or_else(|| format!("line {}: the text never ends", index + 1))?,
                value => value.to_owned(),
            };
            if !key.trim().starts_with('~') {
                pairs.push((key.trim().to_owned(), value, Showing::Open));
            }
        }
    }
    Ok(pairs)
}

/// Returns the name of the block that a line begins, and what ends it.
fn block(line: &str) -> Option<(&str, &'static str)> {
    let line = line.trim_end();
    match line.strip_suffix('{') {
        Some(name) => Some((name.trim_end(), "}")),
        None => line.strip_suffix('[').map(|name| (name.trim_end(), "]")),
    }
}

/// Returns the lines up to `'''`, without the two blanks or four that Bruno indents them by.
fn multiline<'t>(lines: &mut impl Iterator<Item = (usize, &'t str)>) -> Option<String> {
    let mut text: Vec<&str> = Vec::new();
    for (_, line) in lines {
        if line.trim() == "'''" {
            return Some(text.join("\n"));
        }
        text.push(line.strip_prefix("    ").or_else(|| line.strip_prefix("  ")).unwrap_or(line));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_read_and_secret_ones_have_no_value() {
        let text = "vars {\n  host: https://h.example:8080\n  ~off: x\n  empty:\n  long: '''\n    one\n    two\n  '''\n}\n\
            vars:secret [\n  token,\n  other\n]\n";
        let open = |name: &str, value: &str| (name.to_owned(), value.to_owned(), Showing::Open);
        let expected = vec![open("host", "https://h.example:8080"), open("empty", ""), open("long", "one\ntwo")];
        assert_eq!(pairs(text), Ok(expected));
        assert_eq!(pairs("vars {\n  a: 1\n"), Err("line 1: the block never ends".to_owned()));
        assert_eq!(pairs("vars {\n  a\n}\n"), Err("line 2: is not name: value".to_owned()));
    }
}
