//! Starting the user's browser.

use std::process::{Command, Stdio};

use countersign_shared::error::Error;

/// Returns true if a browser can be started: `$BROWSER` is set, or there is a display for the default browser.
pub(crate) fn is_there() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    is_set("BROWSER") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || cfg!(any(windows, target_os = "macos"))
}

/// Opens a URL in a browser without waiting for it.
///
/// # Errors
/// Returns [`Error::Failed`] if neither a browser of `$BROWSER` nor the default browser can be started.
pub(crate) fn open(url: &str) -> Result<(), Error> {
    match std::env::var("BROWSER").ok().filter(|value| !value.is_empty()) {
        Some(browsers) => {
            let started = browsers.split(':').filter(|browser| !browser.is_empty()).any(|browser| start(browser, url));
            if started { Ok(()) } else { Err(Error::Failed("no browser of $BROWSER can be started".to_owned())) }
        }
        None => open::that_detached(url).map_err(|error| Error::Failed(format!("no browser can be started: {error}"))),
    }
}

/// Starts one browser of `$BROWSER`, and returns true if that worked. Its words are split at spaces, and the URL replaces `%s`
/// or comes last. No shell is involved, so that nothing in the URL can run as a command.
fn start(browser: &str, url: &str) -> bool {
    let mut words = browser.split_ascii_whitespace();
    let Some(program) = words.next() else { return false };
    let words: Vec<&str> = words.collect();
    let mut command = Command::new(program);
    command.args(words.iter().map(|word| word.replace("%s", url)));
    if !words.iter().any(|word| word.contains("%s")) {
        command.arg(url);
    }
    // The token goes to stdout, so that a browser's own messages must not get there.
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Many browsers run until their window is closed, so nothing waits for the process.
    command.spawn().is_ok()
}
