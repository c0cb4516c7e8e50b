//! Basic authentication (RFC 7617), in UTF-8.

use base64::Engine as _;

use crate::encode::BASE64;
use crate::error::Error;
use crate::request::Request;
use crate::secret::Secret;

use super::{Kind, Layers, Parameter, Place, Signed, Table};

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "basic",
    aliases: &[],
    about: "User name and password (RFC 7617)",
    examples: "  echo https://api.example.com/ | sign basic --username alice --password env:PASSWORD
  echo https://api.example.com/ | sign basic --username alice --password - --to header | curl -H @- https://api.example.com/",
    parameters: &[
        Parameter {
            key: "username",
            kind: Kind::Identifier,
            place: Place::Everywhere,
            default: None,
            help: "The user name; a colon in it is refused, since no server could tell where it ends",
        },
        Parameter {
            key: "password",
            kind: Kind::Secret,
            place: Place::Everywhere,
            default: Some("empty"),
            help: "The password",
        },
    ],
};

/// Credentials, ready to be put on requests.
#[derive(Debug)]
pub struct Basic {
    authorization: Secret,
}

impl Basic {
    /// Checks the parameters.
    ///
    /// # Errors
    /// Neither user name nor password is given, or the user name has a colon (RFC 7617 section 2).
    pub fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let username = layers.text("username");
        let password = layers.text("password");
        if username.is_none() && password.is_none() {
            return Err(layers.missing("username"));
        }
        let username = username.unwrap_or_default();
        if username.contains(':') {
            return Err(layers.bad("username", "not usable: it has a colon (RFC 7617 section 2)"));
        }
        let credentials = zeroize::Zeroizing::new(format!("{username}:{}", password.unwrap_or_default()));
        if credentials.contains(char::is_control) {
            return Err(
                layers.bad("username", "or password not usable: it has a control character (RFC 7617 section 2)")
            );
        }
        let authorization = Secret::new(format!("Basic {}", BASE64.encode(credentials.as_bytes())));
        Ok(Self { authorization })
    }

    /// Puts the credentials on a request.
    ///
    /// # Errors
    /// None of its own.
    pub fn sign(&self, request: &mut Request<'_>) -> Result<Signed, Error> {
        request.headers.replace("Authorization", self.authorization.expose().to_owned());
        Ok(Signed::default())
    }
}
