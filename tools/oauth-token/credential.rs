//! The credential helper protocols of git (gitcredentials(7)) and docker.

use std::io::Read as _;

use serde_json::{Value, json};

use countersign_shared::error::{Error, Exit};
use countersign_shared::moment::Clock;
use countersign_shared::oauth::Entry;
use countersign_shared::options::{Choice, Choices};
use countersign_shared::secret::Secret;
use countersign_shared::terminal;
use countersign_shared::transport::Lazy;

use crate::get::{TokenRequest, settle};
use crate::handout::print;

/// The limit in bytes of what a program sends on stdin.
const LONGEST: u64 = 64 << 10;

/// A credential helper protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// Lines of `name=value` (git-credential(1), INPUT/OUTPUT FORMAT).
    Git,
    /// A server's name in, JSON out.
    Docker,
}

/// An operation of a credential helper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    /// Hand out a credential.
    Get,
    /// Keep a credential.
    Store,
    /// Forget a credential.
    Erase,
    /// List all credentials.
    List,
}

impl Choices for Operation {
    const CHOICES: &'static [(Choice, Self)] = &[
        (Choice::new("get", "Print the token as a credential"), Self::Get),
        (Choice::new("store", "Do nothing: tokens come from their grants"), Self::Store),
        (Choice::new("erase", "Replace the token next time, if git says that it was refused"), Self::Erase),
        (Choice::new("list", "Print an empty list, for docker"), Self::List),
    ];
}

/// Answers a program that asks for credentials.
///
/// # Errors
/// Returns the error of [`TokenRequest::get`] if the token cannot be obtained, [`Error::Read`] if stdin cannot be read, and
/// [`Error::Failed`] if the token must not or cannot be handed out.
pub(crate) fn answer(
    protocol: Protocol,
    operation: Operation,
    request: &TokenRequest,
    transport: &Lazy,
    clock: &Clock,
) -> Result<Exit, Error> {
    match protocol {
        Protocol::Git => git(operation, request, transport, clock),
        Protocol::Docker => docker(operation, request, transport, clock),
    }
}

/// Reads what the program sends. It has to be read even if nothing is done with it: a program whose pipe breaks reports that.
fn description() -> Result<String, Error> {
    let mut text = String::new();
    std::io::stdin().take(LONGEST).read_to_string(&mut text).map_err(Error::Read)?;
    Ok(text)
}

/// The user name beside the token. Hosts that take a token as a Basic password ignore the name but require one.
const USERNAME: &str = "oauth2";

/// Git's description of a credential (git-credential(1), INPUT/OUTPUT FORMAT).
struct Description(String);

impl Description {
    fn value(&self, name: &str) -> Option<&str> {
        self.0.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
    }

    /// Returns true if git would send the credential unencrypted to another machine.
    fn is_in_the_clear(&self) -> bool {
        let host = self.value("host").unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        self.value("protocol") == Some("http") && !matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    }
}

fn git(operation: Operation, request: &TokenRequest, transport: &Lazy, clock: &Clock) -> Result<Exit, Error> {
    let asked = Description(description()?);
    match operation {
        Operation::Get if asked.is_in_the_clear() => Err(Error::Failed(
            "git would send the token unencrypted over http to another machine: use https".to_owned(),
        )),
        Operation::Get => {
            let acquired = request.get(transport, clock)?;
            let username = asked.value("username").or(request.username()).unwrap_or(USERNAME);
            let mut text = format!("username={username}\npassword={}\n", plain(&acquired.entry)?);
            if let Some(at) = acquired.entry.token.expires_at {
                // Git then asks again after this time, and does not try a token that has expired.
                text.push_str(&format!("password_expiry_utc={at}\n"));
            }
            print(&text)?;
            Ok(settle(&acquired))
        }
        Operation::Erase => {
            // Git says which password was refused, so a token that has replaced it since then is left alone.
            if let Some(password) = asked.value("password") {
                request.refused(&Secret::new(password))?;
            }
            Ok(Exit::Done)
        }
        // Git offers every credential that worked for storing, but a token comes from its grant and not from git.
        Operation::Store | Operation::List => Ok(Exit::Done),
    }
}

/// Answers docker for the one server that it names. Errors are printed on stdout as well, where docker looks for them.
fn docker(operation: Operation, request: &TokenRequest, transport: &Lazy, clock: &Clock) -> Result<Exit, Error> {
    match operation {
        Operation::List => print(&format!("{}\n", Value::Object(serde_json::Map::new()))).map(|()| Exit::Done),
        Operation::Store | Operation::Erase => description().map(|_| Exit::Done),
        Operation::Get => {
            let server = description()?;
            let answer = request.get(transport, clock).and_then(|acquired| {
                let username = request.username().unwrap_or(USERNAME);
                let secret = plain(&acquired.entry)?;
                let answer = json!({ "ServerURL": server.trim(), "Username": username, "Secret": secret });
                print(&format!("{answer}\n"))?;
                Ok(settle(&acquired))
            });
            if let Err(error) = &answer {
                print(&format!("{}\n", terminal::clean(&error.to_string())))?;
            }
            answer
        }
    }
}

/// Returns the access token as a password, which must not break the line of the protocol.
///
/// # Errors
/// Returns [`Error::Failed`] if the token contains a line break or a NUL.
fn plain(entry: &Entry) -> Result<&str, Error> {
    let token = entry.token.access_token.expose();
    if token.contains(['\n', '\r', '\0']) {
        return Err(Error::Failed("this token has a line break, which a credential cannot have".to_owned()));
    }
    Ok(token)
}
