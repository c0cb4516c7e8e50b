//! The browser extension's JavaScript, under Node.js: its half of the sealed channels against the vectors, and its
//! background with the few parts of a browser that it needs, talking through the real bridge to the tools' own code.

mod consent;

use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use countersign_shared::bridge::channel::{Channel, Initiator};
use countersign_shared::bridge::envelope::Reason;
use countersign_shared::bridge::frame::{self, Order};
use countersign_shared::bridge::key::Keys;
use countersign_shared::bridge::link::Event;
use countersign_shared::bridge::message::{ConsentState, FromExtension, Subscription};
use countersign_shared::bridge::socket;
use countersign_shared::secret::Secret;
use serde_json::{Value, json};

use crate::support::extension::{ORIGIN, sockets};
use crate::support::peers::peer;
use crate::support::subscriber::{Subscriber, cookies_of, named};
use crate::support::{Running, Tool, bin};

/// A person with a home, in which the extension lies unpacked.
struct Person {
    home: tempfile::TempDir,
}

impl Person {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let person = Self { home };
        let to = person.extension();
        Tool::new("bridge-install").args(["extension", "--to"]).arg(&to).succeeds();
        // What browsers take from the manifest and Node.js from here: these are modules.
        std::fs::write(to.join("package.json"), r#"{"type":"module"}"#).unwrap();
        person.keys().make_default().unwrap();
        person
    }

    fn extension(&self) -> PathBuf {
        self.home.path().join("extension")
    }

    fn keys(&self) -> Keys {
        Keys::within(self.home.path().join("countersign/state"))
    }

    fn browser(&self) -> Browser {
        let tool = peer("extension_node.js").arg(self.extension()).arg(bin("countersign-bridge")).arg(ORIGIN);
        let tool = tool.arg(self.home.path().join("storage.json")).env("HOME", self.home.path());
        Browser(tool.env("COUNTERSIGN_HOME", self.home.path().join("countersign")).start())
    }

    /// A tool that asks for these domains, as users write them. Process and tool are one to the extension, and all
    /// tools of a test are one process: their names tell them apart.
    fn tool(&self, name: &str, domains: &[&str]) -> Subscriber {
        Subscriber::of_cookies(sockets(self.home.path()), self.keys(), name, domains)
    }

    fn tool_with(&self, name: &str, subscriptions: Vec<Subscription>, window: u32) -> Subscriber {
        Subscriber::start(sockets(self.home.path()), self.keys(), name, subscriptions, window)
    }
}

/// The browser.
struct Browser(Running);

impl Browser {
    #[track_caller]
    fn ask(&mut self, command: Value) -> Value {
        self.0.write(format!("{command}\n"));
        serde_json::from_str(&self.0.stdout_line()).unwrap()
    }

    fn set(&mut self, cookie: Value) {
        self.ask(json!({ "do": "set", "cookie": cookie }));
    }

    fn remove(&mut self, cookie: Value) {
        self.ask(json!({ "do": "remove", "cookie": cookie }));
    }

    /// The person does something in the popup.
    fn obey(&mut self, message: Value) {
        self.ask(json!({ "do": "obey", "message": message }));
    }

    /// Waits until the popup asks for this domain, and answers.
    #[track_caller]
    fn decide(&mut self, tool: &str, domain: &str, answer: &str) {
        self.view(json!({ "asks": [{ "domain": domain, "tool": tool }] }));
        self.answer(domain, answer);
    }

    /// Answers the question for this domain in the ordinary store, whoever else asks for what.
    #[track_caller]
    fn answer(&mut self, domain: &str, answer: &str) {
        self.ask(json!({ "do": "answer", "domain": domain, "answer": answer }));
    }

    /// Returns what the popup shows, once that has these members.
    #[track_caller]
    fn view(&mut self, until: Value) -> Value {
        self.ask(json!({ "do": "view", "until": until }))
    }

