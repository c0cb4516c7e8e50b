//! The listener that the browser comes back to.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};

use super::home::{Endpoint, Home, numbered};
use crate::support::origin::Origin;
use crate::support::tool::{LIMIT, Running, Tool};

/// A parameter of a URL that is shown.
pub(crate) fn parameter(url: &str, name: &str) -> String {
    let value = url.split_once(&format!("{name}=")).expect("a parameter").1.split('&').next().expect("a value");
    value.trim().replace("%3A", ":").replace("%2F", "/")
}

/// The listener's address and the state, out of the URL that is shown.
fn authorization(line: &str) -> (String, String) {
    let redirect = parameter(line, "redirect_uri");
    let address = redirect.trim_start_matches("http://").trim_end_matches("/callback").to_owned();
    (address, parameter(line, "state"))
}

/// One request to the listener, and the whole answer.
pub(crate) fn browse(address: &str, target: &str, host: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the listener");
    stream.set_read_timeout(Some(LIMIT)).expect("a time limit");
    write!(stream, "GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

/// A form that a page sends to the listener, and the whole answer.
pub(crate) fn post(address: &str, target: &str, fields: &str, form: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the listener");
    stream.set_read_timeout(Some(LIMIT)).expect("a time limit");
    let length = form.len();
    let kind = "Content-Type: application/x-www-form-urlencoded";
    write!(
        stream,
        "POST {target} HTTP/1.1\r\nHost: {address}\r\n{kind}\r\n{fields}Content-Length: {length}\r\n\r\n{form}"
    )
    .expect("a request");
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

#[test]
fn the_listener_takes_only_the_answer_to_its_own_request() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    let arguments = [
        "get",
        "--grant",
        "authorization_code",
        "--auth-url",
        "http://127.0.0.1:1/auth",
        "--access-token-url",
        &url,
        "--client-id",
        "id",
    ];
    let mut running = home.run(&arguments).env("BROWSER", "true").start();
    let (address, state) = authorization(&running.stderr_line_with("http://127.0.0.1:1/auth"));
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    let good = format!("/callback?code=c0de&state={state}");
    assert!(browse(&address, &good, "evil.example").starts_with("HTTP/1.1 400"), "another host");
    assert!(browse(&address, "/other", &address).starts_with("HTTP/1.1 404"), "another path");
    assert!(browse(&address, "/callback?code=x&state=wrong", &address).starts_with("HTTP/1.1 400"), "another state");
    assert!(
        browse(&address, &format!("/callback?code=x&state={state}&state={state}"), &address)
            .starts_with("HTTP/1.1 400"),
        "twice"
    );
    let redirect = browse(&address, &good, &address);
    assert!(redirect.starts_with("HTTP/1.1 303") && redirect.contains("Location: /callback/done\r\n"), "{redirect}");
    let page = browse(&address, "/callback/done", &address);
    assert!(page.contains("Signed in") && !page.contains("c0de"), "{page}");
    running.finish().exits(0).stdout_is("token-0\n");
    assert!(endpoint.asked(0).contains("code=c0de"));
}

/// A run that waits for its browser, which does nothing, and the URL that it shows.
fn waiting(home: &Home, token_url: &str, more: &[&str]) -> (Running, String) {
    let urls = ["--auth-url", "http://127.0.0.1:1/auth", "--access-token-url", token_url, "--client-id", "id"];
    let tool = home.run(&["get", "t", "--grant", "authorization_code"]).args(urls).args(more).env("BROWSER", "true");
    let mut running = tool.start();
    let url = running.stderr_line_with("http://127.0.0.1:1/auth");
    (running, url)
}

#[test]
fn the_listener_is_where_the_callback_says_and_on_loopback_only() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    for (callback, address) in [
        ("http://127.0.0.1/a/b?c=d", "127.0.0.1"),
        ("http://[::1]/cb", "[::1]"),
        ("http://localhost/", "localhost"),
        ("http://127.0.0.1", "127.0.0.1"),
    ] {
        let (running, url) = waiting(&home, &endpoint.url(), &["--callback-url", callback, "--token-name", callback]);
        let redirect = parameter(&url, "redirect_uri").replace("%5B", "[").replace("%5D", "]");
        let rest = redirect.strip_prefix(&format!("http://{address}:")).expect("the host as it was given").to_owned();
        let port: u16 = rest.split(['/', '?', '%']).next().expect("a port").parse().expect("a number");
        let path =
            callback.trim_start_matches("http://").trim_start_matches(address).split('?').next().expect("a path");
        let path = if path.is_empty() { "/" } else { path };
        // Every listening socket of that port is on a loopback address.
        for (table, loopback) in [("tcp", "0100007F"), ("tcp6", "00000000000000000000000001000000")] {
            let sockets = std::fs::read_to_string(format!("/proc/net/{table}")).unwrap_or_default();
            for line in sockets.lines().filter(|line| line.contains(&format!(":{port:04X} ")) && line.contains(" 0A "))
            {
                assert!(line.contains(&format!(" {loopback}:{port:04X} ")), "{line}");
            }
        }
        let host = format!("{address}:{port}");
        let target = format!("{path}?code=x&state={}", parameter(&url, "state"));
        let answer = browse(&host, &target, &host);
        assert!(answer.starts_with("HTTP/1.1 303"), "{callback}: {answer}");
        let again = browse(&host, &target, &host);
        assert!(again.starts_with("HTTP/1.1 400") && again.contains("already"), "{callback}: {again}");
        let done = answer.split_once("Location: ").expect("a place").1.split("\r\n").next().expect("a path");
        assert!(browse(&host, done, &host).contains("Signed in"));
        running.finish().exits(0);
    }
    let (foreign, url) = (home.run(&["get"]), endpoint.url());
    let elsewhere = ["--grant", "authorization_code", "--auth-url", "http://127.0.0.1:1/", "--access-token-url", &url];
    let foreign = foreign.args(elsewhere).args(["--client-id", "id", "--callback-url", "http://0.0.0.0:9/"]);
    foreign.env("BROWSER", "true").stdin("").fails(5);
}

#[test]
fn an_interrupt_ends_the_wait_and_says_so() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (running, _) = waiting(&Home::new(), &endpoint.url(), &[]);
    running.signal("INT");
    running.finish().exits(130).stdout_is("").stderr_has("interrupted");
    assert_eq!(endpoint.count(), 0);
}

