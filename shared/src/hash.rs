//! Digests and message authentication codes, each named as its specification names it.

use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};

/// The SHA-256 of some bytes (FIPS 180-4).
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// A key for HMAC-SHA256 (RFC 2104) with its two pads hashed once, for many messages under one key.
#[derive(Clone)]
pub struct HmacSha256(Hmac<Sha256>);

impl HmacSha256 {
    /// Takes a key of any length.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        let mac = Hmac::new_from_slice(key);
        // HMAC takes keys of every length; the error type is there for other codes.
        Self(mac.unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default())))
    }

    /// The code of a message, 32 bytes.
    #[must_use]
    pub fn code(&self, message: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}
