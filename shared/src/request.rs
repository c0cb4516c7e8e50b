//! What travels through the pipe: one request.

use std::borrow::Cow;

use base64::Engine as _;
use serde_json::value::RawValue;

use crate::body::Body;
use crate::encode;
use crate::error::{Error, Field, Problem};
use crate::headers::{Headers, is_token};
use crate::secret::Secret;
use crate::url::{Url, Userinfo};

/// A request, borrowing from the line it was read from wherever nothing changed.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// A token (RFC 9110 section 9), in the case it came in.
    pub method: Cow<'a, str>,
    /// Where to, as it goes on the wire.
    pub url: Url<'a>,
    /// Without what is made anew (`Content-Length`) or belongs to one hop.
    pub headers: Headers<'a>,
    /// What is sent after the headers.
    pub body: Body<'a>,
    /// `_auth`: the authorization that this request asks for, a Postman auth object.
    pub auth: Option<&'a RawValue>,
    /// `_variables`: what this line brings along.
    pub variables: Option<&'a RawValue>,
    /// The members of the line in their order.
    pub members: Vec<Member<'a>>,
    /// What only whoever holds the connection can do: a writer for such a program tells it to.
    pub handshake: Option<Handshake>,
}

/// A handshake that signs a connection in, by NTLM.
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
    /// Anything else, passed on as it came.
    Other(Cow<'a, str>, Cow<'a, RawValue>),
}

impl<'a> Request<'a> {
    /// A request with an empty header list and no body.
    ///
    /// # Errors
    /// What [`Url::parse`] says of the URL, [`Problem::NotToken`] of the method.
    pub fn new(method: impl Into<Cow<'a, str>>, url: impl Into<Cow<'a, str>>) -> Result<Self, Error> {
        Self::from_parts(method.into(), url.into(), Headers::new(), Body::none())
    }

    /// A request from its parts: checks them, drops the headers that are made anew and turns the URL's userinfo into
    /// a basic `Authorization` header unless there is one.
    ///
    /// # Errors
    /// What [`Url::parse`] says of the URL, [`Headers::check`] of the headers, [`Problem::NotToken`] of the method.
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
        headers.check()?;
        headers.retain(|header| !is_made_anew(&header.name));
        if let Some(userinfo) = userinfo.filter(|_| !headers.has("authorization")) {
            headers.replace("Authorization", basic_of(&userinfo));
        }
        let members = vec![Member::Method, Member::Url, Member::Headers, Member::Body];
        Ok(Self { method, url, headers, body, auth: None, variables: None, members, handshake: None })
    }

    /// The value that the `Host` header will have: the one given, else the URL's.
    #[must_use]
    pub fn host(&self) -> Cow<'_, str> {
        match self.headers.get("host") {
            Some(host) => Cow::Borrowed(host),
            None => self.url.host_header(),
        }
    }

    /// What follows the headers; `None` sends no `Content-Length`. A method that defines a meaning for content and has
    /// none says so with `Content-Length: 0` (RFC 9110 section 8.6).
    #[must_use]
    pub fn content(&self) -> Option<&[u8]> {
        match self.method.as_ref() {
            "POST" | "PUT" | "PATCH" => Some(self.body.sent()),
            _ => self.body.bytes(),
        }
    }

    /// Takes away `_auth` and `_variables`: a signed line holds no secrets but the signature.
    pub fn forget_auth(&mut self) {
        self.auth = None;
        self.variables = None;
    }
}

/// Whether a header is made anew for each hop or message and so never read: `Content-Length`, `Transfer-Encoding`,
/// `Proxy-*`.
#[must_use]
pub fn is_made_anew(name: &str) -> bool {
    match name.len() {
        14 => name.eq_ignore_ascii_case("content-length"),
        17 if name.eq_ignore_ascii_case("transfer-encoding") => true,
        _ => name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("proxy-")),
    }
}

/// The header value for what stood before `@` in a URL (RFC 7617).
fn basic_of(userinfo: &Userinfo<'_>) -> String {
    let (user, password) = userinfo.0.split_once(':').unwrap_or((&userinfo.0, ""));
    let mut credentials = encode::percent_decoded(user);
    credentials.push(b':');
    credentials.extend(encode::percent_decoded(password));
    format!("Basic {}", encode::BASE64.encode(credentials))
}
