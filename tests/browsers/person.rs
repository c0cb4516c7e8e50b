//! A person with a real browser, in which the extension is, and with our tools in the same home.

use std::path::{Path, PathBuf};
use std::time::Duration;

use countersign_shared::bridge::key::Keys;
use countersign_shared::bridge::message::Subscription;
use serde_json::{Value, json};

use crate::support::extension::sockets;
use crate::support::peers::peer;
use crate::support::subscriber::Subscriber;
use crate::support::{Running, Tool};

/// Starting a browser on a busy machine takes its time.
const LIMIT: Duration = Duration::from_secs(90);

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Chromium,
    Firefox,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    fn program(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox-esr",
        }
    }

    /// Returns true if the browser is here; if it cannot be had, the test says so.
    pub(crate) fn is_here(self) -> bool {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let is_here = std::env::split_paths(&path).any(|folder| folder.join(self.program()).is_file());
        if !is_here {
            eprintln!("skipped: there is no {} here", self.program());
        }
        is_here
    }
}

/// A home with the extension unpacked and the bridge installed.
pub(crate) struct Person {
    pub(crate) kind: Kind,
    home: tempfile::TempDir,
}

impl Person {
    /// Does what a person does first: `bridge-install install` and `bridge-install extension`.
    pub(crate) fn new(kind: Kind) -> Self {
        let person = Self { kind, home: tempfile::tempdir().unwrap() };
        std::fs::create_dir_all(person.profile()).unwrap();
        person.tool("bridge-install").args(["extension", "--to"]).arg(person.path("extension")).succeeds();
        person.install();
        person
    }

    pub(crate) fn install(&self) {
        self.tool("bridge-install").arg("install").args(self.choice()).succeeds();
    }

    /// Which browser `bridge-install` is told of. Chromium's data folder is the default one: with it named on the
    /// browser's command line, that is where it looks.
    pub(crate) fn choice(&self) -> [&'static str; 2] {
        ["--browser", self.kind.name()]
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Returns the file that tells the browser where the bridge is.
    pub(crate) fn manifest(&self) -> PathBuf {
        match self.kind {
            Kind::Chromium => self.path(".config/chromium/NativeMessagingHosts/countersign.bridge.json"),
            Kind::Firefox => self.path(".mozilla/native-messaging-hosts/countersign.bridge.json"),
        }
    }

    fn profile(&self) -> PathBuf {
        match self.kind {
            Kind::Chromium => self.path(".config/chromium"),
            Kind::Firefox => self.path(".mozilla/firefox/test.default"),
        }
    }

    pub(crate) fn keys(&self) -> Keys {
        Keys::within(self.path("countersign/state"))
    }

    /// One of our tools in this home.
    pub(crate) fn tool(&self, name: &str) -> Tool {
        Tool::new(name).env("HOME", self.home.path()).env("COUNTERSIGN_HOME", self.path("countersign")).limit(LIMIT)
    }

    /// Any other program in this home.
    pub(crate) fn program(&self, name: &str) -> Tool {
        Tool::program(name).env("HOME", self.home.path()).within(self.home.path())
    }

    /// Something that asks browsers as tools do. All in a test are one process; names tell them apart.
    pub(crate) fn asks(&self, name: &str, domains: &[&str]) -> Subscriber {
        Subscriber::of_cookies(sockets(self.home.path()), self.keys(), name, domains)
    }

    /// The same, with whatever subscriptions.
    pub(crate) fn asks_of(&self, name: &str, subscriptions: Vec<Subscription>) -> Subscriber {
        Subscriber::start(sockets(self.home.path()), self.keys(), name, subscriptions, 1024)
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::start(self.kind, self.home.path(), &self.profile(), &self.path("extension"))
    }
}

/// The browser.
pub(crate) struct Browser {
    running: Running,
    pid: u64,
    /// True if the browser has ended already.
    is_over: bool,
    /// The tab with the popup, once it is open.
    popup: Option<u64>,
}

impl Browser {
    fn start(kind: Kind, home: &Path, profile: &Path, extension: &Path) -> Self {
        // The bridge finds its sockets by what the installation wrote down, not by the environment.
        let env = json!({ "HOME": home, "TMPDIR": home });
        let running = peer("extension_drive.js").limit(LIMIT).start();
        let mut browser = Self { running, pid: 0, is_over: true, popup: None };
        let start =
            json!({ "do": "start", "browser": kind.name(), "profile": profile, "extension": extension, "env": env });
        browser.pid = browser.ask(start)["pid"].as_u64().unwrap();
        browser.is_over = false;
        browser
    }

