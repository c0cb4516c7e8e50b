//! Private keys in the forms that people paste, and the signatures made with them.
//!
//! RSA is blinded, since the crate's own arithmetic is not constant in time (RUSTSEC-2023-0071), and every RSA signature
//! is checked before it leaves. The elliptic curves' scalar arithmetic is constant in time. No message and no `Debug` shows
//! anything of a key but its kind.

mod data_uri;
mod pem;
mod problem;
pub mod public;
mod randomness;

use std::fmt;

use ed25519_dalek::Signer as _;
use pkcs8::ObjectIdentifier;
use rsa::BigUint;
use rsa::signature::RandomizedSigner as _;
use rsa::traits::{PrivateKeyParts as _, PublicKeyParts as _};
use sec1::der::Decode as _;
use zeroize::Zeroizing;

use crate::hash;
use crate::moment::Moment;
use crate::slice::Slice as _;
pub use data_uri::DataUri;
use problem::LIMIT;
pub use problem::Problem;
use randomness::Generator;

/// The sizes of RSA keys that are read, in bits: a smaller key cannot hold a digest, a larger one takes seconds to use.
const RSA_BITS: std::ops::RangeInclusive<usize> = 512..=8192;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// A private key, wiped when dropped.
pub struct PrivateKey(Material);

enum Material {
    Rsa(Box<rsa::RsaPrivateKey>),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(Box<p521::ecdsa::SigningKey>),
    Ed25519(Box<ed25519_dalek::SigningKey>),
}

/// A kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// RFC 8017
    Rsa,
    /// NIST P-256 (FIPS 186-4)
    P256,
    /// NIST P-384
    P384,
    /// NIST P-521
    P521,
    /// RFC 8032
    Ed25519,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rsa => "RSA",
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
            Self::Ed25519 => "Ed25519",
        })
    }
}

/// A way to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2).
    Pkcs1v15(Digest),
    /// RSASSA-PSS (RFC 8017 section 8.1), MGF1 with the same digest, the salt as long as the digest (RFC 7518 section 3.5).
    Pss(Digest),
    /// ECDSA with the curve's own digest (SHA-256, SHA-384, SHA-512), R and S one after the other (RFC 7518 section 3.4).
    Ecdsa,
    /// EdDSA (RFC 8032).
    EdDsa,
}

/// The digests that RSA signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    /// FIPS 180-4
    Sha1,
    /// FIPS 180-4
    Sha256,
    /// FIPS 180-4
    Sha384,
    /// FIPS 180-4
    Sha512,
}

impl Digest {
    /// Returns the hash function.
    #[must_use]
    pub const fn algorithm(self) -> hash::Algorithm {
        match self {
            Self::Sha1 => hash::Algorithm::Sha1,
            Self::Sha256 => hash::Algorithm::Sha256,
            Self::Sha384 => hash::Algorithm::Sha384,
            Self::Sha512 => hash::Algorithm::Sha512,
        }
    }

    fn pkcs1v15(self) -> rsa::Pkcs1v15Sign {
        match self {
            Self::Sha1 => rsa::Pkcs1v15Sign::new::<sha1::Sha1>(),
            Self::Sha256 => rsa::Pkcs1v15Sign::new::<sha2::Sha256>(),
            Self::Sha384 => rsa::Pkcs1v15Sign::new::<sha2::Sha384>(),
            Self::Sha512 => rsa::Pkcs1v15Sign::new::<sha2::Sha512>(),
        }
    }

    /// Returns the padding. The crate says "blinded" of a private operation that is masked with a random factor; the
    /// signature is plain PSS.
    fn pss(self) -> rsa::Pss {
        match self {
            Self::Sha1 => rsa::Pss::new_blinded::<sha1::Sha1>(),
            Self::Sha256 => rsa::Pss::new_blinded::<sha2::Sha256>(),
            Self::Sha384 => rsa::Pss::new_blinded::<sha2::Sha384>(),
            Self::Sha512 => rsa::Pss::new_blinded::<sha2::Sha512>(),
        }
    }
}

impl PrivateKey {
    /// Reads a key in PEM: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017 appendix A.1.2) or SEC1 (RFC 5915). Surrounding quotes,
    /// line breaks written as `\n`, missing line breaks and blocks beside the key (`EC PARAMETERS`) are tolerated.
    ///
    /// # Errors
    /// Returns the [`Problem`] if the text has no private key, or one that is damaged, encrypted or of another kind.
    pub fn from_pem(text: &str) -> Result<Self, Problem> {
        let block = pem::private_key(text)?;
        match block.format {
            pem::Format::Pkcs8 => Self::from_pkcs8(&block.der),
            pem::Format::Pkcs1 => Self::from_pkcs1(&block.der),
            pem::Format::Sec1 => Self::from_sec1(&block.der, None),
        }
    }

