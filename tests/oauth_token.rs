//! `oauth-token`, the real binary: the store, refreshing, handing out, and the grants against a certified server.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use support::origin::Origin;
use support::peers::{Server, peer};
use support::{Output, Tool};
use tempfile::TempDir;

/// A home that several runs share.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, arguments: &[&str]) -> Tool {
        Tool::new("oauth-token").args(arguments).env("COUNTERSIGN_HOME", self.path())
    }

    fn tokens(&self) -> String {
        std::fs::read_to_string(self.path().join("state/tokens.json")).unwrap_or_default()
    }
}

type Answers = dyn Fn(usize, &str) -> (u16, Value) + Send + Sync;

/// A token endpoint that answers as a test says, and counts.
struct Endpoint {
    origin: Origin,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Endpoint {
    fn new(answers: impl Fn(usize, &str) -> (u16, Value) + Send + Sync + 'static) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answers): (_, Arc<Answers>) = (Arc::clone(&asked), Arc::new(answers));
        let count = AtomicUsize::new(0);
        let origin = Origin::http(move |peer| {
            while let Some(head) = peer.until("\r\n\r\n") {
                let length = head
                    .to_ascii_lowercase()
                    .split_once("content-length: ")
                    .map_or(0, |(_, rest)| rest.split("\r\n").next().unwrap_or_default().parse().expect("a length"));
                let body = String::from_utf8(peer.exactly(length).expect("a body")).expect("a form");
                let (status, answer) = answers(count.fetch_add(1, Ordering::SeqCst), &body);
                log.lock().expect("the log").push(format!("{head}{body}"));
                let answer = answer.to_string();
                peer.write(format!(
                    "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{answer}",
                    answer.len()
                ));
            }
        });
        Self { origin, asked }
    }

    fn url(&self) -> String {
        self.origin.url("/token")
    }

    fn count(&self) -> usize {
        self.asked.lock().expect("the log").len()
    }

    fn asked(&self, index: usize) -> String {
        self.asked.lock().expect("the log")[index].clone()
    }
}

/// `client_credentials` for a token endpoint.
fn machine(url: &str) -> [&str; 9] {
    [
        "get",
        "m",
        "--grant",
        "client_credentials",
        "--client-id",
        "id",
        "--client-secret=text:secret",
        "--access-token-url",
        url,
    ]
}

fn numbered(index: usize) -> Value {
    json!({ "access_token": format!("token-{index}"), "token_type": "bearer", "expires_in": 3600 })
}

#[test]
fn a_token_comes_from_the_store_until_it_is_due() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).succeeds().stdout_is("token-0\n");
    home.run(&machine(&url)).succeeds().stdout_is("token-0\n");
    home.run(&["get", "m"]).succeeds().stdout_is("token-0\n");
    assert_eq!(endpoint.count(), 1);
    home.run(&machine(&url)).args(["--min-ttl", "2h"]).succeeds().stdout_is("token-1\n");
    assert_eq!(endpoint.count(), 2);
}

#[test]
fn a_stored_token_counts_only_for_the_same_request() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).args(["--scope", "a b"]).succeeds().stdout_is("token-0\n");
    home.run(&machine(&url)).args(["--scope", "b a"]).succeeds().stdout_is("token-0\n");
    home.run(&machine(&url)).args(["--scope", "b"]).succeeds().stdout_is("token-1\n");
    home.run(&machine(&url)).args(["--scope", "b", "--audience", "x"]).succeeds().stdout_is("token-2\n");
    home.run(&machine(&url)).args(["--scope", "b", "--resource", "https://r/"]).succeeds().stdout_is("token-3\n");
}

#[test]
fn the_client_form_encodes_id_and_secret_before_basic() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let url = endpoint.url();
    let arguments = [
        "get",
        "--grant",
        "client_credentials",
        "--client-id",
        "a:b c",
        "--client-secret",
        "text:s/é",
        "--access-token-url",
        &url,
    ];
    Home::new().run(&arguments).succeeds();
    // RFC 6749 section 2.3.1 by hand: a%3Ab+c and s%2F%C3%A9.
    assert!(endpoint.asked(0).contains("YSUzQWIrYzpzJTJGJUMzJUE5"), "{}", endpoint.asked(0));
}

