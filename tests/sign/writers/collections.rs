//! Collections: Postman's file of version 2.1, its folder of version 3, and Bruno's folder.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::collections::faults::tolerated;
use super::{body, header, is_refused, line, lines, trimmed, written};
use crate::support::batches::over_batches;
use crate::support::hostile::Hostile;
use crate::support::recorder::{Received, Recorder};
use crate::support::{Tool, peers, sign};

/// Writes lines as one collection of version 2.1.
#[track_caller]
fn collection(input: impl AsRef<[u8]>) -> Value {
    let run = sign(["none", "--to", "postman"]).stdin(input).succeeds();
    serde_json::from_slice(&run.stdout).expect("one JSON document")
}

/// Writes one line as an item.
#[track_caller]
fn item(members: &Value) -> Value {
    collection(line(members))["item"][0].clone()
}

#[test]
fn a_postman_file_has_folders_and_keeps_the_order_of_requests() {
    let named = |name: &str, folder: &[&str]| match folder {
        [] => line(&json!({"_name": name})),
        _ => line(&json!({"_name": name, "_folder": folder})),
    };
    let input = [named("a", &[]), named("b", &["X"]), named("c", &["X", "Y"]), named("d", &["Z"]), named("e", &["X"])];
    let found = collection(input.concat());
    assert_eq!(found["info"]["schema"], "https://schema.getpostman.com/json/collection/v2.1.0/collection.json");
    let names = |items: &Value| -> Value {
        fn tree(items: &Value) -> Value {
            let items = items.as_array().expect("items").iter();
            items
                .map(|item| {
                    if item["item"].is_array() {
                        json!([item["name"], tree(&item["item"])])
                    } else {
                        item["name"].clone()
                    }
                })
                .collect()
        }
        tree(items)
    };
    assert_eq!(names(&found["item"]), json!(["a", ["X", ["b", ["Y", ["c"]]]], ["Z", ["d"]], ["X", ["e"]]]));
    assert_eq!(collection("")["item"], json!([]));
    let wrong = sign(["none", "--to", "postman"]).stdin(line(&json!({"_folder": "X"}))).fails(1);
    wrong.stderr_is("sign: line 1: _folder: is not a list of at most 64 names\n");
}

#[test]
fn a_postman_request_has_its_url_as_text_and_in_parts() {
    let found = item(&json!({"url": "http://api.h.example:8080/a//:b?x=1&y&z=#f", "_description": "why"}));
    assert_eq!(found["name"], "GET /a//:b");
    assert_eq!(found["request"]["description"], "why");
    assert_eq!(
        found["request"]["url"],
        json!({
            "raw": "http://api.h.example:8080/a//:b?x=1&y&z=",
            "protocol": "http",
            "host": ["api", "h", "example"],
            "port": "8080",
            "path": ["a", "", ":b"],
            "query": [{"key": "x", "value": "1"}, {"key": "y", "value": null}, {"key": "z", "value": ""}],
        })
    );
    assert_eq!(item(&json!({"url": "http://[::1]:1"}))["request"]["url"]["host"], json!(["[::1]"]));
}

#[test]
fn a_postman_body_has_the_mode_in_which_it_arrives_as_it_is() {
    let form = "application/x-www-form-urlencoded";
    for (content_type, text, mode) in [
        (form, "a=1&b=x%20y&b=", "urlencoded"),
        (form, "a=x+y", "raw"),
        (form, "a=1&b=2&a=3", "raw"),
        (form, "2=1&a=b", "raw"),
        (form, "a", "raw"),
        (form, "a=%2f", "raw"),
        (form, "a=%7B%7Bb%7D%7D", "raw"),
        ("application/json", "{\"a\": \"http://\"}", "raw"),
        ("text/plain", "{{a}}", "file"),
    ] {
        assert_eq!(item(&body(content_type, text))["request"]["body"]["mode"], mode, "{text}");
    }
    let language =
        |text: &str| item(&body("application/json", text))["request"]["body"]["options"]["raw"]["language"].clone();
    assert_eq!([language("{\"a\": 1}"), language("{} // a")], [json!("json"), json!("text")]);
    let found = item(&json!({"postData": {"mimeType": "", "text": "/w==", "encoding": "base64"}}));
    assert_eq!(found["request"]["body"], json!({"mode": "file", "file": {"content": "/w=="}}));
    assert_eq!(found["protocolProfileBehavior"]["disableBodyPruning"], true);
}

