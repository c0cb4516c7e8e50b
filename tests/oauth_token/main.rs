//! `oauth-token`, the real binary: the store, refreshing, handing out, and the grants against servers that others wrote.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod authlib;
mod chromium;
mod disk;
mod forged;
mod grants;
mod handout;
mod helpers;
mod home;
mod kept;
mod listener;
mod profiles;
mod provider;
mod signing;
