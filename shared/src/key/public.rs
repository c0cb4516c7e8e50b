//! Public keys, in PEM and as JSON Web Keys, and the check of signatures. The crates' own readers and verifiers do the work,
//! which no signer uses.

use base64::Engine as _;
use ed25519_dalek::pkcs8::DecodePrivateKey as _;
use ed25519_dalek::pkcs8::DecodePublicKey as _;
use p256::ecdsa::signature::Verifier as _;
use rsa::pkcs1::{DecodeRsaPrivateKey as _, DecodeRsaPublicKey as _};
use serde_json::{Map, Value};

use crate::encode::BASE64_URL;
use crate::hash::Algorithm;

/// A key that signatures are checked with.
#[derive(Debug)]
pub enum PublicKey {
    /// RFC 8017
    Rsa(rsa::RsaPublicKey),
    /// NIST P-256
    P256(p256::ecdsa::VerifyingKey),
    /// NIST P-384
    P384(p384::ecdsa::VerifyingKey),
    /// NIST P-521
    P521(Box<P521>),
    /// RFC 8032
    Ed25519(ed25519_dalek::VerifyingKey),
}

/// A key on NIST P-521.
pub struct P521(p521::ecdsa::VerifyingKey);

impl std::fmt::Debug for P521 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("P521")
    }
}

/// The method by which a signature was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2)
    Pkcs1v15(Algorithm),
    /// RSASSA-PSS with a salt as long as the digest (RFC 7518 section 3.5)
    Pss(Algorithm),
    /// ECDSA on P-256, R and S one after the other (RFC 7518 section 3.4)
    P256,
    /// ECDSA on P-384
    P384,
    /// ECDSA on P-521
    P521,
    /// EdDSA (RFC 8037)
    Ed25519,
}

/// The reason for which a signature is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The key makes no signatures of this kind.
    OtherKey,
    /// The signature was not made with this key over this message.
    Wrong,
}

impl Method {
    /// Returns the method of a JWS algorithm (RFC 7518 section 3.1, RFC 8037 section 3.1), or `None` if it needs no public key
    /// or is not known. `none` is not: a token without a signature proves nothing (RFC 8725 section 3.2).
    #[must_use]
    pub fn named(alg: &str) -> Option<Self> {
        Some(match alg {
            "RS256" => Self::Pkcs1v15(Algorithm::Sha256),
            "RS384" => Self::Pkcs1v15(Algorithm::Sha384),
            "RS512" => Self::Pkcs1v15(Algorithm::Sha512),
            "PS256" => Self::Pss(Algorithm::Sha256),
            "PS384" => Self::Pss(Algorithm::Sha384),
            "PS512" => Self::Pss(Algorithm::Sha512),
            "ES256" => Self::P256,
            "ES384" => Self::P384,
            "ES512" => Self::P521,
            // RFC 9864 names the curve, where RFC 8037 leaves it to the key.
            "EdDSA" | "Ed25519" => Self::Ed25519,
            _ => return None,
        })
    }
}

impl PublicKey {
    /// Reads a JSON Web Key (RFC 7517, RFC 7518 section 6, RFC 8037 section 2). Returns `None` if it is no public key that is
    /// known, or an RSA key that is shorter than a signature may have (RFC 7518 section 3.3) or takes seconds to use.
    #[must_use]
    pub fn from_jwk(jwk: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let number = |name: &str| BASE64_URL.decode(text(name)?.trim_end_matches('=')).ok();
        match (text("kty")?, text("crv")) {
            ("RSA", _) => {
                let number = |name: &str| number(name).map(|bytes| rsa::BigUint::from_bytes_be(&bytes));
                let key =
                    rsa::RsaPublicKey::new_with_max_size(number("n")?, number("e")?, *super::RSA_BITS.end()).ok()?;
                Some(Self::Rsa(key)).filter(|key| key.rsa_bits() >= Some(2048))
            }
            ("EC", Some("P-256")) => {
                p256::ecdsa::VerifyingKey::from_sec1_bytes(&point(&number("x")?, &number("y")?, 32)?)
                    .ok()
                    .map(Self::P256)
            }
            ("EC", Some("P-384")) => {
                p384::ecdsa::VerifyingKey::from_sec1_bytes(&point(&number("x")?, &number("y")?, 48)?)
                    .ok()
                    .map(Self::P384)
            }
            ("EC", Some("P-521")) => {
                let key = p521::ecdsa::VerifyingKey::from_sec1_bytes(&point(&number("x")?, &number("y")?, 66)?);
                key.ok().map(|key| Self::P521(Box::new(P521(key))))
            }
            ("OKP", Some("Ed25519")) => {
                let bytes: [u8; 32] = number("x")?.try_into().ok()?;
                ed25519_dalek::VerifyingKey::from_bytes(&bytes).ok().map(Self::Ed25519)
            }
            _ => None,
        }
    }

