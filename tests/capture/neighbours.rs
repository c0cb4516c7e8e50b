//! Other users of the computer are kept out of a capture, and its certificates apart.

use serde_json::Value;

use super::{capture, proxy, started};
use crate::support::{Origin, Tool};

/// The user that tests act as when another one than ours is needed.
const STRANGER: u32 = 65534;

/// Returns true if tests may act as another user, which only root may; else says why a part is skipped.
fn can_change_user() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let is_root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
    if !is_root {
        eprintln!("skipped: only root can act as another user");
    }
    is_root
}

#[test]
fn a_process_of_another_user_is_refused_however_it_comes_and_that_is_said_once() {
    use std::os::unix::process::CommandExt as _;
    if !can_change_user() {
        return;
    }
    let origin = Origin::https(&[], Origin::ok);
    let plain = Origin::http(Origin::ok);
    for address in ["127.0.0.1:0", "[::1]:0"] {
        let mut running = capture(["--source", "proxy", "--listen", address]).start();
        let listening = running.stderr_line();
        let proxy = format!("http://{}", listening.strip_prefix("capture: listening on ").unwrap());
        for url in [plain.url("/stolen"), origin.url("/stolen")] {
            for user in ["", "capture:@", "capture:guess@"] {
                let named = proxy.replace("//", &format!("//{user}"));
                let mut curl =
                    Tool::program("curl").args(["-sS", "-w", "%{http_code}%{http_connect}", "-x", &named, &url]);
                curl.command().uid(STRANGER).current_dir("/");
                let output = curl.run();
                assert!(output.out().contains("403") && !output.out().contains("ok"), "{named}: {}", output.out());
            }
        }
        let mut ours = Tool::program("curl").args(["-sS", "-x", &proxy, &plain.url("/mine")]);
        ours.command().current_dir("/");
        ours.succeeds().stdout_is("ok");
        let line: Value = serde_json::from_str(&running.stdout_line()).unwrap();
        assert_eq!(line["url"], plain.url("/mine"), "nothing of the stranger's is a line");
        running.signal("INT");
        let output = running.finish().exits(0);
        assert_eq!(output.err().matches("user id 65534").count(), 1, "{}", output.err());
    }
    assert!(!String::from_utf8_lossy(&plain.received()).contains("stolen"));
}

#[test]
fn strangers_that_send_and_leave_at_once_leave_no_line_and_take_nobodys_place() {
    use std::os::unix::process::CommandExt as _;
    if !can_change_user() {
        return;
    }
    let origin = Origin::http(Origin::ok);
    let mut proxy = proxy([]);
    let script = format!(
        "import socket\nheld = []\nfor n in range(400):\n c = socket.create_connection(('127.0.0.1', {}))\n try:\n  c.sendall(b'DELETE {} HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n')\n except OSError: pass\n held.append(c) if n % 2 else c.close()\n\
         print('held', flush=True)\nimport time\ntime.sleep(60)",
        proxy.port,
        origin.url("/stolen")
    );
    let mut strangers = Tool::program("python3").args(["-c", &script]);
    strangers.command().uid(STRANGER).current_dir("/");
    let mut strangers = strangers.start();
    assert_eq!(strangers.stdout_line(), "held");
    proxy.curl([&origin.url("/mine")]).succeeds().stdout_is("ok");
    assert_eq!(proxy.line()["url"], origin.url("/mine"));
    assert!(!String::from_utf8_lossy(&origin.received()).contains("stolen"));
}

#[test]
fn a_command_that_changes_its_user_shows_the_password_and_others_do_not_have_it() {
    if !can_change_user() {
        return;
    }
    let origin = Origin::http(Origin::ok);
    let (mine, stolen) = (origin.url("/mine"), origin.url("/stolen"));
    let script = format!(
        "setpriv --reuid {STRANGER} --clear-groups curl -sS {mine}
         address=${{http_proxy#*@}}
         setpriv --reuid {STRANGER} --clear-groups curl -sS -w ' %{{http_code}}' -x http://$address {stolen}
         setpriv --reuid {STRANGER} --clear-groups curl -sS -w ' %{{http_code}}' -x http://capture:x@$address {stolen}"
    );
    let output = capture(["--", "sh", "-c", &script]).succeeds();
    assert_eq!(output.json().iter().map(|line| line["url"].as_str().unwrap()).collect::<Vec<_>>(), [mine]);
    assert_eq!(output.err().matches(" 407").count(), 2, "{}", output.err());
    assert!(!output.out().to_ascii_lowercase().contains("proxy-"), "the password is in no line: {}", output.out());
    let received = String::from_utf8(origin.received()).unwrap();
    assert!(!received.contains("stolen") && !received.to_ascii_lowercase().contains("proxy-"), "{received}");
}

#[test]
fn each_certificate_has_a_serial_number_of_its_own() {
    let origin = Origin::https(&[], Origin::ok);
    let mut serials = std::collections::BTreeSet::new();
    // Another process has the same authority, and the same host gets another certificate from it.
    let home = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let proxy = started(
            capture(["--source", "proxy"]).env("SSL_CERT_FILE", origin.root()).env("COUNTERSIGN_HOME", home.path()),
        );
        for name in ["localhost", "api.example.com", "example.com", "127.0.0.1"] {
            let address = format!("127.0.0.1:{}", origin.port);
            let proxy = format!("127.0.0.1:{}", proxy.port);
            let script = format!(
                "openssl s_client -connect {address} -proxy {proxy} -servername {name} </dev/null 2>/dev/null | openssl x509 -noout -serial"
            );
            let serial = Tool::program("sh").args(["-c", &script]).succeeds().out();
            let digits = serial.trim().strip_prefix("serial=").expect(&serial).to_owned();
            assert!((20..=40).contains(&digits.len()), "16 random bytes: {digits}");
            assert!(serials.insert(digits), "{name}: {serial} for the second time");
        }
    }
}

#[test]
fn memory_with_secrets_is_in_no_core_dump() {
    use std::os::unix::fs::MetadataExt as _;
    use std::os::unix::process::CommandExt as _;
    let mut tool = crate::support::sign(["none"]);
    tool.command().current_dir("/");
    if can_change_user() {
        tool.command().uid(STRANGER);
    }
    let mut running = tool.start();
    running.write("https://example.com/\n");
    running.stdout_line();
    // The kernel gives the files of a process that may not be dumped to root (proc(5)).
    let environment = std::fs::metadata(format!("/proc/{}/environ", running.id())).unwrap();
    assert_eq!(environment.uid(), 0);
    running.close_stdin();
    running.finish().exits(0);
}
