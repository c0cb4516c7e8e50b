//! Queries as text and as rows.

use super::Row;

/// A side of the `=` in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The name, in which `=` is escaped too.
    Name,
    /// The value.
    Value,
}

/// Escapes what would end a row of a query (`&`, `#`, and `=` in a name). Names of variables between `{{` and `}}` stay.
#[must_use]
pub fn escaped(text: &str, side: Side) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        escape(before, side, &mut out);
        out.push_str("{{");
        out.push_str(name);
        out.push_str("}}");
        rest = behind;
    }
    escape(rest, side, &mut out);
    out
}

fn escape(text: &str, side: Side, out: &mut String) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("%26"),
            '#' => out.push_str("%23"),
            '=' if side == Side::Name => out.push_str("%3D"),
            _ => out.push(char),
        }
    }
}

/// Returns the rows of a query that is written as text.
#[must_use]
pub fn pairs(text: &str) -> Vec<Row> {
    let row = |piece: &str| match piece.split_once('=') {
        Some((name, value)) => Row::new(name, value),
        None => Row { name: piece.to_owned(), ..Row::default() },
    };
    if text.is_empty() { Vec::new() } else { text.split('&').map(row).collect() }
}
