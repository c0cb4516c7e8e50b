//! CONNECT: TLS is opened on both sides and its content read; everything else passes untouched.

use std::cell::RefCell;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf, ReadHalf, WriteHalf, split};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::server::{Acceptor, ServerConfig};

use crate::conversation::Conversation;
use crate::forward::LINGER;
use crate::observer::Observer;
use crate::proxy::{self, CHUNK, Input, Proxy, Refused};
use crate::upstream::{ConnectError, Link};
use countersign_shared::endpoint::Endpoint;

/// How long a client may take for its half of the TLS handshake.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(30);

/// The first byte of a TLS handshake record (RFC 8446 section 5.1).
const HANDSHAKE_RECORD: u8 = 22;

/// Serves a CONNECT. `early` is what the client sent behind it without waiting.
pub(crate) async fn serve(
    proxy: &Proxy,
    conversation: &RefCell<Conversation>,
    (mut reader, mut writer): (ReadHalf<TcpStream>, WriteHalf<TcpStream>),
    early: Vec<u8>,
    endpoint: Endpoint,
) -> io::Result<()> {
    let mut origin = match proxy.upstream.tunnel(&endpoint).await {
        Ok(origin) => origin,
        Err(error) => {
            let text = error.to_string();
            proxy.observer.notice(&text);
            return proxy::answer(&mut reader, &mut writer, error.status(), &text).await;
        }
    };
    writer.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    let mut client = reader.unsplit(writer);
    let Opening { content, from_client, from_origin } = opening(&mut client, &mut origin, early).await?;
    match content {
        Content::Tls { name } => {
            let client = Prefixed { prefix: from_client, stream: client };
            let name = name.unwrap_or_else(|| endpoint.host.clone());
            intercept(proxy, conversation, client, origin, Wanted { name, endpoint }).await
        }
        Content::Other(what) => {
            proxy.observer.notice(&format!("{endpoint}: {what}, tunnelled untouched"));
            client.write_all(&from_origin).await?;
            origin.write_all(&from_client).await?;
            origin.flush().await?;
            tokio::io::copy_bidirectional(&mut client, &mut origin).await.map(|_| ())
        }
        Content::Nothing => Ok(()),
    }
}

