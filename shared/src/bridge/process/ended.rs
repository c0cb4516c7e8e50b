//! Two ways to say that it is over.

/// The first of two ends that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The process is gone, whoever still holds the socket.
    Process,
    /// The connection is gone.
    Connection,
}

/// The error for a process that has ended.
pub(super) struct NoSuchProcess;
