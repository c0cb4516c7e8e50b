//! Values of schemes' parameters that options give.

use clap::ArgMatches;

use countersign_shared::auth::{Parameter, Values};
use countersign_shared::error::Error;

/// Returns the values that options give to these parameters, with references followed.
///
/// # Errors
/// Returns [`Error::Secret`] if a reference cannot be followed.
pub(crate) fn values(
    parameters: impl Iterator<Item = &'static Parameter>,
    matches: &ArgMatches,
) -> Result<Values, Error> {
    let mut values = Values::default();
    for parameter in parameters {
        if let Some(text) = matches.get_one::<String>(parameter.key) {
            values.set_typed(parameter, &format!("--{}", parameter.option()), text)?;
        }
    }
    Ok(values)
}
