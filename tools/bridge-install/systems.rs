//! Tests: what is planned and done on every system's layout, from fake homes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use countersign_shared::bridge::manifest::{self, Callers, Manifest};
use countersign_shared::bridge::places::{Folders, System};
use countersign_shared::encode;
use countersign_shared::moment;

use crate::environment::{Environment, Force, Selection};
use crate::failure::{Failure, Name};
use crate::plan;
use crate::registry::Memory;
use crate::removal::{self, Extent};
use crate::step::{Change, Plan};
use crate::{execute, script};

/// A home that goes with its test.
struct Home {
    path: PathBuf,
    registry: Rc<RefCell<Memory>>,
    system: System,
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

impl Home {
    fn new(system: System, folders: &[&str]) -> Self {
        let path = std::env::temp_dir().join(format!("home-{}", encode::hex(&moment::random(8).unwrap())));
        std::fs::create_dir_all(path.join("bin")).unwrap();
        for folder in folders {
            std::fs::create_dir_all(path.join(folder)).unwrap();
        }
        std::fs::write(path.join("bin").join(manifest::BINARY), "a bridge").unwrap();
        Self { path, registry: Rc::default(), system }
    }

    fn environment(&self) -> Environment {
        let home = &self.path;
        Environment {
            folders: Folders {
                system: self.system,
                home: home.clone(),
                config: home.join(".config"),
                local: home.join("AppData/Local"),
                roaming: home.join("AppData/Roaming"),
                programs: vec![home.join("programs")],
            },
            state: home.join("state"),
            sockets: home.join("run"),
            binary: home.join("bin").join(manifest::BINARY),
            policies: vec![home.join("policies")],
            registry: Box::new(Rc::clone(&self.registry)),
        }
    }

    fn install(&self, selection: &Selection) -> Plan {
        let mut environment = self.environment();
        let mut plan = plan::install(&environment, selection).unwrap();
        execute::run(&mut plan, environment.registry.as_mut());
        plan
    }

    fn uninstall(&self, extent: Extent) -> Plan {
        let mut environment = self.environment();
        let mut plan = removal::uninstall(&environment, &selection(), extent).unwrap();
        execute::run(&mut plan, environment.registry.as_mut());
        plan
    }

    fn manifest(&self, path: &str) -> Manifest {
        let path = self.path.join(path);
        let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_slice(&text).unwrap()
    }

    /// Every file and folder below it.
    fn tree(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.path.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path.clone());
                }
                found.push(path.strip_prefix(&self.path).unwrap().display().to_string());
            }
        }
        found.sort();
        found
    }
}

fn selection() -> Selection {
    Selection { host: manifest::HOST.to_owned(), callers: Callers::default(), ..Selection::default() }
}

fn changes(plan: &Plan) -> usize {
    plan.items.iter().filter(|item| item.change != Change::None).count()
}

#[test]
fn linux_gets_a_manifest_for_each_browser_and_all_of_it_goes_again() {
    let folders = [
        ".config/google-chrome",
        ".config/BraveSoftware/Brave-Browser",
        ".mozilla/firefox",
        ".zen",
        "snap/chromium/common/chromium",
    ];
    let home = Home::new(System::Linux, &folders);
    let before = home.tree();
    let plan = home.install(&selection());
    assert_eq!(plan.failures, []);
    assert!(plan.notes[0].starts_with("chromium-snap: left alone"), "{:?}", plan.notes);
    let bridge = home.path.join("state/bridge").join(manifest::BINARY);
    for browser in ["google-chrome", "BraveSoftware/Brave-Browser"] {
        let manifest = home.manifest(&format!(".config/{browser}/NativeMessagingHosts/countersign.bridge.json"));
        assert_eq!(manifest.allowed_origins, [manifest::origin(manifest::EXTENSION)]);
        assert_eq!(Path::new(&manifest.path), bridge);
    }
    for folder in [".mozilla", ".zen"] {
        let manifest = home.manifest(&format!("{folder}/native-messaging-hosts/countersign.bridge.json"));
        assert_eq!(manifest.allowed_extensions, [manifest::ADD_ON]);
    }
    assert_eq!(std::fs::read(&bridge).unwrap(), b"a bridge");
    assert!(!home.path.join(".config/chromium").exists(), "no folder for a browser that is not here");
    assert_eq!(changes(&plan::install(&home.environment(), &selection()).unwrap()), 0, "once is enough");
    let gone = home.uninstall(Extent::Installation);
    assert_eq!(gone.failures, []);
    assert_eq!(home.tree(), before);
}

