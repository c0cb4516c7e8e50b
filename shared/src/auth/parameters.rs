//! The parameters of a scheme: one table that options, `_auth`, environment variables, help and man page come from.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::value::RawValue;

use crate::error::{AuthProblem, Error, Field, Problem};
use crate::formats::line::text_of;
use crate::netrc::Netrc;
use crate::secret::{self, Secret};

/// A scheme as it is typed, explained and parsed.
#[derive(Debug)]
pub struct Table {
    /// What `sign` takes.
    pub name: &'static str,
    /// Postman's name where it differs.
    pub aliases: &'static [&'static str],
    /// One line for the list of schemes.
    pub about: &'static str,
    /// Examples, indented by two spaces, no line over 80 columns (break behind `|` and indent by six).
    pub examples: &'static str,
    /// In the order in which help lists them.
    pub parameters: &'static [Parameter],
}

/// One parameter of a scheme.
#[derive(Debug)]
pub struct Parameter {
    /// Postman's key.
    pub key: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Where it may be given.
    pub place: Place,
    /// What help says happens without it, in few words.
    pub default: Option<&'static str>,
    /// One sentence for help, without a full stop. What stands before its first semicolon is all that `-h` shows, on one
    /// line of 80 columns.
    pub help: &'static str,
}

/// What a parameter's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text that may be shown.
    Text,
    /// Text that may be shown, which help calls by this word: `SECONDS`, `BYTES`.
    Measure(&'static str),
    /// Text that may be shown, and that a reference (`env:NAME` …) may stand for: a user name, a key's id.
    Identifier,
    /// Text that may never be shown; a reference may stand for it.
    Secret,
    /// True or false.
    Flag,
    /// One of these.
    Choice(&'static [&'static str]),
}

/// Where a parameter may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// As option, in `_auth`, in the environment.
    Everywhere,
    /// Not in `_auth`: data from outside must not choose a file, a profile or a lifetime.
    NotInLine,
    /// Like [`Place::Everywhere`], but its option is one that all schemes share: `--nonce`.
    OptionShared,
}

/// `--netrc`: what is not given is taken from the file, for each request by its host.
pub(super) const NETRC: Parameter = Parameter {
    key: "netrc",
    kind: Kind::Flag,
    place: Place::NotInLine,
    default: Some("false"),
    help: "Take what is not given from ~/.netrc; or from the file that NETRC names; by the request's host",
};

/// `--netrc-file`
pub(super) const NETRC_FILE: Parameter = Parameter {
    key: "netrcFile",
    kind: Kind::Text,
    place: Place::NotInLine,
    default: None,
    help: "Like --netrc, from this file",
};

impl Parameter {
    /// The key in kebab-case: `addAuthDataToQuery` is `add-auth-data-to-query`, `baseURL` is `base-url`.
    #[must_use]
    pub fn option(&self) -> String {
        self.separated('-').to_ascii_lowercase()
    }

    /// `COUNTERSIGN_`, the scheme, and the key in upper case.
    #[must_use]
    pub fn variable(&self, table: &Table) -> String {
        format!("COUNTERSIGN_{}_{}", table.name.to_ascii_uppercase(), self.separated('_').to_ascii_uppercase())
    }

    fn separated(&self, separator: char) -> String {
        let mut out = String::new();
        let mut previous_is_lower = false;
        for c in self.key.chars() {
            if c.is_ascii_uppercase() && previous_is_lower {
                out.push(separator);
            }
            previous_is_lower = !c.is_ascii_uppercase();
            out.push(c);
        }
        out
    }
}

impl Table {
    /// The parameter with that key.
    #[must_use]
    pub fn parameter(&self, key: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.key == key)
    }

    /// The values that the environment has, references followed. An empty variable is an unset one.
    ///
    /// # Errors
    /// A reference cannot be followed.
    pub fn from_environment(&self) -> Result<Values, Error> {
        let mut values = Values::default();
        for parameter in self.parameters {
            let variable = parameter.variable(self);
            if let Some(text) = std::env::var(&variable).ok().filter(|text| !text.is_empty()) {
                values.set(parameter.key, parameter.resolve(&variable, &text)?);
            }
        }
        Ok(values)
    }
}

impl Parameter {
    /// The value that an option or variable stands for: references are followed where the kind allows them.
    ///
    /// # Errors
    /// The reference cannot be followed.
    pub fn resolve(&self, named: &str, text: &str) -> Result<Secret, Error> {
        match self.kind {
            Kind::Secret | Kind::Identifier => secret::resolve(named, text),
            Kind::Text | Kind::Measure(_) | Kind::Flag | Kind::Choice(_) => Ok(Secret::new(text)),
        }
    }
}

/// Parameters by key.
#[derive(Clone, Debug, Default)]
pub struct Values(BTreeMap<&'static str, Secret>);

impl Values {
    /// Sets one.
    pub fn set(&mut self, key: &'static str, value: Secret) {
        self.0.insert(key, value);
    }

    /// The value of that key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Secret> {
        self.0.get(key)
    }

    /// Whether nothing is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Where a scheme's parameters come from, in their order of precedence: option, the line's `_auth`, environment.
#[derive(Clone, Copy, Debug)]
pub struct Layers<'l> {
    /// Whose parameters they are.
    pub table: &'static Table,
    /// What options say.
    pub options: &'l Values,
    /// What the line's `_auth` says, where it is of this scheme.
    pub line: Option<&'l Values>,
    /// What the environment says.
    pub environment: &'l Values,
    /// What the whole run shares.
    pub session: &'l super::Session,
}

