//! Plans an installation: compares what is there with what should be. Nothing is changed here.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use countersign_shared::bridge::manifest::{BINARY, Family, Manifest};
use countersign_shared::bridge::places::{Sandbox, Site, Spot};
use countersign_shared::bridge::record::{INSTALLED, Installed, RECORD, Record};
use countersign_shared::error::Error;

use crate::environment::{Environment, Force, Selection};
use crate::failure::Failure;
use crate::step::{Change, Plan, Step};

/// The folder of the bridge for one site of a browser, and the record beside its binary.
pub(crate) struct Home {
    pub folder: PathBuf,
    pub record: Record,
}

impl Home {
    /// Returns the bridge's own record, plus every extension that other installed manifests for this same binary allow,
    /// so that installing again does not lock those extensions out.
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

/// The file name of the copy of the key that a sandbox can read.
pub(crate) const KEY_COPY: &str = "bridge.key";

/// The file that is found at the place of a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Nothing,
    Ours(Box<Manifest>),
    /// A manifest of another program, or no manifest at all, with the reason for this judgement.
    Foreign(String),
}

impl Environment {
    /// Returns the folder and record of the bridge for a site. A flatpak sees only its own data, so it gets a copy of
    /// the bridge there, with a socket and key of its own.
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

    /// Returns the path of the manifest, and on Windows the registry key that names it.
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

    /// Reads the file at the place of a manifest.
    ///
    /// # Errors
    /// Returns a failure if a file is there and cannot be read.
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

/// Returns true if a manifest's program is the bridge, or lies in the bridge's folder.
fn is_ours(program: &str, folder: &Path) -> bool {
    // A home folder may be shared with another system, whose manifests have the other kind of separator.
    let name = program.rsplit(['/', '\\']).next().unwrap_or_default();
    let path = Path::new(program);
    // A path that begins in the folder can leave it again by `..`.
    let climbs = path.components().any(|component| component == Component::ParentDir);
    name.trim_end_matches(".exe") == "countersign-bridge" || (path.starts_with(folder) && !climbs)
}

/// Returns true if there is no such file, or a part of its path is not even a folder.
fn is_nothing(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Returns the plan of `install`.
///
/// # Errors
/// Returns a failure if no browser was found, or the command line names an unknown one.
pub(crate) fn install(environment: &Environment, selection: &Selection) -> Result<Plan, Failure> {
    let sites = environment.sites(selection)?;
    let mut plan = Plan::default();
    // A damaged list of earlier installations must not stand in the way of this one, which writes it anew.
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

/// Returns true if a folder holds a bridge of an earlier installation, or is the default one.
pub(crate) fn is_known(folder: &Path, installed: &Installed, selection: &Selection) -> bool {
    selection.bridge.as_deref() != Some(folder) || installed.bridges.iter().any(|known| known == folder)
}

/// Returns the failure for a folder in which another program has a file with the name of our record.
fn occupied(folder: &Path, installed: &Installed, selection: &Selection) -> Option<Failure> {
    let is_free =
        selection.force == Force::Yes || is_known(folder, installed, selection) || Record::read(folder).is_ok();
    (!is_free).then(|| Failure::Other {
        place: folder.join(RECORD).display().to_string(),
        problem: "belongs to another program".to_owned(),
        advice: "kept; choose another --bridge-dir, or --force replaces it".to_owned(),
    })
}

/// Adds a path to a list, unless it is on it.
fn remember(list: &mut Vec<PathBuf>, path: &Path) {
    if !list.iter().any(|known| known == path) {
        list.push(path.to_owned());
    }
}

impl Plan {
    /// Plans to make a folder, unless it is there. The missing folders above it are recorded too, so that `uninstall`
    /// removes them.
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
            // Writing it anew gives it a mode for its user alone.
            Ok(Some(_)) => return self.add(None, Change::Repair, Step::CopyKey { from: path.clone(), path }),
            Ok(None) => Change::New,
            // Another user may have chosen a key that others can write, so a new one takes its place.
            Err(Error::File { path, source }) if source.kind() != ErrorKind::PermissionDenied || is_private(&path) => {
                return self.failures.push(Failure::file(&path, &source));
            }
            Err(_) => {
                self.add(None, Change::Repair, Step::RemoveFile { path: path.clone() });
                Change::New
            }
        };
        self.add(None, change, Step::MakeKey { path });
    }

    fn file(&mut self, browser: Option<&str>, path: PathBuf, text: String) {
        let change = match std::fs::read(&path) {
            // The right content is not enough, since others could change a file that is open to them.
            Ok(found) if found == text.as_bytes() && is_private(&path) => Change::None,
            Ok(_) => Change::Repair,
            Err(_) => Change::New,
        };
        self.add(browser, change, Step::WriteFile { path, text });
    }

    /// Plans the copy of the bridge and its record. It is a copy so that it stays when a package or build folder is
    /// replaced under a running browser. The next `install` brings it up to date, and `doctor` says when that is due.
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
        // Outside flatpaks the bridge reads the default key itself and needs no copy.
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
        // On Windows the registry may name a manifest at another place, and that is the one that counts now.
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

/// Returns true if two programs are the same byte for byte, and the second can be run.
pub(crate) fn is_same_program(one: &Path, other: &Path) -> bool {
    let same = std::fs::read(one).is_ok_and(|one| std::fs::read(other).is_ok_and(|other| one == other));
    same && is_executable(other)
}

/// Returns true if the owner of a file may run it.
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

/// Returns true if only its owner can read or write a file. A symbolic link is not private.
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
