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
