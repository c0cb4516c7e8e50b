//! Requests made to break quoting: what a shell, a config file, a URL parser or a header parser would read as syntax.

use base64::Engine as _;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// A request as its line says it.
#[derive(Clone, Debug)]
pub(crate) struct Hostile {
    pub(crate) method: String,
    /// Path and query, as they must arrive.
    pub(crate) target: String,
    pub(crate) fragment: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Vec<u8>>,
}

impl Hostile {
    /// The `Host` that must arrive: the one given, white space around it aside, else the server's.
    pub(crate) fn host(&self, host: &str) -> String {
        let given = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
        given.map_or(host, |(_, value)| value.trim_matches([' ', '\t'])).to_owned()
    }

    /// The request line for a server at this host.
    pub(crate) fn line(&self, host: &str) -> Value {
        let headers: Vec<Value> =
            self.headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        let mut line = json!({
            "method": self.method,
            "url": format!("http://{host}{}{}", self.target, self.fragment),
            "headers": headers,
        });
        if let Some(body) = &self.body {
            line["postData"] = match std::str::from_utf8(body) {
                Ok(text) => json!({"mimeType": "", "text": text}),
                Err(_) => {
                    let text = base64::engine::general_purpose::STANDARD.encode(body);
                    json!({"mimeType": "", "text": text, "encoding": "base64"})
                }
            };
        }
        line
    }

    /// Returns what must arrive, `Host` and `Content-Length` aside.
    pub(crate) fn told(&self) -> Vec<String> {
        let target = if self.target.starts_with('/') { self.target.clone() } else { format!("/{}", self.target) };
        let mut told = vec![format!("{} {target} HTTP/1.1", self.method)];
        let headers = self.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("host"));
        told.extend(headers.map(|(name, value)| match value.trim_matches([' ', '\t']) {
            "" => format!("{name}:"),
            _ => format!("{name}: {value}"),
        }));
        told
    }
}

const PIECES: &[&str] = &[
    "..", ".", "", "%2f", "%2F", "%2e%2e", "%", "%zz", "%00", "[1-3]", "[", "]", "{a,b}", "{", "}", "é", "ü", "😀",
    "'", "''", "\"", "\\", "\\'", "$(id)", "`id`", "$HOME", "|", "^", "@", "@x", ":", "&", "&&", ";", "~", "*", "!",
    "!!", "<", ">", "-", "-x", "--", "+", "=", ",", "a", "B", "%c3%a9", "\\n", "\\\\",
];

const VALUES: &[&str] = &[
    "close",
    "100-continue",
    "",
    " ",
    "\t",
    " \t ",
    "a",
    "@file",
    "-x",
    "--next",
    ";",
    "a;",
    ":",
    "a: b",
    "'",
    "''",
    "'\\''",
    "\"",
    "\\",
    "\\\\",
    "\\\"",
    "\\n",
    "\\r\\n",
    "$(id)",
    "`id`",
    "$HOME",
    "${x}",
    "!",
    "!!",
    "#",
    "# x",
    "a\tb",
    "  lead",
    "trail  ",
    "é",
    "\u{9b}31m",
    "😀",
    "%s",
    "%%",
    "%n",
    "\\0",
    "a, b",
    "next",
    "url = \"x\"",
    "\u{feff}",
    "\u{2028}",
];

const NAMES: &[&str] = &[
    "X-A",
    "x-a",
    "X-a",
    "Accept",
    "accept",
    "User-Agent",
    "user-agent",
    "Content-Type",
    "CONTENT-TYPE",
    "Cookie",
    "Authorization",
    "Referer",
    "Accept-Encoding",
    "Range",
    "TE",
    "Date",
    "Upgrade",
    "If-None-Match",
    "Origin",
    "!#$%&'*+-.^_`|~",
    "'",
    "`id`",
    "$x",
    "-x",
    "Host2",
    "Content-Length2",
    "Expect-CT",
    "Expect",
    "Connection",
    "Trailer",
    "0",
];

const METHODS: &[&str] = &[
    "GET",
    "GET",
    "POST",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "HEAD",
    "TRACE",
    "QUERY",
    "CONNECT",
    "get",
    "post",
    "Put",
    "M-SEARCH",
    "-X",
    "--next",
    "$HOME",
    "`id`",
    "'",
    "!#$%&'*+-.^_`|~",
    "next",
];

const BODIES: &[&str] = &[
    "",
    "a",
    "a=b&c=d",
    "@file",
    "@-",
    "-",
    "-n",
    "--next",
    "'",
    "''",
    "'\\''",
    "\"",
    "\\",
    "\\\\",
    "\\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u{b}",
    "\u{c}",
    "\u{1b}[31m",
    "\0",
    "\0\0x",
    "%",
    "%s",
    "%d%%",
    "\\0",
    "\\101",
    "$(id)",
    "`id`",
    "$HOME",
    "!!",
    "é",
    "😀",
    "{\"n\": 1}\n",
    "line\nnext\nurl = \"http://127.0.0.1:1/\"\n",
    " lead",
    "trail ",
    "trail\n\n",
    "\u{7f}",
    "\u{9b}",
];

fn path() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::collection::vec(select(PIECES), 1..5).prop_map(|pieces| format!("/{}", pieces.join("/"))),
        1 => proptest::collection::vec(select(PIECES), 1..5).prop_map(|pieces| format!("/{}", pieces.concat())),
        1 => Just(String::new()),
    ]
}

fn query() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => Just(String::new()),
        1 => Just("?".to_owned()),
        3 => proptest::collection::vec(prop_oneof![select(PIECES), Just("?"), Just("/")], 1..6)
            .prop_map(|pieces| format!("?{}", pieces.concat())),
    ]
}

fn header() -> impl Strategy<Value = (String, String)> {
    let value = prop_oneof![
        3 => select(VALUES).prop_map(str::to_owned),
        1 => proptest::collection::vec(select(VALUES), 1..4).prop_map(|values| values.concat()),
        1 => "[ -~\t\u{a0}-\u{2ff}]{0,24}",
    ];
    (select(NAMES).prop_map(str::to_owned), value)
}

fn body() -> impl Strategy<Value = Option<Vec<u8>>> {
    prop_oneof![
        2 => Just(None),
        2 => select(BODIES).prop_map(|text| Some(text.as_bytes().to_vec())),
        2 => proptest::collection::vec(select(BODIES), 1..5).prop_map(|texts| Some(texts.concat().into_bytes())),
        1 => proptest::collection::vec(any::<u8>(), 0..200).prop_map(Some),
        1 => (any::<u8>(), 1000..80_000_usize).prop_map(|(byte, count)| Some(vec![byte; count])),
    ]
}

/// One request.
pub(crate) fn hostile() -> impl Strategy<Value = Hostile> {
    let fragment = select(vec!["", "", "#", "#a", "#?b=/../c", "#é"]);
    let headers = proptest::collection::vec(header(), 0..6);
    // One at most: two are no request that curl could send.
    let host = proptest::option::weighted(
        0.2,
        (select(vec!["Host", "host", "HOST"]), select(VALUES), any::<proptest::sample::Index>()),
    );
    (select(METHODS), path(), query(), fragment, headers, host, body()).prop_map(
        |(method, path, query, fragment, mut headers, host, body)| {
            if let Some((name, value, at)) = host {
                headers.insert(at.index(headers.len() + 1), (name.to_owned(), value.to_owned()));
            }
            Hostile {
                method: method.to_owned(),
                target: path + &query,
                fragment: fragment.to_owned(),
                headers,
                body: body.filter(|_| method != "HEAD"),
            }
        },
    )
}
