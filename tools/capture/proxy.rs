//! The listening side: every client gets a task, and a connection's first bytes decide what it is.

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, ReadHalf, WriteHalf, split};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::time::timeout;

use crate::authority::Authority;
use crate::conversation::{Conversation, Taken};
use countersign_shared::endpoint::Endpoint;

use crate::destination::Destination;
use crate::forward;
use crate::observer::Observer;
use crate::tunnel;
use crate::upstream::{ConnectError, Stream, Upstream};
use countersign_shared::wire::{Head, Unreadable};

/// How many clients are served at once, if the system lets us have two connections for each; more wait to be accepted.
const CLIENT_LIMIT: usize = 1024;

/// How many files are open that are no connections, generously.
#[cfg(unix)]
const OTHER_FILES: u64 = 64;

/// How much is read from a connection at once, in bytes.
pub(crate) const CHUNK: usize = 32 * 1024;

/// How long a client that is refused may go on sending its request, so that the line shows it whole.
const REFUSED_PATIENCE: Duration = Duration::from_secs(5);

/// How long a client may take to notice that we closed.
const CLOSE_PATIENCE: Duration = Duration::from_secs(2);

/// What every connection needs.
pub(crate) struct Proxy {
    pub(crate) observer: Rc<Observer>,
    pub(crate) upstream: Upstream,
    pub(crate) authority: Authority,
    clients: Cell<usize>,
    left: Notify,
}

impl Proxy {
    pub(crate) fn new(observer: Rc<Observer>, upstream: Upstream, authority: Authority) -> Rc<Self> {
        Rc::new(Self { observer, upstream, authority, clients: Cell::new(0), left: Notify::new() })
    }

