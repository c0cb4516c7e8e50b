//! The popup in each state, read by roles and names, as a screen reader does.

use std::time::{Duration, Instant};

use serde_json::json;

use countersign_shared::bridge::message::ConsentState;

use super::in_both;
use super::person::{Browser, Kind, Person};
use crate::support::subscriber::Subscriber;

in_both! {
    answers: every_answer_is_given_by_its_button_in_chromium, every_answer_is_given_by_its_button_in_firefox;
}

fn press(browser: &mut Browser, role: &str, name: &str) {
    browser.in_popup(json!({ "do": "press", "role": role, "name": name }));
}

#[track_caller]
fn asks(person: &Person, domain: &str) -> Subscriber {
    let tool = person.asks("cookie-sync", &[domain]);
    tool.connected();
    tool
}

fn answers(kind: Kind) {
    let person = Person::new(kind);
    let mut browser = person.browser();
    browser.says("Connected");
    for (domain, answer, state, shown) in [
        ("always.example", "Always", ConsentState::Granted, "always.example"),
        ("https://never.example", "Never", ConsentState::Denied, "https://never.example (never)"),
        ("once.example", "Once", ConsentState::Granted, "once.example (once)"),
    ] {
        let tool = asks(&person, domain);
        tool.consent(domain, ConsentState::Waiting);
        browser.answers("cookie-sync", domain, answer);
        tool.consent(domain, state);
        browser.shared(shown);
    }
    // What was said for good holds for the next tool; what was said once does not.
    for (domain, state) in [
        ("always.example", ConsentState::Granted),
        ("https://never.example", ConsentState::Denied),
        ("once.example", ConsentState::Waiting),
    ] {
        asks(&person, domain).consent(domain, state);
    }
    let tool = asks(&person, "always.example");
    tool.consent("always.example", ConsentState::Granted);
    tool.snapshot();
    press(&mut browser, "button", "Remove always.example");
    tool.consent("always.example", ConsentState::Revoked);
    press(&mut browser, "button", "Remove https://never.example");
    let denied = asks(&person, "https://never.example");
    denied.consent("https://never.example", ConsentState::Waiting);
    browser.close();
}

/// In Firefox a person may take an extension's access to websites away at any time.
#[test]
#[ignore = "needs Firefox: make test-heavy"]
fn access_to_websites_that_was_taken_away_is_asked_for_again() {
    if !Kind::Firefox.is_here() {
        return;
    }
    let person = Person::new(Kind::Firefox);
    let mut browser = person.browser();
    browser.says("Connected");
    let tool = asks(&person, "example.com");
    tool.consent("example.com", ConsentState::Waiting);
    browser.answers("cookie-sync", "example.com", "Always");
    tool.consent("example.com", ConsentState::Granted);
    tool.snapshot();
    browser.script_in_popup("await chrome.permissions.remove({ origins: ['*://*/*'] })");
    // Cookies that cannot be seen are not none.
    tool.consent("example.com", ConsentState::Revoked);
    let late = asks(&person, "example.com");
    late.consent("example.com", ConsentState::Waiting);
    late.hears_nothing();
    press(&mut browser, "button", "Allow on all websites");
    for tool in [&tool, &late] {
        tool.consent("example.com", ConsentState::Granted);
        tool.snapshot();
    }
    browser.in_popup(json!({ "do": "wait", "role": "button", "name": "Allow on all websites", "gone": true }));
    browser.close();
}

/// Limit for the time that the popup takes to show a change.
const SOON: Duration = Duration::from_secs(20);

/// The popup as a tree of roles and names. Firefox's remote protocol has none; what it shows is made of the same HTML.
#[track_caller]
fn shows(browser: &mut Browser, name: &str, expected: &[&str]) {
    let until = Instant::now() + SOON;
    loop {
        let tree = browser.in_popup(json!({ "do": "tree" }));
        let tree = tree.as_str().unwrap();
        let is_shown = |line: &str| tree.lines().any(|shown| shown.trim_start_matches([' ', '-']) == line);
        let Some(missing) = expected.iter().find(|line| !is_shown(line)) else { break };
        assert!(Instant::now() < until, "{name}: no {missing:?} in\n{tree}");
    }
    // For whoever wants to look: a folder for pictures of each state.
    if let Some(folder) = std::env::var_os("COUNTERSIGN_SCREENSHOTS") {
        for colors in ["light", "dark"] {
            let path = std::path::Path::new(&folder).join(format!("{name}-{colors}.png"));
            browser.in_popup(json!({ "do": "screenshot", "path": path, "colors": colors }));
        }
    }
}

