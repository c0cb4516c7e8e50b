//! Tokens for other programs' credential protocols: git's (gitcredentials(7)) and docker's helpers.

use std::io::{Read as _, Write as _};

use serde_json::{Value, json};

use countersign_shared::error::{Error, Exit};
use countersign_shared::moment::Clock;
use countersign_shared::oauth::Entry;
use countersign_shared::transport::Lazy;

use crate::get::Wanted;

/// The longest description that a program may send.
const LONGEST: u64 = 64 << 10;

/// What a program asks of a helper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Operation {
    /// Hand out a credential
    Get,
    /// Keep one: nothing is done, tokens come from their own grants
    Store,
    /// Forget one: nothing is done
    Erase,
    /// List what there is, for docker
    List,
}

fn description() -> Result<String, Error> {
    let mut text = String::new();
    std::io::stdin().take(LONGEST).read_to_string(&mut text).map_err(Error::Read)?;
    Ok(text)
}

fn print(text: &str) -> Result<Exit, Error> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::Write(error)),
        _ => Ok(Exit::Done),
    }
}

/// Answers git. The user name is what hosts that take tokens over Basic expect from OAuth clients.
///
/// # Errors
/// The token cannot be had.
pub(crate) fn git(operation: Operation, wanted: &Wanted, transport: &Lazy, clock: &Clock) -> Result<Exit, Error> {
    let asked = description()?;
    if operation != Operation::Get {
        return Ok(Exit::Done);
    }
    let username = asked.lines().find_map(|line| line.strip_prefix("username=")).unwrap_or("oauth2").to_owned();
    let entry = wanted.get(transport, clock)?.entry;
    let mut text = format!("username={username}\npassword={}\n", plain(&entry)?);
    if let Some(at) = entry.token.expires_at {
        text.push_str(&format!("password_expiry_utc={at}\n"));
    }
    print(&text)
}

/// Answers docker, for the one server that it asks for.
///
/// # Errors
/// The token cannot be had.
pub(crate) fn docker(operation: Operation, wanted: &Wanted, transport: &Lazy, clock: &Clock) -> Result<Exit, Error> {
    match operation {
        Operation::List => print(&format!("{}\n", Value::Object(serde_json::Map::new()))),
        Operation::Store | Operation::Erase => description().map(|_| Exit::Done),
        Operation::Get => {
            let server = description()?;
            let entry = wanted.get(transport, clock)?.entry;
            let answer = json!({ "ServerURL": server.trim(), "Username": "oauth2", "Secret": plain(&entry)? });
            print(&format!("{answer}\n"))
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
