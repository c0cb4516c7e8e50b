//! The blocks of a file: `NAME {`, lines that are indented, and `}` in the first column.

/// A block.
#[derive(Clone, Debug)]
pub(super) struct Block<'t> {
    pub(super) name: &'t str,
    /// The line of its beginning, counted from 1.
    pub(super) line: usize,
    pub(super) content: Content<'t>,
}

/// The content of a block.
#[derive(Clone, Debug)]
pub(super) enum Content<'t> {
    /// `name: value` a line.
    Pairs(Vec<Pair>),
    /// Text, line by line, still indented.
    Lines(Vec<&'t str>),
}

/// A line `name: value`.
#[derive(Clone, Debug, Default)]
pub(super) struct Pair {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) value: String,
    /// True for `~name`, which is switched off.
    pub(super) disabled: bool,
    pub(super) description: Option<String>,
}

/// A line number and a problem with the line.
pub(super) type Fault = (usize, &'static str);

type Lines<'t> = std::iter::Enumerate<std::str::Lines<'t>>;

/// Reads all blocks.
///
/// # Errors
/// Returns the line and the problem if a line belongs to no block, or a block does not end.
pub(super) fn blocks(text: &str) -> Result<Vec<Block<'_>>, Fault> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        if line.trim().is_empty() {
            continue;
        }
        let Some((name, end)) = beginning(line) else { return Err((index + 1, "is outside of every block")) };
        let content = if end == "}" && has_pairs(name) {
            Content::Pairs(pairs(&mut lines, index + 1)?)
        } else {
            Content::Lines(content(&mut lines, end, index + 1)?)
        };
        blocks.push(Block { name, line: index + 1, content });
    }
    Ok(blocks)
}

/// Returns the name of the block that a line begins, and what ends it.
fn beginning(line: &str) -> Option<(&str, &'static str)> {
    let (name, end) = match line.trim_end().strip_suffix('{') {
        Some(name) => (name, "}"),
        None => (line.trim_end().strip_suffix('[')?, "]"),
    };
    let name = name.trim_end();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b":-_".contains(&byte);
    (!name.is_empty() && name.bytes().all(is_name)).then_some((name, end))
}

/// Returns true if a block of this name holds pairs. Everything else is text, also what is not known.
fn has_pairs(name: &str) -> bool {
    const NAMES: [&str; 20] = [
        "meta",
        "http",
        "get",
        "post",
        "put",
        "patch",
        "delete",
        "head",
        "options",
        "trace",
        "connect",
        "headers",
        "query",
        "auth",
        "settings",
        "assert",
        "metadata",
        "body:form-urlencoded",
        "body:multipart-form",
        "body:file",
    ];
    NAMES.contains(&name) || ["params:", "auth:", "vars:"].iter().any(|start| name.starts_with(start))
}

fn content<'t>(lines: &mut Lines<'t>, end: &str, start: usize) -> Result<Vec<&'t str>, Fault> {
    let mut content = Vec::new();
    for (_, line) in lines {
        if line.trim_end() == end {
            return Ok(content);
        }
        content.push(line);
    }
    Err((start, "the block never ends"))
}

fn pairs(lines: &mut Lines<'_>, start: usize) -> Result<Vec<Pair>, Fault> {
    let mut pairs = Vec::new();
    let mut description = None;
    while let Some((index, line)) = lines.next() {
        if line.trim_end() == "}" {
            return Ok(pairs);
        }
        let line = line.trim();
        if let Some(text) = line.strip_prefix("@description(") {
            description = Some(text.trim_end_matches(')').trim_matches('\'').replace("\\'", "'"));
            continue;
        }
        if line.is_empty() {
            continue;
        }
        let (disabled, rest) = line.strip_prefix('~').map_or((false, line), |rest| (true, rest));
        let (name, value) = named(rest).ok_or((index + 1, "is not name: value"))?;
        let value = match value {
            "[" => listed(lines, index + 1)?,
            text if text.starts_with("'''") => quoted(text, lines, index + 1)?,
            text => text.to_owned(),
        };
        pairs.push(Pair { line: index + 1, name, value, disabled, description: description.take() });
    }
    Err((start, "the block never ends"))
}

/// Returns the name and the value of a line. A name with a colon or a blank in it stands in quotes.
fn named(line: &str) -> Option<(String, &str)> {
    let Some(inner) = line.strip_prefix('"') else {
        let (name, value) = line.split_once(':')?;
        return Some((name.trim_end().to_owned(), value.trim()));
    };
    let mut name = String::new();
    let mut chars = inner.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '\\' => name.extend(chars.next().map(|(_, char)| char)),
            '"' => {
                let value = inner.get(at + 1..)?.trim_start().strip_prefix(':')?;
                return Some((name, value.trim()));
            }
            char => name.push(char),
        }
    }
    None
}

/// Returns text over several lines between `'''`, without the four blanks that indent it. What is said about the text,
/// such as `@contentType(x)`, stands behind the end.
fn quoted(first: &str, lines: &mut Lines<'_>, start: usize) -> Result<String, Fault> {
    let mut text = Vec::new();
    let opened = first.trim_start_matches("'''");
    if let Some((inner, behind)) = opened.split_once("'''") {
        return Ok(format!("{inner}{behind}"));
    }
    if !opened.is_empty() {
        text.push(opened);
    }
    for (_, line) in lines {
        if let Some(behind) = line.trim().strip_prefix("'''") {
            return Ok(format!("{}{behind}", text.join("\n")));
        }
        text.push(line.strip_prefix("    ").unwrap_or_else(|| line.trim_start()));
    }
    Err((start, "the text never ends"))
}

/// Passes over a list, such as that of the tags.
fn listed(lines: &mut Lines<'_>, start: usize) -> Result<String, Fault> {
    let mut words = Vec::new();
    for (_, line) in lines {
        match line.trim() {
            "]" => return Ok(words.join(",")),
            word => words.push(word),
        }
    }
    Err((start, "the list never ends"))
}
