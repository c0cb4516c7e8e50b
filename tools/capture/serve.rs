//! The listening side: each client is served by a task of its own, and its first request tells what it wants.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use countersign_shared::endpoint::Endpoint;
use countersign_shared::wire::{Unreadable, target_text};
use tokio::io::{ReadHalf, WriteHalf, split};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::timeout;

use crate::conversation::Conversation;
use crate::destination::Destination;
use crate::forward;
use crate::gate::{Admission, Owner, shows_password};
use crate::proxy::{Proxy, ReadBuffer, Refused, answer, next_head, refuse};
use crate::tunnel;
use crate::upstream::Stream;

/// The largest number of clients that are served at once. It is lower if the system does not allow two connections for
/// each. Further clients wait to be accepted.
const CLIENT_LIMIT: usize = 1024;

/// A generous number of open files that are not connections.
#[cfg(unix)]
const OTHER_FILES: u64 = 64;

/// The largest number of clients of other users that are answered at once.
const STRANGER_LIMIT: usize = 32;

/// The time that a client that has to show the password has for its first request.
const STRANGER_PATIENCE: Duration = Duration::from_secs(5);

/// The status, with its field (RFC 9110 section 15.5.8), for a client that has to show the password.
const PASSWORD_REQUIRED: &str =
    "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"capture\", charset=\"UTF-8\"";

/// The answer to a client of another user.
const REFUSED: &str = "this proxy belongs to another user of this computer";

/// The notice on a system that does not tell whose a connection is.
const UNTOLD: &str = "this system does not tell whose a connection is, so other users of this computer can use the proxy; \
                      `capture -- COMMAND` keeps them out with a password";

/// The time that a client has for its request before its connection counts as idle. Of many that come at once, none is closed
/// before it could send anything.
const GRACE: Duration = Duration::from_millis(500);

/// The pause before it is looked again for a connection that can make room.
const ROOM_PAUSE: Duration = Duration::from_millis(50);

/// The pause before another client is accepted after the system refused one.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Accepts clients and serves them.
pub(crate) struct Server {
    proxy: Proxy,
    clients: Cell<usize>,
    client_left: Notify,
    /// The clients that are served, by number. Later ones have higher numbers.
    held: RefCell<BTreeMap<u64, Held>>,
    /// One reference more for each stranger that is connected.
    strangers: Rc<()>,
}

/// A client that is served, as far as others that need its place are concerned.
struct Held {
    conversation: Rc<RefCell<Conversation>>,
    close: Rc<Notify>,
}

/// A client's connection, and whose it is.
struct Visit {
    owner: Owner,
    /// Counts the client as a stranger, until it has shown the password or left.
    _stranger: Option<Rc<()>>,
}

/// The room that closing a connection makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// There is some as soon as the connection's task has ended.
    Coming,
    /// No connection could be closed.
    Absent,
}

/// More strangers are connected than are listened to.
struct TooManyStrangers;

impl Server {
    /// A server without clients.
    pub(crate) fn new(proxy: Proxy) -> Rc<Self> {
        let (clients, held) = (Cell::new(0), RefCell::default());
        Rc::new(Self { proxy, clients, client_left: Notify::new(), held, strangers: Rc::new(()) })
    }

