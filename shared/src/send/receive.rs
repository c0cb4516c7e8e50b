//! Reads the response to a request that was sent verbatim.

use std::io::{self, Read as _};
use std::time::Instant;

use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::request::Request;
use crate::response::{Response, Times, Version};
use crate::transport::Limits;
use crate::wire::{Head, MessageKind, MessageReader, Piece, Unreadable, text_of, value_text};

use super::connection::{Connection, explained, network};

/// The largest number of interim responses (RFC 9110 section 15.2) before a response. A server that sends more is broken.
const INTERIM: usize = 64;

/// The number of bytes that are read from a connection at once.
const CHUNK: usize = 64 << 10;

/// The reason why there is no response.
pub(super) enum Failure {
    /// The connection was closed before a byte of the response came.
    Closed,
    /// Reading or writing failed.
    Io(io::Error),
    /// The connection ended inside the response.
    Cut,
    /// The bytes that came are not HTTP/1.1.
    Unreadable(Unreadable),
    /// The body is longer than the limits allow.
    TooLong,
}

impl Failure {
    /// Returns the error that the user sees; `who` is the server.
    pub(super) fn into_error(self, who: &Endpoint, limits: Limits) -> Error {
        match self {
            Self::Closed => network(who, "the server closed the connection without an answer"),
            Self::Cut => network(who, "the connection ended in the middle of the response"),
            Self::Io(error) => network(who, &explained(&error)),
            Self::Unreadable(why) => Error::Failed(format!("{who}: the response cannot be read: {why}")),
            Self::TooLong => Error::Failed(format!("{who}: the response is longer than {} bytes", limits.bytes)),
        }
    }
}

/// A response, and whether the connection can be used again.
pub(super) struct Received {
    pub(super) response: Response,
    pub(super) stays_open: bool,
}

/// Reads the response to a request that was begun at this moment.
///
/// # Errors
/// Returns a [`Failure`] if the connection ends before the response does, or if what comes cannot be read or is too long.
pub(super) fn receive(
    connection: &mut Connection,
    request: &Request<'_>,
    limits: Limits,
    begun: Instant,
) -> Result<Received, Failure> {
    let mut incoming = Incoming { response: Response::default(), stays_open: false, interim: 0, limits, begun };
    let mut reader = MessageReader::new(MessageKind::Response);
    let mut buffer = vec![0; CHUNK];
    let mut seen = 0usize;
    loop {
        let count = connection.read(&mut buffer).map_err(Failure::Io)?;
        let mut rest = buffer.get(..count).unwrap_or_default();
        if count == 0 {
            // Only if nothing came may the request be sent again; a response that began means that the server has seen it.
            return match seen {
                0 => Err(Failure::Closed),
                _ if reader.ends_with_connection() => Ok(incoming.finish(b"")),
                _ => Err(Failure::Cut),
            };
        }
        seen = seen.saturating_add(count);
        loop {
            let (taken, piece) = reader.read(rest).map_err(Failure::Unreadable)?;
            rest = rest.get(taken..).unwrap_or_default();
            match piece {
                Piece::Nothing => break,
                Piece::Head(head) if incoming.is_interim(&head)? => reader.skip_head(),
                Piece::Head(head) => {
                    let framing = head.response_framing(request.method.as_bytes()).map_err(Failure::Unreadable)?;
                    incoming.begin(&head);
                    reader.begin_body(framing);
                }
                Piece::Content(content) => incoming.content(content)?,
                Piece::End => return Ok(incoming.finish(rest)),
            }
        }
        // A body without a length ends only with its connection, whatever `Connection` says (RFC 9112 section 6.3).
        if reader.ends_with_connection() {
            incoming.stays_open = false;
        }
    }
}

/// The response as far as it came.
struct Incoming {
    response: Response,
    stays_open: bool,
    interim: usize,
    limits: Limits,
    begun: Instant,
}

impl Incoming {
    /// Returns true if another response follows (RFC 9110 section 15.2). A switch of protocols is final.
    ///
    /// # Errors
    /// Returns a [`Failure`] if too many interim responses came.
    fn is_interim(&mut self, head: &Head) -> Result<bool, Failure> {
        let is_interim = head.status() < 200 && head.status() != 101;
        self.interim += usize::from(is_interim);
        // Without a limit, a server could send interim responses until the time is up.
        if self.interim > INTERIM { Err(Failure::Unreadable(Unreadable::Unmatched)) } else { Ok(is_interim) }
    }

    fn begin(&mut self, head: &Head) {
        let response = &mut self.response;
        response.status = head.status();
        response.reason = text_of(head.reason()).into_owned();
        response.version = head.version();
        for (name, value) in head.fields() {
            response.headers.push(text_of(name).into_owned(), value_text(value).into_owned());
        }
        response.times = Times { wait: self.begun.elapsed(), ..Times::default() };
        // HTTP/1.0 closes unless it says otherwise, HTTP/1.1 the other way round (RFC 9112 section 9.3). After a switch of
        // protocols the connection is not HTTP's any more.
        self.stays_open = match response.version {
            Version::Http10 => head.lists("connection", "keep-alive"),
            _ => !head.lists("connection", "close"),
        } && response.status != 101;
    }

    fn content(&mut self, content: &[u8]) -> Result<(), Failure> {
        // The limit is checked before the bytes are kept, so that no server makes us hold more.
        if self.response.body.len() + content.len() > self.limits.bytes {
            return Err(Failure::TooLong);
        }
        self.response.body.extend_from_slice(content);
        Ok(())
    }

    /// Ends the response. `rest` is what came behind it: the server sent it unasked, so the connection cannot be used again.
    fn finish(mut self, rest: &[u8]) -> Received {
        self.response.times.receive = self.begun.elapsed().saturating_sub(self.response.times.wait);
        Received { response: self.response, stays_open: self.stays_open && rest.is_empty() }
    }
}