/// A server with refresh tokens; `expires_in` 0 makes every token due at once.
fn refreshing(rotate: &'static str) -> Endpoint {
    Endpoint::new(move |index, body| {
        let mut answer = json!({ "access_token": format!("token-{index}"), "token_type": "Bearer" });
        answer["expires_in"] = if body.contains("grant_type=password") { 0.into() } else { 3600.into() };
        if body.contains("grant_type=password") {
            answer["refresh_token"] = "first".into();
        } else if !rotate.is_empty() {
            answer["refresh_token"] = rotate.into();
        }
        (200, answer)
    })
}

fn user(url: &str) -> [&str; 11] {
    [
        "get",
        "u",
        "--grant",
        "password",
        "--username",
        "alice",
        "--password=text:pw",
        "--client-id",
        "id",
        "--access-token-url",
        url,
    ]
}

#[test]
fn fifty_processes_at_once_refresh_once() {
    let endpoint = refreshing("second");
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).succeeds().stdout_is("token-0\n");
    let running: Vec<_> = (0..50).map(|_| home.run(&["get", "u"]).start()).collect();
    for run in running {
        run.finish().exits(0).stdout_is("token-1\n");
    }
    assert_eq!(endpoint.count(), 2);
    assert!(home.tokens().contains("\"second\""));
}

#[test]
fn a_refresh_token_that_is_not_rotated_is_kept() {
    let endpoint = refreshing("");
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).succeeds();
    home.run(&["get", "u"]).succeeds().stdout_is("token-1\n");
    assert!(home.tokens().contains("\"first\""));
    home.run(&["refresh", "u"]).succeeds().stdout_is("token-2\n");
}

#[test]
fn a_server_that_fails_during_a_refresh_costs_nothing() {
    let endpoint = Endpoint::new(|index, body| match (index, body.contains("refresh_token")) {
        (1, _) => (503, json!({})),
        (_, true) => (200, numbered(index)),
        (_, false) => (200, json!({ "access_token": "a", "refresh_token": "r", "expires_in": 0 })),
    });
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).succeeds();
    home.run(&user(&url)).fails(3).stdout_is("");
    assert!(home.tokens().contains("\"r\""));
    home.run(&user(&url)).succeeds().stdout_is("token-2\n");
    assert!(!endpoint.asked(1).contains("grant_type=password"), "a failing server must not start a new grant");
}

#[test]
fn a_refresh_token_that_is_refused_starts_a_new_grant() {
    let endpoint = Endpoint::new(|index, body| match body.contains("grant_type=refresh_token") {
        true => (400, json!({ "error": "invalid_grant" })),
        false => (200, json!({ "access_token": format!("token-{index}"), "refresh_token": "r", "expires_in": 0 })),
    });
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).succeeds().stdout_is("token-0\n");
    home.run(&user(&url)).succeeds().stdout_is("token-2\n");
    home.run(&["get", "u"]).fails(4).stdout_is("");
}

#[test]
fn what_the_server_repeats_of_our_secrets_is_masked() {
    let endpoint = Endpoint::new(|_, body| {
        (401, json!({ "error": "invalid_client", "error_description": format!("bad: {body} s3cret\u{1b}[31m") }))
    });
    let url = endpoint.url();
    let arguments =
        ["get", "--grant", "password", "--username", "alice", "--password", "text:pass word&", "--client-id", "id"];
    let more = ["--client-secret", "text:s3cret", "--client-authentication", "body", "--access-token-url", &url];
    let output = Home::new().run(&arguments).args(more).fails(4);
    output
        .never_says("s3cret")
        .never_says("pass+word")
        .never_says("pass word")
        .never_says("\u{1b}")
        .stderr_has("invalid_client");
}

#[test]
fn a_secret_is_kept_as_a_reference_only() {
    let endpoint = refreshing("second");
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).args(["--client-secret", "env:CLIENT_SECRET"]).env("CLIENT_SECRET", "s3cret").succeeds();
    assert!(home.tokens().contains("env:CLIENT_SECRET") && !home.tokens().contains("s3cret"));
    home.run(&["get", "u"]).env("CLIENT_SECRET", "s3cret").succeeds().stdout_is("token-1\n");
    // `id:s3cret` in base64: the refresh was authenticated like the grant.
    assert!(endpoint.asked(1).contains("aWQ6czNjcmV0"));
    home.run(&["refresh", "u"]).fails(2).stderr_has("CLIENT_SECRET is not set");
}

