//! The seam to the network: schemes that must ask a server, and credentials that a service hands out, see only this.

use crate::error::Error;
use crate::request::Request;
use crate::response::Response;

/// Brings a request to a server and its response back. Follows no redirect and repeats nothing.
pub trait Transport: Send + Sync {
    /// One request, one response.
    ///
    /// # Errors
    /// [`Error::Network`]: the server cannot be reached, or time ran out.
    fn send(&self, request: &Request<'_>) -> Result<Response, Error>;

    /// A transport of its own for credentials that authorize a connection: HTTP/1.1, and for each origin one
    /// connection, which is used again as long as the server keeps it open.
    ///
    /// # Errors
    /// It cannot be made.
    fn alone(&self) -> Result<Box<dyn Transport>, Error>;
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
