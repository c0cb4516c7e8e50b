//! Text as people paste it: a command is one document, taken whole or refused.

use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use countersign_shared::formats::{InputFormat, OutputFormat, Reader, Writer};
use countersign_shared::pipe::{self, Filter, Frame, Input, OnError, Portion, Settings, Sink, Source};

use crate::support::sign;

/// Lines that are requests by themselves, and must not become ones inside something else.
const BAIT: &[&str] = &[
    r#"{"url":"https://bait/","method":"DELETE"}"#,
    "https://bait/",
    "curl https://bait/",
    "$ curl https://bait/",
    r#"{"log":{"entries":[{"request":{"method":"GET","url":"https://bait/"}}]}}"#,
];

#[test]
fn a_command_runs_to_its_end_or_is_refused() {
    for bait in BAIT {
        for (input, problem) in [
            (format!("curl https://h/ -d '\n{bait}\n"), "a quote is not closed"),
            (format!("curl https://h/ -d \"\n{bait}\n"), "a quote is not closed"),
            (format!("curl https://h/ \\\n  -d $'\n{bait}\n"), "a quote is not closed"),
            (format!("curl https://h/ -d @- <<END\n{bait}\n"), "a here-document has no end"),
            (format!("curl https://h/ -d @- <<'END'\n{bait}\n END\n"), "a here-document has no end"),
            (format!("cat <<END | curl https://h/ -d @-\n{bait}\nEND\n"), "is piped into another command"),
            (format!("cat > body <<END\n{bait}\nEND\n"), "does not start with curl"),
            (format!("sudo curl https://h/ -d '\n{bait}\n'\n"), "does not start with curl"),
            (format!("A=b curl https://h/ \\\n{bait}\n"), "does not start with curl"),
            (format!("wget \\\n{bait}\n"), "does not start with curl"),
            (
                format!("curl -X POST -d a=1 \\ \n{bait}\n"),
                "a blank follows the backslash at the end of a line, so that the command ends there",
            ),
            ("curl https://h/a 'https://h/b c'\n".to_owned(), "has a space"),
            ("curl https://h/a --next https://h/b -X 'A B'\n".to_owned(), ""),
            ("curl 'https://h/{a,b c}'\n".to_owned(), ""),
        ] {
            for input in [input.clone(), input.replace('\n', "\r\n")] {
                // The text of a here-document keeps its carriage returns, as in a shell; its end is found all the same.
                let run = sign(["none"]).stdin(&input).fails(1);
                assert!(!run.out().contains("bait") && !run.out().contains("https://h"), "{input}: {}", run.out());
                assert_eq!(run.err().lines().count(), 1, "{input}: {}", run.err());
                assert!(run.err().contains(problem), "{input}: {}", run.err());
            }
        }
    }
}

#[test]
fn a_backslash_at_the_very_end_is_nothing() {
    for end in ["\\", "\\\n", "\\\r\n", "\\\n\n", ""] {
        let run = sign(["none"]).stdin(format!("curl https://h/ \\\n  -X PUT \\\n  -d a {end}")).succeeds();
        let line = &run.json()[0];
        assert_eq!((&line["method"], &line["postData"]["text"]), (&"PUT".into(), &"a".into()), "{end:?}");
        run.stderr_is("");
    }
}

#[test]
fn a_here_document_is_the_data() {
    for (command, data) in [
        ("curl https://h/ -d @- <<END\na b\nc\nEND\n", "a bc"),
        ("curl https://h/ --data-binary @- <<END\na\n\n b\nEND\n", "a\n\n b\n"),
        ("curl https://h/ --data-binary @- <<'E N'\n$a `b` \\$\nE N\n", "$a `b` \\$\n"),
        ("curl https://h/ --data-binary @- <<END\n\\$a \\`b \\\\ \\c\nEND\n", "$a `b \\ \\c\n"),
        ("curl https://h/ --data-binary @- <<END\na\\\nb\nEND\n", "ab\n"),
        ("curl https://h/ --data-binary @- <<-END\n\t\ta\n\tEND\n", "a\n"),
        ("curl https://h/ \\\n  --data-binary @- <<END \\\n  -X POST\na\nEND\n", "a\n"),
        ("curl https://h/ --data-binary @- <<< 'a b'\n", "a b\n"),
        ("curl --data-binary @- https://h/ <<\\END\ncurl x\nEND", "curl x\n"),
    ] {
        let run = sign(["none"]).stdin(format!("{command}\n")).succeeds().stderr_is("");
        assert_eq!(run.json()[0]["postData"]["text"], data, "{command}");
        let shell = format!("curl() {{ cat; }}\n{command}\n");
        let bash = crate::support::Tool::program("bash").stdin(shell).succeeds();
        assert_eq!(bash.out().replace('\n', ""), data.replace('\n', ""), "{command}");
    }
    let run = sign(["none"]).stdin("curl https://h/ -d @- <<END\n$TOKEN\nEND\nhttps://after/\n").fails(1);
    run.stdout_has("https://after/").stderr_has("line 1: curl command: has a shell variable in a here-document");
}

