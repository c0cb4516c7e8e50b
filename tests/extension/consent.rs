//! Consent is for a domain with what lies within it, one cookie store, and with Once one process that was shown.

use std::time::{Duration, Instant};

use countersign_shared::bridge::message::ConsentState;
use serde_json::{Value, json};

use super::{Browser, Person, cookie, set};
use crate::support::subscriber::cookies_of;
use crate::support::{Running, Tool};

/// Waits for the question for a domain that these tools and no others ask.
#[track_caller]
fn question(browser: &mut Browser, domain: &str, tools: &str) -> Value {
    let view = browser.view(json!({ "asks": [{ "domain": domain, "tool": tools }] }));
    view["asks"][0].clone()
}

/// Presses a button of a question as it was shown, whatever has happened since.
fn press(browser: &mut Browser, question: &Value, answer: &str) {
    let askers = question["askers"].as_array().unwrap();
    let processes: Vec<&Value> = askers.iter().map(|asker| &asker["process"]).collect();
    let (domain, store) = (&question["domain"], &question["store"]);
    browser.obey(json!({ "do": "decide", "domain": domain, "store": store, "answer": answer, "processes": processes }));
}

#[test]
fn every_tool_that_asks_is_named_and_once_is_for_those_that_were_shown() {
    let person = Person::new();
    let mut browser = person.browser();
    let first = person.tool("cookie-sync", &["example.com"]);
    first.connected();
    first.consent("example.com", ConsentState::Waiting);
    let shown = question(&mut browser, "example.com", "cookie-sync");
    // Another one asks while the person reads.
    let second = person.tool("evil-tool", &["example.com"]);
    second.connected();
    second.consent("example.com", ConsentState::Waiting);
    let both = question(&mut browser, "example.com", "cookie-sync, evil-tool");
    let names: Vec<&Value> = both["askers"].as_array().unwrap().iter().map(|asker| &asker["name"]).collect();
    assert_eq!(names, ["cookie-sync", "evil-tool"]);
    assert_eq!(both["askers"][1]["pid"], std::process::id());
    press(&mut browser, &shown, "once");
    first.consent("example.com", ConsentState::Granted);
    first.snapshot();
    second.hears_nothing();
    question(&mut browser, "example.com", "evil-tool");
    // Who was shown and is gone takes nothing along, and names that were never shown get nothing.
    for processes in [json!([]), json!(["evil-tool 1 1"]), shown["askers"].clone()] {
        browser.obey(
            json!({ "do": "decide", "domain": "example.com", "store": "0", "answer": "once", "processes": processes }),
        );
    }
    second.hears_nothing();
}

#[test]
fn consent_covers_what_lies_within_its_domain_and_nothing_else() {
    let person = Person::new();
    let mut browser = person.browser();
    let cases: [(&str, &[&str], &[&str]); 4] = [
        (
            "b.example.com",
            &["b.example.com", "https://b.example.com", "a.b.example.com", "https://a.b.example.com"],
            &["example.com", "https://example.com", "c.example.com", "xb.example.com", "com"],
        ),
        (
            "https://b.example.com",
            &["https://b.example.com"],
            &["b.example.com", "https://a.b.example.com", "example.com"],
        ),
        ("127.0.0.1", &["127.0.0.1", "https://127.0.0.1"], &["1", "0.1", "https://0.0.0.1"]),
        ("localhost", &["localhost", "https://localhost", "a.localhost"], &["https://xlocalhost"]),
    ];
    for (domain, within, beyond) in cases {
        for (answer, state) in
            [("once", ConsentState::Granted), ("always", ConsentState::Granted), ("never", ConsentState::Denied)]
        {
            let tool = person.tool("cookie-sync", &[domain]);
            tool.connected();
            tool.consent(domain, ConsentState::Waiting);
            browser.answer(domain, answer);
            tool.consent(domain, state);
            for (others, expected) in [(within, state), (beyond, ConsentState::Waiting)] {
                for other in others {
                    let asks = person.tool("cookie-sync", &[other]);
                    asks.connected();
                    asks.consent(other, expected);
                }
            }
            browser.obey(json!({ "do": "remove", "domain": domain, "store": "0" }));
            drop(tool);
            browser.view(json!({ "tools": [], "shared": [] }));
        }
    }
}

