//! OAuth tokens: their grants, their store, and requests to token endpoints.
//!
//! `oauth-token` gets tokens by every grant. `sign oauth2` only takes kept tokens and refreshes them. This module holds what
//! both need.

pub mod assertion;
pub mod block;
pub mod client;
pub mod dialect;
pub mod endpoint;
pub mod form;
pub mod grant;
#[cfg(feature = "net")]
pub mod keeper;
pub mod locks;
pub mod refresh;
pub mod store;
pub mod style;
pub mod token;
pub mod unattended;
pub mod words;
pub mod workload;

pub use block::Blocks;
pub use client::{Authentication, Client};
pub use endpoint::TokenEndpoint;
pub use form::Form;
pub use grant::{Endpoints, Grant, GrantSettings, is_reference};
#[cfg(feature = "net")]
pub use keeper::Keeper;
pub use store::{Entry, FileStore, HelperStore, Store};
pub use style::Style;
pub use token::{Token, Used};
pub use unattended::Materials;
