//! Programs that hold credentials for others: git and docker ask us, and we ask docker's helpers.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::home::{Endpoint, Home, machine, numbered, refreshing, user};
use crate::support::tool::write_program;
use crate::support::{Tool, bin};

/// The real git, with this helper and no other.
fn git_fill(home: &Home, helper: &str, description: &str) -> Tool {
    let config = home.path().join("gitconfig");
    std::fs::write(&config, format!("[credential \"https://git.example.com\"]\n\thelper = {helper}\n"))
        .expect("a file");
    let git = Tool::program("git").args(["credential", "fill"]).env("GIT_CONFIG_GLOBAL", &config);
    let git = git.env("GIT_CONFIG_SYSTEM", "/dev/null").env("GIT_TERMINAL_PROMPT", "0").env("GIT_ASKPASS", "false");
    git.env("COUNTERSIGN_HOME", home.path()).stdin(description)
}

const HELPER: &str = "\"!oauth-token git-credential --token-name m --host git.example.com\"";

#[test]
fn git_gets_a_token_for_the_host_that_it_was_set_up_for_and_no_other() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    let here = "protocol=https\nhost=git.example.com\n\n";
    git_fill(&home, HELPER, here).fails(128).stderr_has("no token m is kept");
    home.run(&machine(&endpoint.url())).succeeds();
    let filled = git_fill(&home, HELPER, here).succeeds().out().to_owned();
    assert!(filled.contains("username=oauth2\npassword=token-0\n"), "{filled}");
    let named = "protocol=https\nhost=git.example.com\nusername=alice\n\n";
    git_fill(&home, HELPER, named).succeeds().stdout_has("username=alice\npassword=token-0\n");
    git_fill(&home, HELPER, "protocol=https\nhost=evil.example\n\n").fails(128).never_says("token-0");
}

#[test]
fn git_gets_nothing_for_a_host_in_the_clear_and_a_refused_token_is_replaced() {
    let endpoint = refreshing("second");
    let (home, url) = (Home::new(), endpoint.url());
    home.run(&user(&url)).args(["--now", "2026-01-01T00:00:00Z"]).succeeds().stdout_is("token-0\n");
    let helper = |operation: &str, description: &str| {
        home.run(&["git-credential", operation, "--token-name", "u", "--username", "alice"]).stdin(description)
    };
    helper("get", "protocol=http\nhost=git.example.com\n").fails(1).stdout_is("").stderr_has("https");
    let answer = helper("get", "protocol=http\nhost=127.0.0.1:8080\n").succeeds().out().to_owned();
    assert!(answer.starts_with("username=alice\npassword=token-1\npassword_expiry_utc="), "{answer}");
    helper("store", "protocol=https\nhost=h\npassword=other\n").succeeds().stdout_is("");
    helper("erase", "protocol=https\nhost=h\npassword=other\n").succeeds().stdout_is("");
    home.run(&["get", "u"]).succeeds().stdout_is("token-1\n");
    helper("erase", "protocol=https\nhost=h\npassword=token-1\n").succeeds().stdout_is("");
    home.run(&["get", "u"]).succeeds().stdout_is("token-2\n");
}

