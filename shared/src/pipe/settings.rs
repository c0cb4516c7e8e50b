//! The settings of a pipe.

use super::output::Frame;
use super::portion::Portion;

/// The reaction to a document that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnError {
    /// Report it and go on with the next one.
    GoOn,
    /// Stop.
    Stop,
}

/// A tool's settings for its pipe.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The tool's name, which starts every message.
    pub tool: &'static str,
    /// The number of threads that work, at least 1.
    pub jobs: usize,
    /// The reaction to a document that failed.
    pub on_error: OnError,
    /// The part of the input that a thread takes at once.
    pub portion: Portion,
    /// The text around the results.
    pub frame: Frame,
}
