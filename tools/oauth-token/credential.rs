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

use crate::get::{Acquired, TokenRequest, issuing, settle};
use crate::handout::{print, used};
use crate::hosts::Server;

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
    /// Anything else: git may add words, and a helper does not answer those that it does not know (gitcredentials(7)).
    Other,
}

impl Operation {
    /// Reads the word that a program gives.
    pub(crate) fn of(word: &str) -> Self {
        Self::from_word(word).unwrap_or(Self::Other)
    }
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

    /// Returns the server that git asks for.
    fn server(&self) -> Option<Server> {
        let protocol = if self.value("protocol") == Some("http") { "http" } else { "https" };
        Server::parse(&format!("{protocol}://{}", self.value("host")?))
    }
}

/// Returns the token if it is for a server. Nobody is asked to sign in for another one.
fn token_for(
    server: &Server,
    request: &TokenRequest,
    transport: &Lazy,
    clock: &Clock,
) -> Result<Option<Acquired>, Error> {
    let hosts = request.hosts()?;
    let other = || {
        log::info!("the token is for other hosts: name them with --host, or host in the profile");
        Ok(None)
    };
    let known = request.endpoint();
    if (known.is_some() || hosts.are_named()) && !hosts.include(server, known) {
        return other();
    }
    let acquired = request.get(transport, clock)?;
    // The endpoint may have been discovered only now.
    if hosts.include(server, issuing(&acquired.entry.grant)) { Ok(Some(acquired)) } else { other() }
}

fn git(operation: Operation, request: &TokenRequest, transport: &Lazy, clock: &Clock) -> Result<Exit, Error> {
    let asked = Description(description()?);
    match operation {
        Operation::Get => {
            let Some(server) = asked.server() else { return Ok(Exit::Done) };
            if server.is_in_the_clear() {
                let problem = "git would send the token unencrypted over http to another machine: use https";
                return Err(Error::Failed(problem.to_owned()));
            }
            // Git goes on to its other helpers if this one has nothing.
            let Some(acquired) = token_for(&server, request, transport, clock)? else { return Ok(Exit::Done) };
            let username = asked.value("username").or(request.username()).unwrap_or(USERNAME);
            let mut text = format!("username={username}\npassword={}\n", plain(&acquired.entry)?);
            if let Some(at) = acquired.entry.token.ends_at(acquired.entry.grant.dialect.used) {
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
        Operation::Store | Operation::List | Operation::Other => Ok(Exit::Done),
    }
}

/// The words by which docker knows that a helper has nothing for a server (docker-credential-helpers, `credentials/error.go`).
const NOT_FOUND: &str = "credentials not found in native keychain";

/// Answers docker for the one server that it names. Errors are printed on stdout as well, where docker looks for them.
fn docker(operation: Operation, request: &TokenRequest, transport: &Lazy, clock: &Clock) -> Result<Exit, Error> {
    match operation {
        Operation::List => print(&format!("{}\n", Value::Object(serde_json::Map::new()))).map(|()| Exit::Done),
        Operation::Store | Operation::Erase | Operation::Other => description().map(|_| Exit::Done),
        Operation::Get => {
            let server = description()?;
            let Some(parsed) = Server::parse(&server).filter(|server| !server.is_in_the_clear()) else {
                log::info!("docker would send the token unencrypted, or names no server");
                return print(&format!("{NOT_FOUND}\n")).map(|()| Exit::Failed);
            };
            // Docker, podman and others look for these words, also where no such token is known at all.
            if !request.is_known() {
                log::info!("no such token is kept, and no profile says how to get it");
                return print(&format!("{NOT_FOUND}\n")).map(|()| Exit::Failed);
            }
            let answer = token_for(&parsed, request, transport, clock).and_then(|acquired| {
                let Some(acquired) = acquired else {
                    print(&format!("{NOT_FOUND}\n"))?;
                    return Ok(Exit::Failed);
                };
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
    let token = used(entry)?;
    if token.contains(['\n', '\r', '\0']) {
        return Err(Error::Failed("this token has a line break, which a credential cannot have".to_owned()));
    }
    Ok(token)
}
