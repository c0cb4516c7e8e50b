//! A disk that is full, read-only or somebody else's, and processes that are killed while they write.

use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::home::{Endpoint, Home, machine, numbered, user};
use crate::support::tool::{spawn, write_program};
use crate::support::{Tool, bin};

#[test]
fn a_token_that_cannot_be_kept_is_printed_all_the_same() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let url = endpoint.url();
    Home::new()
        .run(&machine(&url))
        .env("COUNTERSIGN_HOME", "/dev/null/here")
        .fails(1)
        .stdout_is("token-0\n")
        .stderr_has("could not be saved");
    // A disk without room for a byte: the pipe that stdout is has no such limit.
    let home = Home::new();
    let script = "trap '' XFSZ; ulimit -f 0; exec oauth-token \"$@\"";
    let full = Tool::program("sh").args(["-c", script, "sh"]).args(machine(&url)).env("COUNTERSIGN_HOME", home.path());
    full.fails(1).stdout_is("token-1\n").stderr_has("could not be saved");
}

#[test]
fn a_full_standard_output_is_an_error() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    let full = std::fs::File::options().write(true).open("/dev/full").expect("/dev/full");
    home.run(&machine(&endpoint.url())).stdout_to(full).exits(1).stderr_has("No space left");
}

/// A user who is not root, whom permissions bind, with a tool that this user can reach.
struct Somebody {
    folder: TempDir,
    tool: PathBuf,
    uid: Option<u32>,
}

impl Somebody {
    const NOBODY: u32 = 65534;

    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let is_root = std::fs::metadata(folder.path()).expect("a folder").uid() == 0;
        let tool = folder.path().join("oauth-token");
        write_program(&tool, std::fs::read(bin("oauth-token")).expect("a program"));
        std::fs::create_dir_all(folder.path().join("home/state")).expect("a folder");
        let uid = is_root.then_some(Self::NOBODY);
        for path in ["", "oauth-token", "home", "home/state"] {
            let path = folder.path().join(path);
            std::fs::set_permissions(&path, Permissions::from_mode(0o755)).expect("a mode");
            chown(&path, uid, None).expect("an owner");
        }
        Self { folder, tool, uid }
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("home/state")
    }

    fn run(&self, arguments: &[&str]) -> Tool {
        let tool = Tool::program(&self.tool).args(arguments).env("COUNTERSIGN_HOME", self.folder.path().join("home"));
        let mut tool = tool.within(self.folder.path());
        if let Some(uid) = self.uid {
            tool.command().uid(uid);
        }
        tool
    }
}

fn set_mode(path: impl AsRef<Path>, mode: u32) {
    std::fs::set_permissions(path, Permissions::from_mode(mode)).expect("a mode");
}

#[test]
fn a_read_only_folder_costs_the_keeping_and_not_the_token() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (somebody, url) = (Somebody::new(), endpoint.url());
    set_mode(somebody.state(), 0o500);
    let output = somebody.run(&machine(&url)).fails(1);
    output.stdout_is("token-0\n").stderr_has("could not be saved").stderr_has("Permission denied");
    // A token that is there is read as ever.
    set_mode(somebody.state(), 0o700);
    somebody.run(&machine(&url)).succeeds().stdout_is("token-1\n");
    set_mode(somebody.state(), 0o500);
    somebody.run(&machine(&url)).succeeds().stdout_is("token-1\n").stderr_is("");
    let output = somebody.run(&["delete", "m"]).fails(1);
    output.stderr_has("Permission denied").stderr_has("state");
    somebody.run(&machine(&url)).args(["--min-ttl", "2h"]).fails(1).stdout_is("token-2\n");
    somebody.run(&["get", "m"]).succeeds().stdout_is("token-1\n");
}

#[test]
fn a_store_that_may_not_be_read_costs_the_keeping_and_not_the_token() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (somebody, url) = (Somebody::new(), endpoint.url());
    somebody.run(&machine(&url)).succeeds().stdout_is("token-0\n");
    let file = somebody.state().join("tokens.json");
    set_mode(&file, 0);
    somebody.run(&machine(&url)).fails(1).stdout_is("token-1\n").stderr_has("tokens.json");
    somebody.run(&["get", "m"]).fails(1).stdout_is("").stderr_has("tokens.json");
    if somebody.uid.is_some() {
        // Somebody else's: whoever put it there may read what we would write.
        chown(&file, Some(0), None).expect("an owner");
        set_mode(&file, 0o644);
        somebody.run(&machine(&url)).fails(1).stdout_is("token-2\n").stderr_has("belongs to another user");
        somebody.run(&["list"]).fails(1).stdout_is("").stderr_has("belongs to another user");
    }
}

