//! The one way in which tools wait for the signals that ask a process to end.
//!
//! The handler runs on a thread of its own, so it may lock, write and exit. A program that runs on tokio hands it the
//! sending half of an unbounded channel and awaits the receiving half.

use std::io;

use crate::error::Error;
#[cfg(unix)]
use crate::places;

/// A signal that asks a process to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// SIGINT, as Ctrl-C at a terminal sends it; on Windows any console event that ends a program.
    Interrupt,
    /// SIGTERM, as `kill` and service managers send it.
    Terminate,
    /// SIGHUP: the terminal was closed.
    HangUp,
}

/// Calls `handler` for each signal that asks the process to end, instead of ending it. One call in a process is enough.
///
/// # Errors
/// Returns [`Error::Failed`] if the system refuses the signal handlers or the thread that waits for them.
pub fn on_each(handler: impl FnMut(Signal) + Send + 'static) -> Result<(), Error> {
    listen(handler).map_err(|error| Error::Failed(format!("cannot wait for signals: {error}")))
}

// The `ctrlc` crate alone would not do here: it doesn't tell which signal came (`capture` passes SIGINT on to its
// command later than SIGTERM), and it takes SIGHUP even from a process that `nohup` has started.
#[cfg(unix)]
fn listen(mut handler: impl FnMut(Signal) + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    if !is_ignored(SIGHUP) {
        signals.add_signal(SIGHUP)?;
    }
    let work = move || {
        for number in signals.forever() {
            places::stop_waiting();
            handler(match number {
                SIGINT => Signal::Interrupt,
                SIGHUP => Signal::HangUp,
                _ => Signal::Terminate,
            });
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(work).map(drop)
}

/// Returns true if whoever started this process told it to ignore a signal, as `nohup` does with SIGHUP. Only Linux
/// tells without `unsafe` (proc(5), `SigIgn`); elsewhere the answer is false.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ignores(&status, signal)
}

/// Looks a signal up in the text of /proc/self/status: `SigIgn` is a mask in hexadecimal, with signal 1 as its lowest
/// bit.
#[cfg(unix)]
fn ignores(status: &str, signal: i32) -> bool {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask >> (signal - 1) & 1 == 1
}

#[cfg(windows)]
fn listen(mut handler: impl FnMut(Signal) + Send + 'static) -> io::Result<()> {
    ctrlc::set_handler(move || handler(Signal::Interrupt)).map_err(io::Error::other)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_signal_is_ignored_where_its_bit_is_set() {
        let status = "Name:\tcookie-sync\nSigBlk:\t0000000000000003\nSigIgn:\t0000000000001001\n";
        assert!(ignores(status, 1), "SIGHUP is the lowest bit");
        assert!(ignores(status, 13), "Rust ignores SIGPIPE");
        assert!(!ignores(status, 2));
        assert!(!ignores("", 1), "no such file, as on macOS");
    }
}
