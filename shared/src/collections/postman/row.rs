//! Postman's rows, of `key` and `value`.

use super::super::node::{Fields, Node};
use super::super::table::{self, Values};
use super::super::{Row, Wrong};

/// Returns a row.
pub(super) fn row(node: Node<'_>) -> Result<Row, Wrong> {
    table::whole_row(node, "key", Values::Scalars)
}

/// Takes what every row has out of an object.
pub(super) fn row_of(fields: &mut Fields<'_>) -> Result<Row, Wrong> {
    table::row(fields, "key", Values::Scalars)
}
