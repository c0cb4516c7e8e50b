//! Starting the user's browser.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The time within which an opener that fails has ended. Browsers run on, and openers that work end with success.
const AT_ONCE: Duration = Duration::from_secs(2);

/// The pause between two looks at an opener.
const PAUSE: Duration = Duration::from_millis(20);

/// Returns true if a browser can be started: `$BROWSER` is set, or there is a display for the default browser.
pub(crate) fn is_there() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    is_set("BROWSER") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || cfg!(any(windows, target_os = "macos"))
}

/// Opens a URL in a browser without waiting for it. If neither a browser of `$BROWSER` nor the default one starts, or each ends
/// with an error at once, `failed` is told why.
pub(crate) fn open(url: &str, failed: impl FnOnce(String) + Send + 'static) {
    let (commands, whose) = match std::env::var("BROWSER").ok().filter(|value| !value.is_empty()) {
        Some(browsers) => {
            (browsers.split(':').filter_map(|browser| command(browser, url)).collect(), "no browser of $BROWSER")
        }
        None => (open::commands(url), "no browser"),
    };
    // Whether an opener fails is seen only when it has ended, and the answer may come before that.
    std::thread::spawn(move || {
        let mut why = "none is named".to_owned();
        for command in commands {
            match start(command) {
                Ok(()) => return,
                Err(problem) => why = problem,
            }
        }
        failed(format!("{whose} can be started: {why}"));
    });
}

/// Makes the command of one browser of `$BROWSER`. Its words are split at spaces, and the URL replaces `%s` or comes last. No
/// shell is involved, so that nothing in the URL can run as a command.
fn command(browser: &str, url: &str) -> Option<Command> {
    let mut words = browser.split_ascii_whitespace();
    let program = words.next()?;
    let words: Vec<&str> = words.collect();
    let mut command = Command::new(program);
    command.args(words.iter().map(|word| word.replace("%s", url)));
    if !words.iter().any(|word| word.contains("%s")) {
        command.arg(url);
    }
    Some(command)
}

/// Starts a browser or an opener, and returns an error if it ends with one at once.
fn start(mut command: Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    // The token goes to stdout, so that a browser's own messages must not get there.
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("{name}: {error}"))?;
    let until = Instant::now() + AT_ONCE;
    // Many browsers run until their window is closed, so nothing waits for the process any longer.
    while Instant::now() < until {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("{name} ended with {status}")),
            Ok(None) => std::thread::sleep(PAUSE),
            Err(_) => return Ok(()),
        }
    }
    Ok(())
}
