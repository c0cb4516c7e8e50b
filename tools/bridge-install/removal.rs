//! Plans to remove an installation. Nothing is changed here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use countersign_shared::bridge::manifest::BINARY;
use countersign_shared::bridge::places::{self, Site, Spot};
use countersign_shared::bridge::record::{INSTALLED, Installed, RECORD, Record};
use countersign_shared::trust::{AUTHORITY_FILE, AUTHORITY_REMOVAL};

use crate::environment::{Environment, Force, Selection};
use crate::failure::Failure;
use crate::plan::{Found, Home, KEY_COPY, is_known};
use crate::step::{Change, Plan, Step};

/// The extent of a removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Everything that `install` made. A custom key stays.
    Installation,
    /// Everything, the keys too.
    Everything,
}

/// Returns the plan of `uninstall` and `reset`. It looks for everything that an installation may have left, whatever
/// browsers are on this computer now.
///
/// # Errors
/// Returns [`Failure::Usage`] if the command line names an unknown browser.
pub(crate) fn uninstall(environment: &Environment, selection: &Selection, extent: Extent) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    let installed = Installed::read(&environment.state).ok().flatten().unwrap_or_default();
    let is_partial = !selection.browsers.is_empty() || selection.user_data.is_some();
    // A browser that is no longer here may have left a manifest, so its absence is no obstacle.
    let sites = if is_partial {
        environment.sites(&Selection { force: Force::Yes, ..selection.clone() })?
    } else {
        places::sites(&environment.folders)
    };
    let mut homes = BTreeSet::from([environment.bridge_folder(selection)]);
    homes.extend(installed.bridges.iter().cloned());
    for site in &sites {
        let home = environment.home_of(site, selection);
        for spot in &site.spots {
            plan.remove_manifest(environment, site, spot, &home, selection);
        }
        homes.insert(home.folder);
    }
    // The other browsers still need the bridge, its record and the key.
    if is_partial {
        return Ok(plan);
    }
    // Manifests of other hosts that name our bridge go too, since the bridge that they name goes.
    for path in &installed.manifests {
        plan.remove_ours(environment, None, path, selection);
    }
    homes.retain(|home| {
        let is_recorded = matches!(Record::read(home), Ok(Some(_)));
        selection.force == Force::Yes || is_known(home, &installed, selection) || is_recorded
    });
    for home in &homes {
        plan.remove_bridge(environment, home, selection);
    }
    plan.remove_state(environment, extent);
    plan.name_authority(&environment.state);
    let mut folders = installed.folders.clone();
    // A folder of --bridge-dir may have existed before, so it is not removed unless `install` recorded that it made it.
    folders.extend(
        homes.into_iter().filter(|home| home.starts_with(&environment.state) || environment.is_in_flatpak(home)),
    );
    // The deepest folders come first, because only an empty one is removed.
    folders.sort_by_key(|path| std::cmp::Reverse(path.components().count()));
    for path in folders.into_iter().filter(|path| path.is_dir()) {
        plan.add(None, Change::Remove, Step::RemoveFolder { path });
    }
    Ok(plan)
}

impl Plan {
    fn remove_file(&mut self, browser: Option<&str>, path: PathBuf) {
        // A link that leads nowhere has to go too, and `exists` would not see it.
        if path.symlink_metadata().is_ok() {
            self.add(browser, Change::Remove, Step::RemoveFile { path });
        }
    }

    /// Plans to remove a manifest if it is ours. Returns true if it is.
    fn remove_ours(
        &mut self,
        environment: &Environment,
        browser: Option<&str>,
        path: &Path,
        selection: &Selection,
    ) -> bool {
        match environment.found(path, selection) {
            Err(failure) => self.failures.push(failure),
            Ok(Found::Nothing) => {}
            Ok(Found::Foreign(why)) if selection.force == Force::No => {
                let note = format!("{}: kept: it belongs to another program: {why}", path.display());
                if !self.notes.contains(&note) {
                    self.notes.push(note);
                }
            }
            Ok(_) => {
                self.remove_file(browser, path.to_owned());
                return true;
            }
        }
        false
    }

    fn remove_manifest(
        &mut self,
        environment: &Environment,
        site: &Site,
        spot: &Spot,
        home: &Home,
        selection: &Selection,
    ) {
        let browser = Some(site.browser.as_str());
        let (path, key) = environment.manifest_of(site, spot, home, selection);
        let Some(key) = key else {
            self.remove_ours(environment, browser, &path, selection);
            return;
        };
        match environment.registry.value(&key) {
            Err(error) => self.failures.push(Failure::registry(&key, &error)),
            Ok(None) => {}
            Ok(Some(value)) => {
                let value = PathBuf::from(value);
                // The manifest may be gone and cannot tell any more whose it was. One at our place was ours.
                if value == path || self.remove_ours(environment, browser, &value, selection) {
                    self.add(browser, Change::Remove, Step::RemoveRegistry { key });
                }
            }
        }
        self.remove_ours(environment, browser, &path, selection);
    }

    fn remove_bridge(&mut self, environment: &Environment, home: &Path, selection: &Selection) {
        // The bridge that came with this installer is the original and stays.
        let program = Some(home.join(BINARY)).filter(|path| *path != environment.binary);
        // Outside flatpaks this would be the default key itself.
        let key = if environment.is_in_flatpak(home) { Some(home.join(KEY_COPY)) } else { None };
        let families = ["chromium", "firefox"].map(|family| home.join(format!("{}.{family}.json", selection.host)));
        for path in program.into_iter().chain(key).chain([home.join(RECORD)]).chain(families) {
            self.remove_file(None, path);
        }
    }

    /// Names what stays trusted after everything else is gone: the authority of `capture`, which only the user can take out
    /// of the places where it was put.
    fn name_authority(&mut self, state: &Path) {
        let path = state.join(AUTHORITY_FILE);
        if path.symlink_metadata().is_err() {
            return;
        }
        let path = path.display();
        self.notes.push(format!(
            "{path}: stays: the key of capture's certificate authority; remove it, and the certificate wherever you let it \
             be trusted:"
        ));
        self.notes.extend(AUTHORITY_REMOVAL.map(|(place, how)| format!("  {place:<16} {how}")));
    }

    fn remove_state(&mut self, environment: &Environment, extent: Extent) {
        self.remove_file(None, environment.state.join(INSTALLED));
        self.remove_file(None, environment.keys().default_path());
        if extent == Extent::Everything {
            self.remove_file(None, environment.keys().custom_path());
        }
    }
}
