//! The pipe that all tools share: what bad input does, when a line comes out, how much memory a stream takes.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;
use std::time::Duration;

use crate::support::tool::spawn;
use crate::support::{Tool, sign};

const GOOD: &str = r#"{"method":"GET","url":"https://example.com/","headers":[]}"#;

/// The bad line gives this message and nothing else; the good one behind it comes out all the same.
#[track_caller]
fn spoils_its_line_alone(line: impl AsRef<[u8]>, message: &str) {
    let mut input = line.as_ref().to_vec();
    input.extend_from_slice(format!("\n{GOOD}\n").as_bytes());
    let run = sign(["none"]).stdin(input).fails(1);
    run.stdout_is(&format!("{GOOD}\n")).stderr_is(&format!("sign: line 1: {message}\n"));
}

#[test]
fn what_is_no_request_spoils_its_line_alone() {
    let unknown = "not a request in any known format; --from NAME says which one it is";
    for line in ["not json", "3", "null", "\"https://example.com/\"", "curly https://example.com/", "GET / HTTP/1.1"] {
        spoils_its_line_alone(line, unknown);
    }
    for (line, message) in [
        ("{not json}", "not JSON: key must be a string at column 2"),
        ("{\"url\":\"https://h/\",}", "not JSON: trailing comma at column 21"),
        ("{\"url\":\"https://h/\"", "not JSON: ends in the middle"),
        ("{\"url\":\"https://h/", "not JSON: ends in the middle"),
        ("{\"url\":\"https://h/\",\"note\":1e}", "not JSON: invalid number at column 30"),
        ("{\"url\":\"https://h/\",\"url\":\"https://h/\"}", "url: is given twice"),
    ] {
        spoils_its_line_alone(line, message);
    }
}

