//! Processes of Linux: a descriptor that refers to the process and not to its number, and `/proc`.

use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, pidfd_open};

use super::super::socket::Stream;
use super::ended::{Ended, NoSuchProcess};

/// The time between two looks at a process for which the system gives no descriptor (before Linux 5.3).
const LOOK: Timespec = Timespec { tv_sec: 0, tv_nsec: 250_000_000 };
const AT_ONCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 0 };

/// The fields of `/proc/PID/stat` behind the name of the program: the state, and the start in clock ticks since the
/// system was started (proc_pid_stat(5), fields 3 and 22).
const STATE: usize = 0;
const START: usize = 19;

/// A process, by a descriptor where there are such, else by its start.
pub(super) enum Handle {
    Descriptor(OwnedFd),
    Started(Option<String>),
}

pub(super) fn open(pid: u32) -> Result<Handle, NoSuchProcess> {
    let number = i32::try_from(pid).ok().and_then(Pid::from_raw).ok_or(NoSuchProcess)?;
    match pidfd_open(number, PidfdFlags::empty()) {
        Ok(descriptor) => Ok(Handle::Descriptor(descriptor)),
        Err(Errno::SRCH) => Err(NoSuchProcess),
        Err(_) => Ok(Handle::Started(started(pid))),
    }
}

/// Returns the start of the process, with the boot that it counts from. Returns `None` for a process that has ended, and
/// where `/proc` does not show it.
pub(super) fn started(pid: u32) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program stands in parentheses, and may hold spaces and parentheses itself.
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_ascii_whitespace().collect();
    if matches!(*fields.get(STATE)?, "Z" | "X" | "x") {
        return None;
    }
    let start: u64 = fields.get(START)?.parse().ok()?;
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    Some(format!("{start}-{}", boot.trim()))
}

pub(super) fn program(pid: u32) -> Option<String> {
    let path = std::fs::read_link(format!("/proc/{pid}/exe")).ok()?;
    let name = Path::new(&path).file_name()?.to_str()?;
    // What the system adds where the file was replaced since, by an update for one.
    Some(name.strip_suffix(" (deleted)").unwrap_or(name).to_owned())
}

pub(super) fn is_running(pid: u32, handle: &Handle) -> bool {
    match handle {
        // A descriptor of a process can be read once the process has ended.
        Handle::Descriptor(descriptor) => {
            poll(&mut [PollFd::new(descriptor, PollFlags::IN)], Some(&AT_ONCE)).is_ok_and(|ready| ready == 0)
        }
        Handle::Started(start) => start.is_none() || started(pid) == *start,
    }
}

pub(super) fn wait(pid: u32, handle: &Handle, stream: &Stream) -> Ended {
    loop {
        // Without any flag, poll tells of the end of the connection only.
        let connection = PollFd::from_borrowed_fd(stream.descriptor(), PollFlags::empty());
        let mut both = vec![connection];
        let limit = match handle {
            Handle::Descriptor(process) => {
                both.push(PollFd::new(process, PollFlags::IN));
                None
            }
            Handle::Started(_) => Some(&LOOK),
        };
        let outcome = poll(&mut both, limit);
        // The process is looked at first: where it took its connection along, both are over.
        if !is_running(pid, handle) {
            return Ended::Process;
        }
        let is_over = both.first().is_some_and(|connection| !connection.revents().is_empty());
        if is_over || outcome.is_err_and(|error| error != Errno::INTR) {
            return Ended::Connection;
        }
    }
}
