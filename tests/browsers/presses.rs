//! A press answers the question that the person saw, by mouse and by keyboard, whatever a tool does meanwhile.

use countersign_shared::bridge::message::ConsentState;
use serde_json::{Value, json};

use super::in_both;
use super::person::{Browser, Kind, Person};
use crate::support::subscriber::{Subscriber, cookies_of};

in_both! {
    swaps: a_press_never_answers_a_question_that_took_anothers_place_in_chromium,
        a_press_never_answers_a_question_that_took_anothers_place_in_firefox;
    moves: a_press_never_answers_a_question_that_moved_up_in_chromium,
        a_press_never_answers_a_question_that_moved_up_in_firefox;
    keys: no_key_answers_a_question_that_took_anothers_place_in_chromium,
        no_key_answers_a_question_that_took_anothers_place_in_firefox;
    words: a_question_says_who_asks_for_what_in_chromium, a_question_says_who_asks_for_what_in_firefox;
}

/// A busy machine may take longer than half a second from the change to the press; then that round says nothing.
const ROUNDS: usize = 20;

/// Notes when questions last changed or moved, and when something was pressed.
const NOTE: &str = "
    const asks = document.getElementById('asks');
    const tops = () => [...asks.children].map((ask) => ask.dataset.key + ask.getBoundingClientRect().y).join();
    let before = tops();
    window.changed = performance.now();
    const look = () => {
        if (tops() !== before) window.changed = performance.now();
        before = tops();
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
    for (const name of ['click', 'keydown']) addEventListener(name, () => (window.pressed = performance.now()), true);
";

/// Returns the place of the middle of the button of a question.
fn middle(browser: &mut Browser, domain: &str, answer: &str) -> Value {
    let popup = browser.popup();
    let script = format!(
        "const ask = [...document.querySelectorAll('.ask')].find((ask) => ask.ariaLabel === 'cookie-sync {domain}');
         const box = ask.querySelector('.{answer}').getBoundingClientRect();
         return {{ x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }};"
    );
    browser.script(popup, &script)
}

fn click(browser: &mut Browser, at: &Value) {
    browser.in_popup(json!({ "do": "click", "x": at["x"], "y": at["y"] }));
}

fn key(browser: &mut Browser, key: &str) {
    browser.in_popup(json!({ "do": "key", "key": key }));
}

fn settle(browser: &mut Browser) {
    browser.in_popup(json!({ "do": "settled" }));
}

/// Waits until a question is there, or not any more.
#[track_caller]
fn question(browser: &mut Browser, domain: &str, is_gone: bool) {
    // By script and not by the tree of roles: what follows must come within half a second.
    let popup = browser.popup();
    let script = format!(
        "const is = () => [...document.querySelectorAll('.ask')].some((ask) => ask.ariaLabel === 'cookie-sync {domain}');
         for (let n = 0; n < 4000 && is() === {is_gone}; n += 1) await new Promise((done) => setTimeout(done, 5));
         return is();"
    );
    assert_eq!(browser.script(popup, &script), !is_gone, "{domain}");
}

/// Returns true if the last press came within half a second after the last change.
fn was_at_once(browser: &mut Browser) -> bool {
    let popup = browser.popup();
    let took = browser.script(popup, "return window.pressed - window.changed").as_f64();
    took.is_some_and(|took| (0.0..500.0).contains(&took))
}

fn start(kind: Kind) -> (Person, Browser) {
    let person = Person::new(kind);
    let mut browser = person.browser();
    browser.says("Connected");
    browser.script_in_popup(NOTE);
    (person, browser)
}

#[track_caller]
fn asks(person: &Person, domain: &str) -> Subscriber {
    let tool = person.asks("cookie-sync", &[domain]);
    tool.connected();
    tool.consent(domain, ConsentState::Waiting);
    tool
}

fn swaps(kind: Kind) {
    let (person, mut browser) = start(kind);
    for round in 1..=ROUNDS {
        let (before, after) = (format!("before{round}.example"), format!("after{round}.example"));
        let tool = asks(&person, &before);
        question(&mut browser, &before, false);
        settle(&mut browser);
        let at = middle(&mut browser, &before, "always");
        tool.asks_instead(vec![cookies_of(&[&after], &[])]);
        question(&mut browser, &after, false);
        click(&mut browser, &at);
        tool.consent(&after, ConsentState::Waiting);
        if was_at_once(&mut browser) {
            tool.hears_nothing();
            assert_eq!(middle(&mut browser, &after, "always")["y"], at["y"], "it is where the other one was");
            // What has been there for long enough is answered.
            settle(&mut browser);
            click(&mut browser, &at);
            tool.consent(&after, ConsentState::Granted);
            return browser.close();
        }
        drop(tool);
        browser
            .script_in_popup("while (document.querySelector('.ask')) await new Promise((done) => setTimeout(done, 5))");
    }
    panic!("no press came within half a second in {ROUNDS} rounds");
}

fn moves(kind: Kind) {
    let (person, mut browser) = start(kind);
    for round in 1..=ROUNDS {
        let (above, below) = (format!("above{round}.example"), format!("below{round}.example"));
        let first = asks(&person, &above);
        question(&mut browser, &above, false);
        let second = asks(&person, &below);
        question(&mut browser, &below, false);
        settle(&mut browser);
        let at = middle(&mut browser, &above, "always");
        drop(first);
        question(&mut browser, &above, true);
        click(&mut browser, &at);
        if !was_at_once(&mut browser) {
            drop(second);
            question(&mut browser, &below, true);
            continue;
        }
        second.hears_nothing();
        assert_eq!(middle(&mut browser, &below, "always")["y"], at["y"], "it is where the other one was");
        settle(&mut browser);
        click(&mut browser, &at);
        second.consent(&below, ConsentState::Granted);
        return browser.close();
    }
    panic!("no press came within half a second in {ROUNDS} rounds");
}

/// Puts the focus on the button Never of a question that has come to rest.
fn focus(browser: &mut Browser, domain: &str) {
    settle(browser);
    let find =
        format!("[...document.querySelectorAll('.ask')].find((ask) => ask.ariaLabel === 'cookie-sync {domain}')");
    browser.script_in_popup(&format!("{find}.querySelector('.never').focus()"));
}

/// Returns the label of the question that has the focus.
fn focused(browser: &mut Browser) -> Value {
    let popup = browser.popup();
    browser.script(popup, "return document.activeElement.closest('.ask')?.ariaLabel ?? null")
}

fn keys(kind: Kind) {
    let (person, mut browser) = start(kind);
    let tool = asks(&person, "r0.example");
    for (round, pressed) in [(1, "Enter"), (2, " ")] {
        let (before, after) = (format!("r{}.example", round - 1), format!("r{round}.example"));
        question(&mut browser, &before, false);
        focus(&mut browser, &before);
        tool.asks_instead(vec![cookies_of(&[&after], &[])]);
        question(&mut browser, &after, false);
        key(&mut browser, pressed);
        tool.consent(&after, ConsentState::Waiting);
        assert_eq!(focused(&mut browser), Value::Null, "the focus is on no button of another question");
        settle(&mut browser);
        key(&mut browser, pressed);
        tool.hears_nothing();
    }
    // With a question that goes, the focus leaves the buttons, wherever the others are.
    let below = asks(&person, "below.example");
    question(&mut browser, "below.example", false);
    focus(&mut browser, "r2.example");
    tool.asks_instead(vec![cookies_of(&[], &[])]);
    question(&mut browser, "r2.example", true);
    key(&mut browser, "Enter");
    settle(&mut browser);
    key(&mut browser, "Enter");
    below.hears_nothing();
    assert_eq!(focused(&mut browser), Value::Null);
    // One that moves keeps its own focus, and its keys rest meanwhile.
    let last = asks(&person, "last.example");
    question(&mut browser, "last.example", false);
    focus(&mut browser, "last.example");
    drop(below);
    question(&mut browser, "below.example", true);
    key(&mut browser, "Enter");
    if was_at_once(&mut browser) {
        last.hears_nothing();
        assert_eq!(focused(&mut browser), "cookie-sync last.example");
        settle(&mut browser);
        key(&mut browser, "Enter");
    }
    last.consent("last.example", ConsentState::Denied);
    browser.shared("last.example (never)");
    browser.close();
}

fn words(kind: Kind) {
    let (person, mut browser) = start(kind);
    let popup = browser.popup();
    let pid = std::process::id();
    let program = std::env::current_exe().unwrap();
    let program = program.file_name().unwrap().to_str().unwrap();
    for (name, domain, store, question) in [
        (
            "cookie-sync",
            "com",
            vec![],
            format!(
                "cookie-sync ({program}, pid {pid}) wants the cookies of every site under .com in ordinary windows."
            ),
        ),
        (
            "Press Always now",
            "https://example.com",
            vec!["x"],
            format!(
                "Another program ({program}, pid {pid}) wants the cookies of https://example.com (this host only) in the \
                 cookie store x."
            ),
        ),
    ] {
        let tool = person.asks_of(name, vec![cookies_of(&[domain], &store)]);
        tool.connected();
        tool.consent(domain, ConsentState::Waiting);
        browser.in_popup(json!({
            "do": "wait", "role": "paragraph", "text": format!("{question} Whoever has them is signed in as you."),
        }));
        let bold = browser
            .script(popup, "return [...document.querySelectorAll('.ask strong')].map((bold) => bold.textContent)");
        assert!(!bold.to_string().contains("Press"), "{bold}");
        drop(tool);
        browser
            .script(popup, "while (document.querySelector('.ask')) await new Promise((done) => setTimeout(done, 5))");
    }
    browser.close();
}
