//! HAR 1.2 documents, written (softwareishard.com/blog/har-12-spec). The reader is `formats::json`.

pub mod entry;

use crate::pipe::Frame;
use crate::request::Request;
use entry::{Entry, EntryRequest};

/// The text around the entries of a document.
pub(crate) const FRAME: Frame = Frame {
    head: concat!(
        r#"{"log":{"version":"1.2","creator":{"name":"countersign","version":""#,
        env!("CARGO_PKG_VERSION"),
        "\"},\"entries\":[\n"
    ),
    between: ",\n",
    tail: "\n]}}\n",
};

/// Appends an entry for a request that was not sent.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) {
    Entry::new(EntryRequest::Line(request)).write(out);
}
