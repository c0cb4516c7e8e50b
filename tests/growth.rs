//! Work and memory grow no faster than what is read: a line from elsewhere must not keep a tool busy for hours.
//!
//! The work is counted in instructions, which are the same on a busy machine as on an idle one.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;
use std::sync::Mutex;

use crate::support::tool::{bin, spawn};
use crate::support::{Tool, sign};

/// A text with a part that is repeated.
struct Case {
    arguments: &'static str,
    before: &'static str,
    unit: &'static str,
    /// The text that closes a unit, behind all of them.
    closing: &'static str,
    after: &'static str,
}

impl Case {
    /// The text in which the repeated part has about this many bytes.
    fn text(&self, bytes: usize) -> String {
        let count = bytes / (self.unit.len() + self.closing.len());
        [self.before, &self.unit.repeat(count), &self.closing.repeat(count), self.after].concat()
    }
}

fn case(arguments: &'static str, before: &'static str, unit: &'static str, after: &'static str) -> Case {
    Case { arguments, before, unit, closing: "", after }
}

/// The size of the shorter of two texts, in bytes.
const SIZE: usize = 8 << 10;

/// The most that the work may grow by when the text doubles. Sorting makes it a little more than two.
const MOST: f64 = 2.6;

/// Work that is not worth a comparison, in instructions.
const LITTLE: f64 = 200_000.0;

/// The instructions that `sign` takes for this input, or with these arguments and no input.
fn instructions(arguments: &str, text: &str) -> f64 {
    let tool =
        Tool::program("valgrind").args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    let mut tool = tool.args(["--log-file=count"]).arg(bin("sign"));
    // A file or an argument that is to grow is written as TEXT.
    let is_file = arguments.contains("FILE");
    for argument in arguments.split_ascii_whitespace() {
        tool = tool.arg(argument.replace("TEXT", text).replace("FILE", "file"));
    }
    let tool = match arguments {
        _ if is_file => tool.file("file", text).stdin("http://h/\n"),
        _ if arguments.contains("TEXT") => tool.stdin("http://h/\n"),
        _ => tool.stdin(text),
    };
    let run = tool.limit(std::time::Duration::from_secs(300)).run();
    // The text is also tried as the value of an option, and then it may be refused as one.
    let most = if arguments.contains("TEXT") { 2 } else { 1 };
    let is_usual = run.status.code().is_some_and(|code| (0..=most).contains(&code));
    assert!(is_usual, "{arguments}: {:?}: {}", run.status, run.err());
    let log = std::fs::read_to_string(run.home().join("count")).expect("valgrind's log");
    let line = log.lines().find(|line| line.contains("refs:")).unwrap_or_else(|| panic!("no count in {log}"));
    let digits: String = line.split("refs:").nth(1).expect("a count").chars().filter(char::is_ascii_digit).collect();
    digits.parse().expect("a number")
}

