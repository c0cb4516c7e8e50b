//! The bridge between browsers and tools, at both of its ends: the frames of a browser and the socket of the tools.

#[cfg(target_os = "linux")]
mod process;

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use countersign_shared::bridge::key::Keys;
use countersign_shared::bridge::link::{BrowserFilter, Event, LinkOptions, Links};
use countersign_shared::bridge::message::{FromExtension, Subscription};
use countersign_shared::bridge::socket;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::extension::{Extension, ORIGIN, sockets};
use crate::support::{Tool, bin};

const LIMIT: Option<Duration> = Some(Duration::from_secs(30));
/// Time that a browser gives a bridge that it let go of, before it kills it.
const GRACE: Duration = Duration::from_secs(2);

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn keys(home: &Path) -> Keys {
    Keys::within(home.join("countersign/state"))
}

fn links(home: &Path) -> Links {
    let options = LinkOptions {
        tool: "test".into(),
        subscriptions: vec![Subscription::Status],
        window: 8,
        filter: BrowserFilter::default(),
    };
    Links::start_in(vec![sockets(home)], options, keys(home))
}

/// A connection to the only bridge, without the tools' own code.
fn connect(home: &Path) -> UnixStream {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(address) = socket::find(&sockets(home)).first() {
            let stream = UnixStream::connect(address.path()).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
            return stream;
        }
        assert!(Instant::now() < until, "no socket");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn send(stream: &mut UnixStream, value: &Value) {
    let text = value.to_string();
    let mut bytes = u32::try_from(text.len()).unwrap().to_le_bytes().to_vec();
    bytes.extend_from_slice(text.as_bytes());
    stream.write_all(&bytes).unwrap();
}

/// The next frame; none at the end.
fn receive(stream: &mut UnixStream) -> Option<Value> {
    let mut length = [0; 4];
    stream.read_exact(&mut length).ok()?;
    let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
    stream.read_exact(&mut bytes).unwrap();
    Some(serde_json::from_slice(&bytes).unwrap())
}

fn hello() -> Value {
    json!({ "v": 1, "kind": "hello", "name": "raw", "version": "1" })
}

#[test]
fn a_tool_and_an_extension_talk_through_the_bridge() {
    let home = home();
    let key = keys(home.path()).make_default().unwrap();
    let mut extension = Extension::start(home.path());
    extension.greet("chromium");
    assert_eq!(extension.hear().unwrap()["name"], "countersign-bridge");
    assert_eq!(extension.hear().unwrap()["key"], key.to_base64().as_str(), "the default key is handed over");
    let links = links(home.path());
    let number = extension.accept(&key);
    assert_eq!(extension.hear_sealed(), (number, json!({ "type": "credit", "messages": 8 })));
    assert_eq!(extension.hear_sealed(), (number, json!({ "type": "subscribe", "of": "status" })));
    extension.say_sealed(number, &json!({ "type": "state", "sharing": true, "version": "0.1.0" }));
    let (link, event) = links.next(LIMIT).unwrap();
    assert!(matches!(event, Event::Connected(hello) if hello.browser.as_deref() == Some("chromium")));
    let state = FromExtension::State { sharing: true, version: "0.1.0".into() };
    assert_eq!(links.next(LIMIT), Some((link, Event::Message(state))));
    let request = json!({
        "kind": "request", "number": 1, "time": 0.0, "method": "POST", "url": "https://example.com/", "headers": [],
        "type": "other", "body": { "text": "é".repeat(2_000_000) },
    });
    extension.say_sealed(number, &json!({ "type": "requests", "items": [request] }));
    assert!(matches!(links.next(LIMIT), Some((_, Event::Message(FromExtension::Requests { .. })))));
    drop(links);
    assert_eq!(extension.hear_kind("close")["channel"], number);
    let (status, said) = extension.end(GRACE);
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
    assert_eq!(socket::find(&sockets(home.path())), [], "the socket goes with its bridge");
}

#[test]
fn several_tools_and_several_browsers_go_side_by_side() {
    let home = home();
    let key = keys(home.path()).make_default().unwrap();
    let mut browsers = ["chromium", "firefox"].map(|name| {
        let mut extension = Extension::start(home.path());
        extension.greet(name);
        extension
    });
    let tools = [links(home.path()), links(home.path()), links(home.path())];
    for extension in &mut browsers {
        let numbers: Vec<u64> = tools.iter().map(|_| extension.accept(&key)).collect();
        for number in numbers {
            extension.say_sealed(number, &json!({ "type": "dropped", "count": number }));
        }
    }
    for tool in &tools {
        let mut names = Vec::new();
        let mut messages = 0;
        while names.len() < 2 || messages < 2 {
            match tool.next(LIMIT).unwrap().1 {
                Event::Connected(hello) => names.extend(hello.browser),
                Event::Message(FromExtension::Dropped { .. }) => messages += 1,
                other => panic!("{other:?}"),
            }
        }
        names.sort();
        assert_eq!(names, ["chromium", "firefox"]);
    }
}

#[test]
fn unknown_callers_are_refused() {
    let cases: [&[&str]; 6] = [
        &[],
        &["chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"],
        &["chrome-extension://bogldfhikhcefhmlmghkhkkhicnaaagb"],
        &["https://example.com/"],
        &["/x/countersign.bridge.json", "other@example.com"],
        &[ORIGIN, ORIGIN],
    ];
    for arguments in cases {
        let refused = Tool::new("countersign-bridge").args(arguments).fails(1).stdout_is("");
        assert!(refused.err().starts_with("countersign-bridge: unknown caller "), "{}", refused.err());
        assert_eq!(refused.err().lines().count(), 1);
    }
    Tool::new("countersign-bridge").args([ORIGIN, "--parent-window=0"]).succeeds();
    Tool::new("countersign-bridge").args(["/x/countersign.bridge.json", "countersign@countersign.invalid"]).succeeds();
}

#[test]
fn malformed_frames_of_the_browser_end_the_bridge_with_a_line() {
    let frame = |text: &[u8]| [&u32::try_from(text.len()).unwrap().to_ne_bytes(), text].concat();
    let cases: [(Vec<u8>, &str); 8] = [
        (vec![0, 0, 0, 0], "length 0"),
        (vec![0xff, 0xff, 0xff, 0xff], "4294967295 bytes"),
        (vec![1, 0, 4, 0, b'{'], "262145 bytes"),
        (vec![9, 0, 0, 0, b'{'], "cut short"),
        (vec![9, 0], "cut short"),
        (frame(b"nonsense"), "not a JSON object"),
        (frame(b"[1]"), "not a JSON object"),
        (frame(&[b'{', 0xff, b'}']), "not a JSON object"),
    ];
    for (bytes, said) in cases {
        let failed = Tool::new("countersign-bridge").arg(ORIGIN).stdin(&bytes).fails(1);
        assert!(failed.err().lines().last().unwrap().contains(said), "{bytes:?}: {}", failed.err());
    }
    // Deeper than any parser's stack.
    let deep = "{\"v\":".to_owned() + &"[".repeat(100_000);
    Tool::new("countersign-bridge").arg(ORIGIN).stdin(frame(deep.as_bytes())).fails(1);
}

#[test]
fn another_version_is_refused_on_both_sides() {
    let home = home();
    let mut extension = Extension::start(home.path());
    extension.say(&json!({ "v": 2, "kind": "hello" }));
    assert_eq!(extension.hear_kind("refused"), json!({ "v": 1, "kind": "refused", "channel": 0, "reason": "version" }));
    let mut tool = connect(home.path());
    send(&mut tool, &json!({ "v": 9, "kind": "hello" }));
    assert_eq!(receive(&mut tool).unwrap()["reason"], "version");
    assert_eq!(receive(&mut tool), None, "and let go");
    assert_eq!(extension.end(GRACE).0.code(), Some(0));
}

#[test]
fn hostile_tools_are_let_go_and_harm_nobody() {
    let home = home();
    let key = keys(home.path()).make_default().unwrap();
    let mut extension = Extension::start(home.path());
    extension.greet("chromium");
    let hostile: [&[u8]; 5] =
        [&[0; 4], &[0xff; 4], &[9, 0, 0, 0, b'{'], b"GET / HTTP/1.1\r\n\r\n", &[2, 0, 0, 0, b'[', b']']];
    for bytes in hostile {
        let mut tool = connect(home.path());
        tool.write_all(bytes).unwrap();
        tool.shutdown(std::net::Shutdown::Write).unwrap();
        assert_eq!(receive(&mut tool), None, "{bytes:?}");
    }
    // A key is only ever handed to the extension, and one tool cannot speak for another.
    for (kind, channel) in [("close", 0), ("sealed", 999), ("open", 1), ("ended", 1), ("key", 0)] {
        let mut tool = connect(home.path());
        send(&mut tool, &hello());
        assert_eq!(receive(&mut tool).unwrap()["kind"], "hello");
        assert_eq!(receive(&mut tool).unwrap()["kind"], "open");
        send(&mut tool, &json!({ "v": 1, "kind": kind, "channel": channel, "message": "AA==", "key": "AA==" }));
        assert_eq!(receive(&mut tool), None, "{kind}");
        let number = extension.hear_kind("open")["channel"].clone();
        assert_eq!(extension.hear().unwrap(), json!({ "v": 1, "kind": "close", "channel": number }), "{kind}");
    }
    let _links = links(home.path());
    extension.accept(&key);
    assert_eq!(extension.end(GRACE).0.code(), Some(0));
}

#[test]
fn a_tool_that_vanishes_in_the_middle_of_a_frame_is_closed_for_the_extension() {
    let home = home();
    let mut extension = Extension::start(home.path());
    extension.greet("chromium");
    let mut tool = connect(home.path());
    send(&mut tool, &hello());
    let number = extension.hear_kind("open")["channel"].clone();
    tool.write_all(&[200, 0, 0, 0, b'{', b'"']).unwrap();
    drop(tool);
    assert_eq!(extension.hear_kind("close")["channel"], number);
    assert_eq!(extension.end(GRACE).0.code(), Some(0));
}

#[test]
fn a_tool_that_does_not_read_is_let_go_and_the_others_go_on() {
    let home = home();
    let key = keys(home.path()).make_default().unwrap();
    let mut extension = Extension::start(home.path());
    extension.greet("chromium");
    let mut deaf = connect(home.path());
    send(&mut deaf, &hello());
    let number = extension.hear_kind("open")["channel"].as_u64().unwrap();
    let links = links(home.path());
    let other = extension.accept(&key);
    let frame = json!({ "v": 1, "kind": "sealed", "channel": number, "message": "A".repeat(200_000) });
    for _ in 0..40 {
        extension.say(&frame);
    }
    assert_eq!(extension.hear_kind("close")["channel"], number);
    extension.say_sealed(other, &json!({ "type": "dropped", "count": 1 }));
    while links.next(LIMIT).unwrap().1 != Event::Message(FromExtension::Dropped { count: 1 }) {}
    assert_eq!(extension.end(GRACE).0.code(), Some(0));
}

#[test]
fn more_tools_than_there_may_be_are_refused() {
    let home = home();
    let _extension = Extension::start(home.path());
    let mut first: Vec<UnixStream> = (0..32).map(|_| connect(home.path())).collect();
    let mut last = connect(home.path());
    assert_eq!(receive(&mut last).unwrap()["reason"], "busy");
    drop(first.pop());
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let mut tool = connect(home.path());
        tool.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        if receive(&mut tool).is_none() {
            break;
        }
        assert!(Instant::now() < until, "no place comes free");
    }
}

