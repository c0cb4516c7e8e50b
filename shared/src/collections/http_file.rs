//! `.http` files, as editors run them: requests as text, `###` between them, `@name = value` for variables.

mod body;
mod head;

use crate::error::Error;

use super::{Broken, Collection, Dialect, Foreign, Item, Template, Variable, Wrong};

use head::{Head, comment, named, trimmed};

/// Reads a file.
///
/// # Errors
/// Returns [`Error::Place`] if there is no request in it. A request that cannot be read is an [`Item::Broken`].
pub fn read(text: &str) -> Result<Collection, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut collection = Collection { dialect: Dialect::HttpFile, ..Collection::default() };
    for section in sections(text) {
        section.variables(&mut collection.variables);
        collection.items.extend(section.item());
    }
    if collection.items.is_empty() {
        let problem = "has no request, such as GET https://host/path".to_owned();
        return Err(Error::Place { place: String::new(), problem });
    }
    Ok(collection)
}

/// The lines between two separators.
#[derive(Debug, Default)]
struct Section<'t> {
    /// The text behind `###`.
    title: &'t str,
    /// The lines and their numbers, counted from 1.
    lines: Vec<(usize, &'t str)>,
}

fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections = vec![Section::default()];
    for (index, line) in text.lines().enumerate() {
        if let Some(title) = line.strip_prefix("###") {
            sections.push(Section { title: title.trim_start_matches('#').trim(), lines: Vec::new() });
        } else if let Some(section) = sections.last_mut() {
            section.lines.push((index + 1, line));
        }
    }
    sections
}

/// Returns the name and the value of a line `@name = value`.
fn variable(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim_start().strip_prefix('@')?.split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty() && !name.contains(char::is_whitespace);
    is_name.then(|| (name, value.trim()))
}

impl<'t> Section<'t> {
    /// Adds the variables that stand before the request.
    fn variables(&self, variables: &mut Vec<Variable>) {
        for (_, line) in &self.lines {
            if let Some((name, value)) = variable(line) {
                variables.push(Variable { name: name.to_owned(), value: trimmed(value), ..Variable::default() });
            } else if comment(line).is_none() && !line.trim().is_empty() {
                break;
            }
        }
    }

    fn item(&self) -> Option<Item> {
        let mut name = self.title;
        let mut rest = self.lines.as_slice();
        while let Some(((_, line), after)) = rest.split_first() {
            if let Some(text) = comment(line) {
                if let Some(given) = named(text) {
                    name = given;
                }
            } else if let Some(after) = script(rest) {
                rest = after;
                continue;
            } else if variable(line).is_none() && !line.trim().is_empty() {
                break;
            }
            rest = after;
        }
        let ((number, _), _) = rest.split_first()?;
        let place = format!("line {number}");
        let read = self.request(rest, name, &place);
        let broken = |wrong| {
            let name = Some(name.to_owned()).filter(|name| !name.is_empty());
            Item::Broken(Broken { name, wrong, source: None })
        };
        Some(read.unwrap_or_else(broken))
    }

    fn request(&self, lines: &[(usize, &'t str)], name: &str, place: &str) -> Result<Item, Wrong> {
        let (mut head, rest) = Head::read(lines)?;
        let name = head.name.take().unwrap_or_else(|| name.to_owned());
        if let Some(protocol) = head.foreign() {
            let place = place.to_owned();
            return Ok(Item::Foreign(Foreign { name, place, protocol: protocol.to_owned(), source: None }));
        }
        let mut template = Template { name, place: place.to_owned(), ..Template::default() };
        if self.lines.iter().any(|(_, line)| line.trim_start().starts_with("< {%")) {
            template.scripts.push("before the request".to_owned());
        }
        body::read(&mut head, rest, &mut template)?;
        head.finish(&mut template)?;
        Ok(Item::Request(Box::new(template)))
    }
}

/// Returns the lines behind a script, `< {% … %}`, if one begins here.
fn script<'l, 't>(lines: &'l [(usize, &'t str)]) -> Option<&'l [(usize, &'t str)]> {
    let ((_, first), _) = lines.split_first()?;
    let inner = first.trim_start().strip_prefix('<')?.trim_start();
    if !inner.starts_with("{%") {
        // A script in a file of its own.
        return inner.ends_with(".js").then(|| lines.get(1..)).flatten();
    }
    let end = lines.iter().position(|(_, line)| line.contains("%}"))?;
    lines.get(end + 1..)
}

#[cfg(test)]
mod tests;
