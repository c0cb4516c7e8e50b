//! Tokens without a person: keys that sign assertions, jobs' own tokens, login calls, and the way to the server.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::home::{Endpoint, Home, numbered};
use crate::support::Tool;
use crate::support::origin::{Identity, Origin};

/// Header and claims of the JWT behind this text in a request.
fn jwt(asked: &str, before: &str) -> (Value, Value) {
    let text = asked.split_once(before).expect("a JWT").1;
    let text = text.split(['&', '\r', '"']).next().expect("its end");
    let mut parts = text.split('.').map(|part| {
        let part = URL_SAFE_NO_PAD.decode(part).unwrap_or_default();
        serde_json::from_slice(&part).unwrap_or_default()
    });
    (parts.next().expect("a header"), parts.next().expect("claims"))
}

/// A new private key in PEM.
fn key() -> String {
    let der = rcgen::KeyPair::generate().expect("a key").serialize_der();
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n")
}

#[test]
fn the_key_of_a_service_account_signs_what_its_server_wants_again_and_again() {
    let endpoint =
        Endpoint::new(|index, _| (200, json!({ "access_token": format!("token-{index}"), "expires_in": 0 })));
    let home = Home::new();
    let file = home.path().join("account.json");
    let account = json!({ "type": "service_account", "client_email": "bot@p.example", "private_key_id": "k1",
                          "private_key": key(), "token_uri": endpoint.url() });
    std::fs::write(&file, account.to_string()).expect("a key");
    let file = file.to_string_lossy().into_owned();
    let claims = ["--assertion-claim", "sub=alice@p.example", "--scope", "read write"];
    home.run(&["get", "sa", "--key-file", &file]).args(claims).args(["--now", "@1600000000"]).succeeds();
    let asked = endpoint.asked(0);
    let (header, claims) = jwt(&asked, "&assertion=");
    assert_eq!((&header["kid"], &header["typ"]), (&json!("k1"), &json!("JWT")));
    assert_eq!((&claims["iss"], &claims["sub"]), (&json!("bot@p.example"), &json!("alice@p.example")));
    assert_eq!((&claims["aud"], &claims["scope"]), (&json!(endpoint.url()), &json!("read write")));
    assert!(claims["exp"].as_i64() > claims["iat"].as_i64() && claims["iat"].as_i64() <= Some(1_600_000_000));
    assert!(!asked.contains("scope="));
    home.run(&["get", "sa"]).succeeds().stdout_is("token-1\n");
    let sign = Tool::new("sign").args(["oauth2", "--token-name", "sa", "--to", "header"]);
    let sign = sign.env("COUNTERSIGN_HOME", home.path()).stdin("https://api.example.com/\n");
    sign.succeeds().stdout_is("Authorization: Bearer token-2\n");
    assert!(!home.tokens().contains("PRIVATE"));
    for wrong in ["{\"type\":\"authorized_user\"}", "{\"client_email\":\"x\"}", "no key", "{"] {
        std::fs::write(&file, wrong).expect("a file");
        home.run(&["get", "x", "--key-file", &file, "--client-id", "a", "--access-token-url", "http://127.0.0.1:1/"])
            .fails(2)
            .stderr_has("--key-file");
    }
}

#[test]
fn an_app_s_key_signs_for_its_own_token_in_a_header() {
    let endpoint = Endpoint::new(|_, _| (201, json!({ "token": "ghs", "expires_at": "2100-01-01T00:00:00Z" })));
    let home = Home::new();
    let file = home.path().join("app.pem");
    std::fs::write(&file, key()).expect("a key");
    let (file, url) = (file.to_string_lossy().into_owned(), endpoint.url());
    let app = ["--provider", "github-app:12345", "--client-id", "Iv1", "--key-file", &file];
    let output = home.run(&["get", "gh", "--access-token-url", &url, "--format", "json"]).args(app).succeeds();
    assert_eq!(output.json()[0]["expires_at"], "2100-01-01T00:00:00Z");
    let (_, claims) = jwt(&endpoint.asked(0).replace("Authorization", "authorization"), "authorization: Bearer ");
    assert_eq!(claims["iss"], "Iv1");
    let place = home.run(&["provider", "show", "github-app:12345", "--json"]).succeeds().json().remove(0);
    assert_eq!(place["access-token-url"], "https://api.github.com/app/installations/12345/access_tokens");
}