#[test]
fn a_killed_bridge_leaves_nothing_that_hinders_the_next() {
    let home = home();
    let key = keys(home.path()).make_default().unwrap();
    let links = links(home.path());
    for round in 0..2 {
        let mut extension = Extension::start(home.path());
        extension.greet("chromium");
        extension.accept(&key);
        assert!(matches!(links.next(LIMIT), Some((_, Event::Connected(_)))), "round {round}");
        extension.child.kill().unwrap();
        assert!(matches!(links.next(LIMIT), Some((_, Event::Ended))), "round {round}");
    }
}

#[test]
fn a_browser_that_lets_go_at_once_leaves_no_trace() {
    let home = home();
    for _ in 0..5 {
        let (status, said) = Extension::start(home.path()).end(GRACE);
        assert_eq!(status.code(), Some(0), "{said}");
    }
    assert_eq!(socket::find(&sockets(home.path())), []);
}

#[test]
fn a_bridge_ends_in_time_though_a_tool_does_not_read() {
    let home = home();
    let mut extension = Extension::start(home.path());
    extension.greet("chromium");
    let mut deaf = connect(home.path());
    send(&mut deaf, &hello());
    let number = extension.hear_kind("open")["channel"].as_u64().unwrap();
    for _ in 0..10 {
        extension.say(&json!({ "v": 1, "kind": "sealed", "channel": number, "message": "A".repeat(200_000) }));
    }
    assert_eq!(extension.end(GRACE).0.code(), Some(0));
}

