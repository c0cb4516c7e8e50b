//! Every format that is read and written: fixed cases in `vectors/formats`, round trips, and readers that never panic.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;

use countersign_shared::formats::{Files, InputFormat, Reader};

use crate::support::batches::over_batches;
use crate::support::hostile::Hostile;
use crate::support::sign;

const LINE: &str = r#"{"method":"GET","url":"https://example.com/","headers":[]}"#;

fn vectors(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/formats").join(folder)
}

fn inputs() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(vectors("read")).expect("vectors");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension != "ndjson")).collect()
}

#[test]
fn each_input_reads_as_written_beside_it() {
    let inputs = inputs();
    assert!(inputs.len() >= 10, "{inputs:?}");
    for path in inputs {
        let expected = std::fs::read_to_string(path.with_extension("ndjson")).expect("expected lines");
        sign(["none"]).arg(&path).succeeds().stdout_is(&expected).stderr_is("");
    }
}

#[test]
fn a_named_format_reads_the_same_as_a_guessed_one() {
    for (file, from) in [
        ("firefox-posix.curl", "curl"),
        ("chrome-cmd.curl", "curl"),
        ("typed.curl", "curl"),
        ("vegeta.json", "vegeta"),
        ("har-file.json", "har"),
    ] {
        let path = vectors("read").join(file);
        let expected = std::fs::read_to_string(path.with_extension("ndjson")).expect("expected lines");
        sign(["none", "--from", from]).arg(&path).succeeds().stdout_is(&expected);
    }
}

#[test]
fn each_format_is_written_as_fixed() {
    for to in ["curl-config", "curl", "url", "har", "http", "vegeta", "hurl"] {
        let requests = vectors("write").join("requests.ndjson");
        let expected = std::fs::read(vectors("write").join(format!("requests.{to}"))).expect("an expected output");
        let expected = String::from_utf8_lossy(&expected).into_owned();
        let tool = sign(["none", "--to", to, "--body-dir", "bodies"]).arg(&requests);
        let bodies = tool.home().join("bodies").display().to_string();
        let out = tool.succeeds();
        let written = String::from_utf8_lossy(&out.stdout).replace(&bodies, "BODY_DIR");
        assert_eq!(written, expected, "{to}");
    }
}

#[test]
fn json_passes_as_it_is() {
    let requests = std::fs::read_to_string(vectors("write").join("requests.ndjson")).expect("requests");
    sign(["none"]).stdin(&requests).succeeds().stdout_is(&requests);
}

#[test]
fn header_writes_only_what_was_added() {
    let line = r#"{"url":"https://example.com/","headers":{"Accept":"*/*","authorization":"old"}}"#;
    let tool = sign(["bearer", "--token", "T", "--to", "header"]).stdin(line);
    tool.succeeds().stdout_is("Authorization: Bearer T\n");
    sign(["none", "--to", "header"]).stdin(line).succeeds().stdout_is("");
}

/// Holds a request without the shape that it is written in.
#[derive(Debug, PartialEq)]
struct Plain {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl Plain {
    fn of(line: &Value) -> Self {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let headers = line["headers"].as_array().expect("headers");
        let body = line.get("postData").map(|data| match data.get("encoding") {
            Some(_) => base64::engine::general_purpose::STANDARD.decode(text(&data["text"])).expect("base64"),
            None => text(&data["text"]).into_bytes(),
        });
        let headers = headers.iter().map(|header| (text(&header["name"]), text(&header["value"])));
        Self { method: text(&line["method"]), url: text(&line["url"]), headers: headers.collect(), body }
    }

    /// curl commands say no more of a blank value than of an empty one, and POST, PUT and PATCH always have a body.
    fn known_to_curl(mut self) -> Self {
        for (_, value) in &mut self.headers {
            if value.trim_matches([' ', '\t']).is_empty() {
                value.clear();
            }
        }
        if matches!(self.method.as_str(), "POST" | "PUT" | "PATCH") {
            self.body.get_or_insert_default();
        }
        self
    }