#[test]
fn braces_that_were_text_stay_text_in_postman() {
    let found = collection(line(
        &json!({"url": "https://h.example/?a={{$guid}}", "headers": [{"name": "X", "value": "{{{b}} {{c"}]}),
    ));
    let own = |name: &str| json!({"key": name, "value": format!("{{{{{name}}}}}")});
    assert_eq!(found["variable"], json!([own("$guid"), own("b")]));
}

#[test]
fn the_authorization_of_a_line_is_postmans_unless_the_line_was_signed() {
    let asked = json!({"_auth": {"type": "bearer", "bearer": {"token": "T"}}});
    let rows = json!([{"key": "token", "value": "T", "type": "string"}]);
    assert_eq!(item(&asked)["request"]["auth"], json!({"type": "bearer", "bearer": rows}));
    let run = sign(["inherit", "--to", "postman"]).stdin(line(&asked)).succeeds();
    let signed: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(signed["item"][0]["request"]["auth"], json!({"type": "noauth"}));
    assert_eq!(signed["item"][0]["request"]["header"][0]["value"], "Bearer T");
    let unknown = json!({"_auth": {"type": "httpsig", "httpsig": []}});
    is_refused("postman", &unknown, "_auth: is not something Postman can send: it has no such type");
}

#[test]
fn what_postman_would_send_otherwise_is_an_error() {
    let not = |field: &str, how: &str| format!("{field}: is not something Postman can send{how}");
    is_refused("postman", &json!({"method": "get"}), &not("method", ": its methods are capital letters"));
    is_refused("postman", &header("X", "é"), &not("header 1", " as written: it is not ASCII"));
    let url = not("url", " as written: it changes backslashes and what is not ASCII");
    is_refused("postman", &json!({"url": "https://h.example/a\\b"}), &url);
    is_refused("postman", &json!({"url": "https://h.example/é"}), &url);
    let twins = json!({"headers": [{"name": "X", "value": "a"}, {"name": "x", "value": "b"}]});
    is_refused("postman", &twins, &not("header 2", ": of names that differ only in capitals it sends one"));
    is_refused("postman", &json!({"_variables": {"a": "b"}}), &not("_variables", " of one request alone"));
}

/// Writes lines into the folder `out` of a new home.
fn into_folder(format: &str, input: impl AsRef<[u8]>) -> Tool {
    sign(["none", "--to", format, "--out", "out"]).stdin(input)
}

/// The files below a folder, by their places in it.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.push(path.strip_prefix(folder).expect("below").to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// A file without the line that says whose it is.
fn text(path: PathBuf) -> String {
    let text = fs::read_to_string(path).expect("a file");
    let (first, rest) = text.split_once('\n').expect("two lines");
    assert!(first.starts_with("# countersign "), "{first}");
    rest.to_owned()
}

#[test]
fn a_folder_for_postman_has_a_file_for_each_request() {
    let first = line(&json!({"_name": "Get: item", "_folder": ["Users/all"], "url": "https://h.example/?a={{b}}"}));
    let second = line(&body("application/json", "{\n  \"a\": 1\n}"));
    let run = into_folder("postman", first + &second).succeeds().stdout_is("");
    let out = run.home().join("out");
    let expected = [
        ".resources/definition.yaml",
        "POST -.request.yaml",
        "Users-all/.resources/definition.yaml",
        "Users-all/Get- item.request.yaml",
    ];
    assert_eq!(files(&out), expected);
    assert_eq!(text(out.join(expected[0])), "$kind: collection\nname: out\nvariables:\n  b: \"{{b}}\"\n");
    assert_eq!(text(out.join(expected[2])), "$kind: collection\nname: Users/all\norder: 1000\n");
    let off = "auth:\n  type: noauth\nsettings:\n  disabledSystemHeaders:\n    - accept\n    - accept-encoding\n    - cache-control\n    - connection\n    - content-type\n    - postman-token\n    - user-agent\n";
    assert_eq!(
        text(out.join(expected[1])),
        format!(
            "$kind: http-request\nname: \"POST /\"\nurl: \"https://h.example/\"\nmethod: POST\nheaders:\n  - key: Content-Type\n    value: application/json\nbody:\n  type: text\n  content: |-\n    {{\n      \"a\": 1\n    }}\n{off}order: 2000\n"
        )
    );
    assert!(text(out.join(expected[3])).starts_with("$kind: http-request\nname: \"Get: item\"\n"));
}

