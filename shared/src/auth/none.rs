//! No authorization: requests are only converted between formats.

use crate::error::Error;
use crate::moment::Moment;
use crate::request::Request;

use super::outcome::{LineAuth, Signed};
use super::scheme::{ChallengeOption, Signs, Table};

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "none",
    aliases: &["noauth"],
    about: "Sign nothing: convert between formats",
    examples: "  sign none --to har requests.ndjson > requests.har
  sign none --from curl --to hurl copied.txt",
    parameters: &[],
    challenge: ChallengeOption::Absent,
    make: |_| Ok(Box::new(Unsigned)),
};

/// A scheme that leaves requests as they are.
#[derive(Debug)]
struct Unsigned;

impl Signs for Unsigned {
    fn sign(&self, _: &mut Request<'_>, _: &Moment) -> Result<Signed, Error> {
        Ok(Signed::default())
    }

    /// A request that is only converted may be signed by a later run.
    fn line_auth(&self) -> LineAuth {
        LineAuth::Kept
    }
}
