//! OAuth tokens: what they are, how they were got, where they are kept, and how a token endpoint is asked for one.
//!
//! `oauth-token` gets tokens in every way there is; `sign oauth2` only takes and refreshes those that are kept. What
//! both need is here.

pub mod client;
pub mod endpoint;
pub mod keeper;
pub mod recipe;
pub mod refresh;
pub mod store;
pub mod token;

pub use client::{Authentication, Client};
pub use endpoint::{Form, TokenEndpoint};
pub use keeper::Keeper;
pub use recipe::{Grant, Recipe};
pub use store::{Entry, FileStore, HelperStore, Store};
pub use token::Token;
