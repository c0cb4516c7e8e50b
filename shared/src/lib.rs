//! The core of Countersign: what a request is, how it gets in and out, and how it is authorized.
//!
//! A line of JSON becomes a [`request::Request`]; it is completed, authorized, then written or sent. Nothing flows
//! back, and after authorization nothing touches the request.
//!
//! ```text
//! read ──> complete ──> authorize ──> write
//! (pipe,   (host, type,  (auth: one
//! formats)  body bytes)   file a scheme)
//! ```
//!
//! Imports run one way: cli → auth, formats, cookies → request, pipe → url, headers, body → encode, hash, secret, moment, error.

pub mod auth;
pub mod body;
pub mod bridge;
pub mod challenge;
pub mod cli;
pub mod cookies;
mod dots;
pub mod duration;
pub mod encode;
pub mod endpoint;
pub mod error;
pub mod formats;
pub mod hash;
pub mod headers;
mod ini;
pub mod json;
pub mod key;
pub mod lock;
pub mod moment;
pub mod netrc;
pub mod oauth;
pub mod options;
pub mod pipe;
pub mod places;
pub mod proxies;
pub mod request;
pub mod response;
pub mod secret;
pub mod send;
pub mod slice;
pub mod terminal;
pub mod transport;
pub mod trust;
pub mod url;
pub mod wire;
