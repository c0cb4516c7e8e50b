//! A verifier: the table that describes it, the trait that it implements, and the result that it gives.

use std::fmt;

use countersign_shared::auth::parameters::Parameter;
use countersign_shared::auth::scheme::{Layers, Table};
use countersign_shared::error::Error;
use countersign_shared::request::Request;

/// A check of requests against the parameters of one scheme.
pub(super) trait Verifies: Sync {
    /// Checks one request, at a time in seconds since 1970.
    ///
    /// # Errors
    /// Returns the first step that differs if the request is not signed as the parameters say.
    fn verify(&self, request: &Request<'_>, now: i64) -> Result<(), Invalid>;
}

/// A scheme as its verifier is typed, explained and made.
pub(super) struct Verifier {
    pub(super) table: &'static Table,
    /// Examples, indented by two spaces, no line over 80 columns.
    pub(super) examples: &'static str,
    /// The parameters of the scheme that the verifier takes, with the help that they have here.
    pub(super) parameters: &'static [Parameter],
    /// Checks the parameters and makes the verifier.
    pub(super) make: fn(&Layers<'_>) -> Result<Box<dyn Verifies>, Error>,
}

/// Returns a scheme's parameter with the help that it has here. A verifier does without what is not given, so the signer's
/// default goes.
pub(super) const fn taken(parameter: Parameter, short: &'static str) -> Parameter {
    Parameter { default: None, ..parameter }.short(short).more("")
}

/// The first step at which a request differs from the one that its scheme would make.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Invalid {
    /// The header, parameter or string that differs.
    step: &'static str,
    /// A text that says how it differs. It holds no secret.
    problem: String,
}

impl Invalid {
    /// Returns the result for a step that differs.
    pub(super) fn new(step: &'static str, problem: impl Into<String>) -> Self {
        Self { step, problem: problem.into() }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.step, self.problem)
    }
}

/// The largest number of parameters that a header or query may have. Schemes need far fewer; a longer list would only cost
/// time.
pub(super) const MOST: usize = 64;

/// Returns the result for a header or query with more than [`MOST`] parameters.
pub(super) fn too_many(step: &'static str) -> Invalid {
    Invalid::new(step, format!("has more than {MOST} parameters"))
}

/// Returns the credentials in the `Authorization` header.
///
/// # Errors
/// Returns [`Invalid`] if the header is absent, is there more than once, or is of another scheme.
pub(super) fn credentials<'r>(request: &'r Request<'_>, scheme: &str) -> Result<&'r str, Invalid> {
    let mut values = request.headers.iter().filter(|header| header.is("Authorization"));
    // With two headers, a proxy and the server behind it could each take another one.
    let (Some(header), None) = (values.next(), values.next()) else {
        let count = request.headers.iter().filter(|header| header.is("Authorization")).count();
        return Err(Invalid::new("Authorization", format!("there are {count} such headers, not one")));
    };
    let (name, rest) = header.value.split_once(' ').unwrap_or((&header.value, ""));
    if !name.eq_ignore_ascii_case(scheme) {
        return Err(Invalid::new("Authorization", format!("is not of the scheme {scheme}")));
    }
    Ok(rest.trim_matches(' '))
}
