//! `cookie-sync` with real browsers: what a page does to its cookies is in the jar, and curl gets what the browser gets.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::person::{Browser, Kind, Person};
use super::site::Site;
use super::{HOST, in_both};
use crate::support::{Running, Tool};

in_both! {
    session: a_session_is_in_the_jar_while_it_lasts_in_chromium, a_session_is_in_the_jar_while_it_lasts_in_firefox;
    kinds: the_jar_says_what_each_cookie_is_in_chromium, the_jar_says_what_each_cookie_is_in_firefox;
    absences: watching_outlives_bridge_and_browser_in_chromium, watching_outlives_bridge_and_browser_in_firefox;
    refusal: never_is_never_until_it_is_removed_in_chromium, never_is_never_until_it_is_removed_in_firefox;
    speed: a_change_in_the_page_is_soon_in_the_jar_in_chromium, a_change_in_the_page_is_soon_in_the_jar_in_firefox;
}

const JAR: &str = "cookies.txt";

fn cookie_sync(person: &Person, arguments: &[&str]) -> Tool {
    person.tool("cookie-sync").within(person.path("")).args(arguments)
}

/// The lines of the jar that hold cookies.
fn lines(person: &Person) -> Vec<String> {
    let jar = std::fs::read_to_string(person.path(JAR)).unwrap_or_default();
    jar.lines().filter(|line| line.contains('\t')).map(str::to_owned).collect()
}

