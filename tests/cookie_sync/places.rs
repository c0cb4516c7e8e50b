//! The files that `cookie-sync` writes, in folders that other users may write to as well.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;

use super::{Browser, cookie};
use crate::support::Tool;

/// The user that tests act as when another one than ours is needed.
const STRANGER: u32 = 65534;

fn is_root() -> bool {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|found| found.uid() == 0);
    if !is_root {
        eprintln!("skipped: only root can act as another user");
    }
    is_root
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().mode() & 0o777
}

/// Syncs one cookie to an output of this option.
fn synced(browser: &mut Browser, option: &str, name: &str) -> crate::support::Output {
    let url = ["--header-url", "https://example.com/"];
    let mut tool = browser.tool(["once", "example.com", option, name]);
    if option == "--header" {
        tool = tool.args(url);
    }
    let running = tool.start();
    let channel = browser.accept();
    browser.snapshot(&channel, &[cookie("example.com", "a", "s3cr3t")]);
    running.finish()
}

const OPTIONS: [&str; 6] = ["--jar", "--json-file", "--storage-state", "--session", "--header", "--changes"];

#[test]
fn every_file_becomes_private_also_one_that_others_could_read() {
    let mut browser = Browser::start();
    for option in OPTIONS {
        let path = browser.path("out");
        std::fs::write(&path, "").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        synced(&mut browser, option, "out").exits(0);
        assert!(browser.read("out").contains("s3cr3t"), "{option}");
        assert_eq!(mode(&path), 0o600, "{option}");
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn a_link_of_another_user_is_refused_and_ours_stays_one() {
    let mut browser = Browser::start();
    let (open, target) = (browser.path("open"), browser.path("bashrc"));
    std::fs::create_dir(&open).unwrap();
    std::fs::create_dir(browser.path("mine")).unwrap();
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o1777)).unwrap();
    symlink("../mine", open.join("folder")).unwrap();
    for option in OPTIONS {
        let path = open.join("out");
        let _ = std::fs::remove_file(&path);
        std::fs::write(&target, "").unwrap();
        symlink(&target, &path).unwrap();
        synced(&mut browser, option, "open/out").exits(0);
        assert!(std::fs::symlink_metadata(&path).unwrap().is_symlink(), "{option}");
        assert!(browser.read("bashrc").contains("s3cr3t"), "{option}");
        if !is_root() {
            continue;
        }
        std::fs::write(&target, "").unwrap();
        for link in [path, open.join("folder")] {
            std::os::unix::fs::lchown(&link, Some(STRANGER), Some(STRANGER)).unwrap();
        }
        for name in ["open/out", "open/folder/out"] {
            synced(&mut browser, option, name).exits(1).stderr_has("symbolic link that belongs to another user");
        }
        assert_eq!(browser.read("bashrc"), "", "{option}");
        assert!(!browser.path("mine/out").exists(), "{option}");
    }
}

#[test]
fn named_pipes_are_refused_at_once() {
    let mut browser = Browser::start();
    Tool::program("mkfifo").arg(browser.path("pipe")).succeeds();
    symlink("pipe", browser.path("link")).unwrap();
    for option in OPTIONS {
        for name in ["pipe", "link"] {
            synced(&mut browser, option, name).exits(1).stderr_has("is a named pipe");
        }
    }
}

#[test]
fn nobody_stops_a_sync_by_a_lock_or_a_file_in_the_way() {
    let mut browser = Browser::start();
    let script = "import fcntl, os, sys, time\nheld = [os.open(name, os.O_RDONLY) for name in sys.argv[1:]]\n\
                  [fcntl.flock(file, fcntl.LOCK_EX) for file in held]\nprint('held', flush=True)\ntime.sleep(60)";
    std::fs::write(browser.path("jar.txt"), "").unwrap();
    let mut holder =
        Tool::program("python3").args(["-c", script]).arg(browser.home.path()).arg(browser.path("jar.txt")).start();
    assert_eq!(holder.stdout_line(), "held");
    synced(&mut browser, "--jar", "jar.txt").exits(0);
    assert!(browser.read("jar.txt").contains("s3cr3t"));
}

/// Locks the draft of a jar as another process of this user does that writes it, and does not let go.
fn locked(browser: &Browser, name: &str) -> crate::support::Running {
    let script = "import fcntl, hashlib, os, sys, time\nfolder, name = sys.argv[1:]\n\
                  draft = '.draft-' + hashlib.sha256(name.encode()).hexdigest()[:16]\n\
                  file = os.open(os.path.join(folder, draft), os.O_WRONLY | os.O_CREAT, 0o600)\n\
                  fcntl.flock(file, fcntl.LOCK_EX)\nprint('held', flush=True)\ntime.sleep(60)";
    let tool = Tool::program("python3").args(["-c", script]).arg(browser.home.path()).arg(name);
    let mut holder = tool.start();
    assert_eq!(holder.stdout_line(), "held");
    holder
}

#[test]
fn a_lock_that_is_not_let_go_is_an_error_after_its_time() {
    let mut browser = Browser::start();
    let _holder = locked(&browser, "jar.txt");
    let started = std::time::Instant::now();
    synced(&mut browser, "--jar", "jar.txt").exits(1).stderr_has("jar.txt: ").stderr_has("has kept it locked");
    assert!(started.elapsed() >= std::time::Duration::from_secs(9), "{:?}", started.elapsed());
}

