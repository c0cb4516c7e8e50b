//! Plain HTTP through the proxy: the target in absolute form becomes one in origin form, and nothing else changes.

use std::cell::RefCell;
use std::io;
use std::pin::pin;
use std::time::Duration;

use countersign_shared::endpoint::Endpoint;
use countersign_shared::wire::{Head, Unreadable};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, ReadHalf, WriteHalf, split};
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::conversation::{ClientPiece, Conversation};
use crate::destination::Destination;
use crate::observer::Observer;
use crate::proxy::{CHUNK, Proxy, ReadBuffer};
use crate::upstream::{HttpLink, Link, Stream, Upstream};

/// The time that the other direction may go on after one direction has ended.
pub(crate) const LINGER: Duration = Duration::from_secs(5);

/// The request that a connection to an origin was opened for.
pub(crate) struct First {
    pub(crate) head: Head,
    pub(crate) destination: Destination,
    pub(crate) link: HttpLink,
}

/// The form of the request target (RFC 9112 section 3.2) that the next hop takes.
enum TargetForm {
    Origin,
    /// The absolute form, for another proxy. These header lines are added.
    Absolute(Vec<u8>),
}

impl TargetForm {
    /// Divides the next hop into its connection and the form of targets that it takes.
    fn of(link: HttpLink) -> (Link, Self) {
        match link {
            HttpLink::Origin(link) => (link, Self::Origin),
            HttpLink::Proxy(link, extra) => (link, Self::Absolute(extra)),
        }
    }

    fn rewritten(&self, head: &Head, destination: &Destination) -> Vec<u8> {
        match self {
            Self::Origin => head.rewritten(&destination.origin_form, &[]),
            Self::Absolute(extra) => head.rewritten(head.target(), extra),
        }
    }
}

/// The reason why no more requests are relayed to an origin.
enum Ended {
    /// The client closed its side.
    Closed,
    /// The client's connection broke, so that no response can be delivered.
    Gone,
    /// The next request goes elsewhere.
    Elsewhere(Head),
    /// The bytes that came are not a request.
    Unreadable(Unreadable),
}

/// Relays requests to one origin and its responses back, until the client leaves, the origin closes, or a request for
/// another origin comes. The head of that request is returned once every response has been relayed.
///
/// # Errors
/// Returns the connection's error if either side fails. The inner error tells that the client's bytes are not HTTP/1.1.
pub(crate) async fn exchange<S: Stream>(
    proxy: &Proxy,
    conversation: &RefCell<Conversation>,
    first: First,
    input: &mut ReadBuffer,
    (reader, writer): (&mut ReadHalf<S>, &mut WriteHalf<S>),
) -> io::Result<Result<Option<Head>, Unreadable>> {
    let First { head, destination, link } = first;
    let (link, form) = TargetForm::of(link);
    conversation.borrow_mut().change_origin();
    let (origin_reader, origin_writer) = split(link);
    let changed = Notify::new();
    let requests = Requests {
        conversation,
        observer: &proxy.observer,
        upstream: &proxy.upstream,
        endpoint: destination.endpoint.clone(),
        form,
        changed: &changed,
        origin: origin_writer,
    };
    let mut up = pin!(requests.relay(head, destination, input, reader));
    let mut down = pin!(responses(conversation, &proxy.observer, &changed, origin_reader, writer));
    let ended = tokio::select! {
        ended = &mut up => match ended {
            Ok(ended) => ended,
            Err(error) => {
                // An origin that closes early may have said why (413, say): that response must reach the client.
                let _ = timeout(LINGER, down).await;
                return Err(error);
            }
        },
        relayed = &mut down => {
            relayed?;
            let _ = timeout(LINGER, &mut up).await;
            return Ok(Ok(None));
        }
    };
    if matches!(ended, Ended::Gone) {
        return Ok(Ok(None));
    }
    // Another protocol may go on in one direction after the other has ended.
    if matches!(ended, Ended::Closed) && conversation.borrow().is_opaque() {
        down.await?;
        return Ok(Ok(None));
    }
    // HTTP/1.1 answers in order: what this origin still has to answer comes before any response of the next one.
    while !conversation.borrow().is_settled() {
        tokio::select! {
            relayed = &mut down => return relayed.map(|()| Ok(None)),
            () = changed.notified() => {}
        }
    }
    match ended {
        Ended::Closed | Ended::Gone => Ok(Ok(None)),
        Ended::Elsewhere(head) => Ok(Ok(Some(head))),
        Ended::Unreadable(why) => Ok(Err(why)),
    }
}

/// The direction from the client to the origin.
struct Requests<'a> {
    conversation: &'a RefCell<Conversation>,
    observer: &'a Observer,
    upstream: &'a Upstream,
    endpoint: Endpoint,
    form: TargetForm,
    changed: &'a Notify,
    origin: WriteHalf<Link>,
}

