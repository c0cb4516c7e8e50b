//! Connections to servers, direct or through a proxy, with a deadline for everything that happens on them.

use std::io::{self, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustls::client::ClientConfig;
use rustls::pki_types::ServerName;
use rustls::{CertificateError, ClientConnection, StreamOwned};

use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::lock::lock;
use crate::proxies::{Proxy, Tls};
use crate::trust;
use crate::url::Protocol;
use crate::wire::{MessageKind, read_head};

/// The number of the next connection.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// A stream of bytes in both directions.
trait Io: Read + Write + Send {}

impl<T: Read + Write + Send> Io for T {}

/// The server that a connection leads to, and the way to it.
pub(super) struct Target<'t> {
    pub(super) protocol: Protocol,
    pub(super) endpoint: Endpoint,
    pub(super) proxy: Option<&'t Proxy>,
    /// The TLS configuration, if the server or the proxy is reached over TLS.
    pub(super) tls: Option<Arc<ClientConfig>>,
    /// The time that connecting may take.
    pub(super) limit: Duration,
}

/// An open connection.
pub(super) struct Connection {
    /// A number that no other connection has.
    pub(super) id: u64,
    stream: Box<dyn Io>,
    tcp: TcpStream,
    deadline: Deadline,
    /// The address at the other end: the server's, or the proxy's.
    pub(super) peer: Option<SocketAddr>,
    /// The server's own certificate, DER.
    pub(super) certificate: Option<Vec<u8>>,
    /// The time that connecting took, and after that the TLS handshake.
    pub(super) times: (Duration, Option<Duration>),
}

/// The moment by which reading and writing must be over. All layers of a connection share it.
#[derive(Clone)]
struct Deadline(Arc<Mutex<Instant>>);

impl Deadline {
    fn set(&self, deadline: Instant) {
        *lock(&self.0) = deadline;
    }

    /// Returns the time that is left.
    ///
    /// # Errors
    /// Returns an error of kind [`io::ErrorKind::TimedOut`] if there is none.
    fn left(&self) -> io::Result<Duration> {
        left(*lock(&self.0))
    }
}

fn left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
}

/// A socket that gives up at its deadline.
struct Timed {
    tcp: TcpStream,
    deadline: Deadline,
}

/// Makes all time-outs errors of one kind: Unix reports `WouldBlock` where Windows reports `TimedOut`.
fn timed_out(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::WouldBlock { io::ErrorKind::TimedOut.into() } else { error }
}

impl Read for Timed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // The time-out is set anew before each read: a fixed one would begin again with every byte that a slow server
        // sends.
        self.tcp.set_read_timeout(Some(self.deadline.left()?))?;
        self.tcp.read(buffer).map_err(timed_out)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.tcp.set_write_timeout(Some(self.deadline.left()?))?;
        self.tcp.write(bytes).map_err(timed_out)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tcp.flush()
    }
}

impl Connection {
    /// Opens a connection.
    ///
    /// # Errors
    /// Returns [`Error::Network`] if the server or the proxy cannot be reached, and [`Error::Refused`] if the proxy wants
    /// other credentials.
    pub(super) fn open(target: &Target<'_>, deadline: Instant) -> Result<Self, Error> {
        let begun = Instant::now();
        // Connecting has a limit of its own, so that an unreachable server does not take the time that an answer may
        // take.
        let until = deadline.min(begun + target.limit);
        let first = target.proxy.map_or(&target.endpoint, |proxy| &proxy.endpoint);
        let tcp = connect(first, until)?;
        let failed = |error| network(first, &explained(&error));
        let peer = tcp.peer_addr().ok();
        let deadline = Deadline(Arc::new(Mutex::new(until)));
        // Without this, small messages wait for the answer to earlier ones; nothing is lost if it cannot be set.
        let _ = tcp.set_nodelay(true);
        let timed = Timed { tcp: tcp.try_clone().map_err(failed)?, deadline: deadline.clone() };
        let mut stream: Box<dyn Io> = Box::new(timed);
        if let Some(proxy) = target.proxy {
            if proxy.tls == Tls::Yes {
                stream = tls(stream, target, &proxy.endpoint)?.0;
            }
            // Only https needs a tunnel: a request over plain HTTP goes to the proxy itself, in absolute form (RFC 9112
            // section 3.2.2).
            if target.protocol == Protocol::Https {
                open_tunnel(&mut stream, proxy, &target.endpoint)?;
            }
        }
        // The way through the proxy counts as connecting, and only the handshake with the server itself as TLS.
        let connected = begun.elapsed();
        let (stream, certificate, handshake) = match target.protocol {
            Protocol::Http => (stream, None, None),
            Protocol::Https => {
                let (stream, certificate) = tls(stream, target, &target.endpoint)?;
                (stream, certificate, Some(begun.elapsed().saturating_sub(connected)))
            }
        };
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Ok(Self { id, stream, tcp, deadline, peer, certificate, times: (connected, handshake) })
    }

    /// Sets the moment by which everything from now on must be over.
    pub(super) fn set_deadline(&self, deadline: Instant) {
        self.deadline.set(deadline);
    }

    /// Returns true if the server has neither closed the connection nor sent anything unasked.
    pub(super) fn is_quiet(&self) -> bool {
        let peek = || {
            // This handle and the one in the stream are the same socket, so it must block again before anyone reads
            // from it.
            self.tcp.set_nonblocking(true)?;
            let seen = self.tcp.peek(&mut [0]);
            self.tcp.set_nonblocking(false)?;
            seen
        };
        // Only `WouldBlock` means quiet: 0 bytes are the server's close, and other bytes would be taken for the next
        // response.
        matches!(peek(), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
    }
}

impl Read for Connection {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.stream.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // Many servers close TLS without close_notify. The framing of the message decides whether it is whole.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(0),
                outcome => return outcome,
            }
        }
    }
}

