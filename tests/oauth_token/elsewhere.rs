//! Browsers that are elsewhere or do not start, answers that are pasted, and many who wait for one person.

use std::time::{Duration, Instant};

use serde_json::json;

use super::home::{Endpoint, Home, WILLING, numbered, provider};
use super::listener::{browse, parameter, post};
use crate::support::tool::{Running, Tool};

/// The arguments of a sign-in at this token endpoint.
fn arguments<'a>(token_url: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let urls = ["--auth-url", "http://127.0.0.1:1/auth", "--access-token-url", token_url, "--client-id", "id"];
    [&["get", "t", "--grant", "authorization_code"], &urls[..], more].concat()
}

/// Reads the URL that a run on a terminal shows.
fn shown(running: &mut Running) -> String {
    let line = running.stdout_until("&redirect_uri=");
    line + &running.stdout_until("callback")
}

/// A run on a terminal of its own.
fn terminal(home: &Home, arguments: &[&str]) -> Tool {
    let command = format!("stty -echo cols 500; exec oauth-token {}", arguments.join(" "));
    let tool = Tool::program("script").args(["-qec", &command, "/dev/null"]).env("COUNTERSIGN_HOME", home.path());
    tool.env("TERM", "xterm").env("SHELL", "/bin/sh")
}

#[test]
#[cfg(target_os = "linux")]
fn at_a_terminal_the_address_or_the_code_can_be_pasted_while_the_listener_is_up() {
    for (pasted, browser) in [
        ("'http://127.0.0.1/callback?code=c0de&state=STATE'", "/bin/true"),
        ("http://127.0.0.1/callback?code=c0de&state=STATE", "/bin/false"),
        ("c0de", "/nonexistent/browser"),
        ("code=c0de", "/bin/true"),
        ("c0de#STATE", "/bin/true"),
    ] {
        let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
        let (home, url) = (Home::new(), endpoint.url());
        let mut running = terminal(&home, &arguments(&url, &[])).env("BROWSER", browser).start();
        let text = shown(&mut running);
        running.write("nonsense with spaces\nhttp://127.0.0.1/callback?code=c0de&state=wrong\n");
        running.write(format!("{}\n", pasted.replace("STATE", &parameter(&text, "state"))));
        running.finish().exits(0).stdout_has("paste the address").stdout_has("its state differs").stdout_has("token-0");
        assert!(endpoint.asked(0).contains("code=c0de"), "{pasted}");
    }
}

#[test]
fn a_browser_that_fails_at_once_counts_as_none() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let url = endpoint.url();
    for browser in ["/nonexistent/browser", "/bin/false", "/nonexistent/one:/bin/false"] {
        let begun = Instant::now();
        let output = Home::new().run(&arguments(&url, &[])).env("BROWSER", browser).fails(5);
        output.stdout_is("").stderr_has("no browser of $BROWSER can be started");
        assert!(begun.elapsed() < Duration::from_secs(60));
    }
    // The next one of the list is tried.
    let server = provider(|_, _| (200, json!({ "access_token": "t" })));
    let (auth, token) = (server.at("/authorize"), server.url());
    let home = Home::new();
    let tool = home.run(&["get", "t", "--grant", "authorization_code", "--client-id", "a", "--auth-url", &auth]);
    tool.args(["--access-token-url", &token]).env("BROWSER", format!("/bin/false:{WILLING}")).succeeds();
}

#[test]
fn without_a_browser_of_its_own_it_listens_where_the_callback_has_a_port() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let url = endpoint.url();
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let (callback, listen) = (format!("http://127.0.0.1:{free}/callback"), format!("127.0.0.1:{free}"));
    for more in [&["--no-browser", "--callback-url", &callback][..], &["--listen", &listen]] {
        let home = Home::new();
        let mut running = home.run(&arguments(&url, more)).stdin("").start();
        let line = running.stderr_line_with("http://127.0.0.1:1/auth");
        let address = format!("127.0.0.1:{free}");
        assert_eq!(parameter(&line, "redirect_uri"), callback);
        browse(&address, &format!("/callback?code=c0de&state={}", parameter(&line, "state")), &address);
        browse(&address, "/callback/done", &address);
        running.finish().exits(0);
    }
}

#[test]
fn an_address_to_listen_at_is_apart_from_the_redirect_uri() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let url = endpoint.url();
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let listen = format!("127.0.0.1:{free}");
    let more = ["--listen", &listen, "--callback-url", "https://dev.example.com/cb"];
    let home = Home::new();
    let mut running = home.run(&arguments(&url, &more)).start();
    let line = running.stderr_line_with("http://127.0.0.1:1/auth");
    assert_eq!(parameter(&line, "redirect_uri"), "https://dev.example.com/cb");
    let target = format!("/cb?code=c0de&state={}", parameter(&line, "state"));
    assert!(browse(&listen, &target, "evil.example").starts_with("HTTP/1.1 400"));
    assert!(browse(&listen, &target, "dev.example.com").starts_with("HTTP/1.1 303"));
    browse(&listen, "/cb/done", "dev.example.com");
    running.finish().exits(0);
    for wrong in ["8400", "host:port", ":8400", "127.0.0.1:99999"] {
        Home::new().run(&arguments(&url, &["--listen", wrong])).fails(2).stderr_has("HOST:PORT");
    }
}