#[test]
fn a_pasted_url_is_as_good_as_a_browser_and_a_wrong_one_is_not() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let paste = |make: &dyn Fn(&str) -> String| {
        let home = Home::new();
        let (mut running, url) =
            waiting(&home, &endpoint.url(), &["--no-browser", "--callback-url", "https://app.example/cb"]);
        assert_eq!(parameter(&url, "redirect_uri"), "https://app.example/cb");
        running.write(make(&parameter(&url, "state")));
        running.finish()
    };
    paste(&|state| format!("  https://app.example/cb?code=c0de&state={state}\n")).exits(0);
    assert!(endpoint.asked(0).contains("code=c0de") && endpoint.asked(0).contains("https%3A%2F%2Fapp.example%2Fcb"));
    paste(&|_| "https://app.example/cb?code=c0de&state=other\n".to_owned()).exits(1).stderr_has("state");
    paste(&|state| format!("https://app.example/cb?error=access_denied&state={state}\n")).exits(4);
    paste(&|_| "two words\n".to_owned()).exits(1);
    paste(&|state| format!("https://app.example/cb?state={state}\n"))
        .exits(1)
        .stderr_has("neither a code nor an error");
    let twice = |state: &str| format!("https://app.example/cb?code=a&code=b&state={state}\n");
    paste(&twice).exits(1).stderr_has("neither a code nor an error");
    paste(&|_| "\n".to_owned()).exits(5);
    assert_eq!(endpoint.count(), 1);
}

#[test]
fn an_https_callback_gets_a_certificate_of_its_own() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    let (running, url) = waiting(&home, &endpoint.url(), &["--callback-url", "https://localhost/cb"]);
    let redirect = parameter(&url, "redirect_uri");
    let target = format!("{redirect}?code=c0de&state={}", parameter(&url, "state"));
    let curl = Tool::program("curl").args(["--insecure", "--silent", "--location", "--noproxy", "*", &target]);
    curl.succeeds().stdout_has("Signed in");
    running.finish().exits(0).stdout_is("token-0\n");
}

#[test]
fn an_address_of_localhost_that_somebody_else_has_is_an_error() {
    for address in [SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), SocketAddr::from((Ipv6Addr::LOCALHOST, 0))] {
        let Ok(held) = TcpListener::bind(address) else {
            println!("skipped: this computer has no {address}");
            continue;
        };
        let port = held.local_addr().expect("an address").port();
        let callback = format!("http://localhost:{port}/cb");
        for grant in ["implicit", "authorization_code"] {
            let urls = ["--auth-url", "http://127.0.0.1:1/auth", "--access-token-url", "http://127.0.0.1:1/token"];
            let tool = Home::new().run(&["get", "--grant", grant, "--client-id", "id", "--callback-url", &callback]);
            let taken = tool.args(urls).env("BROWSER", "true").fails(1);
            taken.stdout_is("").stderr_has(&format!("cannot listen on port {port}"));
        }
    }
}