/// Waits until the jar's lines are so.
#[track_caller]
fn await_lines(person: &Person, limit: Duration, are_so: impl Fn(&[String]) -> bool) -> Vec<String> {
    let until = Instant::now() + limit;
    loop {
        let lines = lines(person);
        if are_so(&lines) {
            return lines;
        }
        assert!(Instant::now() < until, "the jar holds {lines:#?}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

const SOON: Duration = Duration::from_secs(20);

/// A watch that has got consent; its jar is there.
#[track_caller]
fn watch(person: &Person, browser: &mut Browser, domain: &str) -> Running {
    let mut running = cookie_sync(person, &["watch", domain, "--jar", JAR]).start();
    let said = running.stderr_line_with("waiting for consent");
    assert!(said.contains(domain) && said.contains(person.kind.name()), "{said}");
    assert!(!person.path(JAR).exists(), "nothing goes out before");
    browser.answers("cookie-sync", domain, "Always");
    let until = Instant::now() + SOON;
    while !person.path(JAR).exists() {
        assert!(Instant::now() < until, "no jar");
        std::thread::sleep(Duration::from_millis(1));
    }
    running
}

#[track_caller]
fn interrupt(running: Running) {
    running.signal("INT");
    running.finish().exits(130);
}

fn session(kind: Kind) {
    let (person, site) = (Person::new(kind), Site::start());
    let mut browser = person.browser();
    let tab = browser.open(&site.url(HOST, "/"));
    let running = watch(&person, &mut browser, HOST);
    let me = site.url(HOST, "/me");
    let curl = |exit: i32| {
        let jar = person.path(JAR);
        person.program("curl").args(["-fsS", "--noproxy", "*", "-b"]).arg(jar).arg(&me).run().exits(exit)
    };
    curl(22);
    browser.press_in(tab, "Log in");
    let jar = await_lines(&person, SOON, |lines| lines.len() == 1);
    assert_eq!(jar, ["#HttpOnly_site.localhost\tFALSE\t/\tFALSE\t0\tsession\ts3cret"]);
    curl(0).stdout_has("hello alice");
    // Who waits for a login goes on after it; what a request needs is put on it.
    cookie_sync(&person, &["wait", "session", HOST]).succeeds().stdout_is("");
    let applied = cookie_sync(&person, &["apply", "--domain", HOST, "--to", "header"]).stdin(&me).succeeds();
    applied.stdout_is("Cookie: session=s3cret\n");
    let exported = cookie_sync(&person, &["export", "--to", "json", HOST]).succeeds().out();
    let exported: Value = serde_json::from_str(&exported).unwrap();
    assert_eq!((&exported[0]["sameSite"], &exported[0]["hostOnly"]), (&json!("lax"), &json!(true)));
    browser.press_in(tab, "Log out");
    await_lines(&person, SOON, |lines| lines.is_empty());
    curl(22);
    interrupt(running);
    browser.close();
}

fn kinds(kind: Kind) {
    let (person, site) = (Person::new(kind), Site::start());
    let mut browser = person.browser();
    let tab = browser.open(&site.url(HOST, "/"));
    let other = "other.test\tFALSE\t/\tFALSE\t0\tmine\t1";
    let mut running = watch(&person, &mut browser, HOST);
    // Somebody else writes into the jar.
    std::fs::write(person.path(JAR), format!("# Netscape HTTP Cookie File\n{other}\n")).unwrap();
    browser.script(tab, "document.cookie = 'host=1'; document.cookie = 'all=2; domain=site.localhost; path=/a'");
    let jar = await_lines(&person, SOON, |lines| lines.len() == 3);
    assert_eq!(
        jar,
        [other, "site.localhost\tFALSE\t/\tFALSE\t0\thost\t1", ".site.localhost\tTRUE\t/a\tFALSE\t0\tall\t2"]
    );
    browser.script(tab, "document.cookie = 'host=overwritten; secure'");
    await_lines(&person, SOON, |lines| {
        lines.contains(&"site.localhost\tFALSE\t/\tTRUE\t0\thost\toverwritten".to_owned())
    });
    // Its end comes by itself: within five seconds of it, whatever the browser says.
    browser.script(tab, "document.cookie = 'short=1; max-age=2'");
    let is_there = |lines: &[String]| lines.iter().any(|line| line.contains("\tshort\t"));
    await_lines(&person, SOON, is_there);
    await_lines(&person, Duration::from_secs(7), |lines| !is_there(lines));
    // The format has no place for it, which is said.
    browser.script(tab, "document.cookie = 'p=1; secure; samesite=none; partitioned'");
    running.stderr_line_with("1 partitioned cookie is left out of cookies.txt");
    let exported = cookie_sync(&person, &["export", "--to", "json", HOST]).succeeds().out();
    let exported: Vec<Value> = serde_json::from_str(&exported).unwrap();
    let partitioned = exported.iter().find(|cookie| cookie["name"] == "p").unwrap();
    assert!(partitioned["partitionKey"]["topLevelSite"].is_string(), "{partitioned}");
    interrupt(running);
    // That host alone: what is below is not its, what is above is.
    let below = browser.open(&site.url("www.site.localhost", "/"));
    browser.script(below, "document.cookie = 'w=1'");
    let narrow = cookie_sync(&person, &["export", "https://www.site.localhost"]).succeeds();
    let names: Vec<String> = narrow.lines();
    let names: Vec<&str> = names.iter().filter_map(|line| line.split('\t').nth(5)).collect();
    assert_eq!(names, ["all", "w"]);
    browser.close();
}

fn absences(kind: Kind) {
    let (person, site) = (Person::new(kind), Site::start());
    let mut browser = person.browser();
    let tab = browser.open(&site.url(HOST, "/"));
    let mut running = watch(&person, &mut browser, HOST);
    browser.script(tab, "document.cookie = 'kept=1; max-age=10000'");
    await_lines(&person, SOON, |lines| lines.len() == 1);
    // What happens to the bridge changes nothing in the jar, and what happens after it is in there.
    browser.kill_bridge();
    browser.script(tab, "document.cookie = 'after=1'");
    let back = Duration::from_secs(40);
    await_lines(&person, back, |lines| lines.len() == 2);
    browser.kill();
    running.stderr_line_with("Not connected");
    assert_eq!(lines(&person).len(), 2);
    let mut browser = person.browser();
    let tab = browser.open(&site.url(HOST, "/"));
    browser.script(tab, "document.cookie = 'again=1'");
    await_lines(&person, back, |lines| lines.iter().any(|line| line.contains("\tagain\t")));
    // A tool that is killed leaves a whole jar, and another one goes on with it.
    running.signal("KILL");
    drop(running);
    browser.script(tab, "document.cookie = 'last=1'");
    cookie_sync(&person, &["once", HOST, "--jar", JAR]).succeeds();
    assert!(lines(&person).iter().any(|line| line.contains("\tlast\t")), "{:?}", lines(&person));
    browser.close();
    let started = Instant::now();
    cookie_sync(&person, &["once", HOST, "--jar", JAR]).fails(3).stderr_has("Not connected: no browser");
    assert!(started.elapsed() < Duration::from_secs(10));
}

fn refusal(kind: Kind) {
    let (person, site) = (Person::new(kind), Site::start());
    let mut browser = person.browser();
    browser.open(&site.url(HOST, "/"));
    let once = || cookie_sync(&person, &["once", HOST, "--jar", JAR]);
    cookie_sync(&person, &["once", HOST, "--jar", JAR, "--no-input"]).fails(5);
    let running = once().start();
    browser.answers("cookie-sync", HOST, "Never");
    running.finish().exits(4).stderr_has("refused");
    once().fails(4);
    assert!(!person.path(JAR).exists());
    browser.in_popup(json!({ "do": "press", "role": "button", "name": format!("Remove {HOST}") }));
    let running = once().start();
    browser.answers("cookie-sync", HOST, "Once");
    running.finish().exits(0);
    assert!(person.path(JAR).exists());
    // Once was until that process ended.
    let mut running = once().start();
    running.stderr_line_with("waiting for consent");
    // Off is off.
    browser.in_popup(json!({ "do": "press", "role": "switch", "name": "Sharing" }));
    running.finish().exits(4).stderr_has("sharing is switched off");
    once().fails(4).stderr_has("sharing is switched off");
    browser.close();
}

/// Changes whose way is measured.
const CHANGES: usize = 40;

fn speed(kind: Kind) {
    let (person, site) = (Person::new(kind), Site::start());
    let mut browser = person.browser();
    let tab = browser.open(&site.url(HOST, "/"));
    let running = watch(&person, &mut browser, HOST);
    let mut took: Vec<Duration> = (0..CHANGES)
        .map(|number| {
            // The page says when it set the cookie. What its answer takes on its way here can only make the figure larger.
            let script = format!("const at = Date.now(); document.cookie = 'n={number}'; return at");
            let set = browser.script(tab, &script).as_f64().unwrap();
            await_lines(&person, SOON, |lines| lines.iter().any(|line| line.ends_with(&format!("\tn\t{number}"))));
            let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs_f64() * 1000.0;
            Duration::from_secs_f64((now - set).max(0.0) / 1000.0)
        })
        .collect();
    took.sort_unstable();
    let (median, worst) = (took[CHANGES / 2], took[CHANGES - 1]);
    println!("{kind:?}: from document.cookie to the jar: median {median:?}, at most {worst:?}");
    assert!(median < Duration::from_millis(250), "{median:?}: far more than the 50 ms of a machine that is not busy");
    interrupt(running);
    browser.close();
}
