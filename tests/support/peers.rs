//! Peers: signers and servers that other people wrote, as `tests/support/peers/install` puts them into `target/peers`.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use super::tool::{Running, Tool};

/// A script of `tests/support/peers`: `.py` run by Python, `.js` by Node.js, with the packages that are installed for it.
#[track_caller]
pub(crate) fn peer(script: &str) -> Tool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let peers = root.join("target/peers");
    let is_node = Path::new(script).extension().is_some_and(|extension| extension == "js");
    let (installed, interpreter) = if is_node {
        (peers.join("node_modules/installed"), "node".into())
    } else {
        (peers.join("venv/installed"), peers.join("venv/bin/python"))
    };
    assert!(
        installed.is_file(),
        "the peers that this test compares with are not installed: run tests/support/peers/install, or make test"
    );
    let script = root.join("tests/support/peers").join(script);
    Tool::program(interpreter).arg(script).env("NODE_PATH", peers.join("node_modules"))
}

/// The hurl that `tests/support/install heavy` builds.
#[track_caller]
pub(crate) fn hurl() -> Tool {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/hurl/bin/hurl");
    assert!(program.is_file(), "hurl is not installed: run tests/support/install heavy, or make test-heavy");
    Tool::program(program)
}

/// Asks a peer that answers each JSON line with one JSON line, and ends with its input.
#[track_caller]
pub(crate) fn ask(script: &str, questions: &[Value]) -> Vec<Value> {
    let mut input = String::new();
    for question in questions {
        let _ = writeln!(input, "{question}");
    }
    let answers = peer(script).stdin(input).succeeds().json();
    assert_eq!(answers.len(), questions.len(), "{script} did not answer every question");
    answers
}

/// A peer that runs until its input closes, as it does at the latest when the test's process ends.
pub(crate) struct Server {
    /// Its words when it was ready.
    pub(crate) ready: Value,
    running: Mutex<Running>,
}

/// Processes that it has started itself would outlive it if it were killed.
impl Drop for Server {
    fn drop(&mut self) {
        self.running.get_mut().unwrap_or_else(PoisonError::into_inner).let_end();
    }
}

impl Server {
    /// Starts it, and waits for the line that says that it is ready.
    #[track_caller]
    pub(crate) fn start(script: &str) -> Self {
        let mut running = peer(script).start();
        let line = running.stdout_line();
        let ready =
            serde_json::from_str(&line).unwrap_or_else(|error| panic!("{script} did not start: {error}: {line}"));
        Self { ready, running: Mutex::new(running) }
    }

    /// A text of the line that says that it is ready, by JSON pointer.
    #[track_caller]
    pub(crate) fn text(&self, pointer: &str) -> &str {
        self.ready.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer}"))
    }
}
