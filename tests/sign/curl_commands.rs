//! Reading a curl command gives the request that curl sends: both sent to a server that records bytes.

use base64::Engine as _;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{RngSeed, TestRunner};

use countersign_shared::formats::{Files, InputFormat, Reader};

use crate::support::recorder::{Received, Recorder};
use crate::support::{Tool, sign};

const FILES: &[(&str, &str)] = &[
    ("lines.txt", "one\r\ntwo\nthree=3&4\n"),
    ("sp ace", "x"),
    ("pic.PNG", "not a picture"),
    ("unknown", "?"),
    ("head.txt", "HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: b=2; path=/other\r\nSet-Cookie: c=3\r\n"),
    (
        "order.txt",
        "127.0.0.1\tFALSE\t/\tFALSE\t0\tone\t1\n127.0.0.1\tFALSE\t/\tFALSE\t0\ttwo\t2\n\
         127.0.0.1\tFALSE\t/a\tFALSE\t0\tsix\t3\n127.0.0.1\tFALSE\t/\tFALSE\t0\tlonger\t4\n",
    ),
    (
        "config.txt",
        "# a comment\nurl = \"http://HOST/config\"\nheader = \"A: \\\"b\\\"\"\n  data-raw: x\n-X PUT\nsilent\nnext\nurl HOST/2\n",
    ),
    ("headers.txt", "X-One: 1\nX-Two: 2\r\n"),
    (
        "jar.txt",
        "# Netscape HTTP Cookie File\n\
         127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tyes\n\
         #HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t4102444800\thidden\tyes\n\
         127.0.0.1\tFALSE\t/other\tFALSE\t0\tpath\tno\n\
         127.0.0.1\tFALSE\t/some\tFALSE\t0\tbelow\tyes\n\
         127.0.0.1\tFALSE\t/\tTRUE\t0\tsafe\tyes\n\
         127.0.0.1\tFALSE\t/\tFALSE\t1000000000\texpired\tno\n\
         .example.com\tTRUE\t/\tFALSE\t0\tforeign\tno\n",
    ),
];

fn with_files(tool: Tool, host: &str) -> Tool {
    FILES.iter().fold(tool, |tool, (name, content)| tool.file(name, content.replace("HOST", host)))
}

/// Returns head and body without what tells two boundaries apart, and without what curl adds unasked.
fn comparable(received: &Received, command: &str) -> (Vec<String>, Vec<u8>) {
    let content_type = received.values("content-type").first().cloned().unwrap_or_default();
    let boundary = content_type.rsplit_once("boundary=").map(|(_, boundary)| boundary.to_owned());
    let mut head = received.told();
    head.retain(|line| {
        let unasked = line.starts_with("User-Agent: curl/")
            || (line == "Accept: */*" && !command.contains("*/*"))
            || line == "Expect: 100-continue";
        !unasked
    });
    let Some(boundary) = boundary else { return (head, received.body.clone()) };
    let head = head.iter().map(|line| line.replace(&boundary, "BOUNDARY")).collect();
    let body = String::from_utf8_lossy(&received.body).replace(&boundary, "BOUNDARY");
    (head, body.into_bytes())
}

#[test]
fn a_command_reads_as_what_curl_sends() {
    let recorder = Recorder::start();
    let commands = include_str!("../vectors/formats/curl/as-curl-sends").replace("HOST", &recorder.host());
    let mut wrong = String::new();
    for command in commands.lines().filter(|line| !line.starts_with('#')) {
        with_files(Tool::program("bash"), &recorder.host()).stdin(format!("{command}\n")).run();
        let expected = recorder.take();
        let read = sign(["none", "--from", "curl", "--allow-files", "--to", "curl-config"]);
        let read = with_files(read, &recorder.host());
        let read = read.stdin(format!("{command}\n")).run();
        if read.status.success() {
            Tool::program("curl").args(["-sS", "-K", "-"]).stdin(&read.stdout).run();
        }
        let received = recorder.take();
        let comparable = |all: &[Received]| all.iter().map(|one| comparable(one, command)).collect::<Vec<_>>();
        let (expected, received) = (comparable(&expected), comparable(&received));
        if expected != received || expected.is_empty() {
            let show = |all: &[(Vec<String>, Vec<u8>)]| {
                let show =
                    |(head, body): &(Vec<String>, Vec<u8>)| format!("{head:?} {:?}", String::from_utf8_lossy(body));
                all.iter().map(show).collect::<Vec<_>>().join("\n         ")
            };
            wrong += &format!("{command}\n   curl: {}\n   ours: {}\n{}", show(&expected), show(&received), read.err());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const FRAGMENTS: &[&str] = &[
    "'",
    "'",
    "\"",
    "\"",
    "$'",
    "\\",
    "\\\\",
    "\\'",
    "\\\"",
    "\\n",
    "\\t",
    "\\x41",
    "\\x",
    "\\xe9",
    "\\u00e9",
    "\\u20AC",
    "\\U0001f600",
    "\\u",
    "\\101",
    "\\7",
    "\\0101",
    "\\cA",
    "\\e",
    "\\q",
    "\\$",
    "\\`",
    "\\\n",
    "a",
    "1",
    "é",
    "#",
    " #",
    "=",
    "$",
    "$\"",
    "%",
    "-",
    ",",
    "@",
    "!",
    " ",
    "\n",
];

/// The body of a command that reads as one request; `None` for all else.
fn body(command: &str) -> Option<Vec<u8>> {
    let mut bodies = Vec::new();
    let reader = Reader { from: InputFormat::Curl, files: Files::Refused, ..Reader::default() };
    reader.read(command, &mut |request| {
        bodies.push(request.ok().and_then(|request| request.body.bytes().map(<[u8]>::to_vec)))
    });
    match bodies.as_mut_slice() {
        [body] => body.take(),
        _ => None,
    }
}

#[test]
fn words_are_what_bash_makes_of_them() {
    let word = proptest::collection::vec(proptest::sample::select(FRAGMENTS), 0..12).prop_map(|parts| parts.concat());
    let config = ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new(config);
    let mut script = "curl() { printf %s \"$3\" | base64 -w0; echo; }\n".to_owned();
    let mut ours = Vec::new();
    while ours.len() < 1000 {
        let word = word.new_tree(&mut runner).expect("a word").current();
        let command = format!("curl http://h/ --data-raw {word}");
        // A NUL ends a word of bash, which no argument could hold anyway.
        // A backslash at the end would join the next command.
        if let Some(body) = body(&command).filter(|body| !body.contains(&0) && !command.ends_with('\\')) {
            script += &format!("{command}\n");
            ours.push((command, base64::engine::general_purpose::STANDARD.encode(body)));
        }
    }
    let bash = Tool::program("bash").env("LC_ALL", "C.UTF-8").stdin(script).succeeds().stderr_is("");
    let theirs = bash.lines();
    assert_eq!(theirs.len(), ours.len());
    for ((command, ours), theirs) in ours.iter().zip(&theirs) {
        assert_eq!(ours, theirs, "{command:?}");
    }
}