#[test]
fn what_is_no_redirect_uri_is_an_error_and_nobody_is_asked_in_vain() {
    let url = "http://127.0.0.1:1/token";
    for wrong in ["18999", "localhost:18999/cb", "/cb", "http://127.0.0.1:1/cb#x", "http://", ""] {
        let callback = ["--callback-url", wrong];
        let output = Home::new().run(&arguments(url, &callback)).env("BROWSER", "/bin/true").arg("--timeout=1s").run();
        // An empty one is none.
        output.exits(if wrong.is_empty() { 3 } else { 2 }).stdout_is("");
    }
    let only_page = ["get", "--grant", "authorization_code", "--client-id", "id", "--auth-url", "http://127.0.0.1:1/a"];
    Home::new().run(&only_page).env("BROWSER", "/bin/true").fails(2).stderr_has("--access-token-url is missing");
    let elsewhere = ["--callback-url", "https://app.example.com/cb"];
    let piped = Home::new().run(&arguments(url, &elsewhere)).stdin("not ours\n").env("BROWSER", "/bin/true").run();
    piped.exits(5).stdout_is("");
}

#[test]
fn stdin_that_is_not_pasted_is_left_alone() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let url = endpoint.url();
    let line = "x?code=c0de&state=st";
    let command = format!(
        "oauth-token {} --no-browser --state st; read -r rest; echo \"rest: $rest\"",
        arguments(&url, &[]).join(" ")
    );
    let home = Home::new();
    let path = format!("{}:{}", bin_folder(), std::env::var("PATH").expect("a path"));
    let shell = Tool::program("sh").args(["-c", &command]).env("COUNTERSIGN_HOME", home.path()).env("PATH", path);
    shell.stdin(format!("{line}\nsecond line\n")).succeeds().stdout_is("token-0\nrest: second line\n");
}

fn bin_folder() -> String {
    crate::support::tool::bin("oauth-token").parent().expect("a folder").display().to_string()
}

#[test]
fn nobody_s_answer_names_the_redirect_uri_and_takes_no_longer_than_the_limit() {
    let begun = Instant::now();
    let home = Home::new();
    let callback = ["--callback-url", "http://LOCALHOST/cb", "--timeout", "1s"];
    let output = home.run(&arguments("http://127.0.0.1:1/token", &callback)).env("BROWSER", "/bin/true").fails(3);
    output.stderr_has("register this redirect URI there: http://LOCALHOST:");
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn an_error_without_a_state_is_shown_and_does_not_end_the_wait() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    let mut running = home.run(&arguments(&url, &[])).env("BROWSER", "/bin/true").start();
    let line = running.stderr_line_with("http://127.0.0.1:1/auth");
    let redirect = parameter(&line, "redirect_uri");
    let address = redirect.trim_start_matches("http://").trim_end_matches("/callback").to_owned();
    let page = browse(&address, "/callback?error=invalid_scope&error_description=no+such+scope", &address);
    assert!(page.starts_with("HTTP/1.1 400") && page.contains("invalid_scope: no such scope"), "{page}");
    running.stderr_line_with("invalid_scope: no such scope");
    assert!(
        post(&address, "/callback", "X: y\r\nTransfer-Encoding: chunked\r\n", "").contains("405 Method Not Allowed")
    );
    browse(&address, &format!("/callback?code=c&state={}", parameter(&line, "state")), &address);
    browse(&address, "/callback/done", &address);
    running.finish().exits(0).stdout_is("token-0\n");
}

#[test]
fn those_who_wait_for_one_sign_in_share_its_outcome_and_open_one_tab() {
    let home = Home::new();
    let tabs = home.path().join("tabs");
    let browser = home.path().join("browser");
    let script = format!("#!/bin/sh\necho tab >> {}\n", tabs.display());
    crate::support::tool::write_program(&browser, script);
    let arguments = arguments("http://127.0.0.1:1/token", &["--timeout", "5s"]);
    let mut first = home.run(&arguments).env("BROWSER", &browser).start();
    first.stderr_line_with("http://127.0.0.1:1/auth");
    let others: Vec<_> = (0..5).map(|_| home.run(&arguments).env("BROWSER", &browser).start()).collect();
    // Whoever must not ask does not wait for a person either.
    let begun = Instant::now();
    home.run(&arguments).arg("--no-input").fails(5).stderr_has("--no-input");
    assert!(begun.elapsed() < Duration::from_secs(30));
    first.finish().exits(3);
    for other in others {
        let output = other.finish();
        assert!(output.err().contains("nobody signed in") || output.err().contains("still gets"), "{}", output.err());
        output.exits(3);
    }
    assert_eq!(std::fs::read_to_string(tabs).expect("the tabs"), "tab\n");
    assert!(!home.path().join("state/token-t.lock").exists());
}