    /// Accepts clients for ever, each in a task of its own that ends when `stop` says so.
    pub(crate) async fn serve(self: Rc<Self>, listener: TcpListener, stop: watch::Receiver<bool>) {
        let places = Arc::new(Semaphore::new(client_limit()));
        loop {
            if places.available_permits() == 0 {
                self.observer.notice("so many clients at once that others have to wait");
            }
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
            match listener.accept().await {
                Ok((client, _)) => {
                    let task = Rc::clone(&self).client(client, stop.clone());
                    tokio::task::spawn_local(async move {
                        task.await;
                        drop(place);
                    });
                }
                // Out of file descriptors, say: it passes when clients leave.
                Err(error) => {
                    self.observer.notice(&format!("cannot accept a client: {error}"));
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
    }

    /// One client from beginning to end. Whatever it had sent whole is delivered, however it ends.
    async fn client(self: Rc<Self>, client: TcpStream, mut stop: watch::Receiver<bool>) {
        self.clients.set(self.clients.get() + 1);
        let _ = client.set_nodelay(true);
        let conversation = RefCell::new(Conversation::new(Rc::clone(&self.observer)));
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => {}
            // An I/O error is the end of a connection like any other: both sides see it close.
            _ = serve_client(&self, &conversation, client) => {}
        }
        let records = conversation.borrow_mut().abandon();
        self.observer.deliver(records).await;
        self.clients.set(self.clients.get().saturating_sub(1));
        self.left.notify_waiters();
    }

    /// Waits until no client is connected.
    pub(crate) async fn deserted(&self) {
        while self.clients.get() > 0 {
            self.left.notified().await;
        }
    }
}

/// How many clients fit into the files that this process may open.
#[cfg(unix)]
fn client_limit() -> usize {
    use rustix::process::{Resource, getrlimit};
    let files = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    let clients = usize::try_from(files.saturating_sub(OTHER_FILES) / 2).unwrap_or(CLIENT_LIMIT);
    clients.clamp(1, CLIENT_LIMIT)
}

#[cfg(not(unix))]
fn client_limit() -> usize {
    CLIENT_LIMIT
}

/// Bytes read from a connection and not used yet.
#[derive(Debug)]
pub(crate) struct Input {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

impl Input {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self { buffer: vec![0; CHUNK], start: 0, end: 0 }
    }

    /// What is there.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Uses up bytes from the front.
    pub(crate) fn advance(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }

    /// Reads more once everything is used up; `false` at the end of the connection.
    pub(crate) async fn fill(&mut self, from: &mut (impl tokio::io::AsyncRead + Unpin)) -> io::Result<bool> {
        (self.start, self.end) = (0, 0);
        self.end = match from.read(&mut self.buffer).await {
            Ok(count) => count,
            // A TLS peer that does not say goodbye.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => 0,
            Err(error) => return Err(error),
        };
        Ok(self.end > 0)
    }
}

/// Serves a connection to the proxy itself: requests in absolute form, one after another, or a CONNECT.
async fn serve_client(proxy: &Proxy, conversation: &RefCell<Conversation>, client: TcpStream) -> io::Result<()> {
    let (mut reader, mut writer) = split(client);
    let mut input = Input::new();
    let mut next = match next_head(conversation, &mut input, &mut reader).await? {
        Ok(head) => head,
        Err(why) => return reject(&mut reader, &mut writer, why).await,
    };
    while let Some(head) = next {
        if head.method() == b"CONNECT" {
            let text = countersign_shared::wire::target_text(head.target()).into_owned();
            let Some(endpoint) = Endpoint::parse(&text, None) else {
                return answer(&mut reader, &mut writer, "400 Bad Request", "CONNECT needs HOST:PORT").await;
            };
            let early = input.bytes().to_vec();
            return tunnel::serve(proxy, conversation, (reader, writer), early, endpoint).await;
        }
        let destination = match Destination::of(&head) {
            Ok(destination) => destination,
            Err(why) => return answer(&mut reader, &mut writer, "400 Bad Request", &why.to_string()).await,
        };
        next = match proxy.upstream.http(&destination.endpoint).await {
            Ok(link) => {
                let first = forward::First { head, destination, link };
                match forward::exchange(proxy, conversation, first, &mut input, (&mut reader, &mut writer)).await? {
                    Ok(next) => next,
                    Err(why) => return reject(&mut reader, &mut writer, why).await,
                }
            }
            Err(error) => {
                let refused = Refused { head, url: destination.url, error };
                return refuse(proxy, conversation, refused, &mut input, (&mut reader, &mut writer)).await;
            }
        };
    }
    Ok(())
}

/// The next head on a connection where nothing is under way: `Ok(None)` if the client leaves.
pub(crate) async fn next_head(
    conversation: &RefCell<Conversation>,
    input: &mut Input,
    reader: &mut (impl tokio::io::AsyncRead + Unpin),
) -> io::Result<Result<Option<Head>, Unreadable>> {
    loop {
        let read = conversation.borrow_mut().read_client(input.bytes());
        match read {
            Ok((count, Taken::Head(head))) => {
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
    /// Where it was to go.
    pub(crate) url: String,
    /// Why it can't.
    pub(crate) error: ConnectError,
}

/// Answers a request in place of its origin. It is read to its end first, so that it is captured like any other.
pub(crate) async fn refuse<S: Stream>(
    proxy: &Proxy,
    conversation: &RefCell<Conversation>,
    refused: Refused,
    input: &mut Input,
    (reader, writer): (&mut ReadHalf<S>, &mut WriteHalf<S>),
) -> io::Result<()> {
    let Refused { head, url, error } = refused;
    let text = error.to_string();
    proxy.observer.notice(&text);
    let is_waiting = head.lists("expect", "100-continue");
    if conversation.borrow_mut().begin_request(head, url).is_ok() && !is_waiting {
        // A client that takes longer is answered without being captured.
        let _ = timeout(REFUSED_PATIENCE, read_request(conversation, input, reader)).await;
    }
    let records = {
        let mut conversation = conversation.borrow_mut();
        conversation.answered_here(&text);
        conversation.take_ready()
    };
    proxy.observer.deliver(records).await;
    let answered = answer(reader, writer, error.status(), &text).await;
    conversation.borrow_mut().settle();
    answered
}

async fn read_request(
    conversation: &RefCell<Conversation>,
    input: &mut Input,
    reader: &mut (impl tokio::io::AsyncRead + Unpin),
) -> io::Result<()> {
    loop {
        let read = conversation.borrow_mut().read_client(input.bytes());
        match read {
            Ok((_, Taken::End)) | Err(_) => return Ok(()),
            Ok((count, Taken::Body)) => input.advance(count),
            Ok((_, Taken::Nothing | Taken::Head(_))) => {
                if !input.fill(reader).await? {
                    return Ok(());
                }
            }
        }
    }
}

/// Tells a client that what it sent is no request.
async fn reject<S: Stream>(reader: &mut ReadHalf<S>, writer: &mut WriteHalf<S>, why: Unreadable) -> io::Result<()> {
    let status = match why {
        Unreadable::HeadTooLong => "431 Request Header Fields Too Large",
        _ => "400 Bad Request",
    };
    answer(reader, writer, status, &why.to_string()).await
}

/// Writes a response of our own and closes.
pub(crate) async fn answer<S: Stream>(
    reader: &mut ReadHalf<S>,
    writer: &mut WriteHalf<S>,
    status: &str,
    text: &str,
) -> io::Result<()> {
    let text = countersign_shared::terminal::clean(text);
    let response = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n\
         capture: {text}\n",
        "capture: \n".len() + text.len()
    );
    writer.write_all(response.as_bytes()).await?;
    writer.flush().await?;
    writer.shutdown().await?;
    // Closing while the client still sends would take the answer from it (TCP reset).
    let mut rest = vec![0; CHUNK];
    let drained = async { while reader.read(&mut rest).await.is_ok_and(|count| count > 0) {} };
    let _ = timeout(CLOSE_PATIENCE, drained).await;
    Ok(())
}