#[test]
#[ignore = "needs Chromium: make test-heavy"]
fn the_popup_says_each_state_to_a_screen_reader() {
    if !Kind::Chromium.is_here() {
        return;
    }
    let person = Person::new(Kind::Chromium);
    person.tool("bridge-install").arg("uninstall").succeeds();
    let mut browser = person.browser();
    browser.says("Not connected");
    browser.in_popup(json!({ "do": "wait", "role": "region", "name": "What to do" }));
    shows(
        &mut browser,
        "missing",
        &[
            r#"status "Not connected""#,
            r#"switch "Sharing" [checked]"#,
            r#"region "What to do":"#,
            "paragraph: The bridge is not installed for this browser.",
            "code: bridge-install install",
            r#"textbox "Custom key""#,
            r#"button "Save key""#,
        ],
    );
    person.install();
    browser.says("Connected");
    shows(&mut browser, "connected", &[r#"status "Connected""#, r#"heading "Shared domains" [level=2]"#]);

    let first = person.asks("cookie-sync", &["example.com", "https://intranet.example.org"]);
    browser.in_popup(json!({ "do": "wait", "role": "group", "name": "cookie-sync example.com" }));
    shows(
        &mut browser,
        "asks",
        &[
            r#"group "cookie-sync example.com":"#,
            r#"group "cookie-sync https://intranet.example.org":"#,
            r#"button "Once""#,
            r#"button "Always""#,
            r#"button "Never""#,
        ],
    );
    // By keyboard alone: from the switch to the first question's second answer, then on to the next question.
    browser.script_in_popup("document.getElementById('sharing').focus()");
    for key in ["Tab", "Tab", "Enter"] {
        browser.in_popup(json!({ "do": "settled" }));
        browser.in_popup(json!({ "do": "key", "key": key }));
    }
    browser.shared("example.com");
    // The focus is before the next question now, and on none of its buttons.
    for key in ["Tab", "Tab", "Tab", "Enter"] {
        browser.in_popup(json!({ "do": "settled" }));
        browser.in_popup(json!({ "do": "key", "key": key }));
    }
    let long = "a-rather-long-name-of-a-host.of-a-rather-long-name-of-a-company.example.co.uk";
    let second = person.asks("cookie-sync", &[long]);
    browser.answers("cookie-sync", long, "Once");
    browser.shared("https://intranet.example.org (never)");
    browser.shared(&format!("{long} (once)"));
    shows(
        &mut browser,
        "shared",
        &[
            r#"list "Shared domains":"#,
            r#"button "Remove example.com""#,
            r#"button "Remove https://intranet.example.org""#,
        ],
    );
    press(&mut browser, "switch", "Sharing");
    shows(&mut browser, "off", &[r#"switch "Sharing""#, "paragraph: \"Sharing is off: no tool gets anything.\""]);
    press(&mut browser, "switch", "Sharing");
    drop((first, second));

    // A key that is none, then one.
    let type_key = |browser: &mut Browser, text: &str| {
        browser.in_popup(json!({ "do": "fill", "role": "textbox", "name": "Custom key", "text": text }));
        browser.in_popup(json!({ "do": "key", "key": "Enter" }));
    };
    type_key(&mut browser, "too short");
    shows(&mut browser, "no-key", &["alert: Ten or more letters and digits, and nothing else."]);
    type_key(&mut browser, "correct0horse0battery");
    browser.in_popup(json!({ "do": "wait", "role": "button", "name": "Remove key" }));
    let _tool = person.asks("cookie-sync", &["example.com"]);
    browser.says("Keys differ");
    shows(&mut browser, "keys-differ", &[r#"status "Keys differ""#, r#"button "Remove key""#]);
    browser.close();
}
