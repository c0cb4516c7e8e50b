//! The texts of a request that may have variables, for formats that write variables in another way.

use serde_json::Value;

use super::{Auth, Body, Bytes, Row, Rule, Template, Wrong};

/// A change of a text, or the reason why it cannot be understood.
pub(super) type Change<'c> = &'c mut dyn FnMut(&mut String) -> Result<(), Wrong>;

/// Changes every text of a request.
///
/// # Errors
/// Returns the error of the change if there is one.
pub(super) fn change(template: &mut Template, change: Change<'_>) -> Result<(), Wrong> {
    change(&mut template.method)?;
    change(&mut template.target.url)?;
    rows(&mut template.target.query, change)?;
    rows(&mut template.target.path, change)?;
    rows(&mut template.headers, change)?;
    body(&mut template.body.body, change)?;
    rule(&mut template.auth, change)
}

/// Changes every text of rows that are sent. The others may have what they want.
pub(super) fn rows(rows: &mut [Row], change: Change<'_>) -> Result<(), Wrong> {
    for row in rows.iter_mut().filter(|row| !row.disabled) {
        change(&mut row.name)?;
        row.value.as_mut().map_or(Ok(()), &mut *change)?;
    }
    Ok(())
}

/// Changes every text of an authorization.
pub(super) fn rule(rule: &mut Rule, change: Change<'_>) -> Result<(), Wrong> {
    let Rule::Given(Auth { parameters, .. }) = rule else { return Ok(()) };
    for (_, parameter) in parameters {
        value(parameter, change)?;
    }
    Ok(())
}

/// Changes every text in a value.
pub(super) fn value(of: &mut Value, change: Change<'_>) -> Result<(), Wrong> {
    match of {
        Value::String(text) => change(text),
        Value::Array(list) => list.iter_mut().try_for_each(|element| value(element, change)),
        Value::Object(map) => map.values_mut().try_for_each(|member| value(member, change)),
        _ => Ok(()),
    }
}

fn body(body: &mut Body, change: Change<'_>) -> Result<(), Wrong> {
    match body {
        Body::Empty => Ok(()),
        Body::Text { text, .. } => change(text),
        Body::Form(form) => rows(form, change),
        Body::Multipart(parts) => {
            for part in parts.iter_mut().filter(|part| !part.row.disabled) {
                rows(std::slice::from_mut(&mut part.row), change)?;
                for file in part.files.iter_mut().flatten() {
                    bytes(file, change)?;
                }
            }
            Ok(())
        }
        Body::File { source, .. } => bytes(source, change),
        Body::GraphQl { query, variables, .. } => {
            change(query)?;
            variables.as_mut().map_or(Ok(()), &mut *change)
        }
    }
}

fn bytes(bytes: &mut Bytes, change: Change<'_>) -> Result<(), Wrong> {
    match bytes {
        Bytes::Named(name) => change(name),
        Bytes::Missing | Bytes::Held(_) => Ok(()),
    }
}
