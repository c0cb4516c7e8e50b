//! Runs a command whose requests are captured: its environment sends them here and makes it trust our authority.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, SystemTime};

use countersign_shared::error::Error;
use countersign_shared::places::{self, Existing, Place};
use tokio::process::{Child, Command};

use crate::authority::Authority;
use crate::certificate;
use crate::gate;
use countersign_shared::trust;

/// The variables that name the proxy to clients. curl reads `http_proxy` in lower case only, others only in upper case.
const PROXY_VARIABLES: [&str; 4] = ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"];

/// The variables that name a file of trusted roots: for OpenSSL and what reads its variable, curl, Python's requests and
/// Node; then for git, pip, Cargo and the AWS tools, which look at none of those.
const ROOT_VARIABLES: [&str; 8] = [
    "SSL_CERT_FILE",
    "CURL_CA_BUNDLE",
    "REQUESTS_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "GIT_SSL_CAINFO",
    "PIP_CERT",
    "CARGO_HTTP_CAINFO",
    "AWS_CA_BUNDLE",
];

/// The variables that would make requests bypass the proxy.
const BYPASS_VARIABLES: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// The beginning and the end of the name of a file of roots. The process id is in between.
const BUNDLE: (&str, &str) = ("capture-roots-", ".pem");

/// After this time a file that a killed capture left behind is removed.
const FORGOTTEN: Duration = Duration::from_secs(24 * 60 * 60);

/// A file with the platform's roots and our authority. It is removed when this value is dropped.
#[derive(Debug)]
pub(crate) struct Bundle(PathBuf);

impl Bundle {
    /// Writes the file, 0600, into the runtime folder.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the file cannot be written.
    pub(crate) fn write(authority: &Authority) -> Result<Self, Error> {
        let folder = Place::Runtime.open()?;
        sweep(&folder);
        let mut text = String::new();
        // Most of the variables replace a client's own roots. Connections that are tunnelled untouched still show the
        // certificate of the origin, so the platform's roots have to be there too.
        for root in trust::roots().0 {
            text += &certificate::pem("CERTIFICATE", &root);
        }
        text += authority.certificate_pem();
        let path = folder.join(format!("{}{}{}", BUNDLE.0, std::process::id(), BUNDLE.1));
        places::write_private(&path, text.as_bytes(), Existing::Replace)
            .map_err(|source| Error::File { path: path.clone(), source })?;
        Ok(Self(path))
    }
}

impl Drop for Bundle {
    fn drop(&mut self) {
        // A file that cannot be removed is swept by a later capture.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Removes files that earlier captures left behind.
fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_bundle = name.to_str().is_some_and(|name| name.starts_with(BUNDLE.0) && name.ends_with(BUNDLE.1));
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let age = modified.ok().and_then(|modified| SystemTime::now().duration_since(modified).ok());
        // A younger file may belong to a capture that still runs.
        if is_bundle && age.is_some_and(|age| age > FORGOTTEN) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Starts the command. Its standard output goes to our standard error: ours is for what was captured.
///
/// # Errors
/// Returns the system's error if the program is not found or not executable.
pub(crate) fn start(words: &[OsString], listening: SocketAddr, bundle: &Bundle) -> std::io::Result<Child> {
    let Some((program, arguments)) = words.split_first() else {
        return Err(std::io::ErrorKind::NotFound.into());
    };
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::from(std::io::stderr()));
    // A client cannot connect to the unspecified address on every system.
    let reachable = if listening.ip().is_unspecified() {
        SocketAddr::new(std::net::Ipv4Addr::LOCALHOST.into(), listening.port())
    } else {
        listening
    };
    let userinfo = gate::userinfo().map_err(std::io::Error::other)?;
    for name in PROXY_VARIABLES {
        // The scheme is the one in which the proxy itself is spoken to, so `https_proxy` has `http` as well.
        command.env(name, format!("http://{userinfo}@{reachable}"));
    }
    for name in ROOT_VARIABLES {
        command.env(name, &bundle.0);
    }
    for name in BYPASS_VARIABLES {
        command.env_remove(name);
    }
    command.spawn()
}

/// Returns the exit code of a command as a shell gives it: 128 plus the signal's number if a signal ended it.
pub(crate) fn exit_code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(128 + signal).unwrap_or(u8::MAX);
    }
    status.code().and_then(|code| u8::try_from(code & 0xff).ok()).unwrap_or(1)
}

/// Returns the exit code for a command that could not be started, as a shell gives it.
pub(crate) fn start_failure(error: &std::io::Error) -> u8 {
    if error.kind() == std::io::ErrorKind::NotFound { 127 } else { 126 }
}
