//! The answers of a Hawk server: that a clock is wrong, and that a response is the server's own.

use std::collections::HashMap;
use std::sync::Mutex;

use crate::auth::outcome::Next;
use crate::challenge::{Challenge, List};
use crate::error::Error;
use crate::hash::is_same;
use crate::lock::lock;
use crate::request::Request;
use crate::response::Response;

use super::key::Key;
use super::normalized::{self, Artifacts, Message};

/// The seconds by which each server's clock is ahead of ours, by origin. An offset is used for that server only (the
/// specification's "Client Clock Poisoning").
#[derive(Debug, Default)]
pub(super) struct Clocks(Mutex<HashMap<String, i64>>);

impl Clocks {
    /// Returns the offset of a request's server, or 0 if the server never complained.
    pub(super) fn offset(&self, request: &Request<'_>) -> i64 {
        lock(&self.0).get(request.url.origin()).copied().unwrap_or(0)
    }

    fn set(&self, request: &Request<'_>, offset: i64) {
        lock(&self.0).insert(request.url.origin().to_owned(), offset);
    }
}

/// Verifies the response if the server signed it, and learns the server's time if the client's is wrong. Without `clocks`
/// the time is the user's, and is never corrected.
///
/// # Errors
/// Returns [`Error::Refused`] if a signature in the response is not made with the key.
pub(super) fn learn(
    key: &Key,
    clocks: Option<&Clocks>,
    request: &Request<'_>,
    response: &Response,
    now: i64,
) -> Result<Next, Error> {
    let Some(sent) = sent(request) else { return Ok(Next::Final) };
    verify(key, &sent, response)?;
    if response.status != 401 {
        return Ok(Next::Final);
    }
    let challenges = List::of(&response.headers, "WWW-Authenticate");
    let time =
        |challenge: &Challenge| Some((challenge.parameter("ts")?.to_owned(), challenge.parameter("tsm")?.to_owned()));
    let Some((time, mac)) = challenges.of_scheme("Hawk").find_map(time) else { return Ok(Next::Final) };
    // Without this check, anybody on the way could set the client's clock and have it sign for another time.
    if !is_same(key.mac(&format!("hawk.1.ts\n{time}\n")).as_bytes(), mac.as_bytes()) {
        return Err(refused("the server's time (tsm) is not signed with this key"));
    }
    match (time.parse::<i64>(), clocks) {
        // A difference of a second is no reason for the refusal, and sending again would not help.
        (Ok(time), Some(clocks)) if time.abs_diff(sent.timestamp) > 1 => {
            clocks.set(request, time.saturating_sub(now));
            Ok(Next::Again)
        }
        _ => Ok(Next::Final),
    }
}

/// Checks `Server-Authorization`, a MAC over the request and over the hash of the response's body.
fn verify(key: &Key, sent: &Artifacts, response: &Response) -> Result<(), Error> {
    let Some(header) = response.headers.get("server-authorization") else { return Ok(()) };
    let list = List::parse(header);
    let bad = || refused("the response's Server-Authorization is not made with this key for this request");
    let server = list.of_scheme("Hawk").next().ok_or_else(bad)?;
    let text = |name: &str| server.parameter(name).unwrap_or_default().to_owned();
    let artifacts = Artifacts { ext: text("ext"), hash: text("hash"), ..sent.clone() };
    let expected = key.mac(&artifacts.normalized(Message::Response));
    if !is_same(expected.as_bytes(), text("mac").as_bytes()) {
        return Err(bad());
    }
    // The hash is over the body before any content coding, and a coded body is not decoded here.
    if artifacts.hash.is_empty() || response.headers.has("content-encoding") {
        return Ok(());
    }
    let media_type = response.headers.get("content-type").unwrap_or_default();
    let hash = key.hash(&normalized::payload(media_type, &response.body));
    if is_same(hash.as_bytes(), artifacts.hash.as_bytes()) {
        return Ok(());
    }
    Err(refused("the response's body is not the one that its Server-Authorization is for"))
}

/// Returns the values that the request was signed with, read from its own header.
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
