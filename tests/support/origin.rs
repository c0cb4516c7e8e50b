//! A server that does what a test says and remembers every byte that it was sent, over TCP or TLS.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use base64::Engine as _;
use tempfile::TempDir;
use tokio_rustls::rustls;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};

use super::tool::LIMIT;

/// A server on a free port of 127.0.0.1.
pub(crate) struct Origin {
    pub(crate) port: u16,
    received: Receiver<Vec<u8>>,
    certificate: Option<(TempDir, PathBuf)>,
}

/// One connection as the server sees it.
pub(crate) struct Peer {
    stream: Box<dyn Duplex>,
    tcp: TcpStream,
    recorded: Vec<u8>,
    done: Sender<Vec<u8>>,
}

pub(crate) trait Duplex: Read + Write + Send {}
impl<T: Read + Write + Send> Duplex for T {}

type Handler = Arc<dyn Fn(&mut Peer) + Send + Sync>;

impl Origin {
    /// Plain HTTP; each connection is handled by `handler` in a thread of its own.
    pub(crate) fn http(handler: impl Fn(&mut Peer) + Send + Sync + 'static) -> Self {
        Self::start(None, None, Arc::new(handler))
    }

    /// HTTPS for `localhost` and `127.0.0.1`, with a root of its own and these protocols (ALPN).
    pub(crate) fn https(alpn: &[&str], handler: impl Fn(&mut Peer) + Send + Sync + 'static) -> Self {
        let (config, certificate) = server_config(alpn);
        Self::start(Some(config), Some(certificate), Arc::new(handler))
    }

    /// HTTPS for those who show this client's certificate.
    pub(crate) fn https_for(client: &Identity, handler: impl Fn(&mut Peer) + Send + Sync + 'static) -> Self {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(client.root.clone()).expect("a root");
        let (config, certificate) = server_config_for(&[], Some(roots));
        Self::start(Some(config), Some(certificate), Arc::new(handler))
    }

    /// HTTPS with this chain, the server's own certificate first, and its key, as they are: nothing is checked.
    pub(crate) fn https_with(chain: &str, key: &str, handler: impl Fn(&mut Peer) + Send + Sync + 'static) -> Self {
        let provider = rustls::crypto::ring::default_provider();
        let chain = CertificateDer::pem_slice_iter(chain.as_bytes()).collect::<Result<Vec<_>, _>>().expect("PEM");
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).expect("a key");
        let key = provider.key_provider.load_private_key(key).expect("a key");
        let certified = rustls::sign::CertifiedKey::new(chain, key);
        let config = rustls::ServerConfig::builder_with_provider(Arc::new(provider))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(rustls::sign::SingleCertAndKey::from(certified)));
        Self::start(Some(Arc::new(config)), None, Arc::new(handler))
    }

    /// Answers every request with 200 and the body `ok`, and keeps the connection open.
    pub(crate) fn ok(peer: &mut Peer) {
        while peer.request().is_some() {
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
    }

    fn start(
        tls: Option<Arc<rustls::ServerConfig>>,
        certificate: Option<(TempDir, PathBuf)>,
        handler: Handler,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (done, received) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (tls, handler, done) = (tls.clone(), Arc::clone(&handler), done.clone());
                std::thread::spawn(move || {
                    stream.set_read_timeout(Some(LIMIT)).expect("a time limit");
                    stream.set_nodelay(true).expect("no delay");
                    let tcp = stream.try_clone().expect("a clone");
                    let mut peer = Peer { stream: server_side(stream, tls), tcp, recorded: Vec::new(), done };
                    handler(&mut peer);
                });
            }
        });
        Self { port, received, certificate }
    }

    /// Returns what the next connection to end had received.
    #[track_caller]
    pub(crate) fn received(&self) -> Vec<u8> {
        self.received.recv_timeout(LIMIT).expect("a connection that ended")
    }

    /// The root certificate that vouches for this server.
    pub(crate) fn root(&self) -> &PathBuf {
        &self.certificate.as_ref().expect("an https origin").1
    }

    /// A URL on this server.
    pub(crate) fn url(&self, path: &str) -> String {
        let scheme = if self.certificate.is_some() { "https" } else { "http" };
        format!("{scheme}://127.0.0.1:{}{path}", self.port)
    }
}

fn server_side(stream: TcpStream, tls: Option<Arc<rustls::ServerConfig>>) -> Box<dyn Duplex> {
    match tls {
        None => Box::new(stream),
        Some(config) => {
            let connection = rustls::ServerConnection::new(config).expect("a TLS server");
            Box::new(rustls::StreamOwned::new(connection, stream))
        }
    }
}

