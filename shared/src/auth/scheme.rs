//! A scheme: the table that describes it, the layers that its parameters come from, and the trait that it implements.
//!
//! A scheme is one file with one [`Table`] and one type that implements [`Signs`]. Options, `_auth` keys, environment
//! variables, help and man page are made from the table.

use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;

use crate::duration::duration;
use crate::error::{AuthProblem, Error};
use crate::moment::Moment;
use crate::netrc::Netrc;
use crate::request::Request;
use crate::response::Response;
use crate::secret::Secret;

use super::outcome::{Connection, Exposure, LineAuth, Next, Order, Signed};
use super::parameters::{NETRC, NETRC_FILE, Parameter, Values};
use super::session::Session;

/// A signer: a scheme with its parameters, checked. Only [`Signs::sign`] has no default.
pub trait Signs: Debug + Send {
    /// Puts the authorization on a request and replaces one that is there. The caller drops `_auth`.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the request cannot be signed with this scheme.
    fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error>;

    /// Learns from the response to a request that was signed and sent, and authorizes the request anew if the server
    /// asks for that. It is called after each response; a request is sent again three times at most.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the server's challenge cannot be met, and [`Error::Refused`] if the server is not the
    /// one that it claims to be.
    fn answer(&mut self, _request: &mut Request<'_>, _response: &Response, _moment: &Moment) -> Result<Next, Error> {
        Ok(Next::Final)
    }

    /// Learns that the request signed last gets no response, so that threads which wait for its challenge stop waiting.
    fn give_up(&mut self) {}

    /// Returns the connections that requests of this scheme may share.
    fn connection(&self) -> Connection {
        Connection::Shared
    }

    /// Returns the part of the credentials that signed requests show.
    fn exposure(&self) -> Exposure {
        Exposure::Proof
    }

    /// Returns the order in which requests must be signed.
    fn order(&self) -> Order {
        Order::Any
    }

    /// Returns true if the signature covers the body of the request.
    fn covers_body(&self, _request: &Request<'_>) -> bool {
        false
    }

    /// Returns the fate of the `_auth` of signed requests.
    fn line_auth(&self) -> LineAuth {
        LineAuth::Dropped
    }
}

/// A scheme as it is typed, explained and made.
#[derive(Debug)]
pub struct Table {
    /// The scheme's name on the command line and in `_auth`.
    pub name: &'static str,
    /// Postman's name if it differs.
    pub aliases: &'static [&'static str],
    /// One line for the list of schemes.
    pub about: &'static str,
    /// Examples, indented by two spaces, no line over 80 columns (break behind `|` and indent by six).
    pub examples: &'static str,
    /// The parameters in the order in which help lists them.
    pub parameters: &'static [Parameter],
    /// Says whether `--challenge` is an option of the scheme.
    pub challenge: ChallengeOption,
    /// Checks the parameters and makes the signer.
    pub make: fn(&Layers<'_>) -> Result<Box<dyn Signs>, Error>,
}

/// Says whether a scheme has the option `--challenge`, which gives a server's challenge beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChallengeOption {
    /// The scheme answers challenges and takes the option.
    Taken,
    /// The scheme answers no challenge.
    Absent,
}

/// Two tables are the same scheme if they have the same name.
impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Table {}

impl Table {
    /// Returns true if that is the scheme's name or one of its aliases.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }

    /// Returns the parameter with that key.
    #[must_use]
    pub fn parameter(&self, key: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.key == key)
    }

    /// Returns the values that environment variables give, with references followed. An empty variable counts as unset.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a reference cannot be followed.
    pub fn from_environment(&self) -> Result<Values, Error> {
        let mut values = Values::default();
        for parameter in self.parameters {
            let variable = parameter.variable(self.name);
            if let Some(text) = std::env::var(&variable).ok().filter(|text| !text.is_empty()) {
                values.set_typed(parameter, &variable, &text)?;
            }
        }
        Ok(values)
    }
}

/// The party that asks for a signature with a scheme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asker {
    /// The user, who named the scheme. What they keep for it is theirs to use, and what is wrong with it concerns all lines.
    #[default]
    User,
    /// A line, for a host that the user lets have their own credentials. What is wrong with it concerns that line.
    TrustedLine,
    /// A line alone. Anyone may have written it, so it gets no signature with keys that it does not bring: what the user
    /// keeps in the environment, in profiles and in providers' files is not looked at, and no program there is run.
    Line,
}

impl Asker {
    /// Returns the error as what it is to this party: a problem of the whole run, or of one line.
    pub(super) fn charged(self, error: Error) -> Error {
        match self {
            Self::User => error,
            Self::TrustedLine | Self::Line => Error::OfLine { source: Box::new(error) },
        }
    }
}

/// The sources of a scheme's parameters in their order of precedence: option, the line's `_auth`, environment.
#[derive(Clone, Copy, Debug)]
pub struct Layers<'l> {
    /// The scheme whose parameters they are.
    pub table: &'static Table,
    /// The values given as options.
    pub options: &'l Values,
    /// The values in the line's `_auth`, if that is of this scheme.
    pub line: Option<&'l Values>,
    /// The values of environment variables.
    pub environment: &'l Values,
    /// The state that all threads of the run share.
    pub session: &'l Session,
    /// The party that asks. It decides whether what the user keeps may fill what is not given.
    pub asker: Asker,
}

