//! How the proxy reaches origins: directly, or through the proxy that the environment names.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use countersign_shared::encode::{BASE64, percent_decoded};
use countersign_shared::error::Error;
use countersign_shared::secret::Secret;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::endpoint::Endpoint;
use crate::trust;
use crate::wire::{Kind, Piece, Reader};

/// How long connecting may take, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// A connection of any kind.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin {}

impl<T: AsyncRead + AsyncWrite + Unpin> Stream for T {}

/// A connection to an origin or to a proxy on the way.
pub(crate) type Link = Box<dyn Stream>;

/// Why an origin cannot be reached. The texts are shown to the client.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConnectError {
    /// The name is unknown, or nobody listens.
    #[error("cannot connect to {0}: {1}")]
    Connect(Endpoint, std::io::Error),
    /// Nothing happened in time.
    #[error("cannot connect to {0}: no answer within {limit} s", limit = CONNECT_TIMEOUT.as_secs())]
    TimedOut(Endpoint),
    /// The origin is this proxy.
    #[error("{0} is this proxy itself")]
    Loop(Endpoint),
    /// The certificate is bad, or TLS fails otherwise.
    #[error("TLS to {0} failed, nothing was sent: {1}")]
    Tls(Endpoint, std::io::Error),
    /// The platform trusts nobody.
    #[error("{0}")]
    Trust(String),
    /// The proxy on the way says no.
    #[error("the proxy {0} answered CONNECT with {1}")]
    Proxy(Endpoint, String),
}

impl ConnectError {
    /// The status that a client gets.
    pub(crate) fn status(&self) -> &'static str {
        match self {
            Self::TimedOut(_) => "504 Gateway Timeout",
            Self::Loop(_) => "508 Loop Detected",
            _ => "502 Bad Gateway",
        }
    }
}

/// A proxy that the environment names.
#[derive(Debug)]
struct Proxy {
    endpoint: Endpoint,
    tls: Tls,
    /// The value of `Proxy-Authorization`.
    credentials: Option<Secret>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tls {
    No,
    Yes,
}

/// What a plain HTTP request is written to.
pub(crate) enum HttpLink {
    /// The origin itself: requests in origin form.
    Origin(Link),
    /// A proxy: requests in absolute form, with these lines added to the head.
    Proxy(Link, Vec<u8>),
}

/// The way to all origins.
#[derive(Debug)]
pub(crate) struct Upstream {
    http: Option<Proxy>,
    https: Option<Proxy>,
    exempt: Vec<Exemption>,
    /// Where this proxy listens, so that it never connects to itself.
    own: SocketAddr,
    tls: OnceCell<Result<Arc<ClientConfig>, String>>,
}

impl Upstream {
    /// Reads `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, in lower and upper case. A variable that names
    /// this very proxy is ignored (it was set for the clients).
    ///
    /// # Errors
    /// A variable names a proxy of a kind that is not known.
    pub(crate) fn from_environment(own: SocketAddr) -> Result<Self, Error> {
        let all = || proxy_named(&["all_proxy", "ALL_PROXY"]);
        let is_other = |proxy: &Proxy| {
            proxy.endpoint.port != own.port()
                || !matches!(proxy.endpoint.host.as_str(), "localhost" | "127.0.0.1" | "::1")
        };
        let http = proxy_named(&["http_proxy", "HTTP_PROXY"])?.map_or_else(all, |proxy| Ok(Some(proxy)))?;
        let https = proxy_named(&["https_proxy", "HTTPS_PROXY"])?.map_or_else(all, |proxy| Ok(Some(proxy)))?;
        let exempt = variable(&["no_proxy", "NO_PROXY"]).map_or_else(Vec::new, |(_, list)| Exemption::list(&list));
        Ok(Self { http: http.filter(is_other), https: https.filter(is_other), exempt, own, tls: OnceCell::new() })
    }

