//! The rules of RFC 5280 about who may sign a certificate that webpki leaves to its caller. It takes no more from a trusted
//! certificate than name, key and name constraints, since it expects nothing but authorities there. Users name other
//! certificates too: that of one server, or one that a distribution made for tests and put beside its roots.

use rustls::pki_types::{CertificateDer, UnixTime};
use x509_parser::certificate::X509Certificate;
use x509_parser::time::ASN1Time;

/// The reason why a certificate is not trusted although a trusted one vouches for it, or is itself the trusted one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    /// The trusted certificate is no authority's.
    #[error("it is signed with a trusted certificate that is no authority's, which is trusted for itself alone")]
    NoAuthority,
    /// An authority on the way may not sign certificates.
    #[error("an authority on its way may not sign certificates: its keyUsage has no keyCertSign")]
    KeyUsage,
    /// There are more authorities on the way than the trusted one allows.
    #[error("the trusted authority's pathLenConstraint allows fewer authorities below it")]
    PathLength,
    /// The certificate, or the trusted one above it, is for another purpose.
    #[error("it, or the trusted authority, is not for servers, by extendedKeyUsage or keyUsage")]
    Purpose,
    /// The trusted certificate is not valid any more, or not yet.
    #[error("the trusted certificate that vouches for it is not valid at this time")]
    Dates,
    /// The trusted certificate has a critical extension that is not known here.
    #[error("the trusted authority has a critical extension that is not known here")]
    Critical,
    /// A certificate cannot be read.
    #[error("a certificate on its way cannot be read")]
    Unreadable,
}

fn parsed<'a>(certificate: &'a CertificateDer<'_>) -> Result<X509Certificate<'a>, Refusal> {
    x509_parser::parse_x509_certificate(certificate).map(|(_, parsed)| parsed).map_err(|_| Refusal::Unreadable)
}

/// Checks that a server may use its certificate.
///
/// # Errors
/// Returns [`Refusal::Purpose`] if it is for something else.
pub(super) fn check_server(certificate: &CertificateDer<'_>) -> Result<(), Refusal> {
    let certificate = parsed(certificate)?;
    check_purpose(&certificate)?;
    let usage = certificate.key_usage().map_err(|_| Refusal::Unreadable)?;
    // One of these three is what each handshake of TLS needs (RFC 5280 section 4.2.1.12, RFC 8446 section 4.4.2.2).
    let serves = usage.is_none_or(|usage| {
        usage.value.digital_signature() || usage.value.key_encipherment() || usage.value.key_agreement()
    });
    if serves { Ok(()) } else { Err(Refusal::Purpose) }
}

/// Checks that a certificate may be used at this time.
///
/// # Errors
/// Returns [`Refusal::Dates`] if it is too early or too late.
pub(super) fn check_dates(certificate: &CertificateDer<'_>, now: UnixTime) -> Result<(), Refusal> {
    check_validity(&parsed(certificate)?, now)
}

fn check_validity(certificate: &X509Certificate<'_>, now: UnixTime) -> Result<(), Refusal> {
    let now = i64::try_from(now.as_secs()).ok().and_then(|now| ASN1Time::from_timestamp(now).ok());
    if now.is_some_and(|now| certificate.validity().is_valid_at(now)) { Ok(()) } else { Err(Refusal::Dates) }
}

/// Checks the authorities of a path whose signatures, names and dates fit: those that the server sent, and the trusted one.
///
/// # Errors
/// Returns the [`Refusal`] if one of them may not sign what it signed.
pub(super) fn check_authorities(
    trusted: &CertificateDer<'_>,
    others: &[CertificateDer<'_>],
    now: UnixTime,
) -> Result<(), Refusal> {
    let trusted = parsed(trusted)?;
    check_validity(&trusted, now)?;
    let longest = path_length(&trusted)?;
    check_key_usage(&trusted)?;
    // webpki looks at this purpose in every certificate of the path but the trusted one.
    check_purpose(&trusted)?;
    if trusted.extensions().iter().any(|extension| extension.critical && extension.parsed_extension().unsupported()) {
        return Err(Refusal::Critical);
    }
    let mut length = 0;
    for other in others {
        let other = parsed(other)?;
        check_key_usage(&other)?;
        // An authority that goes over to a new key signs itself, which counts for nothing (RFC 5280 section 4.2.1.9).
        if !is_self_issued(&other) {
            length += 1;
        }
    }
    if longest.is_some_and(|longest| length > longest) { Err(Refusal::PathLength) } else { Ok(()) }
}

/// Returns the number of authorities that a trusted one allows below it; `None` is any.
///
/// A certificate of version 3 is an authority's if it says so (RFC 5280 sections 4.2.1.9 and 6.1.4 (k)). Version 1 had no
/// place to say it: OpenSSL takes those for authorities that sign themselves, as the roots of that time do.
fn path_length(trusted: &X509Certificate<'_>) -> Result<Option<u32>, Refusal> {
    match trusted.basic_constraints().map_err(|_| Refusal::Unreadable)? {
        Some(constraints) if constraints.value.ca => Ok(constraints.value.path_len_constraint),
        None if trusted.version() == x509_parser::x509::X509Version::V1 && is_self_issued(trusted) => Ok(None),
        _ => Err(Refusal::NoAuthority),
    }
}

fn is_self_issued(certificate: &X509Certificate<'_>) -> bool {
    certificate.subject().as_raw() == certificate.issuer().as_raw()
}

/// Checks that an authority may sign certificates (RFC 5280 section 6.1.4 (n)).
fn check_key_usage(authority: &X509Certificate<'_>) -> Result<(), Refusal> {
    let usage = authority.key_usage().map_err(|_| Refusal::Unreadable)?;
    if usage.is_none_or(|usage| usage.value.key_cert_sign()) { Ok(()) } else { Err(Refusal::KeyUsage) }
}

/// Checks that a certificate which names purposes names that of a server, as OpenSSL and webpki read them: "any" is not
/// enough.
fn check_purpose(certificate: &X509Certificate<'_>) -> Result<(), Refusal> {
    let purposes = certificate.extended_key_usage().map_err(|_| Refusal::Unreadable)?;
    if purposes.is_none_or(|purposes| purposes.value.server_auth) { Ok(()) } else { Err(Refusal::Purpose) }
}
