//! A key pair for each algorithm.

/// The algorithms of `sign jwt`.
pub(crate) const ALGORITHMS: [&str; 13] = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
];

pub(crate) const RSA: &str = include_str!("../../vectors/keys/rsa.pem");
pub(crate) const RSA_PKCS1: &str = include_str!("../../vectors/keys/rsa-pkcs1.pem");
pub(crate) const P256: &str = include_str!("../../vectors/keys/p256.pem");
pub(crate) const P256_SEC1: &str = include_str!("../../vectors/keys/p256-sec1.pem");
pub(crate) const P384: &str = include_str!("../../vectors/keys/p384.pem");
pub(crate) const P521: &str = include_str!("../../vectors/keys/p521.pem");
pub(crate) const ED25519: &str = include_str!("../../vectors/keys/ed25519.pem");

/// The private key, and the public key that verifies; nothing for HMAC.
pub(crate) fn pair(algorithm: &str) -> (&'static str, &'static str) {
    match algorithm {
        "ES256" => (P256, include_str!("../../vectors/keys/p256.pub.pem")),
        "ES384" => (P384, include_str!("../../vectors/keys/p384.pub.pem")),
        "ES512" => (P521, include_str!("../../vectors/keys/p521.pub.pem")),
        "EdDSA" => (ED25519, include_str!("../../vectors/keys/ed25519.pub.pem")),
        _ if algorithm.starts_with("HS") => ("", ""),
        _ => (RSA, include_str!("../../vectors/keys/rsa.pub.pem")),
    }
}