/// Checks that the work for each text doubles at most when the text does.
fn doubles_at_most(cases: &[Case]) {
    let starts: Mutex<BTreeMap<&str, f64>> = Mutex::default();
    let failures: Mutex<Vec<String>> = Mutex::default();
    let waiting = Mutex::new(cases.iter());
    let start = |case: &Case| {
        if let Some(known) = starts.lock().unwrap().get(case.arguments) {
            return *known;
        }
        let counted = instructions(case.arguments, &case.text(0));
        starts.lock().unwrap().insert(case.arguments, counted);
        counted
    };
    let work = || {
        while let Some(case) = { waiting.lock().unwrap().next() } {
            let start = start(case);
            let of = |bytes| (instructions(case.arguments, &case.text(bytes)) - start).max(LITTLE);
            let (one, two) = (of(SIZE), of(2 * SIZE));
            if two / one > MOST {
                let Case { arguments, before, unit, .. } = case;
                let failure = format!("{arguments}: {before:?} and {unit:?} again and again: {one} to {two}");
                failures.lock().unwrap().push(failure);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, std::num::NonZero::get) {
            scope.spawn(work);
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{} of {} grow faster:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
#[ignore = "needs valgrind and minutes: make test-heavy"]
fn commands_for_curl_take_time_in_proportion() {
    let auto = |before, unit, after| case("none", before, unit, after);
    doubles_at_most(&[
        // Commands that go on to the end, and that nothing finishes there.
        auto("", "curl x \\\n", ""),
        auto("", "curl x \\\n", "'"),
        auto("", "curl x \\\n", "\""),
        auto("", "curl $ \\\n", "$'"),
        auto("curl '\n", "curl \"\n", ""),
        auto("", "curl \"'\n", ""),
        auto("", "curl ^\n", ""),
        auto("", "curl x ^\n\n", ""),
        // Words.
        auto("curl http://h/ -d ", "\\a", "\n"),
        auto("curl http://h/ -d ", "'\\''", "\n"),
        auto("curl http://h/ -d \"", "\\\"", "\"\n"),
        auto("curl http://h/ -d $'", "\\u00e9", "'\n"),
        auto("curl http://h/ -d $'", "\\ud83d", "'\n"),
        auto("curl http://h/ -d ", "\"$(printf '\\101')\"", "\n"),
        auto("printf '", "\\101%%", "' | curl http://h/ -d @-\n"),
        auto("curl http://h/", ";curl http://h/", "\n"),
        auto("curl ^\"http://h/", "^%", "^\"\n"),
        auto("curl ^\"http://h/^\" -d ^\"", "\\\"", "^\"\n"),
        // Options.
        auto("curl http://h/ -", "s", "\n"),
        auto("curl http://h/", " http://h/", "\n"),
        auto("curl http://h/", " --next http://h/", "\n"),
        auto("curl http://h/", " -H a:b", "\n"),
        auto("curl http://h/", " -H a:", "\n"),
        auto("curl http://h/", " -d a", "\n"),
        auto("curl http://h/ -G", " --data-urlencode a=%", "\n"),
        auto("curl http://h/", " --url-query a=b", "\n"),
        auto("curl http://h/", " --url-query +#", "\n"),
        auto("curl http://h/", " -b a=b", "\n"),
        auto("curl http://h/", " -F a=b", "\n"),
        auto("curl http://h/ -F 'a=b", ";type=c", "'\n"),
        auto("curl http://h/ -F 'a=b;type=", ";x", "'\n"),
        // Patterns.
        auto("curl 'http://h/[1-3]", "[", "'\n"),
        auto("curl 'http://h/[1-3]", "]", "'\n"),
        auto("curl 'http://h/[1-3]", "{", "'\n"),
        auto("curl 'http://h/[1-3]", "}", "'\n"),
        auto("curl 'http://h/[1-3]", "\\a", "'\n"),
        auto("curl 'http://h/[1-3]", "\\{", "'\n"),
        auto("curl 'http://h/[1-3]", "[1-", "'\n"),
        auto("curl 'http://h/[1-3]", "[1-1]", "'\n"),
        auto("curl 'http://h/[1-3]", "{a,", "'\n"),
        auto("curl 'http://h/[1-3]{", "a\\,", "}'\n"),
        auto("curl 'http://h/[", "0", "1-3]'\n"),
        auto("curl 'http://h/[1-3]", "/..", "'\n"),
    ]);
}

#[test]
#[ignore = "needs valgrind and minutes: make test-heavy"]
fn requests_in_json_take_time_in_proportion() {
    let auto = |before, unit, after| case("none", before, unit, after);
    let nested = |before, unit, closing, after| Case { arguments: "none", before, unit, closing, after };
    doubles_at_most(&[
        auto("", "[\n", ""),
        auto("", "{\"a\":[\n", ""),
        auto("", "{\"a\":[\n{}\n", ""),
        auto("", "{\"a\":\n", ""),
        auto("", "[1,\n", ""),
        auto("", "{\n", ""),
        auto("", "{}", "\n"),
        auto("", "{\"url\":\"http://h/\"}", "\n"),
        auto("[", "{\"url\":\"http://h/\"},", "{}]\n"),
        nested("", "[", "]", "\n"),
        nested("{\"url\":\"http://h/\",\"note\":", "[", "]", "}\n"),
        nested("{\"url\":\"http://h/\",\"headers\":", "[", "]", "}\n"),
        nested("", "{\"log\":{\"entries\":[", "]}}", "\n"),
        nested("", "{\"request\":", "}", "\n"),
        auto("{\"log\":{\"entries\":[", "{\"request\":{\"url\":\"http://h/\"}},", "{}]}}\n"),
        auto("{\"url\":\"http://h/\"", ",\"a\":1", "}\n"),
        auto("{\"url\":\"http://h/\"", ",\"url\":1", "}\n"),
        auto("{\"url\":\"http://h/\",\"headers\":[", "[\"a\",\"b\"],", "[\"a\",\"b\"]]}\n"),
        auto("{\"url\":\"http://h/\",\"headers\":{\"a\":[", "\"b\",", "\"b\"]}}\n"),
        auto("{\"url\":\"http://h/\",\"postData\":{\"params\":[", "{\"name\":\"%\"},", "{\"name\":\"a\"}]}}\n"),
        auto("{\"url\":\"http://h/\",\"body\":\"", "\\u0000", "\"}\n"),
        auto("{\"url\":\"http://h/\",\"body\":\"", "\u{85}", "\"}\n"),
        auto("{\"url\":\"http://h/\",\"body\":\"", "\\\\\\\"", "\"}\n"),
        auto("{\"url\":\"http://h/\",\"header\":{\"a\":[", "\"b\",", "\"b\"]}}\n"),
        case("none --from vegeta", "{\"url\":\"http://h/\",\"body\":\"", "aaaa", "\"}\n"),
    ]);
}

#[test]
#[ignore = "needs valgrind and minutes: make test-heavy"]
fn urls_and_what_is_written_take_time_in_proportion() {
    let mut cases = vec![
        case("none", "", "http://h/\n", ""),
        case("none", "", "\n", ""),
        case("none", "", "#\n", ""),
        case("none", "http://h/", "%", "\n"),
        case("none", "http://", "a.", "/\n"),
        case("none", "http://", "é.", "/\n"),
        case("none", "http://", "é", "/\n"),
        case("none", "http://", "xn--a.", "/\n"),
        case("none", "http://", "a@", "h/\n"),
        case("none", "http://", "a:", "@h/\n"),
        case("none", "ftp://", "@?", "\n"),
    ];
    // Each format has its own way with what is repeated.
    for arguments in [
        "none --to curl",
        "none --to curl-config",
        "none --to har",
        "none --to http",
        "none --to vegeta",
        "none --to hurl",
    ] {
        cases.extend([
            case(arguments, "{\"url\":\"http://h/?", "a=%&", "\"}\n"),
            case(arguments, "{\"url\":\"http://h/\",\"headers\":[", "[\"Cookie\",\"a=b; c\"],", "[\"a\",\"b\"]]}\n"),
            case(arguments, "{\"url\":\"http://h/\",\"body\":\"", "'\\\\`{{\\u200b", "\"}\n"),
        ]);
    }
    doubles_at_most(&cases);
}

#[test]
#[ignore = "needs valgrind and minutes: make test-heavy"]
fn collections_and_variables_take_time_in_proportion() {
    let nested = |arguments, before, unit, closing, after| Case { arguments, before, unit, closing, after };
    let mut cases = Vec::new();
    let postman = "none --from postman FILE";
    for (before, unit, after) in [
        ("{\"item\":[", "{\"name\":\"r\",\"x\":1,\"request\":\"http://h/\"},", "{}]}"),
        ("{\"item\":[", "{\"name\":\"f\",\"item\":[{\"request\":\"http://h/\"}]},", "{}]}"),
        (
            "{\"item\":[",
            "{\"name\":\"f\",\"event\":[{\"listen\":\"test\",\"script\":\"x\"}],\"item\":[{\"request\":\"http://h/\"}]},",
            "{}]}",
        ),
        ("{\"item\":[", "7,", "7]}"),
        ("{\"item\":[{\"request\":\"http://h/\"}],\"variable\":[", "{\"key\":\"a\",\"value\":\"b\"},", "{}]}"),
        ("{\"item\":[{\"request\":\"http://h/", "{{$timestamp}}", "\"}]}"),
        ("{\"item\":[{\"request\":\"http://h/", "{{a}}", "\"}],\"variable\":[{\"key\":\"a\",\"value\":\"b\"}]}"),
        ("{\"item\":[{\"request\":\"http://h/", "{{a", "\"}],\"variable\":[{\"key\":\"a\",\"value\":\"b\"}]}"),
        ("{\"item\":[{\"request\":\"http://h/\"", ",\"x\":1", "}]}"),
        (
            "{\"item\":[{\"request\":{\"url\":\"http://h/\",\"header\":[",
            "{\"key\":\"a\",\"value\":\"b\",\"x\":1},",
            "{}]}}]}",
        ),
        ("{\"item\":[{\"request\":{\"url\":\"http://h/\",\"header\":\"", "A: b\\n", "\"}}]}"),
        (
            "{\"item\":[{\"request\":{\"url\":{\"host\":\"h\",\"query\":[",
            "{\"key\":\"a\",\"value\":\"b\"},",
            "{}]}}}]}",
        ),
        (
            "{\"item\":[{\"request\":{\"url\":{\"raw\":\"http://h",
            "/:a",
            "\",\"variable\":[{\"key\":\"a\",\"value\":\"b\"}]}}}]}",
        ),
        (
            "{\"item\":[{\"request\":{\"url\":\"http://h/\",\"auth\":{\"type\":\"bearer\",\"bearer\":[",
            "{\"key\":\"a\",\"value\":\"b\"},",
            "{}]}}}]}",
        ),
        (
            "{\"item\":[{\"request\":{\"method\":\"POST\",\"url\":\"http://h/\",\"body\":{\"mode\":\"urlencoded\",\"urlencoded\":[",
            "{\"key\":\"a\",\"value\":\"b\"},",
            "{}]}}}]}",
        ),
        (
            "{\"item\":[{\"request\":{\"method\":\"POST\",\"url\":\"http://h/\",\"body\":{\"mode\":\"formdata\",\"formdata\":[",
            "{\"key\":\"a\",\"value\":\"b\"},",
            "{}]}}}]}",
        ),
        (
            "{\"item\":[{\"request\":{\"method\":\"POST\",\"url\":\"http://h/\",\"body\":{\"mode\":\"raw\",\"options\":{\"raw\":{\"language\":\"json\"}},\"raw\":\"",
            "/* */ // ",
            "\"}}}]}",
        ),
    ] {
        cases.push(case(postman, before, unit, after));
        cases.push(case("none --from postman --to postman FILE", before, unit, after));
    }
    cases.push(nested(postman, "{\"item\":[", "{\"name\":\"f\",\"item\":[", "]}", "]}"));
    let openapi = "none --from openapi FILE";
    let json = "{\"openapi\":\"3.0.0\",\"servers\":[{\"url\":\"http://h\"}],\"paths\":{\"/p\":{\"get\":{";
    cases.extend([
        case(openapi, "{\"openapi\":\"3.0.0\",\"paths\":{", "\"/p\":{\"get\":{\"tags\":[\"t\"]}},", "\"/q\":{}}}"),
        case(openapi, json, "\"x\":1,", "\"y\":1}}}}"),
        case(
            "none --from openapi --var x=y FILE",
            "openapi: 3.0.0\nservers: [{url: 'http://h'}]\npaths:\n  /p:\n    get:\n      parameters:\n",
            "        - {name: q, in: query, required: true, example: 1}\n",
            "",
        ),
        case(
            openapi,
            "openapi: 3.0.0\nservers: [{url: 'http://h'}]\npaths:\n  /p:\n    parameters:\n",
            "      - 7\n",
            "",
        ),
        case(openapi, "openapi: 3.0.0\nservers: [{url: 'http://h", "/{a}", "'}]\npaths: {/p: {get: {}}}\n"),
        nested(openapi, "{\"openapi\":\"3.0.0\",\"paths\":", "{\"/\":", "}", "}"),
    ]);
    let insomnia = "none --from insomnia FILE";
    cases.extend([
        case(insomnia, "type: collection.insomnia.rest/5.0\ncollection:\n", "  - {name: r, url: 'http://h/'}\n", ""),
        case(insomnia, "type: collection.insomnia.rest/5.0\ncollection:\n", "  - {name: r, url: 7}\n", ""),
        case(insomnia, "{\"resources\":[", "{\"_type\":\"request\",\"_id\":\"r\",\"url\":\"http://h/\"},", "{}]}"),
        case(insomnia, "{\"resources\":[", "{\"_type\":\"workspace\",\"_id\":\"wrk_1\"},", "{}]}"),
    ]);
    let http_file = "none --from http-file FILE";
    cases.extend([
        case(http_file, "", "###\nGET http://h/\n", ""),
        case(http_file, "", "@a = b\n", "GET http://h/\n"),
        case(http_file, "GET http://h/\n", "A: b\n", ""),
        case(http_file, "GET http://h/\n", "  ?a=b\n", ""),
        case(http_file, "GET http://h/\n\n", "text\n", ""),
        case(http_file, "GET http://h/\n\n", "\n", ""),
        case(http_file, "", "< {% x\n", "GET http://h/\n"),
        case(
            http_file,
            "POST http://h/\nContent-Type: multipart/form-data; boundary=b\n\n",
            "--b\nContent-Disposition: form-data; name=\"a\"\n\nv\n",
            "--b--\n",
        ),
    ]);
    // Documents of an unknown kind are looked into before they are read.
    for unit in ["a: b\n", "# a\n", "{\"a\":1,", "\"", "@a\n"] {
        cases.push(case("none FILE", "", unit, ""));
    }
    doubles_at_most(&cases);
}

#[test]
#[ignore = "needs valgrind and minutes: make test-heavy"]
fn signatures_and_the_files_they_need_take_time_in_proportion() {
    let mut cases = Vec::new();
    for arguments in [
        "aws --access-key A --secret-key S --region us-east-1 --service x",
        "aws --access-key A --secret-key S --region us-east-1 --service x --add-auth-data-to-query",
        "oauth1 --consumer-key K --consumer-secret S",
        "edgegrid --client-token c --access-token a --client-secret s --headers-to-sign a,b",
        "hawk --auth-id i --auth-key k",
    ] {
        cases.extend([
            case(arguments, "http://h/", "/..", "\n"),
            case(arguments, "http://h/?", "a=%&", "\n"),
            case(arguments, "{\"url\":\"http://h/\",\"headers\":[", "[\"a\",\"b  c\"],", "[\"a\",\"b\"]]}\n"),
        ]);
    }
    let form = "{\"method\":\"POST\",\"url\":\"http://h/\",\"headers\":{\"Content-Type\":\"application/x-www-form-urlencoded\"},\"body\":\"";
    cases.extend([
        case("oauth1 --consumer-key K --consumer-secret S", form, "a=%&", "\"}\n"),
        case(
            "inherit",
            "{\"url\":\"http://h/\",\"_auth\":{\"type\":\"bearer\",\"bearer\":[",
            "{\"key\":\"a\",\"value\":\"b\"},",
            "{\"key\":\"token\",\"value\":\"t\"}]}}\n",
        ),
        case(
            "inherit",
            "{\"url\":\"http://h/\",\"_auth\":{\"type\":\"edgegrid\",\"edgegrid\":{\"headersToSign\":\"",
            "a,",
            "b\"}}}\n",
        ),
        case(
            "inherit",
            "{\"url\":\"http://h/\",\"_auth\":{\"type\":\"jwt\",\"jwt\":{\"algorithm\":\"RS256\",\"privateKey\":\"",
            "-----BEGIN A-----",
            "\"}}}\n",
        ),
        case(
            "inherit",
            "{\"url\":\"http://h/\",\"_auth\":{\"type\":\"jwt\",\"jwt\":{\"algorithm\":\"HS256\",\"secret\":\"s\",\"payload\":\"",
            "{\\\"a\\\":",
            "\"}}}\n",
        ),
        case("basic --netrc-file FILE", "machine h login a password b\n\n", "macdef a\n\n", "default\n"),
        case("basic --netrc-file FILE", "machine h login a password b\n\n", "macdef a\n", "default\n"),
        case("basic --netrc-file FILE", "machine h login a password b\n", "machine x login y #\n", "default\n"),
        case("edgegrid --edgerc FILE", "[default]\nhost=h\nclient_token=a\nclient_secret=b\naccess_token=c\n", "[a]\n", ""),
    ]);
    for unit in ["a=b,", "a,", "a b,", "a=\"\\\",\",", "=", "\"", "a\t,", "é"] {
        cases.push(Case {
            arguments: "digest --username u --password p --challenge TEXT",
            before: "Digest realm=r,nonce=n,",
            unit,
            closing: "",
            after: "",
        });
    }
    doubles_at_most(&cases);
}

/// The most memory that a process has had, in KiB.
fn peak(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("VmHWM");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// The most memory in KiB that a tool may have taken by the time that it waits for us.
const ROOM: u64 = 40 << 10;

#[test]
fn the_requests_of_one_command_are_not_all_in_memory() {
    let long = "a".repeat(60_000);
    for command in [
        format!("curl 'http://h/[1-10000]{long}'\n"),
        format!("curl 'http://h/{{a,b,c,d,e,f,g,h,i,j}}[a-z]{long}[00-19]'\n"),
        format!("curl -d '{long}' {}\n", "http://h/ ".repeat(2000)),
    ] {
        for (arguments, megabytes) in [(["none", "-j1"], 4), (["none", "-j3"], 4)] {
            let mut tool = sign(arguments).file("command", &command);
            let input = std::fs::File::open(tool.home().join("command")).expect("the command");
            let mut child = spawn(tool.command().stdin(input).stdout(Stdio::piped())).expect("sign");
            let mut output = BufReader::new(child.stdout.take().expect("a pipe")).take(megabytes << 20);
            // The tool waits with the rest of its output: all of it would be 100 MB and more.
            std::io::copy(&mut output, &mut std::io::sink()).expect("output");
            let peak = peak(child.id());
            child.kill().and_then(|()| child.wait()).expect("an end");
            assert!(peak < ROOM, "{peak} KiB for {}", &command[..40]);
        }
    }
}

#[test]
fn the_requests_of_one_command_are_sent_as_they_are_made() {
    let command = format!("curl 'http://127.0.0.1:1/[1-10000]{}'\n", "a".repeat(30_000));
    for jobs in ["-j1", "-j3"] {
        let mut tool = sign(["none", "--send", jobs]).file("command", &command);
        let input = std::fs::File::open(tool.home().join("command")).expect("the command");
        let mut child = spawn(tool.command().stdin(input).stderr(Stdio::piped())).expect("sign");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let first = lines.next().expect("a line").expect("text");
        assert!(first.starts_with("sign: line 1: "), "{first}");
        let peak = peak(child.id());
        child.kill().and_then(|()| child.wait()).expect("an end");
        assert!(peak < ROOM, "{peak} KiB with {jobs}");
    }
}
