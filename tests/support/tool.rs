//! A fluent harness round the real binaries.
//!
//! ```ignore
//! sign(["bearer", "--token", "T"]).stdin("https://example.com/\n").succeeds().stdout_has("Bearer T");
//! sign(["bearer"]).stdin("https://example.com/\n").fails(1).stderr_is("sign: line 1: …\n");
//!
//! let mut live = sign(["none"]).start();
//! live.write("https://example.com/\n");
//! assert!(live.stdout_line().contains("example.com"));
//! live.close_stdin();
//! live.finish().exits(0);
//! ```
//!
//! A tool sees nothing of the environment but `PATH` and a home of its own, which goes when the test ends. Nothing waits
//! for longer than [`LIMIT`]: a tool that hangs fails its test and is killed.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Limit for the time that anything takes.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

/// The binary that Cargo built for this test run.
pub(crate) fn bin(name: &str) -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_sign")).with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Held while a program is started or written. A child has our open files until it becomes another program, and a file that
/// anybody has open for writing cannot be run: "Text file busy".
static PROGRAMS: Mutex<()> = Mutex::new(());

/// Starts a program.
pub(crate) fn spawn(command: &mut Command) -> io::Result<Child> {
    let _alone = PROGRAMS.lock().unwrap_or_else(PoisonError::into_inner);
    command.spawn()
}

/// Writes a file that may be run.
pub(crate) fn write_program(path: &Path, content: impl AsRef<[u8]>) {
    let _alone = PROGRAMS.lock().unwrap_or_else(PoisonError::into_inner);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, content).expect("a file");
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("a mode");
}

/// `sign` with these arguments.
pub(crate) fn sign<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(arguments: I) -> Tool {
    Tool::new("sign").args(arguments)
}

/// A run to be.
pub(crate) struct Tool {
    command: Command,
    input: Input,
    home: TempDir,
    limit: Duration,
}

enum Input {
    Bytes(Vec<u8>),
    Other,
}

impl Tool {
    /// One of our tools, by name.
    pub(crate) fn new(name: &str) -> Self {
        Self::program(bin(name))
    }

