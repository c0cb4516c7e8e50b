//! One table, browser × system, of the places where browsers look for native-messaging manifests.
//!
//! A Chromium browser reads `NativeMessagingHosts` in its user data folder (Chromium's source,
//! `chrome/browser/extensions/api/messaging/`), Firefox a folder of its own whatever the profile (MDN, "Native
//! manifests"). On Windows the registry says where a manifest is; several browsers read Chrome's key there. Names are
//! as `--browser` takes them.

use std::path::{Path, PathBuf};

use super::manifest::Family;

/// An operating system, as far as places differ by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Linux and the BSDs.
    Linux,
    /// macOS.
    Mac,
    /// Windows.
    Windows,
}

impl System {
    /// The system that this runs on.
    pub const THIS: Self = if cfg!(windows) {
        Self::Windows
    } else if cfg!(target_os = "macos") {
        Self::Mac
    } else {
        Self::Linux
    };
}

/// The sandbox that a browser runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sandbox {
    /// No sandbox: the browser starts any program of its user.
    None,
    /// A flatpak, with its application's id. It starts only programs that it can see, so the bridge is copied into its
    /// data.
    Flatpak(&'static str),
    /// A snap that starts programs outside through a portal, after asking the user.
    SnapPortal,
    /// A snap that cannot start the bridge.
    Snap,
}

/// The folder in which a path of the table begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base {
    /// The home folder.
    Home,
    /// `$XDG_CONFIG_HOME`, else `~/.config`.
    Config,
    /// `~/Library/Application Support`.
    Library,
    /// `%LOCALAPPDATA%`.
    Local,
    /// `%APPDATA%`.
    Roaming,
}

/// A row of the table: one place where one browser looks.
#[derive(Clone, Copy, Debug)]
struct Row {
    browser: &'static str,
    family: Family,
    system: System,
    sandbox: Sandbox,
    base: Base,
    /// The folder whose existence shows that the browser was used here. For Chromium it is the user data folder.
    evidence: &'static str,
    /// The folder of manifests, or on Windows the registry keys.
    hosts: &'static [&'static str],
    /// The names of programs on the search path, or of application bundles.
    programs: &'static [&'static str],
}

/// The folders of a user in which the paths of the table begin.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The system that the folders belong to.
    pub system: System,
    /// `$HOME`.
    pub home: PathBuf,
    /// `$XDG_CONFIG_HOME`, else `~/.config`.
    pub config: PathBuf,
    /// `%LOCALAPPDATA%`.
    pub local: PathBuf,
    /// `%APPDATA%`.
    pub roaming: PathBuf,
    /// The parts of `$PATH`, and on macOS the folders of applications.
    pub programs: Vec<PathBuf>,
}

/// A place for a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A folder that the browser reads.
    Folder(PathBuf),
    /// A key below `HKEY_CURRENT_USER`, which names the manifest wherever it is.
    Registry(String),
}

/// One installation of a browser on this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The name of the browser, as `--browser` takes it.
    pub browser: String,
    /// The family, which decides the kind of manifest.
    pub family: Family,
    /// The sandbox that it runs in.
    pub sandbox: Sandbox,
    /// The browser's data folder.
    pub data: PathBuf,
    /// The places where it looks for manifests.
    pub spots: Vec<Spot>,
    /// Tells if the browser was found.
    pub presence: Presence,
}

/// The presence of a browser on this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The data or the program of the browser is there.
    Found,
    /// Neither is there.
    Absent,
}

const CHROMIUM_HOSTS: &str = "NativeMessagingHosts";

const fn chromium(
    system: System,
    base: Base,
    browser: &'static str,
    evidence: &'static str,
    programs: &'static [&'static str],
) -> Row {
    Row { browser, family: Family::Chromium, system, sandbox: Sandbox::None, base, evidence, hosts: &[], programs }
}

const fn linux(browser: &'static str, evidence: &'static str, programs: &'static [&'static str]) -> Row {
    chromium(System::Linux, Base::Config, browser, evidence, programs)
}

const fn mac(browser: &'static str, evidence: &'static str, programs: &'static [&'static str]) -> Row {
    chromium(System::Mac, Base::Library, browser, evidence, programs)
}

