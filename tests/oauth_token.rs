//! `oauth-token`, the real binary: the store, refreshing, handing out, and the grants against servers that others wrote.

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