impl<'l> Layers<'l> {
    /// Returns the value, secret or not; it may be empty.
    #[must_use]
    pub fn secret(&self, parameter: &Parameter) -> Option<&'l Secret> {
        debug_assert!(self.table.parameter(parameter.key).is_some(), "{} is in the table", parameter.key);
        let line = || self.line.and_then(|values| values.get(parameter));
        self.options.get(parameter).or_else(line).or_else(|| self.kept().get(parameter))
    }

    /// Returns the values of environment variables, of which there are none for a line alone.
    #[must_use]
    pub fn kept(&self) -> &'l Values {
        static NONE: Values = Values::none();
        if self.asker == Asker::Line { &NONE } else { self.environment }
    }

    /// Describes which parameter has its value from which layer, for `-v`: `token from --token`.
    #[must_use]
    pub fn sources(&self) -> String {
        let source = |parameter: &Parameter| {
            let key = parameter.key;
            let option = || self.options.get(parameter).map(|_| format!("--{}", parameter.option()));
            let line = || self.line.and_then(|values| values.get(parameter)).map(|_| "_auth".to_owned());
            let environment = || self.kept().get(parameter).map(|_| parameter.variable(self.table.name));
            let source = option().or_else(line).or_else(environment)?;
            Some(format!("{key} from {source}"))
        };
        let sources: Vec<String> = self.table.parameters.iter().filter_map(source).collect();
        if sources.is_empty() { "no parameter was given".to_owned() } else { sources.join(", ") }
    }

    /// Returns the value as text; it may be empty.
    #[must_use]
    pub fn text(&self, parameter: &Parameter) -> Option<&'l str> {
        self.secret(parameter).map(Secret::expose)
    }

    /// Returns the value as text, or `None` if it is absent or empty.
    #[must_use]
    pub fn filled(&self, parameter: &Parameter) -> Option<&'l str> {
        self.text(parameter).filter(|text| !text.is_empty())
    }

    /// Returns the secret.
    ///
    /// # Errors
    /// Returns [`AuthProblem::Missing`] if the value is absent or empty.
    pub fn required(&self, parameter: &Parameter) -> Result<&'l Secret, Error> {
        self.secret(parameter).filter(|secret| !secret.is_empty()).ok_or_else(|| self.missing(parameter))
    }

    /// Returns true if the flag is set. Postman writes `true`, `"true"` and `"1"`.
    ///
    /// # Errors
    /// Returns [`AuthProblem::Parameter`] if the value is neither true nor false.
    pub fn flag(&self, parameter: &Parameter) -> Result<bool, Error> {
        match self.filled(parameter) {
            None | Some("false" | "0" | "no") => Ok(false),
            Some("true" | "1" | "yes") => Ok(true),
            Some(_) => Err(self.bad(parameter, "neither true nor false")),
        }
    }

    /// Returns the netrc file if `--netrc` or `--netrc-file` asks for one.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the file cannot be read or parsed.
    pub fn netrc(&self) -> Result<Option<Arc<Netrc>>, Error> {
        let path = self.filled(&NETRC_FILE).map(Path::new);
        if path.is_none() && !self.flag(&NETRC)? {
            return Ok(None);
        }
        self.session.netrc(path).map(Some)
    }

    /// Returns the value as a whole number.
    ///
    /// # Errors
    /// Returns [`AuthProblem::Parameter`] if the value is not a whole number or out of the range of `N`.
    pub fn number<N: std::str::FromStr>(&self, parameter: &Parameter) -> Result<Option<N>, Error> {
        let parse = |text: &str| text.parse().map_err(|_| self.bad(parameter, "not a whole number in its range"));
        self.filled(parameter).map(parse).transpose()
    }

    /// Returns the value of a duration in seconds.
    ///
    /// # Errors
    /// Returns [`AuthProblem::Parameter`] if the value is not a duration, has a fraction of a second, which no scheme can
    /// write, or is out of the range of `N`.
    pub fn seconds<N: TryFrom<u64>>(&self, parameter: &Parameter) -> Result<Option<N>, Error> {
        let Some(text) = self.filled(parameter) else { return Ok(None) };
        let time = duration(text).map_err(|_| self.bad(parameter, "not a duration, such as 90s, 5m or 1h"))?;
        let whole = if time.subsec_nanos() == 0 { N::try_from(time.as_secs()).ok() } else { None };
        whole.map(Some).ok_or_else(|| self.bad(parameter, "not a whole number of seconds in its range"))
    }

    /// Returns the error for a parameter that is needed and missing.
    #[must_use]
    pub fn missing(&self, parameter: &Parameter) -> Error {
        // The usual message names an option and a variable, which would be of no use to a line that may not have them.
        if self.asker == Asker::Line {
            return Error::Auth { scheme: self.table.name, problem: AuthProblem::Withheld { key: parameter.key } };
        }
        let problem = AuthProblem::Missing {
            key: parameter.key,
            option: parameter.option(),
            variable: parameter.variable(self.table.name),
            in_line: self.line.is_some(),
        };
        Error::Auth { scheme: self.table.name, problem }
    }

    /// Returns the error for a parameter whose value the scheme cannot use. `problem` must not quote the value, which may
    /// be secret.
    #[must_use]
    pub fn bad(&self, parameter: &Parameter, problem: impl Into<String>) -> Error {
        // An option goes before the line, so if there is one, the value is not the line's.
        let in_line =
            self.options.get(parameter).is_none() && self.line.is_some_and(|values| values.get(parameter).is_some());
        let problem = AuthProblem::Parameter { key: parameter.key, problem: problem.into(), in_line };
        Error::Auth { scheme: self.table.name, problem }
    }
}
