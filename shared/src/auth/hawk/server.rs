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
