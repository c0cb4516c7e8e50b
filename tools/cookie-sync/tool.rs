//! The ground of every module of `cookie-sync`: the tool's name, how it speaks to the user, and the clock.

use countersign_shared::cli::Tool;

/// The name of the tool, which every message and environment variable carries.
pub(crate) const TOOL: Tool = Tool::new("cookie-sync");

/// Writes a message to stderr, unless `--quiet` is given.
pub(crate) fn say(text: &str) {
    if log::log_enabled!(log::Level::Warn) {
        countersign_shared::cli::say(TOOL, text);
    }
}

/// Returns the system's time in seconds since 1970.
pub(crate) fn now() -> i64 {
    countersign_shared::moment::Clock::default().moment().unix
}
