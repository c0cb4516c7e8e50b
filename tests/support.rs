//! Shared by the tests. `tool` runs the real binaries in a clean environment and says what came out; `peers` runs other
//! people's signers and servers; `random` makes requests to compare them on.

pub(crate) mod batches;
pub(crate) mod extension;
pub(crate) mod hostile;
pub(crate) mod line;
pub(crate) mod origin;
pub(crate) mod peers;
pub(crate) mod random;
pub(crate) mod recorder;
pub(crate) mod subscriber;
pub(crate) mod tool;

pub(crate) use origin::{Client, Origin, Peer};
pub(crate) use tool::{Output, Running, Tool, bin, sign};