    /// The browser ends in good order.
    fn close(mut self) {
        self.0.close_stdin();
        self.0.finish().exits(0);
    }
}

fn cookie(domain: &str, name: &str, value: &str) -> Value {
    json!({ "domain": domain, "name": name, "value": value })
}

fn set(name: &str, value: &str) -> (String, String, bool, String) {
    (name.to_owned(), value.to_owned(), false, "explicit".to_owned())
}

#[test]
fn both_halves_of_a_channel_make_the_same_bytes() {
    let person = Person::new();
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/bridge");
    peer("extension_vectors.js").arg(person.extension()).arg(vectors).succeeds().stdout_is("all as it should be\n");
}

#[test]
fn nothing_leaves_the_browser_before_the_person_said_so() {
    let person = Person::new();
    let mut browser = person.browser();
    browser.set(cookie("example.com", "before", "1"));
    let tool = person.tool("cookie-sync", &["example.com", "https://other.example"]);
    tool.connected();
    tool.consent("example.com", ConsentState::Waiting);
    tool.consent("https://other.example", ConsentState::Waiting);
    browser.set(cookie("example.com", "meanwhile", "1"));
    let asks = json!([
        { "domain": "example.com", "tool": "cookie-sync" },
        { "domain": "https://other.example", "tool": "cookie-sync" },
    ]);
    browser.view(json!({ "asks": asks, "status": "Connected" }));
    assert_eq!(
        browser.ask(json!({ "do": "badge" })),
        json!({ "text": "2", "title": "Countersign: cookie-sync asks for example.com" })
    );
    tool.hears_nothing();
    browser.answer("example.com", "always");
    tool.consent("example.com", ConsentState::Granted);
    assert_eq!(tool.snapshot(), ["example.com before", "example.com meanwhile"]);
    browser.set(cookie("other.example", "secret", "1"));
    browser.set(cookie(".www.example.com", "after", "2"));
    assert_eq!(tool.change(), set(".www.example.com after", "2"));
    browser.answer("https://other.example", "never");
    tool.consent("https://other.example", ConsentState::Denied);
    browser.set(cookie("other.example", "secret", "2"));
    tool.hears_nothing();
    let shared = json!([
        { "domain": "example.com", "answer": "always" },
        { "domain": "https://other.example", "answer": "never" },
    ]);
    browser.view(json!({ "asks": [], "shared": shared }));
}

#[test]
fn once_ends_with_the_process_and_the_other_answers_stay() {
    let person = Person::new();
    let mut browser = person.browser();
    let tool = person.tool("first", &["once.example"]);
    tool.connected();
    tool.consent("once.example", ConsentState::Waiting);
    browser.decide("first", "once.example", "once");
    tool.consent("once.example", ConsentState::Granted);
    tool.snapshot();
    browser.view(json!({ "shared": [{ "domain": "once.example", "answer": "once" }] }));
    // Another process is asked for anew.
    let other = person.tool("second", &["once.example"]);
    other.connected();
    other.consent("once.example", ConsentState::Waiting);
    browser.decide("second", "once.example", "never");
    other.consent("once.example", ConsentState::Denied);
    tool.consent("once.example", ConsentState::Denied);
    browser.obey(json!({ "do": "remove", "domain": "once.example", "store": "0" }));
    other.consent("once.example", ConsentState::Revoked);
    drop((tool, other));
    browser.view(json!({ "tools": [], "shared": [] }));
    let tool = person.tool("first", &["once.example"]);
    tool.connected();
    tool.consent("once.example", ConsentState::Waiting);
    browser.decide("first", "once.example", "once");
    tool.consent("once.example", ConsentState::Granted);
    drop(tool);
    browser.view(json!({ "tools": [], "shared": [] }));
    let again = person.tool("first", &["once.example"]);
    again.connected();
    again.consent("once.example", ConsentState::Waiting);
}

