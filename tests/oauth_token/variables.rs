//! Variables in options and profiles.

use super::home::{Endpoint, Home, numbered};

#[test]
fn options_and_profiles_take_variables() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    let add = ["profile", "add", "work", "--grant", "client_credentials", "--client-id", "{{client}}-{{stage}}"];
    home.run(&add).args(["--access-token-url", "{{base}}", "--client-authentication", "body"]).succeeds();
    let file = format!(
        r#"{{"values":[{{"key":"base","value":"{url}"}},{{"key":"client","value":"c"}},
            {{"key":"cs","value":"file:/etc/hostname","type":"secret"}}]}}"#
    );
    std::fs::write(home.path().join("staging.json"), file).expect("a file");
    let path = home.path().join("staging.json").display().to_string();
    let get = || home.run(&["get", "work", "--client-secret", "{{cs}}", "--env-file", &path]);
    get().args(["--var", "stage=s"]).succeeds();
    // What a file says is data, and no reference that would be followed.
    let asked = endpoint.asked(0);
    assert!(asked.contains("client_id=c-s") && asked.contains("client_secret=file%3A%2Fetc%2Fhostname"), "{asked}");
    get()
        .args(["--min-ttl", "1d"])
        .fails(2)
        .stdout_is("")
        .stderr_has("--client-id: {{stage}} is not defined: looked at environment");
}

#[test]
fn a_variable_in_a_header_of_token_requests_is_no_reference() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    let mark = home.path().join("mark");
    let get = ["get", "--grant", "client_credentials", "--client-id", "c", "--access-token-url", &url, "--fresh"];
    for (header, value) in [
        ("X-A: {{v}}", format!("cmd:touch {}", mark.display())),
        ("X-A:{{v}}", format!(" cmd:touch {}", mark.display())),
        ("{{v}}: b", format!("X-A: cmd:touch {} #", mark.display())),
        ("{{v}}", format!("X-A: cmd:touch {}", mark.display())),
    ] {
        let file = serde_json::json!({ "values": [{ "key": "v", "value": value }] });
        std::fs::write(home.path().join("v.json"), file.to_string()).expect("a file");
        let path = home.path().join("v.json").display().to_string();
        home.run(&get).args(["--token-header", header, "--env-file", &path]).succeeds();
        assert!(!mark.exists(), "{header}: {value}");
    }
    // The user's own reference is followed, with variables in the options beside it.
    let reference = format!("X-A: cmd:touch {}; echo {{{{v}}}}", mark.display());
    home.run(&get).args(["--token-header", &reference, "--var", "v=1"]).succeeds();
    assert!(mark.exists());
}