/// A client's certificate and key, as files.
pub(crate) struct Identity {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
    /// Both in one file.
    pub(crate) both: PathBuf,
    root: CertificateDer<'static>,
    _folder: TempDir,
}

impl Identity {
    /// A new one, which vouches for itself.
    pub(crate) fn new() -> Self {
        let key = rcgen::KeyPair::generate().expect("a key");
        let mut parameters = rcgen::CertificateParams::new(vec!["client".to_owned()]).expect("names");
        parameters.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ClientAuth];
        let certificate = parameters.self_signed(&key).expect("a certificate");
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("a file");
            path
        };
        let (pem, key) = (pem("CERTIFICATE", certificate.der()), pem("PRIVATE KEY", &key.serialize_der()));
        Self {
            certificate: file("client.pem", &pem),
            key: file("key.pem", &key),
            both: file("both.pem", &format!("{key}{pem}")),
            root: certificate.der().clone(),
            _folder: folder,
        }
    }
}

fn server_config(alpn: &[&str]) -> (Arc<rustls::ServerConfig>, (TempDir, PathBuf)) {
    server_config_for(alpn, None)
}

fn server_config_for(
    alpn: &[&str],
    clients: Option<rustls::RootCertStore>,
) -> (Arc<rustls::ServerConfig>, (TempDir, PathBuf)) {
    let mut authority = rcgen::CertificateParams::default();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let key = rcgen::KeyPair::generate().expect("a key");
    let root = authority.self_signed(&key).expect("a root");
    let issuer = rcgen::Issuer::new(authority, key);
    let leaf_key = rcgen::KeyPair::generate().expect("a key");
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let mut leaf = rcgen::CertificateParams::new(names).expect("names");
    leaf.not_before = (std::time::SystemTime::now() - Duration::from_secs(3600)).into();
    leaf.not_after = (std::time::SystemTime::now() + Duration::from_secs(86400)).into();
    let leaf = leaf.signed_by(&leaf_key, &issuer).expect("a leaf");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("root.pem");
    std::fs::write(&path, pem("CERTIFICATE", root.der())).expect("a file");
    let leaf_key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("versions");
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(roots) => {
            let verifier = rustls::server::WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().expect("a verifier"))
        }
    };
    let mut config = builder.with_single_cert(vec![leaf.der().clone()], leaf_key).expect("a certificate");
    config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
    (Arc::new(config), (folder, path))
}

/// A certificate or a key as text (RFC 7468).
fn pem(label: &str, der: &[u8]) -> String {
    let text = base64::prelude::BASE64_STANDARD.encode(der);
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
}

