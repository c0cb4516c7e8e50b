//! Text that reaches a terminal: no secret of a URL, no character that hides or reorders text, no address that must not be opened.

use serde_json::{Value, json};

use super::home::{Endpoint, Home, machine, numbered};

/// Characters that show nothing or change how the text around them reads, one of each kind.
const UNSEEN: [char; 14] = [
    '\u{1b}',
    '\u{9b}',
    '\u{ad}',
    '\u{61c}',
    '\u{200b}',
    '\u{200f}',
    '\u{2028}',
    '\u{2029}',
    '\u{202e}',
    '\u{2066}',
    '\u{2069}',
    '\u{feff}',
    '\u{e0041}',
    '\u{180e}',
];

/// A text with all of them.
fn unseen() -> String {
    UNSEEN.iter().map(|c| format!("a{c}b")).collect()
}

#[track_caller]
fn shows_none(text: &str) {
    assert!(!text.contains(UNSEEN), "{text:?}");
    assert!(text.contains('\u{fffd}'), "{text:?}");
}

#[test]
fn no_text_of_a_server_a_file_or_a_name_brings_unseen_characters_to_a_terminal() {
    let refusing = Endpoint::new(|_, _| (400, json!({ "error": unseen(), "error_description": unseen() })));
    shows_none(&Home::new().run(&machine(&refusing.url())).fails(1).err());
    let device = Endpoint::new(|index, _| match index {
        0 => {
            let mut device = json!({ "device_code": "d", "user_code": unseen(), "expires_in": 1, "interval": 1 });
            device["verification_uri"] = format!("https://v.example/{}", unseen()).into();
            device["verification_uri_complete"] = format!("https://v.example/?c={}", unseen()).into();
            (200, device)
        }
        _ => (400, json!({ "error": "expired_token" })),
    });
    let url = device.url();
    let urls = ["--device-authorization-url", &url, "--access-token-url", &url];
    shows_none(&Home::new().run(&["get", "--grant", "device_code", "--client-id", "x"]).args(urls).fails(3).err());
    let endpoint = Endpoint::new(|index, _| {
        let mut answer = numbered(index);
        answer["scope"] = unseen().into();
        (200, answer)
    });
    let home = Home::new();
    let name = format!("a\nb\tc{}", unseen());
    home.run(&machine(&endpoint.url())).args(["--token-name", &name]).succeeds();
    let list = home.run(&["list"]).succeeds().out().to_owned();
    shows_none(&list);
    assert_eq!((list.lines().count(), list.matches('\t').count()), (1, 3), "{list:?}");
    shows_none(&home.run(&["show", &name]).succeeds().out());
    shows_none(&home.run(&["show", &format!("{name}x")]).fails(1).err());
    shows_none(&home.run(&["delete", &name]).succeeds().err());
    shows_none(&home.run(&["profile", "show", &unseen()]).fails(1).err());
    shows_none(&home.run(&["get", "-v", &unseen()]).fails(1).err());
}

#[test]
fn the_secrets_of_a_url_are_masked_wherever_it_is_shown() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let address = endpoint.url().replace("http://", "");
    let url = format!("http://user:PASSW0RD@{address}?apikey=SECRETQ&tenant=one&client_secret=SECRETR");
    let home = Home::new();
    let kept = home.run(&machine(&url)).args(["-v", "--revocation-url", &url, "--audience", &url]).succeeds();
    kept.never_says("PASSW0RD").never_says("SECRET").stderr_has("tenant=one");
    let shown = home.run(&["show", "m"]).succeeds().never_says("PASSW0RD").never_says("SECRET");
    shown.stdout_has(&format!("access_token_url: http://***@{address}?apikey=***&tenant=one&client_secret=***"));
    home.run(&["show", "m", "--reveal"]).succeeds().stdout_has("apikey=SECRETQ");
    for command in [&["list"][..], &["revoke", "m"]] {
        home.run(command).arg("-vv").run().never_says("PASSW0RD").never_says("SECRET");
    }
    let add = ["profile", "add", "p", "--grant", "client_credentials", "--client-id", "id", "--access-token-url", &url];
    home.run(&add).succeeds();
    let profile = home.run(&["profile", "show", "p"]).succeeds().never_says("PASSW0RD").never_says("SECRET");
    profile.stdout_has("?apikey=***&tenant=one");
    // What nobody answers, and what is no URL.
    for wrong in [
        "http://user:PASSW0RD@127.0.0.1:1/t?apikey=SECRETQ",
        "ftp://user:PASSW0RD@h/?apikey=SECRETQ",
        "http://user:PASSW0RD@h h/",
    ] {
        for option in ["--access-token-url", "--discover"] {
            let arguments = ["get", "-vv", "--grant", "client_credentials", "--client-id", "id", option, wrong];
            home.run(&arguments).run().never_says("PASSW0RD").never_says("SECRETQ");
        }
    }
}

#[test]
fn only_an_https_address_or_one_of_this_machine_is_shown_to_be_opened() {
    let sign_in = |member: &str, uri: &Value, more: &[&str]| {
        let (member, uri) = (member.to_owned(), uri.clone());
        let endpoint = Endpoint::new(move |index, _| match index {
            0 => {
                let mut device = json!({ "device_code": "d", "user_code": "U", "expires_in": 60, "interval": 1 });
                device["verification_uri"] = "https://v.example/".into();
                device[member.as_str()] = uri.clone();
                (200, device)
            }
            _ => (200, numbered(index)),
        });
        let url = endpoint.url();
        let urls = ["--device-authorization-url", &url, "--access-token-url", &url];
        Home::new().run(&["get", "--grant", "device_code", "--client-id", "x"]).args(urls).args(more).run()
    };
    for member in ["verification_uri", "verification_uri_complete"] {
        for uri in [
            "--renderer-cmd-prefix=touch x",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "intent://x",
            "http://v.example/device",
            "http://127.0.0.1.example/",
            "https://v.example@evil.example/",
            "https:///x",
            "//v.example/",
            "v.example/device",
            "https:",
        ] {
            let output = sign_in(member, &uri.into(), &[]).exits(1).stdout_is("").stderr_lacks("enter the code");
            output.stderr_has("verification address");
        }
        for uri in ["https://v.example/device?c=1", "http://127.0.0.1:1/device", "http://localhost/", "http://[::1]/"] {
            sign_in(member, &uri.into(), &[]).exits(0).stdout_is("token-1\n").stderr_has(uri);
        }
        sign_in(member, &"http://v.example/".into(), &["--allow-http"]).exits(0);
    }
    // The same for what the tool opens itself.
    for grant in ["authorization_code", "implicit"] {
        let arguments = ["get", "--grant", grant, "--client-id", "id", "--access-token-url", "http://127.0.0.1:1/"];
        for url in ["http://id.example/auth", "file:///etc/passwd", "javascript:alert(1)", "--version"] {
            let option = format!("--auth-url={url}");
            let output = Home::new().run(&arguments).arg(&option).env("BROWSER", "touch opened").run();
            assert!(matches!(output.status.code(), Some(1 | 2)), "{url}: {}", output.err());
            output.stderr_lacks("Open this URL");
        }
    }
}
