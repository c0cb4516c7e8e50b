//! What the tests share. `tool` runs the real binaries in a clean environment and says what came out; `peers` runs other
//! people's signers and servers; `random` makes requests to compare them on.

// Every test file compiles this module for itself and uses its own part of it; a helper that panics fails its test.
#![allow(dead_code, unused_imports, unreachable_pub)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod batches;
pub mod extension;
pub mod hostile;
pub mod origin;
pub mod peers;
pub mod random;
pub mod recorder;
pub mod subscriber;
pub mod tool;

pub use origin::{Client, Origin, Peer};
pub use tool::{Output, Running, Tool, bin, sign};