#[test]
fn a_job_s_token_is_asked_for_and_exchanged_and_a_projected_one_is_read_each_time() {
    let endpoint = Endpoint::new(|index, asked| match asked.starts_with("GET ") {
        true if asked.contains("earer j0b") && asked.contains("audience=sts.example") => {
            (200, json!({ "value": "j.w.t" }))
        }
        true => (401, json!({})),
        false => (200, json!({ "access_token": format!("token-{index}"), "expires_in": 0 })),
    });
    let (home, url) = (Home::new(), endpoint.url());
    let exchange = ["get", "gh", "--access-token-url", &url, "--subject-token", "github-actions:sts.example"];
    home.run(&exchange).fails(2).stderr_has("ACTIONS_ID_TOKEN_REQUEST_URL");
    let job = |tool: Tool| {
        let request = endpoint.at("/id?x=1");
        tool.env("ACTIONS_ID_TOKEN_REQUEST_URL", request).env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "j0b")
    };
    job(home.run(&exchange)).succeeds().never_says("j0b");
    job(home.run(&["get", "gh"])).succeeds();
    let exchanged = endpoint.log().pop().expect("a request");
    assert!(exchanged.contains("subject_token=j.w.t") && exchanged.contains("token-type%3Ajwt"), "{exchanged}");
    let file = home.path().join("projected");
    std::fs::write(&file, "one").expect("a token");
    let reference = format!("file:{}", file.display());
    home.run(&["get", "k8s", "--access-token-url", &url, "--subject-token", &reference]).succeeds();
    std::fs::write(&file, "two").expect("a token");
    home.run(&["get", "k8s"]).succeeds();
    assert!(endpoint.log().pop().expect("a request").contains("subject_token=two"));
}

