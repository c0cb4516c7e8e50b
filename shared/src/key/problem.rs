//! The reasons why a key cannot be read or used.

/// The size limit of a key in DER, in bytes: RSA of 8192 bits takes about 4700.
pub(super) const LIMIT: usize = 16 * 1024;

/// The reason why a key cannot be used. Its message follows "privateKey is".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The text has nothing that looks like PEM.
    #[error("not a private key in PEM (-----BEGIN PRIVATE KEY-----)")]
    NotPem,
    /// A PEM block has no end, or characters that base64 does not have.
    #[error("cut short or damaged: its PEM block is not base64 between BEGIN and END lines")]
    BrokenPem,
    /// A data URI is cut short or has no base64.
    #[error("a damaged data URI; it is written data:application/pkcs8;kid=ID;base64,DER")]
    BrokenDataUri,
    /// The key is encrypted with a password.
    #[error("encrypted; decrypt it first: openssl pkey -in KEY -out DECRYPTED")]
    Encrypted,
    /// The text is a public key or a certificate.
    #[error("not a private key: a public key or a certificate cannot sign")]
    Public,
    /// The key is in OpenSSH's own format.
    #[error("an OpenSSH key; convert a copy of it: ssh-keygen -p -m PKCS8 -f COPY")]
    OpenSsh,
    /// The DER does not hold a key.
    #[error("damaged: its content is not a private key")]
    Damaged,
    /// The key is of a kind that is not supported.
    #[error("of a kind that is not supported (RSA, P-256, P-384, P-521 and Ed25519 are)")]
    Unsupported,
    /// The RSA key is smaller or larger than the sizes that are read.
    #[error("an RSA key of a size that is not supported (512 to 8192 bits are)")]
    RsaSize,
    /// The key cannot make this kind of signature.
    #[error("a key of another kind than the signature needs")]
    WrongKind,
    /// RFC 8017 section 9: the digest and its padding do not fit into the modulus.
    #[error("too short for this digest")]
    TooShort,
    /// The key's numbers do not belong together, so that the arithmetic failed.
    #[error("damaged: its numbers do not make a signature")]
    Unusable,
    /// The system gave no randomness.
    #[error("not usable: the system has no randomness to blind it with")]
    NoRandomness,
}
