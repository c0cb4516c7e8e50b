//! The local socket between tools and bridges. Each bridge has one, in a folder that only its user can enter.
//!
//! On Unix it is a socket in that folder, and each side asks the kernel which user the process at the other end belongs
//! to. On Windows it is a named pipe for its owner alone, and a file in the folder holds its random name.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::encode;
use crate::moment;
use crate::places;

#[cfg(unix)]
#[path = "socket/unix.rs"]
mod system;
#[cfg(windows)]
#[path = "socket/windows.rs"]
mod system;

/// The start of a socket's file name, `bridge-PID-TOKEN.sock`.
const PREFIX: &str = "bridge-";
const SUFFIX: &str = ".sock";

/// One end of a connection. Clones share it, so that one thread can read while another one writes.
#[derive(Clone)]
pub struct Stream(Arc<system::Stream>);

impl Stream {
    /// Ends the connection for both sides and for every clone.
    pub fn shut_down(&self) {
        system::shut_down(&self.0);
    }

    /// Sets how long a read may take before it fails. `None` lets it wait for ever. It has no effect on Windows, whose
    /// pipes have no such limit.
    ///
    /// # Errors
    /// Returns the error of the system if it refuses the limit.
    pub fn limit_reads(&self, limit: Option<Duration>) -> io::Result<()> {
        system::limit_reads(&self.0, limit)
    }

    /// Returns the id of the process that connected, if the system tells it.
    pub(super) fn peer_pid(&self) -> Option<u32> {
        system::peer_pid(&self.0)
    }

    #[cfg(unix)]
    pub(super) fn descriptor(&self) -> std::os::fd::BorrowedFd<'_> {
        std::os::fd::AsFd::as_fd(&*self.0)
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self.0).read(buffer)
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self.0).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&*self.0).flush()
    }
}

/// A bridge's listening socket. Dropping it removes the file.
pub struct Listener {
    system: system::Listener,
    path: PathBuf,
}

impl Listener {
    /// Listens in this folder, makes the folder if it is missing, and removes the sockets of bridges that have died.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be made private, or the path of the socket is too long for the system (103
    /// bytes on macOS; Linux takes any).
    pub fn bind(folder: &Path) -> io::Result<Self> {
        places::private_folder(folder)?;
        // A connection attempt removes the socket of a bridge that has died.
        for address in find(folder) {
            drop(address.connect());
        }
        // Process numbers are used again, and two sandboxes may have the same one; the token keeps the names apart.
        let token = moment::random(4).map_err(|error| io::Error::other(error.to_string()))?;
        let name = format!("{PREFIX}{}-{}{SUFFIX}", std::process::id(), encode::hex(&token));
        let path = folder.join(&name);
        let draft = folder.join(format!(".{name}"));
        let outcome = system::listen(&draft).and_then(|system| {
            // The name that tools look for appears only now, so a tool never finds a socket that does not listen yet.
            fs::rename(&draft, &path)?;
            Ok(Self { system, path })
        });
        if outcome.is_err() {
            let _ = fs::remove_file(&draft);
        }
        outcome
    }

    /// Waits for a tool to connect. Connections of other users are closed at once.
    ///
    /// # Errors
    /// Returns an error if the socket can accept no more connections.
    pub fn accept(&self) -> io::Result<Stream> {
        loop {
            match system::accept(&self.system) {
                Ok(stream) if system::is_ours(&stream) => return Ok(Stream(Arc::new(stream))),
                Ok(_) => {}
                Err(error) if is_passing(&error) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Returns the path of the socket.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Returns true if only this attempt failed, because the tool was gone before it was accepted.
fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::Interrupted)
}

/// The address of a bridge that listens, or did.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(PathBuf);

impl Address {
    /// Returns the path of the socket.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Returns the bridge's process id. A bridge in a sandbox has another number there than outside.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        let name = self.0.file_name()?.to_str()?;
        name.strip_prefix(PREFIX)?.split('-').next()?.parse().ok()
    }

    /// Connects, and removes the socket if no process listens at it any more.
    ///
    /// # Errors
    /// Returns an error if no process listens, or it belongs to another user.
    pub fn connect(&self) -> io::Result<Stream> {
        match system::connect(&self.0) {
            Ok(stream) if system::is_ours(&stream) => Ok(Stream(Arc::new(stream))),
            Ok(_) => Err(io::Error::new(io::ErrorKind::PermissionDenied, "belongs to another user")),
            Err(error) => {
                if system::is_dead(&error) {
                    let _ = fs::remove_file(&self.0);
                }
                Err(error)
            }
        }
    }
}

/// Returns the sockets of bridges in a folder, sorted. The list is empty if there is no such folder.
#[must_use]
pub fn find(folder: &Path) -> Vec<Address> {
    let is_socket = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with(PREFIX) && name.ends_with(SUFFIX)
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<Address> = entries.map(|entry| entry.path()).filter(is_socket).map(Address).collect();
    found.sort();
    found
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn folder() -> PathBuf {
        std::env::temp_dir().join(format!("socket-{}", encode::hex(&moment::random(8).unwrap())))
    }

    #[test]
    fn a_socket_is_found_while_it_is_listened_at() {
        let folder = folder();
        let listener = Listener::bind(&folder).unwrap();
        let found = find(&folder);
        assert_eq!(found.iter().map(Address::path).collect::<Vec<_>>(), [listener.path()]);
        assert_eq!(found.first().unwrap().process(), Some(std::process::id()));
        let mut tool = found.first().unwrap().connect().unwrap();
        let mut bridge = listener.accept().unwrap();
        tool.write_all(b"x").unwrap();
        let mut byte = [0];
        bridge.read_exact(&mut byte).unwrap();
        assert_eq!(&byte, b"x");
        drop(listener);
        assert_eq!(find(&folder), []);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_a_killed_bridge_left_is_removed() {
        let folder = folder();
        let listener = Listener::bind(&folder).unwrap();
        let left = folder.join("bridge-1-00000000.sock");
        drop(std::os::unix::net::UnixListener::bind(&left).unwrap());
        let second = Listener::bind(&folder).unwrap();
        assert!(!left.exists(), "nobody listens there");
        assert_eq!(find(&folder).len(), 2, "side by side");
        drop((listener, second));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_folder_is_for_its_user_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = folder();
        let listener = Listener::bind(&folder).unwrap();
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        drop(listener);
        fs::remove_dir_all(folder).unwrap();
    }
}
