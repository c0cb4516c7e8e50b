//! Random requests, hostile in all the ways that SigV4 implementations are known to stumble over.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same requests on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).expect("a small number")
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn pick(&mut self, texts: &[&'static str]) -> &'static str {
        texts[self.below(texts.len())]
    }
}

/// A request, and what it is to be signed with.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) method: &'static str,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) access_key: String,
    pub(crate) secret_key: String,
    pub(crate) session_token: Option<String>,
    pub(crate) region: &'static str,
    pub(crate) service: &'static str,
    pub(crate) in_query: bool,
}

const METHODS: &[&str] = &["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS", "PURGE", "M-SEARCH"];
const SERVICES: &[&str] = &["s3", "s3", "s3", "execute-api", "dynamodb", "lambda", "es", "sts", "ec2", "service"];
const REGIONS: &[&str] = &["us-east-1", "eu-west-1", "ap-southeast-2", "us-gov-west-1", "cn-north-1"];
const HOSTS: &[&str] = &[
    "example.amazonaws.com",
    "bucket.s3.eu-west-1.amazonaws.com",
    "xn--bcher-kva.example",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "Upper.Example.COM",
];
const PORTS: &[&str] = &["", "", "", ":443", ":80", ":8443", ":9000"];
#[rustfmt::skip]
const SEGMENTS: &[&str] = &[
    "a", "b", "photos", "..", ".", "...", "", "a.b", "%2e%2e", "%2E", "*", ":", "a:b", "@", "$", "&", "+", "a+b", ",", ";",
    "=", "k=v", "!", "'", "(x)", "~", "%7E", "%7e", "%41", "-_.", "%20", "a%20b", "%2F", "%2f", "a%2Fb", "%3F", "%23",
    "%25", "100%25", "é", "ሴ", "%E1%88%B4", "%e1%88%b4", "%FF", "%00", "😀", "[x]", "{y}", "|", "^", "`", "\"q\"", "<>",
    "100%", "%zz", "%4", "arn%3Aaws%3Alambda",
];
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "a", "a", "A", "b", "foo", "Foo", "foo%20bar", "a+b", "a%2Bb", "%61", "é", "%C3%A9", "%c3%a9", "list-type", "~", "%7e", "*",
    "a:b", "a/b", "", "X-Custom", "x-amz-foo", "prefix", "[0]", "%", "a%",
];
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "", "1", "2", "10", "b", "x=y", "==", "a+b", "a%2Bb", "a%20b", "%2F", "/", "a/b", ":", "*", "~", "%7E", "%7e", "é", "ሴ",
    "%E1%88%B4", "%e1%88%b4", "a?b", "?", "@", "$", "!", "'", "()", ",", ";", "%26", "%3D", "100%", "%zz", "%FF", "%25", "%2525",
    "Z", "z", "[1]", "{}", "|", "\"",
];
#[rustfmt::skip]
const HEADER_NAMES: &[&str] = &[
    "Content-Type", "X-Amz-Meta-A", "x-amz-meta-a", "X-AMZ-META-B", "X-Amz-Target", "X-Custom", "x-custom", "Accept", "Range",
    "Cookie", "If-Match", "Content-MD5", "Cache-Control", "My_Header", "X-Amz-Acl", "Zz", "User-Agent", "Content-Encoding", "Date",
    "X-Amzn-Trace-Id", "Connection", "Expect", "TE", "TraceParent", "baggage", "Keep-Alive", "Upgrade", "Referer", "Origin",
];
#[rustfmt::skip]
const HEADER_VALUES: &[&str] = &[
    "", "v", "value", "two words", "two  spaces", "  leading", "trailing  ", "   ", "a,b", "a, b", "\"a   b   c\"", "a=b; c=d", "é",
    "日本", "bytes=0-9", "text/plain; charset=utf-8", "application/x-www-form-urlencoded; charset=utf-8", "a:b", "%20", "gzip",
];
/// Values with white space other than spaces.
const SPACED_VALUES: &[&str] = &["a\tb", "\t tab", "a\u{a0}b", "a\u{3000}"];
/// Lists the headers that an earlier signature would have left behind.
const STALE_HEADERS: &[(&str, &str)] = &[
    ("authorization", "AWS4-HMAC-SHA256 Credential=x/y/z, SignedHeaders=host, Signature=0"),
    ("Authorization", "Basic eDp5"),
    ("X-AMZ-DATE", "19700101T000000Z"),
    ("x-amz-security-token", "stale"),
    ("X-Amz-Content-Sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
];
const STALE_PARAMETERS: &[&str] =
    &["X-Amz-Signature=0", "X-Amz-Date=19700101T000000Z", "X-Amz-Credential=x", "X-Amz-Security-Token=t"];

impl Case {
    pub(crate) fn random(random: &mut Random) -> Self {
        let service = random.pick(SERVICES);
        Self {
            method: if random.percent(2) { "get" } else { random.pick(METHODS) },
            url: url(random),
            headers: headers(random),
            body: body(random),
            access_key: format!("AKID{}", random.next()),
            secret_key: format!("{}/+{}", random.next(), random.next()),
            session_token: random.percent(30).then(|| format!("FQoG/{}+=={}", random.next(), random.next())),
            region: random.pick(REGIONS),
            service,
            in_query: random.percent(50),
        }
    }

    /// The case as a request line with its own `_auth`.
    pub(crate) fn line(&self) -> Value {
        let headers: Vec<Value> =
            self.headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        let mut line = json!({"method": self.method, "url": self.url, "headers": headers});
        if let Some(body) = &self.body {
            line["postData"] = match std::str::from_utf8(body) {
                Ok(text) => json!({"mimeType": "", "text": text}),
                Err(_) => json!({"mimeType": "", "text": BASE64.encode(body), "encoding": "base64"}),
            };
        }
        line["_auth"] = json!({"type": "awsv4", "awsv4": {
            "accessKey": self.access_key, "secretKey": self.secret_key, "sessionToken": self.session_token,
            "region": self.region, "service": self.service, "addAuthDataToQuery": self.in_query,
        }});
        line
    }

    /// The case as a question to the oracle.
    pub(crate) fn question(&self, payload: &str, expires: u32, now: &str) -> Value {
        let headers: Vec<Value> =
            self.headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        json!({
            "method": self.method, "url": self.url, "headers": headers, "body": BASE64.encode(self.body.as_deref().unwrap_or_default()),
            "access_key": self.access_key, "secret_key": self.secret_key, "session_token": self.session_token,
            "region": self.region, "service": self.service, "placement": if self.in_query { "query" } else { "header" },
            "expires": expires, "payload": payload, "now": now,
        })
    }
}

fn url(random: &mut Random) -> String {
    let scheme = random.pick(&["https", "https", "http"]);
    let mut url = format!("{scheme}://{}{}", random.pick(HOSTS), random.pick(PORTS));
    if random.percent(95) {
        url.push('/');
        let segments: Vec<&str> = (0..random.below(6)).map(|_| random.pick(SEGMENTS)).collect();
        url.push_str(&segments.join("/"));
        if random.percent(20) {
            url.push('/');
        }
    }
    if random.percent(65) {
        let mut pairs: Vec<String> = (0..random.below(7)).map(|_| pair(random)).collect();
        if random.percent(5) {
            pairs.insert(random.below(pairs.len() + 1), random.pick(STALE_PARAMETERS).to_owned());
        }
        url.push('?');
        url.push_str(&pairs.join("&"));
    }
    url
}

fn pair(random: &mut Random) -> String {
    match random.below(10) {
        0 => String::new(),
        1 | 2 => random.pick(KEYS).to_owned(),
        _ => format!("{}={}", random.pick(KEYS), random.pick(VALUES)),
    }
}

fn headers(random: &mut Random) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> =
        (0..random.below(6)).map(|_| (random.pick(HEADER_NAMES).to_owned(), header_value(random).to_owned())).collect();
    if random.percent(15) {
        headers.push((
            "Host".to_owned(),
            random.pick(&["virtual.example", "virtual.example:8080", "v.example:443"]).to_owned(),
        ));
    }
    if random.percent(8) {
        let (name, value) = STALE_HEADERS[random.below(STALE_HEADERS.len())];
        headers.insert(random.below(headers.len() + 1), (name.to_owned(), value.to_owned()));
    }
    headers
}

fn header_value(random: &mut Random) -> &'static str {
    if random.percent(2) { random.pick(SPACED_VALUES) } else { random.pick(HEADER_VALUES) }
}

fn body(random: &mut Random) -> Option<Vec<u8>> {
    match random.below(6) {
        0 | 1 => None,
        2 => Some(Vec::new()),
        3 => Some(b"Action=GetCallerIdentity&Version=2011-06-15".to_vec()),
        4 => Some("{\"n\":\"ሴ\"}".as_bytes().to_vec()),
        _ => {
            let length = random.below(300);
            Some((0..length).map(|_| random.next().to_le_bytes()[0]).collect())
        }
    }
}