#[test]
#[cfg(target_os = "linux")]
fn an_idle_bridge_stays_below_4_mb() {
    let home = home();
    keys(home.path()).make_default().unwrap();
    let mut extension = Extension::start(home.path());
    extension.greet("chromium");
    let mut tool = connect(home.path());
    send(&mut tool, &hello());
    extension.hear_kind("open");
    let status = std::fs::read_to_string(format!("/proc/{}/status", extension.child.id())).unwrap();
    let resident = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    let kib: u64 = resident.split_whitespace().nth(1).unwrap().parse().unwrap();
    println!("resident: {kib} KiB");
    // Debug builds carry more code that is touched; what is asked of a release is below 4 MB.
    let most = if cfg!(debug_assertions) { 8_000 } else { 4_000_000 / 1024 };
    assert!(kib < most, "{kib} KiB");
}

#[test]
fn help_is_for_people_and_everything_else_for_browsers() {
    Tool::new("countersign-bridge").arg("--help").succeeds().stdout_has("bridge-install install").stderr_is("");
    let version = format!("countersign-bridge {}\n", env!("CARGO_PKG_VERSION"));
    Tool::new("countersign-bridge").arg("--version").succeeds().stdout_is(&version);
    assert!(bin("countersign-bridge").is_file());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_of_a_browser_make_the_bridge_crash_or_hang(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let output = Tool::new("countersign-bridge").arg(ORIGIN).stdin(&bytes).limit(Duration::from_secs(20)).run();
        prop_assert!(matches!(output.status.code(), Some(0 | 1)), "{:?}", output.status);
    }

    #[test]
    fn no_change_of_a_sealed_message_opens(position in any::<prop::sample::Index>(), bit in 0..8u32, text in "[ -~]{0,200}") {
        use base64::Engine as _;
        use base64::engine::general_purpose::STANDARD as BASE64;
        use countersign_shared::bridge::channel::{Initiator, Responder};
        let key = countersign_shared::bridge::key::Key::new([3; 32]);
        let (initiator, first) = Initiator::new(&key).unwrap();
        let (mut extension, answer) = Responder::answer(&key, &first).unwrap();
        let mut tool = initiator.finish(&answer).unwrap();
        let json = json!({ "text": text }).to_string();
        let sealed = tool.seal(&json).unwrap().remove(0);
        let mut bytes = BASE64.decode(&sealed).unwrap();
        let at = position.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(extension.open(&BASE64.encode(&bytes)).is_err(), "changed");
        prop_assert_eq!(extension.open(&sealed).unwrap(), Some(json), "the channel is where it was");
        prop_assert!(extension.open(&sealed).is_err(), "replayed");
    }
}
