//! The request that travels through the pipe, from a line to the wire.
//!
//! ```
//! use countersign_shared::body::Body;
//! use countersign_shared::headers::Headers;
//! use countersign_shared::request::Request;
//!
//! let mut headers = Headers::new();
//! headers.push("Content-Type", "application/json");
//! let body = Body::new(&b"{\"n\":1}"[..], "application/json");
//! let request = Request::from_parts("POST".into(), "https://api.example/items".into(), headers, body)?;
//! assert_eq!(request.host(), "api.example");
//! assert_eq!(request.content(), Some(&b"{\"n\":1}"[..]));
//! # Ok::<(), countersign_shared::error::Error>(())
//! ```

use std::borrow::Cow;

use base64::Engine as _;
use serde_json::value::RawValue;

use crate::body::{Body, Fidelity};
use crate::encode;
use crate::error::{Error, Field, Problem, VariableProblem};
use crate::headers::{Headers, is_token};
use crate::json::text_of;
use crate::secret::Secret;
use crate::url::{Url, Userinfo};
use crate::variables::Variables;

/// A request that borrows from the line it was read from wherever nothing changed.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The method, a token (RFC 9110 section 9) in the case it came in.
    pub method: Cow<'a, str>,
    /// The URL, as it goes on the wire.
    pub url: Url<'a>,
    /// The headers, without those that are made anew for each message or hop ([`is_made_anew`]).
    pub headers: Headers<'a>,
    /// The bytes that are sent after the headers.
    pub body: Body<'a>,
    /// `_auth`, the authorization that this request asks for, as a Postman auth object.
    pub auth: Option<Asks<'a>>,
    /// `_variables`, the values that this line brings along.
    pub variables: Option<&'a RawValue>,
    /// The variables that were in force when the request was read, for the parameters that it is signed with.
    pub scopes: Option<Box<Variables>>,
    /// The members of the line in their order.
    pub members: Vec<Member<'a>>,
    /// The things that the reader noticed and that the user should know.
    pub notes: Vec<Note>,
    /// The account for a handshake that only the program which holds the connection can do. A writer for such a program
    /// tells it to.
    pub handshake: Option<Handshake>,
}

/// A thing that a reader noticed in a request that can be used all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The level at which it is shown.
    pub level: log::Level,
    /// The words, which show nothing secret.
    pub text: String,
}

impl Note {
    /// Returns a note that is always shown, unless `--quiet` is given.
    #[must_use]
    pub const fn warning(text: String) -> Self {
        Self { level: log::Level::Warn, text }
    }
}

/// The authorization that a line asks for.
#[derive(Clone, Debug)]
pub struct Asks<'a> {
    /// A Postman auth object, with variables replaced.
    pub raw: Cow<'a, RawValue>,
    /// The reason why a variable in it cannot be replaced, if there is one.
    pub problem: Option<VariableProblem>,
}

/// The account for a handshake that authorizes a connection (NTLM).
#[derive(Clone, Debug)]
pub struct Handshake {
    /// `DOMAIN\user`, or `user`.
    pub user: String,
    /// The password.
    pub password: Secret,
}

/// One member of a request line, in its place.
#[derive(Clone, Debug)]
pub enum Member<'a> {
    /// `method`
    Method,
    /// `url`
    Url,
    /// `headers`
    Headers,
    /// `postData`
    Body,
    /// `_auth`
    Auth,
    /// `_variables`
    Variables,
    /// Any other member, passed on as it came.
    Other(Cow<'a, str>, Cow<'a, RawValue>),
}

impl<'a> Request<'a> {
    /// Returns a request without headers and body.
    ///
    /// # Errors
    /// Returns [`Error::Url`] if the URL is not one, and [`Error::Request`] with [`Problem::NotToken`] if the method is not
    /// a token.
    pub fn new(method: impl Into<Cow<'a, str>>, url: impl Into<Cow<'a, str>>) -> Result<Self, Error> {
        Self::from_parts(method.into(), url.into(), Headers::new(), Body::none())
    }

    /// Returns a request made of these parts. Headers that are made anew are dropped, and userinfo of the URL becomes a
    /// basic `Authorization` header unless there is one.
    ///
    /// # Errors
    /// Returns [`Error::Url`] if the URL is not one, and [`Error::Request`] if the method is not a token or
    /// [`Headers::check`] finds a header that cannot be sent.
    pub fn from_parts(
        method: Cow<'a, str>,
        url: Cow<'a, str>,
        mut headers: Headers<'a>,
        body: Body<'a>,
    ) -> Result<Self, Error> {
        if !is_token(&method) {
            return Err(Error::request(Field::Method, Problem::NotToken));
        }
        let (url, userinfo) = Url::parse(url)?;
        // The check comes before headers are dropped, so that it numbers them as the input does.
        headers.check()?;
        headers.retain(|header| !is_made_anew(&header.name));
        if let Some(userinfo) = userinfo
            && !headers.has("authorization")
        {
            headers.replace("Authorization", basic_of(&userinfo));
        }
        let members = vec![Member::Method, Member::Url, Member::Headers, Member::Body];
        Ok(Self {
            method,
            url,
            headers,
            body,
            auth: None,
            variables: None,
            scopes: None,
            members,
            notes: Vec::new(),
            handshake: None,
        })
    }

