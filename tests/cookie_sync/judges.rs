//! The jar before its readers: curl against a server, and Python's http.cookiejar.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::{Browser, cookie, now, with};
use crate::support::{Origin, Tool};

/// Cookies of every kind that a jar can hold.
fn cookies() -> Vec<Value> {
    let lasting = json!({ "session": false, "expirationDate": now() + 5000 });
    vec![
        cookie(".example.com", "domain", "1"),
        cookie("example.com", "host", "2"),
        with(cookie("www.example.com", "www", "3"), lasting.clone()),
        with(cookie(".www.example.com", "path", "4"), json!({ "path": "/a" })),
        with(cookie("www.example.com", "deep", "5"), json!({ "path": "/a/b" })),
        with(cookie(".example.com", "secure", "6"), json!({ "secure": true })),
        with(cookie("www.example.com", "secret", "7"), json!({ "httpOnly": true, "sameSite": "strict" })),
        with(cookie("www.example.com", "__Host-id", "8"), json!({ "secure": true })),
        with(cookie(".example.com", "__Secure-id", "9"), with(lasting, json!({ "secure": true, "httpOnly": true }))),
        cookie("www.example.com", "empty", ""),
        cookie("www.example.com", "odd", "a=b \"c\" {d,e} é"),
        with(cookie("www.example.com", "same", "host"), json!({ "path": "/a" })),
        with(cookie(".example.com", "same", "domain"), json!({ "path": "/" })),
    ]
}

const HOSTS: [&str; 5] = ["example.com", "www.example.com", "a.www.example.com", "other.example.com", "example.org"];
const PATHS: [&str; 5] = ["/", "/a", "/a/b/c", "/ab", "/b"];

/// URLs over both protocols.
fn urls() -> Vec<String> {
    let schemes = ["http", "https"].into_iter();
    let hosts = schemes.flat_map(|scheme| HOSTS.into_iter().map(move |host| format!("{scheme}://{host}")));
    hosts.flat_map(|origin| PATHS.into_iter().map(move |path| format!("{origin}{path}"))).collect()
}

/// A jar that the tool has written, and what it says itself that each URL gets.
fn synced() -> (Browser, Vec<BTreeSet<String>>) {
    let mut browser = Browser::start();
    let running = browser.tool(["once", "example.com", "--jar", "cookies.txt"]).start();
    let channel = browser.accept();
    browser.snapshot(&channel, &cookies());
    running.finish().exits(0).stderr_is("");
    let applied = browser.tool(["apply", "--offline"]).stdin(urls().join("\n")).succeeds().json();
    let value = |request: &Value| {
        let header = request["headers"].as_array().unwrap().first().cloned();
        header.map(|header| header["value"].as_str().unwrap().to_owned()).unwrap_or_default()
    };
    let expected: Vec<BTreeSet<String>> = applied.iter().map(|request| pairs(&value(request))).collect();
    (browser, expected)
}

/// Readers sort cookies of the same path as they like.
fn pairs(value: &str) -> BTreeSet<String> {
    value.split("; ").filter(|pair| !pair.is_empty()).map(str::to_owned).collect()
}

#[test]
fn curl_sends_what_the_jar_says() {
    let (browser, expected) = synced();
    let plain = Origin::http(Origin::ok);
    let sealed = Origin::https(&["http/1.1"], Origin::ok);
    let mut sent = 0;
    for (url, expected) in urls().iter().zip(&expected) {
        let origin = if url.starts_with("https") { &sealed } else { &plain };
        let to = format!("::127.0.0.1:{}", origin.port);
        let curl = Tool::program("curl").args(["-sS", "-k", "--noproxy", "*", "--connect-to", &to, "-b"]);
        curl.arg(browser.path("cookies.txt")).arg(url).succeeds().stdout_is("ok");
        let request = String::from_utf8(origin.received()).unwrap();
        let header = request.lines().find_map(|line| line.strip_prefix("Cookie: ")).unwrap_or_default();
        assert_eq!(&pairs(header), expected, "{url}");
        sent += expected.len();
    }
    assert!(sent > 100, "only {sent} cookies were sent");
    // A cookie of every line got somewhere.
    let all: BTreeSet<String> = expected.into_iter().flatten().collect();
    assert_eq!(all.len(), cookies().len(), "{all:?}");
}

#[test]
fn python_sends_what_the_jar_says() {
    let (browser, expected) = synced();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/peers/http_cookiejar.py");
    let python = Tool::program("python3").arg(script).arg(browser.path("cookies.txt")).args(urls());
    let lines = python.env("PYTHONIOENCODING", "utf-8").succeeds().stderr_is("").out();
    for ((url, line), expected) in urls().iter().zip(lines.lines()).zip(&expected) {
        assert_eq!(&pairs(line), expected, "{url}");
    }
}

#[test]
#[ignore = "needs Chromium: make test-heavy"]
fn playwright_sends_what_the_storage_state_says() {
    if !Path::new("/usr/bin/chromium").is_file() {
        eprintln!("skipped: there is no chromium here");
        return;
    }
    let origin = Origin::http(|peer| {
        while let Some(head) = peer.request() {
            let cookies = head.lines().find_map(|line| line.strip_prefix("Cookie: ")).unwrap_or("none");
            let length = cookies.len();
            peer.write(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{cookies}"));
        }
    });
    let mut browser = Browser::start();
    let running = browser.tool(["once", "site.localhost", "--storage-state", "state.json"]).start();
    let channel = browser.accept();
    let cookies = [
        cookie(".site.localhost", "all", "1"),
        with(cookie("site.localhost", "path", "2"), json!({ "path": "/a", "httpOnly": true, "sameSite": "strict" })),
        with(cookie("www.site.localhost", "www", "3"), json!({ "session": false, "expirationDate": now() + 500 })),
    ];
    browser.snapshot(&channel, &cookies);
    running.finish().exits(0);
    let url = |host: &str, path: &str| format!("http://{host}:{}{path}", origin.port);
    let urls = [
        url("site.localhost", "/"),
        url("site.localhost", "/a"),
        url("www.site.localhost", "/"),
        url("localhost", "/"),
    ];
    let script = crate::support::peers::peer("storage_state.js").arg(browser.path("state.json")).args(urls);
    let lines = script.succeeds().lines();
    let sorted: Vec<Vec<String>> = lines.iter().map(|line| pairs(line).into_iter().collect()).collect();
    assert_eq!(sorted, [vec!["all=1"], vec!["all=1", "path=2"], vec!["all=1", "www=3"], vec!["none"]]);
}
