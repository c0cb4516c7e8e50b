//! Random requests with what they are to be signed with, and the protocol parameters of a signed one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value, json};

use crate::support::line::values;
use crate::support::random::{Random, Request};

pub(crate) const METHODS: [&str; 7] =
    ["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "RSA-SHA1", "RSA-SHA256", "RSA-SHA512", "PLAINTEXT"];

/// Names the place of the parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Placement {
    Header,
    Body,
    Query,
}

/// A request to be signed.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Holds the request as it comes in, with the leavings of an earlier signature.
    pub(crate) stale: Request,
    /// The same without that.
    pub(crate) request: Request,
    /// Postman's parameters, but for the keys.
    pub(crate) auth: Map<String, Value>,
    pub(crate) placement: Placement,
}

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "a=1", "a=2", "a=1", "b", "b=", "=c", "", "a+b=c+d", "a%20b=%2F", "a%2Bb=%2b", "é=ü", "q='x'", "q=\"x\"", "x=[1]",
    "x={y}", "x=|", "x=^", "x=`", "x=\\", "x=a?b", "x=a/b", "x==", "x=%zz", "x=100%", "x=:;,@!$*()", "X=Z~", "a.b=%7E",
    "a%3D=%26", "x=%FF", "%E2%98%83=%e2%98%83", "A=1", "a%5B%5D=2", "oauth=1", "realm=r",
];
const STALE: &[&str] = &["oauth_token=old", "oauth_signature=x%3D", "oauth%5Fnonce=1", "oauth_callback", "oauth_x=+"];
const FORMS: &[&str] = &[
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=UTF-8",
    "Application/X-WWW-Form-URLencoded",
];
const TEXT: &str = "aZ09-._~ +&=%\"\\,;/:?#[]@!$'()*é☃😀";

/// Some pieces, and the same with stale ones among them.
fn pieces(random: &mut Random) -> (String, String) {
    let mut pieces: Vec<&str> = (0..random.below(6)).map(|_| random.pick(PIECES)).collect();
    let clean = pieces.join("&");
    if random.percent(20) {
        for _ in 0..=random.below(2) {
            pieces.insert(random.below(pieces.len() + 1), random.pick(STALE));
        }
    }
    (clean, pieces.join("&"))
}

