//! Random requests from a seed, hostile in the ways that signers are known to stumble over.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same requests on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.number() % bound as u64).expect("a small number")
    }

    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub(crate) fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }

    /// Up to `most` characters of these.
    pub(crate) fn text(&mut self, characters: &str, most: usize) -> String {
        let characters: Vec<char> = characters.chars().collect();
        (0..self.below(most + 1)).map(|_| self.pick(&characters)).collect()
    }

    /// At least one character of these.
    pub(crate) fn word(&mut self, characters: &str, most: usize) -> String {
        let first = self.text(characters, 1);
        let rest = self.text(characters, most - 1);
        if first.is_empty() { format!("x{rest}") } else { first + &rest }
    }
}

/// A request, as the tests hand it to `sign` and to peers.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) protocol: &'static str,
    /// Host and port as in the URL.
    pub(crate) authority: String,
    /// Path and query; the path may be empty.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Vec<u8>>,
}

const METHODS: &[&str] = &["GET", "GET", "PUT", "POST", "POST", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS", "PURGE"];
const HOSTS: &[&str] =
    &["example.com", "api.example.com", "xn--bcher-kva.example", "localhost", "127.0.0.1", "[::1]", "Up.Example"];
const PORTS: &[&str] = &["", "", "", ":443", ":80", ":8443", ":9000"];
#[rustfmt::skip]
const SEGMENTS: &[&str] = &[
    "a", "b", "photos", "..", ".", "", "a.b", "*", ":", "a:b", "@", "$", "&", "+", ",", ";", "x;y=1", "=", "!", "'", "(x)", "~",
    "%7E", "%7e", "-_.", "%20", "%2F", "%2f", "%3F", "%25", "é", "ሴ", "%E1%88%B4", "%FF", "%00", "😀", "[x]", "{y}", "|", "^",
    "`", "\"q\"", "<>", "100%", "\\",
];
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "a=1", "a=2", "b", "b=", "=c", "", "a+b=c+d", "a%20b=%2F", "é=ü", "q='x'", "q=\"x\"", "x=[1]", "x={y}", "x=|", "x=^", "x=`",
    "x=\\", "x=a?b", "x=a/b", "x==", "x=%zz", "x=100%", "x=:;,@!$*()", "X=Z~",
];

impl Request {
    /// One of many.
    pub(crate) fn random(random: &mut Random) -> Self {
        let path: String = (0..random.below(4)).map(|_| format!("/{}", random.pick(SEGMENTS))).collect();
        let query: Vec<&str> = (0..random.below(5)).map(|_| random.pick(PIECES)).collect();
        let target = if random.percent(50) { path } else { format!("{path}?{}", query.join("&")) };
        let mut request = Self {
            method: random.pick(METHODS),
            protocol: random.pick(&["http", "https"]),
            authority: format!("{}{}", random.pick(HOSTS), random.pick(PORTS)),
            target,
            headers: Vec::new(),
            body: None,
        };
        if random.percent(15) {
            let host = random.pick(&["other.example", "other.example:8000", "[fe80::1]:81"]);
            request.headers.push((random.pick(&["Host", "host"]).to_owned(), host.to_owned()));
        }
        if random.percent(60) {
            #[rustfmt::skip]
            let value = random.pick(&["application/json", "text/plain; charset=utf-8", "Text/HTML ;x=1", "", "application/octet-stream"]);
            request.headers.push((random.pick(&["Content-Type", "content-type"]).to_owned(), value.to_owned()));
        }
        if random.percent(60) {
            request.body = Some(body(random));
        }
        request
    }

    /// The request line, with these members beside the request's own.
    pub(crate) fn line(&self) -> Value {
        let headers: Vec<Value> =
            self.headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        let mut line = json!({"method": self.method, "url": self.url(), "headers": headers});
        if let Some(body) = &self.body {
            line["postData"] = json!({"mimeType": "", "encoding": "base64", "text": BASE64.encode(body)});
        }
        line
    }

    pub(crate) fn url(&self) -> String {
        format!("{}://{}{}", self.protocol, self.authority, self.target)
    }

    /// Returns the target on the request line.
    pub(crate) fn wire_target(&self) -> String {
        if self.target.starts_with('/') { self.target.clone() } else { format!("/{}", self.target) }
    }

    /// The first value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns the value of the `Host` header, in lower case: the one given, else the URL's without a default port.
    pub(crate) fn host(&self) -> String {
        let default = if self.protocol == "http" { ":80" } else { ":443" };
        let own = self.authority.strip_suffix(default).unwrap_or(&self.authority);
        self.header("host").unwrap_or(own).to_ascii_lowercase()
    }

    /// Host and port as the server finds them.
    pub(crate) fn host_and_port(&self) -> (String, u16) {
        let host = self.host();
        match host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
            Some((name, port)) => (name.to_owned(), port.parse().expect("a port")),
            None => (host, if self.protocol == "http" { 80 } else { 443 }),
        }
    }

    pub(crate) fn body_base64(&self) -> String {
        BASE64.encode(self.body.as_deref().unwrap_or_default())
    }
}

fn body(random: &mut Random) -> Vec<u8> {
    match random.below(6) {
        0 => Vec::new(),
        1 => (0..random.below(300)).map(|_| random.number().to_le_bytes()[0]).collect(),
        2 => "é\u{1f600}".repeat(random.below(40)).into_bytes(),
        3 => b"{\"a\":1}".to_vec(),
        4 => random.text("ab \n\r\t&=\\\"'", 200).into_bytes(),
        _ => random.text("abcdefghijklmnopqrstuvwxyz", 2000).into_bytes(),
    }
}
