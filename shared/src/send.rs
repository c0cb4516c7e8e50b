//! Sending: requests go to servers, and their responses come back.
//!
//! There are two HTTP clients. Requests of the pipe go out exactly as they are written, every header in its place and
//! spelling (`verbatim`): that is what a signature covers. What tools ask on their own account, tokens and credentials,
//! goes out by reqwest, which many services know (`service`). Both follow no redirect and repeat nothing; that is
//! decided in [`exchange`].

mod connection;
pub mod exchange;
mod pool;
mod receive;
mod redirect;
mod service;
mod settings;
mod verbatim;

use std::sync::Arc;

use crate::transport::Lazy;

pub use settings::Settings;

/// Returns the transport for the requests of the pipe. Proxies and trust are looked up when the first one is sent.
#[must_use]
pub fn requests(settings: Arc<Settings>) -> Lazy {
    Lazy::new(Box::new(move || Ok(Box::new(verbatim::Verbatim::new(&settings)?))))
}

/// Returns the transport for what a tool asks on its own account.
#[must_use]
pub fn services(settings: Arc<Settings>) -> Lazy {
    Lazy::new(Box::new(move || Ok(Box::new(service::Service::new(&settings)?))))
}