#[test]
fn a_flatpak_gets_a_bridge_of_its_own_with_key_and_socket() {
    let home = Home::new(System::Linux, &[".var/app/org.chromium.Chromium/config/chromium"]);
    home.install(&selection());
    let data = ".var/app/org.chromium.Chromium/data/countersign/bridge";
    let manifest =
        home.manifest(".var/app/org.chromium.Chromium/config/chromium/NativeMessagingHosts/countersign.bridge.json");
    assert_eq!(Path::new(&manifest.path), home.path.join(data).join(manifest::BINARY));
    let read = |path: &str| std::fs::read_to_string(home.path.join(path)).unwrap();
    assert_eq!(read(&format!("{data}/bridge.key")), read("state/bridge.key"));
    assert!(read("state/bridges.json").contains(".var/app/org.chromium.Chromium/data/countersign/run"));
    home.uninstall(Extent::Everything);
    assert!(!home.path.join(".var/app/org.chromium.Chromium/data").exists());
}

#[test]
fn macos_gets_its_manifests_below_application_support() {
    let folders = ["Library/Application Support/Google/Chrome", "Library/Application Support/Firefox"];
    let home = Home::new(System::Mac, &folders);
    std::fs::create_dir_all(home.path.join("programs/Arc.app")).unwrap();
    let before = home.tree();
    assert_eq!(home.install(&selection()).failures, []);
    for path in ["Google/Chrome", "Arc/User Data", "Mozilla"] {
        let path = format!("Library/Application Support/{path}/NativeMessagingHosts/countersign.bridge.json");
        assert_eq!(home.manifest(&path).transport, "stdio");
    }
    home.uninstall(Extent::Everything);
    assert_eq!(home.tree(), before);
}

#[test]
fn windows_gets_keys_that_name_a_manifest_for_each_family() {
    let home = Home::new(
        System::Windows,
        &[
            "AppData/Local/Vivaldi/User Data",
            "AppData/Local/Microsoft/Edge/User Data",
            "AppData/Roaming/Mozilla/Firefox",
        ],
    );
    let before = home.tree();
    assert_eq!(home.install(&selection()).failures, []);
    let keys: Vec<String> = home.registry.borrow().values.keys().cloned().collect();
    assert_eq!(
        keys,
        [
            r"Software\Google\Chrome\NativeMessagingHosts\countersign.bridge",
            r"Software\Microsoft\Edge\NativeMessagingHosts\countersign.bridge",
            r"Software\Mozilla\NativeMessagingHosts\countersign.bridge",
            r"Software\Vivaldi\NativeMessagingHosts\countersign.bridge",
        ]
    );
    let named = home.registry.borrow().values[&keys[1]].clone();
    assert_eq!(named, home.path.join("state/bridge/countersign.bridge.chromium.json").display().to_string());
    assert_eq!(home.manifest("state/bridge/countersign.bridge.firefox.json").allowed_extensions, [manifest::ADD_ON]);
    assert_eq!(changes(&plan::install(&home.environment(), &selection()).unwrap()), 0);
    let script = script::text(
        &removal::uninstall(&home.environment(), &selection(), Extent::Everything).unwrap().items,
        System::Windows,
    );
    assert!(
        script.contains(r"reg delete 'HKCU\Software\Mozilla\NativeMessagingHosts\countersign.bridge' /f"),
        "{script}"
    );
    home.uninstall(Extent::Everything);
    assert!(home.registry.borrow().values.is_empty());
    assert_eq!(home.tree(), before);
}

