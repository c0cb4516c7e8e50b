//! Requests exactly as they are written: HTTP/1.1 (RFC 9112), every header in its place and spelling, nothing added but
//! what the message needs (`Host` where there is none, `Content-Length` where there is a body).

use std::collections::HashMap;
use std::io::{self, Read as _, Write as _};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use rustls::client::ClientConfig;

use crate::endpoint::Endpoint;
use crate::error::{Error, Field, Problem};
use crate::headers::Headers;
use crate::proxies::{Proxies, Tls};
use crate::request::Request;
use crate::response::{Response, Times, Version};
use crate::transport::{Route, Limits, Transport};
use crate::url::{Protocol, Url};
use crate::wire::{Head, Kind, Piece, Reader, Unreadable, text_of};

use super::Settings;
use super::connection::{Connection, Target, explained, network};
use super::service::would_change;

/// An unused connection is kept for this long.
const IDLE: Duration = Duration::from_secs(60);

/// How many unused connections to one server are kept.
const KEPT: usize = 256;

/// A smaller body goes out in one piece with the head.
const ONE_PIECE: usize = 16 << 10;

/// More interim responses than this are nonsense.
const INTERIM: usize = 64;

/// Sends requests as they are, over connections that are used again.
pub(super) struct Verbatim {
    settings: Settings,
    proxies: Proxies,
    tls: OnceLock<Arc<ClientConfig>>,
    idle: Mutex<HashMap<Key, Vec<Idle>>>,
    sharing: Sharing,
}

/// Who may use the connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sharing {
    /// Whoever sends to that server.
    Everybody,
    /// One user, who wants the same connection again.
    Alone,
}

/// What a connection is good for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    endpoint: Endpoint,
    is_tls: bool,
    is_direct: bool,
}

struct Idle {
    connection: Connection,
    since: Instant,
}

impl Verbatim {
    /// With what the environment says of proxies.
    ///
    /// # Errors
    /// A proxy is of a kind that is not known.
    pub(super) fn new(settings: &Settings) -> Result<Self, Error> {
        Ok(Self {
            settings: settings.clone(),
            proxies: settings.proxies()?,
            tls: OnceLock::new(),
            idle: Mutex::default(),
            sharing: Sharing::Everybody,
        })
    }

    fn tls(&self) -> Result<Arc<ClientConfig>, Error> {
        if let Some(config) = self.tls.get() {
            return Ok(Arc::clone(config));
        }
        let config = self.settings.tls()?;
        Ok(Arc::clone(self.tls.get_or_init(|| config)))
    }

    fn take(&self, key: &Key) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let list = idle.get_mut(key)?;
        // The one used last is the likeliest to be open.
        while let Some(Idle { connection, since }) = list.pop() {
            if since.elapsed() < IDLE && connection.is_quiet() {
                return Some(connection);
            }
        }
        None
    }

    fn keep(&self, key: Key, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let list = idle.entry(key).or_default();
        let most = if self.sharing == Sharing::Alone { 1 } else { KEPT };
        if list.len() < most {
            list.push(Idle { connection, since: Instant::now() });
        }
    }

    fn open(&self, url: &Url<'_>, key: &Key, deadline: Instant) -> Result<Connection, Error> {
        let proxy = if key.is_direct { None } else { self.proxies.get(url.protocol(), &key.endpoint) };
        if let Some(proxy) = proxy {
            log::info!("{}: through the proxy {}", key.endpoint, proxy.endpoint);
        }
        let needs_tls = key.is_tls || proxy.is_some_and(|proxy| proxy.tls == Tls::Yes);
        let target = Target {
            protocol: url.protocol(),
            endpoint: key.endpoint.clone(),
            proxy,
            tls: if needs_tls { Some(self.tls()?) } else { None },
            limit: self.settings.connect,
        };
        Connection::open(&target, deadline)
    }
}

