//! `oauth-token`, the real binary: the store, refreshing, handing out, and the grants against servers that others wrote.

mod authlib;
mod chromium;
mod clear;
mod discovered;
mod disk;
mod elsewhere;
mod foreign;
mod forged;
mod grants;
mod handout;
mod helpers;
mod home;
mod id_tokens;
mod kept;
mod listener;
#[cfg(unix)]
mod locks;
mod masks;
#[cfg(unix)]
mod owned;
mod presets;
mod profiles;
mod provider;
mod quirks;
mod signing;
mod variables;
mod workload;
