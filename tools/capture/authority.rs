//! The certificate authority of the proxy, which is made on first use, and the certificates that it issues for hosts.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use countersign_shared::error::Error;
use countersign_shared::moment;
use countersign_shared::places::{self, Existing};
use countersign_shared::trust::{AUTHORITY_FILE, AUTHORITY_NAME};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    SanType,
};
use tokio_rustls::rustls;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::ServerConfig;
use zeroize::Zeroizing;

use crate::certificate;
use crate::permitted::Permitted;

/// The validity of the authority. It stays behind in trust stores, where nobody looks again: after a year it is worth
/// nothing to whoever gets hold of its key. A shorter life would make people who use it every day trust it again too often.
const AUTHORITY_DAYS: u64 = 365;

/// The last days of the authority, in which a renewal is advised.
const LAST_DAYS: u64 = 30;

/// The validity of a leaf. Browsers accept 398 days at most.
const LEAF_DAYS: u64 = 397;

/// The largest number of leaves that are kept. The oldest is dropped first.
const CACHE_LIMIT: usize = 1000;

/// The length of a serial number in bytes.
const SERIAL_BYTES: usize = 16;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The reason why there is no authority, or no certificate for a host.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AuthorityError {
    /// The file cannot be read or made.
    #[error("{path}: {source}", path = .path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The file holds something other than a certificate and its key.
    #[error("{path}: holds no certificate and key of capture; `capture ca --renew > capture-ca.pem` makes a new authority, \
             which clients have to trust anew", path = .path.display())]
    Broken {
        /// The file.
        path: PathBuf,
    },
    /// The certificate has expired.
    #[error("{path}: the certificate of capture's authority has expired; `capture ca --renew > capture-ca.pem` makes a new \
             one, which clients have to trust anew", path = .path.display())]
    Expired {
        /// The file.
        path: PathBuf,
    },
    /// The authority may not sign for this host.
    #[error("capture's authority can sign only for {permitted}, so this was refused; `capture ca {options} > capture-ca.pem` \
             makes a new one, which clients have to trust anew", options = .permitted.options_with(.host))]
    NotPermitted {
        /// The host.
        host: String,
        /// The names that the authority may sign for.
        permitted: Permitted,
    },
    /// The system has no randomness for a serial number, or there is no folder for state.
    #[error(transparent)]
    Other(#[from] Error),
    /// A certificate cannot be made.
    #[error("no certificate can be made: {0}")]
    Make(#[from] rcgen::Error),
    /// The TLS library refuses the certificate.
    #[error("no certificate can be used: {0}")]
    Tls(#[from] rustls::Error),
}

/// The authority: its certificate and key, and the leaves made so far.
pub(crate) struct Authority {
    path: PathBuf,
    certificate: String,
    issuer: Issuer<'static, KeyPair>,
    permitted: Permitted,
    /// The time until which it is valid.
    end: SystemTime,
    /// All leaves share one key, which saves making one for each host.
    leaf_key: KeyPair,
    leaves: RefCell<Leaves>,
}

#[derive(Default)]
struct Leaves {
    configs: HashMap<String, Arc<ServerConfig>>,
    order: VecDeque<String>,
}

impl Authority {
    /// Opens the authority in this folder (created 0700 if missing). If there is none yet, one is made that can sign for
    /// what is permitted. Processes that do so at the same time all get the same one.
    ///
    /// # Errors
    /// Returns an [`AuthorityError`] if the file cannot be read or made, holds something else, or has expired.
    pub(crate) fn open(folder: &Path, permitted: &Permitted) -> Result<Self, AuthorityError> {
        let path = folder.join(AUTHORITY_FILE);
        let text = match places::read_own(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => create(folder, &path, permitted)?,
            Err(source) => return Err(AuthorityError::File { path, source }),
        };
        let authority = Self::from_text(path, &text)?;
        if authority.end < SystemTime::now() {
            return Err(AuthorityError::Expired { path: authority.path });
        }
        Ok(authority)
    }

    /// Makes a new authority, with a new key, in place of the one in this folder. It can sign for what is permitted or, if
    /// `permitted` is `None`, for what the old one could: nobody should get a more powerful one without asking for it.
    ///
    /// # Errors
    /// Returns an [`AuthorityError`] if the new file cannot be made.
    pub(crate) fn renew(folder: &Path, permitted: Option<Permitted>) -> Result<Self, AuthorityError> {
        let path = folder.join(AUTHORITY_FILE);
        let in_file = |source| AuthorityError::File { path: path.clone(), source };
        let old = places::read_own(&path).ok().and_then(|text| Self::from_text(path.clone(), &text).ok());
        let permitted = permitted.or_else(|| old.map(|old| old.permitted)).unwrap_or(Permitted::All);
        places::private_folder(folder).map_err(in_file)?;
        let text = new_authority(&permitted)?;
        places::write_private(&path, text.as_bytes(), Existing::Replace).map_err(in_file)?;
        Self::from_text(path, &text)
    }

    fn from_text(path: PathBuf, text: &str) -> Result<Self, AuthorityError> {
        let broken = || AuthorityError::Broken { path: path.clone() };
        let (der, key) = certificate::pair(text).ok_or_else(broken)?;
        let (_, parsed) = x509_parser::parse_x509_certificate(&der).map_err(|_| broken())?;
        let key = KeyPair::try_from(&key).map_err(|_| broken())?;
        // A certificate and a key of different pairs would only fail later, as a leaf that no client accepts.
        if parsed.public_key().subject_public_key.data.as_ref() != key.public_key_raw() {
            return Err(broken());
        }
        let permitted = Permitted::of_certificate(&parsed);
        let seconds = u64::try_from(parsed.validity().not_after.timestamp()).unwrap_or_default();
        let end = UNIX_EPOCH + Duration::from_secs(seconds);
        let issuer = Issuer::from_ca_cert_der(&der, key)?;
        let certificate = certificate::pem("CERTIFICATE", &der);
        let (leaf_key, leaves) = (KeyPair::generate()?, RefCell::default());
        Ok(Self { path, certificate, issuer, permitted, end, leaf_key, leaves })
    }

    /// Returns what the authority may sign for.
    pub(crate) fn permitted(&self) -> &Permitted {
        &self.permitted
    }

    /// Returns the advice to renew the authority, if it ends soon.
    pub(crate) fn renewal_advice(&self) -> Option<String> {
        let left = self.end.duration_since(SystemTime::now()).unwrap_or_default();
        let days = left.as_secs() / DAY.as_secs();
        (days < LAST_DAYS).then(|| {
            format!(
                "the certificate of capture's authority ends in {days} days; `capture ca --renew > capture-ca.pem` makes a \
                 new one, which clients have to trust anew"
            )
        })
    }

    /// Returns the authority's certificate in PEM, without the key.
    pub(crate) fn certificate_pem(&self) -> &str {
        &self.certificate
    }

    /// Returns the file that the authority is kept in.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the TLS configuration for clients of this host: HTTP/1.1, and a certificate for the name or address.
    ///
    /// # Errors
    /// Returns an [`AuthorityError`] if the name cannot stand in a certificate.
    pub(crate) fn server_config(&self, host: &str) -> Result<Arc<ServerConfig>, AuthorityError> {
        if let Some(config) = self.leaves.borrow().configs.get(host) {
            return Ok(Arc::clone(config));
        }
        let config = Arc::new(self.new_config(host)?);
        let mut leaves = self.leaves.borrow_mut();
        // A client that asks for ever new names must not fill the memory.
        if leaves.order.len() >= CACHE_LIMIT
            && let Some(oldest) = leaves.order.pop_front()
        {
            leaves.configs.remove(&oldest);
        }
        leaves.order.push_back(host.to_owned());
        leaves.configs.insert(host.to_owned(), Arc::clone(&config));
        Ok(config)
    }

    fn new_config(&self, host: &str) -> Result<ServerConfig, AuthorityError> {
        if !self.permitted.contains(host) {
            return Err(AuthorityError::NotPermitted { host: host.to_owned(), permitted: self.permitted.clone() });
        }
        let leaf = leaf_params(host)?.signed_by(&self.leaf_key, &self.issuer)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.leaf_key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![leaf.der().clone()], key)?;
        // Only HTTP/1.1 is read here, so h2 must not be agreed on, even with a client that prefers it.
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}

/// Returns the contents of a certificate for one name or address.
fn leaf_params(host: &str) -> Result<CertificateParams, AuthorityError> {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    // RFC 5280 limits a common name to 64 characters. Clients compare the alternative name.
    let (common, alternative) = match host.parse::<IpAddr>() {
        // OpenSSL holds a common name that looks like a domain, as an address does, to the constraints of domains.
        Ok(address) => ("An address".to_owned(), SanType::IpAddress(address)),
        Err(_) => (host.chars().take(64).collect(), SanType::DnsName(host.try_into()?)),
    };
    params.distinguished_name.push(DnType::CommonName, common);
    params.subject_alt_names = vec![alternative];
    // OpenSSL's strict verification, the default in Python 3.13, wants this extension.
    params.use_authority_key_identifier_extension = true;
    // The key of a leaf is for ECDSA. It signs the handshake and encrypts nothing, so it needs no other usage.
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    set_serial(&mut params)?;
    set_validity(&mut params, LEAF_DAYS);
    Ok(params)
}

/// Gives a certificate a serial number of its own. RFC 5280 section 4.1.2.2: it is unique for each certificate of an
/// authority, which Firefox holds it to. rcgen would make it from the public key, and all leaves share one.
fn set_serial(params: &mut CertificateParams) -> Result<(), AuthorityError> {
    params.serial_number = Some(moment::random(SERIAL_BYTES)?.into());
    Ok(())
}

/// Makes a certificate valid for this many days from yesterday, because clocks differ.
fn set_validity(params: &mut CertificateParams, days: u64) {
    let from = SystemTime::now() - DAY;
    let days = Duration::from_secs(days * DAY.as_secs());
    params.not_before = from.into();
    params.not_after = (from + days).into();
}

/// Makes a new authority and returns its certificate and key in PEM.
fn new_authority(permitted: &Permitted) -> Result<Zeroizing<String>, AuthorityError> {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, AUTHORITY_NAME);
    // A path length of 0 forbids authorities below this one (RFC 5280 section 4.2.1.9): it signs leaves only.
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign, KeyUsagePurpose::DigitalSignature];
    // Where a whole system trusts it, it must not vouch for code or mail.
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.name_constraints = permitted.constraints();
    set_serial(&mut params)?;
    set_validity(&mut params, AUTHORITY_DAYS);
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    let key = Zeroizing::new(certificate::pem("PRIVATE KEY", key.serialized_der()));
    Ok(Zeroizing::new(certificate::pem("CERTIFICATE", certificate.der()) + &key))
}

/// Makes the authority's file. It appears whole or not at all, and if several processes make one, the first wins.
fn create(folder: &Path, path: &Path, permitted: &Permitted) -> Result<Zeroizing<String>, AuthorityError> {
    let in_file = |source| AuthorityError::File { path: path.to_owned(), source };
    places::private_folder(folder).map_err(in_file)?;
    let text = new_authority(permitted)?;
    match places::write_private(path, text.as_bytes(), Existing::Keep) {
        Ok(()) => Ok(text),
        // Another process was first. Its authority counts, since a client may trust that one already.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => places::read_own(path).map_err(in_file),
        Err(error) => Err(in_file(error)),
    }
}
