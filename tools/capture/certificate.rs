//! Certificates and keys as text (RFC 7468).

use base64::Engine as _;
use countersign_shared::encode::BASE64;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};

/// The length of a line in characters (RFC 7468 section 2).
const LINE: usize = 64;

/// Returns DER as PEM under this label.
pub(crate) fn pem(label: &str, der: &[u8]) -> String {
    let text = BASE64.encode(der);
    let mut out = format!("-----BEGIN {label}-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at_checked(LINE).unwrap_or((rest, ""));
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    out + &format!("-----END {label}-----\n")
}

/// Returns the first certificate and the first PKCS#8 key of a PEM text, or `None` if either is missing.
pub(crate) fn pair(text: &str) -> Option<(CertificateDer<'static>, PrivatePkcs8KeyDer<'static>)> {
    let certificate = CertificateDer::from_pem_slice(text.as_bytes()).ok()?;
    Some((certificate, PrivatePkcs8KeyDer::from_pem_slice(text.as_bytes()).ok()?))
}