#[test]
#[cfg(unix)]
fn the_tool_is_a_helper_under_a_helper_s_name() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    home.run(&machine(&endpoint.url())).succeeds();
    for name in ["docker-credential-m", "git-credential-m"] {
        std::os::unix::fs::symlink(bin("oauth-token"), home.path().join(name)).expect("a link");
    }
    let docker = |operation: &str| {
        let tool = Tool::program(home.path().join("docker-credential-m")).arg(operation);
        tool.env("COUNTERSIGN_HOME", home.path())
            .env("COUNTERSIGN_OAUTH_TOKEN_HOST", "registry.example.com")
            .stdin("registry.example.com\n")
    };
    let answer: Value = docker("get").succeeds().json().remove(0);
    assert_eq!(answer, json!({ "ServerURL": "registry.example.com", "Username": "oauth2", "Secret": "token-0" }));
    docker("list").succeeds().stdout_is("{}\n");
    docker("store").succeeds().stdout_is("");
    docker("erase").succeeds().stdout_is("");
    home.run(&["delete", "m"]).succeeds();
    // Docker, podman and others look for these words.
    docker("get").fails(1).stdout_is("credentials not found in native keychain\n");
    let git = git_fill(&home, "m", "protocol=https\nhost=git.example.com\n\n");
    let path = format!("{}:{}", home.path().display(), std::env::var("PATH").expect("a path"));
    git.env("PATH", path)
        .env("COUNTERSIGN_OAUTH_TOKEN_HOST", "git.example.com")
        .fails(128)
        .stderr_has("no token m is kept");
    let git = Tool::program(home.path().join("git-credential-m")).arg("get").env("COUNTERSIGN_HOME", home.path());
    git.stdin("protocol=https\nhost=h\n").fails(1).stdout_is("").stderr_has("no token m is kept");
}

/// A docker-credential-helper as docker documents the protocol, with a log of its command lines.
struct FakeHelper(PathBuf);

impl FakeHelper {
    fn new(home: &Home) -> Self {
        let folder = home.path().join("bin");
        write_program(&folder.join("docker-credential-fake"), include_str!("docker_credential_fake.py"));
        Self(folder)
    }

    fn run(&self, home: &Home, arguments: &[&str]) -> Tool {
        let path = format!("{}:{}", self.0.display(), std::env::var("PATH").expect("a path"));
        home.run(arguments).env("PATH", path).env("FAKE", &self.0)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap_or_default()
    }
}

#[test]
fn tokens_are_kept_with_a_docker_credential_helper() {
    let endpoint = refreshing("second");
    let (home, url) = (Home::new(), endpoint.url());
    let helper = FakeHelper::new(&home);
    let with = |arguments: &[&str]| helper.run(&home, arguments).args(["--store", "fake"]);
    with(&user(&url)).succeeds().stdout_is("token-0\n");
    assert!(!Path::new(&home.path().join("state/tokens.json")).exists());
    let running: Vec<_> = (0..8).map(|_| with(&["get", "u"]).start()).collect();
    for run in running {
        run.finish().exits(0).stdout_is("token-1\n");
    }
    assert_eq!(endpoint.count(), 2);
    let kept: Value = serde_json::from_str(&helper.read("kept.json")).expect("JSON");
    assert_eq!(kept.as_object().expect("an object").len(), 1, "{kept}");
    with(&["rename", "u", "a b/c"]).succeeds();
    with(&["list"]).succeeds().stdout_has("a b/c\tpassword\t");
    with(&["show", "a b/c"]).succeeds().stdout_has("grant: password");
    let sign = Tool::new("sign").args(["oauth2", "--token-name", "a b/c", "--store", "fake", "--to", "header"]);
    let path = format!("{}:{}", helper.0.display(), std::env::var("PATH").expect("a path"));
    let sign = sign.env("COUNTERSIGN_HOME", home.path()).env("PATH", path).env("FAKE", &helper.0);
    sign.stdin("https://x.example/\n").succeeds().stdout_is("Authorization: Bearer token-1\n");
    with(&["delete", "a b/c"]).succeeds();
    with(&["delete", "a b/c"]).fails(1).stderr_has("no token");
    assert_eq!(helper.read("kept.json"), "{}");
    let log = helper.read("log");
    assert!(!log.is_empty() && log.lines().all(|line| ["get", "store", "erase", "list"].contains(&line)), "{log}");
}

#[test]
fn a_helper_that_fails_or_is_not_there_costs_no_token() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let (home, url) = (Home::new(), endpoint.url());
    let helper = FakeHelper::new(&home);
    let broken = helper.run(&home, &machine(&url)).args(["--store", "fake"]).env("BROKEN", "1").fails(1);
    broken.stdout_is("token-0\n").stderr_has("docker-credential-fake").stderr_has("locked keychain").never_says("{");
    let missing = home.run(&machine(&url)).args(["--store", "nothere"]).fails(1);
    missing.stdout_is("token-1\n").stderr_has("docker-credential-nothere");
    home.run(&machine(&url)).args(["--store", "../x"]).fails(2).stdout_is("");
}