#[test]
fn below_a_prompt_only_commands_are_read() {
    for bait in BAIT.iter().filter(|bait| !bait.contains("curl")) {
        let input =
            format!("$ curl https://h/a\n{bait}\n  {bait}\n\n$ ls\n{bait}\n$ curl https://h/b\nHTTP/1.1 200 OK\n");
        let run = sign(["none"]).stdin(input).fails(1);
        let urls: Vec<_> = run.json().iter().map(|line| line["url"].clone()).collect();
        assert_eq!(urls, ["https://h/a", "https://h/b"], "{bait}");
        assert_eq!(run.err().lines().count(), 4, "{}", run.err());
    }
}

#[test]
fn what_takes_the_output_of_a_command_is_passed_over_with_a_note() {
    for end in
        ["| jq .", "> out.json", ">> out", "2>/dev/null", "2>&1", "> a 2>&1 | grep -v x | head -1", "&> all", ">| x"]
    {
        let run = sign(["none"]).stdin(format!("curl https://h/ -d a {end}\n")).succeeds();
        assert_eq!(run.json()[0]["postData"]["text"], "a", "{end}");
        run.stderr_is(
            "sign: line 1: curl command: what follows it behind | or > changes no request and is passed over\n",
        );
    }
    for end in ["| xargs curl", "| sh -c 'curl x'", "&& rm x", "; ls", "& ls", "|", ">"] {
        sign(["none"]).stdin(format!("curl https://h/ {end}\n")).fails(1).stdout_is("");
    }
}

#[test]
fn typography_in_the_place_of_syntax_is_named() {
    for (command, name) in [
        ("curl \u{201c}https://h/\u{201d}", "typographic quote"),
        ("curl https://h/ -H \u{2018}A: b\u{2019}", "typographic quote"),
        ("curl https://h/ \u{2014}data a", "long dash"),
        ("curl https://h/ \u{2013}d a", "long dash"),
        ("curl\u{a0}https://h/", "no-break space"),
        ("curl https://h/ -d\u{a0}a", "no-break space"),
    ] {
        sign(["none", "--from", "curl"]).stdin(command).fails(1).stdout_is("").stderr_has(name);
    }
    let run = sign(["none"]).stdin("curl https://h/ -d '\u{201c}a\u{201d} \u{2013}\u{a0}' -d a\u{2019}b\n").succeeds();
    assert_eq!(run.json()[0]["postData"]["text"], "\u{201c}a\u{201d} \u{2013}\u{a0}&a\u{2019}b");
}

#[test]
fn a_scheme_counts_only_before_path_and_query() {
    for (url, expected) in [
        ("localhost:8080/login?next=https://example.com/a", "http://localhost:8080/login?next=https://example.com/a"),
        ("h?u=a://b", "http://h?u=a://b"),
        ("h/a://b", "http://h/a://b"),
        ("h:80/#a://b", "http://h:80/#a://b"),
        ("http:/h.example.com/a", "http://h.example.com/a"),
        ("https:///h/a", "https://h/a"),
        ("HTTP://h/", "HTTP://h/"),
    ] {
        let run = sign(["none"]).stdin(format!("curl '{url}'\n")).succeeds();
        assert_eq!(run.json()[0]["url"], expected, "{url}");
    }
    for url in ["ftp://h/", "ftp:/h/", "file:///etc/passwd"] {
        sign(["none"]).stdin(format!("curl {url}\n")).fails(1).stdout_is("");
    }
}

