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
use crate::headers::{self, Header};
use crate::moment::Moment;
use crate::request::{Request, frames_or_routes};
use crate::response::Response;

pub use asked::Asked;
pub use outcome::{Connection, Delivery, Exposure, LineAuth, Next, Order, Signed};
pub use parameters::{Kind, Parameter, Place, Values};
pub use scheme::{Asker, ChallengeOption, Layers, Signs, Table};
pub use session::{HostRule, Session};

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
    asker: Asker,
    hosts: HostRule,
}

impl Auth {
    /// Checks the parameters of a scheme.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if a parameter is missing or has a value that the scheme does not know, within
    /// [`Error::OfLine`] if a line asks.
    pub fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let Layers { table, asker, session, .. } = *layers;
        let signer = (table.make)(layers).map_err(|error| asker.charged(error))?;
        Ok(Self { table, signer, asker, hosts: session.hosts })
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
    /// Returns [`Error::Auth`] if the request cannot be signed with this scheme, if its `Host` header names another host
    /// than its URL, or if a header that was added has a control character or belongs to the message's frame; within
    /// [`Error::OfLine`] if a line asked.
    pub fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        self.sign_checked(request, moment).map_err(|error| self.asker.charged(error))
    }

    fn sign_checked(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        if self.signer.line_auth() == LineAuth::Kept {
            return self.signer.sign(request, moment);
        }
        check_host(self.table.name, self.hosts, request)?;
        let signed = self.signer.sign(request, moment)?;
        request.forget_auth();
        check_added(self.table.name, Step::Sign, request)?;
        Ok(signed)
    }

    /// Returns true if the signature covers the body of the request.
    #[must_use]
    pub fn covers_body(&self, request: &Request<'_>) -> bool {
        self.signer.covers_body(request)
    }

    /// Learns from the response to a request that was signed with this and sent, and authorizes the request anew if the
    /// server asks for that. It is called after each response; a request is sent again three times at most.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the server's challenge cannot be met, and [`Error::Refused`] if the server is not the
    /// one that it claims to be.
    pub fn answer(&mut self, request: &mut Request<'_>, response: &Response, moment: &Moment) -> Result<Next, Error> {
        let answered = self.signer.answer(request, response, moment).and_then(|next| {
            check_added(self.table.name, Step::Answer, request)?;
            Ok(next)
        });
        answered.map_err(|error| self.asker.charged(error))
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

    /// Returns the part of the credentials that signed requests show.
    #[must_use]
    pub fn exposure(&self) -> Exposure {
        self.signer.exposure()
    }

    /// Returns the order in which requests must be signed.
    #[must_use]
    pub fn order(&self) -> Order {
        self.signer.order()
    }
}

/// Refuses a `Host` header for another host than the URL's. Such a request is signed for one host and sent to the other,
/// which can pass the signature on.
fn check_host(scheme: &'static str, rule: HostRule, request: &Request<'_>) -> Result<(), Error> {
    let is_other = |value: &str| !request.url.is_host_header(value);
    let mut given = request.headers.iter().filter(|header| header.is("host"));
    if rule == HostRule::Any || !given.any(|header| is_other(&header.value)) {
        return Ok(());
    }
    let problem = "the Host header names another host than the URL; --allow-host lets it be signed".to_owned();
    Err(Error::Auth { scheme, problem: AuthProblem::Unsignable(problem) })
}

/// The step after which headers are checked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The request was signed.
    Sign,
    /// The request was authorized anew, as the response to it asks.
    Answer,
}

/// Refuses headers that a scheme has added if a parameter with a line break would make them two headers, or if they frame
/// or route the message. A parameter could otherwise end a message early and smuggle another one behind it (RFC 9112
/// section 11.2). A scheme may spell the URL's own host.
fn check_added(scheme: &'static str, step: Step, request: &Request<'_>) -> Result<(), Error> {
    let is_own_host = |header: &Header<'_>| header.is("host") && request.url.is_host_header(&header.value);
    // The answer to a proxy's challenge (RFC 9110 section 11.7.2), whose name is the scheme's and no parameter's.
    let is_for_proxy = |header: &Header<'_>| step == Step::Answer && header.is("proxy-authorization");
    let is_allowed = |header: &Header<'_>| is_own_host(header) || is_for_proxy(header);
    for header in request.headers.added() {
        let problem = if frames_or_routes(&header.name) && !is_allowed(header) {
            format!("{} frames or routes the message, and no scheme may write it", header.name)
        } else if !headers::is_token(&header.name) {
            "a header's name would have a character that no header name has".to_owned()
        } else if headers::has_control(&header.value) {
            format!("{} would have a control character: has a parameter a line break?", header.name)
        } else {
            continue;
        };
        return Err(Error::Auth { scheme, problem: AuthProblem::Unsignable(problem) });
    }
    Ok(())
}
