//! Against a server that Authlib makes: the grants that oidc-provider has not, and OAuth 1.0a with its three legs.

use std::path::Path;

use serde_json::Value;

use super::home::Home;
use super::listener::{browse, parameter};
use super::provider::person;
use crate::support::peers::Server;
use crate::support::{Output, Tool};

/// The server, and the options that say where it is.
struct Authlib(Server);

impl Authlib {
    fn start() -> Self {
        Self(Server::start("authlib_server.py"))
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0.text("/url"))
    }

    /// A run with a person in the browser.
    fn get(&self, home: &Home, what: &str, arguments: &[&str]) -> Output {
        let (token, revoke) = (self.at("/token"), self.at("/revoke"));
        let (auth, device) = (self.at("/authorize"), self.at("/device_authorization"));
        let urls = ["--access-token-url", &token, "--auth-url", &auth, "--revocation-url", &revoke];
        let tool = home.run(&["get", "t", "--timeout", "40", "--device-authorization-url", &device]).args(urls);
        tool.args(arguments).env("BROWSER", person(what)).run()
    }
}

/// Another RSA key than those of `tests/vectors`.
fn other_key() -> String {
    let made = Tool::program("openssl").args(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]);
    format!("text:{}", made.succeeds().out())
}

fn key(name: &str) -> String {
    format!("file:{}/tests/vectors/keys/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_password_becomes_a_token_that_is_refreshed_and_revoked_and_a_wrong_one_does_not() {
    let (server, home) = (Authlib::start(), Home::new());
    let password = |client: &[&str], password: &str| {
        let user = ["--grant", "password", "--username", "alice", "--scope", "read", "--password", password];
        server.get(&home, "accept", &[client, &user].concat())
    };
    let confidential = ["--client-id", "confidential", "--client-secret", "env:SECRET"];
    let wrong = password(&["--client-id", "public"], "text:wrong horse").exits(1);
    // RFC 6749 section 5.2 has invalid_grant for that; this server's word is its own.
    wrong.stdout_is("").stderr_has("invalid_request").never_says("wrong horse");
    password(&["--client-id", "confidential", "--client-secret", "text:wr0ng"], "text:correct horse")
        .exits(4)
        .stderr_has("invalid_client")
        .never_says("wr0ng");
    password(&confidential, "text:correct horse").exits(2).stderr_has("SECRET is not set");
    password(&["--client-id", "public"], "text:correct horse").exits(0);
    home.run(&["show", "t"]).succeeds().stdout_has("scope: read").stdout_has("grant: password");
    let second = home.run(&["refresh", "t"]).succeeds().out().to_owned();
    assert_ne!(home.run(&["refresh", "t"]).succeeds().out(), second);
    let kept = home.tokens();
    home.run(&["revoke", "t"]).succeeds();
    std::fs::write(home.path().join("state/tokens.json"), kept).expect("the token as it was");
    home.run(&["refresh", "t"]).fails(4).stderr_has("invalid_grant");
}

#[test]
fn the_implicit_grant_brings_a_token_in_the_fragment_or_a_refusal() {
    let server = Authlib::start();
    let implicit = ["--grant", "implicit", "--client-id", "public", "--scope", "read"];
    let home = Home::new();
    let token = server.get(&home, "accept", &implicit).exits(0).out().to_owned();
    assert_eq!(home.run(&["get", "t"]).succeeds().out(), token);
    server.get(&Home::new(), "deny", &implicit).exits(4).stdout_is("").stderr_has("access_denied");
}

#[test]
fn a_code_needs_the_verifier_that_it_was_asked_for_with() {
    let server = Authlib::start();
    let code = ["--grant", "authorization_code", "--client-id", "public"];
    let get = |arguments: &[&str]| server.get(&Home::new(), "accept", &[&code, arguments].concat());
    get(&[]).exits(0);
    get(&["--code-challenge-method", "plain"]).exits(0);
    // Not the one that another test looks for in the command lines of all processes.
    let verifier = "a-verifier-that-is-on-the-command-line-12345";
    get(&["--code-verifier", &format!("text:{verifier}")]).exits(0).never_says(verifier);
    get(&["--code-challenge-method", "none"]).exits(1).stderr_has("code_verifier");
    let other = format!("code_verifier={}", "x".repeat(43));
    get(&["--token-param", &other]).exits(4).stdout_is("").stderr_has("invalid_grant");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let fixed = get(&["--callback-url", &format!("http://127.0.0.1:{port}/")]).exits(1);
    fixed.stdout_is("").stderr_has(&format!("cannot listen on port {port}"));
}

#[test]
fn a_device_that_is_told_to_slow_down_does_so_and_a_no_is_a_no() {
    let (server, home) = (Authlib::start(), Home::new());
    let device = ["--grant", "device_code", "--client-id", "public", "--scope", "read"];
    for (what, exit, at_least) in [("accept", 0, 2), ("deny", 4, 1)] {
        let (token, device_url) = (server.at("/token"), server.at("/device_authorization"));
        let urls = ["--access-token-url", &token, "--device-authorization-url", &device_url];
        let mut running = home.run(&["get", what]).args(urls).args(device).start();
        let line = running.stderr_line_with("or open ");
        let url = line.split_once("or open ").expect("a URL").1.trim().to_owned();
        crate::support::peers::peer("person.js").args([what, &url]).succeeds();
        running.finish().exits(exit);
        // The server wants a second before the first question and says slow_down to it unless the person has said no by then,
        // which adds five seconds before each of the others (RFC 8628, 3.5).
        let polls = browse(server.0.text("/url").trim_start_matches("http://"), "/polls", "127.0.0.1");
        let polls: Vec<f64> = serde_json::from_str(polls.rsplit("\r\n").next().expect("a body")).expect("numbers");
        let waits = std::iter::once(1.0).chain(std::iter::repeat(6.0));
        assert!(polls.len() >= at_least && polls.iter().zip(waits).all(|(poll, wait)| *poll >= wait), "{polls:?}");
    }
}

#[test]
fn assertions_are_taken_from_the_right_key_only() {
    let server = Authlib::start();
    let audience = server.at("/token");
    let other = other_key();
    let assertion = |key: &str, subject: &str| {
        let payload = format!(
            "{{\"iss\":\"assertion\",\"sub\":\"{subject}\",\"aud\":\"{audience}\",\"exp\":{}}}",
            i64::from(u32::MAX)
        );
        let jwt = ["jwt", "--algorithm", "RS256", "--private-key", key, "--payload", &payload, "--to", "header"];
        let header = Tool::new("sign").args(jwt).stdin("https://x.example/\n").succeeds().out().to_owned();
        format!("text:{}", header.trim().trim_start_matches("Authorization: Bearer "))
    };
    let bearer = |key: &str, subject: &str| {
        let assertion = assertion(key, subject);
        server.get(&Home::new(), "accept", &["--grant", "jwt_bearer", "--scope", "read", "--assertion", &assertion])
    };
    bearer(&key("rsa.pem"), "alice").exits(0);
    bearer(&key("rsa.pem"), "mallory").exits(4).stdout_is("");
    bearer(&other, "alice").exits(4).stdout_is("").stderr_has("invalid_grant");
    let client = |key: &str| {
        let own = ["--client-authentication", "private_key_jwt", "--private-key", key];
        let grant = ["--grant", "client_credentials", "--client-id", "assertion"];
        server.get(&Home::new(), "accept", &[grant, own].concat())
    };
    client(&key("rsa.pem")).exits(0);
    client(&key("rsa-pkcs1.pem")).exits(0);
    client(&other).exits(4).stdout_is("").stderr_has("invalid_client");
}

/// OAuth 1.0a at a server's three endpoints.
fn three_legs(home: &Home, server: &Authlib, what: &str, arguments: &[&str]) -> Output {
    let (request, auth, token) =
        (server.at("/oauth1/request"), server.at("/oauth1/authorize"), server.at("/oauth1/token"));
    let urls = ["--request-token-url", &request, "--auth-url", &auth, "--access-token-url", &token];
    let tool = home.run(&["get", "t", "--grant", "oauth1", "--consumer-key", "app", "--timeout", "40"]).args(urls);
    tool.args(arguments).env("BROWSER", person(what)).run()
}

#[test]
fn oauth1_gets_a_token_by_each_signature_method_and_none_with_a_wrong_secret() {
    let server = Authlib::start();
    for method in ["HMAC-SHA1", "PLAINTEXT"] {
        let right = ["--consumer-secret", "text:app-secret", "--signature-method", method];
        three_legs(&Home::new(), &server, "accept", &right).exits(0);
        let wrong = ["--consumer-secret", "text:wr0ng", "--signature-method", method];
        three_legs(&Home::new(), &server, "accept", &wrong).exits(4).stdout_is("").never_says("wr0ng");
    }
    let rsa = |key: &str| {
        three_legs(&Home::new(), &server, "accept", &["--signature-method", "RSA-SHA1", "--private-key", key])
    };
    rsa(&key("rsa.pem")).exits(0);
    rsa(&other_key()).exits(4).stdout_is("");
    // Authlib's no does not name the request token, so any page could have said it: the listener waits on.
    let no = ["--consumer-secret", "text:app-secret", "--timeout", "3"];
    three_legs(&Home::new(), &server, "deny", &no).exits(3).stdout_is("");
}

#[test]
fn an_oauth1_token_is_handed_out_with_its_secret_and_never_as_a_header() {
    let (server, home) = (Authlib::start(), Home::new());
    three_legs(&home, &server, "accept", &["--consumer-secret", "env:APP"]).exits(2);
    let secret = ["--consumer-secret", "text:app-secret", "--format", "json"];
    let json = three_legs(&home, &server, "accept", &secret).exits(0).json();
    let (token, secret) = (json[0]["access_token"].as_str().unwrap(), json[0]["token_secret"].as_str().unwrap());
    let env = home.run(&["get", "t", "--format", "env"]).succeeds().out().to_owned();
    assert_eq!(env, format!("ACCESS_TOKEN='{token}'\nACCESS_TOKEN_SECRET='{secret}'\n"));
    for format in ["header", "curl-config"] {
        let refused = home.run(&["get", "t", "--format", format]).fails(2);
        refused.stdout_is("").stderr_has("sign oauth1 --token-name");
    }
    home.run(&["exec", "t", "--", "sh", "-c", "printf '%s %s' $ACCESS_TOKEN $ACCESS_TOKEN_SECRET"])
        .succeeds()
        .stdout_is(&format!("{token} {secret}"));
    home.run(&["show", "t"]).succeeds().never_says(token).never_says(secret);
    let wrong = Tool::new("sign").args(["oauth2", "--token-name", "t"]).env("COUNTERSIGN_HOME", home.path());
    wrong.stdin("https://x.example/\n").fails(1).stdout_is("").stderr_has("sign oauth1");
}

/// oauthlib's provider: it verifies the requests that the token then signs.
#[test]
fn a_token_that_was_got_by_pasting_the_verifier_signs_requests_that_the_server_takes() {
    let server = Server::start("oauth1_server.py");
    let address = format!("127.0.0.1:{}", server.ready["port"]);
    let at = |path: &str| format!("http://{address}{path}");
    let (request, auth, token) = (at("/request-token"), at("/authorize"), at("/access-token"));
    for method in ["HMAC-SHA1", "HMAC-SHA256", "RSA-SHA256", "PLAINTEXT"] {
        let home = Home::new();
        let urls = ["--request-token-url", &request, "--auth-url", &auth, "--access-token-url", &token];
        let private_key = key("rsa.pem");
        let consumer = ["--consumer-key", server.text("/consumer_key"), "--consumer-secret", "env:APP"];
        let how = ["--signature-method", method, "--private-key", &private_key, "--no-browser"];
        let secret = server.text("/consumer_secret");
        let tool = home.run(&["get", "t", "--grant", "oauth1"]).args(urls).args(consumer).args(how).env("APP", secret);
        let mut running = tool.start();
        let url = running.stderr_line_with(&auth);
        let agreed = browse(&address, &format!("/authorize?oauth_token={}", parameter(&url, "oauth_token")), &address);
        let agreed: Value = serde_json::from_str(agreed.rsplit("\r\n").next().expect("a body")).expect("JSON");
        assert_eq!(agreed["callback"], "oob");
        running.write(format!("{}\n", agreed["verifier"].as_str().expect("a verifier")));
        running.finish().exits(0);
        let sign = |options: &[&str]| {
            let tool = Tool::new("sign").args(["oauth1", "--token-name", "t", "--send"]).args(options);
            let output = tool.env("COUNTERSIGN_HOME", home.path()).env("APP", secret);
            output.stdin(format!("{}\n", at("/resource?a=b%20c"))).run()
        };
        assert_eq!(sign(&["--add-params-to-header"]).exits(0).json()[0]["response"]["status"], 200, "{method}");
        assert_eq!(sign(&[]).exits(0).json()[0]["response"]["status"], 200, "{method}");
        // An option mends what is kept, here for the worse.
        let options: &[&str] = match method {
            "RSA-SHA256" => &["--signature-method", "HMAC-SHA256", "--consumer-secret", "text:wrong"],
            _ => &["--consumer-secret", "text:wrong"],
        };
        assert_eq!(sign(options).exits(4).json()[0]["response"]["status"], 401, "{method}");
        assert!(Path::new(&home.path().join("state/tokens.json")).is_file());
    }
}
