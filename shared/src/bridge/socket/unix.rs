//! Unix sockets.

use std::fs::File;
use std::io;
use std::net::Shutdown;
use std::os::fd::AsRawFd as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::time::Duration;

pub(super) type Stream = UnixStream;
pub(super) type Listener = UnixListener;

pub(super) fn listen(path: &Path) -> io::Result<Listener> {
    short(path, |path| UnixListener::bind(path))
}

pub(super) fn accept(listener: &Listener) -> io::Result<Stream> {
    listener.accept().map(|(stream, _)| stream)
}

pub(super) fn connect(path: &Path) -> io::Result<Stream> {
    short(path, |path| UnixStream::connect(path))
}

/// Calls `act` with the path of a socket. An address holds about a hundred bytes (`sun_path`); on Linux, a socket with
/// a longer path is reached through its open folder, as `/proc/self/fd/N/NAME`.
fn short<T>(path: &Path, act: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
    let outcome = act(path);
    let is_too_long = outcome.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::InvalidInput);
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return outcome };
    if !is_too_long || cfg!(not(target_os = "linux")) {
        return outcome;
    }
    // The folder has to stay open until `act` returns, since the path leads through its descriptor.
    let folder = File::open(folder)?;
    act(&Path::new("/proc/self/fd").join(folder.as_raw_fd().to_string()).join(name))
}

/// Returns true if the socket exists and no process listens at it.
pub(super) fn is_dead(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::ConnectionRefused
}

pub(super) fn shut_down(stream: &Stream) {
    let _ = stream.shutdown(Shutdown::Both);
}

pub(super) fn limit_reads(stream: &Stream, limit: Option<Duration>) -> io::Result<()> {
    stream.set_read_timeout(limit)
}

/// Returns true if the process at the other end belongs to this user.
pub(super) fn is_ours(stream: &Stream) -> bool {
    peer_user(stream) == Some(rustix::process::geteuid().as_raw())
}

#[cfg(target_os = "linux")]
fn peer_user(stream: &Stream) -> Option<u32> {
    rustix::net::sockopt::socket_peercred(stream).ok().map(|peer| peer.uid.as_raw())
}

#[cfg(not(target_os = "linux"))]
fn peer_user(stream: &Stream) -> Option<u32> {
    nix::unistd::getpeereid(stream).ok().map(|(user, _)| user.as_raw())
}

/// Returns the process that connected, not one that it has handed the socket to.
#[cfg(target_os = "linux")]
pub(super) fn peer_pid(stream: &Stream) -> Option<u32> {
    let peer = rustix::net::sockopt::socket_peercred(stream).ok()?;
    // 0 stands for a process outside of our sandbox.
    u32::try_from(peer.pid.as_raw_pid()).ok().filter(|&pid| pid != 0)
}

#[cfg(target_os = "macos")]
pub(super) fn peer_pid(stream: &Stream) -> Option<u32> {
    let pid = nix::sys::socket::getsockopt(stream, nix::sys::socket::sockopt::LocalPeerPid).ok()?;
    u32::try_from(pid).ok().filter(|&pid| pid != 0)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn peer_pid(_stream: &Stream) -> Option<u32> {
    None
}
