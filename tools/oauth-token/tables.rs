//! Lists for people and for scripts: columns on a terminal, fields separated by tabs in a pipe, JSON on request.

use serde_json::{Map, Value};

use countersign_shared::cli::print;
use countersign_shared::error::Error;
use countersign_shared::terminal;

/// The shape of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Columns with headings, for people.
    Table,
    /// A line for each row, its fields separated by tabs.
    Lines,
    /// One JSON document.
    Json,
}

impl Shape {
    /// Returns the shape for where stdout goes.
    pub(crate) fn of_stdout() -> Self {
        if terminal::stdout_is_terminal() { Self::Table } else { Self::Lines }
    }
}

/// Prints a list. Each row has a value for each heading; in JSON, a heading is the name of a member, and `Null` is left out.
///
/// # Errors
/// Returns [`Error::Write`] if stdout cannot be written.
pub(crate) fn list(shape: Shape, headings: &[&str], rows: &[Vec<Value>]) -> Result<(), Error> {
    let text = match shape {
        Shape::Json => {
            let object = |row: &Vec<Value>| {
                let members = headings.iter().zip(row).filter(|(_, value)| !value.is_null());
                Value::Object(members.map(|(name, value)| ((*name).to_owned(), value.clone())).collect::<Map<_, _>>())
            };
            format!("{}\n", Value::Array(rows.iter().map(object).collect()))
        }
        Shape::Lines => rows.iter().map(|row| format!("{}\n", fields(row).join("\t"))).collect(),
        Shape::Table => table(headings, rows),
    };
    print(&text)
}

/// Prints one thing, a member per line. In JSON it is an object.
///
/// # Errors
/// Returns [`Error::Write`] if stdout cannot be written.
pub(crate) fn record(shape: Shape, members: &[(&str, Value)]) -> Result<(), Error> {
    let members = members.iter().filter(|(_, value)| !value.is_null());
    let width = members.clone().map(|(name, _)| name.len() + 1).max().unwrap_or_default();
    let text = match shape {
        Shape::Json => {
            let object: Map<_, _> = members.map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            format!("{}\n", Value::Object(object))
        }
        Shape::Lines => members.map(|(name, value)| format!("{name}: {}\n", field(value))).collect(),
        Shape::Table => {
            members.map(|(name, value)| format!("{:<width$} {}\n", format!("{name}:"), field(value))).collect()
        }
    };
    print(&text)
}

fn table(headings: &[&str], rows: &[Vec<Value>]) -> String {
    let titles = headings.iter().map(|heading| heading.to_uppercase().replace('_', " ")).collect();
    let lines: Vec<Vec<String>> = std::iter::once(titles).chain(rows.iter().map(|row| fields(row))).collect();
    let length = |line: &Vec<String>, column: usize| line.get(column).map_or(0, |text| text.chars().count());
    let widths: Vec<usize> = (0..headings.len())
        .map(|column| lines.iter().map(|line| length(line, column)).max().unwrap_or_default())
        .collect();
    let mut text = String::new();
    for line in &lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

fn fields(row: &[Value]) -> Vec<String> {
    row.iter().map(field).collect()
}

/// Returns a value as text without what a terminal must not see: a line break in a name would make one row look like two, and
/// a tab would move the columns.
fn field(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => terminal::clean(text).into_owned(),
        Value::Array(list) => list.iter().map(field).collect::<Vec<_>>().join(" "),
        other => terminal::clean(&other.to_string()).into_owned(),
    }
}
