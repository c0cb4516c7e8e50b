//! Cost of the capturing proxy: requests a second and added latency, against no proxy and against mitmdump.
//!
//! Run by `make bench`, or `cargo bench --bench proxy`. mitmdump is taken from `MITMDUMP` or `PATH`; without it its rows are
//! missing. Everything runs in one process tree on this machine, the same load for each: keep-alive connections that ask for
//! 1 KiB with a request of about 500 bytes. Load and server use the same cores as the proxy, so ratios count, not figures.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use tokio_rustls::rustls;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};

/// Connections at once when throughput is measured.
const CONNECTIONS: usize = 16;

/// Duration of each measurement; `SECONDS` changes it.
const SECONDS: u64 = 4;

/// Requests one after another when latency is measured.
const LATENCY_REQUESTS: usize = 2000;

/// The server's answer.
const CONTENT: usize = 1024;

trait Duplex: Read + Write + Send {}
impl<T: Read + Write + Send> Duplex for T {}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

/// The proxy that the requests go through.
enum Way {
    Direct,
    Proxy { name: &'static str, port: u16, root: PathBuf, _child: Ended },
}

/// A process that ends with this value.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Figures {
    per_second: f64,
    latency: Duration,
}

fn main() {
    // `cargo test --benches` asks whether it works, not how fast it is.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (server, root) = server_config(folder.path());
    let (http, https) = (serve(None), serve(Some(server)));
    let ways = [Some(Way::Direct), Some(capture(folder.path(), &root)), mitmdump(folder.path(), &root)];
    let mut report = String::new();
    for scheme in [Scheme::Http, Scheme::Https] {
        let (name, port) = if scheme == Scheme::Http { ("http", http) } else { ("https", https) };
        let mut figures = Vec::new();
        for way in ways.iter().flatten() {
            let root = if let Way::Proxy { root, .. } = way { root } else { &root };
            let target = Target { scheme, port, way, tls: client_config(root) };
            figures.push((way.name(), Figures { latency: latency(&target), per_second: throughput(&target) }));
        }
        tell(name, &figures, &mut report);
    }
    print!("{report}");
}

fn tell(scheme: &str, figures: &[(&str, Figures)], report: &mut String) {
    let direct = figures[0].1.latency;
    let ours = figures.iter().find(|(name, _)| *name == "capture").map_or(0.0, |(_, figures)| figures.per_second);
    for (name, Figures { per_second, latency }) in figures {
        let added = latency.saturating_sub(direct).as_secs_f64() * 1e6;
        let ratio = ours / per_second;
        writeln!(
            report,
            "{scheme:5}  {name:9} {per_second:9.0} requests/s   median latency {:7.1} us, added {added:7.1} us   capture/{name} {ratio:.2}",
            latency.as_secs_f64() * 1e6
        )
        .unwrap();
    }
}

impl Way {
    fn name(&self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Proxy { name, .. } => name,
        }
    }
}

fn capture(folder: &Path, root: &Path) -> Way {
    let home = folder.join("countersign");
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_capture"));
        command
            .env("COUNTERSIGN_HOME", &home)
            .env("SSL_CERT_FILE", root)
            .env_remove("http_proxy")
            .env_remove("https_proxy");
        command
    };
    let certificate = run().arg("ca").stderr(Stdio::null()).output().expect("capture ca").stdout;
    let path = folder.join("capture.pem");
    std::fs::write(&path, certificate).expect("a file");
    // What it writes goes through a pipe, as it does in use.
    let mut command = run();
    let mut child =
        command.args(["--source", "proxy"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("capture");
    let mut stdout = child.stdout.take().expect("stdout");
    std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
    let mut line = String::new();
    BufReader::new(child.stderr.take().expect("stderr")).read_line(&mut line).expect("a line");
    let port = line.trim().rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    Way::Proxy { name: "capture", port, root: path, _child: Ended(child) }
}

fn mitmdump(folder: &Path, root: &Path) -> Option<Way> {
    let program = std::env::var_os("MITMDUMP").unwrap_or_else(|| "mitmdump".into());
    let confdir = folder.join("mitmproxy");
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let mut command = Command::new(program);
    command.args(["-q", "--listen-host", "127.0.0.1", "--listen-port", &port.to_string()]);
    command.arg("--set").arg(format!("confdir={}", confdir.display()));
    command.arg("--set").arg(format!("ssl_verify_upstream_trusted_ca={}", root.display()));
    let child = match command.stdout(Stdio::null()).stderr(Stdio::null()).spawn() {
        Ok(child) => Ended(child),
        Err(error) => {
            eprintln!("mitmdump: {error}: its rows are missing; pip install mitmproxy, and name it in MITMDUMP");
            return None;
        }
    };
    let path = confdir.join("mitmproxy-ca-cert.pem");
    let until = Instant::now() + Duration::from_secs(60);
    while !path.exists() || TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "mitmdump does not start");
        std::thread::sleep(Duration::from_millis(100));
    }
    Some(Way::Proxy { name: "mitmdump", port, root: path, _child: child })
}

// ------------------------------------------------------------------------------------------------------- the load

struct Target<'a> {
    scheme: Scheme,
    port: u16,
    way: &'a Way,
    tls: Arc<rustls::ClientConfig>,
}