#[test]
fn a_key_of_another_program_is_kept_and_a_locked_registry_is_named() {
    let home = Home::new(System::Windows, &["AppData/Local/Google/Chrome/User Data"]);
    let key = r"Software\Google\Chrome\NativeMessagingHosts\countersign.bridge";
    std::fs::write(home.path.join("other.json"), r#"{"name":"x","description":"","path":"C:\\x.exe","type":"stdio"}"#)
        .unwrap();
    let other = home.path.join("other.json").display().to_string();
    home.registry.borrow_mut().values.insert(key.to_owned(), other.clone());
    let plan = home.install(&selection());
    assert!(
        plan.failures[0].to_string().contains("belongs to another program: it starts C:\\x.exe"),
        "{:?}",
        plan.failures
    );
    home.uninstall(Extent::Everything);
    assert_eq!(home.registry.borrow().values[key], other);
    home.registry.borrow_mut().is_locked = true;
    let plan = home.install(&Selection { force: Force::Yes, ..selection() });
    assert_eq!(plan.failures[0].name(), Some(Name::RegistryAccessNeeded), "{:?}", plan.failures);
    assert!(plan.failures[0].to_string().contains(key));
}

#[test]
fn what_moved_is_repaired() {
    let home = Home::new(System::Linux, &[".config/chromium"]);
    home.install(&selection());
    let path = home.path.join(".config/chromium/NativeMessagingHosts/countersign.bridge.json");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace(&home.path.display().to_string(), "/elsewhere")).unwrap();
    std::fs::write(home.path.join("state/bridge").join(manifest::BINARY), "an older bridge").unwrap();
    let plan = home.install(&selection());
    let repaired: Vec<String> =
        plan.items.iter().filter(|item| item.change == Change::Repair).map(|item| item.step.place()).collect();
    assert_eq!(repaired.len(), 2, "{repaired:?}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn no_browser_is_an_error_with_a_name_and_the_place_that_was_looked_at() {
    let home = Home::new(System::Linux, &[".mozilla/native-messaging-hosts"]);
    let name = |selection: Selection| plan::install(&home.environment(), &selection).map(|_| ()).unwrap_err();
    let none = name(selection());
    assert_eq!(none.name(), Some(Name::ChromeNotInstalled));
    assert!(none.to_string().contains(&home.path.join(".config").display().to_string()));
    let firefox = name(Selection { browsers: vec!["firefox".into()], ..selection() });
    assert_eq!(firefox.name(), Some(Name::BrowserNotInstalled));
    let brave = name(Selection { browsers: vec!["brave".into()], ..selection() });
    assert_eq!(brave.name(), Some(Name::ChromeNotInstalled));
    assert!(matches!(name(Selection { browsers: vec!["netscape".into()], ..selection() }), Failure::Usage(_)));
    let forced = home.install(&Selection { browsers: vec!["brave".into()], force: Force::Yes, ..selection() });
    assert_eq!(forced.failures, []);
}

#[test]
fn a_policy_that_forbids_hosts_is_found() {
    let home = Home::new(System::Linux, &["policies"]);
    let file = home.path.join("policies/x.json");
    let problems = |policy: &str| {
        std::fs::write(&file, policy).unwrap();
        home.environment().policy_findings(&selection()).len()
    };
    assert_eq!(problems(r#"{"NativeMessagingUserLevelHosts":false}"#), 1);
    assert_eq!(problems(r#"{"NativeMessagingBlocklist":["*"]}"#), 1);
    assert_eq!(problems(r#"{"NativeMessagingBlocklist":["*"],"NativeMessagingAllowlist":["countersign.bridge"]}"#), 0);
    assert_eq!(problems(r#"{"NativeMessagingUserLevelHosts":true}"#), 0);
}
