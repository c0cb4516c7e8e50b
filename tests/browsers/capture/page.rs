//! A site that keeps every byte it is sent, and what its page sends: every kind of body, every method, redirects.

use crate::support::recorder::{Received, Recorder};

/// The site.
pub(super) struct Recording(pub(super) Recorder);

impl Recording {
    pub(super) fn start() -> Self {
        Self(Recorder::answering(answer))
    }

    /// A page of it at this host.
    pub(super) fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.0.port())
    }
}

const CORS: &str = "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: x-a, authorization, content-type\r\n\
                    Access-Control-Allow-Methods: *, PUT, DELETE, PATCH\r\n";

fn answer(received: &Received) -> Vec<u8> {
    let (_, target) = received.asks_for();
    let path = target.split('?').next().unwrap_or_default();
    if let Some(key) = received.values("sec-websocket-key").first() {
        return switched(key);
    }
    let (status, more) = match path {
        "/broken" => return Vec::new(),
        "/missing" => ("404 Not Found".to_owned(), String::new()),
        "/refused" => return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec(),
        _ => match path.strip_prefix("/redirect") {
            Some(code) => (format!("{code} Moved"), format!("Location: /target{code}\r\n")),
            None => ("200 OK".to_owned(), String::new()),
        },
    };
    let text = "<!doctype html><link rel=icon href=data:,><p>here";
    format!(
        "HTTP/1.1 {status}\r\n{CORS}{more}Content-Type: text/html\r\nCache-Control: no-store\r\nX-Here: 1\r\n\
         Set-Cookie: c=1; Path=/\r\nContent-Length: {}\r\n\r\n{text}",
        text.len()
    )
    .into_bytes()
}

/// The end of a WebSocket's handshake (RFC 6455, 4.2.2).
fn switched(key: &str) -> Vec<u8> {
    use base64::Engine as _;
    let text = format!("{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    let hash = countersign_shared::hash::Algorithm::Sha1.digest(text.as_bytes());
    let accept = base64::prelude::BASE64_STANDARD.encode(hash);
    let head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";
    format!("{head}{accept}\r\n\r\n").into_bytes()
}

/// The values that `_body` may have, in Chromium and in Firefox; "" is an exact line.
type Marks = [&'static [&'static str]; 2];

const EXACT: Marks = [&[""], &[""]];
const REENCODED: Marks = [&["reencoded"], &["reencoded"]];
/// Chromium shows no body, or does not tell it from one that is missing.
const HIDDEN: Marks = [&["unavailable"], &[""]];
const FILES: Marks = [&["partial"], &["partial"]];

