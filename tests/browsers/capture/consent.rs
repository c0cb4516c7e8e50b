//! The person is asked before requests leave the browser, and the filters keep others in it whatever was answered.

use serde_json::{Value, json};

use super::page::Recording;
use super::{HOST, capture, capturing, in_both, interrupt, lines_until, path, text};
use crate::browsers::person::{Browser, Kind, Person};

in_both! {
    answers: requests_leave_the_browser_as_far_as_the_person_allows_in_chromium,
        requests_leave_the_browser_as_far_as_the_person_allows_in_firefox;
    switch: the_switch_stops_a_capture_at_once_in_chromium, the_switch_stops_a_capture_at_once_in_firefox;
    filters: filters_are_applied_in_the_browser_in_chromium, filters_are_applied_in_the_browser_in_firefox;
}

fn question(browser: &mut Browser, name: &str) {
    browser.in_popup(json!({ "do": "wait", "role": "group", "name": name }));
}

fn badge(browser: &mut Browser) -> Value {
    let popup = browser.popup();
    browser.script(popup, "return await chrome.action.getBadgeText({})")
}

fn answers(kind: Kind) {
    let (person, site) = (Person::new(kind), Recording::start());
    let mut browser = person.browser();
    browser.says("Connected");
    let tab = browser.open(&site.url(HOST, "/"));
    capture(&person, &["--domain", HOST, "--no-input"]).fails(5);
    // Before the answer nothing goes out, and what was sent meanwhile does not come after it.
    let mut running = capture(&person, &["--domain", HOST]).start();
    running.stderr_line_with("waiting for consent");
    question(&mut browser, &format!("capture {HOST}"));
    let pid = running.id();
    let says = format!(
        "capture (pid {pid}) wants every request to {HOST} (with its subdomains), with the cookies and passwords in it. \
         Whoever has them is signed in as you."
    );
    browser.in_popup(json!({ "do": "wait", "role": "paragraph", "text": says }));
    browser.script(tab, "await fetch('/before')");
    browser.answers("capture", HOST, "Once");
    running.stderr_line_with("capturing requests to site.localhost");
    assert_eq!(badge(&mut browser), "REC");
    browser.shared(&format!("capture {HOST} (once)"));
    browser.in_popup(
        json!({ "do": "wait", "role": "paragraph", "text": format!("capture ({pid}) captures requests to {HOST}.") }),
    );
    browser.script(tab, "await fetch('/one'); await fetch('/last')");
    let lines = lines_until(&mut running, "last");
    assert_eq!(lines.iter().map(path).collect::<Vec<_>>(), ["one", "last"]);
    interrupt(running);
    // Once was for that process. Always is for later ones too, and covers what lies within.
    drop(capturing(&person, &mut browser, &["--domain", HOST]));
    for within in ["www.site.localhost", "https://site.localhost", "http://site.localhost"] {
        let mut running = capture(&person, &["--domain", within]).start();
        running.stderr_line_with(&format!("capturing requests to {within}"));
        interrupt(running);
    }
    let mut running = capture(&person, &["--url", &site.url(HOST, "/x*")]).start();
    running.stderr_line_with("capturing requests to http://site.localhost");
    interrupt(running);
    // It is not for what it lies within, and cookies are another thing.
    for (arguments, group) in [
        (vec!["--domain", "localhost"], "capture localhost"),
        (vec![], "capture"),
        (vec!["--url", "*site.localhost*"], "capture"),
    ] {
        let mut running = capture(&person, &arguments).start();
        running.stderr_line_with("waiting for consent");
        question(&mut browser, group);
        interrupt(running);
    }
    person.tool("cookie-sync").args(["once", HOST, "--no-input"]).fails(5);
    // Taken back while it runs.
    let mut running = capture(&person, &["--domain", HOST]).start();
    running.stderr_line_with("capturing requests");
    let remove = format!("Remove capture {HOST}");
    browser.in_popup(json!({ "do": "press", "role": "button", "name": remove }));
    running.finish().exits(4).stderr_has("not captured any more").stdout_is("");
    let running = capture(&person, &["--domain", HOST]).start();
    browser.answers("capture", HOST, "Never");
    running.finish().exits(4).stderr_has("refused");
    capture(&person, &["--domain", HOST]).fails(4).stdout_is("");
    browser.shared(&format!("capture {HOST} (never)"));
    browser.close();
    capture(&person, &["--source", "bridge", "--domain", HOST]).fails(3).stderr_has("Not connected");
    capture(&person, &["--domain", HOST]).fails(2).stderr_has("capture -- CMD");
}

