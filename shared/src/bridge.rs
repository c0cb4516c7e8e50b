//! What tools and a browser's extension say to each other, and how it gets there.
//!
//! ```text
//! tool ⇄ local socket ⇄ bridge ⇄ native messaging (stdin/stdout) ⇄ extension
//! ```
//!
//! [`frame`] cuts the stream into frames, [`envelope`] is what the bridge sees of them, [`channel`] seals what tool and
//! extension say end to end, and [`message`] is what is inside.

pub mod channel;
pub mod envelope;
pub mod frame;
pub mod key;
pub mod message;
