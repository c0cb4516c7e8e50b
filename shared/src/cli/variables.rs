//! The options that give variables their values.

use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Command, value_parser};

use crate::error::Error;
use crate::moment::Clock;
use crate::secret::{self, Secret};
use crate::variables::environment::{self, Source};
use crate::variables::{Rank, Scope, Unresolved, Variables, rows};

use super::tool::Tool;

const VAR: (&str, &str) = (
    "Replace {{NAME}} by VALUE",
    "VALUE may name a source, such as env:TOKEN, and is then a secret. Names are replaced in URLs, headers, bodies and \
     parameters. May be repeated",
);

const ENV_FILE: (&str, &str) = (
    "Take values of {{NAME}} from this file",
    "A Postman environment (JSON or YAML), one of Bruno, or .env. Of several files, the later ones come first",
);

const DATA: (&str, &str) =
    ("Repeat all requests for each row of this file", "CSV with a line of names, or a JSON list of objects");

impl Tool {
    /// Adds the options that give variables their values.
    #[must_use]
    pub fn with_variables(self, command: Command) -> Command {
        let file = || value_parser!(PathBuf);
        command
            .next_help_heading("Variables")
            .arg(self.option("var", "NAME=VALUE", VAR).action(ArgAction::Append))
            .arg(self.option("env-file", "FILE", ENV_FILE).action(ArgAction::Append).value_parser(file()))
            .arg(
                self.option("globals", "FILE", "Take values that nothing else has from this file").value_parser(file()),
            )
            .arg(self.switch("allow-unresolved", ("Keep {{NAME}} if nothing defines it", "Else it is an error")))
    }

    /// Adds the option that repeats requests.
    #[must_use]
    pub fn with_rows(self, command: Command) -> Command {
        command
            .next_help_heading("Variables")
            .arg(self.option("data", "FILE", DATA).value_parser(value_parser!(PathBuf)))
    }
}

/// Returns the variables that the options describe. Without these options `{{…}}` is ordinary text.
///
/// # Errors
/// Returns [`Error::Usage`] if a file cannot be read or a value is not `NAME=VALUE`, and [`Error::Secret`] if a reference
/// cannot be followed.
pub fn variables(matches: &ArgMatches, clock: Clock) -> Result<Variables, Error> {
    let unresolved = if matches.get_flag("allow-unresolved") { Unresolved::Kept } else { Unresolved::Refused };
    let mut variables = Variables::idle(unresolved, clock);
    if let Some(path) = matches.get_one::<PathBuf>("globals") {
        variables.push(Rank::Globals, environment::read(path, Source::Globals)?);
    }
    for path in matches.get_many::<PathBuf>("env-file").into_iter().flatten() {
        variables.push(Rank::Environment, environment::read(path, Source::Environment)?);
    }
    if let Some(given) = matches.get_many::<String>("var") {
        let mut scope = Scope::new("--var");
        given.into_iter().try_for_each(|text| assign(&mut scope, text))?;
        variables.push(Rank::Given, scope);
    }
    Ok(variables)
}

/// Returns the rows of `--data`; without it there is none.
///
/// # Errors
/// Returns [`Error::Usage`] if the file cannot be read as rows.
pub fn data(matches: &ArgMatches) -> Result<Vec<Scope>, Error> {
    matches.get_one::<PathBuf>("data").map_or(Ok(Vec::new()), |path| rows::read(path))
}

/// Sets the variable of a `NAME=VALUE`.
fn assign(scope: &mut Scope, text: &str) -> Result<(), Error> {
    let pair = text.split_once('=').filter(|(name, _)| !name.is_empty());
    // The text is not shown, since it may be a value without a name.
    let (name, value) = pair.ok_or_else(|| Error::Usage("--var is written NAME=VALUE".to_owned()))?;
    // A hyphen alone would ask on the terminal, but as the value of a variable it means itself.
    if value == "-" || !secret::is_followed(value) {
        scope.set(name, value);
        return Ok(());
    }
    let found: Secret = secret::resolve(&format!("--var {name}"), value)?;
    match value.strip_prefix("text:") {
        Some(literal) => scope.set(name, literal),
        None => scope.set_secret(name, found),
    }
    Ok(())
}
