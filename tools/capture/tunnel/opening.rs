//! The first bytes of a tunnel: whether they begin TLS for HTTP/1.1, which is read, or something else, which is not.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::rustls::server::Acceptor;

use crate::proxy::CHUNK;
use crate::upstream::Link;

/// The first byte of a TLS handshake record (RFC 8446 section 5.1).
const HANDSHAKE_RECORD: u8 = 22;

/// The kind of traffic that a tunnel carries.
pub(super) enum Content {
    /// TLS from a client that speaks HTTP/1.1, with the server name that it asks for.
    Tls { name: Option<String> },
    /// Traffic that is relayed without being read, with the reason.
    Other(&'static str),
    /// None: the client closed the connection.
    Nothing,
}

/// The first bytes of a tunnel, which are not relayed yet.
pub(super) struct Opening {
    pub(super) content: Content,
    pub(super) from_client: Vec<u8>,
    pub(super) from_origin: Vec<u8>,
}

/// Reads until it is clear what the client speaks. If the origin speaks first, as SMTP servers do, it is not TLS: there
/// the client begins.
///
/// # Errors
/// Returns the connection's error if reading fails on either side.
pub(super) async fn read_opening(client: &mut TcpStream, origin: &mut Link, early: Vec<u8>) -> io::Result<Opening> {
    let mut from_client = early;
    let mut buffers = (vec![0; CHUNK], vec![0; CHUNK]);
    loop {
        if let Some(content) = content_of(&from_client) {
            return Ok(Opening { content, from_client, from_origin: Vec::new() });
        }
        tokio::select! {
            read = client.read(&mut buffers.0) => {
                let count = read?;
                if count == 0 && from_client.is_empty() {
                    return Ok(Opening { content: Content::Nothing, from_client, from_origin: Vec::new() });
                }
                from_client.extend_from_slice(buffers.0.get(..count).unwrap_or_default());
                // Too few bytes came to tell. The origin gets them and decides.
                if count == 0 {
                    return Ok(Opening { content: Content::Other("not TLS"), from_client, from_origin: Vec::new() });
                }
            }
            read = origin.read(&mut buffers.1) => {
                let from_origin = buffers.1.get(..read?).unwrap_or_default().to_vec();
                let content = Content::Other(if from_origin.is_empty() { "closed at once" } else { "not TLS" });
                return Ok(Opening { content, from_client, from_origin });
            }
        }
    }
}

/// Returns what a client's first bytes begin, or `None` while they are too few to tell.
fn content_of(bytes: &[u8]) -> Option<Content> {
    // One byte must be enough: a client of another protocol may send a short greeting and wait for the answer.
    if *bytes.first()? != HANDSHAKE_RECORD {
        return Some(Content::Other("not TLS"));
    }
    // This one only looks. The handshake itself reads the same bytes again through `Prefixed`.
    let mut acceptor = Acceptor::default();
    let mut unread = bytes;
    loop {
        match acceptor.read_tls(&mut unread) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(_) => return Some(Content::Other("broken TLS")),
        }
        match acceptor.accept() {
            Ok(None) => {}
            Err(_) => return Some(Content::Other("broken TLS")),
            Ok(Some(accepted)) => {
                let hello = accepted.client_hello();
                // Without ALPN a client speaks HTTP/1.1. One that offers only h2 would fail if we read its traffic.
                let speaks_http1 = hello.alpn().is_none_or(|mut names| names.any(|name| name == b"http/1.1"));
                let name = hello.server_name().map(str::to_owned);
                return Some(if speaks_http1 {
                    Content::Tls { name }
                } else {
                    Content::Other("the client does not offer HTTP/1.1")
                });
            }
        }
    }
}

/// A connection whose first bytes were read ahead: they are read again before those of the stream.
pub(super) struct Prefixed {
    pub(super) prefix: Vec<u8>,
    pub(super) stream: TcpStream,
}

impl AsyncRead for Prefixed {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, out: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.prefix.is_empty() {
            return Pin::new(&mut self.stream).poll_read(context, out);
        }
        let count = self.prefix.len().min(out.remaining());
        out.put_slice(self.prefix.get(..count).unwrap_or_default());
        self.prefix.drain(..count);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Prefixed {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
