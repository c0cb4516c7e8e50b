//! Messages on stderr that are not errors.

use countersign_shared::cli::{self, Tool};

/// This tool: its messages and environment variables carry the name.
pub(crate) const TOOL: Tool = Tool::new("capture");

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