#[test]
fn a_helper_answers_for_the_hosts_of_its_profile_or_for_the_site_of_its_server_alone() {
    let proxy = Endpoint::new(|index, _| (200, numbered(index)));
    let address = proxy.url().trim_end_matches("/token").to_owned();
    let profile = |endpoint: &str, hosts: &[&str]| {
        let home = Home::new();
        let add = ["profile", "add", "m", "--grant", "client_credentials", "--client-id", "id", "--allow-http"];
        let hosts = hosts.iter().flat_map(|host| ["--host", host]);
        home.run(&add).args(["--access-token-url", endpoint]).args(hosts).succeeds();
        home
    };
    let docker = |home: &Home, server: &str| {
        let tool = home.run(&["docker-credential", "get", "--token-name", "m"]).env("http_proxy", &address);
        tool.stdin(format!("{server}\n")).run()
    };
    let git = |home: &Home, protocol: &str, host: &str| {
        let tool = home.run(&["git-credential", "get", "--token-name", "m"]).env("http_proxy", &address);
        tool.stdin(format!("protocol={protocol}\nhost={host}\n\n")).run()
    };
    let site = profile("http://auth.docker.io/token", &[]);
    let suffix = profile("http://someone.github.io/token", &[]);
    let address_only = profile(&proxy.url(), &[]);
    let named = profile("http://auth.docker.io/token", &["ghcr.io", "Localhost:5000", "https://git.example.com"]);
    for (home, server, is_answered) in [
        (&site, "https://index.docker.io/v1/", true),
        (&site, "index.docker.io", true),
        (&site, "DOCKER.IO:443", true),
        (&site, "auth.docker.io", true),
        (&site, "evil.example", false),
        (&site, "docker.io.evil.example", false),
        (&site, "evildocker.io", false),
        (&site, "https://docker.io@evil.example/", false),
        (&site, "evil.example/docker.io", false),
        (&site, "http://index.docker.io/v1/", false),
        (&site, "", false),
        (&site, "docker.io. evil.example", false),
        (&suffix, "someone.github.io", true),
        (&suffix, "else.github.io", false),
        (&suffix, "github.io", false),
        (&address_only, "127.0.0.1:5000", true),
        (&address_only, "http://127.0.0.1:5000", true),
        (&address_only, "127.0.0.2", false),
        (&address_only, "localhost", false),
        (&named, "ghcr.io", true),
        (&named, "https://GHCR.IO:8443/v2/", true),
        (&named, "sub.ghcr.io", false),
        (&named, "http://ghcr.io", false),
        (&named, "localhost:5000", true),
        (&named, "localhost:5001", false),
        (&named, "localhost", false),
        (&named, "git.example.com", true),
        (&named, "index.docker.io", false),
    ] {
        let output = docker(home, server);
        if is_answered {
            output.exits(0).stdout_has("\"Secret\":\"token-");
        } else {
            output.exits(1).stdout_is("credentials not found in native keychain\n").never_says("token-");
        }
        if !server.contains('/') && !server.is_empty() {
            let output = git(home, "https", server).exits(0);
            if is_answered {
                output.stdout_has("password=token-");
            } else {
                output.stdout_is("");
            }
        }
    }
    git(&named, "http", "ghcr.io").exits(1).stdout_is("").stderr_has("https");
    // Nobody is asked for a token that is for others anyway.
    let before = proxy.count();
    let fresh = profile("http://auth.docker.io/token", &[]);
    docker(&fresh, "evil.example").exits(1);
    git(&fresh, "https", "evil.example").exits(0).stdout_is("");
    assert_eq!(proxy.count(), before);
    let wrong = fresh.run(&["docker-credential", "get", "--token-name", "m", "--host", "a b"]).stdin("ghcr.io\n");
    wrong.fails(2).stderr_has("--host");
}
