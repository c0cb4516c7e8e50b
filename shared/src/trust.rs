//! TLS towards servers: trusted are the platform's roots and those of `SSL_CERT_FILE` and `SSL_CERT_DIR`.

mod rules;
mod verifier;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::CertificateError;
use rustls::client::ClientConfig;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls_native_certs::load_native_certs;

use rules::Refusal;
use verifier::{Unverified, Verifier};

/// The file that holds certificate and key of `capture`'s authority, in the state folder.
pub const AUTHORITY_FILE: &str = "capture-ca.pem";

/// The name that `capture`'s authority has in trust stores.
pub const AUTHORITY_NAME: &str = "Countersign capture (this computer only)";

/// The places where `capture`'s authority may be trusted, and the way to take it out of each.
pub const AUTHORITY_REMOVAL: [(&str, &str); 6] = [
    ("Firefox", "Settings, Certificates, Authorities: \"Countersign capture\", Delete"),
    ("Chromium", "certutil -d sql:$HOME/.pki/nssdb -D -n capture"),
    ("Debian, Ubuntu", "rm /usr/local/share/ca-certificates/capture.crt && update-ca-certificates --fresh"),
    ("macOS", "security delete-certificate -c \"Countersign capture (this computer only)\" -t"),
    ("Windows", "certutil -user -delstore Root \"Countersign capture (this computer only)\""),
    ("variables", "unset SSL_CERT_FILE and others that name a copy of the certificate, and remove the copy"),
];

/// The reason why no server can be verified.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// There are no root certificates at all.
    #[error("no trusted root certificates: the platform has none and SSL_CERT_FILE names none{0}")]
    NoRoots(String),
    /// A file that the user named cannot be used.
    #[error("{path}: {problem}", path = .0.display(), problem = .1)]
    File(PathBuf, String),
    /// The TLS library refuses a certificate or a setting.
    #[error("{0}")]
    Tls(#[from] rustls::Error),
}

/// Returns every root certificate that is trusted, and the errors of those that could not be loaded.
pub fn roots() -> (Vec<CertificateDer<'static>>, Vec<String>) {
    let found = load_native_certs();
    let mut certificates = found.certs;
    let errors = found.errors.iter().map(|error| format!("; {error}")).collect();
    // With either variable set, the above has read only what they name; the platform's own are trusted as well.
    if std::env::var_os("SSL_CERT_FILE").is_some() || std::env::var_os("SSL_CERT_DIR").is_some() {
        certificates.extend(platform_roots());
    }
    // The two sources overlap.
    certificates.sort_unstable_by(|a, b| a.as_ref().cmp(b.as_ref()));
    certificates.dedup();
    (certificates, errors)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn platform_roots() -> Vec<CertificateDer<'static>> {
    openssl_probe::candidate_cert_dirs()
        .flat_map(|folder| rustls_native_certs::load_certs_from_paths(None, Some(folder)).certs)
        .collect()
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn platform_roots() -> Vec<CertificateDer<'static>> {
    Vec::new()
}

/// The user's settings for TLS.
#[derive(Clone, Debug, Default)]
pub struct Extra {
    /// A PEM file of certificates that are trusted besides the platform's roots.
    pub authorities: Option<PathBuf>,
    /// The client's own certificate, for servers that ask for one.
    pub identity: Option<Identity>,
    /// The verification of servers' certificates.
    pub verification: Verification,
}

/// A choice whether a server's certificate must be trusted and issued for its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verification {
    /// It must.
    #[default]
    Needed,
    /// It need not: the user said so.
    Waived,
}

/// A client's certificate and its key, in PEM files.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The certificate, followed by those that lead from it to a root.
    pub certificate: PathBuf,
    /// The key in PKCS#8, PKCS#1 or SEC1. If it is `None`, the key is in the certificate's file.
    pub key: Option<PathBuf>,
}

impl Identity {
    fn read(&self) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), TrustError> {
        let key = self.key.as_ref().unwrap_or(&self.certificate);
        let certificates = certificates(&self.certificate)?;
        let key = PrivateKeyDer::from_pem_file(key).map_err(|error| TrustError::File(key.clone(), reason(error)))?;
        Ok((certificates, key))
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TrustError> {
    let failed = |text: String| TrustError::File(path.to_owned(), text);
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match read {
        Ok(list) if list.is_empty() => Err(failed("holds no certificate in PEM".to_owned())),
        Ok(list) => Ok(list),
        Err(error) => Err(failed(reason(error))),
    }
}

/// Returns the reason without the text that was read, which may be a key.
fn reason(error: pem::Error) -> String {
    match error {
        pem::Error::Io(error) => error.to_string(),
        pem::Error::NoItemsFound => "holds no key or certificate in PEM (or an encrypted one)".to_owned(),
        _ => "is not PEM".to_owned(),
    }
}

/// Returns the reason for which a certificate was refused that webpki would have taken, if it is why this failed.
#[must_use]
pub fn refused(error: &io::Error) -> Option<String> {
    match error.get_ref()?.downcast_ref()? {
        rustls::Error::InvalidCertificate(CertificateError::Other(other)) if other.0.is::<Refusal>() => {
            Some(format!("the certificate is not trusted: {}", other.0))
        }
        _ => None,
    }
}

/// Returns the platform's roots and those of the user's settings, and the errors of those that could not be loaded.
fn all_roots(extra: &Extra) -> Result<(Vec<CertificateDer<'static>>, Vec<String>), TrustError> {
    let (mut list, errors) = roots();
    if let Some(path) = &extra.authorities {
        list.extend(certificates(path)?);
    }
    Ok((list, errors))
}

/// Returns the TLS configuration of a client that speaks HTTP/1.1.
///
/// # Errors
/// Returns [`TrustError::NoRoots`] if there is nothing to trust, and [`TrustError::File`] if a file cannot be used.
pub fn client_config(extra: &Extra) -> Result<Arc<ClientConfig>, TrustError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier: Arc<dyn ServerCertVerifier> = match extra.verification {
        Verification::Needed => {
            let (certificates, errors) = all_roots(extra)?;
            Arc::new(Verifier::new(certificates, &provider)?.ok_or_else(|| TrustError::NoRoots(errors.concat()))?)
        }
        Verification::Waived => Arc::new(Unverified(provider.signature_verification_algorithms)),
    };
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    let mut config = match &extra.identity {
        Some(identity) => {
            let (certificates, key) = identity.read()?;
            builder.with_client_auth_cert(certificates, key)?
        }
        None => builder.with_no_client_auth(),
    };
    // A server that was offered HTTP/2 might choose it, and requests sent verbatim cannot use it.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
