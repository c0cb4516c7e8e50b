//! The user's own credentials and data from elsewhere: a line gets no signature with keys that it does not bring, it cannot
//! end a run or write the frame of a message, and what is secret stays with its origin.

use serde_json::{Value, json};

use countersign_shared::auth;

use crate::support::line::authorization;
use crate::support::recorder::Recorder;
use crate::support::{Origin, Tool, sign};

/// The schemes that need something secret, with the part of it that no line below has.
const SECRETS: [(&str, &str); 20] = [
    ("COUNTERSIGN_APIKEY_KEY", "X-Key"),
    ("COUNTERSIGN_APIKEY_VALUE", "KEPT-apikey"),
    ("COUNTERSIGN_BEARER_TOKEN", "KEPT-bearer"),
    ("COUNTERSIGN_BASIC_USERNAME", "KEPT-user"),
    ("COUNTERSIGN_BASIC_PASSWORD", "KEPT-basic"),
    ("COUNTERSIGN_DIGEST_USERNAME", "KEPT-user"),
    ("COUNTERSIGN_DIGEST_PASSWORD", "KEPT-digest"),
    ("COUNTERSIGN_OAUTH1_CONSUMER_KEY", "KEPT-consumer"),
    ("COUNTERSIGN_OAUTH1_CONSUMER_SECRET", "KEPT-oauth1"),
    ("COUNTERSIGN_OAUTH2_ACCESS_TOKEN", "KEPT-oauth2"),
    ("COUNTERSIGN_HAWK_AUTH_ID", "KEPT-hawk"),
    ("COUNTERSIGN_HAWK_AUTH_KEY", "KEPT-hawk-key"),
    ("COUNTERSIGN_AWS_ACCESS_KEY", "KEPT-AKID"),
    ("COUNTERSIGN_AWS_SECRET_KEY", "KEPT-aws"),
    ("COUNTERSIGN_NTLM_USERNAME", "KEPT-user"),
    ("COUNTERSIGN_EDGEGRID_CLIENT_TOKEN", "KEPT-ct"),
    ("COUNTERSIGN_EDGEGRID_ACCESS_TOKEN", "KEPT-at"),
    ("COUNTERSIGN_EDGEGRID_CLIENT_SECRET", "KEPT-edgegrid"),
    ("COUNTERSIGN_JWT_ALGORITHM", "HS256"),
    ("COUNTERSIGN_JWT_SECRET", "KEPT-jwt-KEPT-jwt-KEPT-jwt-KEPT-jwt"),
];

/// The files of providers, and a profile whose program leaves a mark.
fn with_files(tool: Tool) -> Tool {
    let process = tool.home().join("process.sh");
    let mark = tool.home().join("ran");
    let script = format!(
        "#!/bin/sh\ntouch '{}'\necho '{{\"Version\":1,\"AccessKeyId\":\"KEPT-AKID\",\"SecretAccessKey\":\"KEPT\"}}'\n",
        mark.display()
    );
    let config = format!("[default]\ncredential_process = {}\nregion = kept-region-1\n", process.display());
    let edgerc = "[default]\nclient_token = KEPT-ct\naccess_token = KEPT-at\nclient_secret = KEPT\n";
    let netrc = "machine h.example login KEPT-user password KEPT-netrc\n";
    let tool = tool.program_file("process.sh", script).file(".aws/config", config).file(".edgerc", edgerc);
    ["BASIC", "BEARER"]
        .into_iter()
        .fold(tool.file(".netrc", netrc), |tool, scheme| tool.env(&format!("COUNTERSIGN_{scheme}_NETRC"), "true"))
}

fn with_environment(tool: Tool) -> Tool {
    SECRETS.into_iter().fold(tool, |tool, (name, value)| tool.env(name, value))
}

/// Gives the credentials that AWS's and Akamai's own variables and profiles hold.
fn with_providers_variables(tool: Tool) -> Tool {
    let variables = [
        ("AWS_ACCESS_KEY_ID", "KEPT-AKID"),
        ("AWS_SECRET_ACCESS_KEY", "KEPT"),
        ("AWS_SESSION_TOKEN", "KEPT"),
        ("AKAMAI_CLIENT_TOKEN", "KEPT-ct"),
        ("AKAMAI_ACCESS_TOKEN", "KEPT-at"),
        ("AKAMAI_CLIENT_SECRET", "KEPT"),
    ];
    variables.into_iter().fold(tool, |tool, (name, value)| tool.env(name, value))
}

