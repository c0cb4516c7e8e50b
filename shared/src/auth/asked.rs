//! Postman's auth object, which a line carries as `_auth` and a file gives to `--auth`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::error::{AuthProblem, Error, Field, Problem};
use crate::json::text_of;
use crate::secret::Secret;

use super::parameters::{Place, Values};
use super::scheme::Table;

/// The authorization that a line asks for: a scheme and the parameters given for it.
#[derive(Debug)]
pub struct Asked {
    /// The scheme that `type` names.
    pub table: &'static Table,
    /// The parameters that the object gives.
    pub values: Values,
}

impl Asked {
    /// Reads a Postman auth object, in list or in map form, for one of these schemes.
    ///
    /// # Errors
    /// Returns [`AuthProblem::UnknownType`] if `type` names none of the schemes, and [`Problem::NotObject`] if the object
    /// or the block of its parameters has another shape.
    pub fn parse(raw: &RawValue, schemes: &[&'static Table]) -> Result<Self, Error> {
        let object = AuthObject::parse(raw)?;
        let name = object.scheme_name();
        let Some(table) =
            schemes.iter().copied().find(|table| name.as_deref().is_some_and(|name| table.is_named(name)))
        else {
            return Err(Error::Auth { scheme: "_auth", problem: AuthProblem::UnknownType });
        };
        let values = object.values(table)?;
        Ok(Self { table, values })
    }
}

/// A Postman auth object split into its members. The rows of parameters are parsed later, when `type` has told which
/// scheme's table applies.
struct AuthObject<'a>(BTreeMap<String, &'a RawValue>);

#[derive(serde::Deserialize)]
struct Row<'a> {
    #[serde(borrow, default)]
    key: Option<&'a RawValue>,
    #[serde(borrow, default)]
    value: Option<&'a RawValue>,
}

impl<'a> AuthObject<'a> {
    fn parse(raw: &'a RawValue) -> Result<Self, Error> {
        let object = serde_json::from_str(raw.get());
        object.map(Self).map_err(|_| Error::request(Field::Auth, Problem::NotObject))
    }

    /// Returns the name in `type`.
    fn scheme_name(&self) -> Option<String> {
        self.0.get("type").and_then(|raw| text_of(raw)).map(Cow::into_owned)
    }

    /// Returns the parameters under the scheme's name. Keys that the scheme does not have are ignored.
    fn values(&self, table: &'static Table) -> Result<Values, Error> {
        let names = || std::iter::once(&table.name).chain(table.aliases);
        let typed = self.scheme_name();
        let block = typed.as_deref().and_then(|name| self.0.get(name));
        // `type` may be an alias while the block has the scheme's own name, or the other way round.
        let block = block.or_else(|| names().find_map(|name| self.0.get(*name)));
        let mut values = Values::default();
        let Some(block) = block else { return Ok(values) };
        for (key, value) in rows(block)? {
            // Anyone may have written the line, so it cannot name files, profiles or tokens that the user keeps.
            let Some(parameter) = table.parameter(&key).filter(|p| p.place != Place::NotInLine) else { continue };
            if let Some(text) = spelled(value) {
                values.set(parameter, Secret::new(text));
            }
        }
        Ok(values)
    }
}

/// Returns the rows of a block, which is a list of `key` and `value` or a map.
///
/// # Errors
/// Returns [`Problem::NotObject`] if the block is neither.
pub fn rows<'a>(block: &'a RawValue) -> Result<Vec<(String, &'a RawValue)>, Error> {
    let not_object = |_| Error::request(Field::Auth, Problem::NotObject);
    if block.get() == "null" {
        return Ok(Vec::new());
    }
    if !block.get().starts_with('[') {
        let map: BTreeMap<String, &'a RawValue> = serde_json::from_str(block.get()).map_err(not_object)?;
        return Ok(map.into_iter().collect());
    }
    let list: Vec<Row<'a>> = serde_json::from_str(block.get()).map_err(not_object)?;
    let row = |row: Row<'a>| Some((text_of(row.key?)?.into_owned(), row.value?));
    Ok(list.into_iter().filter_map(row).collect())
}

/// Returns a value as the text that an option would have: a string without its quotes, everything else as JSON, and
/// `None` for `null`.
fn spelled(value: &RawValue) -> Option<String> {
    match value.get() {
        "null" => None,
        json if json.starts_with('"') => text_of(value).map(Cow::into_owned),
        json => Some(json.to_owned()),
    }
}
