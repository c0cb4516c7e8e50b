//! The events that links report to a tool.

use super::super::envelope::{Hello, Reason};
use super::super::message::FromExtension;

/// The number of a link. A browser that was away gets another one when it is back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkId(pub(super) u32);

/// An event on a link.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The channel stands, and the subscriptions are on their way.
    Connected(Hello),
    /// A message of the extension.
    Message(FromExtension),
    /// The bridge or the extension refused the channel. Reported once until the reason changes.
    Refused(Reason),
    /// A connected link has ended.
    Ended,
    /// The key cannot be read, so no channel is tried. Reported once, with the reason.
    NoKey(String),
}
