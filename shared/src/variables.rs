//! Variables: `{{name}}` in a text, and the scopes that give names their values.
//!
//! ```
//! use countersign_shared::variables::{Rank, Scope, Variables};
//!
//! let mut environment = Scope::new("environment staging.json");
//! environment.set("base", "https://{{host}}/v1");
//! environment.set("host", "staging.example");
//! let mut given = Scope::new("--var");
//! given.set("host", "localhost:8080");
//!
//! let variables = Variables::default().with(Rank::Environment, environment).with(Rank::Given, given);
//! assert_eq!(variables.resolve("{{base}}/items")?, "https://localhost:8080/v1/items");
//! assert!(variables.resolve("{{ base }}").unwrap_err().to_string().starts_with("{{ base }} is not defined"));
//! # Ok::<(), countersign_shared::error::VariableProblem>(())
//! ```

mod bru;
mod dotenv;
pub mod dynamic;
pub mod environment;
mod file;
mod names;
pub mod rows;
pub mod scope;
mod template;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use serde_json::value::RawValue;

use crate::encode;
use crate::error::{Error, Field, Problem, VariableProblem};
use crate::moment::Clock;
use crate::secret::Secret;

use dynamic::Dice;
pub use scope::{Scope, Value};

/// The largest depth of values in values. Postman replaces as often and then leaves the rest as it is.
const DEPTH: usize = 19;

/// The number of bytes by which variables may make the texts of one request longer.
const ROOM: usize = 16 << 20;

/// The place of a scope in the order of precedence; the first one that has a name gives its value.
///
/// The order serves Postman's collections, in which requests and folders are no scopes, and OpenCollection's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// `--var`
    Given,
    /// A row of `--data`
    Row,
    /// The request's own, which is a line's `_variables` too
    Request,
    /// A folder's; of several the one that was added last is looked at first
    Folder,
    /// `--env-file`
    Environment,
    /// The collection's
    Collection,
    /// `--globals`
    Globals,
}

/// The treatment of a name that nothing defines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unresolved {
    /// It is an error.
    #[default]
    Refused,
    /// It stays as it is, as `--allow-unresolved` says.
    Kept,
}

/// The scopes that are in force, in the order of precedence, and the dynamic names behind them.
///
/// A copy is cheap: it shares the scopes.
#[derive(Clone, Debug, Default)]
pub struct Variables {
    scopes: Vec<(Rank, Arc<Scope>)>,
    braces: Braces,
    unresolved: Unresolved,
    clock: Clock,
}

/// The meaning of `{{…}}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Braces {
    /// It is ordinary text, because there is no scope at all.
    #[default]
    Text,
    /// It holds the name of a variable.
    Name,
}

impl Variables {
    /// Returns variables with this treatment of unknown names and this source of times and random values.
    #[must_use]
    pub const fn new(unresolved: Unresolved, clock: Clock) -> Self {
        Self { scopes: Vec::new(), braces: Braces::Name, unresolved, clock }
    }

    /// Returns variables for which `{{…}}` is ordinary text until a scope is added.
    #[must_use]
    pub const fn idle(unresolved: Unresolved, clock: Clock) -> Self {
        Self { scopes: Vec::new(), braces: Braces::Text, unresolved, clock }
    }

