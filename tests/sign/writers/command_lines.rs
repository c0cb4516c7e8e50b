//! `.http` files and HTTPie's command lines.

use proptest::prelude::*;
use serde_json::json;

use super::{body, header, is_refused, is_written, line, trimmed, written};
use crate::support::batches::over_batches;
use crate::support::recorder::Recorder;
use crate::support::{Tool, sign};

#[test]
fn an_http_file_has_names_separators_headers_and_bodies() {
    let first = line(&json!({"_name": "List\nitems", "url": "https://h.example?a=1#f"}));
    let second = line(&body("application/json", "{\n  \"a\": 1\n}"));
    let run = sign(["none", "--to", "http-file"]).stdin(first + &second).succeeds();
    run.stdout_is(
        "# @name List items\nGET https://h.example?a=1#f\n\n###\n\n\
         POST https://h.example/\nContent-Type: application/json\n\n{\n  \"a\": 1\n}\n",
    );
}

#[test]
fn an_http_file_keeps_the_crlf_of_a_form_with_parts() {
    let parts = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n";
    let expected = format!("POST https://h.example/\nContent-Type: multipart/form-data; boundary=b\n\n{parts}\n");
    is_written("http-file", &body("multipart/form-data; boundary=b", parts), &expected);
}

#[test]
fn what_an_http_file_would_read_as_syntax_is_an_error() {
    let not = |field: &str, how: &str| format!("{field}: is not something an .http file can send{how}");
    let variable = ": {{ begins a variable there, and nothing escapes it";
    is_refused("http-file", &json!({"url": "https://h.example/{{a}}"}), &not("url", variable));
    is_refused("http-file", &header("X", "{{a}}"), &not("header 1", variable));
    is_refused("http-file", &body("text/plain", "a {{b}}"), &not("postData", variable));
    is_refused("http-file", &json!({"method": "#GET"}), &not("method", ": # begins a comment"));
    is_refused("http-file", &header("#X", "a"), &not("header 1", ": # begins a comment"));
    let syntax = ": a line of it is a comment, a separator or the name of a file there";
    for text in
        ["a\n###\nGET https://evil.example/", "# a", "a\n// b", "< /etc/passwd", "<@utf8 x", "a\n> {% x %}", ">> f"]
    {
        is_refused("http-file", &body("text/plain", text), &not("postData", syntax));
    }
    for text in ["\na", "a\n", " \na", "a\n\t"] {
        is_refused("http-file", &body("text/plain", text), &not("postData", ": blank lines at its ends are dropped"));
    }
    let breaks = not("postData", ": its line breaks are not those that are sent");
    is_refused("http-file", &body("text/plain", "a\r\nb"), &breaks);
    is_refused("http-file", &body("text/plain", "a\rb"), &breaks);
    is_refused("http-file", &body("multipart/mixed", "a\nb"), &breaks);
    let bytes = json!({"method": "POST", "postData": {"mimeType": "", "text": "/w==", "encoding": "base64"}});
    is_refused("http-file", &bytes, &not("postData", ": it is not text"));
}

/// Reads a file as the format's own programs do: divided at `###`, comments taken out, a blank line before the body.
fn read(file: &str) -> Vec<(String, Vec<String>, String)> {
    let mut requests = Vec::new();
    for part in file.split("\n###\n") {
        let (head, body) = part.trim_matches('\n').split_once("\n\n").unwrap_or((part.trim_matches('\n'), ""));
        let mut lines = head.lines().filter(|line| !line.starts_with('#')).map(str::to_owned);
        let first = lines.next().expect("a request line");
        requests.push((first, lines.collect(), body.to_owned()));
    }
    requests
}

#[test]
fn an_http_file_reads_back_as_what_was_written() {
    let recorder = Recorder::start();
    over_batches(8, 60, |batch| {
        let (output, held) = written(batch, "http-file", &recorder);
        let file = output.out();
        let requests = if held.is_empty() { Vec::new() } else { read(&file) };
        prop_assert_eq!(held.len(), requests.len(), "{}", file);
        for (request, (first, headers, body)) in held.iter().zip(requests) {
            let (url, fragment) = (&request.target, &request.fragment);
            prop_assert_eq!(format!("{} http://{}{url}{fragment}", request.method, recorder.host()), first);
            let told: Vec<String> = headers.iter().map(|line| trimmed(line)).collect();
            let expected = request.headers.iter().map(|(name, value)| trimmed(&format!("{name}:{value}")));
            prop_assert_eq!(expected.collect::<Vec<_>>(), told);
            prop_assert_eq!(String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()), body);
        }
        Ok(())
    });
}