const PLACES: [fn(Tool) -> Tool; 3] = [with_files, with_environment, with_providers_variables];

/// Every scheme with parameters, in both forms of `_auth`, without and with those parameters that are no secret.
fn lines_without_secrets() -> Vec<(&'static str, Value)> {
    let mut lines = Vec::new();
    for table in auth::ALL.iter().filter(|table| !table.parameters.is_empty()) {
        let name = table.name;
        lines.push((name, json!({"type": name})));
        lines.push((name, json!({"type": name, name: {}})));
        lines.push((name, json!({"type": name, name: []})));
    }
    lines.push(("aws", json!({"type": "awsv4", "awsv4": {"region": "us-east-1", "service": "iam"}})));
    lines.push(("aws", json!({"type": "awsv4", "awsv4": {"accessKey": "AKID", "secretKey": ""}})));
    lines.push(("edgegrid", json!({"type": "edgegrid", "edgegrid": {"baseURL": "https://real.luna.akamaiapis.net"}})));
    lines.push(("edgegrid", json!({"type": "edgegrid", "edgegrid": {"clientToken": "a", "accessToken": "b"}})));
    lines.push(("hawk", json!({"type": "hawk", "hawk": {"authId": "a"}})));
    lines.push(("oauth1", json!({"type": "oauth1", "oauth1": {"consumerKey": "a"}})));
    lines.push(("oauth2", json!({"type": "oauth2", "oauth2": {"tokenName": "work"}})));
    lines.push(("apikey", json!({"type": "apikey", "apikey": {"key": "X-Mine"}})));
    lines
}

fn line(auth: &Value) -> String {
    format!("{}\n", json!({"url": "https://h.example/", "headers": [], "_auth": auth}))
}

#[test]
fn a_line_gets_no_signature_with_keys_that_it_does_not_bring() {
    for place in PLACES {
        for (scheme, auth) in lines_without_secrets() {
            for arguments in [&["inherit"][..], &["inherit", "--credentials-for", "*.h.example"]] {
                let output = place(sign(arguments)).stdin(line(&auth)).fails(1).never_says("KEPT");
                let output = output.stdout_is("").stderr_has(&format!("sign: line 1: {scheme}: "));
                assert!(!output.home().join("ran").exists(), "{auth}");
            }
        }
    }
}

#[test]
fn an_auth_file_is_filled_by_the_same_rule() {
    for place in PLACES {
        for (_, auth) in lines_without_secrets() {
            let tool = sign(["inherit", "--auth", "auth.json"]).file("auth.json", auth.to_string());
            let output = place(tool).stdin("https://h.example/\n").fails(1).never_says("KEPT").stdout_is("");
            assert!(!output.home().join("ran").exists(), "{auth}");
        }
    }
}

#[test]
fn the_hosts_that_are_named_get_what_the_user_keeps_and_no_other_does() {
    let schemes = ["apikey", "bearer", "basic", "oauth1", "oauth2", "hawk", "aws", "ntlm", "edgegrid", "jwt"];
    for scheme in schemes {
        let auth = json!({"type": scheme, scheme: {}});
        let request = |url: &str| format!("{}\n", json!({"url": url, "_auth": auth}));
        // Both come twice, so that an authorization that was made for one is not kept for the other.
        let input = [request("https://api.h.example/"), request("https://evil.example/")].concat().repeat(2);
        let tool = sign(["inherit", "--credentials-for", "a.example", "--credentials-for", "*.H.example"]);
        let output = with_environment(tool).stdin(input).fails(1);
        let urls: Vec<Value> = output.json().iter().map(|line| line["url"].clone()).collect();
        assert_eq!(urls.len(), 2, "{scheme}: {}", output.err());
        assert!(urls.iter().all(|url| url.as_str().is_some_and(|url| url.contains("api.h.example"))), "{scheme}");
        output.stderr_has("sign: line 2: ").stderr_has("sign: line 4: ");
    }
    for (scheme, place) in [("aws", PLACES[0]), ("edgegrid", PLACES[0]), ("basic", PLACES[0]), ("aws", PLACES[2])] {
        let auth = json!({"type": scheme, scheme: {}});
        place(sign(["inherit", "--credentials-for", "h.example"])).stdin(line(&auth)).succeeds();
    }
}