#[test]
fn a_signal_ends_the_wait_for_a_lock_at_once() {
    let mut browser = Browser::start();
    let _holder = locked(&browser, "jar.txt");
    for command in ["once", "watch"] {
        for signal in ["INT", "TERM"] {
            let running = browser.tool([command, "example.com", "--jar", "jar.txt"]).start();
            let channel = browser.accept();
            browser.snapshot(&channel, &[cookie("example.com", "a", "s3cr3t")]);
            // The lock is waited for at the latest when it has the draft open.
            let waits = || {
                let files = std::fs::read_dir(format!("/proc/{}/fd", running.id())).expect("its files");
                files
                    .flatten()
                    .filter_map(|file| std::fs::read_link(file.path()).ok())
                    .any(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".draft-")))
            };
            let until = std::time::Instant::now() + crate::support::tool::LIMIT;
            while !waits() && std::time::Instant::now() < until {
                std::thread::yield_now();
            }
            let sent = std::time::Instant::now();
            running.signal(signal);
            let output = running.finish();
            assert!(sent.elapsed() < std::time::Duration::from_secs(5), "{command} {signal}: {:?}", sent.elapsed());
            assert_ne!(output.status.code(), None, "{command} {signal}: it ends by itself");
        }
    }
    assert!(!browser.path("jar.txt").exists());
}

/// The file's name lasts through a loss of power only once the folder is on the disk too.
#[test]
#[cfg(target_os = "linux")]
fn a_file_that_is_replaced_is_on_the_disk_with_its_folder() {
    if !std::process::Command::new("strace").arg("true").output().is_ok_and(|ran| ran.status.success()) {
        eprintln!("skipped: strace cannot be run here");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let trace = home.path().join("trace");
    let grant = ["get", "t", "--grant", "client_credentials", "--client-id", "i", "--client-secret", "text:s"];
    let origin = crate::support::Origin::http(|peer| {
        while peer.request().is_some() {
            let body = r#"{"access_token":"a","token_type":"Bearer","expires_in":9999}"#;
            peer.write(format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            ));
        }
    });
    let url = origin.url("/token");
    let token: Vec<&str> = ["oauth-token"].into_iter().chain(grant).chain(["--access-token-url", &url]).collect();
    for (command, name) in [
        (&["capture", "ca"][..], "capture-ca.pem"),
        (&["capture", "ca", "--renew"], "capture-ca.pem"),
        (&token, "tokens.json"),
    ] {
        let strace = ["-f", "-y", "-e", "trace=rename,renameat,renameat2,link,linkat,fsync,fdatasync", "-o"];
        let tool = Tool::program("strace").args(strace).arg(&trace).args(command);
        tool.env("COUNTERSIGN_HOME", home.path()).succeeds();
        let text = std::fs::read_to_string(&trace).unwrap();
        let calls: Vec<&str> = text.lines().collect();
        let placed = calls
            .iter()
            .position(|call| (call.contains("rename") || call.contains("link")) && call.contains(&format!("{name}\"")));
        let placed = placed.expect(&text);
        assert!(calls[..placed].iter().any(|call| call.contains("sync(")), "the file, before: {text}");
        let folder = calls[placed..].iter().any(|call| call.contains("fsync(") && call.contains("/state>"));
        assert!(folder, "the folder, after: {text}");
    }
}

#[test]
fn a_draft_of_a_killed_writer_is_used_up_and_older_ones_are_swept() {
    let mut browser = Browser::start();
    synced(&mut browser, "--jar", "jar.txt").exits(0);
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
    for (name, age) in
        [(".draft-0123456789abcdef", Some(old)), (".draft-0123456789abcdee", None), (".draft-notes", Some(old))]
    {
        std::fs::write(browser.path(name), "s3cr3t").unwrap();
        if let Some(old) = age {
            std::fs::File::options().write(true).open(browser.path(name)).unwrap().set_modified(old).unwrap();
        }
    }
    synced(&mut browser, "--jar", "jar.txt").exits(0);
    let is_there = |name| browser.path(name).exists();
    assert!(!is_there(".draft-0123456789abcdef"), "left behind");
    assert!(is_there(".draft-0123456789abcdee"), "perhaps somebody's who is at work");
    assert!(is_there(".draft-notes"), "not one of ours");
}

#[test]
fn a_file_that_is_not_of_its_format_is_refused_and_stays_as_it_is() {
    let mut browser = Browser::start();
    let state = r#"{"cookies":[],"origins":[{"origin":"https://a.test","localStorage":[{"name":"k","value":"v"}]}],}"#;
    for (option, contents) in [
        ("--jar", &["export PATH=/bin\n", "[]", "{}", "SQLite format 3\0\n"][..]),
        ("--json-file", &["{}", "[1]", "[{\"name\":\"a\"}]", "[],", "# Netscape HTTP Cookie File\n"]),
        ("--storage-state", &[state, "[]", "{\"cookies\":{}}", "{\"origins\":1}", "{", "\u{feff}{}"]),
        ("--session", &["[]", "{\"cookies\":{\"a\":{\"value\":\"1\"}}}", "{\"headers\":[],}", "text"]),
        ("--header", &["Cookie: a=1\nAuthorization: Bearer x\n", "{}", "text\n"]),
    ] {
        for content in contents {
            std::fs::write(browser.path("out"), content).unwrap();
            synced(&mut browser, option, "out").exits(1).stderr_has("out: is not a").stderr_lacks("PATH");
            assert_eq!(browser.read("out"), *content, "{option}");
        }
    }
}