#[test]
fn a_folder_for_bruno_has_a_file_for_each_request() {
    let first = line(
        &json!({"_name": "Get", "_folder": ["folder"], "_auth": {"type": "basic", "basic": {"username": "u", "password": "p"}}}),
    );
    let bytes = json!({"method": "POST", "postData": {"mimeType": "", "text": "/w==", "encoding": "base64"}, "_name": "folder"});
    let run = into_folder("opencollection", first + &line(&bytes)).succeeds().stdout_is("");
    let out = run.home().join("out");
    let found = files(&out);
    let expected = [
        "bodies/body-a8100ae6aa1940d0.bin",
        "folder 1/Get.yml",
        "folder 1/folder.yml",
        "folder 2.yml",
        "opencollection.yml",
    ];
    assert_eq!(found, expected);
    assert_eq!(fs::read(out.join(expected[0])).expect("a body"), [0xff]);
    assert_eq!(text(out.join(expected[4])), "opencollection: \"1.0.0\"\ninfo:\n  name: out\n");
    assert_eq!(
        text(out.join(expected[1])),
        "info:\n  name: Get\n  type: http\n  seq: 1\nhttp:\n  method: GET\n  url: \"https://h.example/\"\n  auth:\n    type: basic\n    password: p\n    username: u\nsettings:\n  encodeUrl: false\n"
    );
    for (members, problem) in [
        (json!({"_auth": {"type": "hawk", "hawk": []}}), "_auth: is not something Bruno can send: it has no such type"),
        (
            json!({"url": "https://h.example/a/../b"}),
            "url: is not something Bruno can send as written: it resolves dots, escapes characters and drops an empty query",
        ),
    ] {
        into_folder("opencollection", line(&members)).fails(1).stderr_is(&format!("sign: line 1: {problem}\n"));
    }
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let names = ["../../x", "/etc/x", "..", ".", "", "a\\..\\b", "\u{0}", "C:x", "nul", "a\n../b", &"n".repeat(900)];
    let input: String = names.iter().map(|name| line(&json!({"_name": name, "_folder": [name, name]}))).collect();
    for format in ["postman", "opencollection"] {
        let run = into_folder(format, &input).succeeds();
        let beside: Vec<String> = files(run.home()).into_iter().filter(|path| !path.starts_with("out/")).collect();
        assert_eq!(beside, Vec::<String>::new(), "{format}");
        assert!(files(&run.home().join("out")).iter().all(|path| !path.contains("..") || !path.contains("../")));
    }
}

#[cfg(unix)]
#[test]
fn what_is_not_ours_stays_as_it_is() {
    let input = line(&json!({"_name": "a"}));
    // Written twice, the folder is the same: files as we wrote them are replaced.
    let twice = sign(["none", "--to", "postman", "--out", "out"]).stdin(&input);
    let home = twice.home().to_path_buf();
    let _kept = twice.succeeds();
    let again = || sign(["none", "--to", "postman", "--out"]).arg(home.join("out")).stdin(&input);
    again().succeeds();
    let file = home.join("out/a.request.yaml");
    let changed = fs::read_to_string(&file).expect("a file") + "description: mine\n";
    fs::write(&file, &changed).expect("a change");
    again().fails(1).stderr_has("a.request.yaml: was changed or not written by --out, and is left as it is");
    assert_eq!(fs::read_to_string(&file).expect("a file"), changed);
    // A symbolic link is neither followed nor replaced.
    let target = home.join("target");
    fs::write(&target, "target").expect("a file");
    fs::remove_file(&file).expect("a file");
    std::os::unix::fs::symlink(&target, &file).expect("a link");
    again().fails(1);
    assert_eq!(fs::read_to_string(&target).expect("a file"), "target");
    fs::create_dir(home.join("elsewhere")).expect("a folder");
    std::os::unix::fs::symlink(home.join("elsewhere"), home.join("out/F")).expect("a link");
    let within = line(&json!({"_name": "b", "_folder": ["F"]}));
    sign(["none", "--to", "postman", "--out"]).arg(home.join("out")).stdin(within).fails(1).stderr_has("is no folder");
    assert_eq!(files(&home.join("elsewhere")), Vec::<String>::new());
}

