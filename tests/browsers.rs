//! The extension in real browsers, Chromium and Firefox, against a site of our own: from `bridge-install install` to
//! the cookies of a login in the shell. Needs both browsers: `tests/support/install heavy`.

mod capture;
mod cookie_sync;
mod person;
mod popup;
mod presses;
mod site;

use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use countersign_shared::bridge::envelope::Reason;
use countersign_shared::bridge::link::Event;
use countersign_shared::bridge::message::{ConsentState, FromExtension};
use countersign_shared::secret::Secret;
use serde_json::json;

use self::person::{Browser, Kind, Person};
use self::site::Site;
use crate::support::subscriber::{Subscriber, cookies_of};

/// Each test in both browsers.
macro_rules! in_both {
    ($($name:ident: $chromium:ident, $firefox:ident;)*) => { $(
        #[test]
        #[ignore = "needs Chromium: make test-heavy"]
        fn $chromium() {
            if Kind::Chromium.is_here() {
                $name(Kind::Chromium);
            }
        }

        #[test]
        #[ignore = "needs Firefox: make test-heavy"]
        fn $firefox() {
            if Kind::Firefox.is_here() {
                $name(Kind::Firefox);
            }
        }
    )* };
}
use in_both;

in_both! {
    login: a_login_reaches_the_tool_and_a_logout_too_in_chromium, a_login_reaches_the_tool_and_a_logout_too_in_firefox;
    kinds: cookies_of_every_kind_come_as_they_are_in_chromium, cookies_of_every_kind_come_as_they_are_in_firefox;
    absences: whoever_goes_and_returns_is_connected_again_in_chromium, whoever_goes_and_returns_is_connected_again_in_firefox;
    stops: a_background_that_was_stopped_goes_on_in_chromium, a_background_that_was_stopped_goes_on_in_firefox;
    keys: keys_that_differ_are_said_on_both_sides_in_chromium, keys_that_differ_are_said_on_both_sides_in_firefox;
    many: as_many_cookies_as_a_browser_keeps_come_soon_in_chromium, as_many_cookies_as_a_browser_keeps_come_soon_in_firefox;
    stores: a_store_has_its_own_cookies_in_chromium, a_store_has_its_own_cookies_in_firefox;
    doctor: the_doctor_sees_the_real_browser_in_chromium, the_doctor_sees_the_real_browser_in_firefox;
}

const HOST: &str = "site.localhost";

/// A tool that has got consent for these domains and the snapshot of each.
#[track_caller]
fn granted(person: &Person, browser: &mut Browser, domains: &[&str]) -> Subscriber {
    let tool = person.asks("cookie-sync", domains);
    tool.connected();
    for domain in domains {
        tool.consent(domain, ConsentState::Waiting);
    }
    for domain in domains {
        browser.answers("cookie-sync", domain, "Always");
        tool.consent(domain, ConsentState::Granted);
        tool.snapshot();
    }
    tool
}

/// The next change: name, value, whether it is gone.
#[track_caller]
fn change(tool: &Subscriber) -> (String, String, bool) {
    let (name, value, removed, _) = tool.change();
    (name, value, removed)
}

fn was(name: &str, value: &str, removed: bool) -> (String, String, bool) {
    (name.to_owned(), value.to_owned(), removed)
}

fn login(kind: Kind) {
    let (person, site) = (Person::new(kind), Site::start());
    let mut browser = person.browser();
    browser.says("Connected");
    let tab = browser.open(&site.url(HOST, "/"));
    let tool = granted(&person, &mut browser, &[HOST]);
    browser.press_in(tab, "Log in");
    let FromExtension::Cookie { cookie, removed: false, .. } = tool.message() else { panic!("a cookie") };
    assert_eq!((cookie.name.as_str(), cookie.value.as_str()), ("session", "s3cret"));
    assert_eq!(
        (cookie.http_only, cookie.session, cookie.host_only, cookie.same_site.as_str()),
        (true, true, true, "lax")
    );
    // What the tool has is as good as what the browser has.
    let header = format!("{}={}", cookie.name, cookie.value);
    let curl = person.program("curl").args(["-fsS", "-b", &header, &site.url(HOST, "/me")]);
    curl.succeeds().stdout_has("hello alice");
    browser.press_in(tab, "Log out");
    assert_eq!(change(&tool), was("site.localhost session", "s3cret", true));
    browser.close();
}

