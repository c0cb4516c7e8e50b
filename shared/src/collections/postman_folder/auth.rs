//! Authorization in version 3: `{type, credentials}`, and a list of it in definitions.

use serde_json::Value;

use super::super::node::{Fields, Node};
use super::super::{Auth, Rule, Wrong};

/// The types that Postman's schema has.
const TYPES: [&str; 12] =
    ["apikey", "bearer", "basic", "digest", "oauth1", "oauth2", "hawk", "awsv4", "ntlm", "edgegrid", "jwt", "asap"];

/// Returns the rule of a request.
///
/// # Errors
/// Returns the place if a member cannot be read. A request with it is no request: its authorization would be another's.
pub(super) fn of_request(node: Option<Node<'_>>) -> Result<Rule, Wrong> {
    node.filter(|node| !node.is_null()).map_or(Ok(Rule::Inherit), read)
}

/// Returns the rule of a definition, which has a list; of several the last holds.
///
/// # Errors
/// Returns the place if a member cannot be read.
pub(super) fn of_definition(node: Option<Node<'_>>) -> Result<Rule, Wrong> {
    let Some(node) = node.filter(|node| !node.is_null()) else { return Ok(Rule::Inherit) };
    if !node.is_list() {
        return read(node);
    }
    let mut rule = Rule::Inherit;
    for element in node.list()? {
        let mut fields = element.clone().fields()?;
        for member in ["id", "name"] {
            let missing = fields.missing(member);
            fields.given(member).ok_or(missing)?.text()?;
        }
        rule = read(element)?;
    }
    Ok(rule)
}

fn read(node: Node<'_>) -> Result<Rule, Wrong> {
    let mut fields = node.fields()?;
    let missing = fields.missing("type");
    let kind = fields.given("type").ok_or(missing)?;
    let scheme = kind.clone().text()?;
    match scheme.as_str() {
        "inherit" => return Ok(Rule::Inherit),
        "noauth" => return Ok(Rule::Off),
        known if TYPES.contains(&known) => {}
        other => return Err(kind.wrong(format!("is no type of authorization: {other}"))),
    }
    let parameters = credentials(&mut fields)?;
    Ok(Rule::Given(Auth { scheme, parameters, rest: fields.rest() }))
}

fn credentials(fields: &mut Fields<'_>) -> Result<Vec<(String, Value)>, Wrong> {
    let Some(node) = fields.given("credentials") else { return Ok(Vec::new()) };
    if node.is_object() {
        let all = node.fields()?.all();
        let of = |(key, node): (std::borrow::Cow<'_, str>, Node<'_>)| Some((key.into_owned(), value(&node)?));
        return Ok(all.filter_map(of).collect());
    }
    if !node.is_list() {
        return Err(node.wrong("is neither a list nor a map"));
    }
    let mut parameters: Vec<(String, Value)> = Vec::new();
    for row in node.list()? {
        let mut row = row.fields()?;
        let missing = row.missing("key");
        let key = row.given("key").ok_or(missing)?.text()?;
        let Some(value) = row.take("value").and_then(|node| value(&node)) else { continue };
        parameters.retain(|(known, _)| *known != key);
        parameters.push((key, value));
    }
    Ok(parameters)
}

/// Returns a value. A number is a credential that somebody forgot to put in quotes, and is meant as it is written.
fn value(node: &Node<'_>) -> Option<Value> {
    match serde_json::from_str(node.raw().get()) {
        Ok(Value::Null) => None,
        Ok(Value::Number(_)) => Some(Value::String(node.raw().get().to_owned())),
        Ok(value) => Some(value),
        Err(_) => Some(Value::Null),
    }
}
