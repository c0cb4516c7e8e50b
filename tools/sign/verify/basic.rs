//! Basic (RFC 7617): the header is decoded and compared with user name and password.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use countersign_shared::auth::basic::TABLE;
use countersign_shared::auth::parameters::{PASSWORD, USERNAME};
use countersign_shared::auth::scheme::Layers;
use countersign_shared::error::Error;
use countersign_shared::hash::is_same;
use countersign_shared::request::Request;
use countersign_shared::secret::Secret;

use super::verifier::{Invalid, Verifier, Verifies, credentials, taken};

/// The verifier of the scheme.
pub(super) static VERIFIER: Verifier = Verifier {
    table: &TABLE,
    examples: "  sign verify basic --username alice --password env:PASSWORD signed.ndjson",
    parameters: &[taken(USERNAME, "The expected user name"), taken(PASSWORD, "The expected password")],
    make: |layers| Ok(Box::new(Basic::new(layers)?)),
};

/// The expected user name and password.
struct Basic {
    username: String,
    password: Secret,
}

impl Basic {
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let password = layers.secret(&PASSWORD).cloned().unwrap_or_else(|| Secret::new(""));
        Ok(Self { username: layers.required(&USERNAME)?.expose().to_owned(), password })
    }
}

impl Verifies for Basic {
    fn verify(&self, request: &Request<'_>, _: i64) -> Result<(), Invalid> {
        let encoded = credentials(request, "Basic")?;
        let Ok(decoded) = STANDARD.decode(encoded) else {
            return Err(Invalid::new("Authorization", "is not base64 with padding (RFC 4648 section 4)"));
        };
        // The first colon divides: a user name cannot have one, but a password can (RFC 7617 section 2).
        let Some(colon) = decoded.iter().position(|&byte| byte == b':') else {
            return Err(Invalid::new("Authorization", "has no colon between user name and password"));
        };
        let (username, password) = decoded.split_at(colon);
        if !is_same(username, self.username.as_bytes()) {
            return Err(Invalid::new("user name", "is another one"));
        }
        if !is_same(password.get(1..).unwrap_or_default(), self.password.expose().as_bytes()) {
            return Err(Invalid::new("password", "is another one"));
        }
        Ok(())
    }
}
