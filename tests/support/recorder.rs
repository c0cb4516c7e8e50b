//! A server that keeps every byte it is sent and answers each request, with an empty 200 where a test says nothing else. It shares no code with what it
//! judges: it only looks for the blank line and for `Content-Length`.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// One request as it came off the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    /// The lines before the blank one, without their line breaks; the request line is the first.
    pub(crate) head: Vec<Vec<u8>>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The values of a header, white space around them taken away.
    pub(crate) fn values(&self, name: &str) -> Vec<String> {
        let lines = self.head.iter().skip(1).map(|line| String::from_utf8_lossy(line).into_owned());
        let split = lines.filter_map(|line| line.split_once(':').map(|(n, v)| (n.to_owned(), v.to_owned())));
        split
            .filter(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.trim_matches([' ', '\t']).to_owned())
            .collect()
    }

    /// The method and the target of the request line.
    pub(crate) fn asks_for(&self) -> (String, String) {
        let line = String::from_utf8_lossy(&self.head[0]).into_owned();
        let mut words = line.split(' ').map(str::to_owned);
        (words.next().unwrap_or_default(), words.next().unwrap_or_default())
    }

    /// The head without the headers that the client places by itself.
    pub(crate) fn told(&self) -> Vec<String> {
        let text = |line: &Vec<u8>| String::from_utf8_lossy(line).into_owned();
        let own = |line: &String| {
            let line = line.to_ascii_lowercase();
            line.starts_with("host:") || line.starts_with("content-length:")
        };
        let (first, headers) = self.head.split_first().expect("a request line");
        std::iter::once(text(first)).chain(headers.iter().map(text).filter(|line| !own(line))).collect()
    }
}

/// The server. It lives as long as the test's process.
pub(crate) struct Recorder {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Recorder {
    /// Listens on a free port of the loopback interface.
    pub(crate) fn start() -> Self {
        Self::answering(|_| b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec())
    }

    /// The same, with this answer to each request; an empty one closes the connection.
    pub(crate) fn answering(answer: fn(&Received) -> Vec<u8>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let received = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&received);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let received = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream, &received, answer));
            }
        });
        Self { address, received }
    }

    /// `127.0.0.1:PORT`
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// The port that it listens on.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Takes bytes as if they had come over one connection.
    pub(crate) fn receive(&self, bytes: &[u8]) {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream.write_all(bytes).expect("a reader");
        stream.shutdown(std::net::Shutdown::Write).expect("an open connection");
        // The server closes when it has answered everything.
        io::copy(&mut stream, &mut io::sink()).expect("answers");
    }

    /// Returns what came since the last call.
    pub(crate) fn take(&self) -> Vec<Received> {
        std::mem::take(&mut self.received.lock().expect("no panic"))
    }
}

fn serve(mut stream: TcpStream, received: &Mutex<Vec<Received>>, answer: fn(&Received) -> Vec<u8>) {
    let mut bytes = Vec::new();
    while let Ok(Some(request)) = read(&mut stream, &mut bytes) {
        // Kept before the answer: a client that is done has been recorded.
        let answer = answer(&request);
        received.lock().expect("no panic").push(request);
        if answer.is_empty() || stream.write_all(&answer).is_err() {
            return;
        }
    }
}

fn read(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> io::Result<Option<Received>> {
    let end = loop {
        match bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            Some(end) => break end,
            None if more(stream, bytes)? == 0 => return Ok(None),
            None => {}
        }
    };
    let head: Vec<Vec<u8>> =
        bytes[..end].split(|b| *b == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line).to_vec()).collect();
    let length = head.iter().find_map(|line| {
        let line = String::from_utf8_lossy(line).to_ascii_lowercase();
        line.strip_prefix("content-length:").and_then(|value| value.trim().parse::<usize>().ok())
    });
    if head.iter().any(|line| line.eq_ignore_ascii_case(b"expect: 100-continue")) {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let total = end + 4 + length.unwrap_or(0);
    while bytes.len() < total {
        if more(stream, bytes)? == 0 {
            return Ok(None);
        }
    }
    let rest = bytes.split_off(total);
    let body = bytes.split_off(end + 4);
    *bytes = rest;
    Ok(Some(Received { head, body }))
}

fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> io::Result<usize> {
    let mut buffer = [0; 1 << 16];
    let count = stream.read(&mut buffer)?;
    bytes.extend_from_slice(&buffer[..count]);
    Ok(count)
}
