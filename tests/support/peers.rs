//! Peers: signers and servers that other people wrote, as `tests/support/peers/install` puts them into `target/peers`.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::Value;

/// A command that runs a Python script of `tests/support/peers`.
pub fn python(script: &str) -> Command {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let interpreter: PathBuf = root.join("target/peers/venv/bin/python");
    assert!(
        interpreter.is_file(),
        "the peers that this test compares with are not installed: run tests/support/peers/install, or make test"
    );
    let mut command = Command::new(interpreter);
    command.arg(root.join("tests/support/peers").join(script));
    command
}

/// Asks a peer that answers each JSON line with one JSON line, and ends with its input.
pub fn ask(script: &str, questions: &[Value]) -> Vec<Value> {
    let mut child = python(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the peer starts");
    let mut input = child.stdin.take().expect("its input is a pipe");
    let output = BufReader::new(child.stdout.take().expect("its output is a pipe"));
    let answers: Vec<Value> = std::thread::scope(|scope| {
        scope.spawn(move || {
            for question in questions {
                // A peer that has died says so by its missing answers.
                let _ = writeln!(input, "{question}");
            }
        });
        output.lines().map(|line| serde_json::from_str(&line.expect("text")).expect("an answer in JSON")).collect()
    });
    assert!(child.wait().expect("the peer ends").success(), "{script} failed");
    assert_eq!(answers.len(), questions.len(), "{script} did not answer every question");
    answers
}

/// A peer that runs until its input closes, as it does at the latest when the test's process ends.
pub struct Server {
    /// What it said when it was ready.
    pub ready: Value,
    child: Child,
    input: Option<ChildStdin>,
}

impl Server {
    /// Starts it, and waits for the line that says that it is ready.
    pub fn start(script: &str) -> Self {
        let mut child = python(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the peer starts");
        let input = child.stdin.take();
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output is a pipe"))
            .read_line(&mut line)
            .expect("its first line");
        let ready =
            serde_json::from_str(&line).unwrap_or_else(|error| panic!("{script} did not start: {error}: {line}"));
        Self { ready, child, input }
    }

    /// A text of the line that says that it is ready, by JSON pointer.
    pub fn text(&self, pointer: &str) -> &str {
        self.ready.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}