impl Transport for Verbatim {
    fn send(&self, request: &Request<'_>, limits: Limits) -> Result<Response, Error> {
        check(request)?;
        let key = Key::of(&request.url, limits.route);
        let proxy = if key.is_direct { None } else { self.proxies.get(request.url.protocol(), &key.endpoint) };
        // A proxy reads the whole URL of what it gets in plain text.
        let through = proxy.filter(|_| request.url.protocol() == Protocol::Http);
        let head = head(request, through.map(|proxy| proxy.authorization()));
        let started = SystemTime::now();
        let deadline = self.settings.deadline(limits);
        let kept = self.take(&key);
        let age = if kept.is_some() { Age::Kept } else { Age::New };
        let connection = kept.map_or_else(|| self.open(&request.url, &key, deadline), Ok)?;
        let mut outcome = exchange(connection, request, &head, limits, deadline, age);
        if age == Age::Kept && matches!(&outcome, Err(Failure::Closed)) {
            // The server closed it just before the request reached it: nobody has seen the request.
            let connection = self.open(&request.url, &key, deadline)?;
            outcome = exchange(connection, request, &head, limits, deadline, Age::New);
        }
        let (mut response, connection) = outcome.map_err(|failure| failure.into_error(&key.endpoint, limits))?;
        response.times.started = started;
        if let Some(connection) = connection {
            self.keep(key, connection);
        }
        Ok(response)
    }

    fn alone(&self) -> Result<Box<dyn Transport>, Error> {
        Ok(Box::new(Self {
            settings: self.settings.clone(),
            proxies: self.proxies.clone(),
            tls: self.tls.clone(),
            idle: Mutex::default(),
            sharing: Sharing::Alone,
        }))
    }
}

impl Key {
    fn of(url: &Url<'_>, route: Route) -> Self {
        let host = url.ascii_host();
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(&host).to_owned();
        Self {
            endpoint: Endpoint { host, port: url.effective_port() },
            is_tls: url.protocol() == Protocol::Https,
            is_direct: route == Route::Direct,
        }
    }
}

/// What cannot be sent without being changed.
fn check(request: &Request<'_>) -> Result<(), Error> {
    if request.method.eq_ignore_ascii_case("CONNECT") {
        return Err(Error::request(Field::Method, Problem::NotSent));
    }
    if would_change(&request.url) {
        return Err(Error::request(Field::Url, Problem::WouldChange));
    }
    request.headers.check()
}

/// The head of the message; with `proxy`, in absolute form and with these lines for the proxy (RFC 9112 section 3.2).
fn head(request: &Request<'_>, proxy: Option<Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::with_capacity(512);
    let mut push = |parts: &[&str]| parts.iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
    push(&[&request.method, " "]);
    if proxy.is_some() {
        push(&[request.url.protocol().as_str(), "://", &request.url.host_header()]);
    }
    push(&[&request.url.target(), " HTTP/1.1\r\n"]);
    if !request.headers.has("host") {
        push(&["Host: ", &request.url.host_header(), "\r\n"]);
    }
    for header in &request.headers {
        push(&[&header.name, ": ", &header.value, "\r\n"]);
    }
    if let Some(body) = request.body.bytes().filter(|_| !request.headers.has("content-length")) {
        push(&["Content-Length: ", &body.len().to_string(), "\r\n"]);
    }
    if !request.headers.has("proxy-authorization") {
        out.extend(proxy.unwrap_or_default());
    }
    out.extend_from_slice(b"\r\n");
    out
}

/// Whether a connection was used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    New,
    Kept,
}

/// Why no response came.
enum Failure {
    /// The connection was closed before a byte of the response came.
    Closed,
    /// Reading or writing failed.
    Io(io::Error),
    /// The connection ended inside the response.
    Cut,
    /// What came is no HTTP/1.1.
    Unreadable(Unreadable),
    /// The body is longer than the limits allow.
    TooLong,
}

impl Failure {
    fn into_error(self, who: &Endpoint, limits: Limits) -> Error {
        match self {
            Self::Closed => network(who, "the server closed the connection without an answer"),
            Self::Cut => network(who, "the connection ended in the middle of the response"),
            Self::Io(error) => network(who, &explained(error)),
            Self::Unreadable(why) => Error::Failed(format!("{who}: the response cannot be read: {why}")),
            Self::TooLong => Error::Failed(format!("{who}: the response is longer than {} bytes", limits.bytes)),
        }
    }
}