/// What a tunnel turned out to carry.
enum Content {
    /// TLS for HTTP/1.1, and the server name that the client asks for.
    Tls { name: Option<String> },
    /// Something that is not for us.
    Other(&'static str),
    /// The client left.
    Nothing,
}

/// The first bytes of a tunnel, not relayed yet.
struct Opening {
    content: Content,
    from_client: Vec<u8>,
    from_origin: Vec<u8>,
}

/// Reads until it is clear what the client speaks, or the origin speaks first (no TLS server does).
async fn opening(client: &mut TcpStream, origin: &mut Link, early: Vec<u8>) -> io::Result<Opening> {
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

/// What a client's first bytes are; `None` while they are too few.
fn content_of(bytes: &[u8]) -> Option<Content> {
    if *bytes.first()? != HANDSHAKE_RECORD {
        return Some(Content::Other("not TLS"));
    }
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

/// Whom a client wants to speak to.
struct Wanted {
    name: String,
    endpoint: Endpoint,
}

/// Opens TLS on both sides and relays what is inside. If the origin cannot be trusted, the client gets a 502 and the
/// origin nothing.
async fn intercept(
    proxy: &Proxy,
    conversation: &RefCell<Conversation>,
    client: Prefixed,
    origin: Link,
    wanted: Wanted,
) -> io::Result<()> {
    let Wanted { name, endpoint } = wanted;
    let config = proxy.authority.server_config(&name).map_err(io::Error::other);
    let config = config.inspect_err(|error| proxy.observer.notice(&format!("{endpoint}: {error}")))?;
    let (client, origin) = tokio::join!(accept(config, client), proxy.upstream.tls(origin, &name, &endpoint));
    let client = client.inspect_err(|error| {
        proxy.observer.notice(&format!(
            "{endpoint}: the client ended the TLS handshake ({error}); does it trust the certificate of `capture ca`?"
        ));
    })?;
    let base = format!("https://{}", endpoint.authority(443));
    conversation.borrow_mut().enter_tunnel(base);
    match origin {
        Ok(origin) => relay(conversation, &proxy.observer, client, origin).await,
        Err(error) => refuse(proxy, conversation, client, error).await,
    }
}

async fn accept(config: Arc<ServerConfig>, client: Prefixed) -> io::Result<Link> {
    let handshake = TlsAcceptor::from(config).accept(client);
    let stream = timeout(HANDSHAKE_TIMEOUT, handshake).await.map_err(|_| io::ErrorKind::TimedOut)??;
    Ok(Box::new(stream))
}

async fn refuse(
    proxy: &Proxy,
    conversation: &RefCell<Conversation>,
    client: Link,
    error: ConnectError,
) -> io::Result<()> {
    let (mut reader, mut writer) = split(client);
    let mut input = Input::new();
    let head = proxy::next_head(conversation, &mut input, &mut reader).await?;
    let Ok(Some(head)) = head else {
        proxy.observer.notice(&error.to_string());
        return Ok(());
    };
    let url = conversation.borrow().tunnelled_url(&head);
    let refused = Refused { head, url, error };
    proxy::refuse(proxy, conversation, refused, &mut input, (&mut reader, &mut writer)).await
}

/// Relays both directions, every byte as it comes, and reads a copy.
async fn relay(
    conversation: &RefCell<Conversation>,
    observer: &Observer,
    client: Link,
    origin: Link,
) -> io::Result<()> {
    let (client_reader, mut client_writer) = split(client);
    let (origin_reader, mut origin_writer) = split(origin);
    let mut up = pin!(pump(conversation, observer, From::Client, client_reader, &mut origin_writer));
    let mut down = pin!(pump(conversation, observer, From::Origin, origin_reader, &mut client_writer));
    tokio::select! {
        sent = &mut up => {
            match sent {
                Ok(()) => {}
                Err(Lost::Source(error)) => return Err(error),
                Err(Lost::Sink(error)) => {
                    // The origin may have said why it does not listen any more.
                    let _ = timeout(LINGER, down).await;
                    return Err(error);
                }
            }
            let is_over = conversation.borrow().is_idle() && !conversation.borrow().is_opaque();
            if is_over { Ok(()) } else { Ok(down.await?) }
        }
        received = &mut down => {
            received?;
            if conversation.borrow().is_opaque() {
                return Ok(up.await?);
            }
            let _ = timeout(LINGER, up).await;
            Ok(())
        }
    }
}

#[derive(Clone, Copy)]
enum From {
    Client,
    Origin,
}

/// Which end of a direction failed.
enum Lost {
    Source(io::Error),
    Sink(io::Error),
}

impl std::convert::From<Lost> for io::Error {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::Source(error) | Lost::Sink(error) => error,
        }
    }
}

/// One direction.
async fn pump(
    conversation: &RefCell<Conversation>,
    observer: &Observer,
    from: From,
    mut reader: ReadHalf<Link>,
    writer: &mut WriteHalf<Link>,
) -> Result<(), Lost> {
    let mut buffer = vec![0; CHUNK];
    loop {
        // TLS that ended without saying so is an error like any other: the other side is told by silence too.
        let read = reader.read(&mut buffer).await;
        let bytes = buffer.get(..*read.as_ref().unwrap_or(&0)).unwrap_or_default();
        let ready = {
            let mut conversation = conversation.borrow_mut();
            match from {
                From::Client => conversation.client_sent(bytes),
                From::Origin if bytes.is_empty() => conversation.origin_closed(),
                From::Origin => conversation.origin_sent(bytes),
            }
            conversation.take_ready()
        };
        observer.deliver(ready).await;
        if read.map_err(Lost::Source)? == 0 {
            return writer.shutdown().await.map_err(Lost::Sink);
        }
        writer.write_all(bytes).await.map_err(Lost::Sink)?;
        writer.flush().await.map_err(Lost::Sink)?;
        if matches!(from, From::Origin) {
            conversation.borrow_mut().settle();
        }
    }
}

/// A connection some of whose bytes were read ahead.
pub(crate) struct Prefixed {
    prefix: Vec<u8>,
    stream: TcpStream,
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