#[test]
fn answers_outlive_the_browser_and_once_its_absence() {
    let person = Person::new();
    let mut browser = person.browser();
    let tool = person.tool("cookie-sync", &["always.example", "once.example"]);
    tool.connected();
    for domain in ["always.example", "once.example"] {
        tool.consent(domain, ConsentState::Waiting);
    }
    for (domain, answer) in [("always.example", "always"), ("once.example", "once")] {
        browser.answer(domain, answer);
        tool.consent(domain, ConsentState::Granted);
        tool.snapshot();
    }
    browser.ask(json!({ "do": "kill bridge" }));
    assert_eq!(tool.event(), Event::Ended);
    let returns = || {
        tool.connected();
        for domain in ["always.example", "once.example"] {
            tool.consent(domain, ConsentState::Granted);
        }
        tool.snapshot();
        tool.snapshot();
    };
    returns();
    browser.close();
    assert_eq!(tool.event(), Event::Ended);
    let mut browser = person.browser();
    returns();
    browser.obey(json!({ "do": "remove", "domain": "always.example", "store": "0" }));
    tool.consent("always.example", ConsentState::Revoked);
    browser.set(cookie("always.example", "secret", "1"));
    browser.set(cookie("once.example", "shared", "1"));
    assert_eq!(tool.change(), set("once.example shared", "1"));
}

#[test]
fn a_domain_has_what_a_request_to_it_would_carry() {
    let person = Person::new();
    let mut browser = person.browser();
    for owner in ["example.com", ".example.com", "a.example.com", ".a.example.com", "b.a.example.com", ".b.example.com"]
    {
        browser.set(cookie(owner, "n", "1"));
    }
    let cases = [
        ("a.example.com", vec![".a.example.com n", ".example.com n", "a.example.com n", "b.a.example.com n"]),
        ("https://a.example.com", vec![".a.example.com n", ".example.com n", "a.example.com n"]),
        ("https://example.com", vec![".example.com n", "example.com n"]),
    ];
    for (asked, expected) in cases {
        let tool = person.tool("cookie-sync", &[asked]);
        tool.connected();
        tool.consent(asked, ConsentState::Waiting);
        browser.decide("cookie-sync", asked, "always");
        tool.consent(asked, ConsentState::Granted);
        assert_eq!(tool.snapshot(), expected, "{asked}");
        browser.set(cookie(".b.example.com", "n", "2"));
        browser.set(cookie(".example.com", "n", "2"));
        assert_eq!(tool.change().0, ".example.com n", "{asked}");
        drop(tool);
        browser.obey(json!({ "do": "remove", "domain": asked, "store": "0" }));
        browser.view(json!({ "tools": [], "shared": [] }));
    }
}

