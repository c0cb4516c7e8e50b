//! Messages on stderr that are not errors.

use countersign_shared::cli;

/// The tool's name, which starts every message.
pub(crate) const TOOL: &str = "capture";

/// A choice whether notices are shown: what is relayed without being read, which certificates are bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notices {
    /// Shown on stderr.
    Shown,
    /// Hidden by `--quiet`.
    Hidden,
}

/// Writes a message to stderr, whatever the command line says.
pub(crate) fn say(text: &str) {
    cli::say(TOOL, text);
}
