//! `--exec`: a command that runs after each change, one at a time.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use crate::say;

/// Runs a command line for changes. What changes while it runs is for its next run.
pub(crate) struct Runner {
    changes: Sender<String>,
    thread: JoinHandle<Outcome>,
}

/// How the last run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Fine,
    Failed,
}

impl Runner {
    /// Gets ready.
    pub(crate) fn start(line: String) -> Self {
        let (changes, waiting) = channel();
        Self { changes, thread: thread::spawn(move || work(&line, &waiting)) }
    }

    /// Changes, a line each, which the command reads on its standard input.
    pub(crate) fn run(&self, lines: String) {
        // The thread ends only with this sender.
        let _ = self.changes.send(lines);
    }

    /// Waits for the last run.
    pub(crate) fn finish(self) -> Outcome {
        drop(self.changes);
        self.thread.join().unwrap_or(Outcome::Failed)
    }
}

fn work(line: &str, waiting: &Receiver<String>) -> Outcome {
    let mut outcome = Outcome::Fine;
    while let Ok(mut lines) = waiting.recv() {
        lines.extend(waiting.try_iter());
        outcome = match run(line, &lines) {
            Ok(None) => Outcome::Fine,
            Ok(Some(status)) => {
                say(&format!("--exec: the command ended with {status}"));
                Outcome::Failed
            }
            Err(error) => {
                say(&format!("--exec: the command cannot be run: {error}"));
                Outcome::Failed
            }
        };
    }
    outcome
}

/// How it ended, unless it was fine.
fn run(line: &str, lines: &str) -> std::io::Result<Option<std::process::ExitStatus>> {
    let mut child = shell(line).stdin(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // It need not read them.
        let _ = stdin.write_all(lines.as_bytes());
    }
    Ok(Some(child.wait()?).filter(|status| !status.success()))
}

#[cfg(unix)]
fn shell(line: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", line]);
    command
}

#[cfg(windows)]
fn shell(line: &str) -> Command {
    use std::os::windows::process::CommandExt as _;
    let mut command = Command::new("cmd");
    command.arg("/C").raw_arg(line);
    command
}
