//! The protocol between the tools and a browser's extension, and its transport.
//!
//! ```text
//! tool ⇄ local socket ⇄ bridge ⇄ native messaging (stdin/stdout) ⇄ extension
//! ```
//!
//! [`frame`] cuts the stream into frames, [`envelope`] is what the bridge sees of them, [`channel`] seals what tool and
//! extension say end to end, and [`message`] is what is inside. [`socket`] is how tools and bridges find each other,
//! [`process`] is how the bridge learns which process a tool is, [`link`] a tool's end of it all, and
//! [`presence`] what a tool says of browsers that are not there.
//!
//! A tool's own words about its process count for nothing: the bridge writes the process that the system
//! names into the envelope `open`, and `ended` when that process is gone.

pub mod channel;
pub mod envelope;
pub mod frame;
pub mod key;
pub mod link;
pub mod manifest;
pub mod message;
pub mod places;
pub mod presence;
pub mod process;
pub mod record;
pub mod socket;