impl Write for Connection {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Returns the error for a server or proxy that cannot be reached.
pub(super) fn network(who: &Endpoint, text: &str) -> Error {
    Error::Network(format!("{who}: {text}"))
}

/// Returns what went wrong, with advice for the commonest failures.
pub(super) fn explained(error: &io::Error) -> String {
    if let Some(refused) = trust::refused(error) {
        return refused;
    }
    let source = error.get_ref().and_then(|source| source.downcast_ref::<rustls::Error>());
    match source {
        Some(rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer)) => {
            "the certificate's issuer is not trusted; name a file with its root certificate with --cacert or \
             SSL_CERT_FILE"
                .to_owned()
        }
        Some(rustls::Error::InvalidCertificate(
            CertificateError::Expired | CertificateError::ExpiredContext { .. },
        )) => "the certificate has expired".to_owned(),
        Some(rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        )) => "the certificate is for another name".to_owned(),
        _ if error.kind() == io::ErrorKind::TimedOut => "no answer in time; --max-time allows more".to_owned(),
        _ => error.to_string(),
    }
}

fn connect(endpoint: &Endpoint, until: Instant) -> Result<TcpStream, Error> {
    let addresses = resolve(endpoint, until)?;
    let mut last = io::Error::other("the name has no address");
    for (index, address) in addresses.iter().enumerate() {
        // An address that never answers must leave time for the others.
        let others = u32::try_from(addresses.len() - index).unwrap_or(u32::MAX);
        let share = match left(until) {
            Ok(left) => (left / others).max(Duration::from_millis(1)),
            Err(error) => return Err(network(endpoint, &not_connected(error))),
        };
        match TcpStream::connect_timeout(address, share) {
            Ok(tcp) => return Ok(tcp),
            Err(error) => last = error,
        }
    }
    Err(network(endpoint, &not_connected(last)))
}

fn not_connected(error: io::Error) -> String {
    if error.kind() == io::ErrorKind::TimedOut {
        return "cannot connect in time; --connect-timeout allows more".to_owned();
    }
    format!("cannot connect: {error}")
}

/// Returns the addresses of a host. The system's resolver has no time-out of its own, so it runs on a thread, which is left
/// behind if it does not answer in time.
fn resolve(endpoint: &Endpoint, until: Instant) -> Result<Vec<SocketAddr>, Error> {
    if let Ok(address) = endpoint.host.parse() {
        return Ok(vec![SocketAddr::new(address, endpoint.port)]);
    }
    let (sender, receiver) = mpsc::channel();
    let name = (endpoint.host.clone(), endpoint.port);
    std::thread::spawn(move || {
        let found = (name.0.as_str(), name.1).to_socket_addrs().map(Iterator::collect);
        // The receiver is gone if the deadline came first.
        let _ = sender.send(found);
    });
    let left = left(until).map_err(|error| network(endpoint, &not_connected(error)))?;
    match receiver.recv_timeout(left) {
        Ok(Ok(addresses)) => Ok(addresses),
        Ok(Err(error)) => Err(network(endpoint, &format!("the name cannot be resolved: {error}"))),
        Err(_) => Err(network(endpoint, "the name is not resolved in time; --connect-timeout allows more")),
    }
}

/// A stream with TLS, and the certificate at its other end.
type Secured = (Box<dyn Io>, Option<Vec<u8>>);

/// Opens TLS over a stream.
fn tls(mut stream: Box<dyn Io>, target: &Target<'_>, endpoint: &Endpoint) -> Result<Secured, Error> {
    let failed = |text: &str| network(endpoint, &format!("TLS failed, nothing was sent: {text}"));
    let config = target.tls.clone().ok_or_else(|| failed("it is not set up"))?;
    let name = ServerName::try_from(endpoint.host.clone())
        .map_err(|_| failed("the host is not a name that TLS can verify"))?;
    let mut session = ClientConnection::new(config, name).map_err(|error| failed(&error.to_string()))?;
    // The handshake is completed before anything is sent, so that no secret leaves before the certificate is verified.
    while session.is_handshaking() {
        session.complete_io(&mut stream).map_err(|error| failed(&explained(&error)))?;
    }
    let certificate = session.peer_certificates().and_then(|list| list.first()).map(|leaf| leaf.as_ref().to_vec());
    Ok((Box::new(StreamOwned::new(session, stream)), certificate))
}

/// Asks a proxy for a tunnel (RFC 9110 section 9.3.6).
fn open_tunnel(stream: &mut Box<dyn Io>, proxy: &Proxy, endpoint: &Endpoint) -> Result<(), Error> {
    let lost = |error| network(&proxy.endpoint, &format!("the proxy: {}", explained(&error)));
    let mut request = format!("CONNECT {endpoint} HTTP/1.1\r\nHost: {endpoint}\r\n").into_bytes();
    request.extend(proxy.authorization());
    request.extend(b"\r\n");
    stream.write_all(&request).and_then(|()| stream.flush()).map_err(lost)?;
    // A buffer of one byte: what follows the head belongs to the tunnel and must stay in the stream.
    let mut bytes = BufReader::with_capacity(1, stream);
    loop {
        match read_head(MessageKind::Response, &mut bytes).map_err(lost)?.status() {
            // Interim responses may come before the final one (RFC 9110 section 15.2).
            100..=199 => {}
            // Any 2xx opens the tunnel (RFC 9110 section 9.3.6).
            200..=299 => return Ok(()),
            407 => return Err(Error::Refused(format!("{}: the proxy wants other credentials", proxy.endpoint))),
            status => return Err(network(&proxy.endpoint, &format!("the proxy answered CONNECT with {status}"))),
        }
    }
}