#[test]
fn a_token_that_cannot_be_kept_is_printed_all_the_same() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let url = endpoint.url();
    Home::new()
        .run(&machine(&url))
        .env("COUNTERSIGN_HOME", "/dev/null/here")
        .fails(1)
        .stdout_is("token-0\n")
        .stderr_has("could not be kept");
    // A disk without room for a byte: the pipe that stdout is has no such limit.
    let home = Home::new();
    let script = "trap '' XFSZ; ulimit -f 0; exec oauth-token \"$@\"";
    let full = Tool::program("sh").args(["-c", script, "sh"]).args(machine(&url)).env("COUNTERSIGN_HOME", home.path());
    full.fails(1).stdout_is("token-1\n").stderr_has("could not be kept");
}

#[test]
#[cfg(unix)]
fn what_is_kept_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    home.run(&machine(&endpoint.url())).succeeds();
    let mode = |path: &str| std::fs::metadata(home.path().join(path)).expect("a file").permissions().mode() & 0o777;
    assert_eq!((mode("state"), mode("state/tokens.json")), (0o700, 0o600));
    std::fs::set_permissions(home.path().join("state/tokens.json"), PermissionsExt::from_mode(0o644)).expect("a mode");
    home.run(&["get", "m"]).succeeds();
    assert_eq!(mode("state/tokens.json"), 0o600);
}

#[test]
fn a_token_is_handed_out_in_every_format() {
    let endpoint = Endpoint::new(|_, _| {
        (
            200,
            json!({ "access_token": "a'b\"", "token_type": "bearer", "expires_in": "3600.9", "scope": "s", "refresh_token": "r" }),
        )
    });
    let (home, url) = (Home::new(), endpoint.url());
    let format =
        |name: &str| home.run(&machine(&url)).args(["--now", "2026-01-01T00:00:00Z", "--format", name]).succeeds();
    format("json").stdout_is("{\"access_token\":\"a'b\\\"\",\"token_type\":\"bearer\",\"expires_at\":\"2026-01-01T01:00:00Z\",\"scope\":\"s\"}\n");
    format("header").stdout_is("Authorization: Bearer a'b\"\n");
    format("curl-config").stdout_is("header = \"Authorization: Bearer a'b\\\"\"\n");
    format("env").stdout_is("ACCESS_TOKEN='a'\\''b\"'\n");
    format("exec-credential").stdout_has("\"expirationTimestamp\":\"2026-01-01T01:00:00Z\"");
    let revealed =
        home.run(&machine(&url)).args(["--now", "2026-01-01T00:00:00Z", "--format", "json", "--reveal"]).succeeds();
    revealed.stdout_has("\"refresh_token\":\"r\"");
    home.run(&machine(&url))
        .args(["--now", "2026-01-01T00:00:00Z", "--header-prefix", "", "--format", "header"])
        .succeeds()
        .stdout_is("Authorization: a'b\"\n");
}

#[test]
fn a_token_that_is_no_bearer_token_goes_into_no_header() {
    let endpoint = Endpoint::new(|_, _| (200, json!({ "access_token": "a", "token_type": "DPoP", "expires_in": 9 })));
    let url = endpoint.url();
    Home::new().run(&machine(&url)).args(["--format", "header"]).fails(1).stdout_is("");
}

#[test]
fn exec_gives_the_token_to_one_command_and_takes_its_exit_code() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&machine(&url)).succeeds();
    home.run(&["exec", "m", "--", "sh", "-c", "echo $ACCESS_TOKEN; exit 7"]).fails(7).stdout_is("token-0\n");
}