/// The result of reading one piece.
enum Step {
    /// There may be more to read.
    Again,
    /// The buffer is used up.
    Empty,
    /// Nothing more may be read until the origin has answered.
    Wait,
    /// The next request is not for this origin.
    Elsewhere(Head),
}

impl Requests<'_> {
    async fn relay<S: Stream>(
        mut self,
        head: Head,
        destination: Destination,
        input: &mut ReadBuffer,
        reader: &mut ReadHalf<S>,
    ) -> io::Result<Ended> {
        let mut out = Vec::with_capacity(CHUNK);
        if let Err(why) = self.begin(head, destination, &mut out) {
            return Ok(Ended::Unreadable(why));
        }
        loop {
            let step = self.step(input, &mut out);
            if matches!(step, Ok(Step::Again)) {
                continue;
            }
            let captured = self.conversation.borrow_mut().take_complete();
            // A slow reader of our output holds the traffic up here, so that the queue need not grow.
            self.observer.deliver(captured).await;
            // One write for everything that was read at once.
            self.origin.write_all(&out).await?;
            self.origin.flush().await?;
            out.clear();
            match step {
                Ok(Step::Elsewhere(head)) => return Ok(Ended::Elsewhere(head)),
                Err(why) => return Ok(Ended::Unreadable(why)),
                Ok(Step::Wait) => self.changed.notified().await,
                Ok(Step::Again | Step::Empty) => match input.fill(reader).await {
                    Ok(true) => {}
                    Ok(false) => {
                        // A client that has closed its sending side may still wait for responses, so only this side of
                        // the origin's connection is closed.
                        self.origin.shutdown().await?;
                        return Ok(Ended::Closed);
                    }
                    Err(_) => return Ok(Ended::Gone),
                },
            }
        }
    }

    fn begin(&self, head: Head, destination: Destination, out: &mut Vec<u8>) -> Result<(), Unreadable> {
        let rewritten = self.form.rewritten(&head, &destination);
        // A request whose length is unclear must not reach the origin, which might find another request in its body
        // (RFC 9112 section 11.2).
        self.conversation.borrow_mut().begin_request(head, destination.url)?;
        out.extend_from_slice(&rewritten);
        Ok(())
    }

    fn step(&self, input: &mut ReadBuffer, out: &mut Vec<u8>) -> Result<Step, Unreadable> {
        let mut conversation = self.conversation.borrow_mut();
        if conversation.is_opaque() {
            out.extend_from_slice(input.bytes());
            input.advance(input.bytes().len());
            return Ok(Step::Empty);
        }
        if conversation.awaits_upgrade() {
            return Ok(Step::Wait);
        }
        // Reading changes the state, so this is asked before.
        let is_in_body = conversation.is_in_body();
        let (count, piece) = match conversation.read_client(input.bytes()) {
            Ok(read) => read,
            // A body can be relayed without being understood. The origin decides what it makes of it.
            Err(why) if is_in_body => {
                conversation.give_up(why);
                return Ok(Step::Again);
            }
            Err(why) => return Err(why),
        };
        match piece {
            ClientPiece::Nothing => {
                input.advance(count);
                Ok(Step::Empty)
            }
            ClientPiece::Body => {
                out.extend_from_slice(input.bytes().get(..count).unwrap_or_default());
                input.advance(count);
                Ok(Step::Again)
            }
            ClientPiece::End => Ok(Step::Again),
            ClientPiece::Head(head) => {
                input.advance(count);
                // `begin` borrows the conversation itself.
                drop(conversation);
                match Destination::of(&head) {
                    Ok(destination) if self.upstream.share_connection(&destination.endpoint, &self.endpoint) => {
                        self.begin(head, destination, out)?;
                        Ok(Step::Again)
                    }
                    _ => Ok(Step::Elsewhere(head)),
                }
            }
        }
    }
}

/// Relays the direction from the origin to the client, until the origin closes.
async fn responses<S: Stream>(
    conversation: &RefCell<Conversation>,
    observer: &Observer,
    changed: &Notify,
    mut origin: ReadHalf<Link>,
    client: &mut WriteHalf<S>,
) -> io::Result<()> {
    let mut buffer = vec![0; CHUNK];
    loop {
        let count = origin.read(&mut buffer).await?;
        let bytes = buffer.get(..count).unwrap_or_default();
        // The borrow ends before the next `await`, because the other direction borrows the conversation too.
        let captured = {
            let mut conversation = conversation.borrow_mut();
            if count == 0 {
                conversation.origin_closed()
            } else {
                conversation.origin_sent(bytes)
            }
            conversation.take_complete()
        };
        observer.deliver(captured).await;
        if count == 0 {
            client.shutdown().await?;
            conversation.borrow_mut().settle();
            return Ok(());
        }
        client.write_all(bytes).await?;
        client.flush().await?;
        // Only now does the client have the response. If it counted earlier, a capture could end before.
        conversation.borrow_mut().settle();
        changed.notify_one();
    }
}
