//! `bridge-install` for real, in a fake home: from nothing to a browser that talks, and back to nothing.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use countersign_shared::bridge::key::Keys;
use serde_json::{Value, json};

use crate::support::extension::{Extension, ORIGIN};
use crate::support::tool::write_program;
use crate::support::{Output, Tool, bin};

const MANIFEST: &str = ".config/chromium/NativeMessagingHosts/countersign.bridge.json";

/// A home with a Chromium that was used.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self::empty();
        std::fs::create_dir_all(home.path(".config/chromium/Default")).unwrap();
        home
    }

    fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn tool(&self, arguments: &[&str]) -> Tool {
        // The browsers of this computer are not those of this home.
        let tool = Tool::new("bridge-install").args(arguments).env("HOME", self.0.path()).env("PATH", "/nowhere");
        tool.env("COUNTERSIGN_HOME", self.path("countersign"))
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.tool(arguments).run()
    }

    fn manifest(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.path(MANIFEST)).unwrap()).unwrap()
    }

    fn program(&self) -> PathBuf {
        PathBuf::from(self.manifest()["path"].as_str().unwrap())
    }

    fn tree(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.0.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path.clone());
                }
                found.push(path);
            }
        }
        found.sort();
        found
    }
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn from_nothing_to_connected_and_back_to_nothing() {
    let home = Home::new();
    let before = home.tree();
    home.run(&["status"]).exits(1).stdout_has("Dependencies not installed\n");
    home.run(&["install"]).exits(0).stdout_has(MANIFEST).stderr_is("");
    assert_eq!(home.manifest()["allowed_origins"], json!([ORIGIN]));
    assert_eq!(home.manifest()["name"], "countersign.bridge");
    for path in [home.path(MANIFEST), home.path("countersign/state/bridge.key")] {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    assert_eq!(mode(&home.program()), 0o700);
    home.run(&["status"]).exits(1).stdout_has("Not connected\n").stdout_has("no browser has started the bridge");
    home.run(&["doctor"]).exits(0).stdout_has("countersign-bridge 0.1.0 answers").stdout_has("INTERNET_CONNECTIVITY");

    let key = Keys::within(home.path("countersign/state")).default().unwrap().unwrap();
    let mut extension = Extension::start_program(&home.program(), home.0.path(), &[ORIGIN]);
    extension.greet("chromium");
    extension.hear_kind("key");
    let browser = std::thread::spawn(move || {
        let number = extension.accept(&key);
        while extension.hear_sealed().1["type"] != "subscribe" {}
        extension.say_sealed(number, &json!({ "type": "state", "sharing": true, "version": "0.1.0" }));
        extension.hear_kind("close");
        extension
    });
    let status = home.run(&["status", "--json"]).exits(0).json().remove(0);
    assert_eq!(status["status"], "Connected");
    assert_eq!(status["connected"][0]["browser"], "chromium");
    assert_eq!(status["connected"][0]["extension"], "0.1.0");
    assert_eq!(browser.join().unwrap().end(Duration::from_secs(2)).0.code(), Some(0));

    home.run(&["install"]).exits(0).stdout_is("nothing to do\n");
    home.run(&["uninstall"]).exits(0).stdout_has(MANIFEST);
    let after = home.tree();
    assert_eq!(after, before, "nothing is left");
}

#[test]
fn nothing_is_done_when_only_asked() {
    let home = Home::new();
    let before = home.tree();
    home.run(&["install", "--dry-run"]).exits(0).stdout_has(MANIFEST);
    let plan = home.run(&["install", "--dry-run", "--json"]).exits(0).json().remove(0);
    let is_manifest = |step: &&Value| step["path"].as_str().is_some_and(|path| path.ends_with(MANIFEST));
    let step = plan["steps"].as_array().unwrap().iter().find(is_manifest).expect("the manifest");
    assert_eq!(
        (&step["do"], &step["change"], &step["browser"]),
        (&json!("write-file"), &json!("new"), &json!("chromium"))
    );
    let script = home.run(&["install", "--print-script"]).exits(0).out();
    assert_eq!(home.tree(), before);
    Tool::program("/bin/sh").arg("-e").stdin(&script).succeeds();
    home.run(&["doctor"]).exits(0);
    // A script repairs as `install` does: what was open to others is closed.
    for path in [MANIFEST, "countersign/state/bridge.key", "countersign/state/bridges.json"] {
        std::fs::set_permissions(home.path(path), std::fs::Permissions::from_mode(0o644)).unwrap();
    }
    std::fs::write(home.path(MANIFEST), r#"{"path":"/old/countersign-bridge"}"#).unwrap();
    let script = home.run(&["install", "--print-script"]).exits(0).out();
    Tool::program("/bin/sh").arg("-e").stdin(&script).succeeds();
    home.run(&["install"]).exits(0).stdout_is("nothing to do\n");
    assert_eq!(mode(&home.path("countersign/state/bridge.key")), 0o600);
    let script = home.run(&["uninstall", "--print-script"]).exits(0).out();
    Tool::program("/bin/sh").arg("-e").stdin(&script).succeeds();
    assert!(!home.path(MANIFEST).exists());
}

#[test]
fn what_is_not_ours_is_kept_without_force() {
    let home = Home::new();
    let other = r#"{"name":"countersign.bridge","description":"","path":"/opt/other","type":"stdio"}"#;
    for text in [other, "no manifest"] {
        std::fs::create_dir_all(home.path(MANIFEST).parent().unwrap()).unwrap();
        std::fs::write(home.path(MANIFEST), text).unwrap();
        home.run(&["install"]).exits(1).stderr_has(MANIFEST).stderr_has("belongs to another program");
        home.run(&["uninstall"]).exits(0).stderr_has(MANIFEST).stderr_has("kept");
        home.run(&["reset"]).exits(0);
        assert_eq!(std::fs::read_to_string(home.path(MANIFEST)).unwrap(), text);
        home.run(&["install", "--force"]).exits(0);
        assert_eq!(home.manifest()["allowed_origins"], json!([ORIGIN]));
        home.run(&["uninstall"]).exits(0);
    }
}

#[test]
fn a_manifest_is_ours_by_its_path_whatever_else_it_says() {
    let home = Home::new();
    std::fs::create_dir_all(home.path(MANIFEST).parent().unwrap()).unwrap();
    for text in [
        r#"{"path":"/old/place/countersign-bridge"}"#,
        r#"{"name":3,"path":"C:\\old\\countersign-bridge.exe","allowed_origins":"x"}"#,
    ] {
        std::fs::write(home.path(MANIFEST), text).unwrap();
        home.run(&["status"]).exits(1).stdout_has("names another host");
        home.run(&["install"]).exits(0).stdout_has("repaired: chromium: ");
        home.run(&["doctor"]).exits(0);
    }
    let bridge = home.path("bridge").display().to_string();
    for (program, exit) in [("other", 0), ("sub/other", 0), ("../other", 1)] {
        let text = json!({ "path": format!("{bridge}/{program}") }).to_string();
        std::fs::write(home.path(MANIFEST), &text).unwrap();
        home.run(&["install", "--dry-run", "--bridge-dir", &bridge]).exits(exit);
        home.run(&["install", "--dry-run"]).exits(1).stderr_has("belongs to another program");
    }
}

#[test]
fn what_others_have_in_the_folder_of_the_bridge_is_kept() {
    let home = Home::new();
    let folder = home.path("bridge");
    let arguments = ["--bridge-dir", folder.to_str().unwrap()];
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("bridge.json"), "theirs").unwrap();
    std::fs::write(folder.join("bridge.key"), "theirs").unwrap();
    home.run(&[&["install"], &arguments[..]].concat()).exits(1).stderr_has("bridge.json: belongs to another program");
    assert!(!home.path(MANIFEST).exists() && !folder.join("countersign-bridge").exists());
    home.run(&[&["reset"], &arguments[..]].concat()).exits(0);
    assert_eq!(std::fs::read_to_string(folder.join("bridge.json")).unwrap(), "theirs");
    home.run(&[&["install", "--force"], &arguments[..]].concat()).exits(0);
    home.run(&[&["reset"], &arguments[..]].concat()).exits(0);
    assert!(!folder.join("bridge.json").exists());
    assert_eq!(std::fs::read_to_string(folder.join("bridge.key")).unwrap(), "theirs");
    // A folder that was there before stays, though it is empty.
    std::fs::remove_file(folder.join("bridge.key")).unwrap();
    home.run(&[&["install"], &arguments[..]].concat()).exits(0);
    home.run(&[&["uninstall"], &arguments[..]].concat()).exits(0);
    assert!(folder.exists());
}

#[test]
fn uninstalling_leaves_no_manifest_of_a_bridge_that_is_gone() {
    let home = Home::new();
    let before = home.tree();
    let bridge = home.path("postman/bridge");
    let bridge = bridge.to_str().unwrap();
    home.run(&["install"]).exits(0);
    home.run(&["install", "--host-name", "com.postman.postmanapp", "--bridge-dir", bridge]).exits(0);
    home.run(&["uninstall"]).exits(0).stdout_has("com.postman.postmanapp.json");
    assert_eq!(home.tree(), before);
}

#[test]
fn places_that_are_named_relatively_are_found_by_browsers() {
    let home = Home::new();
    let tool = |arguments: &[&str]| {
        home.tool(arguments).env("COUNTERSIGN_HOME", "here").env("HOME", ".").within(home.0.path())
    };
    tool(&["install"]).run().exits(0);
    assert!(home.program().is_absolute());
    tool(&["doctor"]).run().exits(0);
    home.tool(&["doctor"]).env("COUNTERSIGN_HOME", home.path("here")).run().exits(0);
}

#[test]
#[cfg(target_os = "linux")]
fn a_bridge_answers_however_long_the_path_of_its_socket_is() {
    let home = Home::new();
    let long = home.path(&format!("{0}/{0}", "long".repeat(30)));
    home.tool(&["install"]).env("COUNTERSIGN_HOME", &long).run().exits(0);
    let doctor = home.tool(&["doctor"]).env("COUNTERSIGN_HOME", &long).run();
    doctor.exits(0).stdout_has("countersign-bridge 0.1.0 answers");
}

#[test]
fn errors_have_interceptors_names_a_path_and_a_cure() {
    let empty = Home::empty();
    empty.run(&["install"]).exits(1).stdout_is("").stderr_has("CHROME_NOT_INSTALLED: ").stderr_has(".config");
    empty
        .run(&["install", "--browser", "chrome"])
        .exits(1)
        .stderr_has("CHROME_NOT_INSTALLED")
        .stderr_has("google-chrome");
    empty.run(&["install", "--browser", "firefox"]).exits(1).stderr_has("BROWSER_NOT_INSTALLED").stderr_has(".mozilla");
    empty.run(&["install", "--browser", "netscape"]).exits(2).stderr_has("chromium");
    empty.run(&["status"]).exits(1).stdout_has("Dependencies not installed").stdout_has("CHROME_NOT_INSTALLED");
    empty.run(&["doctor"]).exits(1).stdout_has("FAIL  CHROME_NOT_INSTALLED");

    // A file in the way of a folder: even root cannot write there.
    let home = Home::new();
    std::fs::write(home.path(".config/chromium/NativeMessagingHosts"), "").unwrap();
    let said =
        home.run(&["install"]).exits(1).stderr_has("FILE_PERMISSIONS_REQUIRED: ").stderr_has("NativeMessagingHosts");
    assert!(!said.out().contains("NativeMessagingHosts"), "what was not done is not said to be:\n{}", said.out());
    // A folder in the way of a file: it cannot be removed as one either.
    let program = home.path("countersign/state/bridge/countersign-bridge");
    std::fs::remove_file(&program).unwrap();
    std::fs::create_dir(&program).unwrap();
    for command in ["install", "uninstall", "reset"] {
        let said =
            home.run(&[command]).exits(1).stderr_has("FILE_PERMISSIONS_REQUIRED: ").stderr_has("countersign-bridge: ");
        assert!(!said.out().contains("countersign-bridge\n"), "{command}:\n{}", said.out());
    }
}

#[test]
fn the_doctor_names_what_is_broken_and_install_repairs_it() {
    let home = Home::new();
    let broken = |what: &str, breakage: &dyn Fn(&Home)| {
        home.run(&["install"]).exits(0);
        breakage(&home);
        let found = home.run(&["doctor"]).exits(1);
        assert!(
            found.out().lines().any(|line| line.starts_with("FAIL") && line.contains(what)),
            "{what}:\n{}",
            found.out()
        );
        home.run(&["install"]).exits(0);
        home.run(&["doctor"]).exits(0);
    };
    let edit = |home: &Home, from: &str, to: &str| {
        let text = std::fs::read_to_string(home.path(MANIFEST)).unwrap();
        assert!(text.contains(from));
        std::fs::write(home.path(MANIFEST), text.replace(from, to)).unwrap();
    };
    broken("is not there", &|home| std::fs::remove_file(home.path(MANIFEST)).unwrap());
    broken("allowed_origins does not have", &|home| edit(home, "bogld", "aaaaa"));
    broken("is not absolute", &|home| edit(home, &home.program().display().to_string(), "countersign-bridge"));
    broken("is not there", &|home| std::fs::remove_file(home.program()).unwrap());
    broken("FILE_PERMISSIONS_REQUIRED", &|home| {
        std::fs::set_permissions(home.program(), std::fs::Permissions::from_mode(0o600)).unwrap();
    });
    broken("is not a key", &|home| std::fs::write(home.path("countersign/state/bridge.key"), "short").unwrap());
    let open = |path: PathBuf| std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o666)).unwrap();
    broken("FILE_PERMISSIONS_REQUIRED", &|home| open(home.path(MANIFEST)));
    broken("others may read it", &|home| open(home.path("countersign/state/bridge.key")));
    // Another user may have put a key there that they know.
    let key = || std::fs::read(home.path("countersign/state/bridge.key")).unwrap();
    let before = key();
    open(home.path("countersign/state/bridge.key"));
    home.run(&["install"]).exits(0);
    assert_ne!(key(), before);
    broken("is not the bridge that came with", &|home| write_program(&home.program(), "#!/bin/sh\nexit 3\n"));
}

