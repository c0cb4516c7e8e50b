//! How a client says who it is to a token endpoint (RFC 6749 section 2.3, RFC 7521, RFC 8705).

use base64::Engine as _;
use serde::{Deserialize, Serialize};

use crate::encode;
use crate::error::Error;
use crate::secret::Secret;

use super::endpoint::Form;

/// The ways, by the names of RFC 7591 shortened as users type them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Authentication {
    /// HTTP Basic, with id and secret form-encoded first (RFC 6749 section 2.3.1)
    #[value(name = "header", alias = "client_secret_basic")]
    Header,
    /// `client_id` and `client_secret` in the body
    #[value(name = "body", alias = "client_secret_post")]
    Body,
    /// `client_id` alone: a public client
    #[value(name = "none")]
    None,
    /// The client's TLS certificate (RFC 8705)
    #[value(name = "tls", alias = "tls_client_auth")]
    Tls,
}

/// A client and its secrets.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// `client_id`
    pub id: Option<String>,
    /// `client_secret`
    pub secret: Option<Secret>,
    /// The way the user chose.
    pub authentication: Option<Authentication>,
}

impl Client {
    /// The way that is used: the one chosen, else `header` with a secret and `none` without.
    #[must_use]
    pub fn authentication(&self) -> Authentication {
        let by_secret = if self.secret.is_some() { Authentication::Header } else { Authentication::None };
        self.authentication.unwrap_or(by_secret)
    }

    /// Puts the client's authentication on a request; gives the `Authorization` header where it goes into one.
    ///
    /// # Errors
    /// [`Error::Usage`]: what the way needs is missing.
    pub fn authenticate(&self, form: &mut Form) -> Result<Option<Secret>, Error> {
        let id = || self.id.as_deref().ok_or_else(|| Error::Usage("--client-id is missing".to_owned()));
        match self.authentication() {
            Authentication::Header => Ok(Some(basic(id()?, self.secret()?))),
            Authentication::Body => {
                form.set("client_id", id()?);
                form.set_secret("client_secret", self.secret()?.clone());
                Ok(None)
            }
            // Some grants (assertions, token exchange) need no client at all.
            Authentication::None => {
                if let Some(id) = &self.id {
                    form.set("client_id", id);
                }
                Ok(None)
            }
            Authentication::Tls => {
                form.set("client_id", id()?);
                Ok(None)
            }
        }
    }

    fn secret(&self) -> Result<&Secret, Error> {
        self.secret.as_ref().ok_or_else(|| Error::Usage("--client-secret is missing".to_owned()))
    }
}

fn basic(id: &str, secret: &Secret) -> Secret {
    let mut credentials = zeroize::Zeroizing::new(String::new());
    encode::form(&mut credentials, id);
    credentials.push(':');
    encode::form(&mut credentials, secret.expose());
    Secret::new(format!("Basic {}", encode::BASE64.encode(credentials.as_bytes())))
}
