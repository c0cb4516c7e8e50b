//! What a Hawk server says: that a clock is wrong, and that a response is its own.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;

use crate::challenge::{Challenge, List};
use crate::encode::BASE64;
use crate::error::Error;
use crate::hash::is_same;
use crate::request::Request;
use crate::response::Response;

use super::normalized::{self, Artifacts, Message};
use super::{Hawk, Next};

/// How far each server's clock is ahead of ours, in seconds, by origin. An offset is used for that server only (the
/// specification's "Client Clock Poisoning").
#[derive(Debug, Default)]
pub struct Clocks(Mutex<HashMap<String, i64>>);

impl Clocks {
    /// The offset of a request's server; 0 where it never complained.
    #[must_use]
    pub fn offset(&self, request: &Request<'_>) -> i64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(request.url.origin()).copied().unwrap_or(0)
    }

    fn set(&self, request: &Request<'_>, offset: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(request.url.origin().to_owned(), offset);
    }
}

impl Hawk {
    /// Verifies the response where the server signed it, and learns the server's time where ours is wrong.
    ///
    /// # Errors
    /// [`Error::Refused`]: a signature in the response is not that of the key.
    pub(super) fn learn(&self, request: &Request<'_>, response: &Response, now: i64) -> Result<Next, Error> {
        let Some(sent) = sent(request) else { return Ok(Next::Final) };
        self.verify(&sent, response)?;
        let challenges = List::of(&response.headers, "WWW-Authenticate");
        let time = |challenge: &Challenge| {
            Some((challenge.parameter("ts")?.to_owned(), challenge.parameter("tsm")?.to_owned()))
        };
        let Some((time, mac)) = challenges.of_scheme("Hawk").find_map(time).filter(|_| response.status == 401) else {
            return Ok(Next::Final);
        };
        if !is_same(self.mac(&format!("hawk.1.ts\n{time}\n")).as_bytes(), mac.as_bytes()) {
            return Err(refused("the server's time (tsm) is not signed with this key"));
        }
        // A time that was given is the user's, and one that is right already was not the trouble.
        match time.parse::<i64>() {
            Ok(time) if self.timestamp.is_none() && time.abs_diff(sent.timestamp) > 1 => {
                self.clocks.set(request, time.saturating_sub(now));
                Ok(Next::Again)
            }
            _ => Ok(Next::Final),
        }
    }

    /// `Server-Authorization`: a MAC over the request and the hash of the response's body.
    fn verify(&self, sent: &Artifacts, response: &Response) -> Result<(), Error> {
        let Some(header) = response.headers.get("server-authorization") else { return Ok(()) };
        let list = List::parse(header);
        let bad = || refused("the response's Server-Authorization is not made with this key for this request");
        let server = list.of_scheme("Hawk").next().ok_or_else(bad)?;
        let text = |name: &str| server.parameter(name).unwrap_or_default().to_owned();
        let artifacts = Artifacts { ext: text("ext"), hash: text("hash"), ..sent.clone() };
        let expected = self.mac(&artifacts.normalized(Message::Response));
        if !is_same(expected.as_bytes(), text("mac").as_bytes()) {
            return Err(bad());
        }
        // The hash is over the body before any content coding; what came coded is not taken apart here.
        if artifacts.hash.is_empty() || response.headers.has("content-encoding") {
            return Ok(());
        }
        let media_type = response.headers.get("content-type").unwrap_or_default();
        let hash = BASE64.encode(self.algorithm.digest(&normalized::payload(media_type, &response.body)));
        if is_same(hash.as_bytes(), artifacts.hash.as_bytes()) {
            return Ok(());
        }
        Err(refused("the response's body is not the one that its Server-Authorization is for"))
    }
}

/// What the request was signed with, as its own header says it.
fn sent(request: &Request<'_>) -> Option<Artifacts> {
    let list = List::parse(request.headers.get("authorization")?);
    let header = list.of_scheme("Hawk").next()?;
    let text = |name: &str| header.parameter(name).map(str::to_owned);
    Some(Artifacts {
        timestamp: header.parameter("ts")?.parse().ok()?,
        nonce: text("nonce")?,
        app: text("app").map(|app| (app, text("dlg").unwrap_or_default())),
        ..Artifacts::of(request)
    })
}

fn refused(problem: &str) -> Error {
    Error::Refused(format!("hawk: {problem}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use proptest::prelude::*;

    use super::*;
    use crate::auth::{Layers, Session, Values};
    use crate::moment::Moment;
    use crate::secret::Secret;

    const NOW: i64 = 1_353_832_234;

    fn signed() -> (Hawk, Request<'static>) {
        let mut values = Values::default();
        values.set("authId", Secret::new("id"));
        values.set("authKey", Secret::new("key"));
        let (environment, session) = (Values::default(), Session::default());
        let layers = Layers {
            table: &super::super::TABLE,
            options: &values,
            line: None,
            environment: &environment,
            session: &session,
        };
        let hawk = Hawk::new(&layers).unwrap();
        let mut request = Request::new("GET", "http://h.example/").unwrap();
        hawk.sign(&mut request, &Moment::new(NOW, None)).unwrap();
        (hawk, request)
    }

    fn learned(status: u16, headers: &[(&str, &str)]) -> Result<Next, Error> {
        let (hawk, request) = signed();
        let mut response = Response { status, body: b"hello".to_vec(), ..Response::default() };
        headers.iter().for_each(|(name, value)| response.headers.push((*name).to_owned(), (*value).to_owned()));
        hawk.learn(&request, &response, NOW)
    }

    /// Pieces of what servers say, whole and broken.
    fn said() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            proptest::sample::select(vec![
                "Hawk",
                " ",
                "ts=",
                "tsm=",
                "mac=",
                "hash=",
                "ext=",
                "\"",
                "\\",
                ",",
                "=",
                "\"1353832234\"",
                "\"\"",
                "-9223372036854775808",
                "\"99999999999999999999\"",
                "error=\"Stale timestamp\"",
                "Basic realm=x",
                "é",
            ])
            .prop_map(str::to_owned),
            ".{0,6}",
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn a_million_attributes_are_refused() {
        let many = format!("Hawk {}", "a=\"b\", ".repeat(1_000_000));
        assert!(matches!(learned(200, &[("Server-Authorization", &many)]), Err(Error::Refused(_))));
        assert!(matches!(learned(401, &[("WWW-Authenticate", &many)]), Ok(Next::Final)));
        let endless = format!("Hawk mac=\"{}", "\\\"".repeat(1_000_000));
        assert!(matches!(learned(200, &[("Server-Authorization", &endless)]), Err(Error::Refused(_))));
        assert!(matches!(learned(401, &[("WWW-Authenticate", &endless)]), Ok(Next::Final)));
    }

    proptest! {
        #[test]
        fn nothing_that_is_not_signed_with_the_key_is_believed(
            status in prop_oneof![Just(200_u16), Just(401)], challenge in said(), proof in proptest::option::of(said())
        ) {
            let (challenge, proof) = (format!("Hawk {challenge}"), proof.map(|proof| format!("Hawk {proof}")));
            let mut headers = vec![("WWW-Authenticate", challenge.as_str())];
            headers.extend(proof.as_deref().map(|proof| ("Server-Authorization", proof)));
            let learned = learned(status, &headers);
            if proof.is_some() {
                prop_assert!(matches!(learned, Err(Error::Refused(_))));
            } else {
                prop_assert!(!matches!(learned, Ok(Next::Again)), "a time that is not signed is not used");
            }
        }
    }
}
