//! Names and their values, from one source.

use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::json::text_of;
use crate::secret::Secret;

/// The value of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    text: Secret,
    showing: Showing,
}

/// The rule for showing a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Showing {
    Open,
    Masked,
}

impl Value {
    /// Returns the text.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.text.expose()
    }
}

/// The variables of one source, such as a file.
#[derive(Clone, Debug)]
pub struct Scope {
    label: String,
    values: HashMap<String, Value>,
}

impl Scope {
    /// Returns a scope without variables. Messages call it by its label: `environment staging.json`, `the collection`.
    #[must_use]
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), values: HashMap::new() }
    }

    /// Sets a variable; of two values the later one counts.
    pub fn set(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.put(name.into(), Secret::new(text), Showing::Open);
    }

    /// Sets a variable whose value must not be shown.
    pub fn set_secret(&mut self, name: impl Into<String>, secret: Secret) {
        self.put(name.into(), secret, Showing::Masked);
    }

    fn put(&mut self, name: String, text: Secret, showing: Showing) {
        self.values.insert(name, Value { text, showing });
    }

    /// Returns what messages call the scope.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Returns true if there is no variable.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the value of a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// Returns the values that must not be shown.
    pub fn secrets(&self) -> impl Iterator<Item = &Secret> {
        let masked = |value: &&Value| value.showing == Showing::Masked && !value.text.is_empty();
        self.values.values().filter(masked).map(|value| &value.text)
    }
}

/// Returns a JSON value as the text that a variable has: a string without its quotes, everything else as it is written.
#[must_use]
pub fn spelled(value: &RawValue) -> String {
    text_of(value).map_or_else(|| value.get().to_owned(), std::borrow::Cow::into_owned)
}
