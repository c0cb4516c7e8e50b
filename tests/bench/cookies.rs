//! Time until a browser's cookies are in the jar: a first sync of 10,000, one change; and how many requests a second `apply` does,
//! against `sign none`, which reads and writes the same lines.
//!
//! Run by `make bench`, or `cargo bench --bench cookies`. The bridge is the real one; the extension at its other end is a
//! stand-in that seals and says the same, so what a browser itself takes is not in these figures.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/extension.rs"]
#[allow(dead_code, reason = "the harness of the tests, of which this needs a part")]
mod extension;
#[path = "../support/tool.rs"]
#[allow(dead_code, reason = "the harness of the tests, of which this needs a part")]
mod tool;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use countersign_shared::bridge::key::Keys;
use serde_json::{Value, json};

use extension::Extension;
use tool::{Running, Tool, bin};

/// Cookies in a first sync.
const MANY: usize = 10_000;

/// Changes whose way is measured, one after another.
const CHANGES: usize = 300;

/// Requests through `apply`.
const REQUESTS: usize = 300_000;

fn main() {
    // `cargo test --benches` asks whether it works, not how fast it is.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    for cookies in [20, MANY] {
        let mut sync = Sync::start(cookies);
        println!("first sync of {cookies} cookies, from the start of the tool to the jar: {:.0?}", sync.first);
        let (median, worst) = sync.changes();
        println!(
            "a change in a jar of {cookies}, from the extension to the jar: median {median:.1?}, 99 % {worst:.1?}"
        );
    }
    apply();
}

/// A watch that is under way.
struct Sync {
    extension: Extension,
    channel: u64,
    domain: Value,
    /// Time that the first sync took.
    first: Duration,
    home: tempfile::TempDir,
    _tool: Running,
}

fn cookie(number: usize, value: &str) -> Value {
    json!({
        "name": format!("name-{number}"), "value": value, "domain": format!(".h{}.example.com", number / 50),
        "hostOnly": false, "path": "/", "secure": true, "httpOnly": true, "sameSite": "lax", "session": false,
        "expirationDate": 1_999_999_999.5, "storeId": "0"
    })
}

impl Sync {
    fn start(count: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        let key = Keys::within(home.path().join("countersign/state")).make_default().unwrap();
        let mut extension = Extension::start(home.path());
        extension.greet("chromium");
        let cookies: Vec<Value> = (0..count).map(|number| cookie(number, &"v".repeat(100))).collect();
        let start = Instant::now();
        let tool = Tool::new("cookie-sync").args(["watch", "example.com", "--jar", "cookies.txt"]);
        let tool = tool.env("COUNTERSIGN_HOME", home.path().join("countersign")).within(home.path()).start();
        let channel = extension.accept(&key);
        let domain = loop {
            let (_, message) = extension.hear_sealed();
            if message["of"] == "cookies" {
                break message["domains"][0].clone();
            }
        };
        extension.say_sealed(channel, &json!({ "type": "cookies", "domain": domain, "cookies": cookies }));
        let jar = home.path().join("cookies.txt");
        await_that(|| jar.exists());
        let first = start.elapsed();
        let lines = std::fs::read_to_string(&jar).unwrap().lines().filter(|line| line.contains('\t')).count();
        assert_eq!(lines, count, "a jar appears whole");
        Self { extension, channel, domain, first, home, _tool: tool }
    }

    /// The median of the changes, and what 99 of 100 stay under.
    fn changes(&mut self) -> (Duration, Duration) {
        let jar = self.home.path().join("cookies.txt");
        let mut took: Vec<Duration> = (0..CHANGES)
            .map(|number| {
                let change = json!({
                    "type": "cookie", "domain": self.domain, "cookie": cookie(7, &format!("changed-{number}")),
                    "removed": false, "cause": "overwrite"
                });
                let before = number_of(&jar);
                let start = Instant::now();
                self.extension.say_sealed(self.channel, &change);
                await_that(|| number_of(&jar) != before);
                let took = start.elapsed();
                assert!(std::fs::read_to_string(&jar).unwrap().contains(&format!("\tchanged-{number}\n")));
                took
            })
            .collect();
        took.sort_unstable();
        (took[CHANGES / 2], took[CHANGES * 99 / 100])
    }
}

/// A file that was replaced has another number.
fn number_of(path: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).unwrap().ino()
}

fn await_that(is_so: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < until, "nothing happened");
        std::thread::sleep(Duration::from_micros(50));
    }
}

fn apply() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let line = |number: usize| {
        format!(
            "{{\"method\":\"GET\",\"url\":\"https://h{}.example.com/items/{number}\",\"headers\":[{{\"name\":\"Accept\",\"value\":\"application/json\"}}]}}\n",
            number % 200
        )
    };
    std::fs::write(path("requests"), (0..REQUESTS).map(line).collect::<String>()).unwrap();
    let cookie =
        |number: usize| format!(".h{}.example.com\tTRUE\t/\tTRUE\t0\tname-{number}\t{}\n", number / 5, "v".repeat(32));
    std::fs::write(path("jar"), (0..1000).map(cookie).collect::<String>()).unwrap();
    let time = |program: &str, arguments: &[&str]| {
        let rounds = (0..3).map(|_| {
            let mut command = Command::new(bin(program));
            command.args(arguments).current_dir(folder.path()).stdout(Stdio::null());
            let start = Instant::now();
            assert!(command.status().unwrap().success());
            start.elapsed()
        });
        rounds.min().unwrap().as_secs_f64()
    };
    let plain = time("sign", &["none", "requests"]);
    let applied = time("cookie-sync", &["apply", "--jar", "jar", "requests"]);
    let a_second = |took: f64| REQUESTS as f64 / took;
    println!(
        "apply, five cookies a request: {:.0} requests/s; sign none: {:.0} requests/s; {:.1} times its time",
        a_second(applied),
        a_second(plain),
        applied / plain
    );
}