#[test]
fn a_name_that_is_no_host_or_too_wide_is_exit_2() {
    for host in ["", "*", "*.com", "https://h.example", "h.example/x", "*.1"] {
        sign(["inherit", "--credentials-for", host]).stdin("").fails(2).stdout_is("");
    }
}

#[test]
fn a_host_header_for_another_host_is_signed_only_where_the_user_lets_it() {
    let schemes: [(&str, &[&str]); 10] = [
        ("apikey", &["--key", "X-Key", "--value", "v"]),
        ("bearer", &["--token", "t"]),
        ("basic", &["--username", "u"]),
        ("digest", &["--username", "u", "--realm", "r", "--nonce", "n"]),
        ("oauth1", &["--consumer-key", "k", "--consumer-secret", "s"]),
        ("oauth2", &["--access-token", "t"]),
        ("hawk", &["--auth-id", "i", "--auth-key", "k"]),
        ("aws", &["--access-key", "a", "--secret-key", "s"]),
        ("ntlm", &["--username", "u"]),
        ("edgegrid", &["--client-token", "c", "--access-token", "a", "--client-secret", "s"]),
    ];
    let request = |host: &str| {
        format!("{}\n", json!({"url": "https://h.example/", "headers": [{"name": "hOST", "value": host}]}))
    };
    for (scheme, parameters) in schemes {
        let tool = || sign([scheme]).args(parameters);
        for other in ["iam.amazonaws.com", "h.example.evil", "h.example:8443", "", "h.example@evil", "h.example, evil"]
        {
            let refused = tool().stdin(request(other)).fails(1).stdout_is("");
            refused.stderr_has("sign: line 1: ").stderr_has("--allow-host");
        }
        tool().arg("--allow-host").stdin(request("iam.amazonaws.com")).succeeds();
        for own in ["h.example", "H.Example", "h.example:443"] {
            tool().stdin(request(own)).succeeds();
        }
    }
    // Nothing is signed, so nothing can be misused.
    sign(["none"]).stdin(request("other.example")).succeeds();
    // Where it is allowed, what the user keeps still needs both names.
    let auth = json!({"type": "bearer", "bearer": {}});
    let headers = [json!({"name": "Host", "value": "other.example"})];
    let line = format!("{}\n", json!({"url": "https://h.example/", "headers": headers, "_auth": auth}));
    let run = |hosts: &[&str]| with_environment(sign(["inherit", "--allow-host"]).args(hosts)).stdin(&line);
    run(&["--credentials-for", "h.example"]).fails(1).stdout_is("");
    run(&["--credentials-for", "h.example", "--credentials-for", "other.example"]).succeeds();
}

#[test]
fn a_line_does_not_have_the_users_keys_sign_for_another_host() {
    let auth = json!({"type": "edgegrid", "edgegrid": {"baseURL": "https://real.luna.akamaiapis.net"}});
    let keys = ["edgegrid", "--client-token", "c", "--access-token", "a", "--client-secret", "s"];
    sign(keys).stdin(line(&auth)).fails(1).stdout_is("").stderr_has("--allow-host");
    with_files(sign(["edgegrid"])).stdin(line(&auth)).fails(1).stdout_is("");
    with_files(sign(["inherit", "--credentials-for", "h.example"])).stdin(line(&auth)).fails(1).stdout_is("");
    sign(keys).arg("--allow-host").stdin(line(&auth)).succeeds();
    sign(keys).args(["--base-url", "https://real.luna.akamaiapis.net"]).stdin("https://h.example/\n").succeeds();
}