#[test]
fn a_wrong_field_is_named_with_what_is_wrong() {
    let with = |rest: &str| format!(r#"{{"url":"https://h/",{rest}}}"#);
    for (line, message) in [
        ("{}".to_owned(), "url: is missing"),
        (r#"{"method":"GET"}"#.to_owned(), "url: is missing"),
        (r#"{"url":3}"#.to_owned(), "url: is not text"),
        ("ftp://h/".to_owned(), "\"ftp://h/\" is not an http(s) URL"),
        (r#"{"url":"ftp://u:secret@h/?k=secret"}"#.to_owned(), "\"ftp://***@h/\" is not an http(s) URL"),
        (r#"{"url":"/relative"}"#.to_owned(), "\"/relative\" is not an http(s) URL"),
        (r#"{"url":"https:///p"}"#.to_owned(), "\"https:///p\" has no host"),
        (
            r#"{"url":"https://h:99999/"}"#.to_owned(),
            "\"https://h:99999/\" has a port that is not a number from 0 to 65535",
        ),
        (r#"{"url":"https://h/a b"}"#.to_owned(), "\"https://h/a b\" has a space; write it as %20"),
        (r#"{"url":"https://h/\u0007"}"#.to_owned(), "\"https://h/\" has a control character"),
        (with(r#""method":"A B""#), "method: is not a token (letters, digits and !#$%&'*+-.^_`|~)"),
        (with(r#""method":null"#), "method: is not text"),
        (with(r#""headers":3"#), "headers: is not a list of {\"name\", \"value\"} objects"),
        (with(r#""headers":[{"name":"A","value":"b"},["C"]]"#), "header 2: is not text"),
        (with(r#""headers":{"A":"b","C":null}"#), "header 2: is not text"),
        (with(r#""headers":{"A B":"c"}"#), "header 1: name is not a token (letters, digits and !#$%&'*+-.^_`|~)"),
        (with(r#""headers":{"A":"b","B":"c","C":"d\ne"}"#), "header 3: value has a line break"),
        (with(r#""headers":{"A":"b\rc"}"#), "header 1: value has a line break"),
        (with(r#""headers":{"A":"b\u0000c"}"#), "header 1: value has a control character"),
        (with(r#""postData":3"#), "postData: is not an object"),
        (with(r#""postData":{"text":"%%%","encoding":"base64"}"#), "postData: text is not base64"),
        (with(r#""postData":{"text":"a","encoding":"rot13"}"#), "postData: encoding is not \"base64\""),
        (with(r#""header":{},"body":"%%%""#), "postData: text is not base64"),
    ] {
        spoils_its_line_alone(line, message);
    }
}

#[test]
fn bytes_that_are_not_utf8_are_counted() {
    spoils_its_line_alone(b"{\"url\":\"https://h/\xff\"}", "not UTF-8 at byte 18");
    spoils_its_line_alone(b"\xff{\x00", "not UTF-8 at byte 0");
}

#[test]
fn half_a_line_at_the_end_is_an_error() {
    let run = sign(["none"]).stdin(format!("{GOOD}\n{{\"url\":\"https://h")).fails(1);
    run.stdout_is(&format!("{GOOD}\n")).stderr_is("sign: line 2: not JSON: ends in the middle\n");
}

#[test]
fn a_last_line_needs_no_line_break() {
    sign(["none"]).stdin(GOOD).succeeds().stdout_is(&format!("{GOOD}\n"));
}

#[test]
fn nothing_in_is_nothing_out() {
    sign(["none"]).stdin("").succeeds().stdout_is("").stderr_is("");
    sign(["none"]).stdin("\n \r\n\n").succeeds().stdout_is("").stderr_is("");
}

#[test]
fn a_line_of_200_megabytes_spoils_itself_alone() {
    let mut line = br#"{"url":"https://h/","body":""#.to_vec();
    line.resize(200 << 20, b'x');
    line.extend_from_slice(b"\"}");
    let message = "longer than 128 MiB";
    spoils_its_line_alone(line, message);
}

#[test]
fn deep_nesting_neither_crashes_nor_stops() {
    let deep = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
    let kept = format!(r#"{{"method":"GET","url":"https://h/","headers":[],"note":{}}}"#, deep(200_000));
    sign(["none"]).stdin(&kept).succeeds().stdout_is(&format!("{kept}\n"));
    spoils_its_line_alone(
        format!(r#"{{"url":"https://h/","headers":{}}}"#, deep(200_000)),
        "not JSON: recursion limit exceeded at column 157",
    );
    sign(["none"]).stdin("[".repeat(200_000)).fails(1);
}

#[test]
fn messages_never_quote_what_came_in() {
    let secrets = r#"{"url":"https://SECRET:SECRET@h/ ?SECRET=SECRET","headers":{"A":"SECRET"}}
{"url":"https://SECRET@h/ #SECRET","headers":{"A":"SECRET"}}
{"url":"https://h/","headers":{"A":"SECRET\n"}}
{"url":"https://h/","headers":"SECRET"}
{"url":"https://h/","method":"SECRET SECRET"}
{"url":"https://h/","postData":"SECRET"}
{"url":"https://h/","postData":{"text":"SECRET!","encoding":"base64"}}
{"url":"https://h/",SECRET}
SECRET
curl --SECRET-option -u SECRET https://h/ -d @SECRET
curl 'SECRET
"#;
    let secrets = secrets.replace("--SECRET-option ", "");
    sign(["none"]).stdin(secrets).fails(1).never_says("SECRET");
}

#[test]
fn strict_stops_at_the_first_bad_line() {
    let input = format!("{GOOD}\nbad\n{GOOD}\nworse\n");
    let run = sign(["none", "--strict"]).stdin(input).fails(1);
    run.stdout_is(&format!("{GOOD}\n"))
        .stderr_is("sign: line 2: not a request in any known format; --from NAME says which one it is\n");
}

#[test]
fn strict_stops_a_producer_that_goes_on() {
    let mut live = sign(["none", "--strict"]).stdin("bad\n").start();
    live.stderr_line_with("line 1");
    // Its input is still open.
    live.finish().exits(1).stdout_is("");
}

#[test]
fn unknown_members_stay_in_their_place_as_they_were_spelled() {
    let line = r#"{"_before":1e3,"method":"GET","note":{"deep":[1.50,-0,"\u00e9",1E+2,123456789012345678901234567890]},"url":"https://h/","_name":"n","headers":[],"last":null}"#;
    sign(["none"]).stdin(line).succeeds().stdout_is(&format!("{line}\n"));
    let signed = sign(["bearer", "--token", "T"]).stdin(line).succeeds();
    signed.stdout_is(&format!(
        "{}\n",
        line.replace("\"headers\":[]", r#""headers":[{"name":"Authorization","value":"Bearer T"}]"#)
    ));
}

#[test]
fn many_headers_are_written_at_once_in_every_format() {
    let headers: Vec<String> = (0..200_000).map(|number| format!(r#"{{"name":"a{number}","value":"v"}}"#)).collect();
    let line = format!(r#"{{"url":"https://h/","headers":[{}]}}"#, headers.join(","));
    for to in ["json", "har", "http", "vegeta", "hurl"] {
        let output = sign(["none", "--to", to]).stdin(&line).limit(Duration::from_secs(10)).succeeds();
        assert!(output.out().contains("a199999"), "{to}");
    }
}

#[test]
fn fields_of_a_form_keep_their_order_when_names_repeat() {
    let field = |name: &str, value: &str| format!(r#"{{"name":"{name}","value":"{value}"}}"#);
    let fields = [field("a", "1"), field("b", "it's a+b"), field("a", "3")].join(",");
    let line = format!(
        r#"{{"method":"POST","url":"https://h/","headers":[],"postData":{{"mimeType":"","params":[{fields}]}}}}"#
    );
    let output = sign(["none"]).stdin(line).succeeds();
    assert_eq!(output.json()[0]["postData"]["text"], "a=1&b=it%27s+a%2Bb&a=3");
}

#[test]
fn what_repeats_the_request_is_dropped_and_made_anew() {
    let line = r#"{"method":"POST","url":"https://h/?a=b","httpVersion":"HTTP/1.1","cookies":[],"headers":[{"name":":method","value":"POST"},{"name":"content-length","value":"1"},{"name":"Transfer-Encoding","value":"chunked"},{"name":"proxy-x","value":"y"},{"name":"A","value":"b"}],"queryString":[],"postData":{"mimeType":"","text":"x"},"headersSize":-1,"bodySize":1}"#;
    sign(["none"]).stdin(line).succeeds().stdout_is(concat!(
        r#"{"method":"POST","url":"https://h/?a=b","httpVersion":"HTTP/1.1","headers":[{"name":"A","value":"b"}],"postData":{"mimeType":"","text":"x"}}"#,
        "\n"
    ));
}

#[test]
fn carriage_returns_and_a_byte_order_mark_are_no_part_of_a_line() {
    let input = format!("\u{feff}{GOOD}\r\nhttps://example.com/\r\n\r\n{GOOD}\r\n");
    sign(["none"]).stdin(input).succeeds().stdout_is(&format!("{GOOD}\n{GOOD}\n{GOOD}\n"));
    let bad = "\u{feff}\r\n\r\nbad\r\n";
    let unknown = "not a request in any known format; --from NAME says which one it is";
    sign(["none"]).stdin(bad).fails(1).stderr_is(&format!("sign: line 3: {unknown}\n"));
}

#[test]
fn a_document_over_several_lines_is_named_by_its_first() {
    let input = format!("{GOOD}\n{{\n  \"url\": \"https://h/\",\n  \"headers\": {{\"A\": \"b\\n\"}}\n}}\n{GOOD}\n");
    let run = sign(["none"]).stdin(input).fails(1);
    run.stdout_is(&format!("{GOOD}\n{GOOD}\n")).stderr_is("sign: line 2: header 1: value has a line break\n");
    let har = r#"{"log":{"entries":[{"request":{"url":"https://h/"}},{"request":{"url":"h"}},{"request":{"url":"https://h/"}}]}}"#;
    let run = sign(["none"]).stdin(har).fails(1);
    assert_eq!(run.lines().len(), 2);
    run.stderr_is("sign: line 1: entry 2: \"h\" is not an http(s) URL\n");
}

#[test]
fn files_are_read_one_after_another_and_named_where_there_are_several() {
    let tool = |arguments: &[&str]| {
        sign(["none"]).args(arguments).file("a", format!("{GOOD}\nbad")).file("b", "https://example.com/\nworse\n")
    };
    let unknown = "not a request in any known format; --from NAME says which one it is";
    let run = tool(&["a"]).fails(1);
    run.stdout_is(&format!("{GOOD}\n")).stderr_is(&format!("sign: line 2: {unknown}\n"));
    let run = tool(&["a", "-", "b"]).stdin("https://example.com/\nfrom stdin").fails(1);
    run.stdout_is(&format!("{GOOD}\n{GOOD}\n{GOOD}\n"))
        .stderr_is(&format!("sign: a: line 2: {unknown}\nsign: -: line 2: {unknown}\nsign: b: line 2: {unknown}\n"));
}

#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_read() {
    let run = sign(["none", "missing", "a", "."]).file("a", GOOD).fails(1);
    run.stdout_is(&format!("{GOOD}\n"))
        .stderr_is("sign: missing: No such file or directory (os error 2)\nsign: .: Is a directory (os error 21)\n");
    let run = sign(["none"]).stdin_from(File::open("/").expect("a folder")).fails(1);
    run.stdout_is("").stderr_is("sign: cannot read: Is a directory (os error 21)\n");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let full = || File::options().write(true).open("/dev/full").expect("/dev/full");
    for to in ["json", "har", "curl-config"] {
        let run = sign(["none", "--to", to]).stdin(GOOD).stdout_to(full()).exits(1);
        run.stderr_is("sign: cannot write: No space left on device (os error 28)\n");
    }
    let mut many = format!("{GOOD}\n").repeat(50_000);
    many.push_str("bad\n");
    for jobs in ["1", "4"] {
        let run = sign(["none", "-j", jobs]).stdin(&many).stdout_to(full()).exits(1);
        run.stderr_is("sign: cannot write: No space left on device (os error 28)\n");
    }
}

#[test]
fn a_reader_that_has_enough_ends_the_tool_quietly() {
    for jobs in ["1", "4"] {
        let mut tool = sign(["none", "-j", jobs]);
        let command = tool.command().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = spawn(command).expect("sign");
        let mut stdin = child.stdin.take().expect("a pipe");
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        stdin.write_all(format!("{GOOD}\n").as_bytes()).expect("a reader");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line");
        assert_eq!(line, format!("{GOOD}\n"));
        drop(stdout);
        // An endless producer learns of it as soon as the tool is gone.
        while stdin.write_all(format!("{GOOD}\n").as_bytes()).is_ok() {}
        let output = child.wait_with_output().expect("an end");
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

#[test]
fn every_format_comes_out_while_the_producer_waits() {
    for (to, lines) in [("json", 1), ("curl", 1), ("url", 1), ("vegeta", 1), ("http", 3), ("curl-config", 6)] {
        let mut live = sign(["none", "--to", to]).start();
        for round in 0..3 {
            live.write(format!("{GOOD}\n"));
            let separator = usize::from(to == "curl-config" && round > 0);
            let came: Vec<String> = (0..lines + separator).map(|_| live.stdout_line()).collect();
            assert!(came.concat().contains("example.com"), "{to}: {came:?}");
        }
        live.finish().exits(0);
    }
}

/// Shells call it 130. Whoever runs the tests in the background ignores interrupts, and so would what they start.
#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_ends_it_as_interrupts_do_with_everything_before_written() {
    use std::os::unix::process::ExitStatusExt as _;

    let tool = Tool::program("env").args(["--default-signal=INT", env!("CARGO_BIN_EXE_sign"), "none", "-j", "2"]);
    let mut live = tool.start();
    live.write(format!("{GOOD}\n"));
    assert_eq!(live.stdout_line(), GOOD);
    live.signal("INT");
    let status = live.finish().status;
    assert!(status.signal() == Some(2) || status.code() == Some(130), "{status}");
}

#[test]
fn a_bad_line_is_reported_while_the_producer_waits() {
    let mut live = sign(["none", "-j", "3"]).start();
    live.write("bad\n");
    assert!(live.stderr_line().starts_with("sign: line 1: "));
    live.write(format!("{GOOD}\n"));
    assert_eq!(live.stdout_line(), GOOD);
    live.write("worse\n");
    assert!(live.stderr_line().starts_with("sign: line 3: "));
    live.finish().exits(1);
}

#[test]
fn threads_keep_the_order_of_lines_and_of_messages() {
    let mut input = String::new();
    for index in 0..40_000 {
        // Lines of very different length, so that the threads would overtake each other.
        let body = "x".repeat(if index % 97 == 0 { 20_000 } else { index % 50 });
        input += &format!("{{\"url\":\"https://h/{index}\",\"body\":\"{body}\"}}\n");
        if index % 1000 == 0 {
            input += "bad\n";
        }
    }
    let one = sign(["bearer", "--token", "T"]).stdin(&input).fails(1);
    assert_eq!(one.lines().len(), 40_000);
    let four = sign(["bearer", "--token", "T", "-j", "4"]).stdin(&input).fails(1);
    assert!(one.stdout == four.stdout, "the lines differ");
    assert_eq!(one.err(), four.err());
}

#[test]
fn strict_gives_the_same_with_threads() {
    let mut input = format!("{GOOD}\n").repeat(20_000);
    input += "bad\n";
    input += &format!("{GOOD}\n").repeat(20_000);
    for jobs in ["1", "4"] {
        let run = sign(["none", "--strict", "-j", jobs]).stdin(&input).fails(1);
        assert_eq!(run.lines().len(), 20_000, "-j {jobs}");
        run.stderr_has("sign: line 20001: ");
    }
}

/// The most memory that a process has had, in KiB.
#[cfg(target_os = "linux")]
fn peak(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("VmHWM");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

#[test]
#[cfg(target_os = "linux")]
fn memory_stays_the_same_however_long_the_stream() {
    for (jobs, to, megabytes) in [("4", "json", 300), ("1", "json", 60), ("1", "curl-config", 60)] {
        let mut tool = sign(["bearer", "--token", "T", "-j", jobs, "--to", to]);
        let mut child = spawn(tool.command().stdin(Stdio::piped()).stdout(Stdio::null())).expect("sign");
        let mut stdin = child.stdin.take().expect("a pipe");
        let short = format!("{GOOD}\n").repeat(1000);
        let long = format!("{{\"url\":\"https://h/\",\"body\":\"{}\"}}\n", "x".repeat(60_000));
        let mut written = 0;
        while written < megabytes << 20 {
            for piece in [&short, &long] {
                stdin.write_all(piece.as_bytes()).expect("a reader");
                written += piece.len();
            }
        }
        let peak = peak(child.id());
        drop(stdin);
        assert!(child.wait().expect("an end").success());
        assert!(peak < 24 << 10, "{peak} KiB with -j {jobs} --to {to}");
    }
}

#[test]
fn a_har_document_is_whole_whatever_went_wrong() {
    let strict = sign(["none", "--to", "har", "--strict"]).stdin(format!("bad\n{GOOD}\n")).fails(1);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&strict.out()).expect("JSON")["log"]["entries"],
        serde_json::json!([])
    );
    for input in [String::new(), "bad\n".to_owned(), format!("{GOOD}\nbad\n{GOOD}\n"), format!("bad\n{GOOD}\n")] {
        let run = sign(["none", "--to", "har"]).stdin(&input).run();
        let document: serde_json::Value =
            serde_json::from_str(&run.out()).unwrap_or_else(|error| panic!("{error}: {}", run.out()));
        let entries = document["log"]["entries"].as_array().expect("entries");
        assert_eq!(entries.len(), input.matches(GOOD).count());
        assert!(entries.iter().all(|entry| entry["response"]["status"] == 0));
    }
}

#[test]
fn an_unknown_format_is_a_usage_error() {
    sign(["none", "--to", "nonsense"]).fails(2);
    sign(["none", "--from", "nonsense"]).fails(2);
    sign(["nonsense"]).fails(2);
}

#[test]
fn other_tools_find_ours_on_the_path() {
    Tool::program("sh")
        .args(["-c", "echo https://example.com/ | sign none"])
        .succeeds()
        .stdout_is(&format!("{GOOD}\n"));
}