    /// Reads a public key in PEM (RFC 7468), or the private key that it belongs to. Returns `None` if it is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let pem = block(text)?;
        rsa_key(pem).map(Self::Rsa).or_else(|| elliptic_key(pem)).or_else(|| edwards_key(pem).map(Self::Ed25519))
    }

    /// Returns the length of an RSA key's modulus in bits, or `None` if the key is of another kind.
    #[must_use]
    pub fn rsa_bits(&self) -> Option<usize> {
        match self {
            Self::Rsa(key) => Some(rsa::traits::PublicKeyParts::n(key).bits()),
            _ => None,
        }
    }

    /// Checks a signature over a message.
    ///
    /// # Errors
    /// Returns the [`Refusal`] if the key does not fit the method, or the signature is not the key's.
    pub fn check(&self, method: Method, message: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        let is_right = match (self, method) {
            (Self::Rsa(key), Method::Pkcs1v15(algorithm)) => is_pkcs1v15(key, algorithm, message, signature),
            (Self::Rsa(key), Method::Pss(algorithm)) => is_pss(key, algorithm, message, signature),
            (Self::P256(key), Method::P256) => {
                p256::ecdsa::Signature::from_slice(signature).is_ok_and(|given| key.verify(message, &given).is_ok())
            }
            (Self::P384(key), Method::P384) => {
                p384::ecdsa::Signature::from_slice(signature).is_ok_and(|given| key.verify(message, &given).is_ok())
            }
            (Self::P521(key), Method::P521) => {
                p521::ecdsa::Signature::from_slice(signature).is_ok_and(|given| key.0.verify(message, &given).is_ok())
            }
            // The strict check also refuses keys of small order, with which one signature can fit several messages.
            (Self::Ed25519(key), Method::Ed25519) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|given| key.verify_strict(message, &given).is_ok()),
            _ => return Err(Refusal::OtherKey),
        };
        if is_right { Ok(()) } else { Err(Refusal::Wrong) }
    }
}

/// Returns the point of two coordinates in its uncompressed form (SEC 1 section 2.3.3). Coordinates are as long as the field
/// (RFC 7518 section 6.2.1.2); shorter ones, from which leading zeros are gone, are filled up.
fn point(x: &[u8], y: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut point = vec![4];
    for coordinate in [x, y] {
        point.resize(point.len() + length.checked_sub(coordinate.len())?, 0);
        point.extend_from_slice(coordinate);
    }
    Some(point)
}

/// Returns the first PEM block that is a key. OpenSSL writes a block of parameters before a key of an elliptic curve.
fn block(text: &str) -> Option<&str> {
    let blocks = text.match_indices("-----BEGIN ").filter_map(|(start, _)| text.get(start..));
    let key = { blocks }.find(|block| !block.starts_with("-----BEGIN EC PARAMETERS"))?;
    let end = key.find("-----END ")?;
    let length = key.get(end + 9..)?.find("-----")?;
    key.get(..end + 9 + length + 5)
}

fn rsa_key(pem: &str) -> Option<rsa::RsaPublicKey> {
    let public = rsa::RsaPublicKey::from_public_key_pem(pem).or_else(|_| rsa::RsaPublicKey::from_pkcs1_pem(pem));
    let private = || rsa::RsaPrivateKey::from_pkcs8_pem(pem).or_else(|_| rsa::RsaPrivateKey::from_pkcs1_pem(pem));
    public.ok().or_else(|| private().ok().map(|key| key.to_public_key()))
}

fn elliptic_key(pem: &str) -> Option<PublicKey> {
    let p256 = || {
        // OpenSSL writes private keys as PKCS#8 or, with `ecparam -genkey`, as SEC 1.
        let private = || p256::SecretKey::from_pkcs8_pem(pem).ok().or_else(|| p256::SecretKey::from_sec1_pem(pem).ok());
        p256::PublicKey::from_public_key_pem(pem).ok().or_else(|| private().map(|key| key.public_key()))
    };
    let p384 = || {
        let private = || p384::SecretKey::from_pkcs8_pem(pem).ok().or_else(|| p384::SecretKey::from_sec1_pem(pem).ok());
        p384::PublicKey::from_public_key_pem(pem).ok().or_else(|| private().map(|key| key.public_key()))
    };
    let p521 = || {
        let private = || p521::SecretKey::from_pkcs8_pem(pem).ok().or_else(|| p521::SecretKey::from_sec1_pem(pem).ok());
        p521::PublicKey::from_public_key_pem(pem).ok().or_else(|| private().map(|key| key.public_key()))
    };
    if let Some(key) = p256() {
        return Some(PublicKey::P256(p256::ecdsa::VerifyingKey::from(key)));
    }
    if let Some(key) = p384() {
        return Some(PublicKey::P384(p384::ecdsa::VerifyingKey::from(key)));
    }
    let key = p521()?;
    p521::ecdsa::VerifyingKey::from_affine(*key.as_affine()).ok().map(|key| PublicKey::P521(Box::new(P521(key))))
}

fn edwards_key(pem: &str) -> Option<ed25519_dalek::VerifyingKey> {
    let private = || ed25519_dalek::SigningKey::from_pkcs8_pem(pem).ok().map(|key| key.verifying_key());
    ed25519_dalek::VerifyingKey::from_public_key_pem(pem).ok().or_else(private)
}

fn is_pkcs1v15(key: &rsa::RsaPublicKey, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
    let padding = match algorithm {
        Algorithm::Sha1 => rsa::Pkcs1v15Sign::new::<sha1::Sha1>(),
        Algorithm::Sha256 => rsa::Pkcs1v15Sign::new::<sha2::Sha256>(),
        Algorithm::Sha384 => rsa::Pkcs1v15Sign::new::<sha2::Sha384>(),
        Algorithm::Sha512 => rsa::Pkcs1v15Sign::new::<sha2::Sha512>(),
        Algorithm::Md5 | Algorithm::Sha512_256 => return false,
    };
    key.verify(padding, &algorithm.digest(message), signature).is_ok()
}

fn is_pss(key: &rsa::RsaPublicKey, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
    let padding = match algorithm {
        Algorithm::Sha256 => rsa::Pss::new::<sha2::Sha256>(),
        Algorithm::Sha384 => rsa::Pss::new::<sha2::Sha384>(),
        Algorithm::Sha512 => rsa::Pss::new::<sha2::Sha512>(),
        // JWT has no PSS with these hashes (RFC 7518 section 3.5).
        Algorithm::Md5 | Algorithm::Sha1 | Algorithm::Sha512_256 => return false,
    };
    key.verify(padding, &algorithm.digest(message), signature).is_ok()
}