fn kinds(kind: Kind) {
    let (person, site) = (Person::new(kind), Site::start());
    let mut browser = person.browser();
    let tab = browser.open(&site.url(HOST, "/"));
    let wide = granted(&person, &mut browser, &[HOST]);
    // By script, overwritten, removed by script.
    browser.script(tab, "document.cookie = 'n=1'");
    assert_eq!(change(&wide), was("site.localhost n", "1", false));
    browser.script(tab, "document.cookie = 'n=2'");
    assert_eq!(wide.change(), ("site.localhost n".into(), "2".into(), false, "overwrite".into()));
    browser.script(tab, "document.cookie = 'n=; max-age=0'");
    assert!(change(&wide).2, "gone");
    // With subdomains or not.
    browser.script(tab, "document.cookie = 'd=1; domain=site.localhost'");
    assert_eq!(change(&wide), was(".site.localhost d", "1", false));
    let below = browser.open(&site.url("www.site.localhost", "/"));
    browser.script(below, "document.cookie = 'w=1'");
    assert_eq!(change(&wide), was("www.site.localhost w", "1", false));
    let narrow = person.asks("narrow", &["https://www.site.localhost"]);
    narrow.connected();
    // It lies within what was allowed.
    narrow.consent("https://www.site.localhost", ConsentState::Granted);
    assert_eq!(
        narrow.snapshot(),
        [".site.localhost d", "www.site.localhost w"],
        "a parent's Domain cookie goes there too"
    );
    browser.script(tab, "document.cookie = 'h=1'");
    assert_eq!(change(&wide), was("site.localhost h", "1", false));
    narrow.hears_nothing();
    // Partitioned.
    browser.script(tab, "document.cookie = 'p=1; secure; samesite=none; partitioned'");
    let FromExtension::Cookie { cookie, .. } = wide.message() else { panic!("a cookie") };
    let is_partitioned = cookie.partition_key.is_some();
    assert_eq!((cookie.name.as_str(), is_partitioned, cookie.secure), ("p", true, true), "{:?}", cookie.partition_key);
    // Partitioned by the site that has the frame.
    let framed = granted(&person, &mut browser, &["framed.localhost"]);
    let frame = site.url("framed.localhost", "/framed");
    browser.script(
        tab,
        &format!("document.body.append(Object.assign(document.createElement('iframe'), {{ src: '{frame}' }}))"),
    );
    let FromExtension::Cookie { cookie, .. } = framed.message() else { panic!("a cookie") };
    let partition = cookie.partition_key.expect("a partition");
    assert_eq!((cookie.name.as_str(), cookie.domain.as_str()), ("framed", "framed.localhost"));
    assert!(partition["topLevelSite"].as_str().unwrap().contains("site.localhost"), "{partition}");
    drop(framed);
    // A time comes along, and when it has come the cookie is gone from the next snapshot at the latest.
    browser.script(tab, "document.cookie = 'short=1; max-age=1'");
    let FromExtension::Cookie { cookie, .. } = wide.message() else { panic!("a cookie") };
    let expires = cookie.expiration_date.unwrap();
    assert!(!cookie.session && expires > 1.6e9, "{expires}");
    drop(wide);
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let again = person.asks("cookie-sync", &[HOST]);
        again.connected();
        again.consent(HOST, ConsentState::Granted);
        if !again.snapshot().contains(&"site.localhost short".to_owned()) {
            break;
        }
        assert!(Instant::now() < until, "still there");
    }
    browser.close();
}