#[test]
fn a_sign_in_of_oauth1_is_ended_only_by_a_request_with_its_token() {
    let server = Origin::http(|peer| {
        while peer.request().is_some() {
            let body = "oauth_token=t0ken&oauth_token_secret=s&oauth_callback_confirmed=true";
            peer.write(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
        }
    });
    let (request, token) = (server.url("/request"), server.url("/token"));
    let arguments = ["get", "--grant", "oauth1", "--consumer-key", "app", "--consumer-secret", "text:s"];
    let urls = ["--request-token-url", &request, "--auth-url", "http://127.0.0.1:1/auth", "--access-token-url", &token];
    let sign_in = |last: &str, exit: i32| {
        let home = Home::new();
        // OAuth 1.0a's authorization URL doesn't name the callback, so that the port is chosen here.
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
        let callback = format!("http://{free}/cb");
        let tool = home.run(&arguments).args(urls).args(["--callback-url", &callback]).env("BROWSER", "true");
        let mut running = tool.start();
        running.stderr_line_with("http://127.0.0.1:1/auth");
        let host = free.to_string();
        for query in [
            "error=x",
            "oauth_problem=user_refused",
            "denied=other",
            "denied=",
            "error=x&oauth_token=other",
            "error=x&oauth_token=t0ken&oauth_token=t0ken",
            "denied=t0ken&denied=t0ken",
            "oauth_token=other&denied=t0ken",
            "oauth_verifier=v",
            "oauth_verifier=v&oauth_token=t0ken&oauth_token=other",
        ] {
            let answer = browse(&host, &format!("/cb?{query}"), &host);
            assert!(answer.starts_with("HTTP/1.1 400"), "{query}: {answer}");
        }
        let answer = browse(&host, &format!("/cb?{last}"), &host);
        assert!(answer.starts_with("HTTP/1.1 303"), "{last}: {answer}");
        browse(&host, "/cb/done", &host);
        running.finish().exits(exit);
    };
    sign_in("oauth_token=t0ken&oauth_verifier=v", 0);
    sign_in("denied=t0ken", 4);
    sign_in("oauth_token=t0ken&oauth_problem=user_refused", 4);
}

#[test]
#[cfg(unix)]
fn held_connections_neither_take_the_port_nor_keep_the_answer_out() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    for (files, half) in [("64", ""), ("64", "GET /callback HTTP/1.1\r\n"), ("1024", "")] {
        let (home, token_url) = (Home::new(), endpoint.url());
        let urls = ["--auth-url", "http://127.0.0.1:1/auth", "--access-token-url", &token_url, "--client-id", "id"];
        let script = format!("ulimit -n {files}; exec oauth-token \"$@\"");
        let tool = Tool::program("sh").args(["-c", &script, "sh", "get", "--grant", "authorization_code"]).args(urls);
        let mut running = tool.env("COUNTERSIGN_HOME", home.path()).env("BROWSER", "true").start();
        let (address, state) = authorization(&running.stderr_line_with("http://127.0.0.1:1/auth"));
        let held: Vec<TcpStream> = (0..300)
            .map(|_| {
                let mut stream = TcpStream::connect(&address).expect("the listener");
                let _ = stream.write_all(half.as_bytes());
                stream
            })
            .collect();
        assert!(TcpListener::bind(&address).is_err(), "the port is free");
        let answer = browse(&address, &format!("/callback?code=c&state={state}"), &address);
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        browse(&address, "/callback/done", &address);
        running.finish().exits(0);
        drop(held);
    }
}

/// A run that waits for an implicit answer; the listener's address and the state.
fn waiting_for_a_fragment(home: &Home, more: &[&str]) -> (Running, String, String) {
    let tool =
        home.run(&["get", "t", "--grant", "implicit", "--client-id", "id", "--auth-url", "http://127.0.0.1:1/auth"]);
    let mut running = tool.args(more).env("BROWSER", "true").start();
    let (address, state) = authorization(&running.stderr_line_with("http://127.0.0.1:1/auth"));
    (running, address, state)
}

