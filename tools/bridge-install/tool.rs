//! The name of the tool, which every message and environment variable carries.

use countersign_shared::cli::Tool;

pub(crate) const TOOL: Tool = Tool::new("bridge-install");
