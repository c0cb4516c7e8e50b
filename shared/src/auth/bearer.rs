//! Bearer tokens (RFC 6750 section 2.1).

use crate::error::Error;
use crate::request::Request;
use crate::secret::Secret;

use super::{Kind, Layers, Parameter, Place, Signed, Table};

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "bearer",
    aliases: &[],
    about: "A bearer token (RFC 6750)",
    examples: "  capture --domain api.example.com | sign bearer --token env:TOKEN --to curl-config | curl -K -
  echo https://api.example.com/me | sign bearer --token cmd:'pass api/token' --to header",
    parameters: &[Parameter {
        key: "token",
        kind: Kind::Secret,
        place: Place::Everywhere,
        default: None,
        help: "The token",
    }],
};

/// A token, ready to be put on requests.
#[derive(Debug)]
pub struct Bearer {
    token: Secret,
}

impl Bearer {
    /// Checks the parameters.
    ///
    /// # Errors
    /// The token is missing.
    pub fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        Ok(Self { token: layers.required("token")?.clone() })
    }

    /// Puts the token on a request.
    ///
    /// # Errors
    /// None of its own.
    pub fn sign(&self, request: &mut Request<'_>) -> Result<Signed, Error> {
        request.headers.replace("Authorization", format!("Bearer {}", self.token.expose()));
        Ok(Signed::default())
    }
}
