//! The body of a request to an OAuth endpoint: `application/x-www-form-urlencoded`, with the secrets in it marked.

use zeroize::Zeroizing;

use crate::encode;
use crate::secret::Secret;

/// The fields of a form, in the order in which they are sent.
#[derive(Clone, Debug, Default)]
pub struct Form(Vec<(String, Field)>);

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
        self.0.retain(|(known, _)| known != name);
        self.add(name, value);
    }

    /// Adds a field at the end.
    pub fn add(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), Field::Plain(value.to_owned())));
    }

    /// Adds a field whose value no message may show, and removes the fields of the same name.
    pub fn set_secret(&mut self, name: &str, value: Secret) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), Field::Secret(value)));
    }

    /// Returns the form as it is sent.
    #[must_use]
    pub fn encoded(&self) -> Zeroizing<String> {
        let mut out = Zeroizing::new(String::new());
        for (name, field) in &self.0 {
            if !out.is_empty() {
                out.push('&');
            }
            encode::form(&mut out, name);
            out.push('=');
            encode::form(&mut out, field.value());
        }
        out
    }

    /// Returns the values that no message may show.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.0.iter().filter_map(|(_, field)| match field {
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
