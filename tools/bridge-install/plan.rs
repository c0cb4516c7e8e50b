//! From what is there to what is to be done to install. Nothing is changed here.

use std::path::{Component, Path, PathBuf};

use countersign_shared::bridge::manifest::{BINARY, Family, Manifest};
use countersign_shared::bridge::places::{Sandbox, Site, Spot};
use countersign_shared::bridge::record::{INSTALLED, Installed, RECORD, Record};
use countersign_shared::error::Error;

use crate::environment::{Environment, Force, Selection};
use crate::failure::Failure;
use crate::step::{Change, Plan, Step};

/// Where the bridge is for one site, and what it is told there.
pub(crate) struct Home {
    pub folder: PathBuf,
    pub record: Record,
}

impl Home {
    /// What the bridge is told, where manifests of other hosts name it too: whom they allow may go on calling.
    fn record_with_others(&self, installed: &Installed, selection: &Selection) -> Record {
        let mut record = self.record.clone();
        let add = |list: &mut Vec<String>, ids: Vec<String>| {
            for id in ids {
                if !list.contains(&id) {
                    list.push(id);
                }
            }
        };
        for text in installed.manifests.iter().filter_map(|path| std::fs::read(path).ok()) {
            let Some(manifest) = Manifest::parse(&text) else { continue };
            if manifest.name != selection.host && Path::new(&manifest.path) == self.folder.join(BINARY) {
                add(&mut record.origins, manifest.allowed_origins);
                add(&mut record.extensions, manifest.allowed_extensions);
            }
        }
        record
    }
}

/// A copy of the key that a sandbox can read.
pub(crate) const KEY_COPY: &str = "bridge.key";

/// What stands where a manifest should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Nothing,
    Ours(Box<Manifest>),
    /// Another program's, or no manifest at all; with the program that it names.
    Foreign(String),
}

impl Environment {
    /// Where the bridge of a site is. A flatpak sees only its own data, so it has a copy there, with its socket and key.
    pub(crate) fn home_of(&self, site: &Site, selection: &Selection) -> Home {
        let standard = self.bridge_folder(selection);
        let (folder, sockets, key) = match site.sandbox {
            Sandbox::Flatpak(app) => {
                let data = self.folders.home.join(".var/app").join(app).join("data/countersign");
                (data.join("bridge"), data.join("run"), data.join("bridge").join(KEY_COPY))
            }
            Sandbox::None | Sandbox::Snap | Sandbox::SnapPortal => {
                (standard, self.sockets.clone(), self.keys().default_path())
            }
        };
        let record = Record {
            origins: selection.callers.origins(),
            extensions: selection.callers.add_ons.clone(),
            sockets,
            key,
        };
        Home { folder, record }
    }

    pub(crate) fn is_in_flatpak(&self, folder: &Path) -> bool {
        folder.starts_with(self.folders.home.join(".var/app"))
    }

    /// The manifest's file, and on Windows the key that names it.
    pub(crate) fn manifest_of(
        &self,
        site: &Site,
        spot: &Spot,
        home: &Home,
        selection: &Selection,
    ) -> (PathBuf, Option<String>) {
        match spot {
            Spot::Folder(folder) => (folder.join(format!("{}.json", selection.host)), None),
            Spot::Registry(key) => {
                let family = if site.family == Family::Chromium { "chromium" } else { "firefox" };
                let path = home.folder.join(format!("{}.{family}.json", selection.host));
                (path, Some(format!(r"{key}\{}", selection.host)))
            }
        }
    }

    /// What stands at a manifest's place.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn found(&self, path: &Path, selection: &Selection) -> Result<Found, Failure> {
        let text = match std::fs::read(path) {
            Ok(text) => text,
            Err(error) if is_nothing(&error) => return Ok(Found::Nothing),
            Err(error) => return Err(Failure::file(path, &error)),
        };
        let Some(manifest) = Manifest::parse(&text) else {
            return Ok(Found::Foreign("it is not a manifest".to_owned()));
        };
        Ok(if is_ours(&manifest.path, &self.bridge_folder(selection)) {
            Found::Ours(Box::new(manifest))
        } else {
            Found::Foreign(format!("it starts {}", manifest.path))
        })
    }
}

