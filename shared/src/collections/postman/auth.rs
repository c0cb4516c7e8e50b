//! Postman's auth object as a rule: `{"type": "basic", "basic": [{"key": …, "value": …}]}`, or a map in the list's place.

use std::collections::HashMap;

use serde_json::Value;

use super::super::node::{Fields, Node};
use super::super::{Auth, Rule, Wrong};

/// Returns the rule that an `auth` member says.
///
/// Postman's programs pass over an object whose `type` they cannot use and send the request with what is further out, or
/// unsigned. Here only what says nothing (`null`, `{}`, no `type`) inherits.
#[must_use]
pub fn rule(node: Option<Node<'_>>) -> Rule {
    node.filter(|node| !node.is_null()).map_or(Ok(Rule::Inherit), read).unwrap_or_else(Rule::Wrong)
}

fn read(node: Node<'_>) -> Result<Rule, Wrong> {
    let mut fields = node.fields()?;
    let Some(kind) = fields.given("type") else { return Ok(Rule::Inherit) };
    let place = kind.clone();
    let scheme = kind.text()?;
    match scheme.as_str() {
        "noauth" | "none" => return Ok(Rule::Off),
        "" => return Err(place.wrong("is empty")),
        _ => {}
    }
    let parameters = parameters(&mut fields, &scheme)?;
    Ok(Rule::Given(Auth { scheme, parameters, rest: fields.rest() }))
}

/// Takes the block of a scheme out. Blocks of other schemes, which Postman keeps, stay.
fn parameters(fields: &mut Fields<'_>, scheme: &str) -> Result<Vec<(String, Value)>, Wrong> {
    let Some(block) = fields.given(scheme) else { return Ok(Vec::new()) };
    if block.is_object() {
        return Ok(block.fields()?.all().map(|(key, node)| (key.into_owned(), value(&node))).collect());
    }
    let mut parameters: Vec<(String, Value)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for row in block.list()? {
        let mut row = row.fields()?;
        let Some(key) = row.given("key").map(Node::text).transpose()? else { continue };
        let is_off = row.given("disabled").is_some_and(|node| node.raw().get() == "true");
        let Some(node) = row.take("value").filter(|_| !is_off) else { continue };
        // The last of a name counts, as everywhere in these files.
        let at = *places.entry(key.clone()).or_insert(parameters.len());
        match parameters.get_mut(at) {
            Some(known) => known.1 = value(&node),
            None => parameters.push((key, value(&node))),
        }
    }
    Ok(parameters)
}

fn value(node: &Node<'_>) -> Value {
    // The node was read as JSON before, so this fails only for nesting that no scheme has.
    serde_json::from_str(node.raw().get()).unwrap_or(Value::Null)
}