impl Target<'_> {
    fn connect(&self) -> Box<dyn Duplex> {
        let Way::Proxy { port, .. } = self.way else { return self.secured(tcp(self.port)) };
        let mut stream = tcp(*port);
        if self.scheme == Scheme::Https {
            write!(stream, "CONNECT localhost:{0} HTTP/1.1\r\nHost: localhost:{0}\r\n\r\n", self.port)
                .expect("a proxy");
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).expect("an answer");
                head.push(byte[0]);
            }
            assert!(head.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&head));
        }
        self.secured(stream)
    }

    fn secured(&self, stream: TcpStream) -> Box<dyn Duplex> {
        if self.scheme == Scheme::Http {
            return Box::new(stream);
        }
        let name = ServerName::try_from("localhost").expect("a name");
        let connection = rustls::ClientConnection::new(Arc::clone(&self.tls), name).expect("a client");
        let mut stream = rustls::StreamOwned::new(connection, stream);
        stream.flush().expect("a handshake");
        Box::new(stream)
    }

    fn request(&self) -> Vec<u8> {
        let origin = match (self.scheme, self.way) {
            (Scheme::Http, Way::Proxy { .. }) => format!("http://localhost:{}", self.port),
            _ => String::new(),
        };
        let cookie = "c".repeat(300);
        format!(
            "GET {origin}/v1/items?page=2 HTTP/1.1\r\nHost: localhost:{}\r\nUser-Agent: bench/1\r\nAccept: application/json\r\n\
             Accept-Encoding: gzip\r\nCookie: session={cookie}\r\nX-Request-Id: 0123456789abcdef\r\n\r\n",
            self.port
        )
        .into_bytes()
    }
}

fn tcp(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    stream
}

/// One request and its response on a connection.
fn ask(stream: &mut dyn Duplex, request: &[u8], buffer: &mut [u8]) {
    stream.write_all(request).and_then(|()| stream.flush()).expect("a connection that stays open");
    let mut filled = 0;
    let mut wanted = None;
    while wanted.is_none_or(|wanted| filled < wanted) {
        let count = stream.read(&mut buffer[filled..]).expect("a response");
        assert!(count > 0, "a response that is cut: {}", String::from_utf8_lossy(&buffer[..filled]));
        filled += count;
        let end = buffer[..filled].windows(4).position(|window| window == b"\r\n\r\n");
        wanted = wanted.or(end.map(|end| end + 4 + CONTENT));
    }
    assert!(buffer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&buffer[..filled]));
}

fn latency(target: &Target<'_>) -> Duration {
    let (mut stream, request, mut buffer) = (target.connect(), target.request(), vec![0; 1 << 16]);
    let mut times: Vec<_> = (0..LATENCY_REQUESTS)
        .map(|_| {
            let start = Instant::now();
            ask(&mut *stream, &request, &mut buffer);
            start.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn throughput(target: &Target<'_>) -> f64 {
    let seconds = std::env::var("SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SECONDS);
    let (count, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let (mut stream, request, mut buffer) = (target.connect(), target.request(), vec![0; 1 << 16]);
                while !stop.load(Ordering::Relaxed) {
                    ask(&mut *stream, &request, &mut buffer);
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        std::thread::sleep(Duration::from_secs(seconds));
        stop.store(true, Ordering::Relaxed);
    });
    count.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64()
}

// ----------------------------------------------------------------------------------------------------- the server

/// Answers every request with the same 1 KiB; the port.
fn serve(tls: Option<Arc<rustls::ServerConfig>>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let tls = tls.clone();
            std::thread::spawn(move || {
                stream.set_nodelay(true).expect("no delay");
                match tls {
                    None => answer(stream),
                    Some(config) => {
                        let connection = rustls::ServerConnection::new(config).expect("a server");
                        answer(rustls::StreamOwned::new(connection, stream));
                    }
                }
            });
        }
    });
    port
}

fn answer(mut stream: impl Read + Write) {
    let mut response =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {CONTENT}\r\n\r\n").into_bytes();
    response.extend([b'x'; CONTENT]);
    let mut buffer = vec![0; 1 << 16];
    let mut filled = 0;
    while let Ok(count @ 1..) = stream.read(&mut buffer[filled..]) {
        filled += count;
        if buffer[..filled].ends_with(b"\r\n\r\n") {
            filled = 0;
            if stream.write_all(&response).and_then(|()| stream.flush()).is_err() {
                return;
            }
        }
    }
}

fn server_config(folder: &Path) -> (Arc<rustls::ServerConfig>, PathBuf) {
    let mut authority = rcgen::CertificateParams::default();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    authority.distinguished_name.push(rcgen::DnType::CommonName, "bench root");
    authority.key_usages = vec![rcgen::KeyUsagePurpose::KeyCertSign];
    let key = rcgen::KeyPair::generate().expect("a key");
    let root = authority.self_signed(&key).expect("a root");
    let issuer = rcgen::Issuer::new(authority, key);
    let leaf_key = rcgen::KeyPair::generate().expect("a key");
    let mut leaf = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
    leaf.use_authority_key_identifier_extension = true;
    let leaf = leaf.signed_by(&leaf_key, &issuer).expect("a leaf");
    let path = folder.join("root.pem");
    let text = base64::prelude::BASE64_STANDARD.encode(root.der());
    let lines: Vec<_> = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    let pem = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"));
    std::fs::write(&path, pem).expect("a file");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der()));
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], key)
        .expect("a certificate");
    (Arc::new(config), path)
}

fn client_config(root: &Path) -> Arc<rustls::ClientConfig> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(root).expect("PEM")).expect("a root");
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(config)
}
