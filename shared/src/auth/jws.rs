//! JSON Web Signatures in compact form (RFC 7515) with the algorithms of RFC 7518 and RFC 8037.

use base64::Engine as _;
use zeroize::Zeroizing;

use crate::encode::BASE64_URL;
use crate::hash;
use crate::key::{Digest, Kind, PrivateKey, Problem, Signature};
use crate::moment::Moment;

/// A signature algorithm (RFC 7518 section 3.1; RFC 8037 section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    /// HMAC with this digest.
    Hs(Digest),
    /// RSASSA-PKCS1-v1_5 with this digest.
    Rs(Digest),
    /// RSASSA-PSS with this digest.
    Ps(Digest),
    /// ECDSA on this curve, with the digest that goes with it.
    Es(Kind),
    /// EdDSA on Ed25519.
    EdDsa,
}

impl Algorithm {
    /// The names of the algorithms in the order in which help lists them.
    pub(crate) const NAMES: &'static [&'static str] = &[
        "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
        "EdDSA",
    ];

    /// The names of the algorithms that ASAP allows, which sign with RSA or ECDSA.
    pub(crate) const ASAP: &'static [&'static str] =
        &["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// Returns the algorithm of that name, in exactly this spelling.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "HS256" => Self::Hs(Digest::Sha256),
            "HS384" => Self::Hs(Digest::Sha384),
            "HS512" => Self::Hs(Digest::Sha512),
            "RS256" => Self::Rs(Digest::Sha256),
            "RS384" => Self::Rs(Digest::Sha384),
            "RS512" => Self::Rs(Digest::Sha512),
            "PS256" => Self::Ps(Digest::Sha256),
            "PS384" => Self::Ps(Digest::Sha384),
            "PS512" => Self::Ps(Digest::Sha512),
            "ES256" => Self::Es(Kind::P256),
            "ES384" => Self::Es(Kind::P384),
            "ES512" => Self::Es(Kind::P521),
            "EdDSA" => Self::EdDsa,
            // `none` is left out on purpose, because a token without a signature proves nothing.
            _ => return None,
        })
    }

    /// Returns the kind of private key that the algorithm needs, or `None` for a shared secret.
    const fn kind(self) -> Option<Kind> {
        match self {
            Self::Hs(_) => None,
            Self::Rs(_) | Self::Ps(_) => Some(Kind::Rsa),
            Self::Es(kind) => Some(kind),
            Self::EdDsa => Some(Kind::Ed25519),
        }
    }

    const fn signature(self) -> Signature {
        match self {
            Self::Rs(digest) => Signature::Pkcs1v15(digest),
            Self::Ps(digest) => Signature::Pss(digest),
            Self::EdDsa => Signature::EdDsa,
            Self::Hs(_) | Self::Es(_) => Signature::Ecdsa,
        }
    }
}

/// A key together with an algorithm that it fits.
#[derive(Debug)]
pub(crate) struct Signer(Key);

enum Key {
    Secret(hash::Algorithm, Zeroizing<Vec<u8>>),
    Private(Signature, PrivateKey),
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(***)")
    }
}

impl Signer {
    /// Returns a signer with a shared secret.
    pub(crate) fn with_secret(digest: Digest, secret: Zeroizing<Vec<u8>>) -> Self {
        Self(Key::Secret(digest.algorithm(), secret))
    }

    /// Returns a signer with a private key.
    ///
    /// # Errors
    /// Returns a text that follows on "privateKey is" if the key is of another kind than the algorithm needs, or is an RSA
    /// key under 2048 bits (RFC 7518 sections 3.3 and 3.5).
    pub(crate) fn with_private_key(algorithm: Algorithm, key: PrivateKey) -> Result<Self, String> {
        match algorithm.kind() {
            Some(kind) if kind == key.kind() => {}
            Some(kind) => return Err(format!("a key for {}; this algorithm needs one for {kind}", key.kind())),
            None => return Err("not what this algorithm needs: it takes a secret".to_owned()),
        }
        if key.rsa_bits().is_some_and(|bits| bits < 2048) {
            return Err("an RSA key under 2048 bits, which no JWT may be signed with (RFC 7518 section 3.3)".to_owned());
        }
        Ok(Self(Key::Private(algorithm.signature(), key)))
    }

    /// Signs a payload under a header, both in JSON.
    ///
    /// # Errors
    /// Returns [`Problem`] if the private key cannot make the signature.
    pub(crate) fn sign(&self, header: &str, payload: &str, moment: &Moment) -> Result<Jws, Problem> {
        let mut input = BASE64_URL.encode(header);
        input.push('.');
        BASE64_URL.encode_string(payload, &mut input);
        let signature = match &self.0 {
            Key::Secret(algorithm, secret) => algorithm.hmac(secret, input.as_bytes()),
            Key::Private(signature, key) => key.sign(*signature, input.as_bytes(), moment)?,
        };
        let compact = format!("{input}.{}", BASE64_URL.encode(signature));
        Ok(Jws { compact, signing_input: input })
    }
}

/// A signed payload.
#[derive(Clone, Debug)]
pub(crate) struct Jws {
    /// The compact form: header, payload and signature in base64url with dots between (RFC 7515 section 7.1).
    pub compact: String,
    /// The text that the signature covers: header and payload of the compact form (section 5.1).
    pub signing_input: String,
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Vector {
        name: String,
        algorithm: String,
        header: String,
        payload: String,
        secret: Option<String>,
        private_key: Option<String>,
        jws: String,
        deterministic: bool,
    }

    #[test]
    fn every_published_signature_is_met() {
        let text = include_str!("../../../tests/vectors/jws/vectors.json");
        let vectors: Vec<Vector> = serde_json::from_str(text).unwrap();
        assert!(vectors.len() >= 10);
        for vector in vectors {
            let algorithm = Algorithm::named(&vector.algorithm).unwrap();
            let signer = match (algorithm, vector.secret, vector.private_key) {
                (Algorithm::Hs(digest), Some(secret), _) => {
                    Signer::with_secret(digest, Zeroizing::new(BASE64_URL.decode(secret).unwrap()))
                }
                (_, _, Some(pem)) => Signer::with_private_key(algorithm, PrivateKey::from_pem(&pem).unwrap()).unwrap(),
                _ => panic!("{}: no key", vector.name),
            };
            let signed = signer.sign(&vector.header, &vector.payload, &Moment::new(0, None)).unwrap();
            let (input, signature) = vector.jws.rsplit_once('.').unwrap();
            assert_eq!(signed.signing_input, input, "{}", vector.name);
            if vector.deterministic {
                assert_eq!(signed.compact, vector.jws, "{}", vector.name);
            } else {
                assert_eq!(signed.compact.len(), input.len() + 1 + signature.len(), "{}", vector.name);
            }
        }
    }

    #[test]
    fn every_name_is_an_algorithm_and_none_is_not() {
        assert!(Algorithm::NAMES.iter().all(|name| Algorithm::named(name).is_some()));
        for name in ["none", "None", "HS1", "ES256K", "hs256", ""] {
            assert_eq!(Algorithm::named(name), None, "{name}");
        }
    }
}
