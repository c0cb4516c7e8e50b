//! Sends requests exactly as they are written: HTTP/1.1 (RFC 9112), every header in its place and spelling, nothing added
//! but what the message needs (`Host` where there is none, `Content-Length` where there is a body).
//!
//! This is written by hand because HTTP libraries normalize: reqwest lower-cases header names, brings repeats together and
//! changes paths, any of which breaks a signature.

use std::io::{self, Write as _};
use std::sync::{Arc, OnceLock};
use std::time::{Instant, SystemTime};

use rustls::client::ClientConfig;

use crate::error::{Error, Field, Problem};
use crate::headers::Headers;
use crate::proxies::{Proxies, Tls};
use crate::request::Request;
use crate::response::Response;
use crate::transport::{Limits, Transport};
use crate::url::{Protocol, Url};

use super::connection::{Connection, Target};
use super::pool::{Key, Pool};
use super::receive::{Failure, receive};
use super::service::would_change;
use super::settings::Settings;

/// A body of up to this many bytes is written together with the head.
const ONE_PIECE: usize = 16 << 10;

/// Sends requests as they are, over connections that are used again.
pub(super) struct Verbatim {
    settings: Settings,
    proxies: Proxies,
    tls: OnceLock<Arc<ClientConfig>>,
    pool: Pool,
}

impl Verbatim {
    /// A transport without connections. Proxies are those of the settings, or of the environment.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a proxy is of a kind that is not supported.
    pub(super) fn new(settings: &Settings) -> Result<Self, Error> {
        let proxies = settings.proxies()?;
        Ok(Self { settings: settings.clone(), proxies, tls: OnceLock::new(), pool: Pool::shared() })
    }

    /// Returns the TLS configuration. It is made for the first `https` request, because plain http
    /// needs no trust roots.
    fn tls(&self) -> Result<Arc<ClientConfig>, Error> {
        if let Some(config) = self.tls.get() {
            return Ok(Arc::clone(config));
        }
        let config = self.settings.tls()?;
        // Another thread may have made one meanwhile; then all threads use the first.
        Ok(Arc::clone(self.tls.get_or_init(|| config)))
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
        // Plain HTTP goes to a proxy in absolute form; for https the proxy only opens a tunnel.
        let proxy = proxy.filter(|_| request.url.protocol() == Protocol::Http);
        let head = head(request, proxy.map(|proxy| proxy.authorization()));
        let started = SystemTime::now();
        let deadline = self.settings.deadline(limits);
        let kept = self.pool.take(&key);
        let age = if kept.is_some() { Age::Kept } else { Age::New };
        let connection = kept.map_or_else(|| self.open(&request.url, &key, deadline), Ok)?;
        let mut outcome = exchange(connection, request, &head, limits, deadline, age);
        if age == Age::Kept && matches!(&outcome, Err(Failure::Closed)) {
            // The server closed the connection just before the request reached it, as it may at any time (RFC 9112
            // section 9.5): it has not seen the request.
            let connection = self.open(&request.url, &key, deadline)?;
            outcome = exchange(connection, request, &head, limits, deadline, Age::New);
        }
        let (mut response, connection) = outcome.map_err(|failure| failure.into_error(&key.endpoint, limits))?;
        response.times.started = started;
        if let Some(connection) = connection {
            self.pool.keep(key, connection);
        }
        Ok(response)
    }

    fn alone(&self) -> Result<Box<dyn Transport>, Error> {
        Ok(Box::new(Self {
            settings: self.settings.clone(),
            proxies: self.proxies.clone(),
            tls: self.tls.clone(),
            pool: Pool::single(),
        }))
    }
}

/// Refuses a request that cannot be sent without being changed.
fn check(request: &Request<'_>) -> Result<(), Error> {
    // CONNECT would turn the connection into a tunnel, and its target is no URL (RFC 9110 section 9.3.6).
    if request.method.eq_ignore_ascii_case("CONNECT") {
        return Err(Error::request(Field::Method, Problem::NotSent));
    }
    if would_change(&request.url) {
        return Err(Error::request(Field::Url, Problem::WouldChange));
    }
    request.headers.check()
}

/// Returns the head of the message. With `proxy`, it is in absolute form and has these lines for the proxy (RFC 9112
/// section 3.2.2).
fn head(request: &Request<'_>, proxy: Option<Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::with_capacity(512);
    let mut push = |parts: &[&str]| parts.iter().for_each(|part| out.extend_from_slice(part.as_bytes()));
    push(&[&request.method, " "]);
    if proxy.is_some() {
        push(&[request.url.protocol().as_str(), "://", &request.url.host_header()]);
    }
    push(&[&request.url.target(), " HTTP/1.1\r\n"]);
    // Servers answer 400 to a request of HTTP/1.1 without `Host` (RFC 9112 section 3.2).
    if !request.headers.has("host") {
        push(&["Host: ", &request.url.host_header(), "\r\n"]);
    }
    for header in &request.headers {
        push(&[&header.name, ": ", &header.value, "\r\n"]);
    }
    if let Some(body) = request.body.bytes()
        && !request.headers.has("content-length")
    {
        push(&["Content-Length: ", &body.len().to_string(), "\r\n"]);
    }
    // A line's own credentials for the proxy win, since two such fields would contradict each other.
    if !request.headers.has("proxy-authorization") {
        out.extend(proxy.unwrap_or_default());
    }
    out.extend_from_slice(b"\r\n");
    out
}

/// The difference between a connection that was used before and one that was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    New,
    Kept,
}

/// Sends a request on a connection and reads the response. Returns the connection too if it can be used again.
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
    // A server may answer and close before it has read everything (413, say): then its answer counts, and not the
    // error of writing.
    let written = write(&mut connection, head, request.body.sent());
    let sent = begun.elapsed();
    let mut received = match receive(&mut connection, request, limits, begun) {
        Err(Failure::Closed | Failure::Io(_)) if written.is_err() => {
            let error = written.err().unwrap_or_else(|| io::ErrorKind::Other.into());
            let is_closed = matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset);
            return Err(if is_closed { Failure::Closed } else { Failure::Io(error) });
        }
        // A reset on a connection that was kept is how some systems report that the server had closed it.
        Err(Failure::Io(error)) if error.kind() == io::ErrorKind::ConnectionReset && age == Age::Kept => {
            return Err(Failure::Closed);
        }
        received => received?,
    };
    let (connect, tls) = connection.times;
    let response = &mut received.response;
    let times = &mut response.times;
    // On a connection that was kept these phases did not happen, and HAR must not count them twice.
    if age == Age::New {
        (times.connect, times.tls) = (Some(connect), tls);
    }
    times.send = sent;
    // Both times were measured from the same moment, and HAR's phases must not overlap.
    times.wait = times.wait.saturating_sub(sent);
    response.peer = connection.peer;
    response.connection = connection.id;
    response.certificate.clone_from(&connection.certificate);
    // After a body that was not written whole, the server would take the next request for the rest of it.
    let stays_open = written.is_ok() && received.stays_open && !lists_close(&request.headers);
    Ok((received.response, stays_open.then_some(connection)))
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
