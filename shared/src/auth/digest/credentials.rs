//! The computation of a digest response, and the header that carries it (RFC 7616 section 3.4).

use std::borrow::Cow;
use std::fmt::Write as _;

use digest_auth::{AuthContext, AuthorizationHeader, HttpMethod};
use icu_normalizer::ComposingNormalizerBorrowed;
use zeroize::Zeroizing;

use crate::encode::{self, UNRESERVED};
use crate::headers::is_token;
use crate::secret::Secret;

use super::offer::{Charset, Names, Offer, Qop};

/// The values that a response is computed from, apart from the message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Credentials<'a> {
    pub(super) username: &'a str,
    pub(super) password: &'a Secret,
    pub(super) offer: &'a Offer,
    pub(super) qop: Option<Qop>,
    /// The number of requests with this nonce, this one included.
    pub(super) count: u32,
    pub(super) client_nonce: &'a str,
    pub(super) uri: &'a str,
}

/// The message that is hashed with the credentials.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message<'a> {
    /// The request's method; empty for the proof of a server in `Authentication-Info`.
    pub(super) method: &'a str,
    /// The body, which `auth-int` covers even if it is empty.
    pub(super) body: &'a [u8],
}

impl Credentials<'_> {
    /// Returns a user name or a password in the form that is hashed (RFC 7616 section 4).
    fn normalized<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.offer.charset {
            Charset::Utf8 if !text.is_ascii() => ComposingNormalizerBorrowed::new_nfc().normalize(text),
            _ => Cow::Borrowed(text),
        }
    }

    /// Returns the response, and the user name as it is sent.
    fn compute(&self, message: &Message<'_>) -> (String, String) {
        // Only the crate's computation is used. Its parser takes the first header only and breaks on characters beyond
        // ASCII, and its choice prefers auth-int unasked.
        let username = self.normalized(self.username);
        let password = Zeroizing::new(self.normalized(self.password.expose()).into_owned());
        let mut header = AuthorizationHeader {
            realm: self.offer.realm.clone(),
            nonce: self.offer.nonce.clone(),
            // The value is not part of the computation. It is written into the header by itself.
            opaque: None,
            userhash: self.offer.names == Names::Hashed,
            algorithm: self.offer.algorithm.for_crate(),
            response: String::new(),
            username: String::new(),
            uri: self.uri.to_owned(),
            qop: self.qop.map(|qop| match qop {
                Qop::Auth => digest_auth::Qop::AUTH,
                Qop::AuthInt => digest_auth::Qop::AUTH_INT,
            }),
            cnonce: Some(self.client_nonce.to_owned()),
            nc: self.count,
        };
        header.digest(&AuthContext {
            username,
            password: Cow::Borrowed(password.as_str()),
            uri: Cow::Borrowed(self.uri),
            // If the body were absent, the crate would compute auth in place of auth-int.
            body: Some(Cow::Borrowed(message.body)),
            method: HttpMethod(Cow::Borrowed(message.method)),
            cnonce: None,
        });
        (header.response, header.username)
    }

    /// Returns the response alone, for comparison with a server's proof.
    pub(super) fn response(&self, message: &Message<'_>) -> String {
        self.compute(message).0
    }

    /// Returns the value of the `Authorization` header, and the steps to it with the secrets masked.
    pub(super) fn authorization(&self, message: &Message<'_>) -> (String, Vec<(&'static str, String)>) {
        let (response, username) = self.compute(message);
        let steps = self.steps(message, &response);
        let mut out = String::with_capacity(256);
        out.push_str("Digest ");
        self.write_username(&mut out, &username);
        for (name, value) in [("realm", &*self.offer.realm), ("nonce", &*self.offer.nonce), ("uri", self.uri)] {
            write_quoted(&mut out, name, value);
        }
        // Algorithm, qop and count are written without quotes (RFC 7616 section 3.4), unless the server's own spelling
        // is no token.
        match &self.offer.spelled {
            Some(name) if is_token(name) => out.push_str(&format!(", algorithm={name}")),
            Some(name) => write_quoted(&mut out, "algorithm", name),
            None => {}
        }
        if let Some(qop) = self.qop {
            let _ = write!(out, ", qop={}, nc={:08x}", qop.name(), self.count);
            write_quoted(&mut out, "cnonce", self.client_nonce);
        }
        write_quoted(&mut out, "response", &response);
        if let Some(opaque) = &self.offer.opaque {
            write_quoted(&mut out, "opaque", opaque);
        }
        if self.offer.names == Names::Hashed {
            out.push_str(", userhash=true");
        }
        (out, steps)
    }

    /// Writes the user name. A name beyond ASCII is written as `username*` (RFC 8187) for servers that name the charset,
    /// because those know RFC 7616; other servers get it in UTF-8 without escapes.
    fn write_username(&self, out: &mut String, username: &str) {
        if !username.is_ascii() && self.offer.charset == Charset::Utf8 {
            out.push_str("username*=UTF-8''");
            encode::percent(out, username.as_bytes(), &UNRESERVED);
        } else {
            out.push_str("username=");
            encode::quoted(out, username);
        }
    }

    /// Returns the steps of the computation. A1 holds the password, and its hash serves as the password for this realm, so
    /// both are masked.
    fn steps(&self, message: &Message<'_>, response: &str) -> Vec<(&'static str, String)> {
        let Offer { realm, nonce, algorithm, .. } = self.offer;
        let hash = algorithm.for_crate();
        let a1 = format!("{}:{realm}:***", self.normalized(self.username));
        let a1 = if algorithm.is_session() { format!("H({a1}):{nonce}:{}", self.client_nonce) } else { a1 };
        let body = match self.qop {
            Some(Qop::AuthInt) => format!(":{}", hash.hash(message.body)),
            _ => String::new(),
        };
        let a2 = format!("{}:{}{body}", message.method, self.uri);
        let a2_hash = hash.hash_str(&a2);
        let input = match self.qop {
            Some(qop) => format!("***:{nonce}:{:08x}:{}:{}:{a2_hash}", self.count, self.client_nonce, qop.name()),
            None => format!("***:{nonce}:{a2_hash}"),
        };
        vec![("A1", a1), ("A2", a2), ("H(A1):…:H(A2)", input), ("response", response.to_owned())]
    }
}

fn write_quoted(out: &mut String, name: &str, value: &str) {
    out.push_str(", ");
    out.push_str(name);
    out.push('=');
    encode::quoted(out, value);
}