fn absences(kind: Kind) {
    let (person, site) = (Person::new(kind), Site::start());
    let mut browser = person.browser();
    let tab = browser.open(&site.url(HOST, "/"));
    let tool = granted(&person, &mut browser, &[HOST]);
    browser.script(tab, "document.cookie = 'kept=1; max-age=10000'");
    assert_eq!(change(&tool), was("site.localhost kept", "1", false));
    let returns = |what: &str| {
        assert_eq!(tool.event(), Event::Ended, "{what}");
        let start = Instant::now();
        tool.connected();
        tool.consent(HOST, ConsentState::Granted);
        assert_eq!(tool.snapshot(), ["site.localhost kept"], "{what}");
        println!("{kind:?}: {what}: back after {:?}", start.elapsed());
    };
    browser.kill_bridge();
    returns("the bridge was killed");
    browser.close();
    let browser = person.browser();
    returns("the browser was closed and started");
    browser.kill();
    let mut browser = person.browser();
    returns("the browser was killed and started");
    // A tool that goes does not hinder the others, and what it asked for is asked no more.
    let other = person.asks("other", &["other.example"]);
    other.connected();
    other.consent("other.example", ConsentState::Waiting);
    let group = json!({ "do": "wait", "role": "group", "name": "other other.example" });
    browser.in_popup(group.clone());
    drop(other);
    let mut gone = group;
    gone["gone"] = json!(true);
    browser.in_popup(gone);
    let tab = browser.open(&site.url(HOST, "/"));
    browser.script(tab, "document.cookie = 'after=1'");
    assert_eq!(change(&tool), was("site.localhost after", "1", false));
    browser.close();
}

/// Browsers stop what seems idle. The next cookie starts it again, and nothing is lost.
fn stops(kind: Kind) {
    let (person, site) = (Person::new(kind), Site::start());
    let mut browser = person.browser();
    let tab = browser.open(&site.url(HOST, "/"));
    let tool = granted(&person, &mut browser, &[HOST]);
    browser.close_popup();
    for round in 0..3 {
        browser.ask(json!({ "do": "stop background" }));
        assert_eq!(tool.event(), Event::Ended);
        browser.script(tab, &format!("document.cookie = 'n{round}=1'"));
        tool.connected();
        tool.consent(HOST, ConsentState::Granted);
        assert_eq!(tool.snapshot().len(), round + 1);
    }
    browser.close();
}

/// Containers are Firefox's; the default store has another name in each browser.
fn stores(kind: Kind) {
    let person = Person::new(kind);
    let mut browser = person.browser();
    browser.says("Connected");
    let ids = if kind == Kind::Firefox { vec!["firefox-default", "firefox-container-1"] } else { vec!["0"] };
    for (number, id) in ids.iter().enumerate() {
        browser.script_in_popup(&format!(
            "await chrome.cookies.set({{ url: 'http://{HOST}/', name: 'n{number}', value: '1', storeId: '{id}' }})"
        ));
    }
    let tool = granted(&person, &mut browser, &[HOST]);
    drop(tool);
    let cases = [(vec![], vec!["n0"]), (ids.clone(), vec!["n0", "n1"]), (vec!["none", ids[0]], vec!["n0"])];
    for (stores, expected) in cases {
        let tool = person.asks_of("cookie-sync", vec![cookies_of(&[HOST], &stores)]);
        tool.connected();
        // Always was for the ordinary store alone.
        for (store, name) in [("firefox-container-1", "container 1"), ("none", "the cookie store none")] {
            if stores.contains(&store) {
                tool.consent(HOST, ConsentState::Waiting);
                browser.answers("cookie-sync", &format!("{HOST} in {name}"), "Always");
                browser.shared(&format!("{HOST} in {name}"));
            }
        }
        tool.consent(HOST, ConsentState::Granted);
        let expected: Vec<String> = expected.iter().take(ids.len()).map(|name| format!("{HOST} {name}")).collect();
        assert_eq!(tool.snapshot(), expected, "{stores:?}");
    }
    browser.close();
}

fn keys(kind: Kind) {
    let person = Person::new(kind);
    let mut browser = person.browser();
    let tool = granted(&person, &mut browser, &[HOST]);
    browser.in_popup(json!({ "do": "fill", "role": "textbox", "name": "Custom key", "text": "0123456789" }));
    browser.in_popup(json!({ "do": "press", "role": "button", "name": "Save key" }));
    assert_eq!(tool.event(), Event::Ended);
    assert_eq!(tool.event(), Event::Refused(Reason::KeysDiffer));
    browser.says("Keys differ");
    let status = person.tool("bridge-install").arg("status").args(person.choice());
    status.fails(1).stdout_has("Not connected").stdout_has("the keys differ");
    person.tool("bridge-install").args(["key", "set", "0123456789"]).succeeds();
    tool.connected();
    browser.says("Connected");
    person.tool("bridge-install").arg("status").args(person.choice()).succeeds().stdout_has("Connected\n");
    person.keys().set_custom(&Secret::new("9876543210".to_owned())).unwrap();
    person.tool("bridge-install").arg("doctor").args(person.choice()).fails(1).stdout_has("the keys differ");
    browser.close();
}

