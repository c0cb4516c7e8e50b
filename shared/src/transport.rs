//! The interface to the network. Schemes that must ask a server, and credentials that a service hands out, see only this.

use std::time::Duration;

use crate::error::Error;
use crate::request::Request;
use crate::response::Response;
use crate::url::{Protocol, Url};

/// Sends requests to servers. An implementation follows no redirect and repeats nothing.
pub trait Transport: Send + Sync {
    /// Sends a request and returns the response.
    ///
    /// # Errors
    /// Returns [`Error::Network`] if the server cannot be reached or time runs out, and [`Error::Failed`] if the response
    /// cannot be read or is too long.
    fn send(&self, request: &Request<'_>, limits: Limits) -> Result<Response, Error>;

    /// Makes a transport of its own for credentials that authorize a connection, as NTLM's do. It speaks HTTP/1.1 and
    /// has one connection to each origin, which it uses again as long as the server keeps it open.
    ///
    /// # Errors
    /// Returns an error if the settings of the new transport are wrong.
    fn alone(&self) -> Result<Box<dyn Transport>, Error>;

    /// Returns the user's choice about secrets over plain HTTP.
    fn plain(&self) -> PlainSecrets {
        PlainSecrets::Refused
    }

    /// Checks that a secret may go to this URL. Over plain HTTP everybody on the way could read it (RFC 6749 section 3.2
    /// requires TLS); only this machine is no way.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if the URL is plain HTTP to another machine and the user did not allow that.
    fn check_way(&self, url: &Url<'_>) -> Result<(), Error> {
        if url.protocol() == Protocol::Https || url.is_of_this_machine() || self.plain() == PlainSecrets::Allowed {
            return Ok(());
        }
        let problem = "secrets would go over plain http, for everybody on the way to read: use https, or --allow-http";
        Err(Error::Failed(format!("{}: {problem}", url.origin())))
    }
}

/// A choice whether secrets may go to other machines over plain HTTP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlainSecrets {
    /// They may not.
    #[default]
    Refused,
    /// They may: the user said so.
    Allowed,
}

/// The limits of one exchange, and the route that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The time that it may take, from connecting to the last byte, if the user set no shorter one.
    pub time: Duration,
    /// The largest body of the response, in bytes.
    pub bytes: usize,
    /// The route to the server.
    pub route: Route,
}

/// The route that a request takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Through the proxy that the options or the environment name, if there is one.
    Usual,
    /// Straight to the server, for addresses that only this machine can reach.
    Direct,
}

/// The limits for the user's requests: a day, and the longest body that in base64 still fits into a line that we read.
impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(86_400), bytes: 90 << 20, route: Route::Usual }
    }
}

impl Limits {
    /// The limits for what tools ask on their own account (tokens, credentials, challenges): half a minute, and 1 MiB.
    pub const SERVICE: Self = Self { time: Duration::from_secs(30), bytes: 1 << 20, route: Route::Usual };
}

/// A function that makes a transport. It is called for the first request: a tool that sends nothing loads no trust roots.
pub type Connect = Box<dyn Fn() -> Result<Box<dyn Transport>, Error> + Send + Sync>;

/// A transport that is made when it is first used.
pub struct Lazy {
    connect: Connect,
    made: std::sync::OnceLock<Box<dyn Transport>>,
}

impl Lazy {
    /// A transport that is not made yet.
    #[must_use]
    pub fn new(connect: Connect) -> Self {
        Self { connect, made: std::sync::OnceLock::new() }
    }

    /// Returns the transport, and makes it first if necessary.
    ///
    /// # Errors
    /// Returns the error of making it if, for example, a certificate file cannot be read.
    pub fn get(&self) -> Result<&dyn Transport, Error> {
        if self.made.get().is_none() {
            let transport = (self.connect)()?;
            // If another thread was quicker, its transport serves both.
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
