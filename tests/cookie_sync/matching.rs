//! Which cookies a request carries, compared with tough-cookie, which shares no code with us.

use serde_json::{Value, json};

use crate::support::Tool;
use crate::support::peers::ask;

/// Numbers that look random and are the same each time (xorshift64).
struct Dice(u64);

impl Dice {
    fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        &of[usize::try_from(self.0 % of.len() as u64).unwrap()]
    }
}

const HOSTS: &[&str] = &[
    "example.com",
    "www.example.com",
    "a.www.example.com",
    "other.com",
    "xexample.com",
    "example.co.uk",
    "co.uk",
    "me.github.io",
    "github.io",
    "EXAMPLE.com",
    "127.0.0.1",
];
const PATHS: &[&str] = &["", "/", "/a", "/a/", "/a/b", "/ab", "/a/b/c", "/A", "/a%2Fb", "/b"];
// It tells the case of prefixes, which RFC 6265bis does not: that has a test of its own.
const NAMES: &[&str] = &["a", "b", "c", "__Secure-d", "__Host-e"];

fn question(seed: u64) -> Value {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let set: Vec<Value> = (0..30)
        .map(|number| {
            let host = *dice.pick(HOSTS);
            let domain = match dice.pick(&[0, 0, 1, 2]) {
                0 => String::new(),
                1 => format!("; Domain={host}"),
                _ => format!("; Domain={}", host.split_once('.').map_or(host, |(_, parent)| parent)),
            };
            let path = match dice.pick(PATHS) {
                &"" => String::new(),
                path => format!("; Path={path}"),
            };
            let secure = dice.pick(&["", "; Secure"]);
            let lasts = dice.pick(&["", "; Max-Age=5000", "; Max-Age=0"]);
            let name = dice.pick(NAMES);
            json!({
                "url": format!("https://{host}{}", dice.pick(PATHS)),
                "header": format!("{name}={number}{domain}{path}{secure}{lasts}"),
            })
        })
        .collect();
    let urls: Vec<String> = (0..20)
        .map(|_| {
            let port = dice.pick(&["", ":8443"]);
            format!("{}://{}{port}{}", dice.pick(&["http", "https"]), dice.pick(HOSTS), dice.pick(PATHS))
        })
        .collect();
    json!({ "set": set, "urls": urls })
}

/// Returns the cookies that tough-cookie keeps, as lines of Netscape's file.
fn jar(cookies: &Value) -> String {
    let flag = |is: bool| if is { "TRUE" } else { "FALSE" };
    let line = |cookie: &Value| {
        let is_for_host = cookie["hostOnly"] == true;
        let domain = cookie["domain"].as_str().unwrap();
        let dot = if is_for_host { "" } else { "." };
        let text = |name: &str| cookie[name].as_str().unwrap_or_default().to_owned();
        let expires = match cookie["maxAge"].as_i64() {
            None => 0,
            Some(0) => 1,
            Some(_) => 4_000_000_000_u64,
        };
        let (subdomains, secure) = (flag(!is_for_host), flag(cookie["secure"] == true));
        format!(
            "{dot}{domain}\t{subdomains}\t{}\t{secure}\t{expires}\t{}\t{}\n",
            text("path"),
            text("key"),
            text("value")
        )
    };
    cookies.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn requests_carry_what_tough_cookie_sends() {
    let questions: Vec<Value> = (1..=100).map(question).collect();
    let answers = ask("tough_cookie.js", &questions);
    let mut carried = 0;
    for (question, answer) in questions.iter().zip(&answers) {
        let urls: Vec<&str> = question["urls"].as_array().unwrap().iter().map(|url| url.as_str().unwrap()).collect();
        let tool = Tool::new("cookie-sync").file("jar", jar(&answer["cookies"])).args(["apply", "--jar", "jar"]);
        let applied = tool.stdin(urls.join("\n")).succeeds().json();
        for ((url, applied), expected) in urls.iter().zip(&applied).zip(answer["headers"].as_array().unwrap()) {
            let header = applied["headers"].as_array().unwrap().first();
            let value = header.map_or("", |header| header["value"].as_str().unwrap());
            assert_eq!(value, expected.as_str().unwrap(), "{url} of {question}\n{}", jar(&answer["cookies"]));
            carried += usize::from(!value.is_empty());
        }
    }
    assert!(carried > 500, "only {carried} requests carried anything");
}

#[test]
fn what_tough_cookie_would_not_keep_is_not_sent() {
    // A jar may hold what no browser would: a cookie of a suffix, a prefix that promises too much.
    let cases = [
        ("co.uk", "example.co.uk", "a", false),
        ("github.io", "me.github.io", "a", false),
        ("example.co.uk", "www.example.co.uk", "a", false),
        ("example.com", "www.example.com", "a", true),
        ("example.com", "www.example.com", "__Host-a", true),
        ("example.com", "www.example.com", "__Secure-a", false),
        ("example.com", "www.example.com", "__Secure-a", true),
        ("com", "example.com", "a", false),
    ];
    let questions = cases.map(|(domain, host, name, secure)| {
        let attribute = if secure { "; Secure" } else { "" };
        let header = format!("{name}=1; Domain={domain}; Path=/{attribute}");
        json!({ "set": [{ "url": format!("https://{host}/"), "header": header }], "urls": [format!("https://{host}/")] })
    });
    for ((domain, host, name, secure), answer) in cases.iter().zip(ask("tough_cookie.js", &questions)) {
        let secure = if *secure { "TRUE" } else { "FALSE" };
        let line = format!(".{domain}\tTRUE\t/\t{secure}\t0\t{name}\t1\n");
        let tool = Tool::new("cookie-sync").file("jar", line).args(["apply", "--jar", "jar", "--to", "header"]);
        let expected = answer["headers"][0].as_str().unwrap();
        let expected = if expected.is_empty() { String::new() } else { format!("Cookie: {expected}\n") };
        assert_eq!(tool.stdin(format!("https://{host}/\n")).succeeds().out(), expected, "{domain} {host} {name}");
    }
}
