//! The name of the tool, for everything that says it.

use countersign_shared::cli::Tool;

/// This tool: its messages and environment variables carry the name.
pub(crate) const TOOL: Tool = Tool::new("oauth-token");
