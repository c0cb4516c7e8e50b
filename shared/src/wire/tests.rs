//! The reader against whole streams, any split of them, and noise.

use proptest::prelude::*;

use super::{BodyFraming, Head, MessageKind, MessageReader, Piece, Unreadable};

/// A message as the reader told it: start, fields, content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Seen {
    start: String,
    fields: Vec<(Vec<u8>, Vec<u8>)>,
    content: Vec<u8>,
    complete: bool,
}

/// Reads a stream in pieces of these sizes (then the rest) as the tool does.
fn read(kind: MessageKind, stream: &[u8], sizes: &[usize]) -> (Vec<Seen>, Option<Unreadable>) {
    let mut reader = MessageReader::new(kind);
    let mut seen: Vec<Seen> = Vec::new();
    let mut rest = stream;
    let mut sizes = sizes.iter();
    while !rest.is_empty() {
        let size = sizes.next().map_or(rest.len(), |size| (*size).clamp(1, rest.len()));
        let (mut chunk, after) = rest.split_at(size);
        rest = after;
        loop {
            let (count, piece) = match reader.read(chunk) {
                Ok(read) => read,
                Err(why) => return (seen, Some(why)),
            };
            chunk = &chunk[count..];
            match piece {
                Piece::Nothing => break,
                Piece::Head(head) => {
                    let framing = match kind {
                        MessageKind::Request => head.request_framing(),
                        MessageKind::Response => head.response_framing(b"GET"),
                    };
                    seen.push(told(&head));
                    match framing {
                        Ok(framing) => reader.begin_body(framing),
                        Err(why) => return (seen, Some(why)),
                    }
                }
                Piece::Content(content) => seen.last_mut().unwrap().content.extend_from_slice(content),
                Piece::End => seen.last_mut().unwrap().complete = true,
            }
        }
    }
    (seen, None)
}

fn told(head: &Head) -> Seen {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    let start = if head.status() == 0 {
        format!("{} {} {}", text(head.method()), text(head.target()), head.version())
    } else {
        format!("{} {} {}", head.version(), head.status(), text(head.reason()))
    };
    let fields = head.fields().map(|(name, value)| (name.to_vec(), value.to_vec())).collect();
    Seen { start, fields, content: Vec::new(), complete: false }
}

/// A message and its bytes, made independently of the reader.
fn message(kind: MessageKind) -> impl Strategy<Value = (Seen, Vec<u8>)> {
    let name = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}";
    let value = proptest::collection::vec(prop_oneof![0x21..=0x7e_u8, 0x80..=0xff_u8], 0..20);
    let fields = proptest::collection::vec((name, value), 0..8);
    let target = proptest::collection::vec(prop_oneof![0x21..=0x7e_u8, 0x80..=0xff_u8], 1..40);
    let body = proptest::collection::vec(any::<u8>(), 0..300);
    let chunks = proptest::option::of(proptest::collection::vec(1..60_usize, 1..10));
    ("[A-Z]{1,8}", target, fields, body, chunks).prop_map(move |(method, target, fields, body, chunks)| {
        let is_framing =
            |name: &str| matches!(name.to_ascii_lowercase().as_str(), "content-length" | "transfer-encoding");
        let mut fields: Vec<(Vec<u8>, Vec<u8>)> = fields
            .into_iter()
            .filter(|(name, _)| !is_framing(name))
            .map(|(name, value)| (name.into_bytes(), value))
            .collect();
        let start = match kind {
            MessageKind::Request => [method.as_bytes(), b" ", &target, b" HTTP/1.1"].concat(),
            MessageKind::Response => b"HTTP/1.1 200 OK".to_vec(),
        };
        let encoded = match &chunks {
            Some(sizes) => {
                fields.push((b"Transfer-Encoding".to_vec(), b"gzip, chunked".to_vec()));
                chunked(&body, sizes)
            }
            None => {
                fields.push((b"content-LENGTH".to_vec(), body.len().to_string().into_bytes()));
                body.clone()
            }
        };
        let mut bytes = [start.as_slice(), b"\r\n"].concat();
        for (name, value) in &fields {
            bytes.extend([name.as_slice(), b":  ", value, b" \r\n"].concat());
        }
        bytes.extend([b"\r\n".as_slice(), &encoded].concat());
        let start = String::from_utf8_lossy(&start).into_owned();
        (Seen { start, fields, content: body, complete: true }, bytes)
    })
}