#[test]
fn changes_are_told_with_their_causes_and_a_new_value_is_no_deletion() {
    let person = Person::new();
    let mut browser = person.browser();
    let tool = person.tool("cookie-sync", &["example.com"]);
    tool.connected();
    tool.consent("example.com", ConsentState::Waiting);
    browser.decide("cookie-sync", "example.com", "always");
    tool.consent("example.com", ConsentState::Granted);
    assert_eq!(tool.snapshot(), Vec::<String>::new());
    let change =
        |value: &str, removed, cause: &str| ("example.com n".to_owned(), value.to_owned(), removed, cause.to_owned());
    browser.set(cookie("example.com", "n", "1"));
    assert_eq!(tool.change(), change("1", false, "explicit"));
    browser.set(cookie("example.com", "n", "2"));
    assert_eq!(tool.change(), change("2", false, "overwrite"));
    browser.remove(cookie("example.com", "n", "2"));
    assert_eq!(tool.change(), change("2", true, "expired_overwrite"));
    browser.set(cookie("example.com", "n", "half a character: \u{fffd}"));
    assert_eq!(tool.change().1, "half a character: \u{fffd}");
    // Partitioned ones come along and say so; what another store has does not.
    let partition = json!({ "topLevelSite": "https://top.example", "hasCrossSiteAncestor": true });
    browser.set(json!({ "domain": "example.com", "name": "p", "value": "1", "storeId": "1" }));
    browser.set(json!({ "domain": "example.com", "name": "p", "value": "1", "partitionKey": partition }));
    match tool.message() {
        FromExtension::Cookie { cookie, .. } => {
            assert_eq!((cookie.partition_key, cookie.store_id.as_str()), (Some(partition), "0"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_subscription_takes_the_place_of_the_one_before() {
    let person = Person::new();
    let mut browser = person.browser();
    let tool = person.tool("cookie-sync", &["first.example"]);
    tool.connected();
    tool.consent("first.example", ConsentState::Waiting);
    browser.decide("cookie-sync", "first.example", "once");
    tool.consent("first.example", ConsentState::Granted);
    tool.snapshot();
    tool.asks_instead(vec![cookies_of(&["second.example"], &[])]);
    tool.consent("second.example", ConsentState::Waiting);
    browser.decide("cookie-sync", "second.example", "once");
    tool.consent("second.example", ConsentState::Granted);
    tool.snapshot();
    browser.set(cookie("first.example", "n", "1"));
    browser.set(cookie("second.example", "n", "1"));
    assert_eq!(tool.change(), set("second.example n", "1"));
}

#[test]
fn the_extension_stops_without_credit_and_makes_good_what_was_missed() {
    let person = Person::new();
    let mut browser = person.browser();
    let tool = person.tool_with("cookie-sync", vec![cookies_of(&["example.com"], &[])], 2);
    tool.connected();
    tool.consent("example.com", ConsentState::Waiting);
    browser.decide("cookie-sync", "example.com", "once");
    browser.view(json!({ "asks": [] }));
    let many: Vec<Value> = (0..50).map(|n| cookie("example.com", &format!("n{n:02}"), "1")).collect();
    browser.set(json!(many));
    tool.consent("example.com", ConsentState::Granted);
    let mut missed = 0;
    let mut last = Vec::new();
    while last.len() < 50 {
        match tool.message() {
            FromExtension::Dropped { count } => missed += count,
            FromExtension::Cookies { cookies, .. } => last = cookies.iter().map(named).collect(),
            FromExtension::Cookie { cookie, .. } => last.push(named(&cookie)),
            other => panic!("{other:?}"),
        }
    }
    assert!(missed > 0, "with a window of 2, 50 changes at once do not come one by one");
}

#[test]
fn ten_thousand_cookies_arrive_whole_and_soon() {
    let person = Person::new();
    let mut browser = person.browser();
    let many: Vec<Value> =
        (0..10_000).map(|n| cookie("example.com", &format!("name-{n:05}"), &"é".repeat(100))).collect();
    browser.set(json!(many));
    let tool = person.tool("cookie-sync", &["example.com"]);
    tool.connected();
    tool.consent("example.com", ConsentState::Waiting);
    browser.view(json!({ "asks": [{ "domain": "example.com", "tool": "cookie-sync" }] }));
    let start = std::time::Instant::now();
    browser.answer("example.com", "once");
    tool.consent("example.com", ConsentState::Granted);
    assert_eq!(tool.snapshot().len(), 10_000);
    println!("10,000 cookies from consent to tool: {:?}", start.elapsed());
}

#[test]
fn switched_off_nobody_gets_anything() {
    let person = Person::new();
    let mut browser = person.browser();
    let subscriptions = vec![Subscription::Status, cookies_of(&["example.com"], &[])];
    let tool = person.tool_with("cookie-sync", subscriptions, 8);
    tool.connected();
    let state = |sharing| FromExtension::State { sharing, version: env!("CARGO_PKG_VERSION").to_owned() };
    assert_eq!(tool.message(), state(true));
    tool.consent("example.com", ConsentState::Waiting);
    browser.decide("cookie-sync", "example.com", "always");
    tool.consent("example.com", ConsentState::Granted);
    tool.snapshot();
    browser.obey(json!({ "do": "share", "sharing": false }));
    assert_eq!(tool.message(), state(false));
    assert_eq!(tool.event(), Event::Ended);
    assert_eq!(tool.event(), Event::Refused(Reason::Off));
    browser.set(cookie("example.com", "secret", "1"));
    browser.view(json!({ "sharing": false, "status": "Connected", "tools": [] }));
    tool.hears_nothing();
    // It stays off when the browser starts again.
    browser.close();
    let mut browser = person.browser();
    browser.view(json!({ "sharing": false, "status": "Connected" }));
    let late = person.tool("late", &["example.com"]);
    for tool in [&tool, &late] {
        assert_eq!(tool.event(), Event::Refused(Reason::Off));
    }
    browser.obey(json!({ "do": "share", "sharing": true }));
    tool.connected();
    assert_eq!(tool.message(), state(true));
    tool.consent("example.com", ConsentState::Granted);
}

#[test]
fn keys_that_differ_are_said_on_both_sides_and_nothing_is_exchanged() {
    let person = Person::new();
    let mut browser = person.browser();
    let tool = person.tool("cookie-sync", &["example.com"]);
    tool.connected();
    tool.consent("example.com", ConsentState::Waiting);
    // The person types a key into the popup; who is connected must have it too.
    browser.obey(json!({ "do": "save key", "secret": "0123456789" }));
    assert_eq!(tool.event(), Event::Ended);
    assert_eq!(tool.event(), Event::Refused(Reason::KeysDiffer));
    browser.view(json!({ "status": "Keys differ", "problem": "keys differ", "asks": [], "hasCustomKey": true }));
    assert_eq!(browser.ask(json!({ "do": "badge" }))["text"], "!");
    person.keys().set_custom(&Secret::new("0123456789".to_owned())).unwrap();
    tool.connected();
    tool.consent("example.com", ConsentState::Waiting);
    browser.view(json!({ "status": "Connected", "problem": null }));
    // A key that is none is not taken.
    browser.obey(json!({ "do": "save key", "secret": "short" }));
    browser.obey(json!({ "do": "remove key" }));
    assert_eq!(tool.event(), Event::Ended);
    assert_eq!(tool.event(), Event::Refused(Reason::KeysDiffer));
    person.keys().clear_custom().unwrap();
    tool.connected();
    browser.view(json!({ "status": "Connected", "hasCustomKey": false }));
}

/// A tool that says what it likes, with the handshake or without.
struct Hostile {
    stream: UnixStream,
    number: u64,
}

impl Hostile {
    fn connect(person: &Person) -> Self {
        let address = socket::find(&sockets(person.home.path())).into_iter().next().expect("a bridge");
        let mut hostile = Self { stream: UnixStream::connect(address.path()).unwrap(), number: 0 };
        hostile.stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        hostile.send(json!({ "v": 1, "kind": "hello", "name": "hostile\u{202e}\u{7}", "version": "1" }));
        assert_eq!(hostile.hear().unwrap()["kind"], "hello");
        hostile.number = hostile.hear().unwrap()["channel"].as_u64().unwrap();
        hostile
    }

    fn send(&mut self, value: Value) {
        frame::write(&mut self.stream, Order::Little, &value.to_string()).unwrap();
    }

    fn say(&mut self, kind: &str, message: &str) {
        self.send(json!({ "v": 1, "kind": kind, "channel": self.number, "message": message }));
    }

    fn hear(&mut self) -> Option<Value> {
        let text = frame::read(&mut self.stream, Order::Little).unwrap()?;
        Some(serde_json::from_str(&text).unwrap())
    }

    /// Opens a sealed channel.
    fn greet(&mut self, person: &Person) -> Channel {
        let (initiator, first) = Initiator::new(&person.keys().current().unwrap()).unwrap();
        self.say("noise", &first);
        let answer = self.hear().unwrap();
        initiator.finish(answer["message"].as_str().unwrap()).unwrap()
    }

    /// The last word that it hears: `close`, or the reason of a refusal.
    fn end(&mut self) -> String {
        let mut last = Value::Null;
        while let Some(frame) = self.hear() {
            last = frame;
        }
        last["reason"].as_str().or(last["kind"].as_str()).unwrap_or_default().to_owned()
    }
}

#[test]
fn hostile_tools_lose_their_channel_and_hinder_nobody() {
    let person = Person::new();
    let mut browser = person.browser();
    browser.view(json!({ "status": "Connected" }));
    let good = person.tool("cookie-sync", &["example.com"]);
    good.connected();
    good.consent("example.com", ConsentState::Waiting);
    for (kind, message, end) in [
        ("noise", "not base64!", "keys differ"),
        ("noise", "", "keys differ"),
        ("noise", "AAAA", "keys differ"),
        ("sealed", "AAAA", "close"),
    ] {
        let mut hostile = Hostile::connect(&person);
        hostile.say(kind, message);
        assert_eq!(hostile.end(), end, "{kind} {message}");
    }
    for sealed in ["AAAA", "", "not base64!", &"A".repeat(200_000)] {
        let mut hostile = Hostile::connect(&person);
        hostile.greet(&person);
        hostile.say("sealed", sealed);
        assert_eq!(hostile.end(), "close", "{} characters", sealed.len());
    }
    let deep = "[".repeat(40_000);
    let said = [
        "null",
        "nonsense",
        "\"text\"",
        &deep,
        r#"{"type":"credit","messages":-1}"#,
        r#"{"type":"credit"}"#,
        r#"{"part":2,"parts":2,"text":"x"}"#,
        r#"{"part":1,"parts":1,"text":"nonsense"}"#,
    ];
    for text in said {
        let mut hostile = Hostile::connect(&person);
        let mut channel = hostile.greet(&person);
        for message in channel.seal(text).unwrap() {
            hostile.say("sealed", &message);
        }
        assert_eq!(hostile.end(), "close", "{}", &text[..text.len().min(40)]);
    }
    // What is odd but harmless ends nothing, and asks the person nothing that could mislead.
    let mut hostile = Hostile::connect(&person);
    let mut channel = hostile.greet(&person);
    let odd = [
        json!({ "type": "subscribe", "of": "cookies", "domains": "x", "stores": 1, "follow": null }),
        json!({ "type": "subscribe", "of": "requests" }),
        json!({ "type": "unheard" }),
        json!({ "type": "subscribe", "of": "cookies", "follow": "changes", "domains": [
            null, 1, { "name": "a b" }, { "name": "ex\u{202e}ample.com" }, { "name": "__proto__" }, { "name": "constructor" },
        ] }),
    ];
    for value in odd {
        for message in channel.seal(&value.to_string()).unwrap() {
            hostile.say("sealed", &message);
        }
    }
    // A name that is none is not shown; the program's is, as the system has it.
    let program = std::env::current_exe().unwrap();
    let program = program.file_name().unwrap().to_str().unwrap();
    let unnamed = format!("another program ({program}, pid {})", std::process::id());
    let asks = json!([
        { "domain": "example.com", "tool": "cookie-sync" },
        { "domain": "__proto__", "tool": unnamed },
        { "domain": "constructor", "tool": unnamed },
        { "domain": "*", "tool": unnamed },
    ]);
    browser.view(json!({ "asks": asks }));
    for answer in ["never", "once", "always"] {
        let decide = json!({ "do": "decide", "domain": "__proto__", "store": "0", "answer": answer, "processes": [] });
        browser.obey(decide);
    }
    browser.answer("example.com", "once");
    good.consent("example.com", ConsentState::Granted);
    assert_eq!(good.snapshot(), Vec::<String>::new());
    let shared = json!([{ "domain": "__proto__", "answer": "always" }, { "domain": "example.com", "answer": "once" }]);
    browser.view(json!({ "shared": shared }));
}
