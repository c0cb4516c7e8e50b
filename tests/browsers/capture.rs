//! `capture` with real browsers: what a page sent is in the lines, and where a line is not what was sent it says so.

mod consent;
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use base64::Engine as _;
use serde_json::{Value, json};

use self::page::{KINDS, Recording};
use super::in_both;
use super::person::{Browser, Kind, Person};
use crate::support::recorder::{Received, Recorder};
use crate::support::{Running, Tool};

in_both! {
    exactness: every_kind_of_request_is_a_line_that_says_how_exact_it_is_in_chromium,
        every_kind_of_request_is_a_line_that_says_how_exact_it_is_in_firefox;
    pipe: what_a_page_sends_is_signed_and_sent_again_in_chromium, what_a_page_sends_is_signed_and_sent_again_in_firefox;
    responses: responses_come_with_times_and_redirects_as_a_chain_in_chromium,
        responses_come_with_times_and_redirects_as_a_chain_in_firefox;
    refusal: what_a_server_does_not_allow_is_no_line_in_chromium, what_a_server_does_not_allow_is_no_line_in_firefox;
    flood: none_of_many_requests_is_lost_in_silence_in_chromium, none_of_many_requests_is_lost_in_silence_in_firefox;
    slow: a_reader_that_does_not_read_costs_requests_that_are_counted_in_chromium,
        a_reader_that_does_not_read_costs_requests_that_are_counted_in_firefox;
}

const HOST: &str = "site.localhost";

fn capture(person: &Person, arguments: &[&str]) -> Tool {
    person.tool("capture").within(person.path("")).args(arguments)
}

/// A capture that has got consent and listens.
#[track_caller]
fn capturing(person: &Person, browser: &mut Browser, arguments: &[&str]) -> Running {
    let mut running = capture(person, arguments).start();
    let said = running.stderr_line_with("waiting for consent to capture requests to site.localhost");
    assert!(said.contains(person.kind.name()), "{said}");
    browser.answers("capture", HOST, "Always");
    running.stderr_line_with("capturing requests to site.localhost");
    running
}

#[track_caller]
fn interrupt(running: Running) -> crate::support::Output {
    running.signal("INT");
    running.finish().exits(0)
}

/// The request of a line, whether the line is a request or an entry.
fn request(line: &Value) -> &Value {
    line.get("request").unwrap_or(line)
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// The path of a line's URL.
fn path(line: &Value) -> &str {
    let url = text(request(line), "url");
    url.splitn(4, '/').nth(3).unwrap_or_default()
}

fn body(line: &Value) -> Vec<u8> {
    let data = &request(line)["postData"];
    let bytes = text(data, "text").as_bytes();
    if data["encoding"] == "base64" { base64::prelude::BASE64_STANDARD.decode(bytes).unwrap() } else { bytes.to_vec() }
}

/// Headers that a browser adds below what it shows to extensions, or that curl places by itself.
const NOT_SHOWN: [&str; 9] = [
    "host",
    "connection",
    "content-length",
    "priority",
    "cache-control",
    "pragma",
    "upgrade",
    "sec-websocket-key",
    "sec-websocket-extensions",
];

fn shown(head: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    head.filter(|(name, _)| !NOT_SHOWN.contains(&name.to_ascii_lowercase().as_str())).collect()
}

fn headers_of_line(line: &Value) -> Vec<(String, String)> {
    let headers = request(line)["headers"].as_array().unwrap();
    shown(headers.iter().map(|header| (text(header, "name").to_owned(), text(header, "value").to_owned())))
}

fn headers_of(received: &Received) -> Vec<(String, String)> {
    let lines = received.head.iter().skip(1).map(|line| match std::str::from_utf8(line) {
        Ok(text) => text.to_owned(),
        Err(_) => line.iter().map(|byte| char::from(*byte)).collect(),
    });
    shown(lines.filter_map(|line| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned()))))
}