    /// Returns true if `{{…}}` is ordinary text.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.braces == Braces::Text
    }

    /// Adds a scope. Among scopes of one rank it is the first to be looked at.
    pub fn push(&mut self, rank: Rank, scope: impl Into<Arc<Scope>>) {
        self.braces = Braces::Name;
        let at = self.scopes.partition_point(|(other, _)| *other < rank);
        self.scopes.insert(at, (rank, scope.into()));
    }

    /// Returns these variables and one more scope.
    #[must_use]
    pub fn with(&self, rank: Rank, scope: impl Into<Arc<Scope>>) -> Self {
        let mut more = self.clone();
        more.push(rank, scope);
        more
    }

    /// Returns the text with every `{{name}}` replaced, borrowed if there is none. Values may hold further names.
    ///
    /// For the texts of one request, [`Variables::resolver`] bounds what all of them become together.
    ///
    /// # Errors
    /// Returns the error of [`Resolver::resolve`] if a name cannot be replaced.
    pub fn resolve<'t>(&self, text: &'t str) -> Result<Cow<'t, str>, VariableProblem> {
        self.resolver().resolve(text)
    }

    /// Returns what replaces the names in the texts of one request.
    #[must_use]
    pub fn resolver(&self) -> Resolver<'_> {
        Resolver { variables: self, room: Cell::new(ROOM), dice: RefCell::new(None) }
    }

    /// Returns the value of a name that a scope defines. One that is its own name in braces says nothing, so that an outer
    /// scope's counts.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.defined(name).map(|(_, value)| value).find(|value| !is_own_name(value.expose(), name))
    }

    /// Returns the values of a name, the one that counts first.
    fn defined(&self, name: &str) -> impl Iterator<Item = (Rank, &Value)> {
        self.scopes.iter().filter_map(move |(rank, scope)| Some((*rank, scope.get(name)?)))
    }

    /// Returns every value that must not be shown.
    pub fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.scopes.iter().flat_map(|(_, scope)| scope.secrets())
    }

    /// Returns a text for people in which no secret value is seen, as it is or escaped as a URL has it.
    #[must_use]
    pub fn masked(&self, text: &str) -> String {
        let mut secrets: Vec<String> = self.secrets().map(|secret| secret.expose().to_owned()).collect();
        let escaped = |secret: &String| encode::percent_encoded(secret.as_bytes(), &encode::UNRESERVED);
        secrets.extend(secrets.iter().map(escaped).collect::<Vec<_>>());
        // The longest go first, because one may be a part of another.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "***"))
    }

    /// Returns what a line's `_variables` add: `{name: value}`.
    ///
    /// # Errors
    /// Returns [`Problem::NotObject`] if it is not an object.
    pub fn of_line(&self, raw: &RawValue) -> Result<Self, Problem> {
        let values: HashMap<String, &RawValue> = serde_json::from_str(raw.get()).map_err(|_| Problem::NotObject)?;
        let mut scope = Scope::new("the line's _variables");
        values.into_iter().for_each(|(name, value)| scope.set(name, scope::spelled(value)));
        Ok(self.with(Rank::Request, scope))
    }

    /// Returns the labels of the scopes in the order in which they are looked at.
    fn searched(&self) -> Vec<String> {
        self.scopes.iter().map(|(_, scope)| scope.label().to_owned()).collect()
    }

    fn unknown(&self, name: &str) -> VariableProblem {
        // People write `{{ name }}` because other template languages take it.
        let trimmed = name.trim();
        let hint = trimmed != name && (self.get(trimmed).is_some() || dynamic::is_known(trimmed));
        VariableProblem::Unknown {
            name: name.to_owned(),
            hint: hint.then(|| trimmed.to_owned()),
            scopes: self.searched(),
        }
    }
}

/// Returns true if a text is a name in braces.
fn is_own_name(text: &str, name: &str) -> bool {
    text.strip_prefix("{{").and_then(|text| text.strip_suffix("}}")) == Some(name)
}

/// Replaces the names in the texts of one request.
#[derive(Debug)]
pub struct Resolver<'v> {
    variables: &'v Variables,
    /// The number of bytes by which texts may still become longer.
    room: Cell<usize>,
    /// The source of dynamic values, made when the first is asked for.
    dice: RefCell<Option<Dice>>,
}

