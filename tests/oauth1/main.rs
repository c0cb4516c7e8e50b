//! `sign oauth1` before its judges: the published examples at every step, oauthlib as a second opinion on random requests,
//! and a provider that verifies. None of them shares code with the signer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod behaviour;
mod case;
mod differential;
mod provider;
mod vectors;
mod verifier;