#[test]
fn the_nearest_answer_counts() {
    let person = Person::new();
    let mut browser = person.browser();
    let domains = ["example.com", "www.example.com"];
    let tool = person.tool("cookie-sync", &domains);
    tool.connected();
    for domain in domains {
        tool.consent(domain, ConsentState::Waiting);
    }
    browser.answer("www.example.com", "never");
    tool.consent("www.example.com", ConsentState::Denied);
    browser.answer("example.com", "always");
    tool.consent("example.com", ConsentState::Granted);
    tool.snapshot();
    let other = person.tool("other", &["https://a.www.example.com", "https://a.example.com"]);
    other.connected();
    other.consent("https://a.www.example.com", ConsentState::Denied);
    other.consent("https://a.example.com", ConsentState::Granted);
    // What covered it is taken back, and it with that.
    other.snapshot();
    browser.obey(json!({ "do": "remove", "domain": "example.com", "store": "0" }));
    other.consent("https://a.example.com", ConsentState::Revoked);
}

#[test]
fn consent_is_for_the_store_that_the_question_names() {
    let person = Person::new();
    let mut browser = person.browser();
    for store in ["0", "1", "2"] {
        browser.set(json!({ "domain": "example.com", "name": store, "value": "", "storeId": store }));
    }
    let tool = person.tool("cookie-sync", &["example.com"]);
    tool.connected();
    tool.consent("example.com", ConsentState::Waiting);
    let asked = question(&mut browser, "example.com", "cookie-sync");
    assert_eq!(asked["storeName"], "ordinary windows");
    browser.answer("example.com", "always");
    tool.consent("example.com", ConsentState::Granted);
    assert_eq!(tool.snapshot(), ["example.com 0"]);
    // Always for one is nothing for another; nothing of either comes before each is allowed.
    let both = person.tool_with("cookie-sync", vec![cookies_of(&["example.com"], &["0", "1"])], 8);
    both.connected();
    both.consent("example.com", ConsentState::Waiting);
    let asked = question(&mut browser, "example.com", "cookie-sync");
    assert_eq!((&asked["store"], &asked["storeName"]), (&json!("1"), &json!("private windows")));
    both.hears_nothing();
    browser.ask(json!({ "do": "answer", "domain": "example.com", "store": "1", "answer": "once" }));
    both.consent("example.com", ConsentState::Granted);
    assert_eq!(both.snapshot(), ["example.com 0", "example.com 1"]);
    browser.view(json!({ "shared": [
        { "domain": "example.com", "store": "0", "answer": "always" },
        { "domain": "example.com", "store": "1", "answer": "once" },
    ] }));
    // Each is taken back by itself.
    browser.obey(json!({ "do": "remove", "domain": "example.com", "store": "0" }));
    both.consent("example.com", ConsentState::Revoked);
    tool.consent("example.com", ConsentState::Revoked);
    browser.set(json!({ "domain": "example.com", "name": "1", "value": "secret", "storeId": "1" }));
    both.hears_nothing();
    // Ids that no browser has are no stores, and do not stand for the ordinary one.
    let odd = person.tool_with("odd", vec![cookies_of(&["example.com"], &["a b", "\u{202e}", ""])], 8);
    odd.connected();
    odd.consent("example.com", ConsentState::Granted);
    assert_eq!(odd.snapshot(), Vec::<String>::new());
}

#[test]
fn a_public_suffix_is_asked_for_as_the_sites_of_many() {
    let person = Person::new();
    let mut browser = person.browser();
    for (domain, is_suffix) in [
        ("com", true),
        ("co.uk", true),
        ("github.io", true),
        ("x.kawasaki.jp", true),
        ("https://github.io", false),
        ("example.com", false),
        ("localhost", false),
    ] {
        let tool = person.tool("cookie-sync", &[domain]);
        tool.connected();
        tool.consent(domain, ConsentState::Waiting);
        assert_eq!(question(&mut browser, domain, "cookie-sync")["isSuffix"], is_suffix, "{domain}");
        drop(tool);
        browser.view(json!({ "asks": [] }));
    }
}

