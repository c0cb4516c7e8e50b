//! Basic (RFC 7617): what the base64 stands for, compared with what it should.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use countersign_shared::auth::Layers;
use countersign_shared::error::Error;
use countersign_shared::request::Request;
use countersign_shared::secret::Secret;

use super::{Invalid, Parameters, credentials, is_equal};

/// The parameters that it takes.
pub(super) const PARAMETERS: Parameters =
    &[("username", "The user name that is right"), ("password", "The password that is right")];

/// Whom and what to expect.
pub(super) struct Basic {
    username: String,
    password: Secret,
}

impl Basic {
    pub(super) fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let password = layers.secret("password").cloned().unwrap_or_else(|| Secret::new(""));
        Ok(Self { username: layers.required("username")?.expose().to_owned(), password })
    }

    pub(super) fn verify(&self, request: &Request<'_>) -> Result<(), Invalid> {
        let encoded = credentials(request, "Basic")?;
        let Ok(decoded) = STANDARD.decode(encoded) else {
            return Err(Invalid::new("Authorization", "is not base64 with padding (RFC 4648 section 4)"));
        };
        let Some(colon) = decoded.iter().position(|&byte| byte == b':') else {
            return Err(Invalid::new("Authorization", "has no colon between user name and password"));
        };
        let (username, password) = decoded.split_at(colon);
        if !is_equal(username, self.username.as_bytes()) {
            return Err(Invalid::new("user name", "is another one"));
        }
        if !is_equal(password.get(1..).unwrap_or_default(), self.password.expose().as_bytes()) {
            return Err(Invalid::new("password", "is another one"));
        }
        Ok(())
    }
}