fn chunked(body: &[u8], sizes: &[usize]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = body;
    let mut sizes = sizes.iter().cycle();
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
        rest = after;
        out.extend(format!("{:04X};a=\"b\" \r\n", chunk.len()).into_bytes());
        out.extend([chunk, b"\r\n"].concat());
    }
    out.extend(b"0\r\nTrailer: 1\r\n\r\n");
    out
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_gives_the_messages_that_were_sent(
        is_request in any::<bool>(),
        (requests, responses) in (
            proptest::collection::vec(message(MessageKind::Request), 1..4),
            proptest::collection::vec(message(MessageKind::Response), 1..4),
        ),
        sizes in proptest::collection::vec(1..40_usize, 0..200),
    ) {
        let (kind, messages) = if is_request { (MessageKind::Request, requests) } else { (MessageKind::Response, responses) };
        let (expected, bytes): (Vec<Seen>, Vec<Vec<u8>>) = messages.into_iter().unzip();
        prop_assert_eq!(read(kind, &bytes.concat(), &sizes), (expected, None));
    }

    #[test]
    fn noise_never_panics_and_splits_never_matter(
        bytes in proptest::collection::vec(prop_oneof![
            any::<u8>(),
            proptest::sample::select(b"\r\n \t:;0aGH/1.".to_vec()),
        ], 0..400),
        start in proptest::sample::select(vec![
            "", "GET / HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\n", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.0 200\r\nContent-Length: 10\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: ",
        ]),
        sizes in proptest::collection::vec(1..20_usize, 0..100),
    ) {
        let stream = [start.as_bytes(), &bytes].concat();
        for kind in [MessageKind::Request, MessageKind::Response] {
            prop_assert_eq!(read(kind, &stream, &sizes), read(kind, &stream, &[]));
        }
    }
}

fn head(text: &[u8]) -> Result<Head, Unreadable> {
    match MessageReader::new(MessageKind::Request).read(text)? {
        (_, Piece::Head(head)) => Ok(head),
        _ => Err(Unreadable::NotHttp),
    }
}

#[test]
fn a_rewritten_head_has_another_target_and_no_proxy_fields_and_is_else_the_same() {
    let text = b"GET http://h/x HTTP/1.1\r\nproxy-connection: a\r\nA:  1 \r\nPROXY-x: \r\nProxyX: 2\r\nB:3\nProxy-Last: z\r\n\r\n";
    let head = head(text).unwrap();
    let rewritten = |extra: &[u8]| String::from_utf8(head.rewritten(b"/x", extra)).unwrap();
    assert_eq!(rewritten(b""), "GET /x HTTP/1.1\r\nA:  1 \r\nProxyX: 2\r\nB:3\n\r\n");
    assert_eq!(rewritten(b"N: 1\r\n"), "GET /x HTTP/1.1\r\nA:  1 \r\nProxyX: 2\r\nB:3\nN: 1\r\n\r\n");
}

#[test]
fn lengths_that_are_unclear_are_errors() {
    let framing = |fields: &str| {
        head(format!("POST / HTTP/1.1\r\n{fields}\r\n\r\n").as_bytes()).and_then(|head| head.request_framing())
    };
    assert_eq!(framing("Content-Length: 5, 5\r\ncontent-length: 5"), Ok(BodyFraming::Length(5)));
    assert_eq!(
        framing("Transfer-Encoding: gzip\r\nTransfer-Encoding: Chunked\r\nContent-Length: 5"),
        Ok(BodyFraming::Chunked)
    );
    assert_eq!(framing("X: y"), Ok(BodyFraming::None));
    for bad in [
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: +5",
        "Content-Length:",
        "Content-Length: 5 5",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: identity",
    ] {
        assert_eq!(framing(bad), Err(Unreadable::UnclearLength), "{bad}");
    }
}

#[test]
fn what_is_no_head_is_refused_early() {
    let read = |bytes: &[u8]| MessageReader::new(MessageKind::Request).read(bytes).map(|_| ());
    assert_eq!(read(b"\x16\x03"), Err(Unreadable::NotHttp));
    assert_eq!(read(b"PRI * HTTP/2.0\r\n"), Err(Unreadable::Http2));
    assert_eq!(read(&[b'a'; 300 << 10]), Err(Unreadable::HeadTooLong));
    for bad in [
        &b"GET /\r\n\r\n"[..],
        b"GET / HTTP/2.0\r\n\r\n",
        b"GET /a b\x00 HTTP/1.1\r\n\r\n",
        b"GET  HTTP/1.1\r\n\r\n",
        b"G@T / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nA\x00: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nA : b\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: b\x01\r\n\r\n",
    ] {
        assert_eq!(read(bad), Err(Unreadable::NotHttp), "{}", String::from_utf8_lossy(bad));
    }
}