#[test]
fn whatever_is_wrong_with_the_auth_of_a_line_is_that_lines_error() {
    let wrong = [
        json!({"type": "awsv4", "awsv4": {}}),
        json!({"type": "awsv4", "awsv4": {"accessKey": "a"}}),
        json!({"type": "awsv4", "awsv4": {"accessKey": "a", "secretKey": "b", "region": "a b"}}),
        json!({"type": "edgegrid", "edgegrid": {}}),
        json!({"type": "edgegrid", "edgegrid": {"clientToken": "a", "accessToken": "b", "clientSecret": "c", "maxBodySize": "x"}}),
        json!({"type": "digest", "digest": {"username": "u", "realm": "r", "nonce": "n", "algorithm": "MD5-sess"}}),
        json!({"type": "digest", "digest": {"username": "u", "realm": "r", "nonce": "n", "algorithm": "SHA-256-sess", "qop": "x"}}),
        json!({"type": "digest", "digest": {"username": "u"}}),
        json!({"type": "basic", "basic": {"username": "a:b"}}),
        json!({"type": "basic", "basic": {}}),
        json!({"type": "oauth1", "oauth1": {"consumerKey": "k", "signatureMethod": "RSA-SHA1", "privateKey": "x"}}),
        json!({"type": "oauth2", "oauth2": {"accessToken": "t", "tokenType": "mac"}}),
        json!({"type": "hawk", "hawk": {"authId": "i", "authKey": "k", "timestamp": "x"}}),
        json!({"type": "jwt", "jwt": {"algorithm": "RS256", "privateKey": "x"}}),
        json!({"type": "asap", "asap": {}}),
        json!({"type": "apikey", "apikey": {"key": "a b", "value": "v"}}),
        json!({"type": "ntlm", "ntlm": {"password": "p"}}),
        json!({"type": "magic"}),
        json!({}),
        json!("text"),
    ];
    let good = json!({"type": "bearer", "bearer": {"token": "q"}});
    for auth in wrong {
        let input = [line(&good), line(&auth), line(&good)].concat();
        for arguments in [&["inherit"][..], &["inherit", "--credentials-for", "h.example"], &["inherit", "-j", "2"]] {
            let output = sign(arguments).stdin(&input).fails(1);
            assert_eq!(output.json().len(), 2, "{auth}");
            output.stderr_has("sign: line 2: ");
        }
    }
    // By a scheme, too, a line's own part is the line's.
    let auth = json!({"type": "digest", "digest": {"realm": "r", "nonce": "n", "algorithm": "MD5-sess"}});
    let fine = json!({"type": "digest", "digest": {"realm": "r", "nonce": "n"}});
    let input = [line(&fine), line(&auth), line(&fine)].concat();
    let output = sign(["digest", "--username", "u"]).stdin(input).fails(1);
    assert_eq!(output.json().len(), 2);
}

#[test]
fn no_auth_writes_what_frames_or_routes_a_message() {
    let names = [
        "Content-Length",
        "Transfer-Encoding",
        "Host",
        "Connection",
        "Expect",
        "Upgrade",
        "TE",
        "Trailer",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "Proxy-X",
        "HTTP2-Settings",
    ];
    let recorder = Recorder::start();
    for name in names {
        for name in [name.to_owned(), name.to_ascii_lowercase(), name.to_ascii_uppercase()] {
            let auth =
                json!({"type": "apikey", "apikey": [{"key": "key", "value": name}, {"key": "value", "value": "0"}]});
            let line = json!({"method": "POST", "url": format!("http://{}/", recorder.host()), "headers": [],
                "postData": {"mimeType": "", "text": "DELETE /smuggled HTTP/1.1\r\n\r\n"}, "_auth": auth});
            for more in [&["--send"][..], &["--to", "http"], &["--to", "curl-config"], &[]] {
                let output = sign(["inherit"]).args(more).stdin(format!("{line}\n")).fails(1).stdout_is("");
                output.stderr_has("sign: line 1: apikey: ").stderr_has("frames or routes");
            }
            sign(["apikey", "--key", &name, "--value", "0"]).stdin("http://h.example/\n").fails(1).stdout_is("");
        }
    }
    assert_eq!(recorder.take(), []);
}