#[test]
fn the_parts_of_a_form_are_those_that_curl_sends() {
    for content_type in
        ["multipart/form-data; boundary=x", "multipart/form-data; charset=UTF-8", "MULTIPART/Form-Data;x"]
    {
        let command = format!("curl https://h/ -H 'content-type: {content_type}' -F a=b\n");
        let run = sign(["none", "--to", "http"]).stdin(command).succeeds();
        run.stdout_has("Content-Disposition: form-data; name=\"a\"\r\n");
    }
    let run = sign(["none", "--to", "http"]).stdin("curl https://h/ -H 'content-type: multipart/mixed' -F a=b\n");
    run.succeeds().stdout_has("Content-Disposition: attachment; name=\"a\"\r\n");
    for form in ["f=@a,b", "f=@a;type=text/a,b", "f=@a;type=text/a,b;type=text/b", "f=@a;filename=x,b"] {
        let run = sign(["none", "--allow-files"]).file("a", "1").file("b", "2").file("a,b", "3");
        let run = run.stdin(format!("curl https://h/ -F '{form}'\n")).fails(1);
        run.stdout_is("").stderr_has("several files in one part are not taken");
    }
    let run = sign(["none", "--allow-files"]).file("a,b", "3").stdin("curl https://h/ -F 'f=@\"a,b\"'\n").succeeds();
    run.stdout_has("filename=\\\"a,b\\\"");
}

/// A filter that writes requests as they are.
struct AsIs(Reader, Writer);

impl Filter for AsIs {
    type Worker = ();

    fn worker(&self) {}

    fn document(&self, (): &mut (), text: &str, sink: &mut Sink<'_>) {
        self.0.read(text, &mut |request| match request {
            Ok(request) => sink.write(|out| self.1.write(&request, out)),
            Err(error) => sink.error(error),
        });
    }
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("a lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The lines that come out for an input, read in the way in which the tools read.
fn lines(input: &[u8]) -> Vec<String> {
    let filter = AsIs(Reader::default(), Writer { to: OutputFormat::Json, ..Writer::default() });
    let settings =
        Settings { tool: "sign", jobs: 1, on_error: OnError::GoOn, portion: Portion::Block, frame: Frame::default() };
    let inputs = vec![Input::Reader(Box::new(Cursor::new(input.to_vec())))];
    let source = Source { inputs, framing: filter.0.framing(), name: String::new() };
    let written = Written::default();
    pipe::run(settings, source, Box::new(written.clone()), Box::new(std::io::sink()), &filter);
    let bytes = written.0.lock().expect("a lock").clone();
    String::from_utf8(bytes).expect("UTF-8").lines().map(str::to_owned).collect()
}

/// The lines for a text that is known to be one command.
fn lines_of_one(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let reader = Reader { from: InputFormat::Curl, ..Reader::default() };
    reader.read(text, &mut |request| {
        if let Ok(request) = request {
            Writer::default().write(&request, &mut out).expect("a line");
        }
    });
    String::from_utf8(out).expect("UTF-8").lines().map(str::to_owned).collect()
}

fn pasted() -> impl Strategy<Value = String> {
    let bait = proptest::sample::select(BAIT).prop_map(str::to_owned);
    let text = proptest::collection::vec(prop_oneof![bait, "[a-z \"$\\\\]{0,9}".prop_map(String::from)], 0..4)
        .prop_map(|lines| lines.join("\n"));
    let quoted = text.clone().prop_map(|text| format!("-d '{}'", text.replace('\'', "'\\''")));
    let double = text
        .clone()
        .prop_map(|text| format!("-d \"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$")));
    let here = text.prop_map(|text| format!("-d @- <<'END'\n{text}\nEND\n"));
    let option = prop_oneof![
        quoted,
        double,
        Just("-X DELETE".to_owned()),
        Just("-H 'A: b'".to_owned()),
        Just("-u a:b".to_owned()),
        Just("https://h/two".to_owned()),
        Just("--next https://h/three".to_owned()),
    ];
    let options = proptest::collection::vec((option, proptest::sample::select(&[" ", " \\\n  ", " \\\r\n"][..])), 0..5);
    (options, proptest::option::of(here), proptest::sample::select(&["", "$ "][..])).prop_map(
        |(options, here, prompt)| {
            let options: String = options.into_iter().map(|(option, gap)| format!("{gap}{option}")).collect();
            format!("{prompt}curl https://h/{options} {}", here.unwrap_or_default())
        },
    )
}

#[test]
fn a_command_that_is_cut_anywhere_gives_what_its_shell_would_run_or_nothing() {
    let config = ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        cases: 12,
        ..ProptestConfig::default()
    };
    proptest!(config, |(command in pasted())| {
        for end in 0..=command.len() {
            let Some(cut) = command.get(..end) else { continue };
            let written = lines(cut.as_bytes());
            prop_assert!(!written.iter().any(|line| line.contains("\"url\":\"https://bait")), "{cut:?}: {written:?}");
            let expected = lines_of_one(cut.trim_end());
            // Up to its end the text is one document, so that nothing of it goes out that the whole does not have.
            prop_assert!(written.is_empty() || written == expected, "{cut:?}: {written:?}, {expected:?}");
        }
    });
}

