//! The style of token requests: their encoding, and headers of the user's own.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::headers::{self, Headers};
use crate::options::{Choice, Choices};
use crate::secret::{self, Secret};

use super::form::Form;

/// The program that asks. Some servers refuse requests without it, or with one that others use (Reddit, OpenStreetMap).
pub const USER_AGENT: &str = concat!("countersign/", env!("CARGO_PKG_VERSION"));

/// The encoding of token requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// A form (RFC 6749).
    #[default]
    Form,
    /// A JSON object.
    Json,
}

impl Choices for Encoding {
    const CHOICES: &'static [(Choice, Self)] = &[
        (Choice::new("form", "A form (RFC 6749)"), Self::Form),
        (Choice::new("json", "A JSON object, as Atlassian, Notion and login calls want"), Self::Json),
    ];
}

/// The encoding of a request's body, and the headers that the user added.
#[derive(Clone, Debug, Default)]
pub struct Style {
    encoding: Encoding,
    headers: Vec<(String, Secret)>,
}

/// The headers that frame or route a message, or that the encoding decides.
const RESERVED: [&str; 9] =
    ["content-length", "transfer-encoding", "host", "connection", "content-type", "expect", "upgrade", "te", "trailer"];

impl Style {
    /// Reads the headers, `Name: value` each, whose value may be a reference.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a header is not written so or frames the message, and the error of [`secret::resolve`] if
    /// a reference cannot be resolved.
    pub fn new(encoding: Encoding, headers: &[String]) -> Result<Self, Error> {
        let read = |text: &String| {
            let (name, value) = divided(text)?;
            let value = secret::resolve(&format!("--token-header {name}"), value)?;
            checked(name, value)
        };
        let headers = headers.iter().map(read).collect::<Result<_, Error>>()?;
        Ok(Self { encoding, headers })
    }

    /// Takes headers that are data from elsewhere, as pairs of a name and a value. Nothing in them is a reference.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a name is none, or if a header frames the message.
    pub fn of_data(encoding: Encoding, headers: Vec<(String, String)>) -> Result<Self, Error> {
        let read = |(name, value): (String, String)| checked(named(&name)?, Secret::new(value.trim()));
        let headers = headers.into_iter().map(read).collect::<Result<_, Error>>()?;
        Ok(Self { encoding, headers })
    }

    /// Returns the type and the text of a body.
    pub(super) fn body(&self, form: &Form) -> (&'static str, zeroize::Zeroizing<String>) {
        match self.encoding {
            Encoding::Json => ("application/json", form.json()),
            Encoding::Form => ("application/x-www-form-urlencoded", form.encoded()),
        }
    }

    /// Puts the user's headers over ours.
    pub(super) fn add(&self, headers: &mut Headers<'static>) {
        for (name, value) in &self.headers {
            headers.replace(name.clone(), value.expose().to_owned());
        }
    }

    /// Returns the values of the headers, which no message may show.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.headers.iter().filter(|(name, _)| !is_open_header(name)).map(|(_, value)| value)
    }
}

/// Divides a header into name and value.
///
/// # Errors
/// Returns [`Error::Usage`] if the text is no header, or one that the user cannot set.
pub fn divided(text: &str) -> Result<(&str, &str), Error> {
    let (name, value) = text.split_once(':').ok_or_else(|| usage("is written 'Name: value'"))?;
    Ok((named(name)?, value.trim()))
}

fn usage(problem: &str) -> Error {
    Error::Usage(format!("--token-header {problem}"))
}

/// Returns the name of a header without the blanks around it, if the user can set it.
fn named(name: &str) -> Result<&str, Error> {
    let name = name.trim();
    if !headers::is_token(name) {
        return Err(usage("is written 'Name: value', and the name has letters, digits and -"));
    }
    let is_framing = RESERVED.iter().any(|reserved| name.eq_ignore_ascii_case(reserved));
    if is_framing || name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("proxy-")) {
        return Err(usage(&format!("{name}: this header frames or routes the message and cannot be set")));
    }
    Ok(name)
}

fn checked(name: &str, value: Secret) -> Result<(String, Secret), Error> {
    if value.expose().chars().any(|c| c.is_control() && c != '\t') {
        return Err(usage(&format!("{name}: the value has a control character")));
    }
    Ok((name.to_owned(), value))
}

/// Returns true if a header of token requests has no secret in it.
#[must_use]
pub fn is_open_header(name: &str) -> bool {
    ["origin", "user-agent"].iter().any(|open| open.eq_ignore_ascii_case(name.trim()))
}