#[test]
fn a_data_folder_of_ones_own_gets_its_manifest() {
    let home = Home::empty();
    let folder = home.path("profile");
    let argument = folder.to_str().unwrap();
    home.run(&["install", "--user-data-dir", argument]).exits(0);
    assert!(folder.join("NativeMessagingHosts/countersign.bridge.json").is_file());
    home.run(&["doctor", "--user-data-dir", argument]).exits(0);
    for browsers in [&["netscape"][..], &["firefox"], &["brave", "chrome"]] {
        let named: Vec<&str> = browsers.iter().flat_map(|name| ["--browser", name]).collect();
        home.run(&[&["install", "--user-data-dir", argument], &named[..]].concat()).exits(2).stdout_is("");
    }
    home.run(&["status", "--user-data-dir", argument]).exits(1).stdout_has("Not connected");
    home.run(&["uninstall"]).exits(0);
    assert!(!folder.exists(), "what install made goes again");
}

#[test]
fn interceptors_layout_can_be_had() {
    let home = Home::new();
    let bridge = home.path(".postman/InterceptorBridge");
    let id = "aicmkgpgakddgnaphhhpliifpcfhicfo";
    let arguments =
        ["--host-name", "com.postman.postmanapp", "--extension-id", id, "--bridge-dir", bridge.to_str().unwrap()];
    home.run(&[&["install"], &arguments[..]].concat()).exits(0);
    let path = home.path(".config/chromium/NativeMessagingHosts/com.postman.postmanapp.json");
    let manifest: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let origin = format!("chrome-extension://{id}/");
    assert_eq!(manifest["allowed_origins"], json!([origin]));
    assert_eq!(manifest["path"], bridge.join("countersign-bridge").to_str().unwrap());
    // The bridge answers whom it was installed for, and nobody else.
    let program = bridge.join("countersign-bridge");
    Tool::program(&program).arg(ORIGIN).fails(1).stderr_has("unknown caller");
    Tool::program(&program).arg(&origin).succeeds();
    home.run(&[&["doctor"], &arguments[..]].concat()).exits(0);
    home.run(&[&["reset"], &arguments[..]].concat()).exits(0);
    assert!(!path.exists() && !bridge.exists());
    // In one folder, the bridge answers both hosts' extensions.
    let other = &arguments[..4];
    home.run(&["install"]).exits(0);
    home.run(&[&["install"], other].concat()).exits(0);
    home.run(&["install"]).exits(0);
    for host in [&[][..], other] {
        home.run(&[&["doctor"], host].concat()).exits(0);
    }
    home.run(&["install", "--host-name", "Bad-Name"]).exits(2);
    home.run(&["install", "--extension-id", "short"]).exits(2);
}