/// A server that asks for digest at these methods, and the request lines that it got.
fn asked(methods: &'static [&'static str]) -> (Origin, std::sync::Arc<std::sync::Mutex<Vec<String>>>) {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let heads = std::sync::Arc::clone(&seen);
    let origin = Origin::http(move |peer| {
        while let Some(head) = peer.request() {
            let method = head.split(' ').next().unwrap_or_default().to_owned();
            heads.lock().unwrap().push(head);
            let challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n";
            let (status, header) = if methods.contains(&&*method) { (401, challenge) } else { (200, "") };
            peer.write(format!("HTTP/1.1 {status} X\r\n{header}Content-Length: 0\r\n\r\n"));
        }
    });
    (origin, seen)
}

#[test]
fn a_challenge_is_asked_for_with_a_method_that_changes_nothing() {
    const ALL: &[&str] = &["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"];
    let cases: [(&str, &[&str], &[&str]); 8] = [
        ("GET", ALL, &["GET"]),
        ("HEAD", ALL, &["HEAD"]),
        ("OPTIONS", ALL, &["OPTIONS"]),
        ("DELETE", ALL, &["HEAD"]),
        ("POST", ALL, &["HEAD"]),
        ("get", ALL, &["HEAD"]),
        ("PUT", &["GET", "PUT"], &["HEAD", "GET"]),
        ("PATCH", &["PATCH"], &["HEAD", "GET"]),
    ];
    for (method, challenged, expected) in cases {
        let (origin, seen) = asked(challenged);
        let headers = [
            json!({"name": "Cookie", "value": "c=1"}),
            json!({"name": "X-HTTP-Method-Override", "value": "DELETE"}),
            json!({"name": "Content-Type", "value": "text/plain"}),
        ];
        let request = json!({"method": method, "url": origin.url("/items/1?q"), "headers": headers, "body": "hello"});
        let output = sign(["digest", "--username", "u", "--password", "p"]).stdin(format!("{request}\n")).run();
        let heads = seen.lock().unwrap().clone();
        let methods: Vec<&str> = heads.iter().map(|head| head.split(' ').next().unwrap_or_default()).collect();
        assert_eq!(methods, expected, "{method}");
        for head in heads {
            let head = head.to_ascii_lowercase();
            assert!(
                !["cookie", "override", "content-type", "content-length"].iter().any(|name| head.contains(name)),
                "{head}"
            );
        }
        if method == "PATCH" {
            output.exits(1).stdout_is("").stderr_has("does not ask for digest");
        } else {
            assert!(authorization(&output.exits(0).json()[0]).starts_with("Digest "), "{method}");
        }
    }
}

