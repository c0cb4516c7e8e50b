//! A tool is the process that the system names, never the one that it claims to be, and until that process ends.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{connect, hello, home, send};
use crate::support::extension::{Extension, sockets};
use crate::support::peers::peer;
use crate::support::{Running, Tool};
use countersign_shared::bridge::socket;

/// A process of its own that claims to be another one, and the child that may outlive it.
struct Other {
    running: Running,
    child: Option<String>,
}

impl Other {
    /// Connects and says hello.
    fn connect(home: &std::path::Path) -> Self {
        let until = Instant::now() + Duration::from_secs(20);
        let address = loop {
            if let Some(address) = socket::find(&sockets(home)).into_iter().next() {
                break address;
            }
            assert!(Instant::now() < until, "no socket");
            std::thread::sleep(Duration::from_millis(2));
        };
        let claims = json!({
            "v": 1, "kind": "hello", "name": "cookie-sync", "version": "1",
            "pid": std::process::id(), "started": "1-1", "program": "cookie-sync",
        });
        let mut running = peer("socket_tool.js").arg(address.path()).arg(claims.to_string()).start();
        assert_eq!(running.stdout_line().trim(), r#"{"connected":true}"#);
        Self { running, child: None }
    }

    fn hear(&mut self) -> Value {
        serde_json::from_str(&self.running.stdout_line()).unwrap()
    }

    /// Starts a child that keeps the socket.
    fn bears(&mut self) {
        self.running.write("{\"do\":\"child\"}\n");
        let child = loop {
            if let Some(pid) = self.hear()["child"].as_u64() {
                break pid;
            }
        };
        self.child = Some(child.to_string());
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        if let Some(child) = self.child.take() {
            Tool::program("kill").args(["-s", "KILL", &child]).succeeds();
        }
    }
}

#[test]
fn the_process_is_the_one_that_the_system_names() {
    let home = home();
    let mut extension = Extension::start(home.path());
    extension.greet("chromium");
    let mut other = Other::connect(home.path());
    let open = extension.hear_kind("open");
    assert_eq!(open["name"], "cookie-sync", "a name is a tool's own word");
    assert_eq!((&open["pid"], &open["program"]), (&json!(other.running.id()), &json!("node")));
    assert_eq!(other.hear()["kind"], "hello");
    assert_eq!(
        other.hear(),
        json!({ "v": 1, "kind": "open", "channel": open["channel"] }),
        "a tool learns nothing of it"
    );
    // A second connection is of the same process, another process is another one.
    let mut ours = connect(home.path());
    send(&mut ours, &hello());
    let first = extension.hear_kind("open");
    let mut again = connect(home.path());
    send(&mut again, &hello());
    let second = extension.hear_kind("open");
    assert_eq!((&first["pid"], &first["started"]), (&json!(std::process::id()), &second["started"]));
    assert_ne!(first["started"], open["started"]);
    assert_ne!(open["started"], "1-1");
}

#[test]
fn a_process_that_ends_is_over_though_its_child_keeps_the_socket() {
    let home = home();
    let mut extension = Extension::start(home.path());
    extension.greet("chromium");
    for signal in ["KILL", "TERM"] {
        let mut other = Other::connect(home.path());
        let channel = extension.hear_kind("open")["channel"].clone();
        other.bears();
        // Nobody waits for it: what is left of it until then is no process any more.
        other.running.signal(signal);
        assert_eq!(extension.hear().unwrap(), json!({ "v": 1, "kind": "ended", "channel": channel }), "{signal}");
    }
    // The bridge goes on for others.
    let mut ours = connect(home.path());
    send(&mut ours, &hello());
    extension.hear_kind("open");
}

#[test]
fn a_child_that_was_left_with_the_socket_speaks_for_nobody() {
    let home = home();
    let mut extension = Extension::start(home.path());
    extension.greet("chromium");
    let stop = |extension: &Extension, signal: &str| {
        Tool::program("kill").args(["-s", signal, &extension.child.id().to_string()]).succeeds();
    };
    // Makes sure that the bridge listens, then keeps it from noticing who connects.
    drop(connect(home.path()));
    stop(&extension, "STOP");
    let mut other = Other::connect(home.path());
    other.bears();
    other.running.write("{\"do\":\"exit\"}\n");
    other.running.let_end();
    stop(&extension, "CONT");
    let mut ours = connect(home.path());
    send(&mut ours, &hello());
    let open = extension.hear_kind("open");
    assert_eq!(open["pid"], std::process::id(), "the first to be let in is the one that is there");
}

#[test]
fn a_tool_that_goes_by_itself_is_closed() {
    let home = home();
    let mut extension = Extension::start(home.path());
    extension.greet("chromium");
    let mut ours = connect(home.path());
    send(&mut ours, &hello());
    let channel = extension.hear_kind("open")["channel"].clone();
    drop(ours);
    assert_eq!(extension.hear().unwrap(), json!({ "v": 1, "kind": "close", "channel": channel }));
}
