//! Channel bindings, which tie an NTLM handshake to its TLS connection (RFC 5929 section 4, MS-NLMP section 2.2.2.1
//! MsvAvChannelBindings).

use x509_parser::prelude::{FromDer as _, X509Certificate};
use x509_parser::signature_algorithm::SignatureAlgorithm;

use crate::hash::Algorithm;

/// Returns the value of the AV pair for a server's certificate in DER: the MD5 of the bindings in the form of GSS-API
/// (RFC 2744 section 3.11), without addresses and with `tls-server-end-point:` and the certificate's hash. Returns `None` if
/// RFC 5929 defines no hash for the certificate.
pub(super) fn channel_bindings(certificate: &[u8]) -> Option<[u8; 16]> {
    let hash = algorithm(certificate)?.digest(certificate);
    let mut data = b"tls-server-end-point:".to_vec();
    data.extend(hash);
    // Type and length of both addresses are zero, 32 bits each.
    let mut bindings = vec![0; 16];
    bindings.extend(u32::try_from(data.len()).ok()?.to_le_bytes());
    bindings.extend(data);
    Algorithm::Md5.digest(&bindings).try_into().ok()
}

/// Returns the hash function of the certificate's signature, or SHA-256 if that is MD5 or SHA-1 (RFC 5929 section 4.1).
fn algorithm(certificate: &[u8]) -> Option<Algorithm> {
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    let identifier = match SignatureAlgorithm::try_from(&certificate.signature_algorithm) {
        // The identifier of PSS says nothing of the hash, which is among its parameters.
        Ok(SignatureAlgorithm::RSASSA_PSS(parameters)) => parameters.hash_algorithm_oid().to_id_string(),
        _ => certificate.signature_algorithm.algorithm.to_id_string(),
    };
    match identifier.as_str() {
        // RSA with MD5, SHA-1, SHA-256; ECDSA with SHA-1, SHA-256; DSA with SHA-1, SHA-256; SHA-1 and SHA-256 themselves
        "1.2.840.113549.1.1.4"
        | "1.2.840.113549.1.1.5"
        | "1.2.840.113549.1.1.11"
        | "1.2.840.10045.4.1"
        | "1.2.840.10045.4.3.2"
        | "1.2.840.10040.4.3"
        | "2.16.840.1.101.3.4.3.2"
        | "1.3.14.3.2.26"
        | "2.16.840.1.101.3.4.2.1" => Some(Algorithm::Sha256),
        "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" | "2.16.840.1.101.3.4.2.2" => Some(Algorithm::Sha384),
        "1.2.840.113549.1.1.13" | "1.2.840.10045.4.3.4" | "2.16.840.1.101.3.4.2.3" => Some(Algorithm::Sha512),
        // RFC 5929 section 4.1 leaves the binding undefined for signatures without a single hash function, such as
        // Ed25519.
        _ => None,
    }
}
