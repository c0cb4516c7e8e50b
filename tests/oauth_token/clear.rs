//! Secrets and plain http: they go to this machine only, and no https issuer sends them elsewhere.

use serde_json::{Value, json};

use super::home::{Endpoint, Home, numbered, refreshing, user};
use crate::support::Tool;
use crate::support::origin::Origin;

/// Every grant that sends a secret without a person, for an endpoint of another machine.
const GRANTS: [&[&str]; 5] = [
    &["--grant", "client_credentials", "--client-secret", "text:s3cret"],
    &["--grant", "password", "--username", "alice", "--password", "text:s3cret"],
    &["--grant", "refresh_token", "--refresh-token", "text:s3cret"],
    &["--grant", "jwt_bearer", "--assertion", "text:s3cret"],
    &["--grant", "token_exchange", "--subject-token", "text:s3cret"],
];

#[test]
fn a_secret_goes_over_plain_http_to_another_machine_only_if_the_user_says_so() {
    let proxy = Endpoint::new(|index, _| (200, numbered(index)));
    let address = proxy.url().trim_end_matches("/token").to_owned();
    for grant in GRANTS {
        for host in ["id.example.com", "192.0.2.1", "localhost.example.com", "127.0.0.1.example.com"] {
            let url = format!("http://{host}/token");
            let arguments = ["get", "--client-id", "id", "--access-token-url", &url];
            let tool = || Home::new().run(&arguments).args(grant).env("http_proxy", &address);
            let before = proxy.count();
            tool().fails(1).stdout_is("").stderr_has(&format!("http://{host}")).stderr_has("--allow-http");
            assert_eq!(proxy.count(), before, "{grant:?} {host}");
        }
        let arguments = ["get", "--client-id", "id", "--access-token-url", "http://id.example.com/token"];
        Home::new().run(&arguments).args(grant).arg("--allow-http").env("http_proxy", &address).succeeds();
        assert!(proxy.asked(proxy.count() - 1).starts_with("POST http://id.example.com/token "));
    }
}

#[test]
fn neither_refreshing_nor_revoking_nor_a_device_s_code_sends_a_secret_in_the_clear() {
    let proxy = refreshing("second");
    let address = proxy.url().trim_end_matches("/token").to_owned();
    let home = Home::new();
    let kept = home.run(&user("http://id.example.com/token")).args(["--revocation-url", "http://id.example.com/r"]);
    kept.arg("--allow-http").env("http_proxy", &address).succeeds();
    let before = proxy.count();
    // `sign` refreshes kept tokens by itself, also where its own --allow-http is set: that is about the request.
    for arguments in [&["oauth2", "--token-name", "u"][..], &["oauth2", "--token-name", "u", "--send", "--allow-http"]]
    {
        let sign = Tool::new("sign").args(arguments).env("COUNTERSIGN_HOME", home.path()).env("http_proxy", &address);
        sign.stdin("https://127.0.0.1:1/\n").fails(1).stdout_is("").stderr_has("plain http").never_says("token-0");
    }
    for command in ["get", "refresh", "revoke"] {
        home.run(&[command, "u"]).env("http_proxy", &address).fails(1).stdout_is("").stderr_has("--allow-http");
    }
    let device = ["get", "--grant", "device_code", "--client-id", "id", "--client-secret", "text:s"];
    let urls = ["--device-authorization-url", "http://id.example.com/d", "--access-token-url", "http://127.0.0.1:1/"];
    home.run(&device).args(urls).env("http_proxy", &address).fails(1).stderr_has("http://id.example.com");
    let signed = ["get", "--grant", "oauth1", "--consumer-key", "k", "--consumer-secret", "text:s"];
    let urls = ["--request-token-url", "http://id.example.com/r", "--auth-url", "http://127.0.0.1:1/"];
    let tool = home.run(&signed).args(urls).args(["--access-token-url", "http://127.0.0.1:1/"]);
    tool.env("http_proxy", &address).env("BROWSER", "true").fails(1).stderr_has("http://id.example.com");
    let issuer = ["get", "--grant", "client_credentials", "--client-id", "id", "--discover", "http://id.example.com"];
    home.run(&issuer).env("http_proxy", &address).fails(1).stderr_has("http://id.example.com");
    assert_eq!(proxy.count(), before);
}

/// An https issuer whose metadata has this member besides the usual ones.
fn issuer(member: &'static str, value: &Value) -> Origin {
    let value = value.clone();
    Origin::https(&["http/1.1"], move |peer| {
        while let Some(head) = peer.request() {
            let host =
                head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("host: ").map(str::to_owned));
            let issuer = format!("https://{}", host.expect("a host").trim());
            let mut metadata = json!({
                "issuer": issuer,
                "authorization_endpoint": format!("{issuer}/auth"),
                "token_endpoint": "HTTPS://localhost:1/token",
            });
            metadata[member] = value.clone();
            let body = metadata.to_string();
            peer.write(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
        }
    })
}

#[test]
fn the_metadata_of_an_https_issuer_names_no_http_endpoint_of_any_kind() {
    let get = |issuer: &Origin| {
        let arguments = ["get", "--grant", "client_credentials", "--client-id", "id", "--client-secret", "text:s"];
        let url = issuer.url("");
        let tool = Home::new().run(&arguments).args(["--discover", url.trim_end_matches('/'), "--allow-http"]);
        tool.arg("--cacert").arg(issuer.root())
    };
    for member in [
        "token_endpoint",
        "authorization_endpoint",
        "device_authorization_endpoint",
        "pushed_authorization_request_endpoint",
        "revocation_endpoint",
        "introspection_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
    ] {
        for value in ["http://id.example.com/x", "http://127.0.0.1:1/x", "HTTP://id.example.com/x", "//id.example.com"]
        {
            get(&issuer(member, &value.into())).fails(1).stdout_is("").stderr_has(&format!("{member} is not https"));
        }
    }
    let aliases = json!({ "token_endpoint": "http://id.example.com/x" });
    get(&issuer("mtls_endpoint_aliases", &aliases)).fails(1).stderr_has("token_endpoint is not https");
    // Nobody listens at the token endpoint: the metadata was accepted.
    get(&issuer("revocation_endpoint", &"https://localhost:1/x".into())).fails(3).stdout_is("");
}
