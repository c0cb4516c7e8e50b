//! The parts that the schemes with JSON Web Tokens share.

use crate::error::Error;

use super::claims::{self, Object};
use super::jws::Jws;
use super::outcome::Signed;
use super::parameters::Parameter;
use super::scheme::Layers;

/// Returns the steps of a signed token.
pub(super) fn steps(header: &str, payload: &str, jws: &Jws) -> Signed {
    Signed {
        steps: vec![
            ("header", header.to_owned()),
            ("payload", payload.to_owned()),
            ("signing input", jws.signing_input.clone()),
        ],
    }
}

/// Parses a parameter as a JSON object.
pub(super) fn object(layers: &Layers<'_>, parameter: &Parameter) -> Result<Object, Error> {
    let text = layers.text(parameter).unwrap_or_default();
    Object::parse(text).map_err(|problem: claims::Problem| layers.bad(parameter, problem.to_string()))
}

/// Returns the error for an algorithm that is not among the known ones.
pub(super) fn unknown(layers: &Layers<'_>, parameter: &Parameter, known: &[&str]) -> Error {
    layers.bad(parameter, format!("not an algorithm that is known ({})", known.join(", ")))
}
