//! The key that client and server share.

use base64::Engine as _;

use crate::encode::BASE64;
use crate::hash::Algorithm;
use crate::secret::Secret;

/// A key with the hash function that goes with it.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) secret: Secret,
    pub(super) algorithm: Algorithm,
}

impl Key {
    /// Returns the MAC over a text, in base64.
    pub(super) fn mac(&self, text: &str) -> String {
        BASE64.encode(self.algorithm.hmac(self.secret.expose().as_bytes(), text.as_bytes()))
    }

    /// Returns the hash of a payload in its normalized form, in base64.
    pub(super) fn hash(&self, payload: &[u8]) -> String {
        BASE64.encode(self.algorithm.digest(payload))
    }
}
