//! The needs of every connection through the proxy: the shared parts, a read buffer, and responses of our own.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use countersign_shared::terminal;
use countersign_shared::wire::{Head, Unreadable};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _, ReadHalf, WriteHalf};
use tokio::time::timeout;

use crate::authority::Authority;
use crate::conversation::{ClientPiece, Conversation};
use crate::observer::Observer;
use crate::upstream::{ConnectError, Stream, Upstream};

/// The number of bytes that are read from a connection at once.
pub(crate) const CHUNK: usize = 32 * 1024;

/// The time that a client that is refused may go on sending its request, so that the line shows it whole.
const REFUSED_PATIENCE: Duration = Duration::from_secs(5);

/// The time that a client has to notice that we closed.
const CLOSE_PATIENCE: Duration = Duration::from_secs(2);

/// The parts that all connections share.
pub(crate) struct Proxy {
    pub(crate) observer: Rc<Observer>,
    pub(crate) upstream: Upstream,
    pub(crate) authority: Authority,
}

/// Bytes that were read from a connection and are not used yet.
#[derive(Debug)]
pub(crate) struct ReadBuffer {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

impl ReadBuffer {
    /// An empty buffer.
    pub(crate) fn new() -> Self {
        Self { buffer: vec![0; CHUNK], start: 0, end: 0 }
    }

    /// Returns the bytes that are not used yet.
    pub(crate) fn bytes(&self) -> &[u8] {
        let bytes = self.buffer.get(self.start..self.end);
        debug_assert!(bytes.is_some(), "start <= end <= the buffer's length");
        bytes.unwrap_or_default()
    }

    /// Uses up bytes from the front.
    pub(crate) fn advance(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }

    /// Replaces the bytes, which must all be used up, by new ones. Returns false at the end of the connection.
    pub(crate) async fn fill(&mut self, from: &mut (impl AsyncRead + Unpin)) -> io::Result<bool> {
        (self.start, self.end) = (0, 0);
        self.end = match from.read(&mut self.buffer).await {
            Ok(count) => count,
            // Many TLS peers close the connection without a close_notify alert.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => 0,
            Err(error) => return Err(error),
        };
        Ok(self.end > 0)
    }
}

/// Reads the next head on a connection where nothing is under way. Returns `Ok(None)` if the client closed it.
pub(crate) async fn next_head(
    conversation: &RefCell<Conversation>,
    input: &mut ReadBuffer,
    reader: &mut (impl AsyncRead + Unpin),
) -> io::Result<Result<Option<Head>, Unreadable>> {
    loop {
        let read = conversation.borrow_mut().read_client(input.bytes());
        match read {
            Ok((count, ClientPiece::Head(head))) => {
                input.advance(count);
                return Ok(Ok(Some(head)));
            }
            Ok(_) => {}
            Err(why) => return Ok(Err(why)),
        }
        if !input.fill(reader).await? {
            return Ok(Ok(None));
        }
    }
}

/// A request that cannot be passed on.
pub(crate) struct Refused {
    /// Its head.
    pub(crate) head: Head,
    /// The URL that it was sent to.
    pub(crate) url: String,
    /// The reason why the origin cannot be reached.
    pub(crate) error: ConnectError,
}

/// Answers a request in place of its origin. The request is read to its end first, so that it is captured like any other.
pub(crate) async fn refuse<S: Stream>(
    proxy: &Proxy,
    conversation: &RefCell<Conversation>,
    refused: Refused,
    input: &mut ReadBuffer,
    (reader, writer): (&mut ReadHalf<S>, &mut WriteHalf<S>),
) -> io::Result<()> {
    let Refused { head, url, error } = refused;
    let text = error.to_string();
    proxy.observer.notice(&text);
    // Such a client sends no body before it has seen an answer (RFC 9110 section 10.1.1).
    let awaits_continue = head.lists("expect", "100-continue");
    if conversation.borrow_mut().begin_request(head, url).is_ok() && !awaits_continue {
        // A client that takes longer is answered without being captured.
        let _ = timeout(REFUSED_PATIENCE, read_request(conversation, input, reader)).await;
    }
    let captured = {
        let mut conversation = conversation.borrow_mut();
        conversation.answered_here(&text);
        conversation.take_complete()
    };
    proxy.observer.deliver(captured).await;
    let answered = answer(reader, writer, error.status(), &text).await;
    conversation.borrow_mut().settle();
    answered
}

async fn read_request(
    conversation: &RefCell<Conversation>,
    input: &mut ReadBuffer,
    reader: &mut (impl AsyncRead + Unpin),
) -> io::Result<()> {
    loop {
        // A `match` on this expression would keep the borrow through the `await` in its arms.
        let read = conversation.borrow_mut().read_client(input.bytes());
        match read {
            Ok((_, ClientPiece::End)) | Err(_) => return Ok(()),
            Ok((count, ClientPiece::Body)) => input.advance(count),
            Ok((_, ClientPiece::Nothing | ClientPiece::Head(_))) => {
                if !input.fill(reader).await? {
                    return Ok(());
                }
            }
        }
    }
}

/// Writes a response of our own and closes the connection.
pub(crate) async fn answer<S: Stream>(
    reader: &mut ReadHalf<S>,
    writer: &mut WriteHalf<S>,
    status: &str,
    text: &str,
) -> io::Result<()> {
    // The text repeats names that others chose, and clients such as curl show it on a terminal.
    let text = terminal::clean(text);
    let response = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n\
         capture: {text}\n",
        "capture: \n".len() + text.len()
    );
    writer.write_all(response.as_bytes()).await?;
    writer.flush().await?;
    writer.shutdown().await?;
    // If we closed while the client still sends, TCP would reset the connection and the client might lose the answer.
    let mut rest = vec![0; CHUNK];
    let drained = async { while reader.read(&mut rest).await.is_ok_and(|count| count > 0) {} };
    let _ = timeout(CLOSE_PATIENCE, drained).await;
    Ok(())
}
