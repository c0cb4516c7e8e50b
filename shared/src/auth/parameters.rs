//! The parameters of schemes, and their values.

use std::collections::BTreeMap;

use crate::error::{AuthProblem, Error};
pub use crate::options::{Kind, Parameter, Place};
use crate::secret::{self, Secret};
use crate::variables::Resolver;

/// `--netrc`, which takes credentials from a netrc file by each request's host.
pub const NETRC: Parameter = Parameter::flag("netrc")
    .not_in_line()
    .default("false")
    .short("Take what is not given from ~/.netrc")
    .more("NETRC may name another file. The request's host picks the entry");

/// `--netrc-file`, which is `--netrc` with another file.
pub const NETRC_FILE: Parameter = Parameter::text("netrcFile").not_in_line().short("Like --netrc, from this file");

/// `username`, which three schemes share.
pub const USERNAME: Parameter = Parameter::identifier("username").short("The user name");

/// `password`, which three schemes share.
pub const PASSWORD: Parameter = Parameter::secret("password").default("empty").short("The password");

/// `nonce` of the schemes whose client chooses it.
pub const NONCE: Parameter =
    Parameter::text("nonce").option_shared().default("random, new for each request").short("The nonce");

/// `timestamp` of the schemes that count seconds.
pub const TIMESTAMP: Parameter =
    Parameter::number("timestamp").value("SECONDS").default("now").short("Seconds since 1970");

/// `headerPrefix` of the schemes whose token may go into a header.
pub const HEADER_PREFIX: Parameter = Parameter::text("headerPrefix")
    .default("Bearer")
    .short("The word before the token")
    .more("If it is empty, the space is left out too");

/// `disableRetryRequest` of the schemes that answer challenges.
pub const DISABLE_RETRY_REQUEST: Parameter = Parameter::flag("disableRetryRequest")
    .default("false")
    .short("Answer no challenge of the server")
    .more("Its first answer is the final one");

/// The values of parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<&'static str, Value>);

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Value {
    text: Secret,
    braces: Braces,
}

/// The meaning of `{{…}}` in a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Braces {
    /// It holds the name of a variable, if there are variables.
    Name,
    /// It is ordinary text.
    Text,
}

impl Values {
    /// Returns no values.
    #[must_use]
    pub const fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// Sets the value of a parameter, in which variables may be named.
    pub fn set(&mut self, parameter: &Parameter, text: Secret) {
        self.0.insert(parameter.key, Value { text, braces: Braces::Name });
    }

    /// Sets the value of a parameter that is data, such as a token or a password out of a file: what is in braces there is
    /// ordinary text.
    pub fn set_data(&mut self, parameter: &Parameter, text: Secret) {
        self.0.insert(parameter.key, Value { text, braces: Braces::Text });
    }

    /// Sets the value of a parameter to what the user typed, with references followed. A secret that a reference leads to is
    /// data.
    ///
    /// # Errors
    /// Returns [`Error::Secret`], which calls the parameter `named`, if a reference cannot be followed.
    pub fn set_typed(&mut self, parameter: &Parameter, named: &str, text: &str) -> Result<(), Error> {
        let value = parameter.resolve(named, text)?;
        if parameter.kind == Kind::Secret && secret::is_followed(text) {
            self.set_data(parameter, value);
        } else {
            self.set(parameter, value);
        }
        Ok(())
    }

    /// Returns the value of a parameter; it may be empty.
    #[must_use]
    pub fn get(&self, parameter: &Parameter) -> Option<&Secret> {
        self.0.get(parameter.key).map(|value| &value.text)
    }

    /// Returns true if a value holds the name of a variable.
    #[must_use]
    pub fn has_names(&self) -> bool {
        self.0.values().any(|value| value.braces == Braces::Name && value.text.expose().contains("{{"))
    }

    /// Returns the values with their variables replaced.
    ///
    /// # Errors
    /// Returns [`AuthProblem::Unsignable`], which names the parameter, if a name cannot be replaced.
    pub fn resolved(&self, scheme: &'static str, resolver: &Resolver<'_>) -> Result<Self, Error> {
        let resolved = self.0.iter().map(|(key, value)| {
            if value.braces == Braces::Text {
                return Ok((*key, value.clone()));
            }
            match resolver.resolve(value.text.expose()) {
                Ok(text) => Ok((*key, Value { text: Secret::new(text), braces: Braces::Text })),
                Err(problem) => {
                    Err(Error::Auth { scheme, problem: AuthProblem::Unsignable(format!("{key}: {problem}")) })
                }
            }
        });
        resolved.collect::<Result<_, Error>>().map(Self)
    }

    /// Returns true if nothing is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
