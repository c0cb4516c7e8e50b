//! Variables of Insomnia's environments.

use serde_json::Value;

use super::super::node::Node;
use super::super::{Variable, Wrong, texts};
use super::tags;

/// Returns the variables of an environment. What lies within an object is named by a path, `auth.token`.
///
/// # Errors
/// Returns the place if the environment is not an object, or is nested too deeply.
pub(super) fn variables(node: Option<Node<'_>>) -> Result<Vec<Variable>, Wrong> {
    let Some(node) = node.filter(|node| !node.is_null()) else { return Ok(Vec::new()) };
    if !node.is_object() {
        return Err(node.wrong("is not an object"));
    }
    let place = node.place().to_owned();
    let mut data = serde_json::from_str(node.raw().get()).map_err(|_| node.wrong("is nested too deeply"))?;
    // A tag in a variable that no request needs is nobody's error, so that it stays as it is.
    let mut change = |text: &mut String| {
        if let Ok(changed) = tags::translated(text) {
            *text = changed;
        }
        Ok(())
    };
    texts::value(&mut data, &mut change).map_err(|wrong: Wrong| Wrong { place, ..wrong })?;
    let mut variables = Vec::new();
    flatten("", data, &mut variables);
    Ok(variables)
}

fn flatten(path: &str, value: Value, variables: &mut Vec<Variable>) {
    let dot = if path.is_empty() { "" } else { "." };
    match value {
        Value::Object(map) => {
            if !path.is_empty() {
                variables.push(variable(path, Value::Object(map.clone()).to_string()));
            }
            for (name, value) in map {
                flatten(&format!("{path}{dot}{name}"), value, variables);
            }
        }
        Value::Array(list) => {
            variables.push(variable(path, Value::Array(list.clone()).to_string()));
            for (index, value) in list.into_iter().enumerate() {
                flatten(&format!("{path}[{index}]"), value, variables);
            }
        }
        Value::String(text) => variables.push(variable(path, text)),
        other => variables.push(variable(path, other.to_string())),
    }
}

fn variable(name: &str, value: String) -> Variable {
    Variable { name: name.to_owned(), value, ..Variable::default() }
}
