//! The user's network settings.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::client::ClientConfig;

use crate::error::Error;
use crate::proxies::Proxies;
use crate::secret::Secret;
use crate::transport::{Limits, PlainSecrets};
use crate::trust;

/// The network options of a tool.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The time that one exchange may take.
    pub time: Duration,
    /// The time that connecting may take, TLS included.
    pub connect: Duration,
    /// `--proxy`: a proxy for everything, or an empty text for no proxy. If it is `None`, the environment decides.
    pub proxy: Option<Secret>,
    /// The settings for TLS.
    pub trust: trust::Extra,
    /// The choice about secrets that a tool itself would send over plain HTTP.
    pub plain: PlainSecrets,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(300),
            connect: Duration::from_secs(30),
            proxy: None,
            trust: trust::Extra::default(),
            plain: PlainSecrets::default(),
        }
    }
}

impl Settings {
    /// Returns the same settings with another choice whether servers are verified.
    #[must_use]
    pub fn with_verification(mut self, verification: trust::Verification) -> Self {
        self.trust.verification = verification;
        self
    }

    /// Returns the proxies of the option or of the environment.
    pub(super) fn proxies(&self) -> Result<Proxies, Error> {
        match &self.proxy {
            Some(proxy) => Proxies::from_option("--proxy", proxy.expose()),
            None => Proxies::from_environment(),
        }
    }

    /// Returns the TLS configuration. A file that the user named and that cannot be used is an error of usage.
    pub(super) fn tls(&self) -> Result<Arc<ClientConfig>, Error> {
        trust::client_config(&self.trust).map_err(|error| match error {
            trust::TrustError::File(..) => Error::Usage(error.to_string()),
            error => Error::Failed(error.to_string()),
        })
    }

    /// Returns the moment when an exchange that begins now must be over.
    pub(super) fn deadline(&self, limits: Limits) -> Instant {
        Instant::now() + self.time.min(limits.time)
    }
}
