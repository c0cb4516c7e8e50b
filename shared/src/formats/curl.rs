//! curl: what it must be told so that it sends a request as it is, and what its command lines say.

pub(crate) mod config;
mod settings;
mod spool;

pub use spool::Spool;