/// Waits until the tool has written a line for this path.
#[track_caller]
fn lines_until(running: &mut Running, last: &str) -> Vec<Value> {
    let mut lines = Vec::new();
    loop {
        let line: Value = serde_json::from_str(&running.stdout_line()).unwrap();
        let is_last = path(&line) == last;
        lines.push(line);
        if is_last {
            return lines;
        }
    }
}

fn exactness(kind: Kind) {
    let (person, site) = (Person::new(kind), Recording::start());
    let mut browser = person.browser();
    browser.says("Connected");
    let tab = browser.open(&site.url(HOST, "/"));
    let mut running = capturing(&person, &mut browser, &["--domain", HOST]);
    site.0.take();
    for (name, script, _) in KINDS {
        browser.script(tab, &script.replace("$N", name).replace("$OTHER", &site.url("other.localhost", "")));
    }
    browser.script(tab, "await fetch('/last')");
    let lines = lines_until(&mut running, "last");
    let mut seen: BTreeMap<(String, String), Vec<&Value>> = BTreeMap::new();
    for line in &lines {
        assert!(text(line, "url").contains(HOST), "nothing unasked: {line}");
        let asked = (text(line, "method").to_owned(), format!("/{}", path(line)));
        seen.entry(asked).or_default().insert(0, line);
    }
    let expected: BTreeMap<&str, &[&str]> = KINDS
        .iter()
        .map(|(name, _, [chromium, firefox])| (*name, if kind == Kind::Chromium { *chromium } else { *firefox }))
        .collect();
    let mut exact = Vec::new();
    for received in site.0.take().iter().filter(|received| received.values("host")[0].starts_with(HOST)) {
        let asked = received.asks_for();
        let line = seen.get_mut(&asked).and_then(Vec::pop).unwrap_or_else(|| panic!("no line for {asked:?}"));
        assert_eq!(headers_of_line(line), headers_of(received), "{asked:?}");
        let marked = text(line, "_body");
        if marked.is_empty() {
            let (sent, had) = (received.body.len(), body(line).len());
            assert!(body(line) == received.body, "{asked:?}: {sent} bytes were sent, and the line has {had}");
            exact.push((received.clone(), (*line).clone()));
        }
        if let Some(expected) = expected.get(&asked.1[1..]) {
            assert!(expected.contains(&marked), "{asked:?}: _body is {marked:?}");
        }
    }
    let left: Vec<_> = seen.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(asked, _)| asked).collect();
    let unsent: BTreeSet<_> = left.iter().map(|(_, target)| target.as_str()).collect();
    // Chromium tells of a stream that it then does not send over HTTP/1.1.
    let allowed: BTreeSet<_> = if kind == Kind::Chromium { ["/stream"].into() } else { BTreeSet::new() };
    assert_eq!(unsent, allowed, "lines without a request");
    interrupt(running).stderr_has("not the body that was sent");
    replay(&person, &site, &exact);
    browser.close();
}

/// Runs exact lines through curl: what arrives is what the browser sent.
fn replay(person: &Person, site: &Recording, exact: &[(Received, Value)]) {
    let again = Recorder::start();
    let from = site.0.port().to_string();
    let mut input = String::new();
    let (sent, lines): (Vec<_>, Vec<_>) = exact
        .iter()
        // curl would wait for a WebSocket's answer.
        .filter(|(received, _)| received.values("upgrade").is_empty())
        .cloned()
        .unzip();
    for line in &lines {
        let mut line = line.clone();
        line["url"] = json!(text(&line, "url").replace(&format!("{HOST}:{from}"), &again.host()));
        input += &format!("{line}\n");
    }
    let config = person.tool("sign").args(["none", "--to", "curl-config"]).stdin(input).succeeds().out();
    person.program("curl").args(["-q", "-sS", "--noproxy", "*", "-K", "-"]).stdin(config).succeeds();
    let arrived = again.take();
    assert_eq!(arrived.len(), sent.len());
    for (sent, arrived) in sent.iter().zip(&arrived) {
        assert_eq!(arrived.asks_for(), sent.asks_for());
        assert_eq!(headers_of(arrived), headers_of(sent), "{:?}", sent.asks_for());
        assert!(arrived.body == sent.body, "{:?}", sent.asks_for());
    }
}

