//! The parameters of schemes, and their values.

use std::collections::BTreeMap;

pub use crate::options::{Kind, Parameter, Place};
use crate::secret::Secret;

/// `--netrc`: what is not given is taken from the file, for each request by its host.
pub(super) const NETRC: Parameter = Parameter::flag("netrc")
    .not_in_line()
    .default("false")
    .short("Take what is not given from ~/.netrc")
    .more("Or from the file that NETRC names. The request's host picks the entry");

/// `--netrc-file`
pub(super) const NETRC_FILE: Parameter =
    Parameter::text("netrcFile").not_in_line().short("Like --netrc, from this file");

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