#[test]
fn a_store_that_is_not_one_is_left_as_it_is() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).succeeds();
    let file = home.path().join("state/tokens.json");
    for content in ["{\"version\":1,\"tokens\":{\"m\":", "", "{\"version\":99,\"tokens\":{}}"] {
        std::fs::write(&file, content).expect("a file");
        home.run(&machine(&url))
            .fails(1)
            .stdout_has("token-")
            .stderr_has("tokens.json")
            .stderr_has("could not be saved");
        home.run(&["delete", "m"]).fails(1);
        assert_eq!(std::fs::read_to_string(&file).expect("a file"), content);
    }
}

/// Returns true if processes may be traced here.
fn can_trace() -> bool {
    let tried = spawn(Command::new("strace").args(["-o", "/dev/null", "true"]).stderr(Stdio::null()));
    let can = tried.and_then(|mut tried| tried.wait()).is_ok_and(|status| status.success());
    if !can {
        eprintln!("skipped: strace is not there, or may not trace");
    }
    can
}

#[test]
fn a_token_out_of_the_store_takes_no_thread_and_no_socket() {
    if !can_trace() {
        return;
    }
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    home.run(&machine(&endpoint.url())).succeeds();
    let trace = home.path().join("trace");
    let strace = ["-f", "-qq", "-e", "trace=clone,clone3,fork,vfork,socket,epoll_create1", "-e", "signal=none", "-o"];
    for (tool, arguments) in
        [("oauth-token", &["get", "m"][..]), ("sign", &["oauth2", "--token-name", "m", "--to", "header"])]
    {
        let tool = Tool::program("strace").args(strace).arg(&trace).arg(bin(tool)).args(arguments);
        tool.env("COUNTERSIGN_HOME", home.path()).stdin("https://x.example/\n").succeeds().stdout_has("token-0");
        assert_eq!(std::fs::read_to_string(&trace).expect("a trace"), "", "{arguments:?}");
    }
}

#[test]
fn a_kill_at_any_step_of_a_write_leaves_the_old_token_or_the_new_one() {
    if !can_trace() {
        return;
    }
    // Every token is due at once, so every run refreshes and writes.
    let endpoint = Endpoint::new(|index, _| {
        let pair = json!({ "access_token": format!("token-{index}"), "refresh_token": format!("refresh-{index}") });
        let mut answer = pair;
        answer["expires_in"] = 0.into();
        (200, answer)
    });
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).succeeds();
    let state = home.path().join("state");
    let paths = ["tokens.json", ".tokens.draft", "tokens.lock", "token-u.lock"];
    let mut killed = 0;
    loop {
        let before = home.run(&["show", "u", "--reveal"]).succeeds().out().to_owned();
        let inject = format!("inject=all:signal=SIGKILL:when={}", killed + 1);
        let mut tool = Tool::program("strace").args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=all", "-e", &inject]);
        for path in paths {
            tool = tool.arg("-P").arg(state.join(path));
        }
        let run = tool.arg(bin("oauth-token")).args(["get", "u"]).env("COUNTERSIGN_HOME", home.path()).run();
        let kept: Value = serde_json::from_str(&home.tokens()).expect("a store that can be read");
        let after = home.run(&["show", "u", "--reveal"]).succeeds().out().to_owned();
        let newest = format!("token-{}", endpoint.count() - 1);
        let token = kept["tokens"]["u"]["token"]["access_token"].as_str().expect("a token");
        assert!(after == before || token == newest, "neither the old token nor the new one: {after}");
        if run.status.success() {
            break;
        }
        killed += 1;
        assert!(killed < 200, "the tool never got through");
    }
    // At least: reading twice, both locks, the draft's opening, writing, syncing, and the renaming.
    assert!(killed >= 8, "only {killed} steps were seen");
    let left: Vec<_> = std::fs::read_dir(&state).expect("a folder").map(|e| e.expect("an entry").file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("draft")), "{left:?}");
}
