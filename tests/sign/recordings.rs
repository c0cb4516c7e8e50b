//! HAR files as browsers and proxies write them: of any size, cut short, and with bodies that are not all there.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use countersign_shared::body::Fidelity;
use countersign_shared::formats::Reader;

use crate::support::sign;

fn entry(number: usize) -> String {
    format!(
        r#"{{"startedDateTime":"2026-01-01T00:00:00Z","request":{{"method":"GET","url":"https://h/{number}","headers":[]}},"response":{{"content":{{"text":"}}]\"{{"}}}}}}"#
    )
}

/// The layouts in which HAR files are written.
fn layouts(entries: &[String]) -> Vec<String> {
    let head = r#"{"log":{"version":"1.2","creator":{"name":"x"},"pages":[{"id":"p"}],"entries":"#;
    let pretty = entries.join(",\n    ");
    vec![
        format!("{head}[{}]}}}}", entries.join(",")),
        format!("{head}[\n{}\n]}}}}\n", entries.join(",\n")),
        format!("{{\n  \"log\": {{\n   \"entries\": [\n    {pretty}\n   ],\n   \"comment\": \"\"\n  }}\n}}\n"),
        format!("{{\"version\":\"1.2\",\"entries\":[{}]}}", entries.join(" , ")),
    ]
}

#[test]
fn entries_come_one_after_another_in_every_layout() {
    let entries: Vec<String> = (1..=300).map(entry).collect();
    let expected: String =
        (1..=300).map(|n| format!("{{\"method\":\"GET\",\"url\":\"https://h/{n}\",\"headers\":[]}}\n")).collect();
    for text in layouts(&entries) {
        for from in ["auto", "har"] {
            sign(["none", "--from", from]).stdin(&text).succeeds().stdout_is(&expected).stderr_is("");
        }
        let behind = format!("{text}\n{{\"url\":\"https://after/\"}}\n");
        sign(["none"]).stdin(behind).succeeds().stdout_has("https://after/").stderr_is("");
        let twice = sign(["none"]).file("a", &text).file("b", &text).args(["a", "b"]).succeeds();
        assert_eq!(twice.lines().len(), 600);
    }
}

#[test]
fn a_file_that_is_cut_short_gives_its_whole_entries_and_one_error() {
    let entries: Vec<String> = (1..=5).map(entry).collect();
    for text in layouts(&entries) {
        for (whole, cut) in entries.iter().enumerate().skip(1) {
            let end = text.find(cut).expect("the entry") + 30;
            let run = sign(["none"]).stdin(&text[..end]).fails(1);
            assert_eq!(run.lines().len(), whole, "{}", run.out());
            let message = format!("sign: line 1: entry {}: not JSON: ends in the middle\n", whole + 1);
            run.stderr_is(&message);
            let run = sign(["none"]).stdin(&text[..end - 31]).fails(1);
            assert_eq!((run.lines().len(), run.err().lines().count()), (whole, 1), "{}", run.err());
        }
    }
}

#[test]
fn nothing_behind_a_broken_bracket_is_taken_for_a_request() {
    let text = format!("{{\"log\":{{\"entries\":[{}}},\n{}\n]}}}}\nhttps://bait/\n", entry(1), entry(2));
    let run = sign(["none"]).stdin(text).fails(1);
    assert_eq!(run.lines().len(), 1);
    run.stderr_is("sign: line 1: not a HAR file from here on, and the rest is not read\n");
}

#[test]
fn an_entry_that_is_wrong_leaves_the_others() {
    let text = format!("{{\"log\":{{\"entries\":[{},null,{{\"x\":1}},{{bad}},{}]}}}}", entry(1), entry(2));
    let run = sign(["none"]).stdin(text).fails(1);
    assert_eq!((run.lines().len(), run.err().lines().count()), (2, 3), "{}", run.err());
    for number in 2..=4 {
        assert!(run.err().contains(&format!("sign: line 1: entry {number}: ")), "{}", run.err());
    }
}

#[test]
fn what_is_no_http_request_is_left_out_and_counted() {
    let mut entries: Vec<String> = (1..=2).map(entry).collect();
    for url in ["wss://h/", "wss://h/2", "data:text/plain,x", "chrome-extension://x/y", "blob:https://h/1"] {
        entries.insert(1, entry(0).replace("https://h/0", url));
    }
    entries.push(entry(9).replace("\"GET\"", "\"CONNECT\""));
    for text in layouts(&entries) {
        let run = sign(["none"]).stdin(text).succeeds();
        assert_eq!(run.lines().len(), 2);
        run.stderr_is(
            "sign: 6 entries are no HTTP requests and were left out (1 CONNECT, 1 blob:, 1 chrome-extension:, 1 data:, 2 wss:)\n",
        );
    }
    // A line of its own is a request that somebody asks for.
    sign(["none"]).stdin("{\"url\":\"wss://h/\"}\n").fails(1).stdout_is("");
}