#[test]
fn a_fragment_is_handed_over_in_a_post_by_our_own_page_and_by_no_other() {
    let home = Home::new();
    let (running, address, state) = waiting_for_a_fragment(&home, &[]);
    let page = browse(&address, "/callback", &address);
    for part in [
        "Cache-Control: no-store\r\n",
        "Referrer-Policy: no-referrer\r\n",
        "default-src 'none'",
        "script-src 'sha256-",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "history.replaceState(",
        "method:'POST'",
        "data-next=\"/callback/done\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("unsafe-inline") && !page.contains("'?'"), "{page}");
    // The script is the one that the policy allows.
    let script = page.split_once("<script>").and_then(|(_, rest)| rest.split_once("</script>")).expect("a script").0;
    let hash = base64::Engine::encode(
        &base64::prelude::BASE64_STANDARD,
        sha2::Digest::finalize(sha2::Digest::chain_update(<sha2::Sha256 as sha2::Digest>::new(), script)),
    );
    assert!(page.contains(&format!("script-src 'sha256-{hash}'")), "{page}");
    let answer = format!("access_token=t0ken&token_type=bearer&state={state}");
    let own = format!("Origin: http://{address}\r\n");
    for fields in [
        "Origin: https://evil.example\r\n",
        "Origin: null\r\n",
        "Origin: http://127.0.0.1\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
    ] {
        assert!(post(&address, "/callback", fields, &answer).starts_with("HTTP/1.1 400"), "{fields}");
    }
    for (target, form) in [("/callback", answer.replace(&state, "other")), ("/callback", String::new())] {
        assert!(post(&address, target, &own, &form).starts_with("HTTP/1.1 400"), "{form}");
    }
    assert!(post(&address, "/other", &own, &answer).starts_with("HTTP/1.1 404"));
    // What is no form, too long, or not framed by its length, is not taken.
    let chunked = post(&address, "/callback", &format!("{own}Transfer-Encoding: chunked\r\n"), &answer);
    assert!(chunked.is_empty() || chunked.starts_with("HTTP/1.1 405"), "{chunked}");
    let long = post(&address, "/callback", &own, &"a".repeat(300_000));
    assert!(long.is_empty() || long.starts_with("HTTP/1.1 405"), "{long}");
    let taken = post(&address, "/callback", &own, &answer);
    assert!(taken.starts_with("HTTP/1.1 303") && taken.contains("Location: /callback/done\r\n"), "{taken}");
    assert!(!taken.contains("t0ken"), "{taken}");
    assert!(browse(&address, "/callback/done", &address).contains("Signed in"));
    running.finish().exits(0).stdout_is("t0ken\n");
}

#[test]
fn a_form_post_is_taken_where_it_was_asked_for() {
    let home = Home::new();
    let form_post = ["--auth-param", "response_mode=form_post"];
    let (running, address, state) = waiting_for_a_fragment(&home, &form_post);
    let answer = format!("access_token=t0ken&token_type=bearer&state={state}");
    let other = answer.replace(&state, "other");
    assert!(post(&address, "/callback", "Origin: https://id.example\r\n", &other).starts_with("HTTP/1.1 400"));
    let taken = post(&address, "/callback", "Origin: https://id.example\r\n", &answer);
    assert!(taken.starts_with("HTTP/1.1 303"), "{taken}");
    browse(&address, "/callback/done", &address);
    running.finish().exits(0).stdout_is("t0ken\n");
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    // What was asked for before is asked for again, so that this is another home.
    let home = Home::new();
    let (running, url) = waiting(&home, &endpoint.url(), &[]);
    let (address, state) = authorization(&url);
    let code = format!("code=c0de&state={state}");
    assert!(post(&address, "/callback", "", &code).starts_with("HTTP/1.1 400"), "a form was not asked for");
    browse(&address, &format!("/callback?{code}"), &address);
    browse(&address, "/callback/done", &address);
    running.finish().exits(0);
}

#[test]
#[cfg(unix)]
fn held_handshakes_do_not_keep_the_answer_out_of_an_https_callback() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    for half in [&b""[..], b"\x16\x03\x01"] {
        let (running, url) = waiting(&Home::new(), &endpoint.url(), &["--callback-url", "https://localhost/cb"]);
        let redirect = parameter(&url, "redirect_uri");
        let port: u16 =
            redirect.rsplit_once(':').expect("a port").1.split('/').next().expect("a port").parse().expect("a number");
        let held: Vec<TcpStream> = (0..300)
            .map(|_| {
                let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the listener");
                let _ = stream.write_all(half);
                stream
            })
            .collect();
        let target = format!("{redirect}?code=c0de&state={}", parameter(&url, "state"));
        let curl = Tool::program("curl").args(["--insecure", "--silent", "--location", "--noproxy", "*", &target]);
        curl.succeeds().stdout_has("Signed in");
        running.finish().exits(0);
        drop(held);
    }
}
