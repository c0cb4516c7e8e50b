//! `sign aws` before its judges: the published vectors, botocore as a second opinion on random requests and on the names of
//! all endpoints, and a server that verifies signatures. None of them shares code with the signer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod differential;
mod hosts;
mod random;
mod server;
mod specification;
mod steps;
mod vectors;
mod verifier;