#[test]
fn a_name_is_shown_only_where_it_can_be_nothing_else() {
    let person = Person::new();
    let mut browser = person.browser();
    let program = std::env::current_exe().unwrap();
    let unnamed =
        format!("another program ({}, pid {})", program.file_name().unwrap().to_str().unwrap(), std::process::id());
    for (name, shown) in [
        ("cookie-sync", "cookie-sync"),
        ("a-tool-2", "a-tool-2"),
        ("Chrome security update. Press Always now.", &unnamed),
        ("", &unnamed),
        ("press always", &unnamed),
        ("Cookie-Sync", &unnamed),
        ("-cookie-sync", &unnamed),
        ("cookie\u{2010}sync", &unnamed),
        ("cookie-sync\u{200b}", &unnamed),
        ("<b>cookie-sync</b>", &unnamed),
        ("chrome-security-update-press-always-now", &unnamed),
    ] {
        let tool = person.tool(name, &["example.com"]);
        tool.connected();
        tool.consent("example.com", ConsentState::Waiting);
        question(&mut browser, "example.com", shown);
        drop(tool);
        browser.view(json!({ "asks": [] }));
    }
}

/// Starts a real process that asks, and waits for consent.
fn watch(person: &Person, domain: &str) -> Running {
    let home = person.home.path();
    let tool = Tool::new("cookie-sync").env("HOME", home).env("COUNTERSIGN_HOME", home.join("countersign"));
    let mut running = tool.within(home).args(["watch", domain, "--json-file", "cookies.json"]).start();
    running.stderr_line_with("waiting for consent");
    running
}

#[test]
fn once_is_for_one_process_and_ends_with_it() {
    let person = Person::new();
    let mut browser = person.browser();
    let first = watch(&person, "example.com");
    let shown = question(&mut browser, "example.com", "cookie-sync");
    assert_eq!(shown["askers"][0]["pid"], first.id());
    press(&mut browser, &shown, "once");
    browser.view(json!({ "asks": [], "shared": [{ "domain": "example.com", "answer": "once" }] }));
    let second = watch(&person, "example.com");
    let shown = question(&mut browser, "example.com", "cookie-sync");
    assert_eq!(shown["askers"][0]["pid"], second.id(), "another process of the same name is asked for anew");
    first.signal("KILL");
    browser.view(json!({ "shared": [] }));
    drop(second);
    browser.view(json!({ "asks": [] }));
}

#[test]
fn once_ends_though_a_child_keeps_the_socket() {
    let person = Person::new();
    let mut browser = person.browser();
    let tool = person.tool("cookie-sync", &["example.com"]);
    tool.connected();
    tool.consent("example.com", ConsentState::Waiting);
    browser.decide("cookie-sync", "example.com", "once");
    tool.consent("example.com", ConsentState::Granted);
    tool.snapshot();
    // The bridge says that the process is gone; the socket, which this test holds, is not.
    browser.ask(json!({ "do": "bridge", "says": { "kind": "ended", "channel": 1 } }));
    browser.view(json!({ "tools": [], "shared": [] }));
    browser.set(cookie("example.com", "after", "1"));
    tool.hears_nothing();
}

#[test]
fn once_outlives_the_bridge_for_the_same_process_alone() {
    let person = Person::new();
    let mut browser = person.browser();
    let tool = person.tool("cookie-sync", &["example.com"]);
    tool.connected();
    tool.consent("example.com", ConsentState::Waiting);
    browser.decide("cookie-sync", "example.com", "once");
    tool.consent("example.com", ConsentState::Granted);
    tool.snapshot();
    let until = Instant::now() + Duration::from_secs(60);
    browser.ask(json!({ "do": "kill bridge" }));
    let other = watch(&person, "example.com");
    let shown = loop {
        let view = browser.view(json!({ "status": "Connected" }));
        if let Some(ask) = view["asks"].get(0) {
            break ask.clone();
        }
        assert!(Instant::now() < until, "nobody asks: {view}");
    };
    assert_eq!(shown["askers"][0]["pid"], other.id());
    assert!(matches!(tool.event(), countersign_shared::bridge::link::Event::Ended));
    tool.connected();
    tool.consent("example.com", ConsentState::Granted);
    tool.snapshot();
    browser.set(cookie("example.com", "n", "1"));
    assert_eq!(tool.change(), set("example.com n", "1"));
}
