//! The seam to the network: schemes that must ask a server, and credentials that a service hands out, see only this.

use std::time::Duration;

use crate::error::Error;
use crate::request::Request;
use crate::response::Response;

/// Brings a request to a server and its response back. Follows no redirect and repeats nothing.
pub trait Transport: Send + Sync {
    /// One request, one response.
    ///
    /// # Errors
    /// [`Error::Network`]: the server cannot be reached, or time ran out. [`Error::Failed`]: the request cannot be sent
    /// as it is, or the response is too long.
    fn send(&self, request: &Request<'_>, limits: Limits) -> Result<Response, Error>;

    /// A transport of its own for credentials that authorize a connection: HTTP/1.1, and for each origin one
    /// connection, which is used again as long as the server keeps it open.
    ///
    /// # Errors
    /// It cannot be made.
    fn alone(&self) -> Result<Box<dyn Transport>, Error>;
}

/// What one exchange may cost, and which way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long it may take, from connecting to the last byte, where the user set no shorter time.
    pub time: Duration,
    /// How long the response's body may be, in bytes.
    pub bytes: usize,
    /// Whether a proxy may come in between.
    pub route: Route,
}

/// The way that a request takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Through the proxy that options or environment name, if any.
    Usual,
    /// Straight to the server: addresses that only this machine can reach.
    Direct,
}

/// For what users ask for: a day, and the longest body that still fits into a line that we read (base64 and all).
impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(86_400), bytes: 90 << 20, route: Route::Usual }
    }
}

impl Limits {
    /// For what tools ask on their own account: tokens, credentials, challenges. Half a minute, and 1 MiB.
    pub const SERVICE: Self = Self { time: Duration::from_secs(30), bytes: 1 << 20, route: Route::Usual };
}

/// Makes a transport when the first request needs one: a tool that sends nothing loads no trust roots.
pub type Connect = Box<dyn Fn() -> Result<Box<dyn Transport>, Error> + Send + Sync>;

/// A transport that is made at its first use.
pub struct Lazy {
    connect: Connect,
    made: std::sync::OnceLock<Box<dyn Transport>>,
}

impl Lazy {
    /// Takes the way to make one.
    #[must_use]
    pub fn new(connect: Connect) -> Self {
        Self { connect, made: std::sync::OnceLock::new() }
    }

    /// The transport.
    ///
    /// # Errors
    /// It cannot be made: a certificate file is unreadable, say.
    pub fn get(&self) -> Result<&dyn Transport, Error> {
        if self.made.get().is_none() {
            let transport = (self.connect)()?;
            // Another thread may have been quicker; then its transport serves both.
            let _ = self.made.set(transport);
        }
        self.made.get().map(Box::as_ref).ok_or_else(|| Error::Failed("no transport".to_owned()))
    }
}

impl std::fmt::Debug for Lazy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lazy")
    }
}