/// The headers that both programs are told not to add.
const OFF: &str = "Accept: Accept-Encoding: Connection: User-Agent:";

#[test]
fn an_httpie_command_adds_nothing_and_reads_no_file() {
    let start = "http --ignore-stdin --ignore-netrc";
    is_written("httpie", &json!({}), &format!("{start} GET 'https://h.example/' {OFF}\n"));
    for (value, word) in [
        ("a", "'X:a'"),
        ("", "'X;'"),
        (" ", "'X;'"),
        ("@file", "'X: @file'"),
        ("=@file", "'X: =@file'"),
        ("it's", "'X:it'\\''s'"),
        ("a\\b", "'X:a\\b'"),
        ("$(id) `id`", "'X:$(id) `id`'"),
    ] {
        is_written("httpie", &header("X", value), &format!("{start} GET 'https://h.example/' {OFF} {word}\n"));
    }
    let expected = format!("{start} POST 'https://h.example/' {OFF} 'Content-Type:a/b' --raw='-x @y'\n");
    is_written("httpie", &body("a/b", "-x @y"), &expected);
    let expected = format!("printf 'a\\nb' | http --ignore-netrc POST 'https://h.example/' {OFF} 'Content-Type:a/b'\n");
    is_written("httpie", &body("a/b", "a\nb"), &expected);
    let untyped = json!({"method": "POST", "postData": {"mimeType": "", "text": "a"}});
    let expected = format!("{start} POST 'https://h.example/' {OFF} Content-Type: --raw='a'\n");
    is_written("httpie", &untyped, &expected);
}

#[test]
fn what_httpie_or_xh_would_send_otherwise_is_an_error() {
    let not = |field: &str, how: &str| format!("{field}: is not something httpie can send{how}");
    is_refused("httpie", &json!({"method": "get"}), &not("method", ": its methods are capital letters"));
    is_refused("httpie", &header("-X", "a"), &not("header 1", ": its name looks like an option"));
    for value in ["a\\:b", "\\@", "a\\", "\\\\", "\\=", "\\;"] {
        is_refused("httpie", &header("X", value), &not("header 1", ": a backslash there escapes what is after it"));
    }
    let changed =
        "url: has dots or characters that HTTP libraries change; --to curl-config | curl -K - sends it as written";
    for target in ["a/../b", ".", "?", "%2f", "%41", "%7E", "a'b", "?a=[1]", "?a=\"", "|", "\\", "é", "%", "%zz"] {
        is_refused("httpie", &json!({"url": format!("https://h.example/{target}")}), changed);
    }
    is_refused("httpie", &json!({"url": "https://H.example/"}), changed);
    let hosts = json!({"headers": [{"name": "Host", "value": "a"}, {"name": "host", "value": "b"}]});
    is_refused("httpie", &hosts, &not("headers", ": it sends one Host"));
}

#[test]
#[ignore = "starts HTTPie for each of hundreds of requests: make test-heavy"]
fn httpie_sends_what_its_command_line_says() {
    let recorder = Recorder::start();
    let program = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/venv/bin/http");
    assert!(program.is_file(), "HTTPie is not installed: run tests/support/install heavy, or make test-heavy");
    let folder = program.parent().expect("a folder").display().to_string();
    over_batches(3, 60, |batch| {
        let (output, held) = written(batch, "httpie", &recorder);
        let script = format!("PATH={folder}:$PATH\n{}", output.out());
        Tool::program("sh").arg("-s").stdin(script).succeeds();
        let received = recorder.take();
        prop_assert_eq!(held.len(), received.len());
        for (request, received) in held.iter().zip(&received) {
            let sorted = |mut told: Vec<String>| {
                // White space around a value is no part of it.
                told[1..].iter_mut().for_each(|line| *line = trimmed(line));
                // The order of headers, and the length of an empty body, are HTTPie's own.
                told[1..].sort();
                told
            };
            prop_assert_eq!(sorted(request.told()), sorted(received.told()));
            prop_assert_eq!(vec![request.host(&recorder.host())], received.values("host"));
            prop_assert_eq!(request.body.as_deref().unwrap_or_default(), &received.body);
        }
        Ok(())
    });
}
