//! AWS credentials, and the errors for those that cannot be had.

use crate::error::{AuthProblem, Error, Exit};
use crate::moment;
use crate::secret::Secret;

/// The scheme's name, as errors give it.
pub(super) const SCHEME: &str = "aws";

/// A pair of keys that signs requests, and the token that belongs to temporary ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The access key's id, which is not secret.
    pub access_key: String,
    /// The secret access key.
    pub secret_key: Secret,
    /// The token of temporary credentials.
    pub session_token: Option<Secret>,
    /// The time at which they expire, in seconds since 1970-01-01T00:00:00Z; `None` if it is not known.
    pub expires: Option<i64>,
}

/// Returns the value of an environment variable, or `None` if it is unset or empty.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Parses an RFC 3339 time into seconds since 1970. Old versions of AWS's command line wrote `UTC` for the zone.
pub(super) fn time(text: &str) -> Option<i64> {
    let text = text.strip_suffix("UTC").map_or_else(|| text.to_owned(), |text| format!("{text}Z"));
    moment::parse(&text).ok()
}

/// Returns the error for configuration that cannot work.
pub(super) fn fail(text: String) -> Error {
    problem(Exit::Usage, text)
}

/// Returns the error for credentials that cannot be had.
pub(super) fn problem(exit: Exit, text: impl Into<String>) -> Error {
    let problem = AuthProblem::Credentials { exit, problem: text.into() };
    Error::Auth { scheme: SCHEME, problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_aws_tools_write_them() {
        for text in
            ["2020-06-17T10:02:08Z", "2020-06-17T10:02:08UTC", "2020-06-17T12:02:08+02:00", "2020-06-17T10:02:08.5Z"]
        {
            assert_eq!(time(text), Some(1_592_388_128), "{text}");
        }
        assert_eq!((time("tomorrow"), time("")), (None, None));
    }
}