    /// Any program, with the same clean environment; our tools come first in its `PATH`.
    pub(crate) fn program(program: impl AsRef<OsStr>) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(program);
        command.env_clear().env("HOME", home.path()).env("COUNTERSIGN_HOME", home.path().join("countersign"));
        command.env("TMPDIR", home.path()).env("PATH", path()).current_dir(home.path());
        for kept in ["SystemRoot", "WINEPREFIX", "WINEDEBUG"] {
            std::env::var_os(kept).map(|value| command.env(kept, value));
        }
        Self { command, input: Input::Bytes(Vec::new()), home, limit: LIMIT }
    }

    /// One more argument.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// More arguments.
    pub(crate) fn args<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(mut self, arguments: I) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets an environment variable.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Gives the tool's input; without it, there is none.
    pub(crate) fn stdin(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.input = Input::Bytes(bytes.as_ref().to_vec());
        self
    }

    /// Standard input from elsewhere: a file, a pipe, a terminal.
    pub(crate) fn stdin_from(mut self, stdin: impl Into<Stdio>) -> Self {
        self.command.stdin(stdin);
        self.input = Input::Other;
        self
    }

    /// Standard output to elsewhere: `/dev/full`, a closed pipe. It is not captured then.
    pub(crate) fn stdout_to(mut self, stdout: impl Into<Stdio>) -> Output {
        self.command.stdout(stdout);
        self.launch(Capture::Stderr).finish()
    }

    /// Writes a file into the tool's home, which is its working folder too.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.home.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, content).expect("a file");
        self
    }

    /// Writes a program into the tool's home.
    pub(crate) fn program_file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        write_program(&self.home.path().join(name), content);
        self
    }

    /// The tool's home and working folder.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Another working folder.
    pub(crate) fn within(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Another time limit.
    pub(crate) fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// The command as it stands, for what the harness does not do.
    pub(crate) fn command(&mut self) -> &mut Command {
        &mut self.command
    }

    /// Runs to the end.
    pub(crate) fn run(self) -> Output {
        self.launch(Capture::Both).finish()
    }

    /// Runs, and exits 0.
    #[track_caller]
    pub(crate) fn succeeds(self) -> Output {
        self.run().exits(0)
    }

    /// Runs, and exits with this code, which is not 0.
    #[track_caller]
    pub(crate) fn fails(self, code: i32) -> Output {
        assert_ne!(code, 0, "a failure has a code");
        self.run().exits(code)
    }

    /// Starts, and leaves standard input open for [`Running::write`]: what [`Tool::stdin`] was given comes first.
    pub(crate) fn start(self) -> Running {
        let mut running = self.launch(Capture::Both);
        running.keep_stdin_open();
        running
    }

    fn launch(mut self, capture: Capture) -> Running {
        if matches!(self.input, Input::Bytes(_)) {
            self.command.stdin(Stdio::piped());
        }
        if capture == Capture::Both {
            self.command.stdout(Stdio::piped());
        }
        self.command.stderr(Stdio::piped());
        let mut child = match spawn(&mut self.command) {
            Ok(child) => child,
            Err(error) => panic!("{:?}: {error}", self.command.get_program()),
        };
        // The command holds the other ends of pipes that it was given.
        let shown = format!("{:?}", self.command);
        drop(self.command);
        let first = match self.input {
            Input::Bytes(bytes) => bytes,
            Input::Other => Vec::new(),
        };
        Running {
            stdin: child.stdin.take(),
            first,
            stdout: Stream::of(child.stdout.take()),
            stderr: Stream::of(child.stderr.take()),
            child,
            shown,
            home: Some(self.home),
            limit: self.limit,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Capture {
    Both,
    Stderr,
}

/// This test run's binaries, then the `PATH` of the test run.
fn path() -> OsString {
    let ours = bin("sign").parent().expect("a folder").to_path_buf();
    let theirs = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(ours).chain(std::env::split_paths(&theirs))).expect("a search path")
}

/// An output of a child, read by a thread so that a full pipe never stops it.
struct Stream {
    chunks: Receiver<Vec<u8>>,
    /// All that has come.
    seen: Vec<u8>,
    /// Number of bytes that were handed out.
    taken: usize,
}

impl Stream {
    fn of(reader: Option<impl Read + Send + 'static>) -> Self {
        let (sender, chunks) = channel();
        if let Some(mut reader) = reader {
            std::thread::spawn(move || {
                let mut chunk = vec![0; 1 << 16];
                while let Ok(count @ 1..) = reader.read(&mut chunk) {
                    if sender.send(chunk[..count].to_vec()).is_err() {
                        break;
                    }
                }
            });
        }
        Self { chunks, seen: Vec::new(), taken: 0 }
    }

    /// Takes what comes up to and with this text, or `None` where the stream ends before.
    fn take(&mut self, text: &[u8], until: Instant) -> Result<Option<Vec<u8>>, RecvTimeoutError> {
        let mut searched = self.taken;
        loop {
            let start = searched.saturating_sub(text.len()).max(self.taken);
            let found = self.seen[start..].windows(text.len()).position(|window| window == text);
            if let Some(at) = found {
                let end = start + at + text.len();
                let taken = self.seen[self.taken..end].to_vec();
                self.taken = end;
                return Ok(Some(taken));
            }
            searched = self.seen.len();
            if !self.more(until)? {
                return Ok(None);
            }
        }
    }

    /// The next line, the last one with or without its line break, or `None` at the end.
    fn line(&mut self, until: Instant) -> Result<Option<Vec<u8>>, RecvTimeoutError> {
        let line = self.take(b"\n", until)?;
        let rest = self.seen[self.taken..].to_vec();
        if line.is_none() {
            self.taken = self.seen.len();
        }
        Ok(line.or(Some(rest).filter(|rest| !rest.is_empty())))
    }

    /// Waits for more; false at the end.
    fn more(&mut self, until: Instant) -> Result<bool, RecvTimeoutError> {
        match self.chunks.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(chunk) => {
                self.seen.extend_from_slice(&chunk);
                Ok(true)
            }
            Err(RecvTimeoutError::Disconnected) => Ok(false),
            Err(timeout) => Err(timeout),
        }
    }

    fn rest(&mut self, until: Instant) -> Result<(), RecvTimeoutError> {
        while self.more(until)? {}
        Ok(())
    }
}

/// A tool that runs. It is killed when this goes away.
pub(crate) struct Running {
    child: Child,
    stdin: Option<ChildStdin>,
    first: Vec<u8>,
    stdout: Stream,
    stderr: Stream,
    shown: String,
    home: Option<TempDir>,
    limit: Duration,
}

impl Running {
    fn keep_stdin_open(&mut self) {
        let first = std::mem::take(&mut self.first);
        if !first.is_empty() {
            self.write(first);
        }
    }

    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Writes to its standard input, now.
    #[track_caller]
    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) {
        let stdin = self.stdin.as_mut().expect("an open standard input");
        stdin.write_all(bytes.as_ref()).and_then(|()| stdin.flush()).expect("a reader of standard input");
    }

    /// The end of its input.
    pub(crate) fn close_stdin(&mut self) {
        self.stdin = None;
    }

    /// The next line of its standard output, without the line break. Fails when there is none.
    #[track_caller]
    pub(crate) fn stdout_line(&mut self) -> String {
        let line = self.stdout.line(Instant::now() + self.limit);
        self.line(line, "standard output")
    }

    /// The next line of its standard error.
    #[track_caller]
    pub(crate) fn stderr_line(&mut self) -> String {
        let line = self.stderr.line(Instant::now() + self.limit);
        self.line(line, "standard error")
    }

    /// Its standard output up to and with this text, which need not end in a line break: a prompt.
    #[track_caller]
    pub(crate) fn stdout_until(&mut self, text: &str) -> String {
        let taken = self.stdout.take(text.as_bytes(), Instant::now() + self.limit);
        self.line(taken, "standard output")
    }

    /// The first line of its standard error that holds this; lines before it are passed over.
    #[track_caller]
    pub(crate) fn stderr_line_with(&mut self, text: &str) -> String {
        loop {
            let line = self.stderr_line();
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Returns true if its standard error holds this before it ends; lines before it are passed over.
    pub(crate) fn says(&mut self, text: &str) -> bool {
        let until = Instant::now() + self.limit;
        while let Ok(Some(line)) = self.stderr.line(until) {
            if String::from_utf8_lossy(&line).contains(text) {
                return true;
            }
        }
        false
    }

    #[track_caller]
    fn line(&mut self, line: Result<Option<Vec<u8>>, RecvTimeoutError>, name: &str) -> String {
        let stderr = String::from_utf8_lossy(&self.stderr.seen);
        match line {
            Ok(Some(line)) => String::from_utf8(line).expect("UTF-8").trim_end_matches('\n').to_owned(),
            Ok(None) => panic!("{}: {name} ended\nstderr so far: {stderr}", self.shown),
            Err(_) => panic!("{}: no line on {name} within {:?}\nstderr so far: {stderr}", self.shown, self.limit),
        }
    }

    /// Sends a signal by name: `INT`, `TERM`, `HUP`.
    #[track_caller]
    pub(crate) fn signal(&self, name: &str) {
        let kill = spawn(Command::new("kill").args(["-s", name, &self.child.id().to_string()]));
        assert!(kill.and_then(|mut kill| kill.wait()).expect("kill").success(), "kill -s {name}");
    }

    /// Lets it end by itself, which it may need some time for: it gets its limit, then it is killed.
    pub(crate) fn let_end(&mut self) {
        self.close_stdin();
        let _ = self.wait(Instant::now() + self.limit);
    }

    /// Waits until it ends by itself. Standard input is closed first.
    #[track_caller]
    pub(crate) fn finish(mut self) -> Output {
        let until = Instant::now() + self.limit;
        let stdin = self.stdin.take();
        let first = std::mem::take(&mut self.first);
        let writer = std::thread::spawn(move || {
            // A tool need not read all that it is offered.
            stdin.map(|mut stdin| stdin.write_all(&first))
        });
        let streams = self.stdout.rest(until).and_then(|()| self.stderr.rest(until));
        let status = streams.ok().and_then(|()| self.wait(until));
        let Some(status) = status else {
            let stderr = String::from_utf8_lossy(&self.stderr.seen);
            panic!("{}: did not end within {:?}\nstderr so far: {stderr}", self.shown, self.limit)
        };
        drop(writer.join());
        Output {
            status,
            stdout: std::mem::take(&mut self.stdout.seen),
            stderr: std::mem::take(&mut self.stderr.seen),
            shown: std::mem::take(&mut self.shown),
            home: self.home.take().expect("a home"),
        }
    }

    /// The end is near, and the standard library has no wait with a time limit.
    fn wait(&mut self, until: Instant) -> Option<ExitStatus> {
        loop {
            match self.child.try_wait().expect("a child") {
                Some(status) => return Some(status),
                None if Instant::now() >= until => return None,
                None => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has usually ended; then both do nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The output, the errors and the exit code.
pub(crate) struct Output {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    shown: String,
    home: TempDir,
}

impl Output {
    /// The exit code is this one.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        let is = self.status.code();
        assert_eq!(is, Some(code), "{}\nstdout: {}\nstderr: {}", self.shown, self.out(), self.err());
        self
    }

    /// Standard output as text.
    #[track_caller]
    pub(crate) fn out(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("UTF-8 on standard output")
    }

    /// Standard error as text.
    #[track_caller]
    pub(crate) fn err(&self) -> String {
        String::from_utf8(self.stderr.clone()).expect("UTF-8 on standard error")
    }

    /// The lines of standard output.
    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<String> {
        self.out().lines().map(str::to_owned).collect()
    }

    /// The lines of standard output, each parsed as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        let parse = |line: &String| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.lines().iter().map(parse).collect()
    }

    /// The text of a step of `--explain`, for each time that it occurs: `name:`, then lines indented by two spaces.
    #[track_caller]
    pub(crate) fn steps(&self, name: &str) -> Vec<String> {
        let mut found: Vec<Vec<String>> = Vec::new();
        let mut is_in_it = false;
        for line in self.err().lines() {
            match line.strip_prefix("  ") {
                Some(text) if is_in_it => found.last_mut().expect("a step").push(text.to_owned()),
                Some(_) => {}
                None => {
                    is_in_it = line.strip_suffix(':') == Some(name);
                    found.extend(is_in_it.then(Vec::new));
                }
            }
        }
        found.iter().map(|lines| lines.join("\n")).collect()
    }

    /// The home that the tool had, with what it left there.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    #[track_caller]
    pub(crate) fn stdout_is(self, expected: &str) -> Self {
        assert_eq!(self.out(), expected, "{}\nstderr: {}", self.shown, self.err());
        self
    }

    #[track_caller]
    pub(crate) fn stderr_is(self, expected: &str) -> Self {
        assert_eq!(self.err(), expected, "{}", self.shown);
        self
    }

    #[track_caller]
    pub(crate) fn stdout_has(self, expected: &str) -> Self {
        assert!(self.out().contains(expected), "no {expected:?} in the output of {}:\n{}", self.shown, self.out());
        self
    }

    #[track_caller]
    pub(crate) fn stderr_has(self, expected: &str) -> Self {
        assert!(self.err().contains(expected), "no {expected:?} in the errors of {}:\n{}", self.shown, self.err());
        self
    }

    /// Neither output holds this: a secret, say.
    #[track_caller]
    pub(crate) fn never_says(self, secret: &str) -> Self {
        for (name, bytes) in [("standard output", &self.stdout), ("standard error", &self.stderr)] {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains(secret), "{secret:?} on {name} of {}:\n{text}", self.shown);
        }
        self
    }

    /// Standard error does not hold this.
    #[track_caller]
    pub(crate) fn stderr_lacks(self, secret: &str) -> Self {
        assert!(!self.err().contains(secret), "{secret:?} in the errors of {}:\n{}", self.shown, self.err());
        self
    }
}
