//! The listener that the browser comes back to.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::home::{Endpoint, Home, numbered};
use crate::support::tool::LIMIT;

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
