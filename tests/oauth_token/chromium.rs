//! The grants that a browser takes part in, through a real one: Chromium, which follows redirects, runs scripts and keeps
//! a history of its own.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::home::Home;
use super::provider::{NATIVE, provider};
use crate::support::peers::{Server, peer};
use crate::support::{Output, Tool};

/// Chromium, or none where this system has none to install; then the test says so and ends.
fn chromium() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join("chromium")).find(|program| program.is_file());
    if found.is_none() {
        eprintln!("skipped: there is no chromium here");
    }
    found
}

/// A person with that browser, and what they saw at the end.
struct Person {
    report: PathBuf,
    command: String,
}

impl Person {
    fn new(home: &Home, what: &str) -> Option<Self> {
        chromium()?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/peers/person_chromium.js");
        let report = home.path().join(format!("{what}.json"));
        Some(Self { report, command: format!("node {} {what}", script.display()) })
    }

    /// Has the tool start this browser.
    fn starts(&self, tool: Tool) -> Output {
        let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/node_modules");
        tool.env("BROWSER", &self.command).env("NODE_PATH", modules).env("REPORT", &self.report).run()
    }

    /// Returns the browser's pages and history. The tool does not wait for the browser, which may close later.
    fn saw(&self) -> Value {
        let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
        loop {
            let text = std::fs::read_to_string(&self.report).unwrap_or_default();
            match serde_json::from_str(&text) {
                Ok(report) => return report,
                Err(_) => assert!(std::time::Instant::now() < until, "no report of the browser: {text}"),
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
}

fn get(home: &Home, server: &Server, arguments: &[&str]) -> Tool {
    home.run(&["get", "t", "--discover", server.text("/issuer"), "--timeout", "40"]).args(arguments)
}

/// Neither the address bar nor the way back shows what only we may see.
fn leaves_no_trace(saw: &Value) {
    let url = saw["url"].as_str().expect("an address");
    assert!(url.starts_with("http://127.0.0.1:") && url.ends_with("/callback/done"), "{url}");
    for secret in ["code=", "access_token", "id_token", "state="] {
        assert!(!saw.to_string().contains(secret), "{secret}: {saw}");
    }
}

#[test]
#[ignore = "needs Chromium: make test-heavy"]
fn a_code_comes_through_a_real_browser_and_leaves_its_address_bar() {
    let (server, home) = (provider(), Home::new());
    let Some(person) = Person::new(&home, "accept") else { return };
    let token = person.starts(get(&home, &server, &NATIVE)).exits(0).out().to_owned();
    let saw = person.saw();
    assert_eq!(saw["title"], "Signed in");
    leaves_no_trace(&saw);
    assert_eq!(home.run(&["get", "t"]).succeeds().out(), token);
    assert_ne!(home.run(&["refresh", "t"]).succeeds().out(), token);
}

#[test]
#[ignore = "needs Chromium: make test-heavy"]
fn a_person_who_says_no_in_a_real_browser_is_told_so_there_too() {
    let (server, home) = (provider(), Home::new());
    let Some(person) = Person::new(&home, "deny") else { return };
    person.starts(get(&home, &server, &NATIVE)).exits(4).stdout_is("").stderr_has("access_denied");
    let saw = person.saw();
    assert_eq!(saw["title"], "Not signed in");
    assert!(saw["text"].as_str().expect("text").contains("access_denied"), "{saw}");
    leaves_no_trace(&saw);
}

#[test]
#[ignore = "needs Chromium: make test-heavy"]
fn a_fragment_is_handed_over_by_a_real_browser_s_script() {
    let (server, home) = (provider(), Home::new());
    let Some(person) = Person::new(&home, "accept") else { return };
    let implicit = ["--grant", "implicit", "--client-id", "implicit", "--scope", "openid"];
    person.starts(get(&home, &server, &implicit)).exits(0);
    let saw = person.saw();
    assert_eq!(saw["title"], "Signed in");
    leaves_no_trace(&saw);
    home.run(&["show", "t"]).succeeds().stdout_has("grant: implicit").stdout_has("id_token: ");
}

#[test]
#[ignore = "needs Chromium: make test-heavy"]
fn a_code_typed_into_a_real_browser_lets_the_device_in_and_a_no_keeps_it_out() {
    let (server, home) = (provider(), Home::new());
    if chromium().is_none() {
        return;
    }
    for (what, title, exit) in [("accept", "Sign-in Success", 0), ("deny", "Sign-in", 4)] {
        let device = ["--grant", "device_code", "--client-id", "native", "--scope", "openid", "--token-name", what];
        let mut running = get(&home, &server, &device).start();
        let line = running.stderr_line_with("enter the code ");
        let (uri, code) =
            line.strip_prefix("Open ").and_then(|line| line.split_once(" and enter the code ")).expect("both");
        let saw = &peer("person_chromium.js").args([what, uri, code]).succeeds().json()[0];
        assert_eq!(saw["title"], title, "{saw}");
        running.finish().exits(exit);
    }
}

#[test]
#[ignore = "needs Chromium: make test-heavy"]
fn a_real_browser_comes_back_to_an_https_callback() {
    let (server, home) = (Server::start("authlib_server.py"), Home::new());
    let Some(person) = Person::new(&home, "accept") else { return };
    let at = |path: &str| format!("{}{path}", server.text("/url"));
    let urls =
        ["--auth-url", &at("/authorize"), "--access-token-url", &at("/token"), "--callback-url", "https://localhost/"];
    let get = home.run(&["get", "t", "--grant", "authorization_code", "--client-id", "public", "--timeout", "40"]);
    person.starts(get.args(urls)).exits(0);
    let saw = person.saw();
    assert_eq!(saw["title"], "Signed in");
    assert!(saw["url"].as_str().expect("an address").starts_with("https://localhost:"), "{saw}");
    assert!(!saw.to_string().contains("code="), "{saw}");
}