#[test]
fn a_key_of_ones_own_is_set_shown_and_cleared() {
    let home = Home::new();
    for bad in ["short", "ninechars", "with-hyphen-1", "exactly ten"] {
        home.run(&["key", "set", bad]).exits(2).stdout_is("");
    }
    home.run(&["key", "set"]).exits(2);
    home.run(&["key", "show"]).exits(1).stdout_is("");
    home.run(&["key", "set", "abcdefghi1"]).exits(0).stdout_is("");
    home.run(&["key", "show"]).exits(0).stdout_is("abcdefghi1\n");
    home.tool(&["key", "set", "env:KEY"]).env("KEY", "0123456789").succeeds();
    home.run(&["key", "show"]).exits(0).stdout_is("0123456789\n");
    assert_eq!(mode(&home.path("countersign/state/bridge-custom.key")), 0o600);
    home.run(&["install"]).exits(0);
    home.run(&["doctor"]).exits(0).stdout_has("custom key");
    home.run(&["uninstall"]).exits(0);
    home.run(&["key", "show"]).exits(0);
    home.run(&["reset"]).exits(0);
    home.run(&["key", "show"]).exits(1);
    home.run(&["key", "clear"]).exits(0);
}

#[test]
fn the_extension_is_unpacked_and_updated() {
    let home = Home::empty();
    let folder = home.path("extension");
    let to = folder.to_str().unwrap();
    home.run(&["extension", "--to", to]).exits(0).stdout_has("chrome://extensions").stdout_has("about:debugging");
    let manifest = std::fs::read(folder.join("manifest.json")).unwrap();
    let named: Value = serde_json::from_slice(&manifest).unwrap();
    for pointer in ["/background/service_worker", "/background/scripts/0", "/action/default_popup", "/icons/128"] {
        let file = folder.join(named.pointer(pointer).unwrap().as_str().unwrap());
        assert!(std::fs::metadata(&file).unwrap().len() > 0, "{}", file.display());
    }
    home.run(&["extension", "--to", to]).exits(1).stderr_has("--update");
    let text = String::from_utf8(manifest.clone()).unwrap();
    std::fs::write(folder.join("manifest.json"), text.replace("\"version\": \"0.1.0\"", "\"version\": \"0.0.1\""))
        .unwrap();
    home.run(&["extension", "--to", to, "--update"]).exits(0).stdout_has("reload");
    assert_eq!(std::fs::read(folder.join("manifest.json")).unwrap(), manifest);
    std::fs::write(folder.join("manifest.json"), "{}").unwrap();
    home.run(&["extension", "--to", to, "--update"]).exits(1).stderr_has("not this extension");
}

