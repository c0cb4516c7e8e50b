//! `cookie-sync` as a user runs it, with the bridge that browsers start and a stand-in for the extension behind it.

mod judges;
mod matching;
mod places;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use countersign_shared::bridge::key::{Key, Keys};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::Tool;
use crate::support::extension::Extension;

/// A browser in a home that it shares with the tools.
struct Browser {
    home: TempDir,
    key: Key,
    extension: Extension,
}

/// The extension's end of one tool's channel.
struct Channel {
    number: u64,
    /// The message by which the tool asks for domains.
    subscription: Value,
}

impl Browser {
    fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let key = Keys::within(home.path().join("countersign/state")).make_default().unwrap();
        let extension = another(home.path(), "chromium");
        Self { home, key, extension }
    }

    /// A tool that shares this browser's home.
    fn tool<const N: usize>(&self, arguments: [&str; N]) -> Tool {
        tool(self.home.path(), arguments)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// Lets a tool in, and hears what it asks for.
    fn accept(&mut self) -> Channel {
        accept(&mut self.extension, &self.key)
    }

    fn say(&mut self, channel: &Channel, value: &Value) {
        self.extension.say_sealed(channel.number, value);
    }

    /// All cookies of the first domain that the tool asks for.
    fn snapshot(&mut self, channel: &Channel, cookies: &[Value]) {
        let domain = channel.subscription["domains"][0].clone();
        self.say(channel, &json!({ "type": "cookies", "domain": domain, "cookies": cookies }));
    }

    fn change(&mut self, channel: &Channel, cookie: &Value, removed: bool, cause: &str) {
        let domain = channel.subscription["domains"][0].clone();
        let message =
            json!({ "type": "cookie", "domain": domain, "cookie": cookie, "removed": removed, "cause": cause });
        self.say(channel, &message);
    }

    fn consent(&mut self, channel: &Channel, domain: &str, state: &str) {
        self.say(channel, &json!({ "type": "consent", "for": "cookies", "domain": domain, "state": state }));
    }

    /// Waits until the file holds this, or no more.
    #[track_caller]
    fn await_file(&self, name: &str, is_it: impl Fn(&str) -> bool) -> String {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let text = self.read(name);
            if is_it(&text) {
                return text;
            }
            assert!(Instant::now() < until, "{name} holds\n{text}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

fn another(home: &Path, browser: &str) -> Extension {
    let mut extension = Extension::start(home);
    extension.greet(browser);
    extension
}

fn tool<const N: usize>(home: &Path, arguments: [&str; N]) -> Tool {
    Tool::new("cookie-sync").args(arguments).env("COUNTERSIGN_HOME", home.join("countersign")).within(home)
}

fn accept(extension: &mut Extension, key: &Key) -> Channel {
    let number = extension.accept(key);
    loop {
        let (of, message) = extension.hear_sealed();
        if of == number && message["of"] == "cookies" {
            return Channel { number, subscription: message };
        }
    }
}

/// A cookie as the browser's API gives it.
fn cookie(domain: &str, name: &str, value: &str) -> Value {
    json!({
        "name": name, "value": value, "domain": domain, "hostOnly": !domain.starts_with('.'), "path": "/",
        "secure": false, "httpOnly": false, "sameSite": "unspecified", "session": true, "storeId": "0"
    })
}

fn with(mut cookie: Value, members: Value) -> Value {
    for (name, value) in members.as_object().unwrap() {
        cookie[name] = value.clone();
    }
    cookie
}

fn now() -> u64 {
    std::time::UNIX_EPOCH.elapsed().unwrap().as_secs()
}

/// The cookies of a jar, a line each as they stand there.
fn lines(jar: &str) -> Vec<&str> {
    jar.lines().filter(|line| line.contains('\t')).collect()
}

#[test]
fn once_writes_a_jar_in_which_dot_and_second_field_agree() {
    let mut browser = Browser::start();
    let running = browser.tool(["once", "example.com", "--jar", "cookies.txt"]).start();
    let channel = browser.accept();
    assert_eq!(channel.subscription["domains"], json!([{ "name": "example.com", "hostOnly": false }]));
    assert_eq!(channel.subscription["follow"], "once");
    let cookies = [
        cookie(".example.com", "all", "1"),
        with(
            cookie("www.example.com", "sid", "s3"),
            json!({ "secure": true, "httpOnly": true, "session": false, "expirationDate": 1_999_999_999.75, "path": "/a" }),
        ),
        cookie("example.com", "host", "x=y"),
    ];
    browser.snapshot(&channel, &cookies);
    running.finish().exits(0).stdout_is("").stderr_is("");
    let jar = browser.read("cookies.txt");
    assert!(jar.starts_with("# Netscape HTTP Cookie File\n"), "{jar}");
    let expected = [
        ".example.com\tTRUE\t/\tFALSE\t0\tall\t1",
        "#HttpOnly_www.example.com\tFALSE\t/a\tTRUE\t1999999999\tsid\ts3",
        "example.com\tFALSE\t/\tFALSE\t0\thost\tx=y",
    ];
    assert_eq!(lines(&jar), expected);
    use std::os::unix::fs::MetadataExt as _;
    assert_eq!(std::fs::metadata(browser.path("cookies.txt")).unwrap().mode() & 0o777, 0o600);
}

#[test]
fn watch_keeps_the_jar_current_deletions_included() {
    let mut browser = Browser::start();
    let running = browser.tool(["watch", "example.com", "--jar", "cookies.txt"]).start();
    let channel = browser.accept();
    browser.snapshot(&channel, &[cookie("example.com", "a", "1"), cookie("example.com", "b", "1")]);
    browser.await_file("cookies.txt", |jar| lines(jar).len() == 2);
    browser.change(&channel, &cookie("example.com", "a", "1"), true, "overwrite");
    browser.change(&channel, &cookie("example.com", "a", "2"), false, "explicit");
    browser.await_file("cookies.txt", |jar| jar.contains("\ta\t2\n"));
    browser.change(&channel, &cookie("example.com", "a", "2"), true, "explicit");
    let jar = browser.await_file("cookies.txt", |jar| lines(jar).len() == 1);
    assert!(jar.contains("\tb\t1\n"), "{jar}");
    running.signal("INT");
    running.finish().exits(130).stdout_is("").stderr_is("");
}

#[test]
fn other_lines_and_comments_of_the_jar_survive() {
    let mut browser = Browser::start();
    let before = "# Netscape HTTP Cookie File\n# mine\nother.test\tFALSE\t/\tFALSE\t0\tx\t1\n\
                  example.com\tFALSE\t/\tFALSE\t0\tstale\t1\n#HttpOnly_.other.test\tTRUE\t/\tFALSE\t0\ty\t1\n";
    let running = browser.tool(["once", "https://example.com", "--jar", "link.txt"]).start();
    std::fs::write(browser.path("there.txt"), before).unwrap();
    std::os::unix::fs::symlink("there.txt", browser.path("link.txt")).unwrap();
    let channel = browser.accept();
    assert_eq!(channel.subscription["domains"], json!([{ "name": "example.com", "hostOnly": true }]));
    browser.snapshot(&channel, &[cookie("example.com", "a", "1")]);
    running.finish().exits(0);
    let expected = "# Netscape HTTP Cookie File\n# mine\nother.test\tFALSE\t/\tFALSE\t0\tx\t1\n\
                    #HttpOnly_.other.test\tTRUE\t/\tFALSE\t0\ty\t1\nexample.com\tFALSE\t/\tFALSE\t0\ta\t1\n";
    assert_eq!(browser.read("there.txt"), expected);
    assert!(std::fs::symlink_metadata(browser.path("link.txt")).unwrap().is_symlink());
}

#[test]
fn two_processes_keep_one_jar() {
    let mut browser = Browser::start();
    let first = browser.tool(["watch", "one.test", "--jar", "cookies.txt"]).start();
    let one = browser.accept();
    let second = browser.tool(["watch", "two.test", "--jar", "cookies.txt"]).start();
    let two = browser.accept();
    browser.snapshot(&one, &[]);
    browser.snapshot(&two, &[]);
    for number in 0..50 {
        let name = format!("n{number}");
        browser.change(&one, &cookie("one.test", &name, "1"), false, "explicit");
        browser.change(&two, &cookie(".two.test", &name, "1"), false, "explicit");
    }
    browser.await_file("cookies.txt", |jar| lines(jar).len() == 100);
    for running in [first, second] {
        running.signal("TERM");
        running.finish().exits(130);
    }
    let left: Vec<_> =
        std::fs::read_dir(browser.home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn partitioned_cookies_are_in_json_and_counted_aloud_for_the_jar() {
    let mut browser = Browser::start();
    let running = browser
        .tool([
            "once",
            "example.com",
            "--jar",
            "cookies.txt",
            "--json-file",
            "cookies.json",
            "--storage-state",
            "state.json",
        ])
        .start();
    let channel = browser.accept();
    let partitioned = with(
        cookie("example.com", "chips", "1"),
        json!({ "secure": true, "sameSite": "no_restriction", "partitionKey": { "topLevelSite": "https://top.test" } }),
    );
    browser.snapshot(&channel, &[partitioned, cookie("example.com", "plain", "1")]);
    running.finish().exits(0).stderr_has("cookie-sync: 1 partitioned cookie is left out of cookies.txt");
    assert_eq!(lines(&browser.read("cookies.txt")).len(), 1);
    let json: Value = serde_json::from_str(&browser.read("cookies.json")).unwrap();
    assert_eq!(json[0]["partitionKey"]["topLevelSite"], "https://top.test");
    assert_eq!(
        (&json[0]["sameSite"], &json[0]["hostOnly"], &json[1]["session"]),
        (&json!("no_restriction"), &json!(true), &json!(true))
    );
    let state: Value = serde_json::from_str(&browser.read("state.json")).unwrap();
    assert_eq!(state["cookies"][0]["sameSite"], "None");
}

#[test]
fn what_expires_goes_without_an_event() {
    let mut browser = Browser::start();
    let mut running = browser.tool(["watch", "example.com", "--jar", "cookies.txt", "--changes", "-"]).start();
    let channel = browser.accept();
    let soon = with(cookie("example.com", "soon", "1"), json!({ "session": false, "expirationDate": now() + 2 }));
    browser.snapshot(&channel, &[soon.clone(), cookie("example.com", "stays", "1")]);
    browser.await_file("cookies.txt", |jar| lines(jar).len() == 2);
    let started = Instant::now();
    browser.await_file("cookies.txt", |jar| lines(jar).len() == 1);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    // What the browser says of it later is no news.
    browser.change(&channel, &soon, true, "expired");
    browser.change(&channel, &cookie("example.com", "last", "1"), false, "explicit");
    let told: Vec<(Value, Value)> = (0..4)
        .map(|_| serde_json::from_str::<Value>(&running.stdout_line()).unwrap())
        .map(|change| (change["change"].clone(), change["cookie"]["name"].clone()))
        .collect();
    let expected = [("added", "soon"), ("added", "stays"), ("removed", "soon"), ("added", "last")];
    assert_eq!(told, expected.map(|(change, name)| (json!(change), json!(name))));
}

#[test]
fn without_outputs_changes_are_printed() {
    let mut browser = Browser::start();
    let mut running = browser.tool(["watch", "example.com"]).start();
    let channel = browser.accept();
    browser.snapshot(&channel, &[cookie("example.com", "a", "1")]);
    let line: Value = serde_json::from_str(&running.stdout_line()).unwrap();
    assert_eq!((&line["change"], &line["browser"]), (&json!("added"), &json!("chromium")));
    assert_eq!(line["cookie"]["value"], "1");
    browser.change(&channel, &cookie("example.com", "a", "1"), true, "explicit");
    let line: Value = serde_json::from_str(&running.stdout_line()).unwrap();
    assert_eq!((&line["change"], &line["cause"]), (&json!("removed"), &json!("explicit")));
    running.signal("INT");
    running.finish().exits(130);
}

#[test]
fn several_outputs_at_once_are_all_current() {
    let mut browser = Browser::start();
    let arguments = [
        "watch",
        "example.com",
        "--jar",
        "jar.txt",
        "--json-file",
        "list.json",
        "--header",
        "header.txt",
        "--header-url",
        "https://example.com/a",
        "--storage-state",
        "state.json",
        "--session",
        "session.json",
        "--changes",
        "changes.ndjson",
        "--exec",
        "cat >> seen.ndjson; echo ran",
    ];
    let session =
        json!({ "headers": [{ "name": "X", "value": "y" }], "cookies": [{ "name": "o", "domain": "other.test" }] });
    std::fs::write(browser.path("session.json"), session.to_string()).unwrap();
    let mut running = browser.tool(arguments).start();
    let channel = browser.accept();
    browser.snapshot(
        &channel,
        &[with(cookie(".example.com", "a", "1"), json!({ "path": "/a" })), cookie("example.com", "b", "2")],
    );
    assert_eq!(running.stdout_line(), "ran");
    assert_eq!(browser.read("header.txt"), "Cookie: a=1; b=2\n");
    browser.change(&channel, &cookie("example.com", "b", "3"), false, "explicit");
    browser.change(&channel, &with(cookie(".example.com", "a", "1"), json!({ "path": "/a" })), true, "explicit");
    browser.await_file("header.txt", |header| header == "Cookie: b=3\n");
    browser.await_file("seen.ndjson", |seen| seen.lines().count() == 4);
    assert_eq!(browser.read("seen.ndjson"), browser.read("changes.ndjson"));
    assert_eq!(lines(&browser.read("jar.txt")), ["example.com\tFALSE\t/\tFALSE\t0\tb\t3"]);
    let list: Value = serde_json::from_str(&browser.read("list.json")).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 1);
    let state: Value = serde_json::from_str(&browser.read("state.json")).unwrap();
    assert_eq!((&state["cookies"][0]["value"], &state["cookies"][0]["expires"]), (&json!("3"), &json!(-1)));
    let session: Value = serde_json::from_str(&browser.read("session.json")).unwrap();
    assert_eq!(session["headers"][0]["name"], "X");
    let names: Vec<&Value> = session["cookies"].as_array().unwrap().iter().map(|cookie| &cookie["name"]).collect();
    assert_eq!(names, ["o", "b"]);
    running.signal("INT");
    running.finish().exits(130).stderr_is("");
}

#[test]
fn consent_is_waited_for_and_said() {
    let mut browser = Browser::start();
    let mut running = browser.tool(["once", "example.com", "--jar", "cookies.txt"]).start();
    let channel = browser.accept();
    browser.consent(&channel, "example.com", "waiting");
    let said = running.stderr_line();
    assert!(said.starts_with("cookie-sync: waiting for consent to the cookies of example.com"), "{said}");
    assert!(said.contains("chromium"), "{said}");
    browser.consent(&channel, "example.com", "granted");
    browser.snapshot(&channel, &[cookie("example.com", "a", "1")]);
    running.finish().exits(0);
    assert_eq!(lines(&browser.read("cookies.txt")).len(), 1);
}

#[test]
fn never_is_exit_4_and_no_file() {
    for command in ["once", "watch"] {
        let mut browser = Browser::start();
        let running = browser.tool([command, "https://example.com", "--jar", "cookies.txt"]).start();
        let channel = browser.accept();
        browser.consent(&channel, "https://example.com", "denied");
        running.finish().exits(4).stderr_has("https://example.com").stderr_has("refused");
        assert!(!browser.path("cookies.txt").exists());
    }
}

#[test]
fn what_was_shared_is_kept_when_sharing_is_taken_back() {
    let mut browser = Browser::start();
    let running = browser.tool(["watch", "example.com", "--jar", "cookies.txt"]).start();
    let channel = browser.accept();
    browser.consent(&channel, "example.com", "granted");
    browser.snapshot(&channel, &[cookie("example.com", "a", "1")]);
    browser.await_file("cookies.txt", |jar| lines(jar).len() == 1);
    browser.consent(&channel, "example.com", "revoked");
    running.finish().exits(4).stderr_has("not shared any more");
    assert_eq!(lines(&browser.read("cookies.txt")).len(), 1);
}

#[test]
fn with_no_input_a_missing_consent_is_exit_5() {
    let mut browser = Browser::start();
    let running = browser.tool(["once", "example.com", "--no-input"]).start();
    let channel = browser.accept();
    browser.consent(&channel, "example.com", "waiting");
    running.finish().exits(5).stdout_is("").stderr_has("example.com");
}

#[test]
fn sharing_that_is_off_is_exit_4() {
    let mut browser = Browser::start();
    let running = browser.tool(["once", "example.com"]).start();
    let channel = browser.accept();
    browser.say(&channel, &json!({ "type": "state", "sharing": false, "version": "0.1.0" }));
    browser.extension.say(&json!({ "v": 1, "kind": "refused", "channel": channel.number, "reason": "off" }));
    running.finish().exits(4).stderr_has("sharing is switched off in the popup");
}

#[test]
fn keys_that_differ_are_exit_4() {
    for command in ["once", "watch"] {
        let mut browser = Browser::start();
        let running = browser.tool([command, "example.com"]).start();
        let first = browser.extension.hear_kind("noise");
        browser
            .extension
            .say(&json!({ "v": 1, "kind": "refused", "channel": first["channel"], "reason": "keys differ" }));
        running.finish().exits(4).stderr_has("the keys differ").stderr_has("bridge-install key set");
    }
}

#[test]
fn once_without_a_browser_fails_within_ten_seconds() {
    let home = tempfile::tempdir().unwrap();
    let started = Instant::now();
    tool(home.path(), ["once", "example.com"])
        .fails(3)
        .stdout_is("")
        .stderr_has("The browser bridge is not installed: run `bridge-install install`");
    assert!(started.elapsed() < Duration::from_secs(5));
    Keys::within(home.path().join("countersign/state")).make_default().unwrap();
    let started = Instant::now();
    tool(home.path(), ["once", "example.com"]).fails(3).stdout_is("").stderr_has("Not connected: no browser");
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn watch_comes_before_the_browser_and_outlives_it() {
    let home = tempfile::tempdir().unwrap();
    let key = Keys::within(home.path().join("countersign/state")).make_default().unwrap();
    let mut running = tool(home.path(), ["watch", "example.com", "--jar", "cookies.txt"]).start();
    assert!(running.stderr_line().contains("no browser has started the bridge"));
    let extension = another(home.path(), "chromium");
    let mut browser = Browser { home, key, extension };
    let channel = browser.accept();
    browser.snapshot(&channel, &[cookie("example.com", "a", "1"), cookie("example.com", "b", "1")]);
    browser.await_file("cookies.txt", |jar| lines(jar).len() == 2);
    // The bridge dies with all that it knows; what is in the jar stays.
    browser.extension.child.kill().unwrap();
    browser.extension = another(browser.home.path(), "chromium");
    let channel = browser.accept();
    assert_eq!(lines(&browser.read("cookies.txt")).len(), 2);
    browser.snapshot(&channel, &[cookie("example.com", "b", "2")]);
    let jar = browser.await_file("cookies.txt", |jar| lines(jar).len() == 1);
    assert!(jar.contains("\tb\t2\n"), "{jar}");
    running.signal("INT");
    running.finish().exits(130);
}

#[test]
fn of_two_browsers_the_last_change_counts_and_one_can_be_chosen() {
    let mut browser = Browser::start();
    let mut firefox = another(browser.home.path(), "firefox");
    let running = browser.tool(["watch", "example.com", "--jar", "cookies.txt"]).start();
    let one = browser.accept();
    let two = accept(&mut firefox, &browser.key);
    browser.snapshot(&one, &[cookie("example.com", "a", "chromium"), cookie("example.com", "b", "chromium")]);
    browser.await_file("cookies.txt", |jar| lines(jar).len() == 2);
    let domain = two.subscription["domains"][0].clone();
    let theirs = cookie("example.com", "a", "firefox");
    firefox.say_sealed(two.number, &json!({ "type": "cookies", "domain": domain, "cookies": [theirs] }));
    browser.await_file("cookies.txt", |jar| jar.contains("\ta\tfirefox\n") && jar.contains("\tb\tchromium\n"));
    browser.change(&one, &cookie("example.com", "a", "again"), false, "explicit");
    browser.await_file("cookies.txt", |jar| jar.contains("\ta\tagain\n"));
    running.signal("INT");
    running.finish().exits(130);
    let chosen = browser.tool(["once", "example.com", "--from-browser", "firefox", "--jar", "-"]).start();
    let two = accept(&mut firefox, &browser.key);
    firefox.say_sealed(two.number, &json!({ "type": "cookies", "domain": domain, "cookies": [theirs] }));
    chosen.finish().exits(0).stdout_has("\ta\tfirefox\n");
    let none = browser.tool(["once", "example.com", "--from-browser", "vivaldi"]);
    none.fails(3).stderr_has("is the one of --from-browser");
}

#[test]
fn stores_are_asked_for_by_the_browsers_names() {
    let mut browser = Browser::start();
    let running = browser
        .tool([
            "once",
            "example.com",
            "--cookie-store",
            "1",
            "--cookie-store",
            "firefox-container-2",
            "--json-file",
            "-",
        ])
        .start();
    let channel = browser.accept();
    assert_eq!(channel.subscription["stores"], json!(["1", "firefox-container-2"]));
    browser.snapshot(&channel, &[with(cookie("example.com", "a", "1"), json!({ "storeId": "1" }))]);
    running.finish().exits(0).stdout_has("\"storeId\":\"1\"");
}

#[test]
fn wait_ends_when_the_cookie_is_there() {
    let mut browser = Browser::start();
    let mut running = browser.tool(["wait", "sid", "example.com", "--jar", "cookies.txt"]).start();
    let channel = browser.accept();
    browser.consent(&channel, "example.com", "waiting");
    running.stderr_line();
    browser.consent(&channel, "example.com", "granted");
    browser.snapshot(&channel, &[cookie("example.com", "other", "1")]);
    browser.await_file("cookies.txt", |jar| jar.contains("\tother\t"));
    browser.change(&channel, &cookie(".example.com", "sid", "1"), false, "explicit");
    running.finish().exits(0).stdout_is("");
    assert!(browser.read("cookies.txt").contains("\tsid\t1\n"), "it is in the jar by then");
    let running = browser.tool(["wait", "sid", "example.com", "--timeout", "200ms"]).start();
    running.finish().exits(3).stderr_has("no cookie named sid");
}

#[test]
fn the_added_list_is_what_is_synced() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let tool = Tool::new("cookie-sync").args(arguments).env("COUNTERSIGN_HOME", home.path().join("countersign"));
        tool.run()
    };
    run(&["once"]).exits(2).stderr_has("cookie-sync add");
    run(&["add", "Example.com:8080", "https://bücher.example", "localhost"]).exits(0).stderr_is("").stdout_is("");
    run(&["add", "example.com"]).exits(0).stderr_has("added already");
    run(&["list"]).exits(0).stdout_is("example.com\nhttps://xn--bcher-kva.example\nlocalhost\n");
    assert_eq!(run(&["list", "--json"]).json()[0][1]["hostOnly"], true);
    run(&["remove", "localhost", "https://example.com"]).exits(1).stderr_has("https://example.com: was not added");
    run(&["list"]).stdout_is("example.com\nhttps://xn--bcher-kva.example\n");
    for wrong in ["com", "a b", "ftp://example.com", ""] {
        run(&["add", wrong]).exits(2).stdout_is("");
    }
    use std::os::unix::fs::MetadataExt as _;
    let file = home.path().join("countersign/state/cookie-domains");
    assert_eq!(std::fs::metadata(file).unwrap().mode() & 0o777, 0o600);
}

#[test]
fn watching_the_list_notices_what_is_added() {
    let mut browser = Browser::start();
    browser.tool(["add", "one.test"]).succeeds();
    let running = browser.tool(["watch", "--jar", "cookies.txt"]).start();
    let channel = browser.accept();
    browser.snapshot(&channel, &[cookie("one.test", "a", "1")]);
    browser.await_file("cookies.txt", |jar| lines(jar).len() == 1);
    browser.tool(["add", "two.test"]).succeeds();
    browser.tool(["remove", "one.test"]).succeeds();
    let subscription = loop {
        let (_, message) = browser.extension.hear_sealed();
        if message["of"] == "cookies" && message["domains"] == json!([{ "name": "two.test", "hostOnly": false }]) {
            break message;
        }
    };
    let channel = Channel { number: channel.number, subscription };
    browser.snapshot(&channel, &[cookie("two.test", "b", "1")]);
    browser.await_file("cookies.txt", |jar| lines(jar).len() == 2);
    running.signal("INT");
    running.finish().exits(130);
}

#[test]
fn export_prints_every_format_and_offline_what_was_last() {
    let mut browser = Browser::start();
    let cookies = [
        with(cookie(".example.com", "a", "1"), json!({ "path": "/me" })),
        with(cookie("www.example.com", "b", "2"), json!({ "secure": true })),
    ];
    let running = browser.tool(["export", "example.com"]).start();
    let channel = browser.accept();
    browser.snapshot(&channel, &cookies);
    let jar = running.finish().exits(0).out();
    assert_eq!(lines(&jar).len(), 2, "{jar}");
    browser.tool(["export", "--offline"]).fails(1).stderr_has("nothing was synced yet");
    browser
        .tool(["export"])
        .fails(2)
        .stderr_has("no domain given: name one, or `cookie-sync add example.com` to use it in every run");
    let running = browser.tool(["once", "example.com"]).start();
    let channel = browser.accept();
    browser.snapshot(&channel, &cookies);
    running.finish().exits(0);
    browser.tool(["export", "--offline"]).succeeds().stdout_is(&jar).stderr_is("");
    browser.tool(["export"]).succeeds().stdout_is(&jar).stderr_has("synced last");
    browser.tool(["apply", "--to", "header"]).stdin("http://example.com/me").succeeds().stdout_is("Cookie: a=1\n");
    browser
        .tool(["export", "--offline", "--to", "header", "https://www.example.com/me/x"])
        .succeeds()
        .stdout_is("Cookie: a=1; b=2\n");
    browser.tool(["export", "--offline", "--to", "header", "http://www.example.com/"]).succeeds().stdout_is("");
    browser.tool(["export", "--offline", "--to", "header"]).fails(2);
    browser.tool(["export", "--offline", "other.test", "--to", "json"]).succeeds().stdout_is("[]\n");
    let json: Value =
        serde_json::from_str(&browser.tool(["export", "--offline", "--to", "json"]).succeeds().out()).unwrap();
    assert_eq!(json[1]["domain"], "www.example.com");
    let state: Value =
        serde_json::from_str(&browser.tool(["export", "--offline", "--to", "storage-state"]).succeeds().out()).unwrap();
    assert_eq!(state["cookies"][0]["domain"], ".example.com");
    browser.tool(["export", "--offline", "--to", "session"]).succeeds().stdout_has("HTTPie session file");
    std::fs::write(browser.path("jar.txt"), jar).unwrap();
    browser
        .tool(["export", "--jar", "jar.txt", "https://www.example.com", "--to", "json"])
        .succeeds()
        .stdout_has("\"b\"");
}

#[test]
fn what_was_synced_outlives_a_tool_that_is_killed() {
    let mut browser = Browser::start();
    let running = browser.tool(["watch", "example.com", "--jar", "cookies.txt"]).start();
    let channel = browser.accept();
    browser.snapshot(&channel, &[cookie("example.com", "a", "1")]);
    browser.await_file("countersign/state/cookies.json", |json| json.contains("\"a\""));
    running.signal("KILL");
    drop(running);
    browser
        .tool(["apply", "--offline", "--to", "header"])
        .stdin("http://example.com/")
        .succeeds()
        .stdout_is("Cookie: a=1\n");
    assert_eq!(lines(&browser.read("cookies.txt")).len(), 1);
}

#[test]
fn apply_puts_the_right_cookies_on_each_request() {
    let jar = "example.com\tFALSE\t/\tFALSE\t0\thost\t1\n.example.com\tTRUE\t/me\tFALSE\t0\tdeep\t2\n\
               .example.com\tTRUE\t/\tTRUE\t0\tsecure\t3\nexample.com\tFALSE\t/\tFALSE\t1000\told\t4\n.com\tTRUE\t/\tFALSE\t0\tevil\t5\n";
    let apply =
        |input: &str| Tool::new("cookie-sync").file("jar", jar).args(["apply", "--jar", "jar"]).stdin(input).succeeds();
    let cookie = |output: &Value| {
        let headers = output["headers"].as_array().unwrap();
        headers
            .iter()
            .find(|header| header["name"] == "Cookie")
            .map(|header| header["value"].as_str().unwrap().to_owned())
    };
    let urls = "http://example.com/\nhttp://example.com/me\nhttps://www.example.com/me\nhttp://other.com/\n";
    let applied: Vec<Option<String>> = apply(urls).json().iter().map(cookie).collect();
    let expected = [Some("host=1"), Some("deep=2; host=1"), Some("deep=2; secure=3"), None];
    assert_eq!(applied, expected.map(|value| value.map(str::to_owned)));
    let given = r#"{"method":"GET","url":"http://example.com/","headers":[{"name":"Cookie","value":"host=x; mine=y"},{"name":"A","value":"b"}],"_k":1}"#;
    let expected = r#"{"method":"GET","url":"http://example.com/","headers":[{"name":"Cookie","value":"host=1; mine=y"},{"name":"A","value":"b"}],"_k":1}"#;
    apply(given).stdout_is(&format!("{expected}\n"));
    let past = ["apply", "--jar", "jar", "--now", "@999", "--to", "header"];
    let run = Tool::new("cookie-sync").file("jar", jar).args(past).stdin("http://example.com/\n");
    run.succeeds().stdout_is("Cookie: host=1; old=4\n");
    let bad = Tool::new("cookie-sync")
        .file("jar", jar)
        .args(["apply", "--jar", "jar"])
        .stdin("nonsense\nhttp://example.com/\n");
    bad.fails(1).stderr_has("cookie-sync: line 1: ").stdout_has("host=1");
}

#[test]
fn apply_follows_the_browser_while_requests_come() {
    let mut browser = Browser::start();
    let mut running = browser.tool(["apply", "--domain", "example.com", "--to", "header"]).start();
    let channel = browser.accept();
    browser.snapshot(&channel, &[cookie("example.com", "a", "1")]);
    running.write("http://example.com/\n");
    assert_eq!(running.stdout_line(), "Cookie: a=1");
    browser.change(&channel, &cookie("example.com", "a", "2"), false, "explicit");
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        running.write("http://example.com/\n");
        if running.stdout_line() == "Cookie: a=2" {
            break;
        }
        assert!(Instant::now() < until);
    }
    running.close_stdin();
    running.finish().exits(0);
}

#[test]
fn ten_thousand_cookies_are_synced_and_what_was_dropped_is_asked_for_again() {
    let mut browser = Browser::start();
    let running = browser.tool(["watch", "example.com", "--jar", "cookies.txt"]).start();
    let channel = browser.accept();
    let cookies: Vec<Value> =
        (0..10_000).map(|n| cookie(&format!("h{n}.example.com"), "sid", &"x".repeat(60))).collect();
    browser.snapshot(&channel, &cookies);
    browser.await_file("cookies.txt", |jar| lines(jar).len() == 10_000);
    browser.say(&channel, &json!({ "type": "dropped", "count": 3 }));
    let again = loop {
        let (_, message) = browser.extension.hear_sealed();
        if message["type"] == "subscribe" && message["of"] == "cookies" {
            break message;
        }
    };
    assert_eq!(again, channel.subscription);
    browser.snapshot(&channel, &[]);
    browser.await_file("cookies.txt", |jar| lines(jar).is_empty());
    running.signal("INT");
    running.finish().exits(130);
}

#[test]
fn a_jar_that_cannot_be_written_is_exit_1() {
    let mut browser = Browser::start();
    let running = browser.tool(["watch", "example.com", "--jar", "no/such/folder/cookies.txt"]).start();
    let channel = browser.accept();
    browser.snapshot(&channel, &[]);
    running.finish().exits(1).stderr_has("no/such/folder/cookies.txt");
}

#[test]
fn values_are_secrets_that_no_message_tells() {
    let mut browser = Browser::start();
    let running = browser.tool(["once", "example.com", "--jar", "cookies.txt", "-vv"]).start();
    let channel = browser.accept();
    let odd = cookie("example.com", "bad", "s3cr3t\u{1}");
    browser.snapshot(&channel, &[cookie("example.com", "a", "s3cr3t"), odd, cookie("example.com", "", "s3cr3t")]);
    running.finish().exits(0).never_says("s3cr3t").stderr_has("1 nameless or tabbed cookie is left out");
}

/// Builds what sets a tool's clock.
#[cfg(target_os = "linux")]
fn clock(folder: &Path) -> PathBuf {
    let library = folder.join("clock.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/clock.c");
    Tool::program("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).arg("-ldl").succeeds();
    library
}

#[test]
#[cfg(target_os = "linux")]
fn a_clock_that_jumps_ends_cookies_and_brings_them_back() {
    let mut browser = Browser::start();
    let library = clock(browser.home.path());
    let ahead = browser.path("ahead");
    let tool = browser.tool(["watch", "example.com", "--jar", "cookies.txt"]).env("LD_PRELOAD", library);
    let running = tool.env("CLOCK_AHEAD", &ahead).start();
    let channel = browser.accept();
    let lasting = json!({ "session": false, "expirationDate": now() + 3600 });
    browser.snapshot(
        &channel,
        &[with(cookie("example.com", "hour", "1"), lasting), cookie("example.com", "session", "1")],
    );
    browser.await_file("cookies.txt", |jar| lines(jar).len() == 2);
    for (jump, left) in [("7200", 1), ("0", 2), ("-86400", 2), ("7200", 1)] {
        let started = Instant::now();
        std::fs::write(&ahead, jump).unwrap();
        browser.await_file("cookies.txt", |jar| lines(jar).len() == left);
        assert!(started.elapsed() < Duration::from_secs(5), "{jump}: {:?}", started.elapsed());
    }
    running.signal("INT");
    running.finish().exits(130);
}