    /// Reads a PKCS#8 key in DER (RFC 5958).
    ///
    /// # Errors
    /// Returns [`Problem::Damaged`], [`Problem::Unsupported`] or [`Problem::RsaSize`] if the key cannot be used.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, Problem> {
        if der.len() > LIMIT {
            return Err(Problem::Damaged);
        }
        let info = pkcs8::PrivateKeyInfo::try_from(der).map_err(|_| Problem::Damaged)?;
        match info.algorithm.oid {
            // A key marked for PSS has the same content. Its parameters are not read, because the scheme names the
            // digest.
            RSA | RSA_PSS => Self::from_pkcs1(info.private_key),
            EC => {
                let curve = info.algorithm.parameters_oid().map_err(|_| Problem::Unsupported)?;
                Self::from_sec1(info.private_key, Some(curve))
            }
            ED25519 => Self::from_curve_private_key(info.private_key),
            _ => Err(Problem::Unsupported),
        }
    }

    /// Reads an RSA key in PKCS#1's own form, two primes.
    fn from_pkcs1(der: &[u8]) -> Result<Self, Problem> {
        if der.len() > LIMIT {
            return Err(Problem::Damaged);
        }
        let key = pkcs1::RsaPrivateKey::try_from(der).map_err(|_| Problem::Damaged)?;
        if key.version() != pkcs1::Version::TwoPrime {
            return Err(Problem::Unsupported);
        }
        let number = |number: &pkcs1::UintRef<'_>| BigUint::from_bytes_be(number.as_bytes());
        let (modulus, exponent) = (number(&key.modulus), number(&key.private_exponent));
        let primes = vec![number(&key.prime1), number(&key.prime2)];
        if !RSA_BITS.contains(&modulus.bits()) {
            return Err(Problem::RsaSize);
        }
        // The arithmetic below takes time in proportion to what is checked here.
        let lengths: Vec<usize> = primes.iter().map(BigUint::bits).collect();
        let is_lopsided = lengths.iter().any(|length| length.abs_diff(modulus.bits() / 2) > 8);
        if is_lopsided || exponent.bits() > modulus.bits() {
            return Err(Problem::Damaged);
        }
        // The file's CRT exponents and coefficient are left out: they follow from the primes and could contradict them.
        let key = rsa::RsaPrivateKey::from_components(modulus, number(&key.public_exponent), exponent, primes);
        key.map(|key| Self(Material::Rsa(Box::new(key)))).map_err(|_| Problem::Damaged)
    }

    /// Reads an elliptic curve's key in SEC1's form. If the key names no curve, its length tells which one it is.
    fn from_sec1(der: &[u8], curve: Option<ObjectIdentifier>) -> Result<Self, Problem> {
        let key = sec1::EcPrivateKey::from_der(der).map_err(|_| Problem::Damaged)?;
        let named = key.parameters.and_then(sec1::EcParameters::named_curve);
        // In PKCS#8 the algorithm's parameters name the curve, which the key itself need not do, so they go first.
        let curve = match (curve.or(named), key.private_key.len()) {
            (Some(curve), _) => curve,
            (None, 32) => P256,
            (None, 48) => P384,
            (None, 66) => P521,
            (None, _) => return Err(Problem::Unsupported),
        };
        let material = match curve {
            P256 => p256::ecdsa::SigningKey::from_slice(&*scalar::<32>(key.private_key)?).map(Material::P256),
            P384 => p384::ecdsa::SigningKey::from_slice(&*scalar::<48>(key.private_key)?).map(Material::P384),
            P521 => {
                let key = p521::ecdsa::SigningKey::from_slice(&*scalar::<66>(key.private_key)?);
                key.map(|key| Material::P521(Box::new(key)))
            }
            _ => return Err(Problem::Unsupported),
        };
        material.map(Self).map_err(|_| Problem::Damaged)
    }

    /// Reads `CurvePrivateKey` (RFC 8410 section 7): 32 bytes in an OCTET STRING.
    fn from_curve_private_key(der: &[u8]) -> Result<Self, Problem> {
        let octets = sec1::der::asn1::OctetStringRef::from_der(der).map_err(|_| Problem::Damaged)?;
        let seed = octets.as_bytes().try_into().map_err(|_| Problem::Damaged)?;
        Ok(Self(Material::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(seed)))))
    }

    /// Returns the kind of the key.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.0 {
            Material::Rsa(_) => Kind::Rsa,
            Material::P256(_) => Kind::P256,
            Material::P384(_) => Kind::P384,
            Material::P521(_) => Kind::P521,
            Material::Ed25519(_) => Kind::Ed25519,
        }
    }

    /// Returns the length of an RSA key's modulus in bits, or `None` if the key is of another kind.
    #[must_use]
    pub fn rsa_bits(&self) -> Option<usize> {
        match &self.0 {
            Material::Rsa(key) => Some(key.n().bits()),
            _ => None,
        }
    }

    /// Signs a message. If the moment has a fixed nonce, it takes the place of randomness, so that the same input gives the
    /// same bytes; the factor that blinds a key stays unpredictable, as it depends on the key too.
    ///
    /// # Errors
    /// Returns [`Problem::WrongKind`] or [`Problem::TooShort`] if the key does not fit the signature, [`Problem::Unusable`]
    /// if its numbers do not belong together, and [`Problem::NoRandomness`] if the system's generator fails.
    pub fn sign(&self, signature: Signature, message: &[u8], moment: &Moment) -> Result<Vec<u8>, Problem> {
        match (&self.0, signature) {
            (Material::Rsa(key), Signature::Pkcs1v15(digest)) => {
                let hashed = digest.algorithm().digest(message);
                // PKCS#1 v1.5 itself is deterministic. The randomness only blinds the key against measurements of time.
                let mut random = rsa_generator(key, message, moment)?;
                key.sign_with_rng(&mut random, digest.pkcs1v15(), &hashed).map_err(rsa_problem)
            }
            (Material::Rsa(key), Signature::Pss(digest)) => {
                let hashed = digest.algorithm().digest(message);
                // RFC 8017 section 9.1.1 step 3; the crate has no error of its own for this.
                if (key.n().bits() - 1).div_ceil(8) < 2 * hashed.len() + 2 {
                    return Err(Problem::TooShort);
                }
                let mut random = rsa_generator(key, message, moment)?;
                key.sign_with_rng(&mut random, digest.pss(), &hashed).map_err(rsa_problem)
            }
            // RFC 6979: the nonce comes from key and message.
            (Material::P256(key), Signature::Ecdsa) => {
                let signed: Result<p256::ecdsa::Signature, _> = p256::ecdsa::signature::Signer::try_sign(key, message);
                signed.map(|signed| signed.to_bytes().to_vec()).map_err(|_| Problem::Unusable)
            }
            (Material::P384(key), Signature::Ecdsa) => {
                let signed: Result<p384::ecdsa::Signature, _> = p384::ecdsa::signature::Signer::try_sign(key, message);
                signed.map(|signed| signed.to_bytes().to_vec()).map_err(|_| Problem::Unusable)
            }
            // The crate leaves P-521's nonce to the generator, which takes it from key, message and randomness.
            (Material::P521(key), Signature::Ecdsa) => {
                let secret = Zeroizing::new(key.to_bytes());
                let mut random =
                    Generator::new(secret.as_slice(), message, moment).map_err(|_| Problem::NoRandomness)?;
                let signed: Result<p521::ecdsa::Signature, _> = key.try_sign_with_rng(&mut random, message);
                signed.map(|signed| signed.to_bytes().to_vec()).map_err(|_| Problem::Unusable)
            }
            // RFC 8032 section 5.1.6: the nonce comes from key and message.
            (Material::Ed25519(key), Signature::EdDsa) => Ok(key.sign(message).to_bytes().to_vec()),
            _ => Err(Problem::WrongKind),
        }
    }
}

fn rsa_generator(key: &rsa::RsaPrivateKey, message: &[u8], moment: &Moment) -> Result<Generator, Problem> {
    let secret = Zeroizing::new(key.d().to_bytes_be());
    Generator::new(&secret, message, moment).map_err(|_| Problem::NoRandomness)
}

fn rsa_problem(error: rsa::Error) -> Problem {
    match error {
        rsa::Error::MessageTooLong => Problem::TooShort,
        _ => Problem::Unusable,
    }
}

/// Returns a private scalar in the length of its curve: some programs leave leading zeros out, others add one.
fn scalar<const N: usize>(bytes: &[u8]) -> Result<Zeroizing<[u8; N]>, Problem> {
    let start = bytes.iter().position(|&byte| byte != 0).unwrap_or(bytes.len());
    let significant = bytes.part(start..);
    let mut scalar = Zeroizing::new([0; N]);
    let from = N.checked_sub(significant.len()).ok_or(Problem::Damaged)?;
    scalar.get_mut(from..).ok_or(Problem::Damaged)?.copy_from_slice(significant);
    Ok(scalar)
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({}, ***)", self.kind())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests;
