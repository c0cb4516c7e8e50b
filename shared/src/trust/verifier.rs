//! The verification of servers' certificates, and its absence.

use std::cell::Cell;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, OtherError, RootCertStore, SignatureScheme};
use webpki::{EndEntityCert, KeyUsage, VerifiedPath};

use super::rules::{self, Refusal};

/// Verifies as webpki does, and differs from it in two things that users of OpenSSL rely on. A trusted certificate signs
/// for others only if it is an authority's. A server's own certificate that was put among the roots is trusted, for that
/// server alone.
#[derive(Debug)]
pub(super) struct Verifier {
    /// Has the words for what is wrong, which it finds once more.
    webpki: Arc<WebPkiServerVerifier>,
    algorithms: WebPkiSupportedAlgorithms,
    /// The trusted certificates, sorted.
    certificates: Vec<CertificateDer<'static>>,
    /// The place of each root's certificate, in the order of the roots.
    places: Vec<usize>,
    store: Arc<RootCertStore>,
}

impl Verifier {
    /// Returns the verifier that trusts these certificates, or `None` if none of them can be used.
    ///
    /// # Errors
    /// Returns the TLS library's error if it refuses the roots.
    pub(super) fn new(
        mut certificates: Vec<CertificateDer<'static>>,
        provider: &Arc<CryptoProvider>,
    ) -> Result<Option<Self>, rustls::Error> {
        certificates.sort_unstable_by(|a, b| a.as_ref().cmp(b.as_ref()));
        certificates.dedup();
        let mut store = RootCertStore::empty();
        // A root that rustls cannot read must not cost the others.
        let add = |(place, certificate): (usize, &CertificateDer<'static>)| {
            store.add(certificate.clone()).is_ok().then_some(place)
        };
        let places: Vec<usize> = certificates.iter().enumerate().filter_map(add).collect();
        if store.is_empty() {
            return Ok(None);
        }
        let store = Arc::new(store);
        let webpki = WebPkiServerVerifier::builder_with_provider(Arc::clone(&store), Arc::clone(provider))
            .build()
            .map_err(|error| rustls::Error::General(error.to_string()))?;
        let algorithms = provider.signature_verification_algorithms;
        Ok(Some(Self { webpki, algorithms, certificates, places, store }))
    }

    /// Verifies that authorities lead from a trusted one to this certificate. Returns the reason why they may not, if they
    /// do lead there: `Err(None)` means that webpki finds no way.
    fn verify_by_authority(
        &self,
        certificate: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<(), Option<Refusal>> {
        let refusal = Cell::new(None);
        let check = |path: &VerifiedPath<'_>| {
            let others: Vec<CertificateDer<'_>> = path.intermediate_certificates().map(webpki::Cert::der).collect();
            let trusted = self.certificate_of(path.anchor()).ok_or(Refusal::Unreadable);
            trusted.and_then(|trusted| rules::check_authorities(trusted, &others, now)).map_err(|found| {
                refusal.set(Some(found));
                // webpki goes on with the next way to a root.
                webpki::Error::UnknownIssuer
            })
        };
        let certificate = EndEntityCert::try_from(certificate).map_err(|_| None)?;
        let (algorithms, roots, usage) = (self.algorithms.all, &self.store.roots, KeyUsage::server_auth());
        let verified = certificate.verify_for_usage(algorithms, roots, others, now, usage, None, Some(&check));
        verified.map(drop).map_err(|_| refusal.get())
    }

    /// Returns the certificate that a root was made from. Two certificates may have one name and key, so the root itself
    /// is looked for, and none that is like it.
    fn certificate_of(&self, root: &TrustAnchor<'_>) -> Option<&CertificateDer<'static>> {
        let index = self.store.roots.iter().position(|one| std::ptr::eq(one, root))?;
        self.certificates.get(*self.places.get(index)?)
    }

    /// Verifies that a certificate is itself a trusted one.
    fn verify_as_trusted(&self, certificate: &CertificateDer<'_>, now: UnixTime) -> Result<(), Option<Refusal>> {
        if self.certificates.binary_search_by(|one| one.as_ref().cmp(certificate.as_ref())).is_err() {
            return Err(None);
        }
        rules::check_dates(certificate, now).map_err(Some)
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let by_authority = self.verify_by_authority(end_entity, intermediates, now);
        let verified = by_authority
            .or_else(|reason| self.verify_as_trusted(end_entity, now).map_err(|other| other.or(reason)))
            .and_then(|()| rules::check_server(end_entity).map_err(Some));
        match verified {
            Ok(()) => {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
                Ok(ServerCertVerified::assertion())
            }
            Err(Some(Refusal::Dates)) => Err(CertificateError::Expired.into()),
            Err(Some(refusal)) => Err(CertificateError::Other(OtherError(Arc::new(refusal))).into()),
            Err(None) => {
                let usual = self.webpki.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
                Err(match usual {
                    Err(error) if !matches!(error, rustls::Error::InvalidCertificate(CertificateError::Other(_))) => {
                        error
                    }
                    // webpki has reasons that only it knows (an authority's certificate used by a server, say). To a user
                    // they all mean that the certificate is not trusted.
                    _ => CertificateError::UnknownIssuer.into(),
                })
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.webpki.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.webpki.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.webpki.supported_verify_schemes()
    }
}

/// Accepts every certificate, as `--insecure` asks. The server must still have the certificate's key.
#[derive(Debug)]
pub(super) struct Unverified(pub(super) WebPkiSupportedAlgorithms);

impl ServerCertVerifier for Unverified {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_schemes()
    }
}