    fn proxy_for<'a>(&self, proxy: &'a Option<Proxy>, endpoint: &Endpoint) -> Option<&'a Proxy> {
        proxy.as_ref().filter(|_| !self.exempt.iter().any(|exemption| exemption.covers(endpoint)))
    }

    /// Whether two plain HTTP requests can share one connection.
    pub(crate) fn share_connection(&self, one: &Endpoint, other: &Endpoint) -> bool {
        one == other || (self.proxy_for(&self.http, one).is_some() && self.proxy_for(&self.http, other).is_some())
    }

    /// A connection for plain HTTP.
    pub(crate) async fn http(&self, endpoint: &Endpoint) -> Result<HttpLink, ConnectError> {
        match self.proxy_for(&self.http, endpoint) {
            None => Ok(HttpLink::Origin(Box::new(self.connect(endpoint).await?))),
            Some(proxy) => {
                let link = self.connect_proxy(proxy).await?;
                Ok(HttpLink::Proxy(link, proxy.authorization()))
            }
        }
    }

    /// A connection whose bytes reach the origin as they are.
    pub(crate) async fn tunnel(&self, endpoint: &Endpoint) -> Result<Link, ConnectError> {
        match self.proxy_for(&self.https, endpoint) {
            None => Ok(Box::new(self.connect(endpoint).await?)),
            Some(proxy) => {
                let mut link = self.connect_proxy(proxy).await?;
                let opened = timeout(CONNECT_TIMEOUT, open_tunnel(&mut link, proxy, endpoint)).await;
                opened.map_err(|_| ConnectError::TimedOut(proxy.endpoint.clone()))??;
                Ok(link)
            }
        }
    }

    /// TLS over a connection, the origin's certificate verified for `name`.
    pub(crate) async fn tls(&self, link: Link, name: &str, endpoint: &Endpoint) -> Result<Link, ConnectError> {
        let config = self.tls.get_or_init(async || trust::client_config().map_err(|error| error.to_string())).await;
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
        if self.is_own(&stream) {
            return Err(ConnectError::Loop(endpoint.clone()));
        }
        Ok(stream)
    }

    fn is_own(&self, stream: &TcpStream) -> bool {
        match (stream.peer_addr(), stream.local_addr()) {
            (Ok(peer), Ok(local)) => {
                peer.port() == self.own.port() && (peer.ip() == self.own.ip() || peer.ip() == local.ip())
            }
            _ => false,
        }
    }
}