#[test]
fn a_folder_is_asked_for_where_one_is_needed_and_only_there() {
    let run = sign(["none", "--to", "opencollection"]).stdin(line(&json!({}))).fails(2);
    run.stderr_has("--to opencollection writes a folder");
    let run = sign(["none", "--to", "hurl", "--out", "out"]).stdin(line(&json!({}))).fails(2);
    run.stderr_has("--out");
}

/// A program that `tests/support/install heavy` puts into `target/peers`.
pub(crate) fn program(name: &str) -> Tool {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/runners/node_modules/.bin").join(name);
    assert!(program.is_file(), "{name} is not installed: run tests/support/install heavy, or make test-heavy");
    Tool::program(program).limit(std::time::Duration::from_secs(600))
}

/// A test of a header line that the program adds itself, and the way in which it spells the others.
type Habits = (fn(&str) -> bool, fn(&str) -> String);

/// Checks that requests have arrived, whatever the order of their headers; `is_added` says which lines the program adds.
fn arrived(
    held: &[&Hostile],
    received: &[Received],
    host: &str,
    (is_added, spelled): Habits,
) -> Result<(), TestCaseError> {
    let first_lines = |all: &mut dyn Iterator<Item = Vec<String>>| all.map(|told| told.concat()).collect::<Vec<_>>();
    let told = first_lines(&mut held.iter().map(|request| request.told()));
    let came = first_lines(&mut received.iter().map(Received::told));
    prop_assert_eq!(held.len(), received.len(), "{:#?} came as {:#?}", told, came);
    for (request, received) in held.iter().zip(received) {
        let sorted = |told: Vec<String>| {
            let (first, headers) = told.split_first().expect("a request line");
            let kept = headers.iter().filter(|line| !is_added(line)).map(|line| spelled(&trimmed(line)));
            let mut told: Vec<String> = kept.collect();
            told.sort();
            (first.clone(), told)
        };
        let own = sorted(request.told());
        let other = sorted(received.told());
        prop_assert_eq!(own, other);
        prop_assert_eq!(vec![request.host(host)], received.values("host"));
        prop_assert_eq!(request.body.as_deref().unwrap_or_default(), &received.body);
    }
    Ok(())
}

/// Returns what Postman's schema says against collections.
#[track_caller]
fn errors(collections: &[Value]) -> Vec<Value> {
    peers::ask("postman_schema.js", collections).into_iter().map(|answer| answer["errors"].clone()).collect()
}

#[test]
#[ignore = "needs Postman's schema: make test-heavy"]
fn what_is_written_for_postman_is_valid_by_its_schema() {
    let recorder = Recorder::start();
    over_batches(4, 80, |batch| {
        // Postman's own schema lets every method be; the copy of the package that is used here lists them.
        let is_listed = |request: &&Hostile| {
            ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].contains(&&*request.method)
        };
        let batch: Vec<Hostile> = batch.iter().filter(is_listed).cloned().collect();
        let (output, held) = written(&batch, "postman", &recorder);
        let collection: Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
        // A collection without a request is not valid by the schema, and is none that anybody needs.
        let expected = if held.is_empty() { Vec::new() } else { vec![json!([])] };
        prop_assert_eq!(errors(&expected.iter().map(|_| collection.clone()).collect::<Vec<_>>()), expected);
        Ok(())
    });
    let members = |kind: &str| {
        let script = json!([{"listen": "test", "script": {"type": "text/javascript", "exec": ["x"]}}]);
        json!({"_name": "n", "_folder": ["a", "b"], "_description": "d", "_event": script,
            "_auth": {"type": kind, kind: {"a text": "t", "a flag": true, "a number": 1, "a list": [{"key": "k"}], "null": null}}})
    };
    let known =
        ["apikey", "awsv4", "basic", "bearer", "digest", "edgegrid", "hawk", "ntlm", "oauth1", "oauth2", "noauth"];
    let written: Vec<Value> = known.iter().map(|kind| collection(line(&members(kind)))).collect();
    assert_eq!(errors(&written), vec![json!([]); known.len()]);
    // Postman's programs have these types, and its schema of 2.1 does not.
    for kind in ["jwt", "asap"] {
        assert!(errors(&[collection(line(&members(kind)))])[0].to_string().contains("/auth/type"), "{kind}");
    }
}

