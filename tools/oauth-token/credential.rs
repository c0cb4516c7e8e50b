//! Tokens for other programs' credential protocols: git's (gitcredentials(7)) and docker's helpers.

use std::io::Read as _;

use serde_json::{Value, json};

use countersign_shared::error::{Error, Exit};
use countersign_shared::moment::Clock;
use countersign_shared::oauth::Entry;
use countersign_shared::secret::Secret;
use countersign_shared::terminal;
use countersign_shared::transport::Lazy;

use crate::get::{Wanted, settle};
use crate::handout::print;

/// The longest description that a program may send.
const LONGEST: u64 = 64 << 10;

/// What a program asks of a helper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Operation {
    /// Hand out a credential
    Get,
    /// Keep one: nothing is done, tokens come from their own grants
    Store,
    /// Forget one: what git says was refused is not handed out again
    Erase,
    /// List what there is, for docker
    List,
}

fn description() -> Result<String, Error> {
    let mut text = String::new();
    std::io::stdin().take(LONGEST).read_to_string(&mut text).map_err(Error::Read)?;
    Ok(text)
}

/// The user name that goes with a token where a host takes one over Basic: it is never looked at, but must be there.
const USERNAME: &str = "oauth2";

/// What git says of the credential that it wants (git-credential(1), INPUT/OUTPUT FORMAT).
struct Description(String);

impl Description {
    fn value(&self, name: &str) -> Option<&str> {
        self.0.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
    }

    /// Whether what we answer goes out in the clear, past this machine.
    fn is_in_the_clear(&self) -> bool {
        let host = self.value("host").unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        self.value("protocol") == Some("http") && !matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    }
}

/// Answers git.
///
/// # Errors
/// The token cannot be had.
pub(crate) fn git(operation: Operation, wanted: &Wanted, transport: &Lazy, clock: &Clock) -> Result<Exit, Error> {
    let asked = Description(description()?);
    match operation {
        Operation::Get if asked.is_in_the_clear() => {
            Err(Error::Failed("a token goes to http hosts of other machines in the clear: use https".to_owned()))
        }
        Operation::Get => {
            let got = wanted.get(transport, clock)?;
            let username = asked.value("username").or(wanted.username()).unwrap_or(USERNAME);
            let mut text = format!("username={username}\npassword={}\n", plain(&got.entry)?);
            if let Some(at) = got.entry.token.expires_at {
                text.push_str(&format!("password_expiry_utc={at}\n"));
            }
            print(&text)?;
            Ok(settle(&got))
        }
        Operation::Erase => {
            if let Some(password) = asked.value("password") {
                wanted.refused(&Secret::new(password))?;
            }
            Ok(Exit::Done)
        }
        Operation::Store | Operation::List => Ok(Exit::Done),
    }
}

/// Answers docker, for the one server that it asks for. What goes wrong is said on stdout too, where docker looks for it.
///
/// # Errors
/// The token cannot be had.
pub(crate) fn docker(operation: Operation, wanted: &Wanted, transport: &Lazy, clock: &Clock) -> Result<Exit, Error> {
    match operation {
        Operation::List => print(&format!("{}\n", Value::Object(serde_json::Map::new()))).map(|()| Exit::Done),
        Operation::Store | Operation::Erase => description().map(|_| Exit::Done),
        Operation::Get => {
            let server = description()?;
            let answer = wanted.get(transport, clock).and_then(|got| {
                let username = wanted.username().unwrap_or(USERNAME);
                let secret = plain(&got.entry)?;
                let answer = json!({ "ServerURL": server.trim(), "Username": username, "Secret": secret });
                print(&format!("{answer}\n"))?;
                Ok(settle(&got))
            });
            if let Err(error) = &answer {
                print(&format!("{}\n", terminal::clean(&error.to_string())))?;
            }
            answer
        }
    }
}

/// The token where a password stands: it must not break the line.
fn plain(entry: &Entry) -> Result<&str, Error> {
    let token = entry.token.access_token.expose();
    if token.contains(['\n', '\r', '\0']) {
        return Err(Error::Failed("this token has no place in a credential".to_owned()));
    }
    Ok(token)
}