#[test]
fn schemes_that_sign_has_are_asked_for_in_auth() {
    for (command, expected) in [
        ("curl --digest -u a:b https://h/", r#"{"digest":{"password":"b","username":"a"},"type":"digest"}"#),
        ("curl --digest https://a:b%40@h/", r#"{"digest":{"password":"b@","username":"a"},"type":"digest"}"#),
        (
            "curl -u 'D\\a:b' --ntlm https://h/",
            r#"{"ntlm":{"domain":"D","password":"b","username":"a"},"type":"ntlm"}"#,
        ),
        (
            "curl --aws-sigv4 aws:amz:eu-west-1:es -u a:b https://h/",
            r#"{"awsv4":{"accessKey":"a","region":"eu-west-1","secretKey":"b","service":"es"},"type":"awsv4"}"#,
        ),
        ("curl --aws-sigv4=aws:amz -u a:b https://h/", r#"{"awsv4":{"accessKey":"a","secretKey":"b"},"type":"awsv4"}"#),
    ] {
        let run = sign(["none"]).stdin(command).succeeds();
        let line = &run.json()[0];
        assert_eq!(line["_auth"], serde_json::from_str::<serde_json::Value>(expected).expect("JSON"), "{command}");
        assert_eq!((&line["url"], &line["headers"]), (&"https://h/".into(), &serde_json::json!([])), "{command}");
    }
    let run = sign(["none"]).stdin("curl --digest --basic -u a:b https://h/").succeeds();
    run.stdout_has("Basic YTpi");
    let command = "curl --aws-sigv4 aws:amz:eu-west-1:es -u AKID:secret https://h/";
    let run = sign(["inherit", "--to", "header"]).stdin(command).succeeds();
    run.stdout_has("Credential=AKID/").stdout_has("/eu-west-1/es/aws4_request");
}

#[test]
fn shell_variables_are_variables_where_there_are_any() {
    let command = "curl \"https://h/$ONE/${TWO}x\" -H \"A: $ONE\" -d '$ONE' -d @- <<END\n$TWO \\$ONE\nEND\n";
    let run = sign(["none", "--var", "ONE=1", "--var", "TWO=2"]).env("ONE", "bad").stdin(command).succeeds();
    let line = &run.json()[0];
    assert_eq!((&line["url"], &line["postData"]["text"]), (&"https://h/1/2x".into(), &"$ONE&2 $ONE".into()));
    let run = sign(["none", "--var", "ONE=1"]).stdin(command).env("TWO", "bad").fails(1);
    run.stdout_is("").stderr_has("TWO");
    sign(["none"]).stdin(command).env("ONE", "bad").fails(1).stdout_is("").stderr_has("--var NAME=VALUE");
    for odd in ["$1", "$@", "${A:-b}", "${#A}", "$(id)", "${A"] {
        sign(["none", "--var", "A=1"]).stdin(format!("curl \"https://h/{odd}\"\n")).fails(1).stdout_is("");
    }
}

#[test]
fn what_is_passed_over_is_named_with_v() {
    let run = sign(["none", "-v"]).stdin("curl -kLs -x proxy --max-time=3 https://h/").succeeds();
    run.stderr_has("passed over, since no line can hold them: --max-time, -L, -k, -s, -x");
    sign(["none"]).stdin("curl -kLs -x proxy --max-time=3 https://h/").succeeds().stderr_is("");
}

#[test]
fn what_is_something_else_is_told_once() {
    let fetch = "fetch(\"https://h/\", {\n  \"headers\": {\n    \"a\": \"b\"\n  },\n  \"method\": \"GET\"\n});\n";
    let shell = "$session = New-Object X\nInvoke-WebRequest -UseBasicParsing -Uri \"https://h/\" `\n-Headers @{\n\"a\"=\"b\"\n}\n";
    let wide: Vec<u8> = "{\"url\":\"https://h/\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (input, what) in [
        (fetch.as_bytes().to_vec(), "is JavaScript, which fetch() runs; copy the request as cURL (bash)"),
        (format!("await {fetch}").into_bytes(), "is JavaScript"),
        (shell.as_bytes().to_vec(), "is PowerShell; copy the request as cURL (bash)"),
        ([&[0xff, 0xfe][..], &wide].concat(), "is UTF-16; iconv"),
        (wide, "is UTF-16; iconv"),
        (vec![0x1f, 0x8b, 8, 0, b'\n', 1, b'\n'], "is gzip; zcat"),
        (b"h.example.com/a?b".to_vec(), "if it is a URL, write https:// in front"),
        (b"localhost:8080/a".to_vec(), "if it is a URL, write https:// in front"),
    ] {
        let run = sign(["none"]).stdin(input).fails(1).stdout_is("");
        assert_eq!(run.err().lines().count(), 1, "{}", run.err());
        run.stderr_has(what);
    }
    let run = sign(["none"]).stdin(format!("{fetch}\nhttps://after/\n")).fails(1);
    run.stdout_has("https://after/");
}

#[test]
fn an_argument_may_be_a_url_and_no_command() {
    sign(["none", "https://h/a?b", "http://h/c"]).succeeds().stdout_has("https://h/a?b").stdout_has("http://h/c");
    for command in ["curl https://h/ -u SECRET:SECRET", "curl", "$ curl -H SECRET https://h/"] {
        let run = sign(["none", command]).fails(2).stdout_is("").never_says("SECRET");
        run.stderr_has("a command is read from standard input");
    }
}

#[test]
fn copies_for_windows_are_right_or_refused() {
    let body = |command: &str| {
        let command = command.replace('\n', "\r\n");
        let run = sign(["none"]).stdin(&command).run();
        let text = run.json().first().map(|line| line["postData"]["text"].as_str().unwrap_or_default().to_owned());
        assert_eq!(text.is_none(), run.status.code() == Some(1), "{command}: {}", run.err());
        text
    };
    let firefox = |data: &str| format!("curl.exe ^\"https://h/^\" ^\n  -X POST ^\n  --data-raw ^\"{data}^\"");
    let chrome = |data: &str| format!("curl ^\"https://h/^\" ^\n  --data-raw ^\"{data}^\"");
    // {"p":"C:\\dir"} by the rules of each.
    let json = r#"{"p":"C:\\dir"}"#;
    assert_eq!(body(&firefox(r#"^{^\^"p^\^":^\^"C:^\^\dir^\^"^}"#)).as_deref(), Some(json));
    assert_eq!(body(&chrome(r#"^{^\^"p^\^":^\^"C:^\^\^\^\dir^\^"^}"#)).as_deref(), Some(json));
    assert_eq!(body(&firefox("a\"^\n\n\"b")).as_deref(), Some("a\nb"));
    assert_eq!(body(&chrome("a^\n\nb")).as_deref(), Some("a\nb"));
    // An option may stand before the URL, and redirections behind it.
    assert_eq!(body("curl -X POST -d ^\"a^&b^\" ^\"https://h/^\" > out 2>nul").as_deref(), Some("a&b"));
    // Older browsers put carets between plain quotes, or doubled the quotes.
    for older in [
        "curl \"https://h/\" ^\n  -H \"sec-ch-ua: ^\\^\"X^\\^\"\" ^\n  --data-raw \"a\"",
        "curl \"https://h/?a=e^%^20f\" ^\n  --data-raw \"a\"",
        "curl \"https://h/\" ^\n --data \"a^&b c\"",
        "curl \"https://h/\" --data-binary \"{\"\"a\"\":\"\"b\"\"}\"",
    ] {
        assert_eq!(body(older), None, "{older}");
    }
}