const fn flatpak(browser: &'static str, app: &'static str, evidence: &'static str) -> Row {
    let row = chromium(System::Linux, Base::Home, browser, evidence, &[]);
    Row { sandbox: Sandbox::Flatpak(app), ..row }
}

const fn firefox(
    system: System,
    base: Base,
    browser: &'static str,
    evidence: &'static str,
    hosts: &'static [&'static str],
    programs: &'static [&'static str],
) -> Row {
    Row { browser, family: Family::Firefox, system, sandbox: Sandbox::None, base, evidence, hosts, programs }
}

const fn windows(browser: &'static str, base: Base, evidence: &'static str, hosts: &'static [&'static str]) -> Row {
    Row { hosts, ..chromium(System::Windows, base, browser, evidence, &[]) }
}

const MOZILLA_HOSTS: &str = ".mozilla/native-messaging-hosts";
const MOZILLA: &[&str] = &[MOZILLA_HOSTS];
const CHROME_KEY: &str = r"Software\Google\Chrome\NativeMessagingHosts";
const MOZILLA_KEY: &str = r"Software\Mozilla\NativeMessagingHosts";

/// The table. Rows of one browser follow one another.
const ROWS: &[Row] = &[
    // Linux, Chromium's family
    linux("chrome", "google-chrome", &["google-chrome", "google-chrome-stable"]),
    linux("chrome-beta", "google-chrome-beta", &["google-chrome-beta"]),
    linux("chrome-dev", "google-chrome-unstable", &["google-chrome-unstable"]),
    linux("chrome-for-testing", "google-chrome-for-testing", &[]),
    linux("chromium", "chromium", &["chromium", "chromium-browser"]),
    linux("ungoogled-chromium", "ungoogled-chromium", &["ungoogled-chromium"]),
    linux("edge", "microsoft-edge", &["microsoft-edge", "microsoft-edge-stable"]),
    linux("edge-beta", "microsoft-edge-beta", &["microsoft-edge-beta"]),
    linux("edge-dev", "microsoft-edge-dev", &["microsoft-edge-dev"]),
    linux("brave", "BraveSoftware/Brave-Browser", &["brave", "brave-browser"]),
    linux("brave-beta", "BraveSoftware/Brave-Browser-Beta", &["brave-browser-beta"]),
    linux("brave-nightly", "BraveSoftware/Brave-Browser-Nightly", &["brave-browser-nightly"]),
    linux("vivaldi", "vivaldi", &["vivaldi", "vivaldi-stable"]),
    linux("vivaldi-snapshot", "vivaldi-snapshot", &["vivaldi-snapshot"]),
    linux("opera", "opera", &["opera"]),
    linux("opera-gx", "opera-gx", &["opera-gx"]),
    linux("iridium", "iridium", &["iridium-browser"]),
    linux("slimjet", "slimjet", &["slimjet"]),
    linux("yandex", "yandex-browser", &["yandex-browser"]),
    linux("thorium", "thorium", &["thorium-browser"]),
    linux("helium", "net.imput.helium", &["helium"]),
    // Linux, Firefox's family. Profiles may be below ~/.config/mozilla since Firefox 147; manifests are read where they
    // were.
    firefox(System::Linux, Base::Home, "firefox", ".mozilla/firefox", MOZILLA, &["firefox", "firefox-esr"]),
    firefox(System::Linux, Base::Home, "firefox", ".config/mozilla/firefox", MOZILLA, &[]),
    Row {
        sandbox: Sandbox::SnapPortal,
        ..firefox(System::Linux, Base::Home, "firefox-snap", "snap/firefox/common/.mozilla/firefox", MOZILLA, &[])
    },
    firefox(
        System::Linux,
        Base::Home,
        "librewolf",
        ".librewolf",
        &[".librewolf/native-messaging-hosts"],
        &["librewolf"],
    ),
    firefox(
        System::Linux,
        Base::Home,
        "waterfox",
        ".waterfox",
        &[".waterfox/native-messaging-hosts", MOZILLA_HOSTS],
        &["waterfox"],
    ),
    firefox(System::Linux, Base::Home, "floorp", ".floorp", &[".floorp/native-messaging-hosts"], &["floorp"]),
    firefox(
        System::Linux,
        Base::Home,
        "zen",
        ".zen",
        &[".zen/native-messaging-hosts", MOZILLA_HOSTS],
        &["zen", "zen-browser"],
    ),
    firefox(
        System::Linux,
        Base::Home,
        "tor-browser",
        ".local/share/torbrowser/tbb/x86_64/tor-browser_en-US/Browser/TorBrowser/Data/Browser",
        &[
            ".local/share/torbrowser/tbb/x86_64/tor-browser_en-US/Browser/TorBrowser/Data/Browser/.mozilla/native-messaging-hosts",
        ],
        &[],
    ),
    // Linux, sandboxed
    flatpak("chrome-flatpak", "com.google.Chrome", "config/google-chrome"),
    flatpak("chromium-flatpak", "org.chromium.Chromium", "config/chromium"),
    flatpak("ungoogled-chromium-flatpak", "com.github.Eloston.UngoogledChromium", "config/chromium"),
    flatpak("brave-flatpak", "com.brave.Browser", "config/BraveSoftware/Brave-Browser"),
    flatpak("edge-flatpak", "com.microsoft.Edge", "config/microsoft-edge"),
    flatpak("edge-dev-flatpak", "com.microsoft.EdgeDev", "config/microsoft-edge-dev"),
    flatpak("vivaldi-flatpak", "com.vivaldi.Vivaldi", "config/vivaldi"),
    flatpak("opera-flatpak", "com.opera.Opera", "config/opera"),
    Row {
        family: Family::Firefox,
        hosts: MOZILLA,
        ..flatpak("firefox-flatpak", "org.mozilla.firefox", ".mozilla/firefox")
    },
    Row {
        family: Family::Firefox,
        hosts: &[".librewolf/native-messaging-hosts"],
        ..flatpak("librewolf-flatpak", "io.gitlab.librewolf-community", ".librewolf")
    },
    Row {
        sandbox: Sandbox::Snap,
        ..chromium(System::Linux, Base::Home, "chromium-snap", "snap/chromium/common/chromium", &[])
    },
    // macOS
    mac("chrome", "Google/Chrome", &["Google Chrome.app"]),
    mac("chrome-beta", "Google/Chrome Beta", &["Google Chrome Beta.app"]),
    mac("chrome-dev", "Google/Chrome Dev", &["Google Chrome Dev.app"]),
    mac("chrome-canary", "Google/Chrome Canary", &["Google Chrome Canary.app"]),
    Row {
        hosts: &["Google/Chrome for Testing/NativeMessagingHosts", "Google/ChromeForTesting/NativeMessagingHosts"],
        ..mac("chrome-for-testing", "Google/Chrome for Testing", &["Google Chrome for Testing.app"])
    },
    mac("chromium", "Chromium", &["Chromium.app"]),
    mac("edge", "Microsoft Edge", &["Microsoft Edge.app"]),
    mac("edge-beta", "Microsoft Edge Beta", &["Microsoft Edge Beta.app"]),
    mac("edge-dev", "Microsoft Edge Dev", &["Microsoft Edge Dev.app"]),
    mac("edge-canary", "Microsoft Edge Canary", &["Microsoft Edge Canary.app"]),
    mac("brave", "BraveSoftware/Brave-Browser", &["Brave Browser.app"]),
    mac("brave-beta", "BraveSoftware/Brave-Browser-Beta", &["Brave Browser Beta.app"]),
    mac("brave-nightly", "BraveSoftware/Brave-Browser-Nightly", &["Brave Browser Nightly.app"]),
    mac("vivaldi", "Vivaldi", &["Vivaldi.app"]),
    // Opera's own page names Chrome's folder, other installers Opera's.
    Row {
        hosts: &["com.operasoftware.Opera/NativeMessagingHosts", "Google/Chrome/NativeMessagingHosts"],
        ..mac("opera", "com.operasoftware.Opera", &["Opera.app"])
    },
    Row {
        hosts: &["com.operasoftware.OperaGX/NativeMessagingHosts", "Google/Chrome/NativeMessagingHosts"],
        ..mac("opera-gx", "com.operasoftware.OperaGX", &["Opera GX.app"])
    },
    mac("arc", "Arc/User Data", &["Arc.app"]),
    mac("helium", "net.imput.helium", &["Helium.app"]),
    mac("yandex", "Yandex/YandexBrowser", &["Yandex.app"]),
    mac("iridium", "Iridium", &["Iridium.app"]),
    firefox(System::Mac, Base::Library, "firefox", "Firefox", &["Mozilla/NativeMessagingHosts"], &["Firefox.app"]),
    firefox(
        System::Mac,
        Base::Library,
        "librewolf",
        "LibreWolf",
        &["LibreWolf/NativeMessagingHosts"],
        &["LibreWolf.app"],
    ),
    firefox(
        System::Mac,
        Base::Library,
        "zen",
        "zen",
        &["zen/NativeMessagingHosts", "Mozilla/NativeMessagingHosts"],
        &["Zen.app", "Zen Browser.app"],
    ),
    firefox(
        System::Mac,
        Base::Library,
        "tor-browser",
        "TorBrowser-Data/Browser",
        &["TorBrowser-Data/Browser/Mozilla/NativeMessagingHosts"],
        &["Tor Browser.app"],
    ),
    // Windows: keys below HKEY_CURRENT_USER
    windows("chrome", Base::Local, "Google/Chrome/User Data", &[CHROME_KEY]),
    windows("chromium", Base::Local, "Chromium/User Data", &[r"Software\Chromium\NativeMessagingHosts"]),
    windows("edge", Base::Local, "Microsoft/Edge/User Data", &[r"Software\Microsoft\Edge\NativeMessagingHosts"]),
    windows(
        "brave",
        Base::Local,
        "BraveSoftware/Brave-Browser/User Data",
        &[CHROME_KEY, r"Software\BraveSoftware\Brave-Browser\NativeMessagingHosts"],
    ),
    windows("vivaldi", Base::Local, "Vivaldi/User Data", &[CHROME_KEY, r"Software\Vivaldi\NativeMessagingHosts"]),
    windows(
        "opera",
        Base::Roaming,
        "Opera Software/Opera Stable",
        &[CHROME_KEY, r"Software\Opera Software\NativeMessagingHosts"],
    ),
    windows("arc", Base::Local, "Packages/TheBrowserCompany.Arc_ttt1ap7aakyb4", &[CHROME_KEY]),
    firefox(System::Windows, Base::Roaming, "firefox", "Mozilla/Firefox", &[MOZILLA_KEY], &[]),
    firefox(System::Windows, Base::Roaming, "zen", "zen", &[MOZILLA_KEY], &[]),
    firefox(
        System::Windows,
        Base::Roaming,
        "librewolf",
        "librewolf",
        &[MOZILLA_KEY, r"Software\LibreWolf\NativeMessagingHosts"],
        &[],
    ),
    firefox(
        System::Windows,
        Base::Roaming,
        "waterfox",
        "Waterfox",
        &[MOZILLA_KEY, r"Software\Waterfox\NativeMessagingHosts"],
        &[],
    ),
    firefox(
        System::Windows,
        Base::Roaming,
        "icedragon",
        "Comodo/IceDragon",
        &[r"Software\ComodoGroup\NativeMessagingHosts"],
        &[],
    ),
];

