//! The exchanges that a capture writes, whatever source they come from.

use std::fmt;

use countersign_shared::formats::har::entry::{Entry, ReceivedRequest};

/// A request and, if it is captured, the response to it.
pub(crate) trait Exchange: Send + fmt::Debug {
    /// Returns the request as HAR shows it.
    fn request(&self) -> ReceivedRequest<'_>;

    /// Returns the exchange as a HAR entry.
    fn entry(&self) -> Entry<'_>;

    /// Returns about how many bytes the exchange takes in memory.
    fn size(&self) -> usize;
}