/// Sends a request on a connection and reads the response; the connection comes back where it can be used again.
fn exchange(
    mut connection: Connection,
    request: &Request<'_>,
    head: &[u8],
    limits: Limits,
    deadline: Instant,
    age: Age,
) -> Result<(Response, Option<Connection>), Failure> {
    connection.set_deadline(deadline);
    let begun = Instant::now();
    // A server may answer and close before it has read everything: then its answer counts.
    let written = write(&mut connection, head, request.body.sent());
    let sent = begun.elapsed();
    let mut received = match receive(&mut connection, request, limits, begun) {
        Err(Failure::Closed | Failure::Io(_)) if written.is_err() => {
            let error = written.err().unwrap_or_else(|| io::ErrorKind::Other.into());
            let is_closed = matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset);
            return Err(if is_closed { Failure::Closed } else { Failure::Io(error) });
        }
        Err(Failure::Io(error)) if error.kind() == io::ErrorKind::ConnectionReset && age == Age::Kept => {
            return Err(Failure::Closed);
        }
        received => received?,
    };
    let (connect, tls) = connection.times;
    let response = &mut received.response;
    let times = &mut response.times;
    times.connect = (age == Age::New).then_some(connect);
    times.tls = tls.filter(|_| age == Age::New);
    times.send = sent;
    times.wait = times.wait.saturating_sub(sent);
    response.peer = connection.peer;
    response.connection = connection.id;
    response.certificate.clone_from(&connection.certificate);
    let stays = written.is_ok() && received.stays && !lists_close(&request.headers);
    Ok((received.response, stays.then_some(connection)))
}

fn lists_close(headers: &Headers<'_>) -> bool {
    let values = headers.iter().filter(|header| header.is("connection"));
    values.flat_map(|header| header.value.split(',')).any(|item| item.trim().eq_ignore_ascii_case("close"))
}

fn write(connection: &mut Connection, head: &[u8], body: &[u8]) -> io::Result<()> {
    if body.len() <= ONE_PIECE {
        connection.write_all(&[head, body].concat())?;
    } else {
        connection.write_all(head)?;
        connection.write_all(body)?;
    }
    connection.flush()
}

/// A response, and whether the connection can be used again.
struct Received {
    response: Response,
    stays: bool,
}

fn receive(
    connection: &mut Connection,
    request: &Request<'_>,
    limits: Limits,
    begun: Instant,
) -> Result<Received, Failure> {
    let mut incoming = Incoming { response: Response::default(), stays: false, interim: 0, limits, begun };
    let mut reader = Reader::new(Kind::Response);
    let mut buffer = vec![0; 64 << 10];
    let mut seen = 0usize;
    loop {
        let count = connection.read(&mut buffer).map_err(Failure::Io)?;
        let mut rest = buffer.get(..count).unwrap_or_default();
        if count == 0 {
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
        if reader.ends_with_connection() {
            incoming.stays = false;
        }
    }
}

/// The response as far as it came.
struct Incoming {
    response: Response,
    stays: bool,
    interim: usize,
    limits: Limits,
    begun: Instant,
}

impl Incoming {
    /// Whether another response follows (RFC 9110 section 15.2); a switch of protocols is the last one.
    fn is_interim(&mut self, head: &Head) -> Result<bool, Failure> {
        let is_interim = head.status() < 200 && head.status() != 101;
        self.interim += usize::from(is_interim);
        if self.interim > INTERIM { Err(Failure::Unreadable(Unreadable::Unmatched)) } else { Ok(is_interim) }
    }

    fn begin(&mut self, head: &Head) {
        let response = &mut self.response;
        response.status = head.status();
        response.reason = text_of(head.reason()).into_owned();
        response.version = if head.version() == "HTTP/1.0" { Version::Http10 } else { Version::Http11 };
        for (name, value) in head.fields() {
            let value = text_of(value);
            // A folded line is one value with spaces where it was folded.
            let value = match value.contains(['\r', '\n']) {
                true => value.split(['\r', '\n']).map(str::trim).collect::<Vec<_>>().join(" "),
                false => value.into_owned(),
            };
            response.headers.push(text_of(name).into_owned(), value);
        }
        response.times = Times { wait: self.begun.elapsed(), ..Times::default() };
        self.stays = match response.version {
            Version::Http10 => head.lists("connection", "keep-alive"),
            _ => !head.lists("connection", "close"),
        } && response.status != 101;
    }

    fn content(&mut self, content: &[u8]) -> Result<(), Failure> {
        if self.response.body.len() + content.len() > self.limits.bytes {
            return Err(Failure::TooLong);
        }
        self.response.body.extend_from_slice(content);
        Ok(())
    }

    /// What comes behind a response that nobody asked for makes the connection useless.
    fn finish(mut self, rest: &[u8]) -> Received {
        self.response.times.receive = self.begun.elapsed().saturating_sub(self.response.times.wait);
        Received { response: self.response, stays: self.stays && rest.is_empty() }
    }
}
