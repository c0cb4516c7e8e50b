//! A site that one can log in to, at any name below `localhost`, where browsers and curl find this computer.

use crate::support::{Origin, Peer};

/// The site.
pub(crate) struct Site(Origin);

const LOGIN: &str = "<!doctype html><title>Site</title><form method=post action=/login><button>Log in</button></form>";
const INSIDE: &str = "<!doctype html><title>Inside</title><p>hello alice<form method=post action=/logout><button>Log out</button></form>";

/// A page that another site has a frame for, and that sets a cookie there.
const FRAMED: &str = "<!doctype html><script>document.cookie = 'framed=1; secure; samesite=none; partitioned'</script>";

impl Site {
    pub(crate) fn start() -> Self {
        Self(Origin::http(|peer| while answer(peer) {}))
    }

    /// A page of it at this host.
    pub(crate) fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.0.port)
    }
}

fn answer(peer: &mut Peer) -> bool {
    let Some(head) = peer.request() else { return false };
    let line = head.lines().next().unwrap_or_default().to_owned();
    let is_inside = head.lines().any(|line| line.starts_with("Cookie:") && line.contains("session=s3cret"));
    match line.split(' ').take(2).collect::<Vec<_>>().as_slice() {
        ["POST", "/login"] => moved(peer, "/me", "session=s3cret; HttpOnly; Path=/; SameSite=Lax"),
        ["POST", "/logout"] => moved(peer, "/", "session=; HttpOnly; Path=/; Max-Age=0"),
        ["GET", "/me"] if is_inside => page(peer, "200 OK", INSIDE),
        ["GET", "/me"] => page(peer, "401 Unauthorized", LOGIN),
        ["GET", "/framed"] => page(peer, "200 OK", FRAMED),
        ["GET", "/"] => page(peer, "200 OK", LOGIN),
        _ => page(peer, "404 Not Found", "nothing"),
    }
    true
}

fn page(peer: &mut Peer, status: &str, text: &str) {
    let length = text.len();
    peer.write(format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nCache-Control: no-store\r\nContent-Length: {length}\r\n\r\n{text}"
    ));
}

fn moved(peer: &mut Peer, to: &str, cookie: &str) {
    peer.write(format!(
        "HTTP/1.1 303 See Other\r\nLocation: {to}\r\nSet-Cookie: {cookie}\r\nContent-Length: 0\r\n\r\n"
    ));
}
