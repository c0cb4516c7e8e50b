//! The environment that an installation depends on: this user's folders and registry. Tests make one of a fake home.

use std::path::{Path, PathBuf};

use countersign_shared::bridge::key::Keys;
use countersign_shared::bridge::manifest::{self, Callers};
use countersign_shared::bridge::places::{self, Folders, Presence, Site, System};
use countersign_shared::error::Error;
use countersign_shared::places::Place;

use crate::failure::{Failure, Name};
use crate::registry::Registry;

/// The folders, files and registry that a plan depends on.
pub(crate) struct Environment {
    pub folders: Folders,
    /// The state folder of the tools.
    pub state: PathBuf,
    /// The folder in which tools look for sockets.
    pub sockets: PathBuf,
    /// The bridge that came with this installer.
    pub binary: PathBuf,
    /// The folders of Chromium's policies. Only Linux keeps them in files.
    pub policies: Vec<PathBuf>,
    pub registry: Box<dyn Registry>,
}

/// The browsers, names and places that the command line selects.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    pub browsers: Vec<String>,
    pub user_data: Option<PathBuf>,
    pub host: String,
    pub callers: Callers,
    /// The folder that the bridge is copied to. The default is `bridge` in the state folder.
    pub bridge: Option<PathBuf>,
    pub force: Force,
}

/// `--force`: replaces files of other programs, and installs for browsers that were not found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Force {
    #[default]
    No,
    Yes,
}

impl Environment {
    /// Returns the environment of this computer and user.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if no home folder is known.
    pub(crate) fn new() -> Result<Self, Error> {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let home = variable(if cfg!(windows) { "USERPROFILE" } else { "HOME" })
            .ok_or_else(|| Error::Usage("no home folder is known: set HOME".to_owned()))?;
        let home = std::path::absolute(&home).map_err(|source| Error::File { path: home, source })?;
        // A relative entry of PATH means another folder in each working directory, so it tells nothing.
        let mut programs: Vec<PathBuf> =
            std::env::var_os("PATH").iter().flat_map(std::env::split_paths).filter(|path| path.is_absolute()).collect();
        if System::THIS == System::Mac {
            programs.extend([PathBuf::from("/Applications"), home.join("Applications")]);
        }
        let folders = Folders {
            system: System::THIS,
            // The XDG base directory specification has programs ignore a relative path.
            config: variable("XDG_CONFIG_HOME")
                .filter(|path| path.is_absolute())
                .unwrap_or_else(|| home.join(".config")),
            local: variable("LOCALAPPDATA").unwrap_or_else(|| home.join("AppData/Local")),
            roaming: variable("APPDATA").unwrap_or_else(|| home.join("AppData/Roaming")),
            home,
            programs,
        };
        let policies = ["/etc/chromium", "/etc/opt/chrome", "/etc/opt/edge", "/etc/brave"];
        Ok(Self {
            folders,
            state: Place::State.path()?,
            sockets: Place::Runtime.path()?,
            binary: beside_this(),
            policies: policies.map(|path| Path::new(path).join("policies/managed")).to_vec(),
            registry: crate::registry::of_this_computer(),
        })
    }

    /// Returns the keys of this user.
    pub(crate) fn keys(&self) -> Keys {
        Keys::within(self.state.clone())
    }

    /// Returns the folder of the bridge, outside sandboxes.
    pub(crate) fn bridge_folder(&self, selection: &Selection) -> PathBuf {
        selection.bridge.clone().unwrap_or_else(|| self.state.join("bridge"))
    }

    /// Returns the sites of the browsers that the command line names, else of all that were found on this computer.
    ///
    /// # Errors
    /// Returns [`Failure::Usage`] if a browser is unknown, and [`Failure::Named`] if it was not found here.
    pub(crate) fn sites(&self, selection: &Selection) -> Result<Vec<Site>, Failure> {
        if let Some(folder) = &selection.user_data {
            return self.of_user_data(folder, &selection.browsers).map(|site| vec![site]);
        }
        let all = places::sites(&self.folders);
        if selection.browsers.is_empty() {
            let found: Vec<Site> = all.into_iter().filter(|site| site.presence == Presence::Found).collect();
            return if found.is_empty() { Err(self.nothing_found()) } else { Ok(found) };
        }
        let mut sites = Vec::new();
        for name in &selection.browsers {
            let site = all.iter().find(|site| site.browser == *name);
            let site = site.ok_or_else(|| Failure::Usage(self.unknown_browser(name)))?;
            if site.presence == Presence::Absent && selection.force == Force::No {
                return Err(absent(site));
            }
            sites.push(site.clone());
        }
        Ok(sites)
    }

    fn of_user_data(&self, folder: &Path, browsers: &[String]) -> Result<Site, Failure> {
        let name = match browsers {
            [] => "chromium",
            [name] => name,
            _ => return Err(Failure::Usage("--user-data-dir: is one browser's; name one --browser".to_owned())),
        };
        let all = places::sites(&self.folders);
        let site = all.iter().find(|site| site.browser == *name);
        let site = site.ok_or_else(|| Failure::Usage(self.unknown_browser(name)))?;
        if site.family == manifest::Family::Firefox {
            let text = format!("--user-data-dir: {name} looks for hosts in the home folder only, whatever its profile");
            return Err(Failure::Usage(text));
        }
        Ok(places::of_user_data(name, folder))
    }

    fn unknown_browser(&self, name: &str) -> String {
        format!("--browser {name}: is not known; known are {}", places::names(self.folders.system).join(", "))
    }

    fn nothing_found(&self) -> Failure {
        let path = match self.folders.system {
            System::Linux => &self.folders.config,
            System::Mac => &self.folders.home,
            System::Windows => &self.folders.local,
        };
        Failure::Named {
            name: Name::ChromeNotInstalled,
            place: path.display().to_string(),
            problem: "no browser was found here or on PATH".to_owned(),
            advice:
                "start the browser once, name its data folder with --user-data-dir, or choose one with --browser NAME \
                   --force"
                    .to_owned(),
        }
    }
}

fn absent(site: &Site) -> Failure {
    let name = match site.family {
        manifest::Family::Chromium => Name::ChromeNotInstalled,
        manifest::Family::Firefox => Name::BrowserNotInstalled,
    };
    Failure::Named {
        name,
        place: site.data.display().to_string(),
        problem: format!("{} was not found: neither its data is here nor its program on PATH", site.browser),
        advice: "start it once, or say --force to install for it all the same".to_owned(),
    }
}

/// Returns the path of the bridge that was installed with this tool: beside it, or in `libexec`, where packages may
/// keep it.
fn beside_this() -> PathBuf {
    let folder = std::env::current_exe().ok().and_then(|path| Some(path.parent()?.to_path_buf())).unwrap_or_default();
    let candidates = [folder.join(manifest::BINARY), folder.join("../libexec/countersign").join(manifest::BINARY)];
    let found = candidates.iter().find(|path| path.is_file()).cloned();
    found.unwrap_or_else(|| folder.join(manifest::BINARY))
}