#[test]
fn an_update_of_the_extension_drops_what_is_no_longer_in_it_and_nothing_else() {
    let home = Home::empty();
    let folder = home.path("extension");
    let to = folder.to_str().unwrap();
    home.run(&["extension", "--to", to]).exits(0);
    Tool::program("sha256sum").args(["--check", "--quiet", "SHA256SUMS"]).within(&folder).succeeds();
    // As an older version would have left it.
    let sums = folder.join("SHA256SUMS");
    let mut list = std::fs::read_to_string(&sums).unwrap();
    let old = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    std::fs::create_dir_all(folder.join("old/deep")).unwrap();
    for name in ["old/deep/gone.js", "changed.js", "unlisted.js", "../outside.js", "icons/gone.png"] {
        std::fs::write(folder.join(name), if name == "changed.js" { "mine" } else { "abc" }).unwrap();
        if name != "unlisted.js" {
            list += &format!("{old}  {name}\n");
        }
    }
    list += &format!("{old}  {}\n\u{0}nonsense\n{old}  absent.js\n", home.path("outside.js").display());
    std::fs::write(&sums, list).unwrap();
    home.run(&["extension", "--to", to, "--update"]).exits(0);
    assert!(!folder.join("old").exists() && !folder.join("icons/gone.png").exists());
    for name in ["changed.js", "unlisted.js", "../outside.js", "icons/16.png"] {
        assert!(folder.join(name).exists(), "{name}");
    }
    Tool::program("sha256sum").args(["--check", "--quiet", "SHA256SUMS"]).within(&folder).succeeds();
}

#[test]
fn a_bridge_without_its_binary_is_said() {
    let home = Home::new();
    let alone = home.path("alone");
    write_program(&alone.join("bridge-install"), std::fs::read(bin("bridge-install")).unwrap());
    let output = Tool::program(alone.join("bridge-install")).arg("install").env("HOME", home.0.path()).run();
    output.exits(1).stderr_has("countersign-bridge").stderr_has("is not there");
}
