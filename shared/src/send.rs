//! How requests reach servers.
//!
//! What comes through the pipe goes out exactly as it is written there (`verbatim`): every header in its place and
//! spelling, nothing added. What tools ask on their own account, tokens and credentials, goes out by a library that many
//! servers know (`service`). Both follow no redirect and repeat nothing; what follows on a response is [`exchange`]'s
//! business.

mod connection;
pub mod exchange;
mod service;
mod verbatim;

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::client::ClientConfig;

use crate::error::Error;
use crate::proxies::Proxies;
use crate::secret::Secret;
use crate::transport::{Lazy, Limits};
use crate::trust;

/// What a user can set about the network.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long one exchange may take at most.
    pub time: Duration,
    /// How long connecting may take, TLS included.
    pub connect: Duration,
    /// `--proxy`: a proxy for everything, or nothing for none; else the environment says.
    pub proxy: Option<Secret>,
    /// What is trusted besides the platform's roots, and who we are.
    pub trust: trust::Extra,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(300),
            connect: Duration::from_secs(30),
            proxy: None,
            trust: trust::Extra::default(),
        }
    }
}

impl Settings {
    /// The same, with servers verified or not.
    #[must_use]
    pub fn with_verification(mut self, verification: trust::Verification) -> Self {
        self.trust.verification = verification;
        self
    }

    fn proxies(&self) -> Result<Proxies, Error> {
        match &self.proxy {
            Some(proxy) => Proxies::from_option("--proxy", proxy.expose()),
            None => Proxies::from_environment(),
        }
    }

    fn tls(&self) -> Result<Arc<ClientConfig>, Error> {
        trust::client_config(&self.trust).map_err(|error| match error {
            trust::TrustError::File(..) => Error::Usage(error.to_string()),
            error => Error::Failed(error.to_string()),
        })
    }

    /// When an exchange that begins now must be over.
    fn deadline(&self, limits: Limits) -> Instant {
        Instant::now() + self.time.min(limits.time)
    }
}

/// The way for the requests of the pipe. Proxies and trust are looked up when the first one is sent.
#[must_use]
pub fn requests(settings: Arc<Settings>) -> Lazy {
    Lazy::new(Box::new(move || Ok(Box::new(verbatim::Verbatim::new(&settings)?))))
}

/// The way for what a tool asks on its own account.
#[must_use]
pub fn services(settings: Arc<Settings>) -> Lazy {
    Lazy::new(Box::new(move || Ok(Box::new(service::Service::new(&settings)?))))
}