impl Case {
    pub(crate) fn random(random: &mut Random) -> Self {
        let mut request = Request::random(random);
        let path = request.target.split('?').next().unwrap_or_default().to_owned();
        let mut stale = request.clone();
        if random.percent(70) {
            let (clean, with_stale) = pieces(random);
            request.target = if clean.is_empty() { path.clone() } else { format!("{path}?{clean}") };
            stale.target = if with_stale.is_empty() { path } else { format!("{path}?{with_stale}") };
        }
        let is_form = random.percent(45);
        if is_form {
            request.method = random.pick(&["POST", "POST", "PUT", "PATCH", "DELETE", "GET"]);
            request.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
            request.headers.push(("Content-Type".to_owned(), random.pick(FORMS).to_owned()));
            let (clean, with_stale) = pieces(random);
            (stale.method, stale.headers) = (request.method, request.headers.clone());
            (request.body, stale.body) = (Some(clean.into_bytes()), Some(with_stale.into_bytes()));
        }
        if random.percent(20) {
            stale.headers.push(("authorization".to_owned(), "OAuth oauth_token=\"old\"".to_owned()));
        }
        let in_header = random.percent(50);
        let placement = match (in_header, is_form && matches!(request.method, "POST" | "PUT")) {
            (true, _) => Placement::Header,
            (false, true) => Placement::Body,
            (false, false) => Placement::Query,
        };
        let auth = parameters(random, in_header);
        Self { stale, request, auth, placement }
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.auth.get(name).is_some_and(|value| *value == json!(true))
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        self.auth.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    pub(crate) fn content_type(&self) -> Option<&str> {
        self.request.header("content-type")
    }

    pub(crate) fn is_form(&self) -> bool {
        self.content_type().is_some_and(|value| value.to_ascii_lowercase().starts_with(FORMS[0]))
    }

    /// Says if a hash of the body is to be signed.
    pub(crate) fn has_body_hash(&self) -> bool {
        self.flag("includeBodyHash") && !self.is_form() && self.text("signatureMethod") != "PLAINTEXT"
    }

    /// The line that `sign inherit` gets.
    pub(crate) fn line(&self, private_key: &str) -> Value {
        let mut auth = self.auth.clone();
        auth.insert("privateKey".to_owned(), json!(private_key));
        let mut line = self.stale.line();
        line["_auth"] = json!({"type": "oauth1", "oauth1": auth});
        line
    }

    /// Returns the question to the peer.
    pub(crate) fn question(&self, private_key: &str, public_key: &str, signed: Option<&Value>) -> Value {
        json!({
            "method": self.request.method, "url": self.request.url(), "body": self.request.body_base64(),
            "content_type": self.content_type(), "host": self.request.header("host"),
            "placement": format!("{:?}", self.placement).to_lowercase(),
            "auth": self.auth, "private_key": private_key, "public_key": public_key,
            "body_hash": self.has_body_hash(), "empty": self.flag("addEmptyParamsToSign"),
            "signed": signed.map(|signed| json!({
                "url": signed["url"], "headers": signed["headers"], "body": BASE64.encode(body(signed)),
            })),
        })
    }
}

fn parameters(random: &mut Random, in_header: bool) -> Map<String, Value> {
    let mut auth = Map::new();
    let mut set = |name: &str, value: Value| auth.insert(name.to_owned(), value);
    set("signatureMethod", json!(random.pick(&METHODS)));
    set("consumerKey", json!(random.word(TEXT, 12)));
    set("consumerSecret", json!(random.text(TEXT, 20)));
    set("nonce", json!(random.word(TEXT, 12)));
    set("timestamp", json!((1_000_000_000 + random.number() % 1_000_000_000).to_string()));
    for (name, chance) in [("token", 70), ("tokenSecret", 70), ("callback", 20), ("verifier", 20), ("realm", 30)] {
        if random.percent(chance) {
            set(name, json!(random.text(TEXT, 20)));
        }
    }
    if random.percent(30) {
        set("version", json!(random.pick(&["1.0", ""])));
    }
    for (name, chance) in [("includeBodyHash", 30), ("addEmptyParamsToSign", 20), ("disableHeaderEncoding", 10)] {
        if random.percent(chance) {
            set(name, json!(true));
        }
    }
    if in_header {
        set("addParamsToHeader", json!(true));
    }
    auth
}

/// The bytes of a line's body.
pub(crate) fn body(line: &Value) -> Vec<u8> {
    let data = &line["postData"];
    let text = data["text"].as_str().unwrap_or_default();
    match data["encoding"].as_str() {
        Some(_) => BASE64.decode(text).expect("base64"),
        None => text.as_bytes().to_vec(),
    }
}

/// The protocol parameters of a signed line, wherever they are, decoded; `realm` too.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Protocol {
    pub(crate) parameters: Vec<(String, String)>,
    /// Lists the places of the parameters; more than one is against the RFC.
    pub(crate) places: Vec<Placement>,
}

impl Protocol {
    pub(crate) fn of(line: &Value) -> Self {
        Self::read(line, decoded)
    }

    /// With the values of the header read in this way.
    pub(crate) fn read(line: &Value, value: fn(&str) -> String) -> Self {
        let mut protocol = Self::default();
        let headers = values(line, "authorization");
        assert!(headers.len() < 2, "one Authorization header in {line}");
        if let Some(text) = headers.first() {
            protocol.take_header(text.strip_prefix("OAuth ").expect("the scheme"), value);
        }
        protocol.take_form(&String::from_utf8_lossy(&body(line)), Placement::Body);
        let url = line["url"].as_str().expect("a URL");
        protocol.take_form(url.split_once('?').map_or("", |(_, query)| query), Placement::Query);
        protocol
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn take_header(&mut self, text: &str, read: fn(&str) -> String) {
        self.places.push(Placement::Header);
        for parameter in text.split(", ") {
            let (name, value) = parameter.split_once('=').expect("name and value");
            let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).expect("quotes");
            self.parameters.push((name.to_owned(), read(value)));
        }
    }

    fn take_form(&mut self, form: &str, placement: Placement) {
        let own = form.split('&').filter(|piece| piece.starts_with("oauth_"));
        for piece in own {
            let (name, value) = piece.split_once('=').expect("name and value");
            self.parameters.push((name.to_owned(), decoded(value)));
            if self.places.last() != Some(&placement) {
                self.places.push(placement);
            }
        }
    }
}

/// Percent-decoding (RFC 3986 section 2.1), on its own.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
