//! The amount of input for one thread.

/// The amount of input that a thread takes at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Portion {
    /// All documents that have been read, for short work.
    #[default]
    Block,
    /// One document, for long work that the threads share.
    Document,
}
