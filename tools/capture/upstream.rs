//! Connections to origins: direct ones, or through the proxy that the environment names.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use countersign_shared::endpoint::Endpoint;
use countersign_shared::error::Error;
use countersign_shared::proxies::{Proxies, Proxy, Tls};
use countersign_shared::trust;
use countersign_shared::url::Protocol;
use countersign_shared::wire::{MessageKind, MessageReader, Piece};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

/// The time that connecting may take, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// A connection of any kind.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin {}

impl<T: AsyncRead + AsyncWrite + Unpin> Stream for T {}

/// A connection to an origin or to a proxy on the way.
pub(crate) type Link = Box<dyn Stream>;

/// The reason why an origin cannot be reached. The client sees the text.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConnectError {
    /// The name is unknown, or nothing listens there.
    #[error("cannot connect to {0}: {1}")]
    Connect(Endpoint, std::io::Error),
    /// Connecting took too long.
    #[error("cannot connect to {0}: no answer within {limit} s", limit = CONNECT_TIMEOUT.as_secs())]
    TimedOut(Endpoint),
    /// The origin is this proxy itself.
    #[error("{0} is this proxy itself")]
    Loop(Endpoint),
    /// The certificate is bad, or the TLS handshake failed otherwise.
    #[error("TLS to {0} failed, nothing was sent: {1}")]
    Tls(Endpoint, std::io::Error),
    /// There are no root certificates to verify with.
    #[error("{0}")]
    Trust(String),
    /// The proxy on the way refused.
    #[error("the proxy {0} answered CONNECT with {1}")]
    Proxy(Endpoint, String),
}

impl ConnectError {
    /// Returns the status that the client gets.
    pub(crate) fn status(&self) -> &'static str {
        match self {
            Self::TimedOut(_) => "504 Gateway Timeout",
            Self::Loop(_) => "508 Loop Detected",
            _ => "502 Bad Gateway",
        }
    }
}

/// The next hop of a plain HTTP request.
pub(crate) enum HttpLink {
    /// The origin itself, which takes requests in origin form.
    Origin(Link),
    /// A proxy, which takes requests in absolute form with these lines added to the head.
    Proxy(Link, Vec<u8>),
}

/// Connects to origins.
#[derive(Debug)]
pub(crate) struct Upstream {
    proxies: Proxies,
    /// The address that this proxy listens on. It must never connect to itself.
    own: SocketAddr,
    tls: OnceCell<Result<Arc<ClientConfig>, String>>,
}

impl Upstream {
    /// Reads `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, in lower and upper case. A variable that names
    /// this very proxy is ignored (it was set for the clients).
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a variable names a proxy of a kind that is not supported.
    pub(crate) fn from_environment(own: SocketAddr) -> Result<Self, Error> {
        // A shell in which the variables were set for the clients may start the capture too.
        let is_other = |proxy: &Proxy| {
            proxy.endpoint.port != own.port()
                || !matches!(proxy.endpoint.host.as_str(), "localhost" | "127.0.0.1" | "::1")
        };
        Ok(Self { proxies: Proxies::from_environment()?.retain(is_other), own, tls: OnceCell::new() })
    }

    /// Returns true if two plain HTTP requests can share one connection.
    pub(crate) fn share_connection(&self, one: &Endpoint, other: &Endpoint) -> bool {
        let has_proxy = |endpoint| self.proxies.get(Protocol::Http, endpoint).is_some();
        // All plain HTTP goes through one proxy, and it takes requests for any origin on one connection.
        one == other || (has_proxy(one) && has_proxy(other))
    }

    /// Opens a connection for plain HTTP.
    ///
    /// # Errors
    /// Returns a [`ConnectError`] if the origin or the proxy on the way cannot be reached.
    pub(crate) async fn http(&self, endpoint: &Endpoint) -> Result<HttpLink, ConnectError> {
        match self.proxies.get(Protocol::Http, endpoint) {
            None => Ok(HttpLink::Origin(Box::new(self.connect(endpoint).await?))),
            Some(proxy) => {
                let link = self.connect_proxy(proxy).await?;
                Ok(HttpLink::Proxy(link, proxy.authorization()))
            }
        }
    }

    /// Opens a connection whose bytes reach the origin unchanged.
    ///
    /// # Errors
    /// Returns a [`ConnectError`] if the origin or the proxy on the way cannot be reached, or if the proxy refuses.
    pub(crate) async fn tunnel(&self, endpoint: &Endpoint) -> Result<Link, ConnectError> {
        match self.proxies.get(Protocol::Https, endpoint) {
            None => Ok(Box::new(self.connect(endpoint).await?)),
            Some(proxy) => {
                let mut link = self.connect_proxy(proxy).await?;
                // A proxy that takes the connection and then says nothing must not hold the client for ever.
                let opened = timeout(CONNECT_TIMEOUT, open_tunnel(&mut link, proxy, endpoint)).await;
                opened.map_err(|_| ConnectError::TimedOut(proxy.endpoint.clone()))??;
                Ok(link)
            }
        }
    }