    #[track_caller]
    pub(crate) fn ask(&mut self, command: Value) -> Value {
        self.running.write(format!("{command}\n"));
        let outcome: Value = serde_json::from_str(&self.running.stdout_line()).unwrap();
        assert!(outcome.get("error").is_none(), "{command}: {}", outcome["error"].as_str().unwrap_or_default());
        outcome["ok"].clone()
    }

    pub(crate) fn open(&mut self, url: &str) -> u64 {
        self.ask(json!({ "do": "open", "url": url })).as_u64().unwrap()
    }

    /// Runs a script in the page; what it returns.
    #[track_caller]
    pub(crate) fn script(&mut self, tab: u64, text: &str) -> Value {
        self.ask(json!({ "do": "script", "tab": tab, "text": text }))
    }

    /// Presses a button of a page.
    #[track_caller]
    pub(crate) fn press_in(&mut self, tab: u64, name: &str) {
        self.ask(json!({ "do": "press", "tab": tab, "role": "button", "name": name }));
    }

    /// The popup's tab, opened where it is not.
    #[track_caller]
    pub(crate) fn popup(&mut self) -> u64 {
        if let Some(tab) = self.popup {
            return tab;
        }
        let tab = self.ask(json!({ "do": "popup" })).as_u64().unwrap();
        self.popup = Some(tab);
        tab
    }

    pub(crate) fn close_popup(&mut self) {
        if let Some(tab) = self.popup.take() {
            self.ask(json!({ "do": "close tab", "tab": tab }));
        }
    }

    /// Does something in the popup: `{"do":…,"role":…,"name":…}`.
    #[track_caller]
    pub(crate) fn in_popup(&mut self, mut what: Value) -> Value {
        what["tab"] = self.popup().into();
        self.ask(what)
    }

    pub(crate) fn script_in_popup(&mut self, text: &str) {
        let popup = self.popup();
        self.script(popup, text);
    }

    /// Waits until the popup says this.
    #[track_caller]
    pub(crate) fn says(&mut self, status: &str) {
        self.in_popup(json!({ "do": "wait", "role": "status", "text": status }));
    }

    /// Waits for a question in the popup and answers it.
    #[track_caller]
    pub(crate) fn answers(&mut self, tool: &str, domain: &str, answer: &str) {
        let group = json!({ "role": "group", "name": format!("{tool} {domain}") });
        self.in_popup(json!({ "do": "press", "role": "button", "name": answer, "within": group }));
    }

    /// Waits until the popup lists the domain as shared.
    #[track_caller]
    pub(crate) fn shared(&mut self, domain: &str) {
        self.in_popup(json!({
            "do": "wait", "role": "listitem", "text": domain, "within": { "role": "list", "name": "Shared domains" },
        }));
    }

    /// Ends as when a person closes it.
    #[track_caller]
    pub(crate) fn close(mut self) {
        self.ask(json!({ "do": "close" }));
        self.is_over = true;
    }

    /// Ends as in a power cut.
    pub(crate) fn kill(mut self) {
        kill(&self.pid.to_string());
        self.is_over = true;
    }

    /// Kills the bridge that this browser has started.
    pub(crate) fn kill_bridge(&self) {
        // The system keeps 15 characters of a process's name.
        let bridge = Tool::program("pgrep").args(["-P", &self.pid.to_string(), "-x", "countersign-bri"]).succeeds();
        kill(bridge.out().trim());
    }
}

/// A test that fails leaves no browser behind.
impl Drop for Browser {
    fn drop(&mut self) {
        if !self.is_over {
            kill(&self.pid.to_string());
        }
    }
}

fn kill(process: &str) {
    Tool::program("kill").args(["-s", "KILL", process]).succeeds();
}