impl<'l> Layers<'l> {
    /// The value, secret or not; it may be empty.
    #[must_use]
    pub fn secret(&self, key: &str) -> Option<&'l Secret> {
        let line = || self.line.and_then(|values| values.get(key));
        self.options.get(key).or_else(line).or_else(|| self.environment.get(key))
    }

    /// Which parameter has its value from where, for whoever asks with `-v`: `token from --token`.
    #[must_use]
    pub fn sources(&self) -> String {
        let source = |parameter: &Parameter| {
            let key = parameter.key;
            let option = || self.options.get(key).map(|_| format!("--{}", parameter.option()));
            let line = || self.line.and_then(|values| values.get(key)).map(|_| "_auth".to_owned());
            let environment = || self.environment.get(key).map(|_| parameter.variable(self.table));
            let source = option().or_else(line).or_else(environment)?;
            Some(format!("{key} from {source}"))
        };
        let sources: Vec<String> = self.table.parameters.iter().filter_map(source).collect();
        if sources.is_empty() { "no parameter was given".to_owned() } else { sources.join(", ") }
    }

    /// The value as text; it may be empty.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&'l str> {
        self.secret(key).map(Secret::expose)
    }

    /// The value as text, where there is one and it is not empty.
    #[must_use]
    pub fn filled(&self, key: &str) -> Option<&'l str> {
        self.text(key).filter(|text| !text.is_empty())
    }

    /// The secret, where there is one and it is not empty.
    ///
    /// # Errors
    /// [`AuthProblem::Missing`].
    pub fn required(&self, key: &'static str) -> Result<&'l Secret, Error> {
        self.secret(key).filter(|secret| !secret.is_empty()).ok_or_else(|| self.missing(key))
    }

    /// Whether the flag is set; Postman writes `true`, `"true"` and `"1"`.
    ///
    /// # Errors
    /// A value that is neither true nor false.
    pub fn flag(&self, key: &'static str) -> Result<bool, Error> {
        match self.filled(key) {
            None | Some("false" | "0" | "no") => Ok(false),
            Some("true" | "1" | "yes") => Ok(true),
            Some(_) => Err(self.bad(key, "neither true nor false")),
        }
    }

    /// The netrc file, where one was asked for.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn netrc(&self) -> Result<Option<Arc<Netrc>>, Error> {
        let path = self.filled("netrcFile").map(Path::new);
        if path.is_none() && !self.flag("netrc")? {
            return Ok(None);
        }
        self.session.netrc(path).map(Some)
    }

    /// The value as a whole number.
    ///
    /// # Errors
    /// A value that is none.
    pub fn number<N: std::str::FromStr>(&self, key: &'static str) -> Result<Option<N>, Error> {
        let parse = |text: &str| text.parse().map_err(|_| self.bad(key, "not a whole number in its range"));
        self.filled(key).map(parse).transpose()
    }

    /// The error for a parameter that is needed and missing.
    #[must_use]
    pub fn missing(&self, key: &'static str) -> Error {
        let parameter = self.table.parameter(key);
        let option = parameter.map(Parameter::option).unwrap_or_default();
        let variable = parameter.map(|parameter| parameter.variable(self.table)).unwrap_or_default();
        let problem = AuthProblem::Missing { key, option, variable, in_line: self.line.is_some() };
        Error::Auth { scheme: self.table.name, problem }
    }

    /// The error for a parameter with a value that the scheme does not know; `problem` must not quote the value.
    #[must_use]
    pub fn bad(&self, key: &'static str, problem: impl Into<String>) -> Error {
        let in_line = self.options.get(key).is_none() && self.line.is_some_and(|values| values.get(key).is_some());
        let problem = AuthProblem::Parameter { key, problem: problem.into(), in_line };
        Error::Auth { scheme: self.table.name, problem }
    }
}

/// A Postman auth object, taken apart as far as its scheme is not known yet.
pub(super) struct AuthObject<'a>(BTreeMap<String, &'a RawValue>);

#[derive(serde::Deserialize)]
struct Row<'a> {
    #[serde(borrow, default)]
    key: Option<&'a RawValue>,
    #[serde(borrow, default)]
    value: Option<&'a RawValue>,
}

impl<'a> AuthObject<'a> {
    pub(super) fn parse(raw: &'a RawValue) -> Result<Self, Error> {
        let object = serde_json::from_str(raw.get());
        object.map(Self).map_err(|_| Error::request(Field::Auth, Problem::NotObject))
    }

    /// What `type` says.
    pub(super) fn scheme_name(&self) -> Option<String> {
        self.0.get("type").and_then(|raw| text_of(raw)).map(std::borrow::Cow::into_owned)
    }

    /// The parameters under the scheme's name; keys that the scheme does not have are no error.
    pub(super) fn values(&self, table: &'static Table) -> Result<Values, Error> {
        let names = || std::iter::once(&table.name).chain(table.aliases);
        let typed = self.scheme_name();
        let block = typed.as_deref().and_then(|name| self.0.get(name));
        let block = block.or_else(|| names().find_map(|name| self.0.get(*name)));
        let mut values = Values::default();
        let Some(block) = block else { return Ok(values) };
        for (key, value) in rows(block)? {
            let Some(parameter) = table.parameter(&key).filter(|p| p.place != Place::NotInLine) else { continue };
            if let Some(text) = spelled(value) {
                values.set(parameter.key, Secret::new(text));
            }
        }
        Ok(values)
    }
}

/// The rows of a block, in list form or in map form.
fn rows<'a>(block: &'a RawValue) -> Result<Vec<(String, &'a RawValue)>, Error> {
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

/// A value as the text that an option would have: strings without quotes, `null` as absent, everything else as JSON.
fn spelled(value: &RawValue) -> Option<String> {
    match value.get() {
        "null" => None,
        json if json.starts_with('"') => text_of(value).map(std::borrow::Cow::into_owned),
        json => Some(json.to_owned()),
    }
}
