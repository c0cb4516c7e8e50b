//! Authorization: the list of schemes, and how a request gets its own.
//!
//! Every scheme is one file with one [`Table`] and one line in [`ALL`]. Options, `_auth` keys, environment variables, help
//! and man page are made from the table.

pub mod apikey;
pub mod asap;
pub mod asked;
pub mod aws;
pub mod basic;
pub mod bearer;
mod claims;
pub mod digest;
pub mod edgegrid;
pub mod hawk;
mod json_token;
pub(crate) mod jws;
pub mod jwt;
mod named_token;
pub mod none;
pub mod ntlm;
pub mod oauth1;
pub mod oauth2;
pub mod outcome;
pub mod parameters;
mod placement;
pub mod scheme;
pub mod session;
pub mod tokens;

use crate::error::{AuthProblem, Error};
use crate::headers::Origin;
use crate::moment::Moment;
use crate::request::Request;
use crate::response::Response;

pub use asked::Asked;
pub use outcome::{Connection, Delivery, LineAuth, Next, Order, Signed};
pub use parameters::{Kind, Parameter, Place, Values};
pub use scheme::{ChallengeOption, Layers, Signs, Table};
pub use session::Session;

/// The schemes in the order in which help lists them.
pub static ALL: &[&Table] = &[
    &none::TABLE,
    &apikey::TABLE,
    &bearer::TABLE,
    &basic::TABLE,
    &digest::TABLE,
    &oauth1::TABLE,
    &oauth2::TABLE,
    &hawk::TABLE,
    &aws::TABLE,
    &ntlm::TABLE,
    &edgegrid::TABLE,
    &jwt::TABLE,
    &asap::TABLE,
];

/// Returns the scheme of that name, which is ours or Postman's.
#[must_use]
pub fn named(name: &str) -> Option<&'static Table> {
    ALL.iter().copied().find(|table| table.is_named(name))
}

/// The authorization of requests: a scheme with its parameters, checked.
#[derive(Debug)]
pub struct Auth {
    table: &'static Table,
    signer: Box<dyn Signs>,
}

impl Auth {
    /// Checks the parameters of a scheme.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if a parameter is missing or has a value that the scheme does not know.
    pub fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        Ok(Self { table: layers.table, signer: (layers.table.make)(layers)? })
    }

    /// Returns the scheme's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.table.name
    }

    /// Puts the authorization on a request. An earlier authorization by the same scheme is replaced, and the request loses
    /// its `_auth`, unless the scheme keeps it ([`Signs::line_auth`]).
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the request cannot be signed with this scheme, or if a header that was added has a
    /// control character.
    pub fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        let signed = self.signer.sign(request, moment)?;
        if self.signer.line_auth() == LineAuth::Dropped {
            request.forget_auth();
            check_added(self.table.name, request)?;
        }
        Ok(signed)
    }

    /// Learns from the response to a request that was signed with this and sent, and authorizes the request anew if the
    /// server asks for that. It is called after each response; a request is sent again three times at most.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the server's challenge cannot be met, and [`Error::Refused`] if the server is not the
    /// one that it claims to be.
    pub fn answer(&mut self, request: &mut Request<'_>, response: &Response, moment: &Moment) -> Result<Next, Error> {
        let next = self.signer.answer(request, response, moment)?;
        check_added(self.table.name, request)?;
        Ok(next)
    }

    /// Tells the scheme that the request signed last gets no response. Call it so that threads which wait for a challenge
    /// to that request stop waiting.
    pub fn give_up(&mut self) {
        self.signer.give_up();
    }

    /// Returns the connections that requests of this scheme may share.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.signer.connection()
    }

    /// Returns the order in which requests must be signed.
    #[must_use]
    pub fn order(&self) -> Order {
        self.signer.order()
    }
}

/// Refuses headers that a scheme has added if a parameter with a line break would make them two headers.
fn check_added(scheme: &'static str, request: &Request<'_>) -> Result<(), Error> {
    let is_bad = |text: &str| text.bytes().any(|b| (b < b' ' && b != b'\t') || b == 0x7f);
    let added = request.headers.iter().filter(|header| header.origin == Origin::Added);
    for header in added {
        let problem = match crate::headers::is_token(&header.name) {
            false => "a header's name would have a character that no header name has".to_owned(),
            true if is_bad(&header.value) => {
                format!("{} would have a control character: has a parameter a line break?", header.name)
            }
            true => continue,
        };
        return Err(Error::Auth { scheme, problem: AuthProblem::Unsignable(problem) });
    }
    Ok(())
}