/// Whether a manifest's program is the bridge, or lies in its folder.
fn is_ours(program: &str, folder: &Path) -> bool {
    // A manifest of another system, written to a shared home, has the other kind of separator.
    let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
    let path = Path::new(program);
    let climbs = path.components().any(|component| component == Component::ParentDir);
    name.trim_end_matches(".exe") == "countersign-bridge" || (path.starts_with(folder) && !climbs)
}

/// Whether there is no file: not even the folder may be one.
fn is_nothing(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

/// What `install` does.
///
/// # Errors
/// No browser was found, or the command line names one that is not known.
pub(crate) fn install(environment: &Environment, selection: &Selection) -> Result<Plan, Failure> {
    let sites = environment.sites(selection)?;
    let mut plan = Plan::default();
    let mut installed = Installed::read(&environment.state).ok().flatten().unwrap_or_default();
    if !environment.binary.is_file() {
        plan.failures.push(Failure::Other {
            place: environment.binary.display().to_string(),
            problem: "the bridge is not there".to_owned(),
            advice: "install it beside bridge-install".to_owned(),
        });
        return Ok(plan);
    }
    plan.folder(&environment.state, &mut installed);
    plan.key(environment);
    for site in &sites {
        if site.sandbox == Sandbox::Snap && selection.force == Force::No {
            let browser = &site.browser;
            plan.notes
                .push(format!("{browser}: left alone: a snap cannot start programs outside it; use another package"));
            continue;
        }
        let home = environment.home_of(site, selection);
        if let Some(failure) = occupied(&home.folder, &installed, selection) {
            if !plan.failures.contains(&failure) {
                plan.failures.push(failure);
            }
            continue;
        }
        plan.bridge(environment, &home, selection, &mut installed);
        for spot in &site.spots {
            plan.manifest(environment, site, spot, &home, selection, &mut installed);
        }
    }
    let path = environment.state.join(INSTALLED);
    plan.file(None, path, serde_json::to_string_pretty(&installed).unwrap_or_default() + "\n");
    Ok(plan)
}

/// Whether a bridge was put into a folder, or would be without `--bridge-dir`.
pub(crate) fn is_known(folder: &Path, installed: &Installed, selection: &Selection) -> bool {
    selection.bridge.as_deref() != Some(folder) || installed.bridges.iter().any(|known| known == folder)
}

/// Why a folder cannot be the bridge's: another program has a file there that ours would take the place of.
fn occupied(folder: &Path, installed: &Installed, selection: &Selection) -> Option<Failure> {
    let is_free =
        selection.force == Force::Yes || is_known(folder, installed, selection) || Record::read(folder).is_ok();
    (!is_free).then(|| Failure::Other {
        place: folder.join(RECORD).display().to_string(),
        problem: "belongs to another program".to_owned(),
        advice: "kept; choose another --bridge-dir, or --force replaces it".to_owned(),
    })
}

/// Adds to a list, once.
fn remember(list: &mut Vec<PathBuf>, path: &Path) {
    if !list.iter().any(|known| known == path) {
        list.push(path.to_owned());
    }
}

impl Plan {
    /// A folder, unless it is there. Those above it that are missing are remembered too.
    fn folder(&mut self, path: &Path, installed: &mut Installed) {
        if !path.is_dir() {
            for missing in path.ancestors().take_while(|path| !path.exists()) {
                remember(&mut installed.folders, missing);
            }
            self.add(None, Change::New, Step::MakeFolder { path: path.to_owned() });
        }
    }

    fn key(&mut self, environment: &Environment) {
        let path = environment.keys().default_path();
        let change = match environment.keys().default() {
            Ok(Some(_)) if is_private(&path) => Change::None,
            // A copy of itself, for its user alone.
            Ok(Some(_)) => return self.add(None, Change::Repair, Step::CopyKey { from: path.clone(), path }),
            Ok(None) => Change::New,
            Err(Error::File { path, source }) => return self.failures.push(Failure::file(&path, &source)),
            Err(_) => {
                self.add(None, Change::Repair, Step::RemoveFile { path: path.clone() });
                Change::New
            }
        };
        self.add(None, change, Step::MakeKey { path });
    }

    fn file(&mut self, browser: Option<&str>, path: PathBuf, text: String) {
        let change = match std::fs::read(&path) {
            Ok(found) if found == text.as_bytes() && is_private(&path) => Change::None,
            Ok(_) => Change::Repair,
            Err(_) => Change::New,
        };
        self.add(browser, change, Step::WriteFile { path, text });
    }

    /// The bridge itself, with what it is told. A copy stays where it is when a package or a build folder is replaced
    /// under a running browser; the next `install` brings it up to date, and `doctor` says when that is due.
    fn bridge(&mut self, environment: &Environment, home: &Home, selection: &Selection, installed: &mut Installed) {
        self.folder(&home.folder, installed);
        self.folder(&home.record.sockets, installed);
        let path = home.folder.join(BINARY);
        let change = match path.is_file() {
            true if is_same_program(&environment.binary, &path) => Change::None,
            true => Change::Repair,
            false => Change::New,
        };
        self.add(None, change, Step::CopyProgram { from: environment.binary.clone(), path });
        let key = environment.keys().default_path();
        if home.record.key != key {
            let same =
                std::fs::read(&key).is_ok_and(|key| std::fs::read(&home.record.key).is_ok_and(|copy| copy == key));
            let change = if same { Change::None } else { Change::New };
            self.add(None, change, Step::CopyKey { from: key, path: home.record.key.clone() });
        }
        let record = home.record_with_others(installed, selection);
        self.file(None, home.folder.join(RECORD), serde_json::to_string_pretty(&record).unwrap_or_default() + "\n");
        remember(&mut installed.bridges, &home.folder);
        remember(&mut installed.sockets, &home.record.sockets);
    }

    fn manifest(
        &mut self,
        environment: &Environment,
        site: &Site,
        spot: &Spot,
        home: &Home,
        selection: &Selection,
        installed: &mut Installed,
    ) {
        let (path, key) = environment.manifest_of(site, spot, home, selection);
        // What a browser reads now: on Windows the registry says.
        let current = match &key {
            None => Ok(Some(path.clone())),
            Some(key) => environment
                .registry
                .value(key)
                .map(|value| value.map(PathBuf::from))
                .map_err(|e| Failure::registry(key, &e)),
        };
        let current = match current {
            Ok(current) => current,
            Err(failure) => return self.failures.push(failure),
        };
        let found = current.as_deref().map_or(Ok(Found::Nothing), |path| environment.found(path, selection));
        match found {
            Err(failure) => return self.failures.push(failure),
            Ok(Found::Foreign(why)) if selection.force == Force::No => {
                let place =
                    key.as_ref().map_or_else(|| path.display().to_string(), |key| format!(r"HKEY_CURRENT_USER\{key}"));
                let advice = "kept; --force replaces it".to_owned();
                return self.failures.push(Failure::Other {
                    place,
                    problem: format!("belongs to another program: {why}"),
                    advice,
                });
            }
            Ok(_) => {}
        }
        if let Spot::Folder(folder) = spot {
            self.folder(folder, installed);
        }
        let text = Manifest::new(&selection.host, &home.folder.join(BINARY), &selection.callers, site.family).to_text();
        self.file(Some(&site.browser), path.clone(), text);
        remember(&mut installed.manifests, &path);
        if let Some(key) = key {
            let value = path.display().to_string();
            let change = match current {
                Some(current) if current == path => Change::None,
                Some(_) => Change::Repair,
                None => Change::New,
            };
            self.add(Some(&site.browser), change, Step::SetRegistry { key, value });
        }
    }
}

/// Whether two programs are the same, byte by byte, and the second can be run.
pub(crate) fn is_same_program(one: &Path, other: &Path) -> bool {
    let same = std::fs::read(one).is_ok_and(|one| std::fs::read(other).is_ok_and(|other| one == other));
    same && is_executable(other)
}

/// Whether a file may be run by its owner.
pub(crate) fn is_executable(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o100 != 0)
    }
    #[cfg(not(unix))]
    {
        path.is_file()
    }
}

/// Whether a file is its user's alone.
pub(crate) fn is_private(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o077 == 0)
    }
    #[cfg(not(unix))]
    {
        path.is_file()
    }
}
