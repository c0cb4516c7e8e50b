//! OAuth tokens: their grants, their store, and requests to token endpoints.
//!
//! `oauth-token` gets tokens by every grant. `sign oauth2` only takes kept tokens and refreshes them. This module holds what
//! both need.

pub mod block;
pub mod client;
pub mod endpoint;
pub mod form;
pub mod grant;
pub mod keeper;
pub mod refresh;
pub mod store;
pub mod token;

pub use block::Blocks;
pub use client::{Authentication, Client};
pub use endpoint::TokenEndpoint;
pub use form::Form;
pub use grant::{Endpoints, Grant, GrantSettings, is_reference};
pub use keeper::Keeper;
pub use store::{Entry, FileStore, HelperStore, Store};
pub use token::Token;
