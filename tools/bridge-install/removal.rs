//! What is to be done to take an installation away. Nothing is changed here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use countersign_shared::bridge::manifest::BINARY;
use countersign_shared::bridge::places::{self, Site, Spot};
use countersign_shared::bridge::record::{INSTALLED, Installed, RECORD, Record};

use crate::plan::{Found, Home, KEY_COPY, is_known};
use crate::step::{Change, Plan, Step};
use crate::trouble::Trouble;
use crate::view::{Choice, Force, View};

/// How much goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What `install` put there; a custom key stays.
    Installation,
    /// Everything, keys included.
    Everything,
}

/// What `uninstall` and `reset` do. Everything that an installation may have left is looked for, whatever browsers are here
/// now.
///
/// # Errors
/// The command line names a browser that is not known.
pub(crate) fn uninstall(view: &View, choice: &Choice, extent: Extent) -> Result<Plan, Trouble> {
    let mut plan = Plan::default();
    let installed = Installed::read(&view.state).ok().flatten().unwrap_or_default();
    let is_partial = !choice.browsers.is_empty() || choice.user_data.is_some();
    let sites = if is_partial {
        view.sites(&Choice { force: Force::Yes, ..choice.clone() })?
    } else {
        places::sites(&view.folders)
    };
    let mut homes = BTreeSet::from([view.bridge_folder(choice)]);
    homes.extend(installed.bridges.iter().cloned());
    for site in &sites {
        let home = view.home_of(site, choice);
        for spot in &site.spots {
            plan.remove_manifest(view, site, spot, &home, choice);
        }
        homes.insert(home.folder);
    }
    if is_partial {
        return Ok(plan);
    }
    // Whatever host they are of: the bridge that they name goes.
    for path in &installed.manifests {
        plan.remove_ours(view, None, path, choice);
    }
    homes.retain(|home| {
        let is_recorded = matches!(Record::read(home), Ok(Some(_)));
        choice.force == Force::Yes || is_known(home, &installed, choice) || is_recorded
    });
    for home in &homes {
        plan.remove_bridge(view, home, choice);
    }
    plan.remove_state(view, extent);
    let mut folders = installed.folders.clone();
    // One that was there before it was named is not ours.
    folders.extend(homes.into_iter().filter(|home| home.starts_with(&view.state) || view.is_in_flatpak(home)));
    folders.sort_by_key(|path| std::cmp::Reverse(path.components().count()));
    for path in folders.into_iter().filter(|path| path.is_dir()) {
        plan.add(None, Change::Remove, Step::RemoveFolder { path });
    }
    Ok(plan)
}

impl Plan {
    fn remove_file(&mut self, browser: Option<&str>, path: PathBuf) {
        if path.symlink_metadata().is_ok() {
            self.add(browser, Change::Remove, Step::RemoveFile { path });
        }
    }

    /// Removes a manifest if it is ours. Whether it was.
    fn remove_ours(&mut self, view: &View, browser: Option<&str>, path: &Path, choice: &Choice) -> bool {
        match view.found(path, choice) {
            Err(trouble) => self.troubles.push(trouble),
            Ok(Found::Nothing) => {}
            Ok(Found::Foreign(why)) if choice.force == Force::No => {
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

    fn remove_manifest(&mut self, view: &View, site: &Site, spot: &Spot, home: &Home, choice: &Choice) {
        let browser = Some(site.browser.as_str());
        let (path, key) = view.manifest_of(site, spot, home, choice);
        let Some(key) = key else {
            self.remove_ours(view, browser, &path, choice);
            return;
        };
        match view.registry.value(&key) {
            Err(error) => self.troubles.push(Trouble::registry(&key, &error)),
            Ok(None) => {}
            Ok(Some(value)) => {
                let value = PathBuf::from(value);
                // A manifest that is gone cannot tell whose it was; one in our place was ours.
                if value == path || self.remove_ours(view, browser, &value, choice) {
                    self.add(browser, Change::Remove, Step::RemoveRegistry { key });
                }
            }
        }
        self.remove_ours(view, browser, &path, choice);
    }

    fn remove_bridge(&mut self, view: &View, home: &Path, choice: &Choice) {
        // The one that came with this installer is no copy.
        let program = Some(home.join(BINARY)).filter(|path| *path != view.binary);
        let key = Some(home.join(KEY_COPY)).filter(|_| view.is_in_flatpak(home));
        let families = ["chromium", "firefox"].map(|family| home.join(format!("{}.{family}.json", choice.host)));
        for path in program.into_iter().chain(key).chain([home.join(RECORD)]).chain(families) {
            self.remove_file(None, path);
        }
    }

    fn remove_state(&mut self, view: &View, extent: Extent) {
        self.remove_file(None, view.state.join(INSTALLED));
        self.remove_file(None, view.keys().default_path());
        if extent == Extent::Everything {
            self.remove_file(None, view.keys().custom_path());
        }
    }
}
