//! Files that hold commands or keys are used only if they are this user's and nobody else may write to them.

use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};

use super::home::{Endpoint, Home, machine, numbered};
use crate::support::Tool;

const NOBODY: u32 = 65534;

/// Each file with a tool that reads it, and the arguments.
const FILES: [(&str, &str, &[&str]); 4] = [
    ("config/profiles.toml", "oauth-token", &["get", "work"]),
    ("state/tokens.json", "oauth-token", &["get", "m"]),
    ("state/bridge-custom.key", "bridge-install", &["key", "show"]),
    ("state/capture-ca.pem", "capture", &["ca"]),
];

#[test]
fn a_file_with_commands_or_keys_that_somebody_else_can_write_is_refused() {
    let endpoint = Endpoint::new(|index, _| (200, numbered(index)));
    let home = Home::new();
    let run = |tool: &str, arguments: &[&str]| Tool::new(tool).args(arguments).env("COUNTERSIGN_HOME", home.path());
    run("oauth-token", &machine(&endpoint.url())).succeeds();
    let secret = format!("cmd:touch {}; echo s", home.path().join("mark").display());
    let url = endpoint.url();
    let add = ["profile", "add", "work", "--grant", "client_credentials", "--client-id", "id"];
    run("oauth-token", &add).args(["--access-token-url", &url, "--client-secret", &secret]).succeeds();
    run("bridge-install", &["key", "set", "abcdefghij0123"]).succeeds();
    run("capture", &["ca"]).succeeds();
    for (file, tool, arguments) in FILES {
        let path = home.path().join(file);
        for mode in [0o666, 0o620, 0o602] {
            std::fs::set_permissions(&path, Permissions::from_mode(mode)).expect("a mode");
            let refused = run(tool, arguments).run();
            assert!(!refused.status.success(), "{file} {mode:o}");
            refused.stdout_is("").stderr_has("can be written by other users").stderr_has(file);
        }
        std::fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("a mode");
        if std::fs::metadata(&path).expect("a file").uid() == 0 {
            chown(&path, Some(NOBODY), None).expect("an owner");
            let refused = run(tool, arguments).run();
            assert!(!refused.status.success(), "{file}");
            refused.stdout_is("").stderr_has("belongs to another user").stderr_has(file);
            chown(&path, Some(0), None).expect("an owner");
        } else {
            println!("skipped for {file}: only root can give a file away");
        }
        assert!(!home.path().join("mark").exists(), "{file}");
    }
    for (_, tool, arguments) in FILES {
        run(tool, arguments).succeeds();
    }
    assert!(home.path().join("mark").exists());
}