/// A hundred for each of these sites: for one, browsers keep fewer than two hundred.
const FILL: &str = "
    for (let host = FIRST; host < END; host += 1) {
        const sets = [];
        for (let number = 0; number < 100; number += 1) {
            const name = `name-${number}`;
            sets.push(chrome.cookies.set({ url: `http://h${host}.localhost/`, name, value: 'v'.repeat(100), expirationDate: 4e9 }));
        }
        await Promise.all(sets);
    }
    return (await chrome.cookies.getAll({})).length;
";

fn many(kind: Kind) {
    let person = Person::new(kind);
    let mut browser = person.browser();
    browser.says("Connected");
    // Chromium keeps 3,300, whatever one does.
    let hosts = if kind == Kind::Chromium { 30 } else { 100 };
    let popup = browser.popup();
    // A script has half a minute, which all of them at once can take in Firefox on a busy machine.
    for first in (0..hosts).step_by(10) {
        let fill = FILL.replace("FIRST", &first.to_string()).replace("END", &(first + 10).to_string());
        assert_eq!(browser.script(popup, &fill), (first + 10) * 100);
    }
    drop(granted(&person, &mut browser, &["localhost"]));
    let start = Instant::now();
    let tool = person.asks("cookie-sync", &["localhost"]);
    tool.connected();
    tool.consent("localhost", ConsentState::Granted);
    assert_eq!(tool.snapshot().len(), hosts * 100);
    let took = start.elapsed();
    println!("{kind:?}: {} cookies first synced in {took:?}", hosts * 100);
    assert!(took < Duration::from_secs(5), "{took:?}: far more than the second that it takes");
    browser.close();
}

fn doctor(kind: Kind) {
    let person = Person::new(kind);
    let run = |arguments: &[&str]| person.tool("bridge-install").args(arguments).args(person.choice());
    run(&["status"]).fails(1).stdout_has("Not connected\n").stdout_has("no browser has started the bridge");
    let mut browser = person.browser();
    browser.says("Connected");
    run(&["status"]).succeeds().stdout_has("Connected\n").stdout_has(&format!("connected to {}", kind.name()));
    run(&["doctor"]).succeeds().stdout_has("extension 0.1.0");
    // The switch is said too.
    browser.in_popup(json!({ "do": "press", "role": "switch", "name": "Sharing" }));
    run(&["status"]).fails(1).stdout_has("sharing is switched off in the popup");
    browser.in_popup(json!({ "do": "press", "role": "switch", "name": "Sharing" }));
    // What breaks while the browser runs is said in the popup and by the doctor, and `install` repairs it.
    let breaks = |browser: &mut Browser, said: &str, found: &str| {
        browser.kill_bridge();
        browser.says("Not connected");
        browser.in_popup(json!({ "do": "wait", "role": "paragraph", "text": said }));
        run(&["doctor"]).fails(1).stdout_has("FAIL").stdout_has(found);
        person.install();
        browser.says("Connected");
    };
    let manifest = std::fs::read_to_string(person.manifest()).unwrap();
    let other = manifest
        .replace("bogldfhikhcefhmlmghkhkkhicnaaagb", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
        .replace("@countersign", "@other");
    std::fs::write(person.manifest(), other).unwrap();
    // Firefox says the same of a manifest for another extension as of none.
    let said = match kind {
        Kind::Chromium => "The bridge was installed for another extension.",
        Kind::Firefox => "The bridge is not installed for this browser.",
    };
    breaks(&mut browser, said, "does not have");
    let program = person.path("countersign/state/bridge/countersign-bridge");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o600)).unwrap();
    breaks(&mut browser, "The bridge does not run.", "FILE_PERMISSIONS_REQUIRED");
    // The installation goes and comes back.
    run(&["uninstall"]).succeeds();
    browser.kill_bridge();
    browser.says("Not connected");
    run(&["status"]).fails(1).stdout_has("Dependencies not installed\n");
    person.install();
    browser.says("Connected");
    browser.close();
}