impl Resolver<'_> {
    /// Returns the text with every `{{name}}` replaced, borrowed if there is none. Values may hold further names.
    ///
    /// # Errors
    /// Returns [`VariableProblem::Unknown`] if nothing defines a name, [`VariableProblem::Circle`] if a value leads to
    /// itself, [`VariableProblem::TooDeep`] if values are nested too deeply, and [`VariableProblem::TooLong`] if the
    /// request's texts become too long.
    pub fn resolve<'t>(&self, text: &'t str) -> Result<Cow<'t, str>, VariableProblem> {
        let mut current = Cow::Borrowed(text);
        if self.variables.is_idle() {
            return Ok(current);
        }
        // Each pass replaces the names that hold no braces, as Postman does: so a name may be made of names.
        for _ in 0..DEPTH {
            match self.pass(&current) {
                Ok(Some(next)) => current = Cow::Owned(next),
                Ok(None) => return Ok(current),
                // Values that go round in a circle grow before they are too deep.
                Err(problem @ VariableProblem::TooLong { .. }) => return Err(self.circle(text).unwrap_or(problem)),
                Err(problem) => return Err(problem),
            }
        }
        match self.pass(&current)? {
            Some(_) => Err(self.circle(text).unwrap_or(VariableProblem::TooDeep { limit: DEPTH })),
            None => Ok(current),
        }
    }

    /// Returns the variables that replace the names.
    #[must_use]
    pub fn variables(&self) -> &Variables {
        self.variables
    }

    /// Returns true if [`Resolver::resolve`] may change a text.
    #[must_use]
    pub fn changes(&self, text: &str) -> bool {
        !self.variables.is_idle() && template::names(text).next().is_some()
    }

    /// Returns a part of a request with every `{{name}}` replaced.
    ///
    /// # Errors
    /// Returns [`Error::Variable`], which names the part, if a name cannot be replaced.
    pub fn part<'t>(&self, field: Field, text: Cow<'t, str>) -> Result<Cow<'t, str>, Error> {
        match self.resolve(&text) {
            Ok(Cow::Borrowed(_)) => Ok(text),
            Ok(Cow::Owned(text)) => Ok(Cow::Owned(text)),
            Err(problem) => Err(Error::Variable { field, problem }),
        }
    }

    /// Replaces every name in the text once. Returns `None` if there is none to replace.
    fn pass(&self, text: &str) -> Result<Option<String>, VariableProblem> {
        let mut out = None;
        let mut copied = 0;
        for found in template::names(text) {
            let Some(value) = self.value(found.name)? else { continue };
            let out = out.get_or_insert_with(String::new);
            // What the name itself takes is given back: values are what makes a text grow.
            let room = self.room.get().checked_sub(value.len()).ok_or(VariableProblem::TooLong { limit: ROOM })?;
            self.room.set(room);
            out.push_str(text.get(copied..found.start).unwrap_or_default());
            out.push_str(&value);
            copied = found.end;
        }
        Ok(out.map(|out| out + text.get(copied..).unwrap_or_default()))
    }

    /// Returns the value of a name, or `None` if the name stays as it is.
    fn value(&self, name: &str) -> Result<Option<Cow<'_, str>>, VariableProblem> {
        if let Some(value) = self.variables.get(name) {
            return Ok(Some(Cow::Borrowed(value.expose())));
        }
        // Writers of collections define so what is ordinary text, also where the name is that of a dynamic value. Anywhere
        // else it is a mistake.
        let mut ranks = self.variables.defined(name).map(|(rank, _)| rank).peekable();
        if ranks.peek().is_some() {
            let circle = || VariableProblem::Circle { names: vec![name.to_owned(); 2] };
            return ranks.any(|rank| rank == Rank::Collection).then_some(None).ok_or_else(circle);
        }
        if let Some(made) = self.dynamic(name) {
            return Ok(Some(Cow::Owned(made)));
        }
        match self.variables.unresolved {
            Unresolved::Kept => Ok(None),
            Unresolved::Refused => Err(self.variables.unknown(name)),
        }
    }

    fn dynamic(&self, name: &str) -> Option<String> {
        if !name.starts_with('$') {
            return None;
        }
        let mut dice = self.dice.borrow_mut();
        dynamic::value(name, dice.get_or_insert_with(|| Dice::new(&self.variables.clock)))
    }

    /// Returns the circle of names that a text leads into, if there is one.
    fn circle(&self, text: &str) -> Option<VariableProblem> {
        let value = |name: &str| self.variables.get(name).map(Value::expose);
        names::circle(text, value).map(|names| VariableProblem::Circle { names })
    }
}
