//! Bearer tokens (RFC 6750 section 2.1).

use std::sync::Arc;

use crate::error::Error;
use crate::moment::Moment;
use crate::netrc::Netrc;
use crate::request::Request;
use crate::secret::Secret;

use super::outcome::{Exposure, Signed};
use super::parameters::{NETRC, NETRC_FILE, Parameter};
use super::scheme::{ChallengeOption, Layers, Signs, Table};
use super::session::no_entry;

const TOKEN: Parameter = Parameter::secret("token").short("The token");

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "bearer",
    aliases: &[],
    about: "A bearer token (RFC 6750)",
    examples: "  capture --domain api.example.com |
      sign bearer --token env:TOKEN --to curl-config | curl -K -
  echo https://api.example.com/me |
      sign bearer --token cmd:'pass api/token' --to header |
      curl -H @- https://api.example.com/me
  sign bearer --netrc < requests.ndjson",
    parameters: &[TOKEN, NETRC, NETRC_FILE],
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(Bearer::new(layers)?)),
};

/// A token, ready to be put on requests.
#[derive(Debug)]
enum Bearer {
    /// The token for every request.
    Token(Secret),
    /// The file whose password for the request's host is the token.
    Netrc(Arc<Netrc>),
}

impl Bearer {
    /// Checks the parameters.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the token is missing and no netrc file is asked for.
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        match layers.secret(&TOKEN).filter(|token| !token.is_empty()) {
            Some(token) => Ok(Self::Token(token.clone())),
            None => layers.netrc()?.map(Self::Netrc).ok_or_else(|| layers.missing(&TOKEN)),
        }
    }
}

impl Signs for Bearer {
    fn sign(&self, request: &mut Request<'_>, _: &Moment) -> Result<Signed, Error> {
        let token = match self {
            Self::Token(token) => token,
            Self::Netrc(netrc) => netrc
                // A token has no user name, so the first entry for the host counts.
                .find(&request.url, None)
                .and_then(|entry| entry.password.as_ref())
                .ok_or_else(|| no_entry(TABLE.name, netrc, request))?,
        };
        let authorization = format!("Bearer {}", token.expose());
        request.headers.replace("Authorization", authorization);
        Ok(Signed::default())
    }

    fn exposure(&self) -> Exposure {
        Exposure::Secret
    }
}
