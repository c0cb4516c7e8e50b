//! `--exec`: runs a command after changes, one run at a time.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use crate::tool::say;

/// A thread that runs the command. Changes that come while it runs go to its next run, all at once.
pub(crate) struct CommandRunner {
    changes: Sender<String>,
    thread: JoinHandle<RunResult>,
}

/// The result of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RunResult {
    Succeeded,
    Failed,
}

impl CommandRunner {
    /// Starts the thread.
    pub(crate) fn start(line: String) -> Self {
        let (changes, waiting) = channel();
        Self { changes, thread: thread::spawn(move || work(&line, &waiting)) }
    }

    /// Hands changes, a line of JSON each, to the command's standard input.
    pub(crate) fn run(&self, lines: String) {
        // Sending fails only if the thread has ended, and it ends only after this sender is dropped.
        let _ = self.changes.send(lines);
    }

    /// Waits for the last run and returns its result.
    pub(crate) fn finish(self) -> RunResult {
        // The thread ends once no sender is left, so joining it first would wait for ever.
        drop(self.changes);
        self.thread.join().unwrap_or(RunResult::Failed)
    }
}

fn work(line: &str, waiting: &Receiver<String>) -> RunResult {
    let mut outcome = RunResult::Succeeded;
    while let Ok(mut lines) = waiting.recv() {
        lines.extend(waiting.try_iter());
        outcome = match run(line, &lines) {
            Ok(None) => RunResult::Succeeded,
            Ok(Some(status)) => {
                say(&format!("--exec: the command ended with {status}"));
                RunResult::Failed
            }
            Err(error) => {
                say(&format!("--exec: the command cannot be run: {error}"));
                RunResult::Failed
            }
        };
    }
    outcome
}

/// Runs the command once. Returns its exit status if it failed.
fn run(line: &str, lines: &str) -> std::io::Result<Option<std::process::ExitStatus>> {
    let mut child = shell(line).stdin(Stdio::piped()).spawn()?;
    // It is taken so that it is closed after the write: a command that reads to the end waits for that.
    if let Some(mut stdin) = child.stdin.take() {
        // A command that does not read its input may have closed it: that is no failure.
        let _ = stdin.write_all(lines.as_bytes());
    }
    let status = child.wait()?;
    Ok(if status.success() { None } else { Some(status) })
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
    // `cmd` splits its line by rules of its own, so the usual quoting would become part of the command.
    command.arg("/C").raw_arg(line);
    command
}
