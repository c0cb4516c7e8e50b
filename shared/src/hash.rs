//! Digests and message authentication codes, each named as its specification names it.
//!
//! ```
//! use countersign_shared::{encode, hash};
//!
//! let code = hash::Algorithm::Sha1.hmac(b"key", b"The quick brown fox jumps over the lazy dog");
//! assert_eq!(encode::hex(&code), "de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9");
//! ```

use hmac::digest::core_api::BlockSizeUser;
use hmac::digest::{Digest, FixedOutput};
use hmac::{Hmac, Mac as _, SimpleHmac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512, Sha512_256};
use subtle::ConstantTimeEq as _;

/// A hash function that a scheme or its user can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// RFC 1321
    Md5,
    /// FIPS 180-4
    Sha1,
    /// FIPS 180-4
    Sha256,
    /// FIPS 180-4
    Sha384,
    /// FIPS 180-4
    Sha512,
    /// FIPS 180-4: SHA-512 with its own initial value, cut to 256 bits
    Sha512_256,
}

impl Algorithm {
    /// Returns the digest of the bytes.
    #[must_use]
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => Md5::digest(bytes).to_vec(),
            Self::Sha1 => Sha1::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
            Self::Sha512_256 => Sha512_256::digest(bytes).to_vec(),
        }
    }

    /// Returns the HMAC (RFC 2104) of a message under a key of any length.
    #[must_use]
    pub fn hmac(self, key: &[u8], message: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => code::<Md5>(key, message),
            Self::Sha1 => code::<Sha1>(key, message),
            Self::Sha256 => code::<Sha256>(key, message),
            Self::Sha384 => code::<Sha384>(key, message),
            Self::Sha512 => code::<Sha512>(key, message),
            Self::Sha512_256 => code::<Sha512_256>(key, message),
        }
    }
}

fn code<D: Digest + BlockSizeUser + FixedOutput>(key: &[u8], message: &[u8]) -> Vec<u8> {
    // HMAC takes keys of every length; the error type is there for other codes.
    SimpleHmac::<D>::new_from_slice(key)
        .map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

/// Returns the SHA-256 of the bytes (FIPS 180-4).
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// A key for HMAC-SHA256 (RFC 2104) whose two pads are hashed once, for many messages under one key.
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

    /// Returns the code of a message, 32 bytes.
    #[must_use]
    pub fn code(&self, message: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}

/// Returns true if two codes are the same. The time that this takes does not depend on where they differ.
#[must_use]
pub fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::hex;

    #[test]
    fn every_algorithm_gives_its_published_digest_of_abc() {
        for (algorithm, digest) in [
            (Algorithm::Md5, "900150983cd24fb0d6963f7d28e17f72"),
            (Algorithm::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (Algorithm::Sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (Algorithm::Sha512_256, "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"),
        ] {
            assert_eq!(hex(&algorithm.digest(b"abc")), digest, "{algorithm:?}");
        }
    }

    #[test]
    fn codes_are_those_of_rfc_2202_and_rfc_4231() {
        let (key, data): (&[u8], &[u8]) = (b"Jefe", b"what do ya want for nothing?");
        for (algorithm, code) in [
            (Algorithm::Md5, "750c783e6ab0b503eaa86e310a5db738"),
            (Algorithm::Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
            (Algorithm::Sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        ] {
            assert_eq!(hex(&algorithm.hmac(key, data)), code, "{algorithm:?}");
        }
    }
}
