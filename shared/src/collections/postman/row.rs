//! The parts that Postman's objects share: rows, descriptions, values as text.

use crate::json::write_raw;

use super::super::node::{Fields, Node};
use super::super::{Rest, Row, Wrong};

/// Returns a description, which is text or an object with the text in it.
pub(super) fn description(node: Option<Node<'_>>) -> Result<Option<String>, Wrong> {
    let Some(node) = node.filter(|node| !node.is_null()) else { return Ok(None) };
    if !node.is_object() {
        return node.scalar();
    }
    node.fields()?.take("content").map_or(Ok(None), |content| content.scalar())
}

/// Returns a variable's value as text: everything but a string as JSON spells it.
pub(super) fn spelled(node: &Node<'_>) -> String {
    match node.scalar() {
        Ok(Some(text)) => text,
        Ok(None) => "null".to_owned(),
        // Postman's programs write a value anew, without the blanks between its tokens.
        Err(_) => {
            let mut json = Vec::new();
            write_raw(&format!("\n{}", node.raw().get()), &mut json);
            String::from_utf8_lossy(&json).into_owned()
        }
    }
}

/// Returns true if a row is switched off: by `disabled`, or by `enabled`, which exported environments have.
pub(super) fn is_off(fields: &mut Fields<'_>) -> Result<bool, Wrong> {
    let disabled = fields.given("disabled").map_or(Ok(false), |node| node.flag())?;
    let enabled = fields.given("enabled").map_or(Ok(true), |node| node.flag())?;
    Ok(disabled || !enabled)
}

/// Returns a row of `key` and `value`.
pub(super) fn row(node: Node<'_>) -> Result<Row, Wrong> {
    let mut fields = node.fields()?;
    let row = row_of(&mut fields)?;
    Ok(Row { rest: fields.rest(), ..row })
}

/// Takes what every row has out of an object.
pub(super) fn row_of(fields: &mut Fields<'_>) -> Result<Row, Wrong> {
    let name = fields.take("key").map_or(Ok(None), |node| node.scalar())?.unwrap_or_default();
    let value = fields.take("value").map_or(Ok(None), |node| node.scalar())?;
    let disabled = is_off(fields)?;
    let description = description(fields.take("description"))?;
    Ok(Row { name, value, disabled, description, rest: Rest::new() })
}