    /// Opens TLS over a connection and verifies the origin's certificate for `name`.
    ///
    /// # Errors
    /// Returns a [`ConnectError`] if the certificate is bad, the handshake fails or takes too long, or there are no roots
    /// to verify with.
    pub(crate) async fn tls(&self, link: Link, name: &str, endpoint: &Endpoint) -> Result<Link, ConnectError> {
        // The roots are read when TLS is first needed. If there are none, plain HTTP works all the same.
        let config = self
            .tls
            .get_or_init(async || trust::client_config(&trust::Extra::default()).map_err(|error| error.to_string()))
            .await;
        let config = config.as_ref().map_err(|error| ConnectError::Trust(error.clone()))?;
        let bad_name = |error| ConnectError::Tls(endpoint.clone(), std::io::Error::other(error));
        let name = ServerName::try_from(name.to_owned()).map_err(bad_name)?;
        let handshake = TlsConnector::from(Arc::clone(config)).connect(name, link);
        match timeout(CONNECT_TIMEOUT, handshake).await {
            Ok(Ok(stream)) => Ok(Box::new(stream)),
            Ok(Err(error)) => Err(ConnectError::Tls(endpoint.clone(), explained(error))),
            Err(_) => Err(ConnectError::TimedOut(endpoint.clone())),
        }
    }

    async fn connect_proxy(&self, proxy: &Proxy) -> Result<Link, ConnectError> {
        let link: Link = Box::new(self.connect(&proxy.endpoint).await?);
        match proxy.tls {
            Tls::No => Ok(link),
            Tls::Yes => self.tls(link, &proxy.endpoint.host, &proxy.endpoint).await,
        }
    }

    async fn connect(&self, endpoint: &Endpoint) -> Result<TcpStream, ConnectError> {
        let connecting = TcpStream::connect((endpoint.host.as_str(), endpoint.port));
        let stream =
            timeout(CONNECT_TIMEOUT, connecting).await.map_err(|_| ConnectError::TimedOut(endpoint.clone()))?;
        let stream = stream.map_err(|error| ConnectError::Connect(endpoint.clone(), error))?;
        // Without this, small messages wait for the answer to earlier ones; nothing is lost if it cannot be set.
        let _ = stream.set_nodelay(true);
        // Any name may resolve to this proxy, so the check looks at the connection that was made.
        if self.is_own(&stream) {
            return Err(ConnectError::Loop(endpoint.clone()));
        }
        Ok(stream)
    }

    fn is_own(&self, stream: &TcpStream) -> bool {
        match (stream.peer_addr(), stream.local_addr()) {
            // If we listen on all addresses, a connection to ourselves has the same address at both ends.
            (Ok(peer), Ok(local)) => {
                peer.port() == self.own.port() && (peer.ip() == self.own.ip() || peer.ip() == local.ip())
            }
            _ => false,
        }
    }
}

/// Returns the error with advice for the commonest failure.
fn explained(error: std::io::Error) -> std::io::Error {
    use tokio_rustls::rustls::{CertificateError, Error};
    let source = error.get_ref().and_then(|source| source.downcast_ref::<Error>());
    match source {
        Some(Error::InvalidCertificate(CertificateError::UnknownIssuer)) => std::io::Error::other(
            "the certificate's issuer is not trusted; set SSL_CERT_FILE to a file with its root certificate",
        ),
        _ => trust::refused(&error).map_or(error, std::io::Error::other),
    }
}

/// Asks a proxy for a tunnel (RFC 9110 section 9.3.6).
async fn open_tunnel(link: &mut Link, proxy: &Proxy, endpoint: &Endpoint) -> Result<(), ConnectError> {
    let lost = |error| ConnectError::Connect(proxy.endpoint.clone(), error);
    let mut request = format!("CONNECT {endpoint} HTTP/1.1\r\nHost: {endpoint}\r\n").into_bytes();
    request.extend(proxy.authorization());
    request.extend(b"\r\n");
    link.write_all(&request).await.map_err(lost)?;
    link.flush().await.map_err(lost)?;
    let mut reader = MessageReader::new(MessageKind::Response);
    loop {
        // Byte by byte: what follows the head belongs to the tunnel.
        let byte = [link.read_u8().await.map_err(lost)?];
        match reader.read(&byte) {
            Ok((_, Piece::Head(head))) if (200..300).contains(&head.status()) => return Ok(()),
            // Interim responses may come before the answer (RFC 9110 section 15.2).
            Ok((_, Piece::Head(head))) if head.status() < 200 => reader.skip_head(),
            Ok((_, Piece::Head(head))) => {
                return Err(ConnectError::Proxy(proxy.endpoint.clone(), head.status().to_string()));
            }
            Ok(_) => {}
            Err(why) => return Err(ConnectError::Proxy(proxy.endpoint.clone(), why.to_string())),
        }
    }
}