#[test]
fn the_first_entry_is_out_before_the_last_is_in() {
    let text = layouts(&[entry(1), entry(2)]).remove(0);
    let at = text.find(&entry(2)).expect("the entry");
    let mut live = sign(["none"]).stdin(&text[..at]).start();
    assert!(live.stdout_line().contains("https://h/1"));
    live.write(&text[at..]);
    live.finish().exits(0).stdout_has("https://h/2");
}

/// A line of a recording: the members of `postData`, and the sizes that are recorded.
fn recorded(data: &str, sizes: &str) -> String {
    format!(r#"{{"method":"POST","url":"https://h/","headers":[{sizes}{data}}}"#)
}

#[test]
fn a_body_that_is_known_to_be_wrong_is_marked_and_goes_to_no_sender() {
    let length = |n: usize| format!("{{\"name\":\"content-length\",\"value\":\"{n}\"}}]");
    let size = |n: usize| format!("],\"bodySize\":{n}");
    let text = |text: &str| format!(r#","postData":{{"mimeType":"text/plain","text":"{text}"}}"#);
    for (data, sizes, fidelity) in [
        (String::new(), length(120), "unavailable"),
        (String::new(), size(120), "unavailable"),
        (r#","postData":{"mimeType":"x","params":[],"_file":"y"}"#.to_owned(), size(9), "unavailable"),
        (text("abc"), size(5), "partial"),
        (text("abc"), length(5), "partial"),
        (text("a\u{fffd}b"), size(3), "partial"),
        (text("abc"), size(2), "reencoded"),
        (r#","postData":{"mimeType":"x","params":[{"name":"{\"a\":1}","value":""}]}"#.to_owned(), size(7), "reencoded"),
    ] {
        let line = recorded(&data, &sizes);
        for to in ["json", "har", "url"] {
            let run = sign(["none", "--to", to]).stdin(&line).succeeds().stderr_has(" were sent\n");
            assert_eq!(run.err().lines().count(), 1);
            assert_eq!(run.out().contains(&format!(r#""_body":"{fidelity}""#)), to != "url", "{}", run.out());
        }
        for to in ["curl", "curl-config", "http", "vegeta", "hurl", "http-file", "httpie"] {
            let run = sign(["none", "--to", to]).stdin(&line).run();
            assert_eq!(run.out().is_empty(), fidelity != "reencoded", "{to}: {line}: {}", run.out());
            sign(["none", "--to", to, "--allow-partial"]).stdin(&line).succeeds();
        }
        // What was marked once stays marked.
        let marked = sign(["none"]).stdin(&line).succeeds();
        sign(["none"]).stdin(&marked.stdout).succeeds().stdout_is(&marked.out()).stderr_is("");
    }
}

#[test]
fn signatures_cover_no_body_of_which_a_part_is_missing() {
    let line = recorded("", "],\"bodySize\":7");
    let aws = ["aws", "--access-key", "A", "--secret-key", "text:s", "--service", "s3", "--region", "r"];
    sign(aws).stdin(&line).fails(1).stdout_is("").stderr_has("--allow-partial");
    sign(aws).arg("--unsigned-payload").stdin(&line).succeeds();
    sign(aws).arg("--allow-partial").stdin(&line).succeeds();
    sign(["bearer", "--token", "T"]).stdin(&line).succeeds().stdout_has("Bearer T");
    sign(["none", "--send"]).stdin(&line).fails(1).stdout_is("").stderr_has("--allow-partial");
}

#[test]
fn a_text_with_a_character_for_each_byte_is_restored() {
    let text: String = (0..=255_u8).map(|byte| format!("\\u{:04x}", u32::from(byte))).collect();
    let line = recorded(&format!(r#","postData":{{"mimeType":"x","text":"{text}"}}"#), "],\"bodySize\":256");
    let run = sign(["none", "--to", "http"]).stdin(line).succeeds().stderr_is("");
    let bytes: Vec<u8> = (0..=255).collect();
    assert!(run.stdout.ends_with(&bytes));
}

#[test]
fn parameters_become_the_body_that_their_type_says() {
    let form = |value: &str, params: &str, text: &str| {
        format!(
            r#"{{"method":"POST","url":"https://h/","headers":[{{"name":"Content-Type","value":"{value}"}}],"postData":{{"mimeType":"multipart/form-data"{text},"params":[{params}]}}}}"#
        )
    };
    let params = r#"{"name":"a","value":"1"},{"name":"f","fileName":"d/x.png","contentType":"image/png"}"#;
    let whole = form("multipart/form-data; boundary=B", params, "");
    sign(["none"]).stdin(&whole).fails(1).stdout_is("").stderr_has("parameter \"f\" is a file");
    let run = sign(["none", "--to", "http", "--allow-files"]).file("d/x.png", "PNG").stdin(&whole).succeeds();
    run.stdout_has(
        "\r\n\r\n--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B\r\n\
         Content-Disposition: form-data; name=\"f\"; filename=\"x.png\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n--B--\r\n",
    );
    let one = r#"{"name":"a","value":"1"}"#;
    sign(["none"]).stdin(form("multipart/form-data", one, "")).fails(1).stderr_has("without a boundary");
    for text in ["", ",\"text\":\"\""] {
        let run = sign(["none"]).stdin(form("multipart/form-data; boundary=\\\"B\\\"", one, text)).succeeds();
        run.stdout_has("form-data; name=");
        let run = sign(["none"]).stdin(form("application/x-www-form-urlencoded", one, text)).succeeds();
        assert_eq!(run.json()[0]["postData"]["text"], "a=1");
    }
}

#[test]
fn no_body_of_another_length_is_read_unmarked() {
    let config = ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() };
    let texts = prop_oneof!["[a-z\u{e9}\u{fffd}\u{20ac} &=]{0,8}", "\\PC{0,6}"];
    proptest!(config, |(text in texts, size in 0_u64..12, shape in 0..4)| {
        let json = serde_json::to_string(&text).expect("JSON");
        let data = match shape {
            0 => format!(r#""postData":{{"mimeType":"a","text":{json}}}"#),
            1 => format!(r#""postData":{{"mimeType":"a","params":[{{"name":{json},"value":"v"}}]}}"#),
            2 => format!(r#""postData":{{"text":"","params":[{{"name":"n","value":{json}}}]}}"#),
            _ => format!(r#""body":{json}"#),
        };
        let line = format!(r#"{{"method":"POST","url":"https://h/","bodySize":{size},{data}}}"#);
        Reader::default().read(&line, &mut |request| {
            let request = request.expect("a request");
            let is_right = request.body.sent().len() as u64 == size;
            assert_eq!(is_right, request.fidelity() == Fidelity::Exact, "{line}");
            assert_eq!(is_right, request.notes.is_empty(), "{line}");
        });
    });
}

#[test]
#[ignore = "writes 2 GB through a pipe: make test-heavy"]
fn a_recording_of_two_gigabytes_needs_little_memory() {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::time::{Duration, Instant};

    let mut child = std::process::Command::new(crate::support::tool::bin("sign"))
        .args(["none"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("sign");
    let mut stdin = child.stdin.take().expect("a pipe");
    let body = "x".repeat(1 << 20);
    let started = Instant::now();
    let writer = std::thread::spawn(move || {
        let mut text = String::from("{\n  \"log\": {\n    \"entries\": [\n");
        for number in 0..2048 {
            let comma = if number == 0 { "" } else { ",\n" };
            let _ = write!(
                text,
                "{comma}      {{\"request\":{{\"url\":\"https://h/{number}\",\"headers\":[]}},\n\"response\":{{\"content\":{{\"text\":\"{body}\"}}}}}}"
            );
            if stdin.write_all(text.as_bytes()).is_err() {
                return;
            }
            text.clear();
        }
        let _ = stdin.write_all(b"\n    ]\n  }\n}\n");
    });
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    assert!(lines.next().expect("a line").expect("text").contains("https://h/0"));
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    let mut peak = 0;
    let mut count = 1;
    for line in lines {
        line.expect("text");
        count += 1;
        if count % 64 == 0 {
            let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
            let kib =
                status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok());
            peak = peak.max(kib.unwrap_or(0_u64));
        }
    }
    writer.join().expect("the writer");
    assert!(child.wait().expect("a status").success());
    assert_eq!(count, 2048);
    assert!(peak < 32 << 10, "{peak} KiB");
}