fn switch(kind: Kind) {
    let (person, site) = (Person::new(kind), Recording::start());
    let mut browser = person.browser();
    browser.says("Connected");
    let tab = browser.open(&site.url(HOST, "/"));
    let mut running = capturing(&person, &mut browser, &["--domain", HOST]);
    browser.script(tab, "await fetch('/on')");
    lines_until(&mut running, "on");
    let press = json!({ "do": "press", "role": "switch", "name": "Sharing" });
    browser.in_popup(press.clone());
    running.stderr_line_with("is gone");
    assert_eq!(badge(&mut browser), "");
    browser.script(tab, "await fetch('/off')");
    browser.in_popup(press);
    running.stderr_line_with("capturing requests");
    browser.script(tab, "await fetch('/again')");
    let lines = lines_until(&mut running, "again");
    assert_eq!(lines.iter().map(path).collect::<Vec<_>>(), ["again"]);
    // What ends with the browser goes on with it.
    browser.kill();
    running.stderr_line_with("is gone");
    let mut browser = person.browser();
    running.stderr_line_with("capturing requests");
    let tab = browser.open(&site.url(HOST, "/"));
    browser.script(tab, "await fetch('/restarted')");
    lines_until(&mut running, "restarted");
    interrupt(running);
    browser.close();
}

fn filters(kind: Kind) {
    let (person, site) = (Person::new(kind), Recording::start());
    let mut browser = person.browser();
    browser.says("Connected");
    let tab = browser.open(&site.url(HOST, "/app"));
    let other = browser.open(&site.url("other.localhost", "/"));
    drop(capturing(&person, &mut browser, &["--domain", HOST]));
    let api = site.url(HOST, "/api/*");
    let app = site.url(HOST, "/app*");
    for (arguments, expected) in [
        (&["--method", "post"][..], &["POST api/1"][..]),
        (&["--url", &api], &["GET api/1", "POST api/1", "GET api/2", "GET api/3"]),
        (&["--url", &api, "--not-url", "*/2"], &["GET api/1", "POST api/1", "GET api/3"]),
        (&["--type", "image"], &["GET picture"]),
        (&["--type", "xhr", "--method", "GET"], &["GET api/1", "GET api/2", "GET api/3"]),
        (&["--type", "beacon,websocket"], &[]),
        (&["--initiator", "other.localhost"], &["GET api/3"]),
        (&["--initiator", HOST, "--method", "GET", "--type", "xhr"], &["GET api/1", "GET api/2"]),
        (&["--tab", &app, "--type", "xhr"], &["GET api/1", "POST api/1", "GET api/2"]),
    ] {
        let arguments: Vec<&str> = ["--domain", HOST].iter().chain(arguments).copied().collect();
        let mut running = capture(&person, &arguments).start();
        running.stderr_line_with("capturing requests");
        let page = "await fetch('/api/1'); await fetch('/api/1', { method: 'POST', body: 'b' }); await fetch('/api/2');
                    await new Promise((done) => { const i = new Image(); i.onload = i.onerror = done; i.src = '/picture' })";
        browser.script(tab, page);
        browser.script(other, &format!("await fetch('{}')", site.url(HOST, "/api/3")));
        let output = interrupt(running);
        let told: Vec<String> =
            output.json().iter().map(|line| format!("{} {}", text(line, "method"), path(line))).collect();
        assert_eq!(told, expected, "{arguments:?}");
    }
    browser.close();
}