#[test]
fn a_line_alone_makes_no_request_unless_the_user_asks() {
    let (origin, seen) = asked(&["GET", "HEAD"]);
    let auth = json!({"type": "digest", "digest": {"username": "u", "password": "p"}});
    let request = format!("{}\n", json!({"method": "DELETE", "url": origin.url("/"), "_auth": auth}));
    sign(["inherit"]).stdin(&request).fails(1).stdout_is("").stderr_has("--ask");
    assert_eq!(seen.lock().unwrap().len(), 0);
    sign(["inherit", "--ask"]).stdin(&request).succeeds();
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[test]
fn a_redirect_to_another_origin_carries_no_secret_anywhere() {
    const ONE: &str = "SECRET-ONE";
    const TWO: &str = "SECRET-TWO";
    let cases: [&[&str]; 14] = [
        &[
            "oauth1",
            "--consumer-key",
            "ck",
            "--consumer-secret",
            ONE,
            "--token-secret",
            TWO,
            "--signature-method",
            "PLAINTEXT",
        ],
        &["oauth1", "--consumer-key", "ck", "--consumer-secret", ONE, "--token", TWO],
        &["oauth1", "--consumer-key", "ck", "--consumer-secret", ONE, "--token", TWO, "--add-params-to-header"],
        &["apikey", "--key", "X-Key", "--value", ONE],
        &["apikey", "--key", "api_key", "--value", ONE, "--in", "query"],
        &["bearer", "--token", ONE],
        &["basic", "--username", "u", "--password", ONE],
        &["oauth2", "--access-token", ONE],
        &["oauth2", "--access-token", ONE, "--add-token-to", "queryParams"],
        &[
            "jwt",
            "--algorithm",
            "HS256",
            "--secret",
            "SECRET-ONE-SECRET-ONE-SECRET-ONE-SECRET-ONE",
            "--add-token-to",
            "queryParam",
        ],
        &["aws", "--access-key", "a", "--secret-key", ONE, "--session-token", TWO],
        &["aws", "--access-key", "a", "--secret-key", ONE, "--session-token", TWO, "--add-auth-data-to-query"],
        &["hawk", "--auth-id", "i", "--auth-key", ONE],
        &["digest", "--username", "u", "--password", ONE, "--realm", "r", "--nonce", "n"],
    ];
    let recorder = Recorder::start();
    for arguments in cases {
        for status in [301, 302, 303, 307, 308] {
            for method in ["POST", "GET"] {
                // Servers that redirect to another name keep the query; sign-in pages get the whole URL as a parameter.
                let there = recorder.host();
                let origin = Origin::http(move |peer| {
                    while let Some(head) = peer.request() {
                        let target = head.split(' ').nth(1).unwrap_or_default();
                        let query = target.split_once('?').map_or("", |(_, query)| query);
                        let next = query.replace('%', "%25").replace('&', "%26").replace('=', "%3D");
                        peer.write(format!(
                            "HTTP/1.1 {status} X\r\nLocation: http://{there}/there?{query}&next={next}&kept=1\r\nContent-Length: 0\r\n\r\n"
                        ));
                    }
                });
                let mut request = json!({"method": method, "url": origin.url("/here?b=2"), "headers": [
                    {"name": "Cookie", "value": "c=SECRET-COOKIE"}, {"name": "X-Mine", "value": "1"}]});
                if method == "POST" {
                    request["postData"] = json!({"mimeType": "", "text": "a=1&oauth_signature=SECRET-OLD"});
                    let kind = json!({"name": "Content-Type", "value": "application/x-www-form-urlencoded"});
                    request["headers"].as_array_mut().expect("a list").push(kind);
                }
                sign(arguments).args(["--send", "--location"]).stdin(format!("{request}\n")).run().exits(0);
                let received = recorder.take();
                assert_eq!(received.len(), 1, "{arguments:?}");
                let head = received[0].head.join(&b'\n');
                let text = String::from_utf8_lossy(&[head, received[0].body.clone()].concat()).into_owned();
                let is_form = arguments[0] == "oauth1";
                for secret in ["SECRET-ONE", "SECRET-TWO", "SECRET-COOKIE", "oauth_", "X-Amz-", "Authorization", "eyJ"]
                {
                    if secret != "oauth_" || is_form {
                        assert!(!text.contains(secret), "{arguments:?} {status} {method}: {text}");
                    }
                }
                assert!(text.contains("kept=1") && text.contains("X-Mine: 1"), "{text}");
                if method == "POST" && status > 303 {
                    assert!(text.contains("a=1"), "{arguments:?}: {text}");
                }
            }
        }
    }
}

#[test]
fn a_secret_itself_goes_over_plain_http_to_this_machine_only() {
    let secrets: [&[&str]; 7] = [
        &["apikey", "--key", "X-Key", "--value", "v"],
        &["bearer", "--token", "t"],
        &["basic", "--username", "u", "--password", "p"],
        &["oauth2", "--access-token", "t", "--add-token-to", "queryParams"],
        &["oauth1", "--consumer-key", "k", "--consumer-secret", "s", "--signature-method", "PLAINTEXT"],
        &["jwt", "--algorithm", "HS256", "--secret", "0123456789abcdef0123456789abcdef"],
        &["none"],
    ];
    // The name is never looked up: nothing is sent, and where it is allowed the proxy gets the request.
    let proxy = Recorder::start();
    let through = |tool: Tool| tool.env("http_proxy", format!("http://{}", proxy.host()));
    for arguments in secrets {
        let line = if arguments == ["none"] { "http://u:p@h.example/\n" } else { "http://h.example/\n" };
        let send = || through(sign(arguments).arg("--send")).stdin(line);
        send().fails(1).stdout_is("").stderr_has("--allow-http");
        assert_eq!(proxy.take(), [], "{arguments:?}");
        send().arg("--allow-http").succeeds();
        assert_eq!(proxy.take().len(), 1, "{arguments:?}");
        // Lines that are only written are not concerned.
        sign(arguments).stdin(line).succeeds();
        let local = Recorder::start();
        sign(arguments).arg("--send").stdin(format!("http://{}/\n", local.host())).succeeds();
        assert_eq!(local.take().len(), 1, "{arguments:?}");
    }
    // A proof alone is of use for nothing else.
    let hmac = ["hawk", "--auth-id", "i", "--auth-key", "k", "--send"];
    through(sign(hmac)).stdin("http://h.example/\n").succeeds();
}

#[test]
fn the_session_token_is_masked_wherever_it_stands() {
    const TOKEN: &str = "REAL/SESSION+TOKEN";
    let keys = ["aws", "--access-key", "a", "--secret-key", "s", "--session-token", TOKEN, "--explain"];
    for query in [
        "0X-Amz-Security-Token=decoy",
        "X-Amz-Security-Token2=decoy",
        "%58-Amz-Security-Token=decoy",
        "x-amz-security-token=decoy",
        "next=REAL/SESSION+TOKEN",
        "next=REAL%2FSESSION%2BTOKEN",
    ] {
        for more in [&[][..], &["--add-auth-data-to-query"]] {
            let output = sign(keys).args(more).stdin(format!("https://h.example/?{query}\n")).succeeds();
            let shown = output.err();
            assert!(shown.contains("***") && !shown.contains("REAL"), "{query} {more:?}: {shown}");
        }
    }
}

#[test]
fn a_long_chain_of_profiles_is_an_error() {
    for count in [40, 20_000] {
        let mut config = String::from("[profile p0]\nrole_arn = r\nsource_profile = p1\n");
        for number in 1..count {
            config += &format!("[profile p{number}]\nrole_arn = r\nsource_profile = p{}\n", number + 1);
        }
        let tool = sign(["aws", "--profile", "p0"]).file(".aws/config", config).stdin("https://h.example/\n");
        tool.fails(2).stdout_is("").stderr_has("source_profile leads through more than");
    }
}

#[test]
fn control_characters_of_terminals_are_escaped_in_json() {
    for control in ('\u{7f}'..='\u{9f}').filter(|c| *c != '\u{7f}') {
        for more in [&[][..], &["--to", "har"], &["--to", "vegeta"]] {
            let request = json!({"url": "https://h.example/", "headers": [{"name": "X-A", "value": format!("a{control}\u{e9}b")}]});
            let output = sign(["none"]).args(more).stdin(format!("{request}\n")).succeeds();
            let escaped = format!("a\\u{:04x}\u{e9}b", u32::from(control));
            assert!(output.out().contains(&escaped) && !output.out().contains(control), "{}", output.out());
        }
    }
}

#[test]
fn weak_keys_prove_nothing_and_are_told() {
    sign(["jwt", "--algorithm", "HS256", "--secret", "short"])
        .stdin("https://h.example/\n")
        .succeeds()
        .stderr_has("RFC 7518 section 3.2");
    sign(["jwt", "--algorithm", "HS256", "--secret", &"s".repeat(32)])
        .stdin("https://h.example/\n")
        .succeeds()
        .stderr_is("");
    sign(["jwt", "--algorithm", "HS512", "--secret", &"s".repeat(63)])
        .stdin("https://h.example/\n")
        .succeeds()
        .stderr_has("64 bytes");
    let small = include_str!("../vectors/keys/rsa-1024.pem");
    sign(["oauth1", "--consumer-key", "k", "--signature-method", "RSA-SHA256", "--private-key", "file:key.pem"])
        .file("key.pem", small)
        .stdin("https://h.example/\n")
        .succeeds()
        .stderr_has("an RSA key of 1024 bits");
    // {"alg":"RS256"}, {} and a signature that is not even looked at.
    let line = json!({"url": "https://h.example/", "headers": [
        {"name": "Authorization", "value": "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA"}]});
    sign(["verify", "jwt", "--private-key", "file:key.pem"])
        .file("key.pem", small)
        .stdin(format!("{line}\n"))
        .fails(1)
        .stdout_has("invalid: key: is an RSA key under 2048 bits");
}
