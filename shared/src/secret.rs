//! Secrets, and the references that options name them by.
//!
//! ```
//! use countersign_shared::secret::{self, Secret};
//!
//! let secret = secret::resolve("--token", "text:env:not-followed")?;
//! assert_eq!(secret.expose(), "env:not-followed");
//! assert_eq!(format!("{secret:?}"), "Secret(***)");
//! # Ok::<(), countersign_shared::error::Error>(())
//! ```

use std::fmt;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use zeroize::Zeroizing;

use crate::error::Error;

/// The size limit of a secret in bytes: a larger one is the wrong file.
const LIMIT: u64 = 1 << 20;

/// Keeps the memory of this process, which holds secrets, out of core dumps, and from being read by other programs of this
/// user, where the system offers that. The commands that the process runs are as they would be without it.
pub fn forbid_dumps() {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // A system that refuses, such as one in a sandbox, is no reason not to work.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Text that is redacted when debugged and wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Returns a secret that is this text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Returns the secret itself, for hashing and for the header that it belongs in, never for a message.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns true if the secret is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// Follows a reference: `env:NAME`, `file:PATH`, `fd:N`, `cmd:COMMAND`, `keyring:SERVICE/NAME`, `text:VALUE`, or `-`
/// for a prompt. Any other text is the value itself. Call it for options, environment variables and profile files only:
/// what comes through the pipe is data, which must not read a file or run a command.
///
/// # Errors
/// Returns [`Error::Secret`], which names the option and never the value, if the reference cannot be followed, and
/// [`Error::NoTerminal`] if there is no terminal to prompt on.
pub fn resolve(option: &str, reference: &str) -> Result<Secret, Error> {
    let fail = |problem: String| Error::Secret { option: option.to_owned(), problem };
    let Some((kind, rest)) = reference.split_once(':') else {
        return if reference == "-" { prompt(option) } else { Ok(Secret::new(reference)) };
    };
    match kind {
        "text" => Ok(Secret::new(rest)),
        "env" => std::env::var(rest).map(Secret::new).map_err(|_| fail(format!("{rest} is not set"))),
        "file" => from_file(Path::new(rest)).map_err(fail),
        "fd" => from_descriptor(rest).map_err(fail),
        "cmd" => from_command(shell(rest)).map_err(|problem| fail(format!("cmd: {problem}"))),
        "keyring" => from_keyring(rest).map_err(|problem| fail(format!("keyring: {problem}"))),
        // A password may have a colon of its own, so an unknown word before one is part of the value.
        _ => Ok(Secret::new(reference)),
    }
}

/// Returns true if [`resolve`] would follow this text instead of taking it as the value itself.
#[must_use]
pub fn is_followed(text: &str) -> bool {
    let kind = text.split_once(':').map(|(kind, _)| kind);
    text == "-" || matches!(kind, Some("text" | "env" | "file" | "fd" | "cmd" | "keyring"))
}

/// Returns true if a parameter of this name holds a secret, as the names of OAuth's specifications and of Postman go.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    // `client_secret`, `client-secret` and `clientSecret` are one name.
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    ["secret", "password", "passphrase", "assertion", "token", "verifier", "privatekey", "apikey"]
        .iter()
        // Only the end counts, because `token_url` holds the word too and is no secret.
        .any(|end| name.ends_with(end))
}

/// Removes one final line break, which belongs to the file and not to the secret.
fn without_final_newline(mut text: Zeroizing<String>) -> Secret {
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Secret(text)
}

fn read_limited(reader: impl std::io::Read) -> Result<Secret, String> {
    let mut text = Zeroizing::new(String::new());
    // One byte more than the limit tells a secret that is too long from one that just fits.
    reader.take(LIMIT + 1).read_to_string(&mut text).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => "holds bytes that are not UTF-8".to_owned(),
        _ => error.to_string(),
    })?;
    if text.len() as u64 > LIMIT {
        return Err("is over 1 MiB, too long for a secret".to_owned());
    }
    Ok(without_final_newline(text))
}

fn from_file(path: &Path) -> Result<Secret, String> {
    let file = std::fs::File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
    read_limited(file).map_err(|problem| format!("{}: {problem}", path.display()))
}

#[cfg(unix)]
fn from_descriptor(number: &str) -> Result<Secret, String> {
    let number: u32 = number.parse().map_err(|_| "fd: is not a number".to_owned())?;
    // Opening the descriptor by its path needs no unsafe code, which taking over the number would.
    from_file(Path::new(&format!("/dev/fd/{number}")))
}

#[cfg(not(unix))]
fn from_descriptor(_: &str) -> Result<Secret, String> {
    Err("fd: is not available on this system; use file: or env:".to_owned())
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg(command);
    shell
}

#[cfg(not(unix))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.arg("/C").arg(command);
    shell
}

fn from_command(mut command: Command) -> Result<Secret, String> {
    let mut child = command
        // Standard input may be the stream of requests, which the command must not read.
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| format!("cannot be started: {error}"))?;
    // The output is read before the wait, because a command that fills the pipe would otherwise never end.
    let secret = match child.stdout.take() {
        Some(stdout) => read_limited(stdout),
        None => Err("has no output".to_owned()),
    };
    let status = child.wait().map_err(|error| error.to_string())?;
    // A command that fails may have printed half a secret, or a message in its place.
    if !status.success() {
        return Err(format!("ended with {status}"));
    }
    secret
}

/// Reads an entry of the system's keyring through the command that comes with it.
fn from_keyring(entry: &str) -> Result<Secret, String> {
    let (service, name) = entry.split_once('/').ok_or("is written keyring:SERVICE/NAME")?;
    let command = if cfg!(target_os = "macos") {
        let mut command = Command::new("security");
        command.args(["find-generic-password", "-w", "-s", service, "-a", name]);
        command
    } else if cfg!(unix) {
        let mut command = Command::new("secret-tool");
        command.args(["lookup", "service", service, "username", name]);
        command
    } else {
        return Err("is not available on this system; use file: or env:".to_owned());
    };
    let program = command.get_program().to_string_lossy().into_owned();
    from_command(command).map_err(|problem| format!("{program} {problem}"))
}

#[cfg(feature = "cli")]
fn prompt(option: &str) -> Result<Secret, Error> {
    let problem = |error: std::io::Error| Error::NoTerminal { option: option.to_owned(), problem: error.to_string() };
    rpassword::prompt_password(format!("{option}: ")).map(Secret::new).map_err(problem)
}

/// A library has no terminal to ask on.
#[cfg(not(feature = "cli"))]
fn prompt(option: &str) -> Result<Secret, Error> {
    Err(Error::NoTerminal { option: option.to_owned(), problem: "this build cannot prompt".to_owned() })
}