impl Peer {
    /// Reads one more byte; `None` at the end.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let mut byte = [0];
        match self.stream.read(&mut byte) {
            Ok(1) => {
                self.recorded.push(byte[0]);
                Some(byte[0])
            }
            _ => None,
        }
    }

    /// Reads up to and with this text; `None` if the connection ends before.
    pub(crate) fn until(&mut self, end: &str) -> Option<String> {
        let mut text = Vec::new();
        while !text.ends_with(end.as_bytes()) {
            text.push(self.byte()?);
        }
        Some(String::from_utf8_lossy(&text).into_owned())
    }

    /// Reads exactly so many bytes.
    pub(crate) fn exactly(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut bytes = vec![0; count];
        self.stream.read_exact(&mut bytes).ok()?;
        self.recorded.extend_from_slice(&bytes);
        Some(bytes)
    }

    /// Reads a request, its body too, and returns the head.
    pub(crate) fn request(&mut self) -> Option<String> {
        let head = self.until("\r\n\r\n")?;
        let lower = head.to_ascii_lowercase();
        if lower.contains("expect: 100-continue") {
            self.write("HTTP/1.1 100 Continue\r\n\r\n");
        }
        if lower.contains("transfer-encoding: chunked") {
            loop {
                let line = self.until("\r\n")?;
                let size = line.split(';').next().unwrap_or_default().trim();
                match usize::from_str_radix(size, 16).expect("a chunk size") {
                    0 => break,
                    size => drop(self.exactly(size + 2)?),
                }
            }
            while self.until("\r\n")? != "\r\n" {}
        } else if let Some((_, rest)) = lower.split_once("content-length: ") {
            let length = rest.split("\r\n").next().unwrap_or_default().parse().expect("a length");
            self.exactly(length)?;
        }
        Some(head)
    }

    /// Reads a request and returns all of it, as text.
    pub(crate) fn whole_request(&mut self) -> Option<String> {
        let before = self.recorded.len();
        self.request()?;
        Some(String::from_utf8_lossy(&self.recorded[before..]).into_owned())
    }

    /// Sends bytes, now. A client that is gone is the test's to notice.
    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.stream.write_all(bytes.as_ref()).and_then(|()| self.stream.flush());
    }

    /// Returns true if the client is still there.
    pub(crate) fn is_open(&self) -> bool {
        self.tcp.set_nonblocking(true).expect("a socket");
        let seen = self.tcp.peek(&mut [0]);
        self.tcp.set_nonblocking(false).expect("a socket");
        matches!(seen, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
    }

    /// Becomes a tunnel to a port of 127.0.0.1.
    pub(crate) fn splice(&mut self, port: u16) {
        let mut there = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
        let mut back = there.try_clone().expect("a clone");
        let tcp = self.tcp.try_clone().expect("a clone");
        let mut to_client = tcp.try_clone().expect("a clone");
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut back, &mut to_client);
            let _ = to_client.shutdown(Shutdown::Both);
        });
        let mut from_client = tcp;
        let _ = std::io::copy(&mut from_client, &mut there);
        let _ = there.shutdown(Shutdown::Both);
    }

    /// Reads whatever comes until the end.
    pub(crate) fn rest(&mut self) {
        let mut buffer = vec![0; 65536];
        while let Ok(count @ 1..) = self.stream.read(&mut buffer) {
            self.recorded.extend_from_slice(&buffer[..count]);
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.done.send(std::mem::take(&mut self.recorded));
    }
}

/// A client that writes exactly the bytes it is told to.
pub(crate) struct Client {
    stream: Box<dyn Duplex>,
    tcp: TcpStream,
}

impl Client {
    /// Connects to a port of 127.0.0.1.
    pub(crate) fn connect(port: u16) -> Self {
        let tcp = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
        tcp.set_read_timeout(Some(LIMIT)).expect("a time limit");
        tcp.set_nodelay(true).expect("no delay");
        Self { stream: Box::new(tcp.try_clone().expect("a clone")), tcp }
    }

    /// Asks a proxy for a tunnel to this port of 127.0.0.1.
    pub(crate) fn tunnel(proxy: u16, port: u16) -> Self {
        let mut client = Self::connect(proxy);
        client.write(format!("CONNECT 127.0.0.1:{port} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"));
        assert!(client.head().starts_with("HTTP/1.1 200 "));
        client
    }

    /// Opens TLS, trusting only this root, with these protocols (ALPN). Fails if the server isn't vouched for by it.
    pub(crate) fn tls(self, root_pem: &str, alpn: &[&str]) -> Self {
        let mut roots = rustls::RootCertStore::empty();
        for root in CertificateDer::pem_slice_iter(root_pem.as_bytes()) {
            roots.add(root.expect("PEM")).expect("a root");
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
        let name = ServerName::try_from("127.0.0.1").expect("a name");
        let connection = rustls::ClientConnection::new(Arc::new(config), name).expect("a TLS client");
        let mut stream = rustls::StreamOwned::new(connection, self.tcp.try_clone().expect("a clone"));
        stream.flush().expect("a TLS handshake");
        Self { stream: Box::new(stream), tcp: self.tcp }
    }

    #[track_caller]
    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).and_then(|()| self.stream.flush()).expect("a reader");
    }

    /// Writes, whether anybody reads or not.
    pub(crate) fn try_write(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.stream.write_all(bytes.as_ref()).and_then(|()| self.stream.flush());
    }

    /// Says that nothing more will be written.
    pub(crate) fn end(&self) {
        self.tcp.shutdown(Shutdown::Write).expect("an open connection");
    }

    /// Reads a head with its empty line.
    #[track_caller]
    pub(crate) fn head(&mut self) -> String {
        let mut text = Vec::new();
        while !text.ends_with(b"\r\n\r\n") {
            text.extend(self.exactly(1));
        }
        String::from_utf8_lossy(&text).into_owned()
    }

    #[track_caller]
    pub(crate) fn exactly(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        self.stream.read_exact(&mut bytes).expect("more bytes");
        bytes
    }

    /// Everything until the other side closes.
    pub(crate) fn rest(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _ = self.stream.read_to_end(&mut bytes);
        bytes
    }
}
