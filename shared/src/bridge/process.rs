//! The process at the other end of a socket, as the system names it.
//!
//! A tool could claim to be any process, and consent for "Once" belongs to one process until it ends. So the bridge asks
//! the system, and watches the process itself: a child that inherited the socket can hold a connection open for as long
//! as it likes.

use std::sync::OnceLock;

use super::socket::Stream;
use crate::encode;
use crate::moment;

mod ended;
#[cfg(not(target_os = "linux"))]
#[path = "process/other.rs"]
mod system;
#[cfg(target_os = "linux")]
#[path = "process/linux.rs"]
mod system;

pub use ended::Ended;
use ended::NoSuchProcess;

/// The longest name of a program that is handed on.
const LONGEST_NAME: usize = 40;

/// The answer of the system to the question who connected.
pub enum Peer {
    /// This process, which runs.
    Known(Process),
    /// A process that has ended already: whoever holds the socket is another one.
    Gone,
    /// The system does not tell.
    Unknown,
}

/// A process that connected.
pub struct Process {
    pid: u32,
    started: String,
    program: Option<String>,
    handle: system::Handle,
}

impl Process {
    /// Returns the process id.
    #[must_use]
    pub const fn pid(&self) -> u32 {
        self.pid
    }

    /// Returns a text that tells this process from all others that have or had the same process id. Where the system
    /// does not say when a process started, it is good for as long as this bridge runs.
    #[must_use]
    pub fn started(&self) -> &str {
        &self.started
    }

    /// Returns the file name of the program that the process runs, if the system tells it and it is a plain one.
    #[must_use]
    pub fn program(&self) -> Option<&str> {
        self.program.as_deref()
    }

    /// Waits until the process or the connection ends.
    #[must_use]
    pub fn wait(&self, stream: &Stream) -> Ended {
        system::wait(self.pid, &self.handle, stream)
    }
}

/// Asks the system which process connected.
#[must_use]
pub fn peer(stream: &Stream) -> Peer {
    let Some(pid) = stream.peer_pid() else { return Peer::Unknown };
    let handle = match system::open(pid) {
        Ok(handle) => handle,
        Err(NoSuchProcess) => return Peer::Gone,
    };
    let started = system::started(pid).unwrap_or_else(|| format!("bridge-{}", this_bridge()));
    // What was just read is of the process behind the handle only if that one still has the number.
    if !system::is_running(pid, &handle) {
        return Peer::Gone;
    }
    let program = system::program(pid).filter(|name| is_plain(name));
    Peer::Known(Process { pid, started, program, handle })
}

/// Returns true for a name that can stand in a sentence without saying anything else.
fn is_plain(name: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'+' | b'-');
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(is_plain)
}

/// Returns a random text that is the same for as long as this process runs.
fn this_bridge() -> &'static str {
    static TOKEN: OnceLock<String> = OnceLock::new();
    TOKEN
        .get_or_init(|| moment::random(16).map_or_else(|_| std::process::id().to_string(), |bytes| encode::hex(&bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_be_read_as_a_sentence_is_no_name() {
        for plain in ["cookie-sync", "python3.11", "g++", "A_b"] {
            assert!(is_plain(plain), "{plain}");
        }
        for odd in ["", "two words", "line\nbreak", "ünïcode", "a\u{202e}b", "<b>", &"x".repeat(41)] {
            assert!(!is_plain(odd), "{odd}");
        }
    }
}