/// Returns the names of the browsers that the table has for a system, in its order.
#[must_use]
pub fn names(system: System) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = ROWS.iter().filter(|row| row.system == system).map(|row| row.browser).collect();
    names.dedup();
    names
}

/// Returns every site of every browser that the table has for this system, found or not.
#[must_use]
pub fn sites(folders: &Folders) -> Vec<Site> {
    let mut sites: Vec<Site> = Vec::new();
    for row in ROWS.iter().filter(|row| row.system == folders.system) {
        let site = row.site(folders);
        match sites.last_mut().filter(|last| last.browser == site.browser) {
            // A second row may show the same browser by another data folder, with the same places.
            Some(last) if last.presence == Presence::Absent && site.presence == Presence::Found => *last = site,
            Some(_) => {}
            None => sites.push(site),
        }
    }
    sites
}

/// Returns the site of a Chromium browser that was started with `--user-data-dir`.
#[must_use]
pub fn of_user_data(browser: &str, folder: &Path) -> Site {
    Site {
        browser: browser.to_owned(),
        family: Family::Chromium,
        sandbox: Sandbox::None,
        data: folder.to_owned(),
        spots: vec![Spot::Folder(folder.join(CHROMIUM_HOSTS))],
        presence: Presence::Found,
    }
}

impl Row {
    fn base<'f>(&self, folders: &'f Folders) -> std::borrow::Cow<'f, Path> {
        match (self.sandbox, self.base) {
            (Sandbox::Flatpak(app), _) => folders.home.join(".var/app").join(app).into(),
            (_, Base::Home) => folders.home.as_path().into(),
            (_, Base::Config) => folders.config.as_path().into(),
            (_, Base::Library) => folders.home.join("Library/Application Support").into(),
            (_, Base::Local) => folders.local.as_path().into(),
            (_, Base::Roaming) => folders.roaming.as_path().into(),
        }
    }

    fn site(&self, folders: &Folders) -> Site {
        let base = self.base(folders);
        let data = base.join(self.evidence);
        let spots = match (self.system, self.hosts) {
            (System::Windows, keys) => keys.iter().map(|key| Spot::Registry((*key).to_owned())).collect(),
            (_, []) => vec![Spot::Folder(data.join(CHROMIUM_HOSTS))],
            (_, hosts) => hosts.iter().map(|path| Spot::Folder(base.join(path))).collect(),
        };
        let presence = if self.is_present(&data, folders) { Presence::Found } else { Presence::Absent };
        Site { browser: self.browser.to_owned(), family: self.family, sandbox: self.sandbox, data, spots, presence }
    }

    fn is_present(&self, data: &Path, folders: &Folders) -> bool {
        let mut candidates =
            self.programs.iter().flat_map(|name| folders.programs.iter().map(move |folder| folder.join(name)));
        data.is_dir() || candidates.any(|path| path.exists())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn folders(system: System, home: &Path) -> Folders {
        Folders {
            system,
            home: home.to_owned(),
            config: home.join(".config"),
            local: home.join("AppData/Local"),
            roaming: home.join("AppData/Roaming"),
            programs: Vec::new(),
        }
    }

    #[test]
    fn each_browser_stands_once_on_each_system() {
        for system in [System::Linux, System::Mac, System::Windows] {
            let mut names = names(system);
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{system:?}: rows of one browser follow one another");
        }
    }

    #[test]
    fn a_browser_is_found_by_its_data_and_firefox_not_by_manifests_alone() {
        let home =
            std::env::temp_dir().join(format!("sites-{}", crate::encode::hex(&crate::moment::random(8).unwrap())));
        let found = |system| {
            let sites = sites(&folders(system, &home));
            let found = sites.into_iter().filter(|site| site.presence == Presence::Found);
            found.map(|site| site.browser).collect::<Vec<_>>()
        };
        for folder in [".config/chromium/Default", ".mozilla/native-messaging-hosts"] {
            std::fs::create_dir_all(home.join(folder)).unwrap();
        }
        assert_eq!(found(System::Linux), ["chromium"]);
        std::fs::create_dir_all(home.join(".config/mozilla/firefox")).unwrap();
        assert_eq!(found(System::Linux), ["chromium", "firefox"]);
        std::fs::create_dir_all(home.join("Library/Application Support/Arc/User Data")).unwrap();
        assert_eq!(found(System::Mac), ["arc"]);
        std::fs::create_dir_all(home.join("AppData/Local/Microsoft/Edge/User Data")).unwrap();
        assert_eq!(found(System::Windows), ["edge"]);
        std::fs::remove_dir_all(home).unwrap();
    }

    #[test]
    fn places_are_those_that_browsers_document() {
        let at = |system, name: &str| {
            let sites = sites(&folders(system, Path::new("/h")));
            sites.into_iter().find(|site| site.browser == name).unwrap().spots
        };
        let folder = |path: &str| vec![Spot::Folder(path.into())];
        assert_eq!(at(System::Linux, "chromium"), folder("/h/.config/chromium/NativeMessagingHosts"));
        assert_eq!(at(System::Linux, "firefox"), folder("/h/.mozilla/native-messaging-hosts"));
        let flatpak = "/h/.var/app/com.google.Chrome/config/google-chrome/NativeMessagingHosts";
        assert_eq!(at(System::Linux, "chrome-flatpak"), folder(flatpak));
        let chrome = "/h/Library/Application Support/Google/Chrome/NativeMessagingHosts";
        assert_eq!(at(System::Mac, "chrome"), folder(chrome));
        assert_eq!(at(System::Windows, "vivaldi").first(), Some(&Spot::Registry(CHROME_KEY.into())));
    }
}
