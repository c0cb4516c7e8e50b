//! CONNECT: TLS is terminated on both sides and its content read. Everything else passes untouched.

mod opening;

use std::cell::RefCell;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use countersign_shared::endpoint::Endpoint;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, ReadHalf, WriteHalf, split};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::server::ServerConfig;

use crate::conversation::Conversation;
use crate::forward::LINGER;
use crate::observer::Observer;
use crate::proxy::{self, CHUNK, Proxy, ReadBuffer, Refused};
use crate::upstream::{ConnectError, Link};
use opening::{Content, Opening, Prefixed, read_opening};

/// The time that a client has for its half of the TLS handshake.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(30);

/// Serves a CONNECT. `early` is what the client sent after it without waiting for the response.
///
/// # Errors
/// Returns the connection's error if either side fails.
pub(crate) async fn serve(
    proxy: &Proxy,
    conversation: &RefCell<Conversation>,
    (mut reader, mut writer): (ReadHalf<TcpStream>, WriteHalf<TcpStream>),
    early: Vec<u8>,
    endpoint: Endpoint,
) -> io::Result<()> {
    // The origin is connected to before the client is told 200: after that, no status could tell that it failed.
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
    let Opening { content, from_client, from_origin } = read_opening(&mut client, &mut origin, early).await?;
    match content {
        Content::Tls { name } => {
            let client = Prefixed { prefix: from_client, stream: client };
            // Clients of an IP address send no server name.
            let name = name.unwrap_or_else(|| endpoint.host.clone());
            intercept(proxy, conversation, client, origin, TlsTarget { name, endpoint }).await
        }
        Content::Other(what) => {
            proxy.observer.notice(&format!("{endpoint}: {what}, tunnelled untouched"));
            conversation.borrow_mut().become_opaque();
            client.write_all(&from_origin).await?;
            origin.write_all(&from_client).await?;
            origin.flush().await?;
            tokio::io::copy_bidirectional(&mut client, &mut origin).await.map(|_| ())
        }
        Content::Nothing => Ok(()),
    }
}

/// The server that a client opens TLS to: the name that its certificate must have, and the address.
struct TlsTarget {
    name: String,
    endpoint: Endpoint,
}

/// Opens TLS on both sides and relays what is inside. If the origin's certificate is bad, the client gets a 502 and the
/// origin gets nothing.
async fn intercept(
    proxy: &Proxy,
    conversation: &RefCell<Conversation>,
    client: Prefixed,
    origin: Link,
    target: TlsTarget,
) -> io::Result<()> {
    let TlsTarget { name, endpoint } = target;
    let config = proxy.authority.server_config(&name).map_err(io::Error::other);
    // Without a certificate there is no TLS in which the client could be told why, so the connection just ends.
    let config = config.inspect_err(|error| proxy.observer.notice(&format!("{endpoint}: {error}")))?;
    // The client's handshake is finished even if the origin's fails: the client can only be told why inside TLS.
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

/// Answers the first request of a client whose origin cannot be reached over TLS.
async fn refuse(
    proxy: &Proxy,
    conversation: &RefCell<Conversation>,
    client: Link,
    error: ConnectError,
) -> io::Result<()> {
    let (mut reader, mut writer) = split(client);
    let mut input = ReadBuffer::new();
    let head = proxy::next_head(conversation, &mut input, &mut reader).await?;
    let Ok(Some(head)) = head else {
        proxy.observer.notice(&error.to_string());
        return Ok(());
    };
    let url = conversation.borrow().tunnelled_url(&head);
    let refused = Refused { head, url, error };
    proxy::refuse(proxy, conversation, refused, &mut input, (&mut reader, &mut writer)).await
}

/// Relays both directions, every byte as it comes, and reads a copy of them.
async fn relay(
    conversation: &RefCell<Conversation>,
    observer: &Observer,
    client: Link,
    origin: Link,
) -> io::Result<()> {
    let (client_reader, mut client_writer) = split(client);
    let (origin_reader, mut origin_writer) = split(origin);
    let mut up =
        pin!(relay_direction(conversation, observer, Direction::FromClient, client_reader, &mut origin_writer));
    let mut down =
        pin!(relay_direction(conversation, observer, Direction::FromOrigin, origin_reader, &mut client_writer));
    tokio::select! {
        sent = &mut up => {
            match sent {
                Ok(()) => {}
                Err(RelayError::Source(error)) => return Err(error),
                Err(RelayError::Sink(error)) => {
                    // An origin that closes early may have said why (413, say): that response must reach the client.
                    let _ = timeout(LINGER, down).await;
                    return Err(error);
                }
            }
            // A client that closes with nothing unanswered is done. Otherwise it has only closed its sending side.
            let is_over = conversation.borrow().is_idle() && !conversation.borrow().is_opaque();
            if is_over { Ok(()) } else { Ok(down.await?) }
        }
        received = &mut down => {
            received?;
            // Another protocol may go on in one direction after the other has ended.
            if conversation.borrow().is_opaque() {
                return Ok(up.await?);
            }
            let _ = timeout(LINGER, up).await;
            Ok(())
        }
    }
}

/// The way that bytes of a tunnel go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    FromClient,
    FromOrigin,
}

/// The end of a direction that failed.
enum RelayError {
    Source(io::Error),
    Sink(io::Error),
}

impl From<RelayError> for io::Error {
    fn from(lost: RelayError) -> Self {
        match lost {
            RelayError::Source(error) | RelayError::Sink(error) => error,
        }
    }
}

/// Relays one direction until its source ends.
async fn relay_direction(
    conversation: &RefCell<Conversation>,
    observer: &Observer,
    direction: Direction,
    mut reader: ReadHalf<Link>,
    writer: &mut WriteHalf<Link>,
) -> Result<(), RelayError> {
    let mut buffer = vec![0; CHUNK];
    loop {
        // A TLS peer that closes without close_notify gives an error here. The writer is then dropped without a
        // close_notify of its own, so that a truncated stream looks truncated on the other side too.
        let read = reader.read(&mut buffer).await;
        let bytes = buffer.get(..*read.as_ref().unwrap_or(&0)).unwrap_or_default();
        let captured = {
            let mut conversation = conversation.borrow_mut();
            match direction {
                Direction::FromClient => conversation.client_sent(bytes),
                Direction::FromOrigin if bytes.is_empty() => conversation.origin_closed(),
                Direction::FromOrigin => conversation.origin_sent(bytes),
            }
            conversation.take_complete()
        };
        observer.deliver(captured).await;
        if read.map_err(RelayError::Source)? == 0 {
            return writer.shutdown().await.map_err(RelayError::Sink);
        }
        writer.write_all(bytes).await.map_err(RelayError::Sink)?;
        writer.flush().await.map_err(RelayError::Sink)?;
        // Only now does the client have the response. If it counted earlier, a capture could end before.
        if direction == Direction::FromOrigin {
            conversation.borrow_mut().settle();
        }
    }
}
