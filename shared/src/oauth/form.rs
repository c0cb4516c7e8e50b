//! The body of a request to an OAuth endpoint: `application/x-www-form-urlencoded`, with the secrets in it marked.

use serde_json::Value;
use zeroize::Zeroizing;

use crate::encode;
use crate::secret::{self, Secret};

/// The fields of a form, in the order in which they are sent.
#[derive(Clone, Debug, Default)]
pub struct Form {
    fields: Vec<(String, Field)>,
    /// The value of the `Authorization` header that stands in for the client's credentials.
    bearer: Option<Secret>,
}

/// The value of a field.
#[derive(Clone, Debug)]
enum Field {
    Plain(String),
    Secret(Secret),
}

impl Form {
    /// Makes a form with a `grant_type`.
    #[must_use]
    pub fn of_grant(grant_type: &str) -> Self {
        let mut form = Self::default();
        form.set("grant_type", grant_type);
        form
    }

    /// Adds a field at the end and removes the fields of the same name.
    pub fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(known, _)| known != name);
        self.add(name, value);
    }

    /// Adds a field at the end.
    pub fn add(&mut self, name: &str, value: &str) {
        self.fields.push((name.to_owned(), Field::Plain(value.to_owned())));
    }

    /// Adds a field whose value no message may show, and removes the fields of the same name.
    pub fn set_secret(&mut self, name: &str, value: Secret) {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), Field::Secret(value)));
    }

    /// Adds a parameter of the user's own and removes the fields of the same name. No message shows it if its name is that of
    /// a secret.
    pub fn set_own(&mut self, name: &str, value: &str) {
        if secret::is_secret_name(name) {
            self.set_secret(name, Secret::new(value));
        } else {
            self.set(name, value);
        }
    }

    /// Authenticates the request with a token of its own in the `Authorization` header.
    pub fn set_bearer(&mut self, token: &Secret) {
        self.bearer = Some(Secret::new(format!("Bearer {}", token.expose())));
    }

    /// Takes the value of the `Authorization` header.
    pub(super) fn take_bearer(&mut self) -> Option<Secret> {
        self.bearer.take()
    }

    /// Returns true if a field of that name is set.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    /// Removes the fields of that name.
    pub fn remove(&mut self, name: &str) {
        self.fields.retain(|(known, _)| known != name);
    }

    /// Returns the form as it is sent.
    #[must_use]
    pub fn encoded(&self) -> Zeroizing<String> {
        let mut out = Zeroizing::new(String::new());
        for (name, field) in &self.fields {
            if !out.is_empty() {
                out.push('&');
            }
            encode::form(&mut out, name);
            out.push('=');
            encode::form(&mut out, field.value());
        }
        out
    }

    /// Returns the form as a JSON object. A field that is there several times becomes a list.
    #[must_use]
    pub fn json(&self) -> Zeroizing<String> {
        let mut object = serde_json::Map::new();
        for (name, field) in &self.fields {
            let value = Value::from(field.value());
            match object.get_mut(name) {
                None => {
                    object.insert(name.clone(), value);
                }
                Some(Value::Array(list)) => list.push(value),
                Some(one) => *one = Value::Array(vec![one.take(), value]),
            }
        }
        Zeroizing::new(Value::Object(object).to_string())
    }

    /// Returns the values that no message may show.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.fields.iter().filter_map(|(_, field)| match field {
            Field::Secret(secret) => Some(secret),
            Field::Plain(_) => None,
        })
    }
}

impl Field {
    fn value(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Secret(secret) => secret.expose(),
        }
    }
}
