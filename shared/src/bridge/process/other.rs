//! Processes where no descriptor refers to them. On Unix the process is looked at four times a second. On Windows only
//! the end of the connection is seen; a pipe is not inherited there unless its owner says so.

use super::super::socket::Stream;
use super::ended::{Ended, NoSuchProcess};

pub(super) struct Handle;

pub(super) fn open(pid: u32) -> Result<Handle, NoSuchProcess> {
    if is_running(pid, &Handle) { Ok(Handle) } else { Err(NoSuchProcess) }
}

pub(super) const fn started(_pid: u32) -> Option<String> {
    None
}

pub(super) const fn program(_pid: u32) -> Option<String> {
    None
}

#[cfg(windows)]
pub(super) const fn is_running(_pid: u32, _handle: &Handle) -> bool {
    true
}

#[cfg(windows)]
pub(super) const fn wait(_pid: u32, _handle: &Handle, _stream: &Stream) -> Ended {
    Ended::Connection
}

#[cfg(unix)]
pub(super) fn is_running(pid: u32, _handle: &Handle) -> bool {
    let number = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw);
    number.is_some_and(|number| rustix::process::test_kill_process(number) != Err(rustix::io::Errno::SRCH))
}

#[cfg(unix)]
pub(super) fn wait(pid: u32, handle: &Handle, stream: &Stream) -> Ended {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    const LOOK: Timespec = Timespec { tv_sec: 0, tv_nsec: 250_000_000 };
    loop {
        let mut connection = [PollFd::from_borrowed_fd(stream.descriptor(), PollFlags::empty())];
        let outcome = poll(&mut connection, Some(&LOOK));
        if !is_running(pid, handle) {
            return Ended::Process;
        }
        let is_over = connection.iter().any(|connection| !connection.revents().is_empty());
        if is_over || outcome.is_err_and(|error| error != rustix::io::Errno::INTR) {
            return Ended::Connection;
        }
    }
}
