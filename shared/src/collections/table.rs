//! Tables of rows, as headers, parameters and forms are written: a map, or a list of objects.

use std::borrow::Cow;

use crate::json::{into_text, write_raw};

use super::node::{Fields, Node};
use super::{Rest, Row, Variable, Wrong};

/// The types that a value may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// Text alone.
    Text,
    /// Text, and numbers and flags as they are spelled.
    Scalars,
}

impl Values {
    pub(super) fn of(self, node: &Node<'_>) -> Result<Option<String>, Wrong> {
        match self {
            Self::Text => node.optional_text(),
            Self::Scalars => node.scalar(),
        }
    }
}

/// Returns the rows of a table, whose names are in a member `key` where it is a list.
pub(super) fn rows(node: Option<Node<'_>>, key: &str, values: Values) -> Result<Vec<Row>, Wrong> {
    let Some(node) = node.filter(|node| !node.is_null()) else { return Ok(Vec::new()) };
    if node.is_object() {
        let of = |(name, node): (Cow<'_, str>, Node<'_>)| {
            Ok(Row { name: name.into_owned(), value: values.of(&node)?, ..Row::default() })
        };
        return node.fields()?.all().map(of).collect();
    }
    if !node.is_list() {
        return Err(node.wrong("is neither a list nor a map"));
    }
    node.list()?.into_iter().map(|node| whole_row(node, key, values)).collect()
}

/// Returns the row that an object is.
pub(super) fn whole_row(node: Node<'_>, key: &str, values: Values) -> Result<Row, Wrong> {
    let mut fields = node.fields()?;
    let row = row(&mut fields, key, values)?;
    Ok(Row { rest: fields.rest(), ..row })
}

/// Takes what every row has out of an object.
pub(super) fn row(fields: &mut Fields<'_>, key: &str, values: Values) -> Result<Row, Wrong> {
    let name = fields.take(key).map_or(Ok(None), |node| values.of(&node))?.unwrap_or_default();
    let value = fields.take("value").map_or(Ok(None), |node| values.of(&node))?;
    let disabled = is_off(fields)?;
    let description = text_of(fields.take("description"))?;
    Ok(Row { name, value, disabled, description, rest: Rest::new() })
}

/// Takes out whether a row is switched off: by `disabled`, or by `enabled: false`.
pub(super) fn is_off(fields: &mut Fields<'_>) -> Result<bool, Wrong> {
    let disabled = fields.given("disabled").map_or(Ok(false), |node| node.flag())?;
    let enabled = fields.given("enabled").map_or(Ok(true), |node| node.flag())?;
    Ok(disabled || !enabled)
}

/// Returns a text that a person wrote: as such, or as an object with the text in `content`.
pub(super) fn text_of(node: Option<Node<'_>>) -> Result<Option<String>, Wrong> {
    let Some(node) = node.filter(|node| !node.is_null()) else { return Ok(None) };
    if !node.is_object() {
        return node.scalar();
    }
    node.fields()?.take("content").map_or(Ok(None), |content| content.scalar())
}

/// Returns variables, whose names are in a member `key` where they are a list.
pub(super) fn variables(node: Option<Node<'_>>, key: &str) -> Result<Vec<Variable>, Wrong> {
    let Some(node) = node.filter(|node| !node.is_null()) else { return Ok(Vec::new()) };
    if node.is_object() {
        let of = |(name, node): (Cow<'_, str>, Node<'_>)| {
            Ok(Variable { name: name.into_owned(), value: spelled(&node), ..Variable::default() })
        };
        return node.fields()?.all().map(of).collect();
    }
    if !node.is_list() {
        return Err(node.wrong("is neither a list nor a map"));
    }
    let of = |node: Node<'_>| {
        let mut fields = node.fields()?;
        let name = fields.take(key).map_or(Ok(None), |node| node.scalar())?.unwrap_or_default();
        let kind = fields.clone().given("type").is_some_and(|node| node.raw().get() == "\"secret\"");
        let secret = kind || fields.clone().given("secret").is_some_and(|node| node.raw().get() == "true");
        let disabled = is_off(&mut fields)?;
        // A secret is named in the file and has its value elsewhere.
        let has_value = fields.has("value");
        let value = fields.take("value").map(data).transpose()?.unwrap_or_default();
        let description = text_of(fields.take("description"))?;
        let disabled = disabled || (secret && !has_value);
        Ok(Variable { name, value, disabled, secret, description, rest: fields.rest() })
    };
    node.list()?.into_iter().map(of).collect()
}

/// Returns a variable's value: text, or Bruno's `{type, data}`.
fn data(node: Node<'_>) -> Result<String, Wrong> {
    if node.is_object() {
        let mut fields = node.clone().fields()?;
        if fields.has("type")
            && let Some(data) = fields.take("data")
        {
            return Ok(spelled(&data));
        }
    }
    Ok(if node.is_null() { String::new() } else { spelled(&node) })
}

/// Returns a value as text: everything but a string as JSON spells it.
pub(super) fn spelled(node: &Node<'_>) -> String {
    match node.scalar() {
        Ok(Some(text)) => text,
        Ok(None) => "null".to_owned(),
        // Postman's programs write a value anew, without the blanks between its tokens.
        Err(_) => {
            let mut json = Vec::new();
            write_raw(&format!("\n{}", node.raw().get()), &mut json);
            into_text(json)
        }
    }
}

/// Returns the names of the scripts of a list that have code. The list stays with those members that are passed on.
pub(super) fn scripts(fields: &Fields<'_>, member: &str) -> Vec<String> {
    let scripts = fields.clone().given(member).and_then(|node| node.list().ok()).unwrap_or_default();
    let name = |script: Node<'_>| {
        let mut script = script.fields().ok()?;
        let code = script.given("code")?.text().ok()?;
        let name = script.given("type")?.text().ok()?;
        (!code.trim().is_empty()).then_some(name)
    };
    scripts.into_iter().filter_map(name).collect()
}