    /// A map of lists keeps order only among headers of one name.
    fn known_to_a_map(mut self) -> Self {
        let mut map = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in self.headers {
            map.entry(name).or_default().push(value);
        }
        self.headers =
            map.into_iter().flat_map(|(name, values)| values.into_iter().map(move |v| (name.clone(), v))).collect();
        self
    }
}

fn there_and_back(to: &str, batch: &[Hostile], known: impl Fn(Plain) -> Plain) -> Result<(), TestCaseError> {
    let lines: String = batch.iter().map(|request| format!("{}\n", request.line("example.com"))).collect();
    let there = sign(["none", "--to", to]).stdin(&lines).succeeds();
    let back = sign(["none"]).stdin(&there.stdout).succeeds().json();
    prop_assert_eq!(batch.len(), back.len());
    for (request, back) in batch.iter().zip(&back) {
        prop_assert_eq!(known(Plain::of(&request.line("example.com"))), known(Plain::of(back)));
    }
    Ok(())
}

#[test]
fn what_is_written_for_curl_reads_back() {
    over_batches(6, 60, |batch| there_and_back("curl", batch, Plain::known_to_curl));
}

#[test]
fn what_is_written_for_vegeta_reads_back() {
    over_batches(4, 60, |batch| there_and_back("vegeta", batch, Plain::known_to_a_map));
}

#[test]
fn what_is_written_as_har_reads_back() {
    over_batches(4, 60, |batch| {
        // A reader of HAR leaves out what asks a proxy for a tunnel.
        let batch: Vec<Hostile> = batch.iter().filter(|request| request.method != "CONNECT").cloned().collect();
        there_and_back("har", &batch, |plain| plain)
    });
}

#[test]
fn http_messages_are_what_a_server_receives() {
    let recorder = crate::support::recorder::Recorder::start();
    over_batches(4, 60, |batch| {
        let lines: String = batch.iter().map(|request| format!("{}\n", request.line(&recorder.host()))).collect();
        let messages = sign(["none", "--to", "http"]).stdin(&lines).succeeds();
        recorder.receive(&messages.stdout);
        let received = recorder.take();
        prop_assert_eq!(batch.len(), received.len());
        for (request, received) in batch.iter().zip(&received) {
            let told: Vec<String> = received.told().iter().map(|line| line.trim_end().to_owned()).collect();
            let expected: Vec<String> = request.told().iter().map(|line| line.trim_end().to_owned()).collect();
            prop_assert_eq!(expected, told);
            prop_assert_eq!(request.body.as_deref().unwrap_or_default(), &received.body);
            let hosts: Vec<String> = received.values("host");
            prop_assert_eq!(vec![request.host(&recorder.host())], hosts);
        }
        Ok(())
    });
}

#[test]
#[ignore = "needs hurl: make test-heavy"]
fn hurl_sends_what_its_file_says() {
    let recorder = crate::support::recorder::Recorder::start();
    over_batches(10, 60, |batch| {
        let is_possible = |request: &&Hostile| {
            let letters = request.method.bytes().all(|byte| byte.is_ascii_uppercase());
            letters && request.target.is_ascii() && !request.target.contains(['|', '^', '"', '<', '>', '`', '\\'])
        };
        let batch: Vec<&Hostile> = batch.iter().filter(is_possible).collect();
        let lines: String = batch.iter().map(|request| format!("{}\n", request.line(&recorder.host()))).collect();
        let file = sign(["none", "--to", "hurl"]).stdin(&lines).succeeds();
        crate::support::peers::hurl().arg("--no-output").stdin(&file.stdout).succeeds();
        let received = recorder.take();
        prop_assert_eq!(batch.len(), received.len());
        for (request, received) in batch.iter().zip(&received) {
            let unasked = |line: &&String| !line.starts_with("User-Agent: hurl/") && *line != "Accept: */*";
            let told: Vec<String> =
                received.told().iter().filter(unasked).map(|line| line.trim_end().to_owned()).collect();
            let expected: Vec<String> =
                request.told().iter().filter(unasked).map(|line| line.trim_end().to_owned()).collect();
            prop_assert_eq!(expected, told);
            prop_assert_eq!(request.body.as_deref().unwrap_or_default(), &received.body);
        }
        Ok(())
    });
}

#[test]
fn a_method_that_hurl_has_no_word_for_is_an_error() {
    let line = LINE.replace("GET", "M-SEARCH");
    let tool = sign(["none", "--to", "hurl"]).stdin(line).fails(1);
    tool.stderr_is("sign: line 1: method: is not something hurl can send: its methods are capital letters\n");
}

const FRAGMENTS: &[&str] = &[
    "curl",
    "curl ",
    "$ curl",
    "printf ",
    "'",
    "\"",
    "$'",
    "\\",
    "\\u",
    "\\ud83d",
    "\\x",
    "\\0",
    "\\c",
    "$(",
    "$(printf '",
    "\\3",
    "')",
    "`",
    "${",
    "|",
    "&",
    ";",
    "<",
    ">",
    "#",
    "\n",
    "\r\n",
    " ",
    "\t",
    "^",
    "^\"",
    "^\n",
    "%s",
    "%%",
    "%",
    "http://h/",
    "h",
    "[",
    "]",
    "{",
    "}",
    "[1-3]",
    "[a-",
    "{a,",
    "-",
    "--",
    "-X",
    "-d",
    "@",
    "@-",
    "-F",
    "a=b",
    "=@",
    "=<",
    ";type=",
    "\"a",
    "-H",
    "A: b",
    "A;",
    "-u",
    ":",
    "-G",
    "-I",
    "-T",
    "--next",
    "-:",
    "--json",
    "--data-urlencode",
    "--url-query",
    "--request-target",
    "/x",
    "-b",
    "-r",
    "1",
    "é",
    "\u{0}",
    "\u{9b}",
    "{\"url\":",
    "\"http://h/\"",
    "{\"log\":{\"entries\":[",
    "\"headers\":",
    "\"postData\":{\"text\":",
    "[[",
    "null",
    "1e3",
    ",",
    ":",
    "\"header\":{",
    "\"body\":",
    "\"=\"",
    "https://",
    "[::1]",
    ":99999",
    "?",
    "\\ud800\"",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::collection::vec(proptest::sample::select(FRAGMENTS), 0..24).prop_map(|parts| parts.concat()),
        proptest::collection::vec(proptest::sample::select(FRAGMENTS), 0..16)
            .prop_map(|parts| format!("curl {}", parts.join(" "))),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_reader_panics_and_no_file_is_read(text in text()) {
        for from in [InputFormat::Auto, InputFormat::Har, InputFormat::Curl, InputFormat::Vegeta, InputFormat::Url] {
            let reader = Reader { from, files: Files::Refused, ..Reader::default() };
            reader.read(&text, &mut |request| {
                if let Ok(request) = request {
                    // Whatever gets through can be written, or is refused with a reason.
                    use countersign_shared::options::Choices as _;
                    for (_, to) in countersign_shared::formats::OutputFormat::CHOICES {
                        let writer = countersign_shared::formats::Writer { to: *to, ..Default::default() };
                        let is_spooled = request.body.bytes().is_some_and(|body| body.contains(&0));
                        if !is_spooled {
                            let _ = writer.write(&request, &mut Vec::new());
                        }
                    }
                }
            });
        }
    }
}

#[test]
fn a_curl_command_that_cannot_be_read_says_why() {
    for (command, problem) in [
        ("curl", "curl command: has no URL"),
        ("curl https://h/ --unknown-option x", "curl command: option --unknown-option is not known"),
        ("curl -~ https://h/", "curl command: option -~ is not known"),
        ("curl https://h/ -H", "curl command: option -H has no value"),
        ("curl https://h/ < in", "curl command: reads a file with <; --data @FILE with --allow-files does too"),
        ("curl https://h/ | xargs curl", "curl command: is piped into another command"),
        ("cat x | curl https://h/", "curl command: is piped into another command"),
        ("curl https://h/ || exit 1", "curl command: || runs another command on failure, which cannot be told here"),
        ("curl https://h/?a=1&b=2", "curl command: is followed by something else; & and ; in a URL need quotes"),
        (
            "curl \"https://h/$TOKEN\"",
            "curl command: has a shell variable; --var NAME=VALUE gives it, or write its value",
        ),
        ("curl $(cat url)", "curl command: has a command substitution, which is not run"),
        ("curl \"`id`\"", "curl command: has a command substitution, which is not run"),
        ("curl -d @secret https://h/", "postData: names a file; --allow-files lets it be read"),
        ("curl -T secret https://h/", "postData: names a file; --allow-files lets it be read"),
        ("curl -F f=@secret https://h/", "postData: names a file; --allow-files lets it be read"),
        ("curl --json @secret https://h/", "postData: names a file; --allow-files lets it be read"),
        ("curl --data-urlencode a@secret https://h/", "postData: names a file; --allow-files lets it be read"),
        ("curl -H @secret https://h/", "headers: names a file; --allow-files lets it be read"),
        ("curl -b secret https://h/", "headers: names a file; --allow-files lets it be read"),
        (
            "curl -d @- https://h/",
            "curl command: reads standard input, and no printf or here-document says what that is",
        ),
        ("curl -K config", "curl command: -K names a file; --allow-files lets it be read"),
        ("curl @urls", "url: names a file; --allow-files lets it be read"),
        ("curl --url @urls", "url: names a file; --allow-files lets it be read"),
        ("curl --silent=1 https://h/", "curl command: option --silent takes no value"),
        ("curl -H Host: https://h/", "curl command: -H Host: removes the Host header, which a request must have"),
        (
            "curl -H $'A: \\xe9' https://h/",
            "curl command: has bytes that are not UTF-8 outside the data; a line can hold them in the body alone",
        ),
        ("curl --digest https://h/", "curl command: asks for a scheme without -u USER:PASSWORD"),
        ("curl --aws-sigv4 osc:amz -u a:b https://h/", "curl command: --aws-sigv4 names another provider than aws:amz"),
        (
            "curl --resolve h:1:2 https://h/",
            "curl command: option --resolve is not taken: it says where the request goes, which no line can hold",
        ),
        (
            "curl --connect-to a --unix-socket b https://h/",
            "curl command: option --connect-to is not taken: it says where the request goes, which no line can hold",
        ),
        (
            "curl --unix-socket=/x https://h/",
            "curl command: option --unix-socket is not taken: it says where the request goes, which no line can hold",
        ),
        (
            "curl --abstract-unix-socket x https://h/",
            "curl command: option --abstract-unix-socket is not taken: it says where the request goes, which no line can hold",
        ),
        (
            "curl --expand-url {{x}} https://h/",
            "curl command: option --expand-url is not taken: it replaces curl's own variables; --var NAME=VALUE does for $NAME",
        ),
        ("curl -C - https://h/", "curl command: option -C is not taken: it adds a header that depends on a file"),
        ("curl ^\"https://h/^\" < in", "curl command: reads a file with <"),
        ("curl -u user https://h/", "curl command: -u has no password, and there is no prompt for one here"),
        ("curl -d a -F b=c https://h/", "curl command: -d, -F, -T and -I exclude each other"),
        ("curl -H $'A: b\\nC: d' https://h/", "header 1: value has a line break"),
        ("curl $'https://h/\\n'", "\"https://h/\" has a control character"),
        ("curl 'https://h/a b'", "\"https://h/a b\" has a space; write it as %20"),
        ("curl ftp://h/", "\"ftp://h/\" is not an http(s) URL"),
        ("curl -X 'A B' https://h/", "method: is not a token (letters, digits and !#$%&'*+-.^_`|~)"),
        ("curl 'https://h/[1-99999]'", "curl command: the URL stands for more than 10000; --globoff takes it as it is"),
    ] {
        let run = sign(["none"]).stdin(format!("{command}\n{LINE}\n")).fails(1);
        run.stdout_is(&format!("{LINE}\n")).stderr_is(&format!("sign: line 1: {problem}\n"));
    }
}

#[test]
fn what_is_no_curl_command_is_told_so_where_curl_commands_are_asked_for() {
    for line in ["sudo curl https://h/", "https://h/"] {
        let run = sign(["none", "--from", "curl"]).stdin(line).fails(1);
        run.stdout_is("").stderr_is("sign: line 1: curl command: does not start with curl\n");
    }
}

#[test]
fn what_curl_cannot_send_is_an_error_and_never_an_injection() {
    for to in ["curl-config", "curl"] {
        for (line, problem) in [
            (
                r#"{"url":"http://h/","headers":{"A":"b\nurl = \"http://evil/\""}}"#.to_owned(),
                "header 1: value has a line break",
            ),
            (r#"{"url":"http://h/","headers":{"A":"b\rC"}}"#.to_owned(), "header 1: value has a line break"),
            (r#"{"url":"http://h/","headers":{"A":"b\u0000C"}}"#.to_owned(), "header 1: value has a control character"),
            (r#"{"url":"http://h/\nnext"}"#.to_owned(), "\"http://h/next\" has a control character"),
            (
                r#"{"url":"http://h/","method":"GET\nnext"}"#.to_owned(),
                "method: is not a token (letters, digits and !#$%&'*+-.^_`|~)",
            ),
            (
                r#"{"url":"http://h/","headers":[["Host","a"],["host","b"]]}"#.to_owned(),
                "header 2: is not something curl can send as written",
            ),
            (
                r#"{"url":"http://h/","method":"HEAD","body":"x"}"#.to_owned(),
                "postData: is not something curl can send with HEAD",
            ),
            (
                format!(r#"{{"url":"http://h/{}"}}"#, "a".repeat(100_000)),
                "url: is over 100000 bytes, more than curl takes",
            ),
            (
                format!(r#"{{"url":"http://h/","headers":{{"A":"{}"}}}}"#, "a".repeat(100_000)),
                "header 1: is over 100000 bytes, more than curl takes",
            ),
            (
                format!(
                    r#"{{"url":"http://h/","headers":{{"A":[{}"{}"]}}}}"#,
                    format!("\"{0}\",", "a".repeat(90_000)).repeat(10),
                    "a".repeat(90_000)
                ),
                "headers: are over 980000 bytes together, more than curl takes",
            ),
        ] {
            let run = sign(["none", "--to", to]).stdin(line).fails(1);
            run.stdout_is("").stderr_is(&format!("sign: line 1: {problem}\n"));
        }
    }
}

#[cfg(unix)]
mod body_files {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::sign;
    use crate::support::Tool;

    const LINE: &str = r#"{"url":"https://example.com/","postData":{"text":"a\u0000b"}}"#;
    const NAME: &str = "59b271ae1bbcb1d31d41929817f4b16fb439eb4f31520b5ad1d5ce98920a7138";

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("a file").permissions().mode() & 0o777
    }

    #[test]
    fn lie_private_in_the_runtime_folder() {
        let run = sign(["none", "--to", "curl-config"]).stdin(LINE).succeeds();
        let folder = run.home().join("countersign/run/body");
        let file = folder.join(NAME);
        assert_eq!(fs::read(&file).expect("the body"), b"a\0b");
        assert_eq!((mode(&file), mode(&folder), mode(folder.parent().expect("a folder"))), (0o600, 0o700, 0o700));
        run.stdout_has(&format!("data-binary = \"@{}\"\n", file.display()));
    }

    #[test]
    fn lie_private_under_tmpdir_where_no_runtime_folder_is_named_whatever_the_umask() {
        let script = r#"umask 0; unset COUNTERSIGN_HOME; sign none --to curl-config >/dev/null; id -u"#;
        let run = Tool::program("sh").args(["-c", script]).stdin(LINE).succeeds();
        let folder = run.home().join(format!("countersign-{}/body", run.out().trim_end()));
        let file = folder.join(NAME);
        assert_eq!((mode(&file), mode(&folder), mode(folder.parent().expect("a folder"))), (0o600, 0o700, 0o700));
    }

    #[test]
    fn go_after_a_day() {
        let tool = sign(["none", "--to", "curl-config"]).stdin(LINE);
        let folder = tool.home().join("countersign/run/body");
        fs::create_dir_all(&folder).expect("a folder");
        for (name, hours) in [("old", 25), ("young", 23)] {
            let file = fs::File::create(folder.join(name)).expect("a file");
            file.set_modified(SystemTime::now() - Duration::from_hours(hours)).expect("a time");
        }
        let run = tool.succeeds();
        let names = fs::read_dir(run.home().join("countersign/run/body")).expect("a folder");
        let mut names: Vec<_> =
            names.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect();
        names.sort();
        assert_eq!(names, [NAME, "young"]);
    }

    #[test]
    fn lie_where_body_dir_says_and_nothing_there_is_touched() {
        let tool = sign(["none", "--to", "curl-config", "--body-dir", "some/where"]).stdin(LINE);
        let folder = tool.home().join("some/where");
        fs::create_dir_all(&folder).expect("a folder");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("a mode");
        let old = fs::File::create(folder.join("old")).expect("a file");
        old.set_modified(SystemTime::UNIX_EPOCH).expect("a time");
        let run = tool.succeeds().stdout_has(&format!("@{}\"\n", folder.join(NAME).display()));
        assert_eq!(mode(&folder), 0o755);
        assert!(folder.join("old").exists());
        assert_eq!(mode(&folder.join(NAME)), 0o600);
        drop(run);
    }

    #[test]
    fn are_made_for_what_a_config_line_cannot_hold_and_for_nothing_else() {
        for (body, is_file) in [
            ("\\\"".repeat(16_000), false),
            ("\\\"".repeat(33_000), true),
            ("x".repeat(65_000), false),
            ("x".repeat(66_000), true),
            ("\\u001b\\u000b\\u007f".to_owned(), false),
        ] {
            let line = format!(r#"{{"url":"https://example.com/","body":"{body}"}}"#);
            let run = sign(["none", "--to", "curl-config"]).stdin(line).succeeds();
            assert_eq!(run.out().contains("data-binary"), is_file, "{}", body.len());
            assert_eq!(run.home().join("countersign").exists(), is_file);
        }
    }

    #[test]
    fn a_runtime_folder_of_somebody_else_is_refused() {
        let tool = sign(["none", "--to", "curl-config"]).stdin(format!("{LINE}\nhttps://example.com/\n"));
        let folder = tool.home().join("countersign/run");
        fs::create_dir_all(&folder).expect("a folder");
        if std::os::unix::fs::chown(&folder, Some(12345), None).is_err() {
            // Only root can give a folder away.
            return;
        }
        let shown = folder.display().to_string();
        let run = tool.fails(1).stdout_has("url = \"https://example.com/\"\n");
        assert!(!run.out().contains("data-binary"));
        run.stderr_is(&format!("sign: line 1: {shown}: belongs to another user\n"));
    }
}
