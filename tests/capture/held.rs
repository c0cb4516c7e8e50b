//! Connections that are held: they lock nobody out.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use super::Proxy;
use crate::support::tool::LIMIT;
use crate::support::{Origin, Tool};

/// A proxy that may open this many files.
fn limited(files: u32) -> Proxy {
    let script = format!("ulimit -n {files}; exec capture --source proxy");
    super::started(Tool::program("sh").args(["-c", &script]))
}

fn hold(port: u16, bytes: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the proxy");
    stream.set_read_timeout(Some(LIMIT)).expect("a time limit");
    // A connection that was closed already is no failure of the test.
    let _ = stream.write_all(bytes.as_bytes());
    stream
}

#[test]
fn idle_connections_of_every_kind_make_room_before_anybody_waits() {
    let origin = Origin::http(Origin::ok);
    let secure = Origin::https(&[], Origin::ok);
    let host = format!("127.0.0.1:{}", origin.port);
    for (what, bytes) in [
        ("silent", String::new()),
        ("half a head", "GET http://127.0.0.1/ HTTP/1.1\r\nHost: a".to_owned()),
        ("a tunnel without content", format!("CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n")),
        ("half of a handshake", format!("CONNECT 127.0.0.1:{0} HTTP/1.1\r\nHost: h\r\n\r\n\x16\x03\x01", secure.port)),
        ("kept after an answer", format!("GET {} HTTP/1.1\r\nHost: {host}\r\n\r\n", origin.url("/kept"))),
        (
            "half a body",
            format!("POST {} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9\r\n\r\nhalf", origin.url("/half")),
        ),
    ] {
        let mut proxy = limited(96);
        let held: Vec<TcpStream> = (0..40).map(|_| hold(proxy.port, &bytes)).collect();
        proxy.curl(["--fail", "--max-time", "50", &origin.url("/mine")]).succeeds().stdout_is("ok");
        let line = std::iter::repeat_with(|| proxy.line()).find(|line| line["url"] == origin.url("/mine"));
        assert!(line.is_some(), "{what}");
        drop(held);
    }
}

#[test]
fn a_running_answer_is_never_idle() {
    let (go, gone) = channel::<()>();
    let gone = Arc::new(Mutex::new(gone));
    let origin = Origin::http(move |peer| {
        while let Some(head) = peer.request() {
            if head.contains("/slow") {
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf");
                let _ = gone.lock().expect("the receiver").recv_timeout(LIMIT);
                peer.write("half");
            } else {
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        }
    });
    let proxy = limited(96);
    let host = format!("127.0.0.1:{}", origin.port);
    let mut slow = hold(proxy.port, &format!("GET {} HTTP/1.1\r\nHost: {host}\r\n\r\n", origin.url("/slow")));
    let mut text = String::new();
    while !text.ends_with("half") {
        let mut byte = [0];
        slow.read_exact(&mut byte).expect("the first half");
        text.push(char::from(byte[0]));
    }
    let held: Vec<TcpStream> = (0..40).map(|_| hold(proxy.port, "")).collect();
    proxy.curl(["--fail", "--max-time", "50", &origin.url("/mine")]).succeeds().stdout_is("ok");
    go.send(()).expect("an origin");
    let mut rest = [0; 4];
    slow.read_exact(&mut rest).expect("the second half");
    assert_eq!(&rest, b"half");
    drop(held);
}
