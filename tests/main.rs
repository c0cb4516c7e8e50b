//! All integration tests: one binary with a module for each tool, and the harness that they share.
//!
//! `cargo test --test all capture` runs one module, and `cargo test --test all sign::aws::vectors` one below it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[cfg(unix)]
mod bridge;
#[cfg(unix)]
mod bridge_install;
#[cfg(target_os = "linux")]
mod browsers;
mod capture;
#[cfg(unix)]
mod certificates;
#[cfg(unix)]
mod cookie_sync;
mod documents;
#[cfg(unix)]
mod extension;
#[cfg(target_os = "linux")]
mod growth;
mod oauth_token;
mod pipes;
mod sign;
mod source;
mod support;