#[test]
fn a_profile_says_everything_and_holds_no_secret() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    let add =
        ["profile", "add", "work", "--grant", "client_credentials", "--client-id", "id", "--access-token-url", &url];
    home.run(&add).args(["--client-secret", "text:s3cret"]).fails(2).never_says("s3cret");
    home.run(&add).args(["--client-secret", "env:S", "--scope", "a b"]).succeeds();
    home.run(&["profile", "list"]).succeeds().stdout_is("work\n");
    home.run(&["profile", "show", "work"]).succeeds().stdout_has("client-secret = \"env:S\"");
    home.run(&["get", "work"]).env("S", "s3cret").succeeds().stdout_is("token-0\n");
    assert!(endpoint.asked(0).contains("scope=a+b"));
    let file = home.path().join("config/profiles.toml");
    std::fs::write(&file, "[work]\nclient-secret = \"s3cret\"\n").expect("a file");
    home.run(&["get", "work"]).fails(2).stderr_has("client-secret holds a secret").never_says("s3cret");
    std::fs::write(&file, "[work]\nclient-sekret = \"env:X\"\n").expect("a file");
    home.run(&["get", "work"]).fails(2).stderr_has("client-sekret is not a setting");
}

#[test]
fn tokens_are_listed_shown_renamed_and_forgotten() {
    let endpoint = refreshing("second");
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).succeeds();
    home.run(&["list"]).succeeds().stdout_has("u\tpassword\t");
    home.run(&["show", "u"]).succeeds().stdout_has("grant: password").never_says("token-0").never_says("first");
    home.run(&["show", "u", "--reveal"]).succeeds().stdout_has("token-0");
    home.run(&["rename", "u", "v"]).succeeds();
    home.run(&["show", "u"]).fails(1);
    home.run(&["delete", "v"]).succeeds().stderr_has("the server still takes it");
    home.run(&["delete", "v"]).fails(1);
}

#[test]
fn an_export_opens_with_its_pass_phrase_only() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, other) = (Home::new(), Home::new());
    home.run(&machine(&endpoint.url())).succeeds();
    let file = home
        .run(&["export", "m", "--passphrase", "text:open sesame"])
        .succeeds()
        .never_says("token-0")
        .out()
        .to_owned();
    other.run(&["import", "--passphrase", "text:wrong"]).stdin(&file).fails(4);
    other.run(&["import", "--passphrase", "text:open sesame"]).stdin(&file).succeeds().stdout_is("m\n");
    other.run(&["get", "m"]).succeeds().stdout_is("token-0\n");
    other.run(&["import", "--passphrase", "text:open sesame"]).stdin(&file).fails(1).stderr_has("--force");
}

#[test]
fn where_nobody_can_be_asked_it_ends_at_once() {
    let browser = [
        "get",
        "--grant",
        "authorization_code",
        "--auth-url",
        "http://127.0.0.1:1/",
        "--access-token-url",
        "http://127.0.0.1:1/",
        "--client-id",
        "id",
    ];
    Home::new().run(&browser).fails(5).stdout_is("");
    Home::new().run(&browser).args(["--no-input"]).env("BROWSER", "true").fails(5);
    Home::new()
        .run(&browser)
        .args(["--code-verifier", "text:short"])
        .env("BROWSER", "true")
        .fails(2)
        .never_says("text:short");
    Home::new().run(&browser).args(["--timeout", "1s"]).env("BROWSER", "true").fails(3).stderr_has("in time");
    Home::new().run(&["get", "nothing"]).fails(1);
    Home::new().run(&["get", "--grant", "client_credentials"]).fails(2).stderr_has("--access-token-url is missing");
}

/// The listener's address and the state, out of the URL that is shown.
fn authorization(line: &str) -> (String, String) {
    let parameter = |name: &str| {
        let value = line.split_once(&format!("{name}=")).expect("a parameter").1.split('&').next().expect("a value");
        value.trim().replace("%3A", ":").replace("%2F", "/")
    };
    let redirect = parameter("redirect_uri");
    (redirect.trim_start_matches("http://").trim_end_matches("/callback").to_owned(), parameter("state"))
}