/// What to do about the commonest failure.
fn explained(error: std::io::Error) -> std::io::Error {
    use tokio_rustls::rustls::{CertificateError, Error};
    let source = error.get_ref().and_then(|source| source.downcast_ref::<Error>());
    match source {
        Some(Error::InvalidCertificate(CertificateError::UnknownIssuer)) => std::io::Error::other(
            "the certificate is of an issuer that is not trusted; SSL_CERT_FILE can name its root certificate",
        ),
        _ => error,
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
    let mut reader = Reader::new(Kind::Response);
    loop {
        // Byte by byte: what follows the head belongs to the tunnel.
        let byte = [link.read_u8().await.map_err(lost)?];
        match reader.read(&byte) {
            Ok((_, Piece::Head(head))) if (200..300).contains(&head.status()) => return Ok(()),
            Ok((_, Piece::Head(head))) if head.status() < 200 => reader.skip_head(),
            Ok((_, Piece::Head(head))) => {
                return Err(ConnectError::Proxy(proxy.endpoint.clone(), head.status().to_string()));
            }
            Ok(_) => {}
            Err(why) => return Err(ConnectError::Proxy(proxy.endpoint.clone(), why.to_string())),
        }
    }
}

fn variable(names: &[&'static str]) -> Option<(&'static str, String)> {
    names.iter().find_map(|name| Some((*name, std::env::var(name).ok().filter(|value| !value.trim().is_empty())?)))
}

fn proxy_named(names: &[&'static str]) -> Result<Option<Proxy>, Error> {
    let Some((name, value)) = variable(names) else { return Ok(None) };
    match Proxy::parse(value.trim()) {
        Some(proxy) => Ok(Some(proxy)),
        None => {
            Err(Error::Usage(format!("{name}: not a proxy that is known: write http://HOST:PORT or https://HOST:PORT")))
        }
    }
}

impl Proxy {
    /// `[http[s]://][user[:password]@]host[:port][/]`; without a port it is curl's 1080, or 443 for `https:`.
    fn parse(text: &str) -> Option<Self> {
        let (tls, rest) = match text.split_once("://") {
            None => (Tls::No, text),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => (Tls::No, rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => (Tls::Yes, rest),
            Some(_) => return None,
        };
        let (user, authority) = match rest.rsplit_once('@') {
            Some((user, authority)) => (Some(user), authority),
            None => (None, rest),
        };
        let default_port = if tls == Tls::Yes { 443 } else { 1080 };
        let endpoint = Endpoint::parse(authority.trim_end_matches('/'), Some(default_port))?;
        let credentials = user.map(|user| {
            let (name, password) = user.split_once(':').unwrap_or((user, ""));
            let plain = [percent_decoded(name), percent_decoded(password)].join(&b':');
            Secret::new(format!("Basic {}", BASE64.encode(plain)))
        });
        Some(Self { endpoint, tls, credentials })
    }

    /// The header line that identifies us, if the environment said who we are.
    fn authorization(&self) -> Vec<u8> {
        let line = |secret: &Secret| format!("Proxy-Authorization: {}\r\n", secret.expose()).into_bytes();
        self.credentials.as_ref().map(line).unwrap_or_default()
    }
}

/// One entry of `no_proxy`, as curl reads it.
#[derive(Debug)]
enum Exemption {
    Everything,
    /// A name and its subdomains, perhaps only for one port.
    Name(String, Option<u16>),
    /// An address range: address and number of leading bits.
    Range(IpAddr, u8),
}

impl Exemption {
    fn list(text: &str) -> Vec<Self> {
        text.split([',', ' ']).map(str::trim).filter(|entry| !entry.is_empty()).map(Self::parse).collect()
    }

    fn parse(entry: &str) -> Self {
        if entry == "*" {
            return Self::Everything;
        }
        let (address, bits) = entry.split_once('/').map_or((entry, None), |(address, bits)| (address, Some(bits)));
        let bare = address.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>() {
            let all = if address.is_ipv4() { 32 } else { 128 };
            return Self::Range(address, bits.and_then(|bits| bits.parse().ok()).unwrap_or(all).min(all));
        }
        let name = entry.strip_prefix("*.").or_else(|| entry.strip_prefix('.')).unwrap_or(entry);
        match Endpoint::parse(name, Some(0)) {
            Some(Endpoint { host, port }) => Self::Name(host, Some(port).filter(|port| *port != 0)),
            None => Self::Name(name.to_ascii_lowercase(), None),
        }
    }

    fn covers(&self, endpoint: &Endpoint) -> bool {
        match self {
            Self::Everything => true,
            Self::Name(name, port) => {
                let is_port = port.is_none_or(|port| port == endpoint.port);
                let sub = endpoint.host.strip_suffix(name.as_str());
                is_port && sub.is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
            }
            Self::Range(range, bits) => endpoint.host.parse().is_ok_and(|address| in_range(address, *range, *bits)),
        }
    }
}

fn in_range(address: IpAddr, range: IpAddr, bits: u8) -> bool {
    let leading = |value: u128, width: u32| value.checked_shr(width - u32::from(bits)).unwrap_or(0);
    match (address, range) {
        (IpAddr::V4(a), IpAddr::V4(b)) => leading(a.to_bits().into(), 32) == leading(b.to_bits().into(), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => leading(a.to_bits(), 128) == leading(b.to_bits(), 128),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exempt(list: &str, authority: &str) -> bool {
        let Some(endpoint) = Endpoint::parse(authority, Some(443)) else { return false };
        Exemption::list(list).iter().any(|exemption| exemption.covers(&endpoint))
    }

    #[test]
    fn no_proxy_is_read_as_curl_reads_it() {
        assert!(exempt("example.com, other.test", "www.example.com"));
        assert!(exempt(".example.com", "example.com"));
        assert!(!exempt("example.com", "badexample.com"));
        assert!(exempt("*", "anything"));
        assert!(exempt("10.0.0.0/8", "10.1.2.3"));
        assert!(!exempt("10.0.0.0/8", "11.1.2.3"));
        assert!(exempt("::1", "[::1]"));
        assert!(exempt("0.0.0.0/0", "1.2.3.4"));
        assert!(exempt("h:8443", "h:8443"));
        assert!(!exempt("h:8443", "h:443"));
    }

    #[test]
    fn a_proxy_is_read_with_scheme_port_and_credentials() {
        let proxy = Proxy::parse("http://us%3Aer:p%40ss@h:3128/");
        let proxy = proxy.as_ref();
        assert_eq!(proxy.map(|proxy| proxy.endpoint.to_string()).as_deref(), Some("h:3128"));
        let line = proxy.map(Proxy::authorization).unwrap_or_default();
        assert_eq!(line, format!("Proxy-Authorization: Basic {}\r\n", BASE64.encode("us:er:p@ss")).into_bytes());
        assert!(Proxy::parse("h:1").is_some_and(|proxy| proxy.authorization().is_empty()));
        assert!(Proxy::parse("https://h").is_some_and(|proxy| proxy.tls == Tls::Yes && proxy.endpoint.port == 443));
        assert!(Proxy::parse("socks5://h:1").is_none());
    }
}