/// A name that is also the path, what the page does, and what the line says of the body.
pub(super) const KINDS: &[(&str, &str, Marks)] = &[
    (
        "json",
        "await fetch('/$N', {method:'POST', headers:{'content-type':'application/json','x-a':'1','authorization':'Bearer t'}, body:'{\"n\":1}'})",
        EXACT,
    ),
    (
        "urlencoded",
        "await fetch('/$N', {method:'POST', body:new URLSearchParams('b=2&a=1&b=3&x=%C3%BC+y')})",
        REENCODED,
    ),
    (
        "malformed",
        "await fetch('/$N', {method:'POST', headers:{'content-type':'application/x-www-form-urlencoded'}, body:'b&=%zz&a=%ff&&c=1=2'})",
        EXACT,
    ),
    (
        "bytes-in-form",
        "await fetch('/$N', {method:'POST', headers:{'content-type':'application/x-www-form-urlencoded'}, body:'z=%ff&a=%00'})",
        [&["reencoded"], &[""]],
    ),
    (
        "multipart",
        "const f=new FormData(); f.append('b','2'); f.append('a \"q\"','line1\\nline2'); await fetch('/$N', {method:'POST', body:f})",
        [&["partial"], &["reencoded"]],
    ),
    (
        "multipart-lines",
        "const f=new FormData(); f.append('a','1\\n2'); await fetch('/$N', {method:'POST', body:f})",
        REENCODED,
    ),
    (
        "multipart-blob",
        "const f=new FormData(); f.append('b','2'); f.append('f', new Blob(['content']), 'n.txt'); await fetch('/$N', {method:'POST', body:f})",
        FILES,
    ),
    ("typed-array", "await fetch('/$N', {method:'PUT', body:new Uint8Array([0,1,255,10])})", EXACT),
    ("blob", "await fetch('/$N', {method:'POST', body:new Blob(['abc'], {type:'text/x'})})", HIDDEN),
    (
        "stream",
        "await fetch('/$N', {method:'POST', duplex:'half', body:new Blob(['abc']).stream()}).catch(() => {})",
        HIDDEN,
    ),
    ("empty-text", "await fetch('/$N', {method:'POST', body:''})", HIDDEN),
    ("no-body", "await fetch('/$N', {method:'POST'})", EXACT),
    ("delete", "await fetch('/$N', {method:'DELETE'})", EXACT),
    ("delete-body", "await fetch('/$N', {method:'DELETE', body:'x'})", HIDDEN),
    ("patch", "await fetch('/$N', {method:'PATCH', body:'p'})", HIDDEN),
    ("patch-bytes", "await fetch('/$N', {method:'PATCH', body:new Uint8Array([1])})", HIDDEN),
    ("custom", "await fetch('/$N', {method:'PurGe'})", EXACT),
    ("head", "await fetch('/$N', {method:'HEAD'})", EXACT),
    ("options", "await fetch('/$N', {method:'OPTIONS'})", EXACT),
    ("beacon", "navigator.sendBeacon('/$N', 'beacon text')", EXACT),
    ("beacon-blob", "navigator.sendBeacon('/$N', new Blob(['bb'], {type:'text/plain'}))", HIDDEN),
    ("sync", "const x=new XMLHttpRequest(); x.open('POST','/$N',false); x.send('sync')", EXACT),
    ("large", "await fetch('/$N', {method:'POST', body:'x'.repeat(3 << 20)})", EXACT),
    (
        "too-large",
        "await fetch('/$N', {method:'POST', body:new Uint8Array(70 << 20).fill(120)})",
        [&["unavailable"], &["partial"]],
    ),
    ("redirect301", "await fetch('/$N', {method:'POST', body:'r'})", EXACT),
    ("redirect302", "await fetch('/$N', {method:'POST', body:'r'})", EXACT),
    ("redirect303", "await fetch('/$N', {method:'POST', body:'r'})", EXACT),
    ("redirect307", "await fetch('/$N', {method:'POST', body:'r'})", EXACT),
    ("redirect308", "await fetch('/$N', {method:'POST', body:new URLSearchParams('b=2&a=1')})", REENCODED),
    ("target307", "0", EXACT),
    ("target308", "0", REENCODED),
    ("keepalive", "await fetch('/$N', {method:'POST', keepalive:true, body:'k'})", EXACT),
    (
        "websocket",
        "await new Promise((done) => { const w = new WebSocket('/$N'.replace(/^/, location.origin.replace('http', 'ws'))); w.onopen = w.onerror = done })",
        EXACT,
    ),
    ("odd%20path//x/../y%2f?q=[1]|{x}&&=#fragment", "await fetch('/$N')", EXACT),
    ("repeated", "await fetch('/$N', {headers: [['x-a','1'],['x-a','2'],['x-e',''],['x-u','\u{c3}\u{a9}']]})", EXACT),
    ("escapes?%1b[31m%0a'\"$(x)", "await fetch(`/$N`)", EXACT),
    (
        "form",
        "const f=document.createElement('form'); f.method='post'; f.action='/$N'; f.target='fr'; f.innerHTML='<input name=b value=2><input name=a value=1>'; document.body.append(f, Object.assign(document.createElement('iframe'), {name:'fr'})); f.submit(); await new Promise((done) => setTimeout(done, 500))",
        REENCODED,
    ),
    (
        "form-text",
        "const f=document.createElement('form'); f.method='post'; f.enctype='text/plain'; f.action='/$N'; f.target='fr'; f.innerHTML='<input name=b value=2>'; document.body.append(f); f.submit(); await new Promise((done) => setTimeout(done, 500))",
        EXACT,
    ),
    (
        "form-file",
        "const f=document.createElement('form'); f.method='post'; f.enctype='multipart/form-data'; f.action='/$N'; f.target='fr'; f.innerHTML='<input name=b value=2><input type=file name=f>'; document.body.append(f); const d=new DataTransfer(); d.items.add(new File(['content'],'m.txt')); f.elements.f.files=d.files; f.submit(); await new Promise((done) => setTimeout(done, 500))",
        FILES,
    ),
    (
        "worker",
        "await new Promise((done) => { const w = new Worker(URL.createObjectURL(new Blob([`fetch('${location.origin}/$N',{method:'POST',body:'w'}).finally(() => postMessage(1))`]))); w.onmessage = done })",
        EXACT,
    ),
    (
        "image",
        "await new Promise((done) => { const i = new Image(); i.onload = i.onerror = done; i.src = '/$N' })",
        EXACT,
    ),
    ("elsewhere", "await fetch('$OTHER/$N', {method:'PUT', headers:{'x-a':'1'}, body:'c'})", EXACT),
];