/// One request to the listener, and the whole answer.
fn browse(address: &str, target: &str, host: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("the listener");
    write!(stream, "GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("a request");
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

// Against oidc-provider.

fn provider() -> Server {
    Server::start("oidc.js")
}

/// The command that stands for a person in a browser.
fn person(what: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/peers/browser.js");
    format!("node {} {what}", script.display())
}

fn sign_in(home: &Home, server: &Server, what: &str, arguments: &[&str]) -> Output {
    let common = ["get", "t", "--discover", server.text("/issuer"), "--timeout", "30"];
    home.run(&common).args(arguments).env("BROWSER", person(what)).run()
}

const NATIVE: [&str; 8] = [
    "--grant",
    "authorization_code",
    "--client-id",
    "native",
    "--scope",
    "openid offline_access",
    "--auth-param",
    "prompt=consent",
];

#[test]
fn a_code_becomes_a_token_that_refreshes_rotates_and_is_revoked() {
    let (server, home) = (provider(), Home::new());
    let first = sign_in(&home, &server, "accept", &NATIVE).exits(0).out().to_owned();
    assert_eq!(home.run(&["get", "t"]).succeeds().out(), first);
    let second = home.run(&["refresh", "t"]).succeeds().out().to_owned();
    assert_ne!(first, second);
    assert_ne!(home.run(&["refresh", "t"]).succeeds().out(), second);
    home.run(&["revoke", "t"]).succeeds();
    home.run(&["show", "t"]).fails(1);
}

#[test]
fn denied_access_is_refused_and_says_so() {
    sign_in(&Home::new(), &provider(), "deny", &NATIVE).exits(4).stdout_is("").stderr_has("access_denied");
}

#[test]
fn confidential_pushing_and_implicit_clients_get_tokens_too() {
    let server = provider();
    let code = ["--grant", "authorization_code", "--scope", "openid"];
    let web = ["--client-id", "web app", "--client-secret", "text:s:e/c r%et"];
    sign_in(&Home::new(), &server, "accept", &[code, web].concat()).exits(0);
    let wrong = ["--client-id", "web app", "--client-secret", "text:wrong"];
    sign_in(&Home::new(), &server, "accept", &[code, wrong].concat()).exits(4);
    sign_in(&Home::new(), &server, "accept", &[&code[..], &["--client-id", "pushing"]].concat()).exits(0);
    sign_in(&Home::new(), &server, "accept", &["--grant", "implicit", "--scope", "openid", "--client-id", "implicit"])
        .exits(0);
}

#[test]
fn without_pkce_a_server_that_requires_it_refuses() {
    let arguments = [&NATIVE[..], &["--code-challenge-method", "none"]].concat();
    sign_in(&Home::new(), &provider(), "accept", &arguments).exits(1).stderr_has("PKCE");
}

#[test]
fn clients_authenticate_in_the_header_or_in_the_body() {
    let server = provider();
    let get = |arguments: &[&str]| {
        let common = ["get", "--grant", "client_credentials", "--discover", server.text("/issuer")];
        Home::new().run(&common).args(arguments).run()
    };
    get(&["--client-id", "machine", "--client-secret", "text:s:e/c r%et"]).exits(0);
    get(&["--client-id", "machine", "--client-secret", "text:wrong"]).exits(4);
    get(&["--client-id", "posting", "--client-secret", "text:posted", "--client-authentication", "body"]).exits(0);
    get(&["--client-id", "posting", "--client-secret", "text:wrong", "--client-authentication", "body"]).exits(4);
    let hmac = |secret: &str| {
        get(&["--client-id", "hmac", "--client-secret", secret, "--client-authentication", "client_secret_jwt"])
    };
    hmac("text:a secret of 32 bytes or more, for HS256").exits(0);
    hmac("text:another secret of 32 bytes or more, it is").exits(4);
    let signing = |key: &str| {
        get(&[
            "--client-id",
            "signing",
            "--key-id",
            "k1",
            "--private-key",
            key,
            "--client-authentication",
            "private_key_jwt",
        ])
    };
    signing(&format!("text:{}", server.text("/private_key"))).exits(0);
    signing(&format!("text:{}", server.text("/other_key"))).exits(4);
}

#[test]
fn a_device_gets_its_token_when_somebody_has_typed_the_code() {
    let (server, home) = (provider(), Home::new());
    let arguments = [
        "get",
        "--grant",
        "device_code",
        "--discover",
        server.text("/issuer"),
        "--client-id",
        "native",
        "--scope",
        "openid",
    ];
    let mut running = home.run(&arguments).start();
    let line = running.stderr_line_with("or open ");
    let url = line.split_once("or open ").expect("a URL").1.trim().to_owned();
    peer("browser.js").args(["accept", &url]).succeeds();
    running.finish().exits(0);
}
