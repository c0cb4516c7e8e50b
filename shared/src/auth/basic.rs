//! Basic authentication (RFC 7617), in UTF-8.

use std::sync::Arc;

use base64::Engine as _;

use crate::encode::BASE64;
use crate::error::{AuthProblem, Error};
use crate::moment::Moment;
use crate::netrc::Netrc;
use crate::request::Request;
use crate::secret::Secret;

use super::outcome::{Exposure, Signed};
use super::parameters::{self, NETRC, NETRC_FILE, PASSWORD, Parameter};
use super::scheme::{ChallengeOption, Layers, Signs, Table};
use super::session::no_entry;

const USERNAME: Parameter =
    parameters::USERNAME.more("A colon in it is refused, because the server could not tell where the name ends");

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "basic",
    aliases: &[],
    about: "User name and password (RFC 7617)",
    examples: "  echo https://api.example.com/ |
      sign basic --username alice --password env:PASSWORD --to curl-config |
      curl -K -
  echo https://api.example.com/ |
      sign basic --username alice --password - --to header |
      curl -H @- https://api.example.com/
  sign basic --netrc < requests.ndjson",
    parameters: &[USERNAME, PASSWORD, NETRC, NETRC_FILE],
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(Basic::new(layers)?)),
};

/// Credentials, ready to be put on requests.
#[derive(Debug)]
enum Basic {
    /// The header value, which is the same for every request.
    Authorization(Secret),
    /// The file that has the entry for the request's host, and the user name if one was given.
    Netrc(Arc<Netrc>, Option<String>),
}

impl Basic {
    /// Checks the parameters.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if neither user name nor password is given, or if the user name has a colon (RFC 7617
    /// section 2).
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let username = layers.text(&USERNAME);
        let password = layers.text(&PASSWORD);
        // A password that is given goes before the file, whose entry may be for another account.
        if password.is_none()
            && let Some(netrc) = layers.netrc()?
        {
            return Ok(Self::Netrc(netrc, username.filter(|name| !name.is_empty()).map(str::to_owned)));
        }
        if username.is_none() && password.is_none() {
            return Err(layers.missing(&USERNAME));
        }
        let authorization = authorization(username.unwrap_or_default(), password.unwrap_or_default());
        authorization.map(Self::Authorization).map_err(|bad| layers.bad(bad.parameter, bad.problem))
    }
}

impl Signs for Basic {
    fn sign(&self, request: &mut Request<'_>, _: &Moment) -> Result<Signed, Error> {
        let value = match self {
            Self::Authorization(value) => value.clone(),
            Self::Netrc(netrc, login) => {
                let entry = netrc.find(&request.url, login.as_deref());
                let entry = entry.ok_or_else(|| no_entry(TABLE.name, netrc, request))?;
                let password = entry.password.as_ref().map(Secret::expose);
                authorization(entry.login.as_deref().unwrap_or_default(), password.unwrap_or_default())
                    .map_err(|bad| bad_entry(netrc, bad))?
            }
        };
        request.headers.replace("Authorization", value.expose().to_owned());
        Ok(Signed::default())
    }

    fn exposure(&self) -> Exposure {
        Exposure::Secret
    }
}

/// The error for a parameter that a server could not read.
struct Bad {
    parameter: &'static Parameter,
    problem: &'static str,
}

/// Returns the header value (RFC 7617 section 2).
///
/// # Errors
/// Returns [`Bad`] if the user name has a colon, or either text has a control character.
fn authorization(username: &str, password: &str) -> Result<Secret, Bad> {
    if username.contains(':') {
        return Err(Bad { parameter: &USERNAME, problem: "not usable: it has a colon (RFC 7617 section 2)" });
    }
    for (parameter, text) in [(&USERNAME, username), (&PASSWORD, password)] {
        if text.contains(char::is_control) {
            return Err(Bad { parameter, problem: "not usable: it has a control character (RFC 7617 section 2)" });
        }
    }
    let credentials = zeroize::Zeroizing::new(format!("{username}:{password}"));
    Ok(Secret::new(format!("Basic {}", BASE64.encode(credentials.as_bytes()))))
}

fn bad_entry(netrc: &Netrc, bad: Bad) -> Error {
    let word = if *bad.parameter == USERNAME { "login" } else { "password" };
    let problem = AuthProblem::Unsignable(format!("{}: the {word} is {}", netrc.path().display(), bad.problem));
    Error::Auth { scheme: TABLE.name, problem }
}
