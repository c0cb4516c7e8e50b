//! Named pipes of Windows. The file at a socket's path holds the name of the pipe.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use interprocess::os::windows::named_pipe::{DuplexPipeStream, PipeListener, PipeListenerOptions, pipe_mode::Bytes};
use interprocess::os::windows::security_descriptor::SecurityDescriptor;

use crate::encode;
use crate::moment;

pub(super) type Stream = DuplexPipeStream<Bytes>;
pub(super) type Listener = PipeListener<Bytes, Bytes>;

/// The access rights of a pipe, in Microsoft's security descriptor definition language: everything for the owner, and
/// nothing for anyone else.
const OWNER_ONLY: &str = "D:P(A;;GA;;;OW)";

pub(super) fn listen(path: &Path) -> io::Result<Listener> {
    let token = moment::random(16).map_err(|error| io::Error::other(error.to_string()))?;
    let name = format!(r"\\.\pipe\countersign-{}", encode::hex(&token));
    let owner_only: Vec<u16> = OWNER_ONLY.encode_utf16().chain([0]).collect();
    let owner_only = widestring::U16CStr::from_slice(&owner_only).map_err(io::Error::other)?;
    let listener = PipeListenerOptions::new()
        .path(name.as_str())
        .security_descriptor(Some(SecurityDescriptor::deserialize(owner_only)?))
        .create_duplex()?;
    fs::write(path, name)?;
    Ok(listener)
}

pub(super) fn accept(listener: &Listener) -> io::Result<Stream> {
    listener.accept()
}

pub(super) fn connect(path: &Path) -> io::Result<Stream> {
    let name = fs::read_to_string(path)?;
    // A file that somebody put there must not make us talk to another program's pipe.
    if !name.starts_with(r"\\.\pipe\countersign-") {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "is not the name of a bridge's pipe"));
    }
    Stream::connect_by_path(name.as_str())
}

/// Returns true if there is no such pipe any more.
pub(super) fn is_dead(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}

/// Does nothing. A pipe ends when both sides have closed it, and there is no way to end it for a thread that reads.
pub(super) fn shut_down(_stream: &Stream) {}

#[allow(clippy::unnecessary_wraps, reason = "the same signature as on Unix")]
pub(super) fn limit_reads(_stream: &Stream, _limit: Option<Duration>) -> io::Result<()> {
    Ok(())
}

/// Returns true, since the pipe lets no user but its owner connect.
pub(super) fn is_ours(_stream: &Stream) -> bool {
    true
}

pub(super) fn peer_pid(stream: &Stream) -> Option<u32> {
    stream.client_process_id().ok()
}
