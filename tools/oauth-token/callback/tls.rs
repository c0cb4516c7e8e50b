//! TLS for a redirect URI with https: a self-signed certificate that lives as long as the listener.

use std::io::{Read, Write};
use std::sync::Arc;

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use countersign_shared::error::Error;

/// A TLS server with its own certificate.
pub(super) struct Certificate(Arc<ServerConfig>);

impl Certificate {
    /// Makes a certificate for a host.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if key or certificate cannot be made.
    pub(super) fn for_host(host: &str) -> Result<Self, Error> {
        let fail = |what: String| Error::Failed(format!("no certificate for the callback: {what}"));
        // The brackets of an IPv6 address belong to URLs, and a certificate has the address without them.
        let host = host.trim_matches(['[', ']']).to_owned();
        let made = rcgen::generate_simple_self_signed([host]).map_err(|error| fail(error.to_string()))?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        // The provider is named, because the plain builder panics if it cannot tell which one is meant.
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map(|builder| builder.with_no_client_auth())
            .and_then(|builder| builder.with_single_cert(vec![made.cert.der().clone()], key));
        config.map(|config| Self(Arc::new(config))).map_err(|error| fail(error.to_string()))
    }

    /// Returns the server's end of a connection. The handshake happens when the first byte is read.
    pub(super) fn accept<S: Read + Write>(&self, stream: S) -> Option<StreamOwned<ServerConnection, S>> {
        let connection = ServerConnection::new(Arc::clone(&self.0)).ok()?;
        Some(StreamOwned::new(connection, stream))
    }
}
