//! The particulars of a server and of a grant that are kept with a token, so that it is renewed as it was got.

use serde::{Deserialize, Serialize};

use crate::options::{Choice, Choices};

use super::style::Encoding;
use super::token::{Reading, Used};

/// The things that a grant without a person presents: names, references to secrets, and paths.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Presented {
    /// The user's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// A reference to the user's password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// A reference to an assertion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assertion: Option<String>,
    /// A reference to the token that is exchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_token: Option<String>,
    /// The type of the token that is exchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_token_type: Option<String>,
    /// The file of the key that signs the assertion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_file: Option<String>,
    /// Claims of the assertion, `NAME=VALUE`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<(String, String)>,
    /// The place of the assertion.
    #[serde(skip_serializing_if = "is_default")]
    pub assertion_in: AssertionPlace,
    /// The file of the certificate that the client's assertions name by its thumbprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
}

impl Presented {
    /// Returns true if nothing is presented.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The place of an assertion in its request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssertionPlace {
    /// The form (RFC 7523 section 2.1).
    #[default]
    Body,
    /// The `Authorization` header, as GitHub's Apps have it.
    Header,
}

impl Choices for AssertionPlace {
    const CHOICES: &'static [(Choice, Self)] = &[
        (Choice::new("body", "The form (RFC 7523)"), Self::Body),
        (Choice::new("header", "The Authorization header, as for GitHub Apps"), Self::Header),
    ];
}

/// The ways in which a server's requests and answers differ from RFC 6749.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dialect {
    /// The token that is handed out.
    #[serde(skip_serializing_if = "is_default")]
    pub used: Used,
    /// The encoding of token requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// The text between two scopes where it is not a space.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope_separator: Option<String>,
    /// The place of the access token in the answer (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_at: Option<String>,
    /// The seconds that a token is valid for if the server does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifetime: Option<i64>,
    /// The names of the fields for name and password in a login call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login_fields: Option<String>,
}

impl Dialect {
    /// Returns true if the server speaks as RFC 6749 has it.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Returns a scope as the server wants it.
    #[must_use]
    pub fn scope(&self, scope: &str) -> String {
        match self.scope_separator.as_deref() {
            None | Some(" ") => scope.to_owned(),
            Some(separator) => scope.split_ascii_whitespace().collect::<Vec<_>>().join(separator),
        }
    }

    /// Returns the settings to read an answer at this time.
    #[must_use]
    pub fn reading(&self, now: i64) -> Reading<'_> {
        Reading { now, pointer: self.token_at.as_deref(), lifetime: self.lifetime, used: self.used }
    }
}

/// The network options that a token was got with. Paths are no secrets; a proxy with a password is kept as a reference only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Network {
    /// `--proxy`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy: Option<String>,
    /// `--cacert`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cacert: Option<String>,
    /// `--cert`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert: Option<String>,
    /// `--cert-key`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_key: Option<String>,
}

impl Network {
    /// Returns true if nothing was set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
