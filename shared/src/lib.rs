//! Signs HTTP requests: the core of Countersign as a library.
//!
//! ```
//! use countersign_shared::auth::aws::{self, parameters::{ACCESS_KEY, REGION, SECRET_KEY, SERVICE}};
//! use countersign_shared::auth::{Asker, Auth, Layers, Session, Values};
//! use countersign_shared::moment::Moment;
//! use countersign_shared::request::Request;
//! use countersign_shared::secret::Secret;
//!
//! let mut options = Values::default();
//! for (parameter, value) in [
//!     (ACCESS_KEY, "AKIDEXAMPLE"),
//!     (SECRET_KEY, "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
//!     (REGION, "us-east-1"),
//!     (SERVICE, "service"),
//! ] {
//!     options.set(&parameter, Secret::new(value));
//! }
//! let (environment, session) = (Values::default(), Session::default());
//! let table = &aws::TABLE;
//! let layers = Layers { table, options: &options, line: None, environment: &environment, session: &session, asker: Asker::User };
//!
//! let mut request = Request::new("GET", "https://example.amazonaws.com/")?;
//! Auth::new(&layers)?.sign(&mut request, &Moment::new(1_440_938_160, None))?;
//! let authorization = request.headers.get("authorization").expect("a signed request");
//! assert!(authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "));
//! # Ok::<(), countersign_shared::error::Error>(())
//! ```
//!
//! # The way of a request
//!
//! A line of JSON, or a document in another [format](formats), becomes a [`request::Request`]. Its content type, `Host`
//! and body bytes are fixed before it is signed, so that the signer sees the bytes that go out. Then it is written or sent.
//! Nothing touches a request after it has been authorized.
//!
//! ```text
//! read ──> complete ──> authorize ──> write
//! (pipe,   (request)    (auth: one      └──> send ──> response
//! formats)              file per scheme)
//! ```
//!
//! # The modules
//!
//! Imports run down this table and never up, and no two files import each other.
//!
//! | modules | what they are for |
//! |---|---|
//! | `cli` | command lines, help and man pages of the tools |
//! | `oauth`, `send` | tokens that are kept, requests that are sent |
//! | `auth`, `collections`, `formats` | schemes, collections and formats, one file each |
//! | `cookies`, `pipe`, `transport` | cookies and their files, streams of documents, the seam between schemes and the network |
//! | `bridge`, `netrc`, `request`, `terminal`, `wire` | the way to browsers, `~/.netrc`, the request, terminals, HTTP/1.1 as bytes |
//! | `body`, `challenge`, `key`, `multipart`, `options`, `places`, `proxies`, `response`, `variables` | what requests, schemes and tools are made of |
//! | `headers`, `json`, `moment`, `secret`, `url` | text that everything above reads and writes, time and secrets |
//! | `dots`, `duration`, `encode`, `endpoint`, `error`, `hash`, `ini`, `lock`, `slice`, `trust`, `yaml` | primitives |

pub mod auth;
pub mod body;
#[cfg(feature = "net")]
pub mod bridge;
pub mod challenge;
#[cfg(feature = "cli")]
pub mod cli;
pub mod collections;
#[cfg(feature = "net")]
pub mod cookies;
mod dots;
pub mod duration;
pub mod encode;
#[cfg(feature = "net")]
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
mod multipart;
pub mod netrc;
pub mod oauth;
pub mod options;
pub mod pipe;
pub mod places;
#[cfg(feature = "net")]
pub mod proxies;
pub mod request;
pub mod response;
pub mod secret;
#[cfg(feature = "net")]
pub mod send;
pub mod slice;
pub mod terminal;
pub mod transport;
#[cfg(feature = "net")]
pub mod trust;
pub mod url;
pub mod variables;
#[cfg(feature = "net")]
pub mod wire;
pub mod yaml;

#[cfg(test)]
mod tests {
    #[test]
    fn the_front_page_names_every_module() {
        let text = include_str!("lib.rs");
        let (page, code) = text.split_at(text.find("\npub mod").unwrap_or_default());
        let modules =
            code.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
        let missing: Vec<&str> = modules.filter(|module| !page.contains(&format!("`{module}`"))).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