/// The first example of the help: what the page sends is signed and sent again, while it happens.
fn pipe(kind: Kind) {
    let (person, site) = (Person::new(kind), Recording::start());
    let mut browser = person.browser();
    browser.says("Connected");
    let tab = browser.open(&site.url(HOST, "/"));
    drop(capturing(&person, &mut browser, &["--domain", HOST]));
    let curl = "capture --domain site.localhost --count 2 2>said | sign bearer --token secret --to curl-config | \
                curl -q -sS --noproxy '*' -K -";
    let running = person.program("sh").args(["-c", curl]).env("COUNTERSIGN_HOME", person.path("countersign")).start();
    let until = Instant::now() + std::time::Duration::from_secs(60);
    while !std::fs::read_to_string(person.path("said")).unwrap_or_default().contains("capturing") {
        assert!(Instant::now() < until, "it does not capture");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    site.0.take();
    let file = "f.append('f', new Blob(['content']), 'n.txt')";
    browser
        .script(tab, &format!("const f = new FormData(); {file}; await fetch('/file', {{ method: 'POST', body: f }})"));
    browser.script(tab, "await fetch('/one', { method: 'POST', body: '{}' })");
    browser.script(tab, "await fetch('/two', { headers: { authorization: 'Basic x' } })");
    let output = running.finish();
    let received = site.0.take();
    let signed: Vec<_> =
        received.iter().filter(|received| received.values("authorization") == ["Bearer secret"]).collect();
    let asked: Vec<String> = signed.iter().map(|received| received.asks_for().1).collect();
    assert!(asked.contains(&"/one".to_owned()), "{asked:?} {}", output.err());
    assert_eq!(signed.iter().find(|received| received.asks_for().1 == "/one").unwrap().body, b"{}");
    // What is not whole is not sent by capture itself either.
    let mut running = capture(&person, &["--domain", HOST, "--to", "curl"]).start();
    running.stderr_line_with("capturing requests");
    browser
        .script(tab, &format!("const f = new FormData(); {file}; await fetch('/file', {{ method: 'POST', body: f }})"));
    running.stderr_line_with("body");
    running.signal("INT");
    running.finish().exits(1).stdout_is("");
    browser.close();
}

fn responses(kind: Kind) {
    let (person, site) = (Person::new(kind), Recording::start());
    let mut browser = person.browser();
    browser.says("Connected");
    let tab = browser.open(&site.url(HOST, "/"));
    let mut running = capturing(&person, &mut browser, &["--domain", HOST, "--responses"]);
    browser.script(tab, "await fetch('/redirect307', { method: 'POST', body: 'moved' }); await fetch('/missing')");
    browser.script(tab, "await fetch('/broken').catch(() => {}); await fetch('/last')");
    let lines = lines_until(&mut running, "last");
    let entry = |path_: &str| lines.iter().find(|line| path(line) == path_).unwrap_or_else(|| panic!("no {path_}"));
    let hop = entry("redirect307");
    assert_eq!((&hop["response"]["status"], &hop["response"]["redirectURL"]), (&json!(307), &json!("/target307")));
    let target = entry("target307");
    assert_eq!((text(request(target), "method"), body(target).as_slice()), ("POST", &b"moved"[..]));
    assert_eq!(target["response"]["status"], 200);
    let names: Vec<&str> =
        target["response"]["headers"].as_array().unwrap().iter().map(|header| text(header, "name")).collect();
    assert!(names.contains(&"Set-Cookie") && names.contains(&"X-Here"), "{names:?}");
    assert_eq!(entry("missing")["response"]["status"], 404);
    assert_eq!(entry("broken")["response"]["status"], 0);
    assert!(!text(entry("broken"), "_error").is_empty(), "{}", entry("broken"));
    let started = text(target, "startedDateTime");
    assert!(started.starts_with("20"), "{started}");
    assert_eq!(text(target, "serverIPAddress"), "127.0.0.1");
    interrupt(running);
    browser.close();
}

fn refusal(kind: Kind) {
    let (person, site) = (Person::new(kind), Recording::start());
    let mut browser = person.browser();
    browser.says("Connected");
    let tab = browser.open(&site.url("other.localhost", "/"));
    let mut running = capturing(&person, &mut browser, &["--domain", HOST]);
    let url = |path: &str| site.url(HOST, path);
    for path in ["/refused", "/allowed", "/last"] {
        let options = "{ method: 'PUT', headers: { 'x-a': '1' }, body: 'b' }";
        browser.script(tab, &format!("await fetch('{}', {options}).catch(() => {{}})", url(path)));
    }
    let mut lines = lines_until(&mut running, "last");
    lines.push(serde_json::from_str(&running.stdout_line()).unwrap());
    let mut told: Vec<_> = lines.iter().map(|line| (text(line, "method"), path(line))).collect();
    told.sort_unstable();
    let expected =
        [("OPTIONS", "allowed"), ("OPTIONS", "last"), ("OPTIONS", "refused"), ("PUT", "allowed"), ("PUT", "last")];
    assert_eq!(told, expected, "the request that the server has not allowed was never sent");
    interrupt(running);
    browser.close();
}

/// The rate at which a page asks, and the time. The machine decides how many of them the browser sends meanwhile.
const RATE: usize = 2000;
const SECONDS: usize = 4;

/// Sends requests at that rate, and gives how many it sent.
fn storm(browser: &mut Browser, tab: u64) -> usize {
    let script = format!(
        "let sent = 0;
         const end = performance.now() + {SECONDS} * 1000;
         const start = performance.now();
         const open = new Set();
         while (performance.now() < end) {{
             const due = Math.min((performance.now() - start) / 1000 * {RATE} - sent, 200 - open.size);
             for (let n = 0; n < due; n += 1) {{
                 const asked = fetch(`/storm?${{sent}}`, {{ method: 'POST', body: `body ${{sent}}` }}).finally(() => open.delete(asked));
                 open.add(asked);
                 sent += 1;
             }}
             await new Promise((done) => setTimeout(done, 1));
         }}
         await Promise.all(open);
         return sent;"
    );
    usize::try_from(browser.script(tab, &script).as_u64().unwrap()).unwrap()
}

fn flood(kind: Kind) {
    let (person, site) = (Person::new(kind), Recording::start());
    let mut browser = person.browser();
    browser.says("Connected");
    let tab = browser.open(&site.url(HOST, "/"));
    let running = capturing(&person, &mut browser, &["--domain", HOST, "--url", "*/storm*"]);
    let started = Instant::now();
    let sent = storm(&mut browser, tab);
    println!("{kind:?}: {sent} requests in {:?}", started.elapsed());
    let output = interrupt(running);
    let lines = output.json();
    let numbers: BTreeSet<String> = lines.iter().map(|line| String::from_utf8(body(line)).unwrap()).collect();
    assert_eq!((lines.len(), numbers.len()), (sent, sent), "{}", output.err());
    browser.close();
}

fn slow(kind: Kind) {
    let (person, site) = (Person::new(kind), Recording::start());
    let mut browser = person.browser();
    browser.says("Connected");
    let tab = browser.open(&site.url(HOST, "/"));
    let running = capturing(&person, &mut browser, &["--domain", HOST]);
    running.signal("STOP");
    // More than all queues hold.
    let script = "for (let n = 0; n < 80; n += 1) await fetch('/big', { method: 'POST', body: 'x'.repeat(1 << 20) })";
    browser.script(tab, script);
    running.signal("CONT");
    let output = interrupt(running);
    let said = output.err();
    let dropped = said.lines().filter(|line| line.contains("left out")).filter_map(|line| line.split(' ').nth(1));
    let dropped: usize = dropped.map(|number| number.parse::<usize>().unwrap()).sum();
    assert!(dropped > 0, "{said}");
    // A machine that is too slow to hand over the rest in time says so.
    let (known, is_cut) = (output.json().len() + dropped, said.contains("the last requests may be missing"));
    assert!(known == 80 || (is_cut && known < 80), "{known}: {said}");
    browser.close();
}