    /// Returns the value that the `Host` header will have: the one given, else the URL's.
    #[must_use]
    pub fn host(&self) -> Cow<'_, str> {
        match self.headers.get("host") {
            Some(host) => Cow::Borrowed(host),
            None => self.url.host_header(),
        }
    }

    /// Returns the bytes that follow the headers, or `None` if no `Content-Length` is sent. A request without a body whose
    /// method gives content a meaning is sent with `Content-Length: 0` (RFC 9110 section 8.6).
    #[must_use]
    pub fn content(&self) -> Option<&[u8]> {
        match self.method.as_ref() {
            "POST" | "PUT" | "PATCH" => Some(self.body.sent()),
            _ => self.body.bytes(),
        }
    }

    /// Returns the likeness of the body to the one that was sent, as `_body` says.
    #[must_use]
    pub fn fidelity(&self) -> Fidelity {
        let named = self.members.iter().find_map(|member| match member {
            Member::Other(name, raw) if name == "_body" => Fidelity::named(&text_of(raw)?),
            _ => None,
        });
        named.unwrap_or(Fidelity::Exact)
    }

    /// Checks that the body is all there.
    ///
    /// # Errors
    /// Returns [`Problem::Partial`] or [`Problem::Unavailable`] if `_body` says that it is not.
    pub fn check_body(&self) -> Result<(), Error> {
        match self.fidelity() {
            Fidelity::Exact | Fidelity::Reencoded => Ok(()),
            Fidelity::Partial => Err(Error::request(Field::Body, Problem::Partial)),
            Fidelity::Unavailable => Err(Error::request(Field::Body, Problem::Unavailable)),
        }
    }

    /// Says in `_body` how like the body is to the one that was sent.
    pub(crate) fn mark_body(&mut self, fidelity: Fidelity) {
        let Some(raw) = fidelity.json().and_then(|text| RawValue::from_string(text.to_owned()).ok()) else { return };
        self.members.retain(|member| !matches!(member, Member::Other(name, _) if name == "_body"));
        self.members.push(Member::Other(Cow::Borrowed("_body"), Cow::Owned(raw)));
    }

    /// Removes `_auth` and `_variables`, so that a signed line holds no secrets but the signature.
    pub fn forget_auth(&mut self) {
        self.auth = None;
        self.variables = None;
    }
}

/// Returns true if a header is made anew for each hop or message and so never read: `Content-Length`,
/// `Transfer-Encoding`, `Proxy-*`.
#[must_use]
pub fn is_made_anew(name: &str) -> bool {
    match name.len() {
        14 if name.eq_ignore_ascii_case("content-length") => true,
        17 if name.eq_ignore_ascii_case("transfer-encoding") => true,
        _ => name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("proxy-")),
    }
}

/// Returns true if a header says where a message ends, where it goes or what becomes of its connection. The sender alone
/// writes these; with one that does not fit the message, a server takes a part of the body for another request.
#[must_use]
pub fn frames_or_routes(name: &str) -> bool {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    // By length first: this is asked of every header that a scheme adds to every request.
    let is_listed = match name.len() {
        2 => is("te"),
        4 => is("host"),
        6 => is("expect"),
        7 => is("upgrade") || is("trailer"),
        10 => is("connection") || is("keep-alive"),
        14 => is("http2-settings"),
        _ => false,
    };
    is_listed || is_made_anew(name)
}

/// Returns the header value for the userinfo of a URL (RFC 7617).
fn basic_of(userinfo: &Userinfo<'_>) -> String {
    // The colon is looked for before escapes are decoded, because an escaped one is part of the name or the password.
    let (user, password) = userinfo.0.split_once(':').unwrap_or((&userinfo.0, ""));
    let mut credentials = encode::percent_decoded(user);
    credentials.push(b':');
    credentials.extend(encode::percent_decoded(password));
    format!("Basic {}", encode::BASE64.encode(credentials))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_each_hop_makes_are_made_anew_however_long_their_names_are() {
        for rest in 1..20 {
            assert!(is_made_anew(&format!("Proxy-{}", "x".repeat(rest))), "{rest}");
        }
        for name in ["content-length", "Transfer-Encoding", "proxy-authorization", "PROXY-CONNECTION"] {
            assert!(is_made_anew(name), "{name}");
        }
        for name in ["Content-Type", "X-Proxy-Thing", "Proxy", "prox-y", "é-proxy-", "Content-Lengths"] {
            assert!(!is_made_anew(name), "{name}");
        }
    }
}
