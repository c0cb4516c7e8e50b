//! The parameters of schemes, and their values.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::secret::{self, Secret};

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
    pub fn variable(&self, scheme: &str) -> String {
        format!("COUNTERSIGN_{}_{}", scheme.to_ascii_uppercase(), self.separated('_').to_ascii_uppercase())
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