#[test]
fn a_login_call_yields_a_token_wherever_it_has_it() {
    let endpoint = Endpoint::new(|index, _| (200, json!({ "data": { "jwt": format!("token-{index}") } })));
    let (home, url) = (Home::new(), endpoint.url());
    let login = ["get", "l", "--grant", "login", "--access-token-url", &url, "--username", "alice"];
    let more = ["--login-fields", "email,pass", "--access-token-at", "/data/jwt", "--lifetime", "1h"];
    home.run(&login).args(["--password", "text:s3"]).args(more).succeeds().stdout_is("token-0\n");
    let asked = endpoint.asked(0);
    assert!(asked.ends_with(r#"{"email":"alice","pass":"s3"}"#) && asked.contains("application/json"), "{asked}");
    home.run(&["get", "l"]).succeeds().stdout_is("token-0\n");
    home.run(&login).args(["--fresh", "--token-request", "form", "--password", "text:s3"]).args(more).succeeds();
    assert!(endpoint.asked(1).ends_with("email=alice&pass=s3"));
}

#[test]
fn token_requests_are_json_refreshes_have_their_own_place_and_scopes_their_own_separator() {
    let endpoint = Endpoint::new(|index, _| {
        (200, json!({ "access_token": format!("token-{index}"), "refresh_token": "r", "expires_in": 0 }))
    });
    let (home, url, refresh) = (Home::new(), endpoint.url(), endpoint.at("/refresh"));
    let machine = ["get", "m", "--grant", "client_credentials", "--client-id", "id", "--access-token-url", &url];
    let more = ["--token-request", "json", "--refresh-url", &refresh, "--scope", "a b", "--scope-separator", ","];
    home.run(&machine).args(more).succeeds();
    assert!(endpoint.asked(0).ends_with(r#"{"client_id":"id","grant_type":"client_credentials","scope":"a,b"}"#));
    home.run(&["get", "m"]).succeeds();
    let asked = endpoint.asked(1);
    assert!(asked.starts_with("POST /refresh ") && asked.contains(r#""refresh_token":"r""#), "{asked}");
}

#[test]
fn a_client_s_assertion_names_its_certificate_by_thumbprint() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url, identity) = (Home::new(), endpoint.url(), Identity::new());
    let both = identity.both.to_string_lossy().into_owned();
    let text = format!("text:{}", key());
    let client = ["--client-id", "id", "--client-authentication", "private_key_jwt", "--private-key", &text];
    let machine = ["get", "--grant", "client_credentials", "--access-token-url", &url, "--assertion-cert", &both];
    home.run(&machine).args(client).succeeds();
    let (header, _) = jwt(&endpoint.asked(0), "client_assertion=");
    let lengths = |name: &str| header[name].as_str().map(str::len);
    assert_eq!((lengths("x5t"), lengths("x5t#S256")), (Some(27), Some(43)));
}

#[test]
fn the_network_options_of_a_token_are_kept_for_its_refresh_by_name_and_by_sign() {
    let identity = Identity::new();
    let origin = Origin::https_for(&identity, |peer| {
        while let Some(head) = peer.until("\r\n\r\n") {
            let length = head.to_ascii_lowercase();
            let length = length
                .split_once("content-length: ")
                .map_or(0, |(_, rest)| rest.split("\r\n").next().unwrap_or_default().parse().expect("a length"));
            peer.exactly(length);
            let answer = "{\"access_token\":\"bound\",\"refresh_token\":\"r\",\"expires_in\":0}";
            peer.write(format!("HTTP/1.1 200 X\r\nContent-Length: {}\r\n\r\n{answer}", answer.len()));
        }
    });
    let (home, url) = (Home::new(), origin.url("/token"));
    let (root, both) = (origin.root().to_string_lossy().into_owned(), identity.both.to_string_lossy().into_owned());
    let client = ["--grant", "client_credentials", "--client-id", "id", "--client-authentication", "tls"];
    let network = ["--cacert", &root, "--cert", &both];
    home.run(&["get", "t", "--access-token-url", &url]).args(client).args(network).succeeds();
    home.run(&["get", "t"]).succeeds().stdout_is("bound\n");
    home.run(&["refresh", "t"]).succeeds();
    let sign = Tool::new("sign").args(["oauth2", "--token-name", "t", "--to", "header"]);
    let sign = sign.env("COUNTERSIGN_HOME", home.path()).stdin("https://api.example.com/\n");
    sign.succeeds().stdout_is("Authorization: Bearer bound\n");
    home.run(&["show", "t"]).succeeds().stdout_has(&format!("cacert: {root}"));
}

#[test]
fn a_proxy_that_is_down_or_wants_a_password_is_named_and_nothing_is_typed_under_no_input() {
    let home = Home::new();
    let machine =
        ["get", "--grant", "client_credentials", "--client-id", "id", "--proxy", "http://me:pa55word@127.0.0.1:1"];
    for url in ["http://localhost:2/token", "https://id.example/token"] {
        let down = home.run(&machine).args(["--access-token-url", url]).fails(3).stdout_is("");
        down.stderr_has("through the proxy 127.0.0.1:1").never_says("pa55word");
    }
    let proxy = Endpoint::new(|_, _| (407, json!({})));
    let at = proxy.at("");
    let tool = home.run(&["get", "--grant", "client_credentials", "--client-id", "id", "--allow-http", "--proxy", &at]);
    tool.args(["--access-token-url", "http://id.example/token"]).fails(3).stderr_has("407").stderr_has("proxy");
    let typed = [
        "get",
        "--grant",
        "password",
        "--username",
        "a",
        "--password",
        "-",
        "--access-token-url",
        "http://127.0.0.1:1/",
    ];
    home.run(&typed).arg("--no-input").fails(5).stdout_is("").stderr_has("--no-input");
}
