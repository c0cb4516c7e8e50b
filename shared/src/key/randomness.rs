//! Randomness for signatures that is as unpredictable as the key, even if the user fixed the nonce.

use rsa::rand_core::{CryptoRng, Error as RandError, RngCore};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::hash::HmacSha256;
use crate::moment::{self, Moment};

/// A generator whose bytes cannot be predicted without the key: HMAC-SHA256 in counter mode (as NIST SP 800-108), under a
/// seed made of the key, the message, and the system's randomness or the nonce that the user fixed (hedged as RFC 6979
/// section 3.6).
pub(super) struct Generator {
    code: HmacSha256,
    counter: u64,
    block: Zeroizing<[u8; 32]>,
    used: usize,
}

impl Generator {
    /// Returns a generator for one signature.
    ///
    /// # Errors
    /// Returns [`Error::NoRandomness`] if the system's generator fails.
    pub(super) fn new(secret: &[u8], message: &[u8], moment: &Moment) -> Result<Self, Error> {
        let entropy = match moment.fixed_nonce() {
            Some(nonce) => Zeroizing::new(nonce.as_bytes().to_vec()),
            None => Zeroizing::new(moment::random(32)?),
        };
        // The length goes first, so that no other division into nonce and message gives the same seed.
        let mut input = Zeroizing::new((entropy.len() as u64).to_be_bytes().to_vec());
        input.extend_from_slice(&entropy);
        input.extend_from_slice(message);
        // The private key is the HMAC's key, so whoever knows the nonce that the user fixed still cannot compute the
        // seed.
        let seed = Zeroizing::new(HmacSha256::new(secret).code(&input));
        // The block counts as used up, so that its zeros are never given out.
        Ok(Self { code: HmacSha256::new(&*seed), counter: 0, block: Zeroizing::new([0; 32]), used: 32 })
    }

    fn next_byte(&mut self) -> u8 {
        if self.used == self.block.len() {
            self.counter += 1;
            *self.block = self.code.code(&self.counter.to_be_bytes());
            self.used = 0;
        }
        self.used += 1;
        self.block.get(self.used - 1).copied().unwrap_or_default()
    }
}

impl RngCore for Generator {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.fill_bytes(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = self.next_byte();
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), RandError> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for Generator {}