#[test]
#[ignore = "needs newman: make test-heavy"]
fn newman_sends_what_the_collection_says() {
    let recorder = Recorder::start();
    over_batches(4, 80, |batch| {
        let batch: Vec<Hostile> = batch.iter().filter(|request| is_quick(request)).cloned().collect();
        let (output, held) = written(&batch, "postman", &recorder);
        let run = program("newman").file("c.json", &output.stdout);
        run.args(["run", "c.json", "--ignore-redirects"]).run();
        arrived(&held, &recorder.take(), &recorder.host(), (|_| false, str::to_owned))
    });
}

/// Returns true for a request that a client which waits for `100 Continue` or a tunnel does not hold up.
fn is_quick(request: &Hostile) -> bool {
    tolerated("all-wait");
    let waits =
        |name: &str| ["expect", "upgrade", "connection", "te", "trailer"].contains(&name.to_ascii_lowercase().as_str());
    request.method != "CONNECT" && request.method != "HEAD" && !request.headers.iter().any(|(name, _)| waits(name))
}

#[test]
#[ignore = "needs Postman's command line: make test-heavy"]
fn postman_sends_what_the_folder_says() {
    let recorder = Recorder::start();
    over_batches(4, 60, |batch| {
        let batch: Vec<Hostile> = batch.iter().filter(|request| is_quick(request)).cloned().collect();
        let (held, out) = folder_of(&batch, "postman", &recorder);
        program("postman").args(["collection", "lint"]).arg(out.home().join("out")).succeeds();
        // It looks for the files of bodies in the current folder.
        program("postman").args(["collection", "run", "."]).within(out.home().join("out")).run();
        // Its engine writes all names in small letters.
        tolerated("postman-small-letters");
        let spelled = |line: &str| {
            let (name, value) = line.split_once(':').expect("a colon");
            format!("{}:{value}", name.to_ascii_lowercase())
        };
        arrived(&held, &recorder.take(), &recorder.host(), (|_| false, spelled))
    });
}

#[test]
#[ignore = "needs bru: make test-heavy"]
fn bru_sends_what_the_folder_says() {
    let recorder = Recorder::start();
    over_batches(4, 60, |batch| {
        tolerated("bru-own-headers");
        let is_own = |name: &str| {
            ["accept", "accept-encoding", "content-type", "user-agent"].contains(&name.to_ascii_lowercase().as_str())
        };
        let is_plain = |request: &&Hostile| is_quick(request) && !request.headers.iter().any(|(name, _)| is_own(name));
        let batch: Vec<Hostile> = batch.iter().filter(is_plain).cloned().collect();
        let (held, out) = folder_of(&batch, "opencollection", &recorder);
        program("bru").arg("run").within(out.home().join("out")).run();
        let added = |line: &str| {
            let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
            ["accept", "accept-encoding", "content-type", "user-agent", "connection", "request-start-time"]
                .contains(&name.as_str())
        };
        arrived(&held, &recorder.take(), &recorder.host(), (added, str::to_owned))
    });
}

/// Writes a batch into the folder `out`. Returns the requests that it holds, and the home that `out` is in.
fn folder_of<'b>(
    batch: &'b [Hostile],
    format: &str,
    recorder: &Recorder,
) -> (Vec<&'b Hostile>, crate::support::Output) {
    let output = into_folder(format, lines(batch, &recorder.host())).run();
    let failed = super::refused(&output);
    let held = batch.iter().enumerate().filter(|(index, _)| !failed.contains(&(index + 1)));
    (held.map(|(_, request)| request).collect(), output)
}
