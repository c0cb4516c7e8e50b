//! Token requests, and the messages about their answers.

use serde_json::json;

use super::home::{Endpoint, Home, numbered};
use crate::support::origin::{Identity, Origin};

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
    Home::new().run(&browser).args(["--timeout", "1s"]).env("BROWSER", "true").fails(3).stderr_has("--timeout");
    Home::new().run(&["get", "nothing"]).fails(1);
    Home::new().run(&["get", "--grant", "client_credentials"]).fails(2).stderr_has("--access-token-url is missing");
}

#[test]
fn a_client_shows_its_certificate_that_a_profile_names() {
    let identity = Identity::new();
    let origin = Origin::https_for(&identity, |peer| {
        while peer.until("\r\n\r\n").is_some() {
            let form = "grant_type=client_credentials&client_id=id";
            assert_eq!(peer.exactly(form.len()).expect("a form"), form.as_bytes());
            let body = "{\"access_token\":\"bound\"}";
            peer.write(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
        }
    });
    let home = Home::new();
    let (url, root) = (origin.url("/token"), origin.root().to_string_lossy().into_owned());
    let both = identity.both.to_string_lossy().into_owned();
    let client = ["--grant", "client_credentials", "--client-id", "id", "--client-authentication", "tls"];
    let add = home.run(&["profile", "add", "work", "--access-token-url", &url]).args(client);
    add.args(["--cacert", &root, "--cert", &both, "--max-time", "30", "--token-name", "other"]).succeeds();
    home.run(&["profile", "show", "work"]).succeeds().stdout_has("max-time = \"30\"").stdout_has("cert = ");
    home.run(&["get", "work"]).succeeds().stdout_is("bound\n");
    home.run(&["list"]).succeeds().stdout_has("other\tclient_credentials");
    // Without the certificate nobody is let in.
    home.run(&["get", "x", "--access-token-url", &url, "--cacert", &root])
        .args(client)
        .fails(2)
        .stdout_is("")
        .stderr_has("--cert FILE");
    let file = home.path().join("config/profiles.toml");
    let text = std::fs::read_to_string(&file).expect("profiles").replace("\"30\"", "30");
    std::fs::write(&file, format!("{text}format = \"header\"\n")).expect("a file");
    home.run(&["get", "work"]).succeeds().stdout_is("Authorization: Bearer bound\n");
    home.run(&["get", "work", "--format", "bare"]).succeeds().stdout_is("bound\n");
}

#[test]
fn tokens_are_exchanged_and_taken_for_a_refresh_token() {
    let endpoint = Endpoint::new(|index, _| {
        (200, json!({ "access_token": format!("token-{index}"), "issued_token_type": "urn:x", "token_type": "N_A" }))
    });
    let url = endpoint.url();
    // RFC 8693 section 2.3, whose client has no authentication.
    let exchange =
        ["get", "--grant", "token_exchange", "--access-token-url", &url, "--subject-token", "text:accVkjcJyb4"];
    let more =
        ["--resource", "https://backend.example.com/api", "--audience", "a b", "--token-param", "actor_token_type=u"];
    Home::new().run(&exchange).args(more).succeeds().stdout_is("token-0\n");
    let form = endpoint.asked(0).split("\r\n\r\n").nth(1).expect("a body").to_owned();
    assert_eq!(
        form,
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=accVkjcJyb4\
         &subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token\
         &resource=https%3A%2F%2Fbackend.example.com%2Fapi&audience=a+b&actor_token_type=u"
    );
    Home::new().run(&exchange).args(["--resource", "api"]).fails(2).stderr_has("RFC 8707");
    Home::new().run(&exchange).args(["--format", "header"]).fails(1).stdout_is("").stderr_has("--header-prefix");
    let refresh = ["get", "--grant", "refresh_token", "--access-token-url", &url, "--client-id", "id", "--scope", "s"];
    let home = Home::new();
    home.run(&refresh).args(["--refresh-token", "env:R"]).env("R", "r3fresh").succeeds();
    assert!(endpoint.asked(2).ends_with("grant_type=refresh_token&refresh_token=r3fresh&scope=s&client_id=id"));
    // The server did not rotate it: it goes on being the one to use.
    assert!(home.tokens().contains("\"r3fresh\""));
    home.run(&["refresh", "default"]).succeeds().stdout_is("token-3\n");
}

#[test]
fn a_device_code_that_expires_ends_the_wait_with_3_and_its_text_cannot_touch_the_terminal() {
    let device = |expires_in: u32| {
        json!({ "device_code": "d", "user_code": "AB\u{1b}[2JCD", "verification_uri": "https://v.example/\u{7}",
                "expires_in": expires_in, "interval": 1 })
    };
    for (expires_in, asked) in [(60, 2), (1, 1)] {
        let endpoint = Endpoint::new(move |index, _| match index {
            0 => (200, device(expires_in)),
            _ => (400, json!({ "error": "expired_token" })),
        });
        let url = endpoint.url();
        let urls = ["--device-authorization-url", &url, "--access-token-url", &url];
        let output = Home::new().run(&["get", "--grant", "device_code", "--client-id", "x"]).args(urls).fails(3);
        output.stdout_is("").stderr_has("expired").never_says("\u{1b}").never_says("\u{7}");
        assert_eq!(endpoint.count(), asked);
    }
}