    /// Accepts clients for ever, each in a task of its own that ends when `stop` becomes true.
    pub(crate) async fn run(self: Rc<Self>, listener: TcpListener, stop: watch::Receiver<bool>) {
        let permits = Arc::new(Semaphore::new(client_limit()));
        for id in 0.. {
            // The permit comes before the client, so that one that has to wait takes no open file of ours.
            let Some(permit) = self.room(&permits).await else { return };
            match listener.accept().await {
                Ok((client, peer)) => {
                    // Without an address of its own the connection is broken already.
                    let owner = client.local_addr().map_or(Owner::Gone, |local| Owner::of(peer, local));
                    let Ok(visit) = self.visit(owner) else { continue };
                    let task = Rc::clone(&self).serve(client, visit, id, stop.clone());
                    tokio::task::spawn_local(async move {
                        task.await;
                        drop(permit);
                    });
                }
                // The process may have run out of file descriptors, which passes when clients leave.
                Err(error) => {
                    self.proxy.observer.notice(&format!("cannot accept a client: {error}"));
                    self.close_longest_idle();
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    /// Waits for room for another client, and makes it: what is idle is closed before anybody has to wait. Otherwise a
    /// program that only opens connections, or a browser that keeps its own, would lock everybody else out.
    async fn room(&self, permits: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
        loop {
            if permits.available_permits() == 0 && self.close_longest_idle() == Room::Absent {
                self.proxy.observer.notice("so many clients at once that others have to wait");
            }
            // Those that are busy now may be idle after the pause.
            if let Ok(permit) = timeout(ROOM_PAUSE, Arc::clone(permits).acquire_owned()).await {
                return permit.ok();
            }
        }
    }

    /// Closes the connection that has been idle longest, if any is idle.
    fn close_longest_idle(&self) -> Room {
        let held = self.held.borrow();
        let idle = held.iter().filter_map(|(id, held)| Some((held.conversation.borrow().idle_since()?, id, held)));
        let idle = idle.filter(|(since, ..)| since.elapsed() >= GRACE);
        match idle.min_by_key(|(since, id, _)| (*since, **id)) {
            Some((_, _, held)) => {
                held.close.notify_one();
                Room::Coming
            }
            None => Room::Absent,
        }
    }

    /// Returns the visit of a client of this owner, or the error that there are too many strangers: more of them are not
    /// even answered, so that they never take the place of a client of ours.
    fn visit(&self, owner: Owner) -> Result<Visit, TooManyStrangers> {
        if owner == Owner::Untold && owner.admission() == Admission::Admitted {
            self.proxy.observer.notice(UNTOLD);
        }
        if owner.admission() == Admission::Admitted {
            return Ok(Visit { owner, _stranger: None });
        }
        let count = Rc::clone(&self.strangers);
        if Rc::strong_count(&count) > STRANGER_LIMIT {
            self.proxy.observer.notice(&owner.refusal());
            return Err(TooManyStrangers);
        }
        Ok(Visit { owner, _stranger: Some(count) })
    }

    /// Serves one client from beginning to end. Every request that it had sent whole is delivered, however it ends.
    async fn serve(self: Rc<Self>, client: TcpStream, visit: Visit, id: u64, mut stop: watch::Receiver<bool>) {
        self.clients.set(self.clients.get() + 1);
        // Without this, small messages wait for the answer to earlier ones; nothing is lost if it cannot be set.
        let _ = client.set_nodelay(true);
        let conversation = Rc::new(RefCell::new(Conversation::new(Rc::clone(&self.proxy.observer))));
        let close = Rc::new(Notify::new());
        let held = Held { conversation: Rc::clone(&conversation), close: Rc::clone(&close) };
        self.held.borrow_mut().insert(id, held);
        tokio::select! {
            // The end is looked for first, so that a busy connection cannot put it off.
            biased;
            _ = stop.wait_for(|stop| *stop) => {}
            () = close.notified() => {}
            // An I/O error is the end of a connection like any other: both sides see it close.
            _ = serve_client(&self.proxy, &conversation, client, visit) => {}
        }
        self.held.borrow_mut().remove(&id);
        let captured = conversation.borrow_mut().abandon();
        self.proxy.observer.deliver(captured).await;
        self.clients.set(self.clients.get().saturating_sub(1));
        self.client_left.notify_waiters();
    }

    /// Waits until no client is connected.
    pub(crate) async fn all_clients_left(&self) {
        while self.clients.get() > 0 {
            self.client_left.notified().await;
        }
    }
}

/// Returns how many clients fit into the number of files that this process may open.
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

/// Serves a connection to the proxy itself: requests in absolute form, one after another, or a CONNECT.
async fn serve_client(
    proxy: &Proxy,
    conversation: &RefCell<Conversation>,
    client: TcpStream,
    visit: Visit,
) -> io::Result<()> {
    let (mut reader, mut writer) = split(client);
    let mut input = ReadBuffer::new();
    let first = match visit.owner.admission() {
        Admission::Admitted => next_head(conversation, &mut input, &mut reader).await?,
        Admission::NeedsPassword => {
            let first = next_head(conversation, &mut input, &mut reader);
            timeout(STRANGER_PATIENCE, first).await.map_err(|_| io::ErrorKind::TimedOut)??
        }
        Admission::Refused => {
            proxy.observer.notice(&visit.owner.refusal());
            return answer(&mut reader, &mut writer, "403 Forbidden", REFUSED).await;
        }
    };
    let mut next = match first {
        Ok(head) => head,
        Err(why) => return reject(&mut reader, &mut writer, why).await,
    };
    if let Some(head) = &next
        && visit.owner.admission() == Admission::NeedsPassword
        && !shows_password(head)
    {
        proxy.observer.notice(&visit.owner.refusal());
        return answer(&mut reader, &mut writer, PASSWORD_REQUIRED, REFUSED).await;
    }
    drop(visit);
    while let Some(head) = next {
        if head.method() == b"CONNECT" {
            let Some(endpoint) = Endpoint::parse(&target_text(head.target()), None) else {
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

/// Tells a client that what it sent is not a request.
async fn reject<S: Stream>(reader: &mut ReadHalf<S>, writer: &mut WriteHalf<S>, why: Unreadable) -> io::Result<()> {
    let status = match why {
        Unreadable::HeadTooLong => "431 Request Header Fields Too Large",
        _ => "400 Bad Request",
    };
    answer(reader, writer, status, &why.to_string()).await
}
