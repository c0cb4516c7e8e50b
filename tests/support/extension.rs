//! An extension in Rust, at the other end of a bridge's standard streams: frames as a browser writes them.

use std::collections::HashMap;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use countersign_shared::bridge::channel::{Channel, Responder};
use countersign_shared::bridge::key::Key;
use serde_json::{Value, json};

use super::tool::{bin, spawn};

/// The origin that our extension has in Chromium.
pub(crate) const ORIGIN: &str = "chrome-extension://bogldfhikhcefhmlmghkhkkhicnaaagb/";

/// A bridge that runs, and the extension that its browser started it for.
pub(crate) struct Extension {
    pub(crate) child: Child,
    pub(crate) stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    stderr: Option<ChildStderr>,
    channels: HashMap<u64, Channel>,
}

impl Extension {
    /// Starts the bridge that Cargo built, with this home.
    pub(crate) fn start(home: &Path) -> Self {
        Self::start_program(&bin("countersign-bridge"), home, &[ORIGIN])
    }

    /// Starts a bridge with these arguments.
    pub(crate) fn start_program(program: &Path, home: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).env_clear().env("HOME", home).env("COUNTERSIGN_HOME", home.join("countersign"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = spawn(&mut command).unwrap();
        Self {
            stdin: child.stdin.take(),
            stdout: BufReader::new(child.stdout.take().unwrap()),
            stderr: child.stderr.take(),
            child,
            channels: HashMap::new(),
        }
    }

    /// Bytes as they are.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.stdin.as_mut().unwrap().write_all(bytes).unwrap();
    }

    /// One frame.
    pub(crate) fn say(&mut self, value: &Value) {
        let text = value.to_string();
        let mut bytes = u32::try_from(text.len()).unwrap().to_ne_bytes().to_vec();
        bytes.extend_from_slice(text.as_bytes());
        self.write(&bytes);
    }

    /// Says who it is.
    pub(crate) fn greet(&mut self, browser: &str) {
        self.say(&json!({ "v": 1, "kind": "hello", "name": "extension", "version": "0.1.0", "browser": browser }));
    }

    /// The next frame; none at the end.
    pub(crate) fn hear(&mut self) -> Option<Value> {
        let mut length = [0; 4];
        self.stdout.read_exact(&mut length).ok()?;
        let mut bytes = vec![0; u32::from_ne_bytes(length) as usize];
        self.stdout.read_exact(&mut bytes).unwrap();
        Some(serde_json::from_slice(&bytes).unwrap())
    }

    /// The next frame of a kind; others are passed over.
    pub(crate) fn hear_kind(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.hear().unwrap_or_else(|| panic!("no {kind}"));
            if frame["kind"] == kind {
                return frame;
            }
        }
    }

    /// Lets the next tool in. Gives its channel's number.
    pub(crate) fn accept(&mut self, key: &Key) -> u64 {
        let first = self.hear_kind("noise");
        let number = first["channel"].as_u64().unwrap();
        let (channel, answer) = Responder::answer(key, first["message"].as_str().unwrap()).unwrap();
        self.say(&json!({ "v": 1, "kind": "noise", "channel": number, "message": answer }));
        self.channels.insert(number, channel);
        number
    }

    /// The next thing that a tool says, with its channel.
    pub(crate) fn hear_sealed(&mut self) -> (u64, Value) {
        loop {
            let frame = self.hear_kind("sealed");
            let number = frame["channel"].as_u64().unwrap();
            let channel = self.channels.get_mut(&number).unwrap();
            if let Some(text) = channel.open(frame["message"].as_str().unwrap()).unwrap() {
                return (number, serde_json::from_str(&text).unwrap());
            }
        }
    }

    /// Says something to one tool.
    pub(crate) fn say_sealed(&mut self, number: u64, value: &Value) {
        for message in self.channels.get_mut(&number).unwrap().seal(&value.to_string()).unwrap() {
            self.say(&json!({ "v": 1, "kind": "sealed", "channel": number, "message": message }));
        }
    }

    /// Returns what it printed on standard error, and how it ended. The browser lets go first.
    pub(crate) fn end(mut self, limit: Duration) -> (ExitStatus, String) {
        self.stdin = None;
        self.wait(limit)
    }

    /// Returns how it ends by itself.
    pub(crate) fn wait(mut self, limit: Duration) -> (ExitStatus, String) {
        let until = Instant::now() + limit;
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None if Instant::now() > until => panic!("the bridge did not end within {limit:?}"),
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        let mut said = String::new();
        self.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (status, said)
    }
}

impl Drop for Extension {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Folder where bridges with this home have their sockets.
pub(crate) fn sockets(home: &Path) -> PathBuf {
    home.join("countersign/run")
}
